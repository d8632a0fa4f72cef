"""Lo que comparten las órdenes que escriben material para quien enseña."""

from pathlib import Path

from helpers.errores import ErrorDelCurso
from helpers.ordenes._argumentos import Lector
from helpers.ordenes._entorno_propio import repite_con_las_librerias
from helpers.ordenes._instalacion import RAIZ


def escribe_material(orden, argumentos, redacta, necesita, con_lecciones=True):
    """Redacta unos textos, los deja en una carpeta y dice dónde están.

    Parámetros
    ----------
    orden : str
        Su nombre, como «banco».
    argumentos : list[str]
        Códigos de lección y `--en CARPETA`. Sin pedir carpeta, una al lado del curso, con el nombre
        de la orden; se crea si no existe.
    redacta : función
        De los códigos pedidos, dict de nombre de archivo a texto.
    necesita : tuple de str
        Los módulos que usa.
    con_lecciones : bool
        Si la orden admite códigos de lección.

    Devuelve
    --------
    int
        El código de salida.

    Errores
    -------
    ErrorDelCurso
        Si sobra algo, o si la carpeta está dentro del curso: sus archivos parecerían de él.
    """
    codigos, destino = _lee(argumentos, orden, con_lecciones)
    pedido = [*codigos, "--en", str(destino)]
    if (codigo := repite_con_las_librerias(orden, pedido, *necesita)) is not None:
        return codigo
    textos = redacta(codigos)
    destino.mkdir(parents=True, exist_ok=True)
    for nombre, texto in textos.items():
        (destino / nombre).write_text(texto, encoding="utf-8", newline="\n")
        print(destino / nombre)
    return 0


def _lee(argumentos, orden, con_lecciones):
    lector = Lector(f"python -m helpers {orden}{' 02a' if con_lecciones else ''} --en CARPETA")
    lector.add_argument("--en", type=Path, default=RAIZ.parent / f"curso-{orden}")
    if con_lecciones:
        lector.add_argument("lecciones", nargs="*")
    pedido = lector.lee(argumentos)
    destino = pedido.en.resolve()
    if destino.is_relative_to(RAIZ):
        raise ErrorDelCurso(
            f"{destino} está dentro del curso, y lo que se genera no es parte de él.",
            prueba=f"con una carpeta de fuera: --en {RAIZ.parent / orden}",
        )
    return getattr(pedido, "lecciones", []), destino
