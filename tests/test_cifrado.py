"""Lo que sale de una celda no lo lee otra cuenta del mismo equipo."""

import json
import os
import subprocess
import sys

import pytest
import zmq
from arbol import RAIZ
from jupyter_client import KernelManager
from traitlets.config import Config
from traitlets.config.loader import PyFileConfigLoader

from helpers.ordenes.abrir import variables_de_jupyterlab

SECRETO = "la respuesta de Inés"
LA_DEL_CURSO = PyFileConfigLoader("jupyter_server_config.py", str(RAIZ / "binder")).load_config()
ORDEN = [sys.executable, "-m", "jupyterlab", "--show-config-json"]


def oye_quien_escucha(configuracion):
    """Verdadero si alguien sin la clave del kernel, en su puerto, lee lo que imprime una celda."""
    kernel = KernelManager(config=configuracion)
    kernel.start_kernel(stderr=subprocess.DEVNULL)
    cliente = kernel.client()
    try:
        cliente.start_channels()
        cliente.wait_for_ready(timeout=60)
        with zmq.Context.instance().socket(zmq.SUB) as oreja:
            oreja.subscribe(b"")
            oreja.connect(f"tcp://127.0.0.1:{kernel.iopub_port}")
            # Varias veces: al principio puede que la conexión no haya llegado.
            return any(oye_una_celda(cliente, oreja) for _ in range(4))
    finally:
        cliente.stop_channels()
        kernel.shutdown_kernel(now=True)


def oye_una_celda(cliente, oreja):
    respuesta = cliente.execute_interactive(f"print({SECRETO!r})", timeout=60)
    assert respuesta["content"]["status"] == "ok"
    oido = b""
    while oreja.poll(500):
        oido += b"".join(oreja.recv_multipart())
    return SECRETO.encode() in oido


@pytest.mark.parametrize(("configuracion", "se_oye"), [(Config(), True), (LA_DEL_CURSO, False)])
def test_solo_con_los_ajustes_del_curso_no_se_oye(configuracion, se_oye):
    assert oye_quien_escucha(configuracion) is se_oye


def test_abrir_usa_esos_ajustes():
    salida = subprocess.run(
        ORDEN, env=os.environ | variables_de_jupyterlab(), capture_output=True, check=True
    ).stdout
    assert json.loads(salida)["KernelManager"] == LA_DEL_CURSO["KernelManager"]
