"""Prepara el curso y abre JupyterLab en la primera lección.

Lo que se añada pasa a JupyterLab: `python -m helpers abrir --no-browser`.
"""

import os

from helpers.ordenes._instalacion import RAIZ, REQUISITOS, corre, prepara

PRIMERA = "notebooks/00_empieza_aqui.ipynb"
# Que en la ventana se lean la dirección y los errores, y no treinta líneas de cómo arranca. Con
# `--debug` salen todas.
SIN_DIARIO = ("--log-level=WARN", "--LabApp.log_level=WARN")
SALUDO = """\
Abro JupyterLab. Si tu navegador no se abre solo, copia en él la última de las direcciones de abajo.
Para cerrarlo, pulsa Ctrl+C dos veces en esta ventana."""


def ejecuta(argumentos):
    """Abre JupyterLab en español, con la carpeta del curso como raíz.

    Parámetros
    ----------
    argumentos : list[str]
        Opciones para JupyterLab.

    Devuelve
    --------
    int
        El código de salida de JupyterLab.
    """
    prepara(REQUISITOS)
    print(SALUDO, flush=True)
    return corre(*jupyterlab(), *SIN_DIARIO, *argumentos, **variables_de_jupyterlab())


def jupyterlab():
    """Los argumentos de Python que abren JupyterLab en la primera lección."""
    raiz, primera = f"--ServerApp.root_dir={RAIZ}", f"--LabApp.default_url=/lab/tree/{PRIMERA}"
    return ["-m", "jupyterlab", raiz, primera]


def variables_de_jupyterlab():
    """Las variables de entorno que le dan sus ajustes, los de `binder/`: en español y cifrado."""
    configuracion = [str(RAIZ / "binder"), os.environ.get("JUPYTER_CONFIG_PATH")]
    return {"JUPYTER_CONFIG_PATH": os.pathsep.join(filter(None, configuracion))}
