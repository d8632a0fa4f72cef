"""Califica las entregas de una tarea (para quien enseña).

`python -m helpers calificar CARPETA --csv notas.csv`; en lugar de la carpeta, el zip de Moodle.
Junto a la tabla deja `notas_paginas/`, con una página por entrega, y `notas_textos.csv`, donde se
valoran de 0 a 3 las respuestas escritas; después se repite la orden. Lo ya calificado no se repite.
`--formato mx` escribe los decimales con punto; `--escala 100` pone la nota sobre 100; `--tarea`
dice cuál es, si los cuadernos no bastan.
"""

import argparse
import sys
import time
from pathlib import Path

from helpers.errores import ErrorDelCurso
from helpers.ordenes._instalacion import REQUISITOS, VENV, corre, prepara


def ejecuta(argumentos):
    """Califica y escribe la tabla, las páginas y la hoja de textos.

    Parámetros
    ----------
    argumentos : list[str]
        La carpeta o el zip, y las opciones.

    Devuelve
    --------
    int
        0.

    Errores
    -------
    ErrorDelCurso
        Si no hay entregas, o una opción no vale.
    """
    opciones = _opciones(argumentos)
    if Path(sys.prefix).resolve() != VENV.resolve():
        prepara(REQUISITOS)
        rutas = [str(opciones.origen.resolve()), "--csv", str(opciones.csv.resolve())]
        resto = [f"--formato={opciones.formato}", f"--escala={opciones.escala}"]
        resto += [f"--tarea={opciones.tarea}"] if opciones.tarea else []
        return corre("-m", "helpers", "calificar", *rutas, *resto)
    return _califica(opciones)


def _opciones(argumentos):
    from helpers.docencia.notas import ESCALAS, FORMATOS

    lector = argparse.ArgumentParser(
        prog="python -m helpers calificar", add_help=False, exit_on_error=False, usage="…"
    )
    lector.add_argument("origen", type=Path)
    lector.add_argument("--csv", type=Path, required=True)
    lector.add_argument("--formato", choices=FORMATOS, default="es")
    lector.add_argument("--escala", type=int, choices=ESCALAS, default=10)
    lector.add_argument("--tarea")
    try:
        opciones, sobran = lector.parse_known_args(argumentos)
    except (argparse.ArgumentError, SystemExit):
        opciones, sobran = None, []
    if opciones is None or sobran:
        raise ErrorDelCurso(
            "No entiendo lo que se pide.",
            prueba="python -m helpers calificar CARPETA_O_ZIP --csv notas.csv "
            "[--formato es|mx] [--escala 10|5|20|100] [--tarea NOMBRE]",
        )
    if not opciones.origen.exists():
        raise ErrorDelCurso(f"No existe «{opciones.origen}».", prueba="a revisar la ruta.")
    return opciones


def _califica(opciones):
    from helpers.docencia import notas
    from helpers.docencia.aislar import EXPLICACION, elige_modo
    from helpers.docencia.clase import califica_clase
    from helpers.docencia.devolver import escribe_paginas
    from helpers.docencia.limites import Limites

    inicio = time.monotonic()
    modo = elige_modo()
    print(f"Cada entrega corre aislada, {EXPLICACION[modo]}.", flush=True)
    junto = opciones.csv.with_suffix("")
    tarea, calificadas, rechazos = califica_clase(
        opciones.origen, Path(f"{junto}_calificado"), modo, Limites(), opciones.tarea, _cuenta
    )
    for rechazo in rechazos:
        print(f"No recogí {rechazo}.")
    formato = notas.FORMATOS[opciones.formato]
    hoja = Path(f"{junto}_textos.csv")
    niveles = notas.lee_niveles(hoja, tarea)
    cuantos = notas.escribe_textos(hoja, tarea, calificadas, niveles, formato)
    notas.escribe_notas(opciones.csv, tarea, calificadas, niveles, formato, opciones.escala)
    paginas = escribe_paginas(Path(f"{junto}_paginas"), tarea, calificadas, niveles)
    print(f"{tarea.nombre}: {len(calificadas)} entregas en {time.monotonic() - inicio:.0f} s.")
    print(f"Notas en {opciones.csv.name}; una página por entrega en {paginas.name}.")
    if cuantos > len(niveles):
        print(f"Faltan textos por valorar: escribe su nivel en {hoja.name} y repite la orden.")
    return 0


def _cuenta(van, son, nombre, repetida):
    print(f"{van} de {son} · {nombre}{' (ya estaba)' if repetida else ''}", flush=True)
