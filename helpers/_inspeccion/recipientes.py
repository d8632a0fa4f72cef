"""Las instrucciones de un pickle que llenan listas, diccionarios, tuplas y conjuntos.

De las listas y los conjuntos no se guarda nada; de los diccionarios, las claves de texto (el estado
de un array). Así no hay que comparar unas claves hechas a propósito, que podría no acabar nunca.
"""

import pickle

from helpers._inspeccion.corriente import SinSentido
from helpers._inspeccion.lectura import Objeto

CON_PAREJAS = {("sklearn.utils._bunch", "Bunch")}  # es un diccionario
CONJUNTO = frozenset()  # el mismo para todos
OTRA_CLAVE = object()  # ocupa el sitio de las claves que no son texto
MAXIMO_DE_PESO = 10**8  # lo que habría dentro si lo repetido estuviera escrito tantas veces
MAXIMO_DE_RECIPIENTES = 500_000
PESAN = (tuple, list, dict, Objeto)


class Recipientes(pickle._Unpickler):
    """Un intérprete de pickle que lleva la cuenta de lo que hay dentro de cada cosa."""

    def __init__(self, corriente, lectura):
        super().__init__(corriente)
        self.corriente, self.lectura = corriente, lectura
        self.pesos = {}  # por la dirección de cada recipiente; los nuevos la estrenan en `_nuevo`

    def _raro(self, frase):
        self.lectura.rarezas.add(frase)

    def _nuevo(self, recipiente, elementos=()):
        self.pesos.pop(id(recipiente), None)
        self._pesa(recipiente, elementos)
        return recipiente

    def _pesa(self, recipiente, elementos):
        """Suma al peso de un recipiente el de lo que se le mete."""
        if not elementos:
            return
        peso = self.pesos.get(id(recipiente), 1)
        for elemento in elementos:
            peso += self.pesos.get(id(elemento), 1) if type(elemento) in PESAN else 1
            if elemento is recipiente:
                self._raro("lleva una lista o un diccionario dentro de sí mismo")
        if len(self.pesos) > MAXIMO_DE_RECIPIENTES:
            raise SinSentido("tiene demasiadas listas, tuplas o diccionarios")
        if peso > MAXIMO_DE_PESO:
            self._raro("repite lo mismo tantas veces que no cabría en memoria")
        self.pesos[id(recipiente)] = min(peso, MAXIMO_DE_PESO)

    def _rellena(self, elementos, *tipos):
        if type(self.stack[-1]) not in tipos:
            self._raro("rellena algo que no es una lista, un diccionario ni un conjunto")
        self._pesa(self.stack[-1], elementos)

    def _rellena_parejas(self, parejas):
        destino = self.stack[-1]
        if isinstance(destino, dict):
            for clave, valor in zip(parejas[::2], parejas[1::2], strict=True):
                destino[clave if type(clave) is str else OTRA_CLAVE] = valor
        es_suyo = getattr(destino, "de", None) in CON_PAREJAS
        self._rellena(parejas, Objeto if es_suyo else dict)

    def load_empty_tuple(self):
        """Una tupla sin nada: es siempre la misma."""
        self.append(())

    def load_tuple(self):
        """Una tupla con lo que hay desde la marca."""
        elementos = tuple(self.pop_mark())
        self.append(self._nuevo(elementos, elementos))

    def load_tuple1(self):
        """Una tupla de uno."""
        self._tupla(1)

    def load_tuple2(self):
        """Una tupla de dos."""
        self._tupla(2)

    def load_tuple3(self):
        """Una tupla de tres."""
        self._tupla(3)

    def _tupla(self, cuantos):
        elementos = tuple(self.stack[-cuantos:])
        self.stack[-cuantos:] = [self._nuevo(elementos, elementos)]

    def load_empty_list(self):
        """Una lista sin nada."""
        self.append(self._nuevo([]))

    def load_list(self):
        """Una lista con lo que hay desde la marca."""
        elementos = self.pop_mark()
        self.append(self._nuevo([], elementos))

    def load_append(self):
        """Un elemento para una lista."""
        elemento = self.stack.pop()
        self._rellena([elemento], list)

    def load_appends(self):
        """Varios elementos para una lista."""
        self._rellena(self.pop_mark(), list)

    def load_empty_dict(self):
        """Un diccionario sin nada."""
        self.append(self._nuevo({}))

    def load_dict(self):
        """Un diccionario con lo que hay desde la marca."""
        parejas = self.pop_mark()
        self.append(self._nuevo({}))
        self._rellena_parejas(parejas)

    def load_setitem(self):
        """Una pareja para un diccionario."""
        valor, clave = self.stack.pop(), self.stack.pop()
        self._rellena_parejas([clave, valor])

    def load_setitems(self):
        """Varias parejas para un diccionario."""
        self._rellena_parejas(self.pop_mark())

    def load_empty_set(self):
        """Un conjunto sin nada."""
        self.append(CONJUNTO)

    def load_additems(self):
        """Elementos para un conjunto."""
        self._rellena(self.pop_mark(), frozenset)

    def load_frozenset(self):
        """Un conjunto que no cambia, con lo que hay desde la marca."""
        self.pop_mark()
        self.append(CONJUNTO)
