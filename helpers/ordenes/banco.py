"""Escribe un banco de preguntas para Moodle con las de las lecciones (XML y GIFT).

`python -m helpers banco` deja `preguntas.xml` y `preguntas.gift` en la carpeta `curso-banco`, al
lado del curso; con `--en CARPETA`, en otra. En Moodle se importa uno de los dos: tienen lo mismo.
"""

from helpers.ordenes._destino import escribe, lee
from helpers.ordenes._entorno_propio import repite_con_las_librerias


def ejecuta(argumentos):
    """Genera el banco entero.

    Parámetros
    ----------
    argumentos : list[str]
        `--en CARPETA`, opcional.

    Devuelve
    --------
    int
        0.
    """
    _, destino = lee(argumentos, "banco", con_lecciones=False)
    pedido = ["--en", str(destino)]
    if (codigo := repite_con_las_librerias("banco", pedido, "skops", "mistune")) is not None:
        return codigo
    from helpers.docencia import moodle
    from helpers.docencia.banco import banco

    preguntas = banco()
    textos = {"preguntas.xml": moodle.xml(preguntas), "preguntas.gift": moodle.gift(preguntas)}
    escribe(destino, textos)
    print(f"{len(preguntas)} preguntas, con lo que se dice en cada opción.")
    return 0
