"""La página de una tarea en la guía: qué pide, qué vale, qué errores verás y cómo se recoge."""

from helpers.docencia.ahorro import LIBRE, si_falta_tiempo
from helpers.docencia.lecciones import lee_cuaderno
from helpers.docencia.para_la_clase import (
    AVISO,
    ERRORES_POR_EJERCICIO,
    errores,
    preguntas,
    primeras_pistas,
)
from helpers.docencia.tarea import TAREAS
from helpers.ejercicios.resultado import con_punto

PROYECTO = "08"  # la única tarea con datos de cada cual, con predicciones y con «Recuerda»


def guia_de_tarea(tarea):
    """La página de una tarea.

    Parámetros
    ----------
    tarea : helpers.docencia.tarea.Tarea

    Devuelve
    --------
    str
        Markdown.
    """
    # La de quien enseña: sus soluciones dicen qué apartado usa lo de otro.
    cuaderno = lee_cuaderno(TAREAS / "source" / tarea.nombre / f"{tarea.nombre}.ipynb")
    dentro = f"{tarea.nombre}/{tarea.nombre}.ipynb"
    que_haras, _ = cuaderno.portada
    partes = [
        f"# Guía de la tarea {tarea.numero} · {cuaderno.titulo}",
        AVISO,
        f"[Abrir la tarea](../tareas/release/{dentro}) · "
        f"[con las soluciones](../tareas/source/{dentro}) · "
        "[minutos](minutos.md) · [índice](README.md)",
        f"**Qué harás.** {que_haras}",
        f"## Qué pide\n\n{_enunciados(tarea, cuaderno)}",
        f"## Puntos y minutos\n\n{_minutos(tarea, cuaderno)}",
        f"## Qué da cada punto\n\n{_criterios(tarea)}",
        f"## Preguntas para hacer\n\n{_preguntas(tarea, cuaderno)}",
        f"## Errores habituales\n\n{_errores(tarea)}",
        f"## La respuesta escrita\n\n{_rubricas(tarea)}",
        f"## Repartir y recoger\n\n{_recoger(tarea)}",
    ]
    return "\n\n".join(partes) + "\n"


def _enunciados(tarea, cuaderno):
    primeros = {codigo: cuaderno.enunciados[codigo].partition("\n\n")[0] for codigo in tarea.puntos}
    # Lo que venía tras los dos puntos se queda en la tarea.
    return "\n".join(
        f"- **{codigo}.** {con_punto(texto.removesuffix(':'))}"
        for codigo, texto in primeros.items()
    )


def _minutos(tarea, cuaderno):
    consejos = si_falta_tiempo(cuaderno)
    lineas = [
        "| Apartado | Min | Ejercicios | Puntos | Si falta tiempo |",
        "|---|---:|---|---:|---|",
    ]
    for apartado in (a for a in cuaderno.apartados if a.minutos):
        numero = f"{apartado.numero}. " if apartado.numero else ""
        puntos = sum(tarea.puntos[codigo] for codigo in apartado.ejercicios)
        lineas.append(
            f"| {numero}{apartado.titulo} | {apartado.minutos} | {', '.join(apartado.ejercicios)} "
            f"| {f'{puntos:g}' if puntos else ''} | {_consejo(consejos[apartado.titulo])} |"
        )
    total = f"{sum(tarea.puntos.values()):g}"
    lineas.append(f"| Total | {cuaderno.minutos} | | {total} | |")
    return "\n".join(lineas) + (
        "\n\n«Para casa» quiere decir que ningún apartado posterior usa lo que crea; «hace falta», "
        "que alguno usa una celda suya o su solución. La nota es siempre sobre todos los puntos: "
        "si quitas un ejercicio, suma en la tabla de notas las columnas de los que pediste."
    )


def _consejo(consejo):
    if consejo == LIBRE:
        return "para casa"
    return "hace falta" if consejo else ""


def _criterios(tarea):
    lineas = [
        "Cada fila se gana o se pierde entera. El texto es el que sale en «por qué».",
        "",
        "| Ejercicio | Puntos | Se pierden si |",
        "|---|---:|---|",
    ]
    for codigo, criterios in tarea.pruebas.items():
        lineas += [f"| {codigo} | {c.puntos:g} | {c.falta} |" for c in criterios]
    return "\n".join(lineas)


def _preguntas(tarea, cuaderno):
    if tarea.numero == PROYECTO:
        # Las predicciones miran lo que ocurrió, y el cuaderno de una tarea se guarda sin ejecutar.
        recuerda = preguntas(cuaderno, con_predicciones=False)
    else:
        recuerda = primeras_pistas(tarea.numero)
    return (
        f"{recuerda}\n\nAl devolverla, a quien la entregó: que explique en voz alta la línea suya "
        "que más le costó, y qué vería si la quitara."
    )


def _errores(tarea):
    return (
        f"Hasta {ERRORES_POR_EJERCICIO} por ejercicio, de los que la revisión reconoce y tienen su "
        "prueba. Cuáles son los más frecuentes no se ha contado. Los puntos suspensivos son lo que "
        f"cada cual escribió.\n\n{errores(tarea.numero)}"
    )


def _rubricas(tarea):
    partes = [
        f"La valoras tú, en la columna «nivel» de `notas_{tarea.numero}_textos.csv`. Después "
        "repite la orden de calificar. En el cuaderno de las soluciones hay una respuesta de "
        "muestra."
    ]
    for codigo, rubrica in tarea.rubricas.items():
        lineas = [f"| {codigo}, nivel | Puntos | Qué dice la respuesta |", "|---:|---:|---|"]
        for nivel, dice in enumerate(rubrica.niveles):
            lineas.append(f"| {nivel} | {rubrica.nota(nivel):g} | {dice}. |")
        partes.append("\n".join(lineas))
    return "\n\n".join(partes)


def _recoger(tarea):
    pasos = [
        f"Reparte `notebooks/tareas/release/{tarea.nombre}/{tarea.nombre}.ipynb`. Quien tiene el "
        "curso ya lo tiene. En Colab el cuaderno descarga el curso.",
        "Pide que suban ese archivo, ejecutado o sin ejecutar: al calificar se ejecuta otra vez, y "
        "escribe sus archivos entonces.",
        "En Moodle, *Descargar todas las entregas*. Guarda el zip en la carpeta del curso como "
        "`entregas.zip`. Después, `python -m helpers calificar entregas.zip "
        f"--csv notas_{tarea.numero}.csv --tarea {tarea.nombre}`.",
        f"Para devolver a cada cual su página, comprime `notas_{tarea.numero}_paginas` y, en el "
        "mismo menú, *Subir múltiples archivos de retroalimentación en un zip*. La tarea tiene que "
        "admitir *Archivos de retroalimentación*.",
    ]
    if tarea.numero == PROYECTO:
        pasos[:0] = ["Da a todo el grupo el mismo nombre de curso. Cada cual escribe además el "
                     "suyo, como está en Moodle. Las entregas no pueden ser anónimas."]  # fmt: skip
        pasos += [
            "`python -m helpers parecidos entregas.zip` señala parejas que mirar. Un parecido "
            "no es una prueba."
        ]
    return "\n".join(f"{n}. {paso}" for n, paso in enumerate(pasos, start=1))
