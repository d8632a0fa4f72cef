"""Lo que hay en un archivo de skops: un zip con un esquema en JSON y un archivo por array."""

import ast
import json
import lzma
import math
import re
import zipfile
import zlib

from helpers._inspeccion.corriente import HOLGURA, VECES
from helpers._inspeccion.lectura import Lectura

ESQUEMA = "schema.json"
MAXIMO_DE_ESQUEMA = 16 * 2**20  # bytes
MAXIMO_DE_PIEZAS = 2_000_000  # llaves, corchetes y comas: cada una puede ser un objeto
MAXIMO_DE_INDICE = 4 * 2**20  # bytes: decenas de miles de arrays
MAXIMO_DE_CABECERA = 10_000  # bytes, como NumPy
ENTRADA = re.compile(r"[A-Za-z0-9_-]+\.(?:npy|npz|bin)")
COMPRESIONES = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
CIFRADA = 1  # el primer bit de las marcas de una entrada
# Qué hace skops con el nombre que lleva cada nodo.
CREAN = {"ObjectNode", "TreeNode"}
SON_SUYOS = {
    "DictNode", "ListNode", "TupleNode", "SetNode", "JsonNode", "BytesNode", "SliceNode",
    "NdArrayNode", "MaskedArrayNode", "DTypeNode", "RandomStateNode", "RandomGeneratorNode",
    "SparseMatrixNode", "LossNode",
}  # fmt: skip
NOMBRAN = {"TypeNode", "FunctionNode", "CachedNode"}
NO_SE_PUDO = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, OSError, EOFError, ValueError,
              SyntaxError, MemoryError, RuntimeError,
              TypeError, LookupError, AttributeError)  # fmt: skip


class _SinIndiceEnorme:
    """El archivo, para `zipfile`, que lee el índice de una vez: si es enorme, no se lee."""

    def __init__(self, archivo):
        self._archivo = archivo
        self.maximo = MAXIMO_DE_INDICE

    def __getattr__(self, nombre):
        return getattr(self._archivo, nombre)

    def read(self, cuantos=-1):
        """Lo que dé el archivo, si cabe."""
        if cuantos < 0:
            cuantos = MAXIMO_DE_INDICE
        elif cuantos > self.maximo:
            raise zipfile.BadZipFile("su índice es enorme")
        return self._archivo.read(cuantos)


def abre(archivo):
    """Un `ZipFile` de un archivo abierto, sin leer un índice que no quepa."""
    protegido = _SinIndiceEnorme(archivo)
    zip_ = zipfile.ZipFile(protegido)
    protegido.maximo = MAXIMO_DE_ESQUEMA + 1  # el índice ya está leído; el esquema puede ser mayor
    return zip_


def mira(archivo):
    """Lo que se ve en un archivo de skops.

    Parámetros
    ----------
    archivo : archivo abierto para leer bytes

    Devuelve
    --------
    Lectura
    """
    lectura = Lectura()
    try:
        with abre(archivo) as zip_, zip_.open(ESQUEMA) as esquema:
            texto = esquema.read(MAXIMO_DE_ESQUEMA + 1)
        if len(texto) > MAXIMO_DE_ESQUEMA or sum(map(texto.count, b"{[,")) > MAXIMO_DE_PIEZAS:
            lectura.motivo = "su esquema es enorme"
        else:
            json.loads(texto, object_pairs_hook=lambda pares: _anota(pares, lectura))
    except NO_SE_PUDO:
        lectura.motivo = "su esquema no se puede leer"
    return lectura


def _anota(pares, lectura):
    """Apunta lo que un nodo nombra; del nodo no se guarda nada."""
    nodo = dict(pares)
    if len(nodo) < len(pares):
        lectura.rarezas.add("su esquema repite una clave")
    if "__class__" in nodo:
        par = (str(nodo.get("__module__")), str(nodo["__class__"]))
        lectura.nombres.add(par)
        cargador = str(nodo.get("__loader__"))
        if cargador in CREAN:
            lectura.creados.add(par)
        elif cargador in SON_SUYOS:
            lectura.nodos.add(par)
        elif cargador == "ConstructorFromReduceNode":
            lectura.llamados.add(par)
        elif cargador not in NOMBRAN:
            lectura.rarezas.add("su esquema lleva un nodo que un modelo no usa")
    elif "__loader__" in nodo or "__module__" in nodo:
        lectura.rarezas.add("su esquema lleva un nodo incompleto")
    if "function" in nodo:  # así lo escribía skops hasta su versión 0.14
        lectura.nombres.add((str(nodo.get("module_path")), str(nodo["function"])))


def rarezas_del_zip(archivo):
    """Lo que un zip de skops no lleva nunca, en frases.

    Parámetros
    ----------
    archivo : archivo abierto para leer bytes

    Devuelve
    --------
    set de str
    """
    bytes_ = archivo.seek(0, 2)
    try:
        with abre(archivo) as zip_:
            entradas = zip_.infolist()
            rarezas = set(_del_indice(entradas, bytes_))
            if not rarezas:  # si el índice miente, no se lee nada de lo que dice
                rarezas = {raro for entrada in entradas for raro in _de_una(zip_, entrada)}
    except NO_SE_PUDO:
        return {"su zip no se puede leer entero"}
    return rarezas


def _del_indice(entradas, bytes_):
    nombres = [entrada.orig_filename for entrada in entradas]
    if nombres.count(ESQUEMA) > 1:
        yield "su zip lleva dos esquemas"
    elif len(set(nombres)) < len(nombres):
        yield "su zip lleva dos entradas con el mismo nombre"
    if not all(nombre == ESQUEMA or ENTRADA.fullmatch(nombre) for nombre in nombres):
        yield "su zip lleva una entrada que skops no escribe"
    if any(e.compress_type not in COMPRESIONES or e.flag_bits & CIFRADA for e in entradas):
        yield "su zip está comprimido o cifrado de otra manera"
    if min((entrada.header_offset for entrada in entradas), default=0) > 0:
        yield "su zip lleva algo delante"
    if sum(entrada.file_size for entrada in entradas) > HOLGURA + VECES * bytes_:
        yield "su zip, descomprimido, ocupa demasiado"
    if sum(entrada.compress_size for entrada in entradas) > bytes_:
        yield "su zip declara más de lo que ocupa"


def _de_una(zip_, entrada):
    with zip_.open(entrada) as contenido:
        inicio = contenido.read(8)
        if inicio[:1] == b"\x80" and inicio[1:2] in b"\2\3\4\5":
            yield "su zip lleva un pickle"
        if entrada.filename.endswith(".npy"):
            yield from _de_un_array(inicio, contenido, entrada.file_size)
    if entrada.filename.endswith(".npz"):
        with zip_.open(entrada) as contenido, abre(contenido) as dentro:
            entradas = dentro.infolist()
            yield from _del_indice(entradas, entrada.file_size)
            for otra in entradas:
                if not otra.filename.endswith(".npy"):
                    yield "su zip lleva una entrada que skops no escribe"
                with dentro.open(otra) as array:
                    yield from _de_un_array(array.read(8), array, otra.file_size)


def _de_un_array(inicio, contenido, bytes_):
    """Un archivo `.npy`: si lo que declara es lo que ocupa, y si lleva objetos (otro pickle)."""
    if inicio[:6] != b"\x93NUMPY" or inicio[6] not in (1, 2, 3):
        yield "su zip lleva un array que no se entiende"
        return
    ancho = 2 if inicio[6] == 1 else 4
    largo = int.from_bytes((inicio[8:] + contenido.read(ancho))[:ancho], "little")
    if largo > MAXIMO_DE_CABECERA:
        yield "su zip lleva un array que no se entiende"
        return
    cabecera = ast.literal_eval(contenido.read(largo).decode("utf-8").strip())
    medida = _medida(cabecera["descr"])
    if medida is None:
        yield "su zip lleva un array de objetos, que es otro pickle"
    elif 8 + ancho + largo + medida * math.prod(cabecera["shape"]) != bytes_:
        yield "su zip lleva un array que no ocupa lo que dice"


def _medida(tipo):
    """Los bytes de un valor de ese tipo, como lo escribe NumPy; None si lleva objetos."""
    if isinstance(tipo, list):
        medidas = [_medida(campo[1]) for campo in tipo]
        return None if None in medidas else sum(medidas)
    letra, numero = re.fullmatch(r"[<>|=]([biufcmMSUVO])(\d*)(?:\[\w+\])?", tipo).groups()
    if letra == "O":
        return None
    return int(numero) * (4 if letra == "U" else 1)
