"""`ejecuta_en_proceso_nuevo` y la magia `%%proceso_nuevo`."""

import subprocess
import sys
import types

import pytest
from arbol import RAIZ

from helpers import proceso
from helpers.errores import ErrorDelCurso
from helpers.proceso import LIMITE_CARACTERES, ejecuta_en_proceso_nuevo


def test_no_comparte_memoria_ni_modulos_con_quien_lo_lanza(tmp_path):
    salida = ejecuta_en_proceso_nuevo("import sys; print('pytest' in sys.modules)", tmp_path)
    assert (salida.texto, salida.error) == ("False\n", "")


def test_arranca_en_la_carpeta_aunque_tenga_acentos(tmp_path, monkeypatch):
    monkeypatch.delenv("PYTHONDONTWRITEBYTECODE", raising=False)
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


@pytest.mark.parametrize("nombre", ["no hay", "archivo.txt"])
def test_sin_carpeta_no_se_culpa_al_codigo(nombre, tmp_path):
    (tmp_path / "archivo.txt").touch()
    salida = ejecuta_en_proceso_nuevo("print(1)", tmp_path / nombre)
    assert salida.texto == ""
    assert salida.error == f"no arrancó: no hay ninguna carpeta «{tmp_path / nombre}»"


@pytest.mark.parametrize(
    ("codigo", "error"),
    [
        ("raise ValueError('uno\\n  dos\\n\\ntres: 3')", "ValueError: uno dos tres: 3"),
        ("try: 1 / 0\nexcept ZeroDivisionError: [][1]", "IndexError: list index out of range"),
        ("import sys; sys.exit('uno\\nmotivo')", "motivo"),
        ("import warnings; warnings.warn('ojo'); noexiste", "NameError: name 'noexiste' is not"),
        ("raise ValueError('palabra ' * 1000)", "ValueError: palabra palabra"),
    ],
    ids=["de varias líneas", "encadenado", "sin rastro", "tras un aviso", "largo"],
)
def test_el_error_cabe_en_una_linea(codigo, error, tmp_path):
    dicho = ejecuta_en_proceso_nuevo(codigo, tmp_path).error
    assert dicho.startswith(error)
    assert "\n" not in dicho
    assert len(dicho) <= 500


@pytest.mark.parametrize(
    ("codigo", "fragmento"),
    [
        ("while True: pass", "no terminó en 0.5 segundos"),
        ("while True: print('x' * 10**6)", f"imprimió más de {LIMITE_CARACTERES} caracteres"),
        ("print('x' * 10**7)", f"imprimió más de {LIMITE_CARACTERES} caracteres"),
        ("import sys; sys.stderr.write('x' * 10**7)", "imprimió más de"),
        ("import os; os._exit(3)", "código 3"),
        ("esto no es python", "SyntaxError"),
        ("print('\0')", "no arrancó: quizá el código es muy largo"),
        ("#" + "x" * 10**7, "no arrancó: quizá el código es muy largo"),
    ],
    ids=lambda valor: valor[:20],
)
def test_nada_lo_deja_esperando_ni_lanza(codigo, fragmento, tmp_path):
    limite = 0.5 if "pass" in codigo else 30
    assert fragmento in ejecuta_en_proceso_nuevo(codigo, tmp_path, limite).error


def test_el_limite_son_caracteres_y_no_bytes(tmp_path):
    justo = ejecuta_en_proceso_nuevo(f"print('✓' * {LIMITE_CARACTERES}, end='')", tmp_path)
    assert (justo.texto, justo.error) == ("✓" * LIMITE_CARACTERES, "")
    uno_mas = ejecuta_en_proceso_nuevo(f"print('✓' * {LIMITE_CARACTERES})", tmp_path)
    assert "imprimió más de" in uno_mas.error
    assert uno_mas.texto == "✓" * LIMITE_CARACTERES


def test_lo_impreso_se_conserva_aunque_el_proceso_muera_de_golpe(tmp_path, monkeypatch):
    monkeypatch.delenv("PYTHONUNBUFFERED", raising=False)
    codigo = "import os; print('antes', end=''); os._exit(3)"
    assert ejecuta_en_proceso_nuevo(codigo, tmp_path).texto == "antes"


def test_no_espera_a_otro_proceso_que_la_celda_deja_en_marcha(tmp_path):
    nieto = (
        "import time; from pathlib import Path\n"
        "for _ in range(100):\n"
        "    if Path('basta').exists(): break\n"
        "    time.sleep(0.1)\n"
        "else: Path('esperó').touch()"
    )
    codigo = f"import subprocess, sys\nsubprocess.Popen([sys.executable, '-c', {nieto!r}])"
    salida = ejecuta_en_proceso_nuevo(f"print(1)\n{codigo}", tmp_path)
    assert not (tmp_path / "esperó").exists()
    (tmp_path / "basta").touch()
    assert salida.texto == "1\n"


def test_no_lee_lo_que_se_teclea_fuera():
    codigo = (
        "from helpers.proceso import ejecuta_en_proceso_nuevo as e; print(e('input()', '.').error)"
    )
    orden = [sys.executable, "-c", codigo]
    fuera = subprocess.run(orden, cwd=RAIZ, input="hola\n", capture_output=True, text=True)
    assert fuera.stdout.startswith("EOFError")


def test_un_aviso_sin_error_se_muestra(tmp_path):
    salida = ejecuta_en_proceso_nuevo("import warnings; warnings.warn('ojo')", tmp_path)
    assert "ojo" in salida.texto
    assert salida.error == ""


def test_el_error_llega_sin_colores(tmp_path, monkeypatch):
    monkeypatch.setenv("FORCE_COLOR", "1")  # lo pone ipykernel; desde Python 3.13 se obedece
    assert "\x1b" not in ejecuta_en_proceso_nuevo("1 / 0", tmp_path).error


@pytest.mark.parametrize(
    "variable",
    ["PYTHONPATH", "PYTHONHOME", "PYTHONINSPECT", "PYTHONIOENCODING", "MPLBACKEND"],
)
def test_no_hereda_lo_que_cambiaria_el_resultado(variable, tmp_path, monkeypatch):
    monkeypatch.setenv(variable, "ajena")
    codigo = f"import os; print(os.environ.get({variable!r}))"
    assert ejecuta_en_proceso_nuevo(codigo, tmp_path).texto == "None\n"


def test_imprime_acentos_aunque_el_sistema_no_los_conozca(tmp_path, monkeypatch):
    for variable, valor in {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}.items():
        monkeypatch.setenv(variable, valor)
    assert ejecuta_en_proceso_nuevo("print('señal')", tmp_path).texto == "señal\n"


@pytest.fixture
def cuaderno(monkeypatch, tmp_path):
    """Una sesión de IPython mínima, con su magia."""
    sesion = types.SimpleNamespace(user_ns={})
    sesion.register_magic_function = lambda magia, tipo: setattr(sesion, magia.__name__, magia)
    monkeypatch.setitem(sys.modules, "IPython", types.SimpleNamespace(get_ipython=lambda: sesion))
    proceso.registra_magia(lambda: tmp_path)
    return sesion


def test_la_magia_imprime_y_deja_su_salida(cuaderno, capsys):
    cuaderno.proceso_nuevo("", "print('hola')\nnoexiste")
    assert capsys.readouterr().out == (
        "hola\nError en el proceso nuevo: NameError: name 'noexiste' is not defined\n"
    )
    assert cuaderno.user_ns["salida"].error.startswith("NameError")


def test_la_magia_no_imprime_lineas_vacias(cuaderno, capsys):
    cuaderno.proceso_nuevo("", "1 / 0")
    cuaderno.proceso_nuevo("", "pass")
    assert capsys.readouterr().out == (
        "Error en el proceso nuevo: ZeroDivisionError: division by zero\n"
    )


@pytest.mark.parametrize("segundos", ["0.5", "nan"])
def test_la_magia_acepta_segundos(cuaderno, capsys, segundos):
    cuaderno.proceso_nuevo(segundos, "while True: pass")
    assert f"no terminó en {segundos} segundos" in capsys.readouterr().out


def test_la_magia_explica_un_limite_mal_escrito(cuaderno):
    with pytest.raises(ErrorDelCurso, match="«cinco» no es un número de segundos"):
        cuaderno.proceso_nuevo("cinco", "pass")


def test_sin_ipython_no_hace_nada(monkeypatch):
    monkeypatch.delitem(sys.modules, "IPython", raising=False)
    proceso.registra_magia(lambda: None)
    assert "IPython" not in sys.modules
