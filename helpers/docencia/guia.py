"""La guía de quien enseña: una página por lección y por tarea, los planes y los minutos.

Nada se inventa aquí: todo sale de lo declarado en los cuadernos, los ejercicios y las pruebas.
"""

from helpers.docencia.ahorro import minutos_libres, si_falta_tiempo
from helpers.docencia.guia_de_tareas import guia_de_tarea
from helpers.docencia.lecciones import lecciones
from helpers.docencia.minutos import pagina as pagina_de_minutos
from helpers.docencia.para_la_clase import AVISO, ERRORES_POR_EJERCICIO, errores, preguntas
from helpers.docencia.planes import CORTA, Clase, planes
from helpers.docencia.tarea import lee_tarea, tareas

CARPETA = "notebooks/docencia"


def paginas(medido=None):
    """Los archivos generados de la guía.

    Parámetros
    ----------
    medido : str, opcional
        La tabla de lo que tarda cada cuaderno; sin ella, se queda la que haya.

    Devuelve
    --------
    dict de str a str
        El nombre de cada uno, dentro de `CARPETA`, y su texto.
    """
    todas = lecciones()
    guias = {f"guia_{leccion.codigo}.md": _guia(leccion) for leccion in todas}
    for tarea in map(lee_tarea, tareas()):
        guias[f"guia_{tarea.numero}.md"] = guia_de_tarea(tarea)
    cabecera = (
        f"# Planes de clase\n\n{AVISO}\n\n"
        "Los minutos son los que declara cada apartado. No se han medido con un grupo: el tuyo "
        "puede necesitar otros. Lo que sí se puede contar está en [los minutos, con cuentas]"
        "(minutos.md). El margen es lo que queda para instalar, para preguntas o para "
        "terminar un ejercicio.\n\n"
    )
    sueltas = {"planes.md": cabecera + planes(todas), "minutos.md": pagina_de_minutos(medido)}
    return guias | sueltas


def _guia(leccion):
    que_haras, objetivos = leccion.portada
    partes = [
        f"# Guía de {leccion.codigo} · {leccion.titulo}",
        AVISO,
        f"[Abrir la lección](../{leccion.archivo}) · [planes](planes.md) · [índice](README.md)",
        f"**Qué harás.** {que_haras}",
        "**Qué sabrás hacer**\n\n" + "\n".join(f"- {objetivo}" for objetivo in objetivos),
        f"## Los minutos\n\n{_minutos(leccion)}",
        f"## Preguntas para hacer\n\n{preguntas(leccion)}",
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


def _errores(leccion):
    return (
        f"Hasta {ERRORES_POR_EJERCICIO} por ejercicio, de los que la revisión reconoce y tienen su "
        "prueba. Cuáles son los más frecuentes no se ha contado. Todos están en "
        f"`python -m helpers soluciones {leccion.codigo}`. Los puntos suspensivos son lo que cada "
        f"cual escribió.\n\n{errores(leccion.codigo)}"
    )
