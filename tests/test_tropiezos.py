"""Bajo los errores de quien empieza hay una explicación en español; bajo los demás, nada."""

import subprocess
import sys

import pytest
from arbol import RAIZ

MARCA = "--- la celda ---"
SINTAXIS = "Python no entiende la línea 1, y no ha ejecutado nada"
SANGRIA = "En la línea 2, los espacios del principio no cuadran."


def tras_ejecutar(celda):
    """Lo que se ve bajo una celda de un cuaderno preparado dos veces."""
    codigo = (
        "from IPython.core.interactiveshell import InteractiveShell\n"
        "from helpers import entorno\n"
        "sesion = InteractiveShell.instance(colors='NoColor')\n"
        f"entorno.prepara(); entorno.prepara(); print({MARCA!r})\n"
        f"sesion.run_cell({celda!r})"
    )
    proceso = subprocess.run(
        [sys.executable, "-c", codigo], cwd=RAIZ, capture_output=True, encoding="utf-8", check=True
    )
    return proceso.stdout.partition(MARCA)[2]


@pytest.mark.parametrize(
    ("celda", "dice"),
    [
        ("revisa('00.1', 3)", "Python no conoce el nombre «revisa»."),
        ("elijo = a", "Python no conoce el nombre «a»."),
        ("def f():\n    return otro\nf()", "Python no conoce el nombre «otro»."),
        ("def f():\n    n += 1\nf()", "Una función usa una variable suya antes"),
        ("leido = 3\n pista('00.1')", SANGRIA),
        ("def f():\nreturn 3", SANGRIA),
        ("leido = 'hola", SINTAXIS),
        ("print('hola'", SINTAXIS),
        ("f(1 2)", SINTAXIS),
        ("raise KeyboardInterrupt", "La celda se detuvo a medias"),
    ],
)
def test_el_tropiezo_se_explica_una_vez(celda, dice):
    visto = tras_ejecutar(celda)
    assert visto.count(dice) == 1, visto
    ultima = visto.rstrip().splitlines()[-1]
    assert ultima.startswith("Prueba a "), visto


@pytest.mark.parametrize(
    "celda",
    [
        "3 + 4",
        "1 / 0",
        "raise NameError('a mano')",
        "compile('f(1 2)', 'otro', 'exec')",
        "from helpers.errores import ErrorDelCurso\nraise ErrorDelCurso('Ya explicado.')",
    ],
)
def test_de_lo_demas_no_se_dice_nada(celda):
    assert "Suele pasar" not in tras_ejecutar(celda)
