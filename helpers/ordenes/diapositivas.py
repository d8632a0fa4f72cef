"""Escribe las diapositivas de las lecciones: un HTML por lección, sin conexión.

`python -m helpers diapositivas` hace todas; `python -m helpers diapositivas 02a 02b`, esas dos.
Quedan en la carpeta `curso-diapositivas`, al lado del curso; con `--en CARPETA`, en otra. Se pasan
con las flechas y se imprimen desde el navegador, una por hoja.
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
    return escribe_material("diapositivas", argumentos, _redacta, ("mistune",))


def _redacta(codigos):
    from helpers.docencia.diapositivas import diapositivas
    from helpers.docencia.lecciones import lecciones
    from helpers.docencia.pagina import de_diapositivas

    return {
        leccion.archivo.replace(".ipynb", ".html"): de_diapositivas(
            f"{leccion.codigo} · {leccion.titulo}", diapositivas(leccion)
        )
        for leccion in lecciones(codigos)
    }
