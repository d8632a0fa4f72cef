"""Casos de 05 · Referencias y recursos."""

from casos import Caso
from helpers.ejercicios.resultado import Estado
from helpers.ejercicios.revision_05 import CITAS, MARCAS

BUENA = {letra: min(cita.valen) for letra, cita in CITAS.items()}
# Cada marca equivocada, con unas palabras que solo están en su mensaje.
EQUIVOCADAS = {
    ("a", "vigente"): "la guía de hoy",
    ("a", "falsa"): "hasta 2024",
    ("b", "vigente"): "explique el `OSError`",
    ("b", "anticuada"): "se confunde con `load_boston`",
    ("c", "vigente"): "al cambiar un módulo",
    ("c", "anticuada"): "alguna versión lo estropeó",
    ("d", "anticuada"): "el aviso sigue en la documentación",
    ("d", "falsa"): "cargar llamó a `print`",
}
assert EQUIVOCADAS.keys() == {(a, m) for a in CITAS for m in MARCAS if m not in CITAS[a].valen}


def citas(mensaje, fragmento, estado=Estado.INCORRECTO, **cambios):
    return Caso("05.1", lambda: (BUENA | cambios,), mensaje, fragmento, estado)


def otra_forma(respuesta):
    return Caso("05.1", lambda: (respuesta,), "no_es_diccionario", "se escribe una lista")


def bien(respuesta):
    return Caso("05.1", lambda: (respuesta,), "bien", "Las cuatro", Estado.CORRECTO)


CASOS = [
    bien(BUENA),
    bien({"A": " Anticuada. ", "B": "FALSO", " c": "«falsa»", "d": "Vigénte"}),
    *(citas("otra_opcion", texto, **{a: marca}) for (a, marca), texto in EQUIVOCADAS.items()),
    citas("otra_palabra", "en b, False", b=False),
    citas("otra_palabra", "en a, 'obsoleta'", a="obsoleta"),
    citas("otra_palabra", "se abrevia", d="v"),
    citas("otra_palabra", "en c, None", c=None),
    citas("otra_palabra", "['falsa']", c=["falsa"]),
    citas("letra_de_mas", "'e'", e="falsa"),
    Caso("05.1", lambda: ({1: "falsa"},), "letra_de_mas", "números en lugar de letras"),
    Caso("05.1", lambda: ({},), "sin_responder", "a, b, c, d", Estado.SIN_RESPONDER),
    citas("sin_responder", "Quedan por marcar: b, d.", Estado.SIN_RESPONDER, b=..., d=...),
    Caso("05.1", lambda: ({"a": "falsa"},), "sin_responder", "b, c, d", Estado.SIN_RESPONDER),
    otra_forma("anticuada, falsa, falsa, vigente"),
    otra_forma(list(BUENA.values())),
    otra_forma(None),
    Caso(
        "05.1",
        lambda: tuple(BUENA.values()),
        "numero_de_respuestas",
        "El número de respuestas",
        Estado.ERROR_TUYO,
    ),
]
