"""Pruebas con las librerías del curso ya instaladas: versiones, memoria, servidor y un cuaderno.

Cada revisión da tres cosas, como las de `helpers.entorno`: si está bien, lo que vio y el remedio.
"""

import contextlib
import importlib.metadata
import json
import os
import secrets
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request

from helpers.docencia.equipo import puerto_libre
from helpers.entorno import RAIZ
from helpers.ordenes._cuaderno import FalloDeCelda, ejecuta_cuaderno
from helpers.ordenes._instalacion import REQUISITOS
from helpers.ordenes._ruedas import requisitos_de
from helpers.ordenes.abrir import PRIMERA, jupyterlab, variables_de_jupyterlab

# 02e llega a 850 MB entre su kernel y los procesos que abre (medido en Linux); lo demás es para
# JupyterLab y el navegador.
MB_MINIMOS = 1500
LIMITE_DEL_SERVIDOR = 90  # segundos; un disco lento tarda la primera vez
LIMITE_DE_UNA_CELDA = 30
LIMITE_DEL_CUADERNO = 300
CODIGO, RESPUESTA = "print(6 * 7)", "42"
REHACER = "Borra la carpeta .venv y repite con --instalar."


class NoArranca(Exception):
    """JupyterLab no llegó a responder; su argumento es lo último que escribió."""


def versiones(requisitos=RAIZ / REQUISITOS):
    """Cada paquete de los requisitos está instalado en su versión exacta."""
    pedidos, malas = requisitos_de(requisitos), []
    for pedido in pedidos:
        try:
            hay = importlib.metadata.version(pedido.name)
        except importlib.metadata.PackageNotFoundError:
            hay = "sin instalar"
        if not pedido.specifier.contains(hay if hay[0].isdigit() else "0", prereleases=True):
            malas.append(f"{pedido.name} {hay}")
    if not malas:
        return True, f"Entorno: {len(pedidos)} paquetes con sus versiones", ""
    otras = f" y {len(malas) - 3} más" if len(malas) > 3 else ""
    return False, f"Entorno: no son los del curso {', '.join(malas[:3])}{otras}", REHACER


def memoria():
    """Queda memoria libre para un kernel y un navegador."""
    import psutil

    bien = psutil.virtual_memory().available >= MB_MINIMOS * 10**6
    vi = f"Memoria libre: {'más' if bien else 'menos'} de {MB_MINIMOS} MB"
    return bien, vi, "Cierra programas y pestañas del navegador."


def servidor(*opciones):
    """JupyterLab arranca, sirve su página y ejecuta una celda.

    Parámetros
    ----------
    opciones : str
        Para JupyterLab, como `--allow-root`.
    """
    remedio = "Abre el curso con `python -m helpers abrir` y lee lo que dice la ventana."
    numero = puerto_libre()
    if numero is None:
        return False, "JupyterLab: no hay puerto donde abrirlo", remedio
    try:
        with _jupyterlab(numero, opciones) as pide:
            impreso = _ejecuta(pide, CODIGO)
    except NoArranca as error:
        if "allow-root" in str(error):
            remedio = "Entra con una cuenta que no sea `root`, o añade --allow-root."
        return False, f"JupyterLab no arranca: {error}", remedio
    except (OSError, ValueError) as error:
        return False, f"JupyterLab no ejecuta una celda: {error}", remedio
    bien = impreso.strip() == RESPUESTA
    return bien, "JupyterLab arranca y ejecuta una celda", remedio


def cuaderno(ruta=RAIZ / PRIMERA):
    """La primera lección se ejecuta entera, sin errores."""
    import nbformat

    try:
        ejecuta_cuaderno(nbformat.read(ruta, as_version=4), ruta.parent, LIMITE_DEL_CUADERNO)
    except FalloDeCelda as fallo:
        return False, f"{ruta.name} se detiene en la {str(fallo)[:120]}", REHACER
    except (OSError, ValueError):
        return False, f"{ruta.name} no se puede leer", "Descomprime el zip otra vez."
    return True, f"El cuaderno {ruta.name} se ejecuta entero", ""


@contextlib.contextmanager
def _jupyterlab(numero, opciones):
    """Abre JupyterLab en ese puerto y da la función que le hace peticiones; al salir, lo cierra."""
    clave = secrets.token_hex(16)
    # Sin proxies: el servidor es este equipo, y el proxy de un centro no sabría encontrarlo.
    abre = urllib.request.build_opener(urllib.request.ProxyHandler({})).open

    def pide(ruta, metodo="GET"):
        direccion = f"http://127.0.0.1:{numero}/{ruta}"
        peticion = urllib.request.Request(direccion, method=metodo, headers=pide.cabeceras)
        with abre(peticion, timeout=20) as respuesta:
            return respuesta.read().decode("utf-8")

    pide.puerto, pide.cabeceras = numero, {"Authorization": "token " + clave}
    orden = [sys.executable, *jupyterlab(), "--no-browser", "--ServerApp.ip=127.0.0.1"]
    orden += [f"--ServerApp.port={numero}", "--ServerApp.port_retries=0", *opciones]
    variables = os.environ | variables_de_jupyterlab() | {"JUPYTER_TOKEN": clave}
    with tempfile.TemporaryFile() as escrito:
        proceso = subprocess.Popen(
            orden,
            cwd=RAIZ,
            env=variables,
            stdin=subprocess.DEVNULL,
            stdout=escrito,
            stderr=subprocess.STDOUT,
        )
        try:
            _espera(proceso, pide, escrito)
            yield pide
        finally:
            _cierra(proceso, pide)


def _espera(proceso, pide, escrito):
    final = time.monotonic() + LIMITE_DEL_SERVIDOR
    while proceso.poll() is None and time.monotonic() < final:
        try:
            pide("lab")
            return
        except urllib.error.HTTPError:
            raise
        except OSError:
            time.sleep(0.2)
    escrito.seek(0)
    lineas = escrito.read().decode("utf-8", errors="replace").split("\n")
    ultima = next((linea.strip() for linea in reversed(lineas) if linea.strip()), "sin explicación")
    raise NoArranca(ultima[-160:])


def _cierra(proceso, pide):
    try:
        if proceso.poll() is None:
            pide("api/shutdown", "POST")  # así cierra también los kernels
        proceso.wait(10)
    except (OSError, subprocess.TimeoutExpired):
        proceso.kill()
        proceso.wait()


def _ejecuta(pide, codigo):
    """Lo que imprime ese código en un kernel del servidor, pedido como lo pide el navegador."""
    import websocket

    kernel = json.loads(pide("api/kernels", "POST"))["id"]
    cabecera = {"msg_id": "prueba", "username": "", "session": "prueba", "version": "5.3"}
    peticion = {
        "header": cabecera | {"msg_type": "execute_request", "date": ""},
        "parent_header": {},
        "metadata": {},
        "channel": "shell",
        "content": {"code": codigo, "silent": False, "allow_stdin": False},
    }
    try:
        canal = websocket.create_connection(
            f"ws://127.0.0.1:{pide.puerto}/api/kernels/{kernel}/channels",
            header=pide.cabeceras,
            timeout=LIMITE_DE_UNA_CELDA,
            http_no_proxy=["127.0.0.1"],
        )
        with contextlib.closing(canal):
            canal.send(json.dumps(peticion))
            return _lo_impreso(canal)
    except websocket.WebSocketException as error:
        raise OSError(f"el kernel no contesta ({error})") from error


def _lo_impreso(canal):
    impreso, final = "", time.monotonic() + LIMITE_DE_UNA_CELDA
    while time.monotonic() < final:
        mensaje = json.loads(canal.recv())
        if mensaje["parent_header"].get("msg_id") != "prueba":
            continue
        if mensaje["msg_type"] == "stream":
            impreso += mensaje["content"]["text"]
        if mensaje["content"].get("execution_state") == "idle":
            return impreso
    raise TimeoutError("el kernel no terminó")
