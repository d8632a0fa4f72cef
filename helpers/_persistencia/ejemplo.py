"""Unas filas y lo que el modelo responde: van en la ficha y delatan a quien no sea él."""

import json
import math
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
    escrito = _primeras(X)
    respuestas = _responde(modelo, escrito)
    if not respuestas:
        raise OpcionDesconocida(
            f"{type(modelo).__name__} no responde a filas sueltas.",
            "no tiene `predict` ni `transform`.",
            "a guardarlo sin X_ejemplo.",
        )
    return {**escrito, "respuestas": respuestas}


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
    filas, esperadas = entiende(ejemplo)
    try:
        respuestas = {nombre: _llama(modelo, nombre, filas) for nombre in esperadas}
    except Exception as error:  # el modelo es código ajeno: puede fallar de cualquier modo
        raise _distintas(f"lanza {_frase(error)}") from error
    for nombre, respuesta in respuestas.items():
        if not _cerca(respuesta, esperadas[nombre]):
            raise _distintas(f"`{nombre}` ya no responde lo mismo")
    return len(ejemplo["filas"])


def entiende(ejemplo):
    """Las filas y las respuestas esperadas que lleva una ficha.

    Devuelve
    --------
    tabla o array, dict de nombre de método a array

    Errores
    -------
    ValueError
        Si no tiene la forma de lo que da `toma`.
    """
    try:
        respuestas = ejemplo["respuestas"].items()
        esperadas = {nombre: np.asarray(_lee(escrito)) for nombre, escrito in respuestas}
        filas = _lee(ejemplo)
    except Exception as error:  # lo que haya en lugar de una tabla falla de mil formas
        raise ValueError("el ejemplo no se entiende") from error
    # Solo estos métodos: la ficha no decide a qué se llama.
    conocidas = esperadas and esperadas.keys() <= set(RESPONDEN)
    # `V` son bytes sin tipo, que no se pueden comparar con nada.
    comparables = all(respuesta.dtype.kind != "V" for respuesta in esperadas.values())
    if not (conocidas and comparables and isinstance(ejemplo["filas"], list)):
        raise ValueError("el ejemplo no lleva las respuestas de un modelo")
    return filas, esperadas


def _primeras(X):
    """Las primeras filas de X, escritas y de modo que se puedan leer."""
    if hasattr(X, "tocsr"):
        raise OpcionDesconocida(
            "X_ejemplo es una matriz dispersa y la ficha es un texto.",
            prueba="con unas filas en la forma corriente: `X[:5].toarray()`.",
        )
    try:
        escrito = _escribe(X.head(FILAS) if hasattr(X, "head") else np.asarray(X)[:FILAS])
        _lee(escrito)
    except Exception as error:  # X_ejemplo puede ser cualquier cosa
        raise OpcionDesconocida(
            f"X_ejemplo no se puede escribir en la ficha, que es un texto: {_frase(error)}",
            "no es una tabla, o una columna lleva algo que no son números, textos ni fechas.",
            "con unas filas de los datos de entrenamiento: `X_ejemplo=X[:5]`.",
        ) from error
    return escrito


def _responde(modelo, escrito):
    """Lo que da cada método que el modelo tiene. `transform`, solo si no predice.

    Se le pregunta por las filas leídas de la ficha, como se hará al cargar. Así lo que un texto no
    conserva (las categorías que no salen, el índice) no se confunde con un modelo cambiado.
    """
    filas = _lee(escrito)
    try:
        tiene = [nombre for nombre in RESPONDEN if hasattr(modelo, nombre)]
        tiene = [n for n in tiene if n != "transform"] or tiene
        return {nombre: _escribe(_llama(modelo, nombre, filas)) for nombre in tiene}
    except Exception as error:  # el modelo es código ajeno: puede fallar de cualquier modo
        raise OpcionDesconocida(
            f"El modelo no puede responder a X_ejemplo: {_frase(error)}",
            "le falta o le sobra una columna, o es una sola fila sin corchetes.",
            "con unas filas de los datos de entrenamiento: `X_ejemplo=X[:5]`.",
        ) from error


def _frase(error):
    """Un error ajeno en una línea: los de scikit-learn ocupan varias y llevan datos."""
    return f"{type(error).__name__}: {' '.join(str(error).split())[:200]}"


def _llama(modelo, nombre, filas):
    with warnings.catch_warnings(action="ignore"):
        salida = getattr(modelo, nombre)(filas.copy())  # hay modelos que escriben en sus datos
    if isinstance(salida, list) and salida and all(getattr(p, "ndim", 0) == 2 for p in salida):
        return np.hstack(salida)  # de varias salidas: una tabla de probabilidades de cada una
    return salida.toarray() if hasattr(salida, "toarray") else np.asarray(salida)


def _escribe(tabla):
    """Una tabla o un array, en piezas que JSON admite y como se leerán. Los huecos van como None.

    De los huecos se anota cuáles son: scikit-learn no trata igual None que NaN.
    """
    if hasattr(tabla, "columns"):
        valores = tabla.astype(object).to_numpy()
        como = {"columnas": list(tabla.columns), "tipos": [str(t) for t in tabla.dtypes]}
    else:
        valores = np.asarray(tabla)
        como = {"columnas": None, "tipos": str(valores.dtype)}
    huecos = _huecos(valores)
    como["huecos"] = "None" if any(valor is None for valor in valores[huecos]) else "NaN"
    a_json = np.vectorize(_en_json, otypes=[object])
    filas = a_json(np.where(huecos, None, valores)).tolist()
    return json.loads(json.dumps({**como, "filas": filas}, allow_nan=False))


def _en_json(valor):
    """Un valor, como JSON lo admite: las fechas y los infinitos, como texto."""
    if hasattr(valor, "isoformat"):
        return valor.isoformat()
    if hasattr(valor, "tolist"):  # un número de numpy
        valor = valor.tolist()
    return str(valor) if isinstance(valor, float) and math.isinf(valor) else valor


def _huecos(valores):
    """Qué valores faltan: un array de sí y no, con la forma de `valores`."""
    if valores.dtype.kind == "O":  # entre objetos puede haber None, NaN, NA o NaT
        import pandas as pd

        return np.asarray(pd.isna(valores))
    return np.asarray(valores != valores)  # solo NaN es distinto de sí mismo


def _lee(escrito):
    """Lo contrario de `_escribe`."""
    valores = np.array(escrito["filas"], dtype=object)
    if escrito["huecos"] == "NaN":
        valores[_huecos(valores)] = np.nan
    if escrito["columnas"] is None:
        return valores.astype(escrito["tipos"])
    import pandas as pd

    tabla = pd.DataFrame(valores, columns=escrito["columnas"], dtype=object)
    return tabla.astype(dict(zip(escrito["columnas"], escrito["tipos"], strict=True)))


def _cerca(una, otra):
    if una.shape != otra.shape:
        return False
    if una.dtype.kind in "fc" and otra.dtype.kind in "fc":
        return np.allclose(una, otra, rtol=RTOL, atol=ATOL, equal_nan=True)
    # Entre objetos puede haber NaN, y NaN no es igual a NaN.
    return np.array_equal(_sin_huecos(una), _sin_huecos(otra))


def _sin_huecos(valores):
    return np.where(_huecos(valores), None, valores)


def _distintas(que_paso):
    return RespuestasDistintas(
        f"El modelo que vuelve del archivo no es el que se guardó: {que_paso}.",
        "el modelo cambia al guardarse, o cambió algo que usa: una librería o un módulo tuyo.",
        "a devolver el módulo o las versiones a como estaban, o a entrenar y guardar otra vez.",
    )
