"""Cada fallo real recibe su causa, y lo que aconseja funciona."""

import re
import sys

import pytest
from fallos_reales import FALLOS, mensajes
from reglas.anatomia import apartados
from reglas.cuaderno import lecciones, lee

from helpers.diagnostico import CAUSAS, causa_de, diagnostica
from helpers.errores import ErrorDelCurso

EXISTEN = set().union(*(apartados(lee(ruta)) for ruta in lecciones()))
NUMEROS = range(len(FALLOS))
NOMBRES = [f"{numero}-{fallo.causa}" for numero, fallo in enumerate(FALLOS)]


@pytest.fixture(scope="module")
def dichos(tmp_path_factory):
    return mensajes(tmp_path_factory.mktemp("fallos"))


@pytest.mark.parametrize("numero", NUMEROS, ids=NOMBRES)
def test_cada_fallo_recibe_su_causa(numero, dichos):
    mensaje, cura = dichos[numero]
    assert mensaje, "no falló"
    causa, _ = causa_de(mensaje)
    assert causa is not None and causa.nombre == FALLOS[numero].causa, mensaje[-600:]
    assert cura == "", f"el remedio no remedia: {cura[-600:]}"


@pytest.mark.parametrize("numero", NUMEROS, ids=NOMBRES)
def test_basta_la_ultima_linea_con_su_sangria_y_sus_colores(numero, dichos, capsys):
    mensaje, _ = dichos[numero]
    diagnostica(f"  \x1b[31m{mensaje}\x1b[0m  ")
    entero = capsys.readouterr().out
    causa, _ = causa_de(mensaje)
    assert causa.suele_pasar in entero
    assert causa.prueba in entero
    assert entero.endswith(f"Se ve en la lección {causa.lugar}.\n")


def test_todas_las_causas_se_han_provocado():
    assert {causa.nombre for causa in CAUSAS} == {fallo.causa for fallo in FALLOS}


@pytest.mark.parametrize("causa", CAUSAS, ids=lambda causa: causa.nombre)
def test_la_leccion_y_el_apartado_existen(causa):
    assert causa.lugar in EXISTEN


@pytest.mark.parametrize("causa", CAUSAS, ids=lambda causa: causa.nombre)
def test_lo_que_usa_la_frase_lo_recoge_cada_patron(causa):
    huecos = set(re.findall(r"{(\w+)}", causa.que_paso))
    assert all(huecos <= set(re.compile(patron).groupindex) for patron in causa.patrones)


@pytest.mark.parametrize(
    ("mensaje", "nombre", "frase"),
    [
        ("FileNotFoundError: [WinError 3] El sistema no puede encontrar la ruta especificada: "
         "'modelos\\\\m.pkl'", "no_existe", "No existe «modelos\\\\m.pkl»"),
        ("FileNotFoundError: [WinError 2] The system cannot find the file specified: 'm.pkl'",
         "no_existe", "No existe «m.pkl»"),
        ("OSError: [WinError 112] Espacio en disco insuficiente", "disco_lleno", "está lleno"),
        ("PermissionError: [WinError 5] Acceso denegado: 'm.pkl'", "sin_permiso", "no deja"),
        ("PermissionError: [WinError 32] El proceso no tiene acceso al archivo porque está siendo "
         "utilizado por otro proceso: 'm.pkl'", "sin_permiso", "no deja"),
        ("OSError: [WinError 1224] No se puede realizar la operación solicitada", "sin_permiso",
         "no deja"),
    ],
    ids=lambda valor: valor[:28],
)  # fmt: skip
def test_lo_que_dice_windows_se_entiende_en_cualquier_idioma(mensaje, nombre, frase, capsys):
    causa, _ = causa_de(mensaje)
    assert causa.nombre == nombre
    diagnostica(mensaje)
    assert frase in capsys.readouterr().out


def test_una_excepcion_vale_como_mensaje(capsys):
    diagnostica(EOFError("Ran out of input"))
    assert capsys.readouterr().out.startswith("Al archivo le falta el final")


def test_sin_nada_mira_el_ultimo_error(monkeypatch, capsys):
    monkeypatch.setattr(sys, "last_value", KeyError(118), raising=False)
    diagnostica()
    assert "Git-LFS" in capsys.readouterr().out


def test_un_error_del_curso_ya_lleva_su_remedio(capsys):
    diagnostica(ErrorDelCurso("Algo pasó.", "pasa.", "a esperar."))
    assert capsys.readouterr().out.startswith("Ese mensaje es del curso")


def test_lo_desconocido_se_dice(capsys):
    diagnostica("ValueError: los gatos no maúllan")
    dicho = capsys.readouterr().out
    assert dicho.startswith("No reconozco ese mensaje.")
    assert "load_model" in dicho


@pytest.mark.parametrize(
    ("mensaje", "frase"),
    [
        (None, "No hay ningún mensaje"),
        ("", "está vacío"),
        (" \n ", "está vacío"),
        (b"EOFError", "vi un bytes"),
        (404, "vi un int"),
    ],
)
def test_lo_que_no_es_un_mensaje_se_rechaza(mensaje, frase, monkeypatch):
    monkeypatch.delattr(sys, "last_value", raising=False)
    with pytest.raises(ErrorDelCurso, match=frase):
        diagnostica(mensaje)


def test_manda_el_ultimo_error_de_un_rastro(capsys):
    diagnostica("EOFError: Ran out of input\n\nDuring handling…\n\nKeyError: 60")
    assert "página web" in capsys.readouterr().out
