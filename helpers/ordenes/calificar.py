"""Califica las entregas de una tarea (para quien enseña).

`python -m helpers calificar CARPETA --csv notas.csv`; en lugar de la carpeta, el zip de Moodle.
Junto a la tabla deja `notas_paginas/`, con una página por entrega, y `notas_textos.csv`, donde se
valoran de 0 a 3 las respuestas escritas; después se repite la orden. Lo ya calificado no se repite.
`--formato mx` escribe los decimales con punto; `--escala 100` pone la nota sobre 100; `--tarea`
dice cuál es, si los cuadernos no bastan.
"""

import time
from pathlib import Path

from helpers.ordenes._entregas import lector_de_entregas, repite_en_el_entorno


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
    if (codigo := repite_en_el_entorno("calificar", opciones)) is not None:
        return codigo
    return _califica(opciones)


def _opciones(argumentos):
    from helpers.docencia.notas import ESCALAS, FORMATOS

    otras = " --csv notas.csv [--formato es|mx] [--escala 10|5|20|100]"
    lector = lector_de_entregas("calificar", otras)
    lector.add_argument("--csv", type=lambda ruta: Path(ruta).resolve(), required=True)
    lector.add_argument("--formato", choices=FORMATOS, default="es")
    lector.add_argument("--escala", type=int, choices=ESCALAS, default=10)
    return lector.lee(argumentos)


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


def _cuenta(van, son, hecho):
    calificada, repetida = hecho
    print(f"{van} de {son} · {calificada.nombre}{' (ya estaba)' if repetida else ''}", flush=True)
