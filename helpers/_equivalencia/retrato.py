"""Un modelo convertido en datos que se pueden comparar, también con los de otro proceso."""

import copy
import warnings
from dataclasses import dataclass, field

import joblib
import numpy as np
from scipy import sparse
from sklearn.utils.validation import check_is_fitted

from helpers._equivalencia.huella import SENCILLOS, huella, lo_que_dura, nombre_completo

METODOS_DE_SALIDA = ("predict", "predict_proba", "decision_function", "transform")


@dataclass(frozen=True)
class Pieza:
    """Lo que devolvió un método: tipo, forma, dtype, valores y, si los hay, sus rótulos.

    Si el método falló, `error` es el nombre de la excepción y lo demás queda vacío.
    """

    tipo: str = ""
    forma: tuple = ()
    dtype: str = ""
    valores: np.ndarray = field(default_factory=lambda: np.empty(0))
    rotulos: bytes = b""
    error: str = ""


@dataclass(frozen=True)
class Retrato:
    """Lo que se compara de un modelo.

    Parámetros
    ----------
    clase : str
        Módulo y nombre.
    entrenado : bool
    parametros : dict de str a (huella, texto)
        Los de `get_params`; `escala__copy` es el `copy` del paso `escala`.
    aprendido : dict de str a huella
        Los demás atributos, también los de cada paso de un Pipeline.
    salidas : dict de str a Pieza
        Lo que dan `predict`, `predict_proba`, `decision_function` y `transform` con X.
    score : float o None
    """

    clase: str
    entrenado: bool
    parametros: dict
    aprendido: dict
    salidas: dict
    score: float | None


def retrata(modelo, X, y=None):
    """Retrata un modelo. No lanza aunque el modelo falle: el fallo queda en el retrato.

    Las salidas se calculan en un solo hilo. Con `n_jobs=2`, un bosque suma sus árboles cada vez
    en otro orden y ni siquiera coincide consigo mismo en los últimos bits.

    Parámetros
    ----------
    modelo : cualquier objeto
    X : los datos con los que predecir
    y : las respuestas verdaderas, para `score`; opcional
    """
    # Lo aprendido va antes que las salidas: predecir no debería cambiarlo, y así no importa.
    parametros, aprendido = _parametros(modelo), _aprendido(modelo)
    with warnings.catch_warnings(), joblib.parallel_config(backend="sequential"):
        warnings.simplefilter("ignore")
        salidas = _salidas(modelo, X)
        entrenado = _esta_entrenado(modelo, salidas)
        score = _score(modelo, X, y) if entrenado and y is not None else None
    return Retrato(nombre_completo(type(modelo)), entrenado, parametros, aprendido, salidas, score)


def _parametros(modelo):
    """Cada hiperparámetro con su huella y unas letras para enseñarlo."""
    parametros = _pide_parametros(modelo)
    return {
        nombre: (huella(_sin_estimadores(nombre, parametros)), _en_pocas_letras(valor))
        for nombre, valor in parametros.items()
    }


def _pide_parametros(modelo):
    """Lo que da `get_params`. Si no lo tiene o falla, nada: todo contará como aprendido."""
    try:
        return dict(modelo.get_params(deep=True))
    except Exception:  # noqa: BLE001 con un `__init__` que cambia los nombres, por ejemplo
        return {}


def _es_estimador(valor):
    return hasattr(valor, "get_params") and not isinstance(valor, type)


def _sin_estimadores(nombre, parametros):
    """Un parámetro, con la clase en el lugar de cada estimador que es también un parámetro.

    Los parámetros de ese estimador y lo que aprendió se miran aparte.
    """
    valor = parametros[nombre]
    if _es_estimador(valor):
        return type(valor)
    if type(valor) not in (list, tuple):
        return valor
    prefijo = "".join(nombre.rpartition("__")[:2])
    return type(valor)(_sin_su_estimador(paso, prefijo, parametros) for paso in valor)


def _sin_su_estimador(paso, prefijo, parametros):
    """El paso (nombre, estimador, …) de un Pipeline y similares; cualquier otra cosa, intacta."""
    if type(paso) is not tuple or len(paso) < 2 or not _es_estimador(paso[1]):
        return paso
    if parametros.get(f"{prefijo}{paso[0]}") is not paso[1]:
        return paso
    return (paso[0], type(paso[1]), *paso[2:])


def _en_pocas_letras(valor):
    # Solo lo sencillo: el `repr` de una función lleva una dirección de memoria distinta cada vez.
    sencillo = isinstance(valor, SENCILLOS) and len(repr(valor)) <= 30
    return repr(valor) if sencillo else type(valor).__name__


def _aprendido(modelo, prefijo=""):
    """Los atributos que no son hiperparámetros, y los de los estimadores que lleva dentro."""
    parametros = _pide_parametros(modelo)
    aprendido = {
        prefijo + nombre: huella(valor)
        for nombre, valor in _atributos(modelo).items()
        if nombre not in parametros
    }
    for nombre, valor in parametros.items():
        if _es_estimador(valor) and "__" not in nombre:
            aprendido |= _aprendido(valor, f"{prefijo}{nombre}__")
    return aprendido


def _atributos(modelo):
    try:
        estado = modelo.__getstate__()
    except Exception:  # noqa: BLE001 así se niegan algunos a que los guarden
        estado = getattr(modelo, "__dict__", {})
    return lo_que_dura(type(modelo), estado) if isinstance(estado, dict) else {"estado": estado}


def _salidas(modelo, X):
    piezas = {}
    for nombre in METODOS_DE_SALIDA:
        try:
            metodo = getattr(modelo, nombre, None)
            if not callable(metodo):
                continue
            # Una copia: con `copy=False` un transformador escribe encima de lo que recibe.
            salida = metodo(copy.deepcopy(X))
            varias = isinstance(salida, list) and all(isinstance(s, np.ndarray) for s in salida)
            for i, parte in enumerate(salida if varias else [salida]):
                piezas[f"{nombre}[{i}]" if varias else nombre] = _pieza(parte)
        except Exception as error:  # noqa: BLE001 es código del modelo: puede fallar de cualquier modo
            piezas[nombre] = Pieza(error=type(error).__name__)
    return piezas


def _pieza(salida):
    tipo = type(salida).__name__
    if sparse.issparse(salida):
        coo = salida.tocoo()
        return Pieza(tipo, coo.shape, str(coo.dtype), coo.data, huella([coo.row, coo.col]))
    valores = np.asarray(salida)
    if not hasattr(salida, "index") or isinstance(salida, list | tuple):
        return Pieza(tipo, valores.shape, str(valores.dtype), valores)
    columnas = list(getattr(salida, "columns", [getattr(salida, "name", None)]))
    dtypes = ", ".join(map(str, np.atleast_1d(np.asarray(salida.dtypes, dtype=object))))
    return Pieza(tipo, valores.shape, dtypes, valores, huella([columnas, list(salida.index)]))


def _esta_entrenado(modelo, salidas):
    """Lo dice scikit-learn; si no conoce la clase, basta con que responda."""
    try:
        check_is_fitted(modelo)
    except Exception:  # noqa: BLE001 no solo NotFittedError: también puede preguntar al modelo
        return any(not pieza.error for pieza in salidas.values())
    return True


def _score(modelo, X, y):
    try:
        return float(modelo.score(copy.deepcopy(X), y))
    except Exception:  # noqa: BLE001 también es código del modelo; sin score no hay qué comparar
        return None
