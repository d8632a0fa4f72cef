"""Qué entregas se parecen demasiado, y por qué. No decide nada: señala dónde mirar.

Lo que comparte media clase no dice nada de nadie: solo cuenta lo que casi nadie más tiene.
"""

import math
from collections import Counter
from dataclasses import dataclass, field
from functools import cache
from itertools import combinations

from helpers import variantes
from helpers.errores import ErrorDelCurso

CLASE_CORTA = 8  # con menos entregas no se sabe qué es corriente
COMUN = 0.15  # de la clase: lo que tienen más personas es corriente
# Fragmentos compartidos: pocos y raros, o muchos y casi todos.
RAROS, PARTE = 40, 0.6  # la parte es de lo propio de quien menos tiene
MUCHOS, CASI_TODO = 200, 0.8
NUMEROS = 2  # uno solo puede ser una constante


@dataclass
class Pareja:
    """Dos entregas y los motivos para mirarlas juntas."""

    una: str
    otra: str
    motivos: list[str] = field(default_factory=list)


def busca(indicios):
    """Las parejas que conviene mirar, antes las que tienen más motivos.

    Parámetros
    ----------
    indicios : list[Indicios]

    Devuelve
    --------
    list[Pareja]
    """
    parejas = {}
    for busca_motivos in (_codigo, _modelos, _archivos, _numeros):
        for una, otra, motivo in busca_motivos(indicios):
            clave = tuple(sorted((una, otra)))
            nombres = [indicios[numero].nombre for numero in clave]
            parejas.setdefault(clave, Pareja(*nombres)).motivos.append(motivo)
    return sorted(parejas.values(), key=lambda p: (-len(p.motivos), p.una, p.otra))


# --- Código --------------------------------------------------------------------------------------
def _codigo(indicios):
    todos = [frozenset().union(*uno.codigo.values()) for uno in indicios]
    # En una clase corta no se sabe qué es raro: solo cuenta que coincida casi todo.
    propios = _solo_lo_raro(todos) if len(todos) >= CLASE_CORTA else [frozenset()] * len(todos)
    for una, otra in combinations(range(len(indicios)), 2):
        comunes, parte, de_que = _lo_comun(todos[una], todos[otra], propios[una], propios[otra])
        if comunes:
            cuanto = f"{round(100 * parte)} % de {de_que}"
            donde = f"{len(comunes)} fragmentos, en {_donde(indicios[una], comunes)}"
            disfraz = "sin nombres, textos, comentarios ni espacios"
            motivo = f"código: {disfraz}, coincide el {cuanto} ({donde})"
            yield una, otra, motivo


def _lo_comun(una, otra, rara, otra_rara):
    """Lo que comparten si es demasiado, y qué parte es de qué; si no lo es, nada."""
    comunes = una & otra
    if len(comunes) >= MUCHOS and len(comunes) >= CASI_TODO * len(una | otra):
        return comunes, len(comunes) / len(una | otra), "todo lo que escribieron"
    comunes, menor = rara & otra_rara, min(len(rara), len(otra_rara))
    if len(comunes) >= RAROS and len(comunes) >= PARTE * menor:
        return comunes, len(comunes) / menor, "lo que casi nadie más escribió"
    return frozenset(), 0, ""


def _solo_lo_raro(conjuntos):
    """Cada conjunto sin lo que tiene demasiada gente."""
    veces = Counter(cosa for conjunto in conjuntos for cosa in conjunto)
    tope = max(3, math.floor(COMUN * len(conjuntos)))
    return [{cosa for cosa in conjunto if veces[cosa] <= tope} for conjunto in conjuntos]


def _donde(uno, comunes):
    """Los ejercicios donde está casi todo lo común."""
    cuantos = {codigo: len(suyos & comunes) for codigo, suyos in uno.codigo.items()}
    casi_todo = [codigo for codigo, n in sorted(cuantos.items()) if 10 * n > len(comunes)]
    return ", ".join(codigo or "otras celdas" for codigo in casi_todo)


# --- Modelos -------------------------------------------------------------------------------------
def _modelos(indicios):
    """El modelo de otra persona: sus coeficientes son los de la variante de ella."""
    ejemplo = variantes.recta(*variantes.EJEMPLO)
    sueltos = []
    for numero, uno in enumerate(indicios):
        if uno.recta is None or _iguales(uno.recta, ejemplo):
            continue
        duenos = _duenos(uno, indicios)
        if numero in duenos:
            continue
        for dueno in duenos:
            de_quien = f"los coeficientes de la variante de «{indicios[dueno].nombre}»"
            yield numero, dueno, f"modelo: el de «{uno.nombre}» tiene {de_quien}"
        if not duenos:
            sueltos.append(numero)
    for una, otra in combinations(sueltos, 2):
        if _iguales(indicios[una].recta, indicios[otra].recta):
            motivo = "modelo: los mismos coeficientes, y no son los de ninguna variante"
            yield una, otra, motivo


def _duenos(uno, indicios):
    """De quién, en esta clase, es la variante de un modelo; se prueba con cada curso declarado."""
    cursos = {otro.dice_ser[0] for otro in indicios if otro.dice_ser}
    return [
        numero
        for numero, otro in enumerate(indicios)
        if any(_iguales(uno.recta, recta) for curso in cursos for recta in _rectas(curso, otro))
    ]


@cache
def _recta_de(curso, nombre):
    try:
        return variantes.recta(curso, nombre)
    except ErrorDelCurso:
        return (math.nan,) * 3


def _rectas(curso, otro):
    """Las de los nombres de una persona: el de la entrega y, si es suyo, el que escribió."""
    nombres = {otro.nombre}
    if otro.dice_ser and variantes.coincide(otro.dice_ser[1], otro.nombre):
        nombres.add(otro.dice_ser[1])
    return [_recta_de(curso, nombre) for nombre in sorted(nombres)]


def _iguales(una, otra):
    return all(
        math.isclose(a, b, rel_tol=1e-6, abs_tol=1e-6) for a, b in zip(una, otra, strict=True)
    )


# --- Archivos y números --------------------------------------------------------------------------
def _archivos(indicios):
    """Archivos idénticos. Sin variante, un modelo correcto es igual para todos: no cuenta."""
    con_datos_propios = [
        {
            huella
            for huella, nombre in uno.archivos.items()
            if uno.dice_ser or nombre.endswith(".ipynb")
        }
        for uno in indicios
    ]
    for una, otra, comunes in _comparten(con_datos_propios):
        nombres = sorted({indicios[una].archivos[huella] for huella in comunes})
        yield una, otra, f"archivos: idénticos, byte a byte: {', '.join(nombres[:5])}"


def _numeros(indicios):
    """Números largos que imprimen las dos y casi nadie más, si cada una tiene sus datos."""
    impresos = [set(uno.numeros) if uno.dice_ser else set() for uno in indicios]
    for una, otra, comunes in _comparten(impresos):
        if len(comunes) >= NUMEROS:
            ejemplo = max(comunes, key=len)[:24]
            yield (
                una,
                otra,
                (f"salidas: {len(comunes)} números que nadie más imprime, como {ejemplo}"),
            )


def _comparten(conjuntos):
    raros = _solo_lo_raro(conjuntos)
    for una, otra in combinations(range(len(conjuntos)), 2):
        if comunes := raros[una] & raros[otra]:
            yield una, otra, comunes
