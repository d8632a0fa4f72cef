"""Modelos inventados, de cualquier tamaño, para medir con ellos."""

import numpy as np

COEFICIENTES_DEL_BARRIDO = (1, 1_000, 100_000, 1_000_000, 12_500_000)


def regresion_de(coeficientes, semilla=0):
    """Una regresión lineal con coeficientes inventados: ocupa unos 8 bytes por coeficiente.

    No se entrena: para el archivo da igual de dónde salen los números. Lleva los mismos atributos
    que deja `fit` y predice como cualquier otra.

    Parámetros
    ----------
    coeficientes : int
        Cuántos.
    semilla : int
        La misma da siempre los mismos coeficientes.
    """
    from sklearn.linear_model import LinearRegression

    modelo = LinearRegression()
    modelo.n_features_in_ = coeficientes
    modelo.coef_ = np.random.default_rng(semilla).normal(size=coeficientes)
    modelo.rank_, modelo.singular_, modelo.intercept_ = 1, np.ones(1), np.float64(0.5)
    return modelo


def bosque_de(arboles, semilla=0):
    """Un bosque entrenado con datos inventados: miles de piezas pequeñas.

    Parámetros
    ----------
    arboles : int
        Cuántos; cada uno ocupa unos 45 000 bytes.
    semilla : int
        La misma da siempre el mismo bosque.
    """
    from sklearn.ensemble import RandomForestRegressor

    azar = np.random.default_rng(semilla)
    X = azar.normal(size=(500, 5))
    y = X[:, 0] + azar.normal(size=500)
    return RandomForestRegressor(arboles, random_state=semilla).fit(X, y)


def barrido(hasta=12_500_000):
    """Regresiones de 1 a 12 500 000 coeficientes: archivos desde unos 500 B hasta 100 MB.

    Parámetros
    ----------
    hasta : int
        Coeficientes de la mayor. Con 1 000 000 son 8 MB y se mide en la tercera parte de tiempo.

    Devuelve
    --------
    dict de str a LinearRegression
        La clave es el número de coeficientes: «n = 1 000».
    """
    elegidos = [n for n in COEFICIENTES_DEL_BARRIDO if n <= hasta]
    return {f"n = {n:,}".replace(",", " "): regresion_de(n) for n in elegidos}
