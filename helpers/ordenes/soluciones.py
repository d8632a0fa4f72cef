"""Escribe las soluciones para imprimir: un HTML por lección, con los errores habituales.

`python -m helpers soluciones` hace todas; `python -m helpers soluciones 02a 02b`, esas dos. Quedan
en la carpeta `curso-soluciones`, al lado del curso; con `--en CARPETA`, en otra.
"""

from helpers.ordenes._destino import escribe_material


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
    return escribe_material("soluciones", argumentos, _redacta, ("skops", "mistune"))


def _redacta(codigos):
    from helpers.docencia.lecciones import lecciones
    from helpers.docencia.pagina import de_papel
    from helpers.docencia.soluciones import soluciones

    return {
        leccion.archivo.replace(".ipynb", "_soluciones.html"): de_papel(
            f"{leccion.codigo} · {leccion.titulo}: soluciones", soluciones(leccion)
        )
        for leccion in lecciones(codigos)
    }
