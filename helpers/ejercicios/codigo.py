"""Mirar el código de una función de quien aprende, sin llamarla."""

from functools import partial
from types import CodeType


def nombres_que_usa(funcion):
    """Los nombres y los textos de una función y de lo que usa de su cuaderno, y sus módulos."""
    if isinstance(funcion, partial):
        funcion = funcion.func
    # También se puede llamar a un objeto, si su clase dice cómo.
    llamada = funcion if hasattr(funcion, "__globals__") else type(funcion).__call__
    ambito = getattr(llamada, "__globals__", {})
    nombres, partes = set(), [funcion, llamada]
    for parte in partes:  # crece mientras se recorre
        nombres.add(str(getattr(parte, "__name__", "")))
        nombres.add(str(getattr(parte, "__module__", "")).partition(".")[0])
        codigo = parte.__code__ if _es_de(ambito, parte) else parte
        if isinstance(codigo, CodeType):
            textos = {texto for texto in codigo.co_consts if isinstance(texto, str)}
            nuevos = ({*codigo.co_names} | textos) - nombres
            nombres |= nuevos
            partes += [ambito[nombre] for nombre in nuevos if nombre in ambito]
            partes += [dentro for dentro in codigo.co_consts if isinstance(dentro, CodeType)]
        elif isinstance(parte, type):
            partes += [metodo for metodo in vars(parte).values() if _es_de(ambito, metodo)]
    return nombres


def _es_de(ambito, algo):
    return getattr(algo, "__globals__", None) is ambito
