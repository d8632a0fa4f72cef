"""Lo que se tarda en llegar al curso y en recorrerlo: desde `git clone` hasta la última lección.

Solo biblioteca estándar: todo lo pesado ocurre en otros procesos, que son los que se cronometran.
"""

import os
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import NamedTuple

from helpers.errores import ErrorDelCurso
from helpers.ordenes._entornos import AJENAS, python_de
from helpers.ordenes._instalacion import PYTHON, RAIZ, RUEDAS
from helpers.ordenes._progreso import cuenta
from helpers.ordenes._suelo import CON_PROCESOS, SIN_PROCESOS

VUELTAS = 2  # de las lecciones y de su suelo, por turnos
MB = 1e6
MAXIMO_DE_DESCARGA = 5  # MB
MAXIMO_SOBRE_EL_SUELO = 2
MAXIMO_DE_MINUTOS = 8
_PRIMERA_CELDA = """\
from helpers.ordenes._jupyter import servidor
bien, vi, _ = servidor("--allow-root")
assert bien, vi
"""


class Llegada(NamedTuple):
    """Lo medido: tamaños en MB y tiempos en segundos."""

    descarga: float
    paquetes: float
    disco: float
    entorno: float
    desde_cero: float
    descargado: float
    otra_vez: float
    lecciones: float
    suelo: float
    suelo_sin_procesos: float
    razon: float
    pruebas: float


def mide_llegada(carpeta):
    """Clona el curso, lo instala, ejecuta una celda, las lecciones y todas las pruebas.

    Parámetros
    ----------
    carpeta : Path
        Una vacía, que borra quien llama.

    Devuelve
    --------
    Llegada

    Errores
    -------
    ErrorDelCurso
        Si falta git, si esta carpeta no es un repositorio o si algo de lo que se mide falla.
    """
    curso, aula = carpeta / "curso", carpeta / "aula"
    cuenta("Clono el curso y lo instalo desde cero; y otra vez, con los paquetes ya descargados.")
    clonar = _segundos(["git", "clone", "--quiet", RAIZ.as_uri(), curso], carpeta)
    descarga, disco = _mb(curso / ".git" / "objects"), _mb(curso)
    desde_cero = clonar + _instala(curso, carpeta) + _primera_celda(curso)
    entorno = _mb(curso / ".venv")
    # En otra carpeta: en algunos discos, crear después de borrar tanto cuesta hasta el doble.
    _segundos([python_de(curso / ".venv"), "-m", "helpers", "aula", aula], curso)
    paquetes = _mb(aula / RUEDAS)
    descargado = clonar + _instala(aula, carpeta) + _primera_celda(aula)
    otra_vez = _instala(curso, carpeta) + _primera_celda(curso)
    cuenta("Ejecuto las lecciones, y otros cuadernos que abren los mismos Python y solo importan.")
    lecciones, suelo, sin_procesos = _lecciones_y_suelos(carpeta)
    cuenta("Ejecuto todas las pruebas.")
    return Llegada(
        *(descarga, paquetes, disco, entorno, desde_cero, descargado, otra_vez),
        lecciones=statistics.median(lecciones),
        suelo=statistics.median(suelo),
        suelo_sin_procesos=statistics.median(sin_procesos),
        razon=statistics.median(uno / otro for uno, otro in zip(lecciones, suelo, strict=True)),
        pruebas=_segundos([PYTHON, "-m", "helpers", "probar", "-q"], RAIZ),
    )


def tabla_de_llegada(medida):
    """Lo medido y las metas, en Markdown.

    Parámetros
    ----------
    medida : Llegada

    Devuelve
    --------
    str
    """
    minutos = medida.pruebas / 60
    filas = [
        ("Descarga de `git clone`", f"{medida.descarga:.1f} MB",
         _meta(medida.descarga < MAXIMO_DE_DESCARGA, f"menos de {MAXIMO_DE_DESCARGA} MB")),
        ("Los paquetes que descarga `abrir`", f"{medida.paquetes:.0f} MB", ""),
        ("El curso en el disco, con su historia", f"{medida.disco:.1f} MB", ""),
        ("Lo que instala, en `.venv`", f"{medida.entorno:.0f} MB", ""),
        ("De `git clone` a la primera celda ejecutada", f"{medida.desde_cero:.0f} s", ""),
        ("Lo mismo, con los paquetes ya descargados", f"{medida.descargado:.0f} s", ""),
        ("Al día siguiente: de la orden a la primera celda", f"{medida.otra_vez:.0f} s", ""),
        ("Todas las lecciones, comparando cada salida", f"{medida.lecciones:.0f} s",
         _meta(medida.razon <= MAXIMO_SOBRE_EL_SUELO,
               f"{MAXIMO_SOBRE_EL_SUELO} × el límite; sale {medida.razon:.2f} ×")),
        ("Su límite: abrir los mismos Python, que importan lo mismo", f"{medida.suelo:.0f} s", ""),
        ("De él, lo que tardan los cuadernos, sin los procesos que abren",
         f"{medida.suelo_sin_procesos:.0f} s", ""),
        ("`python -m helpers probar`", f"{minutos:.1f} min",
         _meta(minutos <= MAXIMO_DE_MINUTOS, f"{MAXIMO_DE_MINUTOS} min")),
    ]  # fmt: skip
    lineas = ["| Qué | Medido | Meta |", "| --- | ---: | --- |"]
    return "\n".join([*lineas, *(f"| {' | '.join(fila)} |" for fila in filas)])


def _meta(se_cumple, meta):
    return f"{meta}: {'sí' if se_cumple else 'no'}"


def _instala(curso, carpeta):
    """Segundos que tarda `abrir` en tenerlo todo listo; con `--version`, JupyterLab no se queda."""
    orden = [_python_de_fuera(), "-m", "helpers", "abrir", "--version"]
    # Nada de lo que ese equipo haya descargado antes.
    caches = {nombre: str(carpeta / nombre) for nombre in ("PIP_CACHE_DIR", "UV_CACHE_DIR")}
    return _segundos(orden, curso, caches)


def _primera_celda(curso):
    return _segundos([python_de(curso / ".venv"), "-c", _PRIMERA_CELDA], curso)


def _python_de_fuera():
    """El Python con el que se creó `.venv`: el de quien llega no la tiene todavía."""
    return getattr(sys, "_base_executable", None) or sys.executable


def _lecciones_y_suelos(carpeta):
    """Las veces que se miden unas y otros, por turnos, con la misma herramienta."""
    cuadernos = sorted((RAIZ / "notebooks").glob("*.ipynb"))
    # Para saber qué Python abren hay que ejecutarlas; así, además, lo medido no es la primera vez.
    _segundos([PYTHON, "-m", "helpers.ordenes._suelo", carpeta, *cuadernos], RAIZ)
    lecciones, con_procesos, sin_procesos = [], [], []
    for _ in range(VUELTAS):
        sin_procesos.append(_con_nbval([carpeta / SIN_PROCESOS]))
        con_procesos.append(_con_nbval([carpeta / CON_PROCESOS]))
        lecciones.append(_con_nbval(cuadernos))
    return lecciones, con_procesos, sin_procesos


def _con_nbval(rutas):
    # Con el mismo entorno aislado que las demás pruebas, que lo pone su conftest.
    orden = [PYTHON, "-m", "pytest", "-q", "-p", "conftest", "--override-ini=addopts=", "--nbval"]
    orden += ["--nbval-current-env", "--nbval-cell-timeout=120", f"--rootdir={RAIZ}", *rutas]
    return _segundos(orden, RAIZ, {"PYTHONPATH": str(RAIZ / "tests")})


def _mb(carpeta):
    return sum(ruta.lstat().st_size for ruta in carpeta.rglob("*") if not ruta.is_dir()) / MB


def _segundos(orden, donde, variables=()):
    """Lo que tarda una orden, que tiene que terminar bien."""
    limpio = {nombre: valor for nombre, valor in os.environ.items() if nombre not in AJENAS}
    inicio = time.monotonic()
    try:
        proceso = subprocess.run(
            [str(parte) for parte in orden],
            cwd=donde,
            env=limpio | dict(variables),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
        )
    except FileNotFoundError as error:
        raise ErrorDelCurso(
            f"No encuentro «{Path(orden[0]).name}».", prueba="a instalarlo y a repetir la orden."
        ) from error
    if proceso.returncode != 0:
        ultimas = " ".join(proceso.stdout.split())[-300:] or "sin explicación"
        raise ErrorDelCurso(
            f"No se puede medir: falló «{' '.join(map(str, orden[1:4]))}». Dijo: {ultimas}",
            prueba="a arreglarlo y a medir otra vez.",
        )
    return time.monotonic() - inicio
