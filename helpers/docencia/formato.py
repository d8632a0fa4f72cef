"""De Markdown a HTML, para el banco, las diapositivas y las soluciones."""

import html
import re

CODIGO = re.compile(r"`([^`]+)`")
ENLACE = re.compile(r"(?<!!)\[([^\[\]]+)\]\([^)\s]+\)")


def en_linea(texto):
    """Una frase en HTML: lo que va entre acentos graves, como código; lo demás, tal cual."""
    return CODIGO.sub(r"<code>\1</code>", html.escape(texto, quote=False))


def bloque(texto):
    """Un Markdown entero en HTML. Los enlaces se quedan en su texto: fuera del curso no llevan."""
    import mistune

    convierte = mistune.create_markdown(escape=False, plugins=["table"])
    return convierte(ENLACE.sub(r"\1", texto)).strip()


def codigo(texto, lenguaje="python"):
    """Un trozo de código o de salida en HTML."""
    clase = f' class="language-{lenguaje}"' if lenguaje else ""
    return f"<pre><code{clase}>{html.escape(texto.rstrip(), quote=False)}</code></pre>"
