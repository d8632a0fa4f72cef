"""Qué apartados de una lección se pueden dejar sin que se rompa lo que sigue.

Se mira el código: qué nombres y qué archivos crea cada apartado, y cuáles usa lo que viene después.
"""

import ast
import re

from helpers.ejercicios import ejercicios_de

LIBRE = "se puede dejar entero"
CASA = "el ejercicio, para casa"
EJECUTA = "ejecutarlo sin comentarlo"
MAGIA = re.compile(r"^[%!].*$", re.MULTILINE)
ARCHIVO = re.compile(r"[\w./-]+\.[a-z]\w{1,7}")
FIJOS = ("Recuerda", "Lo esencial en cinco frases", "Qué viene ahora")


def si_falta_tiempo(leccion):
    """Qué hacer con cada apartado si no da tiempo a todo.

    Devuelve
    --------
    dict de str a str
        Por título. `LIBRE`: ningún apartado posterior usa lo que crea. Si alguno lo usa, `CASA` o,
        si no lleva ejercicio, `EJECUTA`. Los de recordar y cerrar, «».
    """
    soluciones = {e.codigo: e.solucion for e in ejercicios_de(leccion.codigo)}
    consejos, usado = {}, set()
    # Del último al primero: así se sabe qué usa lo que viene detrás.
    for apartado in reversed(leccion.apartados):
        crea, usa = _crea_y_usa(apartado, soluciones)
        if apartado.titulo in FIJOS:
            consejo = ""
        elif not crea & usado:
            consejo = LIBRE
        else:
            consejo = CASA if apartado.ejercicios else EJECUTA
        consejos[apartado.titulo] = consejo
        usado |= usa
    return {apartado.titulo: consejos[apartado.titulo] for apartado in leccion.apartados}


def minutos_libres(leccion):
    """Los que suman los apartados que se pueden dejar."""
    consejos = si_falta_tiempo(leccion)
    return sum(a.minutos for a in leccion.apartados if consejos[a.titulo] == LIBRE)


def _crea_y_usa(apartado, soluciones):
    """Los nombres y archivos que un apartado crea y los que toma de antes de él.

    Cuenta también la solución de sus ejercicios: quien los hace la escribe.
    """
    codigos = [celda.fuente for celda in apartado.celdas if celda.es_codigo]
    # La respuesta escrita de una tarea no está declarada, y no crea nada.
    codigos += [soluciones.get(codigo, "") for codigo in apartado.ejercicios]
    crea, usa = set(), set()
    for codigo in codigos:
        arbol = ast.parse(MAGIA.sub("", codigo))
        nodos = [nodo for nodo in ast.walk(arbol) if hasattr(nodo, "lineno")]
        for nodo in sorted(nodos, key=lambda nodo: (nodo.lineno, nodo.col_offset)):
            nuevos = _que_crea(nodo)
            if isinstance(nodo, ast.Name) and isinstance(nodo.ctx, ast.Load):
                usa |= {nodo.id} - crea
            elif isinstance(nodo, ast.Constant) and _es_archivo(nodo.value):
                # Al nombrar un archivo no se sabe si se crea o se lee: cuenta como las dos cosas.
                usa |= {nodo.value} - crea
                nuevos = {nodo.value}
            crea |= nuevos
    return crea, usa


def _que_crea(nodo):
    if isinstance(nodo, ast.Name) and not isinstance(nodo.ctx, ast.Load):
        return {nodo.id}
    if isinstance(nodo, ast.FunctionDef | ast.ClassDef):
        return {nodo.name}
    if isinstance(nodo, ast.Import | ast.ImportFrom):
        return {(alias.asname or alias.name).partition(".")[0] for alias in nodo.names}
    return set()


def _es_archivo(valor):
    return isinstance(valor, str) and bool(ARCHIVO.fullmatch(valor))
