"""Con qué versiones se guardó un modelo y en qué se distinguen de las de este equipo."""

import importlib
import platform
import warnings

from helpers.metodos import METODOS

MODULO = {"scikit-learn": "sklearn"}
# Cuántos números de la versión tienen que coincidir. De las demás librerías basta el primero.
NUMEROS = {"scikit-learn": 9, "python": 2}


def versiones(libreria):
    """Las de Python, scikit-learn, numpy y la librería con que se guarda, como dict."""
    nombres = dict.fromkeys(["scikit-learn", "numpy", libreria])
    modulos = {nombre: importlib.import_module(MODULO.get(nombre, nombre)) for nombre in nombres}
    halladas = {n: m.__version__ for n, m in modulos.items() if hasattr(m, "__version__")}
    return {"python": platform.python_version(), **halladas}


def diferencias(ficha):
    """En qué versiones importantes se distingue este equipo del que guardó el modelo.

    Devuelve
    --------
    list de str
        Por ejemplo ["scikit-learn 1.8.0 (aquí, 1.9.1)"]; vacía si en ninguna.
    """
    entonces, ahora = ficha["versiones"], versiones(_libreria(ficha))
    if ficha["metodo"] != "dill":  # lo demás no guarda instrucciones de Python
        entonces = {nombre: version for nombre, version in entonces.items() if nombre != "python"}
    return [
        f"{nombre} {version} (aquí, {ahora.get(nombre, 'sin instalar')})"
        for nombre, version in entonces.items()
        if _lo_que_cuenta(nombre, version) != _lo_que_cuenta(nombre, ahora.get(nombre, ""))
    ]


def de_los_avisos(avisos):
    """Las diferencias de las que scikit-learn avisa al cargar. Los demás avisos los repite."""
    from sklearn.exceptions import InconsistentVersionWarning

    distintas = {}
    for aviso in avisos:
        if isinstance(aviso.message, InconsistentVersionWarning):
            version = aviso.message.original_sklearn_version
            aqui = aviso.message.current_sklearn_version
            distintas[f"scikit-learn {version} (aquí, {aqui})"] = None
        else:
            warnings.warn_explicit(aviso.message, aviso.category, aviso.filename, aviso.lineno)
    return list(distintas)


def _libreria(ficha):
    return METODOS[ficha["metodo"]].libreria if ficha["metodo"] in METODOS else "pickle"


def _lo_que_cuenta(nombre, version):
    return str(version).split(".")[: NUMEROS.get(nombre, 1)]
