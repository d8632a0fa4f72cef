"""Casos de 03a · Prueba de persistencia."""

import copy
import pickle
from pathlib import Path

import numpy as np
import pandas as pd
from sklearn.compose import ColumnTransformer
from sklearn.datasets import load_diabetes
from sklearn.linear_model import LinearRegression, Ridge
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import FunctionTransformer, MinMaxScaler, StandardScaler

import helpers
from casos import Caso
from helpers.datos import pinguinos
from helpers.ejercicios.resultado import Estado
from helpers.ejercicios.revision_03a import MEDIDAS, METODOS_4

ERROR = Estado.ERROR_TUYO
CORRECTO = Estado.CORRECTO

# --- 03a.1 ---------------------------------------------------------------------------------------
VARIADAS = [[6, 7], [6, 0]]


def _comprueba(condicion):
    """Una `comprueba` que exige esa condición."""

    def comprueba(original, cargado):
        assert condicion(original, cargado)

    return lambda: (comprueba,)


def _iguales(a, b, filas=VARIADAS, compara=np.array_equal):
    return compara(a.predict(filas), b.predict(filas))


def _compara_y_resta(a, b):
    if not _iguales(a, b):
        raise ValueError("no coinciden")


def _sin_bool(a, b):
    assert a.predict(VARIADAS) == b.predict(VARIADAS)


def _alguna(a, b):
    return any(a.predict([[6, 0], [0, 6]]) == b.predict([[6, 0], [0, 6]]))


def _de_una_en_una(a, b):
    return all(_iguales(a, b, [fila]) for fila in VARIADAS)


def _los_numeros(a, b):
    return np.array_equal(a.coef_, b.coef_) and a.intercept_ == b.intercept_


# --- 03a.2 ---------------------------------------------------------------------------------------
def _equivalente(
    clase=lambda a, b: type(a) is type(b),
    parametros=lambda a, b: a.get_params() == b.get_params(),
    iguales=lambda a, b: np.array_equal(a, b, equal_nan=True),
    metodos=("predict", "predict_proba"),
):
    """Una `es_equivalente` con el defecto que se diga."""

    def es_equivalente(original, cargado, X):
        return (
            clase(original, cargado)
            and parametros(original, cargado)
            and all(
                iguales(getattr(original, metodo)(X), getattr(cargado, metodo)(X))
                for metodo in metodos
                if hasattr(original, metodo)
            )
        )

    return lambda: (es_equivalente,)


def _sin_diferencias_grandes(a, b):
    with np.errstate(invalid="ignore"):
        return a.shape == b.shape and not np.any(np.abs(a - b) > 0)


def _da_igual(*_):
    return True


def _por_bytes(a, b):
    return a.tobytes() == b.tobytes()


def _en_texto(a, b, X):
    return str(type(a) is type(b) and np.array_equal(a.predict(X), b.predict(X)))


def _con_motivo(a, b, X):
    return np.array_equal(a.predict(X), b.predict(X), equal_nan=True) or "no coinciden"


def _con_assert(a, b, X):
    assert np.array_equal(a.predict(X), b.predict(X), equal_nan=True)
    return True


def _sin_preguntar(a, b, X):
    return np.array_equal(a.predict_proba(X), b.predict_proba(X))


# --- 03a.4 ---------------------------------------------------------------------------------------
PACIENTES, AVANCE = load_diabetes(return_X_y=True)


def _modelos():
    con_lambda = make_pipeline(FunctionTransformer(lambda tabla: tabla * 2), LinearRegression())
    modelos = {"recta": LinearRegression(), "ridge": Ridge(), "con lambda": con_lambda}
    return {nombre: modelo.fit(PACIENTES, AVANCE) for nombre, modelo in modelos.items()}


def _tabla(modelos, metodos=METODOS_4):
    """La tabla que daría la prueba: la lambda no se guarda con pickle ni se carga con skops."""
    filas = pd.MultiIndex.from_product([modelos, metodos], names=["modelo", "método"])
    tabla = pd.DataFrame("sí", index=filas, columns=["guarda", "carga", "exactas"])
    for metodo, motivo in {"pickle": ["no", "—", "—"], "skops": ["sí", "no", "—"]}.items():
        if "con lambda" in modelos and metodo in metodos:
            tabla.loc[("con lambda", metodo), :] = motivo
    return tabla


def _entrega(cambia=lambda modelos, tabla: (modelos, tabla), guarda=True, csv=None):
    def prepara():
        modelos = _modelos()
        modelos, tabla = cambia(modelos, _tabla(modelos))
        if guarda:
            Path("tabla.csv").write_text(csv or tabla.to_csv(), encoding="utf-8")
        return modelos, tabla, "tabla.csv"

    return prepara


def _de_otros(modelos, tabla):
    modelos["recta"] = LinearRegression()
    return modelos, tabla


def _optimista(modelos, tabla):
    tabla.loc[("con lambda", "pickle"), "guarda"] = "sí"
    return modelos, tabla


def _sin_lambda(modelos, tabla):
    modelos["con lambda"] = modelos["recta"]
    return modelos, tabla.replace(["no", "—"], "sí")


# --- 03a.5 ---------------------------------------------------------------------------------------
AVES = pinguinos().dropna(subset=[*MEDIDAS, "masa_corporal_g"])
MASA = AVES["masa_corporal_g"]


def _pipeline(X=AVES[MEDIDAS], y=MASA, *antes):
    return lambda: (make_pipeline(*antes, StandardScaler(), LinearRegression()).fit(X, y),)


def _piezas_ya_entrenadas():
    escala = StandardScaler().fit(AVES[MEDIDAS])
    recta = LinearRegression().fit(escala.transform(AVES[MEDIDAS]), MASA)
    return (make_pipeline(escala, recta),)


def _con_otra_escala():
    """Pipelines que escalan a su manera y responden lo mismo."""
    ajustada = StandardScaler().fit(AVES[MEDIDAS])
    por_columnas = ColumnTransformer([("escala", StandardScaler(), MEDIDAS)])
    dentro = make_pipeline(StandardScaler(), LinearRegression())
    return {
        "otra": (MinMaxScaler(), LinearRegression()),
        "por columnas": (por_columnas, LinearRegression()),
        "un pipeline dentro": (dentro,),
        "una función": (FunctionTransformer(ajustada.transform), LinearRegression()),
    }


def _entrenado(*pasos):
    return lambda: (make_pipeline(*pasos).fit(AVES[MEDIDAS], MASA),)


EN_ESCALA = StandardScaler().fit_transform(AVES[MEDIDAS])
ESCALA_Y_RECTA = (StandardScaler(), LinearRegression())

CASOS = [
    Caso("03a.1", lambda: (True,), "no_es_funcion", "esperaba una función", ERROR),
    Caso("03a.1", _comprueba(lambda a, b: a is b), "falla_con_la_fiel", "por el objeto"),
    Caso("03a.1", _comprueba(lambda a, b: a == b), "falla_con_la_fiel", "una copia fiel"),
    Caso("03a.1", lambda: (_sin_bool,), "lanza_excepcion", "ValueError", ERROR),
    Caso("03a.1", lambda: (_iguales,), "devuelve", "devuelve False y sigue"),
    Caso("03a.1", lambda: (lambda a, b: print(_iguales(a, b)),), "nunca_falla", "una tupla"),
    Caso("03a.1", lambda: (lambda a, b: print(_iguales(a, b)),), "nunca_falla", "se imprime"),
    Caso("03a.1", _comprueba(lambda a, b: _iguales(a, a)), "nunca_falla", "doblados"),
    Caso("03a.1", lambda: (_compara_y_resta,), "otro_error", "un ValueError con un modelo"),
    Caso("03a.1", lambda: (_compara_y_resta,), "otro_error", "o de un `raise`"),
    Caso("03a.1", _comprueba(_alguna), "no_mira_todas", "solo su última respuesta"),
    Caso("03a.1", _comprueba(_los_numeros), "no_mira_todas", "se miran los coeficientes"),
    Caso(
        "03a.1",
        _comprueba(lambda a, b: a.predict(VARIADAS).sum() == b.predict(VARIADAS).sum()),
        "compara_la_suma",
        "se lo quita a otra",
    ),
    Caso("03a.1", _comprueba(_de_una_en_una), "bien", "los cinco cambios", CORRECTO),
    Caso("03a.1", _comprueba(lambda a, b: _iguales(a, b, [[6, 0]])), "bien", "cinco", CORRECTO),
    Caso(
        "03a.1",
        _comprueba(lambda a, b: _iguales(a, b, [[6, 7]], np.allclose)),
        "solo_en_la_linea",
        "x₂ = x₁ + 1",
    ),
    Caso(
        "03a.1",
        _comprueba(lambda a, b: _iguales(a, b, compara=lambda c, d: abs(c - d).max() < 0.01)),
        "tolera_de_mas",
        "desplazadas una milésima",
    ),
    Caso(
        "03a.1",
        _comprueba(lambda a, b: np.array_equal(a.coef_, b.coef_)),
        "tolera_de_mas",
        "se mira solo `coef_`",
    ),
    Caso(
        "03a.1",
        _comprueba(lambda a, b: _iguales(a, b, compara=np.allclose)),
        "bien",
        "detiene los cinco",
        CORRECTO,
    ),
    Caso("03a.2", lambda: (True,), "no_es_funcion", "esperaba una función", ERROR),
    Caso("03a.2", lambda: (_en_texto,), "no_es_si_o_no", "devuelve 'True'"),
    Caso("03a.2", lambda: (_con_motivo,), "no_es_si_o_no", "devuelve 'no coinciden'"),
    Caso("03a.2", lambda: (lambda a, b, X: (False, "clase"),), "no_es_si_o_no", "una tupla"),
    Caso("03a.2", lambda: (_con_assert,), "detiene", "un `assert` detiene"),
    Caso("03a.2", lambda: (_sin_preguntar,), "no_pregunta", "antes con `hasattr`", ERROR),
    Caso("03a.2", lambda: (lambda a, b, X: 1,), "no_ve_columna", "no se comparan las respuestas"),
    Caso("03a.2", _equivalente(iguales=_por_bytes), "no_ve_columna", "`tobytes` olvida la forma"),
    Caso(
        "03a.2",
        lambda: (lambda a, b, X: pickle.dumps(a) == pickle.dumps(b),),
        "rechaza_la_fiel",
        "los bytes de dos copias",
    ),
    Caso("03a.2", lambda: (helpers.es_equivalente,), "bien", "las seis caen", CORRECTO),
    Caso("03a.2", lambda: (lambda a, b, X: print(a),), "sin_return", "devuelve `None`"),
    Caso(
        "03a.2",
        lambda: (lambda a, b, X: a.predict(X) == b.predict(X),),
        "una_por_fila",
        "devuelve 442 valores",
    ),
    Caso("03a.2", lambda: (lambda a, b, X: a is b,), "rechaza_la_fiel", "preguntan por el objeto"),
    Caso("03a.2", lambda: (lambda a, b, X: a == b,), "rechaza_la_fiel", "una copia fiel"),
    Caso("03a.2", _equivalente(iguales=np.array_equal), "rechaza_huecos", "ni a sí mismo"),
    Caso("03a.2", _equivalente(iguales=np.allclose), "rechaza_huecos", "en las mismas filas"),
    Caso(
        "03a.2",
        _equivalente(iguales=lambda a, b: np.allclose(a, b, equal_nan=True)),
        "no_ve_columna",
        "con forma (1, 1)",
    ),
    Caso("03a.2", _equivalente(iguales=_sin_diferencias_grandes), "no_ve_hueco", "da siempre"),
    Caso(
        "03a.2",
        _equivalente(iguales=lambda a, b: a.shape == b.shape and np.allclose(a, b, equal_nan=True)),
        "no_ve_coeficiente",
        "una cienmilésima",
    ),
    Caso("03a.2", _equivalente(metodos=("predict",)), "no_ve_semilla", "`predict` redondea"),
    Caso("03a.2", _equivalente(parametros=_da_igual), "no_ve_parametro", "`alpha`"),
    Caso("03a.2", _equivalente(clase=_da_igual), "no_ve_clase", "de otra clase"),
    Caso(
        "03a.2",
        _equivalente(clase=lambda a, b: isinstance(b, type(a))),
        "no_ve_clase",
        "`isinstance`",
    ),
    Caso(
        "03a.2",
        lambda: (lambda a, b, X: vars(a) == vars(b),),
        "lanza_con_una_copia",
        "lanzó ValueError",
        ERROR,
    ),
    Caso("03a.2", _equivalente(), "bien", "las seis caen", CORRECTO),
    Caso("03a.3", lambda: ("1e-6",), "no_es_numero", "entre comillas"),
    Caso("03a.3", lambda: (True,), "no_es_numero", "Vi True"),
    Caso("03a.3", lambda: (float("nan"),), "no_es_numero", "Vi nan"),
    Caso("03a.3", lambda: (0,), "estrecha", "con 0 la copia ligera no pasa"),
    Caso("03a.3", lambda: (1e-9,), "estrecha", "unas siete cifras"),
    Caso("03a.3", lambda: (1e-5,), "ancha", "con 1e-05 la dañada pasa"),
    Caso("03a.3", lambda: (np.float64(1e-6),), "bien", "lo que mediste", CORRECTO),
    Caso("03a.3", lambda: (1e-7,), "bien", "7.7e-08", CORRECTO),
    Caso("03a.4", _entrega(lambda m, t: (m["recta"], t)), "no_son_tres", "LinearRegression()"),
    Caso("03a.4", _entrega(lambda m, t: (list(m.values()), t)), "no_son_tres", "una lista"),
    Caso("03a.4", _entrega(lambda m, t: (m, None), guarda=False), "no_es_la_tabla", "NoneType"),
    Caso("03a.4", _entrega(lambda m, t: (m, t.loc["recta"])), "no_es_la_tabla", "de uno en uno"),
    Caso("03a.4", _entrega(lambda m, t: (m, t.T)), "no_es_la_tabla", "otras filas o columnas"),
    Caso(
        "03a.4",
        _entrega(lambda m, t: (m, t.reset_index())),
        "no_es_la_tabla",
        "sin transformarla",
    ),
    Caso(
        "03a.4",
        _entrega(lambda m, t: (m, t[["guarda", "carga"]])),
        "no_es_la_tabla",
        "se eligen unas columnas",
    ),
    Caso("03a.4", _entrega(lambda m, t: (m, _tabla(m, ["zip"]))), "otras_filas", "['zip']"),
    Caso(
        "03a.4",
        _entrega(lambda m, t: (m, _tabla(m, [*METODOS_4, "joblib comprimido"]))),
        "otras_filas",
        "15 filas",
    ),
    Caso("03a.4", _entrega(_sin_lambda), "todos_vuelven", "al menos un «no»"),
    Caso("03a.4", _entrega(guarda=False), "no_existe", "«tabla.csv»"),
    Caso("03a.4", _entrega(csv="a,b\n1,2\n"), "otro_archivo", "no contiene la tabla"),
    Caso("03a.4", _entrega(csv="\n"), "otro_archivo", 'to_csv("tabla.csv")'),
    Caso("03a.4", _entrega(_de_otros), "no_se_pudo_repetir", "no está entrenado"),
    Caso("03a.4", _entrega(), "bien", "al repetir los de pickle sale", CORRECTO),
    Caso("03a.4", _entrega(_optimista), "otro_resultado", "con lambda con pickle"),
    Caso("03a.5", lambda: (ESCALA_Y_RECTA,), "no_es_un_modelo", "una lista o una tupla"),
    Caso("03a.5", lambda: ([3200.0, 3800.0],), "no_es_un_modelo", "se deja lo que predice"),
    Caso(
        "03a.5",
        lambda: (make_pipeline(*reversed(ESCALA_Y_RECTA)),),
        "no_es_un_modelo",
        "la recta no es el último paso",
    ),
    Caso("03a.5", lambda: (copy.copy(ESCALA_Y_RECTA[1]),), "no_es_pipeline", "un LinearRegression"),
    Caso(
        "03a.5",
        lambda: (make_pipeline(LinearRegression()).fit(AVES[MEDIDAS], MASA),),
        "sin_escala",
        "['linearregression']",
    ),
    Caso("03a.5", _entrenado("passthrough", LinearRegression()), "sin_escala", "'passthrough'"),
    Caso("03a.5", lambda: (make_pipeline(*ESCALA_Y_RECTA),), "no_responde", "NotFittedError"),
    Caso("03a.5", _pipeline(AVES[MEDIDAS[:2]]), "no_responde", "con otras columnas"),
    Caso("03a.5", _pipeline(EN_ESCALA), "sigue_pesando", "134 kg"),
    Caso("03a.5", _pipeline(y=AVES["anio"]), "otra_respuesta", "otra columna"),
    Caso("03a.5", _pipeline(AVES[MEDIDAS][:50], MASA[:50]), "otra_respuesta", "3212 gramos"),
    Caso("03a.5", _pipeline(y=AVES[["masa_corporal_g"]]), "en_columna", "con dos corchetes"),
    *(
        Caso("03a.5", _entrenado(*pasos), "bien", "viaja con la recta", CORRECTO)
        for pasos in _con_otra_escala().values()
    ),
    Caso("03a.5", _piezas_ya_entrenadas, "bien", "viaja con la recta", CORRECTO),
]
