"""Lo que 03a · Prueba de persistencia dice de pasada se demuestra aquí."""

import warnings

import numpy as np
import pandas as pd
import pytest
from sklearn.linear_model import LinearRegression

from helpers.ejercicios import evalua


@pytest.mark.parametrize("b", [0, 1, 20, 1e6])
def test_03a_lo_que_admite_allclose(b):
    admite = 0.00000001 + b / 100_000
    assert np.allclose(b + 0.99 * admite, b)
    assert not np.allclose(b + 1.01 * admite, b)


def test_03a_los_modelos_no_definen_la_igualdad():
    assert LinearRegression.__eq__ is object.__eq__


def test_03a_revisar_con_tablas_no_llena_la_pantalla_de_avisos():
    def comprueba(original, cargado):
        filas = pd.DataFrame({"x1": [6, 6], "x2": [7, 0]})
        assert np.array_equal(original.predict(filas), cargado.predict(filas))

    def es_equivalente(original, cargado, X):
        return np.array_equal(*(m.predict(pd.DataFrame(X)) for m in (original, cargado)))

    with warnings.catch_warnings(record=True) as avisos:
        warnings.simplefilter("always")
        assert evalua("03a.1", comprueba).mensaje == "bien"
        evalua("03a.2", es_equivalente)
    assert avisos == []
