"""Una página por entrega, en español: los puntos, por qué, y lo que se ejecutó."""

from pathlib import Path

from helpers.docencia import cuaderno
from helpers.docencia.notas import puntos_de
from helpers.docencia.puntuar import es_revision
from helpers.escritura import reemplaza

PLANTILLAS = Path(__file__).with_name("plantillas")
LARGO_DE_CELDA = 20_000


def escribe_paginas(carpeta, tarea, calificadas, niveles):
    """Escribe `carpeta/NOMBRE_NÚMERO.html` por cada entrega; la que no cambia no se toca.

    Parámetros
    ----------
    carpeta : Path
    tarea : Tarea
    calificadas : list[Calificada]
    niveles : dict
        Los textos ya valorados.

    Devuelve
    --------
    Path
        La carpeta.
    """
    from nbconvert import HTMLExporter

    exportador = HTMLExporter(
        template_name="devolucion",
        extra_template_basedirs=[str(PLANTILLAS)],
        exclude_anchor_links=True,
    )
    carpeta.mkdir(parents=True, exist_ok=True)
    for una in calificadas:
        hoja = _hoja(tarea, una, niveles)
        recursos = {"hoja": hoja}
        texto, _ = exportador.from_notebook_node(_cuaderno(tarea, una, hoja), resources=recursos)
        # Media letra de un par de UTF-16 se puede entregar, y no se puede escribir.
        texto = texto.encode("utf-8", errors="replace").decode("utf-8")
        ruta = carpeta / f"{una.clave}.html"
        if not ruta.exists() or ruta.read_text(encoding="utf-8") != texto:
            reemplaza(ruta, texto)
    return carpeta


def _hoja(tarea, una, niveles):
    """Lo que va en la cabecera."""
    puntos, nota = puntos_de(tarea, una, niveles), una.calificacion
    filas = []
    for codigo, maximo in tarea.puntos.items():
        if codigo in tarea.rubricas:
            porque = _del_texto(tarea, una, codigo, niveles)
        else:
            porque = _frase(". ".join(nota.faltas.get(codigo, [])) or "correcto")
        valen = f"{puntos[codigo]:g} de {maximo:g} punto{'s' if maximo != 1 else ''}"
        filas.append({"codigo": codigo, "puntos": valen, "porque": porque})
    total = f"{sum(puntos.values()):g} de {sum(tarea.puntos.values()):g} puntos"
    if nota.fallo:
        total = "sin calificar todavía"
    return {
        "tarea": tarea.nombre,
        "nombre": una.nombre,
        "total": total,
        "filas": filas if nota.celdas else [],
        "avisos": nota.avisos,
    }


def _frase(texto):
    return f"{texto[0].upper()}{texto[1:]}."


def _del_texto(tarea, una, codigo, niveles):
    if not una.calificacion.textos.get(codigo):
        return "Sin responder."
    nivel = niveles.get((una.clave, codigo))
    if nivel is None:
        return "Pendiente: lo valora quien enseña."
    return f"Nivel {nivel}. {tarea.rubricas[codigo].niveles[nivel]}."


def _cuaderno(tarea, una, hoja):
    """El cuaderno de la página: lo entregado, con lo que dio al ejecutarse y su veredicto."""
    from nbformat import v4

    repartidas = cuaderno.desde_dict(tarea.repartido)
    fuentes = {celda.fuente for celda in repartidas}
    ejercicio = cuaderno.ejercicio_de_cada_respuesta(repartidas)
    dichos = {fila["codigo"]: f"{fila['puntos']}. {fila['porque']}" for fila in hoja["filas"]}
    celdas = []
    for numero, celda in enumerate(una.calificacion.celdas):
        fuente = celda["fuente"][:LARGO_DE_CELDA]
        if celda["nombre"] == "preparacion" or es_revision(celda["fuente"]):
            continue
        if celda["tipo"] == "code":
            nueva = v4.new_code_cell(fuente, outputs=_salidas(celda))
        else:
            nueva = v4.new_markdown_cell(fuente)
        nueva.id = f"celda-{numero}"  # el que pone nbformat es al azar, y la página cambiaría
        nueva.metadata.repartida = celda["fuente"] in fuentes
        if codigo := ejercicio.get(celda["nombre"]):
            nueva.metadata.veredicto = f"{codigo} · {dichos[codigo]}"
        celdas.append(nueva)
    return v4.new_notebook(cells=celdas)


def _salidas(celda):
    from nbformat import v4

    salidas = []
    if celda.get("texto"):
        salidas.append(v4.new_output("stream", name="stdout", text=celda["texto"]))
    if celda.get("error"):
        salidas.append(v4.new_output("stream", name="stderr", text=f"Error: {celda['error']}"))
    return salidas
