"""Lo que se apunta al mirar un archivo, y lo que ocupa el sitio de sus objetos."""

from dataclasses import dataclass, field


@dataclass
class Lectura:
    """Lo que se vio en un archivo.

    `nombres`, los pares (módulo, nombre) que pide; `llamados`, los que además llama; `pasados`, los
    que da a una llamada; `creados`, los que usa como clase; `nodos`, los que skops usa como suyos;
    `rarezas`, lo que un modelo corriente no lleva, en frases; `motivo`, por qué no se pudo mirar
    hasta el final; `arrays`, cuántos hay fuera del pickle.
    """

    nombres: set = field(default_factory=set)
    llamados: set = field(default_factory=set)
    pasados: set = field(default_factory=set)
    creados: set = field(default_factory=set)
    nodos: set = field(default_factory=set)
    rarezas: set = field(default_factory=set)
    motivo: str = ""
    arrays: int = 0


class Pedido:
    """Un nombre que el archivo pide: el par (módulo, nombre), en `es`."""

    __slots__ = ("es",)

    def __init__(self, es):
        self.es = es


class Objeto:
    """Lo que daría crear o llamar a un nombre. No se crea ni se llama."""

    __slots__ = ("argumentos", "de", "estado")

    def __init__(self, de, argumentos=()):
        self.de, self.argumentos, self.estado = de, argumentos, None
