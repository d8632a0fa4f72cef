"""Devolver a un cuaderno lo que no debía cambiar: sus celdas bloqueadas y sus metadatos."""

from dataclasses import replace

from helpers.docencia.cuaderno import ENUNCIADO, ejercicio_de_cada_respuesta, sin_blancos


def restaura(celdas, repartidas):
    """Las celdas que hay que ejecutar: las entregadas, con las bloqueadas como se repartieron.

    Parámetros
    ----------
    celdas, repartidas : list[Celda]

    Devuelve
    --------
    tuple[list[Celda], list[str]]
        Las celdas y los avisos de lo que se cambió.
    """
    fijas = {celda.nombre: celda for celda in repartidas if _es_fija(celda)}
    avisos, vistas, nuevas = [], set(), []
    if not any(celda.grado for celda in celdas):
        avisos.append("llegó sin los metadatos de nbgrader; se reconoció por el resto")
        celdas = _con_metadatos(celdas, repartidas)
    for celda in celdas:
        fija = fijas.get(celda.nombre)
        if fija and celda.nombre in vistas:
            avisos.append(f"la celda «{celda.nombre}» estaba repetida")
            continue
        if fija and sin_blancos(celda.fuente) != sin_blancos(fija.fuente):
            avisos.append(f"la celda «{celda.nombre}» estaba cambiada; se usó la original")
        vistas.add(celda.nombre)
        nuevas.append(fija or celda)
    for nombre, fija in fijas.items():
        if nombre not in vistas:
            avisos.append(f"faltaba la celda «{nombre}»; se repuso")
            nuevas.insert(_sitio(fija, repartidas, nuevas), fija)
    return nuevas, avisos


def _con_metadatos(celdas, repartidas):
    """Las celdas con los metadatos que perdieron.

    Cada una se reconoce por su identificador, por su texto o, si es una respuesta, por ser la
    primera de su clase detrás del enunciado.
    """
    por_ident = {celda.ident: celda for celda in repartidas if celda.ident}
    por_texto = {sin_blancos(celda.fuente): celda for celda in repartidas}
    respuesta_de = {
        codigo: celda
        for celda in repartidas
        if (codigo := ejercicio_de_cada_respuesta(repartidas).get(celda.nombre))
    }
    pendiente, nuevas = None, []
    for celda in celdas:
        suya = por_ident.get(celda.ident) or por_texto.get(sin_blancos(celda.fuente))
        if suya is None and pendiente is not None and celda.tipo == pendiente.tipo:
            suya = pendiente
        if suya is pendiente:
            pendiente = None
        nuevas.append(replace(celda, ident=suya.ident, grado=suya.grado) if suya else celda)
        if hallado := ENUNCIADO.search(celda.fuente):
            pendiente = respuesta_de.get(hallado[1])
    return nuevas


def _es_fija(celda):
    return celda.tipo == "code" and celda.grado.get("locked")


def _sitio(fija, repartidas, nuevas):
    """Detrás de la más cercana de las que iban delante en el cuaderno repartido."""
    nombres = [celda.nombre for celda in nuevas]
    delante = [celda.nombre for celda in repartidas]
    for nombre in reversed(delante[: delante.index(fija.nombre)]):
        if nombre in nombres:
            return nombres.index(nombre) + 1
    return 0
