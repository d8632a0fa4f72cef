"""Escribe un banco de preguntas en los dos formatos que Moodle importa: su XML y GIFT."""

import xml.etree.ElementTree as ET

CURSO = "Persistencia de modelos"
# Los signos que GIFT usa. La barra va primero: las demás la añaden.
DE_GIFT = {"\\": "\\\\", **{signo: f"\\{signo}" for signo in "~=#{}:"}, "\n": "\\n"}


def xml(preguntas):
    """El banco en Moodle XML, con una categoría por lección.

    Parámetros
    ----------
    preguntas : list de Pregunta

    Devuelve
    --------
    str
    """
    raiz = ET.Element("quiz")
    for categoria, suyas in _por_categoria(preguntas):
        nodo = ET.SubElement(raiz, "question", type="category")
        _texto(nodo, "category", _ruta(categoria), formato=None)
        for pregunta in suyas:
            raiz.append(_nodo(pregunta))
    ET.indent(raiz)
    cabecera = r'<?xml version="1.0" encoding="UTF-8"?>'
    return f"{cabecera}\n{ET.tostring(raiz, encoding='unicode')}\n"


def gift(preguntas):
    """El mismo banco en GIFT."""
    trozos = []
    for categoria, suyas in _por_categoria(preguntas):
        # Una categoría no se lee como texto: sus signos no se escapan, salvo los dos puntos.
        trozos.append(f"$CATEGORY: {_ruta(categoria)}")
        trozos += map(_en_gift, suyas)
    return "\n\n".join(trozos) + "\n"


def _por_categoria(preguntas):
    categorias = dict.fromkeys(pregunta.categoria for pregunta in preguntas)
    for categoria in categorias:
        yield categoria, [p for p in preguntas if p.categoria == categoria]


def _ruta(categoria):
    """Moodle separa las categorías con «/»; una barra dentro de un nombre va doble."""
    return f"$course$/top/{CURSO}/{categoria.replace('/', '//')}"


def _texto(padre, etiqueta, texto, formato="html"):
    nodo = ET.SubElement(padre, etiqueta, {"format": formato} if formato else {})
    ET.SubElement(nodo, "text").text = texto
    return nodo


def _nodo(pregunta):
    tipo = "truefalse" if pregunta.verdadero_o_falso else "multichoice"
    nodo = ET.Element("question", type=tipo)
    _texto(nodo, "name", pregunta.nombre, formato=None)
    _texto(nodo, "questiontext", pregunta.enunciado)
    _texto(nodo, "generalfeedback", pregunta.general)
    valores = {"defaultgrade": "1", "penalty": "1", "hidden": "0", "idnumber": pregunta.nombre}
    if not pregunta.verdadero_o_falso:
        valores |= {"penalty": "0.3333333", "single": "true", "shuffleanswers": "true"}
        valores |= {"answernumbering": "abc"}
    for etiqueta, valor in valores.items():
        ET.SubElement(nodo, etiqueta).text = valor
    for puesto, opcion in enumerate(pregunta.opciones):
        # En verdadero o falso Moodle no lee el texto, sino estas dos palabras.
        texto = ("true", "false")[puesto] if pregunta.verdadero_o_falso else opcion.texto
        formato = "moodle_auto_format" if pregunta.verdadero_o_falso else "html"
        fraccion = "100" if opcion.correcta else "0"
        respuesta = ET.SubElement(nodo, "answer", fraction=fraccion, format=formato)
        ET.SubElement(respuesta, "text").text = texto
        _texto(respuesta, "feedback", opcion.comentario)
    return nodo


def _en_gift(pregunta):
    inicio = f"::{_escapa(pregunta.nombre)}::[html]{_escapa(pregunta.enunciado)}{{"
    general = f"####{_escapa(pregunta.general)}}}"
    if pregunta.verdadero_o_falso:
        verdadero, falso = pregunta.opciones
        buena, mala = (verdadero, falso) if verdadero.correcta else (falso, verdadero)
        # GIFT pone primero lo que se dice a quien falla.
        palabra = "TRUE" if verdadero.correcta else "FALSE"
        comentarios = f"#{_escapa(mala.comentario)}#{_escapa(buena.comentario)}"
        return f"{inicio}{palabra}{comentarios}{general}"
    lineas = [
        f"\t{'=' if opcion.correcta else '~'}{_escapa(opcion.texto)}#{_escapa(opcion.comentario)}"
        for opcion in pregunta.opciones
    ]
    return "\n".join([inicio, *lineas, f"\t{general}"])


def _escapa(texto):
    for signo, escrito in DE_GIFT.items():
        texto = texto.replace(signo, escrito)
    return texto
