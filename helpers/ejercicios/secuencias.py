"""Ordenar pasos: cada uno tiene su letra, alguno sobra, y unos van antes que otros."""

from dataclasses import dataclass

from helpers.ejercicios.preguntas import limpia
from helpers.ejercicios.resultado import bien, mal, muestra, sin_responder

SEPARADORES = " ,-→>"


@dataclass(frozen=True)
class Antes:
    """Un paso que va antes que otro, y lo que decir a quien los cruza.

    Parámetros
    ----------
    primero, segundo : str
        Las letras de los dos pasos.
    vi, esperaba, porque : str
        Tres frases del mensaje, sin su arranque; la cuarta dice qué letra adelantar.
    """

    primero: str
    segundo: str
    vi: str
    esperaba: str
    porque: str


def juzga_orden(respuesta, pasos, sobra, reglas, acierto):
    """El resultado de una pregunta que se contesta con letras en orden.

    Parámetros
    ----------
    respuesta : cualquier valor
        Se espera un texto, como `"dcab"`; una lista de letras también vale.
    pasos : str
        Las letras que hacen falta.
    sobra : dict de str a (str, str)
        Por cada letra que sobra: por qué se incluye y qué hay que recordar.
    reglas : tuple de Antes
        Se miran en este orden. Cumplirlas todas es acertar.
    acierto : str
        Lo que conviene recordar al acertar.
    """
    letras = _letras(respuesta)
    if not letras:
        return sin_responder()
    todas = sorted([*pasos, *sobra])
    if ajenas := [letra for letra in letras if letra not in todas]:
        return mal(
            "otras_letras",
            vi=f"{muestra(respuesta)}, con «{ajenas[0]}»",
            esperaba=f"un texto con letras de la {todas[0]} a la {todas[-1]}",
            porque="se escriben los pasos, o sus números",
            prueba=f'algo como `"{"".join(todas)}"`, en tu orden y sin la que sobra',
        )
    if de_mas := [letra for letra in letras if letra in sobra]:
        porque, recuerda = sobra[de_mas[0]]
        return mal(
            "sobra",
            vi=f"la {de_mas[0]} en tu lista",
            esperaba="los demás pasos, sin ese",
            porque=porque,
            prueba=f"a quitarla: {recuerda}",
        )
    if sorted(letras) != sorted(pasos):
        return mal(
            "faltan_o_se_repiten",
            vi=f"estas letras: {' '.join(letras)}",
            esperaba=f"{len(pasos)} letras, una vez cada una",
            porque="se da un paso por hecho, o se escribe dos veces",
            prueba="a tachar cada paso al usarlo",
        )
    for regla in reglas:
        if letras.index(regla.primero) > letras.index(regla.segundo):
            return mal(
                "fuera_de_orden",
                vi=regla.vi,
                esperaba=regla.esperaba,
                porque=regla.porque,
                prueba=f"a poner la {regla.primero} antes que la {regla.segundo}",
            )
    return bien(acierto)


def _letras(respuesta):
    """Las letras de una respuesta, en orden; de una lista de textos, las de todos."""
    de_lista = isinstance(respuesta, list | tuple)
    if de_lista and all(isinstance(letra, str) for letra in respuesta):
        respuesta = "".join(respuesta)
    return [letra for letra in limpia(respuesta) if letra not in SEPARADORES]
