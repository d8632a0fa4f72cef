"""Lo que comparten las órdenes que escriben material para quien enseña."""

import argparse
from pathlib import Path

from helpers.errores import ErrorDelCurso
from helpers.ordenes._instalacion import RAIZ


def lee(argumentos, orden, con_lecciones=True):
    """Los argumentos de una orden: lecciones y `--en CARPETA`.

    Devuelve
    --------
    tuple de (list de str, Path)
        Los códigos pedidos y la carpeta donde se escribe; sin pedirla, una al lado del
        curso, con el nombre de la orden.

    Errores
    -------
    ErrorDelCurso
        Si sobra algo, o si la carpeta está dentro del curso: sus archivos parecerían de él.
    """
    lector = argparse.ArgumentParser(add_help=False, exit_on_error=False, allow_abbrev=False)
    lector.add_argument("lecciones", nargs="*")
    lector.add_argument("--en", type=Path)
    try:
        pedido, sobra = lector.parse_known_args(argumentos)
    except argparse.ArgumentError:
        pedido, sobra = None, argumentos
    if sobra or (pedido.lecciones and not con_lecciones):
        ejemplo = f"python -m helpers {orden}{' 02a' if con_lecciones else ''} --en CARPETA"
        raise ErrorDelCurso(f"No entiendo «{' '.join(argumentos)}».", prueba=ejemplo)
    destino = (pedido.en or RAIZ.parent / f"curso-{orden}").resolve()
    if destino.is_relative_to(RAIZ):
        raise ErrorDelCurso(
            f"{destino} está dentro del curso, y lo que se genera no es parte de él.",
            prueba=f"con una carpeta de fuera: --en {RAIZ.parent / orden}",
        )
    return pedido.lecciones, destino


def escribe(destino, archivos):
    """Deja unos textos en una carpeta y dice dónde están.

    Parámetros
    ----------
    destino : Path
        Se crea si no existe.
    archivos : dict de str a str
        El nombre y el texto de cada uno.
    """
    destino.mkdir(parents=True, exist_ok=True)
    for nombre, texto in archivos.items():
        (destino / nombre).write_text(texto, encoding="utf-8", newline="\n")
        print(destino / nombre)
