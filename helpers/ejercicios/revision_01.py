"""Cómo se comprueban los ejercicios de 01 · Conceptos fundamentales."""

import copy
import json
import math
import tempfile
from numbers import Real
from pathlib import Path

from helpers.datos import horas_de_estudio
from helpers.ejercicios.ejecucion import TiempoAgotado, exige_funcion, intenta, llama, valor_de
from helpers.ejercicios.resultado import Rechazo, bien, mal, muestra

# numpy y scikit-learn se importan donde se usan: anotar la primera apuesta no debe esperarlos.


# --- Lo común a varios ejercicios ----------------------------------------------------------------
def _prueba(funcion, *argumentos):
    """Como `intenta`, pero no terminar nunca no cuenta como el error que se esperaba."""
    intento = intenta(funcion, *argumentos)
    if isinstance(intento.error, TiempoAgotado):
        valor_de(intento, funcion, *argumentos)  # rechaza, con el mensaje del motor
    return intento


def _que_hizo(intento):
    """Lo que salió de una llamada, para seguir a «Vi»."""
    if intento.error is None:
        return f"que devuelve {muestra(intento.valor)}"
    return f"un {type(intento.error).__name__} ({muestra(str(intento.error))[1:-1]})"


def _no_es_un_numero(llamada, valor):
    """El mensaje para quien devuelve otra cosa: el tipo dice cuál fue el descuido."""
    cuantos = len(valor) if isinstance(valor, list | tuple) else getattr(valor, "size", 1)
    if valor is None:
        porque, prueba = "falta el `return`, o hay un `print` en su lugar", "`return` con la cuenta"
    elif isinstance(valor, str):
        porque = "`str` y los textos con `f` delante hacen del número un texto"
        prueba = "a devolver la cuenta sin darle formato"
    elif cuantos == 1:
        porque = "numpy y `predict` dan una lista aunque haya un solo valor"
        prueba = "a sacarlo con `[0]`, o con `.item()`"
    else:
        porque, prueba = "se devuelven los productos sin sumarlos", "`sum(...)`"
    return mal(
        "no_da_un_numero",
        vi=f"que `{llamada}` devuelve {muestra(valor)}, de tipo {type(valor).__name__}",
        esperaba="un número",
        porque=porque,
        prueba=prueba,
    )


# --- 01.1 · reparar dos textos -------------------------------------------------------------------
MENSAJE = "Mañana la señora Núñez corregirá el examen de álgebra."
AULA = "El aula mide 40 m²."


def comprueba_textos(mensaje, aula):
    """Los dos textos se leen bien, y son los que había."""
    return (
        _repara_mal("mensaje", mensaje, MENSAJE, "mac_roman")
        or _repara_mal("aula", aula, AULA, "latin-1")
        or bien("No faltaba ninguna letra: los bytes estaban enteros y se leían con otras reglas.")
    )


def _repara_mal(nombre, reparado, original, codec):
    """El mensaje de error de un texto, o None si está bien."""
    if not isinstance(reparado, str):
        return mal(
            "no_es_texto",
            vi=f"un valor de tipo {type(reparado).__name__}: {muestra(reparado)}",
            esperaba="un texto",
            porque="`encode` da bytes, que es la mitad del camino, y `print` no da nada",
            prueba="a terminar con `.decode(...)`, que devuelve letras",
        )
    if reparado == original:
        return None
    if reparado == "":
        return mal(
            "texto_vacio",
            vi=f"un texto sin ninguna letra como reparación de `{nombre}`",
            esperaba="el texto entero",
            porque="se dejan unas comillas sin nada dentro",
            prueba=f"a empezar por `{nombre}.encode(...)`",
        )
    if reparado in (MENSAJE, AULA):
        return mal(
            "cambiados",
            vi=f"el otro texto, bien reparado, donde iba el de `{nombre}`",
            esperaba="cada texto en su variable",
            porque="las dos líneas se parecen y se cruzan al copiarlas",
            prueba="a mirar qué variable hay a cada lado de cada `=`",
        )
    roto = original.encode("utf-8").decode(codec)
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
        vi=f"{muestra(reparado)} como reparación de `{nombre}`",
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
# Lo que encuentra `carga_parametros`, en este orden; al principio no hay archivo.
CONTENIDOS = {"ninguno": None, "bueno": json.dumps(BETAS).encode(), "vacío": b"", **DANADOS}


def comprueba_sin_sklearn(predice_a_mano, carga_parametros):
    """La cuenta es la de la regresión, y cada archivo malo da su error."""
    exige_funcion(carga_parametros)
    return (
        _cuenta_mal(predice_a_mano)
        or _columnas_mal(predice_a_mano)
        or _carga_mal(carga_parametros)
        or bien("Un modelo lineal sobrevive sin scikit-learn, y cada archivo malo dice qué tiene.")
    )


def _cuenta_mal(funcion):
    # Cada llamada recibe sus propias listas: la función de quien aprende puede vaciarlas.
    valor = llama(funcion, copy.deepcopy(BETAS), [4, 2])
    if not isinstance(valor, Real):
        return _no_es_un_numero("predice_a_mano", valor)
    if math.isclose(valor, 8.2, rel_tol=1e-6):
        return mal(
            "sin_ordenada",
            vi="8.2 para β₀ = 1.2, β₁ = 0.8, β₂ = 2.5 y la fila (4, 2)",
            esperaba="9.4",
            porque="se suman los productos y se olvida la ordenada en el origen",
            prueba='a sumar `parametros["intercept"]`',
        )
    if not math.isclose(valor, 9.4, rel_tol=1e-6):
        return mal(
            "otra_cuenta",
            vi=f"{muestra(valor)} para β₀ = 1.2, β₁ = 0.8, β₂ = 2.5 y la fila (4, 2)",
            esperaba="9.4",
            porque="cada coeficiente multiplica a la medida de su misma posición",
            prueba="la cuenta en papel: 1.2 + 0.8 · 4 + 2.5 · 2",
        )
    otro = _prueba(funcion, copy.deepcopy(OTRAS_BETAS), [1, 2, 3])
    # Si con una clave de más deja de fallar, es que contaba las claves.
    con_tres_claves = _prueba(funcion, copy.deepcopy(OTRAS_BETAS) | {"otra": None}, [1, 2, 3])
    if otro.error is not None and con_tres_claves.error is None:
        return mal(
            "largo_del_diccionario",
            vi=f"{_que_hizo(otro)} con tres coeficientes y tres medidas",
            esperaba="18.0, sin error",
            porque="`len(parametros)` cuenta las claves del diccionario, que son dos",
            prueba='`len(parametros["coef"])`',
        )
    if not (isinstance(otro.valor, Real) and math.isclose(otro.valor, 18, rel_tol=1e-6)):
        return mal(
            "numeros_fijos",
            vi=f"{_que_hizo(otro)} con otros tres coeficientes, {OTRAS_BETAS['coef']}",
            esperaba="18.0",
            porque="los números, o la cantidad de columnas, están escritos dentro de la función",
            prueba='a leerlos de `parametros["coef"]` y recorrerlos con `zip`',
        )
    return None


def _columnas_mal(funcion):
    pasaron = []
    for fila in ([4], [4, 2, 9]):
        intento = _prueba(funcion, copy.deepcopy(BETAS), fila.copy())
        if isinstance(intento.error, ValueError):
            continue
        if intento.error is not None:
            return mal(
                "otro_error_de_columnas",
                vi=f"{_que_hizo(intento)} con dos coeficientes y la fila {fila}",
                esperaba="un `ValueError`",
                porque="el error salta a mitad de la cuenta, no al comprobar la fila",
                prueba="a comparar los dos `len` en la primera línea",
            )
        if not isinstance(intento.valor, Real):
            return mal(
                "da_un_aviso",
                vi=f"{_que_hizo(intento)} con dos coeficientes y la fila {fila}",
                esperaba="que lanzara `ValueError`",
                porque="con `return` o `print` la función avisa, pero no se detiene",
                prueba='`raise ValueError("faltan medidas, o sobran")`',
            )
        pasaron.append(f"a la fila {fila} responde {float(intento.valor):g}")
    if pasaron:
        return mal(
            "otras_columnas",
            vi=f"que con dos coeficientes {' y '.join(pasaron)}",
            esperaba="un `ValueError` si faltan medidas, y también si sobran",
            porque="`zip` y numpy pueden seguir sin avisar",
            prueba="`zip(..., strict=True)`, o a comparar los dos `len` antes",
        )
    return None


def _carga_mal(funcion):
    intentos = _prueba_la_carga(funcion)
    bueno = intentos["bueno"]
    otro_diccionario = isinstance(bueno.valor, dict) and bueno.valor != BETAS
    if otro_diccionario or isinstance(bueno.error, FileNotFoundError):
        return mal(
            "no_usa_el_nombre",
            vi=f"{_que_hizo(bueno)} con un archivo que existe y guarda {BETAS}",
            esperaba="el diccionario de ese archivo",
            porque="el nombre está escrito dentro de la función",
            prueba='`open(nombre, encoding="utf-8")`',
        )
    if bueno.valor != BETAS:
        return mal(
            "no_da_el_diccionario",
            vi=f"{_que_hizo(bueno)} con un archivo bueno",
            esperaba="el diccionario guardado",
            porque="falta el `return`, o no se pasa el texto por `json.loads`",
            prueba="`return json.loads(texto)`",
        )
    if not isinstance(intentos["ninguno"].error, FileNotFoundError):
        return mal(
            "falta_con_otro_error",
            vi=f"{_que_hizo(intentos['ninguno'])} cuando el archivo no existe",
            esperaba="un `FileNotFoundError`",
            porque="un `except` lo imprime o lo cambia por otro, y quien llama no se entera",
            prueba="a no capturarlo: `open` ya lanza el que hace falta",
        )
    if not isinstance(intentos["vacío"].error, EOFError):
        return mal(
            "vacio_con_otro_error",
            vi=f"{_que_hizo(intentos['vacío'])} con un archivo de 0 bytes",
            esperaba="un `EOFError`",
            porque="`json.loads` da el mismo error con un archivo vacío que con uno dañado",
            prueba='`if texto == "":` y, debajo, `raise EOFError("el archivo está vacío")`',
        )
    for nombre in DANADOS:
        if not isinstance(intentos[nombre].error, ValueError):
            return mal(
                "danado_con_otro_error",
                vi=f"{_que_hizo(intentos[nombre])} con un archivo dañado: {nombre}",
                esperaba="un `ValueError`",
                porque="un `except` demasiado amplio lo convierte en otra cosa",
                prueba="a no capturarlo: los errores de `json.loads` ya son `ValueError`",
            )
    return None


def _prueba_la_carga(funcion):
    """Un `Intento` por cada uno de los contenidos."""
    intentos = {}
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as carpeta:
        archivo = Path(carpeta, "parametros.json")
        for nombre, contenido in CONTENIDOS.items():
            if contenido is not None:
                archivo.write_bytes(contenido)
            intentos[nombre] = _prueba(funcion, str(archivo))
    return intentos


# --- 01.3 · datos con un solo plano --------------------------------------------------------------
Y_DE_ANTES = [5, 8, 11, 14, 17]
CON_LA_REGLA = "`y_3 = [1 + 2 * x1 + x2 for x1, x2 in X_3]`"


def comprueba_plano_unico(X, y):
    """Los datos cumplen la regla y dejan un solo plano posible."""
    import numpy as np
    from sklearn.linear_model import LinearRegression

    X, y = _exige_numeros("X_3", X), _exige_numeros("y_3", y)
    if X.shape[1:] != (2,) or not len(X):
        return mal(
            "no_son_dos_columnas",
            vi=f"en `X_3` la forma {X.shape}",
            esperaba="una lista de filas con dos números cada una",
            porque="falta un corchete, o una columna",
            prueba="a copiar la `X` de arriba y cambiar algún número",
        )
    if y.shape == (len(X), 1):
        return mal(
            "y_en_columna",
            vi=f"en `y_3` la forma {y.shape}",
            esperaba=f"la forma ({len(X)},): una lista de números",
            porque="es una columna dentro de otra lista, con unos corchetes por número",
            prueba="a quitar los corchetes interiores",
        )
    if y.shape != (len(X),):
        return mal(
            "y_de_otro_largo",
            vi=f"{len(X)} filas en `X_3`, y en la lista `y_3` la forma {y.shape}",
            esperaba="un número en `y_3` por cada fila",
            porque="se añaden filas a `X_3` y la lista `y_3` se queda como estaba",
            prueba=CON_LA_REGLA,
        )
    modelo = LinearRegression().fit(X, y)
    if modelo.rank_ < 2:
        return mal(
            "sigue_sin_decidir",
            vi=f"que `rank_` vale {modelo.rank_}",
            esperaba="2",
            porque="las filas siguen en una misma línea, o son menos de tres",
            prueba="a cambiar un solo número de la segunda columna",
        )
    if np.allclose(y, 1 + X @ [2, 1]):
        return bien(
            "Ahora los datos deciden: basta una fila fuera de la línea. Mil dentro no bastarían."
        )
    if y.tolist() == Y_DE_ANTES:
        return mal(
            "y_de_antes",
            vi="los valores de `y` de antes",
            esperaba="los que da la regla con tus filas nuevas",
            porque="al cambiar una fila de X, su y ya no cumple 1 + 2 · x₁ + x₂",
            prueba=CON_LA_REGLA,
        )
    return mal(
        "otra_regla",
        vi=f"que el modelo aprende {modelo.coef_.round(2)} y {modelo.intercept_:.2f}",
        esperaba="[2 1] y 1",
        porque="`y_3` se calcula con otra regla, o se cruzan las dos columnas",
        prueba=CON_LA_REGLA,
    )


def _exige_numeros(nombre, valor):
    """La tabla de números que hay en una variable, o el rechazo que la nombra."""
    import numpy as np

    try:
        numeros = np.asarray(valor)
    except ValueError:  # filas de distinto largo
        numeros = np.asarray(None)
    if numeros.dtype.kind not in "biuf" or not numeros.ndim:
        raise Rechazo(
            mal(
                "no_son_numeros",
                vi=f"en `{nombre}` {muestra(valor)}",
                esperaba="una lista en la que todo son números",
                porque="hay textos, filas de distinto largo, o paréntesis en lugar de corchetes",
                prueba=f"`{nombre} = [...]`, con corchetes y sin comillas",
            )
        )
    if not np.isfinite(numeros).all():
        raise Rechazo(
            mal(
                "con_huecos",
                vi=f"en `{nombre}` un `nan` o un infinito",
                esperaba="un número en cada sitio",
                porque="`nan` marca un hueco, y con huecos no se puede entrenar",
                prueba="a escribir un número en su lugar, o a quitar esa fila",
            )
        )
    return numeros.astype(float)


# --- 01.4 · qué es serializar --------------------------------------------------------------------
SERIALIZAN = set("acf")


def comprueba_letras(letras):
    """Las letras son las de las acciones en las que se serializa algo."""
    try:
        escritas = "".join(letras).lower().replace(" y ", " ")
    except TypeError:  # no es un texto, ni una lista de textos
        escritas = "sin letras"
    dadas = {letra for letra in escritas if letra.isalpha()}
    if dadas - set("abcdef"):
        return mal(
            "otras_letras",
            vi=muestra(letras),
            esperaba="un texto con letras de la a a la f",
            porque="se escriben palabras, o letras sin comillas, que son nombres de variables",
            prueba='`letras = "ab"`, con las tuyas',
        )
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
            prueba="`print(modelo)` y busca en lo que sale la ordenada en el origen",
        )
    if "e" in dadas:
        return mal(
            "deserializar",
            vi="la e, `json.loads`",
            esperaba="el camino de ida: del objeto a los bytes o al texto",
            porque="`load` y `loads` hacen el camino de vuelta",
            prueba="a recordar que `dump` guarda y `load` carga",
        )
    if dadas != SERIALIZAN:
        return mal(
            "faltan",
            vi=f"{len(dadas)} de las {len(SERIALIZAN)} que hay",
            esperaba=f"{len(SERIALIZAN) - len(dadas)} más",
            porque="parece que serializar es solo pickle; también se serializa a texto",
            prueba="a buscar las que dejan algo con lo que rehacer el objeto",
        )
    return bien(
        "En los tres casos queda algo con lo que rehacer los datos. No todo cabe en cualquier "
        "formato: lo verás en 02a.1."
    )


# --- 01.5 · predict_score ------------------------------------------------------------------------
def comprueba_predict_score(funcion):
    """La función devuelve números y se detiene con horas negativas."""
    exige_funcion(funcion)
    # Se mira antes de llamarla: `input` dejaría el cuaderno a la espera.
    if "input" in getattr(getattr(funcion, "__code__", None), "co_names", ()):
        return mal(
            "pide_datos",
            vi="que la función pide datos con `input`",
            esperaba="que usara el valor que recibe en `horas`",
            porque="así empiezan muchos programas; pero pedir los datos lo hace quien la llama",
            prueba="a quitar `input`: `horas` ya es el número",
        )
    return _notas_mal(funcion) or _comprueba_negativas(funcion)


def _notas_mal(funcion):
    if isinstance(_prueba(funcion, 0).error, ValueError):
        return mal(
            "rechaza_el_cero",
            vi="que `predict_score(0)` lanza `ValueError`",
            esperaba="la ordenada en el origen, unos 50.8",
            porque="`<= 0` incluye el cero, y hay quien no estudia nada",
            prueba="`if horas < 0:`",
        )
    from sklearn.linear_model import LinearRegression

    estudio = horas_de_estudio(semilla=42)
    modelo = LinearRegression().fit(estudio[["horas"]].to_numpy(), estudio["nota"])
    for horas in (0, 10, 2.5):
        nota, esperada = llama(funcion, horas), modelo.predict([[horas]])[0]
        if not isinstance(nota, Real):
            return _no_es_un_numero(f"predict_score({horas})", nota)
        if not abs(nota - esperada) <= 0.5:  # así tampoco pasa `nan`
            return mal(
                "otra_nota",
                vi=f"que `predict_score({horas})` vale {float(nota):.1f}",
                esperaba=f"unos {esperada:.1f}",
                porque="cambia la cuenta al mover las líneas",
                prueba="`modelo_notas.intercept_ + modelo_notas.coef_[0] * horas`",
            )
    return None


def _comprueba_negativas(funcion):
    for horas in (-1, -0.5, -20):
        intento = _prueba(funcion, horas)
        if isinstance(intento.valor, str):
            return mal(
                "sigue_dando_texto",
                vi=f"que `predict_score({horas})` devuelve el texto {muestra(intento.valor)}",
                esperaba="que lanzara `ValueError`",
                porque="`return` entrega el aviso como si fuera una nota",
                prueba='`raise ValueError("...")` en lugar de `return "..."`',
            )
        if intento.error is None:
            return mal(
                "calla",
                vi=f"que `predict_score({horas})` devuelve {muestra(intento.valor)} y sigue",
                esperaba="que lanzara `ValueError` con cualquier cantidad negativa",
                porque="un cero, un None o una nota inventada esconden el error un poco más lejos",
                prueba='`if horas < 0:` y, debajo, `raise ValueError("...")`',
            )
        if not isinstance(intento.error, ValueError):
            return mal(
                "otro_error",
                vi=f"un {type(intento.error).__name__} con {horas} horas",
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
