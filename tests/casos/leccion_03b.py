"""Casos de 03b · Tiempos y tamaños."""

import pickle
import time
from pathlib import Path

import joblib
import numpy as np
import pandas as pd
from sklearn.neighbors import KNeighborsRegressor
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from casos import Caso
from helpers._medicion.modelos import regresion_de
from helpers.ejercicios.resultado import Estado
from helpers.ejercicios.revision_03b import MAYOR, MENOR

NAN = float("nan")
ERROR = Estado.ERROR_TUYO
CORRECTO = Estado.CORRECTO


def _da(*respuestas):
    return lambda: respuestas


# --- 03b.1 ---------------------------------------------------------------------------------------
def _mide(f, repeticiones):
    f()
    tiempos = []
    for _ in range(repeticiones):
        inicio = time.perf_counter()
        f()
        tiempos.append(time.perf_counter() - inicio)
    return tiempos


def _sin_llamar(f, repeticiones):
    return [0.1] * repeticiones


def _anota_el_calentamiento(f, repeticiones):
    return _mide(f, repeticiones + 1)


def _sin_calentar(f, repeticiones):
    return _mide(f, repeticiones - 1) + [0.1]


def _en_texto(f, repeticiones):
    return [str(tiempo) for tiempo in _mide(f, repeticiones)]


def _en_milisegundos(f, repeticiones):
    return [1000 * tiempo for tiempo in _mide(f, repeticiones)]


def _fuera_del_reloj(f, repeticiones):
    _mide(f, repeticiones)
    return [1e-7] * repeticiones


def _sin_la_ultima(f, repeticiones):
    f()
    return [0.0, *_mide(f, repeticiones - 1)]


def _sin_volver_a_cero(f, repeticiones):
    f()
    tiempos = []
    inicio = time.perf_counter()
    for _ in range(repeticiones):
        f()
        tiempos.append(time.perf_counter() - inicio)
    return tiempos


def _la_media(f, repeticiones):
    return sum(_mide(f, repeticiones)) / repeticiones


def _el_total(f, repeticiones):
    inicio = time.perf_counter()
    for _ in range(repeticiones):
        f()
    return time.perf_counter() - inicio


def _redondeados(f, repeticiones):
    return [round(tiempo, 2) for tiempo in _mide(f, repeticiones)]


def _generador(f, repeticiones):
    yield from _mide(f, repeticiones)


def _con_process_time(f, repeticiones):
    f()
    tiempos = []
    for _ in range(repeticiones):
        inicio = time.process_time()
        f()
        tiempos.append(time.process_time() - inicio)
    return tiempos


def _al_reves(f, repeticiones):
    return [-tiempo for tiempo in _mide(f, repeticiones)]


def _calienta_dos_veces(f, repeticiones):
    f()
    return _mide(f, repeticiones)


def _se_queda(f, repeticiones):
    while True:
        f()


# --- 03b.2 ---------------------------------------------------------------------------------------
def _filas(rapidas, menores=0):
    """Veinte filas: joblib tarda menos en las primeras `rapidas` y ocupa menos en las últimas."""
    tiempos = [(2.0, 1.0)] * rapidas + [(1.0, 2.0)] * (20 - rapidas)
    tamanos = [(400, 500)] * (20 - menores) + [(500, 400)] * menores
    filas = [(*t, *b) for t, b in zip(tiempos, tamanos, strict=True)]
    # Dos medidas de verdad nunca coinciden.
    return [(pp + n / 1e6, pj + n / 1e6, bp, bj) for n, (pp, pj, bp, bj) in enumerate(filas)]


# --- 03b.3 ---------------------------------------------------------------------------------------
REPETIDA = regresion_de(2_000)
REPETIDA.coef_ = np.full(2_000, 0.25)


def _dos_archivos(modelo, otro=None, protocolo=5, compress=3):
    def prepara():
        Path("m.pkl").write_bytes(pickle.dumps(modelo, protocol=protocolo))
        joblib.dump(modelo if otro is None else otro, "m.joblib", compress=compress)
        return "m.pkl", "m.joblib"

    return prepara


# --- 03b.4 ---------------------------------------------------------------------------------------
def _con_mmap(normales, con_mmap, veces, modelo=None, coeficientes=2_600_000, compress=0):
    def prepara():
        joblib.dump(modelo or regresion_de(coeficientes), "m.joblib", compress=compress)
        return "m.joblib", normales, con_mmap, veces

    return prepara


def _en_un_pipeline(filas):
    def prepara():
        X = np.random.default_rng(0).normal(size=(filas, 20))
        vecinos = KNeighborsRegressor(algorithm="brute")
        joblib.dump(make_pipeline(StandardScaler(), vecinos).fit(X, X[:, 0]), "m.joblib")
        return "m.joblib", [1.0] * 5, [0.01] * 5, 100

    return prepara


def _enorme():
    with Path("m.joblib").open("wb") as archivo:
        archivo.truncate(102_000_000)  # un hueco: no ocupa sitio en el disco
    return "m.joblib", [1.0] * 5, [0.01] * 5, 100


# --- 03b.5 ---------------------------------------------------------------------------------------
def _resumen(**cambios):
    """Una tabla en la que se sostienen b, d, e, g y h."""
    filas = [
        (MAYOR, "pickle", "guardar", 1, 1.2, 1000, 10),
        (MAYOR, "joblib comprimido", "guardar", 90, 99, 960, 10),
        (MAYOR, "skops", "guardar", 7, 8, 1001, 10),
        (MAYOR, "dill", "guardar", 3, 4, 1000, 8_000_000),
        (MAYOR, "joblib", "cargar", cambios.get("h", 0.4), 2, 1000, 10),
        (MENOR, "pickle", "guardar", 1, 3, 450, 10),
        (MENOR, "skops", "guardar", 6, 9, 5400, 10),
        (MENOR, "joblib", "cargar", 4, 9, 600, 10),
    ]
    columnas = ["modelo", "metodo", "operacion", "veces_pickle", "veces_el_limite"]
    return pd.DataFrame(filas, columns=[*columnas, "archivo_bytes", "memoria_extra_bytes"])


CASOS = [
    Caso("03b.1", _da(_mide), "bien", "Una llamada de calentamiento", CORRECTO),
    Caso("03b.1", _da(3), "no_es_funcion", "sin paréntesis", ERROR),
    Caso("03b.1", _da(_se_queda), "no_termina", "no terminó", ERROR),
    Caso("03b.1", _da(lambda f: [f()]), "lanza_excepcion", "TypeError", ERROR),
    Caso("03b.1", _da(_la_media), "un_solo_numero", "se devuelve un resumen"),
    Caso("03b.1", _da(_el_total), "un_solo_numero", "fuera del bucle"),
    Caso("03b.1", _da(lambda f, n: print(n)), "no_es_lista", "que devuelve None"),
    Caso("03b.1", _da(_generador), "no_es_lista", "otra colección"),
    Caso("03b.1", _da(_redondeados), "redondea", "una llamada corta se queda en cero"),
    Caso("03b.1", _da(_calienta_dos_veces), "sin_calentamiento", "calienta más de una vez"),
    Caso("03b.1", _da(_al_reves), "no_mide_f", "se resta al revés"),
    Caso("03b.1", _da(lambda f, n: sorted(_mide(f, n))), "no_mide_f", "se ordena la lista"),
    Caso("03b.1", _da(_con_process_time), "no_mide_f", "no cuenta las esperas"),
    Caso("03b.1", _da(_sin_llamar), "no_llama", "que nombra la función"),
    Caso("03b.1", _da(_anota_el_calentamiento), "otra_cantidad", "5 tiempos al pedir 4"),
    Caso("03b.1", _da(_sin_calentar), "sin_calentamiento", "4 llamadas a `f` para 4"),
    Caso("03b.1", _da(_en_texto), "no_son_numeros", "se guarda un texto"),
    Caso("03b.1", _da(_en_milisegundos), "no_son_segundos", "se multiplica por mil"),
    Caso("03b.1", _da(_fuera_del_reloj), "no_mide_f", "fuera de las dos lecturas"),
    Caso("03b.1", _da(_sin_la_ultima), "no_mide_f", "fuera de las dos lecturas"),
    Caso("03b.1", _da(_sin_volver_a_cero), "acumula", "el reloj se lee una sola vez"),
    Caso(
        "03b.2",
        _da(_filas(0), 0, 0, "no se cumple", "no se cumple"),
        "bien",
        "menos en 0 y ocupa menos en 0",
        CORRECTO,
    ),
    Caso(
        "03b.2",
        _da(_filas(20, 20), 20, 20, "se cumple", "se cumple"),
        "bien",
        "en 20 y ocupa menos en 20",
        CORRECTO,
    ),
    Caso(
        "03b.2",
        _da(_filas(9, 16), 9, 16, "no está claro", "se cumple"),
        "bien",
        "en 9 y ocupa menos en 16",
        CORRECTO,
    ),
    Caso("03b.2", _da(_filas(9), 9, 0, "No esta claro", "«no se cumple»"), "bien", "9", CORRECTO),
    Caso(
        "03b.2",
        _da(_filas(17), 17, 0, "Se cumple.", " No se cumple"),
        "bien",
        "en 17 y ocupa menos en 0",
        CORRECTO,
    ),
    Caso(
        "03b.2",
        _da(pd.DataFrame(_filas(16)), np.int64(16), 0, "se cumple", "no se cumple"),
        "bien",
        "en 16",
        CORRECTO,
    ),
    Caso(
        "03b.2",
        _da(_filas(12, 3), 3, 12, "no se cumple", "no está claro"),
        "cuentas_cambiadas",
        "una cuenta por la otra",
    ),
    Caso(
        "03b.2",
        _da(_filas(12, 11), 3, 11, "no se cumple", "no está claro"),
        "las_dos_a_la_vez",
        "k = 3, las filas",
    ),
    Caso(
        "03b.2",
        _da(_filas(12, 11), 12, 3, "no está claro", "no se cumple"),
        "las_dos_a_la_vez",
        "m = 3, las filas",
    ),
    Caso("03b.2", _da(_filas(3), 20, 0, "se cumple", "no se cumple"), "otra_cuenta", "k = 20"),
    Caso("03b.2", _da(_filas(3), 3, 20, "no se cumple", "se cumple"), "otra_cuenta", "m = 20"),
    Caso(
        "03b.2",
        _da(_filas(3), "tres", 0, "no se cumple", "no se cumple"),
        "otra_cuenta",
        "k = 'tres'",
    ),
    Caso(
        "03b.2",
        _da(_filas(3), np.full(20, 3), 0, "no se cumple", "no se cumple"),
        "otra_cuenta",
        "lo que dan tus filas",
    ),
    Caso(
        "03b.2",
        _da(_filas(3), pd.Series([3, 3]), 0, "no se cumple", "no se cumple"),
        "otra_cuenta",
        "lo que dan tus filas",
    ),
    Caso(
        "03b.2", _da(_filas(1), True, 0, "no se cumple", "no se cumple"), "otra_cuenta", "k = True"
    ),
    Caso(
        "03b.2",
        _da(_filas(3), 3, 0, False, "no se cumple"),
        "veredicto_desconocido",
        "False en `veredicto_k`",
    ),
    Caso(
        "03b.2",
        _da(_filas(3), 3, 0, "no se cumple", ["no se cumple"]),
        "veredicto_desconocido",
        "con una lista",
    ),
    Caso(
        "03b.2",
        _da(_filas(0), 0, 0, "se cumple", "no se cumple"),
        "veredicto_sin_datos",
        "lo que se había leído",
    ),
    Caso(
        "03b.2",
        _da(_filas(20), 20, 0, "se cumple", "se cumple"),
        "veredicto_sin_datos",
        "m = 0 de 20",
    ),
    Caso(
        "03b.2",
        _da([fila[:2] for fila in _filas(0)], 0, 0, "x", "x"),
        "no_son_filas",
        "cuatro números",
    ),
    Caso("03b.2", _da(7, 0, 0, "x", "x"), "no_son_filas", "cuatro números"),
    Caso(
        "03b.2",
        _da(_filas(0)[:10], 0, 0, "no se cumple", "no se cumple"),
        "no_son_veinte",
        "Vi 10 filas",
    ),
    Caso(
        "03b.2", _da([(1.0, 2.0, 4, 5)] * 20, 0, 0, "x", "x"), "una_sola_medida", "se mide una vez"
    ),
    Caso("03b.2", _da([(NAN, NAN, 4, 5)] * 20, 0, 0, "x", "x"), "imposible", "no es positivo"),
    Caso(
        "03b.2",
        _da([(pp, pj, 0, bj) for pp, pj, _, bj in _filas(0)], 0, 0, "x", "x"),
        "imposible",
        "no es positivo",
    ),
    Caso("03b.3", _dos_archivos(REPETIDA), "bien", "una regresión, casi nunca", CORRECTO),
    Caso("03b.3", _da("a.pkl", "b.joblib"), "no_existe", "ningún archivo «a.pkl»"),
    Caso("03b.3", _dos_archivos(REPETIDA, protocolo=0), "no_es_protocolo_5", "antiguo infla"),
    Caso("03b.3", _dos_archivos(REPETIDA, compress=0), "sin_comprimir", "a secas no comprime"),
    Caso("03b.3", _dos_archivos(np.ones(5_000)), "no_es_modelo", "Vi un objeto ndarray"),
    Caso("03b.3", _dos_archivos(REPETIDA, regresion_de(2_000)), "otro_modelo", "distintos"),
    Caso("03b.3", _dos_archivos(regresion_de(2_000)), "comprime_poco", "decimales al azar"),
    Caso("03b.4", _con_mmap([1.0] * 5, [0.01] * 5, 100), "bien", "100 veces. Al cargar", CORRECTO),
    Caso("03b.4", _con_mmap([0.1] * 5, [0.01] * 5, 10), "bien", "no llegan a 20", CORRECTO),
    Caso("03b.4", _con_mmap(np.ones(5), pd.Series([0.01] * 5), 100), "bien", "100", CORRECTO),
    Caso("03b.4", _con_mmap([1.0] * 5, [0.01] * 5, NAN), "otra_razon", "Vi nan veces"),
    Caso("03b.4", _con_mmap([0.1] * 5, [0.1] * 5, 1, coeficientes=1), "misma_lista", "una vez y"),
    Caso("03b.4", _con_mmap([NAN] * 5, [0.1] * 5, 1, coeficientes=1), "pocos_tiempos", "les` 0"),
    Caso("03b.4", _en_un_pipeline(130_000), "bien", "100 veces. Al cargar", CORRECTO),
    Caso("03b.4", _en_un_pipeline(1_000), "sin_array_grande", "queda en 0.16 MB"),
    Caso("03b.4", _con_mmap(0.1, 0.01, 10, coeficientes=1), "pocos_tiempos", "`normales` 0"),
    Caso("03b.4", _con_mmap([1.0] * 5, [1.0], 1, coeficientes=1), "pocos_tiempos", "`con_mmap` 1"),
    Caso("03b.4", _enorme, "demasiado_grande", "102 MB"),
    Caso(
        "03b.4",
        _con_mmap([1.0] * 5, [0.01] * 5, 100, coeficientes=1, compress=3),
        "mmap_comprimido",
        "hay que descomprimirlo",
    ),
    Caso(
        "03b.4",
        _con_mmap([1.0] * 5, [0.01] * 5, 100, coeficientes=1_000),
        "sin_array_grande",
        "un bosque reparte",
    ),
    Caso(
        "03b.4",
        _con_mmap([1.0] * 5, [0.01] * 5, 0.01),
        "razon_al_reves",
        "el tiempo largo entre el corto",
    ),
    Caso("03b.4", _con_mmap([1.0] * 5, [0.01] * 5, 50), "otra_razon", "Vi 50 veces"),
    Caso("03b.4", _con_mmap([0.01] * 5, [1.0] * 5, 0.01), "listas_cambiadas", "listas cambiadas"),
    Caso(
        "03b.5",
        lambda: (_resumen(), {"b": 0.96, "d": 12, "g": 8_000_000}),
        "bien",
        "una tabla que cualquiera",
        CORRECTO,
    ),
    Caso("03b.5", lambda: (_resumen(), {"b": 0.96, "e": 1.2, "h": 0.4}), "bien", "Tres", CORRECTO),
    Caso("03b.5", lambda: (None, {"b": 0.96}), "no_es_el_resumen", "del apartado 4"),
    Caso("03b.5", lambda: (_resumen()[:3], {"b": 0.96}), "no_es_el_resumen", "del apartado 4"),
    Caso("03b.5", lambda: (_resumen(), {"b", "d", "g"}), "no_es_diccionario", "solo las letras"),
    Caso("03b.5", lambda: (_resumen(), {"B": 1, "d": 2}), "letra_desconocida", "en mayúscula"),
    Caso("03b.5", lambda: (_resumen(), {"b": 0.96}), "no_son_tres", "Vi 1 frases"),
    Caso(
        "03b.5",
        lambda: (_resumen(), {"b": 0.96, "d": 5, "g": 8_000_000}),
        "otro_numero",
        "Vi 5 junto a la frase d",
    ),
    Caso(
        "03b.5",
        lambda: (_resumen(), {"b": 0.96, "d": 12, "g": NAN}),
        "otro_numero",
        "se dividen dos medianas",
    ),
    Caso(
        "03b.5",
        lambda: (_resumen(), {"a": 90, "b": 0.96, "d": 12}),
        "frase_sin_apoyo",
        "pide un número < 1, con 90",
    ),
    Caso(
        "03b.5",
        lambda: (_resumen(h=1.5), {"h": 1.5, "b": 0.96, "d": 12}),
        "frase_sin_apoyo",
        "la frase h",
    ),
]
