"""Cómo se describe la causa de un mensaje."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Causa:
    """Por qué aparece un mensaje.

    Parámetros
    ----------
    nombre : str
        Corto y estable, para las pruebas.
    patrones : tuple de str
        Expresiones regulares, sin distinguir mayúsculas. Lo que un grupo con nombre recoge se puede
        usar, entre llaves, en `que_paso`.
    que_paso, suele_pasar, prueba : str
        Como en `ErrorDelCurso`.
    lugar : str
        La lección y el apartado donde se ve.
    """

    nombre: str
    patrones: tuple[str, ...]
    que_paso: str
    suele_pasar: str
    prueba: str
    lugar: str
