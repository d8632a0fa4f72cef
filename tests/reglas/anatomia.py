"""Todas las lecciones tienen la misma forma: se reconocen, se recorren y se cierran igual."""

import re
from dataclasses import dataclass

from helpers.ejercicios.preguntas import Apartado
from reglas.cuaderno import Celda
from reglas.prosa import prosa, sin_bloques

# El orden del curso completo. La lección siguiente puede no estar escrita todavía.
TEMARIO = (
    "00_empieza_aqui",
    "01_conceptos_fundamentales",
    "02a_pickle",
    "02b_joblib",
    "02c_dill",
    "02d_skops",
    "02e_cual_uso",
    "03a_prueba_de_persistencia",
    "03b_tiempos_y_tamanos",
    "r1_repaso",
    "04a_save_model_y_load_model",
    "04b_ficha_y_contrato",
    "05_referencias_y_recursos",
    "06_seguridad",
    "07_versiones",
    "r2_repaso",
    "08_proyecto_final",
)
CIERRE = ["Lo esencial en cinco frases", "Qué viene ahora"]
RECUERDA = "Recuerda"
REPASO = re.compile(r"r\d")  # el código de un repaso, como el de una lección es «02a»
MINUTOS_MAXIMOS = 12
ENCABEZADO = re.compile(r"^(#{1,6}) +(.+?) *$", re.MULTILINE)
SECCION = re.compile(r"(?:(\d+)\. )?(.+?)(?: · (\d+) min)?")
TOTAL = re.compile(r"^\*\*Duración\.\*\* (\d+) min\b[^:\n]*: (.+)$", re.MULTILINE)
# Cómo empiezan las líneas de la portada, en este orden.
PORTADA = ("**Qué harás", "**Qué sabrás hacer", "**Qué necesitas", "**Duración.", "**Salta si")
ELEMENTO = re.compile(r"^(?:[-*]|\d+\.) (.+(?:\n(?![-*] |\d+\. |\n).+)*)", re.MULTILINE)
PREGUNTA = re.compile(r"^(?:[-*]|\d+\.) .*\?|<summary>[^<]*\?", re.MULTILINE)
DOS_FRASES = re.compile(r"[.?…] +[A-ZÁÉÍÓÚÑ¿«]")


@dataclass
class Seccion:
    """Un H2: su celda, su encabezado y el Markdown que le sigue hasta el próximo H2."""

    celda: Celda
    encabezado: str
    texto: str = ""

    @property
    def numero(self):
        """Su número, como texto; None si no lo lleva."""
        return SECCION.fullmatch(self.encabezado)[1]

    @property
    def titulo(self):
        """El encabezado sin número ni minutos."""
        return SECCION.fullmatch(self.encabezado)[2]

    @property
    def minutos(self):
        """Los minutos que anuncia; 0 si no anuncia ninguno."""
        return int(SECCION.fullmatch(self.encabezado)[3] or 0)


def encabezados(cuaderno):
    """Da (celda, nivel, texto) de cada encabezado, en orden."""
    for celda in cuaderno.de_texto:
        for marca, texto in ENCABEZADO.findall(sin_bloques(celda.fuente)):
            yield celda, len(marca), texto


def secciones(cuaderno):
    """Los H2 de un cuaderno, en orden."""
    halladas = []
    for celda in cuaderno.de_texto:
        for trozo in re.split(r"^(?=## )", sin_bloques(celda.fuente), flags=re.MULTILINE):
            if trozo.startswith("## "):
                encabezado, _, trozo = trozo.partition("\n")
                halladas.append(Seccion(celda, encabezado.removeprefix("## ").rstrip()))
            if halladas:
                halladas[-1].texto += trozo + "\n"
    return halladas


def apartados(cuaderno):
    """Los apartados numerados de una lección, como «02a, apartado 4, «Una función y una clase»»."""
    return {
        str(Apartado(cuaderno.numero, int(s.numero), s.titulo))
        for s in secciones(cuaderno)
        if s.numero
    }


def un_h1(cuaderno):
    """Un solo H1, al principio, que empieza por el número del archivo."""
    primera = cuaderno.celdas[0]
    inicio = f"# {cuaderno.numero} · "
    if not (primera.es_texto and primera.fuente.startswith(inicio)):
        yield cuaderno.fallo(primera, f"el cuaderno tiene que empezar por «{inicio}…»")
    for celda, *_ in [e for e in encabezados(cuaderno) if e[1] == 1][1:]:
        yield cuaderno.fallo(celda, "hay otro H1. Usa «##»: el H1 es el título del cuaderno")
    if cuaderno.titulo not in TEMARIO:
        yield cuaderno.fallo(
            None, "no está en el temario. Corrige su nombre o tests/reglas/anatomia"
        )


def niveles(cuaderno):
    """Los encabezados bajan de uno en uno: tras un H2, como mucho un H3."""
    vistos = [(celda, nivel) for celda, nivel, _ in encabezados(cuaderno)]
    for (_, anterior), (celda, nivel) in zip(vistos, vistos[1:], strict=False):
        if nivel > anterior + 1:
            yield cuaderno.fallo(celda, f"salta de H{anterior} a H{nivel}. No te saltes niveles")


def portada(cuaderno):
    """La primera celda dice dónde se abre, qué se hará, qué se sabrá, qué falta y cuánto dura."""
    celda = cuaderno.celdas[0]
    texto = celda.fuente
    ruta = cuaderno.nombre
    for sitio, enlace in {
        "Binder": rf"https://mybinder\.org/v2/gh/[^)\s]+/HEAD\?urlpath=lab/tree/{ruta}\)",
        "Colab": rf"https://colab\.research\.google\.com/github/[^)\s]+/blob/main/{ruta}\)",
    }.items():
        if not re.search(enlace, texto):
            yield cuaderno.fallo(celda, f"falta el enlace a {sitio} que abre {ruta}")
    puestos = [texto.find(f"\n{inicio}") for inicio in PORTADA]
    for inicio, puesto in zip(PORTADA, puestos, strict=True):
        if puesto < 0:
            yield cuaderno.fallo(
                celda, f"a la portada le falta la línea que empieza por «{inicio}»"
            )
    if -1 in puestos:
        return
    if puestos != sorted(puestos):
        yield cuaderno.fallo(celda, f"la portada va en este orden: {', '.join(PORTADA)}")
        return
    objetivos = ELEMENTO.findall(texto[puestos[1] : puestos[2]])
    if not 3 <= len(objetivos) <= 5:
        yield cuaderno.fallo(
            celda, f"«Qué sabrás hacer» tiene {len(objetivos)} objetivos en lista. Deja de 3 a 5"
        )
    if not re.search(r"^\|.+\|\n\|[-:| ]+\|\n\|", texto[puestos[2] : puestos[3]], re.MULTILINE):
        yield cuaderno.fallo(celda, "«Qué necesitas» lleva una tabla con encabezado y una fila")


def numeracion(cuaderno):
    """Los H2 van numerados desde 1, salvo «Recuerda» y los dos del cierre."""
    propias = [s for s in secciones(cuaderno) if s.titulo not in (RECUERDA, *CIERRE)]
    for numero, seccion in enumerate(propias, start=1):
        if seccion.numero != str(numero):
            yield cuaderno.fallo(
                seccion.celda, f"a «{seccion.titulo}» le toca el número: «## {numero}. …»"
            )


def minutos(cuaderno):
    """Cada H2 dice sus minutos (en el cierre se puede callar) y la portada los suma y enumera."""
    for seccion in secciones(cuaderno):
        if not seccion.minutos and seccion.titulo not in CIERRE:
            forma = f"{seccion.titulo} · 9 min"
            yield cuaderno.fallo(seccion.celda, f"faltan los minutos: «{forma}»")
        if seccion.minutos > MINUTOS_MAXIMOS:
            yield cuaderno.fallo(
                seccion.celda,
                f"«{seccion.titulo}» dura {seccion.minutos} min. Pártela: {MINUTOS_MAXIMOS} máximo",
            )
    celda = cuaderno.celdas[0]
    total = TOTAL.search(celda.fuente)
    if not total:
        forma = "**Duración.** 14 min en total: 5 + 9."
        yield cuaderno.fallo(celda, f"falta la línea del tiempo, con la forma «{forma}»")
        return
    dichos = [seccion.minutos for seccion in secciones(cuaderno) if seccion.minutos]
    if sum(dichos) != int(total[1]):
        yield cuaderno.fallo(
            celda, f"anuncia {total[1]} minutos y las secciones suman {sum(dichos)}"
        )
    anunciados = [int(numero) for numero in re.findall(r"\d+", total[2])]
    if anunciados != dichos:
        yield cuaderno.fallo(
            celda, f"enumera los minutos {anunciados} y las secciones dicen {dichos}"
        )


def recuerda(cuaderno):
    """Tras la portada se recuerda lo anterior, con 2 o 3 preguntas.

    En la 00 no hay anterior, y un repaso no hace otra cosa: en ellos sobra.
    """
    halladas = secciones(cuaderno)
    puestos = [puesto for puesto, s in enumerate(halladas) if s.titulo == RECUERDA]
    if cuaderno.titulo == TEMARIO[0] or REPASO.fullmatch(cuaderno.numero):
        if puestos:
            que = "un repaso" if REPASO.fullmatch(cuaderno.numero) else "la primera lección"
            yield cuaderno.fallo(None, f"es {que}: sobra la sección «{RECUERDA}»")
    elif puestos != [0]:
        yield cuaderno.fallo(None, f"el primer H2, y solo él, es «## {RECUERDA} · 5 min»")
    elif not 2 <= (preguntas := len(PREGUNTA.findall(halladas[0].texto))) <= 3:
        yield cuaderno.fallo(
            halladas[0].celda,
            f"«{RECUERDA}» tiene {preguntas} preguntas en lista o en <summary>. Deja 2 o 3",
        )


def resumenes(cuaderno):
    """El resumen de un pliegue es HTML: ahí las marcas de código de Markdown se ven tal cual."""
    for celda in cuaderno.de_texto:
        for resumen in re.findall(r"<summary>(.*?)</summary>", celda.fuente):
            if "`" in resumen:
                yield cuaderno.fallo(celda, f"«{resumen}» enseñaría sus comillas de código")


def cierre(cuaderno):
    """Termina con lo esencial, en cinco frases, y con el camino a las lecciones vecinas."""
    finales = secciones(cuaderno)[-2:]
    if [seccion.titulo for seccion in finales] != CIERRE:
        yield cuaderno.fallo(None, f"los dos últimos H2 son «{CIERRE[0]}» y «{CIERRE[1]}»")
        return
    esencial, sigue = finales
    frases = [prosa(frase).strip() for frase in ELEMENTO.findall(esencial.texto)]
    if len(frases) != 5:
        yield cuaderno.fallo(esencial.celda, f"hay {len(frases)} frases en la lista. Deja cinco")
    for frase in frases:
        if not frase.endswith(".") or DOS_FRASES.search(frase):
            yield cuaderno.fallo(
                esencial.celda, f"«{frase[:40]}…» no es una sola frase terminada en punto"
            )
    yield from _vecinas(cuaderno, sigue)


def _vecinas(cuaderno, sigue):
    """La anterior y la siguiente: enlazadas si existen; si no, nombradas por su número."""
    if cuaderno.titulo not in TEMARIO:
        return
    puesto = TEMARIO.index(cuaderno.titulo)
    for vecina in TEMARIO[max(puesto - 1, 0) : puesto] + TEMARIO[puesto + 1 : puesto + 2]:
        # El proyecto final se entrega: está con las tareas.
        sitios = (f"{vecina}.ipynb", f"tareas/release/{vecina}/{vecina}.ipynb")
        existe = any((cuaderno.raiz / "notebooks" / sitio).exists() for sitio in sitios)
        if existe and not re.search(rf"\]\([\w./]*\b{vecina}\.ipynb\)", sigue.texto):
            yield cuaderno.fallo(
                sigue.celda, f"falta el enlace a la lección vecina, {vecina}.ipynb"
            )
        elif not existe and vecina.partition("_")[0] not in sigue.texto:
            yield cuaderno.fallo(
                sigue.celda, f"nombra, sin enlace, la lección {vecina.partition('_')[0]}"
            )
