"""Fallos de verdad: cada uno se provoca en otro Python, y su mensaje es el que se encontraría."""

import json
import subprocess
import sys
from pathlib import Path

from fallos_reales import archivo, codigo, uso
from helpers.proceso import entorno_limpio

FALLOS = (*codigo.FALLOS, *archivo.FALLOS, *uso.FALLOS)
SEGUNDOS = 300


def mensajes(carpeta):
    """Provoca todos los fallos.

    Parámetros
    ----------
    carpeta : Path
        Vacía.

    Devuelve
    --------
    list de [str, str]
        Por cada fallo, su mensaje y el de su cura: vacío si funciona o si no la hay.
    """
    # dill cambia lo que escriben pickle y joblib: los suyos, en otro proceso.
    con_dill = {"dill" in fallo.codigo: [] for fallo in FALLOS}
    for numero, fallo in enumerate(FALLOS):
        con_dill["dill" in fallo.codigo].append(numero)
    dichos = {}
    for numeros in con_dill.values():
        dichos |= zip(numeros, _provoca(numeros, carpeta / str(numeros[0])), strict=True)
    return [dichos[numero] for numero in range(len(FALLOS))]


def _provoca(numeros, carpeta):
    carpeta.mkdir()
    partes = [FALLOS[numero].partes for numero in numeros]
    (carpeta / "fallos.json").write_text(json.dumps(partes), encoding="utf-8")
    subprocess.run(
        [sys.executable, Path(__file__).with_name("provoca.py"), "fallos.json"],
        cwd=carpeta,
        env=entorno_limpio() | {"LC_ALL": "C"},
        check=True,
        timeout=SEGUNDOS,
    )
    return json.loads((carpeta / "dichos.json").read_text(encoding="utf-8"))
