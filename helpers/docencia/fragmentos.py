"""Código sin lo que se cambia para disimular: nombres, textos, comentarios y espacios."""

import ast
import io
import re
import token
import tokenize

LARGO = 10  # piezas de un fragmento: menos coinciden por azar, más no resisten un retoque
MAXIMO = 20_000  # letras de una celda: nadie escribe tanto, y leer más cuesta demasiado
NOMBRE = "nombre"
ORDEN_DE_IPYTHON = re.compile(r"^\s*[%!].*$", re.MULTILINE)
SIN_VALOR = {token.NEWLINE, token.NL, token.INDENT, token.DEDENT, token.ENDMARKER, token.COMMENT}


def fragmentos(codigo):
    """Los trozos de `LARGO` piezas de un código, sin lo que se cambia para disimular.

    Parámetros
    ----------
    codigo : str

    Devuelve
    --------
    frozenset of str
        Ninguno si el código es más corto, no es Python o es desmesurado.
    """
    piezas = _piezas(codigo)
    return frozenset(
        " ".join(piezas[puesto : puesto + LARGO]) for puesto in range(len(piezas) - LARGO + 1)
    )


def _piezas(codigo):
    if len(codigo) > MAXIMO:
        return []
    try:
        arbol = ast.parse(ORDEN_DE_IPYTHON.sub("pass", codigo))
        limpio = ast.unparse(_Disfraz(_propios(arbol)).visit(arbol))
        # De una en una: cada pieza lleva consigo su línea, y una línea puede ser enorme.
        leidas = tokenize.generate_tokens(io.StringIO(limpio).readline)
        return [pieza.string for pieza in leidas if pieza.type not in SIN_VALOR]
    except (SyntaxError, ValueError, RecursionError, MemoryError, tokenize.TokenError):
        return []


def _propios(arbol):
    """Los nombres que el código da a sus cosas: los demás son de Python o de una librería."""
    nombres = set()
    for nodo in ast.walk(arbol):
        if isinstance(nodo, ast.Name) and isinstance(nodo.ctx, ast.Store):
            nombres.add(nodo.id)
        elif isinstance(nodo, ast.arg):
            nombres.add(nodo.arg)
        elif isinstance(nodo, ast.FunctionDef | ast.ClassDef | ast.ExceptHandler) and nodo.name:
            nombres.add(nodo.name)
        elif isinstance(nodo, ast.alias):
            nombres.add(nodo.asname or nodo.name.partition(".")[0])
    return nombres


class _Disfraz(ast.NodeTransformer):
    """Pone a todos los nombres propios el mismo, y a todos los textos el mismo."""

    def __init__(self, propios):
        self.propios = propios

    def _de(self, nombre):
        return NOMBRE if nombre in self.propios else nombre

    def visit_Name(self, nodo):
        nodo.id = self._de(nodo.id)
        return nodo

    def visit_arg(self, nodo):
        nodo.arg, nodo.annotation = NOMBRE, None
        return nodo

    def visit_keyword(self, nodo):
        nodo.arg = nodo.arg and self._de(nodo.arg)
        return self.generic_visit(nodo)

    def visit_FunctionDef(self, nodo):
        nodo.name, nodo.returns = NOMBRE, None
        nodo.body = _sin_explicacion(nodo.body)
        return self.generic_visit(nodo)

    def visit_ClassDef(self, nodo):
        nodo.name, nodo.body = NOMBRE, _sin_explicacion(nodo.body)
        return self.generic_visit(nodo)

    def visit_ExceptHandler(self, nodo):
        nodo.name = nodo.name and NOMBRE
        return self.generic_visit(nodo)

    def visit_alias(self, nodo):
        nodo.asname = None
        return nodo

    def visit_JoinedStr(self, nodo):
        return ast.copy_location(ast.Constant("texto"), nodo)

    def visit_Constant(self, nodo):
        if isinstance(nodo.value, str | bytes):
            nodo.value, nodo.kind = "texto", None
        return nodo


def _sin_explicacion(cuerpo):
    """Un cuerpo sin su docstring, que es un comentario."""
    primera = cuerpo[0]
    es_texto = isinstance(primera, ast.Expr) and isinstance(primera.value, ast.Constant)
    if es_texto and isinstance(primera.value.value, str):
        return cuerpo[1:] or [ast.Pass()]
    return cuerpo
