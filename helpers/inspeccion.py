"""Mirar un archivo sin cargarlo: de qué formato es y qué nombres importaría."""

import bz2
import contextlib
import gzip
import json
import lzma
import pickletools
import re
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path

from helpers._inspeccion.lector import sigue

CABECERA = 64 * 1024  # bytes que bastan para reconocer un archivo
# Cómo empieza cada formato. El orden importa: los más largos, antes.
INICIOS = {
    b"version https://git-lfs": "puntero de Git-LFS",
    b"PK\x03\x04": "zip",
    b"\x1f\x8b": "gzip",
    b"\xfd7zXZ": "xz",
    b"BZh": "bz2",
    b"\x04\x22\x4d\x18": "lz4",
    b"]\x00\x00": "lzma",
    b"\x80": "pickle",
}
ZLIB = re.compile(rb"x[\x01\x5e\x9c\xda]")
HTML = re.compile(rb"\s*(?:<!doctype html|<html|<head|<body)", re.IGNORECASE)
# El nombre que joblib escribe delante de cada array. Detrás van bytes que ya no son un pickle.
MARCA_DE_JOBLIB = b"joblib.numpy_pickle"
ABRE = {"gzip": gzip.open, "bz2": bz2.open, "xz": lzma.open, "lzma": lzma.open}
COMPRIMIDOS = ("zlib", *ABRE, "lz4")
PASOS_DE_PRUEBA = 20
MAXIMO_DE_ESQUEMA = 64 * 2**20  # bytes del esquema de un archivo de skops


@dataclass(frozen=True)
class Globales:
    """Los nombres que un archivo importaría, en orden alfabético.

    `motivo` queda vacío si se pudo mirar entero; si no, dice por qué no, y puede haber más nombres.
    """

    nombres: tuple[str, ...]
    motivo: str = ""


def formato(origen):
    """Reconoce un archivo por sus primeros bytes, diga lo que diga su nombre.

    Parámetros
    ----------
    origen : Path o archivo abierto para leer bytes
        Si está abierto, se deja por el principio.

    Devuelve
    --------
    str
        «pickle», «joblib» (con arrays), «skops»; uno de `COMPRIMIDOS`; «zip», «zip roto» (no se
        abre), «página web», «puntero de Git-LFS», «JSON», «texto», «vacío» o «desconocido».
    """
    with _abierto(origen) as archivo:
        inicio = archivo.read(CABECERA)
        nombre = next((n for marca, n in INICIOS.items() if inicio.startswith(marca)), "")
        if nombre == "pickle" and MARCA_DE_JOBLIB in inicio:
            return "joblib"
        if nombre == "zip":
            return _que_zip(archivo)
        return nombre or _sin_marca(inicio)


def globales(origen):
    """Los nombres que un archivo importaría al cargarlo, sin importarlos.

    Parámetros
    ----------
    origen : Path o archivo abierto para leer bytes
        De pickle, dill, joblib (también comprimido) o skops.

    Devuelve
    --------
    Globales
    """
    with _abierto(origen) as archivo:
        que_es = formato(archivo)
        if que_es == "skops":
            return _globales_de_skops(archivo)
        if que_es not in ("pickle", "joblib", "zlib", *ABRE):
            return Globales((), f"no sé mirar dentro: es {que_es}")
        try:
            nombres, motivo = sigue(_sin_comprimir(archivo, que_es))
        except (OSError, EOFError, zlib.error, lzma.LZMAError):
            return Globales((), "lo comprimido está dañado")
    return Globales(tuple(sorted(f"{modulo}.{nombre}" for modulo, nombre in nombres)), motivo)


@contextlib.contextmanager
def _abierto(origen):
    """El archivo, abierto y por el principio; si ya lo estaba, así se queda."""
    if hasattr(origen, "read"):
        origen.seek(0)
        yield origen
        origen.seek(0)
    else:
        with Path(origen).open("rb") as archivo:
            yield archivo


def _sin_comprimir(archivo, que_es):
    archivo.seek(0)
    if que_es in ABRE:
        return ABRE[que_es](archivo)
    if que_es == "zlib":
        from joblib.compressor import BinaryZlibFile

        return BinaryZlibFile(archivo)
    return archivo


def _que_zip(archivo):
    try:
        return "skops" if "schema.json" in zipfile.ZipFile(archivo).namelist() else "zip"
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return "zip roto"  # su índice va al final: es lo primero que se pierde


def _sin_marca(inicio):
    """Lo que se reconoce por más que unos bytes fijos."""
    if not inicio:
        return "vacío"
    if ZLIB.match(inicio):
        return "zlib"
    if HTML.match(inicio):
        return "página web"
    if _es_pickle_de_texto(inicio):
        return "pickle"
    try:
        texto = inicio.decode("utf-8", errors="strict" if len(inicio) < CABECERA else "ignore")
    except UnicodeDecodeError:
        return "desconocido"
    if not texto.isprintable() and "\0" in texto:
        return "desconocido"
    return "JSON" if texto.lstrip()[:1] in ("{", "[") else "texto"


def _es_pickle_de_texto(inicio):
    """Los protocolos 0 y 1 no llevan marca: se prueba a entender sus instrucciones."""
    pasos = []
    try:
        pasos += pickletools.genops(inicio)
    except ValueError:
        # Cortado por la cabecera, no llega a su final; un texto se deja de entender enseguida.
        return len(inicio) == CABECERA and len(pasos) > PASOS_DE_PRUEBA
    ultimo, _, lugar = pasos[-1]
    return ultimo.name == "STOP" and lugar == len(inicio) - 1


def _globales_de_skops(archivo):
    """Cada par `__module__`, `__class__` del esquema, esté donde esté."""
    try:
        with zipfile.ZipFile(archivo) as zip_, zip_.open("schema.json") as esquema:
            texto = esquema.read(MAXIMO_DE_ESQUEMA + 1)
        if len(texto) > MAXIMO_DE_ESQUEMA:
            return Globales((), "su esquema es enorme")
        nodos, nombres = [json.loads(texto)], set()
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, RecursionError):
        return Globales((), "su esquema no se puede leer")
    while nodos:
        nodo = nodos.pop()
        nodos += nodo.values() if isinstance(nodo, dict) else nodo if isinstance(nodo, list) else []
        if isinstance(nodo, dict) and "__class__" in nodo:
            nombres.add(f"{nodo.get('__module__')}.{nodo['__class__']}")
    return Globales(tuple(sorted(nombres)))
