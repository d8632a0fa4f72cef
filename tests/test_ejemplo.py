"""Las filas que van en la ficha y lo que se responde a ellas."""

import copy
import json

import numpy as np
import pandas as pd
import pytest
import sklearn
from sklearn.base import BaseEstimator
from sklearn.compose import make_column_transformer
from sklearn.ensemble import HistGradientBoostingRegressor
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.impute import SimpleImputer
from sklearn.preprocessing import FunctionTransformer, OneHotEncoder, OrdinalEncoder

from helpers import ficha as fichas
from helpers import load_model, save_model
from helpers._persistencia import ejemplo
from helpers.errores import OpcionDesconocida, RespuestasDistintas

AQUI = sklearn.__version__
X = np.arange(75.0).reshape(25, 3)


@pytest.fixture
def aqui(tmp_path, monkeypatch):
    """Una carpeta de trabajo vacía."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


class Eco(BaseEstimator):
    """Responde lo que se le diga y recuerda qué le preguntaron."""

    def __init__(self, responde=None):
        self.responde = responde

    def fit(self, X, y=None):  # noqa: D102
        return self

    def predict(self, X):  # noqa: D102
        self.preguntas_ = X
        if isinstance(self.responde, Exception):
            raise self.responde
        return np.zeros(len(X)) if self.responde is None else copy.deepcopy(self.responde)


def en_una_ficha(escrito):
    """El ejemplo, después de escribirse en un archivo JSON de los que cualquier programa lee."""

    def nadie_lee(constante):
        raise AssertionError(f"{constante} no es JSON")

    texto = json.dumps(escrito, default=fichas._lo_de_numpy)
    return {"ejemplo": json.loads(texto, parse_constant=nadie_lee)}


# --- Las filas -----------------------------------------------------------------------------------
ARRAYS = {
    "float64": np.array([[0.1, -1e300], [np.nan, 5e-324]]),
    "infinitos": np.array([[np.inf, -np.inf], [np.nan, 0.0]]),
    "float32": np.array([[0.1, np.nan]], dtype=np.float32),
    "enteros": np.array([[1, 2], [3, -(2**60)]]),
    "uint8": np.array([[0, 255]], dtype=np.uint8),
    "booleanos": np.array([[True, False]]),
    "textos": np.array([["año", ""], ["a\nb", "[1, 2]"]]),
    "textos sueltos": np.array(["hola", "adiós"]),
    "objetos": np.array([["a", 1, 2.5, True]], dtype=object),
    "objetos con NaN": np.array([["a"], [np.nan]], dtype=object),
    "objetos con None": np.array([["a"], [None]], dtype=object),
    "objetos de numpy": np.array([[np.int64(3), np.float32(0.5), np.bool_(True)]], dtype=object),
    "tres dimensiones": np.arange(24.0).reshape(2, 3, 4),
    "fechas": np.array([["2026-11-25"]], dtype="datetime64[D]"),
}


@pytest.mark.parametrize("nombre", ARRAYS)
def test_un_array_vuelve_con_su_tipo_y_sus_valores(nombre):
    modelo = Eco()
    escrito = en_una_ficha(ejemplo.toma(modelo, ARRAYS[nombre]))
    filas, esperadas = ejemplo.entiende(escrito["ejemplo"])
    assert filas.dtype == ARRAYS[nombre].dtype
    for leidas in (filas, modelo.preguntas_):
        np.testing.assert_equal(leidas.tolist(), ARRAYS[nombre].tolist())
    np.testing.assert_array_equal(esperadas["predict"], np.zeros(len(filas)))


def test_entre_objetos_none_y_nan_no_son_lo_mismo():
    for hueco in (None, np.nan):
        escrito = en_una_ficha(ejemplo.toma(Eco(), np.array([["a"], [hueco]], dtype=object)))
        vuelve = ejemplo.entiende(escrito["ejemplo"])[0][1, 0]
        assert vuelve is None if hueco is None else np.isnan(vuelve)


COLUMNAS = {
    "float64": pd.Series([0.1, np.nan, np.inf]),
    "float32": pd.Series([0.1, np.nan], dtype="float32"),
    "int64": pd.Series([1, 2]),
    "int8": pd.Series([1, 2], dtype="int8"),
    "enteros con huecos": pd.Series([1, None], dtype="Int64"),
    "bool": pd.Series([True, False]),
    "booleanos con huecos": pd.Series([True, None], dtype="boolean"),
    "textos": pd.Series(["año", None]),
    "objetos": pd.Series(["a", 1, np.nan], dtype=object),
    "objetos con None": pd.Series(["a", None], dtype=object),
    "categorías": pd.Series(["a", "b", None], dtype="category"),
    "categorías que son números": pd.Series([3, 1, 3], dtype="category"),
    "fechas": pd.Series(pd.to_datetime(["2026-11-25 10:30:00.123456", None])),
    "fechas con zona": pd.Series(pd.to_datetime(["2026-11-25 10:30"]).tz_localize("Europe/Madrid")),
    "duraciones": pd.Series(pd.to_timedelta(["1h", "90s"])),
}


@pytest.mark.parametrize("nombre", COLUMNAS)
def test_una_columna_vuelve_con_su_tipo_y_sus_valores(nombre):
    tabla, modelo = pd.DataFrame({"única": COLUMNAS[nombre]}), Eco()
    filas, _ = ejemplo.entiende(en_una_ficha(ejemplo.toma(modelo, tabla))["ejemplo"])
    pd.testing.assert_frame_equal(filas, tabla)
    pd.testing.assert_frame_equal(modelo.preguntas_, tabla)


def test_una_tabla_con_columnas_de_todas_clases():
    tabla = pd.DataFrame(
        {
            "pico": [39.1, np.nan],
            "año": [2007, 2008],
            "isla": pd.Categorical(["Biscoe", "Dream"]),
            "sexo": ["hembra", None],
            "anillado": [True, False],
            "visto": pd.to_datetime(["2007-11-11", "2007-11-12"]),
            "masa": np.array([3.5, 4.5], dtype=np.float32),
        }
    )
    filas, _ = ejemplo.entiende(en_una_ficha(ejemplo.toma(Eco(), tabla))["ejemplo"])
    pd.testing.assert_frame_equal(filas, tabla)


@pytest.mark.parametrize(
    "datos",
    [
        X,
        X.tolist(),
        pd.DataFrame(X),
        pd.DataFrame(X)[0],
        list(X),
        pd.DataFrame(X, columns=[*"abc"]),
    ],
    ids=["array", "listas", "tabla", "columna", "arrays", "con nombres"],
)
def test_se_guardan_las_veinte_primeras(datos):
    escrito = ejemplo.toma(Eco(), datos)
    assert len(escrito["filas"]) == 20
    assert np.ravel(escrito["filas"]).tolist() == np.ravel(np.asarray(datos)[:20]).tolist()
    assert ejemplo.comprueba(Eco(), en_una_ficha(escrito)) == 20
    assert ejemplo.comprueba(Eco(), en_una_ficha(ejemplo.toma(Eco(), datos[:3]))) == 3


NO_SE_ESCRIBEN = {
    "periodos": pd.DataFrame({"mes": pd.period_range("2026-01", "2026-02", freq="M")}),
    "intervalos": pd.DataFrame({"a": pd.IntervalIndex.from_breaks([0, 1, 2])}),
    "dispersa": pd.DataFrame({"a": pd.arrays.SparseArray([0.0, 1.0], fill_value=0.0)}),
    "columnas de dos pisos": pd.DataFrame([[1]], columns=pd.MultiIndex.from_tuples([("a", "b")])),
    "columnas que son fechas": pd.DataFrame([[1]], columns=pd.to_datetime(["2026-11-25"])),
    "una columna sin nombre": pd.DataFrame([[1]], columns=[np.nan]),
    "con nombres por dentro": np.zeros(2, dtype=[("a", float)]),
    "con objetos dentro": np.array([[{1}]], dtype=object),
}


@pytest.mark.parametrize("nombre", NO_SE_ESCRIBEN)
def test_lo_que_no_se_puede_escribir_se_dice(nombre):
    with pytest.raises(OpcionDesconocida) as capturado:
        ejemplo.toma(Eco(), NO_SE_ESCRIBEN[nombre])
    assert "X_ejemplo no se puede escribir en la ficha" in capturado.value.que_paso
    assert "X_ejemplo=X[:5]" in capturado.value.prueba


# --- Las respuestas ------------------------------------------------------------------------------
SALIDAS = {
    "números": np.array([0.1, np.nan, np.inf, -np.inf]),
    "enteros": np.array([1, 2]),
    "textos": np.array(["sí", "no"]),
    "objetos con huecos": np.array([["a", np.nan], [1, None]], dtype=object),
    "booleanos": np.array([True, False]),
    "una lista": ["sí", "no"],
    "un solo número": np.float64(3.5),
    "una tabla": pd.DataFrame({"a": ["x", None], "b": [1.5, np.nan]}),
}


@pytest.mark.parametrize("nombre", SALIDAS)
def test_la_misma_respuesta_pasa(nombre):
    modelo = Eco(SALIDAS[nombre])
    assert ejemplo.comprueba(modelo, en_una_ficha(ejemplo.toma(modelo, X))) == 20


DISTINTAS = {
    "otro número": (np.array([1.0, 2.0]), np.array([1.0, 2.0 + 1e-7])),
    "otra forma": (np.array([1.0, 1.0]), np.array([[1.0], [1.0]])),
    "una sola para todas": (np.array([1.0, 1.0]), np.array([1.0])),
    "un hueco": (np.array([1.0, 2.0]), np.array([1.0, np.nan])),
    "otro texto": (np.array(["sí", "no"]), np.array(["sí", "sí"])),
    "otro entero": (np.array([1, 2]), np.array([1, 3])),
    "un hueco entre objetos": (np.array(["a", "b"], dtype=object), np.array(["a", np.nan], object)),
    "otro objeto": (np.array(["a", np.nan], dtype=object), np.array(["b", np.nan], object)),
}


@pytest.mark.parametrize("nombre", DISTINTAS)
def test_otra_respuesta_no_pasa(nombre):
    una, otra = DISTINTAS[nombre]
    escrito = en_una_ficha(ejemplo.toma(Eco(una), X))
    with pytest.raises(RespuestasDistintas, match="`predict` ya no responde lo mismo"):
        ejemplo.comprueba(Eco(otra), escrito)


def test_el_ruido_del_redondeo_pasa():
    escrito = en_una_ficha(ejemplo.toma(Eco(np.array([1.0, 1e-14])), X))
    assert ejemplo.comprueba(Eco(np.array([1 + 1e-12, 0.0])), escrito) == 20


def test_quien_no_sabe_responder_no_es_el_que_se_guardo():
    escrito = en_una_ficha(ejemplo.toma(Eco(), X))
    with pytest.raises(RespuestasDistintas, match="lanza ZeroDivisionError: así no"):
        ejemplo.comprueba(Eco(ZeroDivisionError("así\nno")), escrito)
    with pytest.raises(RespuestasDistintas, match="lanza AttributeError"):
        ejemplo.comprueba(object(), escrito)


def test_sin_ejemplo_no_hay_nada_que_comprobar():
    assert ejemplo.comprueba(object(), {"ejemplo": None}) == 0
    assert ejemplo.comprueba(object(), {}) == 0


class EscribeEncima(BaseEstimator):
    """Al predecir cambia los datos que recibe."""

    def predict(self, X):  # noqa: D102
        X *= 2
        return X.sum(axis=1)

    def predict_proba(self, X):  # noqa: D102
        return X


def test_a_cada_metodo_se_le_pregunta_por_las_mismas_filas():
    datos = X.copy()
    escrito = en_una_ficha(ejemplo.toma(EscribeEncima(), datos))
    np.testing.assert_array_equal(datos, X)
    assert escrito["ejemplo"]["filas"] == X[:20].tolist()
    assert escrito["ejemplo"]["respuestas"]["predict_proba"]["filas"] == X[:20].tolist()
    assert ejemplo.comprueba(EscribeEncima(), escrito) == 20


def test_quien_transforma_y_no_predice():
    escrito = ejemplo.toma(OrdinalEncoder().fit([["a"], ["b"]]), [["b"]])
    assert list(escrito["respuestas"]) == ["transform"]
    assert escrito["respuestas"]["transform"]["filas"] == [[1.0]]


def test_una_respuesta_dispersa_se_escribe_entera():
    palabras = CountVectorizer().fit(["el gato", "el tren"])
    escrito = en_una_ficha(ejemplo.toma(palabras, ["el gato"]))
    assert escrito["ejemplo"]["respuestas"]["transform"]["filas"] == [[1, 1, 0]]
    assert ejemplo.comprueba(palabras, escrito) == 1


CON_NAN = np.array([["a"], [np.nan], ["b"]], dtype=object)
CON_NONE = np.array([["a"], [None], ["b"]], dtype=object)
HONRADOS = {
    "codifica NaN": (OneHotEncoder(), CON_NAN),
    "codifica None": (OneHotEncoder(), CON_NONE),
    "rellena NaN": (SimpleImputer(strategy="most_frequent"), CON_NAN),
    "deja pasar NaN": (FunctionTransformer(), CON_NAN),
    "columnas mezcladas": (
        make_column_transformer((OneHotEncoder(), ["s"]), remainder="passthrough"),
        pd.DataFrame({"s": ["a", None], "x": [1.5, np.nan], "n": [1, 2]}),
    ),
    "categorías que no salen": (
        HistGradientBoostingRegressor(max_iter=3, categorical_features="from_dtype"),
        pd.DataFrame({"c": pd.Categorical([*"cccccccccc" * 3, "a", "b"])}),
    ),
}


@pytest.mark.parametrize("nombre", HONRADOS)
def test_un_modelo_honrado_pasa_con_sus_propios_datos(nombre, aqui):
    modelo, datos = HONRADOS[nombre]
    save_model(modelo.fit(datos, np.arange(len(datos))), "a.pkl", X_ejemplo=datos)
    load_model("a.pkl")


SIN_SENTIDO = [
    {},
    [],
    "texto",
    {"filas": [[1]]},
    {"columnas": None, "tipos": "float64", "huecos": "NaN", "filas": [[1.0]]},
    {"columnas": None, "tipos": "float64", "huecos": "NaN", "filas": [[1.0]], "respuestas": {}},
]


@pytest.mark.parametrize("escrito", SIN_SENTIDO, ids=range(len(SIN_SENTIDO)))
def test_un_ejemplo_sin_sentido(escrito):
    with pytest.raises(ValueError, match="el ejemplo no"):
        ejemplo.entiende(escrito)


def test_una_respuesta_en_forma_de_tabla_se_compara_como_array():
    escrito = en_una_ficha(ejemplo.toma(Eco(np.array([[1.0], [2.0]])), X))
    escrito["ejemplo"]["respuestas"]["predict"] |= {"columnas": ["a"], "tipos": ["float64"]}
    assert ejemplo.comprueba(Eco(np.array([[1.0], [2.0]])), escrito) == 20
    with pytest.raises(RespuestasDistintas):
        ejemplo.comprueba(Eco(np.array([[1.0], [3.0]])), escrito)


def test_la_ficha_no_decide_a_que_se_llama():
    escrito = en_una_ficha(ejemplo.toma(Eco(), X))["ejemplo"]
    escrito["respuestas"]["fit"] = escrito["respuestas"].pop("predict")
    with pytest.raises(ValueError, match="respuestas de un modelo"):
        ejemplo.entiende(escrito)
