"""Cuatro obreros, uno por método, que hacen el mismo trabajo cada uno en su carpeta."""

import contextlib
import itertools
from concurrent.futures import ThreadPoolExecutor

from fiabilidad.guardados import ruta_de
from fiabilidad.modelos import METODOS
from fiabilidad.taller import LIMITE_LARGO, Obrero

A_LA_VEZ = 2


@contextlib.contextmanager
def cuadrilla(carpeta, delante=()):
    """Da una función que encarga un trabajo a los cuatro y devuelve {método: lo que salió}.

    Parámetros
    ----------
    carpeta : Path
        Donde trabajan todos.
    delante : list de str, opcional
        Con qué se lanza cada proceso, como en `Obrero`.
    """
    with contextlib.ExitStack() as abiertos:
        hilos = abiertos.enter_context(ThreadPoolExecutor(A_LA_VEZ))
        obreros = {
            metodo: abiertos.enter_context(_contrata(carpeta / metodo, metodo, delante))
            for metodo in METODOS
        }
        encargos = itertools.count()

        def encarga(trabajo, antes=None, **datos):
            """`antes` prepara la ruta del modelo de cada carpeta, que empieza vacía."""
            numero = next(encargos)

            def hace(metodo):
                sitio = carpeta / metodo / f"encargo {numero}"
                sitio.mkdir()
                if antes:
                    antes(ruta_de(sitio, metodo))
                pedido = {"carpeta": str(sitio), "metodo": metodo, **datos}
                return obreros[metodo].pide(trabajo, LIMITE_LARGO, **pedido)

            return dict(zip(METODOS, hilos.map(hace, METODOS), strict=True))

        yield encarga


def _contrata(carpeta, metodo, delante):
    carpeta.mkdir()
    return Obrero(carpeta, {"trabajo": "fallos.prepara", "metodo": metodo}, delante)
