"""`es_equivalente` y `prueba_de_persistencia`: dejan pasar al honrado y descubren a los demás."""

import copy
import functools
import pickle
import threading
from typing import NamedTuple

import numpy as np
import pytest
from sklearn.base import BaseEstimator, clone
from sklearn.cluster import DBSCAN, KMeans
from sklearn.compose import make_column_transformer
from sklearn.datasets import load_diabetes, load_iris
from sklearn.ensemble import (
    GradientBoostingClassifier,
    HistGradientBoostingRegressor,
    RandomForestClassifier,
    RandomForestRegressor,
)
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LinearRegression, LogisticRegression
from sklearn.model_selection import GridSearchCV
from sklearn.multioutput import MultiOutputClassifier
from sklearn.neighbors import KNeighborsClassifier
from sklearn.neural_network import MLPRegressor
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import FunctionTransformer, MinMaxScaler, OneHotEncoder, StandardScaler
from sklearn.svm import SVC

from helpers import es_equivalente
from helpers.errores import ErrorDelCurso

X, Y = load_diabetes(return_X_y=True)
FLORES, ESPECIE = load_iris(return_X_y=True, as_frame=True)
NOMBRES = ESPECIE.map(dict(enumerate(["setosa", "versicolor", "virginica"]))).to_numpy()


def ida_y_vuelta(modelo):
    return pickle.loads(pickle.dumps(modelo))


def escalado():
    return Pipeline([("escala", StandardScaler()), ("recta", LinearRegression())]).fit(X, Y)


HONRADOS = {
    "regresión": (LinearRegression(), X, Y),
    "varias salidas": (LinearRegression(), X, np.column_stack([Y, -Y])),
    "pipeline": (make_pipeline(StandardScaler(), LinearRegression()), X, Y),
    "etiquetas de texto": (LogisticRegression(max_iter=200), FLORES.to_numpy(), NOMBRES),
    "con nombres de columna": (RandomForestClassifier(5, random_state=0), FLORES, NOMBRES),
    "varias clases a la vez": (
        MultiOutputClassifier(KNeighborsClassifier()),
        FLORES,
        np.column_stack([ESPECIE, ESPECIE == 1]),
    ),
    "vecinos": (KNeighborsClassifier(), FLORES, NOMBRES),
    "svc": (SVC(), FLORES, NOMBRES),
    "bosque con n_jobs=2": (RandomForestRegressor(20, random_state=0, n_jobs=2), X, Y),
    "boosting": (GradientBoostingClassifier(n_estimators=3, random_state=0), FLORES, NOMBRES),
    "hist": (HistGradientBoostingRegressor(max_iter=3, random_state=0), X, Y),
    "red": (MLPRegressor(hidden_layer_sizes=(3,), max_iter=5, random_state=0), X, Y),
    "escala, sin predict": (StandardScaler(), X, None),
    "escala que escribe encima": (StandardScaler(copy=False), X, None),
    "salida dispersa": (OneHotEncoder(), FLORES.round(), None),
    "salida con columnas": (StandardScaler().set_output(transform="pandas"), FLORES, None),
    "columnas": (make_column_transformer((MinMaxScaler(), [0, 2])), FLORES, None),
    "una función": (FunctionTransformer(np.log1p), FLORES, None),
    "grupos": (KMeans(3, n_init=1, random_state=0), FLORES, None),
    "grupos sin predict": (DBSCAN(), FLORES, None),
    "búsqueda": (GridSearchCV(LogisticRegression(), {"C": [1, 2]}, cv=2), FLORES, ESPECIE),
}


@pytest.mark.parametrize("nombre", HONRADOS)
@pytest.mark.filterwarnings("ignore")
def test_el_que_va_y_vuelve_equivale(nombre):
    modelo, datos, y = HONRADOS[nombre]
    modelo = clone(modelo).fit(datos.copy(), y)
    resultado = es_equivalente(modelo, ida_y_vuelta(modelo), datos, y)
    assert resultado, resultado
    assert resultado["exactas"] in (True, None)
    assert resultado["score"] is (None if y is None else True)


def test_haber_predicho_antes_no_cambia_lo_aprendido():
    vecinos = KNeighborsClassifier().fit(FLORES, NOMBRES)
    cargado = ida_y_vuelta(vecinos)
    vecinos.predict(FLORES)  # su árbol cuenta las consultas
    assert es_equivalente(vecinos, cargado, FLORES)


class Anota(LinearRegression):
    """Al responder calcula algo una vez y lo guarda en sí misma."""

    @functools.cached_property
    def pesos(self):  # noqa: D102
        return self.coef_ / self.coef_.sum()

    def predict(self, X):  # noqa: D102
        return X @ self.pesos


FRASES = ["el gato duerme", "la casa y el gato", "un tren"]
ANOTADORES = {
    "lista de palabras": (TfidfVectorizer(stop_words=["el", "la"]), FRASES),
    "y dentro de otro": (
        make_column_transformer((TfidfVectorizer(stop_words=["el", "la"]), 0)),
        np.array(FRASES)[:, None],
    ),
    "una propiedad que se calcula una vez": (Anota(), X),
}


@pytest.mark.parametrize("nombre", ANOTADORES)
def test_preguntar_dos_veces_da_lo_mismo(nombre):
    modelo, datos = ANOTADORES[nombre]
    modelo = clone(modelo).fit(datos, Y[: len(datos)])
    cargado = ida_y_vuelta(modelo)
    for _ in range(2):
        resultado = es_equivalente(modelo, cargado, datos)
        assert resultado, resultado
    recien_cargado = ida_y_vuelta(modelo)
    assert es_equivalente(modelo, recien_cargado, datos)


def _coeficiente(modelo):
    modelo.coef_[3] *= 1 + 1e-9
    return modelo


def _en_float32(modelo):
    modelo.coef_ = modelo.coef_.astype(np.float32)
    return modelo


def _sin_escala(modelo):
    return Pipeline(modelo.steps[1:])


def _otra_escala(modelo):
    modelo.named_steps["escala"].fit(X[:50])
    return modelo


def _otro_paso(modelo):
    modelo.steps[0] = ("escala", MinMaxScaler().fit(X))
    return modelo


def _otra_opcion(modelo):
    return modelo.set_params(escala__with_std=False)


def _sin_atributo(modelo):
    del modelo.rank_
    return modelo


def _clases_al_reves(modelo):
    modelo.classes_ = modelo.classes_[::-1]
    return modelo


class Hija(LinearRegression):
    """Hace lo mismo que su madre y no es ella."""


def _de_otra_clase(modelo):
    otro = Hija()
    otro.__dict__.update(modelo.__dict__)
    return otro


class Promedio(BaseEstimator):
    """Lleva modelos en una lista sin nombres. Responde con el primero: X no llega a los demás."""

    def __init__(self, modelos):
        self.modelos = modelos

    def fit(self, X, y=None):  # noqa: D102
        self.modelos_ = [modelo.fit(X, y) for modelo in self.modelos]
        return self

    def predict(self, X):  # noqa: D102
        return self.modelos_[0].predict(X)


def _el_segundo(promedio):
    promedio.modelos[1].coef_ = 2 * promedio.modelos[1].coef_
    promedio.modelos_ = [copy.deepcopy(LINEAL), copy.deepcopy(LINEAL)]
    return promedio


def _escala_de_la_busqueda(busqueda):
    busqueda.estimator.named_steps["escala"].mean_ = np.ones(10)
    return busqueda


def _bosque(semilla):
    return RandomForestRegressor(5, random_state=semilla).fit(X, Y)


LINEAL = LinearRegression().fit(X, Y)
SABOTAJES = [
    (LINEAL, _coeficiente, "aprendido", "coef_"),
    (LINEAL, _en_float32, "aprendido", "coef_"),
    (LINEAL, _sin_atributo, "aprendido", "rank_"),
    (LINEAL, _de_otra_clase, "clase", "LinearRegression frente a Hija"),
    (LINEAL, lambda m: LogisticRegression().fit(X, Y > 100), "clase", "LogisticRegression"),
    (LINEAL, lambda m: m.predict(X), "clase", "LinearRegression frente a ndarray"),
    (LINEAL, lambda m: None, "clase", "LinearRegression frente a NoneType"),
    (LINEAL, lambda m: LinearRegression, "clase", "LinearRegression frente a ABCMeta"),
    (LINEAL, lambda m: LinearRegression(), "entrenados", "falta el segundo"),
    (LinearRegression(), lambda m: LINEAL, "entrenados", "falta el primero"),
    (LinearRegression(), lambda m: m, "entrenados", "ninguno de los dos"),
    (LINEAL, lambda m: m.fit(X[:, :3], Y), "aprendido", "coef_"),
    (escalado(), _sin_escala, "parámetros", "escala: StandardScaler frente a no está"),
    (escalado(), _otro_paso, "parámetros", "escala: StandardScaler frente a MinMaxScaler"),
    (escalado(), _otra_opcion, "parámetros", "escala__with_std: True frente a False"),
    (escalado(), _otra_escala, "aprendido", "escala__mean_"),
    (SVC().fit(FLORES, NOMBRES), _clases_al_reves, "aprendido", "classes_"),
    (Promedio([LinearRegression(), LinearRegression()]).fit(X, Y), _el_segundo, "parámetros", "mo"),
    (
        GridSearchCV(escalado(), {"escala__with_std": [True]}, cv=2).fit(X, Y),
        _escala_de_la_busqueda,
        "aprendido",
        "estimator__escala__mean_",
    ),
    (_bosque(1), lambda m: _bosque(2), "parámetros", "random_state: 1 frente a 2"),
    (_bosque(None), lambda m: _bosque(None), "aprendido", "estimators_"),
]


@pytest.mark.parametrize(("modelo", "sabotea", "falla", "detalle"), SABOTAJES)
def test_cada_sabotaje_se_descubre_por_lo_suyo(modelo, sabotea, falla, detalle):
    datos = FLORES if isinstance(modelo, SVC) else X
    resultado = es_equivalente(modelo, sabotea(copy.deepcopy(modelo)), datos)
    assert not resultado
    assert (resultado.falla.nombre, resultado[falla]) == (falla, False)
    assert detalle in resultado.falla.detalle
    assert f"No equivalen: falla «{falla}»." in str(resultado)


def test_se_imprime_en_pocas_lineas():
    resultado = es_equivalente(LINEAL, ida_y_vuelta(LINEAL), X, Y)
    assert str(resultado).splitlines() == [
        "Equivalen.",
        "sí  clase         LinearRegression",
        "sí  entrenados",
        "sí  parámetros    5 iguales",
        "sí  aprendido     6 atributos iguales",
        "sí  respuestas    predict",
        "sí  exactas",
        "sí  tolerancia    1e-09 relativa",
        "sí  score         0.517748",
    ]
    assert repr(resultado) == str(resultado)


def test_no_cambia_nada_de_lo_que_recibe():
    datos, modelo = X.copy(), StandardScaler(copy=False).fit(X.copy())
    otro = ida_y_vuelta(modelo)
    antes = pickle.dumps(modelo)
    es_equivalente(modelo, otro, datos)
    assert np.array_equal(datos, X)
    assert pickle.dumps(modelo) == antes


@pytest.mark.parametrize(
    ("a", "b", "datos", "y", "frase"),
    [
        (LINEAL, LINEAL, X, None, "son el mismo objeto"),
        ("modelo.pkl", LINEAL, X, None, "recibí str"),
        (LinearRegression, LINEAL, X, None, "recibí la clase LinearRegression"),
        (LINEAL, ida_y_vuelta(LINEAL), X[:, :3], None, "con esa X: lanza ValueError"),
        (LINEAL, ida_y_vuelta(LINEAL), X[0], None, "con esa X: lanza ValueError"),
        (LINEAL, ida_y_vuelta(LINEAL), X, Y[:5], "el score con esa X y esa y"),
    ],
)
def test_lo_que_no_se_puede_comparar_se_explica(a, b, datos, y, frase):
    with pytest.raises(ErrorDelCurso, match=frase):
        es_equivalente(a, b, datos, y)


class ConCerrojo(BaseEstimator):
    """Lleva dentro algo que no se puede guardar, y lo deja fuera al guardarse."""

    def fit(self, X, y=None):  # noqa: D102
        self.cerrojo, self.yo, self.media_ = threading.Lock(), self, np.mean(X)
        return self

    def predict(self, X):  # noqa: D102
        return np.full(len(X), self.media_)


def test_no_se_atasca_con_cerrojos_ni_ciclos():
    uno, otro = ConCerrojo().fit(X), ConCerrojo().fit(X)
    assert es_equivalente(uno, otro, X)
    assert not es_equivalente(uno, ConCerrojo().fit(X + 1), X)


class Limites(NamedTuple):
    """Un parámetro con nombres."""

    minimo: float
    maximo: float


class Recorta(BaseEstimator):
    """Un modelo que hace las cosas bien, del que los demás heredan para torcerlas."""

    def __init__(self, limites=None):
        self.limites = limites

    def fit(self, X, y=None):  # noqa: D102
        self.media_ = np.mean(X)
        return self

    def predict(self, X):  # noqa: D102
        return np.full(len(X), self.media_)


class CambiaElNombre(Recorta):
    """Como se escribe la primera vez: el parámetro y el atributo no se llaman igual."""

    def __init__(self, tope=1):
        self.t = tope


class NoDaSuEstado(Recorta):
    """Se niega a que la guarden."""

    def __getstate__(self):
        raise TypeError


class NoSabeSiEsta(Recorta):
    """No llega a decir si está entrenada."""

    def __sklearn_is_fitted__(self):
        raise KeyError


class TropiezaAlNombrarla(Recorta):
    """Tiene un método que falla antes de llamarlo."""

    @property
    def transform(self):  # noqa: D102
        raise RuntimeError


@pytest.mark.parametrize(
    "modelo",
    [
        CambiaElNombre(),
        Recorta(Limites(0, 1)),
        NoDaSuEstado(),
        NoSabeSiEsta(),
        TropiezaAlNombrarla(),
    ],
    ids=lambda modelo: type(modelo).__name__,
)
def test_un_modelo_mal_escrito_tambien_se_compara(modelo):
    uno, igual, otro = (type(modelo)(*vars(modelo).values()) for _ in range(3))
    assert es_equivalente(uno.fit(X), igual.fit(X), X)
    resultado = es_equivalente(uno, otro.fit(X + 1), X)
    assert (resultado["parámetros"], resultado.falla.nombre) == (True, "aprendido")


def test_cambia_un_parametro_que_get_params_no_sabe_dar():
    uno, otro = CambiaElNombre(1).fit(X), CambiaElNombre(2).fit(X)
    assert es_equivalente(uno, otro, X).falla.detalle == "t"


def test_un_modelo_con_nombre_que_no_es_un_parametro_se_mira_entero():
    doble = copy.deepcopy(LINEAL)
    doble.coef_ = 2 * doble.coef_
    uno, otro = (Recorta([("recta", modelo)]).fit(X) for modelo in (LINEAL, doble))
    assert es_equivalente(uno, otro, X).falla.nombre == "parámetros"
