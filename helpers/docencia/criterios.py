"""Con qué se escriben las pruebas de una tarea: criterios, rúbricas y lo que llega de fuera."""

import base64
import math
import os
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
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


def parecidas(dadas, esperadas, **margen):
    """Si dos listas de números son igual de largas y coinciden, con el margen de `math.isclose`."""
    return len(dadas) == len(esperadas) and all(
        math.isclose(dada, esperada, **margen)
        for dada, esperada in zip(dadas, esperadas, strict=True)
    )


def planas(dadas):
    """Quien entrena con las respuestas en una columna predice en columna."""
    return [dada[0] if isinstance(dada, list) else dada for dada in dadas]


def existe(entrevista, nombre):
    """Si en la carpeta de la entrega está ese archivo."""
    try:
        entrevista.archivo(nombre)
    except NoContesta:
        return False
    return True


ENLAZA = """
def _enlaza(ruta, testigo):
    import os
    os.link(ruta, testigo)
"""


def pone_testigo(entrevista, ruta, testigo):
    """Da otro nombre a un archivo de la entrega y devuelve sus bytes, que ya están aquí.

    Quien escriba dentro cambia los dos; quien lo sustituya, uno. Donde no hay enlaces es una
    copia: no descubre nada y no acusa a nadie. Si los hay se decide en este proceso, y no en el
    de la entrega.
    """
    datos = entrevista.archivo(ruta)
    entrevista.define(ENLAZA)
    if entrevista.lanza("_enlaza", ruta, testigo) and not _se_enlaza():
        entrevista.deja(testigo, datos)
    return datos


@cache
def _se_enlaza():
    """Las salas están en el mismo disco que las carpetas temporales, o en memoria."""
    with tempfile.TemporaryDirectory() as carpeta:
        uno = Path(carpeta, "uno")
        uno.touch()
        try:
            os.link(uno, Path(carpeta, "otro"))
        except (OSError, AttributeError):  # memorias USB con FAT; sistemas sin `os.link`
            return False
    return True


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
