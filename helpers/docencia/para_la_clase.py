"""Lo que comparten las páginas de la guía: preguntas para hacer y errores habituales."""

from helpers.docencia.errores_habituales import errores_de
from helpers.docencia.preguntas import de_predicciones, de_recuerda
from helpers.ejercicios import ejercicios_de
from helpers.ejercicios.resultado import con_punto

AVISO = "<!-- Se genera con `python -m helpers guia`. No se edita a mano. -->"
ERRORES_POR_EJERCICIO = 3
LETRAS = "abcdefgh"


def preguntas(leccion, con_predicciones=True):
    """Las de «Recuerda», las predicciones con lo que ocurre y la primera pista de cada ejercicio.

    Parámetros
    ----------
    leccion : Leccion
    con_predicciones : bool
        Lo que ocurre solo lo sabe un cuaderno que se guardó ejecutado.

    Devuelve
    --------
    str
        Markdown.
    """
    partes = []
    if recuerda := list(de_recuerda(leccion)):
        partes.append("Al empezar, en voz alta. Están en «Recuerda», con su respuesta:")
        partes.append("\n".join(f"- {pregunta.titulo}" for pregunta in recuerda))
    if con_predicciones:
        partes.append("Antes de ejecutar, a mano alzada. Apunta los votos. Debajo, lo que ocurre:")
    for pregunta in de_predicciones(leccion) if con_predicciones else ():
        opciones = list(zip(LETRAS, pregunta.textos, strict=False))
        (buena,) = (letra for letra, (_, ocurre) in opciones if ocurre)
        votos = "\n".join(f"  - {letra}: {texto}" for letra, (texto, _) in opciones)
        partes.append(f"- **{pregunta.nombre}.** {pregunta.titulo}\n{votos}\n  - Ocurre: {buena}.")
    return "\n\n".join([*partes, primeras_pistas(leccion.codigo)])


def primeras_pistas(codigo):
    """La idea de cada ejercicio de una lección o de una tarea, por su código."""
    pistas = (f"- **{e.codigo}.** {e.pistas[0]}" for e in ejercicios_de(codigo))
    return "\n\n".join(
        ["A quien se atasca, antes de darle una pista más clara:", "\n".join(pistas)]
    )


def errores(codigo):
    """Hasta `ERRORES_POR_EJERCICIO` por ejercicio, con lo que dice la revisión de cada uno."""
    partes = []
    for ejercicio in ejercicios_de(codigo):
        partes.append(f"**{ejercicio.codigo}**")
        partes.append(
            "\n".join(
                f"- {_vi(error)}Suele pasar porque {error.porque}. "
                + con_punto(f"Prueba {error.prueba}")
                for error in errores_de(ejercicio)[:ERRORES_POR_EJERCICIO]
            )
        )
    return "\n\n".join(partes)


def _vi(error):
    return f"Vi {error.vi}. " if error.vi.strip("… ") else ""
