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
    modulo = Path(inspect.getsourcefile(ejercicio.comprueba))
    funciones = _funciones(modulo)
    hallados = {}
    for nombre in _alcanza(funciones, ejercicio.comprueba.__name__):
        for nodo in ast.walk(funciones[nombre]):
            if (error := _error(nodo)) and error.nombre not in hallados:
                hallados[error.nombre] = error
    return list(hallados.values())


@cache
def _funciones(modulo):
    arbol = ast.parse(modulo.read_text(encoding="utf-8"))
    return {nodo.name: nodo for nodo in arbol.body if isinstance(nodo, ast.FunctionDef)}


def _alcanza(funciones, nombre):
    """Esa función y las del módulo que usa, directamente o no, en orden de aparición."""
    vistas, pendientes = set(), [nombre]
    while pendientes:
        actual = pendientes.pop()
        if actual in vistas or actual not in funciones:
            continue
        vistas.add(actual)
        nodos = ast.walk(funciones[actual])
        pendientes += [nodo.id for nodo in nodos if isinstance(nodo, ast.Name)]
    return sorted(vistas, key=lambda funcion: funciones[funcion].lineno)


def _error(nodo):
    """El de una llamada a `mal` con su razón escrita; None si no lo es."""
    if not (isinstance(nodo, ast.Call) and getattr(nodo.func, "id", "") == "mal"):
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
