"""Casos de 02b · joblib."""

import sys
from pathlib import Path

import joblib
import numpy as np
from sklearn.datasets import load_diabetes, load_iris
from sklearn.ensemble import RandomForestClassifier, RandomForestRegressor
from sklearn.linear_model import LinearRegression
from sklearn.neighbors import KNeighborsRegressor

from casos import Caso
from helpers.ejercicios.resultado import Estado
from helpers.ejercicios.revision_02b import (
    _bosque,
    _tamanos_de_bosque_2,
    _tamanos_de_la_recta,
)

ERROR = Estado.ERROR_TUYO
CORRECTO = Estado.CORRECTO
LIRIOS = load_iris()
EN_MEMORIA = sys.getsizeof(LinearRegression().fit(*load_diabetes(return_X_y=True)))


# --- 02b.1 ---------------------------------------------------------------------------------------
def _archivo_1(objeto=None, predice=lambda bosque: bosque.predict(LIRIOS.data), **opciones):
    """Guarda un objeto (por defecto, el bosque comprimido) y predice con el bosque."""

    def prepara():
        joblib.dump(_bosque() if objeto is None else objeto(), "b.joblib", **opciones)
        return "b.joblib", predice(_bosque())

    return prepara


def _otro_bosque(**parametros):
    return lambda: RandomForestClassifier(**parametros).fit(LIRIOS.data, LIRIOS.target)


def _roto():
    Path("b.joblib").write_bytes(b"esto no es un modelo")
    return "b.joblib", LIRIOS.target


def _de_la_leccion(nombre):
    """Un bosque pequeño que ya había dejado una celda de la lección."""

    def prepara():
        joblib.dump(_bosque(), nombre, compress=3)
        return nombre, _bosque().predict(LIRIOS.data)

    return prepara


def _de_la_diabetes(clase):
    """Un bosque entrenado con otros datos: diez columnas en vez de cuatro."""
    datos, avance = load_diabetes(return_X_y=True)
    return clase(random_state=0).fit(datos[:20], avance[:20] > 100)


def _por_la_extension():
    joblib.dump(_bosque(), "b.joblib.gz")
    return "b.joblib.gz", list(_bosque().predict(LIRIOS.data))


# --- 02b.2 ---------------------------------------------------------------------------------------
def _nivel(elige, tamanos=None):
    """Un nivel elegido a partir de los tamaños de verdad, o de otros."""

    def prepara():
        reales = dict(enumerate(_tamanos_de_bosque_2().tolist()))
        return (reales if tamanos is None else tamanos(reales)), elige(reales)

    return prepara


def _menor_que_cumple(tamanos):
    return min(nivel for nivel in tamanos if tamanos[nivel] <= 1.1 * min(tamanos.values()))


# --- 02b.3 ---------------------------------------------------------------------------------------
def _memmap(letra="c", modo="r", atributo="_fit_X", **opciones):
    def prepara():
        modelo = KNeighborsRegressor(algorithm="brute").fit(np.ones((20, 2)), np.arange(20.0))
        joblib.dump(modelo, "vecinos.joblib", **opciones)
        cargado = joblib.load("vecinos.joblib", mmap_mode=modo)
        return getattr(cargado, atributo, cargado), letra

    return prepara


# --- 02b.4 ---------------------------------------------------------------------------------------
def _recta(responde):
    """Respuestas hechas con los tamaños de verdad: los de pickle por protocolo y el de joblib."""

    def prepara():
        con_pickle, _, con_joblib = _tamanos_de_la_recta()
        return responde(con_pickle, con_joblib)

    return prepara


# --- 02b.5 ---------------------------------------------------------------------------------------
def _en_carpeta(nombre, objeto=None, dicho=None):
    def prepara():
        Path("modelos").mkdir()
        joblib.dump(objeto or _bosque(), nombre)
        return (dicho or nombre,)

    return prepara


def _con_el_nombre_de_la_carpeta():
    joblib.dump(_bosque(), "modelos")
    return ("modelos",)


CASOS = [
    Caso("02b.1", lambda: (_bosque(), LIRIOS.target), "no_es_nombre", "el nombre de un archivo"),
    Caso("02b.1", lambda: ("b.joblib", LIRIOS.target), "no_existe", "«b.joblib»"),
    Caso("02b.1", _archivo_1(), "no_cabe", "KiB"),
    Caso("02b.1", _de_la_leccion("bosque.gz"), "ya_estaba", "«bosque.gz», un archivo del apartado"),
    Caso("02b.1", _de_la_leccion("otro.z"), "ya_estaba", "uno nuevo"),
    Caso("02b.1", _de_la_leccion("otro.joblib"), "ya_estaba", "uno nuevo"),
    Caso("02b.1", _roto, "no_se_carga", "no puede cargar «b.joblib»", ERROR),
    Caso("02b.1", _archivo_1(lambda: LIRIOS.target), "no_es_el_bosque", "un objeto ndarray"),
    Caso("02b.1", _archivo_1(RandomForestClassifier), "no_es_el_bosque", "Classifier sin entrenar"),
    Caso(
        "02b.1",
        _archivo_1(lambda: _de_la_diabetes(RandomForestRegressor), compress=3),
        "no_es_el_bosque",
        "un objeto RandomForestRegressor.",
    ),
    Caso(
        "02b.1",
        _archivo_1(lambda: _de_la_diabetes(RandomForestClassifier), compress=3),
        "otro_bosque",
        "se guarda otro bosque",
    ),
    Caso(
        "02b.1",
        _archivo_1(_otro_bosque(n_estimators=10, random_state=0)),
        "menos_arboles",
        "un bosque de 10 árboles",
    ),
    Caso(
        "02b.1",
        _archivo_1(_otro_bosque(random_state=1), compress=3),
        "otro_bosque",
        "reentrenar no es recuperar",
    ),
    Caso(
        "02b.1",
        _archivo_1(predice=lambda b: b.predict_proba(LIRIOS.data), compress=3),
        "no_son_predicciones",
        "de forma (150, 3)",
    ),
    Caso("02b.1", _archivo_1(predice=bool, compress=3), "no_son_predicciones", "de forma ()"),
    Caso(
        "02b.1",
        _archivo_1(predice=lambda b: LIRIOS.target[::-1], compress=3),
        "otras_predicciones",
        "100 predicciones distintas",
    ),
    Caso("02b.1", _archivo_1(compress=9), "bien", "no pierde nada", CORRECTO),
    Caso("02b.1", _por_la_extension, "bien", "no pierde nada", CORRECTO),
    Caso("02b.2", lambda: (5, 5), "no_es_barrido", "del 0 al 9"),
    Caso(
        "02b.2",
        _nivel(_menor_que_cumple, lambda t: {str(n): v for n, v in t.items()}),
        "no_es_barrido",
        "las claves son textos",
    ),
    Caso(
        "02b.2", _nivel(_menor_que_cumple, lambda t: {1: t[1]}), "no_es_barrido", "falta un nivel"
    ),
    Caso(
        "02b.2",
        _nivel(_menor_que_cumple, lambda t: dict.fromkeys(t, t[0])),
        "todos_iguales",
        "no pasa `compress=nivel`",
    ),
    Caso(
        "02b.2",
        _nivel(
            _menor_que_cumple, lambda t: {n: v if n == 0 else 0.95 * t[0] for n, v in t.items()}
        ),
        "otros_tamanos",
        "el archivo en el 95 %",
    ),
    Caso("02b.2", _nivel(lambda t: t[9]), "no_es_nivel", "en `nivel_2`"),
    Caso("02b.2", _nivel(lambda t: "5"), "no_es_nivel", "'5' en `nivel_2`"),
    Caso("02b.2", _nivel(lambda t: True), "no_es_nivel", "True en `nivel_2`"),
    Caso("02b.2", _nivel(lambda t: 1), "fuera_del_margen", "el nivel 1, que ocupa un"),
    Caso("02b.2", _nivel(lambda t: 0), "fuera_del_margen", "el nivel 0, que ocupa un"),
    Caso("02b.2", _nivel(lambda t: min(t, key=t.get)), "el_mas_pequeno", "dice «basta»"),
    Caso("02b.2", _nivel(lambda t: _menor_que_cumple(t) + 1), "hay_otro_menor", "que cumple"),
    Caso("02b.2", _nivel(_menor_que_cumple), "bien", "ya ganan poco", CORRECTO),
    Caso(
        "02b.2",
        _nivel(_menor_que_cumple, lambda t: {n: round(v / 1000) for n, v in t.items()}),
        "bien",
        "ya ganan poco",
        CORRECTO,
    ),
    Caso("02b.3", _memmap(atributo="nada"), "no_es_array", "un objeto KNeighborsRegressor"),
    Caso("02b.3", lambda: (np.memmap, "c"), "no_es_array", "un objeto type"),
    Caso("02b.3", _memmap(modo=None), "en_memoria", "un `ndarray` corriente"),
    Caso("02b.3", _memmap(atributo="_y"), "otro_array", "de 1 dimensión"),
    Caso("02b.3", _memmap(modo="r+"), "otro_modo", 'el modo "r+"'),
    Caso("02b.3", _memmap(modo="c"), "otro_modo", 'el modo "c"'),
    Caso("02b.3", _memmap("a"), "comprimido_con_mmap", "la opción a"),
    Caso("02b.3", _memmap("B"), "no_hay_error", "la opción b"),
    Caso("02b.3", _memmap("avisa"), "no_es_letra", "'avisa' en `comprimido_3`"),
    Caso("02b.3", _memmap(" C "), "bien", "rehacerlos en memoria", CORRECTO),
    Caso(
        "02b.4",
        lambda: ("recta.pkl", "recta.joblib", False),
        "no_es_numero",
        "`con_joblib(recta)` y, después,",
    ),
    Caso("02b.4", lambda: (b"\x80", 1, False), "no_es_numero", "los bytes mismos"),
    Caso(
        "02b.4",
        _recta(lambda p, j: (p[5] + sys.getsizeof(b""), j, False)),
        "getsizeof",
        "lo que Python añade",
    ),
    Caso(
        "02b.4",
        _recta(lambda p, j: (EN_MEMORIA, EN_MEMORIA, False)),
        "getsizeof_del_modelo",
        "ni los arrays del modelo",
    ),
    Caso(
        "02b.4",
        _recta(lambda p, j: (p[5], EN_MEMORIA, True)),
        "getsizeof_del_modelo",
        f"{EN_MEMORIA}: lo que",
    ),
    Caso("02b.4", _recta(lambda p, j: (j, p[5], True)), "cambiados", "cada uno en el otro nombre"),
    Caso("02b.4", _recta(lambda p, j: (p[0], j, True)), "protocolo_antiguo", "el protocolo 0"),
    Caso("02b.4", lambda: (9, 12, False), "no_son_de_la_recta", "9 y 12"),
    Caso("02b.4", _recta(lambda p, j: (p[4], p[4], False)), "no_son_de_la_recta", "otro modelo"),
    Caso("02b.4", _recta(lambda p, j: (p[4], j, "falso")), "no_es_booleano", "'falso'"),
    Caso("02b.4", _recta(lambda p, j: (p[4], j, True)), "contra_sus_numeros", "`True`, y tus"),
    Caso("02b.4", _recta(lambda p, j: (p[4], j, False)), "bien", "diminutos", CORRECTO),
    Caso(
        "02b.4",
        _recta(lambda p, j: (p[5], j, np.bool_(False))),
        "bien",
        "no la frase",
        CORRECTO,
    ),
    Caso("02b.5", _con_el_nombre_de_la_carpeta, "modelos_es_archivo", 'os.remove("modelos")'),
    Caso("02b.5", _en_carpeta("b.joblib", dicho="modelos"), "es_la_carpeta", "es una carpeta"),
    Caso("02b.5", _en_carpeta("bosque.joblib"), "fuera_de_la_carpeta", "también quita el error"),
    Caso("02b.5", lambda: ("modelos/bosque.joblib",), "no_existe", "«modelos/bosque.joblib»"),
    Caso("02b.5", lambda: (_bosque(),), "no_es_nombre", "entre comillas"),
    Caso("02b.5", lambda: (["modelos/b.joblib"],), "lista_de_dump", "sin corchetes"),
    Caso(
        "02b.5",
        _en_carpeta("modelos/bosque.joblib", LIRIOS.target.tolist()),
        "no_es_el_bosque",
        "un objeto list",
    ),
    Caso(
        "02b.5",
        _en_carpeta("modelos/bosque.joblib", _de_la_diabetes(RandomForestClassifier)),
        "otro_bosque",
        "con los lirios",
    ),
    Caso(
        "02b.5",
        _en_carpeta("modelos/bosque.joblib", _otro_bosque(n_estimators=3)()),
        "menos_arboles",
        "un bosque de 3 árboles",
    ),
    Caso("02b.5", _en_carpeta("modelos/bosque.joblib"), "bien", "no carpetas", CORRECTO),
    Caso(
        "02b.5",
        _en_carpeta("modelos/bosque.joblib", dicho=Path("modelos", "bosque.joblib")),
        "bien",
        "no carpetas",
        CORRECTO,
    ),
]
