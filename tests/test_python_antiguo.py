"""Con un Python antiguo, el curso dice cuál hace falta; no enseña un error de sintaxis."""

import ast
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from arbol import RAIZ

# Lo que se lee antes de poder comprobar la versión.
PRIMEROS = ("helpers/__init__.py", "helpers/__main__.py")
FRASE = "Este curso necesita Python 3.11 o posterior, y este es el "


def antiguos():
    """Los Python anteriores a 3.11 de este equipo: en el PATH o instalados con pyenv."""
    nombres = ["python2.7", *(f"python3.{n}" for n in range(5, 11))]
    pyenv = Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv")
    propios = pyenv.glob("versions/*/bin/python*")
    rutas = {shutil.which(nombre) for nombre in nombres} | {
        str(ruta) for ruta in propios if ruta.name in nombres
    }
    # Los «shims» de pyenv existen aunque no haya nada detrás.
    return sorted(ruta for ruta in rutas if ruta and "shims" not in ruta)


def comprueba(proceso, version):
    assert proceso.returncode == 1
    assert FRASE + version in proceso.stderr
    assert "Traceback" not in proceso.stderr
    assert "SyntaxError" not in proceso.stderr


@pytest.mark.parametrize("ruta", PRIMEROS)
def test_los_primeros_archivos_evitan_la_sintaxis_moderna(ruta):
    texto = (RAIZ / ruta).read_text(encoding="utf-8")
    assert re.match(r"# -\*- coding: utf-8 -\*-\n", texto), "Python 2 lo necesita por las tildes"
    arbol = ast.parse(texto, feature_version=(3, 4))
    modernos = (ast.JoinedStr, ast.AnnAssign, ast.NamedExpr)
    nodos = list(ast.walk(arbol))
    assert not [nodo for nodo in nodos if isinstance(nodo, modernos)]
    funciones = [nodo for nodo in nodos if isinstance(nodo, ast.FunctionDef)]
    assert not [f for f in funciones if f.args.kwonlyargs or f.args.posonlyargs or f.returns]


def test_la_version_se_comprueba_antes_que_nada():
    guion = (
        "import collections, runpy, sys\n"
        "V = collections.namedtuple('V', 'major minor micro releaselevel serial')\n"
        "sys.version_info = V(3, 8, 18, 'final', 0)\n"
        "runpy.run_module('helpers', run_name='__main__')\n"
    )
    proceso = subprocess.run(
        [sys.executable, "-c", guion], cwd=RAIZ, capture_output=True, encoding="utf-8"
    )
    comprueba(proceso, "3.8.")


@pytest.mark.parametrize("python", antiguos() or [None])
def test_con_un_python_antiguo_de_verdad(python, tmp_path):
    if python is None:
        # Ni con CI=true es un fallo: nadie instala un Python antiguo para esto.
        pytest.skip("NO SE PROBÓ UN PYTHON ANTIGUO: no hay ninguno; solo se imitó")
    for ruta in PRIMEROS:
        (tmp_path / "helpers").mkdir(exist_ok=True)
        shutil.copy(RAIZ / ruta, tmp_path / ruta)
    proceso = subprocess.run(
        [python, "-m", "helpers", "abrir"], cwd=tmp_path, capture_output=True, encoding="utf-8"
    )
    comprueba(proceso, re.match(r"python(\d\.\d+)", Path(python).name)[1])
