"""La página con las cuentas de los minutos: qué se contó, qué se calculó y qué se midió."""

import re

from helpers.docencia import lectura
from helpers.docencia.lecciones import lecciones, lee_cuaderno
from helpers.docencia.para_la_clase import AVISO
from helpers.docencia.tarea import TAREAS, tareas
from helpers.entorno import RAIZ

PAGINA = "notebooks/docencia/minutos.md"
ABRE, CIERRA = "<!-- medir -->", "<!-- /medir -->"
SIN_MEDIR = "Sin medir todavía."
EXPLICA = (
    "Cada apartado declara sus minutos. Nadie los ha medido con un grupo: no hay ninguna clase "
    "cronometrada. Esta página reúne lo que se puede saber sin ella.\n\n"
    "- **Contado**: palabras, celdas de código, predicciones y ejercicios. Las palabras son las "
    "del texto y las preguntas. Lo que imprimen las celdas va aparte, y el código no se cuenta. La "
    "portada tampoco: se lee en la entrada. Las tareas se reparten sin ejecutar: no llevan nada "
    "impreso.\n"
    f"- **Calculado**: la lectura, a {lectura.PALABRAS_POR_MINUTO} palabras por minuto. Es el "
    "extremo lento: la mayoría de los adultos lee en silencio de 175 a 300, en inglés y con textos "
    "que no son de ficción ([Brysbaert, 2019](https://doi.org/10.1016/j.jml.2019.104047), "
    "consultado el 25 de noviembre de 2026). Del español no encontramos una cifra de lectura en "
    "silencio. En [la comparación de 17 lenguas](https://doi.org/10.1167/iovs.11-8284) de "
    "Trauzettel-Klosinski y Dietz (2012), que lo incluye, se leía en voz alta, a 184 de media.\n"
    "- **Medido**: los segundos de *Ejecutar todas las celdas*, más abajo.\n"
    "- **Estimado**: lo demás. «Por ejercicio» es lo que queda de los minutos declarados, sin la "
    f"lectura y sin {lectura.POR_PREDICCION} minuto por predicción, repartido. Ahí dentro van leer "
    "el código y lo que imprime, pensar, escribir y preguntar.\n\n"
    "Una prueba exige, apartado por apartado, que después de leer quede "
    f"{lectura.POR_PREDICCION} minuto por predicción y {lectura.POR_EJERCICIO} por ejercicio. Es "
    "un mínimo, no un consejo."
)


def cuadernos():
    """Las lecciones y, detrás, las tareas que se reparten: dict de su ruta a su `Leccion`."""
    de_lecciones = {RAIZ / "notebooks" / leccion.archivo: leccion for leccion in lecciones()}
    rutas = [TAREAS / "release" / nombre / f"{nombre}.ipynb" for nombre in tareas()]
    return de_lecciones | {ruta: lee_cuaderno(ruta) for ruta in rutas}


def pagina(medido=None):
    """El texto de la página.

    Parámetros
    ----------
    medido : str, opcional
        La tabla de lo medido; sin ella, la que haya.
    """
    return (
        f"# Los minutos, con cuentas\n\n{AVISO}\n\n[planes](planes.md) · [índice](README.md)\n\n"
        f"{EXPLICA}\n\n## Contado y calculado\n\n{_tabla()}\n\n## Medido\n\n"
        f"{ABRE}\n{medido or _ya_medido()}\n{CIERRA}\n"
    )


def _tabla():
    lineas = [
        "| Cuaderno | Minutos | Palabras | Impresas | Lectura, min | Celdas | Predicciones "
        "| Ejercicios | Por ejercicio, min |",
        "|---|---:|---:|---:|---:|---:|---:|---:|---:|",
    ]
    for cuaderno in cuadernos().values():
        todo = lectura.cuenta(*cuaderno.apartados)
        lineas.append(
            f"| [{cuaderno.codigo}](guia_{cuaderno.codigo}.md) | {todo.minutos} | {todo.palabras} "
            f"| {todo.impresas or ''} | {todo.lectura:.1f} | {todo.celdas} "
            f"| {todo.predicciones or ''} | {todo.ejercicios} "
            f"| {todo.queda / todo.ejercicios:.1f} |"
        )
    return "\n".join(lineas)


def _ya_medido():
    archivo = RAIZ / PAGINA
    texto = archivo.read_text(encoding="utf-8") if archivo.exists() else ""
    hallado = re.search(f"{ABRE}\n(.*?)\n{CIERRA}", texto, re.DOTALL)
    return hallado[1] if hallado else SIN_MEDIR
