"""La lista de archivos hostiles, y las piezas con que se escriben sus pickles."""

import pickle
import struct
from collections.abc import Callable
from dataclasses import dataclass

PROTO4 = b"\x80\x04"
ALTO = b"."


@dataclass(frozen=True)
class Hostil:
    """Un archivo hostil.

    Parámetros
    ----------
    nombre : str
        El truco.
    fabrica : función (marca)
        Da sus bytes. `marca` es la ruta de la carpeta que el archivo crearía.
    carga : str
        Quién, al cargarlo, crearía la marca: «pickle», «joblib» o «skops»; vacío si nadie.
    extension : str
        La del archivo.
    dice : str
        Parte de una de sus sospechas: que se marque por el truco, y no por otra cosa.
    """

    nombre: str
    fabrica: Callable[[str], bytes]
    carga: str
    extension: str
    dice: str


HOSTILES = []


def hostil(dice, carga="", extension=".bin"):
    """Decorador que apunta un fabricante en la lista."""

    def apunta(fabrica):
        nombre = fabrica.__name__.replace("_", " ").strip()
        HOSTILES.append(Hostil(nombre, fabrica, carga, extension, dice))
        return fabrica

    return apunta


def texto(letras):
    """Apila un texto."""
    datos = letras.encode("utf-8", "surrogatepass")
    return pickle.BINUNICODE + struct.pack("<I", len(datos)) + datos


def datos(bytes_):
    """Apila unos bytes."""
    return pickle.BINBYTES + struct.pack("<I", len(bytes_)) + bytes_


def numero(entero):
    """Apila un número."""
    return pickle.BININT + struct.pack("<i", entero)


def pide(modulo, nombre):
    """Apila un nombre."""
    return texto(modulo) + texto(nombre) + pickle.STACK_GLOBAL


def tupla(*piezas):
    """Apila una tupla de cosas ya escritas."""
    return pickle.MARK + b"".join(piezas) + pickle.TUPLE


def lista(*piezas):
    """Apila una lista."""
    return pickle.EMPTY_LIST + pickle.MARK + b"".join(piezas) + pickle.APPENDS


def diccionario(**piezas):
    """Apila un diccionario."""
    parejas = b"".join(texto(clave) + valor for clave, valor in piezas.items())
    return pickle.EMPTY_DICT + pickle.MARK + parejas + pickle.SETITEMS


def llama(que, *argumentos):
    """Apila lo que devuelve una llamada."""
    return que + tupla(*argumentos) + pickle.REDUCE


def crea(clase, *argumentos):
    """Apila un objeto de una clase."""
    return clase + tupla(*argumentos) + pickle.NEWOBJ


def pon_marca(marca):
    """Apila lo que devuelve crear la marca."""
    return llama(pide("os", "mkdir"), texto(marca))


def modelo(**atributos):
    """Apila una recta de scikit-learn con esos atributos, ya escritos."""
    recta = crea(pide("sklearn.linear_model._base", "LinearRegression"))
    return recta + diccionario(**atributos) + pickle.BUILD


def entero(*piezas):
    """Un pickle con esas instrucciones."""
    return PROTO4 + b"".join(piezas) + ALTO
