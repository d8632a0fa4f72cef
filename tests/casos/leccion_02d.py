"""Casos de 02d · skops."""

import ast
import base64
import json
import pickle
import zipfile
from fractions import Fraction
from pathlib import Path
from pickle import loads as lee

import numpy as np
import skops.io as sio
from sklearn.datasets import load_iris
from sklearn.ensemble import RandomForestClassifier
from sklearn.linear_model import LinearRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import MinMaxScaler, PolynomialFeatures, StandardScaler

from casos import Caso
from helpers.datos import horas_de_estudio
from helpers.ejercicios.resultado import Estado
from helpers.ejercicios.revision_02d import ARBOL, DECISIONES, VERDADES

CORRECTO = Estado.CORRECTO
ERROR = Estado.ERROR_TUYO
SIN_RESPONDER = Estado.SIN_RESPONDER
DATOS = horas_de_estudio(semilla=42)
HORAS = DATOS[["horas"]].to_numpy()


def _guarda(nombre, objeto, **opciones):
    """Lo que haría un cuaderno: guardar con skops y entregar el nombre."""

    def prepara():
        sio.dump(objeto() if callable(objeto) else objeto, nombre, **opciones)
        return (nombre,)

    return prepara


def _con_pickle(nombre, objeto):
    def prepara():
        Path(nombre).write_bytes(pickle.dumps(objeto))
        return (nombre,)

    return prepara


# --- 02d.1 ---------------------------------------------------------------------------------------
def _dos_pasos(y=None):
    return _pasos(StandardScaler(), LinearRegression(), y=y)


def _pasos(*pasos, y=None):
    return make_pipeline(*pasos).fit(HORAS, DATOS["nota"] if y is None else y)


def _zip_corriente():
    with zipfile.ZipFile("recta.skops", "w") as archivo:
        archivo.writestr("leeme.txt", "hola")
    return ("recta.skops",)


# --- 02d.2 ---------------------------------------------------------------------------------------
def _celdas(*celdas):
    """La función `carga_bosque` de un cuaderno donde se ejecutaron esas celdas."""

    def prepara():
        Path("bosque.skops").write_bytes(sio.dumps(_bosque(2)))
        ambito = {"In": ["", "%pwd de una magia", *celdas]}
        for celda in celdas:
            exec(celda, ambito)
        return (ambito["carga_bosque"],)

    return prepara


def _carga(trusted, antes=""):
    return _celdas(
        f"import skops.io as sio\n{antes}\n"
        f"def carga_bosque(ruta):\n    return sio.load(ruta, trusted={trusted})"
    )


LOS_PIDE = 'sio.get_untrusted_types(file="bosque.skops")'
LITERAL = f'["{ARBOL}"]'

# Aprueban lo mismo, escrito de otra manera.
LISTAS_BUENAS = (
    _carga("[Tree]", antes="from sklearn.tree._tree import Tree"),
    _carga("PERMITIDOS", antes=f'PERMITIDOS = ("{ARBOL}",)'),
    _carga('["sklearn.tree._tree." + "Tree"]'),
    _carga(f'{LITERAL} + ["sklearn.ensemble._forest.RandomForestRegressor", "numpy.ndarray"]'),
    _celdas(
        "from skops.io import loads as lee",
        "def carga_bosque(ruta):\n    with open(ruta, 'rb') as archivo:\n"
        f"        return lee(archivo.read(), trusted={LITERAL})",
    ),
    _celdas(
        f"import skops.io as sio\nprint({LOS_PIDE})",
        "def carga_bosque(ruta):\n    pide = sio.get_untrusted_types(file=ruta)\n"
        f"    if not set(pide) <= set({LITERAL}):\n        raise ValueError(pide)\n"
        "    return sio.load(ruta, trusted=pide)",
    ),
)


# --- 02d.3 y 02d.6 -------------------------------------------------------------------------------
def _decide(archivo, letra):
    return lambda: (DECISIONES | {archivo: letra},)


def _juzga(letra, valor):
    return lambda: (VERDADES | {letra: valor},)


# --- 02d.4 ---------------------------------------------------------------------------------------
def _bosque(arboles=100, **opciones):
    X, y = load_iris(return_X_y=True)
    return RandomForestClassifier(arboles, random_state=0, **opciones).fit(X, y)


# --- 02d.5 ---------------------------------------------------------------------------------------
def _rodeo(prepara=None, recupera=None, culpable="complejo"):
    def con_lista(objeto):
        return objeto | {"complejo": [objeto["complejo"].real, objeto["complejo"].imag]}

    def con_complex(cargado):
        return cargado | {"complejo": complex(*cargado["complejo"])}

    return lambda: (culpable, prepara or con_lista, recupera or con_complex)


def _escribe_en_el_mismo(objeto):
    objeto["complejo"] = [objeto["complejo"].real, objeto["complejo"].imag]
    return objeto


def _en_texto(objeto):
    return objeto | {"complejo": str(objeto["complejo"])}


def _de_base64(cargado):
    return pickle.loads(base64.b64decode(cargado))


def _ejecuta(cargado):
    def dentro():
        exec(f"valor = {cargado}", ambito)

    ambito = {}
    dentro()
    return ambito["valor"]


def _en_json(objeto):
    numero = objeto["complejo"]
    return objeto | {"complejo": json.dumps([numero.real, numero.imag])}


_POR_TEXTO = {
    "base64": (lambda o: base64.b64encode(pickle.dumps(o)).decode(), lambda c: _de_base64(c)),
    "hexadecimal": (lambda o: pickle.dumps(o).hex(), lambda c: pickle.loads(bytes.fromhex(c))),
    "otro nombre": (lambda o: pickle.dumps(o).hex(), lambda c: lee(bytes.fromhex(c))),
    "importa": (
        lambda o: pickle.dumps(o).hex(),
        lambda c: __import__("pickle").loads(bytes.fromhex(c)),
    ),
    "exec": (repr, _ejecuta),
    "literal": (repr, lambda c: ast.literal_eval(c)),
    "json": (_en_json, lambda c: c | {"complejo": complex(*json.loads(c["complejo"]))}),
}


CASOS = [
    Caso("02d.1", lambda: ("recta.skops",), "no_existe", "«recta.skops»"),
    Caso("02d.1", _con_pickle("recta.skops", 1), "no_es_skops", "no cambia su formato"),
    Caso("02d.1", _zip_corriente, "no_es_skops", "`schema.json`"),
    Caso("02d.1", _guarda("r.skops", lambda: _bosque(2)), "pide_permiso", ARBOL),
    Caso("02d.1", _guarda("r.skops", [70.5]), "no_es_un_modelo", "un objeto list"),
    Caso(
        "02d.1",
        _guarda("r.skops", make_pipeline(StandardScaler(), LinearRegression())),
        "sin_entrenar",
        "un Pipeline sin entrenar",
    ),
    Caso(
        "02d.1",
        _guarda("r.skops", LinearRegression().fit(HORAS, DATOS["nota"])),
        "sin_escalador",
        "un LinearRegression a solas",
    ),
    Caso(
        "02d.1",
        _guarda("r.skops", _pasos(LinearRegression())),
        "otros_pasos",
        "s: LinearRegression",
    ),
    Caso(
        "02d.1",
        _guarda("r.skops", _pasos(MinMaxScaler(), LinearRegression())),
        "otros_pasos",
        "MinMaxScaler, LinearRegression",
    ),
    Caso(
        "02d.1",
        _guarda("r.skops", _pasos(PolynomialFeatures(1), LinearRegression())),
        "otros_pasos",
        "en ese orden",
    ),
    Caso("02d.1", _guarda("r.skops", _dos_pasos(DATOS["horas"])), "otra_nota", "predice 10.0"),
    Caso("02d.1", _guarda("r.skops", _dos_pasos()), "bien", "los dos pasos", CORRECTO),
    Caso("02d.2", lambda: ([ARBOL],), "no_es_funcion", "esperaba una función", ERROR),
    Caso("02d.2", _carga('["Tree"]'), "no_aprueba_el_arbol", "su módulo entero"),
    Caso("02d.2", _carga("None"), "no_aprueba_el_arbol", "se niega a cargar el bosque"),
    Caso("02d.2", _carga("True"), "trusted_true", "anteriores a skops 0.10"),
    Caso(
        "02d.2",
        _carga("sio.get_untrusted_types(file=ruta)"),
        "aprueba_lo_que_pida",
        "el archivo pide lo que quiere",
    ),
    Caso(
        "02d.2",
        _carga(f'{LITERAL} + ["builtins.print"]'),
        "aprueba_de_mas",
        "además `builtins.print`",
    ),
    Caso("02d.2", _carga("tipos", f"tipos = {LOS_PIDE}"), "lista_calculada", "`tipos` es lo que"),
    Caso(
        "02d.2",
        _celdas(
            f"import skops.io as sio\nlista = {LOS_PIDE}",
            "def carga_bosque(ruta):\n    return sio.load(ruta, trusted=lista)",
        ),
        "lista_calculada",
        '`lista = ["…"]`',
    ),
    Caso(
        "02d.2",
        _celdas(
            f"import skops.io as sio\nlista = {LOS_PIDE}\nprint(lista)",
            f"lista = {LITERAL}",
            "def carga_bosque(ruta):\n    return sio.load(ruta, trusted=lista)",
        ),
        "bien",
        "otro que pedía además `print`",
        CORRECTO,
    ),
    Caso(
        "02d.2",
        _celdas(
            "import skops.io as sio\ndef carga_bosque(ruta):\n    try:\n"
            f"        return sio.load(ruta, trusted={LITERAL})\n"
            "    except Exception as error:\n        print(error)"
        ),
        "bien",
        "rechazó otro",
        CORRECTO,
    ),
    Caso(
        "02d.2",
        _celdas(
            "import skops.io as sio\ndef carga_bosque(ruta):\n"
            f"    if sio.get_untrusted_types(file=ruta) != {LITERAL}:\n        return None\n"
            f"    return sio.load(ruta, trusted={LITERAL})"
        ),
        "bien",
        "rechazó otro",
        CORRECTO,
    ),
    Caso("02d.2", _carga(LITERAL), "bien", "Una lista escrita no cambia", CORRECTO),
    Caso(
        "02d.2",
        _carga(f'{LITERAL} + ["builtins.eval", "os.system"]'),
        "aprueba_de_mas",
        "además `builtins.eval` y `os.system`",
    ),
    Caso(
        "02d.2",
        _carga("[Tree, eval]", antes="from sklearn.tree._tree import Tree"),
        "aprueba_de_mas",
        "además `builtins.eval`",
    ),
    *(
        Caso(
            "02d.2",
            _carga(f'{otra}(["{ARBOL}", "builtins.print"])', antes="from collections import deque"),
            "aprueba_de_mas",
            "además `builtins.print`",
        )
        for otra in ("frozenset", "dict.fromkeys", "deque")
    ),
    Caso(
        "02d.2",
        _carga(f"frozenset({LOS_PIDE})"),
        "lista_de_otro_archivo",
        "una lista escrita por ti",
    ),
    Caso("02d.2", _carga(f"frozenset({LITERAL})"), "bien", "Una lista escrita no cambia", CORRECTO),
    Caso("02d.2", _carga(LOS_PIDE), "lista_de_otro_archivo", "una lista escrita por ti"),
    Caso("02d.2", _carga(f"sorted({LOS_PIDE})"), "lista_de_otro_archivo", "de otro archivo"),
    *(
        Caso("02d.2", prepara, "bien", "Una lista escrita no cambia", CORRECTO)
        for prepara in LISTAS_BUENAS
    ),
    Caso(
        "02d.2",
        _celdas("def carga_bosque(ruta):\n    print(ruta)"),
        "sin_return",
        "`return sio.load(…)`",
    ),
    Caso(
        "02d.2",
        _celdas("def carga_bosque(ruta):\n    return ['Tree']"),
        "no_es_el_bosque",
        "devuelve ['Tree']",
    ),
    Caso(
        "02d.2",
        _celdas(
            "import skops.io as sio\n"
            f"def carga_bosque(ruta):\n    return sio.load('bosque.skops', trusted={LITERAL})"
        ),
        "no_usa_la_ruta",
        "un bosque de 2 árboles",
    ),
    Caso("02d.2", lambda: (lambda ruta: 1 / 0,), "lanza_excepcion", "ZeroDivisionError", ERROR),
    Caso("02d.3", _decide("web.skops", "b"), "web_con_lista", "no pide nada"),
    Caso("02d.3", _decide("web.skops", "c"), "web_por_su_autor", "con pickle sería lo correcto"),
    Caso("02d.3", _decide("web.skops", "d"), "web_no_pide", "una lista vacía"),
    Caso("02d.3", _decide("mio.skops", "a"), "mio_sin_lista", "skops no sabe quién"),
    Caso("02d.3", _decide("mio.skops", "c"), "mio_por_su_autor", "lo guardaste tú"),
    Caso("02d.3", _decide("mio.skops", "d"), "mio_si_lo_necesita", "hecho de árboles"),
    Caso("02d.3", _decide("foro.skops", "a"), "foro_sin_lista", "un árbol suelto"),
    Caso("02d.3", _decide("foro.skops", "b"), "foro_aprobado", "tumbar el proceso"),
    Caso("02d.3", _decide("foro.skops", "d"), "foro_si_lo_necesita", "un árbol sí necesita"),
    Caso("02d.3", _decide("colega.skops", "a"), "colega_sin_lista", "leyeras lo que pide"),
    Caso("02d.3", _decide("colega.skops", "b"), "colega_aprobado", "`eval` ejecuta el código"),
    Caso("02d.3", _decide("colega.skops", "c"), "colega_por_su_autor", "otra razón: sí lo sabes"),
    Caso("02d.3", _decide("web.skops", "rechazo"), "otra_letra", "para web.skops, 'rechazo'"),
    Caso("02d.3", _decide("web.skops", True), "otra_letra", "para web.skops, True"),
    Caso("02d.3", lambda: ("abcd",), "otras_claves", "web.skops, mio.skops"),
    Caso("02d.3", _decide("foro.skops", ...), "sin_responder", "para foro.skops", SIN_RESPONDER),
    Caso("02d.3", _decide("web.skops", " A "), "bien", "Tres preguntas", CORRECTO),
    Caso("02d.3", _decide("web.skops", "a)"), "bien", "Tres preguntas", CORRECTO),
    Caso("02d.4", _con_pickle("ligero.skops", 1), "no_es_skops", "un zip con un"),
    Caso("02d.4", _guarda("l.skops", _bosque), "sin_comprimir", "ninguna parte del zip"),
    Caso(
        "02d.4",
        _guarda("l.skops", _bosque, compression=zipfile.ZIP_DEFLATED, compresslevel=1),
        "comprime_poco",
        "el nivel que comprime menos",
    ),
    Caso("02d.4", _guarda("l.skops", _dos_pasos), "no_es_un_bosque", "pesaba menos"),
    Caso("02d.4", _guarda("l.skops", lambda: _bosque(5)), "menos_arboles", "de árboles es 5"),
    Caso(
        "02d.4",
        _guarda("l.skops", lambda: _bosque(max_depth=2), compression=zipfile.ZIP_DEFLATED),
        "otro_bosque",
        "las mismas probabilidades",
    ),
    Caso(
        "02d.4",
        _guarda("l.skops", _bosque, compression=zipfile.ZIP_LZMA),
        "bien",
        "Lo que sobraba",
        CORRECTO,
    ),
    Caso("02d.5", _rodeo(culpable=3 + 4j), "no_es_clave", "(3+4j)"),
    Caso("02d.5", _rodeo(culpable="complex"), "no_es_clave", "el nombre de su tipo"),
    Caso("02d.5", _rodeo(culpable="conjunto"), "si_cabe", "skops guarda ese valor"),
    Caso("02d.5", _rodeo(prepara=print), "prepara_sin_return", "`prepara` devuelve None"),
    Caso("02d.5", _rodeo(_escribe_en_el_mismo), "cambia_el_original", "el mismo diccionario"),
    Caso("02d.5", _rodeo(pickle.dumps, pickle.loads), "pickle_dentro", "skops no lo revisa"),
    Caso("02d.5", _rodeo(*_POR_TEXTO["base64"]), "pickle_dentro", "`recupera` usa pickle"),
    Caso("02d.5", _rodeo(*_POR_TEXTO["hexadecimal"]), "pickle_dentro", "`.real` e `.imag`"),
    Caso("02d.5", _rodeo(*_POR_TEXTO["otro nombre"]), "pickle_dentro", "`recupera` usa pickle"),
    Caso("02d.5", _rodeo(*_POR_TEXTO["importa"]), "pickle_dentro", "`recupera` usa pickle"),
    Caso("02d.5", _rodeo(repr, eval), "ejecuta_lo_guardado", "usa `eval`"),
    Caso("02d.5", _rodeo(repr, lambda c: eval(c)), "ejecuta_lo_guardado", "elige el código"),
    Caso("02d.5", _rodeo(*_POR_TEXTO["exec"]), "ejecuta_lo_guardado", "usa `exec`"),
    Caso(
        "02d.5",
        _rodeo(_en_texto, lambda c: c | {"complejo": complex(c["complejo"])}),
        "bien",
        "El rodeo es código",
        CORRECTO,
    ),
    Caso("02d.5", _rodeo(*_POR_TEXTO["literal"]), "bien", "El rodeo es código", CORRECTO),
    Caso("02d.5", _rodeo(*_POR_TEXTO["json"]), "bien", "El rodeo es código", CORRECTO),
    Caso("02d.5", _rodeo(lambda o: o), "sigue_sin_caber", "'complex' object"),
    Caso(
        "02d.5",
        _rodeo(lambda o: o | {"complejo": Fraction(o["complejo"].real)}),
        "hay_que_aprobar",
        "fractions.Fraction",
    ),
    Caso("02d.5", _rodeo(recupera=print), "recupera_sin_return", "`recupera` devuelve None"),
    Caso("02d.5", _rodeo(recupera=lambda c: c["complejo"]), "otras_partes", "las cinco claves"),
    Caso("02d.5", _rodeo(recupera=lambda c: c), "no_vuelve_complejo", "vuelve como [3.0, 4.0]"),
    Caso(
        "02d.5",
        _rodeo(recupera=lambda c: c | {"complejo": 3 + 4j}),
        "no_es_igual",
        "escrito en la función",
    ),
    Caso(
        "02d.5",
        _rodeo(
            lambda o: o | {"complejo": np.array([o["complejo"]])},
            lambda c: c | {"complejo": c["complejo"].item()},
        ),
        "bien",
        "El rodeo es código",
        CORRECTO,
    ),
    Caso("02d.6", _juzga("a", True), "versiones_resueltas", "'_loss'"),
    Caso("02d.6", _juzga("b", False), "version_sin_anotar", "no la instala"),
    Caso("02d.6", _juzga("c", False), "fallos_olvidados", "CVE-2025-54412"),
    Caso("02d.6", _juzga("d", True), "lista_con_skops_viejo", "antes de la 0.12.0"),
    Caso("02d.6", _juzga("e", True), "sin_trusted_true", "`regalo.skops`"),
    Caso("02d.6", _juzga("f", False), "la_lista_no_predice", "solo habla de tipos"),
    Caso("02d.6", _juzga("a", "falso"), "no_es_true_o_false", "en la a, 'falso'"),
    Caso("02d.6", lambda: ([True] * 6,), "otras_claves", "a, b, c, d, e, f"),
    Caso("02d.6", _juzga("d", ...), "sin_responder", "para d", SIN_RESPONDER),
]
