"""Qué tiene que cumplir un modelo entregado para que se cargue, y cómo se carga."""

import re

from helpers.docencia.criterios import NoContesta

# Lo que nombra un modelo de scikit-learn guardado. Si hay otro nombre, no se carga.
DE_CONFIANZA = re.compile(
    r"sklearn(\.\w+)+\._?[A-Z]\w+"  # una clase, no una función
    r"|sklearn(\.\w+)+\.(newObj|__pyx_unpickle_\w+)"  # crean objetos de las escritas en Cython
    r"|sklearn\.feature_selection(\.\w+)+\.(f_classif|f_regression|chi2)"
    r"|sklearn\.cluster\._kmeans\._kmeans_single_(lloyd|elkan)"
    r"|numpy(\._?core\.multiarray)?\.(ndarray|dtype|scalar|_reconstruct)"
    r"|numpy\._?core\.numeric\._frombuffer"  # con el protocolo 5, el de partida desde Python 3.14
    r"|numpy\.(float|u?int)(8|16|32|64)|numpy\.mean|joblib\.numpy_pickle\.NumpyArrayWrapper"
    r"|numpy\.random\.(mtrand\.RandomState|_generator\.Generator|_mt19937\.MT19937|_pcg64\.PCG64"
    r"|bit_generator\.(__pyx_unpickle_)?SeedSequence|_pickle\.\w+)"
    r"|scipy\.interpolate\._bsplines\.BSpline|scipy\._lib(\.\w+)+\.asarray"
    r"|_codecs\.encode|collections\.OrderedDict"
    r"|dill\._dill\._create_array"  # llama a lo que nombra el archivo, que también se mira
    r"|builtins\.(dict|list|str|tuple)"  # skops los nombra siempre
    r"|copy_?reg\._reconstructor|(__builtin__|builtins)\.object"  # los protocolos 0 y 1
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
