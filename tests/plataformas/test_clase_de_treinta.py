"""Una clase de treinta, del zip de Moodle a la hoja de cálculo, y dos veces desde cero."""

import csv
import io
import subprocess
import sys
from collections import Counter

import hoja_de_calculo
import pytest
from arbol import RAIZ
from clase_de_treinta import TODO, clase
from entregas import zip_de_moodle

from helpers.docencia import aislar

ESCALA = 5  # con la de 10 todas las notas de esta tarea serían enteras, y no se vería la coma
CLASE = {una.nombre: una for una in clase()}


def califica(origen, carpeta):
    """La orden que usa quien enseña."""
    orden = [sys.executable, "-m", "helpers", "calificar", str(origen)]
    orden += ["--csv", str(carpeta / "notas.csv"), f"--escala={ESCALA}"]
    hecho = subprocess.run(
        orden, cwd=RAIZ, capture_output=True, encoding="utf-8", errors="replace", timeout=600
    )
    assert hecho.returncode == 0, hecho.stderr
    return hecho.stdout


def valora(hoja):
    """Escribe en la hoja de textos el nivel de cada uno, como haría quien enseña."""
    filas = list(csv.reader(io.StringIO(hoja.read_text("utf-8-sig"), newline=""), delimiter=";"))
    for fila in filas[1:]:
        fila[2] = str(CLASE[fila[0].rpartition("_")[0]].nivel)
    texto = io.StringIO()
    csv.writer(texto, delimiter=";", lineterminator="\r\n").writerows(filas)
    hoja.write_text(texto.getvalue(), encoding="utf-8-sig", newline="")
    return len(filas) - 1


def lo_escrito(carpeta):
    """Los bytes de la tabla, de la hoja de textos y de cada página."""
    archivos = [*carpeta.glob("*.csv"), *carpeta.glob("notas_paginas/*.html")]
    return {ruta.relative_to(carpeta).as_posix(): ruta.read_bytes() for ruta in archivos}


@pytest.fixture(scope="module")
def calificada(exige, tmp_path_factory):
    """La clase calificada, valorada y calificada otra vez; y lo mismo en otra carpeta."""
    modo = aislar.elige_modo()
    falta = "" if modo == aislar.BUBBLEWRAP else f"aquí solo se puede aislar con {modo}"
    exige(falta, "calificar una clase de treinta", "apt-get install bubblewrap")
    sitio = tmp_path_factory.mktemp("treinta")
    origen = zip_de_moodle(
        sitio / "entregas.zip", {una.nombre: una.archivos for una in CLASE.values()}
    )
    una, otra = sitio / "una", sitio / "otra"
    dichos, textos = [], []
    for carpeta in (una, otra):
        carpeta.mkdir()
        dichos.append(califica(origen, carpeta))
        textos.append(valora(carpeta / "notas_textos.csv"))
        dichos.append(califica(origen, carpeta))
    return una, otra, dichos, textos


def test_son_treinta_y_de_todas_clases():
    assert len(CLASE) == 30
    totales = Counter(sum(una.puntos.values()) for una in CLASE.values())
    assert totales[10] >= 6 and totales[0] >= 5
    assert len(totales) >= 8, "muchas notas distintas"


def test_cada_persona_tiene_la_nota_que_merece(calificada, exige):
    exige(hoja_de_calculo.FALTA, "abrir las notas en una hoja", hoja_de_calculo.REMEDIO)
    una, *_ = calificada
    cabecera, *filas = hoja_de_calculo.abre(una / "notas.csv", "es")
    assert [valor for _, valor in cabecera][: 3 + len(TODO)] == [
        "nombre", "identificador", "nota", *TODO,
    ]  # fmt: skip
    filas = {fila[0][1]: fila[2 : 3 + len(TODO)] for fila in filas if len(fila) > len(TODO)}
    assert filas.keys() == CLASE.keys()
    for nombre, vistas in filas.items():
        puntos = CLASE[nombre].puntos
        nota = sum(puntos.values()) / sum(TODO.values()) * ESCALA
        esperadas = [nota, *(puntos[codigo] for codigo in TODO)]
        assert vistas == [("float", f"{numero:g}") for numero in esperadas], nombre


def test_los_decimales_llevan_coma(calificada):
    una, *_ = calificada
    texto = (una / "notas.csv").read_text(encoding="utf-8-sig")
    filas = list(csv.DictReader(io.StringIO(texto), delimiter=";"))
    con_decimales = {fila["nota"] for fila in filas if not fila["nota"].isdigit()}
    assert {"4,5", "3,5"} <= con_decimales
    assert not any("." in nota for nota in con_decimales)


def test_desde_cero_otra_vez_salen_los_mismos_bytes(calificada):
    una, otra, dichos, textos = calificada
    escrito = lo_escrito(una)
    assert len(escrito) == 2 + len(CLASE)
    assert escrito == lo_escrito(otra)
    assert textos == [sum(alguien.nivel is not None for alguien in CLASE.values())] * 2
    repetidas = [dicho.count("(ya estaba)") for dicho in dichos]
    assert repetidas[0] == repetidas[2] == 0, "las dos carpetas empezaron vacías"
    assert repetidas[1] == repetidas[3] > 20, "al valorar textos no se ejecuta otra vez"
