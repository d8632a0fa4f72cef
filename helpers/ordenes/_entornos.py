"""Un entorno virtual cualquiera: crearlo, instalar en él y con qué variables se usa.

Solo biblioteca estándar. Se hace con uv si está; si no, con venv y pip.
"""

import os
import shutil
import subprocess

from helpers.ordenes._problemas import explica_instalacion
from helpers.ordenes._progreso import ejecuta_instalador

# Harían buscar módulos fuera del entorno.
AJENAS = {"PYTHONPATH", "PYTHONHOME", "PYTHONSTARTUP", "__PYVENV_LAUNCHER__"}


def python_de(entorno):
    """Da la ruta del Python de un entorno, exista o no."""
    return entorno / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def paquetes_de(entorno):
    """Da la carpeta donde un entorno que ya existe tiene sus paquetes, sea del Python que sea."""
    if os.name == "nt":
        return entorno / "Lib" / "site-packages"
    return next(entorno.glob("lib/python*/site-packages"))


def variables_de(entorno):
    """Da las variables de quien da la orden, con ese entorno por delante y sin las que estorban.

    Parámetros
    ----------
    entorno : Path
        Su carpeta.

    Devuelve
    --------
    dict[str, str]
    """
    propias = {nombre: valor for nombre, valor in os.environ.items() if nombre not in AJENAS}
    carpeta = str(python_de(entorno).parent)
    ruta = os.pathsep.join(filter(None, [carpeta, propias.get("PATH")]))
    return propias | {"VIRTUAL_ENV": str(entorno), "PATH": ruta}


def crea(python, entorno):
    """Crea un entorno vacío.

    Parámetros
    ----------
    python : str
        El Python del que parte.
    entorno : Path
        Su carpeta, que no existe todavía.

    Errores
    -------
    ErrorDelCurso
        Si no se puede: sin espacio, sin permiso, sin `venv`…
    """
    uv = shutil.which("uv")
    orden = [uv, "venv", "--python", python] if uv else [python, "-m", "venv"]
    creacion = subprocess.run(
        [*orden, str(entorno)],
        env=variables_de(entorno),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        errors="replace",
    )
    if creacion.returncode != 0:
        raise explica_instalacion(creacion.stdout + creacion.stderr)


def instala(entorno, requisitos, total, opciones=()):
    """Instala en un entorno y cuenta por dónde va.

    Parámetros
    ----------
    entorno : Path
        Su carpeta.
    requisitos : list[Path]
        Archivos con un paquete por línea.
    total : int
        Cuántos son, hasta que el instalador lo diga.
    opciones : list[str]
        Otras del instalador, como `--no-index`.

    Devuelve
    --------
    tuple[int, str]
        El código de salida y todo lo que escribió el instalador.
    """
    python = str(python_de(entorno))
    if uv := shutil.which("uv"):
        # pip deja los módulos compilados; uv, solo si se le pide. Sin eso, cada proceso nuevo de
        # una lección los compilaría otra vez.
        orden = [uv, "pip", "install", "--compile-bytecode", "--python", python]
    else:
        orden = [python, "-m", "pip", "install", "--progress-bar=off"]
    # Sin esto, un paquete que no exista para este Python se intentaría compilar durante minutos.
    orden += ["--only-binary=:all:", *opciones]
    orden += [parte for archivo in requisitos for parte in ("-r", str(archivo))]
    sin_ajustes = {"PIP_USER": "0", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    variables = variables_de(entorno) | sin_ajustes
    return ejecuta_instalador(orden, variables, paquetes_de(entorno), total)
