"""Archivos que no son el modelo que se esperaba, hechos al vuelo. `antiguos/` guarda dos de verdad.

Ninguna de estas funciones deserializa nada.
"""

import gzip
import io
import json
import pickle
import tarfile
import zipfile
from pathlib import Path

ANTIGUOS = Path(__file__).with_name("antiguos")  # escritos con scikit-learn 1.3.2 y numpy 1.26.4
HTML_404 = b"""<!DOCTYPE html>
<html><head><title>404 Not Found</title></head><body><h1>Not Found</h1></body></html>
"""
GIT_LFS = b"""version https://git-lfs.github.com/spec/v1
oid sha256:4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393
size 12345
"""
JSON = b'{"formato": 1, "metodo": "joblib"}\n'
TABLA = "especie,isla,peso\nAdelia,Torgersen,3750\nPapúa,Biscoe,5000\n"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x02\x00\x00\x00"
LZ4 = b"\x04\x22\x4d\x18" + bytes(40)
ARRAY = b"\x93NUMPY\x01\x00v\x00{'descr': '<f8', 'fortran_order': False, 'shape': (0,), }\n"


def zip_con(**contenido):
    """Un zip con esos nombres y esos textos."""
    memoria = io.BytesIO()
    with zipfile.ZipFile(memoria, "w") as archivo:
        for nombre, texto in contenido.items():
            archivo.writestr(nombre, texto)
    return memoria.getvalue()


def tar_gz(nombre, contenido):
    """Lo que se descarga de muchas páginas: un archivo dentro de un tar comprimido."""
    memoria = io.BytesIO()
    with tarfile.open(fileobj=memoria, mode="w:gz") as archivo:
        ficha = tarfile.TarInfo(nombre)
        ficha.size = len(contenido)
        archivo.addfile(ficha, io.BytesIO(contenido))
    return memoria.getvalue()


def pickle_que_nombra(modulo, nombre):
    """Un pickle, con su marca, que pide un nombre a un módulo."""
    return pickle.PROTO + b"\x02" + pickle.GLOBAL + f"{modulo}\n{nombre}\n".encode() + pickle.STOP


def skops_con(raiz):
    """Un archivo de skops con ese objeto, escrito con `nodo`."""
    return zip_con(**{"schema.json": json.dumps({**raiz, "protocol": 2, "_skops_version": "0.15"})})


def skops_que_nombra(modulo, nombre):
    """Un archivo de skops con un objeto de esa clase."""
    estado = nodo(
        "builtins",
        "dict",
        "DictNode",
        content={},
        key_types=nodo("builtins", "list", "ListNode", content=[]),
    )
    return skops_con(nodo(modulo, nombre, "ObjectNode", content=estado))


def skops_que_llama(modulo, nombre, texto):
    """Un archivo de skops que, al cargarlo, llama a una función con un texto."""
    argumento = nodo("builtins", "str", "JsonNode", content=json.dumps(texto), is_json=True)
    argumentos = nodo("builtins", "tuple", "TupleNode", content=[argumento])
    return skops_con(nodo(modulo, nombre, "ConstructorFromReduceNode", content=argumentos))


def nodo(modulo, clase, cargador, **resto):
    """Una pieza del esquema de skops."""
    return {"__module__": modulo, "__class__": clase, "__loader__": cargador, **resto}


def comprimido(datos):
    """Los mismos bytes, pasados por gzip."""
    return gzip.compress(datos)
