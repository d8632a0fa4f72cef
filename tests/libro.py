"""Qué frases de una lección afirman algo que se puede comprobar, y si su prueba vale.

El formato de las filas está al principio de test_libro_de_afirmaciones.py.
"""

import ast
import csv
import io
import re
from datetime import date
from decimal import Decimal
from pathlib import Path

from reglas.cuaderno import texto_de
from reglas.prosa import CODIGO_EN_LINEA, sin_bloques

from helpers.ejercicios import ejercicios_de

MAX_DEFINICIONES = 5
# Lo que no afirma: el enunciado de un ejercicio, los títulos y las líneas de minutos.
ENUNCIADO = re.compile(r"^\*\*Ejercicio .*?(^\*Resultado esperado:.*?(?=\n\n)|\Z)", re.M | re.S)
TITULO_O_MINUTOS = re.compile(r"^#+ .*$|^\*\*Duración\.\*\* .*$", re.M)
ETIQUETA = re.compile(r"<!--.*?-->|</?[a-zA-Z][^>]*>", re.S)
ENLACE = re.compile(r"!?\[([^\]]*)\]\(([^)]*)\)")
# Un bloque acaba con su párrafo, o donde empieza un elemento de lista o una fila de tabla.
FIN_DE_BLOQUE = re.compile(r"\n\s*\n|\n(?=[> ]*(?:[-*+] |\d+\. |\|))")
MARCA = re.compile(r"^[> ]*(?:[-*+] |\d+\. )?")
FRASE = re.compile(r"(?:`[^`]*`|[^.?`]|[.?](?!\s|$))+[.?]*")

# Números que solo nombran una lección («02a», «r1», «01.3») o un sitio de ella («apartado 4»).
NOMBRE = re.compile(
    r"(?<![\w.,])(?:0\d[a-e]?|r\d)(?:\.p?\d+)?(?!\w)|\b(?:apartado|paso|pista)s? \d+"
)
CIFRA = re.compile(r"(?<!\w)(?<!\w-)\d+(?:[_ \u00a0\u202f]\d{3}(?!\d))*(?:[.,]\d+)?( ?%)?")
EN_LETRA = re.compile(
    r"\b(?:tres|cuatro|cinco|seis|siete|ocho|nueve|diez|once|doce|quince|veint\w+|treinta|cuarenta"
    r"|cincuenta|cien|cient[oa]s?|\w+cient[oa]s|mil|mill[oó]n(?:es)?)\b",
    re.I,
)
COMPARA = re.compile(
    r"\b(?:más|menos|mayor(?:es)?|menor(?:es)?|mejor(?:es)?|peor(?:es)?|superior(?:es)?"
    r"|inferior(?:es)?|tan|igual de|tant[oa]s?(?=\b.*\bcomo\b)|\w+ísim[oa]s?|dobles?|triples?"
    r"|duplica\w*|triplica\w*|mitad|tercio|(?:tercer|cuart|quint|décim|centésim|milésim)a parte"
    r"|veces|por ciento|siempre|nunca|jamás|cualquiera?|tod[oa]s (?:l[oa]s|ell[oa]s)"
    r"|ningún|ningun[oa]|supera\w*|ganan? a|tod[oa] (?:modelo|objeto|archivo|método))\b",
    re.I,
)
NO_COMPARA = re.compile(
    r"\b(?:más adelante|sin más|nada más|más o menos|(?:al|por lo) menos|a veces|muchas veces"
    r"|como siempre|para siempre)\b",
    re.I,
)
NUMERO = re.compile(r"\d+(?:[_ \u00a0\u202f]\d{3}(?!\d))*(?:[.,]\d+)?")
FUENTE = re.compile(r"\S.* (?:https://\S+|[A-Z]+[ -]\d[\d-]*) \((\d{4}-\d\d-\d\d)\)")


def lee_filas(nombre):
    """Las filas de un CSV de esta carpeta, como lista de dict."""
    with Path(__file__).with_name(nombre).open(encoding="utf-8", newline="") as archivo:
        return list(csv.DictReader(archivo))


def frases(cuaderno):
    """Las frases que una lección dice, cada una con el id de su celda.

    No cuentan las preguntas, los títulos, los minutos, los bloques de código ni los enunciados de
    ejercicio (de `**Ejercicio …**` a su *Resultado esperado*): un enunciado manda, y sus cifras las
    comprueba la revisión. Cada fila de una tabla cuenta como una frase.

    Parámetros
    ----------
    cuaderno : reglas.cuaderno.Cuaderno

    Devuelve
    --------
    dict de str a str
        La frase, en una línea y sin negritas ni cursivas, y el id de la celda.
    """
    dichas = {}
    for celda in cuaderno.de_texto:
        texto = TITULO_O_MINUTOS.sub("\n\n", ENUNCIADO.sub("", sin_bloques(celda.fuente)))
        texto = ETIQUETA.sub("\n\n", ENLACE.sub(r"\1", texto))
        for bloque in FIN_DE_BLOQUE.split(texto):
            bloque = MARCA.sub("", " ".join(bloque.split())).replace("*", "")
            partes = [bloque.strip("| ")] if bloque.startswith("|") else FRASE.findall(bloque)
            dichas |= {p.strip(): celda.id for p in partes if p.strip() and not p.endswith("?")}
    return dichas


def afirma(frase):
    """Si una frase lleva algo que hay que probar, fuera de su código y de los números de lección.

    Cuentan las cifras, también en letra desde «tres»; las comparaciones («más», «peor», «la mitad»,
    «dos veces»); y lo que no admite excepción («siempre», «nunca», «cualquier», «todos los»,
    «ninguno»).
    """
    texto = NO_COMPARA.sub(" ", NOMBRE.sub(" ", CODIGO_EN_LINEA.sub(" ", frase)))
    return any(patron.search(texto) for patron in (CIFRA, EN_LETRA, COMPARA))


def cifras(frase):
    """Las cifras de una frase, sin código ni números de lección: dict de cómo se lee a Decimal."""
    texto = NOMBRE.sub(" ", CODIGO_EN_LINEA.sub(" ", frase))
    return {hallada[0]: _valor(hallada[0].rstrip("% ")) for hallada in CIFRA.finditer(texto)}


def fallos(cuaderno, filas):
    """Da una frase por cada desacuerdo entre una lección y sus filas del libro.

    Parámetros
    ----------
    cuaderno : reglas.cuaderno.Cuaderno
    filas : list de dict
        Las filas de todas las lecciones: «cuaderno», «frase» y «prueba».
    """
    dichas = [frase for frase in frases(cuaderno) if afirma(frase)]
    suyas = [fila for fila in filas if fila["cuaderno"] == cuaderno.numero]
    anotadas = [fila["frase"] for fila in suyas]
    if faltan := [frase for frase in dichas if frase not in anotadas]:
        yield f"faltan en el libro; añade a cada una su prueba:\n{_como_csv(cuaderno, faltan)}"
    for frase in anotadas:
        if frase not in dichas:
            yield f"la lección ya no dice «{frase}». Borra su fila o cópiala como está ahora"
        elif anotadas.count(frase) > 1:
            yield f"«{frase}» está repetida en el libro"
    for fila in suyas:
        if motivo := por_que_no_vale(cuaderno, fila["frase"], fila["prueba"]):
            yield f"«{fila['frase']}»: {motivo}"
    if [fila["prueba"] for fila in suyas].count("definicion") > MAX_DEFINICIONES:
        yield f"más de {MAX_DEFINICIONES} frases van como «definicion». Prueba o quita alguna"


def por_que_no_vale(cuaderno, frase, prueba):
    """El motivo por el que una prueba no demuestra la frase; vacío si la demuestra."""
    for una in prueba.split("; "):
        forma, _, resto = una.partition(":")
        if forma not in FORMAS:
            return f"su prueba es «{una}», y tiene que ser de {', '.join(FORMAS)}"
        if motivo := FORMAS[forma](cuaderno, frase, resto):
            return motivo
    return ""


def _celda(cuaderno, frase, ids):
    celdas = {celda.id: celda for celda in cuaderno.de_codigo}
    if ajenas := [id_ for id_ in ids.split(",") if id_ not in celdas]:
        return f"no hay ninguna celda de código con el id {', '.join(ajenas)}"
    celdas = [celdas[id_] for id_ in ids.split(",")]
    vistas = [_salida_que_se_compara(celda) for celda in celdas]
    if COMPARA.search(NO_COMPARA.sub(" ", frase)) and not any(vistas):
        return f"{ids} no deja ninguna salida que se compare, y la frase compara"
    numeros = _numeros("\n".join([*vistas, *(celda.fuente for celda in celdas)]))
    faltan = [
        leida
        for leida, valor in cifras(frase).items()
        if not numeros & ({valor, valor / 100} if "%" in leida else {valor})
    ]
    return f"en {ids} no está la cifra {', '.join(faltan)}" if faltan else ""


def _prueba(cuaderno, frase, lugar):
    archivo, _, nombre = lugar.partition("::")
    ruta = Path(__file__).parent / archivo
    if not ruta.name.startswith("test_") or not ruta.is_file():
        return f"no existe tests/{archivo}"
    nodos = ast.parse(ruta.read_text(encoding="utf-8")).body
    nombres = {nodo.name for nodo in nodos if isinstance(nodo, ast.FunctionDef)}
    if not nombre.startswith("test_") or nombre not in nombres:
        return f"tests/{archivo} no tiene ninguna prueba «{nombre}»"
    return ""


def _ejercicio(cuaderno, frase, codigo):
    declarados = [ejercicio.codigo for ejercicio in ejercicios_de(cuaderno.numero)]
    return "" if codigo in declarados else f"la lección no tiene el ejercicio {codigo}"


def _fuente(cuaderno, frase, cita):
    hallada = FUENTE.fullmatch(cita)
    if not hallada:
        return "una fuente se escribe «fuente:autor o título, dirección (AAAA-MM-DD)»"
    try:
        consultada = date.fromisoformat(hallada[1])
    except ValueError:
        return f"{hallada[1]} no es una fecha"
    return "" if consultada <= date.today() else f"{hallada[1]} todavía no ha llegado"


def _definicion(cuaderno, frase, resto):
    if resto or cifras(frase):
        return "«definicion» va sola, y la frase no puede llevar cifras"
    return ""


FORMAS = {
    "celda": _celda,
    "prueba": _prueba,
    "ejercicio": _ejercicio,
    "fuente": _fuente,
    "definicion": _definicion,
}


def _salida_que_se_compara(celda):
    if "nbval-ignore-output" in celda.etiquetas:
        return ""
    return "\n".join(texto_de(salida) for salida in celda.salidas)


def _numeros(texto):
    """Cada número de un texto, leído entero («8 000 139») y también por partes (8, 0 y 139)."""
    enteros = {_valor(hallado[0]) for hallado in NUMERO.finditer(texto)}
    return enteros | {Decimal(parte) for parte in re.findall(r"\d+(?:\.\d+)?", texto)}


def _valor(leido):
    return Decimal(re.sub(r"[_\s]", "", leido).replace(",", "."))


def _como_csv(cuaderno, frases_sueltas):
    texto = io.StringIO()
    filas = ((cuaderno.numero, frase, "") for frase in frases_sueltas)
    csv.writer(texto, lineterminator="\n").writerows(filas)
    return texto.getvalue()
