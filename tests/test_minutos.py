"""Los minutos declarados dan para leer y, después, para apostar y para cada ejercicio."""

import re

import pytest
from arbol import RAIZ

from helpers.docencia import lectura, minutos
from helpers.docencia.lecciones import Apartado, Celda
from helpers.docencia.planes import ENTRADA
from helpers.ordenes import guia as orden

CUADERNOS = minutos.cuadernos()
CIERRE = ("Lo esencial en cinco frases", "Qué viene ahora")
POR_CUADERNO = pytest.mark.parametrize(
    "cuaderno", CUADERNOS.values(), ids=lambda cuaderno: cuaderno.codigo
)


def partes(cuaderno):
    """Cada apartado por su lado; los dos del cierre, que se leen seguidos, juntos."""
    cierre = [apartado for apartado in cuaderno.apartados if apartado.titulo in CIERRE]
    sueltas = [[apartado] for apartado in cuaderno.apartados if apartado.titulo not in CIERRE]
    return [*sueltas, cierre] if cierre else sueltas


def falta_tiempo(cuaderno):
    """Da una frase por cada apartado al que no le llega."""
    for apartados in partes(cuaderno):
        suya = lectura.cuenta(*apartados)
        pide = lectura.POR_EJERCICIO * suya.ejercicios
        if suya.queda < pide:
            yield (
                f"{cuaderno.codigo}, «{apartados[0].titulo}»: de sus {suya.minutos} min, leer "
                f"{suya.palabras} palabras deja {suya.queda:.1f}, y hacen falta {pide}"
            )


def test_estan_todas_las_lecciones_y_las_tareas():
    codigos = [cuaderno.codigo for cuaderno in CUADERNOS.values()]
    assert len(codigos) == len(set(codigos))
    assert {"00", "05", "r2", "08", "t1", "t4"} <= set(codigos)


@POR_CUADERNO
def test_despues_de_leer_queda_tiempo(cuaderno):
    assert list(falta_tiempo(cuaderno)) == []


@POR_CUADERNO
def test_la_portada_se_lee_en_la_entrada(cuaderno):
    portada = cuaderno.celdas[0].fuente
    assert lectura.palabras(portada) / lectura.PALABRAS_POR_MINUTO <= ENTRADA


def apartado(minutos_, *celdas):
    return Apartado("1", "Uno", minutos_, celdas)


def texto(palabras, mas=""):
    return Celda(False, "voz " * palabras + mas, frozenset(), "", ())


APUESTA = 'predice("02a.p1", "¿Qué ocurre aquí?", a="nada de nada", b="todo", elijo=...)'


def test_se_cuenta_lo_que_se_lee():
    celdas = (
        texto(10, "[un enlace](https://ejemplo.org/muy/largo) <b>y</b> `codigo()` — ¿no?"),
        Celda(True, APUESTA, frozenset({"prediccion"}), "Elige a o b, antes de seguir.", ()),
        texto(0, "**Ejercicio 02a.1.** Hazlo."),
    )
    cuenta = lectura.cuenta(apartado(9, *celdas), apartado(1))
    assert cuenta == lectura.Cuenta(10, 15 + 7 + 3, 7, 1, 1, 1)
    assert cuenta.queda == pytest.approx(10 - 25 / lectura.PALABRAS_POR_MINUTO - 1)


@pytest.mark.parametrize(("declara", "llega"), [(5, True), (4, False)])
def test_un_apartado_apretado_se_nota(declara, llega):
    class Cuaderno:
        codigo = "02a"
        apartados = [apartado(declara, texto(500), texto(0, "**Ejercicio 02a.1.** Hazlo."))]

    assert (list(falta_tiempo(Cuaderno)) == []) is llega


# --- La página -----------------------------------------------------------------------------------
def test_la_pagina_cuenta_lo_que_hay_y_dice_que_no_se_midio_una_clase():
    pagina = minutos.pagina()
    assert "no hay ninguna clase cronometrada" in " ".join(pagina.split())
    filas = re.findall(r"^\| \[(\w+)\]\(guia_\1\.md\) \| (\d+) \| (\d+) \|", pagina, re.MULTILINE)
    assert [(c, int(m)) for c, m, _ in filas] == [
        (cuaderno.codigo, cuaderno.minutos) for cuaderno in CUADERNOS.values()
    ]
    assert all(int(leidas) > 300 for _, _, leidas in filas)


def test_lo_medido_se_queda_hasta_que_se_mide_otra_vez():
    guardado = (RAIZ / minutos.PAGINA).read_text(encoding="utf-8")
    medido = guardado.partition(minutos.ABRE)[2].partition(minutos.CIERRA)[0]
    assert re.match(r"\nMedido el \d{4}-\d\d-\d\d con Python \d", medido)
    segundos = dict(re.findall(r"^\| (\w+) \| (\d+) \|$", medido, re.MULTILINE))
    assert list(segundos) == [cuaderno.codigo for cuaderno in CUADERNOS.values()]
    assert medido in minutos.pagina()
    assert medido not in minutos.pagina("Otra cosa.")
    assert f"{minutos.ABRE}\nOtra cosa.\n{minutos.CIERRA}\n" in minutos.pagina("Otra cosa.")


def test_medir_ejecuta_cada_cuaderno_una_vez(monkeypatch):
    vistos = []
    monkeypatch.setattr(orden, "_segundos", lambda ruta: vistos.append(ruta) or 2.4)
    tabla = orden._mide()
    assert vistos == list(CUADERNOS)
    assert tabla.count(" | 2 |") == len(CUADERNOS)
    assert "núcleos" in tabla
