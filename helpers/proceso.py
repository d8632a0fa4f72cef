"""Ejecutar código en un Python recién arrancado: la prueba honesta de que algo quedó guardado."""

import os
import subprocess
import sys
import threading
from dataclasses import dataclass

from helpers.errores import ErrorDelCurso

LIMITE_SEGUNDOS = 60
LIMITE_CARACTERES = 20_000
# Variables que cambiarían lo que el Python nuevo sabe o hace sin que la celda lo diga.
VARIABLES_AJENAS = ("PYTHONPATH", "PYTHONSTARTUP", "PYTHONHOME", "PYTHONINSPECT", "MPLBACKEND")


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
    proceso = subprocess.Popen(
        [sys.executable, "-c", codigo],
        cwd=carpeta,
        env=_entorno_limpio(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        errors="replace",
    )
    texto, avisos = (_Lectura(flujo, proceso.kill) for flujo in (proceso.stdout, proceso.stderr))
    try:
        proceso.wait(limite)
        motivo = ""
    except subprocess.TimeoutExpired:
        motivo = f"no terminó en {limite:g} segundos y se detuvo"
    finally:
        # También si quien espera interrumpe la celda: el proceso nuevo no debe sobrevivirle.
        proceso.kill()
        proceso.wait()
    impreso, queja = texto.recoge(), avisos.recoge()
    if texto.desbordada or avisos.desbordada:
        motivo = f"imprimió más de {LIMITE_CARACTERES} caracteres y se detuvo"
    if proceso.returncode == 0:
        return Salida(impreso + queja, "")
    return Salida(impreso, motivo or _ultima_linea(queja) or f"código {proceso.returncode}")


class _Lectura(threading.Thread):
    """Lee un flujo hasta el final o hasta el límite; entonces avisa, para que nadie se atasque."""

    def __init__(self, flujo, al_desbordar):
        super().__init__(daemon=True)
        self.flujo, self.al_desbordar, self.leido = flujo, al_desbordar, ""
        self.start()

    def run(self):
        with self.flujo:
            self.leido = self.flujo.read(LIMITE_CARACTERES)
            if self.desbordada:
                self.al_desbordar()

    @property
    def desbordada(self):
        return len(self.leido) == LIMITE_CARACTERES

    def recoge(self):
        # Un nieto del proceso puede dejar el flujo abierto: no se le espera para siempre.
        self.join(5)
        return self.leido


def _entorno_limpio():
    entorno = {k: v for k, v in os.environ.items() if k not in VARIABLES_AJENAS}
    return entorno | {"PYTHONUTF8": "1", "PYTHONDONTWRITEBYTECODE": "1", "PYTHON_COLORS": "0"}


def _ultima_linea(texto):
    lineas = texto.strip().splitlines()
    return lineas[-1] if lineas else ""


def proceso_nuevo(linea, celda):
    """Magia `%%proceso_nuevo [segundos]`: ejecuta la celda en un Python limpio.

    Arranca en la carpeta de trabajo de la lección. Ninguna variable del cuaderno existe allí.
    Si la celda falla, la última línea dice el error. El resultado queda en la variable `salida`.
    """
    from helpers.entorno import carpeta_de_trabajo

    try:
        limite = float(linea or LIMITE_SEGUNDOS)
    except ValueError:
        raise ErrorDelCurso(
            f"«{linea}» no es un número de segundos.",
            prueba="`%%proceso_nuevo` a secas, o `%%proceso_nuevo 10`.",
        ) from None
    salida = ejecuta_en_proceso_nuevo(celda, carpeta_de_trabajo(), limite)
    _cuaderno().user_ns["salida"] = salida
    if salida.texto:
        print(salida.texto.rstrip("\n"))
    if salida.error:
        print(f"Error en el proceso nuevo: {salida.error}")


def registra_magia():
    """Da de alta `%%proceso_nuevo` en el cuaderno. Fuera de IPython no hace nada."""
    if cuaderno := _cuaderno():
        cuaderno.register_magic_function(proceso_nuevo, "cell", "proceso_nuevo")


def _cuaderno():
    """La sesión de IPython en marcha, o None. No importa IPython si nadie lo ha hecho."""
    return sys.modules["IPython"].get_ipython() if "IPython" in sys.modules else None
