"""Descarga los paquetes del curso para un sistema, que puede no ser el de este equipo.

Un paquete listo para instalar es un archivo `.whl`: aquí, una rueda.
"""

import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from helpers.errores import ErrorDelCurso
from helpers.ordenes._instalacion import PYTHON, RAIZ, REQUISITOS
from helpers.ordenes._problemas import explica_instalacion
from helpers.ordenes._progreso import ejecuta_instalador
from helpers.ordenes._pythons import VERSIONES

PYTHONS = VERSIONES
# La más reciente que se acepta va delante: pip elige la primera etiqueta que encuentra.
LINUX = [f"manylinux_2_{menor}_x86_64" for menor in range(28, 16, -1)]
LINUX += ["manylinux2014_x86_64", "manylinux2010_x86_64", "manylinux1_x86_64", "linux_x86_64"]


@dataclass(frozen=True)
class Sistema:
    """Un sistema para el que se descarga.

    Parámetros
    ----------
    nombre : str
        El que se lee.
    etiquetas : tuple de str
        Las que pip llama *platform*.
    marcador : dict
        Las variables con que un requisito dice «solo en Windows».
    """

    nombre: str
    etiquetas: tuple[str, ...]
    marcador: dict[str, str]


def _marcador(sys_platform, os_name, system):
    return {"sys_platform": sys_platform, "os_name": os_name, "platform_system": system}


SISTEMAS = {
    "windows": Sistema("Windows", ("win_amd64",), _marcador("win32", "nt", "Windows")),
    # Para los Mac con Intel no hay ruedas de las versiones que el curso fija.
    "macos": Sistema(
        "macOS 14 o posterior con Apple Silicon",
        ("macosx_14_0_arm64",),
        _marcador("darwin", "posix", "Darwin"),
    ),
    "linux": Sistema("Linux", tuple(LINUX), _marcador("linux", "posix", "Linux")),
}


def este_sistema():
    """El nombre, en `SISTEMAS`, de este equipo; None si no está entre ellos."""
    equipo = sys.platform, platform.machine().lower()
    return {
        ("win32", "amd64"): "windows",
        ("linux", "x86_64"): "linux",
        ("darwin", "arm64"): "macos",
    }.get(equipo)


def descarga(destino, sistema, python):
    """Deja en una carpeta las ruedas de todo lo que pide el curso.

    Parámetros
    ----------
    destino : Path
        La carpeta; puede tener ya las de otro sistema.
    sistema : str
        Una clave de `SISTEMAS`.
    python : str
        Por ejemplo «3.11».

    Errores
    -------
    ErrorDelCurso
        Si no hay pip, no hay conexión o algún paquete no existe para ese sistema.
    """
    pedidos = requisitos_para(RAIZ / REQUISITOS, sistema, python)
    with tempfile.TemporaryDirectory() as temporal:
        lista = Path(temporal) / "requisitos.txt"
        lista.write_text("\n".join(pedidos) + "\n", encoding="utf-8")
        orden = [*_pip(), "download", "--progress-bar=off", "--only-binary=:all:", "--no-deps"]
        orden += [f"--python-version={python}", "--implementation=cp", f"--dest={destino}"]
        # Las dos etiquetas de la versión y la de «cualquiera» las añade pip.
        orden += [f"--platform={etiqueta}" for etiqueta in SISTEMAS[sistema].etiquetas]
        codigo, salida = ejecuta_instalador(
            [*orden, "-r", str(lista)],
            os.environ | {"PIP_DISABLE_PIP_VERSION_CHECK": "1"},
            destino,
            len(pedidos),
        )
    if codigo != 0:
        raise _explica(salida, sistema, python)


def requisitos_para(archivo, sistema, python):
    """Los requisitos de un sistema, sin marcadores: pip los miraría con los de este equipo.

    Parámetros
    ----------
    archivo : Path
        Con las versiones exactas de todo, también de las dependencias.
    sistema, python : str
        Como en `descarga`.

    Devuelve
    --------
    list de str
        Por ejemplo «numpy==2.4.6».
    """
    entorno = SISTEMAS[sistema].marcador | {
        "python_version": python,
        "python_full_version": f"{python}.0",
        "implementation_name": "cpython",
        "platform_python_implementation": "CPython",
    }
    return [f"{pedido.name}{pedido.specifier}" for pedido in requisitos_de(archivo, entorno)]


def requisitos_de(archivo, entorno=None):
    """Los requisitos de un archivo que valen con unos marcadores; sin darlos, en este equipo."""
    from packaging.requirements import Requirement

    lineas = archivo.read_text(encoding="utf-8").splitlines()
    pedidos = [Requirement(linea) for linea in lineas if re.match(r"[a-zA-Z]", linea)]
    return [uno for uno in pedidos if uno.marker is None or uno.marker.evaluate(entorno)]


def _pip():
    """Cómo se llama a pip en este equipo: un `.venv` hecho con uv no lo trae."""
    uv = shutil.which("uv")
    candidatos = [[sys.executable, "-m", "pip"], [str(PYTHON), "-m", "pip"]]
    candidatos += [[uv, "tool", "run", "pip"]] if uv else []
    for candidato in candidatos:
        try:
            prueba = subprocess.run([*candidato, "--version"], capture_output=True, timeout=120)
        except (OSError, subprocess.TimeoutExpired):
            continue
        if prueba.returncode == 0:
            return candidato
    raise ErrorDelCurso(
        "Para descargar los paquetes hace falta pip, y este Python no lo tiene.",
        prueba="con un Python de https://www.python.org/downloads/, que lo trae.",
    )


def _explica(salida, sistema, python):
    if falta := re.search(r"No matching distribution found for (\S+)", salida):
        return ErrorDelCurso(
            f"{falta[1]} no existe, listo para instalar, para {SISTEMAS[sistema].nombre} con "
            f"Python {python}.",
            prueba=f"con otro Python: {', '.join(PYTHONS)}.",
        )
    return explica_instalacion(salida)
