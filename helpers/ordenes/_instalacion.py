"""Prepara `.venv`, el Python propio del curso, y ejecuta programas con él.

Solo biblioteca estándar. Un sello dentro de `.venv` dice qué quedó instalado; se escribe al
final, así que una instalación a medias no lo tiene y la siguiente vez se empieza de nuevo.
"""

import errno
import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

from helpers.entorno import RAIZ
from helpers.errores import ErrorDelCurso
from helpers.ordenes._entornos import crea, instala, paquetes_de, python_de, variables_de
from helpers.ordenes._problemas import OCUPA, explica_instalacion

VENV = RAIZ / ".venv"
PYTHON = python_de(VENV)
SELLO = VENV / "curso.json"

REQUISITOS = "requirements.txt"
REQUISITOS_DE_PRUEBAS = "tests/requirements.txt"
REQUISITOS_DE_PLATAFORMAS = "tests/plataformas/requirements.txt"
REQUISITOS_DE_DOCENCIA = "helpers/docencia/requirements.txt"
# Si existe, trae los paquetes del curso: la hace `python -m helpers aula` para trabajar sin red.
RUEDAS = "ruedas"


def prepara(*requisitos):
    """Deja `.venv` con los paquetes de esos archivos. Si ya están, no hace nada.

    Parámetros
    ----------
    requisitos : str
        Rutas relativas a la raíz del curso, como `REQUISITOS`.

    Errores
    -------
    ErrorDelCurso
        Si no se puede: sin red, sin espacio, sin permiso, sin `venv`…
    """
    sello = _lee_sello() if sirve_el_entorno() else {}
    sirve, huellas = bool(sello), {ruta: _huella(RAIZ / ruta) for ruta in requisitos}
    pendientes = sin_instalar(*requisitos) if sirve else list(requisitos)
    if not pendientes:
        return
    inicio = time.monotonic()
    if sirve:
        print("Añado a .venv los paquetes que faltan.", flush=True)
        _instala(pendientes, sello)
    else:
        print(f"Preparo .venv: ocupa unos {OCUPA} y puede tardar unos minutos.", flush=True)
        _quita_el_anterior()
        try:
            crea(sys.executable, VENV)
            _instala(pendientes, sello)
        except ErrorDelCurso:
            # Medio entorno solo ocupa sitio; lo descargado sigue en la caché de pip o de uv.
            shutil.rmtree(VENV, ignore_errors=True)
            raise
    _escribe_sello(sello | {ruta: huellas[ruta] for ruta in pendientes})
    print(f"Listo en {time.monotonic() - inicio:.0f} s.", flush=True)


def en_el_entorno():
    """Verdadero si este Python es el de `.venv`."""
    return Path(sys.prefix).resolve() == VENV.resolve()


def sirve_el_entorno():
    """Verdadero si `.venv` se terminó de instalar y su Python es de la versión de este."""
    return bool(_lee_sello()) and _identidad(PYTHON) == _identidad(sys.executable)


def sin_instalar(*requisitos):
    """De esos archivos de requisitos, los que `.venv` no tiene o tiene en otras versiones."""
    sello = _lee_sello()
    return [ruta for ruta in requisitos if sello.get(ruta) != _huella(RAIZ / ruta)]


def corre(*argumentos, **variables):
    """Ejecuta el Python de `.venv` con esos argumentos, desde la raíz del curso.

    Parámetros
    ----------
    argumentos : str
        Por ejemplo `"-m", "pytest"`.
    variables : str
        Variables de entorno que se añaden.

    Devuelve
    --------
    int
        El código de salida del programa.
    """
    proceso = subprocess.Popen([PYTHON, *argumentos], cwd=RAIZ, env=variables_de(VENV) | variables)
    # Quien pide a esta orden que termine se lo pide a JupyterLab: que no quede huérfano.
    signal.signal(signal.SIGTERM, lambda *_: proceso.terminate())
    while True:
        try:
            return proceso.wait()
        except KeyboardInterrupt:
            # El programa también lo recibió y sabe terminar: JupyterLab pregunta antes.
            continue


def _huella(archivo):
    return hashlib.sha256(archivo.read_bytes()).hexdigest()


def _lee_sello():
    try:
        sello = json.loads(SELLO.read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError, ValueError):
        return {}
    return sello if isinstance(sello, dict) else {}


def _escribe_sello(sello):
    SELLO.write_text(json.dumps(sello, indent=1), encoding="utf-8", newline="\n")


def _identidad(python):
    """Versión y sistema de un Python, o `None` si no arranca: un `.venv` de otro no sirve."""
    pregunta = "print(*sys.version_info[:2], sys.platform, platform.machine(), sys.maxsize)"
    try:
        prueba = subprocess.run(
            [python, "-I", "-c", f"import platform, sys; {pregunta}"],
            capture_output=True,
            encoding="utf-8",
            timeout=60,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return prueba.stdout.strip()


def _quita_el_anterior():
    if os.pathsep in str(RAIZ):
        raise ErrorDelCurso(
            f"La ruta de la carpeta del curso contiene «{os.pathsep}», y Python no lo admite.",
            prueba="a cambiarle el nombre y a repetir la orden.",
        )
    if en_el_entorno():
        raise ErrorDelCurso(
            "Hay que rehacer .venv, y ahora mismo lo estás usando.",
            prueba="a salir de él con la orden `deactivate` y a repetir esta.",
        )
    if not VENV.is_dir() or VENV.is_symlink():
        VENV.unlink(missing_ok=True)
        return
    try:
        shutil.rmtree(VENV)
    except OSError as error:
        if error.errno not in (errno.ENOTEMPTY, errno.ENOENT):
            raise
        raise ErrorDelCurso(
            "No puedo rehacer .venv: otro programa la está cambiando.",
            "en otra ventana también se prepara el curso.",
            "a esperar a que termine y a repetir la orden.",
        ) from error


def _instala(requisitos, sello):
    paquetes = paquetes_de(VENV)
    antes = set(paquetes.glob("*.dist-info"))
    SELLO.unlink(missing_ok=True)
    codigo = None
    try:
        archivos = [RAIZ / ruta for ruta in requisitos]
        codigo, salida = instala(VENV, archivos, _cuenta(requisitos), _de_donde(requisitos))
    finally:
        if codigo != 0 and sello and set(paquetes.glob("*.dist-info")) == antes:
            # Falló antes de tocar nada: lo que había sigue sirviendo.
            _escribe_sello(sello)
    if codigo != 0:
        raise explica_instalacion(salida, sin_red=(RAIZ / RUEDAS).is_dir())


def _de_donde(requisitos):
    """Con una carpeta de ruedas no se sale a la red, salvo por lo que no trae: las pruebas."""
    if not (RAIZ / RUEDAS).is_dir():
        return []
    solo_ruedas = ["--no-index"] if requisitos == [REQUISITOS] else []
    return [*solo_ruedas, "--find-links", str(RAIZ / RUEDAS)]


def _cuenta(requisitos):
    """Cuántos paquetes piden esos archivos, sin contar dos veces los que se repiten."""
    lineas = (
        linea
        for ruta in requisitos
        for linea in (RAIZ / ruta).read_text(encoding="utf-8").splitlines()
    )
    return len({linea.partition("==")[0] for linea in lineas if "==" in linea})
