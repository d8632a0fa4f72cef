"""La guía de quien enseña: una página por lección y los planes, generadas de lo ya declarado."""

from helpers.docencia.ahorro import minutos_libres, si_falta_tiempo
from helpers.docencia.errores_habituales import errores_de
from helpers.docencia.lecciones import lecciones
from helpers.docencia.planes import CORTA, Clase, planes
from helpers.docencia.preguntas import de_predicciones, de_recuerda
from helpers.ejercicios import ejercicios_de

CARPETA = "notebooks/docencia"
AVISO = "<!-- Se genera con `python -m helpers guia`. No se edita a mano. -->"
ERRORES_POR_EJERCICIO = 3
LETRAS = "abcdefgh"


def paginas():
    """Los archivos generados de la guía.

    Devuelve
    --------
    dict de str a str
        El nombre de cada uno, dentro de `CARPETA`, y su texto.
    """
    todas = lecciones()
    guias = {f"guia_{leccion.codigo}.md": _guia(leccion) for leccion in todas}
    cabecera = (
        f"# Planes de clase\n\n{AVISO}\n\n"
        "Los minutos son los que declara cada apartado. No se han medido con un grupo: el tuyo "
        "puede necesitar otros. El margen es lo que queda para instalar, para preguntas o para "
        "terminar un ejercicio.\n\n"
    )
    return guias | {"planes.md": cabecera + planes(todas)}


def _guia(leccion):
    que_haras, objetivos = leccion.portada
    partes = [
        f"# Guía de {leccion.codigo} · {leccion.titulo}",
        AVISO,
        f"[Abrir la lección](../{leccion.archivo}) · [planes](planes.md) · [índice](README.md)",
        f"**Qué harás.** {que_haras}",
        "**Qué sabrás hacer**\n\n" + "\n".join(f"- {objetivo}" for objetivo in objetivos),
        f"## Los minutos\n\n{_minutos(leccion)}",
        f"## Preguntas para hacer\n\n{_preguntas(leccion)}",
        f"## Errores habituales\n\n{_errores(leccion)}",
    ]
    return "\n\n".join(partes) + "\n"


def _minutos(leccion):
    consejos, clase = si_falta_tiempo(leccion), Clase(CORTA, (leccion,))
    van = clase.entrada
    lineas = [
        "| Apartado | Min | Acaba en | Qué hay | Si falta tiempo |",
        "|---|---:|---:|---|---|",
        f"| Entrada | {van} | {van} | abrir el cuaderno | |",
    ]
    for apartado in leccion.apartados:
        van += apartado.minutos
        numero = f"{apartado.numero}. " if apartado.numero else ""
        lineas.append(
            f"| {numero}{apartado.titulo} | {apartado.minutos or ''} | {van} "
            f"| {_que_hay(apartado)} | {consejos[apartado.titulo]} |"
        )
    lineas.append(f"| Margen | {clase.margen} | {clase.total} | | |")
    return "\n".join(lineas) + f"\n\n{_ahorro(leccion)}"


def _ahorro(leccion):
    libres = minutos_libres(leccion)
    return (
        "«Se puede dejar entero» quiere decir que ningún apartado posterior usa lo que crea. "
        f"Entre todos suman {libres} min. Los demás hacen falta: deja sus ejercicios para casa, o "
        "ejecuta sus celdas sin comentarlas."
    )


def _que_hay(apartado):
    apuestas = sum("prediccion" in celda.etiquetas for celda in apartado.celdas)
    partes = [f"{apuestas} predicci{'ón' if apuestas == 1 else 'ones'}"] if apuestas else []
    partes += [f"ejercicio {codigo}" for codigo in apartado.ejercicios]
    return ", ".join(partes)


def _preguntas(leccion):
    partes = []
    if recuerda := list(de_recuerda(leccion)):
        partes.append("Al empezar, en voz alta. Están en «Recuerda», con su respuesta:")
        partes.append("\n".join(f"- {pregunta.titulo}" for pregunta in recuerda))
    partes.append("Antes de ejecutar, a mano alzada. Apunta los votos. Debajo, lo que ocurre:")
    for pregunta in de_predicciones(leccion):
        opciones = list(zip(LETRAS, pregunta.textos, strict=False))
        (buena,) = (letra for letra, (_, ocurre) in opciones if ocurre)
        votos = "\n".join(f"  - {letra}: {texto}" for letra, (texto, _) in opciones)
        partes.append(f"- **{pregunta.nombre}.** {pregunta.titulo}\n{votos}\n  - Ocurre: {buena}.")
    partes.append("A quien se atasca, antes de darle una pista más clara:")
    pistas = (f"- **{e.codigo}.** {e.pistas[0]}" for e in ejercicios_de(leccion.codigo))
    partes.append("\n".join(pistas))
    return "\n\n".join(partes)


def _vi(error):
    return f"Vi {error.vi}. " if error.vi.strip("… ") else ""


def _errores(leccion):
    partes = [
        f"Hasta {ERRORES_POR_EJERCICIO} por ejercicio, de los que la revisión reconoce y tienen su "
        "prueba. Cuáles son los más frecuentes no se ha contado. Todos están en "
        f"`python -m helpers soluciones {leccion.codigo}`. Los puntos suspensivos son lo que cada "
        "cual escribió."
    ]
    for ejercicio in ejercicios_de(leccion.codigo):
        partes.append(f"**{ejercicio.codigo}**")
        partes.append(
            "\n".join(
                f"- {_vi(error)}Suele pasar porque {error.porque}. Prueba {error.prueba}."
                for error in errores_de(ejercicio)[:ERRORES_POR_EJERCICIO]
            )
        )
    return "\n\n".join(partes)
