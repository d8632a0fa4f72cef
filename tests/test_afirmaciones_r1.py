"""Las respuestas del repaso r1 no se creen: se miden aquí."""

import pickle
import warnings

import joblib
import numpy as np
import pytest
from sklearn.datasets import load_iris
from sklearn.ensemble import RandomForestClassifier
from sklearn.linear_model import LinearRegression
from sklearn.neighbors import KNeighborsRegressor
from sklearn.preprocessing import StandardScaler

from helpers.ejercicios import revision_r1 as r1
from helpers.proceso import ejecuta_en_proceso_nuevo

CUADERNO = """
import numpy as np
def raiz(x):
    return np.sqrt(x)
"""
GUARDA = {
    "a": f"{CUADERNO}\nimport pickle\npickle.dump(raiz, archivo)",
    "b": f"{CUADERNO}\nimport dill\ndill.dump(raiz, archivo)",
    "c": f"{CUADERNO}\nimport cloudpickle\ncloudpickle.dump(raiz, archivo)",
    "d": "from sklearn.preprocessing import FunctionTransformer\nimport skops.io\n"
    "skops.io.dump(FunctionTransformer(lambda x: x**2), archivo)",
    "e": "from sklearn.preprocessing import FunctionTransformer\nimport joblib, numpy\n"
    "joblib.dump(FunctionTransformer(numpy.log1p), archivo)",
    "f": "from notas import Notas\nimport pickle\npickle.dump(Notas(), archivo)",
}
USA = {
    "a": "import pickle\npickle.load(archivo)(9)",
    "b": "import dill\ndill.load(archivo)(9)",
    "c": "import cloudpickle\ncloudpickle.load(archivo)(9)",
    "d": "import skops.io\nskops.io.load(archivo, trusted=['__main__.<lambda>']).transform([[9]])",
    "e": "import joblib\njoblib.load(archivo).transform([[9]])",
    "f": "import pickle\npickle.load(archivo).media()",
}


@pytest.mark.parametrize("letra", r1.VIAJES)
def test_r1_cada_viaje_acaba_como_dice_su_respuesta(letra, tmp_path):
    modulo = "class Notas:\n    def media(self):\n        return 8"
    (tmp_path / "notas.py").write_text(modulo, encoding="utf-8")
    for modo, pasos in (("wb", GUARDA[letra]), ("rb", USA[letra])):
        codigo = f"archivo = open('viaje', '{modo}')\n{pasos}"
        salida = ejecuta_en_proceso_nuevo(codigo, tmp_path)
        assert modo == "rb" or not salida.error, "guardar no avisa de nada"
    assert {str(not salida.error)} == r1.VIAJES[letra].valen, salida.error
    if letra == "b":  # el motivo dice que se carga y falla al llamarla
        assert "NameError" in salida.error
        assert not ejecuta_en_proceso_nuevo(codigo.replace("(9)", ""), tmp_path).error


def test_r1_de_las_cuatro_causas_solo_una_explica_la_memoria(tmp_path):
    ruta = tmp_path / "a.joblib"

    def llega(origen, modo):
        with warnings.catch_warnings(record=True, action="always") as avisos:
            return type(joblib.load(origen, mmap_mode=modo)), bool(avisos)

    joblib.dump(np.zeros(1000), ruta, compress=1)
    assert llega(ruta, "r") == (np.ndarray, True)  # a: habría un aviso
    joblib.dump(np.zeros(1000), ruta)
    assert llega(ruta, "r+") == (np.memmap, False)  # c: el modo no lo cambia
    assert llega(ruta, "r") == (np.memmap, False)  # d: con el nombre, los datos no se copian
    with ruta.open("rb") as archivo:
        assert llega(archivo, "r") == (np.ndarray, False)  # b
    assert r1.MEMORIA.valen == {"b"}


def test_r1_otro_bosque_pasa_tres_de_las_cuatro_pruebas():
    X, y = load_iris(return_X_y=True)
    uno, otro = [RandomForestClassifier(20, random_state=s).fit(X[::2], y[::2]) for s in (0, 2)]
    assert len(X[1::2]) == 75
    assert uno.score(X[1::2], y[1::2]) == otro.score(X[1::2], y[1::2])
    sin_semilla = [b.get_params() | {"random_state": None} for b in (uno, otro)]
    assert sin_semilla[0] == sin_semilla[1]
    assert type(pickle.loads(pickle.dumps(otro))) is type(uno)
    assert not np.array_equal(uno.predict_proba(X[1::2]), otro.predict_proba(X[1::2]))
    assert r1.PRUEBAS.valen == {"c"}


def test_r1_los_vecinos_llevan_tus_datos_y_la_regresion_no():
    X = np.random.default_rng(0).normal(size=(r1.FILAS, r1.COLUMNAS))
    y = X[:, 0] + 1
    assert X.nbytes == r1.DATOS == 480_000
    vecinos = pickle.dumps(KNeighborsRegressor().fit(X, y), protocol=5)
    assert X.tobytes() in vecinos
    assert y.tobytes() in vecinos, "el mensaje dice que el archivo lleva además y"
    recta = pickle.dumps(LinearRegression().fit(X, y), protocol=5)
    assert not any(fila.tobytes() in recta for fila in X)
    assert len(recta) == len(pickle.dumps(LinearRegression().fit(X[:50], y[:50]), protocol=5))


def test_r1_las_masas_son_las_de_una_recta_de_verdad():
    escala = StandardScaler().fit([[186], [214]])
    assert (escala.mean_[0], escala.scale_[0]) == (r1.MEDIA, r1.DESVIACION)
    recta = LinearRegression().fit(escala.transform([[186], [214]]), [3500, 4900])
    assert np.allclose((recta.intercept_, recta.coef_[0]), (r1.ORDENADA, r1.PENDIENTE))
    assert np.allclose(recta.predict([[r1.ALETA]]), r1.SOLA)
    assert np.allclose(recta.predict(escala.transform([[r1.ALETA]])), r1.CON_ESCALA)
