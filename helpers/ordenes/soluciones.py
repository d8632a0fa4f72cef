"""Escribe las soluciones para imprimir: un HTML por lección, con los errores habituales.

`python -m helpers soluciones` hace todas; `python -m helpers soluciones 02a 02b`, esas dos. Quedan
en la carpeta `curso-soluciones`, al lado del curso; con `--en CARPETA`, en otra.
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
    codigos, destino = lee(argumentos, "soluciones")
    pedido = [*codigos, "--en", str(destino)]
    if (codigo := repite_con_las_librerias("soluciones", pedido, "skops", "mistune")) is not None:
        return codigo
    from helpers.docencia.lecciones import lecciones
    from helpers.docencia.pagina import de_papel
    from helpers.docencia.soluciones import soluciones

    textos = {}
    for leccion in lecciones(codigos):
        nombre = leccion.archivo.replace(".ipynb", "_soluciones.html")
        titulo = f"{leccion.codigo} · {leccion.titulo}: soluciones"
        textos[nombre] = de_papel(titulo, soluciones(leccion))
    escribe(destino, textos)
    return 0
