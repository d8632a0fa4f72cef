"""Llevar un modelo a otros procesos sin una copia en la memoria de cada uno."""

import contextlib
import io
import itertools
import mmap
import pickle

import cloudpickle
import numpy as np

ALINEACION = 64  # bytes: NumPy trabaja más despacio con un array que empieza en cualquier sitio


DE_CODIGO = {"_make_function", "_make_skeleton_class", "_make_skeleton_enum"}


class CodigoDelCuaderno(Exception):
    """El modelo lleva código que no está en ningún módulo.

    cloudpickle lo lleva entero y el otro proceso lo tiene, pero no en su `__main__`: pickle no
    sabría guardar lo que sí guarda en el cuaderno, y dill escribiría otro archivo.
    """

    def __init__(self):
        super().__init__(
            "usa una función o una clase escrita en el cuaderno: eso no se mide aparte. "
            "`prueba_de_persistencia` dice con qué métodos vuelve"
        )


class _Empaquetador(cloudpickle.Pickler):
    """Conserva los tipos básicos de NumPy tal como son en quien guarda.

    Al cargar, pickle hace una copia de cada uno; al guardar de nuevo, la copia y el original se
    escribirían por separado, y el archivo mediría unos bytes más que en el cuaderno.
    """

    def reducer_override(self, objeto):
        if isinstance(objeto, np.dtype) and objeto.isbuiltin == 1:
            return np.dtype, (objeto.str,)
        piezas = super().reducer_override(objeto)
        if isinstance(piezas, tuple) and getattr(piezas[0], "__name__", "") in DE_CODIGO:
            raise CodigoDelCuaderno
        return piezas


def empaqueta(modelo, ruta):
    """Deja un modelo en dos archivos para que lo tomen otros procesos. Devuelve sus bytes.

    Los arrays van aparte: cada proceso los verá en el archivo, sin copiarlos en su memoria. Con
    100 MB y cinco métodos, eso son 400 MB menos. Con cloudpickle llega también lo que pickle no
    sabe guardar y otro método quizá sí.

    Errores
    -------
    CodigoDelCuaderno
        Si el modelo usa una función o una clase del cuaderno.
    """
    arrays, memoria = [], io.BytesIO()
    _Empaquetador(memoria, protocol=5, buffer_callback=arrays.append).dump(modelo)
    cabeza = memoria.getvalue()
    tamanos = [array.raw().nbytes for array in arrays]
    with _de_arrays(ruta).open("wb") as archivo:
        for array, tamano in zip(arrays, tamanos, strict=True):
            archivo.write(array.raw())
            archivo.write(bytes(_relleno(tamano)))
    with ruta.open("wb") as archivo:
        pickle.dump((cabeza, tamanos), archivo, protocol=5)
    return len(cabeza) + sum(tamanos)


def desempaqueta(ruta):
    """Devuelve el modelo que `empaqueta` dejó."""
    with ruta.open("rb") as archivo:
        cabeza, tamanos = pickle.load(archivo)
    if not tamanos:
        return pickle.loads(cabeza)
    with _de_arrays(ruta).open("rb") as archivo:
        # ACCESS_COPY: los arrays se pueden modificar, como los del original, sin tocar el archivo.
        # Importa: pickle escribe de otra forma un array de solo lectura.
        visto = memoryview(mmap.mmap(archivo.fileno(), 0, access=mmap.ACCESS_COPY))
    finales = itertools.accumulate(tamano + _relleno(tamano) for tamano in tamanos)
    inicios = [0, *finales]
    trozos = [visto[i : i + tamano] for i, tamano in zip(inicios, tamanos, strict=False)]
    return pickle.loads(cabeza, buffers=trozos)


def borra(ruta):
    """Borra lo que `empaqueta` dejó."""
    for archivo in (ruta, _de_arrays(ruta)):
        with contextlib.suppress(OSError):  # Windows, si aún lo mira alguien: caerá con su carpeta
            archivo.unlink()


def _de_arrays(ruta):
    return ruta.with_name(f"{ruta.name}.arrays")


def _relleno(tamano):
    """Bytes hasta el siguiente múltiplo; al menos uno, porque un archivo vacío no se proyecta."""
    return ALINEACION - tamano % ALINEACION
