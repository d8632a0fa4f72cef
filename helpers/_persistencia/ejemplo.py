"""Unas filas y lo que el modelo responde: van en la ficha y delatan a quien no sea él."""

import warnings

import numpy as np

from helpers._equivalencia.comparacion import ATOL, RTOL
from helpers.errores import OpcionDesconocida, RespuestasDistintas

FILAS = 20
RESPONDEN = ("predict", "predict_proba", "transform")


def toma(modelo, X):
    """Las primeras filas de X y lo que el modelo responde a cada una.

    Parámetros
    ----------
    modelo : el modelo entrenado
    X : tabla, array o lista de n filas
        Se guardan las 20 primeras.

    Devuelve
    --------
    dict que cabe en JSON

    Errores
    -------
    OpcionDesconocida
        Si el modelo no responde a esas filas o no se pueden escribir.
    """
    filas = X.head(FILAS) if hasattr(X, "head") else _primeras(X)
    respuestas = _responde(modelo, filas)
    if not respuestas:
        raise OpcionDesconocida(
            f"{type(modelo).__name__} no responde a filas sueltas.",
            "no tiene `predict` ni `transform`.",
            "a guardarlo sin X_ejemplo.",
        )
    return {**_escribe(filas), "respuestas": {n: _escribe(r) for n, r in respuestas.items()}}


def comprueba(modelo, ficha):
    """El modelo cargado responde a las filas de la ficha lo que respondía al guardarlo.

    Devuelve
    --------
    int
        Cuántas filas se comprobaron; 0 si la ficha no lleva ninguna.

    Errores
    -------
    RespuestasDistintas
        Si alguna respuesta no es la guardada.
    """
    ejemplo = ficha.get("ejemplo")
    if ejemplo is None:
        return 0
    try:
        filas, esperadas = _lee(ejemplo), ejemplo["respuestas"]
        respuestas = {nombre: _llama(modelo, nombre, filas) for nombre in esperadas}
    except Exception as error:  # el modelo es código ajeno: puede fallar de cualquier modo
        raise _distintas(f"lanza {type(error).__name__}: {error}") from error
    for nombre, respuesta in respuestas.items():
        if not _cerca(respuesta, _lee(esperadas[nombre])):
            raise _distintas(f"`{nombre}` ya no responde lo mismo")
    return len(ejemplo["filas"])


def _primeras(X):
    if hasattr(X, "tocsr"):
        raise OpcionDesconocida(
            "X_ejemplo es una matriz dispersa y la ficha es un texto.",
            prueba="con unas filas en la forma corriente: `X[:5].toarray()`.",
        )
    return np.asarray(X)[:FILAS]


def _responde(modelo, filas):
    """Lo que da cada método que el modelo tiene. `transform`, solo si no predice."""
    try:
        tiene = [nombre for nombre in RESPONDEN if hasattr(modelo, nombre)]
        tiene = [n for n in tiene if n != "transform"] or tiene
        return {nombre: _llama(modelo, nombre, filas) for nombre in tiene}
    except Exception as error:  # el modelo es código ajeno: puede fallar de cualquier modo
        raise OpcionDesconocida(
            f"El modelo no puede responder a X_ejemplo: {type(error).__name__}: {error}",
            "le falta o le sobra una columna, o es una sola fila sin corchetes.",
            "con unas filas de los datos de entrenamiento: `X_ejemplo=X[:5]`.",
        ) from error


def _llama(modelo, nombre, filas):
    with warnings.catch_warnings(action="ignore"):
        salida = getattr(modelo, nombre)(filas)
    return salida.toarray() if hasattr(salida, "toarray") else np.asarray(salida)


def _escribe(tabla):
    """Una tabla o un array, en piezas que JSON admite. Los huecos van como None."""
    if hasattr(tabla, "columns"):
        valores = tabla.astype(object).to_numpy()
        como = {"columnas": list(tabla.columns), "tipos": [str(t) for t in tabla.dtypes]}
    else:
        valores = np.asarray(tabla)
        como = {"columnas": None, "tipos": str(valores.dtype)}
    return {**como, "filas": np.where(_huecos(valores), None, valores).tolist()}


def _huecos(valores):
    if valores.dtype.kind == "O":  # entre objetos puede haber None, NaN, NA o NaT
        import pandas as pd

        return pd.isna(valores)
    return valores != valores  # solo NaN es distinto de sí mismo


def _lee(escrito):
    """Lo contrario de `_escribe`."""
    if escrito["columnas"] is None:
        return np.array(escrito["filas"], dtype=escrito["tipos"])
    import pandas as pd

    tabla = pd.DataFrame(escrito["filas"], columns=escrito["columnas"], dtype=object)
    return tabla.astype(dict(zip(escrito["columnas"], escrito["tipos"], strict=True)))


def _cerca(una, otra):
    if una.shape != otra.shape:
        return False
    if una.dtype.kind in "fc" and otra.dtype.kind in "fc":
        return np.allclose(una, otra, rtol=RTOL, atol=ATOL, equal_nan=True)
    return np.array_equal(una, otra)


def _distintas(que_paso):
    return RespuestasDistintas(
        f"El modelo que vuelve del archivo no es el que se guardó: {que_paso}.",
        "el modelo cambia al guardarse, o las librerías ya no son las mismas.",
        "a instalar las versiones que dice la ficha, o a entrenar y guardar otra vez.",
    )
