"""Ejercicios y predicciones de 01 · Conceptos fundamentales."""

import json
import tempfile
from numbers import Real
from pathlib import Path

import numpy as np
from sklearn.linear_model import LinearRegression

from helpers.datos import horas_de_estudio
from helpers.ejercicios.ejecucion import exige_funcion, intenta, llama
from helpers.ejercicios.resultado import Ejercicio, Prediccion, bien, mal, muestra

# --- 01.1 · reparar dos textos -------------------------------------------------------------------
MENSAJE = "Mañana la señora Núñez corregirá el examen de álgebra."
AULA = "El aula mide 40 m²."


def _comprueba_textos(mensaje, aula):
    return (
        _repara_mal("mensaje", mensaje, MENSAJE, "mac_roman")
        or _repara_mal("aula", aula, AULA, "latin-1")
        or bien("No faltaba ninguna letra: los bytes estaban enteros y se leían con otras reglas.")
    )


def _repara_mal(nombre, reparado, original, codec):
    """El mensaje de error de un texto, o None si está bien."""
    if reparado == original:
        return None
    roto = original.encode("utf-8").decode(codec)
    if not isinstance(reparado, str):
        return mal(
            "no_es_texto",
            vi=f"un valor de tipo {type(reparado).__name__}: {muestra(reparado)}",
            esperaba="un texto",
            porque="`encode` da bytes: es la mitad del camino",
            prueba="a terminar con `.decode(...)`, que devuelve letras",
        )
    if reparado == roto:
        return mal(
            "sin_cambios",
            vi=f"que `{nombre}` sigue igual de roto",
            esperaba="el texto con sus tildes",
            porque="se codifica y se lee con la misma codificación: es ir y volver",
            prueba="dos codificaciones distintas, una en `encode` y otra en `decode`",
        )
    if len(reparado) > len(roto):
        return mal(
            "al_reves",
            vi=f"un texto más largo que el roto: {muestra(reparado)}",
            esperaba="uno más corto",
            porque="las dos codificaciones están cambiadas de sitio y lo estropean otra vez",
            prueba=f'`encode("{codec}")`, la que se usó por error, y después `decode("utf-8")`',
        )
    if set("�?") & set(reparado) or len(reparado) < len(original):
        return mal(
            "letras_perdidas",
            vi=f"que se perdieron letras: {muestra(reparado)}",
            esperaba="todas las letras",
            porque='`errors="replace"` y `errors="ignore"` tiran lo que no entienden',
            prueba="sin `errors`, con la codificación que se usó por error",
        )
    return mal(
        "otro_texto",
        vi=f"{muestra(reparado)} en `{nombre}`",
        esperaba="el mismo texto, reparado letra a letra",
        porque="se escribe a mano, o se repara solo una parte",
        prueba=f'`{nombre}.encode("{codec}").decode("utf-8")`',
    )


# --- 01.2 · predecir y cargar sin scikit-learn ---------------------------------------------------
BETAS = {"coef": [0.8, 2.5], "intercept": 1.2}
OTRAS_BETAS = {"coef": [-2.0, 0.5, 3.0], "intercept": 10.0}
DANADOS = {
    "cortado": b'{"coef": [0.8, 2.',
    "una página web": b"<!DOCTYPE html><title>404</title>",
    "un pickle": b"\x80\x05}\x94.",
}


def _comprueba_sin_sklearn(predice_a_mano, carga_parametros):
    exige_funcion(predice_a_mano)
    exige_funcion(carga_parametros)
    return (
        _cuenta_mal(predice_a_mano)
        or _columnas_mal(predice_a_mano)
        or _carga_mal(carga_parametros)
        or bien(
            "Un modelo lineal sobrevive sin scikit-learn. Y cada archivo malo dice qué le pasa."
        )
    )


def _cuenta_mal(funcion):
    valor = llama(funcion, dict(BETAS), [4, 2])
    if not isinstance(valor, Real):
        return mal(
            "no_da_un_numero",
            vi=f"que `predice_a_mano` devuelve {muestra(valor)}",
            esperaba="un número",
            porque="falta el `return`, o se devuelve la lista de productos sin sumarla",
            prueba="`sum(...)`, y a terminar con `return`",
        )
    if np.isclose(valor, 8.2):
        return mal(
            "sin_ordenada",
            vi="8.2 para β₀ = 1.2, β₁ = 0.8, β₂ = 2.5 y la fila (4, 2)",
            esperaba="9.4",
            porque="se suman los productos y se olvida la ordenada en el origen",
            prueba='a sumar `parametros["intercept"]`',
        )
    if not np.isclose(valor, 9.4):
        return mal(
            "otra_cuenta",
            vi=f"{muestra(valor)} para β₀ = 1.2, β₁ = 0.8, β₂ = 2.5 y la fila (4, 2)",
            esperaba="9.4",
            porque="cada coeficiente multiplica a la medida de su misma posición",
            prueba="la cuenta en papel: 1.2 + 0.8 · 4 + 2.5 · 2",
        )
    otro = llama(funcion, dict(OTRAS_BETAS), [1, 2, 3])
    if not np.isclose(otro, 18):
        return mal(
            "numeros_fijos",
            vi=f"{muestra(otro)} con otros tres coeficientes, {OTRAS_BETAS['coef']}",
            esperaba="18.0",
            porque="los números, o la cantidad de columnas, están escritos dentro de la función",
            prueba='a leerlos de `parametros["coef"]` y recorrerlos con `zip`',
        )
    return None


def _columnas_mal(funcion):
    for fila in ([4], [4, 2, 9]):
        intento = intenta(funcion, dict(BETAS), fila)
        if intento.error is None:
            return mal(
                "otras_columnas",
                vi=f"que con dos coeficientes y la fila {fila} responde {muestra(intento.valor)}",
                esperaba="un `ValueError`",
                porque="`zip` se detiene en la más corta y no avisa",
                prueba="`zip(..., strict=True)`, o a comparar los dos `len` antes",
            )
        if not isinstance(intento.error, ValueError):
            return mal(
                "otro_error_de_columnas",
                vi=f"un {type(intento.error).__name__} con dos coeficientes y la fila {fila}",
                esperaba="un `ValueError`",
                porque="el error salta a mitad de la cuenta, no al comprobar la fila",
                prueba="a comparar los dos `len` en la primera línea",
            )
    return None


def _carga_mal(funcion):
    cargado, sin_archivo, con_vacio, con_danados = _prueba_la_carga(funcion)
    if cargado != BETAS:
        return mal(
            "no_da_el_diccionario",
            vi=f"que con un archivo bueno `carga_parametros` devuelve {muestra(cargado)}",
            esperaba="el diccionario guardado",
            porque="falta el `return`, o se devuelve el texto sin pasar por `json.loads`",
            prueba="`return json.loads(texto)`",
        )
    if not isinstance(sin_archivo, FileNotFoundError):
        return mal(
            "falta_con_otro_error",
            vi=f"{_que_hizo(sin_archivo)} cuando el archivo no existe",
            esperaba="un `FileNotFoundError`",
            porque="un `except` lo imprime o lo cambia por otro, y quien llama no se entera",
            prueba="a no capturarlo: `open` ya lanza el que hace falta",
        )
    if not isinstance(con_vacio, EOFError):
        return mal(
            "vacio_con_otro_error",
            vi=f"{_que_hizo(con_vacio)} con un archivo de 0 bytes",
            esperaba="un `EOFError`",
            porque="`json.loads` da el mismo error con un archivo vacío que con uno dañado",
            prueba='`if texto == "":` y, debajo, `raise EOFError("el archivo está vacío")`',
        )
    for nombre, error in con_danados.items():
        if not isinstance(error, ValueError):
            return mal(
                "danado_con_otro_error",
                vi=f"{_que_hizo(error)} con un archivo dañado: {nombre}",
                esperaba="un `ValueError`",
                porque="un `except` demasiado amplio lo convierte en otra cosa",
                prueba="a no capturarlo: los errores de `json.loads` ya son `ValueError`",
            )
    return None


def _prueba_la_carga(funcion):
    """Lo que devuelve con un archivo bueno, y el error que da sin archivo y con los malos."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as carpeta:
        archivo = Path(carpeta, "parametros.json")
        sin_archivo = intenta(funcion, str(archivo)).error
        archivo.touch()
        con_vacio = intenta(funcion, str(archivo)).error
        con_danados = {}
        for nombre, contenido in DANADOS.items():
            archivo.write_bytes(contenido)
            con_danados[nombre] = intenta(funcion, str(archivo)).error
        archivo.write_text(json.dumps(BETAS), encoding="utf-8")
        return llama(funcion, str(archivo)), sin_archivo, con_vacio, con_danados


def _que_hizo(error):
    return "que no se queja" if error is None else f"un {type(error).__name__}"


# --- 01.3 · datos con un solo plano --------------------------------------------------------------
Y_DE_ANTES = [5, 8, 11, 14, 17]


def _comprueba_plano_unico(X, y):
    try:
        X, y = np.asarray(X, dtype=float), np.asarray(y, dtype=float)
    except (TypeError, ValueError):
        X = y = np.array(np.nan)
    if not (X.ndim == 2 and X.shape[1] == 2 and np.isfinite(X).all()):
        return mal(
            "no_son_dos_columnas",
            vi=f"en `X_3` una forma {X.shape}, o algo que no es un número",
            esperaba="una lista de filas con dos números cada una",
            porque="falta un corchete, o una fila tiene otra cantidad de números",
            prueba="a copiar la `X` de arriba y cambiar algún número",
        )
    if y.shape != (len(X),):
        return mal(
            "y_de_otro_largo",
            vi=f"{len(X)} filas en `X_3` y una forma {y.shape} en `y_3`",
            esperaba="un número en `y_3` por cada fila",
            porque="se añaden filas a `X_3` y `y_3` se queda como estaba",
            prueba="`y_3 = [1 + 2 * x1 + x2 for x1, x2 in X_3]`",
        )
    modelo = LinearRegression().fit(X, y)
    if modelo.rank_ < 2:
        return mal(
            "sigue_sin_decidir",
            vi=f"que `rank_` vale {modelo.rank_}",
            esperaba="2",
            porque="x₂ aún es x₁ más un número fijo, o un múltiplo; o hay menos de tres filas",
            prueba="a cambiar un solo número de la segunda columna",
        )
    if y.tolist() == Y_DE_ANTES:
        return mal(
            "y_de_antes",
            vi="los valores de `y` de antes",
            esperaba="los que da la regla con tus filas nuevas",
            porque="al cambiar una fila de X, su y ya no cumple 1 + 2 · x₁ + x₂",
            prueba="`y_3 = [1 + 2 * x1 + x2 for x1, x2 in X_3]`",
        )
    if not np.allclose(y, 1 + X @ [2, 1]):
        return mal(
            "otra_regla",
            vi=f"que el modelo aprende {modelo.coef_.round(2)} y {modelo.intercept_:.2f}",
            esperaba="[2 1] y 1",
            porque="`y_3` se calcula con otra regla, o se cruzan las dos columnas",
            prueba="`y_3 = [1 + 2 * x1 + x2 for x1, x2 in X_3]`",
        )
    return bien(
        "Ahora los datos deciden. Bastaba con una fila fuera de la línea; mil más en ella, no."
    )


# --- 01.4 · qué es serializar --------------------------------------------------------------------
SERIALIZAN = set("acf")


def _comprueba_letras(letras):
    if not isinstance(letras, str | set | list | tuple):
        return mal(
            "no_son_letras",
            vi=muestra(letras),
            esperaba="un texto con letras de la a a la f",
            porque="las letras sin comillas son nombres de variables",
            prueba='`letras = "ab"`, con las tuyas',
        )
    dadas = {letra for letra in "".join(map(str, letras)).lower() if letra.isalpha()}
    if "b" in dadas:
        return mal(
            "copiar",
            vi="la b, copiar un archivo",
            esperaba="solo acciones que convierten un objeto",
            porque="copiar también protege el modelo; pero los bytes ya estaban hechos",
            prueba="a preguntarte qué objeto se convierte",
        )
    if "d" in dadas:
        return mal(
            "imprimir",
            vi="la d, imprimir el modelo",
            esperaba="acciones que permiten reconstruir el objeto",
            porque="lo impreso se parece al objeto, pero no lleva sus números",
            prueba="`print(modelo)`, y a buscar en lo que sale la ordenada en el origen",
        )
    if "e" in dadas:
        return mal(
            "deserializar",
            vi="la e, `json.loads`",
            esperaba="el camino de ida: del objeto a los bytes o al texto",
            porque="`load` y `loads` hacen el camino de vuelta",
            prueba="a recordar que `dump` guarda y `load` carga",
        )
    if sobran := sorted(dadas - set("abcdef")):
        return mal(
            "otras_letras",
            vi=f"letras que no están en la lista: {muestra(sobran)}",
            esperaba="letras de la a a la f",
            porque="se escriben palabras en lugar de letras",
            prueba='`letras = "ab"`, con las tuyas',
        )
    if dadas != SERIALIZAN:
        return mal(
            "faltan",
            vi=f"{len(dadas)} de las {len(SERIALIZAN)} que hay",
            esperaba=f"{len(SERIALIZAN) - len(dadas)} más",
            porque="parece que serializar es solo pickle; también se serializa a texto",
            prueba="a buscar las que dejan algo con lo que rehacer el objeto",
        )
    return bien("Da igual que el resultado sean bytes, JSON o CSV: con él se rehace el objeto.")


# --- 01.5 · predict_score ------------------------------------------------------------------------
def _comprueba_predict_score(funcion):
    exige_funcion(funcion)
    estudio = horas_de_estudio(semilla=42)
    modelo = LinearRegression().fit(estudio[["horas"]].to_numpy(), estudio["nota"])
    if isinstance(intenta(funcion, 0).error, ValueError):
        return mal(
            "rechaza_el_cero",
            vi="que `predict_score(0)` lanza `ValueError`",
            esperaba="la ordenada en el origen, unos 50.8",
            porque="`<= 0` incluye el cero, y hay quien no estudia nada",
            prueba="`if horas < 0:`",
        )
    for horas in (0, 10, 2.5):
        nota, esperada = llama(funcion, horas), modelo.predict([[horas]])[0]
        if not isinstance(nota, Real):
            return mal(
                "no_da_un_numero",
                vi=f"que `predict_score({horas})` devuelve {muestra(nota)}",
                esperaba="un número",
                porque="falta el `return`, o `predict` da una lista con un solo valor",
                prueba="`return` con la cuenta, o `predict([[horas]])[0]`",
            )
        if abs(nota - esperada) > 0.5:
            return mal(
                "otra_nota",
                vi=f"que `predict_score({horas})` vale {nota:.1f}",
                esperaba=f"unos {esperada:.1f}",
                porque="cambia la cuenta al mover las líneas",
                prueba="`modelo_notas.intercept_ + modelo_notas.coef_[0] * horas`",
            )
    intento = intenta(funcion, -1)
    if isinstance(intento.valor, str):
        return mal(
            "sigue_dando_texto",
            vi=f"que `predict_score(-1)` devuelve el texto {muestra(intento.valor)}",
            esperaba="que lanzara `ValueError`",
            porque="`return` entrega el aviso como si fuera una nota",
            prueba='`raise ValueError("...")` en lugar de `return "..."`',
        )
    if intento.error is None:
        return mal(
            "calla",
            vi=f"que `predict_score(-1)` devuelve {muestra(intento.valor)} y sigue",
            esperaba="que lanzara `ValueError`",
            porque="un cero, un None o una nota inventada esconden el error un poco más lejos",
            prueba='`if horas < 0:` y, debajo, `raise ValueError("...")`',
        )
    if not isinstance(intento.error, ValueError):
        return mal(
            "otro_error",
            vi=f"un {type(intento.error).__name__} con -1 horas",
            esperaba="un `ValueError`",
            porque="ese nombre dice lo que pasa: el tipo es bueno y el valor no",
            prueba='`raise ValueError("...")`',
        )
    if len(str(intento.error)) < 10:
        return mal(
            "sin_frase",
            vi=f"un `ValueError` que dice {muestra(str(intento.error))}",
            esperaba="una frase que diga qué se hizo mal",
            porque="el error parece bastar, pero quien lo lea no sabrá qué cambiar",
            prueba='`raise ValueError("las horas no pueden ser negativas")`',
        )
    return bien("El error salta donde está la causa y dice qué cambiar.")


EJERCICIOS = (
    Ejercicio(
        "01.1",
        puntos=1,
        pistas=(
            "Para deshacer un paso hay que darlo al revés: de las letras rotas a sus bytes.",
            "Mira la última celda: se leyó con `mac_roman` lo que era UTF-8. Deshazlo primero.",
            '`mensaje.encode("mac_roman").decode("utf-8")`. Con `aula`, cambia la primera.',
        ),
        solucion="""
aula = "El aula mide 40 mÂ²."
mensaje_reparado = mensaje.encode("mac_roman").decode("utf-8")
aula_reparada = aula.encode("latin-1").decode("utf-8")
""",
        comprueba=_comprueba_textos,
    ),
    Ejercicio(
        "01.2",
        puntos=3,
        pistas=(
            "Predecir es multiplicar, sumar y añadir la ordenada. Al cargar, dos de los tres "
            "errores ya los lanza Python.",
            "`zip(..., strict=True)` lanza `ValueError` si los largos difieren. El único caso que "
            "tienes que mirar tú es el archivo vacío.",
            'Abre con `with open(nombre, encoding="utf-8")`, lee el texto, '
            '`if texto == "": raise EOFError(...)`, y devuelve `json.loads(texto)`.',
        ),
        solucion="""
def predice_a_mano(parametros, fila):
    pares = zip(parametros["coef"], fila, strict=True)
    return parametros["intercept"] + sum(coef * medida for coef, medida in pares)

# %% la celda siguiente
def carga_parametros(nombre):
    with open(nombre, encoding="utf-8") as archivo:
        texto = archivo.read()
    if texto == "":
        raise EOFError(f"{nombre} está vacío")
    return json.loads(texto)
""",
        comprueba=_comprueba_sin_sklearn,
    ),
    Ejercicio(
        "01.3",
        puntos=2,
        pistas=(
            "Las cinco filas están en una misma línea. Un plano gira alrededor de una línea.",
            "Saca una fila de esa línea: que su x₂ no sea x₁ + 1.",
            "Copia `X`, cambia el último 6 por otro número y calcula "
            "`y_3 = [1 + 2 * x1 + x2 for x1, x2 in X_3]`.",
        ),
        solucion="""
X_3 = [[1, 2], [2, 3], [3, 4], [4, 5], [5, 0]]
y_3 = [1 + 2 * x1 + x2 for x1, x2 in X_3]
""",
        comprueba=_comprueba_plano_unico,
    ),
    Ejercicio(
        "01.4",
        puntos=1,
        pistas=(
            "Serializar: había un objeto y queda algo con lo que rehacerlo.",
            "Descarta las que no convierten nada y la que hace el camino de vuelta.",
            "Son tres. Una usa pickle; las otras dos dejan texto.",
        ),
        solucion='letras = "acf"',
        comprueba=_comprueba_letras,
    ),
    Ejercicio(
        "01.5",
        puntos=2,
        pistas=(
            "Una función que promete un número no debe devolver otra cosa.",
            "Cambia la línea que devuelve el texto: `return` entrega, `raise` detiene.",
            'La condición es la misma. Debajo: `raise ValueError("las horas no pueden ser '
            'negativas")`.',
        ),
        solucion="""
def predict_score(horas):
    if horas < 0:
        raise ValueError("las horas no pueden ser negativas")
    return modelo_notas.intercept_ + modelo_notas.coef_[0] * horas
""",
        comprueba=_comprueba_predict_score,
    ),
)


def _que_paso_en_modo_texto(observado):
    """La opción que cumplen el error y los bytes que dejó abrir con «w»."""
    error, cuantos = observado
    if not error:
        return "b"
    return "a" if cuantos == 0 else None


PREDICCIONES = (
    Prediccion(
        "01.p1",
        ocurre={(3, 3): "a", (3, 4): "b", (3, 6): "c"}.get,
        comentarios={
            "a": "Es cierto para las letras del inglés. La ñ y las tildes necesitan dos bytes.",
            "b": "La ñ es la que ocupa dos.",
            "c": "Otras codificaciones usan dos bytes por letra. UTF-8, solo donde hacen falta.",
        },
    ),
    Prediccion(
        "01.p2",
        ocurre=_que_paso_en_modo_texto,
        comentarios={
            "a": "El error avisa; el archivo vacío, no.",
            "b": "Algunos trozos se leen, pero son bytes: el modo texto solo acepta letras.",
            "c": "Hay un error. Pero `open` va antes que `dump`, y con «w» crea o vacía.",
        },
    ),
    Prediccion(
        "01.p3",
        ocurre=lambda texto: {"[1, 2, 3, 4, 5]": "a", "[1, 2, 3, 4, 5, 6]": "b"}.get(
            texto.strip().rpartition("\n")[2]
        ),
        comentarios={
            "a": "El 6 estaba solo en la memoria.",
            "b": "El archivo no está unido a la lista: es una copia de aquel momento.",
            "c": "Desapareció la lista, no el archivo.",
        },
    ),
    Prediccion(
        "01.p4",
        ocurre=lambda razon: "b" if abs(razon - 1) < 0.02 else "c" if razon < 5 else "a",
        comentarios={
            "a": "El modelo no guarda a las personas: guarda lo que aprendió de ellas.",
            "b": "Diez coeficientes y una ordenada, con cualquier cantidad de personas.",
            "c": "Los números cambian. Su cantidad, no.",
        },
    ),
    Prediccion(
        "01.p5",
        ocurre=lambda numeros: {(2, 1, 1): "a", (1, 2, 1): "b", (1.5, 1.5, 0.5): "c"}.get(
            tuple(numeros)
        ),
        comentarios={
            "a": "Es una regla que ajusta, pero no la única. El modelo no sabe cuál usaste tú.",
            "b": "Esos números ni siquiera ajustan: en la primera fila dan 6, y la y es 5.",
            "c": "Ajusta igual de bien que la regla, y no es la regla.",
        },
    ),
)
