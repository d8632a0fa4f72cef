"""Respuestas al repaso r1."""

import time
from statistics import mean, median

from casos import Caso
from helpers.ejercicios.resultado import Estado
from helpers.ejercicios.revision_r1 import VIAJES

SIRVE = {letra: pregunta.valen == {"True"} for letra, pregunta in VIAJES.items()}
LETRAS_DE = {"r1.1": "abcd", "r1.2": "abcd", "r1.4": "abcde"}
# Cada letra equivocada, con unas palabras que solo están en su mensaje.
LETRAS_MALAS = {
    ("r1.1", "a"): "se guardó sin `compress`",
    ("r1.1", "c"): "y se pueden cambiar",
    ("r1.1", "d"): "reservando menos de 1",
    ("r1.2", "a"): "aciertan a veces lo mismo",
    ("r1.2", "b"): "la misma receta con otra semilla",
    ("r1.2", "d"): "un archivo que carga bien",
    ("r1.4", "a"): "decide quién pierde",
    ("r1.4", "c"): "recorrer los métodos está bien",
    ("r1.4", "d"): "guarda una vez por vuelta",
    ("r1.4", "e"): "resta bien las dos lecturas",
}
LETRAS_BUENAS = {
    codigo: next(letra for letra in letras if (codigo, letra) not in LETRAS_MALAS)
    for codigo, letras in LETRAS_DE.items()
}
VIAJES_MALOS = {
    "a": "en el proceso nuevo ese nombre no existe",
    "b": "el error llega al llamarla",
    "c": "lo de fuera que la función usa",
    "d": "la escribe sin quejarse",
    "e": "tiene un nombre que se importa",
    "f": "el módulo está al lado",
}
ORDENES = {
    "fcdeb": ("sobra", "la f en tu lista"),
    "dcebaf": ("sobra", "puntuar igual"),
    "dceb": ("faltan_o_se_repiten", "5 letras, una vez cada una"),
    "dcebb": ("faltan_o_se_repiten", "d c e b b"),
    "dceab": ("fuera_de_orden", "a poner la b antes que la a"),
    "dcaeb": ("fuera_de_orden", "el original a mano"),
    "decba": ("fuera_de_orden", "antes de guardar"),
    "cedba": ("fuera_de_orden", "no puede fallar"),
    "dcbea": ("fuera_de_orden", "consigo mismo"),
    "123": ("otras_letras", "con «1»"),
    "guardar": ("otras_letras", "sus números"),
}


def bien(codigo, *respuestas, fragmento="Está en"):
    return Caso(codigo, lambda: respuestas, "bien", fragmento, Estado.CORRECTO)


def mal(codigo, mensaje, fragmento, *respuestas, estado=Estado.INCORRECTO):
    return Caso(codigo, lambda: respuestas, mensaje, fragmento, estado)


def viajes(mensaje, fragmento, estado=Estado.INCORRECTO, **cambios):
    return mal("r1.5", mensaje, fragmento, SIRVE | cambios, estado=estado)


def funcion(mensaje, fragmento, respuesta, estado=Estado.INCORRECTO):
    return mal("r1.7", mensaje, fragmento, respuesta, estado=estado)


def no_termina(unos, otros):
    while True:
        time.sleep(0.01)


def quita_la_primera(unos, otros):
    unos.pop(0), otros.pop(0)
    return median(unos) / median(otros)


CASOS = [
    *(bien(codigo, letra) for codigo, letra in LETRAS_BUENAS.items()),
    *(
        mal(codigo, "otra_opcion", fragmento, letra)
        for (codigo, letra), fragmento in LETRAS_MALAS.items()
    ),
    bien("r1.1", " B) "),
    *(
        caso
        for codigo, letras in LETRAS_DE.items()
        for caso in (
            mal(codigo, "varias_letras", "dos respuestas parecen ciertas", "a y b"),
            mal(codigo, "varias_letras", "bastaría si la otra", "cd"),
            mal(codigo, "otra_letra", f"o {letras[-1]}", "z"),
            mal(codigo, "otra_letra", "se copia el texto", "porque está comprimido"),
            mal(codigo, "no_es_texto", "sin comillas", 2),
            mal(codigo, "no_es_texto", "dentro de una lista", ["b"]),
            mal(codigo, "no_es_texto", "None", None),
            mal(codigo, "sin_responder", "puntos", "", estado=Estado.SIN_RESPONDER),
        )
    ),
    mal("r1.1", "numero_de_respuestas", "2", "a", "b", estado=Estado.ERROR_TUYO),
    # --- r1.3
    bien("r1.3", 480_000, 0, fragmento="recibe también tus datos"),
    bien("r1.3", 480_000.0, False + 0),
    mal("r1.3", "al_reves", "los dos números al revés", 0, 480_000),
    mal("r1.3", "numeros_y_no_bytes", "se cuentan casillas", 60_000, 0),
    mal("r1.3", "con_y", "incluye también las respuestas", 520_000, 0),
    mal("r1.3", "otros_vecinos", "falta un factor", 40_000, 0),
    mal("r1.3", "otros_vecinos", "en KB", 480, 0),
    mal("r1.3", "otros_vecinos", "nan", float("nan"), 0),
    mal("r1.3", "recta_con_datos", "recuerda las filas", 480_000, 480_000),
    *(
        mal("r1.3", "recta_con_coeficientes", "es lo que aprendió", 480_000, n)
        for n in (96, 104, 12, 13)
    ),
    mal("r1.3", "otra_recta", "el archivo entero", 480_000, 608),
    mal("r1.3", "no_son_numeros", "entre comillas", "480 KB", 0),
    mal("r1.3", "no_son_numeros", "dos números", 480_000, None),
    mal("r1.3", "no_son_numeros", "False", 480_000, False),
    # --- r1.5
    bien("r1.5", SIRVE, fragmento="Las seis"),
    bien("r1.5", {"A": "no", "b": "Falso", "c": "Sí", "d": "False", "e": "verdadero", "f": True}),
    *(
        viajes("otra_opcion", fragmento, **{letra: not SIRVE[letra]})
        for letra, fragmento in VIAJES_MALOS.items()
    ),
    viajes("otra_palabra", "una de estas: True, False", c="quizá"),
    viajes("otra_palabra", "en d, None", d=None),
    viajes("letra_de_mas", "'g'", g=True),
    viajes("sin_responder", "Quedan por marcar: b.", Estado.SIN_RESPONDER, b=...),
    mal("r1.5", "no_es_diccionario", "una respuesta por letra", [False, False, True]),
    # --- r1.6
    bien("r1.6", 154_000, 4900, fragmento="la otra mitad del modelo"),
    bien("r1.6", 154_000.0, 4900.0000001),
    mal("r1.6", "cambiadas", "cambiadas de sitio", 4900, 154_000),
    mal("r1.6", "en_kilos", "se lee mejor en kilos", 154, 4.9),
    mal("r1.6", "en_kilos", "multiplicar por mil", 154_000, 4.9),
    mal("r1.6", "sin_ordenada", "se olvida sumar", 149_800, 700),
    mal("r1.6", "sin_ordenada", "le faltan 4200", 154_000, 700),
    mal("r1.6", "otra_sola", "nadie le dice que son milímetros", 4900, 4900),
    mal("r1.6", "sin_restar", "dividida y sin restar", 154_000, 14_900),
    mal("r1.6", "sin_dividir", "restada y sin dividir", 154_000, 14_000),
    mal("r1.6", "otra_con_escala", "se aplica a la masa", 154_000, 154_000),
    mal("r1.6", "no_son_numeros", "con la unidad al lado", "154000 g", "4900 g"),
    # --- r1.7
    *(
        Caso("r1.7", lambda f=f: (f,), "bien", "ya no decide la razón", Estado.CORRECTO)
        for f in (
            lambda unos, otros: median(unos[1:]) / median(otros[1:]),
            lambda a, b: sum(sorted(a[1:])[1:3]) / sum(sorted(b[1:])[1:3]),
        )
    ),
    funcion("con_la_primera", "contando también", lambda u, o: median(u) / median(o)),
    funcion("media", "dividir medias", lambda u, o: mean(u[1:]) / mean(o[1:])),
    funcion("media", "o sumas", lambda u, o: sum(u[1:]) / sum(o[1:])),
    funcion("veces_al_reves", "otros arriba", lambda u, o: median(o[1:]) / median(u[1:])),
    funcion("minimo", "un día de suerte", lambda u, o: min(u[1:]) / min(o[1:])),
    funcion(
        "por_parejas",
        "la mediana de las razones",
        lambda u, o: median(a / b for a, b in zip(u[1:], o[1:], strict=True)),
    ),
    funcion(
        "solo_las_del_enunciado",
        "0.2778; con las listas",
        lambda u, o: round(median(u[1:]) / median(o[1:]), 1),
    ),
    funcion("otra_cuenta", "falta un paso", lambda u, o: mean(u) / mean(o)),
    funcion("otra_cuenta", "3.5 entre 1", lambda u, o: median(u[1:]) - median(o[1:])),
    funcion("siempre_lo_mismo", "un número escrito", lambda u, o: 3.5),
    funcion("cambia_las_listas", "las medidas de alguien", quita_la_primera),
    funcion("no_es_numero", "se imprime", lambda u, o: print(median(u[1:]) / median(o[1:]))),
    funcion("no_es_numero", "las dos medianas", lambda u, o: (median(u[1:]), median(o[1:]))),
    funcion("no_es_numero", "inf", lambda u, o: float("inf")),
    funcion("no_es_funcion", "sin paréntesis", 3.5, Estado.ERROR_TUYO),
    funcion("lanza_excepcion", "TypeError", lambda unos: 1, Estado.ERROR_TUYO),
    funcion("no_termina", "no terminó", no_termina, Estado.ERROR_TUYO),
    # --- r1.8
    bien("r1.8", "dceba", fragmento="ya ha demostrado que vuelve"),
    bien("r1.8", "C, D, E, B, A"),
    bien("r1.8", ["d", "c", "e", "b", "a"]),
    *(mal("r1.8", mensaje, texto, orden) for orden, (mensaje, texto) in ORDENES.items()),
    mal("r1.8", "otras_letras", "None", None),
    mal("r1.8", "sin_responder", "puntos", "", estado=Estado.SIN_RESPONDER),
]
