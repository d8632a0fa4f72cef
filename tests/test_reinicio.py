"""Quien reinicia el kernel donde la lección lo pide puede seguir, y ve que la memoria se vació."""

import nbformat
import pytest
from arbol import RAIZ
from nbclient import NotebookClient
from reglas.cuaderno import lecciones

from helpers.ordenes._aislamiento import entorno_aislado

NOTEBOOKS = RAIZ / "notebooks"
PUNTOS = [
    pytest.param(ruta, numero, id=f"{ruta.stem}-{celda.id}")
    for ruta in lecciones()
    for numero, celda in enumerate(nbformat.read(ruta, as_version=4).cells)
    if celda.id.endswith("tras-reinicio")
]


def ejecuta(celdas):
    """Ejecuta esas celdas en un kernel nuevo; una que falle sin anunciarlo detiene la prueba."""
    cuaderno = nbformat.v4.new_notebook(cells=celdas)
    recursos = {"metadata": {"path": str(NOTEBOOKS)}}
    NotebookClient(cuaderno, timeout=120, resources=recursos).execute()


@pytest.mark.parametrize(("ruta", "numero"), PUNTOS)
def test_tras_reiniciar_la_leccion_continua(ruta, numero):
    celdas = nbformat.read(ruta, as_version=4).cells
    primeras = [celda for celda in celdas if celda.cell_type == "code"][:2]
    with entorno_aislado():
        ejecuta(celdas[:numero])
        ejecuta([*primeras, *celdas[numero:]])
    impreso = "".join(salida.get("text", "") for salida in celdas[numero].outputs)
    assert "False" in impreso, f"tras el reinicio imprime: {impreso}"
