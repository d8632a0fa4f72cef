"""Cómo compara `es_equivalente` lo que responden dos modelos que han aprendido lo mismo."""

import copy

import joblib
import numpy as np
import pandas as pd
import pytest
from sklearn.datasets import load_diabetes, load_iris
from sklearn.linear_model import LinearRegression
from sklearn.preprocessing import OneHotEncoder
from sklearn.svm import SVC

from helpers import es_equivalente
from helpers._equivalencia.comparacion import compara_retratos
from helpers._equivalencia.retrato import Pieza, Retrato, retrata

X, Y = load_diabetes(return_X_y=True)
FLORES, ESPECIE = load_iris(return_X_y=True, as_frame=True)


class Disfrazable(LinearRegression):
    """Una regresión cuyas respuestas se pueden falsear sin tocar lo que aprendió."""

    disfraces: dict = {}
    scores: dict = {}

    def predict(self, X):  # noqa: D102
        return self.disfraces.get(id(self), lambda y: y)(super().predict(X))

    def score(self, X, y):  # noqa: D102
        return self.scores.get(id(self), 0.5)


def disfrazada(disfraz):
    """Dos modelos idénticos, salvo en lo que responde el segundo."""
    Disfrazable.disfraces.clear()
    Disfrazable.scores.clear()
    original = Disfrazable().fit(X, Y)
    otro = copy.deepcopy(original)
    otro.disfraces[id(otro)] = disfraz
    return original, otro


@pytest.mark.parametrize(
    ("disfraz", "falla", "detalle", "exactas", "tolerancia"),
    [
        (lambda y: y[:, None], "respuestas", "da (442,) frente a (442, 1)", False, False),
        (lambda y: y[:1], "respuestas", "da (442,) frente a (1,)", False, False),
        (lambda y: y.tolist(), "respuestas", "da ndarray frente a list", False, True),
        (lambda y: pd.Series(y), "respuestas", "da ndarray frente a Series", False, True),
        (lambda y: y.astype(">f8"), "respuestas", "da float64 frente a >f8", False, True),
        (lambda y: y.astype("f4"), "respuestas", "da float64 frente a float32", False, False),
        (lambda y: 1 / 0, "respuestas", "predict lanza ZeroDivisionError", False, False),
        (lambda y: y.astype(str), "respuestas", "da float64 frente a <U", False, False),
        (lambda y: y * (1 + 1e-6), "tolerancia", "se aparta hasta ", False, False),
        (lambda y: np.where(y > 200, np.nan, y), "tolerancia", "cambia NaN en 89 de", False, False),
        (lambda y: y * (1 + 1e-12), "", "", False, True),
        (lambda y: y.copy(), "", "", True, True),
    ],
)
def test_las_respuestas_se_comparan_de_tres_maneras(disfraz, falla, detalle, exactas, tolerancia):
    resultado = es_equivalente(*disfrazada(disfraz), X)
    assert (resultado.falla.nombre if resultado.falla else "") == falla
    assert detalle in (resultado.falla.detalle if resultado.falla else "")
    assert (resultado["exactas"], resultado["tolerancia"]) == (exactas, tolerancia)
    assert bool(resultado) is not bool(falla)


def test_una_forma_que_se_extiende_no_es_la_misma():
    original, otro = disfrazada(lambda y: np.ones((len(y), 1)))
    original.disfraces[id(original)] = np.ones_like
    resultado = es_equivalente(original, otro, X)
    assert np.allclose(original.predict(X), otro.predict(X))  # aquí no basta
    assert [resultado[n] for n in ("respuestas", "exactas", "tolerancia")] == [False] * 3


def test_se_responde_en_un_solo_hilo():
    original, _ = disfrazada(lambda y: y)
    original.disfraces[id(original)] = lambda y: np.full(len(y), joblib.effective_n_jobs(2))
    assert retrata(original, X).salidas["predict"].valores[0] == 1


@pytest.mark.parametrize("valor", [np.nan, np.inf, None, "texto"])
def test_lo_que_falta_en_el_mismo_sitio_es_igual(valor):
    original, otro = disfrazada(lambda y: np.array([valor, *y[1:]]))
    original.disfraces[id(original)] = otro.disfraces[id(otro)]
    resultado = es_equivalente(original, otro, X)
    assert resultado
    assert resultado["exactas"]


def test_dos_objetos_numpy_con_textos_se_comparan_uno_a_uno():
    original, otro = disfrazada(lambda y: np.array(["a", None, *y[2:]], dtype=object))
    original.disfraces[id(original)] = lambda y: np.array(["a", np.nan, *y[2:]], dtype=object)
    assert es_equivalente(original, otro, X).falla.nombre == "tolerancia"


def test_las_columnas_y_las_filas_de_una_tabla_cuentan():
    original, otro = disfrazada(lambda y: pd.DataFrame({"b": y}))
    original.disfraces[id(original)] = lambda y: pd.DataFrame({"a": y})
    assert "cambia de columnas" in es_equivalente(original, otro, X).falla.detalle
    original.disfraces[id(original)] = lambda y: pd.DataFrame({"b": y}, index=range(1, 443))
    assert "cambia de columnas o de filas" in es_equivalente(original, otro, X).falla.detalle


def test_en_una_salida_dispersa_cuenta_donde_esta_cada_valor():
    original = OneHotEncoder().fit([["a"], ["b"]])
    otro = OneHotEncoder().fit([["b"], ["a"]])
    assert es_equivalente(original, otro, [["a"]])
    otro.categories_ = [np.array(["b", "a"], dtype=object)]
    resultado = es_equivalente(original, otro, [["a"]])
    assert (resultado["respuestas"], resultado["exactas"]) == (False, False)


def test_la_tolerancia_se_elige():
    original, otro = disfrazada(lambda y: y * (1 + 1e-6))
    resultado = es_equivalente(original, otro, X, rtol=1e-5)
    assert resultado
    assert resultado["exactas"] is False
    assert not es_equivalente(*disfrazada(lambda y: y * (1 + 1e-12)), X, rtol=0, atol=0)
    assert es_equivalente(*disfrazada(lambda y: y + 0.5), X, rtol=0, atol=1)


def test_el_score_se_compara_si_hay_y():
    original, otro = disfrazada(lambda y: y)
    otro.scores[id(otro)] = 0.6
    assert es_equivalente(original, otro, X)["score"] is None
    resultado = es_equivalente(original, otro, X, Y)
    assert (resultado.falla.nombre, resultado.falla.detalle) == ("score", "0.5 frente a 0.6")
    otro.scores[id(otro)] = None  # float(None) falla
    assert es_equivalente(original, otro, X, Y).falla.detalle == "solo uno lo tiene"
    otro.scores[id(otro)] = original.scores[id(original)] = np.nan
    assert es_equivalente(original, otro, X, Y)


def test_un_solo_metodo_de_mas_se_nota():
    con = SVC().fit(FLORES, ESPECIE)
    sin = copy.deepcopy(con)
    sin.decision_function = None
    resultado = es_equivalente(con, sin, FLORES)
    assert resultado["respuestas"] is False


def retrato(pieza=None, score=None):
    salidas = {} if pieza is None else {"predict": pieza}
    return Retrato("modulo.Modelo", True, {}, {}, salidas, score)


def pieza(valores, **cambios):
    valores = np.asarray(valores)
    iguales = {"tipo": "ndarray", "forma": valores.shape, "dtype": str(valores.dtype)}
    return Pieza(**iguales | {"valores": valores} | cambios)


OBJETOS = np.array(["a", np.nan, None], dtype=object)


@pytest.mark.parametrize(
    ("una", "otra", "respuestas", "exactas", "tolerancia", "detalle"),
    [
        (pieza([1.0]), pieza([1.0]), True, True, True, None),
        (pieza([np.nan, 1.0]), pieza([np.nan, 1.0]), True, True, True, None),
        (pieza([np.nan, 1j]), pieza([np.nan, 1j]), True, True, True, None),
        (pieza([np.nan, 1.0]), pieza([2.0, 1.0]), True, False, False, "cambia NaN en 1 de 2"),
        (pieza([np.inf, 1.0]), pieza([np.inf, 3.0]), True, False, False, "se aparta hasta 2.0e+00"),
        (pieza(["a", "b"]), pieza(["a", "c"]), True, False, False, "cambia 1 de 2"),
        (pieza(OBJETOS), pieza(OBJETOS.copy()), True, True, True, None),
        (pieza(OBJETOS), pieza(OBJETOS[[0, 1, 0]]), True, False, False, "cambia 1 de 3"),
        (pieza([1.0]), pieza([1.0], rotulos=b"b"), False, False, True, "cambia de columnas o de f"),
        (pieza([1.0]), pieza([1.0], tipo="list"), False, False, True, "da ndarray frente a list"),
        (pieza([1.0]), pieza([[1.0]]), False, False, False, "da (1,) frente a (1, 1)"),
        (pieza([1.0]), Pieza(error="KeyError"), False, False, False, "lanza KeyError"),
        (Pieza(error="KeyError"), pieza([]), False, False, False, "no lanza KeyError"),
        (Pieza(error="KeyError"), Pieza(error="TypeError"), False, False, False, "lanza TypeErr"),
        (Pieza(error="KeyError"), Pieza(error="KeyError"), True, True, True, None),
        (pieza([1.0]), None, False, False, False, "solo uno tiene predict"),
        (None, None, None, None, None, None),
    ],
)
@pytest.mark.filterwarnings("error")
def test_dos_respuestas_hechas_a_mano(una, otra, respuestas, exactas, tolerancia, detalle):
    resultado = compara_retratos(retrato(una), retrato(otra))
    vistas = [resultado[nombre] for nombre in ("respuestas", "exactas", "tolerancia")]
    assert vistas == [respuestas, exactas, tolerancia]
    if detalle:
        assert detalle in resultado.falla.detalle
    else:
        assert resultado


@pytest.mark.parametrize(
    ("uno", "otro", "pasa"),
    [(0.5, 0.5, True), (0.5, 0.6, False), (0.5, None, False), (None, 0.5, False)],
)
def test_dos_scores_hechos_a_mano(uno, otro, pasa):
    assert compara_retratos(retrato(score=uno), retrato(score=otro))["score"] is pasa
