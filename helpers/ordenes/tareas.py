"""Prepara los cuadernos de las tareas que se reparten (para quien enseña).

Escribe en `notebooks/tareas/release/` lo de `notebooks/tareas/source/` sin las soluciones.
`python -m helpers tareas` prepara todas; `python -m helpers tareas t1_conceptos`, esa.
"""

import importlib.util

from helpers.escritura import reemplaza
from helpers.ordenes._instalacion import (
    RAIZ,
    REQUISITOS,
    REQUISITOS_DE_DOCENCIA,
    corre,
    en_el_entorno,
    prepara,
)


def ejecuta(argumentos):
    """Escribe de nuevo los cuadernos que se reparten.

    Parámetros
    ----------
    argumentos : list[str]
        Nombres de tareas; sin ninguno, todas.

    Devuelve
    --------
    int
        0.
    """
    if not en_el_entorno() or not importlib.util.find_spec("nbgrader"):
        prepara(REQUISITOS, REQUISITOS_DE_DOCENCIA)
        return corre("-m", "helpers", "tareas", *argumentos)
    from helpers.docencia.reparto import reparte
    from helpers.docencia.tarea import tareas

    for nombre in argumentos or tareas():
        destino, texto = reparte(nombre)
        destino.parent.mkdir(parents=True, exist_ok=True)
        igual = destino.exists() and destino.read_bytes() == texto.encode("utf-8")
        if not igual:
            reemplaza(destino, texto)
        print(f"{destino.relative_to(RAIZ)} · {'igual que antes' if igual else 'cambió'}")
    return 0
