"""Los fallos del sistema y de las librerías, contados como errores del curso."""

import contextlib
import errno
import re
import sys

from helpers._persistencia.entrada import PARA_GUARDAR
from helpers.errores import (
    ArchivoDanado,
    ArchivoIncompleto,
    ArchivoVacio,
    ErrorDelCurso,
    FaltaUnaClase,
    FormatoDistinto,
    NoEsDeUnModelo,
    NoSePudoGuardar,
    NoSePudoLeer,
    TiposSinAprobar,
    VersionDistinta,
    ctrl_c_tapado,
)
from helpers.inspeccion import COMPRIMIDOS, formato, globales

ANCHO = 80
SIGUE = "Lo que hubiera antes en ese archivo sigue intacto."
DEL_SISTEMA = {
    errno.ENOSPC: ("el disco está lleno", "a liberar espacio y a repetir."),
    errno.EFBIG: ("el archivo es demasiado grande para este disco", "con otro disco."),
    errno.EACCES: ("falta permiso en esa carpeta, o el archivo está abierto en otro programa",
                   "con una carpeta tuya, o a cerrar el otro programa."),
    errno.EPERM: ("falta permiso en esa carpeta", "con una carpeta tuya."),
    errno.EROFS: ("la carpeta es de solo lectura", "con una carpeta tuya."),
    errno.ENOENT: ("esa ruta no existe, o es demasiado larga para este sistema",
                   "con una ruta más corta."),
    errno.EINVAL: ("el nombre lleva un signo que este sistema no admite, como «:» o «?»",
                   "con letras, números y guiones."),
    errno.ENAMETOOLONG: ("el nombre es demasiado largo", "con un nombre más corto."),
    errno.ENOTDIR: ("una parte de la ruta es un archivo, y no una carpeta", "con otra carpeta."),
}  # fmt: skip
DEL_SISTEMA |= {errno.EEXIST: DEL_SISTEMA[errno.ENOTDIR], errno.EDQUOT: DEL_SISTEMA[errno.ENOSPC]}
# Lo que dicen las librerías cuando un objeto no se deja guardar.
AL_GUARDAR = (
    (r"<lambda>|local object|local function",
     "una función sin nombre, o escrita dentro de otra, no se puede buscar después",
     "a escribirla con `def` en un módulo (`.py`), o a guardar con la extensión .dill."),
    (r"cannot pickle|can't pickle|lock|Unsupported|not supported",
     "el modelo lleva algo que no son datos, o que este método no admite",
     "a quitarlo antes de guardar, o con otra extensión."),
    (r"recursion|stack overflow",
     "unos objetos contienen a otros sin fin, o con demasiada profundidad",
     "a guardar por separado lo que lleva dentro."),
)  # fmt: skip
# Lo que dicen al cargar si no encuentran algo de un módulo, lz4, o el `Path` de otro sistema.
DE_OTRO_SISTEMA = r"cannot instantiate '(Windows|Posix)Path'"
NO_ESTA = f"can't get attribute|^module .* has no attribute|is not installed|{DE_OTRO_SISTEMA}"
# Y si falta el final. El de un zip es su índice.
INCOMPLETO = (
    r"truncated|ran out of input|unexpected end|expected \d+ bytes|exhausted before end|"
    r"requires a buffer|^index out of range|not a zip file"
)
FORMATOS = {
    "pickle": ("pickle",),
    "dill": ("pickle",),
    "joblib": ("pickle", "joblib", *COMPRIMIDOS),
    "skops": ("skops", "zip roto"),  # pudo ser suyo: que diga skops por qué no lo abre
}
# Qué hacer con lo que no es de un modelo.
NO_ES = {
    "página web": ("se descargó la página que lo muestra, o un aviso de error, y no el archivo.",
                   "a descargarlo otra vez con el botón de descarga, y a mirar su tamaño."),
    "puntero de Git-LFS": ("se clonó el repositorio sin Git-LFS: esto solo dice dónde está.",
                           "`git lfs install` y `git lfs pull`, o a descargarlo de la página."),
    "JSON": ("se confunde el modelo con su ficha.", "con la misma ruta, sin `.json` al final."),
    "texto": ("se abrió y se guardó con un editor, o es otro archivo.", "con otra copia."),
    "zip": ("es un zip, pero no lo escribió skops.", "a descomprimirlo y cargar lo de dentro."),
    "zip roto": ("la copia o la descarga se cortó.", "con otra copia del archivo."),
}  # fmt: skip


@contextlib.contextmanager
def al_guardar(modelo, ruta):
    """Convierte en `NoSePudoGuardar` cualquier fallo del sistema o de la librería."""
    de_antes = sys.exception()
    try:
        yield
    except ErrorDelCurso:
        raise
    except OSError as error:
        raise NoSePudoGuardar(*_del_sistema("guardar", ruta, error)) from error
    except MemoryError as error:
        que_paso = f"No hay memoria para guardar «{_corta(ruta)}». {SIGUE}"
        raise NoSePudoGuardar(que_paso, prueba="a cerrar otros programas.") from error
    except Exception as error:  # cada librería se niega con su excepción
        if (ctrl_c := ctrl_c_tapado(error, de_antes)) is not None:
            raise ctrl_c from None
        raise NoSePudoGuardar(*_de_la_libreria(modelo, ruta, error)) from error


@contextlib.contextmanager
def al_abrir(ruta):
    """Convierte en `NoSePudoLeer` que el sistema no deje leer."""
    try:
        yield
    except ErrorDelCurso:
        raise
    except OSError as error:
        raise NoSePudoLeer(*_del_sistema("leer", ruta, error)) from error


def exige_formato(archivo, metodo, ruta):
    """Rechaza por sus primeros bytes lo que el método no sabe cargar."""
    que_es = formato(archivo)
    if que_es in FORMATOS[metodo.nombre]:
        return
    if que_es == "vacío":
        raise ArchivoVacio(
            f"«{_corta(ruta.name)}» tiene 0 bytes.",
            "algo se interrumpió mientras se escribía.",
            "a guardar el modelo otra vez, o con una copia.",
        )
    if que_es in NO_ES:
        raise NoEsDeUnModelo(
            f"«{_corta(ruta.name)}» no es un modelo: es {con_articulo(que_es)}.", *NO_ES[que_es]
        )
    if que_es == "desconocido":
        raise ArchivoDanado(
            f"«{_corta(ruta.name)}» no empieza como ningún modelo.",
            "se dañó, o lo escribió otro programa.",
            "con otra copia del archivo.",
        )
    otros = [nombre for nombre, formatos in FORMATOS.items() if que_es in formatos]
    raise FormatoDistinto(
        f"El contenido de «{_corta(ruta.name)}» no es de {metodo.nombre}: es de {_o(otros)}.",
        "la extensión no es la del método con que se guardó.",
        f"a cambiarle la extensión: {_o(PARA_GUARDAR[otro].extensiones[0] for otro in otros)}.",
    )


def con_articulo(que_es):
    """Un formato de `NO_ES`, como se nombra dentro de una frase."""
    articulos = {"página web": "una ", "JSON": "", "texto": ""}
    return articulos.get(que_es, "un ") + que_es


@contextlib.contextmanager
def al_cargar(archivo, metodo, ruta, nota=""):
    """Convierte lo que lance la librería en el error que dice qué le pasa al archivo."""
    try:
        yield
    except ErrorDelCurso:
        raise
    except MemoryError as error:
        raise ArchivoDanado(*_danado(ruta, error)) from error
    except Exception as error:  # unos bytes dañados hacen fallar de mil formas
        if type(error).__name__ == "UntrustedTypesFoundException":
            raise _sin_aprobar(ruta, metodo.tipos(archivo)) from error
        if _falta_algo(error):
            raise FaltaUnaClase(*_falta(archivo, ruta, error, nota)) from error
        if nota:
            raise VersionDistinta(*_de_otra_version(ruta, error, nota)) from error
        clase = ArchivoIncompleto if _incompleto(error) else ArchivoDanado
        raise clase(*_danado(ruta, error)) from error


def _del_sistema(verbo, ruta, error):
    motivo, prueba = DEL_SISTEMA.get(error.errno, (error.strerror or str(error), "con otra ruta."))
    sigue = f" {SIGUE}" if verbo == "guardar" else ""
    return f"No se pudo {verbo} «{_corta(ruta)}»: {motivo}.{sigue}", "", prueba


def _de_la_libreria(modelo, ruta, error):
    frase = re.sub(" at 0x[0-9a-fA-F]+", "", f"{type(error).__name__}: {error}")  # no dicen nada
    paso = f"{type(modelo).__name__} no se deja guardar en «{_corta(ruta.name)}» ({frase}). {SIGUE}"
    for patron, porque, prueba in AL_GUARDAR:
        if re.search(patron, frase, re.IGNORECASE):
            return paso, f"{porque}.", prueba
    return paso, "algo de lo que lleva dentro no admite este método.", "con otra extensión."


def _sin_aprobar(ruta, tipos):
    lista = ", ".join(f'"{tipo}"' for tipo in tipos)
    return TiposSinAprobar(
        f"«{_corta(ruta.name)}» usa tipos que no has aprobado: {lista}. No se ha cargado.",
        "skops solo carga por su cuenta los que sabe inofensivos.",
        f"a decidir si te fías de cada uno y escribirlos: confiar=[{lista}].",
        tipos=tipos,
    )


def _falta(archivo, ruta, error, nota):
    del_cuaderno = [n for n in globales(archivo).nombres if n.startswith("__main__.")]
    if del_cuaderno:
        nombres = ", ".join(nombre.removeprefix("__main__.") for nombre in del_cuaderno)
        return (
            f"«{_corta(ruta.name)}» necesita {nombres}, del cuaderno que lo guardó.{nota}",
            "el archivo lleva el nombre de la clase o de la función, y no su código.",
            "a escribirla aquí igual que allí; la próxima vez, en un módulo (`.py`).",
        )
    if re.search(DE_OTRO_SISTEMA, str(error)):
        que_paso = f"«{_corta(ruta.name)}» lleva dentro una ruta de otro sistema: {error}.{nota}"
        prueba = "a guardar la ruta como texto, con `str(ruta)`, donde se hizo el archivo."
        return que_paso, "se guardó un `Path` con el modelo.", prueba
    return (
        f"«{_corta(ruta.name)}» nombra algo que aquí no existe: {error}.{nota}",
        "falta una librería, o su versión es otra y ese nombre ya no está.",
        "a instalar las versiones con las que se guardó.",
    )


def _falta_algo(error):
    """Si falta un módulo o algo de él. Otros `AttributeError` son de unos bytes dañados."""
    return isinstance(error, ImportError) or bool(re.search(NO_ESTA, str(error), re.IGNORECASE))


def _de_otra_version(ruta, error, nota):
    """La huella dice que el archivo está entero: no lo entienden estas versiones."""
    return (
        f"«{_corta(ruta.name)}» no se carga con las versiones de aquí ({_frase(error)}).{nota}",
        "cada versión de una librería escribe sus objetos a su manera.",
        "a instalar las versiones con las que se guardó, o a entrenar y guardar otra vez.",
    )


def _danado(ruta, error):
    que = "está incompleto" if _incompleto(error) else "está dañado"
    return (
        f"«{_corta(ruta.name)}» {que} y no se puede cargar ({_frase(error)}).",
        "la copia o la descarga se cortó, el disco falló, o se guardó con otras versiones.",
        "con otra copia del archivo, o a guardar el modelo otra vez.",
    )


def _frase(error):
    return f"{type(error).__name__}: {str(error)[:200]}"


def _incompleto(error):
    return isinstance(error, EOFError) or bool(re.search(INCOMPLETO, str(error), re.IGNORECASE))


def _o(nombres):
    *primeros, ultimo = nombres
    return f"{', '.join(primeros)} o {ultimo}" if primeros else ultimo


def _corta(ruta):
    """La ruta entera, o su principio y su final si no cabe en una frase."""
    texto = str(ruta)
    return texto if len(texto) <= ANCHO else f"{texto[: ANCHO // 2]}…{texto[-ANCHO // 4 :]}"
