"""Los errores que cada revisión reconoce, sacados de su código sin ejecutarlo.

Una revisión dice de cada error «Suele pasar porque …» y «Prueba …». Aquí se busca, desde la función
que comprueba un ejercicio, todo lo que puede llegar a decir. Lo que un mensaje toma de la respuesta
de quien aprende se escribe «…».
"""

import ast
import inspect
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

DE_PREGUNTAS = ("helpers.ejercicios.preguntas", "helpers.ejercicios.secuencias")
DE_UNA_OPCION = "otra_opcion"
ARRANQUES = {"porque": "Suele pasar porque", "prueba": "Prueba"}


@dataclass(frozen=True)
class ErrorHabitual:
    """Un error que se reconoce: su nombre corto y, en Markdown, lo que se dice de él."""

    nombre: str
    vi: str
    porque: str
    prueba: str


def errores_de(ejercicio):
    """Los errores que reconoce la revisión de un ejercicio, en el orden de su código.

    Parámetros
    ----------
    ejercicio : Ejercicio

    Devuelve
    --------
    list de ErrorHabitual
        Solo los que llevan su razón escrita: la que sale de una tabla no se sabe cuál es.
    """
    hallados = {}
    for error in _en(inspect.unwrap(ejercicio.comprueba), set()):
        hallados.setdefault((error.nombre, error.porque), error)
    # Lo que se confunde, antes que lo que se escribe mal.
    return sorted(hallados.values(), key=lambda error: error.nombre != DE_UNA_OPCION)


def _en(comprueba, vistas):
    """Los de una función y los de lo que usa de las revisiones, directamente o no."""
    vistas.add(comprueba)
    escrita = _funciones(Path(inspect.getsourcefile(comprueba))).get(comprueba.__name__)
    nodos = list(ast.walk(escrita)) if escrita else []  # una función hecha por otra no se busca
    yield from filter(None, map(_error, nodos))
    for nodo in nodos:
        usa = comprueba.__globals__.get(getattr(nodo, "id", ""))
        yield from _de_preguntas(usa)
        if _juzga(usa, comprueba.__module__) and usa not in vistas:
            yield from _en(usa, vistas)


def _juzga(usa, modulo):
    """Una función de esa revisión, o de las que juzgan preguntas con opciones."""
    return inspect.isfunction(usa) and usa.__module__ in (modulo, *DE_PREGUNTAS)


def _de_preguntas(usa):
    """Los de una pregunta con opciones, o de varias: cada opción que no vale lleva su razón."""
    for pregunta in usa.values() if isinstance(usa, dict) else [usa]:
        for opciones, motivo in getattr(pregunta, "motivos", {}).items():
            if isinstance(motivo, tuple):
                vi = f"«{opciones}» en: {pregunta.resumen}"
                yield ErrorHabitual(DE_UNA_OPCION, vi, motivo[1], f"a mirar {pregunta.mira}")


@cache
def _funciones(modulo):
    arbol = ast.parse(modulo.read_text(encoding="utf-8"))
    return {nodo.name: nodo for nodo in arbol.body if isinstance(nodo, ast.FunctionDef)}


def _error(nodo):
    """El de una llamada a `mal`, o a `Rechazo.por`, con su razón escrita; None si no lo es."""
    if not (isinstance(nodo, ast.Call) and ast.unparse(nodo.func) in ("mal", "Rechazo.por")):
        return None
    partes = {clave.arg: _texto(clave.value) for clave in nodo.keywords}
    if not (nodo.args and partes.get("porque") and partes.get("prueba")):
        return None
    return ErrorHabitual(_texto(nodo.args[0]), partes.get("vi", ""), *map(partes.get, ARRANQUES))


def _texto(nodo):
    """Lo escrito en una cadena, con «…» donde va un valor; «» si no es una cadena."""
    if isinstance(nodo, ast.Constant) and isinstance(nodo.value, str):
        return nodo.value
    if isinstance(nodo, ast.JoinedStr):
        partes = [parte.value if isinstance(parte, ast.Constant) else "…" for parte in nodo.values]
        return re.sub(r"…(\s*…)+", "…", "".join(partes))
    if isinstance(nodo, ast.BinOp) and isinstance(nodo.op, ast.Add):
        izquierda, derecha = _texto(nodo.left), _texto(nodo.right)
        return izquierda + derecha if izquierda and derecha else ""
    return ""
