"""El código de una lección es el que se imita: breve, sin atajos, y empieza igual en todas."""

import ast

from celda_de_preparacion import CELDA

LINEAS = 8
# Se lee de corrido, sin ideas nuevas por línea: una respuesta, una apuesta o un archivo entero.
LINEAS_DE_UN_BLOQUE = 12
DE_BLOQUE = {"respuesta", "prediccion"}
AMPLIAS = {"Exception", "BaseException"}


def preparacion(cuaderno):
    """La primera celda de código es la común, letra por letra, y la única con su etiqueta."""
    for puesto, celda in enumerate(cuaderno.de_codigo):
        if puesto == 0 and celda.fuente != CELDA:
            yield cuaderno.fallo(
                celda,
                "no es la celda de preparación de todas las lecciones. "
                "Cópiala de tests/celda_de_preparacion.py",
            )
        if ("preparacion" in celda.etiquetas) != (puesto == 0):
            yield cuaderno.fallo(
                celda, "«preparacion» va en la primera celda de código y solo en ella"
            )


def imitable(cuaderno):
    """Sin excepciones atrapadas a ciegas, importaciones con `*` ni preguntas por teclado."""
    for celda in cuaderno.de_codigo:
        try:
            arbol = ast.parse(celda.python)
        except SyntaxError as error:
            if "raises-exception" not in celda.etiquetas and not celda.fuente.startswith("%%"):
                yield cuaderno.fallo(celda, f"no es Python: {error.msg}, línea {error.lineno}")
            continue
        for nodo in ast.walk(arbol):
            if isinstance(nodo, ast.ExceptHandler) and _atrapa_todo(nodo.type):
                yield cuaderno.fallo(
                    celda, "atrapa cualquier error. Nombra la excepción que esperas"
                )
            if isinstance(nodo, ast.ImportFrom) and nodo.names[0].name == "*":
                yield cuaderno.fallo(celda, "importa con «*». Nombra lo que usas")
            if isinstance(nodo, ast.Call) and getattr(nodo.func, "id", "") == "input":
                yield cuaderno.fallo(celda, "pide algo con input() y detiene el cuaderno. Quítalo")


def _atrapa_todo(tipo):
    if tipo is None:
        return True
    return bool({n.id for n in ast.walk(tipo) if isinstance(n, ast.Name)} & AMPLIAS)


def brevedad(cuaderno):
    """Como mucho 8 líneas nuevas por celda; 12 en respuestas, apuestas y celdas con `%%`.

    No cuentan las líneas en blanco ni los comentarios. La celda de preparación es la excepción:
    nadie tiene que leerla.
    """
    for celda in cuaderno.de_codigo:
        if "preparacion" in celda.etiquetas:
            continue
        de_bloque = celda.etiquetas & DE_BLOQUE or celda.fuente.startswith("%%")
        limite = LINEAS_DE_UN_BLOQUE if de_bloque else LINEAS
        lineas = [linea.strip() for linea in celda.fuente.splitlines()]
        escritas = sum(1 for linea in lineas if linea and not linea.startswith(("#", "%%")))
        if escritas > limite:
            yield cuaderno.fallo(celda, f"tiene {escritas} líneas de código. Pártela en {limite}")
