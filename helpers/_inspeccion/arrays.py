"""Cuánto ocupa, fuera del pickle, un array de joblib.

Quien carga y quien mira deben saltar los mismos bytes: si no, uno vería instrucciones donde el otro
ve números. Por eso solo se entiende lo que joblib escribe, y cualquier otra cosa es `SinSentido`.
"""

import math
import re

from helpers._inspeccion.corriente import SinSentido
from helpers._inspeccion.lectura import Objeto

ENVOLTORIO = ("joblib.numpy_pickle", "NumpyArrayWrapper")
TIPO = ("numpy", "dtype")
ESTADO = {"subclass", "shape", "order", "dtype", "allow_mmap"}
ALINEACION = "numpy_array_alignment_bytes"  # joblib la escribe desde la versión 1.2
BYTES_DE_ALINEACION = 16
CON_OBJETOS = 1  # el primer bit de las marcas de un tipo de NumPy
NO_SE_ENTIENDE = "lleva un array que no se entiende"


def salta_el_array(corriente, estado):
    """Salta los bytes de un array.

    Parámetros
    ----------
    corriente : Corriente
        Justo detrás del envoltorio.
    estado : dict
        Lo que el archivo dice del array.

    Devuelve
    --------
    bool
        False si el array es de objetos, y entonces no se salta nada: detrás viene otro pickle.
    """
    if not isinstance(estado, dict) or set(estado) - {ALINEACION} != ESTADO:
        raise SinSentido(NO_SE_ENTIENDE)
    bytes_por_valor, con_objetos = _medida(estado["dtype"])
    forma, alineacion = estado["shape"], estado.get(ALINEACION)
    if type(forma) is not tuple or any(type(n) is not int or n < 0 for n in forma):
        raise SinSentido(NO_SE_ENTIENDE)
    if con_objetos:
        return False
    if ALINEACION in estado:
        _salta_el_relleno(corriente, alineacion)
    corriente.salta(bytes_por_valor * math.prod(forma))
    return True


def _salta_el_relleno(corriente, alineacion):
    relleno = corriente.read(1)[0] if alineacion == BYTES_DE_ALINEACION else 0
    if not 1 <= relleno <= BYTES_DE_ALINEACION or corriente.read(relleno).strip(b"\xff"):
        raise SinSentido(NO_SE_ENTIENDE)


def _medida(tipo):
    """Los bytes de un valor de ese tipo de NumPy, y si lleva objetos."""
    codigo, nombres, campos, largo, marcas = _partes(tipo)
    letra, numero = re.fullmatch(r"([biufcmMSUVO])(\d{1,9})", codigo).groups()
    medida = int(numero) * (4 if letra == "U" else 1)
    con_objetos = letra == "O"
    if campos is not None:
        if letra != "V" or type(nombres) is not tuple or set(nombres) != set(campos):
            raise SinSentido(NO_SE_ENTIENDE)
        for campo in campos.values():
            con_objetos |= _medida(campo[0])[1]
    if largo != (medida if letra in "SUV" else -1) or con_objetos != bool(marcas & CON_OBJETOS):
        raise SinSentido(NO_SE_ENTIENDE)
    return medida, con_objetos


def _partes(tipo):
    if not (isinstance(tipo, Objeto) and tipo.de == TIPO and isinstance(tipo.estado, tuple)):
        raise SinSentido(NO_SE_ENTIENDE)
    if type(tipo.argumentos) is not tuple or tipo.argumentos[1:] != (False, True):
        raise SinSentido(NO_SE_ENTIENDE)
    version, _, grupo, nombres, campos, largo, _, marcas, *_ = tipo.estado
    if version not in (3, 4) or grupo is not None:
        raise SinSentido(NO_SE_ENTIENDE)
    return tipo.argumentos[0], nombres, campos, largo, marcas
