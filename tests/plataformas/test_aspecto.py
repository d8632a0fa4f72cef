"""Cada lección, ya ejecutada, a 1280 píxeles, ampliada al 200 % y en oscuro: se lee y cabe.

Las capturas quedan en `.capturas/`. Aquí se mide lo que se puede medir.
"""

import json

import nbformat
import pytest
from reglas.cuaderno import Cuaderno

from plataformas.recorrido import VISTAS, recorre
from plataformas.test_navegador import CUADERNOS, nombre

# Lo que necesita su propia barra para caber. Una tabla de datos no se puede repartir en renglones
# sin dejar de ser una tabla; WCAG 2.2 (1.4.10) la exceptúa.
CON_BARRA = {
    ("02e_cual_uso", "s2-comparativa", "200 por ciento"): "la tabla de ocho columnas",
}
# Colores que pone JupyterLab en lo que no es prosa ni salida: por tema, zona y color de la letra.
CLARO, OSCURO = "JupyterLab Light", "JupyterLab Dark"
DE_JUPYTERLAB = {
    (CLARO, "número de celda", "rgb(97, 97, 97)"): "un número atenuado, que se repite en el orden",
    (CLARO, "código", "rgb(64, 128, 128)"): "los comentarios: 4.2 de 4.5",
    (CLARO, "código", "rgb(153, 153, 119)"): "los paréntesis y corchetes: 2.7 de 4.5",
    (CLARO, "código en prosa", "rgb(153, 153, 119)"): "lo mismo, en un fragmento del texto",
    (CLARO, "código", "rgb(0, 136, 0)"): "los números: 4.3 de 4.5",
    (OSCURO, "código", "rgb(64, 128, 128)"): "los comentarios: 3.5 de 4.5",
    (OSCURO, "código", "rgb(30, 136, 229)"): "el nombre de lo que se define: 4.4 de 4.5",
}


def sitios(titulo, vista, cortes):
    """Dónde sobresale algo, y si todo lo que sobresale tiene una barra con que verlo."""
    celdas = {corte["celda"] for corte in cortes}
    con_barra = {c: all("(auto)" in k["caja"] for k in cortes if k["celda"] == c) for c in celdas}
    return {(titulo, celda, vista): valor for celda, valor in con_barra.items()}


def pobres(parejas):
    """Las parejas de colores que no llegan a AA, por zona y color de la letra."""
    return {(p["zona"], p["color"]): p for p in parejas if p["razon"] < p["pide"]}


@pytest.mark.parametrize("vista", VISTAS)
@pytest.mark.parametrize("ruta", CUADERNOS, ids=nombre)
def test_nada_queda_cortado(ruta, vista, recorrido):
    hallados = sitios(ruta.stem, vista, recorrido(ruta).cortes[vista])
    assert hallados == {s: True for s in CON_BARRA if (s[0], s[2]) == (ruta.stem, vista)}


@pytest.mark.parametrize("vista", VISTAS)
@pytest.mark.parametrize("ruta", CUADERNOS, ids=nombre)
def test_todo_se_distingue_de_su_fondo(ruta, vista, recorrido):
    parejas = recorrido(ruta).contrastes[vista]
    assert {"prosa", "código", "salida"} <= {p["zona"] for p in parejas}
    tema = VISTAS[vista]["tema"]
    assert {
        (tema, *c): p for c, p in pobres(parejas).items() if (tema, *c) not in DE_JUPYTERLAB
    } == {}


def test_los_colores_declarados_siguen_siendo_pobres(recorrido):
    hallados = set()
    for vista, pide in VISTAS.items():
        for ruta in CUADERNOS:
            hallados |= {(pide["tema"], *c) for c in pobres(recorrido(ruta).contrastes[vista])}
    assert hallados == DE_JUPYTERLAB.keys()


AVERIAS = {
    "ancha": "from IPython.display import HTML\nHTML('<div style=\"width: 3000px\">' + 'a ' * 900)",
    "recortada": "HTML('<p style=\"width: 9px; overflow: hidden; text-wrap: nowrap\">' + 'a' * 99)",
    "gris": "HTML('<p style=\"color: #999999\">Gris sobre blanco</p>')",
    "tinta": "HTML('<p style=\"color: #101010\">Negro sobre negro</p>')",
    "falla": "1 / 0",
}
CON_KERNEL = {"kernelspec": {"name": "python3", "display_name": "Python 3"}}
PROSA = {
    "fila": "# Averías\n\n|" + "|".join("abcdefghijklm" * 2) + "|\n" + "|-" * 26 + "|",
    "bien": "Nada que reprochar.",
}


@pytest.fixture(scope="module")
def averiado(laboratorio, curso_abierto, tmp_path_factory):
    celdas = [nbformat.v4.new_markdown_cell(texto, id=i) for i, texto in PROSA.items()]
    celdas += [nbformat.v4.new_code_cell(codigo, id=i) for i, codigo in AVERIAS.items()]
    cuaderno = nbformat.v4.new_notebook(cells=celdas, metadata=CON_KERNEL)
    texto = nbformat.writes(cuaderno)
    (curso_abierto / "averias.ipynb").write_text(texto, encoding="utf-8")
    leido = Cuaderno("averias.ipynb", json.loads(texto), curso_abierto)
    return laboratorio(recorre, leido, tmp_path_factory.mktemp("capturas")).result()


def test_se_nota_una_celda_que_falla(averiado):
    errores = {c["id"]: c["errores"] for c in averiado.despues if c["errores"]}
    assert errores == {"falla": ["ZeroDivisionError: division by zero"]}


@pytest.mark.parametrize("vista", VISTAS)
def test_se_nota_lo_que_no_cabe(vista, averiado):
    hallados = sitios("averias", vista, averiado.cortes[vista])
    cortados = {celda: con_barra for (_, celda, _), con_barra in hallados.items()}
    # A 640 píxeles tampoco cabe una tabla de 26 columnas escrita en la prosa.
    fila = {"fila": True} if vista == "200 por ciento" else {}
    assert cortados == {"ancha": True, "recortada": False} | fila


@pytest.mark.parametrize("vista", VISTAS)
def test_se_nota_lo_que_no_se_lee(vista, averiado):
    celdas = {
        p["celda"] for p in pobres(averiado.contrastes[vista]).values() if p["zona"] == "salida"
    }
    assert celdas == ({"tinta"} if vista == "oscuro" else {"gris"}) | {"falla"}
