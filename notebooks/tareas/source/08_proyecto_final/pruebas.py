"""Lo que decide la nota del proyecto final. Corre fuera del proceso de la entrega y no se reparte.

Los modelos con los que se prueban las funciones no son los de las revisiones que se ven.
"""

import hashlib
import json

from helpers.docencia.criterios import (
    Criterio,
    NoContesta,
    Rubrica,
    existe,
    parecidas,
    planas,
    pone_testigo,
)
from helpers.errores import ErrorDelCurso
from helpers.variantes import COLUMNAS, coincide, recta

MODELO = "modelo.joblib"
# Cuatro puntos de un plano: tres lo fijan y el cuarto dice si es un plano.
FILAS = [[0.0, 0.0], [10.0, 0.0], [0.0, 10.0], [7.5, 3.0]]

# Corre en la sala de la entrega, detrás de su código: sus funciones reciben modelos de verdad.
NUESTRO = """
import copy as _copy
import json as _json
import pathlib as _pathlib
import joblib as _joblib
import numpy as _np
import pandas as _pd
from sklearn.linear_model import LinearRegression as _Recta, Ridge as _Ridge
from helpers import save_model as _save_model

_X = _pd.DataFrame({"horas": [1.5, 8.0, 14.5, 19.0, 3.0], "faltas": [11, 4, 0, 6, 9]})

def _recta(ordenada, horas, faltas, clase=_Recta, **opciones):
    modelo = clase(**opciones).fit(_X, _X["horas"])
    modelo.coef_, modelo.intercept_ = _np.array([horas, faltas]), ordenada
    return modelo

class _SeRompe:
    def __reduce__(self):
        raise RuntimeError("el disco se llenó a mitad del archivo")

class _Trampa:
    def __reduce__(self):
        return _pathlib.Path.touch, (_pathlib.Path("se_abrio.txt"),)
"""
GUARDAR = f"""{NUESTRO}
def guarda_un_modelo(ruta, *numeros):
    guarda(_recta(*numeros), ruta)

def guarda_un_modelo_que_falla(ruta):
    modelo = _recta(1.0, 1.0, 1.0)
    modelo.mucho_, modelo.roto_ = _np.arange(200_000.0), _SeRompe()
    guarda(modelo, ruta)
"""
CARGAR = f"""{NUESTRO}
def deja_un_modelo(ruta, *numeros):
    _save_model(_recta(*numeros), ruta)

def pone_otro_encima(ruta, *numeros):
    _joblib.dump(_recta(*numeros), ruta)

def pone_una_trampa_encima(ruta):
    _joblib.dump(_Trampa(), ruta)

def carga_y_predice(ruta, filas):
    return carga(ruta).predict(_pd.DataFrame(filas, columns=["horas", "faltas"]))
"""
PROBAR = f"""{NUESTRO}
_numeros = 41.25, 1.875, -0.875

def _con_los_nombres_cambiados():
    cambiada = _recta(*_numeros)
    cambiada.feature_names_in_ = cambiada.feature_names_in_[::-1]
    return cambiada

_copias = [
    lambda: _copy.deepcopy(_original),
    lambda: _recta(*_numeros),
    lambda: _recta(41.25, 1.5, -0.875),
    lambda: _recta(43.0, 1.875, -0.875),
    lambda: _recta(41.25, 1.875 * (1 + 1e-7), -0.875),
    lambda: _recta(*_numeros, clase=_Ridge),
    _con_los_nombres_cambiados,
]
_original = _recta(*_numeros)

def prueba_una_copia(cual):
    return prueba(_original, _copias[cual](), _X)
"""
FIELES, OTRA_RECTA, FINAS = (0, 1), (2, 3), (4, 5, 6)
CRITERIOS_MINIMOS = 3


def _parecidas(dadas, esperadas):
    return parecidas(planas(dadas), esperadas, rel_tol=1e-6)


def _del_plano(ordenada, por_hora, por_falta):
    return [ordenada + por_hora * horas + por_falta * faltas for horas, faltas in FILAS]


# --- 08.1 · el modelo ----------------------------------------------------------------------------
def _se_carga_aparte(entrevista):
    return len(entrevista.predice(MODELO, FILAS)) == len(FILAS)


def _es_de_su_variante(entrevista):
    """De la suya: la de quien entrega, no la de quien diga el cuaderno."""
    curso, estudiante = entrevista.valor("curso"), entrevista.valor("estudiante")
    if not any(coincide(estudiante, nombre) for nombre in entrevista.quien):
        raise NoContesta("`estudiante` no es el nombre de quien entrega")
    try:
        suya = recta(curso, estudiante)
    except ErrorDelCurso as error:  # un curso vacío, por ejemplo: es cosa de quien entrega
        raise NoContesta("`curso` no es el nombre de un curso") from error
    return _parecidas(entrevista.predice(MODELO, FILAS), _del_plano(*suya))


# --- 08.2 · la ficha -----------------------------------------------------------------------------
def _ficha(entrevista, ruta=MODELO):
    return json.loads(entrevista.archivo(f"{ruta}.json").decode("utf-8-sig"))


def _su_huella(entrevista, ruta=MODELO):
    contenido, ficha = entrevista.archivo(ruta), _ficha(entrevista, ruta)
    return str(ficha["sha256"]).lower() == hashlib.sha256(contenido).hexdigest()


def _dice_el_resto(entrevista):
    ficha, ocupa = _ficha(entrevista), len(entrevista.archivo(MODELO))
    versiones = ficha["versiones"]
    return (
        ficha["columnas"] == list(COLUMNAS)
        and ficha["bytes"] == ocupa
        and ficha["clase"].endswith("LinearRegression")
        and all(isinstance(versiones[de_que], str) for de_que in ("python", "scikit-learn"))
    )


# --- 08.3 · guardar de una vez -------------------------------------------------------------------
UNO, OTRO = (38.5, 1.25, -1.5), (40.0, 2.0, -0.5)


def _guarda_de_una_vez(entrevista):
    """Guarda, sustituye y, si el tercero falla a mitad, queda el segundo con su ficha.

    Un disco lleno no se puede imitar aquí. Se mira si el segundo escribe dentro del primero.
    """
    ruta = "modelo_de_prueba.joblib"
    suyos, testigos = (ruta, f"{ruta}.json"), ("testigo", "testigo.json")
    entrevista.define(GUARDAR)
    entrevista.llama("guarda_un_modelo", ruta, *UNO)
    primeros = [pone_testigo(entrevista, *dos) for dos in zip(suyos, testigos, strict=True)]
    entrevista.llama("guarda_un_modelo", ruta, *OTRO)
    antes = [entrevista.archivo(nombre) for nombre in suyos]
    fallo = entrevista.lanza("guarda_un_modelo_que_falla", ruta)
    despues = [entrevista.archivo(nombre) for nombre in suyos]
    return (
        bool(fallo)
        and antes == despues
        and primeros == [entrevista.archivo(nombre) for nombre in testigos]
        and _su_huella(entrevista, ruta)
        and _parecidas(entrevista.predice(ruta, FILAS), _del_plano(*OTRO))
    )


# --- 08.4 · cargar solo lo suyo ------------------------------------------------------------------
SE_NIEGA = {"ValueError", "ErrorDelCurso"}  # el segundo, de quien usa `load_model`


def _carga_solo_lo_suyo(entrevista):
    """Carga el intacto y rechaza otro modelo. Una trampa no llega a abrirse."""
    ruta = "modelo_ajeno.joblib"
    entrevista.define(CARGAR)
    entrevista.llama("deja_un_modelo", ruta, *UNO)
    if not _parecidas(entrevista.llama("carga_y_predice", ruta, FILAS), _del_plano(*UNO)):
        return False
    rechazos = []
    for pone, numeros in (("pone_otro_encima", OTRO), ("pone_una_trampa_encima", ())):
        entrevista.llama(pone, ruta, *numeros)
        rechazos.append(SE_NIEGA & {*entrevista.lanza("carga_y_predice", ruta, FILAS)})
    return all(rechazos) and not existe(entrevista, "se_abrio.txt")


# --- 08.5 · la prueba ----------------------------------------------------------------------------
def _todo_bien(tabla):
    valores = list(tabla.values())
    return len(valores) >= CRITERIOS_MINIMOS and all(valor is True for valor in valores)


def _descubre(*copias):
    """La prueba acepta las fieles y no esas copias; detenerse con un error también es notarlo."""

    def cumple(entrevista):
        entrevista.define(PROBAR)
        if not all(_todo_bien(entrevista.llama("prueba_una_copia", fiel)) for fiel in FIELES):
            return False
        return all(_la_nota(entrevista, copia) for copia in copias)

    return cumple


def _la_nota(entrevista, copia):
    return bool(entrevista.lanza("prueba_una_copia", copia) or _falsas(entrevista, copia))


def _falsas(entrevista, copia):
    """Los nombres de las filas que dan `False` con esa copia."""
    tabla = entrevista.llama("prueba_una_copia", copia)
    return {nombre for nombre, valor in tabla.items() if valor is False}


def _descubre_con_varias_filas(entrevista):
    """Detenerse con un error descubre la copia, y no dice cuál es la fila que falla."""
    if not _descubre(*FINAS)(entrevista):
        return False
    fallan = set()
    for copia in (*OTRA_RECTA, *FINAS):
        if not entrevista.lanza("prueba_una_copia", copia):
            fallan |= _falsas(entrevista, copia)
    return len(fallan) >= CRITERIOS_MINIMOS


PRUEBAS = {
    "08.1": (
        Criterio(1, "`modelo.joblib` no se puede cargar y usar en otro proceso", _se_carga_aparte),
        Criterio(1, "los coeficientes no son los de la variante de quien entrega",
                 _es_de_su_variante),
    ),
    "08.2": (
        Criterio(0.5, "la ficha no lleva la huella de `modelo.joblib`", _su_huella),
        Criterio(0.5, "la ficha no dice bien clase, versiones, columnas y bytes", _dice_el_resto),
    ),
    "08.3": (
        Criterio(1, "`guarda` no sustituye de una vez, o pierde el anterior si falla",
                 _guarda_de_una_vez),
    ),
    "08.4": (
        Criterio(1, "`carga` no devuelve el bueno, o abre uno que no es el de su ficha",
                 _carga_solo_lo_suyo),
    ),
    "08.5": (
        Criterio(0.5, "`tabla` no dice que el modelo vuelve igual",
                 lambda entrevista: _todo_bien(entrevista.valor("tabla"))),
        Criterio(0.5, "`prueba` no acepta las fieles, o acepta otra recta",
                 _descubre(*OTRA_RECTA)),
        Criterio(1, "`prueba` no descubre los cambios pequeños, de clase o de columnas, "
                 "o menos de tres filas pueden fallar", _descubre_con_varias_filas),
    ),
}  # fmt: skip

RUBRICAS = {
    "08.6": Rubrica(
        3,
        (
            "No responde, o lo que dice es falso",
            "Dice qué comprueba la prueba, sin decir qué deja fuera",
            "Dice qué demuestra, qué no, y qué hacer antes de usar el modelo",
            "Además lo apoya en algo que midió, y dice cómo podría fallar",
        ),
    ),
}
