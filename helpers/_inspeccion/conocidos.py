"""Los nombres que un modelo corriente pide, según para qué los pide.

Las listas se midieron: son lo que piden los modelos de `tests/inofensivos.py`, y sus hermanos. De
los módulos de fuera van los nombres exactos, porque por módulos no se puede: `numpy` trae
`numpy.testing._private.utils.runstring`, y las distribuciones de `scipy.stats` ejecutan un texto
que llevan dentro.

De scikit-learn vale lo que su código **define** en los módulos de modelos, leído del archivo `.py`
instalado: ni se importa nada, ni cuenta lo que ese módulo importe de otros (`os`, `subprocess`), y
la lista crece con cada versión. Sus clases se pueden crear y sus funciones se pueden guardar, pero
llamar, solo se llama a lo que está en `LLAMADOS`.
"""

import functools
import re
from importlib.util import find_spec
from pathlib import Path

# Lo que se llama al cargar. Con cualquier argumento de los que se admiten, construye un dato.
LLAMADOS = {
    "builtins": "slice",
    "numpy": "dtype",
    "numpy._core.multiarray": "_reconstruct scalar",
    "numpy.core.multiarray": "_reconstruct scalar",  # su sitio hasta NumPy 1.26
    "numpy._core.numeric": "_frombuffer",
    "numpy.core.numeric": "_frombuffer",
    "numpy.ma.core": "_mareconstruct",
    "numpy.random._pickle": "__bit_generator_ctor __generator_ctor __randomstate_ctor",
    "numpy.random.bit_generator": "__pyx_unpickle_SeedSequence",
    "sklearn.linear_model._sgd_fast": "EpsilonInsensitive Hinge ModifiedHuber SquaredHinge "
    "SquaredEpsilonInsensitive",
    "sklearn._loss._loss": "CyAbsoluteError CyExponentialLoss CyHalfBinomialLoss CyHalfGammaLoss "
    "CyHalfMultinomialLoss CyHalfPoissonLoss CyHalfSquaredError CyHalfTweedieLoss CyHuberLoss "
    "CyHalfTweedieLossIdentity CyPinballLoss",
    "sklearn.metrics._dist_metrics": "newObj",
    "sklearn.neighbors._ball_tree": "newObj",
    "sklearn.neighbors._kd_tree": "newObj",
    "sklearn.tree._tree": "Tree",
}
# Los nombres que una de esas llamadas puede recibir: clases de las que hará un objeto.
PASADOS = {
    "numpy": "ndarray",
    "numpy.ma": "MaskedArray",
    "numpy.random._mt19937": "MT19937",
    "numpy.random._pcg64": "PCG64",
    "numpy.random._pickle": "__bit_generator_ctor",  # hasta NumPy 1.26, y sin más que su nombre
    "numpy.random.bit_generator": "SeedSequence",
    "sklearn.neighbors._ball_tree": "BallTree BallTree32 BallTree64",
    "sklearn.neighbors._kd_tree": "KDTree KDTree32 KDTree64",
    "sklearn.metrics._dist_metrics": " ".join(
        f"{distancia}Distance{bits}"
        for distancia in ("Euclidean", "SEuclidean", "Manhattan", "Chebyshev", "Minkowski",
                          "Mahalanobis", "Hamming", "Canberra", "BrayCurtis", "Jaccard", "Dice",
                          "RogersTanimoto", "RussellRao", "SokalMichener", "SokalSneath",
                          "Haversine")
        for bits in ("", "32", "64")
    ),
}  # fmt: skip
# De lo que se hacen objetos vacíos que después se rellenan. Y las clases de scikit-learn.
CREADOS = {
    "joblib.numpy_pickle": "NumpyArrayWrapper",
    "scipy.interpolate._bsplines": "BSpline",
    "scipy.sparse._csr": "csr_matrix csr_array",
    "scipy.sparse._csc": "csc_matrix csc_array",
    "sklearn.impute._iterative": "_ImputerTriplet",
    "sklearn.tree._tree": "Tree",
    "sklearn.utils._bunch": "Bunch",
    "sklearn.utils._metadata_requests": "MetadataRequest MethodMetadataRequest",
}
# Lo que skops sabe hacer por su cuenta, y además las pérdidas de `LLAMADOS`.
NODOS = {
    "builtins": "dict list tuple set str bytes slice",
    "numpy": "dtype ndarray float32 float64 int32 int64 uint64 bool str_",
    "numpy.ma": "MaskedArray",
    "numpy.random._generator": "Generator",
    "numpy.random.mtrand": "RandomState",
    "scipy.sparse._csr": "csr_matrix csr_array",
    "scipy.sparse._csc": "csc_matrix csc_array",
    "sklearn.impute._iterative": "_ImputerTriplet",
    "sklearn.utils._bunch": "Bunch",
}
# Lo que un modelo guarda como parámetro: el nombre de una función o de un tipo.
GUARDADOS = {
    "builtins": "bool bytes complex dict float int list object set str tuple",
    "numpy": "absolute bool exp exp2 expm1 float32 float64 int32 int64 log log10 log1p log2 max "
    "mean median min reciprocal sign sqrt square str_ sum uint64",
    "scipy._lib.array_api_compat.numpy._aliases": "asarray",
    "scipy.special._ufuncs": "expit logit",
}
LISTAS = (LLAMADOS, PASADOS, CREADOS, NODOS, GUARDADOS)
DE_MODELOS = {
    "_loss", "base", "calibration", "cluster", "compose", "covariance", "cross_decomposition",
    "decomposition", "discriminant_analysis", "dummy", "ensemble", "feature_extraction",
    "feature_selection", "frozen", "gaussian_process", "impute", "isotonic",
    "kernel_approximation", "kernel_ridge", "linear_model", "manifold", "metrics", "mixture",
    "model_selection", "multiclass", "multioutput", "naive_bayes", "neighbors", "neural_network",
    "pipeline", "preprocessing", "random_projection", "semi_supervised", "svm", "tree",
}  # fmt: skip
MODULO = re.compile(r"sklearn((?:\.[a-z_][a-z0-9_]*)+)", re.ASCII)
LARGO = 100  # letras de un módulo: un archivo con un nombre más largo no se puede buscar
NOMBRE = re.compile(r"[A-Za-z_]\w*", re.ASCII)


def desconocidos(lectura):
    """Los nombres de una lectura que un modelo corriente no pide, o no para eso.

    Parámetros
    ----------
    lectura : Lectura

    Devuelve
    --------
    list de str
        Frases, en orden.
    """
    raros = {par for par in lectura.nombres if not (_esta(par, *LISTAS) or _es_de_un_modelo(par))}
    hace = {
        "pide": raros,
        "llama a": {par for par in lectura.llamados if not _esta(par, LLAMADOS)},
        "llama a algo con": {par for par in lectura.pasados if not _esta(par, PASADOS)},
        "crea": {
            par for par in lectura.creados
            if not (_esta(par, CREADOS, PASADOS) or _es_de_un_modelo(par, "class"))
        },
        "reconstruye": {par for par in lectura.nodos if not _esta(par, NODOS, LLAMADOS)},
    }  # fmt: skip
    return [
        f"{verbo} {_frase(par)}, y un modelo no"
        for verbo, pares in hace.items()
        for par in sorted(pares if pares is raros else pares - raros)
    ]


def _esta(par, *listas):
    modulo, nombre = par
    return any(nombre in lista.get(modulo, "").split() for lista in listas)


def _frase(par):
    """El nombre, en una línea y sin nada que una terminal pueda obedecer."""
    return ascii(".".join(par)[:100])[1:-1]


def _es_de_un_modelo(par, que="class|def"):
    """Si scikit-learn define ese nombre en uno de sus módulos de modelos."""
    modulo, nombre = par
    es_suyo = MODULO.fullmatch(modulo)
    if es_suyo is None or len(modulo) > LARGO or not NOMBRE.fullmatch(nombre):
        return False
    paquete, *resto = es_suyo[1][1:].split(".")
    if paquete not in DE_MODELOS or "tests" in resto:
        return False
    return bool(re.search(rf"^(?:{que}) {nombre}\b", _fuente(paquete, *resto), re.MULTILINE))


@functools.lru_cache(maxsize=64)
def _fuente(*partes):
    """El código de un módulo de scikit-learn; vacío si no lo tiene o no está en Python."""
    sklearn = find_spec("sklearn")  # de un paquete sin puntos dice dónde está, y no lo importa
    if sklearn is None:
        return ""
    carpeta = Path(sklearn.origin).parent.joinpath(*partes)
    for ruta in (carpeta.with_suffix(".py"), carpeta / "__init__.py"):
        if ruta.is_file():
            return ruta.read_text(encoding="utf-8")
    return ""
