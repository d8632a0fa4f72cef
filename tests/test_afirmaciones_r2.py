"""Las respuestas del repaso r2 no se creen: se miden aquí."""

import hashlib
import hmac
import pickle
import sys
import warnings
from pathlib import Path

import joblib
import numpy as np
import pytest
import sklearn
from sklearn._loss import _loss
from sklearn.datasets import load_iris
from sklearn.ensemble import HistGradientBoostingRegressor, RandomForestClassifier
from sklearn.exceptions import InconsistentVersionWarning
from sklearn.linear_model import LinearRegression

from helpers import ficha, inspeccion, save_model
from helpers.ejercicios import revision_r2 as r2
from helpers.proceso import ejecuta_en_proceso_nuevo

X = [[1.0], [2.0], [3.0]]


@pytest.fixture(autouse=True)
def en_una_carpeta_vacia(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


class Regalo:
    """Al cargarse pide `print`, que es inofensivo."""

    def __reduce__(self):
        return print, ("se ha ejecutado print",)


def test_r2_joblib_ejecuta_lo_que_pide_un_objeto(capsys):
    joblib.dump(Regalo(), "regalo.joblib")
    joblib.load("regalo.joblib")
    assert capsys.readouterr().out == "se ha ejecutado print\n"
    assert r2.SEGURO.valen == {"c"}


@pytest.mark.parametrize(
    ("lineas", "sin_modelo"), [("abcde", "c"), (["a", "b", "replace", "e"], "")]
)
def test_r2_solo_una_linea_deja_un_momento_sin_modelo(lineas, sin_modelo):
    ruta, nuevo = Path("modelo.joblib"), Path(".modelo.joblib.nuevo")
    pasos = {
        "b": lambda: joblib.dump(LinearRegression(), nuevo),
        "c": ruta.unlink,
        "d": lambda: nuevo.rename(ruta),
        "replace": lambda: nuevo.replace(ruta),
    }
    ruta.write_bytes(b"el de ayer")
    falta = ""
    for linea in lineas:
        pasos.get(linea, lambda: None)()
        falta += "" if ruta.exists() else linea
    assert falta == sin_modelo
    assert r2.APAGON.valen == set("c")


def test_r2_hoy_un_bosque_hace_la_media_de_lo_que_haya_en_sus_hojas():
    flores, especie = load_iris(return_X_y=True)
    bosque = RandomForestClassifier(4, max_depth=2, random_state=0).fit(flores, especie)
    cuentas = []
    for arbol in bosque.estimators_:
        estado = arbol.tree_.__getstate__()
        estado["values"] = estado["values"] * arbol.tree_.weighted_n_node_samples[:, None, None]
        arbol.tree_.__setstate__(estado)
        cuentas.append(arbol.tree_.value[arbol.apply(flores), 0])
    assert np.allclose(bosque.predict_proba(flores), np.mean(cuentas, axis=0))
    assert bosque.predict_proba(flores).sum(axis=1).min() > 2


def test_r2_la_cuenta_de_las_cuatro_hojas():
    hojas = np.array(r2.HOJAS)
    entonces = (hojas / hojas.sum(axis=1, keepdims=True)).mean(axis=0)
    hoy = hojas.mean(axis=0)
    assert (entonces.argmax(), hoy.argmax()) == (0, 1), "el enunciado dice que ganaba A"
    assert np.isclose(entonces.sum(), 1)
    assert hoy.sum() == r2.SUMA == 12.5


def test_r2_la_ficha_sin_mas_datos_deja_tres_claves_en_blanco(capsys):
    save_model(LinearRegression().fit(X, [2, 4, 6]), "enero.joblib", X_ejemplo=X)
    escrita = ficha.de("enero.joblib")
    en_blanco = {clave for clave, valor in escrita.items() if valor is None}
    assert en_blanco == set(r2.FALTAN)
    assert escrita.keys() - en_blanco == set(r2.YA_ESTAN)


# --- r2.7 ----------------------------------------------------------------------------------------
def test_r2_una_pagina_web_da_el_codigo_de_su_primer_caracter():
    Path("a.joblib").write_text("<!DOCTYPE html>", encoding="utf-8")
    with pytest.raises(KeyError) as error:
        joblib.load("a.joblib")
    assert error.value.args == (60,) == (ord("<"),)
    assert r2.SINTOMAS["a"].valen == {"otra copia"}


def test_r2_otra_copia_pide_el_mismo_modulo_y_donde_esta_se_carga(monkeypatch):
    y = np.arange(40.0)
    modelo = HistGradientBoostingRegressor(max_iter=2).fit(y[:, None], y)
    hoy, antes = b"csklearn._loss._loss\n", b"c_loss\n"
    de_la_1_8 = pickle.dumps(modelo, protocol=0).replace(hoy, antes)
    for copia in (de_la_1_8, bytes(de_la_1_8)):
        with pytest.raises(ModuleNotFoundError, match="No module named '_loss'"):
            pickle.loads(copia)
    monkeypatch.setitem(sys.modules, "_loss", _loss)  # como en su versión
    assert np.array_equal(pickle.loads(de_la_1_8).predict(y[:, None]), modelo.predict(y[:, None]))
    assert r2.SINTOMAS["b"].valen == {"sus versiones"}


def test_r2_el_aviso_es_el_mismo_aunque_las_respuestas_coincidan():
    modelo = LinearRegression().fit(X, [2, 4, 6])
    otra = sklearn.__version__.encode()
    de_otra = pickle.dumps(modelo).replace(otra, b"0" + otra[1:])
    with warnings.catch_warnings(record=True, action="always") as avisos:
        cargado = pickle.loads(de_otra)
    assert [aviso.category for aviso in avisos] == [InconsistentVersionWarning]
    assert np.array_equal(cargado.predict(X), modelo.predict(X))
    assert r2.SINTOMAS["c"].valen == {"usarlo"}


def test_r2_lo_que_pide_un_archivo_se_ve_sin_cargarlo():
    Path("d.pkl").write_bytes(pickle.dumps(exec))
    assert inspeccion.globales("d.pkl").nombres == ("builtins.exec",)
    assert r2.SINTOMAS["d"].valen == {"rechazarlo"}


# --- r2.8: los cuatro controles, en su orden, ante las cinco cosas -------------------------------
CLAVE = b"la clave del equipo"
MODULO = "def ajusta(tabla):\n    return tabla * {}\n"


def firma(datos):
    return hmac.digest(CLAVE, datos, "sha256")


CREA = f"""
import pickle, ajuste
from sklearn.linear_model import LinearRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import FunctionTransformer
for nombre, ultimo in (("bueno", 6), ("otro", 9)):
    modelo = make_pipeline(FunctionTransformer(ajuste.ajusta), LinearRegression())
    with open(f"{{nombre}}.pkl", "wb") as archivo:
        pickle.dump(modelo.fit({X}, [2, 4, ultimo]), archivo)
"""
DEL_BUENO = "[2. 4. 6.]\n"


def responde():
    usa = f"import pickle\nprint(pickle.load(open('llega.pkl', 'rb')).predict({X}).round(6))"
    return ejecuta_en_proceso_nuevo(usa, ".").texto


@pytest.mark.parametrize("letra", r2.CASOS)
def test_r2_el_primer_control_que_lo_detiene(letra):
    Path("ajuste.py").write_text(MODULO.format(1), encoding="utf-8")
    assert not ejecuta_en_proceso_nuevo(CREA, ".").error
    bueno, otro = Path("bueno.pkl").read_bytes(), Path("otro.pkl").read_bytes()
    permitidos = set(inspeccion.globales("bueno.pkl").nombres)
    pide_otra_cosa = pickle.dumps(print)
    estropeado = bueno[:-50] + bytes([bueno[-50] ^ 1]) + bueno[-49:]
    # Lo que llega, de qué archivo es la huella de la ficha y cuál se firmó.
    llega, con_huella, firmado = {
        "a": (estropeado, bueno, bueno),
        "b": (otro, otro, bueno),
        "c": (pide_otra_cosa, pide_otra_cosa, pide_otra_cosa),
        "d": (bueno, bueno, bueno),
        "e": (otro, otro, otro),
    }[letra]
    if letra == "d":
        Path("ajuste.py").write_text(MODULO.format(2), encoding="utf-8")
    Path("llega.pkl").write_bytes(llega)
    controles = {
        "huella": lambda: hashlib.sha256(llega).digest() == hashlib.sha256(con_huella).digest(),
        "firma": lambda: hmac.compare_digest(firma(llega), firma(firmado)),
        "lista": lambda: set(inspeccion.globales("llega.pkl").nombres) <= permitidos,
        "respuestas": lambda: responde() == DEL_BUENO,
    }
    assert tuple(controles) == r2.CONTROLES
    if letra == "a":  # con todo en orden, los cuatro lo dejan pasar
        Path("llega.pkl").write_bytes(bueno)
        assert controles["lista"]() and controles["respuestas"]()
        Path("llega.pkl").write_bytes(llega)
    primero = next(control for control, pasa in controles.items() if not pasa())
    assert {primero} == r2.CASOS[letra].valen
