"""Lo que una figura muestra está también en texto."""

import matplotlib.pyplot as plt
import pytest
from matplotlib.colors import to_rgba
from matplotlib.text import Text

from helpers.errores import ErrorDelCurso
from helpers.figuras import COLORES, MARCAS, TRAZOS, barras, curvas, puntos_y_rectas


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
    # El trazo tal como se dibuja: lo que mide cada raya y cada hueco.
    assert len({str(recta._dash_pattern) for recta in ejes().lines}) == len(rectas)
    assert len(set(TRAZOS)) == len(set(COLORES)) == len(set(MARCAS)) == len(rectas)


def test_una_recta_de_mas_no_se_calla(capsys):
    rectas = {str(n): (n, 1) for n in range(len(TRAZOS) + 1)}
    with pytest.raises(ErrorDelCurso, match="Son 7 líneas y caben 6"):
        puntos_y_rectas([0, 1], [0, 1], rectas, "x", "y")
    assert capsys.readouterr().out == ""


def test_las_curvas_llevan_el_mismo_estilo_en_todos_los_paneles(monkeypatch):
    plt.switch_backend("agg")
    paneles = {
        "guardar": {"pickle": ([1, 10], [2, 20]), "dill": ([1], [3]), "límite": ([1, 10], [1, 9])},
        "cargar": {"dill": ([1], [4]), "límite": ([1], [1])},
    }
    dibujados = []
    monkeypatch.setattr(plt, "show", lambda: dibujados.extend(plt.gcf().axes))
    curvas(paneles, ("tamaño", "B"), ("tiempo", "s"), referencia="límite")
    assert [ejes.get_title() for ejes in dibujados] == ["guardar", "cargar"]
    assert {ejes.get_xscale() for ejes in dibujados} == {ejes.get_yscale() for ejes in dibujados}
    assert dibujados[0].get_xscale() == "log"
    datos = {linea.get_label(): linea.get_xydata().tolist() for linea in dibujados[0].lines}
    assert datos == {"pickle": [[1, 2], [10, 20]], "dill": [[1, 3]], "límite": [[1, 1], [10, 9]]}
    izquierda, derecha = ({li.get_label(): li for li in ejes.lines} for ejes in dibujados)
    assert izquierda["dill"].get_marker() == derecha["dill"].get_marker() == MARCAS[1]
    assert izquierda["dill"].get_color() == derecha["dill"].get_color() == COLORES[1]
    assert izquierda["límite"].get_marker() == "None"


@pytest.mark.parametrize("titulos", [["guardar"], ["guardar", "cargar"]])
def test_la_leyenda_no_tapa_ninguna_curva(titulos, monkeypatch):
    plt.switch_backend("agg")
    cajas = []

    def mide():
        figura = plt.gcf()
        figura.canvas.draw()
        cajas.extend(caja.get_window_extent() for caja in (figura, *figura.legends, *figura.axes))

    monkeypatch.setattr(plt, "show", mide)
    nombres = ["pickle", "joblib", "joblib comprimido", "dill", "skops", "límite físico"]
    series = {nombre: ([1, 1e6], [1, 10.0**n]) for n, nombre in enumerate(nombres)}
    curvas(dict.fromkeys(titulos, series), ("tamaño", "B"), ("tiempo", "s"))
    entera, leyenda, *paneles = cajas
    assert len(paneles) == len(titulos)
    assert entera.x0 <= leyenda.x0 < leyenda.x1 <= entera.x1
    assert max(panel.y1 for panel in paneles) < leyenda.y0 < leyenda.y1 <= entera.y1


def test_una_curva_de_mas_no_se_calla():
    series = {str(n): ([1], [1]) for n in range(len(TRAZOS) + 1)}
    with pytest.raises(ErrorDelCurso, match="Son 7 líneas y caben 6"):
        curvas({"uno": series}, ("x", "B"), ("y", "s"))


def luminancia(color):
    """La de WCAG 2.2, de 0 (negro) a 1 (blanco)."""
    partes = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in color]
    return sum(peso * parte for peso, parte in zip((0.2126, 0.7152, 0.0722), partes, strict=True))


def contraste(color, fondo):
    """Razón de contraste de WCAG 2.2, de 1 a 21; la parte transparente de un color es fondo."""
    *rgb, alfa = to_rgba(color)
    (*detras, opaco) = to_rgba(fondo)
    assert opaco == 1, "sin fondo propio, la figura no se leería en el tema oscuro"
    visto = [alfa * uno + (1 - alfa) * otro for uno, otro in zip(rgb, detras, strict=True)]
    menor, mayor = sorted((luminancia(visto), luminancia(detras)))
    return (mayor + 0.05) / (menor + 0.05)


def colores_de(figura):
    """Los de los textos y los de los dibujos que llevan datos."""
    figura.draw_without_rendering()
    textos = {t.get_color() for t in figura.findobj(Text) if t.get_text() and t.get_visible()}
    dibujos = set()
    for ejes in figura.axes:
        dibujos |= {(linea.get_color(), linea.get_alpha() or 1) for linea in ejes.lines}
        dibujos |= {(barra.get_facecolor(), 1) for barra in ejes.patches}
        dibujos |= {(tuple(c), 1) for puntos in ejes.collections for c in puntos.get_facecolor()}
    return textos, {to_rgba(color, alfa * to_rgba(color)[3]) for color, alfa in dibujos}


SERIES = {str(n): ([1, 10], [n + 1, n + 2]) for n in range(len(TRAZOS))}


@pytest.mark.parametrize(
    "dibuja",
    [
        lambda: puntos_y_rectas([0, 1], [0, 1], {n: (1, 1) for n in SERIES}, "x", "y"),
        lambda: barras({"pickle": 3, "json": 1}, "bytes"),
        lambda: curvas({"a": SERIES | {"límite": SERIES["0"]}}, ("x", "B"), ("y", "s"), "límite"),
    ],
    ids=["puntos y rectas", "barras", "curvas"],
)
def test_todo_se_ve_sobre_su_fondo(dibuja, ejes, capsys):
    """WCAG 2.2, nivel AA: 4.5 para los textos y 3 para lo que se dibuja."""
    dibuja()
    figura = ejes().figure
    fondo = ejes().get_facecolor()
    assert figura.get_facecolor() == fondo
    textos, dibujos = colores_de(figura)
    assert textos
    assert dibujos
    assert {color for color in textos if contraste(color, fondo) < 4.5} == set()
    assert {color for color in dibujos if contraste(color, fondo) < 3} == set()


def test_el_contraste_se_calcula_bien():
    assert contraste("black", "white") == pytest.approx(21)
    assert contraste("#777777", "white") == pytest.approx(4.48, abs=0.01)
    assert contraste((0, 0, 0, 0), "white") == pytest.approx(1)
