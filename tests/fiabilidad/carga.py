"""Cargar un archivo que puede estar dañado y decir qué pasó. Trabajos del obrero."""

import contextlib
import importlib
import io
import re
import warnings
from pathlib import Path

import numpy as np

from fiabilidad import modelos
from helpers import errores
from helpers.persistencia import load_model, save_model

# Bytes para cargar unos kilobytes: un archivo dañado puede pedir cualquier cantidad.
MEMORIA = 2**28
CARGADO = "cargado"
IGUAL, OTRO, NO_PREDICE = "igual", "otro modelo", "un modelo que no predice"
_RESPUESTAS = {}
_ULTIMO = [None]  # el modelo que acaba de cargar `intenta`


def prepara():
    """Importa las librerías, entrena los modelos y limita la memoria del proceso."""
    for libreria in ("joblib", "dill", "skops.io"):  # dill, después de joblib: ver `metodos.py`
        importlib.import_module(libreria)
    for nombre, modelo in modelos.pequenos().items():
        _RESPUESTAS[nombre] = modelo.predict(modelos.X)
    _limita_la_memoria()
    return "listo"


def _limita_la_memoria():
    """Donde el sistema lo permite. Sin límite, las pruebas son las mismas y más lentas."""
    try:
        import resource

        paginas = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    except (ImportError, OSError):
        return
    limite = paginas * resource.getpagesize() + MEMORIA
    resource.setrlimit(resource.RLIMIT_AS, (limite, limite))


def guarda_los_de_partida(carpeta):
    """Guarda cada modelo en cada forma, con su ficha, y dice dónde."""
    rutas = {}
    for forma in modelos.FORMAS:
        for nombre, modelo in modelos.pequenos().items():
            ruta = f"{carpeta}/{nombre} {forma.nombre}{forma.extension}"
            save_model(
                modelo,
                ruta,
                forma.compress,
                X_ejemplo=modelos.X[:3],
                metricas={"r2": 0.5},
                datos="al azar",
            )
            rutas[f"{nombre}/{forma.nombre}"] = ruta
    return rutas


def intenta(ruta, **opciones):
    """Carga un archivo y cuenta qué salió.

    Devuelve
    --------
    dict
        `sale`: `CARGADO`, con lo que se imprimió en `dicho` y lo que se avisó en `avisos`; o el
        nombre de la excepción, con su `texto`. `propia` dice si es un error del curso, de los que
        `load_model` anuncia y con su remedio.
    """
    dicho = io.StringIO()
    try:
        with contextlib.redirect_stdout(dicho), warnings.catch_warnings(record=True) as avisos:
            warnings.simplefilter("always")
            _ULTIMO[0] = load_model(ruta, **opciones)
    except errores.ErrorDelCurso as error:
        completo = bool(error.que_paso and error.prueba and "\nPrueba " in str(error))
        propia = type(error).__name__ in ANUNCIADOS and completo
        return {"sale": type(error).__name__, "propia": propia, "texto": str(error)}
    except BaseException as error:  # noqa: BLE001 lo que se busca es justo lo que no se esperaba
        return {"sale": type(error).__name__, "propia": False, "texto": repr(error)}
    frases = [f"{aviso.category.__name__}: {aviso.message}" for aviso in avisos]
    return {"sale": CARGADO, "propia": True, "dicho": dicho.getvalue(), "avisos": frases}


def predice(modelo):
    """Compara lo último que cargó `intenta` con uno de partida: `IGUAL`, `OTRO` o `NO_PREDICE`."""
    try:
        with warnings.catch_warnings(action="ignore"):
            respuestas = _ULTIMO[0].predict(modelos.X)
            return IGUAL if np.array_equal(respuestas, _RESPUESTAS[modelo]) else OTRO
    except BaseException:  # noqa: BLE001 un modelo roto falla de mil formas
        return NO_PREDICE


def _anunciados():
    nombres = re.findall(r"\w+", load_model.__doc__.partition("Errores\n")[2])
    return {n for n in nombres if n != "ErrorDelCurso" and hasattr(errores, n)}


ANUNCIADOS = _anunciados()
