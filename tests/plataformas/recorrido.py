"""El recorrido por una lección en JupyterLab: una sola vez da los hechos de muchas pruebas."""

import ast
import contextlib
import importlib
import re
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from helpers.ejercicios import ejercicios_de
from helpers.ejercicios.resultado import Estado
from plataformas.teclado import contesta

# Ampliar al 200 % una ventana de 1280 píxeles es repartir la página en 640: el mismo dibujo, con
# cada punto al doble. Quien amplía cierra el explorador de archivos, que se llevaría la mitad.
VISTAS = {
    "1280": {"ancho": 1280, "tema": "JupyterLab Light", "explorador": True},
    "200 por ciento": {"ancho": 640, "tema": "JupyterLab Light", "explorador": False},
    "oscuro": {"ancho": 1280, "tema": "JupyterLab Dark", "explorador": True},
}
# Tan alta que la lección cabe entera: así JupyterLab dibuja todas las celdas.
ALTO = 24_000
# Lo más alto que Chromium captura de una vez.
ALTO_DE_CAPTURA = 16_000
SEPARADOR = "# %%"


@dataclass
class Recorrido:
    """Lo que se vio en una lección.

    Parámetros
    ----------
    antes, despues : list de dict
        El estado de cada celda de código al abrir la lección y tras ejecutarla entera.
    cortes, contrastes : dict de str a list de dict
        Por vista, lo que sobresale y las parejas de colores.
    intentos : list de str
        Lo que contestó la celda de un ejercicio a una respuesta mala y a la buena.
    reinicio : list de dict
        El estado de las celdas tras reiniciar el kernel y seguir por donde dice la lección.
    """

    antes: list
    despues: list
    cortes: dict = field(default_factory=dict)
    contrastes: dict = field(default_factory=dict)
    intentos: list = field(default_factory=list)
    reinicio: list = field(default_factory=list)


@dataclass(frozen=True)
class Pregunta:
    """Un ejercicio que se contesta en una celda, con una respuesta equivocada y la buena."""

    celda: str
    mala: str
    esperado: str
    buena: str


def recorre(pagina, cuaderno, capturas):
    """Abre una lección, la ejecuta, la mira, contesta un ejercicio y reinicia el kernel.

    Parámetros
    ----------
    pagina : Page
        La pestaña, con JupyterLab abierto.
    cuaderno : Cuaderno
        La lección. Se abre la del mismo nombre en la copia que tiene JupyterLab.
    capturas : Path
        Donde dejar una imagen por vista.

    Devuelve
    --------
    Recorrido
    """
    pagina.set_viewport_size({"width": VISTAS["1280"]["ancho"], "height": ALTO})
    pagina.evaluate("ruta => curso.abre(ruta)", cuaderno.nombre)
    try:
        antes = pagina.evaluate("curso.estado()")
        pagina.evaluate("curso.ejecutaTodo()")
        hechos = Recorrido(antes, pagina.evaluate("curso.estado()"))
        for vista in VISTAS:
            _mira(pagina, vista, capturas / f"{cuaderno.titulo} {vista}.png", hechos)
        pon_vista(pagina, "1280")
        pregunta = pregunta_de(cuaderno)
        if pregunta:
            hechos.intentos = [
                escribe_en(pagina, pregunta.celda, codigo)
                for codigo in (pregunta.mala, pregunta.buena)
            ]
        hechos.reinicio = _reinicia_y_sigue(pagina, cuaderno)
    finally:
        pagina.evaluate("curso.cierra()")
    return hechos


def _mira(pagina, vista, captura, hechos):
    """Pone la lección como dice la vista, la mide y la captura."""
    pon_vista(pagina, vista)
    hechos.cortes[vista] = pagina.evaluate("medidas.cortes()")
    hechos.contrastes[vista] = pagina.evaluate("medidas.contrastes()")
    alto = min(pagina.evaluate("medidas.alto()") + 110, ALTO_DE_CAPTURA)
    ancho = VISTAS[vista]["ancho"]
    pagina.screenshot(path=captura, clip={"x": 0, "y": 0, "width": ancho, "height": alto})


def pon_vista(pagina, vista):
    """Cambia el ancho, el tema y el explorador de archivos, y espera a que todo esté dibujado."""
    pide = VISTAS[vista]
    pagina.set_viewport_size({"width": pide["ancho"], "height": ALTO})
    pagina.evaluate("([t, e]) => curso.viste(t, e)", [pide["tema"], pide["explorador"]])
    pagina.evaluate("curso.dibuja()")
    pagina.evaluate("curso.despliega()")  # lo que guarda un desplegable también se mide


def escribe_en(pagina, celda, codigo):
    """Sustituye de una vez el código de una celda, la ejecuta y da lo que contestó."""
    pagina.evaluate("id => curso.elige(id)", celda)
    return contesta(pagina, celda, codigo, pagina.keyboard.insert_text)


def _reinicia_y_sigue(pagina, cuaderno):
    """Donde la lección pide reiniciar, reinicia; repite las dos primeras celdas y sigue."""
    punto = next((c.id for c in cuaderno.celdas if c.id.endswith("tras-reinicio")), None)
    if punto is None:
        return []
    pagina.evaluate("id => curso.elige(id)", punto)
    pagina.keyboard.press("Escape")
    pagina.keyboard.press("0")
    pagina.keyboard.press("0")
    pagina.locator(".jp-Dialog .jp-mod-accept").click()
    pagina.evaluate("curso.renace()")
    for celda in [c.id for c in cuaderno.de_codigo][:2]:
        pagina.evaluate("id => curso.elige(id)", celda)
        pagina.keyboard.press("Shift+Enter")
        pagina.evaluate("id => curso.acaba(id)", celda)
    pagina.evaluate("id => curso.elige(id)", punto)
    pagina.evaluate("curso.ejecutaTodo('notebook:run-all-below')")
    celdas = pagina.evaluate("curso.estado()")
    return celdas[[c["id"] for c in celdas].index(punto) :]


def pregunta_de(cuaderno):
    """El primer ejercicio que se contesta con un valor sencillo en una sola celda, o None.

    La respuesta equivocada es de `tests/casos/`; la buena, la solución declarada.
    """
    for celda in cuaderno.celdas:
        revision = re.search(r'^revisa\("([^"]+)", (\w+)\)$', celda.fuente, re.MULTILINE)
        if not (celda.es_codigo and revision):
            continue
        codigo, nombre = revision.groups()
        (ejercicio,) = (e for e in ejercicios_de(cuaderno.numero) if e.codigo == codigo)
        if not ejercicio.solucion or SEPARADOR in ejercicio.solucion:
            continue
        for caso, valor in _casos_sencillos(cuaderno.numero, codigo):
            return Pregunta(
                celda.id,
                mala=f'{nombre} = {valor}\n\n{revision[0]}\npista("{codigo}")',
                esperado=caso.fragmento,
                buena=f"{ejercicio.solucion.strip()}\n\n{revision[0]}",
            )
    return None


def _casos_sencillos(leccion, codigo):
    """Las respuestas equivocadas que caben en una línea: un número, un texto, una lista."""
    for caso in importlib.import_module(f"casos.leccion_{leccion}").CASOS:
        if caso.codigo != codigo or caso.estado not in (Estado.INCORRECTO, Estado.ERROR_TUYO):
            continue
        with tempfile.TemporaryDirectory() as carpeta, contextlib.chdir(carpeta):
            respuestas = caso.prepara()
            # Si además deja archivos, no basta con escribir la respuesta.
            sencillo = len(respuestas) == 1 and not any(Path(carpeta).iterdir())
        if sencillo and _es_literal(respuestas[0]):
            yield caso, repr(respuestas[0])


def _es_literal(valor):
    try:
        return ast.literal_eval(repr(valor)) == valor
    except (ValueError, SyntaxError):
        return False
