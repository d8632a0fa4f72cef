"""Los archivos del curso, tal como están ahora, y copias de ellos en otra carpeta."""

import shutil
import subprocess
from pathlib import Path

RAIZ = Path(__file__).resolve().parent.parent


def archivos_del_curso():
    """Rutas, relativas a la raíz, de lo que git sigue o seguiría. Lo ignorado no cuenta."""
    orden = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    salida = subprocess.run(orden, cwd=RAIZ, capture_output=True, check=True).stdout
    rutas = (Path(ruta) for ruta in salida.decode("utf-8").split("\0") if ruta)
    return sorted(ruta for ruta in rutas if (RAIZ / ruta).is_file())


def copia_el_curso(destino):
    """Copia el curso, sin su historia, en una carpeta nueva y la devuelve."""
    for ruta in archivos_del_curso():
        (destino / ruta).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(RAIZ / ruta, destino / ruta)
    return destino
