"""Ejecutar código en un Python recién arrancado: la prueba honesta de que algo quedó guardado."""

import contextlib
import os
import re
import subprocess
import sys
import tempfile
import textwrap
import time
from dataclasses import dataclass
from pathlib import Path

from helpers.errores import ErrorDelCurso

LIMITE_SEGUNDOS = 60
LIMITE_CARACTERES = 20_000
LIMITE_BYTES = 4 * LIMITE_CARACTERES  # en UTF-8, más bytes que estos son más caracteres que esos
# Variables que cambiarían lo que el Python nuevo sabe o hace sin que la celda lo diga.
AJENAS = ("PYTHONPATH", "PYTHONHOME", "PYTHONINSPECT", "PYTHONIOENCODING", "MPLBACKEND")


@dataclass(frozen=True)
class Salida:
    """Lo que dejó un proceso: lo que imprimió y, en una línea, su error («» si no hubo)."""

    texto: str
    error: str


def ejecuta_en_proceso_nuevo(codigo, carpeta, limite=LIMITE_SEGUNDOS):
    """Ejecuta código en un intérprete nuevo, que no sabe nada de este.

    Parámetros
    ----------
    codigo : str
        Código de Python.
    carpeta : str o Path
        Carpeta donde arranca: allí busca los archivos y los módulos.
    limite : float
        Segundos que se le conceden antes de detenerlo.

    Devuelve
    --------
    Salida
        Un error del código no se lanza aquí: queda en `Salida.error`.
    """
    # En archivos y no en tuberías: lo escrito está entero en cuanto el proceso termina, aunque
    # deje otro en marcha que las mantendría abiertas.
    with tempfile.TemporaryFile() as impreso, tempfile.TemporaryFile() as quejas:
        try:
            proceso = subprocess.Popen(
                [sys.executable, "-u", "-c", codigo],
                cwd=carpeta,
                env=entorno_limpio(),
                stdin=subprocess.DEVNULL,
                stdout=impreso,
                stderr=quejas,
            )
        except (OSError, ValueError):
            porque = "quizá el código es muy largo o tiene un carácter nulo"
            if not Path(carpeta).is_dir():
                porque = f"no hay ninguna carpeta «{carpeta}»"
            return Salida("", f"no arrancó: {porque}")
        motivo = _espera(proceso, limite, (impreso, quejas))
        texto, queja = _lee(impreso), _lee(quejas)
    if not motivo and max(len(texto), len(queja)) > LIMITE_CARACTERES:
        motivo = f"imprimió más de {LIMITE_CARACTERES} caracteres y se detuvo"
    elif proceso.returncode == 0:
        return Salida(texto + queja, "")
    error = motivo or _en_una_linea(queja) or f"código {proceso.returncode}"
    return Salida(texto[:LIMITE_CARACTERES], error)


def _espera(proceso, limite, archivos):
    """Espera a que el proceso termine; si tarda o escribe demasiado, lo detiene.

    Devuelve el motivo si fue por tardar. Si escribió demasiado se ve después, al leer.
    """
    final = time.monotonic() + limite
    try:
        while time.monotonic() < final:
            with contextlib.suppress(subprocess.TimeoutExpired):
                proceso.wait(0.05)
                return ""
            if any(os.fstat(archivo.fileno()).st_size > LIMITE_BYTES for archivo in archivos):
                return ""
        return f"no terminó en {limite:g} segundos y se detuvo"
    finally:
        # También si quien espera interrumpe la celda: el proceso nuevo no debe sobrevivirle.
        proceso.kill()
        proceso.wait()


def _lee(archivo):
    archivo.seek(0)
    texto = archivo.read(LIMITE_BYTES + 1).decode("utf-8", errors="replace")
    return texto.replace("\r\n", "\n")


def _en_una_linea(queja):
    # El error empieza tras la última línea «File» y su código, que van sangrados. Si no hay rastro,
    # como después de sys.exit("motivo"), es la última línea.
    con_rastro = re.search(r'.*^  File ".*?^(\S.*)', queja, re.DOTALL | re.MULTILINE)
    error = con_rastro[1] if con_rastro else queja.rstrip().rpartition("\n")[2]
    return textwrap.shorten(error, 500, placeholder=" …")


def entorno_limpio():
    """Las variables de entorno para un proceso nuevo: las de este, sin las que lo cambiarían."""
    entorno = {k: v for k, v in os.environ.items() if k not in AJENAS}
    return entorno | {"PYTHONUTF8": "1", "PYTHONDONTWRITEBYTECODE": "1", "PYTHON_COLORS": "0"}


def cuaderno_abierto():
    """El IPython de este cuaderno, o None. Si nadie lo ha importado, esto no es un cuaderno."""
    return sys.modules["IPython"].get_ipython() if "IPython" in sys.modules else None


def registra_magia(carpeta):
    """Da de alta `%%proceso_nuevo` en el cuaderno. Fuera de IPython no hace nada.

    Parámetros
    ----------
    carpeta : función sin parámetros
        Da la carpeta donde arranca cada celda.
    """
    cuaderno = cuaderno_abierto()
    if cuaderno is None:
        return

    def proceso_nuevo(linea, celda):
        """`%%proceso_nuevo [segundos]`: ejecuta la celda en un Python limpio.

        Arranca en la carpeta de trabajo de la lección. Ninguna variable del cuaderno existe allí.
        Si la celda falla, la última línea dice el error. El resultado queda en `salida`: lo que
        imprimió, en `salida.texto`; su error, en `salida.error`.
        """
        salida = ejecuta_en_proceso_nuevo(celda, carpeta(), _segundos(linea))
        cuaderno.user_ns["salida"] = salida
        if salida.texto:
            print(salida.texto.rstrip("\n"))
        if salida.error:
            print(f"Error en el proceso nuevo: {salida.error}")

    cuaderno.register_magic_function(proceso_nuevo, "cell")


def _segundos(linea):
    try:
        return float(linea or LIMITE_SEGUNDOS)
    except ValueError:
        raise ErrorDelCurso(
            f"«{linea}» no es un número de segundos.",
            prueba="`%%proceso_nuevo` a secas, o `%%proceso_nuevo 10`.",
        ) from None
