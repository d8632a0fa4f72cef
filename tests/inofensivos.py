"""Modelos corrientes, entrenados con muy pocos datos: cada estimador de scikit-learn y más.

Como programa, los guarda de todas las maneras, mira los archivos y escribe lo que vio.
"""

import functools
import io
import json
import pickle
import sys
import warnings
from pathlib import Path

import joblib
import numpy as np
import pandas as pd
import skops.io
from sklearn.calibration import CalibratedClassifierCV
from sklearn.compose import (
    TransformedTargetRegressor,
    make_column_selector,
    make_column_transformer,
)
from sklearn.decomposition import PCA, TruncatedSVD
from sklearn.ensemble import (
    AdaBoostClassifier,
    GradientBoostingClassifier,
    GradientBoostingRegressor,
    HistGradientBoostingClassifier,
    HistGradientBoostingRegressor,
    RandomForestClassifier,
    StackingClassifier,
    VotingClassifier,
)
from sklearn.experimental import enable_halving_search_cv, enable_iterative_imputer  # noqa: F401
from sklearn.feature_extraction.text import HashingVectorizer, TfidfVectorizer
from sklearn.feature_selection import (
    SelectKBest,
    chi2,
    f_classif,
    f_regression,
    mutual_info_classif,
)
from sklearn.gaussian_process import GaussianProcessRegressor
from sklearn.gaussian_process import kernels as nucleos
from sklearn.impute import KNNImputer, SimpleImputer
from sklearn.linear_model import (
    LinearRegression,
    LogisticRegression,
    SGDClassifier,
    TweedieRegressor,
)
from sklearn.metrics import fbeta_score, make_scorer
from sklearn.model_selection import GridSearchCV, RandomizedSearchCV, StratifiedKFold
from sklearn.naive_bayes import GaussianNB, MultinomialNB
from sklearn.neighbors import KNeighborsClassifier, KNeighborsRegressor
from sklearn.neural_network import MLPClassifier
from sklearn.pipeline import make_pipeline, make_union
from sklearn.preprocessing import (
    FunctionTransformer,
    OneHotEncoder,
    OrdinalEncoder,
    QuantileTransformer,
    StandardScaler,
    TargetEncoder,
)
from sklearn.svm import SVC
from sklearn.tree import DecisionTreeClassifier
from sklearn.utils import all_estimators

# Nadie más sabe con qué parámetros se prueba cada estimador. Es privado: puede cambiar de sitio.
from sklearn.utils._test_common.instance_generator import _construct_instances

from helpers.inspeccion import globales, sospechas

FILAS = 24
_AZAR = np.random.default_rng(0)
X = np.abs(_AZAR.normal(size=(FILAS, 4))) + 0.1
CLASES = np.arange(FILAS) % 2
VALORES = X @ [1.0, 2.0, 3.0, 4.0] + 0.5
DOS = np.column_stack([CLASES, 1 - CLASES])
TEXTOS = ["un modelo", "un archivo más"] * (FILAS // 2)
TABLA = pd.DataFrame(X, columns=list("abcd")).assign(
    isla=pd.Categorical(["Biscoe", "Dream", "Torgersen"] * (FILAS // 3)),
    sexo=["hembra", "macho"] * (FILAS // 2),
)
CLASIFICAR, AJUSTAR, DE_TABLA = (X, CLASES), (X, VALORES), (TABLA, CLASES)
# Los que no se entrenan con `X` y `CLASES`.
CON_QUE = {
    "CountVectorizer": (TEXTOS,),
    "DictVectorizer": ([{"a": 1.0, "b": 2.0}] * FILAS,),
    "GammaRegressor": AJUSTAR,
    "IsotonicRegression": (X[:, 0], VALORES),
    "KernelCenterer": (X @ X.T,),
    "LabelBinarizer": (CLASES,),
    "LabelEncoder": (CLASES,),
    "MultiLabelBinarizer": ([["a"], ["b", "a"]],),
    "TfidfVectorizer": (TEXTOS,),
    **dict.fromkeys(
        ["ClassifierChain", "MultiOutputClassifier", "MultiOutputRegressor", "RegressorChain",
         "MultiTaskElasticNet", "MultiTaskElasticNetCV", "MultiTaskLasso", "MultiTaskLassoCV"],
        (X, DOS),
    ),
}  # fmt: skip
NO = {"FrozenEstimator", "SparseCoder"}  # no se construyen sin más, o no se entrenan con `X`
COMPRESORES = ("zlib", "gzip", "bz2", "xz", "lzma")  # uno por modelo
NO_EN_SKOPS = {"Birch"}


@functools.cache
def modelos():
    """Pares (nombre, modelo entrenado), todos distintos."""
    with warnings.catch_warnings(action="ignore"):  # con tan pocos datos, muchos no convergen
        compuestos = [
            (f"{type(modelo).__name__}, compuesto {numero}", modelo.fit(*datos))
            for numero, (modelo, datos) in enumerate(_compuestos())
        ]
        return [*_de_todos_los_estimadores(), *compuestos]


def _de_todos_los_estimadores():
    for nombre, clase in all_estimators():
        for numero, modelo in enumerate(_construct_instances(clase) if nombre not in NO else ()):
            datos = CON_QUE.get(nombre, CLASIFICAR)
            if "precomputed" in modelo.get_params().values():
                datos = (X @ X.T, *datos[1:])
            yield f"{nombre}, {numero}", modelo.fit(*datos)


def _compuestos():
    yield from _tuberias()
    yield from _busquedas()
    yield from _con_una_funcion()
    yield from _con_una_perdida()
    yield from _de_otros()


def _tuberias():
    columnas = make_column_transformer(
        (StandardScaler(), ["a", "b"]),
        (OneHotEncoder(handle_unknown="ignore"), ["isla", "sexo"]),
        remainder="passthrough",
    )
    por_tipo = make_column_transformer(
        (SimpleImputer(add_indicator=True), make_column_selector(dtype_include="number")),
        (OrdinalEncoder(), slice(4, 6)),
    )
    finales = (
        LogisticRegression(max_iter=20), RandomForestClassifier(3, max_depth=3, random_state=0),
        HistGradientBoostingClassifier(max_iter=3), SVC(), KNeighborsClassifier(3),
    )  # fmt: skip
    for final in finales:
        yield make_pipeline(columnas, final), DE_TABLA
        yield make_pipeline(por_tipo, final), DE_TABLA
        yield GridSearchCV(make_pipeline(StandardScaler(), final), {}, cv=2), CLASIFICAR
    yield make_union(PCA(2), TruncatedSVD(2)), (X,)
    yield make_pipeline(TfidfVectorizer(ngram_range=(1, 2)), MultinomialNB()), (TEXTOS, CLASES)
    yield make_pipeline(HashingVectorizer(n_features=16), SGDClassifier()), (TEXTOS, CLASES)


def _busquedas():
    bosque, profundidades = RandomForestClassifier(2), {"max_depth": [1, 2]}
    metricas = {"a": "accuracy", "b": make_scorer(fbeta_score, beta=2)}
    partes = StratifiedKFold(2, shuffle=True, random_state=0)
    al_azar = {"n_iter": 2, "cv": partes, "random_state": np.random.RandomState(0)}
    curva = {"C": np.logspace(-1, 1, 3)}
    yield GridSearchCV(bosque, profundidades, cv=2, scoring="f1"), CLASIFICAR
    yield GridSearchCV(LogisticRegression(), curva, cv=2, scoring=metricas, refit="a"), CLASIFICAR
    yield (
        RandomizedSearchCV(bosque, profundidades, **al_azar),
        CLASIFICAR,
    )
    for generador in (np.random.RandomState(1), np.random.mtrand._rand):
        yield RandomForestClassifier(2, random_state=generador), CLASIFICAR


def _con_una_funcion():
    for funcion in (np.log1p, np.sqrt, np.exp, np.log, np.abs, np.square, None):
        yield make_pipeline(FunctionTransformer(funcion), LinearRegression()), AJUSTAR
    for puntua in (f_classif, chi2, mutual_info_classif, f_regression):
        yield make_pipeline(SelectKBest(puntua, k=2), LogisticRegression()), CLASIFICAR
    yield TransformedTargetRegressor(LinearRegression(), func=np.log, inverse_func=np.exp), AJUSTAR
    for nucleo in (
        nucleos.RBF(), nucleos.Matern() + nucleos.WhiteKernel(), nucleos.DotProduct() ** 2,
        nucleos.ConstantKernel() * nucleos.RationalQuadratic(),
    ):  # fmt: skip
        yield GaussianProcessRegressor(nucleo, alpha=1e-2), AJUSTAR
    for metrica in ("euclidean", "manhattan", "chebyshev", "minkowski"):
        for arbol in ("ball_tree", "kd_tree"):
            yield KNeighborsRegressor(3, algorithm=arbol, metric=metrica, p=3), AJUSTAR


def _con_una_perdida():
    for perdida in ("squared_error", "absolute_error", "huber", "quantile"):
        yield GradientBoostingRegressor(loss=perdida, n_estimators=2), AJUSTAR
    for perdida in ("squared_error", "absolute_error", "poisson", "gamma", "quantile"):
        yield HistGradientBoostingRegressor(loss=perdida, quantile=0.5, max_iter=2), AJUSTAR
    for perdida in (
        "hinge", "log_loss", "modified_huber", "squared_hinge", "perceptron", "huber",
        "epsilon_insensitive", "squared_error", "squared_epsilon_insensitive",
    ):  # fmt: skip
        yield SGDClassifier(loss=perdida), CLASIFICAR
    for potencia in (0, 1, 1.5, 2, 3):
        yield TweedieRegressor(power=potencia, max_iter=10), AJUSTAR
    yield GradientBoostingClassifier(loss="exponential", n_estimators=2), CLASIFICAR


def _de_otros():
    parejas = [("a", LogisticRegression()), ("b", RandomForestClassifier(2))]
    for primero in (DecisionTreeClassifier(max_depth=2), GaussianNB()):
        yield AdaBoostClassifier(primero, n_estimators=2), CLASIFICAR
        yield GradientBoostingClassifier(init=primero, n_estimators=2), CLASIFICAR
        yield CalibratedClassifierCV(primero, cv=2, method="isotonic"), CLASIFICAR
    yield VotingClassifier(parejas), CLASIFICAR
    yield StackingClassifier(parejas, cv=2), CLASIFICAR
    yield TransformedTargetRegressor(transformer=QuantileTransformer(n_quantiles=5)), AJUSTAR
    yield MLPClassifier((4,), max_iter=5, early_stopping=True), CLASIFICAR
    yield KNeighborsClassifier(weights="distance"), CLASIFICAR
    yield KNNImputer(), (X,)
    yield OneHotEncoder(), (TABLA,)
    yield StandardScaler().set_output(transform="pandas"), (TABLA[["a", "b"]],)
    yield TargetEncoder(cv=2), (TABLA[["isla"]], CLASES)
    yield LinearRegression(), (TABLA[["a"]].astype("float32"), VALORES)
    yield LogisticRegression(class_weight={0: 1.0, 1: 2.0}), CLASIFICAR
    yield LogisticRegression(), (X, np.array(["no", "sí"])[CLASES])
    yield LogisticRegression(), (X, pd.Series(["no", "sí"], dtype=object)[CLASES])


def archivos(nombre, modelo):
    """Pares (formato, bytes) de un modelo, guardado de seis maneras de las que se pueden mirar."""
    for protocolo in (3, 4, 5):
        yield f"pickle {protocolo}", pickle.dumps(modelo, protocol=protocolo)
    yield "joblib", _en_memoria(joblib.dump, modelo)
    compresor = COMPRESORES[len(nombre) % len(COMPRESORES)]
    yield f"joblib {compresor}", _en_memoria(joblib.dump, modelo, compress=(compresor, 1))
    if nombre.partition(",")[0] not in NO_EN_SKOPS:
        yield "skops", _en_memoria(skops.io.dump, modelo)


def _en_memoria(guarda, modelo, **opciones):
    memoria = io.BytesIO()
    guarda(modelo, memoria, **opciones)
    return memoria.getvalue()


def _miradas():
    """De cada modelo y cada formato: sus sospechas, si se ve su clase y si se miró entero."""
    for nombre, modelo in modelos():
        clase = f"{type(modelo).__module__}.{type(modelo).__qualname__}"
        for formato, bytes_ in archivos(nombre, modelo):
            visto = globales(io.BytesIO(bytes_))
            yield (
                nombre,
                formato,
                sospechas(io.BytesIO(bytes_)),
                clase in visto.nombres,
                visto.motivo,
            )


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(json.dumps(list(_miradas())), encoding="utf-8")
