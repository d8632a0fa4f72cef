"""Respuestas al repaso r2."""

import hashlib
import pickle
import time
from pathlib import Path

from casos import Caso
from helpers import inspeccion
from helpers.ejercicios.resultado import Estado
from helpers.ejercicios.revision_r2 import CASOS as CONTROL_DE
from helpers.ejercicios.revision_r2 import CONTROLES, SALIDAS, SINTOMAS

LETRAS_DE = {"r2.1": "abcd", "r2.2": "abcde"}
# Cada opción equivocada, con unas palabras que solo están en su mensaje.
LETRAS_MALAS = {
    ("r2.1", "a"): "no dependa de quién lo diga",
    ("r2.1", "b"): "las instrucciones de pickle",
    ("r2.1", "d"): "lo que hace hoy tu joblib",
    ("r2.2", "a"): "es lo que protege lo de ayer",
    ("r2.2", "b"): "escribe aparte",
    ("r2.2", "d"): "no deja nada a medias",
    ("r2.2", "e"): "ya está en su sitio",
}
SINTOMAS_MALOS = {
    ("a", "sus versiones"): "60 es el carácter",
    ("a", "usarlo"): "no hay un modelo bueno ni malo",
    ("a", "rechazarlo"): "si no se traduce",
    ("b", "otra copia"): "pedirá el mismo módulo",
    ("b", "usarlo"): "no nombra ninguna versión",
    ("b", "rechazarlo"): "aquí no carga",
    ("c", "sus versiones"): "el aviso manda mirar",
    ("c", "rechazarlo"): "y ya se miró",
    ("c", "otra copia"): "la misma versión",
    ("d", "usarlo"): "la escribió quien hizo el archivo",
    ("d", "otra copia"): "el archivo que quisieron enviarte",
    ("d", "sus versiones"): "se piensa en un accidente",
    ("e", "usarlo"): "no es el archivo que se guardó",
    ("e", "sus versiones"): "la huella es de los bytes",
    ("f", "otra copia"): "un código que espera otros números",
    ("f", "usarlo"): "alguna etiqueta ya no es",
    ("f", "rechazarlo"): "con el scikit-learn que lo hizo",
}
CONTROLES_MALOS = {
    ("a", "firma"): "la huella va delante",
    ("a", "lista"): "los bytes ya no son los mismos",
    ("a", "respuestas"): "se busca el efecto",
    ("b", "huella"): "escribe también su huella",
    ("b", "lista"): "no se puede rehacer la firma",
    ("b", "respuestas"): "antes hay que saber de quién es",
    ("c", "huella"): "las dos lo confirman",
    ("c", "firma"): "decir que es inofensivo",
    ("c", "respuestas"): "para preguntarle hay que cargarlo",
    ("d", "huella"): "ni un byte",
    ("d", "firma"): "va dentro del archivo",
    ("d", "lista"): "los mismos nombres que siempre",
    ("e", "huella"): "quien tenía la clave",
    ("e", "firma"): "lo firmado es lo bueno",
    ("e", "lista"): "los coeficientes no lo son",
}


def equivocadas(preguntas, opciones):
    """Todas las parejas de letra y opción que no valen: ninguna puede quedarse sin su mensaje."""
    return {(letra, o) for letra, p in preguntas.items() for o in opciones if o not in p.valen}


assert SINTOMAS_MALOS.keys() == equivocadas(SINTOMAS, SALIDAS)
assert CONTROLES_MALOS.keys() == equivocadas(CONTROL_DE, CONTROLES)
BUENAS = {letra: min(pregunta.valen) for letra, pregunta in SINTOMAS.items()}
BUENOS = {letra: min(pregunta.valen) for letra, pregunta in CONTROL_DE.items()}
ORDENES = {
    "dfcaeb": ("sobra", "puede cargarse en silencio"),
    "fcaebd": ("sobra", "sin quejarse parece bueno"),
    "fcae": ("faltan_o_se_repiten", "5 letras, una vez cada una"),
    "fcaebb": ("faltan_o_se_repiten", "f c a e b b"),
    "cafeb": ("fuera_de_orden", "un control del final"),
    "afceb": ("fuera_de_orden", "a poner la f antes que la a"),
    "faceb": ("fuera_de_orden", "mirarlos sin cargar"),
    "fceab": ("fuera_de_orden", "un modelo al que preguntar"),
    "fcabe": ("fuera_de_orden", "una predicción parezca rara"),
    "fcbae": ("fuera_de_orden", "respuestas guardadas"),
    "xyz": ("otras_letras", "con «x»"),
}


def bien(codigo, *respuestas, fragmento="Está en"):
    return Caso(codigo, lambda: respuestas, "bien", fragmento, Estado.CORRECTO)


def mal(codigo, mensaje, fragmento, *respuestas, estado=Estado.INCORRECTO):
    return Caso(codigo, lambda: respuestas, mensaje, fragmento, estado)


def tabla(codigo, buenas, mensaje, fragmento, estado=Estado.INCORRECTO, **cambios):
    return mal(codigo, mensaje, fragmento, buenas | cambios, estado=estado)


# --- Funciones para r2.6 -------------------------------------------------------------------------
def misma(ruta, huella):
    return hashlib.sha256(Path(ruta).read_bytes()).hexdigest() == huella


def nombres(ruta):
    return set(inspeccion.globales(ruta).nombres)


def entero(ruta):
    return not inspeccion.globales(ruta).motivo


def buena(ruta, huella, permitidos):
    return misma(ruta, huella) and entero(ruta) and nombres(ruta) <= permitidos


def buena_con_if(ruta, huella, permitidos):
    if not misma(ruta, huella) or not entero(ruta):
        return False
    return all(nombre in permitidos for nombre in nombres(ruta))


def solo_la_huella(ruta, huella, permitidos):
    return misma(ruta, huella)


def solo_los_nombres(ruta, huella, permitidos):
    return entero(ruta) and nombres(ruta) <= permitidos


def con_or(ruta, huella, permitidos):
    return misma(ruta, huella) or nombres(ruta) <= permitidos


def los_mismos(ruta, huella, permitidos):
    return misma(ruta, huella) and entero(ruta) and nombres(ruta) == permitidos


def alguno(ruta, huella, permitidos):
    return misma(ruta, huella) and entero(ruta) and bool(nombres(ruta) & permitidos)


def al_reves(ruta, huella, permitidos):
    return misma(ruta, huella) and nombres(ruta) >= permitidos


def por_paquete(ruta, huella, permitidos):
    paquetes = {nombre.split(".")[0] for nombre in permitidos}
    suyos = {nombre.split(".")[0] for nombre in nombres(ruta)}
    return misma(ruta, huella) and entero(ruta) and suyos <= paquetes


def sin_motivo(ruta, huella, permitidos):
    return misma(ruta, huella) and nombres(ruta) <= permitidos


def de_la_ruta(ruta, huella, permitidos):
    return hashlib.sha256(str(ruta).encode()).hexdigest() == huella


def carga_y_mira(ruta, huella, permitidos):
    pickle.loads(Path(ruta).read_bytes())
    return buena(ruta, huella, permitidos)


def imprime(ruta, huella, permitidos):
    print(buena(ruta, huella, permitidos))


def no_termina(ruta, huella, permitidos):
    while True:
        time.sleep(0.01)


def abrir(mensaje, fragmento, funcion, estado=Estado.INCORRECTO):
    return mal("r2.6", mensaje, fragmento, funcion, estado=estado)


CASOS = [
    bien("r2.1", "c", fragmento="se comprueba con el programa"),
    bien("r2.2", "«C»", fragmento="nuevo.replace(ruta)"),
    *(
        mal(codigo, "otra_opcion", fragmento, letra)
        for (codigo, letra), fragmento in LETRAS_MALAS.items()
    ),
    *(
        caso
        for codigo, letras in LETRAS_DE.items()
        for caso in (
            mal(codigo, "varias_letras", "dos respuestas parecen ciertas", "c o d"),
            mal(codigo, "otra_letra", f"o {letras[-1]}", "3"),
            mal(codigo, "no_es_texto", "sin comillas", 3),
            mal(codigo, "sin_responder", "puntos", " ", estado=Estado.SIN_RESPONDER),
        )
    ),
    # --- r2.3
    bien("r2.3", 12.5, "B", fragmento="y otra especie"),
    bien("r2.3", 12.5, " b "),
    mal("r2.3", "suma_entonces", "una fila que suma 1", 1, "A"),
    mal("r2.3", "suma_entonces", "tal cual", 1.0, "B"),
    mal("r2.3", "sin_media", "todas las flores", 50, "B"),
    mal("r2.3", "otra_suma", "el número de otro bosque", 48, "B"),
    mal("r2.3", "otra_suma", "nan", float("nan"), "B"),
    mal("r2.3", "no_es_numero", "la fila entera", [5.75, 6.75], "B"),
    mal("r2.3", "no_es_numero", "entre comillas", "12.5", "B"),
    mal("r2.3", "especie_de_entonces", "una hoja con 20 flores", 12.5, "A"),
    mal("r2.3", "otra_especie", "un número de clase", 12.5, 1),
    mal("r2.3", "otra_especie", "'AB'", 12.5, "AB"),
    # --- r2.4
    bien("r2.4", "fcaeb", fragmento="antes de usarlo"),
    bien("r2.4", "C-F-A-E-B"),
    *(mal("r2.4", mensaje, texto, orden) for orden, (mensaje, texto) in ORDENES.items()),
    mal("r2.4", "sin_responder", "puntos", "", estado=Estado.SIN_RESPONDER),
    # --- r2.5
    bien("r2.5", {"datos", "columnas", "metricas"}, fragmento="ya no las sabe nadie"),
    bien("r2.5", ["Métrica", "DATOS", "columnas"]),
    mal("r2.5", "ya_esta", "'versiones'", {"datos", "columnas", "versiones"}),
    mal("r2.5", "ya_esta", "no la contesta", ["datos", "columnas", "ejemplo"]),
    mal("r2.5", "otra_clave", "'semilla'", ["datos", "columnas", "semilla"]),
    mal("r2.5", "otra_clave", "la idea puede ser buena", ["datos", "columnas", 3]),
    mal("r2.5", "faltan_claves", "2 de tres", {"datos", "columnas"}),
    mal("r2.5", "faltan_claves", "con los mismos datos", {"metricas", "columnas"}),
    mal("r2.5", "faltan_claves", "la tabla trae", ("metricas", "datos", "datos")),
    mal("r2.5", "faltan_claves", "acierta como acertaba", {"datos", "columnas"}),
    mal("r2.5", "no_es_conjunto", "en el mismo texto", "datos, columnas y metricas"),
    mal("r2.5", "no_es_conjunto", "la ficha entera", {"datos": None, "columnas": None}),
    mal("r2.5", "no_es_conjunto", "3", 3),
    mal("r2.5", "sin_responder", "huecos", {"datos", ...}, estado=Estado.SIN_RESPONDER),
    mal("r2.5", "faltan_claves", "0 de tres", set()),
    # --- r2.6
    *(bien("r2.6", funcion, fragmento="antes de cargar") for funcion in (buena, buena_con_if)),
    abrir("no_mira_los_nombres", "no qué hace", solo_la_huella),
    abrir("no_mira_los_nombres", "parece bastante", con_or),
    abrir("no_mira_los_nombres", "True con un archivo", lambda ruta, huella, permitidos: True),
    abrir("no_mira_la_huella", "no es el que te dijeron", solo_los_nombres),
    abrir("exige_los_mismos", "permitir no es exigir", los_mismos),
    abrir("basta_uno", "un solo nombre de más", alguno),
    abrir("exige_los_mismos", "`<=`", al_reves),
    abrir("por_prefijo", "empieza por `numpy`", por_paquete),
    abrir("no_mira_el_motivo", "no se sabe qué más pide", sin_motivo),
    abrir("rechaza_el_bueno", "se calcula del nombre", de_la_ruta),
    abrir("rechaza_el_bueno", "False con el archivo bueno", lambda *_: False),
    abrir("lo_carga", "la marca de la trampa", carga_y_mira),
    abrir("no_es_si_o_no", "falta el `return`", imprime),
    abrir("no_es_si_o_no", "se devuelven los nombres", lambda r, h, p: nombres(r)),
    abrir("no_termina", "no terminó", no_termina, Estado.ERROR_TUYO),
    abrir("lanza_excepcion", "TypeError", lambda ruta: True, Estado.ERROR_TUYO),
    abrir("no_es_funcion", "sin paréntesis", True, Estado.ERROR_TUYO),
    # --- r2.7
    bien("r2.7", BUENAS, fragmento="Las seis"),
    bien("r2.7", BUENAS | {"e": "Rechazar", "b": "versiones", "c": " Usarlo."}),
    *(
        tabla("r2.7", BUENAS, "otra_opcion", fragmento, **{letra: opcion})
        for (letra, opcion), fragmento in SINTOMAS_MALOS.items()
    ),
    tabla("r2.7", BUENAS, "otra_palabra", "otra copia, sus versiones", a="borrarlo"),
    tabla("r2.7", BUENAS, "letra_de_mas", "'g'", g="usarlo"),
    tabla("r2.7", BUENAS, "sin_responder", "c, f.", Estado.SIN_RESPONDER, c=..., f=...),
    mal("r2.7", "no_es_diccionario", "una respuesta por letra", "otra copia"),
    # --- r2.8
    bien("r2.8", BUENOS, fragmento="Los cinco"),
    *(
        tabla("r2.8", BUENOS, "otra_opcion", fragmento, **{letra: opcion})
        for (letra, opcion), fragmento in CONTROLES_MALOS.items()
    ),
    tabla("r2.8", BUENOS, "otra_palabra", "huella, firma, lista, respuestas", b="clave"),
    tabla("r2.8", BUENOS, "letra_de_mas", "'f'", f="lista"),
    tabla("r2.8", BUENOS, "sin_responder", "a.", Estado.SIN_RESPONDER, a=...),
    mal("r2.8", "no_es_diccionario", "se escribe una lista", ["huella", "firma"]),
]
