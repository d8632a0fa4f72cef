"""El límite de las lecciones: los mismos Python, que importan lo mismo y no hacen nada más."""

import nbformat
import pytest
from arbol import RAIZ
from nbformat.v4 import new_code_cell, new_notebook

from helpers.ordenes._cuaderno import FalloDeCelda
from helpers.ordenes._suelo import (
    A_LA_VEZ,
    CON_PROCESOS,
    CUADERNO,
    SEGUIDO,
    SIN_PROCESOS,
    escribe_vacios,
    pythons_de,
)

# Cada celda importa un módulo que ningún Python trae importado, y mira que nadie le dejó nombres.
CELDAS = (
    """\
assert not {"anota", "registro", "papel", "abre_y_vigila"} & set(globals())
import subprocess, sys
from concurrent.futures import ThreadPoolExecutor

def abre(codigo):
    solo = "assert not [nombre for nombre in globals() if not nombre.startswith('__')]\\n"
    subprocess.run([sys.executable, "-c", solo + codigo], check=True)
""",
    "import colorsys\nsys.modules['ningun_modulo'] = None",
    "abre('def nada(): pass\\nimport wave')",
    """\
with ThreadPoolExecutor(2) as hilos:
    list(hilos.map(abre, ["import tabnanny", "import sched"]))
""",
    "subprocess.run([sys.executable, '-c', 'import os; os._exit(0)'], check=True)",
)


@pytest.fixture
def leccion(tmp_path):
    ruta = tmp_path / "leccion.ipynb"
    nbformat.write(new_notebook(cells=[new_code_cell(codigo) for codigo in CELDAS]), ruta)
    return ruta


def test_se_sabe_que_python_abre_y_que_importa_cada_uno(leccion):
    raros = {"colorsys", "wave", "tabnanny", "sched", "ningun_modulo"}
    abiertos = [(papel, raros & set(modulos)) for papel, modulos in pythons_de(leccion)]
    assert sorted(abiertos, key=str) == sorted(
        [
            (CUADERNO, {"colorsys"}),
            (SEGUIDO, {"wave"}),
            (A_LA_VEZ, {"tabnanny"}),
            (A_LA_VEZ, {"sched"}),
        ],
        key=str,
    )


@pytest.mark.parametrize("cual", ["leccion", "00_empieza_aqui.ipynb"])
def test_el_vacio_abre_los_mismos_e_importa_lo_mismo(cual, leccion, tmp_path):
    ruta = leccion if cual == "leccion" else RAIZ / "notebooks" / cual
    escribe_vacios(ruta, tmp_path)
    de_la_leccion, del_vacio = pythons_de(ruta), pythons_de(tmp_path / CON_PROCESOS / ruta.name)
    for papel in (CUADERNO, SEGUIDO, A_LA_VEZ):
        esperados = [set(modulos) for suyo, modulos in de_la_leccion if suyo == papel]
        hallados = [set(modulos) for suyo, modulos in del_vacio if suyo == papel]
        assert len(hallados) == len(esperados)
        for modulos in esperados:
            assert any(modulos <= otros for otros in hallados), papel
    ((papel, del_cuaderno),) = pythons_de(tmp_path / SIN_PROCESOS / ruta.name)
    assert papel == CUADERNO
    assert set(dict(de_la_leccion)[CUADERNO]) <= set(del_cuaderno)


def test_el_proceso_que_falla_no_pasa_por_vacio(leccion):
    cuaderno = nbformat.read(leccion, as_version=4)
    cuaderno.cells.append(new_code_cell("abre('import no_existe')"))
    nbformat.write(cuaderno, leccion)
    with pytest.raises(FalloDeCelda):
        pythons_de(leccion)
