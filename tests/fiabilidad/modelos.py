"""Modelos pequeños para dañar, y uno numerado que dice por todas partes qué número es."""

import copy
from dataclasses import dataclass

import numpy as np
from sklearn.ensemble import RandomForestRegressor
from sklearn.linear_model import LinearRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

X = np.random.default_rng(0).normal(size=(40, 3))
Y = X @ [1.0, 2.0, 3.0] + np.random.default_rng(1).normal(size=40)
CONFIAR = {"bosque": ("sklearn.tree._tree.Tree",)}


@dataclass(frozen=True)
class Forma:
    """Un método, su extensión y su compresión."""

    nombre: str
    extension: str
    compress: int


FORMAS = (
    Forma("pickle", ".pkl", 0),
    Forma("joblib", ".joblib", 0),
    Forma("joblib comprimido", ".joblib", 3),
    Forma("dill", ".dill", 0),
    Forma("skops", ".skops", 0),
    Forma("skops comprimido", ".skops", 3),
)
# Con qué se corta y se interrumpe: la compresión de fábrica donde la hay.
METODOS = {"pickle": (".pkl", 0), "joblib": (".joblib", 3), "dill": (".dill", 0),
           "skops": (".skops", 3)}  # fmt: skip


def pequenos():
    """Un modelo de cada tamaño de archivo, entrenados igual en todas partes."""
    return {
        "recta": LinearRegression().fit(X, Y),
        "tubería": make_pipeline(StandardScaler(), LinearRegression()).fit(X, Y),
        "bosque": RandomForestRegressor(3, max_depth=3, random_state=0).fit(X, Y),
    }


_RECTA = LinearRegression().fit(X, Y)


def numerado(numero, relleno=0, trampa=None):
    """Un modelo que predice `numero`, 2·`numero` y 3·`numero` para las tres filas de `EJEMPLO`.

    Parámetros
    ----------
    numero : int
    relleno : int
        Cuántos números más lleva dentro, todos iguales al suyo: mezclar dos se nota.
    trampa : Trampa, opcional
        Va en medio del archivo: salta cuando la mitad ya se ha escrito.
    """
    modelo = copy.copy(_RECTA)
    modelo.coef_ = numero * np.array([1.0, 2.0, 3.0])
    modelo.intercept_ = 0.0
    modelo.relleno_ = np.full(relleno, float(numero))
    if trampa is not None:
        modelo.trampa_ = trampa
        modelo.cola_ = np.full(relleno, float(numero))
    return modelo


EJEMPLO = np.eye(3)


def numero_de(modelo):
    """El número de un modelo numerado, o ValueError si sus partes no dicen el mismo."""
    numero = int(modelo.coef_[0])
    entero = np.array_equal(modelo.predict(EJEMPLO), numero * np.array([1.0, 2.0, 3.0]))
    if not entero or not (modelo.relleno_ == numero).all():
        raise ValueError(f"mezcla: {modelo.predict(EJEMPLO)}, {np.unique(modelo.relleno_)}")
    return numero


class Trampa:
    """Algo que, al guardarlo, hace lo que se le diga: morir, fallar o nada."""

    salta = staticmethod(lambda: None)

    def __getstate__(self):
        """Lo que pickle, joblib, dill y skops preguntan al llegar aquí."""
        Trampa.salta()
        return {"nada": 0}

    def __setstate__(self, estado):
        """Vuelve sin nada."""
