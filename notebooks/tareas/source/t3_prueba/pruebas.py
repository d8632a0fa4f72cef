"""Lo que decide la nota de la tarea 3. Corre fuera del proceso de la entrega y no se reparte.

Las entradas no son las de las revisiones que ve quien aprende.
"""

import copy
import io
import math
from functools import cache

from helpers.datos import pinguinos
from helpers.docencia.criterios import Criterio, Rubrica

# --- t3.1 ----------------------------------------------------------------------------------------
FILAS = [[18.7, 3750.0], [17.4, 3800.0], [19.3, 4675.0], [18.1, 3325.0], [20.3, 4025.0]]
UNO, DOS = ["predict_proba"], ["predict", "predict_proba"]


@cache
def _archivos():
    """El original y, por cada copia, sus bytes y lo que tiene que decir la función."""
    import numpy as np
    from sklearn.ensemble import RandomForestClassifier

    aves = pinguinos().dropna()
    medidas, especies = aves[["alto_pico_mm", "masa_corporal_g"]].to_numpy(), aves["especie"]

    def bosque(semilla, X=medidas, y=especies):
        return RandomForestClassifier(12, random_state=semilla).fit(X, y)

    original = bosque(8)
    clases, ultima = copy.deepcopy(original), copy.deepcopy(original)
    clases.classes_ = np.roll(clases.classes_, 1)
    arbol = ultima.estimators_[-1].tree_
    arbol.value[arbol.apply(np.array(FILAS[-1:], dtype="float32"))[0]] *= 1 - 3e-8
    dos_especies = especies != "Papúa"
    copias = {
        "fiel": (original, []),
        "semilla": (bosque(9), UNO),
        "clases": (clases, ["predict"]),
        "ultima": (ultima, UNO),
        "dos_especies": (bosque(8, medidas[dos_especies], especies[dos_especies]), UNO),
        "tres_columnas": (bosque(8, np.c_[medidas, medidas[:, 0]]), DOS),
    }
    return _en_bytes(original, 0), {
        nombre: (_en_bytes(modelo, 5), esperada) for nombre, (modelo, esperada) in copias.items()
    }


def _en_bytes(modelo, comprime):
    import joblib

    caja = io.BytesIO()
    joblib.dump(modelo, caja, compress=comprime)
    return caja.getvalue()


def _acierta(entrevista, *nombres):
    original, copias = _archivos()
    entrevista.deja("antes.joblib", original)
    for nombre in nombres:
        datos, esperada = copias[nombre]
        entrevista.deja(f"{nombre}.joblib", datos)
        argumentos = ("antes.joblib", f"{nombre}.joblib", FILAS)
        if list(entrevista.llama("que_cambia", *argumentos)) != esperada:
            return False
    return True


def _ve_lo_grueso(entrevista):
    return _acierta(entrevista, "fiel", "semilla", "clases")


def _ve_lo_fino(entrevista):
    return _acierta(entrevista, "fiel", "ultima", "dos_especies", "tres_columnas")


# --- t3.2 ----------------------------------------------------------------------------------------
SEPARABLES = (
    ([2e-9, 7e-7, 3e-8], [4e-3, 9e-7, 1e-2]),
    ([0.0, 0.0, 0.0], [5e-16]),
    ([1.5e-2, 1.1e-2], [1.6e-2, 0.3]),
)
INSEPARABLES = (
    ([2e-9, 4e-4], [3e-4, 1e-2, 5e-2]),
    ([6e-6, 1e-9], [2e-2, 6e-6]),
    ([0.2], [0.1]),
)


def _separa(entrevista):
    for buenas, danadas in SEPARABLES:
        elegida = entrevista.llama("elige_tolerancia", buenas, danadas)
        if isinstance(elegida, bool) or not max(buenas) <= elegida < min(danadas):
            return False
    return True


def _avisa(entrevista):
    """Solo cuenta si sabe separar: un error a secas no es un aviso."""
    buenas, danadas = SEPARABLES[0]
    if not isinstance(entrevista.llama("elige_tolerancia", buenas, danadas), float):
        return False
    return all("ValueError" in entrevista.lanza("elige_tolerancia", *par) for par in INSEPARABLES)


# --- t3.3 ----------------------------------------------------------------------------------------
# Las razones de las rondas son 2, 4, 0.5, 3 y 5. Las demás cuentas dan otra cosa.
DE_F = [800.0, 2.0, 8.0, 3.0, 30.0, 5.0]
DE_G = [100.0, 1.0, 2.0, 6.0, 10.0, 1.0]
RAZON, ORDEN = 3.0, "fg" + "fg" + "gf" + "fg" + "gf" + "fg"


def _da_la_razon(entrevista):
    razon, _ = entrevista.llama("ensaya", DE_F, DE_G, 5)
    par, _ = entrevista.llama("ensaya", DE_F[:5], DE_G[:5], 4)
    return math.isclose(razon, RAZON) and math.isclose(par, 2.5)


def _va_por_turnos(entrevista):
    _, orden = entrevista.llama("ensaya", DE_F, DE_G, 5)
    return orden == ORDEN


PRUEBAS = {
    "t3.1": (
        Criterio(1, "`que_cambia` no dice lo que cambia, o acusa a una copia fiel", _ve_lo_grueso),
        Criterio(1, "`que_cambia` deja pasar copias que casi no se distinguen", _ve_lo_fino),
    ),
    "t3.2": (
        Criterio(1, "`elige_tolerancia` no separa las buenas de las dañadas", _separa),
        Criterio(1, "`elige_tolerancia` no lanza ValueError si no se pueden separar", _avisa),
    ),
    "t3.3": (
        Criterio(1, "`razon_por_rondas` no da la mediana de las razones", _da_la_razon),
        Criterio(1, "`razon_por_rondas` no va por turnos, tras una vez sin medir", _va_por_turnos),
    ),
    "t3.4": (
        Criterio(
            1,
            "`sostienen` no tiene exactamente las letras de lo que se sostiene",
            lambda entrevista: (
                set(entrevista.valor("sostienen").lower()) & set("abcdef") == set("ade")
            ),
        ),
    ),
}

RUBRICAS = {
    "t3.5": Rubrica(
        3,
        (
            "No responde, o concluye lo contrario de sus números",
            "Da una conclusión y un número, sin decir cómo se midió ni cuánto varía",
            "Da el número, cuánto varía y cómo se midió",
            "Además dice qué no se puede concluir, con un caso concreto",
        ),
    ),
}
