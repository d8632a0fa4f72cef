"""`python -m helpers comprobar`: cada cosa que puede faltar en el aula, averiada a propósito."""

import datetime
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from contextlib import nullcontext
from types import SimpleNamespace

import psutil
import pytest
from arbol import RAIZ, copia_helpers
from jupyter_client.kernelspec import KernelSpecManager, NoSuchKernel
from reglas.cuaderno import lecciones

from helpers import entorno
from helpers.docencia import equipo
from helpers.ordenes import _jupyter as jupyter
from helpers.ordenes import comprobar
from helpers.proceso import Salida

ES_ROOT = hasattr(os, "geteuid") and os.geteuid() == 0
OPCIONES = ["--allow-root"] if ES_ROOT else []
AHORA = time.time()


def niega(*a, **k):
    raise PermissionError(13, "Permission denied")


def no_conecta(*a, **k):
    raise ConnectionRefusedError(111, "refused")


@pytest.mark.parametrize("revision", comprobar.DEL_EQUIPO[:-1], ids=lambda r: r.__name__)
def test_en_un_equipo_sano_todo_esta_bien(revision):
    bien, vi, _ = revision()
    assert bien is True, vi


@pytest.mark.parametrize(
    ("revision", "objeto", "nombre", "averia", "dice"),
    [
        (equipo.bits, equipo, "sys", SimpleNamespace(maxsize=2**31 - 1), "32 bits"),
        (equipo.permiso, equipo.tempfile, "TemporaryFile", niega, "la carpeta del curso"),
        (entorno.revisa_escritura, entorno.tempfile, "TemporaryFile", niega, "carpeta temporal"),
        (equipo.tildes, equipo.Path, "iterdir", lambda s: iter(()), "tildes"),
        (equipo.tildes, equipo.Path, "mkdir", niega, "tildes"),
        (equipo.reloj, equipo, "ESCRITO", datetime.date(3000, 1, 1), "el curso es posterior"),
        (equipo.reloj, equipo.time, "time", lambda: AHORA + 3600, "el del disco difiere"),
        (equipo.puerto, equipo.socket, "create_server", niega, "puerto local"),
        (equipo.puerto, equipo.socket, "create_connection", no_conecta, "puerto local"),
        (
            equipo.proceso_nuevo,
            equipo,
            "ejecuta_en_proceso_nuevo",
            lambda *a: Salida("", "no arrancó"),
            "no arrancó",
        ),
        (
            equipo.proceso_nuevo,
            equipo,
            "ejecuta_en_proceso_nuevo",
            lambda *a: Salida("41", ""),
            "no respondió",
        ),
        (
            jupyter.memoria,
            psutil,
            "virtual_memory",
            lambda: SimpleNamespace(available=10**6 * jupyter.MB_MINIMOS - 1),
            "Memoria libre: menos de",
        ),
        (jupyter.servidor, jupyter, "puerto_libre", lambda: None, "no hay puerto"),
    ],
)
def test_cada_averia_se_dice_con_su_remedio(monkeypatch, revision, objeto, nombre, averia, dice):
    monkeypatch.setattr(objeto, nombre, averia)
    bien, vi, remedio = revision()
    assert bien is False
    assert dice in vi
    assert remedio.endswith(".")


def test_una_carpeta_a_medio_descomprimir_se_nota(tmp_path):
    assert equipo.archivos(tmp_path)[:2] == (False, "Lecciones: no encuentro README.md")
    shutil.copy(RAIZ / "README.md", tmp_path)
    shutil.copytree(RAIZ / "notebooks", tmp_path / "notebooks")
    assert equipo.archivos(tmp_path)[0] is True
    next((tmp_path / "notebooks").glob("04a*")).unlink()
    assert equipo.archivos(tmp_path)[:2] == (
        False,
        f"Lecciones: están {len(lecciones()) - 1} de {len(lecciones())}",
    )


@pytest.mark.skipif(ES_ROOT or os.name == "nt", reason="root y Windows escriben igualmente")
def test_una_carpeta_protegida_de_verdad(tmp_path):
    (tmp_path / "notebooks").mkdir()
    assert equipo.permiso(tmp_path)[0] is True
    (tmp_path / "notebooks").chmod(0o500)
    assert equipo.permiso(tmp_path)[0] is False


@pytest.mark.parametrize("hay", [True, False])
def test_la_red_solo_informa(monkeypatch, hay):
    with equipo.socket.create_server(("127.0.0.1", 0)) as aqui:
        monkeypatch.setattr(equipo, "SERVIDOR_DE_PAQUETES", aqui.getsockname())
        if not hay:
            monkeypatch.setattr(equipo.socket, "create_connection", no_conecta)
        bien, vi, _ = equipo.red()
    assert bien is None
    assert vi.startswith("Hay conexión" if hay else "Sin conexión")


@pytest.mark.parametrize(
    ("linea", "falla"),
    [
        ("pytest==0.1", "pytest "),
        ("no-existe==1.0", "no-existe sin instalar"),
        ("no-existe==1.0 ; sys_platform == 'otro'", ""),
        ("# nada", ""),
    ],
)
def test_cada_version_debe_ser_la_fijada(tmp_path, linea, falla):
    requisitos = tmp_path / "requirements.txt"
    requisitos.write_text((RAIZ / "requirements.txt").read_text("utf-8") + linea + "\n", "utf-8")
    bien, vi, _ = jupyter.versiones(requisitos)
    assert bien is not bool(falla)
    assert falla in vi


def test_jupyterlab_arranca_y_ejecuta_una_celda(monkeypatch):
    assert jupyter.servidor(*OPCIONES)[0] is True
    hijos = psutil.Process().children(recursive=True)
    assert not [hijo for hijo in hijos if "jupyterlab" in " ".join(hijo.cmdline())]
    # Con un servidor que responde otra cosa, o que se corta a mitad.
    monkeypatch.setattr(jupyter, "_jupyterlab", lambda *a: nullcontext())
    for responde, esperado in ((lambda *a: "42\n", True), (lambda *a: "41", False)):
        monkeypatch.setattr(jupyter, "_ejecuta", responde)
        assert jupyter.servidor()[0] is esperado
    monkeypatch.setattr(jupyter, "_ejecuta", no_conecta)
    assert jupyter.servidor()[1].startswith("JupyterLab no ejecuta una celda")


def espera_a_jupyterlab(orden):
    """El JupyterLab que abre la orden, cuando ya atiende en su puerto."""
    final = time.monotonic() + 60
    while time.monotonic() < final:
        for hijo in orden.children():
            if any(conexion.status == psutil.CONN_LISTEN for conexion in hijo.net_connections()):
                assert "jupyterlab" in hijo.cmdline()
                return hijo
        time.sleep(0.02)
    raise AssertionError("JupyterLab no llegó a atender")


@pytest.mark.skipif(
    os.name == "nt", reason="en Windows no se puede enviar Ctrl+C a un solo proceso"
)
def test_ctrl_c_a_mitad_no_deja_ningun_jupyterlab():
    orden = [sys.executable, "-X", "utf8", "-u", "-m", "helpers", "comprobar", *OPCIONES]
    proceso = subprocess.Popen(
        orden,
        cwd=RAIZ,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        start_new_session=True,
    )
    for linea in proceso.stdout:
        if "Memoria libre" in linea:
            break
    servidor = espera_a_jupyterlab(psutil.Process(proceso.pid))
    os.kill(proceso.pid, signal.SIGINT)  # solo a la orden: cerrar JupyterLab es cosa suya
    _, errores = proceso.communicate(timeout=40)
    assert (proceso.returncode, errores.strip()) == (130, "Interrumpido.")
    assert not servidor.is_running()


def test_un_jupyterlab_que_no_arranca_dice_por_que():
    bien, vi, _ = jupyter.servidor(*OPCIONES, "--ServerApp.root_dir=/no/existe")
    assert bien is False
    assert vi.startswith("JupyterLab no arranca: ")
    assert "existe" in vi


def test_un_cuaderno_que_falla_o_no_se_lee(tmp_path):
    ruta = tmp_path / "x.ipynb"
    celda = {"cell_type": "code", "id": "a", "metadata": {}, "outputs": [], "execution_count": None}
    metadatos = {"kernelspec": {"name": "python3", "display_name": "P"}}
    for codigo, dice in (("1 + 1", "se ejecuta entero"), ("1 / 0", "ZeroDivisionError")):
        datos = {"nbformat": 4, "nbformat_minor": 5, "metadata": metadatos}
        ruta.write_text(json.dumps(datos | {"cells": [celda | {"source": codigo}]}), "utf-8")
        bien, vi, _ = jupyter.cuaderno(ruta)
        assert (bien, dice in vi) == (dice.startswith("se"), True), vi
    ruta.write_text("{", "utf-8")
    assert jupyter.cuaderno(ruta)[0] is False


def test_sin_el_kernel_de_python_se_dice(monkeypatch):
    def no_hay(_, nombre):
        raise NoSuchKernel(nombre)

    monkeypatch.setattr(KernelSpecManager, "get_kernel_spec", no_hay)
    bien, vi, _ = jupyter.cuaderno()
    assert (bien, "falta el kernel de Python" in vi) == (False, True), vi


@pytest.fixture
def revisiones(monkeypatch):
    """Cambia las revisiones por otras inventadas, para mirar solo lo que se imprime."""

    def pon(*finales):
        falsas = [lambda bien=bien: (bien, "Algo.", "Haz esto.") for bien in finales]
        monkeypatch.setattr(comprobar, "DEL_EQUIPO", falsas)
        monkeypatch.setattr(comprobar, "_con_las_librerias", lambda opciones: 0)
        monkeypatch.setattr(comprobar, "en_el_entorno", lambda: True)

    return pon


@pytest.mark.parametrize(
    ("finales", "codigo", "ultima"),
    [
        ((True, None), 0, "Este equipo está listo para la clase."),
        ((True, False, False), 1, "Este equipo todavía no está listo: 2 por resolver."),
    ],
)
def test_la_palabra_y_el_codigo_lo_dicen(revisiones, capsys, finales, codigo, ultima):
    revisiones(*finales)
    assert comprobar.ejecuta([]) == codigo
    lineas = capsys.readouterr().out.splitlines()
    dichas = {True: "OK     Algo", None: "NOTA   Algo", False: "FALTA  Algo. Haz esto."}
    assert lineas[1:-2] == [dichas[bien] for bien in finales]
    assert lineas[-1].startswith(ultima)


@pytest.mark.parametrize(
    ("variables", "terminal", "color"),
    [
        ({}, True, True),
        ({"NO_COLOR": "1"}, True, False),
        ({"NO_COLOR": ""}, True, True),
        ({"TERM": "dumb"}, True, False),
        ({}, False, False),
    ],
)
def test_el_color_solo_en_una_terminal(revisiones, monkeypatch, capsys, variables, terminal, color):
    for nombre in ("NO_COLOR", "TERM"):
        monkeypatch.delenv(nombre, raising=False)
    for nombre, valor in ({"WT_SESSION": "x"} | variables).items():
        monkeypatch.setenv(nombre, valor)
    revisiones(True, False)
    monkeypatch.setattr(sys.stdout, "isatty", lambda: terminal, raising=False)
    comprobar.ejecuta([])
    dicho = capsys.readouterr().out
    assert ("\033[" in dicho) is color
    assert {"OK", "FALTA"} <= set(re.findall("[A-Z]{2,}", dicho)), "el color acompaña, no sustituye"


def test_sin_entorno_no_hay_rastro_y_se_dice_como_instalarlo(tmp_path):
    curso = copia_helpers(tmp_path / "José Ñuñoa")
    shutil.copy(RAIZ / "requirements.txt", curso)
    # -S: un Python sin ninguna librería, como el de quien acaba de descargar el curso.
    proceso = subprocess.run(
        [sys.executable, "-S", "-X", "utf8", "-m", "helpers", "comprobar"],
        cwd=curso,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
    )
    assert (proceso.returncode, proceso.stderr) == (1, "")
    assert "FALTA  Entorno: sin instalar. Repite con `python -m helpers comprobar --instalar`" in (
        proceso.stdout
    )
    assert "FALTA  Lecciones: no encuentro README.md" in proceso.stdout
