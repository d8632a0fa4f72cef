"""Los archivos del curso, tal como están ahora, y copias de ellos en otra carpeta."""

import shutil
import subprocess
from pathlib import Path

RAIZ = Path(__file__).resolve().parent.parent
DE_CADA_EQUIPO = {".git", ".venv", ".ipynb_checkpoints", "__pycache__"}


def archivos_del_curso(raiz=RAIZ):
    """Da, en orden y relativas a `raiz`, las rutas de lo que tendría un clon.

    Es lo que git sigue o seguiría. Sin git, o en un curso descargado, lo que haya en la carpeta.
    """
    orden = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    try:
        salida = subprocess.run(orden, cwd=raiz, capture_output=True, check=True).stdout
        rutas = [raiz / nombre for nombre in salida.decode("utf-8").split("\0") if nombre]
    except (OSError, subprocess.CalledProcessError):
        rutas = [r for r in raiz.rglob("*") if DE_CADA_EQUIPO.isdisjoint(r.relative_to(raiz).parts)]
    return sorted(ruta.relative_to(raiz) for ruta in rutas if ruta.is_file())


def copia_el_curso(destino):
    """Copia el curso, sin su historia, en una carpeta nueva y la devuelve."""
    for ruta in archivos_del_curso():
        (destino / ruta).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(RAIZ / ruta, destino / ruta)
    return destino


def copia_helpers(destino):
    """Copia solo `helpers/` en la carpeta de un curso diminuto y devuelve esa carpeta."""
    ignora = shutil.ignore_patterns("__pycache__")
    shutil.copytree(RAIZ / "helpers", destino / "helpers", ignore=ignora)
    return destino
