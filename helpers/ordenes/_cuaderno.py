"""Ejecutar un cuaderno de principio a fin y decir, en una línea, dónde falla.

`python -m helpers.ordenes._cuaderno RUTA SEGUNDOS` lo hace con el Python que lo ejecuta y escribe
el fallo; si pasa, no escribe nada. Así `matriz` lo pide al Python de otro entorno.
"""

import math
import subprocess
import sys
import time
from pathlib import Path

from helpers.ordenes._aislamiento import entorno_aislado

ESPERA = 300  # segundos por celda


class FalloDeCelda(Exception):
    """La celda de un cuaderno que no terminó bien.

    Parámetros
    ----------
    numero : int
        El suyo entre las celdas de código, desde 1; 0 si no se llegó a ninguna.
    linea : str
        Su primera línea de código.
    motivo : str
        Qué pasó, en una línea.
    """

    def __init__(self, numero, linea, motivo):
        self.numero, self.linea, self.motivo = numero, linea, motivo
        super().__init__(f"celda {numero}: {motivo}")


def ejecuta_cuaderno(cuaderno, carpeta, en_total=math.inf):
    """Ejecuta todas las celdas; sus salidas quedan en el cuaderno, que no se escribe.

    Parámetros
    ----------
    cuaderno : nbformat.NotebookNode
        Se modifica en el sitio.
    carpeta : Path
        Donde arranca el kernel.
    en_total : float
        Segundos para el cuaderno entero. Cada celda tiene además los de `ESPERA`.

    Errores
    -------
    FalloDeCelda
        Si una celda da un error que no estaba anunciado, tarda demasiado o cierra el kernel; o si
        no hay kernel.
    """
    from jupyter_client.kernelspec import NoSuchKernel
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

    final, actual = time.monotonic() + en_total, {}
    cliente = NotebookClient(
        cuaderno,
        timeout_func=lambda _: min(ESPERA, max(1, final - time.monotonic())),
        kernel_name="python3",
        resources={"metadata": {"path": str(carpeta)}},
    )
    cliente.on_cell_start = lambda cell, cell_index: actual.update(celda=cell)
    try:
        # Ni los archivos ni la configuración de quien da la orden deben notarse en las salidas.
        with entorno_aislado():
            cliente.execute(stderr=subprocess.DEVNULL)  # los avisos del kernel no son del cuaderno
    except CellTimeoutError as error:
        limite = en_total if time.monotonic() >= final else ESPERA
        raise _fallo(cuaderno, actual, f"no terminó en {limite:g} s") from error
    except DeadKernelError as error:
        raise _fallo(cuaderno, actual, "el kernel se cerró") from error
    except NoSuchKernel as error:
        raise _fallo(cuaderno, actual, "falta el kernel de Python") from error
    except CellExecutionError as error:
        raise _fallo(cuaderno, actual, f"{error.ename}: {error.evalue}") from error


def _fallo(cuaderno, actual, motivo):
    celda = actual.get("celda")
    de_codigo = [otra for otra in cuaderno.cells if otra.cell_type == "code"]
    numero = de_codigo.index(celda) + 1 if celda in de_codigo else 0
    linea = celda.source.strip().partition("\n")[0] if celda else ""
    return FalloDeCelda(numero, linea, " ".join(motivo.split()))


def principal(ruta, segundos):
    """Ejecuta un cuaderno y escribe su fallo, si lo hay, en una línea.

    Parámetros
    ----------
    ruta : Path
        El cuaderno.
    segundos : float
        Los que tiene.
    """
    import nbformat

    try:
        ejecuta_cuaderno(nbformat.read(ruta, as_version=4), ruta.parent, segundos)
    except FalloDeCelda as fallo:
        print(fallo)


if __name__ == "__main__":
    principal(Path(sys.argv[1]), float(sys.argv[2]))
