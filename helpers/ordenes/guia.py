"""Rehace la guía para docentes, notebooks/docencia, desde las lecciones (para mantener el curso).

`python -m helpers guia` escribe una página por lección y por tarea, los planes de clase y las
cuentas de los minutos. Hay que repetirla cuando cambian una lección o sus ejercicios; una prueba lo
recuerda. Con `--medir`, además ejecuta cada cuaderno y anota lo que tarda; lleva unos minutos.
"""

import datetime
import os
import platform
import time
from importlib.metadata import version

from helpers.errores import ErrorDelCurso
from helpers.escritura import reemplaza
from helpers.ordenes._cuaderno import ejecuta_cuaderno
from helpers.ordenes._entorno_propio import repite_con_las_librerias
from helpers.ordenes._instalacion import RAIZ
from helpers.ordenes._progreso import cuenta
from helpers.ordenes._sistema import compania, sistema

MEDIR = "--medir"
LIBRERIAS = ("scikit-learn", "numpy", "joblib")


def ejecuta(argumentos):
    """Escribe las páginas que cambian.

    Parámetros
    ----------
    argumentos : list[str]
        Ninguno, o `--medir`.

    Devuelve
    --------
    int
        0.

    Errores
    -------
    ErrorDelCurso
        Si no se entiende lo pedido.
    """
    if set(argumentos) - {MEDIR}:
        raise ErrorDelCurso(
            f"No entiendo «{' '.join(argumentos)}».",
            prueba="con `python -m helpers guia` o `python -m helpers guia --medir`.",
        )
    if (codigo := repite_con_las_librerias("guia", argumentos, "skops", "mistune")) is not None:
        return codigo
    from helpers.docencia.guia import CARPETA, paginas

    carpeta, cambiadas = RAIZ / CARPETA, 0
    carpeta.mkdir(exist_ok=True)
    for nombre, texto in paginas(_mide() if MEDIR in argumentos else None).items():
        archivo = carpeta / nombre
        if not archivo.exists() or archivo.read_text(encoding="utf-8") != texto:
            reemplaza(archivo, texto)
            cambiadas += 1
    print(f"La guía está al día. Páginas cambiadas: {cambiadas}.")
    return 0


def _mide():
    """La tabla con lo que tarda cada cuaderno, en este equipo y una vez."""
    from helpers.docencia.minutos import cuadernos

    con = ", ".join(f"{nombre} {version(nombre)}" for nombre in LIBRERIAS)
    lineas = [
        f"Medido el {datetime.date.today()} con Python {platform.python_version()}, {con}, en un "
        f"equipo de {os.cpu_count()} núcleos con {sistema()}.{compania()} Una vez cada "
        "uno, con el arranque de su kernel. Los ejercicios están sin responder.",
        "",
        "| Cuaderno | Ejecutar todo, s |",
        "|---|---:|",
    ]
    for ruta, cuaderno in cuadernos().items():
        segundos = _segundos(ruta)
        cuenta(f"{cuaderno.codigo}: {segundos:.0f} s")
        lineas.append(f"| {cuaderno.codigo} | {segundos:.0f} |")
    return "\n".join(lineas)


def _segundos(ruta):
    import nbformat

    cuaderno = nbformat.read(ruta, as_version=4)
    inicio = time.monotonic()
    ejecuta_cuaderno(cuaderno, ruta.parent)
    return time.monotonic() - inicio
