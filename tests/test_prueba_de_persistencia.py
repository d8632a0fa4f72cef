"""`prueba_de_persistencia`: lo que cuenta de cada método, con el modelo en un proceso nuevo."""

import copy
import os
import subprocess
import sys
import tempfile
import warnings
from pathlib import Path

import numpy as np
import pytest
from arbol import RAIZ
from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.datasets import load_diabetes, load_iris
from sklearn.ensemble import RandomForestClassifier
from sklearn.experimental import enable_iterative_imputer  # noqa: F401 hace falta para lo siguiente
from sklearn.impute import IterativeImputer
from sklearn.linear_model import LinearRegression
from sklearn.preprocessing import FunctionTransformer

from helpers import metodos, prueba_de_persistencia
from helpers._equivalencia import viaje
from helpers.errores import ErrorDelCurso

X, Y = load_diabetes(return_X_y=True)
FLORES, ESPECIE = load_iris(return_X_y=True, as_frame=True)
LINEAL = LinearRegression().fit(X, Y)
DOBLE = lambda tabla: tabla * 2  # noqa: E731 sin nombre, como se escribe en un cuaderno
COLUMNAS = ["guarda", "carga", "parámetros", "aprendido", "exactas", "tolerancia", "score"]


class Recorta(TransformerMixin, BaseEstimator):
    """Vive en este módulo, que el proceso nuevo no encuentra."""

    def fit(self, X, y=None):  # noqa: D102
        self.n_features_in_ = len(X[0])
        return self

    def transform(self, X):  # noqa: D102
        return np.clip(X, 0, 1)


@pytest.fixture
def temporal(tmp_path, monkeypatch):
    """Una carpeta temporal propia, para ver lo que queda en ella."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def test_un_bosque_va_y_vuelve(temporal):
    bosque = RandomForestClassifier(3, random_state=0, n_jobs=2).fit(FLORES, ESPECIE)
    antes = "dill" in sys.modules
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        tabla = prueba_de_persistencia(bosque, FLORES, ESPECIE, ["skops", "dill", "pickle"])
    assert list(tabla.index) == ["skops", "dill", "pickle"]
    assert list(tabla.columns) == [*COLUMNAS, "archivo_bytes", "confiar", "motivo"]
    assert (tabla[COLUMNAS] == "sí").all(axis=None), tabla
    assert (tabla["motivo"] == "").all()
    assert (tabla["archivo_bytes"] > 1000).all()
    assert tabla["archivo_bytes"].nunique() == 3
    assert list(tabla["confiar"]) == ["sklearn.tree._tree.Tree", "—", "—"]
    assert ("dill" in sys.modules) == antes
    assert list(temporal.iterdir()) == []


def test_lo_que_no_se_guarda_y_lo_que_no_se_carga_se_distinguen(temporal):
    funcion = FunctionTransformer(DOBLE).fit(X)
    tabla = prueba_de_persistencia(funcion, X, metodos=["pickle", "skops"])
    assert list(tabla.loc["pickle", COLUMNAS]) == ["no"] + ["—"] * 6
    assert list(tabla.loc["skops", COLUMNAS]) == ["sí", "no"] + ["—"] * 5
    assert list(tabla["motivo"]) == ["al guardar: PicklingError", "al cargar: ModuleNotFoundError"]
    assert list(tabla["archivo_bytes"].isna()) == [True, False]
    assert list(tabla["confiar"]) == ["—", f"{__name__}.<lambda>"]
    assert list(temporal.iterdir()) == []


def test_varios_modelos_a_la_vez_no_se_mezclan(temporal):
    varios = {
        "recta": LINEAL,
        "función": FunctionTransformer(DOBLE).fit(X),
        "otra": LinearRegression(fit_intercept=False).fit(X, Y),
    }
    tabla = prueba_de_persistencia(varios, X, metodos=["skops", "pickle"])
    assert tabla.index.names == ["modelo", "método"]
    assert list(tabla.index)[:3] == [("recta", "skops"), ("recta", "pickle"), ("función", "skops")]
    assert list(tabla["exactas"]) == ["sí", "sí", "—", "—", "sí", "sí"]
    assert tabla["archivo_bytes"].nunique() == 5  # la función no se guarda con pickle
    assert list(temporal.iterdir()) == []


def test_el_modelo_sale_antes_de_responder():
    con_huecos = np.where(X > 0.08, np.nan, X)
    al_azar = IterativeImputer(sample_posterior=True, max_iter=1, random_state=0).fit(con_huecos)
    fila = prueba_de_persistencia(al_azar, con_huecos, metodos="pickle").loc["pickle"]
    assert fila["motivo"] == ""  # cada respuesta gasta números de su generador


class Mortal(LinearRegression):
    """Al cargarlo, el proceso se cierra."""

    def __reduce__(self):
        return os._exit, (0,)


def test_si_uno_acaba_con_el_proceso_los_demas_se_prueban_en_otro():
    varios = {"recta": LINEAL, "mortal": Mortal().fit(X, Y), "otra": LINEAL}
    tabla = prueba_de_persistencia(varios, X, metodos="pickle")
    assert list(tabla["motivo"]) == ["", "al cargar: el proceso se cerró", ""]


def test_cargar_sin_error_no_basta(monkeypatch):
    def guarda_otro(modelo, ruta):
        warnings.warn("un aviso al guardar", stacklevel=2)
        otro = copy.deepcopy(modelo)
        otro.coef_ += 1
        pickle_normal.guarda(otro, ruta)

    pickle_normal = metodos.METODOS["pickle"]
    tramposo = metodos.Metodo(
        "pickle", "pickle", (".pkl",), guarda_otro, pickle_normal.carga, pickle_normal.creer_a
    )
    monkeypatch.setitem(metodos.METODOS, "pickle", tramposo)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        fila = prueba_de_persistencia(LINEAL, X, Y, "pickle").loc["pickle"]
    assert list(fila[COLUMNAS]) == ["sí", "sí", "sí", "no", "no", "no", "no"]
    assert fila["motivo"] == "aprendido: coef_"


def test_el_proceso_nuevo_no_conoce_los_modulos_de_este():
    fila = prueba_de_persistencia(Recorta().fit(X), X, metodos=["joblib"]).loc["joblib"]
    assert (fila["carga"], fila["motivo"]) == ("no", "al cargar: ModuleNotFoundError")


def test_la_carpeta_temporal_se_borra_aunque_algo_falle(temporal, monkeypatch):
    def revienta(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(viaje, "ejecuta_en_proceso_nuevo", revienta)
    with pytest.raises(KeyboardInterrupt):
        prueba_de_persistencia(LINEAL, X, metodos="pickle")
    assert list(temporal.iterdir()) == []


INTERRUMPIDO = """
import os, signal, tempfile, threading
import numpy as np
from sklearn.linear_model import LinearRegression
from helpers import prueba_de_persistencia
from helpers._equivalencia import viaje
from helpers.proceso import Salida

seguir = threading.Event()

def lanza(*_):
    print("otro proceso", flush=True)
    os.kill(os.getpid(), signal.SIGINT)
    print("no se le esperó" if seguir.wait(10) else "se le esperó", flush=True)
    return Salida("", "KeyboardInterrupt")

def borra(temporal, *_):
    seguir.set()  # la carpeta sigue ahí: nada impide abrir otro proceso
    for hilo in threading.enumerate():
        if hilo is not threading.main_thread():
            hilo.join()
    temporal.cleanup()

viaje.ejecuta_en_proceso_nuevo = lanza
tempfile.TemporaryDirectory.__exit__ = borra
X = np.eye(3)
modelo = LinearRegression().fit(X, [1, 2, 3])
try:
    prueba_de_persistencia({"uno": modelo, "otro": modelo}, X, metodos=METODO)
except KeyboardInterrupt:
    print("interrumpido")
"""


@pytest.mark.skipif(sys.platform == "win32", reason="en Windows no se puede mandar SIGINT a uno")
@pytest.mark.parametrize("metodo", ["pickle", "dill"])
def test_al_interrumpir_no_se_espera_ni_se_abren_mas_procesos(metodo):
    codigo = INTERRUMPIDO.replace("METODO", repr(metodo))
    orden = [sys.executable, "-c", codigo]
    hecho = subprocess.run(orden, cwd=RAIZ, capture_output=True, encoding="utf-8")
    assert hecho.stdout.splitlines() == ["otro proceso", "no se le esperó", "interrumpido"]


def test_lo_que_se_deja_a_medio_escribir_no_cuenta(tmp_path, monkeypatch):
    def se_detiene(ruta, contenido):
        with ruta.open("wb") as archivo:
            archivo.write(contenido[:5])
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "write_bytes", se_detiene)
    with pytest.raises(KeyboardInterrupt):
        viaje._escribe(tmp_path / "retrato", [1, 2, 3])
    assert not viaje._terminado("recibe", tmp_path)


def test_un_proceso_que_no_termina_se_cuenta(monkeypatch):
    monkeypatch.setattr(viaje, "LIMITE_SEGUNDOS", 0.01)
    fila = prueba_de_persistencia(LINEAL, X, metodos="pickle").loc["pickle"]
    assert fila["carga"] == "no"
    assert fila["motivo"] == "al cargar: no terminó en 0.01 segundos y se detuvo"


@pytest.mark.parametrize(
    ("modelo", "datos", "metodos", "frase"),
    [
        (LinearRegression(), X, None, "no está entrenado"),
        ({}, X, None, "No hay ningún modelo"),
        ([1, 2], X, None, "recibí list"),
        (LINEAL, X[:, 1:], None, "con esa X: lanza ValueError"),
        (LINEAL, X, "zip", "No conozco el método «zip»"),
        (LINEAL, X, ["pickle", "json"], "No conozco el método «json»"),
    ],
)
def test_prueba_de_persistencia_explica_lo_que_no_puede_hacer(modelo, datos, metodos, frase):
    with pytest.raises(ErrorDelCurso, match=frase):
        prueba_de_persistencia(modelo, datos, metodos=metodos)


def test_importar_los_ayudantes_no_carga_scikit_learn():
    codigo = "import helpers, sys; print({'sklearn', 'dill', 'joblib'} & set(sys.modules))"
    orden = [sys.executable, "-c", codigo]
    hecho = subprocess.run(orden, cwd=RAIZ, capture_output=True, text=True)
    assert hecho.stdout == "set()\n"
