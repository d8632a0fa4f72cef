"""Escribe las diapositivas de las lecciones: un HTML por lección, sin conexión.

`python -m helpers diapositivas` hace todas; `python -m helpers diapositivas 02a 02b`, esas dos.
Quedan en la carpeta `curso-diapositivas`, al lado del curso; con `--en CARPETA`, en otra. Se pasan
con las flechas y se imprimen desde el navegador, una por hoja.
"""

from helpers.ordenes._destino import escribe, lee
from helpers.ordenes._entorno_propio import repite_con_las_librerias


def ejecuta(argumentos):
    """Escribe un archivo por lección.

    Parámetros
    ----------
    argumentos : list[str]
        Códigos de lección y `--en CARPETA`, opcionales.

    Devuelve
    --------
    int
        0.
    """
    codigos, destino = lee(argumentos, "diapositivas")
    pedido = [*codigos, "--en", str(destino)]
    if (codigo := repite_con_las_librerias("diapositivas", pedido, "mistune")) is not None:
        return codigo
    from helpers.docencia.diapositivas import diapositivas
    from helpers.docencia.lecciones import lecciones
    from helpers.docencia.pagina import de_diapositivas

    textos = {}
    for leccion in lecciones(codigos):
        nombre = leccion.archivo.replace(".ipynb", ".html")
        titulo = f"{leccion.codigo} · {leccion.titulo}"
        textos[nombre] = de_diapositivas(titulo, diapositivas(leccion))
    escribe(destino, textos)
    return 0
