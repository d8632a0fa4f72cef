"""Leer un archivo poco a poco, con cuentas: lo que declara puede no caber en ninguna parte."""

import io
import lzma
import zlib
from bz2 import BZ2Decompressor

MAXIMO_DE_PASOS = 2_000_000  # lecturas: unos segundos. Un modelo corriente necesita miles
MAXIMO_DE_TEXTO = 16 * 2**20  # bytes de texto que se recuerdan, entre todos
TROZO = 4096  # bytes: ningún nombre es más largo; lo que ocupe más se salta en lugar de leerse
SUELTO = 8  # bytes: lo que no pasa de ahí son números y letras sueltas
LINEA = 2**20  # bytes de la línea más larga
BLOQUE = 2**20  # bytes que se saltan de una vez
# Lo comprimido puede ocupar esto, más tantas veces su tamaño. Un modelo se reduce 10 o 20 veces.
HOLGURA, VECES = 64 * 2**20, 100
MEMORIA_DE_XZ = 128 * 2**20  # un archivo de xz pide la memoria que quiere
MOTORES = {
    "zlib": lambda: zlib.decompressobj(zlib.MAX_WBITS),
    "gzip": lambda: zlib.decompressobj(zlib.MAX_WBITS | 16),
    "bz2": BZ2Decompressor,
    "xz": lambda: lzma.LZMADecompressor(lzma.FORMAT_XZ, MEMORIA_DE_XZ),
    "lzma": lambda: lzma.LZMADecompressor(lzma.FORMAT_ALONE, MEMORIA_DE_XZ),
}


class SinSentido(Exception):
    """Las instrucciones no se pueden seguir hasta el final; el texto dice por qué."""


class Corriente:
    """Un archivo que se lee hacia delante: los trozos grandes se saltan y los pasos se cuentan.

    `leidos` dice por qué byte va.
    """

    def __init__(self, archivo):
        self.archivo, self.pasos, self.leidos, self.texto = archivo, 0, 0, 0

    def read(self, cuantos):
        """Los bytes pedidos; si son muchos, los salta y da ninguno."""
        if cuantos > TROZO:
            self.salta(cuantos)
            return b""
        self._da_un_paso()
        leido = self.archivo.read(cuantos)
        if len(leido) < cuantos:
            raise EOFError
        self.leidos += cuantos
        if cuantos > SUELTO:
            self._recuerda(cuantos)
        return leido

    def readline(self):
        """Una línea, con su final."""
        self._da_un_paso()
        linea = self.archivo.readline(LINEA)
        if not linea.endswith(b"\n"):
            raise SinSentido("tiene una línea enorme") if len(linea) == LINEA else EOFError
        self.leidos += len(linea)
        self._recuerda(len(linea))
        return linea

    def salta(self, cuantos):
        """Avanza sin guardar lo que lee, y da sus dos primeros bytes y el último."""
        principio = final = b""
        while cuantos > 0:
            self._da_un_paso()
            leido = self.archivo.read(min(cuantos, BLOQUE))
            if not leido:
                raise EOFError
            principio, final = principio or leido[:2], leido[-1:]
            self.leidos += len(leido)
            cuantos -= len(leido)
        return principio + final

    def _da_un_paso(self):
        self.pasos += 1
        if self.pasos > MAXIMO_DE_PASOS:
            raise SinSentido("tiene demasiadas instrucciones")

    def _recuerda(self, cuantos):
        self.texto += cuantos
        if self.texto > MAXIMO_DE_TEXTO:
            raise SinSentido("tiene demasiado texto")


class Descomprimido(io.RawIOBase):
    """Los bytes que hay dentro de un archivo comprimido, de uno solo y sin pasar de un límite."""

    def __init__(self, archivo, que_es):
        self.archivo, self.motor = archivo, MOTORES[que_es]()
        self.quedan = HOLGURA + VECES * archivo.seek(0, io.SEEK_END)
        archivo.seek(0)

    def readable(self):
        """Se puede leer: `io.BufferedReader` lo pregunta."""
        return True

    def readinto(self, hueco):
        """Llena lo que pueda del hueco y dice cuánto."""
        datos = self._siguiente(len(hueco))
        hueco[: len(datos)] = datos
        return len(datos)

    def _siguiente(self, maximo):
        while not self.motor.eof:
            entrada = self._entrada()
            datos = self.motor.decompress(entrada, maximo)
            self.quedan -= len(datos)
            if self.quedan < 0:
                raise SinSentido("descomprimido ocupa demasiado")
            if datos:
                return datos
            if not entrada:
                raise EOFError
        return b""

    def _entrada(self):
        pendiente = getattr(self.motor, "unconsumed_tail", b"")  # zlib devuelve lo que no usó
        if pendiente or not getattr(self.motor, "needs_input", True):
            return pendiente
        return self.archivo.read(io.DEFAULT_BUFFER_SIZE)

    def sobra(self):
        """Si detrás de lo comprimido hay algo más."""
        return bool(self.motor.unused_data or self.archivo.read(1))
