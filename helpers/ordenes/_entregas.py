"""Lo que comparten las órdenes que reciben las entregas de una tarea."""

from pathlib import Path

from helpers.errores import ErrorDelCurso
from helpers.ordenes._argumentos import Lector
from helpers.ordenes._instalacion import REQUISITOS, corre, en_el_entorno, prepara


def lector_de_entregas(orden, otras=""):
    """Un `Lector` que pide la carpeta o el zip y, si se quiere, la tarea.

    Parámetros
    ----------
    orden : str
        Su nombre, como «parecidos».
    otras : str
        Cómo se escriben las demás opciones.
    """
    lector = Lector(f"python -m helpers {orden} CARPETA_O_ZIP{otras} [--tarea NOMBRE]")
    lector.add_argument("origen", type=_que_existe)
    lector.add_argument("--tarea")
    return lector


def _que_existe(texto):
    if not Path(texto).exists():
        raise ErrorDelCurso(f"No existe «{texto}».", prueba="a revisar la ruta.")
    return Path(texto).resolve()


def repite_en_el_entorno(orden, opciones):
    """Si este Python no es el de `.venv`, lo prepara y repite la orden con él.

    Parámetros
    ----------
    orden : str
    opciones : argparse.Namespace
        Las ya leídas. Las rutas son absolutas: la carpeta actual cambia.

    Devuelve
    --------
    int o None
        El código de salida, o None si no hubo que repetir nada.
    """
    if en_el_entorno():
        return None
    prepara(REQUISITOS)
    pedidas = {nombre: valor for nombre, valor in vars(opciones).items() if valor is not None}
    origen = str(pedidas.pop("origen"))
    resto = [f"--{nombre}={valor}" for nombre, valor in pedidas.items()]
    return corre("-m", "helpers", orden, origen, *resto)
