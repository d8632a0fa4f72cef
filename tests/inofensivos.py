"""Modelos corrientes, entrenados con muy pocos datos: cada estimador de scikit-learn y más."""

import warnings

import numpy as np
import pandas as pd
from sklearn import (
    compose,
    decomposition,
    ensemble,
    feature_extraction,
    feature_selection,
    gaussian_process,
    impute,
    linear_model,
    metrics,
    model_selection,
    naive_bayes,
    neighbors,
    neural_network,
    pipeline,
    preprocessing,
    svm,
    tree,
)
from sklearn.exceptions import ConvergenceWarning
from sklearn.utils import all_estimators

# Nadie más sabe con qué parámetros se prueba cada estimador. Es privado: puede cambiar de sitio.
from sklearn.utils._test_common.instance_generator import _construct_instances

FILAS = 24
_AZAR = np.random.default_rng(0)
X = np.abs(_AZAR.normal(size=(FILAS, 4))) + 0.1
CLASES = np.arange(FILAS) % 2
VALORES = X @ [1.0, 2.0, 3.0, 4.0] + 0.5
DOS = np.column_stack([CLASES, 1 - CLASES])
TEXTOS = ["un modelo", "un archivo más"] * (FILAS // 2)
TABLA = pd.DataFrame(X, columns=list("abcd")).assign(
    isla=pd.Categorical(["Biscoe", "Dream", "Torgersen"] * (FILAS // 3)), sexo=["h", "m"] * (FILAS // 2)
)
# Los que no se entrenan con `X` y `CLASES`.
CON_QUE = {
    "CountVectorizer": (TEXTOS,),
    "DictVectorizer": ([{"a": 1.0, "b": 2.0}] * FILAS,),
    "GammaRegressor": (X, VALORES),
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


def modelos():
    """Pares (nombre, modelo entrenado), todos distintos."""
    with warnings.catch_warnings(action="ignore"):
        yield from _de_todos_los_estimadores()
        for numero, (modelo, datos) in enumerate(_compuestos()):
            yield f"{type(modelo).__name__} compuesto {numero}", modelo.fit(*datos)


def _de_todos_los_estimadores():
    for nombre, clase in all_estimators():
        if nombre in NO:
            continue
        for numero, modelo in enumerate(_construct_instances(clase)):
            datos = CON_QUE.get(nombre, (X, CLASES))
            if "precomputed" in getattr(modelo, "get_params")().values():
                datos = (X @ X.T, *datos[1:])
            yield f"{nombre} {numero}", modelo.fit(*datos)


def _compuestos():
    columnas = compose.make_column_transformer(
        (preprocessing.StandardScaler(), ["a", "b"]),
        (preprocessing.OneHotEncoder(handle_unknown="ignore"), ["isla", "sexo"]),
        remainder="passthrough",
    )
    seleccion = compose.make_column_transformer(
        (impute.SimpleImputer(add_indicator=True), compose.make_column_selector(dtype_include="number")),
        (preprocessing.OrdinalEncoder(), slice(4, 6)),
    )
    recta = linear_model.LinearRegression()
    bosque = ensemble.RandomForestClassifier(3, max_depth=3, random_state=0)
    tabla, numeros = (TABLA, CLASES), (X, CLASES)
    logistica = linear_model.LogisticRegression(max_iter=20)
    for final in (logistica, bosque, ensemble.HistGradientBoostingClassifier(max_iter=3),
                  svm.SVC(probability=False), neighbors.KNeighborsClassifier(3)):  # fmt: skip
        yield pipeline.make_pipeline(columnas, final), tabla
        yield pipeline.make_pipeline(seleccion, final), tabla
        yield model_selection.GridSearchCV(
            pipeline.make_pipeline(preprocessing.StandardScaler(), final), {}, cv=2), numeros  # fmt: skip
    yield model_selection.GridSearchCV(bosque, {"max_depth": [1, 2]}, cv=2, scoring="f1"), numeros
    yield model_selection.GridSearchCV(logistica, {"C": np.logspace(-1, 1, 3)}, cv=2,
        scoring={"a": "accuracy", "b": metrics.make_scorer(metrics.fbeta_score, beta=2)}, refit="a"), numeros
    yield model_selection.RandomizedSearchCV(bosque, {"max_depth": [1, 2, 3]}, n_iter=2, cv=model_selection.StratifiedKFold(2, shuffle=True, random_state=0), random_state=np.random.RandomState(0)), numeros
    for azar in (np.random.RandomState(1), np.random.mtrand._rand):
        yield ensemble.RandomForestClassifier(2, random_state=azar), numeros
    for funcion in (np.log1p, np.sqrt, np.exp, np.log, np.abs, np.square, None):
        yield pipeline.make_pipeline(preprocessing.FunctionTransformer(funcion), recta), (X, VALORES)
    for k in (feature_selection.f_classif, feature_selection.chi2, feature_selection.mutual_info_classif, feature_selection.f_regression):
        yield pipeline.make_pipeline(feature_selection.SelectKBest(k, k=2), logistica), numeros
    for nucleo in (gaussian_process.kernels.RBF(), gaussian_process.kernels.Matern() + gaussian_process.kernels.WhiteKernel(), gaussian_process.kernels.ConstantKernel() * gaussian_process.kernels.RationalQuadratic(), gaussian_process.kernels.DotProduct()**2):
        yield gaussian_process.GaussianProcessRegressor(nucleo, alpha=1e-2), (X, VALORES)
    for metrica in ("euclidean", "manhattan", "chebyshev", "haversine"):
        for algoritmo in ("ball_tree", "kd_tree"):
            if (metrica, algoritmo) != ("haversine", "kd_tree"):
                yield neighbors.KNeighborsRegressor(3, algorithm=algoritmo, metric=metrica), (X[:, :2], VALORES)
    for perdida in ("squared_error", "absolute_error", "huber", "quantile"):
        yield ensemble.GradientBoostingRegressor(loss=perdida, n_estimators=2), (X, VALORES)
    for perdida in ("squared_error", "absolute_error", "poisson", "gamma", "quantile"):
        yield ensemble.HistGradientBoostingRegressor(loss=perdida, quantile=.5, max_iter=2), (X, VALORES)
    for perdida in ("hinge", "log_loss", "modified_huber", "squared_hinge", "perceptron", "huber", "epsilon_insensitive", "squared_error", "squared_epsilon_insensitive"):
        yield linear_model.SGDClassifier(loss=perdida), numeros
    for potencia in (0, 1, 1.5, 2, 3):
        yield linear_model.TweedieRegressor(power=potencia, max_iter=10), (X, VALORES)
    for inicial in (tree.DecisionTreeClassifier(max_depth=2), naive_bayes.GaussianNB()):
        yield ensemble.AdaBoostClassifier(inicial, n_estimators=2), numeros
        yield ensemble.GradientBoostingClassifier(init=inicial, n_estimators=2), numeros
    yield ensemble.VotingClassifier([("a", logistica), ("b", bosque)]), numeros
    yield ensemble.StackingClassifier([("a", logistica), ("b", bosque)], cv=2), numeros
    yield compose.TransformedTargetRegressor(recta, func=np.log, inverse_func=np.exp), (X, VALORES)
    yield compose.TransformedTargetRegressor(recta, transformer=preprocessing.QuantileTransformer(n_quantiles=5)), (X, VALORES)
    yield pipeline.make_pipeline(feature_extraction.text.TfidfVectorizer(ngram_range=(1, 2)), naive_bayes.MultinomialNB()), (TEXTOS, CLASES)
    yield pipeline.make_pipeline(feature_extraction.text.HashingVectorizer(n_features=16), linear_model.SGDClassifier()), (TEXTOS, CLASES)
    yield pipeline.make_union(decomposition.PCA(2), decomposition.TruncatedSVD(2)), (X,)
    yield neural_network.MLPClassifier((4,), max_iter=5, early_stopping=True), numeros
    yield neighbors.KNeighborsClassifier(weights="distance"), numeros
    yield linear_model.LogisticRegression(class_weight={0: 1.0, 1: 2.0}), numeros
    yield preprocessing.OneHotEncoder(), (TABLA,)
    yield preprocessing.StandardScaler().set_output(transform="pandas"), (TABLA[["a", "b"]],)
    yield preprocessing.TargetEncoder(cv=2), (TABLA[["isla"]], CLASES)
    yield linear_model.LinearRegression(), (TABLA[["a"]].astype("float32"), VALORES)
    yield linear_model.LogisticRegression(), (X, np.array(["no", "sí"])[CLASES])
    yield linear_model.LogisticRegression(), (X, pd.Series(["no", "sí"], dtype=object)[CLASES])
    yield impute.KNNImputer(), (X,)
