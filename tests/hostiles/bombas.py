"""Archivos pequeños que piden más tiempo o más memoria de la que hay."""

import bz2
import gzip
import io
import lzma
import struct
import zlib

from hostiles.registro import PROTO4, entero, hostil, lista, modelo, numero, pide, texto

MIB = 2**20
DEMASIADO = "demasiad"
CEROS = bytes(16 * MIB)


def _gzip(*trozos):
    """Unos trozos repetidos, comprimidos sin tenerlos todos en memoria."""
    memoria = io.BytesIO()
    with gzip.GzipFile(fileobj=memoria, mode="wb", compresslevel=1, mtime=0) as archivo:
        for trozo, veces in trozos:
            for _ in range(veces):
                archivo.write(trozo)
    return memoria.getvalue()


@hostil("repite lo mismo tantas veces")
def tuplas_de_tuplas(marca):
    """Cada una lleva dos veces la anterior: 2**40 en la última."""
    return entero(b")", *[b"\x94h" + bytes([n]) + b"\x86" for n in range(40)])


@hostil("repite lo mismo tantas veces")
def tuplas_largas_de_tuplas(marca):
    return entero(b")\x94", *[b"(" + bytes([104, n]) * 9 + b"t\x94" for n in range(40)])


@hostil("repite lo mismo tantas veces")
def listas_de_listas(marca):
    piezas = [b"h" + bytes([n]) for n in range(40)]
    return entero(b"]\x94", *[b"](" + pieza * 9 + b"e\x94" for pieza in piezas])


@hostil("repite lo mismo tantas veces")
def diccionarios_de_diccionarios(marca):
    piezas = [b"h" + bytes([n]) for n in range(40)]
    return entero(b"}\x94", *[b"}(" + texto("a") + p + texto("b") + p + b"u\x94" for p in piezas])


@hostil("repite lo mismo tantas veces")
def objetos_de_objetos(marca):
    clase = pide("sklearn.linear_model._base", "LinearRegression")
    piezas = [
        b"h\x00)\x81}(" + (texto("a") + anterior + texto("b") + anterior) + b"ub\x94"
        for anterior in (b"h" + bytes([n]) for n in range(1, 40))
    ]
    return entero(clase + b"\x94", b")\x94", *piezas)


@hostil("lleva una lista o un diccionario dentro de sí mismo")
def una_lista_dentro_de_si_misma(marca):
    return entero(b"]\x94h\x00a")


@hostil("lleva una lista o un diccionario dentro de sí mismo")
def un_diccionario_dentro_de_si_mismo(marca):
    return entero(b"}\x94", texto("yo"), b"h\x00s")


@hostil("repite lo mismo tantas veces")
def claves_que_no_se_acaban_de_comparar(marca):
    """Meter una tupla así en un diccionario obliga a recorrerla entera."""
    clave = b")" + b"".join(b"\x94h" + bytes([n]) + b"\x86" for n in range(40))
    return entero(b"}", clave, numero(1), b"s")


@hostil(DEMASIADO)
def millones_de_diccionarios(marca):
    return _gzip((PROTO4, 1), (b"}" * MIB, 8), (b".", 1))


@hostil(DEMASIADO)
def millones_de_diccionarios_recordados(marca):
    return _gzip((PROTO4, 1), (b"}\x94" * MIB, 4), (b".", 1))


@hostil(DEMASIADO)
def millones_de_conjuntos(marca):
    return _gzip((PROTO4, 1), (b"\x8f" * MIB, 8), (b".", 1))


@hostil(DEMASIADO)
def millones_de_marcas(marca):
    return _gzip((PROTO4, 1), (b"(" * MIB, 8), (b".", 1))


@hostil(DEMASIADO)
def millones_de_objetos(marca):
    clase = pide("sklearn.linear_model._base", "LinearRegression")
    return _gzip((PROTO4 + clase + b"\x94", 1), (b"h\x00)\x81" * MIB, 4), (b".", 1))


@hostil("tiene demasiadas listas, tuplas o diccionarios")
def millones_de_tuplas_anidadas(marca):
    return _gzip((PROTO4 + b")", 1), (b"\x85" * MIB, 8), (b".", 1))


@hostil(DEMASIADO)
def millones_de_parejas(marca):
    parejas = b"".join(texto(f"{n:07}") + b"N" for n in range(100_000))
    return _gzip((PROTO4 + b"}(", 1), (parejas, 20), (b"u.", 1))


@hostil("pide demasiados nombres")
def miles_de_nombres(marca):
    return entero(lista(*[pide("sklearn.base", f"C{n}") for n in range(5_000)]))


@hostil("tiene demasiado texto")
def mucho_texto(marca):
    return _gzip((PROTO4 + b"(", 1), (texto("x" * 4_000), 8_000), (b"t.", 1))


@hostil("descomprimido ocupa demasiado")
def un_texto_enorme_en_gzip(marca):
    return _comprimido(b"\x8d", zlib.compressobj(6, zlib.DEFLATED, zlib.MAX_WBITS | 16))


@hostil("descomprimido ocupa demasiado")
def unos_bytes_enormes_en_zlib(marca):
    return _comprimido(b"\x8e", zlib.compressobj())


@hostil("descomprimido ocupa demasiado")
def unos_bytes_enormes_en_bz2(marca):
    return _comprimido(b"\x8e", bz2.BZ2Compressor(1))


@hostil("descomprimido ocupa demasiado")
def unos_bytes_enormes_en_xz(marca):
    return _comprimido(b"\x8e", lzma.LZMACompressor(preset=0))


@hostil("descomprimido ocupa demasiado")
def unos_bytes_enormes_en_lzma(marca):
    return _comprimido(b"\x8e", lzma.LZMACompressor(lzma.FORMAT_ALONE, preset=0))


def _comprimido(instruccion, motor):
    """Un pickle que declara 80 MiB, y los lleva."""
    trozos = [PROTO4 + instruccion + struct.pack("<Q", 80 * MIB), *[CEROS] * 5, b"."]
    return b"".join([*map(motor.compress, trozos), motor.flush()])


@hostil("no se entiende (LZMAError)")
def un_xz_que_pide_gigas_de_memoria(marca):
    filtro = [{"id": lzma.FILTER_LZMA2, "preset": 0, "dict_size": 2**30}]
    # Escribirlo así pediría la misma memoria: se escribe con un diccionario pequeño y se cambia.
    filtro[0]["dict_size"] = 2**16
    bytes_ = bytearray(lzma.compress(entero(modelo()), filters=filtro))
    assert bytes_[14:17] == b"\x21\x01\x08"  # el filtro, cuántas propiedades y cuál: 2**16
    bytes_[16] = 36  # 2**30
    bytes_[20:24] = struct.pack("<I", zlib.crc32(bytes_[12:20]))
    return bytes(bytes_)


@hostil("no se entiende (LZMAError)")
def un_lzma_que_pide_gigas_de_memoria(marca):
    bytes_ = bytearray(lzma.compress(entero(modelo()), format=lzma.FORMAT_ALONE))
    bytes_[1:5] = struct.pack("<I", 2**30)
    return bytes(bytes_)


@hostil("no se entiende")
def un_gzip_dentro_de_otro(marca):
    return gzip.compress(gzip.compress(entero(modelo())))


@hostil("lleva algo detrás del modelo")
def dos_gzip_seguidos(marca):
    return gzip.compress(entero(modelo())) + gzip.compress(entero(modelo()))


@hostil("lleva algo detrás del modelo")
def un_gzip_con_dos_pickles_dentro(marca):
    return gzip.compress(entero(modelo()) * 2)


@hostil("le falta el final")
def un_gzip_cortado(marca):
    return gzip.compress(entero(modelo()))[:-20]


@hostil("no se pudo mirar entero")
def un_gzip_con_los_bytes_cambiados(marca):
    return gzip.compress(entero(modelo()))[:30] + b"\xff" * 40


@hostil("no sé mirar dentro: es lz4")
def en_lz4_no_se_puede_mirar(marca):
    return b"\x04\x22\x4d\x18" + bytes(40)


@hostil("tiene una línea enorme")
def una_linea_que_no_acaba(marca):
    return _gzip((b"\x80\x02c", 1), (b"a" * MIB, 3))


@hostil("no se entiende")
def un_numero_de_un_millon_de_cifras(marca):
    return b"\x80\x02I" + b"9" * 10**6 + b"\n."


@hostil("repite lo mismo tantas veces")
def llamadas_con_llamadas_dentro(marca):
    """Lo que devuelve una llamada lleva dentro sus argumentos."""
    llamadas = [b"h\x00" + bytes([104, n, 104, n]) + b"\x86R\x94" for n in range(1, 40)]
    return entero(pide("numpy", "dtype") + b"\x94", b")\x94", *llamadas)
