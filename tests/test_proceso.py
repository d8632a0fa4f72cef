"""`ejecuta_en_proceso_nuevo` y la magia `%%proceso_nuevo`."""

import sys
import types

import pytest

from helpers import proceso
from helpers.entorno import carpeta_de_trabajo
from helpers.errores import ErrorDelCurso
from helpers.proceso import LIMITE_CARACTERES, ejecuta_en_proceso_nuevo


def test_no_comparte_memoria_ni_modulos_con_quien_lo_lanza(tmp_path):
    salida = ejecuta_en_proceso_nuevo("import sys; print('pytest' in sys.modules)", tmp_path)
    assert (salida.texto, salida.error) == ("False\n", "")


def test_arranca_en_la_carpeta_aunque_tenga_acentos(tmp_path):
    carpeta = tmp_path / "José Ñuñoa" / "mi curso"
    carpeta.mkdir(parents=True)
    (carpeta / "módulo.py").write_text("saludo = 'señal ✓'", encoding="utf-8")
    salida = ejecuta_en_proceso_nuevo("import módulo; print(módulo.saludo)", carpeta)
    assert (salida.texto, salida.error) == ("señal ✓\n", "")
    assert [ruta.name for ruta in carpeta.iterdir()] == ["módulo.py"]  # tampoco deja __pycache__


def test_el_error_es_la_ultima_linea_y_lo_impreso_se_conserva(tmp_path):
    salida = ejecuta_en_proceso_nuevo("print('antes')\n1 / 0", tmp_path)
    assert salida.texto == "antes\n"
    assert salida.error == "ZeroDivisionError: division by zero"


@pytest.mark.parametrize(
    ("codigo", "fragmento"),
    [
        ("while True: pass", "no terminó en 0.5 segundos"),
        ("print('x' * 10**7)", f"imprimió más de {LIMITE_CARACTERES} caracteres"),
        ("import sys; sys.stderr.write('x' * 10**7)", "imprimió más de"),
        ("import os; os._exit(3)", "código 3"),
        ("input()", "EOFError"),
        ("esto no es python", "SyntaxError"),
    ],
)
def test_nada_lo_deja_esperando(codigo, fragmento, tmp_path):
    limite = 0.5 if "while" in codigo else 30
    assert fragmento in ejecuta_en_proceso_nuevo(codigo, tmp_path, limite).error


def test_un_aviso_sin_error_se_muestra(tmp_path):
    salida = ejecuta_en_proceso_nuevo("import warnings; warnings.warn('ojo')", tmp_path)
    assert "ojo" in salida.texto
    assert salida.error == ""


def test_el_error_llega_sin_colores(tmp_path, monkeypatch):
    monkeypatch.setenv("FORCE_COLOR", "1")  # lo pone ipykernel; desde Python 3.13 se obedece
    assert "\x1b" not in ejecuta_en_proceso_nuevo("1 / 0", tmp_path).error


def test_no_hereda_pythonpath(tmp_path, monkeypatch):
    (tmp_path / "intruso.py").touch()
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    carpeta = tmp_path / "vacía"
    carpeta.mkdir()
    assert "ModuleNotFoundError" in ejecuta_en_proceso_nuevo("import intruso", carpeta).error


@pytest.fixture
def cuaderno(monkeypatch):
    """Una sesión de IPython mínima, en la carpeta de trabajo de una lección."""
    sesion = types.SimpleNamespace(user_ns={}, magias={})
    sesion.register_magic_function = lambda f, tipo, nombre: sesion.magias.update({nombre: f})
    monkeypatch.setitem(sys.modules, "IPython", types.SimpleNamespace(get_ipython=lambda: sesion))
    carpeta_de_trabajo("99")
    proceso.registra_magia()
    return sesion


def test_la_magia_imprime_y_deja_su_salida(cuaderno, capsys):
    cuaderno.magias["proceso_nuevo"]("", "print('hola')\nnoexiste")
    assert capsys.readouterr().out == (
        "hola\nError en el proceso nuevo: NameError: name 'noexiste' is not defined\n"
    )
    assert cuaderno.user_ns["salida"].error.startswith("NameError")


def test_la_magia_acepta_segundos(cuaderno, capsys):
    cuaderno.magias["proceso_nuevo"]("0.5", "while True: pass")
    assert "no terminó en 0.5 segundos" in capsys.readouterr().out


def test_la_magia_explica_un_limite_mal_escrito(cuaderno):
    with pytest.raises(ErrorDelCurso, match="«cinco» no es un número de segundos"):
        cuaderno.magias["proceso_nuevo"]("cinco", "pass")


def test_sin_ipython_no_hace_nada(monkeypatch):
    monkeypatch.delitem(sys.modules, "IPython", raising=False)
    proceso.registra_magia()
    assert "IPython" not in sys.modules
