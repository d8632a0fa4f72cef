"""Las lecciones exportadas a HTML, examinadas con axe-core: nada grave que sea culpa suya."""

import nbformat
import pytest

from plataformas.exportado import (
    GRAVES,
    IRREPROCHABLE,
    de_la_leccion,
    examina,
    exporta,
)
from plataformas.test_navegador import CUADERNOS, nombre

# Lo demás que axe encuentra, con su motivo. Falla si aparece otro, y si uno de estos desaparece.
DEL_EXPORTADOR = {
    ("color-contrast", "#b0b0b0 sobre #ffffff"): "el número de cada salida",
    ("color-contrast", "#408080 sobre #f5f5f5"): "los comentarios del código",
    ("color-contrast", "#aa22ff sobre #f5f5f5"): "los operadores del código",
    ("color-contrast", "#008800 sobre #f5f5f5"): "los números del código",
    ("link-in-text-block", "a"): "los enlaces solo se distinguen del texto por el color",
}
LEVES_DE_LA_LECCION = {
    ("empty-table-header", "th"): "la esquina de una tabla de pandas, que no tiene nombre",
    ("imagen-muda", "img"): "un gráfico: debajo van los mismos datos en texto",
}


@pytest.fixture(scope="module")
def examen(en_el_navegador, paquetes_de_npm):
    axe = paquetes_de_npm / "axe-core" / "axe.min.js"
    vistos = {}

    def examina_cuaderno(cuaderno):
        return en_el_navegador(examina, axe, exporta(cuaderno)).result()

    def da(ruta):
        if ruta not in vistos:
            vistos[ruta] = examina_cuaderno(nbformat.read(ruta, as_version=4))
        return vistos[ruta]

    da.de = examina_cuaderno
    return da


@pytest.fixture(scope="module")
def del_exportador(examen):
    return examen.de(IRREPROCHABLE)


@pytest.mark.parametrize("ruta", CUADERNOS, ids=nombre)
def test_nada_grave_lo_pone_la_leccion(ruta, examen, del_exportador):
    suyos = de_la_leccion(examen(ruta), del_exportador)
    assert [defecto for defecto in suyos if defecto.impacto in GRAVES] == []


def test_lo_demas_esta_declarado_y_sigue_ahi(examen, del_exportador):
    ajenos, leves = set(), set()
    for ruta in CUADERNOS:
        suyos = de_la_leccion(examen(ruta), del_exportador)
        leves |= {d.huella for d in suyos if d.impacto not in GRAVES}
        ajenos |= {d.huella for d in examen(ruta)} - {d.huella for d in suyos}
    assert ajenos == DEL_EXPORTADOR.keys()
    assert leves == LEVES_DE_LA_LECCION.keys()


AVERIAS = {
    "imagen-muda": "![](data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAA=)",
    "heading-order": "#### Un título que se salta dos niveles",
    "color-contrast": '<p style="color: #999999">Texto gris sobre blanco.</p>',
    "link-name": '<a href="https://example.org/"></a>',
}


@pytest.mark.parametrize("regla", AVERIAS)
def test_cada_averia_se_nota_y_es_de_la_leccion(regla, examen, del_exportador):
    con_averia = nbformat.v4.new_notebook(
        cells=[
            nbformat.v4.new_markdown_cell("# Uno\n\n## Dos"),
            nbformat.v4.new_markdown_cell(AVERIAS[regla]),
        ]
    )
    suyos = de_la_leccion(examen.de(con_averia), del_exportador)
    assert {defecto.regla for defecto in suyos} == {regla}
