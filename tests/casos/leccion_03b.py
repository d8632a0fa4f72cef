"""Casos de 03b · Tiempos y tamaños."""

import pickle
import time
from pathlib import Path

import joblib
import numpy as np
import pandas as pd

from casos import Caso
from helpers._medicion.modelos import regresion_de
from helpers.ejercicios.resultado import Estado
from helpers.ejercicios.revision_03b import MAYOR, MENOR

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


def _se_queda(f, repeticiones):
    while True:
        f()


# --- 03b.2 ---------------------------------------------------------------------------------------
def _filas(que_cumplen, mas_rapidas=0):
    """Veinte filas: unas cumplen las dos cosas, otras solo son rápidas y el resto, ninguna."""
    cumple, rapida, ninguna = (2.0, 1.0, 500, 400), (2.0, 1.0, 400, 500), (1.0, 2.0, 400, 500)
    resto = 20 - que_cumplen - mas_rapidas
    filas = [cumple] * que_cumplen + [rapida] * mas_rapidas + [ninguna] * resto
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
    Caso("03b.1", _da(_la_media), "no_es_lista", "se imprime, se resume"),
    Caso("03b.1", _da(lambda f, n: print(n)), "no_es_lista", "que devuelve None"),
    Caso("03b.1", _da(_sin_llamar), "no_llama", "que nombra la función"),
    Caso("03b.1", _da(_anota_el_calentamiento), "otra_cantidad", "5 tiempos al pedir 4"),
    Caso("03b.1", _da(_sin_calentar), "sin_calentamiento", "4 llamadas a `f` para 4"),
    Caso("03b.1", _da(_en_texto), "no_son_numeros", "se guarda un texto"),
    Caso("03b.1", _da(_en_milisegundos), "no_son_segundos", "se multiplica por mil"),
    Caso("03b.1", _da(_fuera_del_reloj), "no_mide_f", "fuera de las dos lecturas"),
    Caso("03b.1", _da(_sin_la_ultima), "no_mide_f", "fuera de las dos lecturas"),
    Caso("03b.1", _da(_sin_volver_a_cero), "acumula", "el reloj se lee una sola vez"),
    Caso("03b.2", _da(_filas(0), 0, "no se cumple"), "bien", "dicen 0", CORRECTO),
    Caso("03b.2", _da(_filas(20), 20, "se cumple"), "bien", "dicen 20", CORRECTO),
    Caso("03b.2", _da(_filas(9), 9, "no está claro"), "bien", "dicen 9", CORRECTO),
    Caso(
        "03b.2",
        lambda: (pd.DataFrame(_filas(16)), np.int64(16), "se cumple"),
        "bien",
        "dicen 16",
        CORRECTO,
    ),
    Caso("03b.2", _da(_filas(3, 9), 12, "no está claro"), "solo_velocidad", "promete dos cosas"),
    Caso("03b.2", _da(_filas(3), 20, "se cumple"), "otro_k", "lo que dan tus filas"),
    Caso("03b.2", _da(_filas(3), "tres", "se cumple"), "otro_k", "k = 'tres'"),
    Caso("03b.2", _da(_filas(3), 3, False), "veredicto_desconocido", "«no está claro»"),
    Caso("03b.2", _da(_filas(0), 0, "se cumple"), "veredicto_sin_datos", "lo que se había leído"),
    Caso("03b.2", _da(_filas(20), 20, "no se cumple"), "veredicto_sin_datos", "k = 20 de 20"),
    Caso("03b.2", _da([fila[:2] for fila in _filas(0)], 0, "x"), "no_son_filas", "cuatro números"),
    Caso("03b.2", _da(7, 0, "x"), "no_son_filas", "cuatro números"),
    Caso("03b.2", _da(_filas(0)[:10], 0, "no se cumple"), "no_son_veinte", "Vi 10 filas"),
    Caso("03b.2", _da([(1.0, 2.0, 4, 5)] * 20, 0, "x"), "una_sola_medida", "se mide una vez"),
    Caso(
        "03b.2",
        _da([(pp, pj, 0, bj) for pp, pj, _, bj in _filas(0)], 0, "x"),
        "imposible",
        "no es positivo",
    ),
    Caso("03b.3", _dos_archivos(REPETIDA), "bien", "Se comprime lo que se repite", CORRECTO),
    Caso("03b.3", _da("a.pkl", "b.joblib"), "no_existe", "ningún archivo «a.pkl»"),
    Caso("03b.3", _dos_archivos(REPETIDA, protocolo=0), "no_es_protocolo_5", "antiguo infla"),
    Caso("03b.3", _dos_archivos(REPETIDA, compress=0), "sin_comprimir", "a secas no comprime"),
    Caso("03b.3", _dos_archivos(np.ones(5_000)), "no_es_modelo", "Vi un objeto ndarray"),
    Caso("03b.3", _dos_archivos(REPETIDA, regresion_de(2_000)), "otro_modelo", "distintos"),
    Caso("03b.3", _dos_archivos(regresion_de(2_000)), "comprime_poco", "decimales al azar"),
    Caso("03b.4", _con_mmap([1.0] * 5, [0.01] * 5, 100), "bien", "100 veces. Al cargar", CORRECTO),
    Caso("03b.4", _con_mmap([0.1] * 5, [0.01] * 5, 10), "bien", "no llegan a 20", CORRECTO),
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
