"""Cómo se comprueba el ejercicio 04b.1: la ficha que se escribe a mano."""

import hashlib
import json
import re
from functools import cache

from sklearn.model_selection import train_test_split
from sklearn.pipeline import Pipeline

from helpers import ficha as fichas
from helpers.datos import pinguinos
from helpers.ejercicios.archivos import exige_archivo
from helpers.ejercicios.resultado import bien, error_tuyo, es_numero, mal, muestra, sin_responder
from helpers.metodos import METODOS

COLUMNAS = ["largo_pico_mm", "alto_pico_mm", "largo_aleta_mm"]
CLAVES = ("clase", "versiones", "columnas", "datos", "metricas", "sha256", "bytes")


@cache
def aves():
    """Los pingüinos con las medidas que usa la lección, en una tabla."""
    return pinguinos().dropna(subset=[*COLUMNAS, "masa_corporal_g"])


def comprueba_ficha(ficha, modelo, nombre):
    """La ficha dice lo mismo que la del curso, y su huella es la del archivo."""
    ruta = exige_archivo(nombre)
    if not isinstance(modelo, Pipeline):
        return error_tuyo(
            "otro_modelo",
            f"Como segundo dato vi {muestra(modelo)}, y esperaba `vecinos`, el Pipeline entrenado",
            "a ejecutar otra vez la celda que crea `vecinos`",
        )
    if not isinstance(ficha, dict):
        return mal(
            "no_es_dict",
            vi=muestra(ficha),
            esperaba="un `dict`, con una clave para cada cosa que se anota",
            porque="se pasa el texto de `json.dumps`, o la ruta de la ficha",
            prueba="las llaves y las siete claves de la celda",
        )
    if any(valor is ... for valor in ficha.values()):
        return sin_responder("Quedan huecos: cambia cada `...` por lo que va ahí.")
    return (
        _claves_y_json(ficha)
        or _quien_es(ficha, fichas.redacta(modelo, METODOS["joblib"]))
        or _que_archivo(ficha, ruta)
        or _de_donde(ficha, modelo)
        or bien("Dice lo mismo que la que escribe `helpers/ficha.py`, clave por clave.")
    )


def _claves_y_json(ficha):
    if faltan := [clave for clave in CLAVES if clave not in ficha]:
        return mal(
            "faltan_claves",
            vi=f"una ficha sin «{faltan[0]}»",
            esperaba=f"las siete claves: {', '.join(CLAVES)}",
            porque="se cambia el nombre de una clave; un programa busca el nombre exacto",
            prueba="los nombres tal como venían en la celda",
        )
    for clave in CLAVES:
        try:
            json.dumps(ficha[clave], allow_nan=False)
        except (TypeError, ValueError, RecursionError):
            return _no_cabe(clave, ficha[clave])
    return None


QUE_PONER = {
    "clase": "el módulo y el nombre de la clase, en un texto",
    "versiones": "la variable `versiones`, de la celda de arriba",
    "columnas": "`list(vecinos.feature_names_in_)`, que hace una lista de textos",
    "datos": 'el nombre del archivo: `"data/pinguinos.csv"`',
    "metricas": '`{"r2": vecinos.score(X_nuevas[dos], y_nuevas)}`',
    "sha256": '`sha256("vecinos.joblib")`, que da un texto',
    "bytes": '`os.path.getsize("vecinos.joblib")`, que da un número',
}


def _no_cabe(clave, valor):
    return mal(
        "no_cabe_en_json",
        vi=f"en «{clave}» algo que JSON no sabe escribir, de tipo `{type(valor).__name__}`",
        esperaba="textos, números, listas y `dict`",
        porque="en la ficha se pone el objeto entero, en lugar de lo que se dice de él",
        prueba=QUE_PONER[clave],
    )


def _quien_es(ficha, nuestra):
    clase = ficha["clase"]
    if clase in ("sklearn.neighbors._regression.KNeighborsRegressor", "KNeighborsRegressor"):
        return mal(
            "solo_el_ultimo_paso",
            vi="la clase de los vecinos, que es el último paso",
            esperaba="la del objeto que está en el archivo, con la escala incluida",
            porque="se piensa que la escala no es parte del modelo; sin ella responde otra cosa",
            prueba="`type(vecinos)`",
        )
    if clase != nuestra["clase"]:
        return mal(
            "otra_clase",
            vi=f"{muestra(clase)} como clase",
            esperaba=f"«{nuestra['clase']}»",
            porque="falta el módulo, se copió la del otro modelo, o se usó `str(type(…))`",
            prueba="`__module__` y `__qualname__`, unidos por un punto, como en la celda de arriba",
        )
    return _mismas_columnas(ficha["columnas"], nuestra["columnas"]) or _mismas_versiones(
        ficha["versiones"], nuestra["versiones"]
    )


def _mismas_columnas(dichas, suyas):
    en_lista = list(dichas) if isinstance(dichas, list | tuple) else []
    if en_lista == suyas:
        return None
    if set(map(str, en_lista)) == set(suyas):
        return mal(
            "otro_orden",
            vi=f"las columnas en este orden: {muestra(en_lista)}",
            esperaba=f"el orden con que se entrenó: {muestra(suyas)}",
            porque="el orden parece indiferente, pero el modelo las distingue por su lugar",
            prueba="`list(vecinos.feature_names_in_)`, que las da como las vio",
        )
    return mal(
        "otras_columnas",
        vi=f"{muestra(dichas)} como columnas",
        esperaba="las dos con las que se entrenó `vecinos`, en una lista",
        porque="se copian las de `modelo`, que tiene tres, o se escribe cuántas son",
        prueba="`list(vecinos.feature_names_in_)`",
    )


def _mismas_versiones(dichas, suyas):
    if not isinstance(dichas, dict) or (faltan := [n for n in suyas if n not in dichas]):
        falta = "" if not isinstance(dichas, dict) else f", sin «{faltan[0]}»"
        return mal(
            "faltan_versiones",
            vi=f"{muestra(dichas)} como versiones{falta}",
            esperaba=f"un `dict` con estas claves: {', '.join(suyas)}",
            porque="se anota solo una, o se la llama como se importa (`sklearn`)",
            prueba="la variable `versiones`, de la celda de arriba",
        )
    if distintas := [nombre for nombre in suyas if dichas[nombre] != suyas[nombre]]:
        nombre = distintas[0]
        return mal(
            "otras_versiones",
            vi=f"{nombre} {muestra(dichas[nombre])}",
            esperaba=f"«{suyas[nombre]}», la que hay aquí, como texto",
            porque="se escribe de memoria o se copia de otra ficha",
            prueba="a preguntarla: `sklearn.__version__`, `platform.python_version()`",
        )
    return None


def _que_archivo(ficha, ruta):
    contenido, huella = ruta.read_bytes(), ficha["sha256"]
    if not (isinstance(huella, str) and re.fullmatch("[0-9a-f]{64}", huella)):
        return mal(
            "no_es_huella",
            vi=f"{muestra(huella)} como huella",
            esperaba="un texto de 64 cifras hexadecimales, en minúscula",
            porque="se usa `hash()`, que es otra cosa y cambia en cada proceso",
            prueba=f'`sha256("{ruta.name}")`, con la función de la celda de arriba',
        )
    if huella == hashlib.sha256(str(ruta).encode()).hexdigest():
        return mal(
            "del_nombre",
            vi="la huella de las letras del nombre",
            esperaba="la de lo que hay dentro del archivo",
            porque="se pasa el nombre a `hashlib.sha256` sin leer antes el archivo",
            prueba="`Path(…).read_bytes()` y, de eso, la huella",
        )
    if huella != hashlib.sha256(contenido).hexdigest():
        return mal(
            "de_otro_archivo",
            vi=f"una huella que no es la de «{ruta.name}»",
            esperaba="la de ese archivo, tal como está ahora",
            porque="es la de «aves.joblib», o el modelo se guardó otra vez después",
            prueba=f'`sha256("{ruta.name}")` en la misma celda que la ficha',
        )
    if ficha["bytes"] != len(contenido):
        return mal(
            "otro_tamano",
            vi=f"{muestra(ficha['bytes'])} bytes",
            esperaba=f"{len(contenido)}, los que ocupa «{ruta.name}»",
            porque="es el tamaño del otro archivo o el del objeto en memoria, o va entre comillas",
            prueba=f'`os.path.getsize("{ruta.name}")`',
        )
    return None


def _de_donde(ficha, modelo):
    if not ficha["datos"] or not isinstance(ficha["datos"], str | dict):
        return mal(
            "sin_origen",
            vi=f"{muestra(ficha['datos'])} en «datos»",
            esperaba="de dónde salieron: el nombre del archivo, y lo que ayude a reconocerlo",
            porque="parece evidente hoy; dentro de un año no lo será",
            prueba='`"data/pinguinos.csv"`',
        )
    metricas = ficha["metricas"]
    numeros = list(metricas.values()) if isinstance(metricas, dict) else []
    if not numeros or not all(map(es_numero, numeros)):
        return mal(
            "sin_nombre_de_metrica",
            vi=f"{muestra(metricas)} en «metricas»",
            esperaba='un `dict` con el nombre y el número, como `{"r2": 0.7}`',
            porque="se anota el número sin su nombre, o entre comillas como un texto",
            prueba='`{"r2": vecinos.score(X_nuevas[dos], y_nuevas)}`',
        )
    return _su_puntuacion(numeros, modelo)


def _su_puntuacion(numeros, modelo):
    X, y = aves()[COLUMNAS], aves()["masa_corporal_g"]
    X_entrena, X_nuevas, y_entrena, y_nuevas = train_test_split(X, y, random_state=0)
    suyas = list(modelo.feature_names_in_)
    buena = modelo.score(X_nuevas[suyas], y_nuevas)
    if any(abs(numero - buena) < 0.01 for numero in numeros):
        return None
    if any(abs(n - modelo.score(X_entrena[suyas], y_entrena)) < 0.01 for n in numeros):
        return mal(
            "de_entrenamiento",
            vi="la puntuación con las aves que el modelo ya vio",
            esperaba="la de las aves que no vio",
            porque="se llama a `score` con lo mismo que a `fit`; así se mide lo que ya conocía",
            prueba="`vecinos.score(X_nuevas[dos], y_nuevas)`",
        )
    return mal(
        "otra_puntuacion",
        vi=f"{muestra(numeros[0])} como puntuación",
        esperaba="la que da `vecinos` con las aves que no vio, sin redondear demasiado",
        porque="se copia la de `modelo`, o se puntúa con las tres columnas",
        prueba="`vecinos.score(X_nuevas[dos], y_nuevas)`",
    )
