"""Las reglas que cumple un cuaderno. Cada una recibe un `Cuaderno` y da frases: lugar y remedio."""

from reglas import anatomia, celdas, codigo, ejercicios, enlaces, prosa, salidas


def vocabulario(cuaderno):
    """La prosa del cuaderno usa los términos del glosario."""
    for lugar, texto in prosa.prosa_de_cuaderno(cuaderno):
        yield from prosa.terminos(lugar, texto)


def tono(cuaderno):
    """La prosa del cuaderno no exclama, no dibuja y no deja pendientes."""
    for lugar, texto in prosa.prosa_de_cuaderno(cuaderno):
        yield from prosa.tono(lugar, texto)


def destinos(cuaderno):
    """Los enlaces y las imágenes del cuaderno existen."""
    for celda in cuaderno.de_texto:
        yield from enlaces.resuelven(
            cuaderno.lugar(celda), cuaderno.nombre, celda.fuente, cuaderno.raiz
        )


def descripciones(cuaderno):
    """Los enlaces y las imágenes del cuaderno se describen con palabras."""
    for celda in cuaderno.de_texto:
        yield from enlaces.descritos(cuaderno.lugar(celda), celda.fuente)


REGLAS = (
    celdas.conteos,
    celdas.etiquetas,
    celdas.ocultas,
    celdas.identificadores,
    celdas.metadatos,
    celdas.extension,
    salidas.longitud,
    salidas.errores,
    salidas.rastros,
    salidas.sugerencias,
    salidas.widgets,
    codigo.preparacion,
    codigo.imitable,
    codigo.brevedad,
    anatomia.un_h1,
    anatomia.niveles,
    anatomia.portada,
    anatomia.numeracion,
    anatomia.minutos,
    anatomia.recuerda,
    anatomia.resumenes,
    anatomia.cierre,
    ejercicios.enteros,
    ejercicios.sueltas,
    ejercicios.predicciones,
    destinos,
    descripciones,
    vocabulario,
    tono,
)
