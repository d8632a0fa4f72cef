"""Una carpeta temporal que se borra siempre, también si piden a la orden que termine."""

import contextlib
import signal
import sys
import tempfile
from pathlib import Path


@contextlib.contextmanager
def carpeta_desechable(orden, donde=None):
    """Crea una carpeta vacía y la borra al salir del `with`, pase lo que pase dentro.

    Parámetros
    ----------
    orden : str
        La que la usa: su nombre empieza por él.
    donde : Path, opcional
        Dentro de qué carpeta; sin ella, la de los archivos temporales.

    Devuelve
    --------
    Path

    Errores
    -------
    OSError
        Si no se puede crear.
    """
    # Pedir que termine y cerrar la terminal acabarían con Python antes de que borre nada.
    senales = [getattr(signal, s) for s in ("SIGTERM", "SIGHUP") if hasattr(signal, s)]
    senales = [senal for senal in senales if signal.getsignal(senal) == signal.SIG_DFL]
    for senal in senales:
        signal.signal(senal, _termina)
    try:
        prefijo = f"{orden}-"
        with tempfile.TemporaryDirectory(
            prefix=prefijo, dir=donde, ignore_cleanup_errors=True
        ) as propia:
            yield Path(propia)
    finally:
        for senal in senales:
            signal.signal(senal, signal.SIG_DFL)


def _termina(numero, _):
    sys.exit(128 + numero)
