"""La página de cada tarea en la guía lleva sus puntos, su rúbrica, sus errores y sus minutos."""

import re

import pytest
from arbol import RAIZ

from helpers.docencia import ahorro, guia, guia_de_tareas
from helpers.docencia.errores_habituales import errores_de
from helpers.docencia.lecciones import lee_cuaderno
from helpers.docencia.limites import Limites
from helpers.docencia.para_la_clase import ERRORES_POR_EJERCICIO
from helpers.docencia.tarea import TAREAS, lee_tarea, tareas
from helpers.ejercicios import ejercicios_de

NOMBRES = tareas()
POR_TAREA = pytest.mark.parametrize("nombre", NOMBRES)


def pagina(nombre):
    numero = nombre.partition("_")[0]
    return (RAIZ / guia.CARPETA / f"guia_{numero}.md").read_text(encoding="utf-8")


def seccion(nombre, titulo):
    texto = pagina(nombre).partition(f"\n## {titulo}\n")[2].partition("\n## ")[0]
    assert texto, titulo
    return texto


@POR_TAREA
def test_los_minutos_y_los_puntos_suman(nombre):
    texto = seccion(nombre, "Puntos y minutos")
    filas = re.findall(r"^\| (.+?) \| (\d+) \| (.*?) \| ([\d.]*) \| (.*?) \|$", texto, re.MULTILINE)
    *filas, total = [fila for fila in filas if fila[0] != "Apartado"] + [
        re.search(r"^\| Total \| (\d+) \| \| ([\d.]+) \| \|$", texto, re.MULTILINE).groups()
    ]
    assert sum(int(minutos) for _, minutos, *_ in filas) == int(total[0])
    assert sum(float(puntos or 0) for *_, puntos, _ in filas) == float(total[1]) == 10
    portada = lee_tarea(nombre).repartido[0]["source"]
    assert f"**Duración.** {total[0]} min" in "".join(portada)
    pedidos = [codigo for *_, codigos, _, _ in filas for codigo in codigos.split(", ") if codigo]
    assert pedidos == list(lee_tarea(nombre).puntos)


@POR_TAREA
def test_dice_que_se_pide_y_que_da_cada_punto(nombre):
    tarea = lee_tarea(nombre)
    pide, da = seccion(nombre, "Qué pide"), seccion(nombre, "Qué da cada punto")
    for codigo, puntos in tarea.puntos.items():
        assert f"- **{codigo}.** ({puntos:g} punto" in pide
    filas = re.findall(r"^\| (\S+) \| ([\d.]+) \| (.+) \|$", da, re.MULTILINE)
    criterios = [(codigo, c) for codigo, suyos in tarea.pruebas.items() for c in suyos]
    assert [(codigo, float(puntos), falta) for codigo, puntos, falta in filas] == [
        (codigo, c.puntos, c.falta) for codigo, c in criterios
    ]


@POR_TAREA
def test_lleva_la_rubrica_entera(nombre):
    texto = seccion(nombre, "La respuesta escrita")
    for rubrica in lee_tarea(nombre).rubricas.values():
        for nivel, dice in enumerate(rubrica.niveles):
            assert f"| {nivel} | {rubrica.nota(nivel):g} | {dice}. |" in texto
    origen = TAREAS / "source" / nombre / f"{nombre}.ipynb"
    (codigo,) = lee_tarea(nombre).rubricas
    (muestra,) = re.findall(
        rf'"{codigo.replace(".", "-")}-respuesta",(?s:.*?)"INICIO SOLUCIÓN(.{{200}})',
        origen.read_text(encoding="utf-8"),
        re.DOTALL,
    )
    assert muestra, "dice que hay una respuesta de muestra"


@POR_TAREA
def test_cada_ejercicio_lleva_su_idea_y_los_errores_que_se_reconocen(nombre):
    ideas, errores = seccion(nombre, "Preguntas para hacer"), seccion(nombre, "Errores habituales")
    for ejercicio in ejercicios_de(lee_tarea(nombre).numero):
        assert f"- **{ejercicio.codigo}.** {ejercicio.pistas[0]}" in ideas
        suyos = errores.partition(f"\n**{ejercicio.codigo}**\n")[2].partition("\n**")[0]
        reconocidos = errores_de(ejercicio)[:ERRORES_POR_EJERCICIO]
        assert suyos.count("Suele pasar porque") == len(reconocidos) >= 2
        assert all(error.porque in suyos for error in reconocidos)


@POR_TAREA
def test_dice_como_se_reparte_y_se_recoge(nombre):
    texto = seccion(nombre, "Repartir y recoger")
    release = f"notebooks/tareas/release/{nombre}/{nombre}.ipynb"
    assert (RAIZ / release).is_file() and f"`{release}`" in texto
    # Cada tarea con su hoja: con la misma se perdería lo valorado en la anterior.
    hoja = f"notas_{nombre.partition('_')[0]}"
    assert f"python -m helpers calificar entregas.zip --csv {hoja}.csv --tarea {nombre}" in texto
    assert f"`{hoja}_paginas`" in texto and f"`{hoja}_textos.csv`" in pagina(nombre)
    assert ("python -m helpers parecidos" in texto) is (nombre == "08_proyecto_final")


def test_lo_que_otro_apartado_usa_no_se_manda_a_casa():
    tarea = lee_tarea("t4_guia")
    texto = guia_de_tareas.guia_de_tarea(tarea)
    # El 5 guarda con la función del 2 y escribe la ficha con la del 3.
    for titulo, consejo in (
        ("2. Guardar sin perder", "hace falta"),
        ("3. La ficha", "hace falta"),
        ("4. Cargar lo que dice la ficha", "para casa"),
    ):
        assert re.search(rf"^\| {titulo} \|.*\| {consejo} \|$", texto, re.MULTILINE), titulo
    origen = lee_cuaderno(TAREAS / "source" / "t4_guia" / "t4_guia.ipynb")
    repartido = lee_cuaderno(TAREAS / "release" / "t4_guia" / "t4_guia.ipynb")
    assert ahorro.si_falta_tiempo(origen) != ahorro.si_falta_tiempo(repartido), (
        "sin las soluciones no se sabría"
    )


def test_la_tabla_de_lo_que_se_tarda_cuadra():
    indice = (RAIZ / guia.CARPETA / "README.md").read_text(encoding="utf-8")
    texto = indice.partition("\n## Cuánto tarda calificar\n")[2].partition("\n## ")[0]
    filas = re.findall(r"^\| (\d+) \| ([\d.]+) \| ([\d.]+) \|$", texto, re.MULTILINE)
    assert [int(entregas) for entregas, *_ in filas] == [1, 10, 30, 100]
    for entregas, segundos, por_entrega in filas:
        assert abs(float(segundos) / int(entregas) - float(por_entrega)) < 0.05
    assert (RAIZ / "tests" / "crecimiento_de_calificar.py").is_file()
    a_solas = float(re.search(r"tardó ([\d.]+) s, 3.70 por entrega", texto)[1]) / 8
    assert round(float(dict((n, p) for n, _, p in filas)["30"]) / a_solas, 1) == 0.3
    assert f"de {Limites().celda} segundos por celda" in texto
