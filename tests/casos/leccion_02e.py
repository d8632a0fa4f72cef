"""Respuestas de 02e: doce elecciones y seis correcciones."""

import pandas as pd

from casos import Caso
from helpers.ejercicios.escenarios_02e import ESCENARIOS, OPCIONES
from helpers.ejercicios.resultado import Estado
from helpers.ejercicios.revision_02e import ES_CIERTA, numeros_de

# Bytes y razones inventados, con los tres modelos: aquí se prueba la revisión, no la medida.
BYTES = {"pickle": 600, "joblib": 750, "joblib comprimido": 630, "dill": 650, "skops": 5600}
TABLA = pd.DataFrame(
    [
        {
            "modelo": modelo,
            "metodo": metodo,
            "operacion": operacion,
            "archivo_bytes": ocupa,
            "veces_pickle": 7.5 if metodo == "joblib" else 1.0,
            "veces_el_limite": 1.25,
        }
        for modelo in ("regresión", "bosque", "gigante")
        for metodo, ocupa in BYTES.items()
        for operacion in ("guardar", "cargar")
    ]
).set_index(["modelo", "metodo", "operacion"])
NUMEROS = numeros_de(TABLA)
BUENA = {letra: sorted(escenario.valen)[0] for letra, escenario in ESCENARIOS.items()}
CORRECTAS = {n: (v, "cierta" if ES_CIERTA[n](v) else "falsa") for n, v in NUMEROS.items()}


def eleccion(mensaje, fragmento, estado=Estado.INCORRECTO, **cambios):
    return Caso("02e.1", lambda: (BUENA | cambios,), mensaje, fragmento, estado)


def correccion(mensaje, fragmento, estado=Estado.INCORRECTO, cambios=None, tabla=TABLA):
    return Caso("02e.2", lambda: (tabla, CORRECTAS | (cambios or {})), mensaje, fragmento, estado)


def otra_forma(codigo, *respuestas):
    return Caso(codigo, lambda: respuestas, "no_es_diccionario", "se escribe una lista")


CASOS = [
    *(
        eleccion("escenario", f"en {letra} ({escenario.resumen})", **{letra: opcion})
        for letra, escenario in ESCENARIOS.items()
        for opcion in OPCIONES
        if opcion not in escenario.valen
    ),
    *(
        eleccion("bien", "Doce de doce", Estado.CORRECTO, **{letra: opcion})
        for letra, escenario in ESCENARIOS.items()
        for opcion in escenario.valen
    ),
    eleccion("otra_opcion", "se escribe otro nombre", c="pickle o joblib"),
    eleccion("bien", "Doce de doce", Estado.CORRECTO, a=" Pickle ", f="onnx", h="Ninguno"),
    eleccion("bien", "Doce de doce", Estado.CORRECTO, a="joblib comprimido"),
    eleccion("otra_opcion", "None", h=None),
    eleccion("otra_opcion", "['pickle']", a=["pickle"]),
    eleccion("sin_responder", "Quedan por elegir: c, k", Estado.SIN_RESPONDER, c=..., k=...),
    otra_forma("02e.1", "pickle"),
    otra_forma("02e.1", list(BUENA.values())),
    correccion("bien", "5 de las seis frases no se sostienen", Estado.CORRECTO),
    correccion("bien", "no se sostienen", Estado.CORRECTO, {2: (round(NUMEROS[2], 1), "Falsa ")}),
    *(
        correccion("otro_veredicto", f"la frase {n} como", cambios={n: (v, otra)})
        for n, (v, buena) in CORRECTAS.items()
        for otra in {"cierta", "falsa"} - {buena}
    ),
    correccion("al_reves", "la división al revés", cambios={1: (1 / NUMEROS[1], "cierta")}),
    correccion("otro_numero", "se toma otra fila", cambios={3: (10.5, "falsa")}),
    correccion("otra_palabra", "y nada más", cambios={2: (NUMEROS[2], "no")}),
    correccion("sin_pareja", "falta una de las dos cosas", cambios={5: 7.5}),
    correccion("sin_pareja", "7.5", cambios={5: ("7.5", "falsa")}),
    correccion("sin_pareja", "('falsa', 7.5)", cambios={5: ("falsa", 7.5)}),
    correccion("sin_pareja", "nan", cambios={5: (float("nan"), "falsa")}),
    correccion("otra_tabla", "se pasa otra tabla", tabla=TABLA.reset_index()),
    correccion("otra_tabla", "se pasa otra tabla", tabla=None),
    correccion("sin_responder", "Quedan frases", Estado.SIN_RESPONDER, cambios={4: (..., "falsa")}),
    otra_forma("02e.2", TABLA, [1, 2]),
]
