"""Ejercicios y predicciones de 03b · Tiempos y tamaños. Las revisiones, en `revision_03b.py`."""

from helpers.ejercicios.resultado import Ejercicio, Prediccion
from helpers.ejercicios.revision_03b import (
    comprueba_compresion,
    comprueba_frases,
    comprueba_k_de_20,
    comprueba_mide,
    comprueba_mmap,
)

EJERCICIOS = (
    Ejercicio(
        "03b.1",
        puntos=2,
        pistas=(
            "Un cronómetro se pone a cero antes de cada carrera. Y antes, un calentamiento.",
            "Dentro del bucle: leer el reloj, llamar a `f()`, leerlo otra vez y anotar la resta.",
            "`f()` antes del bucle; dentro, `inicio = time.perf_counter()`, `f()` y "
            "`tiempos.append(time.perf_counter() - inicio)`.",
        ),
        solucion="""
import time

def mide(f, repeticiones):
    f()  # calentamiento
    tiempos = []
    for _ in range(repeticiones):
        inicio = time.perf_counter()
        f()
        tiempos.append(time.perf_counter() - inicio)
    return tiempos
""",
        comprueba=comprueba_mide,
    ),
    Ejercicio(
        "03b.2",
        puntos=2,
        pistas=(
            "Cada vuelta produce una fila. Después, cada cuenta es una línea.",
            "Los tiempos los da `una_vez(modelo)`; los bytes, `os.path.getsize` justo después.",
            '`medidas.append((*una_vez(modelo), os.path.getsize("m.pkl"), '
            'os.path.getsize("m.joblib")))`, veinte veces.',
        ),
        solucion="""
medidas = []
for _ in range(20):
    tiempos = una_vez(modelo)
    bytes_de = [os.path.getsize(nombre) for nombre in ("m.pkl", "m.joblib")]
    medidas.append((*tiempos, *bytes_de))
k = sum(pj < pp for pp, pj, _, _ in medidas)
m = sum(bj < bp for _, _, bp, bj in medidas)

def veredicto(cuenta):
    return "se cumple" if cuenta >= 15 else "no se cumple" if cuenta <= 5 else "no está claro"

veredicto_k, veredicto_m = veredicto(k), veredicto(m)
""",
        comprueba=comprueba_k_de_20,
    ),
    Ejercicio(
        "03b.3",
        puntos=1,
        pistas=(
            "Comprimir es aprovechar lo que se repite. ¿Qué modelo repite números?",
            "Los coeficientes de una regresión no se repiten. Los umbrales de muchos árboles, sí.",
            "Entrena `RandomForestClassifier(100, random_state=0)` con `load_iris` y guárdalo con "
            "`pickle.dump` y con `joblib.dump(..., compress=3)`.",
        ),
        solucion="""
import pickle
from sklearn.datasets import load_iris
from sklearn.ensemble import RandomForestClassifier

bosque = RandomForestClassifier(100, random_state=0).fit(*load_iris(return_X_y=True))
with open("bosque.pkl", "wb") as archivo:
    pickle.dump(bosque, archivo, protocol=5)
joblib.dump(bosque, "bosque.joblib", compress=3)
con_pickle, con_joblib = "bosque.pkl", "bosque.joblib"
""",
        comprueba=comprueba_compresion,
    ),
    Ejercicio(
        "03b.4",
        puntos=2,
        pistas=(
            "mmap no lee el array al cargar. Gana donde hay mucho que no leer.",
            "Un modelo de vecinos guarda los datos enteros. Con 200 000 filas y 20 columnas son "
            "32 MB.",
            '`KNeighborsRegressor(algorithm="brute")`, `joblib.dump` sin comprimir y dos listas: '
            '`joblib.load(nombre)` y `joblib.load(nombre, mmap_mode="r")`.',
        ),
        solucion="""
import statistics
import timeit
import numpy as np
from sklearn.neighbors import KNeighborsRegressor

X = np.random.default_rng(0).normal(size=(200_000, 20))
archivo_4 = "vecinos.joblib"
joblib.dump(KNeighborsRegressor(algorithm="brute").fit(X, X[:, 0]), archivo_4)
normales = timeit.repeat(lambda: joblib.load(archivo_4), number=1, repeat=9)
con_mmap = timeit.repeat(lambda: joblib.load(archivo_4, mmap_mode="r"), number=1, repeat=9)
veces = statistics.median(normales) / statistics.median(con_mmap)
""",
        comprueba=comprueba_mmap,
    ),
    Ejercicio(
        "03b.5",
        puntos=2,
        pistas=(
            "Una frase se sostiene si su número cae del lado que dice. Primero, el número.",
            "Filtra `resumen` por modelo, método y operación, y lee la columna que dice la frase.",
            "`valor(modelo, metodo, operacion, columna)` da un número de la tabla. Prueba con la "
            'd: `valor("n = 1", "skops", "guardar", "archivo_bytes")` entre el de pickle.',
        ),
        solucion="""
mayor, columna = "n = 1 000 000", "archivo_bytes"
frases = {
    "b": valor(mayor, "joblib comprimido", "guardar", columna)
    / valor(mayor, "pickle", "guardar", columna),
    "d": valor("n = 1", "skops", "guardar", columna) / valor("n = 1", "pickle", "guardar", columna),
    "g": valor(mayor, "dill", "guardar", "memoria_extra_bytes"),
}
""",
        comprueba=comprueba_frases,
    ),
)


def _en_texto(texto):
    """El número de la última línea impresa, o None si no lo hay."""
    try:
        return float(texto.splitlines()[-1])
    except (IndexError, ValueError):
        return None


def _primera_carga(texto):
    razon = _en_texto(texto)
    return None if razon is None else "a" if razon < 2 else "b" if razon < 100 else "c"


PREDICCIONES = (
    Prediccion(
        "03b.p1",
        ocurre=_primera_carga,
        comentarios={
            "a": "El archivo es el mismo, pero el proceso no: la primera carga lo encuentra vacío.",
            "b": "Una primera vez suele costar algo más. Aquí, además, hay mucho que importar.",
            "c": "pickle importa scikit-learn para crear el modelo. Eso se paga una vez.",
        },
    ),
    Prediccion(
        "03b.p2",
        ocurre=lambda veces: "c" if veces < 1_000 else "b" if veces < 100_000 else "a",
        comentarios={
            "a": "Así sería si todo el trabajo fueran los números. Abrir un archivo cuesta.",
            "b": "Parte del trabajo no depende de cuántos números haya. Falta saber cuánta.",
            "c": "Abrir el archivo se paga una vez, y el array se escribe entero, de golpe.",
        },
    ),
    Prediccion(
        "03b.p3",
        ocurre=lambda megas: "a" if megas < 8 else "b" if megas < 120 else "c",
        comentarios={
            "a": "El protocolo 5 entrega el array al archivo sin copiarlo ni traducirlo.",
            "b": "Una copia entera es lo que pide el protocolo 4.",
            "c": "Así ocurre con un texto como JSON. Un array ya está en bytes.",
        },
    ),
)
