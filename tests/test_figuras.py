"""Lo que una figura muestra está también en texto."""

import matplotlib.pyplot as plt
import pytest

from helpers.errores import ErrorDelCurso
from helpers.figuras import COLORES, TRAZOS, barras, puntos_y_rectas


@pytest.fixture
def ejes(monkeypatch):
    """Función que da los ejes de la última figura que se mostró."""
    plt.switch_backend("agg")
    mostradas = []
    monkeypatch.setattr(plt, "show", lambda: mostradas.append(plt.gcf()))
    yield lambda: mostradas[-1].axes[0]
    assert plt.get_fignums() == []


def test_los_puntos_y_las_rectas_se_dibujan_y_se_escriben(ejes, capsys):
    rectas = {"de mínimos cuadrados": (1.2, 0.8), "otra": (50, 2)}
    puntos_y_rectas([1, 2, 3], [2, 3, 4], rectas, "horas", "nota")
    assert capsys.readouterr().out == (
        "de mínimos cuadrados: nota = 1.20 + 0.80 · horas\notra: nota = 50.00 + 2.00 · horas\n"
    )
    assert ejes().collections[0].get_offsets().tolist() == [[1, 2], [2, 3], [3, 4]]
    dibujadas = {recta.get_label(): recta.get_xydata().tolist() for recta in ejes().lines}
    assert dibujadas == {
        "de mínimos cuadrados": [[1, pytest.approx(2)], [3, pytest.approx(3.6)]],
        "otra": [[1, 52], [3, 56]],
    }


def test_las_barras_se_dibujan_y_sus_valores_se_escriben(ejes, capsys):
    barras({"pickle": 8_000_139, "json": 464}, "bytes")
    assert capsys.readouterr().out == "pickle: 8 000 139 bytes\njson: 464 bytes\n"
    assert [barra.get_width() for barra in ejes().patches] == [8_000_139, 464]


def test_cada_recta_se_distingue_sin_color(ejes):
    rectas = {str(n): (n, 1) for n in range(len(TRAZOS))}
    puntos_y_rectas([0, 1], [0, 1], rectas, "x", "y")
    assert {recta.get_linestyle() for recta in ejes().lines} == set(TRAZOS)
    assert len(set(TRAZOS)) == len(set(COLORES)) == len(rectas)


def test_una_recta_de_mas_no_se_calla(capsys):
    rectas = {str(n): (n, 1) for n in range(len(TRAZOS) + 1)}
    with pytest.raises(ErrorDelCurso, match="Son 5 rectas y caben 4"):
        puntos_y_rectas([0, 1], [0, 1], rectas, "x", "y")
    assert capsys.readouterr().out == ""
