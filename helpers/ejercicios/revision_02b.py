"""Cómo se comprueban los ejercicios de 02b · joblib."""

import io
import pickle
import sys
from collections.abc import Mapping
from functools import cache
from numbers import Integral
from pathlib import Path

import joblib
import numpy as np
from sklearn.datasets import load_diabetes, load_iris
from sklearn.ensemble import RandomForestClassifier, RandomForestRegressor
from sklearn.linear_model import LinearRegression

from helpers.ejercicios.archivos import exige_archivo
from helpers.ejercicios.resultado import Rechazo, bien, error_tuyo, es_numero, mal, muestra

KIB = 1024
MAXIMO_KIB = 40
NIVELES = range(10)
MARGEN = 1.10  # como mucho, un 10 % más que el menor


# --- 02b.1 · un bosque pequeño y fiel ------------------------------------------------------------
YA_PEQUENOS = ("bosque.gz", "otro.joblib", "otro.z")  # bosques que deja el apartado 1


@cache
def _bosque():
    """El bosque de la lección, entrenado aquí otra vez: no depende de variables del cuaderno."""
    return RandomForestClassifier(random_state=0).fit(*load_iris(return_X_y=True))


def comprueba_bosque_pequeno(nombre, predicciones):
    """El archivo no llega a 40 KiB, guarda el mismo bosque y con él se predijo."""
    ruta = _exige_archivo(nombre)
    if ruta.name in YA_PEQUENOS:
        return mal(
            "ya_estaba",
            vi=f"«{ruta.name}», un archivo del apartado 1",
            esperaba="uno nuevo, guardado en este ejercicio",
            porque="ese también cabe, y parece que no hace falta nada más",
            prueba="`joblib.dump` con otro nombre y con algo que pida comprimir",
        )
    kib = ruta.stat().st_size / KIB
    if kib >= MAXIMO_KIB:
        return mal(
            "no_cabe",
            vi=f"«{ruta.name}» con {kib:.0f} KiB",
            esperaba=f"menos de {MAXIMO_KIB}",
            porque="se guarda sin comprimir: ni `compress` ni una extensión que lo pida",
            prueba="`joblib.dump(bosque, archivo_1, compress=3)`",
        )
    modelo = _exige_bosque(ruta)
    return _comprueba_predicciones(predicciones, modelo.predict(load_iris().data))


def _exige_archivo(nombre):
    """La ruta de un archivo con contenido. Reconoce la lista que devuelve `joblib.dump`."""
    if isinstance(nombre, list) and len(nombre) == 1:
        raise Rechazo(
            mal(
                "lista_de_dump",
                vi=f"la lista {muestra(nombre)}",
                esperaba="el nombre solo, sin corchetes",
                porque="`joblib.dump` devuelve una lista con el nombre",
                prueba="a escribir el nombre entre comillas, o a añadir `[0]`",
            )
        )
    return exige_archivo(nombre)


def _exige_bosque(ruta):
    """Carga un archivo de quien aprende y rechaza lo que no es el bosque de la lección."""
    try:
        modelo = joblib.load(ruta)
    except Exception as error:  # noqa: BLE001 un archivo cualquiera puede fallar de cualquier manera
        raise Rechazo(
            error_tuyo(
                "no_se_carga",
                f"joblib no puede cargar «{ruta.name}»: {type(error).__name__}",
                "a guardarlo de nuevo con `joblib.dump(bosque, …)`",
            )
        ) from None
    es_de_su_clase = isinstance(modelo, RandomForestClassifier)
    if not es_de_su_clase or not hasattr(modelo, "estimators_"):
        falta = " sin entrenar" if es_de_su_clase else ""
        raise Rechazo(
            mal(
                "no_es_el_bosque",
                vi=f"en «{ruta.name}» un objeto {type(modelo).__name__}{falta}",
                esperaba="el bosque de los lirios, entrenado",
                porque="se guardan las predicciones, otro modelo o un bosque sin `fit`",
                prueba="a poner `bosque` como primer argumento de `joblib.dump`",
            )
        )
    if modelo.n_estimators != _bosque().n_estimators:
        raise Rechazo(
            mal(
                "menos_arboles",
                vi=f"un bosque de {modelo.n_estimators} árboles",
                esperaba=f"los {_bosque().n_estimators} de `bosque`",
                porque="con menos árboles ocupa menos, pero es otro modelo",
                prueba="a guardar `bosque` tal como está",
            )
        )
    if not _predice_como_el_bosque(modelo):
        raise Rechazo(
            mal(
                "otro_bosque",
                vi="un bosque que no da, con los lirios, las probabilidades de `bosque`",
                esperaba="las mismas, una por una",
                porque="se guarda otro bosque, o se entrena otra vez: reentrenar no es recuperar",
                prueba="a guardar `bosque` sin llamar otra vez a `fit`",
            )
        )
    return modelo


def _predice_como_el_bosque(modelo):
    lirios = load_iris().data
    # Con otro número de columnas, ni siquiera puede predecir los lirios.
    return modelo.n_features_in_ == lirios.shape[1] and np.array_equal(
        modelo.predict_proba(lirios), _bosque().predict_proba(lirios)
    )


def _comprueba_predicciones(dadas, esperadas):
    dadas = np.asarray(dadas)
    if dadas.shape != esperadas.shape:
        return mal(
            "no_son_predicciones",
            vi=f"en `predicciones_1` algo de forma {dadas.shape}",
            esperaba="una especie por lirio: forma (150,)",
            porque="se deja el modelo, un `True` o las probabilidades de `predict_proba`",
            prueba="`predicciones_1 = joblib.load(archivo_1).predict(X)`",
        )
    if not np.array_equal(dadas, esperadas):
        return mal(
            "otras_predicciones",
            vi=f"{np.sum(dadas != esperadas)} predicciones distintas de las del modelo guardado",
            esperaba="ninguna",
            porque="se predice con otro modelo o con otras filas",
            prueba="`joblib.load(archivo_1).predict(X)`",
        )
    return bien("El archivo encoge y el modelo es el mismo: esta compresión no pierde nada.")


# --- 02b.2 · el menor nivel que basta ------------------------------------------------------------
@cache
def _tamanos_de_bosque_2():
    bosque = RandomForestRegressor(n_estimators=20, random_state=0)
    bosque.fit(*load_diabetes(return_X_y=True))
    return np.array([_tamano(bosque, nivel) for nivel in NIVELES])


def _tamano(modelo, nivel):
    memoria = io.BytesIO()
    joblib.dump(modelo, memoria, compress=nivel)
    return memoria.tell()


def comprueba_nivel(tamanos, nivel):
    """El nivel se deduce del barrido, y el barrido es el de `bosque_2`."""
    tamanos = _exige_barrido(tamanos)
    if isinstance(nivel, bool) or not isinstance(nivel, Integral) or nivel not in NIVELES:
        return mal(
            "no_es_nivel",
            vi=f"{muestra(nivel)} en `nivel_2`",
            esperaba="un número entero del 0 al 9",
            porque="se escribe el tamaño, o el nivel entre comillas",
            prueba="a copiar la clave del diccionario, no el valor",
        )
    suficientes = [n for n in NIVELES if tamanos[n] <= MARGEN * tamanos.min()]
    if nivel == suficientes[0]:
        return bien(
            "Los niveles siguientes tardan más y ya ganan poco. En otro modelo puede ser otro."
        )
    if nivel not in suficientes:
        return mal(
            "fuera_del_margen",
            vi=f"el nivel {nivel}, que ocupa un {100 * (tamanos[nivel] / tamanos.min() - 1):.0f} % "
            "más que el menor archivo",
            esperaba="un 10 % más, como mucho",
            porque="se busca el salto más grande, o se compara con el nivel 0 y no con el menor",
            prueba="`min(tamanos_2.values()) * 1.1` y mira qué tamaños quedan por debajo",
        )
    if tamanos[nivel] == tamanos.min():
        return mal(
            "el_mas_pequeno",
            vi=f"el nivel {nivel}, el del archivo más pequeño",
            esperaba="el primer nivel que se queda a un 10 % o menos de él",
            porque="se lee «el mejor» donde dice «basta»",
            prueba="a recorrer los niveles desde el 0 y parar en el primero que cumpla",
        )
    return mal(
        "hay_otro_menor",
        vi=f"el nivel {nivel}, que cumple",
        esperaba="el menor de los que cumplen",
        porque="se para en un nivel que vale sin mirar los anteriores",
        prueba=f"a mirar los niveles por debajo de {nivel}",
    )


def _exige_barrido(tamanos):
    """Los diez tamaños en orden de nivel, o un rechazo si no son los de `bosque_2`."""
    pares = dict(tamanos) if isinstance(tamanos, Mapping) else {}
    if set(pares) != set(NIVELES) or not all(es_numero(valor) for valor in pares.values()):
        raise Rechazo(
            mal(
                "no_es_barrido",
                vi=f"en `tamanos_2` {muestra(tamanos)}",
                esperaba="un diccionario: por cada nivel, del 0 al 9, su tamaño",
                porque="falta un nivel, o las claves son textos",
                prueba="`tamanos_2 = barrido(bosque_2)`",
            )
        )
    medidos = np.array([float(pares[nivel]) for nivel in NIVELES])
    if medidos.max() == medidos.min():
        raise Rechazo(
            mal(
                "todos_iguales",
                vi=f"los diez tamaños iguales a {medidos[0]:.0f}",
                esperaba="que cambiaran con el nivel",
                porque="el bucle no pasa `compress=nivel`, o mide siempre el mismo archivo",
                prueba="`joblib.dump(bosque_2, nombre, compress=nivel)` dentro del bucle",
            )
        )
    reales = _tamanos_de_bosque_2()
    # Proporciones: quien mide en KB llega a la misma conclusión.
    if not np.allclose(medidos / medidos.max(), reales / reales.max(), rtol=0.02):
        raise Rechazo(
            mal(
                "otros_tamanos",
                vi=f"que el nivel 9 deja el archivo en el {100 * medidos[9] / medidos[0]:.0f} %",
                esperaba=f"el {100 * reales[9] / reales[0]:.0f} %, lo que mido con `bosque_2`",
                porque="se mide otro modelo, como `bosque` o `lineal`",
                prueba="`barrido(bosque_2)`",
            )
        )
    return medidos


# --- 02b.3 · mmap --------------------------------------------------------------------------------
def comprueba_mmap(array, letra):
    """El array es un memmap de solo lectura con los datos, y la letra es la buena."""
    if not isinstance(array, np.ndarray):
        return mal(
            "no_es_array",
            vi=f"en `array_3` un objeto {type(array).__name__}",
            esperaba="el array que el modelo lleva dentro",
            porque="se deja el modelo entero, o el nombre del tipo",
            prueba="a añadir `._fit_X` al modelo cargado",
        )
    if not isinstance(array, np.memmap):
        return mal(
            "en_memoria",
            vi="un `ndarray` corriente: sus datos están en la memoria",
            esperaba="un `np.memmap`",
            porque="falta `mmap_mode`, o se cargó el archivo comprimido o uno ya abierto",
            prueba='`joblib.load("vecinos.joblib", mmap_mode="r")._fit_X`',
        )
    if array.ndim != 2:
        return mal(
            "otro_array",
            vi=f"un memmap de {array.ndim} dimensión",
            esperaba="la tabla de lecturas, que tiene dos",
            porque="el modelo guarda también las respuestas, en `_y`",
            prueba="`._fit_X`, con la equis mayúscula",
        )
    if array.mode != "r":
        return mal(
            "otro_modo",
            vi=f'un memmap abierto con el modo "{array.mode}"',
            esperaba='"r", de solo lectura',
            porque="los modos se parecen, pero los demás dejan escribir en el array",
            prueba='`mmap_mode="r"`',
        )
    return _comprueba_comprimido(letra)


def _comprueba_comprimido(letra):
    opcion = letra.strip().lower() if isinstance(letra, str) else letra
    if opcion == "a":
        return mal(
            "comprimido_con_mmap",
            vi="la opción a: los datos se quedan en el archivo",
            esperaba="una opción en la que alguien descomprima",
            porque="parece que mmap sirve para cualquier archivo",
            prueba="a pensar qué hay en el archivo comprimido: ¿están ahí los números, tal cual?",
        )
    if opcion == "b":
        return mal(
            "no_hay_error",
            vi="la opción b: un error",
            esperaba="una opción en la que el modelo llega",
            porque="pedir algo imposible suele dar un error; joblib prefiere cargar de otro modo",
            prueba="`help(joblib.load)` y busca `mmap_mode`",
        )
    if opcion != "c":
        return mal(
            "no_es_letra",
            vi=f"{muestra(letra)} en `comprimido_3`",
            esperaba='"a", "b" o "c"',
            porque="se escribe la frase, o la letra sin comillas",
            prueba='`comprimido_3 = "a"`, con tu letra',
        )
    return bien(
        "Comprimidos, los números no están en el archivo tal cual: hay que rehacerlos en memoria."
    )


# --- 02b.4 · ¿ocupa menos? -----------------------------------------------------------------------
@cache
def _recta():
    return LinearRegression().fit(*load_diabetes(return_X_y=True))


@cache
def _tamanos_de_la_recta():
    """Bytes de la recta: con cada protocolo de pickle, y el menor y el mayor con joblib."""
    recta = _recta()
    con_pickle = [len(pickle.dumps(recta, protocol=p)) for p in range(pickle.HIGHEST_PROTOCOL + 1)]
    con_joblib = [_tamano(recta, nivel) for nivel in NIVELES]
    return con_pickle, min(con_joblib), max(con_joblib)


def comprueba_recta(bytes_pickle, bytes_joblib, es_verdad):
    """Los dos números son de `recta`, y la conclusión sale de ellos."""
    for numero in (bytes_pickle, bytes_joblib):
        if not es_numero(numero):
            return mal(
                "no_es_numero",
                vi=f"{muestra(numero)} donde va un tamaño",
                esperaba="un número de bytes",
                porque="se deja el nombre del archivo, o los bytes mismos",
                prueba='`con_joblib(recta)` y, después, `os.path.getsize("vuelta.joblib")`',
            )
    de_pickle, menor, mayor = _tamanos_de_la_recta()
    if bytes_pickle - sys.getsizeof(b"") in de_pickle:
        return mal(
            "getsizeof",
            vi=f"{bytes_pickle}: el tamaño del archivo y algo más",
            esperaba="solo el del archivo",
            porque="`sys.getsizeof` cuenta también lo que Python añade al objeto en memoria",
            prueba="`os.path.getsize`, o `len` de los bytes",
        )
    en_memoria = sys.getsizeof(_recta())
    if en_memoria in (bytes_pickle, bytes_joblib):
        return mal(
            "getsizeof_del_modelo",
            vi=f"{en_memoria}: lo que ocupa el objeto en memoria, sin lo que lleva dentro",
            esperaba="el tamaño de un archivo",
            porque="`sys.getsizeof(recta)` no mira el archivo, ni los arrays del modelo",
            prueba="a guardar `recta` y pedir `os.path.getsize` de cada archivo",
        )
    if _es_de_joblib(bytes_pickle, menor, mayor) and bytes_joblib in de_pickle[4:]:
        return mal(
            "cambiados",
            vi=f"{bytes_pickle} en `bytes_pickle` y {bytes_joblib} en `bytes_joblib`",
            esperaba="los mismos números, cada uno en el otro nombre",
            porque="se miden en otro orden",
            prueba="a repetir la medida con un nombre de archivo distinto para cada una",
        )
    if bytes_pickle in de_pickle[:4]:
        return mal(
            "protocolo_antiguo",
            vi=f"{bytes_pickle} bytes, el tamaño con el protocolo {de_pickle.index(bytes_pickle)}",
            esperaba="el de un protocolo actual",
            porque="en muchos ejemplos antiguos el protocolo es menor que 4",
            prueba="`pickle.dump(recta, archivo, protocol=5)`",
        )
    if bytes_pickle not in de_pickle or not _es_de_joblib(bytes_joblib, menor, mayor):
        return mal(
            "no_son_de_la_recta",
            vi=f"{muestra(bytes_pickle)} y {muestra(bytes_joblib)}",
            esperaba=f"cerca de {de_pickle[-1]} con pickle y entre {menor} y {mayor} con joblib",
            porque="se mide otro modelo, o la longitud del nombre del archivo",
            prueba="a guardar `recta` en dos archivos y pedir `os.path.getsize` de cada uno",
        )
    return _comprueba_conclusion(es_verdad, bytes_joblib < bytes_pickle)


def _es_de_joblib(numero, menor, mayor):
    # Con margen: otros compresores y el nombre que gzip apunta cambian algunos bytes.
    return 0.95 * menor <= numero <= 1.1 * mayor


def _comprueba_conclusion(dicho, medido):
    if not isinstance(dicho, bool | np.bool_):
        return mal(
            "no_es_booleano",
            vi=f"{muestra(dicho)} en `es_verdad`",
            esperaba="`True` o `False`, sin comillas",
            porque="se escribe la respuesta con palabras",
            prueba="`es_verdad = bytes_joblib < bytes_pickle`",
        )
    if dicho != medido:
        return mal(
            "contra_sus_numeros",
            vi=f"`{dicho}`, y tus números dicen lo contrario",
            esperaba="la conclusión que sale de los dos tamaños",
            porque="la frase se ha leído muchas veces; los números son de aquí y de hoy",
            prueba="`bytes_joblib < bytes_pickle`",
        )
    return bien(
        "Falsa con esta recta: joblib anota además cómo leer cada array, y aquí los arrays son "
        "diminutos. Lo que vale es tu medida, no la frase."
    )


# --- 02b.5 · una carpeta que no existe -----------------------------------------------------------
def comprueba_carpeta(nombre):
    """El bosque está guardado dentro de la carpeta `modelos`."""
    if Path("modelos").is_file():
        return mal(
            "modelos_es_archivo",
            vi="un archivo llamado «modelos»",
            esperaba="una carpeta con ese nombre",
            porque="se guardó el bosque con el nombre de la carpeta",
            prueba='`os.remove("modelos")` y, después, `os.mkdir("modelos")`',
        )
    if isinstance(nombre, str | Path) and Path(nombre).is_dir():
        return mal(
            "es_la_carpeta",
            vi=f"que «{Path(nombre).name}» es una carpeta",
            esperaba="el nombre del archivo que está dentro",
            porque="se crea la carpeta y falta guardar, o se copia solo la primera parte",
            prueba='`archivo_5 = "modelos/bosque.joblib"`',
        )
    ruta = _exige_archivo(nombre)
    if ruta.resolve().parent.name != "modelos":
        return mal(
            "fuera_de_la_carpeta",
            vi=f"«{ruta.name}» en la carpeta «{ruta.resolve().parent.name}»",
            esperaba="que estuviera dentro de «modelos»",
            porque="quitar la carpeta del nombre también quita el error, pero cambia el lugar",
            prueba='`Path("modelos").mkdir(exist_ok=True)` antes de `joblib.dump`',
        )
    _exige_bosque(ruta)
    return bien("joblib crea archivos, no carpetas. La línea ya no depende de lo que hubiera.")
