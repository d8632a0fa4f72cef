"""Respuestas a los ejercicios de la tarea 1, con el mensaje que recibe cada una."""

import json
import pickle

import numpy as np
from sklearn.linear_model import LinearRegression

from casos import Caso
from helpers.datos import horas_de_estudio
from helpers.ejercicios.resultado import Estado


def caso(codigo, respuesta, mensaje, fragmento, estado=Estado.INCORRECTO):
    """Un caso cuya respuesta no depende de ningún archivo."""
    return Caso(codigo, lambda: (respuesta,), mensaje, fragmento, estado)


def bien(codigo, respuesta, fragmento):
    return caso(codigo, respuesta, "bien", fragmento, Estado.CORRECTO)


# --- t1.1 ----------------------------------------------------------------------------------------
def repara(texto, leido_como):
    return texto.encode(leido_como).decode("utf-8")


def da_bytes(texto, leido_como):
    return texto.encode(leido_como)


def no_devuelve(texto, leido_como):
    texto.encode(leido_como)


def ida_y_vuelta(texto, leido_como):
    return texto.encode(leido_como).decode(leido_como)


def al_reves(texto, leido_como):
    return texto.encode("utf-8").decode(leido_como)


def siempre_mac(texto, leido_como):
    return texto.encode("mac_roman", "ignore").decode("utf-8", "ignore")


def se_calla(texto, leido_como):
    return texto.encode(leido_como, errors="ignore").decode("utf-8")


def no_acaba(texto, leido_como):
    if "☃" in texto:
        while True:
            pass
    return repara(texto, leido_como)


# --- t1.2 ----------------------------------------------------------------------------------------
def predice_todas(parametros, filas):
    return [
        parametros["intercept"] + sum(a * b for a, b in zip(parametros["coef"], fila, strict=True))
        for fila in filas
    ]


def con_numpy(parametros, filas):
    return np.array(filas) @ np.array(parametros["coef"]) + parametros["intercept"]


def la_primera(parametros, filas):
    return predice_todas(parametros, filas)[0]


def sin_sumar(parametros, filas):
    return [[a * b for a, b in zip(parametros["coef"], fila, strict=True)] for fila in filas]


def solo_dos(parametros, filas):
    return predice_todas(parametros, filas)[:2]


def sin_ordenada(parametros, filas):
    return [numero - parametros["intercept"] for numero in predice_todas(parametros, filas)]


def cruzada(parametros, filas):
    return predice_todas(parametros, [fila[::-1] for fila in filas])


def devuelve_el_error(parametros, filas):
    if any(len(fila) != len(parametros["coef"]) for fila in filas):
        return ValueError("hay filas que no encajan")
    return predice_todas(parametros, filas)


def sin_strict(parametros, filas):
    return [
        parametros["intercept"] + sum(a * b for a, b in zip(parametros["coef"], fila, strict=False))
        for fila in filas
    ]


# --- t1.4 ----------------------------------------------------------------------------------------
def archivo(mensaje, fragmento, escribe, estado=Estado.INCORRECTO):
    """Un caso que deja un archivo `modelo.pkl`."""

    def prepara():
        with open("modelo.pkl", "wb") as destino:  # noqa: PTH123 así lo escribe quien aprende
            escribe(destino)
        return ("modelo.pkl",)

    return Caso("t1.4", prepara, mensaje, fragmento, estado)


def guarda(X, y):
    return lambda destino: pickle.dump(LinearRegression().fit(X, y), destino)


NOTAS = horas_de_estudio(semilla=7)
HORAS, NOTA = NOTAS[["horas"]], NOTAS["nota"]
DESORDENADAS = HORAS.to_numpy()[::-1] * 0

CASOS = [
    bien("t1.1", repara, "con cualquier codificación"),
    caso("t1.1", da_bytes, "no_da_texto", "b'La se"),
    caso("t1.1", no_devuelve, "no_da_texto", "devuelve None"),
    caso("t1.1", ida_y_vuelta, "sin_cambios", "lo mismo que recibe"),
    caso("t1.1", al_reves, "otro_texto", "cambiadas de sitio"),
    caso("t1.1", siempre_mac, "codec_fijo", "`leido_como`, sin comillas"),
    caso("t1.1", se_calla, "calla_lo_que_pierde", "tiran letras sin avisar"),
    caso("t1.1", no_acaba, "no_termina", "no terminó en 1 segundos", Estado.ERROR_TUYO),
    caso("t1.1", "Señora", "no_es_funcion", "esperaba una función", Estado.ERROR_TUYO),
    bien("t1.2", predice_todas, "rechaza las que no encajan"),
    bien("t1.2", con_numpy, "rechaza las que no encajan"),
    caso("t1.2", la_primera, "no_da_lista", "devuelve 13.0"),
    caso("t1.2", sin_sumar, "cuantas", "sin sumar"),
    caso("t1.2", solo_dos, "cuantas", "para 3 filas"),
    caso("t1.2", sin_ordenada, "sin_ordenada", "la ordenada se olvida"),
    caso("t1.2", cruzada, "otros_numeros", "la medida de su mismo lugar"),
    caso("t1.2", devuelve_el_error, "fila_que_no_encaja", "en lugar de lanzarlo"),
    caso("t1.2", sin_strict, "fila_que_no_encaja", "se detiene en la lista más corta"),
    bien("t1.3", "be", "no depende del proceso"),
    bien("t1.3", "E, B", "no depende del proceso"),
    caso("t1.3", ["b", "e"], "no_es_un_texto", "en una lista"),
    caso("t1.3", "abe", "estaba_en_la_memoria", "una variable"),
    caso("t1.3", "cb", "estaba_en_la_memoria", "un módulo importado"),
    caso("t1.3", "bde", "estaba_en_la_memoria", "lo añadido después"),
    caso("t1.3", "b", "faltan_letras", "2 letras"),
    archivo("bien", "Se abre en otro proceso", guarda(HORAS, NOTA), Estado.CORRECTO),
    archivo("bien", "Se abre en otro proceso", guarda(HORAS, NOTAS[["nota"]]), Estado.CORRECTO),
    Caso("t1.4", lambda: ("modelo.pkl",), "sin_responder", "ningún archivo", Estado.SIN_RESPONDER),
    archivo("no_es_un_pickle", "es JSON", lambda d: d.write(json.dumps({"a": 1}).encode())),
    archivo("vacio", "0 bytes", lambda destino: None),
    archivo("no_depende_de_las_horas", "predice lo mismo", guarda(DESORDENADAS, NOTA)),
    archivo("columnas_cambiadas", "se intercambian", guarda(NOTAS[["nota"]], NOTAS["horas"])),
    archivo(
        "falla_en_otro_proceso",
        "En un proceso nuevo",
        lambda destino: pickle.dump({"coef": 2}, destino),
        Estado.ERROR_TUYO,
    ),
]  # fmt: skip
