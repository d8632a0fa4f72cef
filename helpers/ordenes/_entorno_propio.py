"""Repetir una orden con el Python de `.venv`, que tiene las librerías del curso."""

import importlib.util

from helpers.ordenes._instalacion import REQUISITOS, corre, en_el_entorno, prepara


def repite_con_las_librerias(orden, argumentos, *necesita):
    """Si a este Python le faltan librerías, prepara `.venv` y repite la orden con él.

    Parámetros
    ----------
    orden : str
        Su nombre, como «banco».
    argumentos : list[str]
        Los suyos. Las rutas deben ser absolutas: la carpeta actual cambia.
    necesita : str
        Los módulos que usa.

    Devuelve
    --------
    int o None
        El código de salida, o None si este Python ya sirve y no se repitió nada.
    """
    if en_el_entorno() or all(map(importlib.util.find_spec, necesita)):
        return None
    prepara(REQUISITOS)
    return corre("-m", "helpers", orden, *argumentos)
