"""Las soluciones de una lección, para imprimir: enunciado, solución y errores habituales."""

import re

from helpers.docencia.errores_habituales import errores_de
from helpers.docencia.formato import bloque, codigo, en_linea
from helpers.ejercicios import ejercicios_de

CORTE = re.compile(r"(?m)^# %%.*\n")


def soluciones(leccion):
    """El HTML de todos los ejercicios de una lección, en orden.

    Parámetros
    ----------
    leccion : Leccion
    """
    return "\n".join(_articulo(leccion, ejercicio) for ejercicio in ejercicios_de(leccion.codigo))


def _articulo(leccion, ejercicio):
    puntos = "1 punto" if ejercicio.puntos == 1 else f"{ejercicio.puntos} puntos"
    celdas = CORTE.split(ejercicio.solucion.strip())
    partes = [
        f"<article>\n<h2>Ejercicio {ejercicio.codigo} · {puntos}</h2>",
        bloque(leccion.enunciados[ejercicio.codigo]),
        "<h3>Una solución</h3>" if len(celdas) == 1 else "<h3>Una solución, en sus celdas</h3>",
        *map(codigo, celdas),
        "<h3>Pistas</h3>",
        "<ol>" + "".join(f"<li>{en_linea(pista)}</li>" for pista in ejercicio.pistas) + "</ol>",
        *_errores(ejercicio),
        "</article>",
    ]
    return "\n".join(partes)


def _errores(ejercicio):
    if not (errores := errores_de(ejercicio)):
        return
    yield "<h3>Errores habituales</h3>"
    yield "<table><tr><th>Se ve</th><th>Suele pasar porque</th><th>Prueba</th></tr>"
    for error in errores:
        celdas = (error.vi or "…", error.porque, error.prueba)
        yield "<tr>" + "".join(f"<td>{en_linea(texto)}</td>" for texto in celdas) + "</tr>"
    yield "</table>"
