"""Escribir un archivo entero o no escribir nada, aunque el proceso muera a la mitad."""

import contextlib
import hashlib
import os
import shutil
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from helpers.errores import NoSePudoGuardar

ESPERA_DEL_TURNO = 30  # segundos
CADA_INTENTO = 0.02


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


def sitios(ruta):
    """Los cuatro archivos que intervienen al guardar un modelo en `ruta`, que es un `Path`."""
    if ruta.is_symlink():  # se escribe en el archivo al que lleva; el enlace sigue siéndolo
        ruta = ruta.resolve()
    return Sitios(
        modelo=ruta,
        ficha=ruta.with_name(f"{ruta.name}.json"),
        modelo_nuevo=ruta.with_name(f".{ruta.name}.nuevo"),
        ficha_nueva=ruta.with_name(f".{ruta.name}.json.nueva"),
    )


@contextlib.contextmanager
def turno(carpeta):
    """Espera a ser el único que guarda en una carpeta. El sistema lo suelta si el proceso muere.

    Errores
    -------
    NoSePudoGuardar
        Si otro proceso no termina en `ESPERA_DEL_TURNO` segundos.
    """
    limite = time.monotonic() + ESPERA_DEL_TURNO
    while (cerrojo := _echa_el_cerrojo(carpeta)) is None:
        if time.monotonic() > limite:
            raise NoSePudoGuardar(
                f"Otro proceso lleva {ESPERA_DEL_TURNO} segundos guardando en «{carpeta}».",
                "hay dos cuadernos abiertos que guardan a la vez.",
                "a esperar a que el otro termine y a repetir.",
            )
        time.sleep(CADA_INTENTO)
    try:
        yield
    finally:
        os.close(cerrojo)


def _echa_el_cerrojo(carpeta):
    """Un descriptor que, mientras esté abierto, nadie más consigue; None si lo tiene otro."""
    if os.name == "nt":
        # Windows no deja bloquear una carpeta. Este archivo lo borra el sistema al cerrarse.
        opciones = os.O_CREAT | os.O_EXCL | os.O_RDWR | os.O_TEMPORARY
        try:
            return os.open(carpeta / ".guardando", opciones)
        except (FileExistsError, PermissionError):
            return None
    import fcntl

    descriptor = os.open(carpeta, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        return None
    except OSError:  # hay discos de red que no bloquean: se guarda sin turno
        pass
    return descriptor


@contextlib.contextmanager
def a_medias(donde):
    """Si algo falla antes de publicar, borra lo preparado. El modelo anterior no se toca."""
    donde.modelo_nuevo.unlink(missing_ok=True)  # lo que dejó un corte
    try:
        yield
    except BaseException:  # también Ctrl-C
        # Si el modelo nuevo ya no está aparte es que ocupó su sitio: su ficha hace falta.
        if donde.modelo_nuevo.exists():
            donde.ficha_nueva.unlink(missing_ok=True)
            donde.modelo_nuevo.unlink()
        raise


def publica(donde):
    """Pone el modelo y su ficha en su sitio. Cada paso es de una vez; el orden importa.

    Entre los dos pasos el modelo es el nuevo y su ficha aún es `ficha_nueva`: quien carga mira las
    dos, y quien guarda después termina lo que falte. Así nunca hay un modelo sin su ficha.
    """
    if donde.modelo.exists():
        shutil.copymode(donde.modelo, donde.modelo_nuevo)
    donde.modelo_nuevo.replace(donde.modelo)
    donde.ficha_nueva.replace(donde.ficha)
    _al_disco_la_carpeta(donde.modelo.parent)


def al_disco(ruta):
    """Espera a que el disco tenga el archivo y lo relee entero.

    Devuelve
    --------
    str
        Su huella SHA-256: 64 cifras hexadecimales de lo que hay escrito, no de lo que se quiso
        escribir.
    """
    with ruta.open("r+b") as archivo, ThreadPoolExecutor(1) as otro_hilo:
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


def _al_disco_la_carpeta(carpeta):
    """El cambio de nombres también se escribe. Windows lo hace sin que se lo pidan."""
    if os.name == "nt":
        return
    descriptor = os.open(carpeta, os.O_RDONLY)
    try:
        with contextlib.suppress(OSError):  # hay discos de red que no lo admiten
            os.fsync(descriptor)
    finally:
        os.close(descriptor)
