"""Archivos de skops: un zip, un esquema en JSON y un archivo por array. Cada uno puede mentir."""

import io
import json
import struct
import warnings
import zipfile

from fiabilidad.malos import nodo

from hostiles.registro import entero, hostil, modelo, pon_marca

VERSION = {"protocol": 2, "_skops_version": "0.16.0"}
VACIO = nodo("builtins", "dict", "DictNode", content={},
             key_types=nodo("builtins", "list", "ListNode", content=[]))  # fmt: skip
RECTA = nodo("sklearn.linear_model._base", "LinearRegression", "ObjectNode", content=VACIO)
SKOPS = ".skops"


def _zip(*entradas, compresion=zipfile.ZIP_STORED):
    """Un zip con esos pares (nombre, contenido), en ese orden."""
    memoria = io.BytesIO()
    with (
        zipfile.ZipFile(memoria, "w", compresion) as zip_,
        warnings.catch_warnings(action="ignore"),
    ):
        for nombre, contenido in entradas:
            zip_.writestr(nombre, contenido)
    return memoria.getvalue()


def _esquema(raiz=RECTA):
    return "schema.json", json.dumps({**raiz, **VERSION})


def _con(objeto):
    """Un archivo con una recta y ese objeto dentro."""
    parejas = nodo("builtins", "dict", "DictNode", content={"coef_": objeto}, key_types=nodo(
        "builtins", "list", "ListNode", content=[nodo("builtins", "str", "TypeNode")]))  # fmt: skip
    return _zip(_esquema({**RECTA, "content": parejas}))


def _texto(letras):
    return nodo("builtins", "str", "JsonNode", content=json.dumps(letras), is_json=True)


def _llamada(marca, modulo="os", nombre="mkdir"):
    argumentos = nodo("builtins", "tuple", "TupleNode", content=[_texto(marca)])
    return nodo(modulo, nombre, "ConstructorFromReduceNode", content=argumentos)


def _npy(tipo, forma, datos=b"", version=1):
    cabecera = f"{{'descr': {tipo!r}, 'fortran_order': False, 'shape': {forma!r}, }}\n".encode()
    largo = struct.pack("<H" if version == 1 else "<I", len(cabecera))
    return b"\x93NUMPY" + bytes([version, 0]) + largo + cabecera + datos


@hostil("pide os.mkdir", "skops", SKOPS)
def un_nodo_que_llama(marca):
    return _con(_llamada(marca))


@hostil("pide os.mkdir", "", SKOPS)
def un_nodo_que_nombra_una_funcion(marca):
    return _con(nodo("os", "mkdir", "FunctionNode"))


@hostil("pide os.mkdir", "", SKOPS)
def una_funcion_como_la_escribia_skops_antes(marca):
    return _con(nodo("builtins", "function", "FunctionNode",
                     content={"module_path": "os", "function": "mkdir"}))  # fmt: skip


@hostil("pide pathlib.Path", "", SKOPS)
def una_lista_que_no_es_list(marca):
    """El recipiente se crea llamando a lo que el nodo diga."""
    return _con(nodo("pathlib", "Path", "ListNode", content=[_texto(marca)]))


@hostil("un nodo que un modelo no usa", "", SKOPS)
def un_partial(marca):
    vacia = nodo("builtins", "tuple", "TupleNode", content=[])
    contenido = {"func": nodo("os", "mkdir", "FunctionNode"), "args": vacia, "kwds": VACIO,
                 "namespace": VACIO}  # fmt: skip
    return _con(nodo("functools", "partial", "PartialNode", content=contenido))


@hostil("un nodo que un modelo no usa", "", SKOPS)
def un_metodo(marca):
    contenido = {"func": "fit", "obj": RECTA}
    return _con({**RECTA, "__loader__": "MethodNode", "content": contenido})


@hostil("un nodo que un modelo no usa", "", SKOPS)
def un_methodcaller(marca):
    argumentos = nodo("builtins", "tuple", "TupleNode", content=[_texto("mkdir")])
    return _con(nodo("operator", "methodcaller", "OperatorFuncNode", attrs=argumentos))


@hostil("un nodo que un modelo no usa", "", SKOPS)
def un_nodo_inventado(marca):
    return _con({**RECTA, "__loader__": ["ObjectNode"]})


@hostil("un nodo incompleto", "", SKOPS)
def un_nodo_sin_clase(marca):
    return _con({"__module__": "os", "__loader__": "FunctionNode"})


@hostil("llama a sklearn.linear_model._base.LinearRegression", "", SKOPS)
def llamar_a_una_clase_que_skops_crea(marca):
    return _con(_llamada(marca, "sklearn.linear_model._base", "LinearRegression"))


@hostil("crea sklearn.metrics._classification.f1_score", "", SKOPS)
def crear_una_funcion_con_skops(marca):
    return _con(nodo("sklearn.metrics._classification", "f1_score", "ObjectNode"))


@hostil("reconstruye sklearn.metrics._classification.f1_score", "", SKOPS)
def un_diccionario_que_es_una_funcion(marca):
    return _con(nodo("sklearn.metrics._classification", "f1_score", "ListNode", content=[]))


@hostil("su esquema repite una clave", "skops", SKOPS)
def un_esquema_con_una_clave_repetida(marca):
    """JSON no dice cuál vale: Python se queda con la última."""
    malo = json.dumps({**_llamada(marca), **VERSION})
    return _zip(("schema.json", json.dumps(RECTA)[:-1] + ", " + malo[1:]))


@hostil("su zip lleva dos esquemas", "skops", SKOPS)
def un_zip_con_dos_esquemas(marca):
    return _zip(_esquema(), _esquema(_llamada(marca)))


@hostil("su zip lleva dos entradas con el mismo nombre", "", SKOPS)
def un_zip_con_dos_arrays_iguales(marca):
    return _zip(_esquema(), ("1.npy", _npy("<f8", (0,))), ("1.npy", _npy("<f8", (0,))))


@hostil("una entrada que skops no escribe", "", SKOPS)
def una_entrada_que_sube_de_carpeta(marca):
    return _zip(_esquema(), ("../../fuera.npy", _npy("<f8", (0,))))


@hostil("una entrada que skops no escribe", "", SKOPS)
def una_entrada_con_ruta_absoluta(marca):
    return _zip(_esquema(), ("/etc/passwd", b""))


@hostil("una entrada que skops no escribe", "", SKOPS)
def una_entrada_con_ruta_de_windows(marca):
    return _zip(_esquema(), (r"C:\fuera.npy", b""))


@hostil("una entrada que skops no escribe", "", SKOPS)
def una_entrada_con_un_nombre_cortado(marca):
    """El nombre se corta en el cero: lo que se ve no es lo que hay."""
    return _zip(_esquema(), ("1_npyX..", b"")).replace(b"1_npyX..", b"1.npy\0..")


@hostil("una entrada que skops no escribe", "", SKOPS)
def un_programa_dentro_del_zip(marca):
    return _zip(_esquema(), ("sklearn.py", b"import os"))


@hostil("lleva un pickle", "", SKOPS)
def un_pickle_dentro_del_zip(marca):
    return _zip(_esquema(), ("1.bin", entero(pon_marca(marca))))


@hostil("array de objetos, que es otro pickle", "", SKOPS)
def un_array_de_objetos_en_el_zip(marca):
    return _zip(_esquema(), ("1.npy", _npy("|O", (1,), entero(pon_marca(marca)))))


@hostil("array de objetos, que es otro pickle", "", SKOPS)
def un_array_con_campos_de_objetos_en_el_zip(marca):
    tipo = [("a", "<f8"), ("b", [("c", "|O")])]
    return _zip(_esquema(), ("1.npy", _npy(tipo, (1,), entero(pon_marca(marca)))))


@hostil("array de objetos, que es otro pickle", "", SKOPS)
def un_array_de_objetos_en_una_matriz_dispersa(marca):
    dentro = _zip(("data.npy", _npy("|O", (1,), entero(pon_marca(marca)))))
    return _zip(_esquema(), ("1.npz", dentro))


@hostil("una entrada que skops no escribe", "", SKOPS)
def una_ruta_en_una_matriz_dispersa(marca):
    return _zip(_esquema(), ("1.npz", _zip(("../data.npy", _npy("<f8", (0,))))))


@hostil("no ocupa lo que dice", "", SKOPS)
def un_array_que_dice_ser_enorme(marca):
    return _zip(_esquema(), ("1.npy", _npy("<f8", (2**40,), bytes(8))))


@hostil("no ocupa lo que dice", "", SKOPS)
def un_array_con_algo_detras(marca):
    return _zip(_esquema(), ("1.npy", _npy("<f8", (1,), bytes(8)) + entero(pon_marca(marca))))


@hostil("un array que no se entiende", "", SKOPS)
def un_array_con_una_cabecera_enorme(marca):
    largo = b"\x93NUMPY\x02\x00" + struct.pack("<I", 2**31) + b"{'descr'"
    return _zip(_esquema(), ("1.npy", largo))


@hostil("un array que no se entiende", "", SKOPS)
def un_array_que_es_otra_cosa(marca):
    return _zip(_esquema(), ("1.npy", b"#!/bin/sh\n"))


@hostil("no se puede leer entero", "", SKOPS)
def un_array_con_codigo_en_la_cabecera(marca):
    cabecera = f"__import__('os').mkdir({marca!r})\n".encode()
    npy = b"\x93NUMPY\x01\x00" + struct.pack("<H", len(cabecera)) + cabecera
    return _zip(_esquema(), ("1.npy", npy))


@hostil("descomprimido, ocupa demasiado", "", SKOPS)
def una_bomba_en_el_zip(marca):
    datos = _npy("<f8", (10 * 2**20,), bytes(80 * 2**20))
    return _zip(_esquema(), ("1.npy", datos), compresion=zipfile.ZIP_DEFLATED)


@hostil("su esquema es enorme", "", SKOPS)
def un_esquema_enorme(marca):
    return _zip(("schema.json", "[" + " " * 20 * 2**20), compresion=zipfile.ZIP_DEFLATED)


@hostil("su esquema es enorme", "", SKOPS)
def un_esquema_con_millones_de_listas(marca):
    texto = "[" + "[]," * 4 * 2**20 + "[]]"
    return _zip(("schema.json", texto), compresion=zipfile.ZIP_DEFLATED)


@hostil("su esquema no se puede leer", "", SKOPS)
def un_esquema_con_cien_mil_niveles(marca):
    return _zip(("schema.json", "[" * 100_000 + "]" * 100_000))


@hostil("su esquema no se puede leer", "", SKOPS)
def un_esquema_que_no_es_json(marca):
    return _zip(("schema.json", "{'__class__': 1}"))


@hostil("pide os.mkdir", "skops", SKOPS)
def un_esquema_en_utf_16(marca):
    nombre, texto = _esquema(_llamada(marca))
    return _zip((nombre, texto.encode("utf-16")))


@hostil("su zip está comprimido o cifrado", "", SKOPS)
def un_zip_en_bz2(marca):
    return _zip(_esquema(), compresion=zipfile.ZIP_BZIP2)


@hostil("su zip está comprimido o cifrado", "", SKOPS)
def un_zip_cifrado(marca):
    bytes_ = bytearray(_zip(_esquema()))
    bytes_[6] = 1
    bytes_[bytes_.rindex(b"PK\x01\x02") + 8] = 1
    return bytes(bytes_)


@hostil("su zip lleva algo delante", "", SKOPS)
def dos_zip_seguidos(marca):
    """Quien busca el índice ve el segundo; quien lee desde el principio, el primero."""
    return _zip(_esquema()) + _zip(_esquema())


@hostil("zip roto", "", SKOPS)
def un_zip_sin_su_final(marca):
    return _zip(_esquema())[:-30]


@hostil("zip roto", "", SKOPS)
def un_indice_de_muchas_entradas(marca):
    """Cada entrada del índice ocupa al leerla diez veces más."""
    bytes_ = _zip(_esquema())
    lugar, fin = bytes_.rindex(b"PK\x01\x02"), bytes_.rindex(b"PK\x05\x06")
    indice = bytes_[lugar:fin] * 90_000
    cuenta = struct.pack("<HHII", 65_000, 65_000, len(indice), lugar)
    return bytes_[:lugar] + indice + bytes_[fin : fin + 8] + cuenta + b"\0\0"


@hostil("no se puede leer entero", "", SKOPS)
def una_entrada_con_dos_nombres(marca):
    """Uno en el índice y otro delante de los datos."""
    return _zip(_esquema(), ("1.npy", _npy("<f8", (0,)))).replace(b"1.npy", b"2.npy", 1)


@hostil("declara más de lo que ocupa", "", SKOPS)
def entradas_que_comparten_los_datos(marca):
    bytes_ = bytearray(_zip(_esquema(), ("1.npy", _npy("<f8", (0,)))))
    lugar = bytes_.rindex(b"PK\x01\x02")
    bytes_[lugar + 20 : lugar + 28] = struct.pack("<II", 2**26, 2**26)
    return bytes(bytes_)


@hostil("se llama .joblib, y es skops", "", ".joblib")
def un_skops_con_extension_de_joblib(marca):
    return _zip(_esquema())


@hostil("se llama .skops, y es pickle", "", SKOPS)
def un_pickle_con_extension_de_skops(marca):
    return entero(modelo())


@hostil("se llama .skops, y es zip", "", SKOPS)
def un_zip_sin_esquema(marca):
    return _zip(("a.txt", b"a"))


@hostil("es página web", "", SKOPS)
def una_pagina_web(marca):
    return b"<!doctype html><script>alert(1)</script>"
