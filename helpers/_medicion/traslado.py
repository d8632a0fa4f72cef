"""Llevar un modelo a otros procesos sin una copia en la memoria de cada uno."""

import io
import itertools
import mmap
import pickle

import cloudpickle
import numpy as np

ALINEACION = 64  # bytes: NumPy trabaja más despacio con un array que empieza en cualquier sitio


class _Empaquetador(cloudpickle.Pickler):
    """Conserva los tipos básicos de NumPy tal como son en quien guarda.

    Al cargar, pickle hace una copia de cada uno; al guardar de nuevo, la copia y el original se
    escribirían por separado, y el archivo mediría unos bytes más que en el cuaderno.
    """

    def reducer_override(self, objeto):
        if isinstance(objeto, np.dtype) and objeto.isbuiltin == 1:
            return np.dtype, (objeto.str,)
        return super().reducer_override(objeto)


def empaqueta(modelo, ruta):
    """Deja un modelo en dos archivos para que lo tomen otros procesos. Devuelve sus bytes.

    Los arrays van aparte: cada proceso los verá en el archivo, sin copiarlos en su memoria. Con
    100 MB y cinco métodos, eso son 400 MB menos. Con cloudpickle llegan también las funciones y
    las clases del cuaderno.
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


def _de_arrays(ruta):
    return ruta.with_name(f"{ruta.name}.arrays")


def _relleno(tamano):
    """Bytes hasta el siguiente múltiplo; al menos uno, porque un archivo vacío no se proyecta."""
    return ALINEACION - tamano % ALINEACION
