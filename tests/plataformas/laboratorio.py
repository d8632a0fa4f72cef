"""JupyterLab de verdad: el que abre `python -m helpers abrir`, en un Chromium que nadie ve."""

import os
import secrets
import signal
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import sync_playwright

from helpers.docencia.equipo import puerto_libre

GUIONES = [Path(__file__).with_name(nombre) for nombre in ("medidas.js", "curso.js")]
ANCHO, ALTO = 1280, 900  # píxeles: un portátil corriente
ESPERA_DE_ARRANQUE = 120  # segundos
# Nada de lo que el navegador haga por su cuenta debe salir a la red.
SIN_RED = ("--disable-background-networking", "--disable-component-update", "--disable-sync")


@contextmanager
def enciende(curso, ajustes):
    """Enciende JupyterLab en una copia del curso y lo apaga al salir.

    Parámetros
    ----------
    curso : Path
        La copia; es también lo que se ve en el explorador de archivos.
    ajustes : Path
        Carpeta vacía para lo que JupyterLab guarda de cada persona: nada de quien prueba influye.

    Devuelve
    --------
    str
        La dirección que abriría el navegador de quien aprende, con su llave.

    Errores
    -------
    RuntimeError
        Si no arranca; lleva lo último que dijo.
    """
    # La orden comprueba si `.venv` está al día; el que ejecuta las pruebas ya lo está.
    (curso / ".venv").symlink_to(sys.prefix, target_is_directory=True)
    puerto, llave = puerto_libre(), secrets.token_hex(16)
    orden = [sys.executable, "-m", "helpers", "abrir", "--no-browser", "--allow-root"]
    orden += [f"--ServerApp.port={puerto}", "--ServerApp.port_retries=0", "--ip=127.0.0.1"]
    orden += [f"--IdentityProvider.token={llave}", "--LabApp.expose_app_in_browser=True"]
    _sin_lo_de_quien_ensena(ajustes)
    diario = ajustes / "jupyterlab.log"
    with diario.open("w", encoding="utf-8") as salida:
        servidor = subprocess.Popen(
            orden,
            cwd=curso,
            env=os.environ | _carpetas_de_jupyter(ajustes),
            stdout=salida,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        _espera(servidor, f"http://127.0.0.1:{puerto}/api/status?token={llave}", diario)
        yield f"http://127.0.0.1:{puerto}/?token={llave}"
    finally:
        os.killpg(servidor.pid, signal.SIGTERM)
        servidor.wait(30)


@contextmanager
def abre_navegador(chromium):
    """Abre el Chromium del sistema, sin ventana, con una pestaña de 1280 píxeles de ancho."""
    with sync_playwright() as teatro:
        navegador = teatro.chromium.launch(
            executable_path=chromium, args=["--no-sandbox", "--disable-gpu", *SIN_RED]
        )
        contexto = navegador.new_context(viewport={"width": ANCHO, "height": ALTO}, locale="es-ES")
        try:
            yield contexto.new_page()
        finally:
            navegador.close()


def entra(pestana, direccion):
    """Abre JupyterLab y espera a que enseñe un cuaderno.

    Devuelve
    --------
    str
        La ruta del cuaderno, desde la raíz del curso.
    """
    for guion in GUIONES:
        pestana.add_init_script(path=guion)
    pestana.goto(direccion, wait_until="domcontentloaded")
    pestana.wait_for_function(
        "() => window.curso?.hayCuaderno()", timeout=ESPERA_DE_ARRANQUE * 1000
    )
    pestana.evaluate("curso.listo()")
    return pestana.evaluate("curso.ruta()")


def lee_menus(pestana, ruta):
    """Abre cada menú de JupyterLab y da sus opciones, por su nombre.

    Algunas se llaman de otra manera si no hay un cuaderno delante: se abre el de esa ruta.

    Devuelve
    --------
    dict de str a set de str
    """
    pestana.set_viewport_size({"width": ANCHO, "height": ALTO})
    pestana.evaluate("ruta => curso.abre(ruta)", ruta)
    opciones = {}
    for titulo in pestana.locator("#jp-MainMenu .lm-MenuBar-item").all():
        titulo.click()
        pestana.locator(".lm-Menu").wait_for()
        rotulos = pestana.locator(".lm-Menu-itemLabel").all_inner_texts()
        opciones[titulo.inner_text()] = {rotulo.rstrip("…") for rotulo in rotulos}
        pestana.keyboard.press("Escape")
    pestana.evaluate("curso.cierra()")
    return opciones


def _sin_lo_de_quien_ensena(ajustes):
    """Quita los botones de nbgrader, que quien aprende no instala."""
    pagina = ajustes / "config_dir" / "labconfig" / "page_config.json"
    pagina.parent.mkdir(parents=True)
    pagina.write_text('{"disabledExtensions": {"@jupyter/nbgrader": true}}', encoding="utf-8")


def _carpetas_de_jupyter(ajustes):
    nombres = ("CONFIG_DIR", "DATA_DIR", "RUNTIME_DIR")
    carpetas = {f"JUPYTER_{nombre}": str(ajustes / nombre.lower()) for nombre in nombres}
    laboratorio = ("SETTINGS_DIR", "WORKSPACES_DIR")
    return carpetas | {f"JUPYTERLAB_{n}": str(ajustes / n.lower()) for n in laboratorio}


def _espera(servidor, direccion, diario):
    limite = time.monotonic() + ESPERA_DE_ARRANQUE
    while servidor.poll() is None and time.monotonic() < limite:
        try:
            urllib.request.urlopen(direccion, timeout=5).close()
        except OSError:
            time.sleep(0.3)
        else:
            return
    dijo = diario.read_text(encoding="utf-8")[-2000:]
    raise RuntimeError(f"JupyterLab no arrancó. Lo último que dijo:\n{dijo}")
