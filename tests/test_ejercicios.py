"""Cada ejercicio, con respuestas equivocadas de verdad: qué mensaje recibe cada una.

Los casos de una lección están en `tests/casos/leccion_XX.py`, en una lista `CASOS`.
"""

import ast
import importlib
import sys
from collections import Counter

import pytest
from aparte import dice_la_revision, en_otro_proceso
from arbol import RAIZ
from casos import Caso

from helpers.ejercicios import ejecucion, ejercicios_de, evalua, predicciones_de
from helpers.ejercicios.resultado import Estado

LECCIONES = sorted(
    ruta.stem.removeprefix("leccion_")
    for ruta in (RAIZ / "helpers" / "ejercicios").glob("leccion_*.py")
)
EJERCICIOS = [ejercicio for leccion in LECCIONES for ejercicio in ejercicios_de(leccion)]
CASOS = [
    caso
    for leccion in LECCIONES
    for caso in importlib.import_module(f"casos.leccion_{leccion}").CASOS
]


@pytest.mark.parametrize("caso", CASOS, ids=str)
def test_cada_error_recibe_su_mensaje(caso: Caso, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    # Los bucles infinitos de los casos no tienen por qué durar lo que en clase.
    monkeypatch.setattr(ejecucion, "LIMITE_SEGUNDOS", 1)
    leccion = caso.codigo.partition(".")[0]
    numero = importlib.import_module(f"casos.leccion_{leccion}").CASOS.index(caso)
    con_dill = "dill" in sys.modules
    resultado = en_otro_proceso(leccion, dice_la_revision, leccion, numero, tmp_path, 1)
    assert ("dill" in sys.modules) == con_dill, "añade la lección a `aparte.CON_DILL`"
    assert (resultado.mensaje, resultado.estado) == (caso.mensaje, caso.estado), resultado.texto
    assert caso.fragmento in resultado.texto
    if resultado.estado is Estado.INCORRECTO:
        arranques = [linea.split(" ")[0] for linea in resultado.texto.split("\n")]
        assert arranques == ["Vi", "Esperaba", "Suele", "Prueba"]


@pytest.mark.parametrize("ejercicio", EJERCICIOS, ids=lambda e: e.codigo)
def test_cada_ejercicio_tiene_lo_suyo(ejercicio):
    assert ejercicio.puntos > 0
    assert len(set(ejercicio.pistas)) == 3
    assert all(len(pista) > 20 for pista in ejercicio.pistas)
    equivocados = {
        caso.mensaje
        for caso in CASOS
        if caso.codigo == ejercicio.codigo and caso.estado in (Estado.INCORRECTO, Estado.ERROR_TUYO)
    }
    assert len(equivocados) >= 3, "hacen falta tres respuestas equivocadas con mensajes distintos"


@pytest.mark.parametrize("ejercicio", EJERCICIOS, ids=lambda e: e.codigo)
def test_en_blanco_no_se_juzga(ejercicio, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert evalua(ejercicio.codigo, ...).estado is Estado.SIN_RESPONDER


def lee_python(ruta):
    return ast.parse(ruta.read_text(encoding="utf-8"))


def es_def(nodo):
    return isinstance(nodo, ast.FunctionDef)


def nombres(arbol):
    return {nodo.id for nodo in ast.walk(arbol) if isinstance(nodo, ast.Name)}


def mensajes_escritos(arbol):
    """Los nombres de los mensajes que se escriben en un código."""
    escriben = ("mal", "Rechazo.por", "error_tuyo")
    return {
        nodo.args[0].value
        for nodo in ast.walk(arbol)
        if isinstance(nodo, ast.Call) and ast.unparse(nodo.func) in escriben
    }


@pytest.mark.parametrize("leccion", LECCIONES)
def test_ningun_mensaje_queda_sin_caso(leccion):
    carpeta = RAIZ / "helpers" / "ejercicios"
    arboles = [lee_python(archivo) for archivo in carpeta.glob(f"*_{leccion}.py")]
    # Lo que hay en estos dos cuenta en cada lección que lo usa.
    compartido = [lee_python(carpeta / nombre) for nombre in ("preguntas.py", "secuencias.py")]
    comunes = {nodo.name: nodo for arbol in compartido for nodo in arbol.body if es_def(nodo)}
    for arbol in arboles:
        arboles += [comunes.pop(nombre) for nombre in nombres(arbol) if nombre in comunes]
    escritos = set().union(*map(mensajes_escritos, arboles))
    assert escritos
    probados = {caso.mensaje for caso in CASOS if caso.codigo.startswith(f"{leccion}.")}
    assert escritos - probados == set()


@pytest.mark.parametrize("leccion", LECCIONES)
def test_los_codigos_son_de_la_leccion_y_no_se_repiten(leccion):
    codigos = [d.codigo for d in (*ejercicios_de(leccion), *predicciones_de(leccion))]
    assert [codigo for codigo, veces in Counter(codigos).items() if veces > 1] == []
    assert all(codigo.startswith(f"{leccion}.") for codigo in codigos)


@pytest.mark.parametrize("leccion", LECCIONES)
def test_cada_prediccion_responde_a_cada_letra(leccion):
    for prediccion in predicciones_de(leccion):
        assert set(prediccion.comentarios) >= {"a", "b"}, prediccion.codigo
        assert all(prediccion.comentarios.values())
