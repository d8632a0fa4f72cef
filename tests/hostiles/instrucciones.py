"""Pickles que esconden lo que hacen en las instrucciones: raras, viejas o que mienten."""

# ruff: noqa: N802 una instrucción se llama en mayúsculas

import pickle
import struct

from hostiles.registro import (
    ALTO,
    PROTO4,
    entero,
    hostil,
    llama,
    modelo,
    numero,
    pide,
    pon_marca,
    texto,
    tupla,
)

LARGO = 2**62


def _viejo(marca):
    r"""El texto de la ruta, como lo escribe el protocolo 0: en Windows, el `\u` de `C:\users`."""
    return b"V" + marca.replace("\\", "\\u005c").encode("raw_unicode_escape") + b"\n"


def marco(largo, dentro):
    return PROTO4 + pickle.FRAME + struct.pack("<Q", largo) + dentro


@hostil("usa UNICODE", "pickle")
def protocolo_0(marca):
    return b"cos\nmkdir\n(" + _viejo(marca) + b"tR."


@hostil("usa INST", "pickle")
def INST_con_argumentos(marca):
    return b"(" + _viejo(marca) + b"ios\nmkdir\n."


@hostil("usa OBJ", "pickle")
def OBJ(marca):
    return b"(cos\nmkdir\n" + _viejo(marca) + b"o."


@hostil("usa NEWOBJ_EX", "pickle")
def NEWOBJ_EX(marca):
    mapa = pide("builtins", "map") + tupla(pide("os", "mkdir"), tupla(texto(marca)))
    mapa += pickle.EMPTY_DICT + pickle.NEWOBJ_EX
    return entero(pide("builtins", "tuple"), tupla(mapa), pickle.EMPTY_DICT, pickle.NEWOBJ_EX)


@hostil("pide os.mkdir", "pickle")
def GLOBAL_en_protocolo_4(marca):
    return entero(llama(b"cos\nmkdir\n", texto(marca)))


@hostil("usa POP", "pickle")
def piezas_del_nombre_en_el_memo(marca):
    piezas = texto("mkdir") + pickle.MEMOIZE + b"0" + texto("os") + pickle.MEMOIZE + b"0"
    return entero(piezas, llama(b"h\x01h\x00" + pickle.STACK_GLOBAL, texto(marca)))


@hostil("pide os.mkdir", "pickle")
def piezas_del_nombre_en_una_tupla(marca):
    """Sin POP: el memo recuerda lo que quedó dentro de una tupla."""
    piezas = texto("mkdir") + pickle.MEMOIZE + texto("os") + pickle.MEMOIZE + pickle.TUPLE2
    return entero(tupla(piezas, llama(b"h\x01h\x00" + pickle.STACK_GLOBAL, texto(marca))))


@hostil("pide os.mkdir", "pickle")
def memo_con_numeros_enormes(marca):
    lejos = struct.pack("<I", 70_000)
    nombre = pide("os", "mkdir") + b"r" + lejos + b"j" + lejos
    return entero(tupla(nombre, tupla(texto(marca)) + pickle.REDUCE))


@hostil("usa PUT", "pickle")
def memo_escrito_con_letras(marca):
    return b"(Vmkdir\np7\nVos\np8\n0g8\ng7\n\x93" + _viejo(marca) + b"\x85R."


@hostil("pide os.mkdir", "pickle")
def memo_reescrito(marca):
    """El mismo número del memo recuerda primero un nombre inocente y después el otro."""
    inocente, otro = (
        pide("sklearn.base", "BaseEstimator") + b"q\x05",
        pide("os", "mkdir") + b"q\x05",
    )
    return entero(tupla(inocente, otro, llama(b"h\x05", texto(marca))))


@hostil("usa DUP", "pickle")
def DUP(marca):
    return entero(pide("os", "mkdir"), b"2", tupla(texto(marca)), pickle.REDUCE)


@hostil("usa POP_MARK", "pickle")
def POP_MARK_para_tirar_el_resultado(marca):
    return entero(modelo(), b"(", pon_marca(marca), b"1")


@hostil("usa POP", "pickle")
def POP_para_tirar_el_resultado(marca):
    return entero(modelo(), pon_marca(marca), b"0")


@hostil("repite la marca con que empieza un pickle", "pickle")
def PROTO_en_medio(marca):
    return entero(b"\x80\x02", pon_marca(marca), b"\x80\x05")


@hostil("no se entiende", "")
def PROTO_de_una_version_que_no_existe(marca):
    return b"\x80\x63" + pon_marca(marca) + ALTO


@hostil("un marco dice que ocupa lo que no ocupa", "pickle")
def un_marco_que_acaba_mas_alla_del_final(marca):
    dentro = pon_marca(marca) + ALTO
    return marco(len(dentro) + 5, dentro + b"-----")


@hostil("un marco dice que ocupa lo que no ocupa", "pickle")
def un_marco_dentro_de_otro(marca):
    dentro = pon_marca(marca) + ALTO
    return marco(len(dentro) + 9, pickle.FRAME + struct.pack("<Q", 3) + dentro)


@hostil("un marco dice que ocupa lo que no ocupa", "")
def un_marco_enorme(marca):
    return marco(LARGO, pon_marca(marca) + ALTO)


@hostil("pide os.mkdir", "pickle")
def un_marco_que_acaba_antes(marca):
    return marco(3, pon_marca(marca) + ALTO)


@hostil("usa EXT1", "")
def EXT1(marca):
    return entero(llama(b"\x82\x07", texto(marca)))


@hostil("usa EXT2", "")
def EXT2(marca):
    return entero(llama(b"\x83\x07\x07", texto(marca)))


@hostil("pide copyreg.extensi", "")
def EXT4(marca):
    return entero(llama(b"\x84" + struct.pack("<i", 70_000), texto(marca)))


@hostil("usa PERSID", "")
def PERSID(marca):
    return b"Pos.mkdir\n."


@hostil("usa BINPERSID", "")
def BINPERSID(marca):
    return entero(texto(marca), b"Q")


@hostil("usa NEXT_BUFFER", "")
def NEXT_BUFFER(marca):
    return b"\x80\x05\x97."


@hostil("usa READONLY_BUFFER", "")
def READONLY_BUFFER(marca):
    return b"\x80\x05" + b"B\x01\x00\x00\x00a\x98."


@hostil("le falta el final", "")
def BYTEARRAY8_enorme(marca):
    return b"\x80\x05\x96" + struct.pack("<Q", LARGO) + b"a."


@hostil("le falta el final", "")
def BINUNICODE8_enorme(marca):
    return PROTO4 + b"\x8d" + struct.pack("<Q", LARGO) + b"a."


@hostil("le falta el final", "")
def BINBYTES8_enorme(marca):
    return PROTO4 + b"\x8e" + struct.pack("<Q", LARGO) + b"a."


@hostil("no se entiende", "")
def LONG4_negativo(marca):
    return PROTO4 + b"\x8b" + struct.pack("<i", -5) + b"a."


@hostil("le falta el final", "")
def LONG4_enorme(marca):
    return PROTO4 + b"\x8b" + struct.pack("<i", 2**31 - 1) + b"a."


@hostil("no se entiende", "")
def BINSTRING_negativo(marca):
    return b"\x80\x02T" + struct.pack("<i", -5) + b"a."


@hostil("pide .mkdir", "")
def un_modulo_vacio(marca):
    return entero(llama(b"c\nmkdir\n", texto(marca)))


@hostil(r"pide os\n.mkdir", "")
def un_modulo_con_salto_de_linea(marca):
    return entero(llama(pide("os\n", "mkdir"), texto(marca)))


@hostil("pide OS.mkdir", "")
def un_modulo_en_mayusculas(marca):
    return entero(llama(pide("OS", "mkdir"), texto(marca)))


@hostil(r"pide \uff4f\uff53.mkdir", "")
def un_modulo_que_parece_otro(marca):
    """Letras anchas, que NFKC convierte en las corrientes."""
    return entero(
        llama(
            pide("\N{FULLWIDTH LATIN SMALL LETTER O}\N{FULLWIDTH LATIN SMALL LETTER S}", "mkdir"),
            texto(marca),
        )
    )


@hostil("pide sklearn.linear_model.._base.LinearRegression", "")
def un_modulo_con_un_punto_de_mas(marca):
    return entero(pide("sklearn.linear_model.._base", "LinearRegression"))


@hostil("pide sklearn.linear_model._base.LinearRegression|runstring", "")
def un_nombre_que_es_una_expresion_regular(marca):
    return entero(pide("sklearn.linear_model._base", "LinearRegression|runstring"))


@hostil("pide __builtins__.eval", "")
def el_modulo_builtins_mal_escrito(marca):
    return entero(llama(pide("__builtins__", "eval"), texto("1")))


@hostil("pide __main__.", "")
def una_clase_del_cuaderno(marca):
    return entero(pide("__main__", "MiModelo"))


@hostil("no se entiende", "")
def un_nombre_que_no_es_un_texto(marca):
    return entero(texto("os"), numero(1), pickle.STACK_GLOBAL)


@hostil("no se entiende", "")
def una_instruccion_que_no_existe(marca):
    return entero(modelo(), b"\xff", pon_marca(marca))


@hostil("no se entiende", "")
def una_pila_vacia(marca):
    return PROTO4 + b"R."


@hostil("lleva algo detrás del modelo", "")
def dos_pickles_seguidos(marca):
    return entero(modelo()) + entero(pon_marca(marca))


@hostil("lleva algo detrás del modelo", "")
def bytes_detras_del_final(marca):
    return entero(modelo()) + b"\0"


@hostil("le falta el final", "pickle")
def un_pickle_sin_final(marca):
    """Cargarlo falla, pero lo primero ya se ha hecho."""
    return PROTO4 + pon_marca(marca)
