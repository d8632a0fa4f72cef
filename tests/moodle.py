"""Lee un banco como lo lee Moodle al importarlo, y dice lo que Moodle rechazaría.

Escrito aparte de quien lo genera, a partir de cómo importan los formatos `xml` y `gift` de Moodle:
si los dos leyeran igual de mal, no se notaría. Cada pregunta queda como un dict.
"""

import re
import xml.etree.ElementTree as ET
from collections import Counter
from html.parser import HTMLParser

# Las fracciones que Moodle admite, en tanto por ciento; las negativas restan.
FRACCIONES = {100, 90, 83.33333, 80, 75, 70, 66.66667, 60, 50, 40, 33.33333, 30, 25, 20}
FRACCIONES |= {16.66667, 14.28571, 12.5, 11.11111, 10, 5, 0}
FRACCIONES |= {-fraccion for fraccion in FRACCIONES}
SUELTAS = {"br", "hr", "img"}
# Lo que no necesita cierre ni debe estar en una pregunta de este banco.
PROHIBIDAS = {"script", "style", "iframe", "a", "details", "img"}


def lee_xml(texto):
    """Las preguntas de un Moodle XML, con su categoría."""
    categoria, preguntas = "", []
    for nodo in ET.fromstring(texto.encode("utf-8")):
        assert nodo.tag == "question", nodo.tag
        tipo = nodo.get("type")
        if tipo == "category":
            categoria = nodo.findtext("category/text").strip()
            continue
        assert nodo.find("questiontext").get("format") == "html"
        respuestas = [
            (
                _llano(respuesta.findtext("text")),
                float(respuesta.get("fraction")),
                _llano(respuesta.findtext("feedback/text")),
            )
            for respuesta in nodo.findall("answer")
        ]
        if tipo == "truefalse":
            # Moodle reconoce la respuesta por estas palabras, en inglés y en minúscula.
            assert {r[0] for r in respuestas} == {"true", "false"}
        else:
            assert nodo.findtext("single") == "true"
        assert re.fullmatch(r"\d+(\.\d+)?", nodo.findtext("defaultgrade"))
        assert 0 <= float(nodo.findtext("penalty")) <= 1
        preguntas.append(
            {
                "categoria": categoria,
                "tipo": tipo,
                "nombre": _llano(nodo.findtext("name/text")),
                "texto": _llano(nodo.findtext("questiontext/text")),
                "general": _llano(nodo.findtext("generalfeedback/text")),
                "respuestas": sorted(respuestas),
            }
        )
    return preguntas


def lee_gift(texto):
    """Las preguntas de un GIFT, separadas por líneas en blanco."""
    categoria, preguntas = "", []
    for trozo in re.split(r"\n\s*\n", texto.strip()):
        lineas = [linea for linea in trozo.split("\n") if not linea.strip().startswith("//")]
        trozo = _guarda("\n".join(lineas).strip())
        if trozo.startswith("$CATEGORY:"):
            categoria = _recupera(trozo.removeprefix("$CATEGORY:")).strip()
            continue
        assert trozo.startswith("::"), trozo[:60]
        nombre, _, resto = trozo[2:].partition("::")
        assert resto.count("{") == 1 and resto.count("}") == 1, f"{nombre}: llaves sin escapar"
        enunciado, _, respuestas = resto.partition("{")
        respuestas, _, cola = respuestas.partition("}")
        assert not cola.strip(), f"{nombre}: hay texto detrás de las respuestas"
        assert enunciado.startswith("[html]"), nombre
        respuestas, _, general = respuestas.rpartition("####")
        tipo, halladas = _respuestas(respuestas.strip())
        preguntas.append(
            {
                "categoria": categoria,
                "tipo": tipo,
                "nombre": _recupera(nombre).strip(),
                "texto": _recupera(enunciado.removeprefix("[html]")).strip(),
                "general": _recupera(general).strip(),
                "respuestas": sorted(halladas),
            }
        )
    return preguntas


def _respuestas(texto):
    if "~" not in texto:
        palabra, mal, bien = texto.split("#")
        assert palabra.strip() in ("TRUE", "FALSE"), palabra
        otra = {"TRUE": "false", "FALSE": "true"}[palabra.strip()]
        comentarios = [_recupera(mal).strip(), _recupera(bien).strip()]
        return "truefalse", [
            (otra, 0.0, comentarios[0]),
            (palabra.strip().lower(), 100.0, comentarios[1]),
        ]
    halladas = []
    for trozo in texto.replace("=", "~=").split("~"):
        if not trozo.strip():
            continue
        fraccion = 100.0 if trozo.strip().startswith("=") else 0.0
        respuesta, _, comentario = trozo.strip().removeprefix("=").partition("#")
        halladas.append((_recupera(respuesta).strip(), fraccion, _recupera(comentario).strip()))
    return "multichoice", halladas


def _guarda(texto):
    """Cambia cada signo escapado por un carácter privado, para cortar por los que no lo están."""
    texto = texto.replace("\\\\", "\ue000")
    for signo in ":#={}~n":
        texto = texto.replace(f"\\{signo}", chr(0xE100 + ord(signo)))
    return texto.replace("\ue000", "\\")


def _recupera(texto):
    for signo in ":#={}~":
        texto = texto.replace(chr(0xE100 + ord(signo)), signo)
    return texto.replace(chr(0xE100 + ord("n")), "\n")


def fallos(preguntas):
    """Da una frase por cada cosa que Moodle rechazaría o estropearía."""
    for nombre, veces in Counter(pregunta["nombre"] for pregunta in preguntas).items():
        if veces > 1:
            yield f"{nombre}: el nombre está {veces} veces"
    for pregunta in preguntas:
        nombre, respuestas = pregunta["nombre"], pregunta["respuestas"]
        if not pregunta["categoria"].startswith("$course$/top/"):
            yield f"{nombre}: su categoría no cuelga del curso"
        if len(respuestas) < 2:
            yield f"{nombre}: tiene menos de dos respuestas"
        fracciones = [fraccion for _, fraccion, _ in respuestas]
        if fracciones.count(100) != 1:
            yield f"{nombre}: {fracciones.count(100)} respuestas valen el 100 %"
        if set(fracciones) - FRACCIONES:
            yield f"{nombre}: Moodle no admite {set(fracciones) - FRACCIONES}"
        textos = [texto for texto, _, _ in respuestas]
        if len(set(textos)) < len(textos):
            yield f"{nombre}: repite una respuesta"
        if not all(comentario for _, _, comentario in respuestas):
            yield f"{nombre}: una respuesta no lleva comentario"
        dichos = [parte for texto, _, comentario in respuestas for parte in (texto, comentario)]
        for html in (pregunta["texto"], pregunta["general"], *dichos):
            if roto := _html_roto(html):
                yield f"{nombre}: {roto}"


class _Etiquetas(HTMLParser):
    def __init__(self):
        super().__init__()
        self.abiertas, self.fallo = [], ""

    def handle_starttag(self, tag, attrs):
        if tag in PROHIBIDAS:
            self.fallo = self.fallo or f"lleva <{tag}>"
        if tag not in SUELTAS:
            self.abiertas.append(tag)

    def handle_endtag(self, tag):
        if not self.abiertas or self.abiertas.pop() != tag:
            self.fallo = self.fallo or f"</{tag}> no cierra lo último abierto"


def _html_roto(html):
    lector = _Etiquetas()
    lector.feed(html)
    lector.close()
    return lector.fallo or (f"<{lector.abiertas[-1]}> sin cerrar" if lector.abiertas else "")


def _llano(texto):
    return (texto or "").strip()
