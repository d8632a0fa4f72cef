"""Qué tiene que cumplir un modelo entregado para que se cargue, y cómo se carga."""

import re

from helpers.docencia.criterios import NoContesta

# Lo que nombra un modelo de scikit-learn guardado. Si hay otro nombre, no se carga.
DE_CONFIANZA = re.compile(
    r"sklearn(\.\w+)+\.[A-Z]\w+"  # una clase, no una función
    r"|numpy(\._?core\.multiarray)?\.(ndarray|dtype|scalar|_reconstruct)"
    r"|numpy\.(float|int)(32|64)|joblib\.numpy_pickle\.NumpyArrayWrapper"
    r"|numpy\.random\._pickle\.\w+|_codecs\.encode|collections\.OrderedDict"
    r"|dill\._dill\._create_array"  # llama a lo que nombra el archivo, que también se mira
    r"|builtins\.(dict|list|str|tuple)"  # skops los nombra siempre
)
CARGADOR = """
import joblib
from helpers.inspeccion import formato, globales

def mira(nombre):
    hallado = globales(nombre)
    return formato(nombre), list(hallado.nombres), hallado.motivo

def predice(nombre, filas):
    return carga(nombre).predict(filas)

def carga(nombre):
    if formato(nombre) != "skops":
        return joblib.load(nombre)
    import skops.io
    return skops.io.load(nombre, trusted=skops.io.get_untrusted_types(file=nombre))  # ya miradas
"""


def exige_confianza(archivo, nombres, motivo):
    """Rechaza un archivo que nombra algo que un modelo no necesita, o que no se pudo mirar entero.

    Errores
    -------
    NoContesta
    """
    ajenos = [nombre for nombre in nombres if not DE_CONFIANZA.fullmatch(nombre)]
    if ajenos:
        raise NoContesta(f"«{archivo}» nombra {ajenos[0]} y no se cargó")
    if motivo:
        raise NoContesta(f"«{archivo}» no se dejó inspeccionar: {motivo}")
