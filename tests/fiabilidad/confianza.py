"""Archivos que al cargarse dejarían una marca, y si la dejan. Trabajos del obrero.

La marca es una carpeta vacía: que exista prueba que el archivo hizo algo.
"""

import os
from pathlib import Path
from unittest import mock

from fiabilidad import carga, malos, modelos
from helpers import ficha as fichas
from helpers import inspeccion
from helpers._persistencia import explica
from helpers.metodos import METODOS
from helpers.persistencia import save_model


class Marca:
    """Algo que, al cargarlo, crea una carpeta."""

    def __init__(self, ruta):
        self.ruta = ruta

    def __reduce__(self):
        """Lo que pickle, joblib y dill obedecen al cargar."""
        return os.mkdir, (self.ruta,)


def escribe(ruta, metodo, marca):
    """Escribe un archivo que al cargarlo con ese método crearía la marca."""
    if metodo == "skops":
        Path(ruta).write_bytes(malos.skops_que_llama("os", "mkdir", marca))
    else:
        METODOS[metodo].guarda(Marca(marca), ruta)
    return "listo"


def mira(ruta):
    """Mira un archivo, y su ficha, de todas las maneras que no lo cargan."""
    with Path(ruta).open("rb") as archivo:
        con_el_archivo = [inspeccion.formato(archivo), inspeccion.globales(archivo).nombres]
    con_la_ruta = [inspeccion.formato(Path(ruta)), inspeccion.globales(Path(ruta)).nombres]
    return {"de acuerdo": con_el_archivo == con_la_ruta, "nombres": con_la_ruta[1],
            "ficha": fichas.de(ruta)["clase"]}  # fmt: skip


def guarda_encima(ruta):
    """Guarda la recta en un sitio donde hay otro archivo."""
    save_model(modelos.pequenos()["recta"], ruta, X_ejemplo=modelos.X[:3])
    return "listo"


def carga_y_lo_cambian(ruta, otro, cuando):
    """Carga un archivo y, justo después de una comprobación, otro ocupa su sitio.

    Parámetros
    ----------
    ruta, otro : str
        El que se carga y el que ocupará su sitio.
    cuando : str
        Tras qué comprobación: «huella» o «formato».

    Devuelve
    --------
    dict
        Lo de `carga.intenta`, y en `cambiado` si el otro llegó a ocupar el sitio.
    """
    lugar, nombre = {"huella": (fichas, "huella_de"), "formato": (explica, "exige_formato")}[cuando]
    comprueba = getattr(lugar, nombre)

    def comprueba_y_lo_cambian(*argumentos):
        resultado = comprueba(*argumentos)
        if Path(otro).exists():
            Path(otro).replace(ruta)
        return resultado

    with mock.patch.object(lugar, nombre, comprueba_y_lo_cambian):
        salida = carga.intenta(ruta)
    return {**salida, "cambiado": not Path(otro).exists()}
