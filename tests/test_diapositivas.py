"""Diapositivas y soluciones: un archivo por lección, que no pide nada a la red."""

import importlib
import re
from html import unescape
from html.parser import HTMLParser

import pytest

from helpers.docencia import pagina
from helpers.docencia.diapositivas import LINEAS, diapositivas
from helpers.docencia.errores_habituales import errores_de
from helpers.docencia.lecciones import PLIEGUE, lecciones, llamada
from helpers.docencia.soluciones import soluciones
from helpers.ejercicios import ejercicios_de
from helpers.errores import ErrorDelCurso
from helpers.ordenes import diapositivas as orden_diapositivas
from helpers.ordenes import soluciones as orden_soluciones

LECCIONES = lecciones()
POR_LECCION = pytest.mark.parametrize("leccion", LECCIONES, ids=lambda leccion: leccion.codigo)
# Con qué pide algo una página: estos atributos, y `url(` o `@import` en un estilo.
PIDEN = {"src", "href", "srcset", "poster", "data", "action", "background", "xlink:href"}
SUELTAS = {"br", "hr", "img", "meta", "link", "input"}


class Lector(HTMLParser):
    """Anota lo que una página pediría a la red y las etiquetas que no cierran."""

    def __init__(self, texto):
        super().__init__()
        self.pide, self.abiertas, self.mal, self.politica = [], [], [], ""
        self.feed(texto)
        self.close()
        self.mal += self.abiertas

    def handle_starttag(self, tag, attrs):
        """Lo que piden sus atributos."""
        valores = dict(attrs)
        self.pide += [v for n, v in attrs if n in PIDEN and not v.startswith(("data:", "#"))]
        self.pide += re.findall(r"url\(\s*[^)]*\)", valores.get("style") or "")
        if valores.get("http-equiv") == "Content-Security-Policy":
            self.politica = valores["content"]
        if tag not in SUELTAS:
            self.abiertas.append(tag)

    def handle_endtag(self, tag):
        """Si cierra lo último abierto."""
        if not self.abiertas or self.abiertas.pop() != tag:
            self.mal.append(f"/{tag}")

    def handle_data(self, data):
        """Lo que piden un estilo o un programa."""
        if self.abiertas[-1:] == ["style"]:
            self.pide += re.findall(r"url\([^)]*\)|@import[^;]*", data)
        if self.abiertas[-1:] == ["script"]:
            self.pide += re.findall(r"fetch\(|XMLHttpRequest|import\(|https?://\S*", data)


def sin_red(texto):
    leido = Lector(texto)
    assert leido.mal == []
    assert leido.pide == []
    assert leido.politica.startswith("default-src 'none';")


@pytest.mark.parametrize(
    "trozo",
    [
        '<img alt="x" src="https://ejemplo.org/x.png">',
        '<img alt="x" src="imagenes/x.png">',
        '<script src="//ejemplo.org/x.js"></script>',
        '<link rel="stylesheet" href="http://ejemplo.org/x.css">',
        '<p style="background: url(https://ejemplo.org/x)">x</p>',
        "<style>@import 'https://ejemplo.org/x.css';</style>",
        "<script>fetch('/x')</script>",
        "<p>sin cerrar",
    ],
)
def test_lo_que_saldria_a_la_red_se_ve(trozo):
    with pytest.raises(AssertionError):
        sin_red(pagina.de_papel("x", trozo))


@POR_LECCION
def test_ninguna_pagina_pide_nada_a_la_red(leccion):
    sin_red(pagina.de_diapositivas("t", diapositivas(leccion)))
    sin_red(pagina.de_papel("t", soluciones(leccion)))


@POR_LECCION
def test_cada_apartado_tiene_las_suyas_y_en_orden(leccion):
    vistos = list(dict.fromkeys(d.encabezado for d in diapositivas(leccion)))
    titulos = [apartado.titulo for apartado in leccion.apartados]
    assert vistos[0] == f"{leccion.codigo} · {leccion.titulo}"
    hallados = [re.sub(r"^\d+\. | · \d+ min$", "", encabezado) for encabezado in vistos[1:]]
    assert hallados == titulos
    assert len(diapositivas(leccion)) >= 2 * len(titulos) - 2


@POR_LECCION
def test_la_respuesta_de_una_prediccion_va_en_la_siguiente(leccion):
    hechas = [unescape(d.contenido) for d in diapositivas(leccion)]
    for celda in leccion.celdas:
        if "prediccion" not in celda.etiquetas:
            continue
        (codigo, pregunta), opciones = llamada(celda, "predice")
        opciones.pop("elijo")
        llana = re.sub("`(.*?)`", r"<code>\1</code>", pregunta)
        (puesto,) = [n for n, contenido in enumerate(hechas) if llana in contenido]
        assert all(
            re.sub("`(.*?)`", r"<code>\1</code>", o) in hechas[puesto] for o in opciones.values()
        )
        assert "Ocurrió" not in hechas[puesto]
        assert hechas[puesto].rstrip().endswith("</ol>"), f"{codigo}: detrás de las opciones, nada"
        siguientes = hechas[puesto + 1 :]
        assert re.search(r"Ocurrió [a-z]:", "".join(siguientes[:4])), codigo
        assert "<pre>" in siguientes[0], f"{codigo}: la siguiente enseña el experimento"


@POR_LECCION
def test_recuerda_pregunta_en_una_y_contesta_en_otra(leccion):
    hechas = [d.contenido for d in diapositivas(leccion) if d.encabezado.startswith("Recuerda")]
    apartado = leccion.apartado("Recuerda")
    pliegues = PLIEGUE.findall(apartado.texto) if apartado else []
    assert len(hechas) == 2 * len(pliegues)
    for (pregunta, _), antes, despues in zip(pliegues, hechas[::2], hechas[1::2], strict=True):
        assert antes == f'<p class="pregunta">{pregunta}</p>'
        assert despues.startswith(antes) and len(despues) > len(antes) + 10


@POR_LECCION
def test_las_diapositivas_no_resuelven_los_ejercicios(leccion):
    todo = unescape("\n".join(d.contenido for d in diapositivas(leccion)))
    for ejercicio in ejercicios_de(leccion.codigo):
        assert f"Ejercicio {ejercicio.codigo}." in todo
        assert ejercicio.solucion.strip() not in todo
    assert "solucion(" not in todo


@POR_LECCION
def test_caben_y_llevan_las_figuras(leccion):
    hechas = diapositivas(leccion)
    for hecha in hechas:
        lineas = sum(
            bloque.count("\n") + 1 for bloque in re.findall("<pre>.*?</pre>", hecha.contenido, re.S)
        )
        assert hecha.densa or lineas <= LINEAS, hecha.encabezado
        assert not re.search(r"</h\d>\s*$", hecha.contenido), "un título, lejos de lo suyo"
    assert sum(hecha.densa for hecha in hechas) <= len(hechas) / 5
    figuras = sum(len(celda.imagenes) for celda in leccion.celdas)
    html = "".join(hecha.contenido for hecha in hechas)
    assert html.count("data:image/png;base64,") == figuras
    assert not re.search(r'alt="\s*"', html), "quien no ve la figura lee sus datos"


@POR_LECCION
def test_las_soluciones_llevan_todo(leccion):
    html = soluciones(leccion)
    texto = unescape(re.sub(r"<[^>]+>", "", html))
    articulos = html.split("<article>")[1:]
    for ejercicio, articulo in zip(ejercicios_de(leccion.codigo), articulos, strict=True):
        assert f"Ejercicio {ejercicio.codigo} · " in articulo
        for linea in ejercicio.solucion.strip().splitlines():
            assert linea.startswith("# %%") or linea.strip() in texto
        assert "Resultado esperado" in articulo
        assert articulo.count("<tr><td>") == len(errores_de(ejercicio)) >= 2


@POR_LECCION
def test_los_errores_habituales_son_los_que_se_prueban(leccion):

    casos = importlib.import_module(f"casos.leccion_{leccion.codigo}").CASOS
    for ejercicio in ejercicios_de(leccion.codigo):
        probados = {caso.mensaje for caso in casos if caso.codigo.startswith(leccion.codigo)}
        assert {error.nombre for error in errores_de(ejercicio)} <= probados


def test_un_error_se_dice_con_las_palabras_de_su_revision():
    errores = {error.nombre: error for error in errores_de(ejercicios_de("01")[3])}
    copiar = errores["copiar"]
    assert copiar.vi == "la b, copiar un archivo"
    assert copiar.porque.endswith("pero los bytes ya estaban hechos")
    assert "no_es_texto" not in errores, "ese es de otro ejercicio"


@pytest.mark.parametrize("orden", [orden_diapositivas, orden_soluciones])
def test_las_ordenes_escriben_lo_pedido(orden, tmp_path, capsys):
    assert orden.ejecuta(["02a", "00", "--en", str(tmp_path / "x y")]) == 0
    nombres = sorted(ruta.name for ruta in (tmp_path / "x y").iterdir())
    assert [nombre[:3] for nombre in nombres] == ["00_", "02a"]
    assert str(tmp_path / "x y" / nombres[0]) in capsys.readouterr().out
    antes = [ruta.read_bytes() for ruta in sorted((tmp_path / "x y").iterdir())]
    orden.ejecuta(["00", "02a", "--en", str(tmp_path / "x y")])
    assert antes == [ruta.read_bytes() for ruta in sorted((tmp_path / "x y").iterdir())]
    with pytest.raises(ErrorDelCurso, match="No hay ninguna lección «99»"):
        orden.ejecuta(["99", "--en", str(tmp_path)])
