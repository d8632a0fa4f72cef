"""Enlaces e imágenes: llevan a donde dicen, con mayúsculas exactas, y se describen."""

import json
import posixpath
import re
import unicodedata
from functools import cache
from urllib.parse import unquote, urlsplit

from arbol import RAIZ, archivos_del_curso

from reglas.anatomia import ENCABEZADO
from reglas.prosa import CODIGO_EN_LINEA, sin_bloques

# Sitios estables que el curso puede citar. Uno nuevo se añade después de abrirlo y leerlo.
SITIOS = {
    "colab.research.google.com",
    "creativecommons.org",
    "dill.readthedocs.io",
    "docs.astral.sh",
    "docs.jupyter.org",
    "docs.python.org",
    "doi.org",
    "git-scm.com",
    "github.com",
    "joblib.readthedocs.io",
    "jupyter.org",
    "jupyterlab.readthedocs.io",
    "matplotlib.org",
    "mybinder.org",
    "mybinder.readthedocs.io",
    "nbgitpuller.readthedocs.io",
    "numpy.org",
    "opensource.org",
    "pandas.pydata.org",
    "peps.python.org",
    "scikit-learn.org",
    "skops.readthedocs.io",
    "tljh.jupyter.org",
    "www.python.org",
    "zero-to-jupyterhub.readthedocs.io",
}
IMAGEN = re.compile(r"!\[([^\]]*)\]\(\s*<?([^)\s>]*)>?[^)]*\)")
ENLACE = re.compile(r"(?<!!)\[((?:[^\[\]]|!\[[^\]]*\]\([^)]*\))+)\]\(\s*<?([^)\s>]*)>?[^)]*\)")
DEFINICION = re.compile(r"^\[([^\]]+)\]:\s*<?([^\s>]+)", re.MULTILINE)
ETIQUETA_HTML = re.compile(r"<(a|img)\b([^>]*)>(?:([^<]*)</a>)?", re.IGNORECASE)
DIRECCION_SUELTA = re.compile(r"(?<![(\"'=\w])<?https?://[^\s)>]+")
POCO_DESCRIPTIVO = re.compile(
    r"(pulsa |haz clic |ver |mira )?(aquí|ahí|este|esta|esto|enlace|este enlace|el enlace|link"
    r"|más|leer más|ver más|página|documento|https?:.*)\W*",
    re.IGNORECASE,
)


def enlaces(texto):
    """Da (descripción, destino, es_imagen) de cada enlace e imagen de un Markdown."""
    texto = sin_bloques(texto)
    visible = CODIGO_EN_LINEA.sub(lambda codigo: codigo[0].strip("`").replace("(", " "), texto)
    for patron, es_imagen in ((IMAGEN, True), (ENLACE, False), (DEFINICION, False)):
        for descripcion, destino in patron.findall(visible):
            yield descripcion, destino, es_imagen
    for etiqueta, atributos, dentro in ETIQUETA_HTML.findall(visible):
        valores = dict(re.findall(r"(\w+)\s*=\s*[\"']([^\"']*)[\"']", atributos))
        es_imagen = etiqueta.lower() == "img"
        descripcion = valores.get("alt", "") if es_imagen else dentro
        yield descripcion, valores.get("src" if es_imagen else "href", ""), es_imagen


def resuelven(lugar, documento, texto, raiz=RAIZ):
    """Cada destino existe: archivo con sus mayúsculas, encabezado, o https en un sitio conocido.

    Parámetros
    ----------
    lugar : str
        Cómo empieza cada fallo.
    documento : str
        La ruta, desde `raiz`, de quien enlaza.
    texto : str
        Su Markdown.
    raiz : Path
        La carpeta del curso.
    """
    for _, destino, es_imagen in enlaces(texto):
        partes = urlsplit(destino)
        if partes.scheme or partes.netloc:
            if es_imagen:
                yield f"{lugar}: la imagen {destino} no está en el curso. Guárdala en él"
            elif partes.scheme != "https" or partes.hostname not in SITIOS:
                yield (
                    f"{lugar}: {destino} no es https o su sitio no está en "
                    "tests/reglas/enlaces.py. Corrígelo o añádelo tras leerlo"
                )
            continue
        ruta = _ruta(documento, unquote(partes.path))
        if ruta not in archivos(raiz):
            iguales = [otra for otra in archivos(raiz) if otra.casefold() == ruta.casefold()]
            remedio = f"Existe «{iguales[0]}»: cuida las mayúsculas" if iguales else "Corrígelo"
            yield f"{lugar}: «{destino}» no existe con ese nombre exacto. {remedio}."
        elif partes.fragment and unquote(partes.fragment) not in anclas(raiz / ruta):
            yield f"{lugar}: en {ruta} no hay ningún encabezado «#{unquote(partes.fragment)}»"


def descritos(lugar, texto):
    """Las imágenes llevan texto alternativo y los enlaces dicen a dónde van."""
    for descripcion, destino, es_imagen in enlaces(texto):
        limpia = IMAGEN.sub(r"\1", descripcion).strip(" *_")
        if es_imagen and len(limpia) < 10:
            yield f"{lugar}: la imagen {destino} no tiene texto alternativo que la describa"
        elif not es_imagen and (len(limpia) < 2 or POCO_DESCRIPTIVO.fullmatch(limpia)):
            yield f"{lugar}: el enlace «{limpia}» no dice a dónde lleva. Descríbelo"
    for suelta in DIRECCION_SUELTA.findall(CODIGO_EN_LINEA.sub(" ", sin_bloques(texto))):
        yield f"{lugar}: {suelta} está suelta. Escribe [qué es](dirección)"


@cache
def archivos(raiz):
    """Los archivos del curso y las carpetas que los llevan, como se escriben en un enlace."""
    rutas = archivos_del_curso(raiz)
    todas = [parte.as_posix() for ruta in rutas for parte in (ruta, *ruta.parents)]
    # macOS guarda los acentos descompuestos; el texto los lleva compuestos.
    return {unicodedata.normalize("NFC", ruta) for ruta in todas}


@cache
def anclas(ruta):
    """Los fragmentos (`#…`) a los que se puede enlazar en un cuaderno o en un Markdown."""
    if ruta.suffix == ".ipynb":
        celdas = json.loads(ruta.read_text(encoding="utf-8"))["cells"]
        textos = ["".join(c["source"]) for c in celdas if c["cell_type"] == "markdown"]
        # JupyterLab y GitHub hacen el ancla de un cuaderno cambiando solo los espacios.
        a_ancla = str.strip
    elif ruta.suffix == ".md":
        textos = [ruta.read_text(encoding="utf-8")]

        def a_ancla(titulo):
            return re.sub(r"[^\w\- ]", "", titulo.lower())
    else:
        return set()
    titulos = [t for texto in textos for _, t in ENCABEZADO.findall(sin_bloques(texto))]
    return {a_ancla(titulo.replace("`", "")).replace(" ", "-") for titulo in titulos}


def _ruta(documento, relativa):
    """La ruta desde la raíz de un destino escrito en `documento`; el propio si no dice ninguno."""
    if not relativa:
        return documento
    return posixpath.normpath(posixpath.join(posixpath.dirname(documento), relativa))
