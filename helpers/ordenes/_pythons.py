"""Los Python que ya tiene este equipo. No instala ninguno."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

VERSIONES = ("3.11", "3.12", "3.13", "3.14")
# La última línea, porque un lanzador puede avisar antes de algo.
_PREGUNTA = (
    "import sys; print(); print(sys.implementation.name, '%d.%d' % sys.version_info[:2], "
    "sys.executable)"
)
_ESPERA = 60  # segundos


def busca_pythons():
    """Busca en `PATH`, en las carpetas de `pyenv` y de uv y en el lanzador de Windows.

    Devuelve
    --------
    dict[str, str]
        Cada versión de `VERSIONES` que hay, como "3.11", y la ruta de su programa.
    """
    hallados = {}
    for candidato in dict.fromkeys(map(str, _candidatos())):
        version, ruta = _pregunta(candidato)
        if version in VERSIONES:
            hallados.setdefault(version, ruta)
    return {version: hallados[version] for version in VERSIONES if version in hallados}


def _candidatos():
    yield sys.executable
    for version in VERSIONES:
        if en_path := shutil.which(f"python{version}"):
            yield en_path
    pyenv = Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv")
    for patron in ("bin/python", "python.exe"):
        # PyPy y los entornos que alguien creó tienen nombre; estos, solo número.
        yield from sorted(pyenv.glob(f"versions/3.*/{patron}"), reverse=True)
    # «cpython-3.12.1-linux-x86_64-gnu    /ruta/python3.12 -> otra/ruta»
    for linea in _salida("uv", "python", "list", "--only-installed").splitlines():
        yield linea.partition(" ")[2].partition(" -> ")[0].strip()
    # « -V:3.12 *        C:\ruta\python.exe»
    yield from re.findall(r"[A-Z]:\\.*\.exe", _salida("py", "-0p"))


def _pregunta(candidato):
    """La versión y la ruta de un Python; dos textos vacíos si no arranca o es de otra clase."""
    lineas = _salida(candidato, "-I", "-X", "utf8", "-c", _PREGUNTA).splitlines()
    clase, version, ruta = [*lineas[-1].split(" ", 2), "", "", ""][:3] if lineas else ("", "", "")
    return (version, ruta) if clase == "cpython" else ("", "")


def _salida(*orden):
    """Lo que escribe una orden; vacío si no está o no termina bien."""
    try:
        proceso = subprocess.run(
            orden,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            timeout=_ESPERA,
        )
    except (OSError, ValueError, subprocess.TimeoutExpired):
        return ""
    return proceso.stdout if proceso.returncode == 0 else ""
