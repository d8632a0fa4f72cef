"""Con qué se escriben las pruebas de una tarea: criterios, rúbricas y lo que llega de fuera."""

import base64
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Criterio:
    """Una parte de la nota: lo que vale, qué decir si no se cumple y cómo se sabe.

    `falta` se lee tras «porque» y no enseña las pruebas. `cumple` recibe una `Entrevista` y
    devuelve si se cumple.
    """

    puntos: float
    falta: str
    cumple: Callable[[Any], bool]


@dataclass(frozen=True)
class Rubrica:
    """Un texto que valora una persona: lo que vale y sus cuatro niveles, del 0 al 3."""

    puntos: float
    niveles: tuple[str, str, str, str]

    def nota(self, nivel):
        """Los puntos de un nivel."""
        return self.puntos * nivel / 3


class NoContesta(Exception):
    """Una pregunta se quedó sin respuesta; el texto dice por qué."""


@dataclass(frozen=True)
class Otro:
    """Un valor que no es un dato sencillo. Solo se sabe de qué tipo dice ser."""

    tipo: str


def descodifica(valor):
    """Deshace lo que hizo `dentro.codifica`; lo que no encaje es `Otro`."""
    try:
        return _rehaz(valor)
    except (RecursionError, ValueError, TypeError):
        return Otro("desconocido")


def _rehaz(valor):
    if isinstance(valor, list):
        return [_rehaz(otro) for otro in valor]
    if not isinstance(valor, dict):
        return valor
    ((clase, dato),) = valor.items()
    if clase == "dict":
        return {_rehaz(clave): _rehaz(otro) for clave, otro in dato}
    if clase in ("tuple", "set"):
        return {"tuple": tuple, "set": set}[clase](map(_rehaz, dato))
    if clase == "float":
        return float(dato)
    return base64.b64decode(dato) if clase == "bytes" else Otro(str(dato))
