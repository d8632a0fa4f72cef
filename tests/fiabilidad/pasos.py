"""Intervenir en un paso exacto de un guardado o de una carga: justo antes y justo después.

Un paso es una llamada de Python al sistema: abrir, escribir la ficha, llevar al disco, cambiar de
nombre, borrar… Los nombres no se sustituyen por otros, así que se ven también los pasos que
dan las librerías y los que alguien añada mañana.
"""

import contextlib
import io
import itertools
import sys
import threading

CUANDO = {"c_call": "antes de", "c_return": "después de", "c_exception": "después de"}
NO_CUENTAN = ("fspath", "getpid", "fstat", "stat", "lstat")  # solo miran


@contextlib.contextmanager
def en_cada_paso(haz):
    """Llama a `haz(numero, nombre)` en cada paso de lo que ocurra dentro, también en otros hilos.

    Si `haz` lanza una excepción, es como si la hubiera lanzado ese paso, y ya no se mira ninguno
    más: así se ve qué hace el programa después de un fallo.
    """
    numeros = itertools.count()

    def mira(_, suceso, funcion):
        if suceso in CUANDO and _es_un_paso(funcion):
            haz(next(numeros), f"{CUANDO[suceso]} {funcion.__name__}")

    threading.setprofile(mira)
    sys.setprofile(mira)
    try:
        yield
    finally:
        sys.setprofile(None)
        threading.setprofile(None)


def en_el_paso(cual, haz):
    """Llama a `haz()` cuando llega el paso número `cual`."""
    return en_cada_paso(lambda numero, _: haz() if numero == cual else None)


def pasos_de(funcion):
    """Los nombres de los pasos que da una función, en orden. La llama."""
    nombres = []
    with en_cada_paso(lambda _, nombre: nombres.append(nombre)):
        funcion()
    return nombres


def _es_un_paso(funcion):
    if getattr(funcion, "__module__", None) in ("posix", "fcntl"):
        return funcion.__name__ not in NO_CUENTAN and not funcion.__name__.startswith("_path_")
    # La ficha se escribe como texto; el modelo, como bytes y a trozos: de eso se ocupa `Trampa`.
    return funcion is io.open or isinstance(getattr(funcion, "__self__", None), io.TextIOWrapper)
