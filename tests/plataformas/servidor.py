"""Abre y ejecuta cuadernos en un servidor de Jupyter, con las peticiones que haría el navegador."""

import contextlib
import json
import time
import urllib.error
import urllib.parse
import urllib.request
import uuid
from typing import NamedTuple

import websocket

ESPERA_DE_ARRANQUE = 120  # segundos
ESPERA_DE_CELDA = 120


class Servidor(NamedTuple):
    """Dónde responde, terminado en «/» (`http://127.0.0.1:8888/user/ana/`), y su clave."""

    direccion: str
    clave: str


class CeldaConError(AssertionError):
    """Una celda dio un error que su cuaderno no anuncia."""


def pide(servidor, ruta, metodo="GET", datos=None):
    """Pide una ruta del servidor, como `api/kernels`, y devuelve lo que contesta, ya leído."""
    peticion = urllib.request.Request(
        servidor.direccion + urllib.parse.quote(ruta, safe="/?=&"),
        method=metodo,
        data=None if datos is None else json.dumps(datos).encode("utf-8"),
        headers={"Authorization": f"token {servidor.clave}"},
    )
    # Sin proxies: el servidor está en este equipo.
    abre = urllib.request.build_opener(urllib.request.ProxyHandler({})).open
    with abre(peticion, timeout=30) as respuesta:
        return json.loads(respuesta.read() or "null")


def espera(servidor, proceso):
    """Espera a que el servidor conteste.

    Errores
    -------
    AssertionError
        Si su proceso termina antes o tarda demasiado.
    """
    final = time.monotonic() + ESPERA_DE_ARRANQUE
    while proceso.poll() is None and time.monotonic() < final:
        try:
            return pide(servidor, "api/status")
        except urllib.error.HTTPError:
            raise
        except OSError:
            time.sleep(0.3)
    raise AssertionError(f"el servidor no contesta (código de salida: {proceso.poll()})")


@contextlib.contextmanager
def sesion(servidor, ruta):
    """Abre el cuaderno `ruta` con un kernel y da la función que ejecuta código en él.

    La función devuelve las salidas como las guardaría el cuaderno.
    """
    pedido = {"path": ruta, "name": ruta, "type": "notebook", "kernel": {"name": "python3"}}
    abierta = pide(servidor, "api/sessions", "POST", pedido)
    canal = websocket.create_connection(
        servidor.direccion.replace("http", "ws", 1)
        + f"api/kernels/{abierta['kernel']['id']}/channels?session_id={abierta['id']}",
        header={"Authorization": f"token {servidor.clave}"},
        timeout=ESPERA_DE_CELDA,
        http_no_proxy=["127.0.0.1"],
    )
    try:
        with contextlib.closing(canal):
            yield lambda codigo: _ejecuta(canal, codigo)
    finally:
        pide(servidor, f"api/sessions/{abierta['id']}", "DELETE")


def ejecuta_cuaderno(servidor, ruta):
    """Ejecuta, de arriba abajo, las celdas de un cuaderno del servidor.

    Devuelve
    --------
    list[tuple[dict, list[dict]]]
        Cada celda de código con las salidas que dio.

    Errores
    -------
    CeldaConError
        Si falla una celda que no lleva la etiqueta `raises-exception`.
    """
    cuaderno = pide(servidor, f"api/contents/{ruta}")["content"]
    hechas = []
    with sesion(servidor, ruta) as ejecuta:
        for celda in cuaderno["cells"]:
            if celda["cell_type"] != "code":
                continue
            salidas = ejecuta(celda["source"])
            error = next((s for s in salidas if s["output_type"] == "error"), None)
            if error and "raises-exception" not in celda["metadata"].get("tags", []):
                raise CeldaConError(f"{ruta}, {celda['id']}: {error['ename']}: {error['evalue']}")
            hechas.append((celda, salidas))
    return hechas


def texto(salidas):
    """Lo que esas salidas muestran como texto."""
    return "".join(
        salida.get("text") or salida.get("data", {}).get("text/plain", "") for salida in salidas
    )


def _ejecuta(canal, codigo):
    numero = uuid.uuid4().hex
    cabecera = {"msg_id": numero, "username": "", "session": numero, "version": "5.3", "date": ""}
    contenido = {"code": codigo, "silent": False, "allow_stdin": False, "store_history": True}
    peticion = {
        "header": cabecera | {"msg_type": "execute_request"},
        "parent_header": {},
        "metadata": {},
        "channel": "shell",
        "content": contenido,
    }
    canal.send(json.dumps(peticion))
    return _salidas(canal, numero)


def _salidas(canal, numero):
    """Las salidas de esa petición; termina cuando el kernel contestó y dice que está libre."""
    salidas, faltan, final = [], {"idle", "reply"}, time.monotonic() + ESPERA_DE_CELDA
    while faltan:
        if time.monotonic() > final:
            raise TimeoutError(f"la celda tardó más de {ESPERA_DE_CELDA} s")
        mensaje = json.loads(canal.recv())
        if mensaje["parent_header"].get("msg_id") != numero:
            continue
        tipo, contenido = mensaje["msg_type"], mensaje["content"]
        if tipo in ("stream", "display_data", "execute_result", "error"):
            salidas.append({"output_type": tipo, **contenido})
        elif tipo == "execute_reply":
            faltan.discard("reply")
        elif contenido.get("execution_state") == "idle":
            faltan.discard("idle")
    return salidas
