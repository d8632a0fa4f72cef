"""Una barra de progreso que no deja rastro: ni en el cuaderno guardado ni en la terminal."""

import contextlib
import io
import sys

from tqdm import tqdm

from helpers.proceso import cuaderno_abierto

FORMATO = "{desc}: {percentage:3.0f} % |{bar}| {n_fmt} de {total_fmt}"
ANCHO = 70


@contextlib.contextmanager
def barra_de_progreso():
    """Da una barra de `tqdm` vacía; al terminar desaparece.

    En un cuaderno que se ejecuta sin nadie delante, como al regenerarlo o al comprobarlo, no
    aparece. Tampoco si la salida de errores no es una terminal.
    """
    cuaderno = _cuaderno_con_alguien()
    salida = _EnElCuaderno() if cuaderno else sys.stderr
    nadie = not cuaderno and not sys.stderr.isatty()
    with tqdm(file=salida, disable=nadie, leave=False, ncols=ANCHO, bar_format=FORMATO) as barra:
        yield barra


def _cuaderno_con_alguien():
    """Si esto es un cuaderno y quien lo ejecuta podría contestar a una pregunta."""
    nucleo = getattr(cuaderno_abierto(), "kernel", None)
    if nucleo is None:
        return False
    peticion = nucleo.get_parent("shell") if hasattr(nucleo, "get_parent") else {}
    return bool(peticion.get("content", {}).get("allow_stdin"))


class _EnElCuaderno(io.TextIOBase):
    """Un archivo que enseña lo último que se le escribe, siempre en el mismo sitio."""

    def __init__(self):
        self._lugar = _muestra_vacia()

    def write(self, texto):
        # tqdm vuelve al principio de la línea y rellena con espacios; aquí se sustituye entera.
        self._lugar.update({"text/plain": texto.strip()}, raw=True)
        return len(texto)


def _muestra_vacia():
    from IPython.display import display

    return display({"text/plain": ""}, raw=True, display_id=True)
