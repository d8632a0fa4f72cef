"""Casos de 04b · Ficha y contrato."""

import hashlib
import json
import os
import platform
import time
import warnings
from functools import cache
from pathlib import Path

import joblib
import numpy as np
import sklearn
from sklearn.model_selection import train_test_split
from sklearn.neighbors import KNeighborsRegressor
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from casos import Caso
from helpers.ejercicios import ejercicios_de
from helpers.ejercicios.ficha_04b import COLUMNAS, aves
from helpers.ejercicios.resultado import Estado
from helpers.ejercicios.revision_04b import SOLO_LA_FORMA
from helpers.persistencia import load_model

ERROR = Estado.ERROR_TUYO
CORRECTO = Estado.CORRECTO
EN_BLANCO = Estado.SIN_RESPONDER


def _da(*respuestas):
    return lambda: respuestas


def _que_duerme(*_):
    time.sleep(60)


def _no_quiero(*_):
    raise ValueError("no")


def _con_exception(*_):
    raise Exception("no")


# --- 04b.1 ---------------------------------------------------------------------------------------
DOS = ["largo_aleta_mm", "largo_pico_mm"]
VECINOS = "vecinos.joblib"
PARTES = train_test_split(aves()[COLUMNAS], aves()["masa_corporal_g"], random_state=0)
VERSIONES = {"python": platform.python_version(), "scikit-learn": sklearn.__version__,
             "numpy": np.__version__, "joblib": joblib.__version__}  # fmt: skip


@cache
def _vecinos():
    X, _, y, _ = PARTES
    return make_pipeline(StandardScaler(), KNeighborsRegressor()).fit(X[DOS], y)


def _r2(puesto):
    return _vecinos().score(PARTES[puesto][DOS], PARTES[puesto + 2])


def _ficha(quita="", modelo=None, **cambios):
    """La ficha buena, con los cambios que se digan, y el archivo al que acompaña."""

    def prepara():
        joblib.dump(_vecinos(), VECINOS)
        buena = {
            "clase": "sklearn.pipeline.Pipeline",
            "versiones": VERSIONES,
            "columnas": DOS,
            "datos": "data/pinguinos.csv",
            "metricas": {"r2": round(_r2(1), 3)},
            "sha256": hashlib.sha256(Path(VECINOS).read_bytes()).hexdigest(),
            "bytes": Path(VECINOS).stat().st_size,
        }
        ficha = {clave: valor for clave, valor in buena.items() if clave != quita} | cambios
        return ficha, modelo or _vecinos(), VECINOS

    return prepara


def _sin_archivo():
    ficha, modelo, _ = _ficha()()
    Path(VECINOS).unlink()
    return ficha, modelo, VECINOS


def _en_texto():
    ficha, *resto = _ficha()()
    return json.dumps(ficha), *resto


# --- 04b.2 ---------------------------------------------------------------------------------------
def _sha256(ruta):
    return hashlib.sha256(Path(ruta).read_bytes()).hexdigest()


def _carga_verificada(mira=_sha256, clave="sha256", ficha_en="{}.json", al_fallar=_no_quiero,
                      antes=False, devuelve=None):  # fmt: skip
    """Una `carga_verificada` con el defecto que se diga."""

    def carga_verificada(ruta):
        modelo = joblib.load(ruta) if antes else None
        ficha = json.loads(Path(ficha_en.format(ruta)).read_text(encoding="utf-8"))
        if mira(ruta) != ficha[clave]:
            return al_fallar()
        modelo = modelo or joblib.load(ruta)
        return devuelve(modelo) if devuelve else modelo

    return lambda: (carga_verificada,)


def _con_un_texto(*_):
    raise "no es el archivo"  # noqa: B016 es el defecto que se prueba


def _al_reves(ruta):
    if _sha256(ruta) in Path(f"{ruta}.json").read_text(encoding="utf-8"):
        raise ValueError("no coincide")
    return joblib.load(ruta)


def _ficha_con_joblib(ruta):
    return joblib.load(f"{ruta}.json")


def _la_cierra_el_assert(ruta):
    ficha = json.loads(Path(f"{ruta}.json").read_text(encoding="utf-8"))
    assert _sha256(ruta) == ficha["sha256"]
    return joblib.load(ruta)


def _con_otra_extension(ruta):
    return json.loads(Path(ruta).with_suffix(".json").read_text(encoding="utf-8"))


def _lee_el_modelo_como_ficha(ruta):
    return json.loads(ruta)


def _solo_si_falla(ruta):
    """Carga lo que se deje: sin error, lo da por bueno."""
    try:
        return joblib.load(ruta)
    except EOFError:
        raise ValueError("roto") from None


def _se_calla_ante_lo_pequeno(ruta):
    """Mira el tamaño antes que la huella, y con otro tamaño no dice nada."""
    ficha = json.loads(Path(f"{ruta}.json").read_text(encoding="utf-8"))
    if Path(ruta).stat().st_size != ficha["bytes"]:
        return None
    if _sha256(ruta) != ficha["sha256"]:
        raise ValueError("no es el archivo")
    return joblib.load(ruta)


# --- 04b.3 ---------------------------------------------------------------------------------------
def _exige_columnas(mal, dice=None):
    """Una `exige_columnas` que rechaza cuando `mal(hay, esperadas)` da un motivo."""

    def exige_columnas(tabla, ficha):
        motivo = mal(list(tabla.columns), ficha["columnas"])
        if motivo:
            raise ValueError(dice or motivo)

    return lambda: (exige_columnas,)


def _que_pasa(hay, esperadas):
    if set(esperadas) - set(hay):
        return "Falta una columna"
    if len(hay) > len(esperadas):
        return "SOBRA una columna"
    return "otro órden" if hay != esperadas else ""


def _en_cada_lista(hay, esperadas):
    """Dice qué falta o qué sobra con la lista delante, y el orden al final."""
    if faltan := [columna for columna in esperadas if columna not in hay]:
        return f"Faltan: {faltan}. Se esperaban {esperadas}"
    if sobran := [columna for columna in hay if columna not in esperadas]:
        return f"Sobran: {sobran}"
    return "Orden cambiado o columna repetida" if hay != esperadas else ""


def _un_texto_para_dos(hay, esperadas):
    if sorted(hay) != sorted(esperadas):
        return "falta o sobra una columna"
    return "otro orden" if hay != esperadas else ""


def _falta_o_el_orden(hay, esperadas):
    if len(hay) > len(esperadas):
        return "sobra una columna"
    return "falta una columna, o es el orden" if hay != esperadas else ""


def _solo_las_que_estan(hay, esperadas):
    if hay != esperadas and sorted(hay) == sorted(esperadas):
        return "orden"
    return "sobra" if set(hay) - set(esperadas) else ""


def _solo_las_esperadas(hay, esperadas):
    if set(esperadas) - set(hay):
        return "falta"
    return "orden" if hay != esperadas and len(hay) == len(esperadas) else ""


def _solo_cuenta(hay, esperadas):
    if len(hay) != len(esperadas):
        return "falta" if len(hay) < len(esperadas) else "sobra"
    return "orden" if hay != esperadas else ""


def _columna_a_columna(tabla, ficha):
    if tabla.columns != ficha["columnas"]:
        raise ValueError("otro orden")


def _con_los_nombres_puestos(tabla, ficha):
    if list(tabla.columns) != COLUMNAS:
        raise ValueError("falta, sobra o cambia el orden")


def _reordena(tabla, ficha):
    return tabla[ficha["columnas"]]


def _da_falso(tabla, ficha):
    return list(tabla.columns) == ficha["columnas"]


def _con_assert(tabla, ficha):
    assert list(tabla.columns) == ficha["columnas"], "orden"


def _indice_fijo(tabla, ficha):
    for nombre in ficha["columnas"]:
        tabla.columnas.index(nombre)


# --- 04b.4 ---------------------------------------------------------------------------------------
def _exige_version(distinta=str.__ne__, al_avisar=warnings.warn, al_detener=_no_quiero,
                   politicas=("avisa", "estricto"), texto="guardado con {}, aquí {}"):  # fmt: skip
    """Una `exige_version` con el defecto que se diga."""

    def exige_version(ficha, aqui, politica):
        if politicas and politica not in politicas:
            raise ValueError("política desconocida")
        guardada = ficha["versiones"]["scikit-learn"]
        if not distinta(guardada, aqui):
            return
        dicho = texto.format(guardada, aqui)
        if politica == "estricto":
            al_detener(dicho)
        else:
            al_avisar(dicho)

    return lambda: (exige_version,)


def _lanza(clase=ValueError):
    def lanza(texto):
        raise clase(texto)

    return lanza


BUENA = {"al_detener": _lanza()}
CONOCIDAS = ("avisa", "estricto")


def _politica_o_texto(ficha, aqui, politica):
    if politica != "avisa" or "estricto":  # noqa: SIM222 a propósito
        raise ValueError(politica)


def _ficha_entera(ficha, aqui, politica):
    if ficha["versiones"] != aqui:
        warnings.warn("otra versión", stacklevel=2)


def _mira_la_politica(*, si_coincide):
    """Una que solo mira si la política vale cuando la versión coincide, o cuando no."""
    buena, sin_mirar = (_exige_version(politicas=p, **BUENA)()[0] for p in (CONOCIDAS, ()))

    def exige_version(ficha, aqui, politica):
        coincide = ficha["versiones"]["scikit-learn"] == aqui
        (buena if coincide == si_coincide else sin_mirar)(ficha, aqui, politica)

    return _da(exige_version)


def _la_instalada(ficha, aqui, politica):
    _ficha_entera({"versiones": ficha["versiones"]["scikit-learn"]}, sklearn.__version__, politica)


def _como_numero(ficha, aqui, politica):
    if float(ficha["versiones"]["scikit-learn"]) != float(aqui):
        warnings.warn("otra versión", stacklevel=2)


def _lo_devuelve(ficha, aqui, politica):
    return "otra versión" if ficha["versiones"]["scikit-learn"] != aqui else None


def _sin_clave(ficha, aqui, politica):
    return ficha["scikit-learn"] == aqui


# --- 04b.5 ---------------------------------------------------------------------------------------
METODO_DE = {".pkl": "pickle", ".joblib": "joblib", ".dill": "dill", ".skops": "skops"}


def _metodo_de(extension=lambda ruta: Path(ruta).suffix.lower(), da=METODO_DE.get,
               si_no=None):  # fmt: skip
    def metodo_de(ruta):
        suya = extension(ruta)
        if suya not in METODO_DE:
            return (si_no or _lanza())(f"No conozco {suya}; usa {', '.join(METODO_DE)}")
        return da(suya)

    return lambda: (metodo_de,)


def _con_in(ruta):
    for extension, metodo in METODO_DE.items():
        if extension[1:] in str(ruta).lower():
            return metodo
    raise ValueError(f"usa {', '.join(METODO_DE)}")


def _al_final(ruta):
    for extension, metodo in METODO_DE.items():
        if str(ruta).lower().endswith(extension[1:]):
            return metodo
    raise ValueError(f"usa {', '.join(METODO_DE)}")


def _sin_mirar(ruta):
    return METODO_DE[Path(ruta).suffix.lower()]


def _solo_textos(ruta):
    return METODO_DE["." + ruta.lower().split(".")[-1]]


# --- 04b.6 ---------------------------------------------------------------------------------------
TARJETA = ejercicios_de("04b")[-1].solucion.split('"""')[1]
VACIA = "\n".join(f"{linea.partition(':')[0]}: ..." for linea in TARJETA.splitlines())


def _tarjeta(**cambios):
    lineas = dict(linea.split(": ", 1) for linea in TARJETA.splitlines())
    lineas |= {nombre.replace("_", " "): texto for nombre, texto in cambios.items()}
    return _da("\n".join(f"{nombre}: {texto}" for nombre, texto in lineas.items() if texto))


CASOS = [
    Caso("04b.1", _ficha(), "bien", "clave por clave", CORRECTO),
    Caso("04b.1", _ficha(metodo="joblib", metricas={"R2": _r2(1)}), "bien", "clave", CORRECTO),
    Caso("04b.1", _ficha(clase=...), "sin_responder", "Quedan huecos", EN_BLANCO),
    Caso("04b.1", _ficha(modelo=KNeighborsRegressor()), "otro_modelo", "`vecinos`", ERROR),
    Caso("04b.1", _en_texto, "no_es_dict", "json.dumps"),
    Caso("04b.1", _sin_archivo, "no_existe", "ningún archivo"),
    Caso("04b.1", _ficha(quita="metricas", métricas=1), "faltan_claves", "sin «metricas»"),
    Caso("04b.1", _ficha(columnas=np.array(DOS)), "no_cabe_en_json", "list(vecinos"),
    Caso("04b.1", _ficha(datos=aves().head(2)), "no_cabe_en_json", "nombre del archivo"),
    Caso("04b.1", _ficha(clase=KNeighborsRegressor), "no_cabe_en_json", "nombre de la clase"),
    Caso("04b.1", _ficha(metricas={"r2": float("nan")}), "no_cabe_en_json", "X_nuevas[dos]"),
    Caso("04b.1", _ficha(clase="KNeighborsRegressor"), "solo_el_ultimo_paso", "la escala"),
    Caso("04b.1", _ficha(clase="Pipeline"), "otra_clase", "falta el módulo"),
    Caso("04b.1", _ficha(columnas=DOS[::-1]), "otro_orden", "por su lugar"),
    Caso("04b.1", _ficha(columnas=COLUMNAS), "otras_columnas", "que tiene tres"),
    Caso("04b.1", _ficha(columnas=2), "otras_columnas", "cuántas son"),
    Caso("04b.1", _ficha(versiones={"sklearn": "1"}), "faltan_versiones", "como se importa"),
    Caso("04b.1", _ficha(versiones=sklearn.__version__), "faltan_versiones", "anota solo una"),
    Caso("04b.1", _ficha(versiones=VERSIONES | {"numpy": "1"}), "otras_versiones", "de memoria"),
    Caso("04b.1", _ficha(sha256=hash("vecinos")), "no_es_huella", "`hash()`"),
    Caso("04b.1", _ficha(sha256="0" * 64), "de_otro_archivo", "aves.joblib"),
    Caso("04b.1", _ficha(sha256=hashlib.sha256(VECINOS.encode()).hexdigest()), "del_nombre",
         "letras del nombre"),
    Caso("04b.1", _ficha(bytes=897), "otro_tamano", "getsize"),
    Caso("04b.1", _ficha(datos=""), "sin_origen", "dentro de un año"),
    Caso("04b.1", _ficha(metricas=0.7), "sin_nombre_de_metrica", "sin su nombre"),
    Caso("04b.1", _ficha(metricas={"r2": _r2(0)}), "de_entrenamiento", "ya vio"),
    Caso("04b.1", _ficha(metricas={"r2": 0.5}), "otra_puntuacion", "la de `modelo`"),
    Caso("04b.2", _carga_verificada(), "bien", "sin abrir", CORRECTO),
    Caso("04b.2", _carga_verificada(antes=True), "tarde", "carga primero"),
    Caso("04b.2", _da(joblib.load), "carga_el_cambiado", "sin error parece correcto"),
    Caso("04b.2", _da(_solo_si_falla), "carga_el_cambiado", "un byte cambiado"),
    Caso("04b.2", _carga_verificada(mira=os.path.getsize, clave="bytes"), "carga_el_cambiado",
         "el tamaño"),
    Caso("04b.2", _carga_verificada(mira=str), "rechaza_el_bueno", "con la ruta"),
    Caso("04b.2", _carga_verificada(ficha_en="aves.joblib.json"), "otra_ruta", "está fija"),
    Caso("04b.2", _da(_con_otra_extension), "otra_ruta", "with_suffix"),
    Caso("04b.2", _carga_verificada(devuelve=print), "no_devuelve", "falta el `return`"),
    Caso("04b.2", _carga_verificada(al_fallar=print), "no_avisa", "como si nada"),
    Caso("04b.2", _da(_se_calla_ante_lo_pequeno), "no_rechaza_la_trampa", "tampoco", ERROR),
    Caso("04b.2", _da(_la_cierra_el_assert), "otra_excepcion", "AssertionError"),
    Caso("04b.2", _da(load_model), "llama_a_la_del_curso", "saber cómo"),
    Caso("04b.2", _carga_verificada(al_fallar=_con_exception), "otra_excepcion", "Exception"),
    Caso("04b.2", _da(_lee_el_modelo_como_ficha), "lanza_excepcion", "JSONDecodeError", ERROR),
    Caso("04b.2", _carga_verificada(al_fallar=_con_un_texto), "lanza_un_texto", "el nombre de la"),
    Caso("04b.2", _da(_ficha_con_joblib), "ficha_con_joblib", "el código de `{`"),
    Caso("04b.2", _da(_al_reves), "rechaza_el_bueno", "al revés"),
    Caso("04b.2", _da(_que_duerme), "no_termina", "no terminó", ERROR),
    Caso("04b.2", _da("aves.joblib"), "no_es_funcion", "sin paréntesis", ERROR),
    Caso("04b.3", _exige_columnas(_que_pasa), "bien", "los picos", CORRECTO),
    Caso("04b.3", _exige_columnas(lambda h, e: set(h) != set(e) and "falta"), "las_deja_pasar",
         "conjuntos u ordenadas"),
    Caso("04b.3", _exige_columnas(lambda h, e: sorted(h) != sorted(e) and "falta"),
         "las_deja_pasar", "no lee los nombres"),
    Caso("04b.3", _exige_columnas(_solo_las_que_estan), "las_deja_pasar", "no está en ella"),
    Caso("04b.3", _exige_columnas(_solo_las_esperadas), "las_deja_pasar", "la lista corta"),
    Caso("04b.3", _exige_columnas(_que_pasa, "no valen"), "otro_motivo", "el texto es el mismo"),
    Caso("04b.3", _exige_columnas(_que_pasa, "falta, sobra u orden"), "los_tres_motivos", "solo"),
    Caso("04b.3", _exige_columnas(_en_cada_lista), "bien", "los picos", CORRECTO),
    Caso("04b.3", _exige_columnas(_un_texto_para_dos), "motivo_de_mas", "«sobra»"),
    Caso("04b.3", _exige_columnas(_falta_o_el_orden), "motivo_de_mas", "«falta»"),
    Caso("04b.3", _exige_columnas(_solo_cuenta), "otro_motivo", "cuáles son"),
    Caso("04b.3", _da(_no_quiero), "rechaza_las_buenas", "de su propia ficha"),
    Caso("04b.3", _da(_columna_a_columna), "rechaza_las_buenas", "letra a letra"),
    Caso("04b.3", _da(_con_los_nombres_puestos), "rechaza_las_buenas", "escritos en la función"),
    Caso("04b.3", _da(_reordena), "las_arregla", "esconde"),
    Caso("04b.3", _da(_da_falso), "lo_dice_y_sigue", "devuelve False"),
    Caso("04b.3", _da(_con_assert), "otra_excepcion", "AssertionError"),
    Caso("04b.3", _da(_indice_fijo), "lanza_excepcion", "AttributeError", ERROR),
    Caso("04b.3", _da(None), "no_es_funcion", "Vi None", ERROR),
    Caso("04b.4", _exige_version(**BUENA), "bien", "Avisar", CORRECTO),
    Caso("04b.4", _exige_version(al_detener=warnings.warn), "solo_avisa", "si nadie lo lee"),
    Caso("04b.4", _exige_version(al_detener=print), "solo_avisa", "no se detiene"),
    Caso("04b.4", _exige_version(al_avisar=_lanza(), **BUENA), "se_detiene", "que siguiera"),
    Caso("04b.4", _exige_version(al_avisar=print, **BUENA), "imprime", "no puede contarlo"),
    Caso("04b.4", _exige_version(al_avisar=len, **BUENA), "calla", "el primer número"),
    Caso("04b.4", _exige_version(lambda una, otra: una[:3] != otra[:3], **BUENA), "calla",
         "los dos primeros"),
    Caso("04b.4", _exige_version(lambda una, otra: una[0] != otra[0], **BUENA), "calla",
         "no vuelven"),
    Caso("04b.4", _exige_version(str.__lt__, **BUENA), "calla", "si es anterior"),
    Caso("04b.4", _exige_version(str.__gt__, **BUENA), "calla", "se compara con `>`"),
    Caso("04b.4", _exige_version(texto="otra versión", **BUENA), "no_las_nombra", "qué instalar"),
    Caso("04b.4", _exige_version(politicas=(), **BUENA), "acepta_otra_politica", "errata"),
    Caso("04b.4", _mira_la_politica(si_coincide=True), "acepta_otra_politica", "la 9.3.0"),
    Caso("04b.4", _mira_la_politica(si_coincide=False), "acepta_otra_politica", "la 9.4.1"),
    Caso("04b.4", _exige_version(al_detener=_lanza(RuntimeError)), "otra_excepcion", "Runtime"),
    Caso("04b.4", _da(_ficha_entera), "sobra_el_aviso", "la ficha entera"),
    Caso("04b.4", _da(_politica_o_texto), "sobra_el_aviso", "que se cumple siempre"),
    Caso("04b.4", _da(_la_instalada), "sobra_el_aviso", "en vez de con `aqui`"),
    Caso("04b.4", _da(_como_numero), "sobra_el_aviso", "no es un número"),
    Caso("04b.4", _da(_lo_devuelve), "imprime", "se pierde"),
    Caso("04b.4", _da(_sin_clave), "lanza_excepcion", "KeyError", ERROR),
    Caso("04b.4", _da(4), "no_es_funcion", "Vi 4", ERROR),
    Caso("04b.5", _metodo_de(), "bien", "no entra", CORRECTO),
    Caso("04b.5", _metodo_de(si_no=lambda _: "pickle"), "adivina", "por defecto"),
    Caso("04b.5", _da(_al_final), "adivina", "endswith"),
    Caso("04b.5", _da(_con_in), "otro_metodo", "en el nombre entero"),
    Caso("04b.5", _metodo_de(si_no=lambda _: None), "no_lo_rechaza", "`get`"),
    Caso("04b.5", _metodo_de(lambda ruta: Path(ruta).suffix), "no_la_conoce", "mayúsculas"),
    Caso("04b.5", _metodo_de(lambda r: "." + str(r).split(".")[1]), "no_la_conoce", "primer"),
    Caso("04b.5", _metodo_de(da=print), "otro_metodo", "falta un `return`"),
    Caso("04b.5", _metodo_de(da=str), "otro_metodo", "se devuelve la extensión"),
    Caso("04b.5", _da(_sin_mirar), "otra_excepcion", "KeyError"),
    Caso("04b.5", _metodo_de(si_no=_no_quiero), "no_enumera", "adivinar"),
    Caso("04b.5", _da(_solo_textos), "lanza_excepcion", "AttributeError", ERROR),
    Caso("04b.5", _da(METODO_DE), "no_es_funcion", "sin paréntesis", ERROR),
    Caso("04b.6", _da(TARJETA), "bien", SOLO_LA_FORMA, CORRECTO),
    Caso("04b.6", _tarjeta(Modelo="LinearRegression", Datos="data/pinguinos.csv",
                           Columnas="tres", Responsable="Ana López"), "bien", "forma", CORRECTO),
    Caso("04b.6", _da(VACIA), "sin_responder", "cada línea", EN_BLANCO),
    Caso("04b.6", _da({"Modelo": "recta"}), "no_es_texto", "para personas"),
    Caso("04b.6", _tarjeta(Límites=""), "falta_una_linea", "la que importa"),
    Caso("04b.6", _da(TARJETA + "\nNota: una más"), "no_son_diez", "de un vistazo"),
    Caso("04b.6", _tarjeta(Límites="..."), "queda_un_hueco", "no se ha medido"),
    Caso("04b.6", _tarjeta(Medida="muy buena"), "sin_cifras", "dejan de significar"),
    Caso("04b.6", _tarjeta(Medida="..."), "sin_cifras", "la ficha: `metricas`"),
    Caso("04b.6", _tarjeta(Límites="no hay"), "muy_corta", "al menos 3"),
    Caso("04b.6", _tarjeta(No_sirve_para="pollos"), "muy_corta", "No sirve para: pollos"),
    Caso("04b.6", _tarjeta(Límites="no lo sé", Datos="no lo se"), "se_repite", "en dos líneas"),
]  # fmt: skip
