"""Seguir las instrucciones de un pickle sin importar nada ni llamar a nadie.

Cada nombre que el archivo pide se sustituye por un muñeco que se deja crear, llamar y rellenar, y
no hace nada. Así se sabe qué importaría, también cuando el nombre se apila o se recuerda antes de
usarlo.
"""

import pickle
import re

MAXIMO_DE_PASOS = 5_000_000  # lecturas: unos segundos. Un modelo corriente necesita miles
TROZO = 2**20  # bytes: lo que ocupe más se salta en lugar de leerse


class SinSentido(Exception):
    """Las instrucciones no se pueden seguir hasta el final; el texto dice por qué."""


class Corriente:
    """Un archivo que se lee poco a poco: los trozos grandes se saltan y los pasos se cuentan."""

    def __init__(self, archivo):
        self.archivo, self.pasos = archivo, 0

    def read(self, cuantos):
        """Los bytes pedidos; si son muchos, los salta y da ninguno."""
        self._da_un_paso()
        if cuantos > TROZO:
            self.salta(cuantos)
            return b""
        leido = self.archivo.read(cuantos)
        if len(leido) < cuantos:
            raise EOFError
        return leido

    def readline(self):
        """Una línea, con su final."""
        self._da_un_paso()
        linea = self.archivo.readline(TROZO)
        if not linea.endswith(b"\n"):
            raise SinSentido("tiene una línea enorme") if len(linea) == TROZO else EOFError
        return linea

    def salta(self, cuantos):
        """Avanza sin guardar lo que lee: lo que se declara puede no caber en memoria, o faltar."""
        while cuantos > 0:
            leido = len(self.archivo.read(min(cuantos, TROZO)))
            if not leido:
                raise EOFError
            self._da_un_paso()
            cuantos -= leido

    def _da_un_paso(self):
        self.pasos += 1
        if self.pasos > MAXIMO_DE_PASOS:
            raise SinSentido("tiene demasiadas instrucciones")


class Muneco:
    """Lo que ocupa el sitio de una clase, de una función o de lo que devolverían."""

    def __new__(cls, *argumentos, **_):
        """Se crea con cualquier cosa y recuerda con qué."""
        nuevo = super().__new__(cls)
        nuevo.__dict__["argumentos"] = argumentos
        return nuevo

    def __init__(self, *_, **__):
        pass

    def __call__(self, *argumentos, **_):
        """Se deja llamar; devuelve otro muñeco."""
        return Muneco(*argumentos)

    def append(self, _):
        """Se deja rellenar, como una lista."""

    extend = add = update = append

    def __setitem__(self, _, __):
        """Se deja rellenar, como un diccionario."""


class Lector(pickle._Unpickler):
    """Un intérprete de pickle que anota nombres y no obedece.

    `nombres` queda con los pares (módulo, nombre) que el archivo pide, aunque no se llegue al
    final. Entiende los arrays que joblib intercala, fuera del pickle.
    """

    dispatch = pickle._Unpickler.dispatch.copy()

    def __init__(self, corriente, nombres):
        super().__init__(corriente)
        self.corriente, self.nombres = corriente, nombres

    def find_class(self, modulo, nombre):
        """Anota el nombre y da un muñeco con él."""
        self.nombres.add((modulo, nombre))
        return type(str(nombre), (Muneco,), {"es": (modulo, nombre)})

    def get_extension(self, codigo):
        """Un número en lugar de un nombre; quien carga lo busca en un registro suyo."""
        self.append(self.find_class("copyreg", f"extensión {codigo}"))

    def persistent_load(self, _):
        """Un objeto que estaría en otro sitio."""
        return Muneco()

    def load_frame(self):
        """Un marco solo agrupa lecturas: leer sin él da lo mismo y no reserva memoria."""
        self.read(8)

    def load_bytearray8(self):
        """Unos bytes que se podrían modificar. Aquí no los necesita nadie."""
        self.corriente.salta(int.from_bytes(self.read(8), "little"))
        self.append(b"")

    def load_build(self):
        """El estado de un objeto. Si es un array de joblib, sus bytes vienen detrás."""
        estado = self.stack.pop()
        objeto = self.stack[-1]
        if isinstance(objeto, Muneco) and isinstance(estado, dict):
            objeto.__dict__.update(estado)
        if getattr(type(objeto), "es", None) == ("joblib.numpy_pickle", "NumpyArrayWrapper"):
            self._salta_el_array(objeto)

    def _salta_el_array(self, array):
        codigo = array.dtype.argumentos[0]
        if codigo.startswith("O"):  # con objetos dentro: es otro pickle
            Lector(self.corriente, self.nombres).load()
            return
        if getattr(array, "numpy_array_alignment_bytes", None) is not None:
            self.read(self.read(1)[0])
        bytes_por_valor = int(re.search(r"\d+$", codigo)[0]) * (4 if codigo[0] == "U" else 1)
        for cuantos in array.shape:
            bytes_por_valor *= cuantos
        self.corriente.salta(bytes_por_valor)

    # De los diccionarios solo importan las claves de texto (el estado de un array), y de los
    # conjuntos, nada. Además, comparar unas claves hechas a propósito podría no acabar nunca.
    def load_setitem(self):
        """Una pareja para un diccionario."""
        valor, clave = self.stack.pop(), self.stack.pop()
        self._rellena(self.stack[-1], [clave, valor])

    def load_setitems(self):
        """Varias parejas para un diccionario."""
        parejas = self.pop_mark()
        self._rellena(self.stack[-1], parejas)

    def load_dict(self):
        """Un diccionario con sus parejas."""
        parejas, diccionario = self.pop_mark(), {}
        self._rellena(diccionario, parejas)
        self.append(diccionario)

    def _rellena(self, diccionario, parejas):
        if isinstance(diccionario, dict):
            pares = zip(parejas[::2], parejas[1::2], strict=False)
            diccionario.update((clave, valor) for clave, valor in pares if isinstance(clave, str))

    def load_additems(self):
        """Elementos para un conjunto."""
        self.pop_mark()

    def load_frozenset(self):
        """Un conjunto que no cambia."""
        self.pop_mark()
        self.append(frozenset())

    for _letra, _paso in (
        (pickle.FRAME, load_frame),
        (pickle.BYTEARRAY8, load_bytearray8),
        (pickle.BUILD, load_build),
        (pickle.SETITEM, load_setitem),
        (pickle.SETITEMS, load_setitems),
        (pickle.DICT, load_dict),
        (pickle.ADDITEMS, load_additems),
        (pickle.FROZENSET, load_frozenset),
    ):
        dispatch[_letra[0]] = _paso


def sigue(archivo):
    """Sigue un pickle hasta su final.

    Parámetros
    ----------
    archivo : archivo abierto para leer bytes

    Devuelve
    --------
    set de (módulo, nombre), str
        Lo que importaría y, si no se pudo seguir hasta el final, por qué.
    """
    nombres = set()
    try:
        Lector(Corriente(archivo), nombres).load()
    except EOFError:
        return nombres, "le falta el final"
    except SinSentido as error:
        return nombres, str(error)
    except Exception as error:  # noqa: BLE001 unas instrucciones sin sentido fallan de mil formas
        return nombres, f"no se entiende ({type(error).__name__})"
    return nombres, ""
