"""Qué archivos son el curso, y copiarlos en otra carpeta."""

import shutil
import subprocess
from pathlib import PurePosixPath

from helpers.entorno import RAIZ

# Lo que cada equipo crea al trabajar. Solo importa en un curso descargado, que no tiene git.
DE_CADA_EQUIPO = {".git", ".venv", "ruedas", "__pycache__", ".ipynb_checkpoints", ".pytest_cache"}
DE_CADA_EQUIPO |= {".ruff_cache", ".virtual_documents"}
# Lo que `calificar` lee y escribe junto al curso: es de cada persona y no se reparte.
DE_CALIFICAR = ("entregas", "notas")


def archivos_del_curso(raiz=RAIZ):
    """Las rutas, relativas a `raiz`, de lo que git sigue; sin git, de lo que haya en la carpeta.

    Devuelve
    --------
    list de Path
    """
    orden = ["git", "ls-files", "-z"]
    try:
        salida = subprocess.run(orden, cwd=raiz, capture_output=True, check=True).stdout
        rutas = [raiz / PurePosixPath(n) for n in salida.decode("utf-8").split("\0") if n]
    except (OSError, subprocess.CalledProcessError):
        rutas = []
    if not rutas:
        rutas = [ruta for ruta in raiz.rglob("*") if _es_del_curso(ruta.relative_to(raiz).parts)]
    return sorted(ruta.relative_to(raiz) for ruta in rutas if ruta.is_file())


def _es_del_curso(partes):
    return DE_CADA_EQUIPO.isdisjoint(partes) and not partes[0].startswith(DE_CALIFICAR)


def copia_el_curso(destino, raiz=RAIZ):
    """Copia en una carpeta los archivos del curso, sin su historia.

    Parámetros
    ----------
    destino : Path
        Se crea si no existe.
    raiz : Path
        De dónde se copian.
    """
    for ruta in archivos_del_curso(raiz):
        (destino / ruta).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(raiz / ruta, destino / ruta)
