"""Los métodos para guardar un modelo que el curso compara, todos con la misma forma.

Añadir un método es añadir una declaración a `METODOS`. Cada librería se importa al usarla: nombrar
un método no carga nada. Con dill importa además por otra razón: solo con importarla cambia lo que
joblib escribe, y por eso el curso la usa siempre en un proceso aparte (ver la lección 02c).
"""

import pickle
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from helpers.errores import ErrorDelCurso

COMPRESION = 3  # el nivel que la documentación de joblib propone como término medio
CREER_AL_AUTOR = "a quien hizo el archivo: al cargarlo puede ejecutar cualquier código"
CREER_A_LOS_TIPOS = "a cada tipo que apruebes en `trusted`; los demás no se cargan"


@dataclass(frozen=True)
class Metodo:
    """Una manera de llevar un modelo a un archivo y de traerlo de vuelta.

    Parámetros
    ----------
    nombre : str
        Como se le llama en las tablas y en `metodos=`.
    libreria : str
        La que hay que importar y cuya versión conviene anotar.
    extensiones : tuple de str
        Las habituales, con su punto. La primera es la que se propone.
    guarda : función (modelo, ruta)
        Escribe el archivo. Si ya existe, lo pierde.
    carga : función (ruta, confiar)
        Devuelve el modelo. `confiar` enumera tipos aprobados; solo skops lo mira.
    creer_a : str
        De quién hay que fiarse para cargar: la respuesta a «¿a quién hay que creer?».
    aparte : bool
        Si importar la librería cambia lo que escriben las demás y hay que usarla en otro proceso.
    tipos : función (ruta) o None
        Da los tipos que habría que aprobar para cargar ese archivo. None si el método no pregunta.
    """

    nombre: str
    libreria: str
    extensiones: tuple[str, ...]
    guarda: Callable[[object, Path], None]
    carga: Callable[[Path, tuple], object]
    creer_a: str
    aparte: bool = False
    tipos: Callable[[Path], tuple] | None = None


def _guarda_pickle(modelo, ruta):
    with Path(ruta).open("wb") as archivo:
        pickle.dump(modelo, archivo, protocol=5)


def _carga_pickle(ruta, confiar=()):
    with Path(ruta).open("rb") as archivo:
        return pickle.load(archivo)


def _guarda_joblib(modelo, ruta):
    import joblib

    joblib.dump(modelo, ruta)


def _guarda_joblib_comprimido(modelo, ruta):
    import joblib

    joblib.dump(modelo, ruta, compress=COMPRESION)


def _carga_joblib(ruta, confiar=()):
    import joblib

    return joblib.load(ruta)


def _guarda_dill(modelo, ruta):
    import dill

    with Path(ruta).open("wb") as archivo:
        dill.dump(modelo, archivo)


def _carga_dill(ruta, confiar=()):
    import dill

    with Path(ruta).open("rb") as archivo:
        return dill.load(archivo)


def _guarda_skops(modelo, ruta):
    import skops.io

    skops.io.dump(modelo, ruta)


def _carga_skops(ruta, confiar=()):
    import skops.io

    return skops.io.load(ruta, trusted=list(confiar))


def _tipos_skops(ruta):
    import skops.io

    return tuple(skops.io.get_untrusted_types(file=ruta))


_DECLARADOS = (
    Metodo("pickle", "pickle", (".pkl", ".pickle"), _guarda_pickle, _carga_pickle, CREER_AL_AUTOR),
    Metodo("joblib", "joblib", (".joblib",), _guarda_joblib, _carga_joblib, CREER_AL_AUTOR),
    Metodo(
        "joblib comprimido",
        "joblib",
        (".joblib",),
        _guarda_joblib_comprimido,
        _carga_joblib,
        CREER_AL_AUTOR,
    ),
    Metodo("dill", "dill", (".dill",), _guarda_dill, _carga_dill, CREER_AL_AUTOR, aparte=True),
    Metodo(
        "skops",
        "skops",
        (".skops",),
        _guarda_skops,
        _carga_skops,
        CREER_A_LOS_TIPOS,
        tipos=_tipos_skops,
    ),
)
METODOS = {metodo.nombre: metodo for metodo in _DECLARADOS}


def elige_metodos(nombres=None):
    """Los métodos con esos nombres, o todos.

    Parámetros
    ----------
    nombres : str, lista de str o None
        Por ejemplo «pickle» o ["pickle", "skops"]. Con None, todos los del curso.

    Devuelve
    --------
    list de Metodo
        En el orden pedido.

    Errores
    -------
    ErrorDelCurso
        Si un nombre no es de ningún método, o no hay ninguno.
    """
    pedidos = list(METODOS) if nombres is None else nombres
    pedidos = [pedidos] if isinstance(pedidos, str) else list(pedidos)
    desconocidos = [nombre for nombre in pedidos if nombre not in METODOS]
    if desconocidos or not pedidos:
        que_paso = f"No conozco el método «{desconocidos[0]}»." if desconocidos else "Falta elegir."
        raise ErrorDelCurso(que_paso, prueba="con uno o varios de estos: " + ", ".join(METODOS))
    return [METODOS[nombre] for nombre in pedidos]
