"""Lo que toda celda cumple: ejecutada en orden, bien etiquetada, con id de palabras, sin restos."""

import re

from helpers.ordenes.regenerar import METADATOS_DE_CELDA
from reglas.cuaderno import texto_de

PERMITIDAS = {
    "preparacion",
    "prediccion",
    "respuesta",
    "revision",
    "tras-prediccion",
    "proceso-nuevo",
    "raises-exception",
    "nbval-ignore-output",
}
# Lo que empieza o contiene una celda obliga a su etiqueta, y la etiqueta obliga a ello.
QUE_LLEVA = {
    "prediccion": re.compile(r"^predice\(", re.MULTILINE),
    "revision": re.compile(r"\Arevisa\("),
    "proceso-nuevo": re.compile(r"\A%%proceso_nuevo\b"),
}
ID = re.compile(r"(?=.{2,64}\Z)(?=.*[a-z])[a-z0-9]+(-[a-z0-9]+)*")
ID_AL_AZAR = re.compile(r"[0-9a-f]{8}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
METADATOS_DE_CUADERNO = {"kernelspec", "language_info"}
SIN_APUESTA = "Sin predicción registrada."
CELDAS_MAXIMAS = 70


def conteos(cuaderno):
    """Las celdas de código están ejecutadas y en orden: 1, 2, 3…; ninguna está vacía."""
    for esperado, celda in enumerate(cuaderno.de_codigo, start=1):
        conteo = celda.datos.get("execution_count")
        if not celda.fuente.strip():
            yield cuaderno.fallo(celda, "no tiene código. Bórrala")
        elif conteo is None:
            yield cuaderno.fallo(celda, "está sin ejecutar. Usa python -m helpers regenerar")
        elif conteo != esperado:
            yield cuaderno.fallo(
                celda,
                f"se ejecutó con el número {conteo} y le toca el {esperado}. "
                "Usa python -m helpers regenerar",
            )


def etiquetas(cuaderno):
    """Solo etiquetas de la lista, cada una donde le corresponde."""
    for celda in cuaderno.celdas:
        for ajena in sorted(celda.etiquetas - PERMITIDAS):
            yield cuaderno.fallo(
                celda,
                f"«{ajena}» no es una etiqueta del curso. Usa {', '.join(sorted(PERMITIDAS))}",
            )
        if celda.etiquetas and not celda.es_codigo:
            yield cuaderno.fallo(celda, "es de texto y lleva etiquetas. Quítalas")
        for etiqueta, patron in QUE_LLEVA.items():
            lleva = celda.es_codigo and bool(patron.search(celda.fuente))
            if lleva and etiqueta not in celda.etiquetas:
                yield cuaderno.fallo(celda, f"le falta la etiqueta «{etiqueta}»")
            elif etiqueta in celda.etiquetas and not lleva:
                yield cuaderno.fallo(celda, f"lleva la etiqueta «{etiqueta}» y no le corresponde")


def ocultas(cuaderno):
    """Lo que sigue a una predicción se guarda oculto, y su primera línea no lo delata.

    JupyterLab enseña la primera línea de una salida oculta. Por eso tiene que anunciar
    («Función cargada:») y no contar.
    """
    for celda in cuaderno.de_codigo:
        oculta = celda.metadatos.get("jupyter", {}).get("outputs_hidden", False)
        etiquetada = "tras-prediccion" in celda.etiquetas
        if etiquetada and not oculta:
            yield cuaderno.fallo(
                celda, "es «tras-prediccion» y su salida se ve. Guarda jupyter.outputs_hidden: true"
            )
        if oculta and not etiquetada:
            yield cuaderno.fallo(celda, "oculta su salida sin la etiqueta «tras-prediccion»")
        if etiquetada and not _anuncia(celda):
            yield cuaderno.fallo(
                celda,
                "la primera línea de su salida se ve aunque esté oculta. "
                f"Imprime antes una que termine en «:» (compara empieza con «{SIN_APUESTA}»)",
            )


def _anuncia(celda):
    """Verdadero si lo primero que se ve es un anuncio, o una figura sin texto."""
    if not celda.salidas:
        return False
    primera, *_ = texto_de(celda.salidas[0]).splitlines() or [""]
    return (
        primera.rstrip().endswith(":")
        or primera.endswith(SIN_APUESTA)
        or "image/png" in celda.salidas[0].get("data", {})
    )


def identificadores(cuaderno):
    """Cada celda tiene un id único, hecho de palabras, que sobrevive a una edición."""
    vistos = {}
    for celda in cuaderno.celdas:
        if not ID.fullmatch(celda.id) or ID_AL_AZAR.fullmatch(celda.id):
            yield cuaderno.fallo(
                celda, "su id no es de palabras en minúscula unidas por guiones, como «p3-apuesta»"
            )
        elif celda.id in vistos:
            yield cuaderno.fallo(celda, f"repite el id de la celda {vistos[celda.id]}. Cámbialo")
        vistos.setdefault(celda.id, celda.numero)


def metadatos(cuaderno):
    """Formato 4.5 o posterior, kernel `python3`, y ningún resto de una ejecución."""
    datos = cuaderno.datos
    if (datos.get("nbformat"), datos.get("nbformat_minor", 0)) < (4, 5):
        yield cuaderno.fallo(
            None, "su formato es anterior al 4.5. Guárdalo con el JupyterLab actual"
        )
    if datos["metadata"].get("kernelspec", {}).get("name") != "python3":
        yield cuaderno.fallo(None, "su kernel no es «python3». Corrige metadata.kernelspec")
    for sobra in sorted(datos["metadata"].keys() - METADATOS_DE_CUADERNO):
        yield cuaderno.fallo(None, f"sobra «{sobra}» en los metadatos del cuaderno. Bórralo")
    for celda in cuaderno.celdas:
        for sobra in sorted(celda.metadatos.keys() - METADATOS_DE_CELDA):
            yield cuaderno.fallo(celda, f"sobra «{sobra}» en sus metadatos. Bórralo")


def extension(cuaderno):
    """Un cuaderno se recorre de una sentada: ronda las 35 celdas y nunca pasa de 70."""
    cuantas = len(cuaderno.celdas)
    if cuantas > CELDAS_MAXIMAS:
        yield cuaderno.fallo(
            None, f"tiene {cuantas} celdas. Quita o junta hasta {CELDAS_MAXIMAS} como máximo"
        )
