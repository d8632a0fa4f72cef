"""Casos de 02c · dill. Lo que guarda un alumno con dill se guarda en otro proceso."""

import functools
import pickle
import tempfile
from pathlib import Path

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
import sys
sys.path.insert(0, {str(RAIZ)!r})
import dill
import numpy as np
from sklearn.linear_model import LinearRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import FunctionTransformer
from helpers import horas_de_estudio

estudio = horas_de_estudio(semilla=42)
X, y = estudio[["horas"]].to_numpy(), estudio["nota"]

def guarda(nombre, funcion, fit=True, parte=slice(None), recurse=True):
    modelo = make_pipeline(FunctionTransformer(funcion), LinearRegression())
    if fit:
        modelo.fit(X, y)
    with open(nombre, "wb") as archivo:
        dill.dump(modelo[parte], archivo, recurse=recurse)

guarda("sin lambda", np.log1p)
guarda("sin recurse", lambda horas: np.log1p(horas), recurse=False)
guarda("un paso", lambda horas: np.log1p(horas), parte=0)
guarda("sin fit", lambda horas: np.log1p(horas), fit=False)
guarda("otra", lambda horas: horas)
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


# --- 02c.2 ---------------------------------------------------------------------------------------
def _modelo(funcion):
    estudio = horas_de_estudio(semilla=42)
    pasos = make_pipeline(FunctionTransformer(funcion), LinearRegression())
    return pasos.fit(estudio[["horas"]].to_numpy(), estudio["nota"])


def _sin_dill(funcion=np.log1p, funcion_skops=np.log1p):
    def prepara():
        Path("curva.pkl").write_bytes(pickle.dumps(_modelo(funcion)))
        skops.io.dump(_modelo(funcion_skops), "curva.skops")
        return "curva.pkl", "curva.skops"

    return prepara


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
CON_DILL, CON_JOBLIB = "dill.dump(triple, archivo)", 'joblib.dump(triple, "triple.joblib")'

CASOS = [
    Caso("02c.1", lambda: ("curva.dill",), "no_existe", "«curva.dill»"),
    Caso("02c.1", _curva("sin lambda"), "sin_lambda", "buena idea para 02c.2"),
    Caso("02c.1", _curva("un paso"), "otro_objeto", "de tipo FunctionTransformer"),
    Caso("02c.1", _curva("sin recurse"), "falta_recurse", "falta el nombre «np»"),
    Caso("02c.1", _curva("sin fit"), "sin_entrenar", "da NotFittedError"),
    Caso("02c.1", _curva("otra"), "otra_curva", "que con 10 horas predice"),
    Caso("02c.2", _pickle_con_textos("dill._dill"), "sigue_con_dill", "nombra a `dill._dill`"),
    Caso("02c.2", _pickle_con_textos("__main__"), "sigue_en_main", "se cambia la `lambda`"),
    Caso("02c.2", _copia_con_otra_extension, "no_es_skops", "que por dentro es un zip"),
    Caso("02c.2", _sin_dill(funcion_skops=lambda x: np.log1p(x)), "funcion_propia", "no se fía de"),
    Caso("02c.2", _sin_dill(funcion=np.sqrt), "otra_curva", "otra transformación"),
    Caso("02c.3", lambda: ("ac",), "bien", "por primera vez", CORRECTO),
    Caso("02c.3", lambda: (["C", "a"],), "bien", "se las lleva", CORRECTO),
    Caso("02c.3", lambda: (3,), "otras_letras", "de la a a la d"),
    Caso("02c.3", lambda: ("",), "otras_letras", "se escriben palabras"),
    Caso("02c.3", lambda: ("ninguno",), "otras_letras", "'ninguno'"),
    Caso("02c.3", lambda: ("b y d",), "al_reves", "justo los dos que no"),
    Caso("02c.3", lambda: ("c",), "otro_comienzo", "que la a no está"),
    Caso("02c.3", lambda: ("abc",), "otro_comienzo", "quién importó joblib"),
    Caso("02c.3", lambda: ("a",), "otro_comienzo", "joblib ya tiene su copia"),
    Caso("02c.3", lambda: ("acd",), "otro_comienzo", "una línea en medio lo deshace"),
    Caso("02c.4", _motivos(), "bien", "pronto y con el mismo Python", CORRECTO),
    Caso("02c.4", lambda: (["sirve"] * 6,), "no_son_seis", "las seis letras"),
    Caso("02c.4", _motivos(g="sirve"), "no_son_seis", "se borra una línea"),
    Caso("02c.4", _motivos(d=...), "sin_responder", "puntos suspensivos", SIN_RESPONDER),
    Caso("02c.4", _motivos(b="porque sí"), "otra_palabra", "en la b, 'porque sí'"),
    Caso("02c.4", _motivos(b=True), "otra_palabra", "en la b, True"),
    Caso("02c.4", _motivos(a="sirve"), "otro_motivo", "tabla de tamaños"),
    Caso("02c.4", _motivos(b="version"), "otro_motivo", "aquí no se da ninguno"),
    Caso("02c.4", _motivos(c="sirve"), "otro_motivo", "no quién lo hizo"),
    Caso("02c.4", _motivos(d="sirve"), "otro_motivo", "lleva código compilado"),
    Caso("02c.4", _motivos(e="sirve"), "otro_motivo", "cualquier cosa"),
    Caso("02c.4", _motivos(f="sobra"), "otro_motivo", "solo guardaría el nombre"),
    Caso("02c.5", _programa(), "sin_responder", "como al principio", SIN_RESPONDER),
    Caso("02c.5", _programa(texto="import"), "programa_ilegible", "no puede leer", ERROR),
    Caso("02c.5", _programa(("import dill\n", "")), "programa_falla", "name 'dill'", ERROR),
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
