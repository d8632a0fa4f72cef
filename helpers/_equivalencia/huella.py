"""La huella de un objeto por su contenido: la misma en otro proceso si el contenido es el mismo."""

import copyreg
import functools
import hashlib
import types

import numpy as np
from scipy import sparse

SENCILLOS = (type(None), bool, int, float, complex, str)
# `TfidfVectorizer` anota aquí, al responder, la dirección de memoria de su lista de palabras.
DIRECCIONES = ("_stop_words_id",)
CICLO = hashlib.sha256(b"un ciclo").digest()


def nombre_completo(cosa):
    """Módulo y nombre de una clase o de una función."""
    return f"{cosa.__module__}.{cosa.__qualname__}"


def lo_que_dura(clase, estado):
    """Los atributos de un objeto, sin los que anota al usarlo y puede volver a calcular."""
    return {
        nombre: valor
        for nombre, valor in estado.items()
        if nombre not in DIRECCIONES
        and not isinstance(getattr(clase, str(nombre), None), functools.cached_property)
    }


def huella(objeto):
    """SHA-256 del contenido de un objeto, igual en otro proceso si el contenido es igual.

    No sirve la de sus bytes en pickle: cambia cuando dos atributos comparten un mismo objeto.
    El orden de las claves de un dict no cuenta; el de una lista, sí.

    Parámetros
    ----------
    objeto : cualquiera
        Lo que no se puede desmontar, como un cerrojo, cuenta solo por su tipo.
    """
    # Una pila propia: llamándose a sí misma, Python no admite más de unos mil niveles.
    abiertos = {id(objeto): _sella(objeto)}
    sello = None
    while abiertos:
        try:
            hijo = next(reversed(abiertos.values())).send(sello)
        except StopIteration as fin:
            abiertos.popitem()
            sello = fin.value
        else:
            sello = CICLO if id(hijo) in abiertos else None
            if sello is None:
                abiertos[id(hijo)] = _sella(hijo)
    return sello


def _sella(objeto):
    """Entrega cada objeto que contiene, recibe su sello y al final devuelve el de todo."""
    datos, hijos = _desmonta(objeto)
    de_los_hijos = []
    for hijo in hijos:
        de_los_hijos.append((yield hijo))
    if type(objeto) in (dict, set, frozenset):
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
    if type(objeto) in (bytes, bytearray):
        return bytes(objeto), ()
    if type(objeto) is dict:
        return b"", list(objeto.items())
    if type(objeto) in (list, tuple, set, frozenset):
        return b"", objeto
    if isinstance(objeto, set | frozenset):  # de otra clase, que puede llevar atributos
        return b"", (frozenset(objeto), getattr(objeto, "__dict__", None))
    if isinstance(objeto, np.ndarray | np.generic):
        return _desmonta_array(objeto)
    if isinstance(objeto, type | types.BuiltinFunctionType):
        return nombre_completo(objeto).encode(), ()
    if isinstance(objeto, types.FunctionType):
        return nombre_completo(objeto).encode(), _piezas_de_una_funcion(objeto)
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


def _piezas_de_una_funcion(funcion):
    llenas = [celda for celda in funcion.__closure__ or () if celda != types.CellType()]
    capturado = [celda.cell_contents for celda in llenas]
    return funcion.__code__, funcion.__defaults__, funcion.__kwdefaults__, capturado


def _desmonta_como_pickle(objeto):
    """Lo que pickle necesitaría para rehacer el objeto, sin escribirlo."""
    reduce = copyreg.dispatch_table.get(type(objeto))
    try:
        partes = reduce(objeto) if reduce else objeto.__reduce_ex__(4)
        if isinstance(partes, str):
            return partes.encode(), ()
        constructor, argumentos, estado, elementos, pares = (*partes, None, None, None)[:5]
        if isinstance(estado, dict):
            estado = lo_que_dura(type(objeto), estado)
        return b"", (constructor, argumentos, estado, list(elementos or ()), dict(pares or ()))
    except Exception:  # noqa: BLE001 cada clase se niega a su manera
        return b"", ()
