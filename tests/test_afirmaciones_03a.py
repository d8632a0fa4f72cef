"""Lo que 03a · Prueba de persistencia dice de pasada se demuestra aquí."""

import numpy as np
import pytest
from sklearn.linear_model import LinearRegression


@pytest.mark.parametrize("b", [0, 1, 20, 1e6])
def test_03a_lo_que_admite_allclose(b):
    admite = 0.00000001 + b / 100_000
    assert np.allclose(b + 0.99 * admite, b)
    assert not np.allclose(b + 1.01 * admite, b)


def test_03a_los_modelos_no_definen_la_igualdad():
    assert LinearRegression.__eq__ is object.__eq__
