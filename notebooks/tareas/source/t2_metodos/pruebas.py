"""Lo que decide la nota de la tarea 2. Corre fuera del proceso de la entrega y no se reparte.

Las entradas no son las de las revisiones que ve quien aprende.
"""

import tempfile
from functools import cache
from pathlib import Path

from helpers.datos import pinguinos
from helpers.docencia.criterios import Criterio, Rubrica, existe, parecidas
from helpers.ejercicios.preguntas import limpia
from helpers.ejercicios.sorpresa import esconde_una_llamada
from helpers.inspeccion import COMPRIMIDOS

AVES = [[172.0, 21.1], [196.5, 17.3], [205.0, 13.2], [231.0, 16.9]]


@cache
def _datos():
    aves = pinguinos().dropna()
    medidas = aves[["largo_aleta_mm", "alto_pico_mm"]].to_numpy()
    return medidas, aves["masa_corporal_g"].to_numpy()


# --- t2.1 ----------------------------------------------------------------------------------------
FORMATOS = {
    "aves.pkl": ("pickle",),
    "aves.joblib": ("joblib", *COMPRIMIDOS),
    "aves.dill": ("pickle",),
    "aves.skops": ("skops",),
}


@cache
def _bosque():
    from sklearn.ensemble import RandomForestRegressor

    return RandomForestRegressor(20, random_state=3).fit(*_datos()).predict(AVES).tolist()


def _guardado(archivo):
    def cumple(entrevista):
        visto = entrevista.examina(archivo, AVES)
        de_dill = any(nombre.startswith("dill.") for nombre in visto["nombres"])
        return (
            visto["formato"] in FORMATOS[archivo]
            and de_dill == (archivo == "aves.dill")
            and parecidas(visto["predicciones"], _bosque())
        )

    return cumple


def _comprimido(entrevista):
    return _guardado("aves.joblib")(entrevista) and 2 * len(
        entrevista.archivo("aves.joblib")
    ) < len(entrevista.archivo("aves.pkl"))


# --- t2.2 ----------------------------------------------------------------------------------------
GUARDA = """
import pickle
from pathlib import Path
from registro import Registro

def guarda(nombre, valores, despues):
    registro = Registro(nombre)
    for valor in valores:
        registro.anota(valor)
    guardado = pickle.dumps(registro)
    try:
        registro.anota(despues)
        registro.bitacora.close()
        escrito = Path(nombre + ".txt").read_text(encoding="utf-8")
    except Exception as error:
        escrito = repr(error)
    return guardado, list(registro.predicciones), escrito
"""
CARGA = """
import pickle
from pathlib import Path

def carga(guardado, nombre, antes, valor):
    texto = Path(nombre + ".txt")
    texto.write_text(antes, encoding="utf-8")
    registro = pickle.loads(guardado)
    vuelve = [registro.nombre, list(registro.predicciones)]
    try:
        registro.anota(valor)
        registro.bitacora.close()
    except Exception as error:
        return vuelve, repr(error)
    return vuelve, [list(registro.predicciones), texto.read_text(encoding="utf-8")]
"""
DE_MARZO = ("marzo", [4150.0, 3875.5, 5210.25])


def _ida_y_vuelta(entrevista):
    """Lo que queda del objeto que se guardó y lo que hay en el que se cargó."""
    guardado, *original = entrevista.aparte(
        GUARDA, "guarda", *DE_MARZO, 3300.0, archivos=["registro.py"]
    )
    vuelta = entrevista.aparte(
        CARGA, "carga", guardado, DE_MARZO[0], "3700.0\n", 4025.0, archivos=["registro.py"]
    )
    return original, vuelta


def _vuelve(entrevista):
    _, (vuelve, _) = _ida_y_vuelta(entrevista)
    return vuelve == list(DE_MARZO)


def _sigue(entrevista):
    original, (_, sigue) = _ida_y_vuelta(entrevista)
    nombre, valores = DE_MARZO
    escrito = "".join(f"{valor}\n" for valor in (*valores, 3300.0))
    return original == [[*valores, 3300.0], escrito] and sigue == [
        [*valores, 4025.0],
        "3700.0\n4025.0\n",
    ]


# --- t2.3 ----------------------------------------------------------------------------------------
MARCA = "se_ejecuto.txt"


@cache
def _modelos():
    """Los archivos de skops por los que se pregunta, y lo que predicen los buenos."""
    import skops.io as sio
    from sklearn.ensemble import RandomForestRegressor
    from sklearn.neighbors import KNeighborsRegressor
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import MinMaxScaler

    tres = KNeighborsRegressor(3).fit(*_datos())
    con_escala = make_pipeline(MinMaxScaler(), KNeighborsRegressor(8)).fit(*_datos())
    otra = KNeighborsRegressor(3, metric="chebyshev").fit(*_datos())
    arbol = RandomForestRegressor(2, random_state=0).fit(*_datos())
    archivos = {
        "tres.skops": sio.dumps(tres),
        "con_escala.skops": sio.dumps(con_escala),
        "otra.skops": sio.dumps(otra),
        "arbol.skops": sio.dumps(arbol),
        "trampa.skops": _con_trampa(sio.dumps(tres)),
    }
    return archivos, {
        "tres.skops": tres.predict(AVES).tolist(),
        "con_escala.skops": con_escala.predict(AVES).tolist(),
    }


def _con_trampa(datos):
    """El mismo modelo, que además pide `builtins.open`. Si se carga, deja un archivo vacío."""
    with tempfile.TemporaryDirectory() as carpeta:
        antes, despues = Path(carpeta, "antes"), Path(carpeta, "despues")
        antes.write_bytes(datos)
        esconde_una_llamada(antes, despues, "open", (MARCA, "w"))
        return despues.read_bytes()


def _predice_los_buenos(entrevista):
    archivos, esperadas = _modelos()
    for nombre, predicciones in esperadas.items():
        entrevista.deja(nombre, archivos[nombre])
        if not parecidas(entrevista.llama("predice_vecinos", nombre, AVES), predicciones):
            return False
    return True


def _rechaza_los_demas(entrevista):
    archivos, _ = _modelos()
    if not _predice_los_buenos(entrevista):  # negarse a todo no es una lista
        return False
    for nombre in ("otra.skops", "arbol.skops", "trampa.skops"):
        entrevista.deja(nombre, archivos[nombre])
        if not entrevista.lanza("predice_vecinos", nombre, AVES):
            return False
    return not existe(entrevista, MARCA)


# --- t2.4 ----------------------------------------------------------------------------------------
ENCARGOS = {"a": "joblib comprimido", "b": "skops", "c": "dill", "d": "ninguno"}


def _encargo(letra):
    """Lee la respuesta como la revisión: lo que una da por bueno, vale."""

    def cumple(entrevista):
        dados = {limpia(clave): opcion for clave, opcion in entrevista.valor("encargos").items()}
        return limpia(dados[letra]) == ENCARGOS[letra]

    return Criterio(0.25, f"la opción del encargo {letra} no conviene", cumple)


PRUEBAS = {
    "t2.1": (
        Criterio(0.5, "`aves.pkl` no es el bosque guardado con pickle", _guardado("aves.pkl")),
        Criterio(0.5, "`aves.joblib` no es el bosque guardado con joblib, comprimido", _comprimido),
        Criterio(0.5, "`aves.dill` no es el bosque guardado con dill", _guardado("aves.dill")),
        Criterio(0.5, "`aves.skops` no es el bosque guardado con skops", _guardado("aves.skops")),
    ),
    "t2.2": (
        Criterio(1, "un `Registro` cargado en otro proceso no tiene lo que tenía", _vuelve),
        Criterio(1, "el `Registro` cargado, o el que se guardó, no siguen anotando", _sigue),
    ),
    "t2.3": (
        Criterio(1, "`predice_vecinos` no da las predicciones del archivo", _predice_los_buenos),
        Criterio(1, "`predice_vecinos` carga archivos que piden otra cosa", _rechaza_los_demas),
    ),
    "t2.4": tuple(map(_encargo, ENCARGOS)),
}

RUBRICAS = {
    "t2.5": Rubrica(
        3,
        (
            "No responde, o lo que dice es falso",
            "Dice que cargar un pickle puede ejecutar código, sin proponer qué hacer",
            "Propone un método y dice qué hay que revisar al cargar",
            "Además dice qué se pierde, con un número medido por quien responde",
        ),
    ),
}
