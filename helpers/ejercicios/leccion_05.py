"""Ejercicios y predicciones de 05, las referencias. Cómo se comprueban: `revision_05.py`."""

from helpers.ejercicios.resultado import Ejercicio, Prediccion
from helpers.ejercicios.revision_05 import comprueba_citas

EJERCICIOS = (
    Ejercicio(
        "05.1",
        puntos=1,
        pistas=(
            "Dos preguntas por frase: ¿se sostiene hoy? Y si no, ¿se sostuvo alguna vez?",
            "a se decide en 02e; b, en el apartado 1 de este cuaderno; c, en el apartado 6 de 02d; "
            "d, en el apartado 5 de 02b.",
            "Hay una vigente, una anticuada y dos falsas. La anticuada la decía su propia guía.",
        ),
        solucion='citas = {"a": "anticuada", "b": "falsa", "c": "falsa", "d": "vigente"}',
        comprueba=comprueba_citas,
    ),
)


def _que_hay(hallado):
    """La letra según los archivos hallados: (los de datos, los de descripción)."""
    datos, descripcion = map(bool, hallado)
    return {(True, True): "a", (False, True): "b", (False, False): "c"}.get((datos, descripcion))


PREDICCIONES = (
    Prediccion(
        "05.p1",
        ocurre=_que_hay,
        comentarios={
            "a": "La función está ahí, y es fácil creer que los datos también.",
            "b": "La descripción viaja con la librería; los datos se traen aparte.",
            "c": "Algo hay: la descripción, aunque los datos no estén.",
        },
    ),
    Prediccion(
        "05.p2",
        ocurre=lambda cuantas: {5: "a", 0: "c"}.get(cuantas, "b"),
        comentarios={
            "a": "Parece lo normal, porque la librería sí dice la suya.",
            "b": "Era lo prudente. Una descripción cuenta qué se midió, no qué te permiten.",
            "c": "Una descripción cuenta qué se midió, no qué te permiten.",
        },
    ),
)
