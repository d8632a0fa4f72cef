"""Lo que se ejecuta dentro de Python 3.14: lee todo el código del curso e importa sus módulos.

Imprime en JSON la versión, cuántos archivos entendió, los módulos que importó y las quejas.
"""

import importlib
import json
import pickle
import sys
import traceback
import warnings
from pathlib import Path

RAIZ = Path("/curso")
# Lo que se instala aparte y este Python no tiene.
APARTE = {"cloudpickle", "dill", "IPython", "ipykernel", "joblib", "jupyter_client", "matplotlib"}
APARTE |= {"nbclient", "nbformat", "nbgrader", "numpy", "packaging", "pandas", "psutil", "scipy"}
APARTE |= {"skops", "sklearn", "threadpoolctl", "tqdm", "websocket", "yaml", "nbconvert"}


def entiende(ruta):
    """Compila un archivo de Python, o las celdas de un cuaderno, con los avisos como errores."""
    if ruta.suffix == ".py":
        compile(ruta.read_text(encoding="utf-8"), str(ruta), "exec")
        return
    for celda in json.loads(ruta.read_text(encoding="utf-8"))["cells"]:
        codigo = "".join(celda["source"])
        tags = celda["metadata"].get("tags", [])
        # Una magia no es Python, y alguna celda falla a propósito.
        if celda["cell_type"] == "code" and "%" not in codigo and "raises-exception" not in tags:
            compile(codigo, f"{ruta.name} {celda['id']}", "exec")


def importa(nombre):
    """Importa un módulo. Falso si le falta algo que este Python no puede tener."""
    try:
        importlib.import_module(nombre)
    except ModuleNotFoundError as error:
        if error.name.partition(".")[0] in APARTE:
            return False
        raise
    return True


def main():
    """Hace las dos revisiones y cuenta lo que vio."""
    warnings.simplefilter("error")
    sys.dont_write_bytecode = True
    sys.path.insert(0, str(RAIZ))
    informe = {"version": sys.version, "entendidos": 0, "importados": [], "quejas": []}
    informe["protocolo"] = pickle.DEFAULT_PROTOCOL
    carpetas = [RAIZ / nombre for nombre in ("helpers", "tests", "notebooks")]
    for ruta in sorted(ruta for carpeta in carpetas for ruta in carpeta.rglob("*")):
        if ruta.suffix not in (".py", ".ipynb") or ".ipynb_checkpoints" in ruta.parts:
            continue
        try:
            entiende(ruta)
            informe["entendidos"] += 1
        except (SyntaxError, Warning) as error:
            informe["quejas"].append(f"{ruta}: {error!r}")
    for ruta in sorted((RAIZ / "helpers").rglob("*.py")):
        nombre = ".".join(ruta.relative_to(RAIZ).with_suffix("").parts).removesuffix(".__init__")
        if nombre.endswith("__main__"):
            continue
        try:
            if importa(nombre):
                informe["importados"].append(nombre)
        except (Exception, SystemExit) as error:  # noqa: BLE001 la queja es el resultado
            donde = traceback.extract_tb(error.__traceback__)[-1]
            informe["quejas"].append(f"{nombre}: {error!r} ({donde.filename}:{donde.lineno})")
    print("INFORME" + json.dumps(informe))


main()
