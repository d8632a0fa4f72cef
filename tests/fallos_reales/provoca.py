"""Se ejecuta aparte: provoca los fallos que le dan y escribe el mensaje de cada uno.

Recibe la ruta de un JSON con, por cada fallo, sus partes y las de su cura. Deja «dichos.json».
"""

import contextlib
import importlib
import io
import json
import sys
import traceback
import types
import warnings
from pathlib import Path

RAIZ = Path.cwd()
COMIENZO = """
import gzip, json, os, pickle, subprocess, sys, threading, warnings
import joblib, numpy as np
from pathlib import Path
from sklearn.linear_model import LinearRegression
recta = LinearRegression().fit([[1.0], [2.0]], [1, 2])
"""


def vive(parte):
    """Ejecuta una parte con un `__main__` que no sabe nada de la anterior; devuelve su mensaje."""
    for nombre, modulo in list(sys.modules.items()):
        if str(getattr(modulo, "__file__", "")).startswith(str(RAIZ)):
            del sys.modules[nombre]  # un módulo que escribió otra parte
    importlib.invalidate_caches()
    sys.modules["__main__"] = principal = types.ModuleType("__main__")
    with warnings.catch_warnings(), contextlib.redirect_stderr(io.StringIO()):
        exec(compile(COMIENZO + parte, "<celda>", "exec"), principal.__dict__)
    return getattr(principal, "mensaje", "")


def mensaje_de(partes, carpeta):
    """El de la parte que falla; vacío si no falla ninguna."""
    sys.path[0] = str(carpeta)
    with contextlib.chdir(carpeta):
        try:
            return [vive(parte) for parte in partes][-1] if partes else ""
        except Exception as error:  # noqa: BLE001 de eso se trata
            return "".join(traceback.format_exception(error))


if __name__ == "__main__":
    dichos = []
    for numero, ambas in enumerate(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))):
        suya = RAIZ / f"fallo{numero}"
        suya.mkdir()
        dichos.append([mensaje_de(partes, suya) for partes in ambas])
    (RAIZ / "dichos.json").write_text(json.dumps(dichos), encoding="utf-8")
