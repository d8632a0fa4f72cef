"""De dónde sale la prosa que alguien lee, y qué palabras no se usan en ella."""

import ast
import csv
import re
import textwrap
from pathlib import Path

from arbol import RAIZ

from reglas.cuaderno import MAGIA

GLOSARIO = Path(__file__).resolve().parents[1] / "glosario.csv"
BLOQUE_DE_CODIGO = re.compile(r"^(>? *)(```|~~~).*?^\1\2", re.MULTILINE | re.DOTALL)
CODIGO_EN_LINEA = re.compile(r"``.+?``|`[^`]*`", re.DOTALL)
# Lo que no se lee como español: código, fórmulas, etiquetas HTML, direcciones, y en cursiva las
# palabras extranjeras y los nombres de menú.
NO_ES_PROSA = [
    BLOQUE_DE_CODIGO,
    CODIGO_EN_LINEA,
    re.compile(r"\$\$.+?\$\$|\$[^$\n]+\$", re.DOTALL),
    re.compile(r"<!--.*?-->|</?[a-zA-Z][^>]*>", re.DOTALL),
    re.compile(r"!(?=\[)|(?<=\])\([^)]*\)|^\[[^\]]+\]: .*$", re.MULTILINE),
    re.compile(r"https?://\S+|&#?\w+;"),
    # Valores, archivos, módulos, llamadas y opciones, aunque no lleven comillas de código.
    re.compile(r"\"[^\"\s]*\"|\S*\w[._/\\=]\w\S*|\w+\([^()\n]*\)|(?<!\w)--?[a-z]\w*"),
    re.compile(r"(?<!\*)\*([^\s*]+|[^*\n]*▸[^*\n]*)\*(?!\*)"),
]
DOS_PALABRAS = re.compile(r"[^\W\d_]{2,}[,:;.]?\s+[^\W\d_]+")
PATRON = re.compile(r"[|^]|%%\w|\\[\w.(]")
DIBUJO = re.compile("[\U0001f000-\U0001faff\u2600-\u27bf\u2b00-\u2bff\u23e9-\u23fa\ufe0f]")
PENDIENTE = re.compile(r"\b(TODO|FIXME|XXX|[Ll]orem|placeholder)\b")
# En una docstring, lo que nombra y no se lee: «ruta : Path» y la línea bajo «-----».
TIPOS = re.compile(r"^ *[\w, *]+ : .*$|(?<=---\n)( *)\S.*$", re.MULTILINE)


def sin_bloques(texto):
    """Un Markdown sin sus bloques de código, con las mismas líneas que tenía."""
    return BLOQUE_DE_CODIGO.sub(lambda bloque: "\n" * bloque[0].count("\n"), texto)


def prosa(texto):
    """Solo lo que se lee como español de un texto Markdown."""
    for patron in NO_ES_PROSA:
        texto = patron.sub(" ", texto)
    return texto


def prosa_de_cuaderno(cuaderno):
    """Da (lugar, prosa) por cada celda de texto y por cada texto de una predicción."""
    for celda in cuaderno.celdas:
        lugar = cuaderno.lugar(celda)
        if celda.es_texto:
            yield lugar, prosa(celda.fuente)
        elif "prediccion" in celda.etiquetas:
            yield from ((lugar, texto) for _, texto in textos_de_python(celda.python))


def prosa_de_markdown(ruta):
    """Da (lugar, prosa) de un archivo Markdown, línea a línea."""
    texto = sin_bloques(ruta.read_text(encoding="utf-8"))
    for numero, linea in enumerate(texto.splitlines(), start=1):
        yield f"{ruta.relative_to(RAIZ).as_posix()}, línea {numero}", prosa(linea)


def prosa_de_modulo(ruta):
    """Da (lugar, prosa) de los textos de un módulo de Python que parecen escritos para leer."""
    for linea, texto in textos_de_python(ruta.read_text(encoding="utf-8")):
        yield f"{ruta.relative_to(RAIZ).as_posix()}, línea {linea}", texto


def textos_de_python(codigo):
    """Da (línea, prosa) de las cadenas de un código; cada valor de una f-string es un hueco.

    Una cadena `r"…"` es una expresión regular, o algo pegado: no se lee.
    """
    try:
        arbol = ast.parse(codigo)
    except SyntaxError:
        return
    partes = {id(parte) for nodo in ast.walk(arbol) for parte in getattr(nodo, "values", ())}
    for nodo in ast.walk(arbol):
        if isinstance(nodo, ast.JoinedStr):
            texto = "".join(getattr(parte, "value", "") for parte in _literales(nodo))
        elif isinstance(nodo, ast.Constant) and id(nodo) not in partes:
            texto = "" if _es_cruda(codigo, nodo) else nodo.value
        else:
            continue
        if isinstance(texto, str) and _parece_prosa(texto):
            yield nodo.lineno, prosa(TIPOS.sub(" ", texto))


def _es_cruda(codigo, nodo):
    linea = codigo.splitlines()[nodo.lineno - 1].encode()  # la columna cuenta bytes
    return linea[nodo.col_offset : nodo.col_offset + 1].lower() == b"r"


def _literales(cadena):
    hueco = ast.Constant(" _ ")  # se lee como un nombre: el código con huecos sigue siendo código
    return [parte if isinstance(parte, ast.Constant) else hueco for parte in cadena.values]


def _parece_prosa(texto):
    """Dos palabras seguidas, y que no sea un patrón ni código guardados en una cadena."""
    if PATRON.search(texto) or not DOS_PALABRAS.search(prosa(texto)):
        return False
    try:
        ast.parse(MAGIA.sub("", textwrap.dedent(texto)))
    except SyntaxError:
        return True
    return False


def documentos():
    """Los archivos Markdown que se leen: los dos README y la guía de quien enseña."""
    sueltos = [RAIZ / "README.md", RAIZ / "data" / "README.md"]
    guia = sorted((RAIZ / "notebooks" / "docencia").glob("*.md"))
    return [ruta for ruta in (*sueltos, *guia) if ruta.exists()]


def fuentes(cuadernos):
    """Toda la prosa del curso.

    Parámetros
    ----------
    cuadernos : list de Cuaderno

    Devuelve
    --------
    list de (str, str)
        El lugar y su prosa.
    """
    leidas = [trozo for cuaderno in cuadernos for trozo in prosa_de_cuaderno(cuaderno)]
    for ruta in documentos():
        leidas += prosa_de_markdown(ruta)
    for ruta in sorted((RAIZ / "helpers").rglob("*.py")):
        leidas += prosa_de_modulo(ruta)
    return leidas


def glosario():
    """La lista de (patrón prohibido, qué se usa) de tests/glosario.csv."""
    with GLOSARIO.open(encoding="utf-8", newline="") as archivo:
        return [(re.compile(f["evita"], re.IGNORECASE), f["usa"]) for f in csv.DictReader(archivo)]


def terminos(lugar, texto):
    """Ningún término que el glosario manda evitar."""
    for patron, usa in glosario():
        for hallado in patron.finditer(texto):
            yield f"{lugar}: dice «{hallado[0]}». {usa}"


def tono(lugar, texto):
    """Ni exclamaciones, ni dibujos, ni notas pendientes."""
    if re.search(r"[¡!](?!=)", texto):
        yield f"{lugar}: lleva un signo de exclamación. Escribe la frase sin él"
    for dibujo in sorted(set(DIBUJO.findall(texto))):
        yield f"{lugar}: lleva el dibujo «{dibujo}». Dilo con palabras"
    for nota in PENDIENTE.finditer(texto):
        yield f"{lugar}: quedó pendiente un «{nota[0]}». Resuélvelo o bórralo"
