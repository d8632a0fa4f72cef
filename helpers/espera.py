"""Esperar a los demás: el turno para guardar, y lo que Windows no deja hacer por un momento."""

import contextlib
import os
import time
from functools import partial

from helpers.errores import NoSePudoGuardar

ESPERA_DEL_TURNO = 30  # segundos
CADA_INTENTO = 0.02
PACIENCIA = 2  # segundos
GUARDANDO = ".guardando"  # el cerrojo de Windows


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
        if os.name == "nt":
            with contextlib.suppress(OSError):  # lo tiene abierto quien espera
                (carpeta / GUARDANDO).unlink()


def _echa_el_cerrojo(carpeta):
    """Un descriptor que, mientras esté abierto, nadie más consigue; None si lo tiene otro."""
    if os.name == "nt":
        import msvcrt

        # Windows no deja bloquear una carpeta. Si un corte deja este archivo, no bloquea a nadie.
        descriptor = con_paciencia(os.open, carpeta / GUARDANDO, os.O_CREAT | os.O_RDWR)
        bloquea = partial(msvcrt.locking, descriptor, msvcrt.LK_NBLCK, 1)
        ocupado = PermissionError
    else:
        import fcntl

        descriptor = os.open(carpeta, os.O_RDONLY)
        bloquea = partial(fcntl.flock, descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        ocupado = BlockingIOError
    try:
        bloquea()
    except ocupado:
        os.close(descriptor)
        return None
    except OSError:  # hay discos de red que no bloquean: se guarda sin turno
        pass
    except BaseException:  # Ctrl-C justo ahora: con el cerrojo echado no se podría volver a guardar
        os.close(descriptor)
        raise
    return descriptor


def con_paciencia(accion, *argumentos, **opciones):
    """Hace algo con un archivo y, si Windows no deja, lo intenta otra vez durante unos segundos.

    Allí el antivirus, la copia en la nube o quien lo está cargando pueden tener abierto un momento
    el archivo que se acaba de escribir.

    Errores
    -------
    PermissionError
        Si a los `PACIENCIA` segundos sigue sin dejar.
    """
    limite = time.monotonic() + PACIENCIA
    while True:
        try:
            return accion(*argumentos, **opciones)
        except PermissionError:
            if os.name != "nt" or time.monotonic() > limite:
                raise
        time.sleep(CADA_INTENTO)
