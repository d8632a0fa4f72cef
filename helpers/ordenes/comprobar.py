"""Dice si este equipo está listo para la clase y, si no, qué hacer.

`python -m helpers comprobar --instalar` prepara antes el entorno, si falta. Lo demás que se añada
pasa a JupyterLab, como en `abrir`. Termina con 0 si no falta nada y con 1 si falta algo.
"""

import importlib.util
import os
import sys

from helpers import entorno
from helpers.docencia import equipo
from helpers.ordenes._instalacion import (
    REQUISITOS,
    corre,
    en_el_entorno,
    prepara,
    sin_instalar,
    sirve_el_entorno,
)

INSTALAR = "--instalar"
DEL_EQUIPO = (
    entorno.revisa_python,
    equipo.bits,
    equipo.archivos,
    equipo.permiso,
    entorno.revisa_escritura,
    entorno.revisa_espacio,
    equipo.tildes,
    equipo.reloj,
    equipo.puerto,
    equipo.proceso_nuevo,
    equipo.red,
)
# Lo primero que se ve es la palabra; el color solo la acompaña.
PALABRAS = {True: "OK", False: "FALTA", None: "NOTA"}
COLORES = {True: "32", False: "31", None: "36"}


def ejecuta(argumentos):
    """Imprime una línea por revisión, con su remedio si falta algo.

    Parámetros
    ----------
    argumentos : list[str]
        `--instalar` y opciones para JupyterLab.

    Devuelve
    --------
    int
        0 si este equipo está listo; 1 si falta algo.
    """
    opciones = [argumento for argumento in argumentos if argumento != INSTALAR]
    if INSTALAR in argumentos:
        prepara(REQUISITOS)
    if not en_el_entorno() and sirve_el_entorno() and not sin_instalar(REQUISITOS):
        return corre("-m", "helpers", "comprobar", *opciones)
    print(f"Python: {sys.executable}")
    faltan = sum([_imprime(*revision()) is False for revision in DEL_EQUIPO])
    faltan += _con_las_librerias(opciones)
    print()
    if faltan:
        print(f"Este equipo todavía no está listo: {faltan} por resolver. Busca «FALTA» arriba.")
        return 1
    print("Este equipo está listo para la clase.")
    return 0


def _con_las_librerias(opciones):
    """Las revisiones que necesitan el entorno instalado. Devuelve cuántas fallan."""
    if not all(map(importlib.util.find_spec, ("packaging", "psutil", "websocket", "nbclient"))):
        remedio = "Repite con `python -m helpers comprobar --instalar`: tarda unos minutos."
        _imprime(False, "Entorno: sin instalar", remedio)
        _imprime(None, "Sin él no se miraron la memoria, JupyterLab ni los cuadernos", "")
        return 1
    from helpers.ordenes import _jupyter as jupyter

    revisiones = (
        jupyter.versiones,
        jupyter.memoria,
        lambda: jupyter.servidor(*opciones),
        jupyter.cuaderno,
    )
    return sum([_imprime(*revision()) is False for revision in revisiones])


def _imprime(bien, vi, remedio):
    """Una línea: la palabra, lo visto y, si falta, el remedio. Devuelve `bien`."""
    palabra = f"{PALABRAS[bien]:5}"
    if _con_color():
        palabra = f"\033[{COLORES[bien]}m{palabra}\033[0m"
    vi = vi.rstrip(". ")
    print(f"{palabra}  {vi}. {remedio}" if bien is False else f"{palabra}  {vi}", flush=True)
    return bien


def _con_color():
    """Solo en una terminal que lo entienda y si nadie pidió lo contrario (`NO_COLOR`)."""
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return False
    entiende = os.name != "nt" or {"WT_SESSION", "ANSICON"} & set(os.environ)
    return bool(entiende) and sys.stdout.isatty()
