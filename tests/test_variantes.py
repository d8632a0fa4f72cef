"""Las variantes del proyecto final: de cada persona, siempre iguales y separadas de las demás."""

import itertools
import subprocess
import sys

import numpy as np
import pytest
from arbol import RAIZ
from sklearn.linear_model import LinearRegression

from helpers import mis_horas_de_estudio, variantes
from helpers.errores import ErrorDelCurso

QUIEN = "Persistencia 2026", "Ana López Núñez"
CLASE = [f"Persona {numero}" for numero in range(200)]
# Si esto cambia, cambian los datos de quien ya empezó el proyecto.
PRIMERAS = [(16.2, 9, 57.9), (10.3, 2, 55.5), (6.1, 4, 45.2)]
RECTA = (37.75543483950756, 1.8499791491821447, -1.1448154611068544)


def test_los_datos_de_hoy_son_los_de_siempre():
    assert variantes.filas(*QUIEN)[:3] == PRIMERAS
    assert variantes.recta(*QUIEN) == RECTA


def test_no_interviene_ninguna_libreria():
    codigo = (
        "from helpers import variantes; variantes.recta('curso', 'Ana'); import sys;"
        "print({'numpy', 'pandas', 'random', 'scipy'} & set(sys.modules))"
    )
    salida = subprocess.run(
        [sys.executable, "-c", codigo], cwd=RAIZ, capture_output=True, text=True, check=True
    )
    assert salida.stdout.strip() == "set()"


@pytest.mark.parametrize(
    "otra_forma",
    [
        "ana lópez núñez",
        "  ANA   LOPEZ  NUNEZ ",
        "López Núñez, Ana",
        "Ana Lo\N{COMBINING ACUTE ACCENT}pez Nu\N{COMBINING ACUTE ACCENT}n\N{COMBINING TILDE}ez",
        "Ana_López-Núñez.",
        "Ana\tLópez\N{NO-BREAK SPACE}Núñez",
    ],
)
def test_el_mismo_nombre_se_escribe_de_muchas_maneras(otra_forma):
    assert variantes.filas("persistencia  2026", otra_forma) == variantes.filas(*QUIEN)


@pytest.mark.parametrize("otro", ["Ana López", "Ana López Muñoz", "Anna López Núñez", "李小龍"])
def test_otro_nombre_da_otros_datos(otro):
    assert variantes.filas(QUIEN[0], otro) != variantes.filas(*QUIEN)
    assert variantes.filas(otro, QUIEN[1]) != variantes.filas(*QUIEN)


@pytest.mark.parametrize(
    ("nombre", "fragmento"),
    [
        ("", "No hay ningún nombre"),
        (" \n", "No hay ningún nombre"),
        ("...", "No hay ningún nombre"),
        ("¡! 😀 —", "No hay ningún nombre"),
        (None, "no es un texto"),
        (12345, "no es un texto"),
        (["Ana"], "no es un texto"),
        ("xxx", "no parece el nombre"),
        ("a", "no parece el nombre"),
        ("Ana " * 40, "no parece el nombre"),
        ("Ana" * 10**6, "no parece el nombre"),
    ],
)
def test_un_nombre_vacio_o_absurdo_se_dice(nombre, fragmento):
    for curso, estudiante in ((nombre, QUIEN[1]), (QUIEN[0], nombre)):
        with pytest.raises(ErrorDelCurso, match=fragmento) as error:
            mis_horas_de_estudio(curso, estudiante)
        assert "Prueba" in str(error.value)


def test_sin_nombres_hay_un_ejemplo_y_se_dice(capsys):
    datos = mis_horas_de_estudio(..., QUIEN[1])
    assert "Datos de ejemplo" in capsys.readouterr().out
    assert datos.shape == (40, 3)
    assert not datos.equals(mis_horas_de_estudio(*QUIEN))


def test_los_datos_estan_donde_se_dice():
    for nombre in CLASE[:50]:
        datos = mis_horas_de_estudio("curso", nombre)
        assert datos["horas"].between(0.5, 20).all()
        assert datos["faltas"].between(0, 12).all()
        assert datos["nota"].between(0, 100).all()


def test_la_recta_exacta_es_la_de_scikit_learn():
    for nombre in CLASE[:50]:
        datos = mis_horas_de_estudio("curso", nombre)
        suya = LinearRegression().fit(datos[["horas", "faltas"]], datos["nota"])
        np.testing.assert_allclose(
            variantes.recta("curso", nombre), [suya.intercept_, *suya.coef_], rtol=1e-10
        )


def test_una_clase_de_200_se_distingue_de_sobra():
    """Dos personas se separan, en algún número, mil veces más que la tolerancia de la nota."""
    rectas = np.array([variantes.recta("curso", nombre) for nombre in CLASE])
    separaciones = [abs(una - otra).max() for una, otra in itertools.combinations(rectas, 2)]
    assert len(separaciones) == 19_900
    assert min(separaciones) > 0.01
    # En las filas con las que se pregunta al modelo, aún más.
    notas = rectas @ [[1, 1, 1, 1], [0, 10, 0, 7.5], [0, 0, 10, 3]]
    assert min(abs(a - b).max() for a, b in itertools.combinations(notas, 2)) > 0.05


@pytest.mark.parametrize(
    ("escrito", "figura", "si"),
    [
        ("Ana López Núñez", "LOPEZ NUÑEZ, ANA", True),
        ("Ana López", "Ana López Núñez", True),
        ("Ana López Núñez", "Ana López", True),
        ("ana", "Ana", True),
        ("Ana", "Ana López", False),
        ("Ana López Núñez", "Ana Pérez Núñez", False),
        ("Luis Gil", "Ana López", False),
        ("", "Ana López", False),
        ("Ana López", "", False),
        (None, "Ana López", False),
    ],
)
def test_quien_entrega_es_quien_dice(escrito, figura, si):
    assert variantes.coincide(escrito, figura) is si
