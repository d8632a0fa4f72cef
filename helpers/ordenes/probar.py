"""Prepara el curso y ejecuta sus pruebas, lecciones incluidas.

Se reparten entre los núcleos que haya; `-n 0` lo evita. Con `--plataformas`, otras, que lo recorren
donde se usa: JupyterLab en un navegador, Binder, Colab, JupyterHub, otras versiones y una clase de
treinta. Lo que se añada pasa a pytest: `python -m helpers probar tests/test_enlaces.py -x`.
"""

from helpers.ordenes._instalacion import (
    REQUISITOS,
    REQUISITOS_DE_DOCENCIA,
    REQUISITOS_DE_PLATAFORMAS,
    REQUISITOS_DE_PRUEBAS,
    corre,
    prepara,
)

PLATAFORMAS = "--plataformas"
# Cada archivo va entero a un proceso: las celdas de un cuaderno se ejecutan en orden. Van como los
# ordena tests/conftest.py, los largos delante. Más de cuatro procesos no caben en la memoria de un
# equipo modesto. Las de plataformas van en fila: comparten navegador, y JupyterHub ya ocupa todos
# los núcleos.
REPARTO = ("-n", "logical", "--maxprocesses", "4", "--dist", "loadfile", "--no-loadscope-reorder")


def ejecuta(argumentos):
    """Ejecuta pytest desde la raíz del curso.

    Parámetros
    ----------
    argumentos : list[str]
        Opciones para pytest, y `--plataformas`.

    Devuelve
    --------
    int
        El código de salida de pytest: 0 si todo pasa.
    """
    requisitos = [REQUISITOS, REQUISITOS_DE_PRUEBAS, REQUISITOS_DE_DOCENCIA]
    opciones = REPARTO
    if PLATAFORMAS in argumentos:
        requisitos.append(REQUISITOS_DE_PLATAFORMAS)
        opciones = ["--override-ini=testpaths=tests/plataformas"]
    prepara(*requisitos)
    return corre("-m", "pytest", *opciones, *argumentos)
