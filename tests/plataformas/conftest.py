"""Lo que piden las pruebas de plataformas: Chromium, JupyterLab abierto y dos paquetes de npm."""

import hashlib
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

import pytest
from arbol import RAIZ, copia_el_curso
from reglas.cuaderno import lee

from plataformas.laboratorio import abre_navegador, enciende, entra
from plataformas.recorrido import recorre

AQUI = Path(__file__).parent
# Git no las sigue. Se miran con los ojos; el flujo de GitHub las guarda.
CAPTURAS = RAIZ / ".capturas"


@pytest.fixture(scope="session")
def chromium(exige):
    """La ruta del navegador del sistema."""
    ruta = shutil.which("chromium") or shutil.which("chromium-browser")
    exige("" if ruta else "no hay Chromium", "en un navegador", "sudo apt install chromium")
    return ruta


@pytest.fixture(scope="session")
def paquetes_de_npm(exige):
    """La carpeta `node_modules` con lo que fija `package-lock.json`; se instala una vez."""
    npm = shutil.which("npm")
    exige("" if npm else "no hay npm", "axe-core y JupyterHub", "sudo apt install npm")
    declarado = [AQUI / "package.json", AQUI / "package-lock.json"]
    huella = hashlib.sha256(b"".join(archivo.read_bytes() for archivo in declarado)).hexdigest()
    carpeta = Path(sys.prefix) / f"npm-{huella[:12]}"
    if not (carpeta / "instalado").exists():
        shutil.rmtree(carpeta, ignore_errors=True)
        carpeta.mkdir()
        for archivo in declarado:
            shutil.copy(archivo, carpeta)
        orden = [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
        proceso = subprocess.run(orden, cwd=carpeta, capture_output=True, encoding="utf-8")
        queja = proceso.stderr.strip().splitlines() or ["sin explicación"]
        exige(
            f"npm no instaló los paquetes ({queja[-1]})" if proceso.returncode else "",
            "axe-core y JupyterHub",
            "revisa la conexión",
        )
        (carpeta / "instalado").touch()
    return carpeta / "node_modules"


@pytest.fixture(scope="session")
def en_el_navegador(chromium):
    """Función que encarga a otra, con la pestaña y los datos que se le den, y devuelve un `Future`.

    Todo ocurre en un hilo aparte: Playwright deja en el suyo un bucle de asyncio en marcha, y con
    él fallarían las pruebas que abren el propio.
    """
    with ThreadPoolExecutor(max_workers=1) as hilo:
        abierto = ExitStack()
        pestana = hilo.submit(abierto.enter_context, abre_navegador(chromium)).result()
        yield lambda funcion, *datos: hilo.submit(funcion, pestana, *datos)
        hilo.submit(abierto.close).result()


@pytest.fixture(scope="session")
def curso_abierto(tmp_path_factory):
    """Una copia del curso, para que JupyterLab no toque este."""
    return copia_el_curso(tmp_path_factory.mktemp("José Ñuñoa") / "mi curso")


@pytest.fixture(scope="session")
def direccion(chromium, curso_abierto, tmp_path_factory):
    """La de JupyterLab, encendido por `python -m helpers abrir` en esa copia."""
    with enciende(curso_abierto, tmp_path_factory.mktemp("ajustes")) as direccion:
        yield direccion


@pytest.fixture(scope="session")
def laboratorio(en_el_navegador, direccion):
    """Como `en_el_navegador`, con JupyterLab en la pestaña."""
    en_el_navegador(entra, direccion).result()
    return en_el_navegador


@pytest.fixture(scope="session")
def recorrido(laboratorio):
    """Función que da los hechos de una lección; cada una se recorre una sola vez, aunque falle."""
    shutil.rmtree(CAPTURAS, ignore_errors=True)
    CAPTURAS.mkdir()
    hechos = {}

    def da(ruta):
        if ruta not in hechos:
            hechos[ruta] = laboratorio(recorre, lee(ruta), CAPTURAS)
        return hechos[ruta].result()

    return da
