"""La tabla de notas en una hoja de cálculo de verdad: números, tildes y ninguna fórmula."""

import re

import hoja_de_calculo
import pytest

from helpers.docencia.clase import Calificada
from helpers.docencia.notas import FORMATOS, escribe_notas
from helpers.docencia.puntuar import Calificacion
from helpers.docencia.tarea import lee_tarea

PERSONAS = ("Íñigo Muñoz; el mayor", '=HIPERVINCULO("x")', "-2+3", 'Ana "la de 2.º"')


@pytest.mark.parametrize("formato", FORMATOS)
def test_las_notas_se_abren_como_numeros_y_los_nombres_como_texto(formato, exige, tmp_path):
    exige(hoja_de_calculo.FALTA, "abrir las notas en una hoja", hoja_de_calculo.REMEDIO)
    tarea = lee_tarea("t1_conceptos")
    puntos = dict.fromkeys(tarea.puntos, 0.5)
    entregas = [
        Calificada(nombre, f"{numero}", f"{numero}", Calificacion(puntos))
        for numero, nombre in enumerate(PERSONAS)
    ]
    ruta = tmp_path / "notas.csv"
    notas = escribe_notas(ruta, tarea, entregas, {}, FORMATOS[formato], 10)
    cabecera, *filas = hoja_de_calculo.abre(ruta, formato)
    assert [valor for _, valor in cabecera][:3] == ["nombre", "identificador", "nota"]
    for nombre, nota, fila in zip(PERSONAS, notas, filas, strict=False):
        tipo, escrito = fila[0]
        assert tipo == "string" and re.sub(r"^'", "", escrito) == nombre
        assert fila[2] == ("float", f"{nota:g}")
        assert {tipo for tipo, _ in fila[3 : 3 + len(puntos)]} == {"float"}
