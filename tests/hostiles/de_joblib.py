"""Archivos de joblib: lo comprimido, lo que hay dentro de un array y dónde acaba cada uno.

joblib guarda los bytes de un array fuera del pickle, detrás de su descripción. Si quien mira y
quien carga no saltan los mismos bytes, donde uno ve números el otro ve instrucciones.
"""

import bz2
import gzip
import lzma
import pickle
import struct
import zlib

from hostiles.registro import (
    ALTO,
    PROTO4,
    crea,
    datos,
    diccionario,
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

ENVOLTORIO = pide("joblib.numpy_pickle", "NumpyArrayWrapper")
CLASE = pide("numpy", "ndarray")
NO_SE_ENTIENDE = "lleva un array que no se entiende"
RELLENO = b"\x01\xff"


def tipo(codigo, *, largo=-1, nombres=b"N", campos=b"N", grupo=b"N", marcas=0, version=3):
    """Apila un tipo de NumPy."""
    vacio = llama(pide("numpy", "dtype"), texto(codigo), pickle.NEWFALSE, pickle.NEWTRUE)
    partes = [numero(version), texto("<"), grupo, nombres, campos, numero(largo), numero(1),
              numero(marcas)]  # fmt: skip
    return vacio + tupla(*partes) + pickle.BUILD


def array(tipo_, *forma, alineado=True, **mas):
    """Apila un array de joblib. Sus bytes, con su relleno, van detrás."""
    alineacion = {"numpy_array_alignment_bytes": numero(16)} if alineado else {}
    estado = {
        "subclass": CLASE, "shape": tupla(*map(numero, forma)), "order": texto("C"),
        "dtype": tipo_, "allow_mmap": pickle.NEWFALSE, **alineacion,
    }  # fmt: skip
    return crea(ENVOLTORIO) + diccionario(**{**estado, **mas}) + pickle.BUILD


def _solo_marca(marca):
    return entero(pon_marca(marca))


@hostil("pide os.mkdir", "joblib", ".joblib")
def en_zlib(marca):
    return zlib.compress(_solo_marca(marca))


@hostil("pide os.mkdir", "joblib", ".joblib")
def en_gzip(marca):
    return gzip.compress(_solo_marca(marca))


@hostil("pide os.mkdir", "joblib", ".joblib")
def en_bz2(marca):
    return bz2.compress(_solo_marca(marca))


@hostil("pide os.mkdir", "joblib", ".joblib")
def en_xz(marca):
    return lzma.compress(_solo_marca(marca))


@hostil("pide os.mkdir", "joblib", ".joblib")
def en_lzma(marca):
    return lzma.compress(_solo_marca(marca), format=lzma.FORMAT_ALONE)


@hostil("pide os.mkdir", "joblib", ".joblib")
def un_array_de_objetos(marca):
    return entero(array(tipo("O8", marcas=63), 1) + _solo_marca(marca))


@hostil("pide os.mkdir", "joblib", ".joblib")
def un_array_de_objetos_en_zlib(marca):
    return zlib.compress(un_array_de_objetos(marca))


@hostil("pide os.mkdir", "joblib", ".joblib")
def detras_de_un_array(marca):
    return entero(tupla(array(tipo("u1"), 4) + RELLENO + b"1234", pon_marca(marca)))


@hostil("pide os.mkdir", "joblib", ".joblib")
def un_array_dentro_de_un_array_de_objetos(marca):
    """El pickle de dentro lo lee pickle, que no salta los bytes de ningún array."""
    oculto = pon_marca(marca) + ALTO
    dentro = array(tipo("u1"), len(oculto), alineado=False) + oculto
    return entero(array(tipo("O8", marcas=63), 1) + PROTO4 + dentro)


@hostil("pide os.mkdir", "pickle", ".joblib")
def los_bytes_de_un_array_son_instrucciones(marca):
    """Con joblib se saltan; con pickle se obedecen."""
    dentro = pon_marca(marca) + ALTO
    return entero(array(tipo("u1"), len(dentro), alineado=False) + dentro)


@hostil("pide os.mkdir", "pickle", ".joblib")
def un_array_de_objetos_con_el_memo_de_fuera(marca):
    """El pickle de dentro, para joblib, estrena memo; para pickle, sigue con el de fuera."""
    fuera = tupla(texto("mkdir") + b"\x94", texto("os") + b"\x94")
    inocente = texto("LinearRegression") + b"\x94" + texto("sklearn.linear_model._base") + b"\x94"
    dentro = inocente + llama(b"h\x01h\x00\x93", texto(marca)) + ALTO
    return entero(fuera, array(tipo("O8", marcas=63), 1) + PROTO4 + dentro)


def _engana(tipo_, forma, relleno, marca):
    """Un array que se mira de una manera y se carga de otra.

    Al mirarlo sin cuidado se saltan más bytes que al cargarlo: los que sobran son instrucciones.
    """
    dentro = pon_marca(marca) + ALTO
    return entero(array(tipo_, forma or len(dentro)) + relleno + dentro)


@hostil(NO_SE_ENTIENDE, "", ".joblib")
def un_tipo_que_ocupa_menos_de_lo_que_dice(marca):
    """El código dice 400 bytes, y el estado, uno: vale el estado."""
    return _engana(tipo("S400", largo=1), 1, RELLENO + b"a", marca)


@hostil(NO_SE_ENTIENDE, "joblib", ".joblib")
def un_tipo_con_campos_de_objetos_escondidos(marca):
    """Un campo de ocho bytes, y una marca que dice que es un objeto: detrás viene un pickle."""
    campos = diccionario(a=tupla(tipo("f8"), numero(0)))
    raro = tipo("V8", largo=8, nombres=tupla(texto("a")), campos=campos, marcas=63)
    return entero(array(raro, 1, alineado=False) + PROTO4 + pon_marca(marca) + ALTO)


@hostil(NO_SE_ENTIENDE, "", ".joblib")
def un_tipo_con_campos_que_no_nombra(marca):
    campos = diccionario(a=tupla(tipo("f8"), numero(0)))
    raro = tipo("V8", largo=8, nombres=tupla(texto("b")), campos=campos)
    return entero(array(raro, 1) + RELLENO + bytes(8))


@hostil("pide os.mkdir", "", ".joblib")
def un_tipo_con_campos_de_objetos(marca):
    campos = diccionario(a=tupla(tipo("O8", marcas=63), numero(0)))
    raro = tipo("V8", largo=8, nombres=tupla(texto("a")), campos=campos, marcas=63)
    return entero(array(raro, 1) + PROTO4 + pon_marca(marca) + ALTO)


@hostil(NO_SE_ENTIENDE, "", ".joblib")
def un_tipo_con_un_grupo_dentro(marca):
    grupo = tupla(tipo("O8", marcas=63), tupla(numero(1)))
    return entero(array(tipo("V8", largo=8, grupo=grupo), 1) + RELLENO + bytes(8))


@hostil(NO_SE_ENTIENDE, "", ".joblib")
def un_tipo_que_no_es_de_numpy(marca):
    """Otra llamada con los mismos argumentos y el mismo estado."""
    falso = tipo("u1").replace(pide("numpy", "dtype"), pide("builtins", "slice"))
    return entero(array(falso, 1) + RELLENO + b"a")


@hostil(NO_SE_ENTIENDE, "", ".joblib")
def un_tipo_de_una_version_vieja(marca):
    return entero(array(tipo("u1", version=2), 1) + RELLENO + b"a")


@hostil("no se entiende", "", ".joblib")
def un_tipo_con_un_codigo_inventado(marca):
    return entero(array(tipo("zz9"), 1) + RELLENO + b"a")


@hostil(NO_SE_ENTIENDE, "", ".joblib")
def una_forma_negativa(marca):
    return entero(array(tipo("u1"), -1, -4) + RELLENO + b"1234")


@hostil("le falta el final", "", ".joblib")
def una_forma_enorme(marca):
    return entero(array(tipo("f8"), *[2**31 - 1] * 4) + RELLENO + b"1234")


@hostil(NO_SE_ENTIENDE, "", ".joblib")
def una_forma_de_texto(marca):
    """Para joblib, «3» es un 3."""
    return entero(array(tipo("u1"), shape=tupla(texto("3"))) + RELLENO + b"123")


@hostil(NO_SE_ENTIENDE, "", ".joblib")
def un_relleno_que_no_lo_es(marca):
    return entero(array(tipo("u1"), 1) + b"\x28" + b"a" * 40 + b"a")


@hostil(NO_SE_ENTIENDE, "", ".joblib")
def un_relleno_con_algo_dentro(marca):
    return entero(array(tipo("u1"), 1) + b"\x02ab" + b"a")


@hostil(NO_SE_ENTIENDE, "", ".joblib")
def un_tipo_que_comparte_todo_el_programa(marca):
    """Sin copiarlo, cambiar ese tipo lo cambia para todos."""
    estado = tupla(*[numero(3), texto("<"), b"NNN", numero(-1), numero(1), numero(0)])
    compartido = llama(pide("numpy", "dtype"), texto("u1"), pickle.NEWFALSE, pickle.NEWFALSE)
    return entero(array(compartido + estado + pickle.BUILD, 1) + RELLENO + b"a")


@hostil(NO_SE_ENTIENDE, "", ".joblib")
def una_alineacion_inventada(marca):
    raro = array(tipo("u1"), 1, numpy_array_alignment_bytes=numero(32))
    return entero(raro + RELLENO + b"a")


@hostil(NO_SE_ENTIENDE, "joblib", ".joblib")
def un_array_que_se_lee_a_su_manera(marca):
    """Un atributo que se llama como el método que lo lee: `slice` no lee nada."""
    dentro = pickle.POP + pon_marca(marca) + ALTO
    raro = array(tipo("u1"), len(dentro), alineado=False, read=pide("builtins", "slice"))
    return PROTO4 + raro + dentro + ALTO


@hostil("cambia cómo funciona un objeto", "", ".joblib")
def un_array_con_una_clave_que_no_es_texto(marca):
    clave = llama(pide("numpy._core.multiarray", "scalar"), tipo("U1", largo=4), datos(b"a\0\0\0"))
    estado = diccionario(subclass=CLASE) + clave + numero(1) + pickle.SETITEM
    return entero(crea(ENVOLTORIO), estado, pickle.BUILD)


@hostil("esconde un array de joblib", "joblib", ".joblib")
def un_envoltorio_que_no_se_ve(marca):
    """`newObj` crea lo mismo que NEWOBJ, sin que se vea que es un array.

    Si no se sabe, sus bytes parecen instrucciones: un texto que se traga las de verdad.
    """
    dentro = tupla(pon_marca(marca)) + ALTO
    traga = b"\x8c" + bytes([len(dentro)])
    estado = array(tipo("u1"), 2, alineado=False)[len(crea(ENVOLTORIO)) :]
    oculto = llama(pide("sklearn.neighbors._kd_tree", "newObj"), ENVOLTORIO) + estado
    return PROTO4 + oculto + traga + dentro + ALTO


@hostil("pide os.mkdir", "joblib", ".joblib")
def un_array_que_se_rellena_dos_veces(marca):
    """La segunda vez ya es un array, y rellenarlo no salta nada: ahí van las instrucciones."""
    dentro = pickle.POP + pon_marca(marca) + ALTO
    primero = array(tipo("u1"), len(dentro), alineado=False) + bytes(len(dentro))
    estado = tupla(numero(1), tupla(numero(1)), tipo("u1"), pickle.NEWFALSE, datos(b"a"))
    return PROTO4 + primero + estado + pickle.BUILD + dentro + ALTO


@hostil("lleva un array en medio de un marco", "joblib", ".joblib")
def un_array_en_medio_de_un_marco(marca):
    """El array se busca detrás del marco, y no detrás de su descripción."""
    fuera = array(tipo("u1"), 2, alineado=False)
    dentro = tupla(pon_marca(marca)) + ALTO
    traga = b"zz"
    marco = fuera + dentro
    return PROTO4 + pickle.FRAME + struct.pack("<Q", len(marco)) + marco + traga


@hostil("pide joblib.numpy_pickle_compat.NDArrayWrapper", "", ".joblib")
def un_array_que_esta_en_otro_archivo(marca):
    raro = crea(pide("joblib.numpy_pickle_compat", "NDArrayWrapper"))
    estado = diccionario(filename=texto("../otro.npy"), subclass=CLASE, allow_mmap=pickle.NEWFALSE)
    return entero(raro, estado, pickle.BUILD)


@hostil("se llama .pkl, y es joblib", "", ".pkl")
def un_joblib_con_extension_de_pickle(marca):
    return entero(modelo(coef_=array(tipo("u1"), 1) + RELLENO + b"a"))


@hostil("se llama .pkl, y es gzip", "", ".pkl")
def un_comprimido_con_extension_de_pickle(marca):
    return gzip.compress(entero(modelo()))


@hostil("lleva algo detrás del modelo", "", ".joblib")
def un_segundo_pickle_detras_del_array(marca):
    return entero(array(tipo("u1"), 1) + RELLENO + b"a") + _solo_marca(marca)
