"""El motor de los ejercicios y la declaración de cada uno.

`leccion_XX.py` dice lo que se pregunta, las pistas y la solución. Si juzgar las respuestas ocupa
mucho, eso va aparte, en `revision_XX.py`.
"""

from helpers.ejercicios.motor import (
    compara,
    ejercicios_de,
    evalua,
    pista,
    predicciones_de,
    predice,
    revisa,
    solucion,
)

__all__ = [
    "compara",
    "ejercicios_de",
    "evalua",
    "pista",
    "predicciones_de",
    "predice",
    "revisa",
    "solucion",
]
