"""Los métodos para guardar un modelo que el curso compara, todos con la misma forma.

Añadir un método es añadir una declaración a `METODOS`. Cada librería se importa al usarla: nombrar
un método no carga nada. Con dill importa además por otra razón: solo con importarla cambia lo que
joblib escribe, y por eso el curso la usa siempre en un proceso aparte (ver la lección 02c).
"""

import contextlib
import os
import pickle
import warnings
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from helpers.errores import ErrorDelCurso

COMPRESION = 3  # el nivel que la documentación de joblib propone como término medio
CREER_AL_AUTOR = "a quien hizo el archivo: al cargarlo puede ejecutar cualquier código"
CREER_A_LOS_TIPOS = (
    "a los tipos que skops conoce y a los que apruebes en `trusted`; el resto no se carga"
)


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
    guarda : función (modelo, ruta, compress=0)
        Escribe el archivo. Si ya existe, lo pierde. Si el método no comprime, `compress` no se usa.
    carga : función (origen, confiar)
        Devuelve el modelo de una ruta o de un archivo abierto. `confiar` enumera tipos aprobados;
        solo skops lo mira.
    creer_a : str
        De quién hay que fiarse para cargar: la respuesta a «¿a quién hay que creer?».
    aparte : bool
        Si importar la librería cambia lo que escriben las demás y hay que usarla en otro proceso.
    tipos : función (origen) o None
        Da los tipos que habría que aprobar para cargar ese archivo. None si el método no pregunta.
    comprime : bool
        Si `compress` tiene efecto.
    relee : función (ruta) o None
        Carga un archivo que este mismo proceso acaba de escribir, con la menor memoria posible.
        None si da lo mismo que `carga`.
    """

    nombre: str
    libreria: str
    extensiones: tuple[str, ...]
    guarda: Callable[..., None]
    carga: Callable[[object, tuple], object]
    creer_a: str
    aparte: bool = False
    tipos: Callable[[object], tuple] | None = None
    comprime: bool = False
    relee: Callable[[Path], object] | None = None


def _guarda_pickle(modelo, ruta, compress=0):
    with Path(ruta).open("wb") as archivo:
        pickle.dump(modelo, archivo, protocol=5)


def _carga_pickle(origen, confiar=()):
    with _abierto(origen) as archivo:
        return pickle.load(archivo)


def _abierto(origen):
    """El archivo, para un `with`. Si ya venía abierto, lo cierra quien lo abrió."""
    return contextlib.nullcontext(origen) if hasattr(origen, "read") else Path(origen).open("rb")


def _guarda_joblib(modelo, ruta, compress=0):
    import joblib

    joblib.dump(modelo, ruta, compress=compress)


def _guarda_joblib_comprimido(modelo, ruta, compress=COMPRESION):
    _guarda_joblib(modelo, ruta, compress)


def _carga_joblib(origen, confiar=()):
    import joblib

    return joblib.load(origen)


def _relee_joblib(ruta):
    import joblib

    # Sin comprimir, los arrays se quedan en el disco. Comprimido no se puede, y joblib avisa. En
    # Windows no se puede cambiar de nombre un archivo mientras alguien usa así sus arrays.
    with warnings.catch_warnings(action="ignore"):
        return joblib.load(ruta, mmap_mode=None if os.name == "nt" else "r")


def _dill():
    # joblib primero: al importarse copia una tabla de pickle, y dill la cambia al importarse.
    import joblib  # noqa: F401, I001
    import dill

    return dill


def _guarda_dill(modelo, ruta, compress=0):
    with Path(ruta).open("wb") as archivo:
        _dill().dump(modelo, archivo)


def _carga_dill(origen, confiar=()):
    with _abierto(origen) as archivo:
        return _dill().load(archivo)


def _guarda_skops(modelo, ruta, compress=0):
    import skops.io

    como = {"compression": zipfile.ZIP_DEFLATED, "compresslevel": compress} if compress else {}
    skops.io.dump(modelo, ruta, **como)


def _carga_skops(origen, confiar=()):
    import skops.io

    return skops.io.load(origen, trusted=list(confiar))


def _tipos_skops(origen):
    import skops.io

    return tuple(skops.io.get_untrusted_types(file=origen))


def _relee_skops(ruta):
    # Aprobar lo que el archivo pide es lo que no se hace con uno ajeno. Este es nuestro.
    return _carga_skops(ruta, _tipos_skops(ruta))


_JOBLIB = Metodo(
    "joblib",
    "joblib",
    (".joblib",),
    _guarda_joblib,
    _carga_joblib,
    CREER_AL_AUTOR,
    comprime=True,
    relee=_relee_joblib,
)
_DECLARADOS = (
    Metodo("pickle", "pickle", (".pkl", ".pickle"), _guarda_pickle, _carga_pickle, CREER_AL_AUTOR),
    _JOBLIB,
    replace(_JOBLIB, nombre="joblib comprimido", guarda=_guarda_joblib_comprimido),
    Metodo("dill", "dill", (".dill",), _guarda_dill, _carga_dill, CREER_AL_AUTOR, aparte=True),
    Metodo(
        "skops",
        "skops",
        (".skops",),
        _guarda_skops,
        _carga_skops,
        CREER_A_LOS_TIPOS,
        tipos=_tipos_skops,
        comprime=True,
        relee=_relee_skops,
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
        raise ErrorDelCurso(
            f"No conozco el método «{desconocidos[0]}»." if desconocidos else "Falta el método.",
            prueba=f"con uno o varios de estos: {', '.join(METODOS)}.",
        )
    return [METODOS[nombre] for nombre in pedidos]
