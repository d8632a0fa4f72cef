"""Respuestas de alumnos, con el mensaje que debe recibir cada una."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from helpers.ejercicios.resultado import Estado


@dataclass(frozen=True)
class Caso:
    """Una respuesta y lo que `revisa` debe decir de ella.

    Parámetros
    ----------
    codigo : str
        El ejercicio.
    prepara : función
        Deja los archivos que hagan falta en la carpeta actual y devuelve las respuestas.
    mensaje : str
        Nombre del mensaje esperado.
    fragmento : str
        Palabras que solo están en ese mensaje: dos mensajes intercambiados se notan.
    estado : Estado
        Casi siempre incorrecto.
    """

    codigo: str
    prepara: Callable[[], tuple[Any, ...]]
    mensaje: str
    fragmento: str
    estado: Estado = Estado.INCORRECTO

    def __str__(self):
        return f"{self.codigo}-{self.mensaje}"
