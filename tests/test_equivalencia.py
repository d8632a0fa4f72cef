"""`es_equivalente` y `prueba_de_persistencia`: dejan pasar al honrado y descubren a los demás."""

import copy
import pickle
import threading

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
