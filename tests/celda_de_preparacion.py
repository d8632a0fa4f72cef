"""La primera celda de código de todas las lecciones, escrita una sola vez.

Funciona sin el curso delante, así que no puede apoyarse en él. Tres decisiones que no se ven:
mira en `sys.path` porque la lección cambia de carpeta y la celda se puede ejecutar otra vez;
una carpeta «curso» solo se usa si git terminó de llenarla (escribe `.git/index` al final) y, si
no terminó, no se borra, porque podría ser de quien estudia.
"""

import tomllib

from arbol import RAIZ

PROYECTO = tomllib.loads((RAIZ / "pyproject.toml").read_text(encoding="utf-8"))["project"]
URL = PROYECTO["urls"]["Repository"]
CELDA = f"""\
# Busca el curso. Si este cuaderno está solo, como en Colab, lo descarga en la carpeta «curso».
import os
import sys
from pathlib import Path

url = "{URL}"
curso = Path("curso").absolute()
sitios = [*map(Path, sys.path), *curso.parents]
raiz = next((s for s in sitios if (s / "helpers/entorno.py").is_file()), curso)
falta = raiz == curso and not (curso / ".git/index").is_file()
if falta and os.system(f"git clone -q --depth 1 {{url}} curso"):
    sys.exit("No se descargó el curso. Revisa la conexión o cambia de nombre la carpeta «curso».")
sys.path.insert(0, str(raiz))
from helpers import entorno

entorno.prepara()"""
