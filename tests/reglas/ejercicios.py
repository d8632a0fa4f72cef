"""Cada ejercicio está entero (enunciado, respuesta, revisión) y coincide con lo declarado."""

import re
from itertools import takewhile

from reglas.cuaderno import texto_de

ENUNCIADO = re.compile(r"^\*\*Ejercicio ((?:\d\d[a-z]?|r\d)\.\d+)\.\*\* ", re.MULTILINE)
ESPERADO = "*Resultado esperado:"


def enunciados(cuaderno):
    """Da (celda, código) de cada enunciado, en orden."""
    for celda in cuaderno.de_texto:
        for codigo in ENUNCIADO.findall(celda.fuente):
            yield celda, codigo


def enteros(cuaderno):
    """Tras cada enunciado van sus celdas «respuesta», y la última acaba con la revisión.

    Si la respuesta es una celda `%%writefile`, la revisión va en su propia celda.
    """
    for numero, (celda, codigo) in enumerate(enunciados(cuaderno), start=1):
        if codigo != f"{cuaderno.numero}.{numero}":
            yield cuaderno.fallo(celda, f"es el ejercicio {cuaderno.numero}.{numero}, no {codigo}")
        if ESPERADO not in celda.fuente:
            yield cuaderno.fallo(celda, f"al enunciado le falta «{ESPERADO} …*»")
        suyas = list(takewhile(_es_de_un_ejercicio, cuaderno.celdas[celda.numero :]))
        if not any("respuesta" in suya.etiquetas for suya in suyas):
            yield cuaderno.fallo(celda, "tras el enunciado va una celda «respuesta»")
        if suyas:
            yield from _revision(cuaderno, suyas[-1], codigo)


def _es_de_un_ejercicio(celda):
    return bool(celda.etiquetas & {"respuesta", "revision"})


def _revision(cuaderno, celda, codigo):
    llamada, *resto = celda.fuente.splitlines()[-3:]
    pie = [f'# pista("{codigo}")', f'# solucion("{codigo}")']
    if not re.fullmatch(rf'revisa\("{re.escape(codigo)}"(, .+)?\)', llamada) or resto != pie:
        yield cuaderno.fallo(
            celda, f'acaba con tres líneas: revisa("{codigo}", …), {pie[0]} y {pie[1]}'
        )
    vista = "".join(texto_de(salida) for salida in celda.salidas)
    if not vista.startswith(f"{codigo} · Todavía sin responder"):
        yield cuaderno.fallo(
            celda, "se guarda sin responder: su salida empieza por «… · Todavía sin responder»"
        )


def sueltas(cuaderno):
    """Toda celda «respuesta» tiene un hueco por llenar y pertenece a un ejercicio."""
    dentro = set()
    for celda, _ in enunciados(cuaderno):
        for siguiente in cuaderno.celdas[celda.numero :]:
            dentro.add(siguiente.numero)
            if not _es_de_un_ejercicio(siguiente):
                break
    for celda in cuaderno.de_codigo:
        if _es_de_un_ejercicio(celda) and celda.numero not in dentro:
            yield cuaderno.fallo(celda, "no sigue a ningún «**Ejercicio …**». Ponla tras el suyo")
        hueco = "..." in celda.fuente or celda.fuente.startswith("%%writefile")
        if "respuesta" in celda.etiquetas and not hueco:
            yield cuaderno.fallo(
                celda, "no deja nada por responder. Pon «...» donde va la respuesta"
            )


def predicciones(cuaderno):
    """Tras cada `predice` hay algo oculto que la resuelve y un `compara` con su código."""
    apuestas = [(celda, codigo) for celda, codigo in _llamadas(cuaderno, "predice")]
    comparadas = dict((codigo, celda) for celda, codigo in _llamadas(cuaderno, "compara"))
    for numero, (celda, codigo) in enumerate(apuestas, start=1):
        if codigo != f"{cuaderno.numero}.p{numero}":
            yield cuaderno.fallo(
                celda, f"es la predicción {cuaderno.numero}.p{numero}, no {codigo}"
            )
        comparada = comparadas.pop(codigo, None)
        if comparada is None or comparada.numero < celda.numero:
            yield cuaderno.fallo(celda, f'falta después su compara("{codigo}", …)')
    for codigo, celda in comparadas.items():
        yield cuaderno.fallo(celda, f"compara {codigo}, que nadie ha predicho")
    for celda, codigo in _llamadas(cuaderno, "compara"):
        if "tras-prediccion" not in celda.etiquetas:
            yield cuaderno.fallo(celda, f"cuenta lo que ocurrió en {codigo}: es «tras-prediccion»")


def declarados(cuaderno, ejercicios, apuestas):
    """Lo que el cuaderno pregunta es lo declarado en helpers/ejercicios, y nada más.

    Parámetros
    ----------
    cuaderno : Cuaderno
    ejercicios, apuestas : iterables de str
        Los códigos declarados para la lección.
    """
    pregunta = {codigo for _, codigo in enunciados(cuaderno)}
    predice = {codigo for _, codigo in _llamadas(cuaderno, "predice")}
    for que, escritos, hechos in (
        ("el ejercicio", pregunta, set(ejercicios)),
        ("la predicción", predice, set(apuestas)),
    ):
        for codigo in sorted(escritos - hechos):
            yield cuaderno.fallo(None, f"pone {que} {codigo}, sin declarar en helpers/ejercicios")
        for codigo in sorted(hechos - escritos):
            yield cuaderno.fallo(None, f"no pone {que} {codigo}, declarado en helpers/ejercicios")


def _llamadas(cuaderno, nombre):
    """Da (celda, código) de cada llamada de primer nivel a `predice` o a `compara`."""
    for celda in cuaderno.de_codigo:
        for codigo in re.findall(rf'^{nombre}\(\s*"([^"]+)"', celda.fuente, re.MULTILINE):
            yield celda, codigo
