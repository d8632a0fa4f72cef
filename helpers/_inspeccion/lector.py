"""Seguir las instrucciones de un pickle sin importar nada ni llamar a nadie.

Cada nombre que el archivo pide se sustituye por un `Pedido`, y lo que daría llamarlo, por un
`Objeto`. Así se sabe qué importaría, también cuando el nombre se apila o se recuerda antes de
usarlo. Todo lo que un modelo corriente no hace queda apuntado en las rarezas.
"""

import pickle
import pickletools

from helpers._inspeccion.arrays import ENVOLTORIO, salta_el_array
from helpers._inspeccion.corriente import Corriente, SinSentido
from helpers._inspeccion.lectura import Lectura, Objeto, Pedido
from helpers._inspeccion.recipientes import OTRA_CLAVE, Recipientes

MAXIMO_DE_NOMBRES = 2_000  # un modelo corriente pide decenas
# Las instrucciones que escribe Python 3. Las demás son de antes, o de quien quiere esconder algo.
CORRIENTES = {
    "PROTO", "FRAME", "STOP", "MARK", "NONE", "NEWTRUE", "NEWFALSE", "BININT", "BININT1",
    "BININT2", "LONG1", "LONG4", "BINFLOAT", "SHORT_BINUNICODE", "BINUNICODE", "BINUNICODE8",
    "SHORT_BINBYTES", "BINBYTES", "BINBYTES8", "BYTEARRAY8", "EMPTY_TUPLE", "TUPLE", "TUPLE1",
    "TUPLE2", "TUPLE3", "EMPTY_LIST", "APPEND", "APPENDS", "EMPTY_DICT", "SETITEM", "SETITEMS",
    "EMPTY_SET", "ADDITEMS", "FROZENSET", "MEMOIZE", "BINPUT", "LONG_BINPUT", "BINGET",
    "LONG_BINGET", "GLOBAL", "STACK_GLOBAL", "REDUCE", "NEWOBJ", "BUILD",
}  # fmt: skip
# Hacen sitio para un array, que después se rellena: siempre lo piden vacío.
HACEN_SITIO = {
    ("numpy._core.multiarray", "_reconstruct"),
    ("numpy.core.multiarray", "_reconstruct"),
    ("numpy.ma.core", "_mareconstruct"),
}


class Lector(Recipientes):
    """Un intérprete de pickle que anota y no obedece.

    Con `con_arrays` entiende los arrays que joblib intercala, fuera del pickle.
    """

    dispatch = pickle._Unpickler.dispatch.copy()

    def __init__(self, corriente, lectura, con_arrays=True):
        super().__init__(corriente, lectura)
        self.con_arrays = con_arrays
        self.principio = self.fin_del_marco = corriente.leidos

    # --- Nombres y llamadas: se apuntan y no se obedecen ------------------------------------------
    def find_class(self, modulo, nombre):
        """Anota el nombre y da un `Pedido`."""
        self.lectura.nombres.add((modulo, nombre))
        if len(self.lectura.nombres) > MAXIMO_DE_NOMBRES:
            raise SinSentido("pide demasiados nombres")
        return Pedido((modulo, nombre))

    def get_extension(self, codigo):
        """Un número en lugar de un nombre; quien carga lo busca en un registro suyo."""
        self.append(self.find_class("copyreg", f"extensión {codigo}"))

    def persistent_load(self, _):
        """Un objeto que estaría en otro sitio."""
        return self._nuevo(Objeto(None))

    def load_reduce(self):
        """Una llamada."""
        argumentos = self.stack.pop()
        self.stack[-1] = self._apunta(self.stack[-1], argumentos, self.lectura.llamados)

    def load_newobj(self):
        """Un objeto de una clase."""
        argumentos = self.stack.pop()
        self.stack[-1] = self._apunta(self.stack[-1], argumentos, self.lectura.creados)

    def load_newobj_ex(self):
        """Un objeto de una clase, con argumentos que llevan nombre."""
        self.stack.pop()
        self.load_newobj()

    def _instantiate(self, clase, argumentos):
        """Un objeto, como se hacía antes, con `INST` y `OBJ`."""
        self.append(self._apunta(clase, tuple(argumentos), self.lectura.llamados))

    def _apunta(self, que, argumentos, donde):
        if not isinstance(que, Pedido):
            self._raro("llama a lo que devolvió otra llamada")
            return self._nuevo(Objeto(None))
        if type(argumentos) is not tuple:
            self._raro("llama con unos argumentos que no se ven")
            argumentos = ()
        if que.es in HACEN_SITIO and (0,) not in argumentos:
            self._raro("reserva memoria para un array")
        donde.add(que.es)
        pasados = {otro.es for otro in argumentos if isinstance(otro, Pedido)}
        self.lectura.pasados |= pasados
        if ENVOLTORIO in pasados:  # lo que devuelva puede ser un array, y aquí no se sabría
            raise SinSentido("esconde un array de joblib")
        return self._nuevo(Objeto(que.es, argumentos), argumentos)

    def load_build(self):
        """El estado de un objeto. Si es un array de joblib, sus bytes vienen detrás."""
        estado = self.stack.pop()
        objeto = self.stack[-1]
        if not isinstance(objeto, Objeto):
            self._raro("cambia por dentro una clase, una función o un dato")
            return
        if isinstance(estado, Objeto | Pedido) or any(map(_es_especial, _claves(estado))):
            self._raro("cambia cómo funciona un objeto")
        objeto.estado = estado
        self._pesa(objeto, (estado,))
        if self.con_arrays and objeto.de == ENVOLTORIO:
            self._busca_el_array(estado)

    def _busca_el_array(self, estado):
        if self.corriente.leidos < self.fin_del_marco:  # joblib lo buscaría detrás del marco
            raise SinSentido("lleva un array en medio de un marco")
        self.lectura.arrays += 1
        if not salta_el_array(self.corriente, estado):
            Lector(self.corriente, self.lectura, con_arrays=False).load()
        self.stack[-1] = self._nuevo(Objeto(None))  # ya no es el envoltorio: es el array

    # --- Lo que solo agrupa -----------------------------------------------------------------------
    def load_proto(self):
        """La versión del formato: va al principio."""
        if self.corriente.leidos != self.principio + 1:
            self._raro("repite la marca con que empieza un pickle")
        super().load_proto()

    def load_frame(self):
        """Un marco solo agrupa lecturas: leer sin él da lo mismo y no reserva memoria."""
        self._sale_del_marco()
        largo = int.from_bytes(self.read(8), "little")
        self.fin_del_marco = self.corriente.leidos + largo

    def load_stop(self):
        """El final."""
        self._sale_del_marco()
        super().load_stop()

    def _sale_del_marco(self):
        # Quien carga puede haber leído el marco entero: si acaba en otro sitio, seguiría por otro.
        if self.corriente.leidos < self.fin_del_marco:
            self._raro("un marco dice que ocupa lo que no ocupa")

    # --- Bytes: no los necesita nadie -------------------------------------------------------------
    def _salta_bytes(self, cuantos):
        extremos = self.corriente.salta(cuantos)
        if extremos[:1] == pickle.PROTO and extremos[1:2] in b"\2\3\4\5" and extremos[2:] == b".":
            self._raro("lleva otro pickle dentro de unos bytes")
        self.append(b"")

    def load_short_binbytes(self):
        """Hasta 255 bytes."""
        self._salta_bytes(self.read(1)[0])

    def load_binbytes(self):
        """Hasta 4 GB."""
        self._salta_bytes(int.from_bytes(self.read(4), "little"))

    def load_binbytes8(self):
        """Cualquier cantidad."""
        self._salta_bytes(int.from_bytes(self.read(8), "little"))

    load_bytearray8 = load_binbytes8


def _claves(estado):
    """Los nombres de lo que un estado cambia."""
    partes = estado if isinstance(estado, tuple) else (estado,)
    return [clave for parte in partes if isinstance(parte, dict) for clave in parte]


def _es_especial(clave):
    return clave is OTRA_CLAVE or clave.startswith("__")


def _instrucciones():
    """Lo que hace Lector con cada instrucción y, si no es corriente, antes, un apunte."""
    for instruccion in pickletools.opcodes:
        codigo, nombre = ord(instruccion.code), instruccion.name
        haz = getattr(Lector, f"load_{nombre.lower()}", Lector.dispatch[codigo])
        yield codigo, haz if nombre in CORRIENTES else _con_un_apunte(nombre, haz)


def _con_un_apunte(nombre, haz):
    def apunta_y_sigue(lector):
        lector._raro(f"usa {nombre}, que un modelo no usa")
        haz(lector)

    return apunta_y_sigue


Lector.dispatch.update(_instrucciones())


def sigue(archivo, con_arrays=True):
    """Sigue un pickle hasta su final.

    Parámetros
    ----------
    archivo : archivo abierto para leer bytes
        Queda detrás del pickle.
    con_arrays : bool
        Como lo leería joblib. Si no, como lo leería pickle, que toma los arrays por instrucciones.

    Devuelve
    --------
    Lectura
    """
    lectura = Lectura()
    try:
        Lector(Corriente(archivo), lectura, con_arrays).load()
    except EOFError:
        lectura.motivo = "le falta el final"
    except SinSentido as error:
        lectura.motivo = str(error)
    except Exception as error:  # noqa: BLE001 unas instrucciones sin sentido fallan de mil formas
        lectura.motivo = f"no se entiende ({type(error).__name__})"
    return lectura
