"""Lo que piden las pruebas de plataformas y no instala pip: Chromium y dos paquetes de npm."""

import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

AQUI = Path(__file__).parent


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
