"""Lo que decide la nota de la tarea 4. Corre fuera del proceso de la entrega y no se reparte.

Las entradas no son las de las revisiones que ve quien aprende.
"""

import hashlib
import io
import json
import pickle
from functools import cache

from helpers.datos import pinguinos
from helpers.docencia.criterios import Criterio, Rubrica, existe, parecidas, planas, pone_testigo

COLUMNAS = ["largo_aleta_mm", "alto_pico_mm"]
AVES = [[178.5, 20.4], [193.5, 15.8], [214.5, 14.3]]


@cache
def _aves():
    return pinguinos().dropna()


@cache
def _recta(filas=None, isla=""):
    from sklearn.linear_model import LinearRegression

    aves = _aves()[_aves()["isla"] == isla] if isla else _aves()[:filas]
    return LinearRegression().fit(aves[COLUMNAS].to_numpy(), aves["masa_corporal_g"].to_numpy())


def _predice(entrevista, archivo, recta):
    dadas = planas(entrevista.predice(archivo, AVES))
    return parecidas(dadas, recta.predict(AVES).tolist(), rel_tol=1e-6)


TEXTO_DEL_ERROR = """
def _texto_del_error(funcion, *argumentos):
    try:
        globals()[funcion](*argumentos)
    except Exception as error:
        return str(error)
"""


def _dice(entrevista, funcion, *argumentos):
    """El texto del error de una llamada que tenía que fallar; «» si no falló."""
    entrevista.define(TEXTO_DEL_ERROR)
    return str(entrevista.llama("_texto_del_error", funcion, *argumentos) or "")


# --- t4.1 ----------------------------------------------------------------------------------------
ENTRENADOS = (
    ("sklearn.neighbors", "KNeighborsRegressor"),
    ("sklearn.cluster", "KMeans"),
    ("sklearn.dummy", "DummyRegressor"),
)
NO_SON = (("sklearn.decomposition", "PCA", True), ("collections", "OrderedDict", False))


def _falla_con(entrevista, error, *caso):
    return error in entrevista.lanza("ensaya_exige", *caso) and caso[1] in _dice(
        entrevista, "ensaya_exige", *caso
    )


def _acepta(entrevista):
    return all(not entrevista.lanza("ensaya_exige", *caso, True) for caso in ENTRENADOS)


def _distingue(entrevista):
    return _acepta(entrevista) and all(
        _falla_con(entrevista, "TypeError", *caso) for caso in NO_SON
    )


def _exige_entrenar(entrevista):
    return _acepta(entrevista) and all(
        _falla_con(entrevista, "ValueError", *caso, False) for caso in ENTRENADOS
    )


# --- t4.2 ----------------------------------------------------------------------------------------
def _guarda(entrevista):
    ruta = "notas/de/marzo/recta.joblib"
    entrevista.llama("ensaya_guardado", 45, ruta)
    if not _predice(entrevista, ruta, _recta(45)):
        return False
    entrevista.llama("ensaya_guardado", 210, ruta)
    return _predice(entrevista, ruta, _recta(210)) and entrevista.llama(
        "que_hay", "notas/de/marzo"
    ) == ["recta.joblib"]


def _no_pierde(entrevista):
    """En la carpeta actual, que existe: crear carpetas es otro criterio."""
    entrevista.llama("ensaya_guardado", 60, "abril.joblib")
    primero = pone_testigo(entrevista, "abril.joblib", "testigo")
    entrevista.llama("ensaya_guardado", 80, "abril.joblib")
    if entrevista.archivo("testigo") != primero:  # con el disco lleno a mitad, se perdía
        return False
    datos, hay = entrevista.archivo("abril.joblib"), entrevista.llama("que_hay", ".")
    for ruta in ("abril.joblib", "primero.joblib"):
        if not entrevista.lanza("ensaya_guardado", 0, ruta):
            return False
    return entrevista.archivo("abril.joblib") == datos and entrevista.llama("que_hay", ".") == hay


# --- t4.3 ----------------------------------------------------------------------------------------
NOMBRES = ["pingüino", "año"]


def _ficha(entrevista, archivo):
    datos = entrevista.archivo(f"{archivo}.json")
    try:
        return json.loads(datos.decode("utf-8"))
    except RecursionError:
        return {}


def _del_archivo(entrevista, archivo):
    datos, ficha = entrevista.archivo(archivo), _ficha(entrevista, archivo)
    huella = hashlib.sha256(datos).hexdigest()
    return ficha["sha256"] == huella and ficha["bytes"] == len(datos)


def _del_modelo(entrevista, archivo, columnas):
    import sklearn

    ficha = _ficha(entrevista, archivo)
    return (
        ficha["clase"] == "sklearn.linear_model._base.LinearRegression"
        and ficha["scikit-learn"] == sklearn.__version__
        and ficha["columnas"] == columnas
    )


def _describe_el_archivo(entrevista):
    for filas in (33, 66):  # la segunda sustituye a la primera
        entrevista.llama("ensaya_ficha", filas, "mayo.joblib", NOMBRES)
        if not _del_archivo(entrevista, "mayo.joblib"):
            return False
    return True


def _describe_el_modelo(entrevista):
    entrevista.llama("ensaya_ficha", 33, "junio.joblib", NOMBRES)
    return _del_modelo(entrevista, "junio.joblib", NOMBRES)


# --- t4.4 ----------------------------------------------------------------------------------------
MARCA = "paso_por_aqui.txt"


class Trampa:
    """Al cargarse deja un archivo vacío, dentro de la sala. Aquí no se carga."""

    def __reduce__(self):
        return open, (MARCA, "w")


@cache
def _en_bytes(filas):
    import joblib

    caja = io.BytesIO()
    joblib.dump(_recta(filas), caja)
    return caja.getvalue()


def _deja(entrevista, nombre, datos, de_la_ficha):
    huella = hashlib.sha256(de_la_ficha).hexdigest()
    ficha = {"clase": "sklearn.linear_model._base.LinearRegression", "scikit-learn": "1.9.1"}
    ficha |= {"columnas": COLUMNAS, "sha256": huella, "bytes": len(de_la_ficha)}
    entrevista.deja(nombre, datos)
    entrevista.deja(f"{nombre}.json", json.dumps(ficha).encode())


def _carga(entrevista):
    for nombre, filas in (("julio.joblib", 120), ("agosto.joblib", 240)):
        _deja(entrevista, nombre, _en_bytes(filas), _en_bytes(filas))
        dadas = entrevista.llama("ensaya_carga", nombre, AVES)
        if not parecidas(dadas, _recta(filas).predict(AVES).tolist(), rel_tol=1e-6):
            return False
    return True


def _no_carga_otros(entrevista):
    """Solo cuenta si carga los buenos: negarse a todo no es comprobar."""
    datos = _en_bytes(120)
    cambiado = datos[:-25] + bytes([datos[-25] ^ 4]) + datos[-24:]
    for nombre, otros in (("otro.joblib", _en_bytes(240)), ("roto.joblib", cambiado),
                          ("trampa.joblib", pickle.dumps(Trampa()))):  # fmt: skip
        _deja(entrevista, nombre, otros, datos)
        if "ValueError" not in entrevista.lanza("ensaya_carga", nombre, AVES):
            return False
        if nombre not in _dice(entrevista, "ensaya_carga", nombre, AVES):
            return False
    entrevista.deja("sola.joblib", datos)
    faltan = [entrevista.lanza("ensaya_carga", n, AVES) for n in ("sola.joblib", "nada.joblib")]
    return (
        all("FileNotFoundError" in errores for errores in faltan)
        and not existe(entrevista, MARCA)
        and _carga(entrevista)
    )


# --- t4.5 ----------------------------------------------------------------------------------------
DREAM = "modelos/dream.joblib"

PRUEBAS = {
    "t4.1": (
        Criterio(0.5, "`exige_modelo` no lanza TypeError, o no nombra la clase", _distingue),
        Criterio(0.5, "`exige_modelo` no lanza ValueError si no está entrenado", _exige_entrenar),
    ),
    "t4.2": (
        Criterio(1, "`save_model` no guarda el modelo en carpetas nuevas y otra vez", _guarda),
        Criterio(1, "`save_model` pierde el anterior, calla o deja restos si falla", _no_pierde),
    ),
    "t4.3": (
        Criterio(0.5, "la ficha no tiene la huella o el tamaño del archivo", _describe_el_archivo),
        Criterio(0.5, "la ficha no dice la clase, la versión o las columnas", _describe_el_modelo),
    ),
    "t4.4": (
        Criterio(1, "`load_model` no carga un modelo con su ficha", _carga),
        Criterio(1, "`load_model` abre lo que no es de su ficha, o no lo explica", _no_carga_otros),
    ),
    "t4.5": (
        Criterio(
            0.5,
            f"`{DREAM}` no es la recta de las aves de `Dream`",
            lambda entrevista: _predice(entrevista, DREAM, _recta(isla="Dream")),
        ),
        Criterio(
            0.5,
            f"`{DREAM}.json` no es la ficha de ese archivo",
            lambda entrevista: (
                _del_archivo(entrevista, DREAM) and _del_modelo(entrevista, DREAM, COLUMNAS)
            ),
        ),
    ),
}

RUBRICAS = {
    "t4.6": Rubrica(
        3,
        (
            "No responde, o lo que dice es falso",
            "Dice qué comprueban las funciones, sin nombrar nada que se les escape",
            "Nombra un fallo que no notan y por qué",
            "Además propone qué añadir a la ficha y dice qué descubriría y qué no",
        ),
    ),
}
