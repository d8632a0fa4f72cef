"""La huella de un objeto por su contenido: la misma en otro proceso si el contenido es el mismo."""

import copyreg
import hashlib
import types

import numpy as np
from scipy import sparse

SENCILLOS = (type(None), bool, int, float, complex, str)


def nombre_completo(cosa):
    """Módulo y nombre de una clase o de una función."""
    return f"{cosa.__module__}.{cosa.__qualname__}"


def huella(objeto, dentro_de=()):
    """SHA-256 del contenido de un objeto, igual en otro proceso si el contenido es igual.

    No sirve la de sus bytes en pickle: cambia cuando dos atributos comparten un mismo objeto.

    Parámetros
    ----------
    objeto : cualquiera
        Lo que no se puede desmontar, como un cerrojo, cuenta solo por su tipo.
    dentro_de : tuple de int
        Los objetos que lo contienen, para no dar vueltas en un ciclo.
    """
    if id(objeto) in dentro_de:
        return hashlib.sha256(b"un ciclo").digest()
    datos, hijos = _desmonta(objeto)
    de_los_hijos = [huella(hijo, (*dentro_de, id(objeto))) for hijo in hijos]
    if isinstance(objeto, dict | set | frozenset):
        de_los_hijos.sort()  # un conjunto no tiene orden, y en otro proceso sale en otro
    # Un array leído del disco con mmap vale lo mismo que uno en memoria.
    tipo = np.ndarray if isinstance(objeto, np.memmap) else type(objeto)
    sha = hashlib.sha256(nombre_completo(tipo).encode())
    sha.update(len(datos).to_bytes(8, "big") + datos)
    sha.update(b"".join(de_los_hijos))
    return sha.digest()


def _desmonta(objeto):
    """Los bytes propios de un objeto y los objetos que contiene."""
    if type(objeto) in SENCILLOS:
        return ascii(objeto).encode(), ()
    if isinstance(objeto, bytes | bytearray):
        return bytes(objeto), ()
    if isinstance(objeto, dict):
        return b"", list(objeto.items())
    if isinstance(objeto, list | tuple | set | frozenset):
        return b"", objeto
    if isinstance(objeto, np.ndarray | np.generic):
        return _desmonta_array(objeto)
    if isinstance(objeto, type | types.BuiltinFunctionType):
        return nombre_completo(objeto).encode(), ()
    if isinstance(objeto, types.FunctionType):
        celdas = [celda.cell_contents for celda in objeto.__closure__ or ()]
        return nombre_completo(objeto).encode(), (objeto.__code__, objeto.__defaults__, celdas)
    if isinstance(objeto, types.CodeType):
        return objeto.co_code, (objeto.co_consts, objeto.co_names)
    if sparse.issparse(objeto):
        coo = objeto.tocoo()
        return b"", (coo.shape, coo.row, coo.col, coo.data)
    if hasattr(objeto, "get_arrays") and hasattr(objeto, "get_n_calls"):
        # El árbol de vecinos cuenta las consultas: su estado cambia al predecir.
        return b"", objeto.get_arrays()
    if isinstance(objeto, np.random.RandomState):
        # Los números que dará. La semilla con que nació no cuenta, y skops no la conserva.
        return b"", objeto.get_state()
    return _desmonta_como_pickle(objeto)


def _desmonta_array(array):
    if isinstance(array, np.ma.MaskedArray):
        return b"", (np.ma.getdata(array), np.ma.getmaskarray(array))
    array = np.asarray(array)
    forma = f"{array.dtype.str} {array.shape}".encode()
    if array.dtype.names:  # campo a campo: entre ellos puede haber bytes de relleno, al azar
        return forma, [array[campo] for campo in array.dtype.names]
    if array.dtype.hasobject:
        return forma, array.ravel().tolist()
    return forma + array.tobytes(), ()


def _desmonta_como_pickle(objeto):
    """Lo que pickle necesitaría para rehacer el objeto, sin escribirlo."""
    reduce = copyreg.dispatch_table.get(type(objeto))
    try:
        partes = reduce(objeto) if reduce else objeto.__reduce_ex__(4)
    except Exception:  # noqa: BLE001 cada clase se niega a su manera
        return b"", ()
    if isinstance(partes, str):
        return partes.encode(), ()
    constructor, argumentos, estado, *iteradores = (*partes, None, None, None)[:5]
    return b"", (constructor, argumentos, estado, *(list(i) for i in iteradores if i is not None))
