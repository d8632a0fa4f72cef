"""Lo que corre DENTRO de la sala: ejecuta celdas y contesta preguntas. No decide nada.

Recibe una orden en JSON por línea y contesta con otra. Lo que conteste puede ser mentira, porque
el código de la entrega manda en este proceso: por eso aquí no llega ninguna respuesta correcta.
"""

import ast
import base64
import builtins
import contextlib
import json
import os
import shutil
import signal
import sys
from pathlib import Path

from helpers.docencia._dentro.datos import NoSePuede, aligera, codifica
from helpers.docencia._dentro.encierro import encierra
from helpers.docencia._dentro.interprete import (
    Impreso,
    SeAcaboElTiempo,
    abre_cuaderno,
    ejecuta_celda,
    en_una_linea,
)

SENALES = hasattr(signal, "setitimer")


def _prepara_carpeta(trabajo, entrega, cabe):
    """Copia lo entregado, lo pequeño antes y hasta la mitad del disco; el resto no es de nadie."""
    os.umask(0o077)
    os.chdir(trabajo)
    archivos = [(ruta.stat().st_size, ruta) for ruta in Path(entrega).iterdir()] if entrega else []
    for ocupa, archivo in sorted(archivos):
        cabe -= ocupa
        if cabe < 0:
            return
        shutil.copyfile(archivo, archivo.name)


def contesta(cuaderno, orden):
    """Despacha una orden. Devuelve lo que se manda de vuelta."""
    haz = orden["haz"]
    if haz == "saluda":
        cuaderno()  # que se pueda abrir es parte del saludo
        return {"usuario": os.getuid() if hasattr(os, "getuid") else None}
    if haz == "celda":
        return ejecuta_celda(cuaderno(), orden["codigo"], orden["impreso"])
    if haz == "escribe":
        Path(orden["nombre"]).write_bytes(base64.b64decode(orden["bytes"]))
        return {}
    if haz == "aligera":
        return {"cuaderno": aligera(Path(orden["entrega"], orden["nombre"]))}
    if haz == "archivo":
        return {"bytes": _lee_archivo(orden["nombre"], orden["limite"])}
    with contextlib.redirect_stdout(Impreso(0)), contextlib.redirect_stderr(Impreso(0)):
        if haz == "valor":
            return {"valor": codifica(_nombre(cuaderno(), orden["nombre"]))}
        argumentos = [ast.literal_eval(texto) for texto in orden["argumentos"]]
        return _llama(_nombre(cuaderno(), orden["nombre"]), argumentos)


def _nombre(cuaderno, nombre):
    if nombre not in cuaderno.user_ns:
        raise NoSePuede("no existe")
    return cuaderno.user_ns[nombre]


def _llama(funcion, argumentos):
    if not callable(funcion):
        raise NoSePuede("no es función")
    try:
        return {"valor": codifica(funcion(*argumentos))}
    except (SeAcaboElTiempo, NoSePuede):
        raise
    except BaseException as error:  # noqa: BLE001 es código ajeno: todo vale
        clases = [clase.__name__ for clase in type(error).__mro__]
        return {"lanza": clases, "dice": en_una_linea(error)}


def _lee_archivo(nombre, limite):
    try:
        ruta = Path(nombre)
        if not ruta.is_file():
            raise NoSePuede("no existe")
        if ruta.stat().st_size > limite:
            raise NoSePuede("grande")
        return base64.b64encode(ruta.read_bytes()).decode("ascii")
    except OSError as error:
        raise NoSePuede("ilegible", str(error)) from error


@contextlib.contextmanager
def _a_contrarreloj(segundos):
    """Interrumpe lo que corra. Si no se deja, quien califica cierra el proceso entero."""
    if not SENALES:
        yield
        return

    def suena(*_):
        raise SeAcaboElTiempo

    signal.signal(signal.SIGALRM, suena)
    signal.setitimer(signal.ITIMER_REAL, segundos, 0.5)  # insiste cada medio segundo
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def _responde(cuaderno, orden):
    try:
        with _a_contrarreloj(orden["segundos"]):
            return contesta(cuaderno, orden)
    except NoSePuede as motivo:
        return {"fallo": motivo.clase, "dice": str(motivo)}
    except SeAcaboElTiempo:
        return {"fallo": "tiempo", "dice": ""}
    except BaseException as error:  # noqa: BLE001 un `tolist` ajeno puede lanzar cualquier cosa
        return {"fallo": "error", "dice": en_una_linea(error)}


def _atiende(pedidos, respuestas, entrega):
    """Una orden por línea hasta que no lleguen más."""
    abierto = []

    def cuaderno():
        if not abierto:
            abierto.append(abre_cuaderno())
        return abierto[0]

    for linea in pedidos:
        orden = json.loads(linea) | {"entrega": entrega}
        respuesta = _responde(cuaderno, orden) | {"vuelta": orden["vuelta"]}
        respuestas.write(json.dumps(respuesta).encode("ascii") + b"\n")


def principal(plan):
    """Prepara el encierro y atiende órdenes por la entrada y la salida de este proceso."""
    # Lo que imprima la entrega no debe mezclarse con las respuestas.
    pedidos, respuestas = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb", buffering=0)
    nada = os.open(os.devnull, os.O_RDWR)
    for numero in (0, 1, 2):
        os.dup2(nada, numero)
    encierra(plan["limites"], plan["usuario"])
    _prepara_carpeta(plan["trabajo"], plan["entrega"], plan["limites"]["disco"] // 2)
    sys.path.insert(0, "")  # un cuaderno busca módulos en su carpeta
    sys.argv = [""]
    builtins.input = _no_hay_quien_conteste
    _atiende(pedidos, respuestas, plan["entrega"])


def _no_hay_quien_conteste(*_):
    raise EOFError("al calificar no hay nadie que conteste a input()")
