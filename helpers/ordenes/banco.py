"""Escribe un banco de preguntas para Moodle con las de las lecciones (XML y GIFT).

`python -m helpers banco` deja `preguntas.xml` y `preguntas.gift` en la carpeta `curso-banco`, al
lado del curso; con `--en CARPETA`, en otra. En Moodle se importa uno de los dos: tienen lo mismo.
"""

from helpers.ordenes._destino import escribe_material


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
    return escribe_material(
        "banco", argumentos, _redacta, ("skops", "mistune"), con_lecciones=False
    )


def _redacta(_):
    from helpers.docencia import moodle
    from helpers.docencia.banco import banco

    preguntas = banco()
    print(f"{len(preguntas)} preguntas, con lo que se dice en cada opción.")
    return {"preguntas.xml": moodle.xml(preguntas), "preguntas.gift": moodle.gift(preguntas)}
