"""Las revisiones del proyecto final: explican cada fallo con modelos que no son los de la nota."""

import copy
import hashlib
import json
import math
import re
import warnings
from pathlib import Path

import joblib
import numpy as np
import pandas as pd
from sklearn.linear_model import LinearRegression, Ridge

from helpers import variantes
from helpers.ejercicios.archivos import (
    Trampa,
    carpeta_vacia,
    exige_archivo,
    pone_testigo,
    pregunta_aparte,
)
from helpers.ejercicios.ejecucion import (
    TiempoAgotado,
    exige_funcion,
    intenta,
    intenta_hasta_el_final,
    llama,
    valor_de,
)
from helpers.ejercicios.resultado import Rechazo, bien, mal, muestra, sin_responder
from helpers.errores import ErrorDelCurso
from helpers.inspeccion import DE_LA_EXTENSION, formato
from helpers.persistencia import save_model

COLUMNAS = list(variantes.COLUMNAS)
X = pd.DataFrame({"horas": [2.0, 5.5, 11.0, 17.5], "faltas": [8, 3, 1, 10]})


def _recta(ordenada, por_hora, por_falta, clase=LinearRegression):
    modelo = clase().fit(X, X["horas"])
    modelo.coef_, modelo.intercept_ = np.array([por_hora, por_falta]), ordenada
    return modelo


# --- 08.1 · el modelo de su variante -------------------------------------------------------------
PREGUNTA = """
import joblib, warnings
warnings.simplefilter("ignore")
modelo = joblib.load(nombre)
columnas = getattr(modelo, "n_features_in_", 2)
filas = [[0.0, 0.0], [1.0, 0.0], [0.0, 1.0]]
respuesta = [columnas, modelo.predict(filas) if columnas == 2 else None]
"""


def comprueba_modelo(curso, estudiante, nombre):
    """El archivo se abre en otro proceso y lleva los coeficientes de la variante."""
    try:
        suya = variantes.recta(curso, estudiante)
    except ErrorDelCurso as error:
        return mal(
            "no_es_un_nombre",
            vi=f"{muestra(curso)} y {muestra(estudiante)}, y {_en_minuscula(error.que_paso)}",
            esperaba="el nombre del curso y el tuyo, entre comillas",
            porque="se escribe cualquier cosa para probar, o se olvidan las comillas",
            prueba="tu nombre y tus apellidos, como figuran donde entregas",
        )
    if isinstance(nombre, str) and not Path(nombre).exists():
        return sin_responder(f"No hay ningún archivo «{nombre[:60]}».")
    ruta = exige_archivo(nombre)
    if (que_es := formato(ruta)) not in DE_LA_EXTENSION[".joblib"]:
        return mal(
            "no_es_de_joblib",
            vi=f"que «{ruta.name}» es {que_es}",
            esperaba="un archivo escrito con `joblib.dump`",
            porque="se guardan los coeficientes en un texto, en lugar del modelo",
            prueba='`joblib.dump(modelo, "modelo.joblib")`',
        )
    columnas, respuestas = pregunta_aparte(f"nombre = {ruta.name!r}{PREGUNTA}", ruta)
    if columnas != len(COLUMNAS):
        return mal(
            "otras_columnas",
            vi=f"un modelo que espera {columnas} columnas",
            esperaba="dos: `horas` y `faltas`",
            porque="se entrena solo con las horas, o con la nota dentro",
            prueba='`datos[["horas", "faltas"]]`',
        )
    en_cero, por_hora, por_falta = np.ravel(respuestas)
    return _sus_numeros((en_cero, por_hora - en_cero, por_falta - en_cero), suya)


def _en_minuscula(frase):
    return (frase[:1].lower() + frase[1:]).rstrip(".")


def _sus_numeros(dados, suyos):
    if _iguales(dados, suyos):
        return bien("Otro proceso lo carga, y sus números son los de tus datos.")
    if _iguales(dados, variantes.recta(*variantes.EJEMPLO)):
        return mal(
            "de_ejemplo",
            vi="los coeficientes de los datos de ejemplo",
            esperaba="los de los tuyos",
            porque="se escriben los dos nombres después de haber entrenado",
            prueba="a ejecutar otra vez desde la celda de los nombres",
        )
    if _iguales(dados, (suyos[0], suyos[2], suyos[1])):
        return mal(
            "orden_cambiado",
            vi="los coeficientes de tus datos, en el orden contrario",
            esperaba="primero el de `horas` y después el de `faltas`",
            porque="las columnas se eligen en otro orden, y el modelo las conoce por su lugar",
            prueba='`datos[["horas", "faltas"]]`',
        )
    return mal(
        "otros_coeficientes",
        vi=f"{dados[1]:.3f} por hora y {dados[2]:.3f} por falta",
        esperaba="los que salen de tus cuarenta filas",
        porque="se entrena con una parte, con los datos de otra persona, o se cambió algún nombre",
        prueba="a ejecutar todo desde el principio, con tus dos nombres",
    )


def _iguales(unos, otros):
    return all(
        math.isclose(a, b, rel_tol=1e-6, abs_tol=1e-9) for a, b in zip(unos, otros, strict=True)
    )


# --- 08.2 · la ficha -----------------------------------------------------------------------------
CLAVES = ("clase", "versiones", "columnas", "sha256", "bytes")


def comprueba_ficha(nombre):
    """La ficha está al lado, se lee y habla de ese archivo."""
    if isinstance(nombre, str) and not Path(nombre).exists():
        return sin_responder("Antes de la ficha hace falta el modelo, en el ejercicio 08.1.")
    ruta = exige_archivo(nombre)
    al_lado = Path(f"{ruta}.json")
    if not al_lado.exists():
        return sin_responder(f"No hay ninguna ficha «{al_lado.name}».")
    return _se_lee(al_lado) or _habla_de(ruta, json.loads(al_lado.read_text(encoding="utf-8-sig")))


def _se_lee(al_lado):
    try:
        ficha = json.loads(al_lado.read_text(encoding="utf-8-sig"))
    except (ValueError, RecursionError):
        ficha = None
    if not isinstance(ficha, dict):
        return mal(
            "no_es_json",
            vi=f"que «{al_lado.name}» no es un `dict` en JSON",
            esperaba="cinco claves con sus valores",
            porque="se escribe `str(ficha)`, que usa comillas simples, o se guarda con joblib",
            prueba="`json.dumps(ficha)` y `write_text`",
        )
    if faltan := [clave for clave in CLAVES if clave not in ficha]:
        return mal(
            "faltan_claves",
            vi=f"una ficha sin «{faltan[0]}»",
            esperaba=f"estas claves: {', '.join(CLAVES)}",
            porque="se cambia el nombre de una; un programa busca el nombre exacto",
            prueba="los nombres de la tabla del enunciado",
        )
    return None


def _habla_de(ruta, ficha):
    contenido, huella = ruta.read_bytes(), str(ficha["sha256"])
    if not re.fullmatch("[0-9a-fA-F]{64}", huella):
        return mal(
            "no_es_huella",
            vi=f"{muestra(ficha['sha256'])} como huella",
            esperaba="64 cifras hexadecimales",
            porque="se usa `hash()`, que cambia en cada proceso, o falta `hexdigest()`",
            prueba="`hashlib.sha256(contenido).hexdigest()`",
        )
    if huella.lower() != hashlib.sha256(contenido).hexdigest() or ficha["bytes"] != len(contenido):
        return mal(
            "de_otro_archivo",
            vi=f"una huella o un tamaño que no son los de «{ruta.name}»",
            esperaba="los de ese archivo, tal como está ahora",
            porque="el modelo se guardó otra vez después, o se mide su nombre en vez de sus bytes",
            prueba=f'`Path("{ruta.name}").read_bytes()`, y de eso las dos cosas',
        )
    if ficha["columnas"] != COLUMNAS:
        return mal(
            "otras_columnas",
            vi=f"{muestra(ficha['columnas'])} como columnas",
            esperaba=f"{COLUMNAS}",
            porque="se anotan todas las de la tabla, o en otro orden",
            prueba="`list(modelo.feature_names_in_)`",
        )
    return _quien_y_con_que(ficha) or bien("Con esa ficha se reconoce el archivo sin abrirlo.")


def _quien_y_con_que(ficha):
    versiones = ficha["versiones"]
    con_versiones = isinstance(versiones, dict) and all(
        isinstance(versiones.get(de_que), str) for de_que in ("python", "scikit-learn")
    )
    if con_versiones and str(ficha["clase"]).endswith("LinearRegression"):
        return None
    return mal(
        "sin_clase_o_versiones",
        vi=f"{muestra(ficha['clase'])} como clase y {muestra(versiones)} como versiones",
        esperaba="la clase del modelo y, en un `dict`, las versiones de `python` y `scikit-learn`",
        porque="se llama `sklearn` a la librería, como al importarla, o se guarda `str(type(…))`",
        prueba='`{"python": platform.python_version(), "scikit-learn": sklearn.__version__}`',
    )


# --- 08.3 · guardar de una vez -------------------------------------------------------------------
PRIMERO, SEGUNDO = (30.0, 2.0, -1.0), (42.0, 1.5, -0.5)
RUTA = "ensayo.joblib"


class _SeRompe:
    """Algo que no se deja guardar."""

    def __reduce__(self):
        """Falla cuando el archivo ya está a medias."""
        raise RuntimeError("a mitad del archivo, el disco se llenó")


def comprueba_guarda(guarda):
    """Deja modelo y ficha, los sustituye y, si algo falla, no toca lo que había."""
    exige_funcion(guarda)
    with carpeta_vacia() as carpeta:
        llama(guarda, _recta(*PRIMERO), RUTA)
        if fallo := _esta_todo(carpeta, PRIMERO):
            return fallo
        testigos = _pone_testigos()
        return (
            _sustituye(guarda, carpeta)
            or _resiste_un_fallo(guarda, carpeta)
            or _escribe_encima(testigos)
            or bien("Lo que falla a mitad del camino no toca lo que había.")
        )


def _esta_todo(carpeta, numeros):
    modelo, al_lado = carpeta / RUTA, carpeta / f"{RUTA}.json"
    if not modelo.exists():
        return mal(
            "no_escribe",
            vi=f"que `guarda(modelo, {RUTA!r})` no deja ese archivo",
            esperaba="el modelo en la ruta que recibe",
            porque="el nombre está escrito dentro de la función, o falta el último paso",
            prueba="`os.replace(nuevo, ruta)` al final",
        )
    if not al_lado.exists():
        return mal(
            "sin_ficha",
            vi="el modelo, y ninguna ficha al lado",
            esperaba=f"encontrar «{al_lado.name}»",
            porque="la ficha se escribe fuera de la función, o `with_suffix` cambia la extensión",
            prueba='`f"{ruta}.json"`, que añade `.json` al final',
        )
    if _se_lee(al_lado) or not _a_juego(modelo, al_lado):
        return mal(
            "ficha_de_otro",
            vi="una ficha que no es la de ese archivo",
            esperaba="su huella, con las cinco claves",
            porque="se redacta con la huella de `modelo.joblib`, o antes de escribir el modelo",
            prueba="a leer los bytes del archivo recién escrito, y de ellos la huella",
        )
    # El archivo lo acaba de escribir su función con un modelo nuestro.
    if not _iguales(_numeros(joblib.load(modelo)), numeros):
        return mal(
            "guarda_otro",
            vi="en el archivo, un modelo que no es el que recibe la función",
            esperaba="el de su primer argumento",
            porque="dentro se usa otra variable del cuaderno, o el segundo guardado no sustituye",
            prueba="el nombre del parámetro de la función",
        )
    return None


def _a_juego(modelo, al_lado):
    ficha = json.loads(al_lado.read_text(encoding="utf-8-sig"))
    return str(ficha["sha256"]).lower() == hashlib.sha256(modelo.read_bytes()).hexdigest()


def _numeros(modelo):
    return (modelo.intercept_, *modelo.coef_) if hasattr(modelo, "coef_") else (math.nan,) * 3


def _sustituye(guarda, carpeta):
    intento = intenta(guarda, _recta(*SEGUNDO), RUTA)
    if isinstance(intento.error, FileExistsError):
        return mal(
            "no_sustituye",
            vi="que la segunda vez lanza `FileExistsError`",
            esperaba="que el segundo modelo sustituyera al primero",
            porque="`os.rename` no pisa un archivo en Windows, o se usa `sobrescribir=False`",
            prueba="`os.replace`, que sustituye en un solo paso en cualquier sistema",
        )
    valor_de(intento, guarda, "el segundo modelo", RUTA)
    return _esta_todo(carpeta, SEGUNDO)


def _resiste_un_fallo(guarda, carpeta):
    roto = _recta(*PRIMERO)
    roto.mucho_, roto.roto_ = np.arange(100_000.0), _SeRompe()
    antes = [(carpeta / nombre).read_bytes() for nombre in (RUTA, f"{RUTA}.json")]
    intento = intenta(guarda, roto, RUTA)
    if isinstance(intento.error, TiempoAgotado):
        valor_de(intento, guarda, "un modelo que falla", RUTA)
    despues = [
        ruta.read_bytes() if (ruta := carpeta / nombre).exists() else b""
        for nombre in (RUTA, f"{RUTA}.json")
    ]
    if antes != despues:
        return mal(
            "pierde_el_anterior",
            vi="que, si el modelo falla al guardarse, el anterior o su ficha ya no son los mismos",
            esperaba="lo que había, byte por byte",
            porque="se escribe en el archivo bueno, que se vacía al abrirlo",
            prueba="a escribir en otro nombre y, con todo listo, `os.replace`",
        )
    if intento.error is None:
        return mal(
            "calla_el_fallo",
            vi="que guardar falla y la función no dice nada",
            esperaba="que el error se viera",
            porque="un `try` con `pass` lo esconde; quien llama cree que está guardado",
            prueba="a quitar el `try`, o a poner `raise` al final del `except`",
        )
    return None


def _pone_testigos():
    """Por cada archivo bueno, otro nombre para él y los bytes que tiene."""
    for sufijo in ("", ".json"):
        pone_testigo(f"{RUTA}{sufijo}", f"testigo{sufijo}")
    return {sufijo: Path(f"testigo{sufijo}").read_bytes() for sufijo in ("", ".json")}


def _escribe_encima(testigos):
    """Lo anterior se descubre con su otro nombre: sigue entero si nadie escribió dentro."""
    for sufijo, contenido in testigos.items():
        if Path(f"testigo{sufijo}").read_bytes() != contenido:
            return mal(
                "escribe_encima",
                vi=f"que el segundo guardado escribe dentro de «{RUTA}{sufijo}», el bueno",
                esperaba="el anterior entero hasta que el nuevo esté completo",
                porque="preparar antes los bytes, con `BytesIO` o una copia, parece bastante; "
                "el disco puede llenarse después, a mitad de esa escritura",
                prueba="a escribir en otro nombre y, con todo listo, `os.replace`",
            )
    return None


# --- 08.4 · cargar solo lo suyo ------------------------------------------------------------------
SE_NIEGA = (ValueError, ErrorDelCurso)  # el segundo, de quien usa `load_model`


def comprueba_carga(carga):
    """Devuelve el intacto, y rechaza otro modelo y una trampa sin abrirlos."""
    exige_funcion(carga)
    with carpeta_vacia() as carpeta:
        intenta(save_model, _recta(*PRIMERO), RUTA)  # imprime una línea que aquí sobra
        modelo = _carga_el_bueno(carga)
        if not hasattr(modelo, "coef_") or not _iguales(_numeros(modelo), PRIMERO):
            return mal(
                "no_lo_devuelve",
                vi=f"que con un archivo intacto devuelve {muestra(modelo)}",
                esperaba="el modelo que hay en la ruta que recibe",
                porque="falta el `return`, o el nombre está escrito dentro de la función",
                prueba="`return joblib.load(ruta)`",
            )
        joblib.dump(_recta(*SEGUNDO), RUTA)
        intento = intenta_hasta_el_final(carga, RUTA)
        joblib.dump(Trampa(carpeta / "marca"), RUTA)
        segundo = intenta_hasta_el_final(carga, RUTA)
        return _dice_que_no(intento) or _a_tiempo(segundo, carpeta / "marca")


def _carga_el_bueno(carga):
    intento = intenta(carga, RUTA)
    if isinstance(intento.error, SE_NIEGA):
        raise Rechazo.por(
            "rechaza_el_bueno",
            vi=f"que rechaza un archivo intacto: {muestra(str(intento.error))}",
            esperaba="el modelo",
            porque="el `if` está al revés, o la huella se calcula de la ruta y no de los bytes",
            prueba='a imprimir la huella calculada y `ficha["sha256"]`',
        )
    return valor_de(intento, carga, RUTA)


def _dice_que_no(intento):
    if intento.error is None and not hasattr(intento.valor, "predict"):
        return mal(
            "no_avisa",
            vi=f"que ante un archivo que no es el de la ficha devuelve {muestra(intento.valor)}",
            esperaba="un `ValueError`",
            porque="se imprime el problema o se devuelve algo; quien llama sigue como si nada",
            prueba='`raise ValueError("…")`',
        )
    if intento.error is None:
        return mal(
            "acepta_otro",
            vi="que carga un modelo que no es el de la ficha",
            esperaba="un `ValueError`",
            porque="se lee la ficha y no se compara, o se compara el tamaño, que puede coincidir",
            prueba="la huella de los bytes del archivo frente a la de la ficha",
        )
    if not isinstance(intento.error, SE_NIEGA):
        return mal(
            "otra_excepcion",
            vi=f"{type(intento.error).__name__} ante un archivo que no es el de la ficha",
            esperaba="un `ValueError`",
            porque="se usa `assert`, que desaparece con `python -O`, o falla otra línea antes",
            prueba='`raise ValueError("…")` en el `if`',
        )
    return None


def _a_tiempo(intento, marca):
    if marca.exists() or not isinstance(intento.error, SE_NIEGA):
        return mal(
            "llega_tarde",
            vi="que una trampa llegó a abrirse",
            esperaba="que se rechazara antes",
            porque="se carga primero y se comprueba después",
            prueba="a poner `joblib.load` en la última línea",
        )
    return bien("Lo que no es de su ficha no llega a abrirse.")


# --- 08.5 · la prueba ----------------------------------------------------------------------------
NUMEROS = (35.0, 1.25, -0.75)
MINIMO = 3
FALLAN = ("ninguna fila da `False`", "solo 1 fila da `False`", "solo 2 filas dan `False`")


def comprueba_prueba(prueba):
    """Acepta las copias fieles y descubre las cuatro clases de copia cambiada, con varias filas."""
    exige_funcion(prueba)
    original, fallan = _recta(*NUMEROS), set()
    with warnings.catch_warnings(action="ignore"):
        for fiel in (copy.deepcopy(original), _recta(*NUMEROS)):
            if fallo := _acepta(llama(prueba, original, fiel, X)):
                return fallo
        for copia, mensaje in _cambiadas():
            intento = intenta(prueba, original, copia, X)
            if isinstance(intento.error, TiempoAgotado):
                valor_de(intento, prueba, "el original", "una copia", "X")
            if intento.error is None and _pasa(intento.valor):
                return mensaje
            fallan |= _falsas(intento.valor)
    return _filas_fijas(fallan) or bien("Cada copia cambiada hace fallar alguna fila.")


def _acepta(tabla):
    if not isinstance(tabla, dict):
        return mal(
            "no_es_tabla",
            vi=f"que devuelve {muestra(tabla)}",
            esperaba="un `dict` con un nombre y `True` o `False` por cada comparación",
            porque="se imprime, se usa `assert`, o se devuelve un solo resultado",
            prueba='`return {"clase": ..., "coeficientes": ..., "respuestas": ...}`',
        )
    if raros := [nombre for nombre, v in tabla.items() if not isinstance(v, bool | np.bool_)]:
        return mal(
            "no_es_si_o_no",
            vi=f"en {muestra(raros[0])}, {muestra(tabla[raros[0]])}",
            esperaba="`True` o `False`",
            porque="`==` entre arrays compara uno a uno y devuelve otro array",
            prueba="`np.array_equal(a, b)`",
        )
    if len(tabla) < MINIMO:
        return mal(
            "pocas_filas",
            vi=f"una tabla con {len(tabla)} comparaciones",
            esperaba=f"al menos {MINIMO}",
            porque="se juntan todas con `and`, y entonces no se sabe cuál falla",
            prueba="una fila para la clase, otra para las columnas y otra para los coeficientes",
        )
    if falsas := [nombre for nombre, valor in tabla.items() if not valor]:
        return mal(
            "rechaza_la_fiel",
            vi=f"`False` en {muestra(falsas[0])} con una copia fiel",
            esperaba="`True` en todo",
            porque="`is` y `==` entre modelos preguntan si son el mismo objeto, y cargar da otro",
            prueba="a comparar lo que llevan: su clase, sus coeficientes, sus respuestas",
        )
    return None


def _pasa(tabla):
    return isinstance(tabla, dict) and all(tabla.values())


def _falsas(tabla):
    """Los nombres de las filas con `False`; ninguno si la prueba se detuvo con un error."""
    return {n for n, valor in tabla.items() if not valor} if isinstance(tabla, dict) else set()


def _filas_fijas(fallan):
    """Una fila que ninguna copia hace fallar puede ser honrada; con menos de tres, no hay tabla."""
    if len(fallan) >= MINIMO:
        return None
    return mal(
        "filas_fijas",
        vi=f"que, con todas las copias cambiadas, {FALLAN[len(fallan)]}",
        esperaba=f"que al menos {MINIMO} filas pudieran fallar",
        porque="se escriben filas con `True` fijo, o se junta todo en una con `and`",
        prueba="una comparación distinta en cada fila: la clase, las columnas, los coeficientes",
    )


def _cambiadas():
    """Cada copia cambiada y lo que se dice a quien no la descubre."""
    ordenada, por_hora, por_falta = NUMEROS
    cruzada = _recta(*NUMEROS)
    cruzada.feature_names_in_ = cruzada.feature_names_in_[::-1]
    return (
        (_recta(ordenada + 2, por_hora, por_falta), NO_VE_OTRA),
        (_recta(ordenada, por_hora + 0.2, por_falta), NO_VE_OTRA),
        (_recta(ordenada, por_hora * (1 + 1e-7), por_falta), NO_VE_POCO),
        (_recta(*NUMEROS, clase=Ridge), NO_VE_LA_CLASE),
        (cruzada, NO_VE_LAS_COLUMNAS),
    )


NO_VE_OTRA = mal(
    "no_ve_otra_recta",
    vi="que otra recta tiene `True` en todo",
    esperaba="algún `False`",
    porque="se compara el original consigo mismo, o faltan los coeficientes o la ordenada",
    prueba="`copia.predict(X)` y `original.predict(X)`, con todas las filas",
)
NO_VE_POCO = mal(
    "no_ve_poco",
    vi="que un coeficiente movido una parte en diez millones no se nota",
    esperaba="algún `False`",
    porque="`np.allclose` y `round` toleran esa diferencia",
    prueba="`np.array_equal(original.coef_, copia.coef_)`",
)
NO_VE_LA_CLASE = mal(
    "no_ve_la_clase",
    vi="que un modelo de otra clase, que responde lo mismo, tiene `True` en todo",
    esperaba="algún `False`",
    porque="sus respuestas y sus coeficientes coinciden",
    prueba="`type(copia) is type(original)`",
)
NO_VE_LAS_COLUMNAS = mal(
    "no_ve_las_columnas",
    vi="que una copia con los nombres de las columnas cambiados tiene `True` en todo",
    esperaba="algún `False`, o un error",
    porque="con un array, o con los coeficientes solos, los nombres no intervienen",
    prueba="`list(copia.feature_names_in_)` frente a la del original",
)
