"""Respuestas de alumnos a los ejercicios de 01 · Conceptos fundamentales."""

import json
from pathlib import Path

import numpy as np

from casos import Caso
from helpers.ejercicios.resultado import Estado
from helpers.ejercicios.revision_01 import AULA, BETAS, MENSAJE

ROTO = MENSAJE.encode("utf-8").decode("mac_roman")
AULA_ROTA = AULA.encode("utf-8").decode("latin-1")
ALINEADAS = [[1, 2], [2, 3], [3, 4], [4, 5], [5, 6]]
UNICAS = [*ALINEADAS[:-1], [5, 0]]
Y_UNICAS = [1 + 2 * x1 + x2 for x1, x2 in UNICAS]


def caso(codigo, respuestas, mensaje, fragmento, estado=Estado.INCORRECTO):
    """Un caso cuyas respuestas no dependen de ningún archivo."""
    return Caso(codigo, lambda: respuestas, mensaje, fragmento, estado)


def bien(codigo, respuestas, fragmento):
    """Una respuesta que debe darse por buena."""
    return caso(codigo, respuestas, "bien", fragmento, Estado.CORRECTO)


# --- 01.2 ----------------------------------------------------------------------------------------
def predice_a_mano(parametros, fila):
    pares = zip(parametros["coef"], fila, strict=True)
    return parametros["intercept"] + sum(coef * medida for coef, medida in pares)


def predice_con_indices(parametros, fila):
    if len(fila) != len(parametros["coef"]):
        raise ValueError("faltan medidas, o sobran")
    total = parametros["intercept"]
    for i, medida in enumerate(fila):
        total += parametros["coef"][i] * medida
    return total


def sin_return(parametros, fila):
    sum(parametros["coef"])


def da_los_productos(parametros, fila):
    return [coef * medida for coef, medida in zip(parametros["coef"], fila, strict=True)]


def sin_ordenada(parametros, fila):
    return sum(da_los_productos(parametros, fila))


def suma_sin_multiplicar(parametros, fila):
    return parametros["intercept"] + sum(parametros["coef"]) + sum(fila)


def con_el_largo_del_diccionario(parametros, fila):
    if len(parametros) != len(fila):
        raise ValueError("faltan medidas")
    productos = (b * x for b, x in zip(parametros["coef"], fila, strict=False))
    return parametros["intercept"] + sum(productos)


def con_numeros_fijos(parametros, fila):
    return 1.2 + 0.8 * fila[0] + 2.5 * fila[1]


def con_zip_a_secas(parametros, fila):
    pares = zip(parametros["coef"], fila, strict=False)
    return parametros["intercept"] + sum(coef * medida for coef, medida in pares)


def con_indices_a_secas(parametros, fila):
    posiciones = range(len(parametros["coef"]))
    return parametros["intercept"] + sum(parametros["coef"][i] * fila[i] for i in posiciones)


def vacia_las_listas(parametros, fila):
    total = parametros["intercept"]
    if len(fila) != len(parametros["coef"]):
        raise ValueError("faltan medidas, o sobran")
    while fila:
        total += parametros["coef"].pop() * fila.pop()
    return total


def da_un_texto(parametros, fila):
    return f"{predice_a_mano(parametros, fila):.1f}"


def da_una_lista_de_numpy(parametros, fila):
    return np.array([predice_a_mano(parametros, fila)])


def con_dos_columnas_nada_mas(parametros, fila):
    if len(fila) == 2:
        return predice_a_mano(parametros, fila)


def con_dos_nombres(parametros, fila):
    x1, x2 = fila
    return parametros["intercept"] + parametros["coef"][0] * x1 + parametros["coef"][1] * x2


def con_numpy(parametros, fila):
    return parametros["intercept"] + (np.array(parametros["coef"]) * np.array(fila)).sum()


def rechaza_solo_las_cortas(parametros, fila):
    if len(fila) < len(parametros["coef"]):
        raise ValueError("faltan medidas")
    return con_zip_a_secas(parametros, fila)


def devuelve_el_aviso(parametros, fila):
    if len(fila) != len(parametros["coef"]):
        return "faltan medidas"
    return predice_a_mano(parametros, fila)


def imprime_el_aviso(parametros, fila):
    if len(fila) == len(parametros["coef"]):
        return predice_a_mano(parametros, fila)
    print("faltan medidas")


def no_termina_con_otras_filas(parametros, fila):
    while len(fila) != len(parametros["coef"]):
        pass
    return predice_a_mano(parametros, fila)


def carga_parametros(nombre):
    texto = Path(nombre).read_text(encoding="utf-8")
    if texto == "":
        raise EOFError("está vacío")
    return json.loads(texto)


def carga_el_texto(nombre):
    return Path(nombre).read_text(encoding="utf-8")


def carga_siempre_el_mismo(nombre):
    return json.loads(Path("model_parameters.json").read_text(encoding="utf-8"))


def carga_dos_veces(nombre):
    with Path(nombre).open(encoding="utf-8") as archivo:
        archivo.read()
        return json.load(archivo)


def carga_con_otra_variable(nombre):
    texto = Path(nombre).read_text(encoding="utf-8")
    return json.loads(texto), testo  # noqa: F821 a propósito


def carga_sin_fin(nombre):
    while True:
        pass


def con_model_parameters():
    """Un alumno cuya función abre siempre el archivo de la lección, que está ahí."""
    Path("model_parameters.json").write_text('{"coef": [51.5], "intercept": 0}', encoding="utf-8")
    return predice_a_mano, carga_siempre_el_mismo


def carga_e_imprime_si_falta(nombre):
    try:
        return carga_parametros(nombre)
    except FileNotFoundError:
        print("no está")


def carga_con_un_solo_error(nombre):
    try:
        return carga_parametros(nombre)
    except (OSError, EOFError, ValueError):
        raise ValueError("algo fue mal") from None


def carga_sin_mirar_si_esta_vacio(nombre):
    return json.loads(Path(nombre).read_text(encoding="utf-8"))


def carga_y_da_none_si_esta_vacio(nombre):
    try:
        return carga_parametros(nombre)
    except EOFError:
        return None


def carga_y_llama_vacio_a_lo_danado(nombre):
    try:
        return carga_parametros(nombre)
    except ValueError:
        raise EOFError("no hay nada") from None


def carga_y_da_un_diccionario_vacio(nombre):
    try:
        return carga_parametros(nombre)
    except ValueError:
        return {}


def no_termina(parametros, fila):
    while True:
        pass


# --- 01.5 ----------------------------------------------------------------------------------------
ORDENADA, PENDIENTE = 50.80, 1.97  # las de horas_de_estudio(semilla=42), redondeadas


def nota(horas):
    return ORDENADA + PENDIENTE * horas


def predict_score(horas):
    if horas < 0:
        raise ValueError("las horas no pueden ser negativas")
    return nota(horas)


def con_texto(horas):
    return "Las horas no pueden ser negativas" if horas < 0 else nota(horas)


def con_cero(horas):
    return 0.0 if horas < 0 else nota(horas)


def con_none(horas):
    if horas >= 0:
        return nota(horas)


def imprime(horas):
    print(nota(horas))


def con_lista(horas):
    return [nota(horas)]


def con_la_regla(horas):
    return 40 + 2 * horas


def rechaza_el_cero(horas):
    if horas <= 0:
        raise ValueError("las horas tienen que ser positivas")
    return nota(horas)


def con_otro_error(horas):
    if horas < 0:
        raise TypeError("las horas no pueden ser negativas")
    return nota(horas)


def lanza_un_texto(horas):
    if horas < 0:
        raise "las horas no pueden ser negativas"  # noqa: B016 a propósito
    return nota(horas)


def solo_con_menos_uno(horas):
    if horas == -1:
        raise ValueError("las horas no pueden ser negativas")
    return nota(horas)


def redondea_hacia_cero(horas):
    if int(horas) < 0:
        raise ValueError("las horas no pueden ser negativas")
    return nota(horas)


def con_nan(horas):
    if horas < 0:
        raise ValueError("las horas no pueden ser negativas")
    return float("nan")


def pide_las_horas(horas):
    horas = float(input("¿Cuántas horas? "))
    return predict_score(horas)


def no_termina_con_negativas(horas):
    while horas < 0:
        pass
    return nota(horas)


def no_termina_con_cero(horas):
    while horas == 0:
        pass
    return predict_score(horas)


def sin_frase(horas):
    if horas < 0:
        raise ValueError
    return nota(horas)


CASOS = [
    bien("01.1", (MENSAJE, AULA), "los bytes estaban enteros"),
    bien(
        "01.1",
        (ROTO.encode("mac_roman").decode("utf-8"), AULA_ROTA.encode("cp1252").decode("utf-8")),
        "los bytes estaban enteros",
    ),
    caso("01.1", (ROTO.encode("mac_roman"), AULA), "no_es_texto", "la mitad del camino"),
    caso("01.1", (None, AULA), "no_es_texto", "tipo NoneType"),
    caso("01.1", (np.array([MENSAJE]), AULA), "no_es_texto", "tipo ndarray"),
    caso("01.1", (np.array([MENSAJE, AULA]), AULA), "no_es_texto", "tipo ndarray"),
    caso("01.1", (MENSAJE, ""), "texto_vacio", "sin ninguna letra"),
    caso("01.1", (AULA, MENSAJE), "cambiados", "donde iba el de `mensaje`"),
    caso("01.1", (MENSAJE, MENSAJE), "cambiados", "donde iba el de `aula`"),
    caso("01.1", (ROTO, AULA), "sin_cambios", "`mensaje` sigue igual de roto"),
    caso("01.1", (MENSAJE, AULA_ROTA), "sin_cambios", "`aula` sigue igual de roto"),
    caso(
        "01.1",
        (ROTO.encode("utf-8").decode("mac_roman"), AULA),
        "al_reves",
        "lo estropean otra vez",
    ),
    caso(
        "01.1",
        (ROTO.encode("ascii", "ignore").decode(), AULA),
        "letras_perdidas",
        "tiran lo que no entienden",
    ),
    caso("01.1", (MENSAJE, "El aula mide 40 m�."), "letras_perdidas", '`errors="replace"`'),
    caso("01.1", (MENSAJE, "El aula mide 40 m2."), "otro_texto", "se escribe a mano"),
    bien("01.2", (predice_a_mano, carga_parametros), "sobrevive sin scikit-learn"),
    bien("01.2", (predice_con_indices, carga_parametros), "sobrevive sin scikit-learn"),
    bien("01.2", (vacia_las_listas, carga_parametros), "sobrevive sin scikit-learn"),
    caso("01.2", (sin_return, carga_parametros), "no_da_un_numero", "falta el `return`"),
    caso("01.2", (da_los_productos, carga_parametros), "no_da_un_numero", "sin sumarlos"),
    caso("01.2", (da_un_texto, carga_parametros), "no_da_un_numero", "hacen del número un texto"),
    caso("01.2", (da_una_lista_de_numpy, carga_parametros), "no_da_un_numero", "un solo valor"),
    caso("01.2", (sin_ordenada, carga_parametros), "sin_ordenada", "se olvida la ordenada"),
    caso("01.2", (suma_sin_multiplicar, carga_parametros), "otra_cuenta", "la cuenta en papel"),
    caso("01.2", (con_numeros_fijos, carga_parametros), "numeros_fijos", "dentro de la función"),
    caso(
        "01.2",
        (con_dos_columnas_nada_mas, carga_parametros),
        "numeros_fijos",
        "que devuelve None con otros tres coeficientes",
    ),
    caso(
        "01.2",
        (con_el_largo_del_diccionario, carga_parametros),
        "largo_del_diccionario",
        "cuenta las claves del diccionario",
    ),
    caso("01.2", (con_dos_nombres, carga_parametros), "numeros_fijos", "un ValueError (too many"),
    caso(
        "01.2",
        (con_zip_a_secas, carga_parametros),
        "otras_columnas",
        "a la fila [4] responde 4.4 y a la fila [4, 2, 9] responde 9.4",
    ),
    caso("01.2", (con_numpy, carga_parametros), "otras_columnas", "a la fila [4] responde 14.4."),
    caso(
        "01.2",
        (rechaza_solo_las_cortas, carga_parametros),
        "otras_columnas",
        "con dos coeficientes a la fila [4, 2, 9] responde 9.4",
    ),
    caso("01.2", (devuelve_el_aviso, carga_parametros), "da_un_aviso", "pero no se detiene"),
    caso("01.2", (imprime_el_aviso, carga_parametros), "da_un_aviso", "que devuelve None con"),
    caso(
        "01.2",
        (con_indices_a_secas, carga_parametros),
        "otro_error_de_columnas",
        "un IndexError (list index out of range) con dos coeficientes",
    ),
    caso("01.2", (predice_a_mano, carga_el_texto), "no_da_el_diccionario", "`json.loads`"),
    caso(
        "01.2",
        (predice_a_mano, carga_con_otra_variable),
        "lanza_excepcion",
        "name 'testo' is not defined",
        Estado.ERROR_TUYO,
    ),
    caso("01.2", (predice_a_mano, carga_dos_veces), "no_da_el_diccionario", "un JSONDecodeError"),
    Caso("01.2", con_model_parameters, "no_usa_el_nombre", "que devuelve {'coef': [51.5]"),
    caso(
        "01.2",
        (predice_a_mano, carga_siempre_el_mismo),
        "no_usa_el_nombre",
        "el nombre está escrito dentro de la función",
    ),
    caso(
        "01.2",
        (predice_a_mano, carga_e_imprime_si_falta),
        "falta_con_otro_error",
        "que devuelve None cuando el archivo no existe",
    ),
    caso(
        "01.2",
        (predice_a_mano, carga_con_un_solo_error),
        "falta_con_otro_error",
        "un ValueError (algo fue mal) cuando el archivo no existe",
    ),
    caso(
        "01.2",
        (predice_a_mano, carga_sin_mirar_si_esta_vacio),
        "vacio_con_otro_error",
        "char 0)) con un archivo de 0 bytes",
    ),
    caso(
        "01.2",
        (predice_a_mano, carga_y_da_none_si_esta_vacio),
        "vacio_con_otro_error",
        "que devuelve None con un archivo de 0 bytes",
    ),
    caso(
        "01.2",
        (predice_a_mano, carga_y_llama_vacio_a_lo_danado),
        "danado_con_otro_error",
        "un EOFError (no hay nada) con un archivo dañado",
    ),
    caso(
        "01.2",
        (predice_a_mano, carga_y_da_un_diccionario_vacio),
        "danado_con_otro_error",
        "que devuelve {} con un archivo dañado",
    ),
    caso(
        "01.2",
        (no_termina, carga_parametros),
        "no_termina",
        "y la detuve",
        Estado.ERROR_TUYO,
    ),
    caso(
        "01.2",
        (no_termina_con_otras_filas, carga_parametros),
        "no_termina",
        "y la detuve",
        Estado.ERROR_TUYO,
    ),
    caso(
        "01.2",
        (predice_a_mano, carga_sin_fin),
        "no_termina",
        "y la detuve",
        Estado.ERROR_TUYO,
    ),
    caso(
        "01.2",
        (BETAS, carga_parametros),
        "no_es_funcion",
        "el nombre de la función sin paréntesis",
        Estado.ERROR_TUYO,
    ),
    caso(
        "01.2",
        (predice_a_mano, BETAS),
        "no_es_funcion",
        "el nombre de la función sin paréntesis",
        Estado.ERROR_TUYO,
    ),
    bien("01.3", (UNICAS, Y_UNICAS), "Ahora los datos deciden"),
    bien("01.3", ([[0, 0], [1, 0], [0, 1]], [1, 3, 2]), "Ahora los datos deciden"),
    bien("01.3", ([*ALINEADAS[:-1], [8, 0]], [5, 8, 11, 14, 17]), "Ahora los datos deciden"),
    bien("01.3", (np.array(UNICAS), np.array(Y_UNICAS)), "Ahora los datos deciden"),
    caso("01.3", ([1, 2, 3], [5, 8, 11]), "no_son_dos_columnas", "la forma (3,)"),
    caso("01.3", ([], []), "no_son_dos_columnas", "falta un corchete"),
    caso("01.3", (np.empty((0, 2)), []), "no_son_dos_columnas", "la forma (0, 2)"),
    caso("01.3", ([[1, 2], [3]], [5, 8]), "no_son_numeros", "en `X_3` [[1, 2], [3]]"),
    caso("01.3", ([["1", "uno"]], [5]), "no_son_numeros", "en `X_3` [['1', 'uno']]"),
    caso("01.3", (UNICAS, (n for n in Y_UNICAS)), "no_son_numeros", "en `y_3` <generator"),
    caso("01.3", (UNICAS, zip(Y_UNICAS, strict=True)), "no_son_numeros", "en `y_3` <zip"),
    caso("01.3", (UNICAS, [str(n) for n in Y_UNICAS]), "no_son_numeros", "en `y_3` ['5'"),
    caso("01.3", (UNICAS, 5), "no_son_numeros", "en `y_3` 5."),
    caso("01.3", (UNICAS, [*Y_UNICAS[:-1], float("nan")]), "con_huecos", "en `y_3` un `nan`"),
    caso("01.3", ([*UNICAS[:-1], [5, np.nan]], Y_UNICAS), "con_huecos", "en `X_3` un `nan`"),
    caso("01.3", (UNICAS, [[n] for n in Y_UNICAS]), "y_en_columna", "los corchetes interiores"),
    caso("01.3", ([*UNICAS, [7, 1]], Y_UNICAS), "y_de_otro_largo", "la lista `y_3` se queda"),
    caso(
        "01.3",
        ([[1, 2], [2, 4], [3, 6]], [5, 9, 13]),
        "sigue_sin_decidir",
        "las filas siguen en una misma línea",
    ),
    caso("01.3", (UNICAS[-2:], Y_UNICAS[-2:]), "sigue_sin_decidir", "son menos de tres"),
    caso("01.3", (UNICAS, [5, 8, 11, 14, 17]), "y_de_antes", "los valores de `y` de antes"),
    caso("01.3", (UNICAS, [1 + a + 2 * b for a, b in UNICAS]), "otra_regla", "aprende [1. 2.]"),
    bien("01.4", ("acf",), "No todo cabe en cualquier"),
    bien("01.4", ({"A", "c", "f"},), "No todo cabe en cualquier"),
    bien("01.4", ("a, c, f",), "No todo cabe en cualquier"),
    bien("01.4", (frozenset("acf"),), "No todo cabe en cualquier"),
    bien("01.4", (np.array(["a", "c", "f"]),), "No todo cabe en cualquier"),
    bien("01.4", ("a, c y f",), "No todo cabe en cualquier"),
    caso("01.4", (3,), "otras_letras", "son nombres de variables"),
    caso("01.4", ([1, 3, 6],), "otras_letras", "[1, 3, 6]"),
    caso("01.4", (["pickle.dumps", "json.dumps"],), "otras_letras", "se escriben palabras"),
    caso("01.4", ("abcf",), "copiar", "los bytes ya estaban hechos"),
    caso("01.4", ("acdf",), "imprimir", "no lleva sus números"),
    caso("01.4", ("acef",), "deserializar", "el camino de vuelta"),
    caso("01.4", ("acfz",), "otras_letras", "se escriben palabras"),
    caso("01.4", ("a",), "faltan", "2 más"),
    bien("01.5", (predict_score,), "El error salta donde está la causa"),
    caso("01.5", (con_texto,), "sigue_dando_texto", "como si fuera una nota"),
    caso("01.5", (con_cero,), "calla", "devuelve 0.0 y sigue"),
    caso("01.5", (con_none,), "calla", "devuelve None y sigue"),
    caso("01.5", (solo_con_menos_uno,), "calla", "`predict_score(-0.5)` devuelve"),
    caso("01.5", (redondea_hacia_cero,), "calla", "`predict_score(-0.5)` devuelve"),
    caso("01.5", (con_nan,), "otra_nota", "vale nan"),
    caso("01.5", (pide_las_horas,), "pide_datos", "pedir los datos lo hace quien la llama"),
    caso("01.5", (imprime,), "no_da_un_numero", "devuelve None"),
    caso("01.5", (con_lista,), "no_da_un_numero", "aunque haya un solo valor"),
    caso(
        "01.5",
        (no_termina_con_negativas,),
        "no_termina",
        "`no_termina_con_negativas(-1)` no terminó",
        Estado.ERROR_TUYO,
    ),
    caso(
        "01.5",
        (no_termina_con_cero,),
        "no_termina",
        "`no_termina_con_cero(0)` no terminó",
        Estado.ERROR_TUYO,
    ),
    caso("01.5", (con_la_regla,), "otra_nota", "unos 50.8"),
    caso("01.5", (rechaza_el_cero,), "rechaza_el_cero", "hay quien no estudia nada"),
    caso("01.5", (con_otro_error,), "otro_error", "un TypeError con -1 horas"),
    caso("01.5", (lanza_un_texto,), "otro_error", "tras `raise` va un texto a secas"),
    caso("01.5", (sin_frase,), "sin_frase", "no sabrá qué cambiar"),
]
