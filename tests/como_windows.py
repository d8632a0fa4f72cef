"""Lo que en Windows es de otra manera, imitado en cualquier sistema."""

import os
import subprocess
import sys

import numpy as np
from arbol import RAIZ
from sklearn.linear_model import LinearRegression

X = np.arange(8.0).reshape(4, 2)
PRIMERO, SEGUNDO = (LinearRegression().fit(X, X @ pesos) for pesos in ([1, 2], [3, 4]))
CODIGO = sorted((RAIZ / "helpers").rglob("*.py"))
# Sin que Python use UTF-8 por su cuenta. Los nombres de archivo, en cambio, allí son Unicode.
DE_WINDOWS = {"PYTHONUTF8": "0", "LC_ALL": "C.UTF-8"}
# Solo lo del curso: las librerías tienen las suyas.
AVISA = """
import sys, warnings
warnings.filterwarnings("error", category=EncodingWarning, module=r"helpers(\\.|$)")
"""


def en_windows(codigo, carpeta, **variables):
    """Ejecuta código con el curso a mano y las codificaciones de Windows."""
    return subprocess.run(
        [sys.executable, "-X", "warn_default_encoding", "-c", AVISA + codigo],
        cwd=carpeta,
        env=os.environ | DE_WINDOWS | {"PYTHONPATH": str(RAIZ)} | variables,
        stdin=subprocess.DEVNULL,
        capture_output=True,
    )
