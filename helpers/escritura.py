"""Escribir un archivo entero o no escribir nada, aunque el proceso muera a la mitad."""

import contextlib
import hashlib
import os
import shutil
import stat
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from helpers.errores import NoEsUnArchivo, NoSePudoGuardar
from helpers.espera import con_paciencia

SIN_OTRO_HILO = 2**18  # bytes: releer menos cuesta menos que poner en marcha otro hilo


@dataclass(frozen=True)
class Sitios:
    """Dónde van un modelo y su ficha, y dónde se preparan antes de ocupar su sitio.

    Los nombres de lo que está a medias son fijos: si un corte los deja ahí, el siguiente guardado
    los vuelve a usar y no se acumulan.
    """

    modelo: Path
    ficha: Path
    modelo_nuevo: Path
    ficha_nueva: Path
    modelo_anterior: Path


def sitios(ruta):
    """Los archivos que intervienen al guardar un modelo en `ruta`, que es un `Path`.

    Errores
    -------
    NoEsUnArchivo
        Si en el sitio del modelo hay un dispositivo o una tubería del sistema, que al abrirla
        esperaría para siempre; o si en el de la ficha hay algo que no es un archivo.
    """
    if ruta.is_symlink():  # se escribe en el archivo al que lleva; el enlace sigue siéndolo
        ruta = ruta.resolve()
    donde = Sitios(
        modelo=ruta,
        ficha=ruta.with_name(f"{ruta.name}.json"),
        modelo_nuevo=ruta.with_name(f".{ruta.name}.nuevo"),
        ficha_nueva=ruta.with_name(f".{ruta.name}.json.nueva"),
        modelo_anterior=ruta.with_name(f".{ruta.name}.anterior"),
    )
    if not stat.S_ISDIR(modo_de(donde.modelo)):  # de una carpeta se dice algo mejor en otro lugar
        _exige_archivo(donde.modelo)
    _exige_archivo(donde.ficha)
    return donde


def modo_de(ruta):
    """El modo de lo que hay en una ruta, o 0 si no hay nada.

    Errores
    -------
    OSError
        Si el sistema no deja mirar: desde Python 3.14, `ruta.exists()` diría que no hay nada.
    """
    try:
        return ruta.stat().st_mode
    except (FileNotFoundError, NotADirectoryError, ValueError):  # un nombre con un carácter nulo
        return 0


def _exige_archivo(ruta):
    modo = modo_de(ruta)
    if modo and not stat.S_ISREG(modo):
        raise NoEsUnArchivo(
            f"«{ruta}» existe y no es un archivo corriente.",
            "es una carpeta, un dispositivo o una tubería del sistema.",
            "con otro nombre, o a quitar lo que hay ahí.",
        )


@contextlib.contextmanager
def a_medias(donde):
    """Si algo falla, deja el modelo anterior y su ficha como estaban, y nada más.

    Errores
    -------
    NoSePudoGuardar
        Si lo que había es de solo lectura en Windows, que no deja sustituirlo ni quitar después su
        otro nombre; o si, con el modelo nuevo ya en su sitio, no se puede volver al anterior.
    """
    _borra_lo_preparado(donde)  # lo que dejó un corte
    habia_modelo = bool(modo_de(donde.modelo))
    for ruta in (donde.modelo, donde.ficha) if os.name == "nt" else ():
        if modo_de(ruta) and not os.access(ruta, os.W_OK):
            raise NoSePudoGuardar(
                f"«{ruta}» es de solo lectura, y sigue como estaba.",
                "se protegió para que no cambie.",
                "con otro nombre, o a quitarle «solo lectura» en sus propiedades.",
            )
    try:
        yield
    except BaseException:  # también Ctrl-C
        if donde.ficha_nueva.exists() and not donde.modelo_nuevo.exists():
            _retira(donde, habia_modelo)
        _borra_lo_preparado(donde)
        raise


def _retira(donde, habia_modelo):
    """Quita el modelo nuevo, que ya había ocupado su sitio, y vuelve al que hubiera."""
    try:
        if not habia_modelo:
            con_paciencia(donde.modelo.unlink)
        elif donde.modelo_anterior.exists():
            con_paciencia(donde.modelo_anterior.replace, donde.modelo)
        else:  # este disco no admite dos nombres: el nuevo se queda, y con su ficha
            con_paciencia(donde.ficha_nueva.replace, donde.ficha)
    except PermissionError as error:
        raise NoSePudoGuardar(
            f"En «{donde.modelo}» está el modelo nuevo, con la ficha sin terminar de colocar.",
            "otro programa no suelta esos archivos.",
            "a cerrarlo y a guardar otra vez. Mientras, `load_model` carga el nuevo.",
        ) from error


def _borra_lo_preparado(donde):
    for ruta in (donde.modelo_nuevo, donde.ficha_nueva, donde.modelo_anterior):
        con_paciencia(ruta.unlink, missing_ok=True)


def publica(donde):
    """Pone el modelo y su ficha en su sitio. Cada paso es de una vez; el orden importa.

    Entre los dos pasos el modelo es el nuevo y su ficha aún es `ficha_nueva`: quien carga mira las
    dos, y quien guarda después termina lo que falte. Así nunca hay un modelo sin su ficha. Mientras
    tanto el modelo anterior conserva otro nombre, por si el segundo paso no se puede dar.
    """
    if modo_de(donde.modelo):
        shutil.copymode(donde.modelo, donde.modelo_nuevo)
        with contextlib.suppress(OSError):  # hay discos que no admiten dos nombres
            donde.modelo_anterior.hardlink_to(donde.modelo)
    con_paciencia(donde.modelo_nuevo.replace, donde.modelo)
    con_paciencia(donde.ficha_nueva.replace, donde.ficha)
    with contextlib.suppress(OSError):  # ya está guardado: si esto falla, lo sigue estando
        donde.modelo_anterior.unlink(missing_ok=True)
        carpeta_al_disco(donde.modelo.parent)


def reemplaza(archivo, texto):
    """Cambia un archivo de texto de una vez: quien lo lee encuentra el de antes o el nuevo.

    Parámetros
    ----------
    archivo : Path
        Si existe, conserva sus permisos.
    texto : str
        Se escribe en UTF-8, con los finales de línea que trae.
    """
    temporal = archivo.with_name(f"{archivo.name}.nuevo")
    try:
        temporal.write_bytes(texto.encode("utf-8"))
        if archivo.exists():
            shutil.copymode(archivo, temporal)
        con_paciencia(temporal.replace, archivo)
    finally:
        temporal.unlink(missing_ok=True)


def al_disco(ruta):
    """Espera a que el disco tenga el archivo y lo relee entero.

    Devuelve
    --------
    str
        Su huella SHA-256: 64 cifras hexadecimales de lo que hay escrito, no de lo que se quiso
        escribir.
    """
    with ruta.open("r+b") as archivo:
        if os.fstat(archivo.fileno()).st_size <= SIN_OTRO_HILO:
            os.fsync(archivo.fileno())
            return huella_de(archivo)
        with ThreadPoolExecutor(1) as otro_hilo:  # el disco escribe mientras este hilo relee
            escrito = otro_hilo.submit(os.fsync, archivo.fileno())
            huella = huella_de(archivo)
            escrito.result()
    return huella


def huella_de(archivo):
    """La huella SHA-256 de un archivo abierto para leer bytes, que queda por el principio."""
    archivo.seek(0)
    huella = hashlib.file_digest(archivo, "sha256").hexdigest()
    archivo.seek(0)
    return huella


def carpeta_al_disco(carpeta):
    """El cambio de nombres también se escribe. Ni Windows ni algún disco de red lo dejan pedir."""
    if os.name == "nt":
        return
    descriptor = os.open(carpeta, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
