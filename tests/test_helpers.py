"""`import helpers` es barato, no tiene efectos y cumple lo que anuncia."""

import subprocess
import sys

import pytest
from arbol import RAIZ

import helpers
from helpers.errores import ErrorDelCurso

PESADOS = {"sklearn", "dill", "numpy", "scipy", "pandas", "matplotlib", "skops", "joblib"}


def _modulos_tras(codigo):
    salida = subprocess.run(
        [sys.executable, "-c", f"{codigo}\nimport sys; print(*sys.modules)"],
        cwd=RAIZ,
        capture_output=True,
        text=True,
        check=True,
    )
    return set(salida.stdout.split())


@pytest.mark.parametrize(
    "codigo",
    [
        "import helpers",
        "from helpers import carpeta_de_trabajo, compara, pista, predice, revisa, solucion",
        "import helpers.entorno, helpers.datos",
        "import helpers.ordenes.abrir, helpers.ordenes.probar",
    ],
)
def test_importar_no_trae_librerias_pesadas(codigo):
    assert _modulos_tras(codigo) & PESADOS == set()


def test_nadie_importa_dill_al_usar_los_ejercicios():
    declaraciones = (RAIZ / "helpers" / "ejercicios").glob("leccion_*.py")
    lecciones = {f"helpers.ejercicios.{ruta.stem}" for ruta in declaraciones}
    modulos = _modulos_tras(f"import {', '.join(lecciones)}")
    assert lecciones <= modulos
    assert "dill" not in modulos


def test_import_helpers_solo_trae_importlib():
    propios = _modulos_tras("import helpers") - _modulos_tras("import importlib")
    assert {nombre.partition(".")[0] for nombre in propios} == {"helpers"}


@pytest.mark.parametrize("nombre", helpers.__all__)
def test_cada_nombre_anunciado_existe(nombre):
    assert callable(getattr(helpers, nombre))


def test_un_nombre_que_no_existe():
    with pytest.raises(AttributeError, match="helpers no tiene «guardar»"):
        _ = helpers.guardar


def test_un_error_del_curso_se_lee_sin_rastro():
    error = ErrorDelCurso("Pasó esto.", "nadie miró.", "a mirar.")
    assert error._render_traceback_() == [
        "Pasó esto.",
        "Suele pasar porque nadie miró.",
        "Prueba a mirar.",
    ]
