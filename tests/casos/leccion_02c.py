"""Casos de 02c · dill. Lo que guarda un alumno con dill se guarda en otro proceso."""

import functools
import pickle
import tempfile
from pathlib import Path

import joblib
import numpy as np
import skops.io
from arbol import RAIZ
from sklearn.linear_model import LinearRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import FunctionTransformer

from casos import Caso
from helpers.datos import horas_de_estudio
from helpers.ejercicios.resultado import Estado
from helpers.ejercicios.revision_02c import PROGRAMA
from helpers.proceso import ejecuta_en_proceso_nuevo

ERROR = Estado.ERROR_TUYO
CORRECTO = Estado.CORRECTO
SIN_RESPONDER = Estado.SIN_RESPONDER


# --- 02c.1 ---------------------------------------------------------------------------------------
# Lo que harían varios cuadernos: entrenar y guardar con dill. Un solo proceso guarda todas.
GUARDA_LAS_CURVAS = f"""
import functools
import sys
sys.path.insert(0, {str(RAIZ)!r})
import cloudpickle
import dill
import numpy as np
from sklearn.linear_model import LinearRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import FunctionTransformer
from helpers import horas_de_estudio

estudio = horas_de_estudio(semilla=42)
X, y = estudio[["horas"]].to_numpy(), estudio["nota"]

def sin_recurse(objeto, archivo, recurse):
    cloudpickle.dump(objeto, archivo)

def guarda(nombre, funcion, fit=True, parte=slice(None), recurse=True, guarda_con=dill.dump):
    modelo = make_pipeline(FunctionTransformer(funcion), LinearRegression())
    if fit:
        modelo.fit(X, y)
    with open(nombre, "wb") as archivo:
        guarda_con(modelo[parte], archivo, recurse=recurse)

guarda("sin lambda", np.log1p)
guarda("sin recurse", lambda horas: np.log1p(horas), recurse=False)
guarda("un paso", lambda horas: np.log1p(horas), parte=0)
guarda("sin fit", lambda horas: np.log1p(horas), fit=False)
guarda("otra", lambda horas: horas)
guarda("con una suma", lambda horas: np.log(1 + horas))
guarda("suma sin recurse", lambda horas: np.log(1 + horas), recurse=False)
con_protocolo_0 = functools.partial(dill.dump, protocol=0)
guarda("protocolo 0", lambda horas: np.log1p(horas), guarda_con=con_protocolo_0)
guarda("de cloudpickle", lambda horas: np.log1p(horas), guarda_con=sin_recurse)
"""


@functools.cache
def _curvas():
    with tempfile.TemporaryDirectory() as carpeta:
        salida = ejecuta_en_proceso_nuevo(GUARDA_LAS_CURVAS, carpeta)
        assert salida.error == ""
        return {ruta.name: ruta.read_bytes() for ruta in Path(carpeta).iterdir()}


def _curva(cual):
    def prepara():
        Path("curva.dill").write_bytes(_curvas()[cual])
        return ("curva.dill",)

    return prepara


def _curva_de_joblib():
    joblib.dump(_modelo(np.log1p), "curva.dill")
    return ("curva.dill",)


# --- 02c.2 ---------------------------------------------------------------------------------------
def _sin_entrenar(funcion=np.log1p):
    return make_pipeline(FunctionTransformer(funcion), LinearRegression())


def _modelo(funcion):
    estudio = horas_de_estudio(semilla=42)
    return _sin_entrenar(funcion).fit(estudio[["horas"]].to_numpy(), estudio["nota"])


def _sin_dill(funcion=np.log1p, funcion_skops=np.log1p):
    def prepara():
        Path("curva.pkl").write_bytes(pickle.dumps(_modelo(funcion)))
        skops.io.dump(_modelo(funcion_skops), "curva.skops")
        return "curva.pkl", "curva.skops"

    return prepara


def _falta_fit(en_pickle, en_skops):
    def prepara():
        Path("curva.pkl").write_bytes(pickle.dumps(en_pickle()))
        skops.io.dump(en_skops(), "curva.skops")
        return "curva.pkl", "curva.skops"

    return prepara


def _en_un_modulo_propio():
    """El módulo está en la carpeta de trabajo, como en la lección, y no en la de la prueba."""
    Path("mis_curvas.py").write_text("from numpy import log1p\ndef curva(x): return log1p(x)\n")
    guarda = (
        "import pickle, mis_curvas\n"
        "from sklearn.preprocessing import FunctionTransformer\n"
        "with open('curva.pkl', 'wb') as archivo:\n"
        "    pickle.dump(FunctionTransformer(mis_curvas.curva), archivo)"
    )
    assert ejecuta_en_proceso_nuevo(guarda, ".").error == ""
    skops.io.dump(_modelo(np.log1p), "curva.skops")
    return "curva.pkl", "curva.skops"


def _pickle_con_textos(*textos):
    """Un pickle que nombra lo que se diga, junto a un skops correcto."""

    def prepara():
        Path("curva.pkl").write_bytes(pickle.dumps(textos))
        skops.io.dump(_modelo(np.log1p), "curva.skops")
        return "curva.pkl", "curva.skops"

    return prepara


def _copia_con_otra_extension():
    for nombre in ("curva.pkl", "curva.skops"):
        Path(nombre).write_bytes(pickle.dumps(_modelo(np.log1p)))
    return "curva.pkl", "curva.skops"


# --- 02c.4 ---------------------------------------------------------------------------------------
BUENOS = dict.fromkeys("bf", "sirve") | {
    "a": "sobra",
    "c": "confianza",
    "d": "versión",
    "e": "imposible",
}


def _motivos(**cambios):
    return lambda: (BUENOS | cambios,)


# Por cada palabra equivocada, un trozo de lo que se le dice.
EQUIVOCADAS = {
    ("a", "sirve"): "la celda de los tamaños",
    ("a", "confianza"): "este archivo sea ajeno",
    ("a", "version"): "un modelo lineal no lleva ninguno",
    ("a", "imposible"): "un modelo lineal no está en ella",
    ("b", "sobra"): "un nombre que buscar",
    ("b", "confianza"): "este lo haces tú",
    ("b", "version"): "el de mañana es el mismo",
    ("b", "imposible"): "que sí rechaza una `lambda`",
    ("c", "sirve"): "no quién lo hizo",
    ("c", "sobra"): "con pickle la duda sería la misma",
    ("c", "version"): "aquí es el tuyo",
    ("c", "imposible"): "ya está guardada",
    ("d", "sirve"): "parece que se cargará siempre",
    ("d", "sobra"): "de una función del cuaderno, solo guarda el nombre",
    ("d", "confianza"): "esta función es tuya",
    ("d", "imposible"): "quizá no se cargue",
    ("e", "sirve"): "cualquier cosa",
    ("e", "sobra"): "pickle tampoco lo guarda",
    ("e", "confianza"): "no llega a haber un archivo",
    ("e", "version"): "no hay nada que cargar",
    ("f", "sobra"): "solo guardaría el nombre de la clase",
    ("f", "confianza"): "sale de tu cuaderno",
    ("f", "version"): "el Python no cambia",
    ("f", "imposible"): "cerrojos, generadores",
}


# --- 02c.5 ---------------------------------------------------------------------------------------
def _programa(*cambios, texto=PROGRAMA):
    def prepara():
        codigo = texto
        for antes, despues in cambios:
            assert antes in codigo
            codigo = codigo.replace(antes, despues)
        Path("guarda_triple.py").write_text(codigo, encoding="utf-8")
        return ("guarda_triple.py",)

    return prepara


IMPORTS = "import dill\nimport joblib\n"
AL_REVES = (IMPORTS, "import joblib\nimport dill\n")
CON_PICKLE = """
import pickle
with open("triple.joblib", "wb") as archivo:
    pickle.dump(triple, archivo)
"""
CON_DILL, CON_JOBLIB = "dill.dump(triple, archivo)", 'joblib.dump(triple, "triple.joblib")'

CASOS = [
    Caso("02c.1", lambda: ("curva.dill",), "no_existe", "«curva.dill»"),
    Caso("02c.1", _curva("sin lambda"), "sin_lambda", "buena idea para 02c.2"),
    Caso("02c.1", _curva("un paso"), "otro_objeto", "de tipo FunctionTransformer"),
    Caso("02c.1", _curva("sin recurse"), "falta_recurse", "falta el nombre «np»"),
    Caso("02c.1", _curva("sin fit"), "sin_entrenar", "«curva.dill» no está entrenado"),
    Caso("02c.1", _curva_de_joblib, "no_es_de_dill", "`dill.dump(modelo, archivo, …)`"),
    Caso("02c.1", _curva("de cloudpickle"), "otra_herramienta", "y no nombra a dill"),
    Caso("02c.1", _curva("protocolo 0"), "bien", "predijo con tu `lambda`", CORRECTO),
    Caso("02c.1", _curva("con una suma"), "bien", "predijo con tu `lambda`", CORRECTO),
    Caso("02c.1", _curva("suma sin recurse"), "falta_recurse", "falta el nombre «np»"),
    Caso("02c.1", _curva("otra"), "otra_curva", "que con 10 horas predice"),
    Caso("02c.2", _pickle_con_textos("dill._dill"), "sigue_con_dill", "nombra a `dill._dill`"),
    Caso("02c.2", _pickle_con_textos("__main__"), "sigue_en_main", "se cambia la `lambda`"),
    Caso("02c.2", _copia_con_otra_extension, "no_es_skops", "que por dentro es un zip"),
    Caso("02c.2", _sin_dill(funcion_skops=lambda x: np.log1p(x)), "funcion_propia", "no se fía de"),
    Caso("02c.2", _sin_dill(funcion=np.sqrt), "otra_curva", "otra transformación"),
    Caso(
        "02c.2",
        _falta_fit(_sin_entrenar, _sin_entrenar),
        "sin_entrenar",
        "«curva.pkl» no está entrenado",
    ),
    Caso(
        "02c.2",
        _falta_fit(lambda: _modelo(np.log1p), _sin_entrenar),
        "sin_entrenar",
        "«curva.skops» no está entrenado",
    ),
    Caso("02c.2", _en_un_modulo_propio, "modulo_que_no_viaja", "el módulo «mis_curvas»"),
    Caso("02c.3", lambda: ("ac",), "bien", "por primera vez", CORRECTO),
    Caso("02c.3", lambda: (["C", "a"],), "bien", "se las lleva", CORRECTO),
    Caso("02c.3", lambda: (3,), "otras_letras", "de la a a la d"),
    Caso("02c.3", lambda: ("",), "otras_letras", "se escriben palabras"),
    Caso("02c.3", lambda: ("ninguno",), "otras_letras", "'ninguno'"),
    Caso("02c.3", lambda: ("b y d",), "al_reves", "justo los dos que no"),
    Caso("02c.3", lambda: ("c",), "otro_comienzo", "que la a no está"),
    Caso("02c.3", lambda: ("c",), "otro_comienzo", '`necesita_dill("a")` y, después, mira'),
    Caso("02c.3", lambda: ("abc",), "otro_comienzo", "quién importó joblib"),
    Caso("02c.3", lambda: ("a",), "otro_comienzo", "joblib ya tiene su copia"),
    Caso("02c.3", lambda: ("acd",), "otro_comienzo", "una línea en medio lo deshace"),
    Caso("02c.4", _motivos(), "bien", "pronto y con el mismo Python", CORRECTO),
    Caso("02c.4", lambda: (["sirve"] * 6,), "no_son_seis", "las seis letras"),
    Caso("02c.4", _motivos(g="sirve"), "no_son_seis", "se borra una línea"),
    Caso("02c.4", _motivos(d=...), "sin_responder", "puntos suspensivos", SIN_RESPONDER),
    Caso("02c.4", _motivos(b="porque sí"), "otra_palabra", "en la b, 'porque sí'"),
    Caso("02c.4", _motivos(b=True), "otra_palabra", "en la b, True"),
    *(
        Caso("02c.4", _motivos(**{letra: palabra}), "otro_motivo", trozo)
        for (letra, palabra), trozo in EQUIVOCADAS.items()
    ),
    Caso("02c.5", _programa(), "sin_responder", "como al principio", SIN_RESPONDER),
    Caso("02c.5", _programa(texto="import"), "programa_ilegible", "no puede leer", ERROR),
    Caso("02c.5", _programa(("import dill\n", "")), "programa_falla", "name 'dill'", ERROR),
    Caso(
        "02c.5",
        _programa((IMPORTS, f"{IMPORTS}import time\ntime.sleep(20)\n")),
        "programa_falla",
        "no terminó en 8 segundos",
        ERROR,
    ),
    Caso(
        "02c.5",
        _programa(AL_REVES, (CON_JOBLIB, 'joblib.dump(triple, "triple.joblib", compress=3)')),
        "no_se_deja_leer",
        "a quitar `compress`",
    ),
    Caso("02c.5", _programa(AL_REVES, (CON_JOBLIB, CON_PICKLE)), "sin_joblib", "quita joblib"),
    Caso(
        "02c.5",
        _programa((IMPORTS, "from joblib import dump\nimport dill\n"), ("joblib.dump", "dump")),
        "bien",
        "ninguna toca a la otra",
        CORRECTO,
    ),
    Caso("02c.5", _programa((CON_JOBLIB, "")), "falta_un_archivo", "no crea triple.joblib"),
    Caso(
        "02c.5",
        _programa((IMPORTS, f"{IMPORTS}dill.extend(False)\n")),
        "extend_tarde",
        "no toca la copia",
    ),
    Caso(
        "02c.5",
        _programa((CON_DILL, "dill.dump(triple, archivo, recurse=True)")),
        "orden_intacto",
        "viene de los `import`",
    ),
    Caso(
        "02c.5",
        _programa(AL_REVES, (CON_JOBLIB, 'joblib.dump(triple(4), "triple.joblib")')),
        "joblib_sin_triple",
        "como `triple(4)`",
    ),
    Caso(
        "02c.5",
        _programa(AL_REVES, (CON_DILL, "import pickle; pickle.dump(triple, archivo)")),
        "dill_sin_codigo",
        "guardándola por valor",
    ),
    Caso("02c.5", _programa(AL_REVES, ("3 * x", "2 * x")), "otra_funcion", "responde 8 con un 4"),
    Caso(
        "02c.5",
        _programa((IMPORTS, "import dill\ndill.extend(False)\nimport joblib\n")),
        "bien",
        "ninguna toca a la otra",
        CORRECTO,
    ),
]
