"""Cómo se comprueban los ejercicios de 02e. Los escenarios están en `escenarios_02e.py`."""

import math

from helpers.ejercicios.escenarios_02e import ESCENARIOS, OPCIONES
from helpers.ejercicios.preguntas import exige_diccionario, limpia, opcion_de
from helpers.ejercicios.resultado import bien, es_numero, mal, muestra, sin_responder

TOLERANCIA = 0.02  # relativa
DECIMAL = 0.051  # las tablas enseñan un decimal: leer ahí el número también vale
LENTO = 2  # veces el límite físico; lo dice el enunciado


# --- 02e.1 · doce escenarios ---------------------------------------------------------------------
def comprueba_eleccion(eleccion):
    """A cada escenario, una opción que valga."""
    exige_diccionario(eleccion, "los doce escenarios")
    pendientes = [letra for letra in ESCENARIOS if eleccion.get(letra, ...) is ...]
    if pendientes:
        return sin_responder(f"Quedan por elegir: {', '.join(pendientes)}.")
    for letra, escenario in ESCENARIOS.items():
        elegida = opcion_de(eleccion[letra], OPCIONES)
        if elegida is None:
            return mal(
                "otra_opcion",
                vi=f"en {letra}, {muestra(eleccion[letra])}",
                esperaba=f"una de estas: {', '.join(OPCIONES)}",
                porque="se escribe otro nombre, o dos opciones juntas",
                prueba="el nombre tal cual, entre comillas",
            )
        if elegida not in escenario.valen:
            valen = len(escenario.valen)
            cuantas = "la única que vale ahí" if valen == 1 else f"una de las {valen} que valen ahí"
            return mal(
                "escenario",
                vi=f"en {letra} ({escenario.resumen}) la opción «{elegida}»: "
                f"{escenario.motivo(elegida)}",
                esperaba=cuantas,
                porque="se elige por costumbre y no por lo que pide el caso",
                prueba=f"a mirar {escenario.mira}",
            )
    return bien("Doce de doce. No hay un método mejor: hay uno que responde a lo que necesitas.")


# --- 02e.2 · seis frases de una tabla ajena ------------------------------------------------------
def _bytes(tabla, modelo, metodo):
    return float(tabla.loc[(modelo, metodo, "guardar"), "archivo_bytes"])


def numeros_de(tabla):
    """Los seis números que pide el ejercicio, calculados con una tabla."""
    regresion = {m: _bytes(tabla, "regresión", m) for m in tabla.index.unique("metodo")}
    return {
        1: regresion["joblib"] / regresion["pickle"],
        2: regresion["joblib comprimido"] / regresion["pickle"],
        3: _bytes(tabla, "bosque", "skops") / _bytes(tabla, "bosque", "pickle"),
        4: regresion["dill"] / regresion["pickle"],
        5: float(tabla.loc[("bosque", "joblib", "guardar"), "veces_pickle"]),
        6: float(tabla.loc[("gigante", "pickle", "guardar"), "veces_el_limite"]),
    }


# Cada frase es cierta si su número cumple esto.
ES_CIERTA = {
    1: lambda veces: veces < 1,
    2: lambda veces: veces < 1,
    3: lambda veces: veces < 1,
    4: lambda veces: veces > 1,
    5: lambda veces: veces < 1,
    6: lambda veces: veces > LENTO,
}


def comprueba_correcciones(tabla, correcciones):
    """Cada frase lleva el número de la tabla y el veredicto que ese número sostiene."""
    exige_diccionario(correcciones, "las seis frases")
    pendientes = [frase for frase in ES_CIERTA if _en_blanco(correcciones.get(frase, ...))]
    if pendientes:
        return sin_responder(f"Quedan frases por corregir: {', '.join(map(str, pendientes))}.")
    try:
        medidos = numeros_de(tabla)
    except (AttributeError, KeyError, TypeError, ValueError):
        return mal(
            "otra_tabla",
            vi=f"como primera respuesta, {muestra(tabla)}",
            esperaba="`tabla`, con los tres modelos y los cinco métodos",
            porque="se pasa otra tabla, o se modificó la del apartado 1",
            prueba="a ejecutar otra vez la celda que mide y a pasar `tabla` tal como queda",
        )
    for frase, medido in medidos.items():
        if motivo := _problema(frase, correcciones[frase], medido):
            return motivo
    falsas = sum(not ES_CIERTA[frase](medido) for frase, medido in medidos.items())
    return bien(f"Con tus números, {falsas} de las seis frases no se sostienen en tu equipo.")


def _problema(frase, correccion, medido):
    try:
        numero, veredicto = correccion
    except (TypeError, ValueError):
        numero, veredicto = correccion, None
    if not es_numero(numero) or not isinstance(veredicto, str) or math.isnan(numero):
        return mal(
            "sin_pareja",
            vi=f"en la frase {frase}, {muestra(correccion)}",
            esperaba="un número y una palabra, en ese orden",
            porque="falta una de las dos cosas, o el número va entre comillas",
            prueba='`(1.5, "falsa")`, con lo tuyo',
        )
    if math.isclose(numero * medido, 1, rel_tol=TOLERANCIA) and not _cerca(numero, medido):
        return mal(
            "al_reves",
            vi=f"en la frase {frase}, {numero:.4g}",
            esperaba="la división al revés",
            porque="se divide pickle entre el otro, y la pregunta es cuántas veces ocupa el otro",
            prueba="a poner pickle debajo: es con quien se compara",
        )
    if not _cerca(numero, medido):
        return mal(
            "otro_numero",
            vi=f"en la frase {frase}, {numero:.4g}",
            esperaba=f"{medido:.4g}, que es lo que sale de tu tabla",
            porque="se toma otra fila o columna, o un número de una tabla ajena",
            prueba="a leer de nuevo qué modelo y qué métodos compara la frase",
        )
    palabra = limpia(veredicto)
    if palabra not in ("cierta", "falsa"):
        return mal(
            "otra_palabra",
            vi=f"en la frase {frase}, el veredicto {muestra(veredicto)}",
            esperaba='"cierta" o "falsa"',
            porque="se escribe otra palabra, o una frase",
            prueba="una de las dos, y nada más",
        )
    if (palabra == "cierta") != ES_CIERTA[frase](medido):
        return mal(
            "otro_veredicto",
            vi=f"la frase {frase} como {palabra}, con el número {numero:.4g}",
            esperaba="el veredicto que ese número sostiene",
            porque="se contesta lo que se ha leído muchas veces, aunque el número diga otra cosa",
            prueba="a leer la frase con tu número dentro, en voz alta",
        )
    return None


def _cerca(numero, medido):
    return math.isclose(numero, medido, rel_tol=TOLERANCIA, abs_tol=DECIMAL)


def _en_blanco(correccion):
    partes = correccion if isinstance(correccion, tuple | list) else [correccion]
    return any(parte is ... for parte in partes)
