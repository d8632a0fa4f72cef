"""Todas las preguntas de todas las lecciones, en el orden del curso."""

from helpers.docencia.elecciones import de_elecciones
from helpers.docencia.lecciones import lecciones
from helpers.docencia.preguntas import de_predicciones, de_recuerda

FUENTES = (de_recuerda, de_predicciones, de_elecciones)


def banco():
    """Las preguntas, por lecciones.

    Devuelve
    --------
    list de Pregunta
        Siempre las mismas y en el mismo orden, mientras no cambien las lecciones.
    """
    return [p for leccion in lecciones() for fuente in FUENTES for p in fuente(leccion)]
