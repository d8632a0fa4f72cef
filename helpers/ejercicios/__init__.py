"""El motor de los ejercicios y, en `leccion_*.py`, la declaración de cada uno."""

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
