"""La tabla de notas en una hoja de cálculo de verdad: números, tildes y ninguna fórmula."""

import re
import shutil
import subprocess
from xml.etree import ElementTree

import pytest

from helpers.docencia.clase import Calificada
from helpers.docencia.notas import FORMATOS, escribe_notas
from helpers.docencia.puntuar import Calificacion
from helpers.docencia.tarea import lee_tarea

# El filtro de LibreOffice: separador, comillas, UTF-8, primera línea, y el idioma de cada país.
IDIOMAS = {"es": 3082, "mx": 2058}
TABLA = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
OFICINA = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
PERSONAS = ("Íñigo Muñoz; el mayor", '=HIPERVINCULO("x")', "-2+3", 'Ana "la de 2.º"')


@pytest.fixture(scope="module")
def hoja(exige):
    """El programa que abre hojas de cálculo sin ventanas."""
    programa = shutil.which("soffice")
    exige("" if programa else "no está LibreOffice", "abrir las notas en una hoja de cálculo",
          "apt-get install libreoffice-calc-nogui")  # fmt: skip
    return programa


def abre(hoja, ruta, formato):
    """Las filas de la hoja, como (tipo, valor) por celda; falla si alguna lleva una fórmula."""
    filtro = f"CSV:{ord(FORMATOS[formato].separador)},34,76,1,,{IDIOMAS[formato]},false,true"
    subprocess.run(
        [hoja, "--headless", f"-env:UserInstallation={(ruta.parent / 'perfil').as_uri()}",
         f"--infilter={filtro}", "--convert-to", "fods", "--outdir", ruta.parent, ruta],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    arbol = ElementTree.parse(ruta.with_suffix(".fods"))
    filas = []
    for fila in arbol.iter(f"{TABLA}table-row"):
        celdas = list(fila.iter(f"{TABLA}table-cell"))
        assert not any(celda.get(f"{TABLA}formula") for celda in celdas)
        filas.append(
            [
                (celda.get(f"{OFICINA}value-type"), celda.get(f"{OFICINA}value")
                 or "".join(celda.itertext()).strip())
                for celda in celdas
                for _ in range(min(int(celda.get(f"{TABLA}number-columns-repeated", 1)), 20))
            ]
        )  # fmt: skip
    return filas


@pytest.mark.parametrize("formato", FORMATOS)
def test_las_notas_se_abren_como_numeros_y_los_nombres_como_texto(formato, hoja, tmp_path):
    tarea = lee_tarea("t1_conceptos")
    puntos = dict.fromkeys(tarea.puntos, 0.5)
    entregas = [
        Calificada(nombre, f"{numero}", f"{numero}", Calificacion(puntos))
        for numero, nombre in enumerate(PERSONAS)
    ]
    ruta = tmp_path / "notas.csv"
    notas = escribe_notas(ruta, tarea, entregas, {}, FORMATOS[formato], 10)
    cabecera, *filas = abre(hoja, ruta, formato)
    assert [valor for _, valor in cabecera][:3] == ["nombre", "identificador", "nota"]
    for nombre, nota, fila in zip(PERSONAS, notas, filas, strict=False):
        tipo, escrito = fila[0]
        assert tipo == "string" and re.sub(r"^'", "", escrito) == nombre
        assert fila[2] == ("float", f"{nota:g}")
        assert {tipo for tipo, _ in fila[3 : 3 + len(puntos)]} == {"float"}
