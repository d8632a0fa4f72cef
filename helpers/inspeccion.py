"""Mirar un archivo sin cargarlo: de qué formato es, qué nombres importaría y qué lleva de raro."""

import contextlib
import io
import pickletools
import re
import zipfile
from dataclasses import dataclass
from pathlib import Path

from helpers._inspeccion import esquema
from helpers._inspeccion.conocidos import desconocidos
from helpers._inspeccion.corriente import MOTORES, Descomprimido
from helpers._inspeccion.lector import sigue
from helpers._inspeccion.lectura import Lectura

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
COMPRIMIDOS = (*MOTORES, "lz4")
PASOS_DE_PRUEBA = 20
# Lo que debe haber dentro de un archivo con cada extensión, para quien se fíe de ella.
DE_LA_EXTENSION = {
    ".pkl": ("pickle",),
    ".pickle": ("pickle",),
    ".dill": ("pickle",),
    ".joblib": ("pickle", "joblib", *COMPRIMIDOS),
    ".skops": ("skops",),
}


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
        lectura, *_ = _lecturas(archivo, formato(archivo))
    nombres = sorted(f"{modulo}.{nombre}" for modulo, nombre in lectura.nombres)
    return Globales(tuple(nombres), lectura.motivo)


def sospechas(origen):
    """Por qué un archivo no parece un modelo corriente de scikit-learn, sin cargarlo.

    Que no haya ninguna no demuestra que sea inofensivo: demuestra que solo pide lo que piden los
    modelos corrientes. Un modelo con algo propio, o guardado con dill, las tiene siempre.

    Parámetros
    ----------
    origen : Path o archivo abierto para leer bytes
        Con una ruta, se mira además si el contenido es el de su extensión.

    Devuelve
    --------
    tuple de str
        Una frase por sospecha, que sigue a «este archivo…»; vacía si no hay ninguna.
    """
    with _abierto(origen) as archivo:
        que_es = formato(archivo)
        frases = _de_la_extension(origen, que_es)
        for lectura in _lecturas(archivo, que_es):
            frases += [f"no se pudo mirar entero: {lectura.motivo}"] if lectura.motivo else []
            frases += [*desconocidos(lectura), *sorted(lectura.rarezas)]
    return tuple(dict.fromkeys(frases))


def _de_la_extension(origen, que_es):
    extension = "" if hasattr(origen, "read") else Path(origen).suffix.lower()
    esperado = DE_LA_EXTENSION.get(extension, (que_es,))
    return [] if que_es in esperado else [f"se llama {extension}, y es {que_es}"]


def _lecturas(archivo, que_es):
    """Lo que se ve en un archivo: una `Lectura` por cada manera de leerlo; la primera, la suya."""
    if que_es == "skops":
        lectura = esquema.mira(archivo)
        lectura.rarezas |= esquema.rarezas_del_zip(archivo)
        return [lectura]
    if que_es not in ("pickle", "joblib", *MOTORES):
        return [Lectura(motivo=f"no sé mirar dentro: es {que_es}")]
    lectura = _sigue(archivo, que_es)
    if not lectura.arrays:
        return [lectura]
    # Quien lo cargue con pickle, y no con joblib, tomaría los bytes de los arrays por
    # instrucciones. Ahí nada termina bien: solo importa qué nombres se piden por el camino.
    otra = _sigue(archivo, que_es, con_arrays=False)
    return [lectura, Lectura(otra.nombres, otra.llamados, otra.pasados, otra.creados)]


def _sigue(archivo, que_es, con_arrays=True):
    archivo.seek(0)
    if que_es not in MOTORES:
        lectura = sigue(archivo, con_arrays)
        sobra = archivo.read(1)
    else:
        crudo = Descomprimido(archivo, que_es)
        dentro = io.BufferedReader(crudo)
        lectura = sigue(dentro, con_arrays)
        sobra = not lectura.motivo and (dentro.read(1) or crudo.sobra())
    if sobra and not lectura.motivo:
        lectura.rarezas.add("lleva algo detrás del modelo")
    return lectura


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


def _que_zip(archivo):
    try:
        return "skops" if esquema.ESQUEMA in esquema.abre(archivo).namelist() else "zip"
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
