"""Cómo se comprueban los ejercicios de 04b · Ficha y contrato. El primero, en `ficha_04b.py`."""

import itertools
import json
import re
import shutil
import warnings
from pathlib import Path

import joblib
import numpy as np
from sklearn.linear_model import LinearRegression

from helpers.ejercicios.archivos import Trampa, carpeta_vacia
from helpers.ejercicios.ejecucion import exige_funcion, intenta, valor_de
from helpers.ejercicios.ficha_04b import COLUMNAS, aves
from helpers.ejercicios.preguntas import limpia
from helpers.ejercicios.resultado import Rechazo, bien, error_tuyo, mal, muestra, sin_responder
from helpers.errores import ErrorDelCurso, HuellaDistinta
from helpers.persistencia import save_model

# Las que alguien lanza a propósito en lugar de un ValueError. Un TypeError suele ser un tropiezo.
OTRAS_EXCEPCIONES = (AssertionError, LookupError, OSError, RuntimeError, Warning, ErrorDelCurso)


def _es_un_no(error):
    """Si es un `ValueError` de los que se lanzan a propósito."""
    # Estos dos son también ValueError, y los lanza Python al leer mal un archivo.
    return isinstance(error, ValueError) and not isinstance(
        error, json.JSONDecodeError | UnicodeError
    )


def _exige_un_no(intento, caso, funcion, *argumentos):
    """Rechaza el intento que terminó en una excepción distinta de la que se pide."""
    if _es_un_no(intento.error):
        return
    if isinstance(intento.error, TypeError) and "BaseException" in str(intento.error):
        raise Rechazo.por(
            "lanza_un_texto",
            vi=f"un `raise` seguido de un texto, con {caso}",
            esperaba="un `ValueError` con ese texto dentro",
            porque="se olvida el nombre de la excepción",
            prueba='`raise ValueError("…")`',
        )
    if type(intento.error) is Exception or isinstance(intento.error, OTRAS_EXCEPCIONES):
        raise Rechazo.por(
            "otra_excepcion",
            vi=f"{type(intento.error).__name__} con {caso}",
            esperaba="un `ValueError`",
            porque="se usa `assert` u otra excepción, o algo falla antes de decidir",
            prueba='`raise ValueError("…")` en el `if` que lo descubre',
        )
    valor_de(intento, funcion, *argumentos)


# --- 04b.2 · la huella, antes de abrir -----------------------------------------------------------
def comprueba_carga_verificada(funcion):
    """Carga el bueno, y se niega ante uno cambiado y ante una trampa, antes de abrirlos."""
    exige_funcion(funcion)
    with carpeta_vacia() as carpeta:
        recta = LinearRegression().fit(aves()[COLUMNAS], aves()["masa_corporal_g"])
        save_model(recta, "bueno.joblib", compress=0)
        for otro in ("cambiado.joblib", "trampa.joblib"):
            shutil.copyfile("bueno.joblib.json", f"{otro}.json")
        contenido = Path("bueno.joblib").read_bytes()
        Path("cambiado.joblib").write_bytes(_con_un_byte_cambiado(contenido, recta.coef_))
        joblib.dump(Trampa(carpeta / "marca"), "trampa.joblib")
        return (
            _carga_el_bueno(funcion, recta)
            or _se_niega_al_cambiado(funcion)
            or _se_niega_a_tiempo(funcion, carpeta / "marca")
            or bien("La trampa se quedó sin abrir. `load_model` sigue el mismo orden.")
        )


def _con_un_byte_cambiado(contenido, coeficientes):
    """Los bytes de un modelo que se carga sin error y responde otra cosa."""
    cambiado = bytearray(contenido)
    cambiado[contenido.index(coeficientes.tobytes()) + 6] ^= 1
    return bytes(cambiado)


def _carga_el_bueno(funcion, recta):
    intento = intenta(funcion, "bueno.joblib")
    if isinstance(intento.error, FileNotFoundError):
        return mal(
            "otra_ruta",
            vi=f"que con «bueno.joblib» se busca un archivo que no está: "
            f"{muestra(str(intento.error.filename))}",
            esperaba="que leyera «bueno.joblib» y «bueno.joblib.json»",
            porque="la ruta está fija en la función, o `with_suffix` cambia la extensión",
            prueba='`Path(f"{ruta}.json")`, que añade `.json` al final',
        )
    if isinstance(intento.error, KeyError) and intento.error.args == (ord("{"),):
        return mal(
            "ficha_con_joblib",
            vi="que se intenta cargar la ficha con joblib (`KeyError: 123`)",
            esperaba="que se leyera como texto",
            porque="está al lado del modelo y parece otro modelo; 123 es el código de `{`",
            prueba='`json.loads(Path(f"{ruta}.json").read_text(encoding="utf-8"))`',
        )
    if _es_un_no(intento.error):
        return mal(
            "rechaza_el_bueno",
            vi="que rechaza un archivo intacto",
            esperaba="el modelo",
            porque="el `if` está al revés, o la huella se compara con la ruta o con `hash()`",
            prueba='`sha256(ruta) != ficha["sha256"]`, e imprimir los dos lados',
        )
    modelo = valor_de(intento, funcion, "bueno.joblib")
    if not isinstance(modelo, LinearRegression) or not np.array_equal(modelo.coef_, recta.coef_):
        return mal(
            "no_devuelve",
            vi=f"que con un archivo intacto devuelve {muestra(modelo)}",
            esperaba="el modelo que hay dentro",
            porque="falta el `return`, o se devuelve la ficha o la huella",
            prueba="`return joblib.load(ruta)` en la última línea",
        )
    return None


def _se_niega_al_cambiado(funcion):
    intento = intenta(funcion, "cambiado.joblib")
    if isinstance(intento.error, HuellaDistinta):
        return mal(
            "llama_a_la_del_curso",
            vi="que la comprobación la hace `load_model`",
            esperaba="que la hicieras tú, con la ficha y `sha256`, y un `ValueError`",
            porque="`load_model` ya lo hace, y bien; aquí se trata de saber cómo",
            prueba="a leer la ficha, comparar y, al final, `joblib.load(ruta)`",
        )
    if intento.error is not None:
        _exige_un_no(intento, "un archivo cambiado", funcion, "cambiado.joblib")
        return None
    if isinstance(intento.valor, LinearRegression):
        return mal(
            "carga_el_cambiado",
            vi="que carga un archivo con un byte cambiado, del mismo tamaño",
            esperaba="un `ValueError`",
            porque="joblib no dio ningún error, y sin error parece correcto; o solo se mira el "
            "tamaño",
            prueba='a comparar `sha256(ruta)` con `ficha["sha256"]`, y `raise` si no coinciden',
        )
    return mal(
        "no_avisa",
        vi=f"que con un archivo cambiado devuelve {muestra(intento.valor)}",
        esperaba="un `ValueError`",
        porque="se imprime el problema o se devuelve algo; quien llama sigue como si nada",
        prueba='`raise ValueError("…")`',
    )


def _se_niega_a_tiempo(funcion, marca):
    intento = intenta(funcion, "trampa.joblib")
    if marca.exists():
        return mal(
            "tarde",
            vi="que la trampa actuó: su archivo está en el disco",
            esperaba="que la huella se mirara antes de abrirla",
            porque="se carga primero y se comprueba después; entonces ya da igual rechazarla",
            prueba="a poner `joblib.load` en la última línea, después del `if`",
        )
    if intento.error is None:
        return error_tuyo(
            "no_rechaza_la_trampa",
            "El archivo trampa no se cargó, pero tampoco llegó un `ValueError`",
            "la misma comprobación con cualquier archivo, sin mirar antes qué hay dentro",
        )
    _exige_un_no(intento, "un archivo ajeno", funcion, "trampa.joblib")
    return None


# --- 04b.3 · las columnas ------------------------------------------------------------------------
# Qué columnas trae la tabla, qué puede decir el error y cómo se cuenta el caso.
TABLAS_MALAS = (
    (["alto_pico_mm", "largo_pico_mm", "largo_aleta_mm"], ["orden"],
     "con dos columnas intercambiadas"),
    (["alto_pico_mm", "largo_aleta_mm", "largo_pico_mm"], ["orden"], "en orden alfabético"),
    (COLUMNAS[:2], ["falta"], "sin la última columna"),
    (COLUMNAS[1:], ["falta"], "sin la primera columna"),
    ([*COLUMNAS, "anio"], ["sobra"], "con una columna más al final"),
    (["anio", *COLUMNAS], ["sobra"], "con una columna más al principio"),
    ([*COLUMNAS[:2], "anio"], ["falta", "sobra"], "con otra columna en lugar de la aleta"),
    ([*COLUMNAS, "alto_pico_mm"], ["sobra", "orden"], "con una columna repetida"),
)  # fmt: skip
DEJA_PASAR = {
    "orden": (
        "se comparan como conjuntos u ordenadas, y el orden importa: el modelo no lee los nombres",
        '`list(tabla.columns) != ficha["columnas"]`, que compara también el lugar',
    ),
    "falta": (
        "se recorren las columnas de la tabla, y la que falta no está en ella",
        'a recorrer `ficha["columnas"]` y buscar cada una en la tabla',
    ),
    "sobra": (
        "se recorren las de la ficha, o `zip` se detiene en la lista corta",
        'a recorrer `tabla.columns`, y `len(tabla.columns) > len(ficha["columnas"])`',
    ),
}


def comprueba_columnas(funcion):
    """Calla con las columnas de la ficha y rechaza las demás, diciendo qué les pasa."""
    exige_funcion(funcion)
    ficha = {"columnas": list(COLUMNAS), "bytes": 1}
    for buenas in (COLUMNAS, ["largo_aleta_mm", "anio"]):
        if problema := _acepta(funcion, buenas):
            return problema
    for columnas, palabras, caso in TABLAS_MALAS:
        tabla = aves()[columnas].head(3)
        intento = intenta(funcion, tabla.copy(), ficha)
        if problema := _las_rechaza(intento, palabras, caso, columnas):
            return problema
        _exige_un_no(intento, f"una tabla {caso}", funcion, tabla, ficha)
        dicho = limpia(str(intento.error))
        if all(palabra in dicho for palabra in DEJA_PASAR):
            return mal(
                "los_tres_motivos",
                vi=f"que de una tabla {caso} dice los tres motivos a la vez",
                esperaba="solo el suyo",
                porque="un solo texto sirve para todo, y quien lo lee no sabe qué arreglar",
                prueba="tres `if`, cada uno con su `raise ValueError` y su palabra",
            )
        if not any(palabra in dicho for palabra in palabras):
            return mal(
                "otro_motivo",
                vi=f"que de una tabla {caso} dice {muestra(str(intento.error))}",
                esperaba="un texto con la palabra «" + "» o «".join(palabras) + "»",
                porque="el texto es el mismo en todos los casos, o se cuentan las columnas sin "
                "mirar cuáles son",
                prueba="primero si falta alguna, después si sobra y, al final, el orden",
            )
        if ajenas := [p for p in DEJA_PASAR if p in dicho and p not in palabras]:
            return mal(
                "motivo_de_mas",
                vi=f"que de una tabla {caso} dice también «{ajenas[0]}»: "
                f"{muestra(str(intento.error))}",
                esperaba="solo la palabra de su caso: «" + "» o «".join(palabras) + "»",
                porque="un texto sirve para dos casos, y quien lo lee no sabe cuál es el suyo",
                prueba="tres `if`, cada uno con su `raise ValueError` y su palabra",
            )
    return bien("Los tres casos, cada uno con su motivo. El de los picos no lo habría visto nadie.")


def _acepta(funcion, columnas):
    ficha = {"columnas": list(columnas), "bytes": 1}
    tabla = aves()[columnas].head(3)
    intento = intenta(funcion, tabla, ficha)
    if _es_un_no(intento.error):
        return mal(
            "rechaza_las_buenas",
            vi=f"que rechaza las columnas de su propia ficha: {muestra(columnas)}",
            esperaba="que no hiciera nada",
            porque="`tabla.columns` no es una lista y se compara letra a letra, o los nombres "
            "están escritos en la función",
            prueba='`list(tabla.columns)`, y los nombres siempre de `ficha["columnas"]`',
        )
    valor_de(intento, funcion, tabla, ficha)
    return None


def _las_rechaza(intento, palabras, caso, columnas):
    if intento.error is not None:
        return None
    if list(getattr(intento.valor, "columns", [])) == COLUMNAS != columnas:
        return mal(
            "las_arregla",
            vi=f"que una tabla {caso} se arregla y sigue adelante",
            esperaba="un `ValueError`",
            porque="reordenar parece ayudar, pero esconde que alguien cambió los datos",
            prueba="`raise`, y que decida quien llama",
        )
    if intento.valor is not None or intento.impreso:
        return mal(
            "lo_dice_y_sigue",
            vi=f"que con una tabla {caso} solo imprime o devuelve {muestra(intento.valor)}",
            esperaba="un `ValueError`",
            porque="se usa `print` o `return`; el programa que llama no se entera",
            prueba='`raise ValueError("…")`',
        )
    porque, prueba = DEJA_PASAR[palabras[0]]
    return mal(
        "las_deja_pasar",
        vi=f"que acepta una tabla {caso}",
        esperaba="un `ValueError`",
        porque=porque,
        prueba=prueba,
    )


# --- 04b.4 · otra versión ------------------------------------------------------------------------
AQUI = "9.4.1"  # ninguna instalada: hay que mirar `aqui`
OTRAS = {  # versión de la ficha, por qué se le escaparía a alguien y qué probar
    "9.3.0": ("falta `warnings.warn`, se compara con `>`, o solo el primer número; entre la 1.8 "
              "y la 1.9 de scikit-learn hay modelos que no vuelven",
              "`warnings.warn` si las versiones enteras son distintas (`!=`)"),
    "9.4.0": ("se comparan los dos primeros números", "la versión entera, con `!=`"),
    "9.5.0": ("se mira solo si es anterior; un modelo de una versión más nueva tampoco es de aquí",
              "`!=`, en lugar de `<`"),
}  # fmt: skip


def comprueba_version(funcion):
    """Nada si es la misma; si es otra, avisa o se detiene; y no acepta otra política."""
    exige_funcion(funcion)
    return (
        _calla_si_es_la_misma(funcion)
        or next(filter(None, (_si_es_otra(funcion, version) for version in OTRAS)), None)
        or _sin_otra_politica(funcion)
        or bien("Avisar es para quien lee; detenerse, para quien no está mirando.")
    )


def _ficha_de(version):
    return {"versiones": {"python": "3.11.7", "scikit-learn": version, "numpy": "2.4.6"}}


def _con_avisos(funcion, version, politica):
    """Un intento y los avisos que dio, como lista de textos."""
    with warnings.catch_warnings(record=True) as avisos:
        warnings.simplefilter("always")
        intento = intenta(funcion, _ficha_de(version), AQUI, politica)
    return intento, [str(aviso.message) for aviso in avisos]


def _calla_si_es_la_misma(funcion):
    for politica in ("avisa", "estricto"):
        intento, avisos = _con_avisos(funcion, AQUI, politica)
        if avisos or _es_un_no(intento.error):
            return mal(
                "sobra_el_aviso",
                vi=f'que con la misma versión y "{politica}" avisa o se detiene',
                esperaba="que no hiciera nada",
                porque="se compara la ficha entera, o con la versión instalada en vez de con "
                "`aqui`; se usa `float`, y «9.4.1» no es un número; o se escribe `politica != "
                '"avisa" or "estricto"`, que se cumple siempre',
                prueba='`ficha["versiones"]["scikit-learn"] != aqui` en un `if`, y `politica not '
                'in ("avisa", "estricto")` en el otro',
            )
        valor_de(intento, funcion, _ficha_de(AQUI), AQUI, politica)
    return None


def _si_es_otra(funcion, version):
    porque, prueba = OTRAS[version]
    intento, avisos = _con_avisos(funcion, version, "avisa")
    if _es_un_no(intento.error) or isinstance(intento.error, Warning):
        return mal(
            "se_detiene",
            vi='que con "avisa" se detiene',
            esperaba="un aviso, y que siguiera",
            porque="se lanza antes de mirar la política, o `raise` va con un aviso",
            prueba='`if politica == "avisa":` y dentro `warnings.warn("…")`',
        )
    valor_de(intento, funcion, _ficha_de(version), AQUI, "avisa")
    if not avisos:
        return _sin_aviso(intento, version, porque, prueba)
    estricto, al_detenerse = _con_avisos(funcion, version, "estricto")
    if estricto.error is None:
        return mal(
            "solo_avisa",
            vi=f'que con "estricto" y la versión {version} no se detiene'
            + (", solo avisa" if al_detenerse else ""),
            esperaba="un `ValueError`",
            porque="un aviso parece bastar; si nadie lo lee, el modelo responde igual",
            prueba='`raise ValueError("…")` cuando `politica == "estricto"`',
        )
    _exige_un_no(estricto, "otra versión", funcion, _ficha_de(version), AQUI, "estricto")
    return _nombra_las_dos(version, avisos[0], str(estricto.error))


def _sin_aviso(intento, version, porque, prueba):
    if intento.impreso or intento.valor is not None:
        return mal(
            "imprime",
            vi='que con "avisa" imprime una línea o devuelve algo',
            esperaba="un aviso de Python",
            porque="`print` también se ve; pero un programa no puede contarlo ni convertirlo en "
            "error, y lo que se devuelve se pierde si nadie lo mira",
            prueba='`warnings.warn("…")`',
        )
    return mal(
        "calla",
        vi=f'que con la versión {version} en la ficha, aquí {AQUI} y "avisa", no avisa',
        esperaba="un aviso: no son la misma",
        porque=porque,
        prueba=prueba,
    )


def _nombra_las_dos(version, *textos):
    if all(version in texto and AQUI in texto for texto in textos):
        return None
    return mal(
        "no_las_nombra",
        vi=f"un texto que no dice las dos versiones: {muestra(textos[0])} o {muestra(textos[-1])}",
        esperaba=f"leer en los dos «{version}» y «{AQUI}»",
        porque="se escribe que hay una diferencia y no cuál; con las dos se sabe qué instalar",
        prueba="un solo texto para los dos casos: `f'guardado con {guardada}, aquí {aqui}'`",
    )


def _sin_otra_politica(funcion):
    for politica, version in itertools.product(("estricta", None), (AQUI, *OTRAS)):
        intento, _ = _con_avisos(funcion, version, politica)
        if intento.error is None:
            return mal(
                "acepta_otra_politica",
                vi=f"que acepta {muestra(politica)} como política, con la {version} en la ficha y "
                f"aquí la {AQUI}",
                esperaba="un `ValueError`, coincida o no la versión",
                porque="lo que no es una cosa se toma por la otra: una errata quitaría la "
                "protección sin que nadie lo note",
                prueba='`if politica not in ("avisa", "estricto"): raise ValueError("…")`, lo '
                "primero",
            )
        caso = f"la política {muestra(politica)}"
        _exige_un_no(intento, caso, funcion, _ficha_de(version), AQUI, politica)
    return None


# --- 04b.5 · el método, de una lista -------------------------------------------------------------
DE_LA_LISTA = {".pkl": "pickle", ".joblib": "joblib", ".dill": "dill", ".skops": "skops"}
CONOCIDAS = (
    *((f"modelos/aves{extension}", metodo) for extension, metodo in DE_LA_LISTA.items()),
    ("aves.v2.skops", "skops"),
    ("C/mis.pkl.viejos/aves.joblib", "joblib"),
    ("AVES.PKL", "pickle"),
    ("aves.Joblib", "joblib"),
    (Path("modelos") / "aves.dill", "dill"),
)
DESCONOCIDAS = ("aves.h5", "aves", "aves.joblib.json", "aves.pkl.exe", "avesjoblib", "aves.pk")


def comprueba_metodo(funcion):
    """Da el método de cada extensión de la lista y rechaza las demás."""
    exige_funcion(funcion)
    for ruta, metodo in CONOCIDAS:
        if problema := _da_el_metodo(funcion, ruta, metodo):
            return problema
    for ruta in DESCONOCIDAS:
        intento = intenta(funcion, ruta)
        if intento.error is None:
            return _acepta_lo_que_no_conoce(ruta, intento.valor)
        _exige_un_no(intento, f"«{ruta}»", funcion, ruta)
        if faltan := [e for e in DE_LA_LISTA if e not in str(intento.error)]:
            return mal(
                "no_enumera",
                vi=f"este texto para «{ruta}»: {muestra(str(intento.error))}",
                esperaba=f"que enumerara las cuatro extensiones; no está «{faltan[0]}»",
                porque="se dice que no vale y no qué vale; quien lo lee tiene que adivinar",
                prueba='`", ".join(METODO_DE)` dentro del texto',
            )
    return bien("Lo que no está en la lista no entra. Nadie tiene que prever lo malo.")


def _da_el_metodo(funcion, ruta, metodo):
    intento = intenta(funcion, ruta)
    if _es_un_no(intento.error) or isinstance(intento.error, LookupError):
        return mal(
            "no_la_conoce",
            vi=f"que rechaza «{ruta}» ({type(intento.error).__name__})",
            esperaba=f"«{metodo}»",
            porque="se busca la ruta entera o sin el punto, se parte por el primer punto, o las "
            "mayúsculas cuentan",
            prueba="`Path(ruta).suffix.lower()`",
        )
    dicho = valor_de(intento, funcion, ruta)
    if dicho != metodo:
        return mal(
            "otro_metodo",
            vi=f"{muestra(dicho)} para «{ruta}»",
            esperaba=f"«{metodo}»",
            porque="falta un `return`, se devuelve la extensión, o se busca en el nombre entero",
            prueba="`return METODO_DE[extension]`, con la extensión de `Path(ruta).suffix`",
        )
    return None


def _acepta_lo_que_no_conoce(ruta, valor):
    if valor in DE_LA_LISTA.values():
        return mal(
            "adivina",
            vi=f"«{valor}» para «{ruta}»",
            esperaba="un `ValueError`: esa extensión no está en la lista",
            porque="hay un método por defecto, o se busca un trozo con `in` o `endswith`",
            prueba="`if extension not in METODO_DE: raise ValueError("
            '"…")`, con la extensión de `Path(ruta).suffix`',
        )
    return mal(
        "no_lo_rechaza",
        vi=f"{muestra(valor)} para «{ruta}»",
        esperaba="un `ValueError`",
        porque="`get` devuelve `None` con lo que no encuentra, o se devuelve un texto de error",
        prueba='`raise ValueError("…")` si la extensión no está en la lista',
    )


# --- 04b.6 · la tarjeta --------------------------------------------------------------------------
LINEAS = ("Modelo", "Sirve para", "No sirve para", "Datos", "Columnas", "Medida", "Límites",
          "Versiones", "Fecha", "Responsable")  # fmt: skip
CON_CIFRAS = {"Medida", "Versiones", "Fecha"}
CON_EXPLICACION = {"Sirve para", "No sirve para", "Límites"}  # a las demás les basta un nombre
PALABRAS = 3
SOLO_LA_FORMA = (
    "Están las diez líneas. Solo miré la forma: si lo que dicen es cierto, y si basta, lo juzga "
    "quien las lea."
)


def comprueba_tarjeta(tarjeta):
    """La forma de la tarjeta: diez líneas, con su nombre y algo escrito. No lo que dicen."""
    if not isinstance(tarjeta, str):
        return mal(
            "no_es_texto",
            vi=muestra(tarjeta),
            esperaba="un texto de diez líneas",
            porque="se pasa la ficha, que es para el programa; la tarjeta es para personas",
            prueba="las comillas triples de la celda",
        )
    lineas = [linea.strip() for linea in tarjeta.splitlines() if linea.strip()]
    dichas = {limpia(nombre): texto.strip() for nombre, _, texto in map(_parte, lineas)}
    if faltan := [nombre for nombre in LINEAS if limpia(nombre) not in dichas]:
        return mal(
            "falta_una_linea",
            vi=f"una tarjeta sin la línea «{faltan[0]}:»",
            esperaba=f"diez líneas: {', '.join(LINEAS)}",
            porque="se borra o se cambia de nombre la que cuesta contestar, que es la que importa",
            prueba="los nombres de la celda, cada uno con sus dos puntos",
        )
    suyas = {nombre: dichas[limpia(nombre)] for nombre in LINEAS}
    if all(_es_hueco(texto) for texto in suyas.values()):
        return sin_responder("Cambia los puntos suspensivos de cada línea.")
    if len(lineas) != len(LINEAS):
        return mal(
            "no_son_diez",
            vi=f"{len(lineas)} líneas",
            esperaba="diez, una por nombre: una tarjeta se lee de un vistazo",
            porque="una respuesta ocupa dos líneas, o se añadió otra",
            prueba="a resumir cada respuesta en su línea",
        )
    return _cada_linea(suyas) or bien(SOLO_LA_FORMA)


def _parte(linea):
    return re.sub(r"^[-*#>\s]+|\*\*", "", linea).partition(":")


def _es_hueco(texto):
    return not texto.strip(" .…")


def _cada_linea(suyas):
    for nombre, texto in suyas.items():
        if nombre in CON_CIFRAS and not re.search(r"\d", texto):
            return mal(
                "sin_cifras",
                vi=f"«{nombre}: {texto[:50]}», sin ninguna cifra",
                esperaba="un número: cuánto, qué versión o qué día",
                porque="«bueno» o «la última» dejan de significar algo enseguida",
                prueba="la ficha: `metricas`, `versiones` y `guardado` lo dicen",
            )
        if _es_hueco(texto):
            return mal(
                "queda_un_hueco",
                vi=f"«{nombre}» sin contestar",
                esperaba="algo, aunque sea «no se ha medido»",
                porque="no se sabe la respuesta; decir que no se sabe también informa",
                prueba="una frase corta en esa línea",
            )
        if nombre in CON_EXPLICACION and len(texto.split()) < PALABRAS:
            return mal(
                "muy_corta",
                vi=f"«{nombre}: {texto[:50]}»",
                esperaba=f"al menos {PALABRAS} palabras",
                porque="quien la escribe ya sabe el resto; quien la lee, no",
                prueba="a contestar lo que preguntaría alguien que no conoce el modelo",
            )
    if len(set(map(limpia, suyas.values()))) < len(suyas):
        return mal(
            "se_repite",
            vi="la misma respuesta en dos líneas",
            esperaba="una distinta en cada una",
            porque="se copia para llenar el hueco",
            prueba="a releer el nombre de cada línea",
        )
    return None
