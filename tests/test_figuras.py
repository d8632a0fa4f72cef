"""Lo que una figura muestra está también en texto."""

import pytest

matplotlib = pytest.importorskip("matplotlib")
matplotlib.use("agg")

from helpers.figuras import COLORES, TRAZOS, barras, puntos_y_rectas  # noqa: E402


def test_las_rectas_se_escriben(capsys):
    rectas = {"de mínimos cuadrados": (1.2, 0.8), "otra": (50, 2)}
    puntos_y_rectas([1, 2, 3], [2, 3, 4], rectas, "horas", "nota")
    assert capsys.readouterr().out == (
        "de mínimos cuadrados: nota = 1.20 + 0.80 · horas\notra: nota = 50.00 + 2.00 · horas\n"
    )


def test_los_valores_de_las_barras_se_escriben(capsys):
    barras({"pickle": 8_000_139, "json": 464}, "bytes")
    assert capsys.readouterr().out == "pickle: 8 000 139 bytes\njson: 464 bytes\n"


def test_no_queda_ninguna_figura_abierta():
    barras({"pickle": 1}, "bytes")
    assert matplotlib.pyplot.get_fignums() == []


def test_cada_recta_se_distingue_sin_color():
    assert len(set(TRAZOS)) == len(TRAZOS) <= len(set(COLORES))
