"""Lo que decide la nota de la tarea 1. Corre fuera del proceso de la entrega y no se reparte.

Las entradas no son las de las revisiones que ve quien aprende.
"""

from statistics import linear_regression

from helpers.datos import horas_de_estudio
from helpers.docencia.criterios import Criterio, Rubrica, parecidas, planas

# --- t1.1 ----------------------------------------------------------------------------------------
TEXTOS = (
    ("El pingüino cruzó el hielo en otoño.", "mac_roman"),
    ("Mide 12 m² y cuesta 3 €, ¿verdad?", "latin-1"),
    ("El señor Núñez leyó «Rayuela».", "cp1252"),
)


def _repara(entrevista, original, codec):
    roto = original.encode("utf-8").decode(codec)
    return entrevista.llama("repara", roto, codec) == original


def _repara_todos(entrevista):
    return all(_repara(entrevista, *caso) for caso in TEXTOS)


def _no_calla(entrevista):
    """Solo cuenta si al menos repara uno: un error a secas no es un aviso."""
    sin_arreglo = (("東京", "latin-1"), ("paz ☮", "cp1252"))
    return _repara(entrevista, *TEXTOS[0]) and all(
        "ValueError" in entrevista.lanza("repara", *caso) for caso in sin_arreglo
    )


# --- t1.2 ----------------------------------------------------------------------------------------
PARAMETROS = {"coef": [1.5, -2.0, 0.25], "intercept": -3.0}
FILAS = [[4.0, 1.0, 8.0], [0.0, 0.0, 0.0], [-2.0, 3.0, 1.0], [10.0, 0.5, -4.0]]
ESPERADAS = [3.0, -3.0, -11.75, 10.0]


def _predice(entrevista):
    dadas = entrevista.llama("predice_todas", PARAMETROS, FILAS)
    return parecidas(dadas, ESPERADAS, abs_tol=1e-9)


def _rechaza_filas(entrevista):
    malas = ([[1.0, 2.0]], [[1.0, 2.0, 3.0, 4.0]], [FILAS[0], [1.0]])
    dadas = entrevista.llama("predice_todas", PARAMETROS, FILAS)
    return len(dadas) == len(FILAS) and all(
        "ValueError" in entrevista.lanza("predice_todas", PARAMETROS, filas) for filas in malas
    )


# --- t1.4 ----------------------------------------------------------------------------------------
HORAS = (0.0, 3.5, 12.0, 19.0)


def _predicciones(entrevista):
    return entrevista.predice("modelo.pkl", [[hora] for hora in HORAS])


def _es_un_modelo(entrevista):
    return len(_predicciones(entrevista)) == len(HORAS)


def _es_el_modelo(entrevista):
    notas = horas_de_estudio(semilla=7)
    recta = linear_regression(list(notas["horas"]), list(notas["nota"]))
    esperadas = [recta.intercept + recta.slope * hora for hora in HORAS]
    return parecidas(planas(_predicciones(entrevista)), esperadas, rel_tol=1e-6)


PRUEBAS = {
    "t1.1": (
        Criterio(1, "`repara` no devuelve el texto original", _repara_todos),
        Criterio(1, "`repara` no lanza ValueError si no hay arreglo", _no_calla),
    ),
    "t1.2": (
        Criterio(1, "`predice_todas` no da las predicciones", _predice),
        Criterio(1, "`predice_todas` acepta filas que no encajan", _rechaza_filas),
    ),
    "t1.3": (
        Criterio(
            1,
            "`sobrevive` no tiene exactamente las letras de lo que queda",
            # Como la revisión: no importan las mayúsculas, el orden ni lo que separe las letras.
            lambda entrevista: (
                set(entrevista.valor("sobrevive").lower()) & set("abcde") == set("be")
            ),
        ),
    ),
    "t1.4": (
        Criterio(1, "`modelo.pkl` no se puede cargar y usar en otro proceso", _es_un_modelo),
        Criterio(1, "`modelo.pkl` no predice lo que predice el modelo pedido", _es_el_modelo),
    ),
}

RUBRICAS = {
    "t1.5": Rubrica(
        3,
        (
            "No responde, o lo que dice es falso",
            "Dice que con los números se puede predecir, sin decir qué se pierde",
            "Dice con qué basta para predecir y nombra una cosa que se pierde",
            "Además explica cuándo conviene cada una, con un ejemplo suyo",
        ),
    ),
}
