"""Ejercicios y predicciones de 02e, la comparación.

Cómo se comprueban está en `revision_02e.py`, y los doce escenarios, en `escenarios_02e.py`.
"""

from helpers.ejercicios.resultado import Ejercicio, Prediccion
from helpers.ejercicios.revision_02e import comprueba_correcciones, comprueba_eleccion

EJERCICIOS = (
    Ejercicio(
        "02e.1",
        puntos=2,
        pistas=(
            "En cada caso manda una sola necesidad: confianza, tamaño, memoria, funciones o lugar.",
            "Recorre el camino del apartado 3 con cada letra: primero, si es de lo que no resuelve "
            "ninguno; después, la primera pregunta a la que contestes que sí.",
            "b pide examinar antes de cargar; c, compartir memoria; d, comprimir; e, llevar "
            "código; f, salir de Python; h y j no tienen solución con ninguno.",
        ),
        solucion="""
eleccion = {
    "a": "pickle", "b": "skops", "c": "joblib", "d": "joblib comprimido",
    "e": "cloudpickle", "f": "ONNX", "g": "skops", "h": "ninguno",
    "i": "pickle", "j": "ninguno", "k": "pickle", "l": "joblib",
}
""",
        comprueba=comprueba_eleccion,
    ),
    Ejercicio(
        "02e.2",
        puntos=3,
        pistas=(
            "Las cuatro primeras son bytes divididos entre bytes. Las dos últimas ya están "
            "divididas en la tabla.",
            "`ocupa(modelo, metodo)` da los bytes. Las columnas `veces_pickle` y "
            "`veces_el_limite` dan las otras dos, en la fila de «guardar».",
            '1 es `ocupa("regresión", "joblib") / ocupa("regresión", "pickle")`; 5 es '
            '`tabla.loc[("bosque", "joblib", "guardar"), "veces_pickle"]`.',
        ),
        solucion="""
pickle_ocupa = ocupa("regresión", "pickle")
numeros = {
    1: ocupa("regresión", "joblib") / pickle_ocupa,
    2: ocupa("regresión", "joblib comprimido") / pickle_ocupa,
    3: ocupa("bosque", "skops") / ocupa("bosque", "pickle"),
    4: ocupa("regresión", "dill") / pickle_ocupa,
    5: tabla.loc[("bosque", "joblib", "guardar"), "veces_pickle"],
    6: tabla.loc[("gigante", "pickle", "guardar"), "veces_el_limite"],
}
cierta = {1: numeros[1] < 1, 2: numeros[2] < 1, 3: numeros[3] < 1,
          4: numeros[4] > 1, 5: numeros[5] < 1, 6: numeros[6] > 2}
correcciones = {n: (numeros[n], "cierta" if cierta[n] else "falsa") for n in numeros}
""",
        comprueba=comprueba_correcciones,
    ),
)


def _quien_gana(tabla):
    """La letra según qué métodos dejan el archivo más pequeño con cada modelo."""
    ganan = set(tabla.idxmin())
    if ganan == {"joblib comprimido"}:
        return "a"
    return "b" if ganan == {"pickle"} else "c"


def _cuantos_vuelven(tabla):
    """La letra según cuántos métodos devuelven la clase escrita en el cuaderno."""
    vuelven = int((tabla.loc["clase del cuaderno"] == "sí").sum())
    return "a" if vuelven >= 2 else "b" if vuelven == 1 else "c"


PREDICCIONES = (
    Prediccion(
        "02e.p1",
        ocurre=_quien_gana,
        comentarios={
            "a": "Con la regresión comprimió, pero joblib partía de más bytes que pickle.",
            "b": "Gana en los archivos diminutos, donde las cabeceras pesan más que los números.",
            "c": "El modelo decide: lo que sobra en un archivo diminuto compensa en otro.",
        },
    ),
    Prediccion(
        "02e.p2",
        ocurre=_cuantos_vuelven,
        comentarios={
            "a": "Los cinco la guardan, y ahí está la trampa: el fallo llega al cargar o al usar.",
            "b": "dill lleva el código de la clase, pero no lo que ese código usa de fuera.",
            "c": "Con pickle, joblib y skops falta la clase; con dill, lo que la clase usa.",
        },
    ),
)
