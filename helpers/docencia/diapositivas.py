"""De una lección a unas diapositivas: qué va en cada una.

Lo que responde a una predicción, o a una pregunta de «Recuerda», va siempre en la siguiente.
"""

import html
import math
import re
from dataclasses import dataclass

from helpers.docencia.formato import bloque, codigo, en_linea
from helpers.docencia.lecciones import PLIEGUE, llamada

LINEAS = 17  # las que caben sin encoger la letra
LETRAS_POR_LINEA = 75
CERCA = re.compile(r"^(```|~~~)")


@dataclass(frozen=True)
class Diapositiva:
    """Una pantalla: su encabezado y su contenido en HTML. `densa` pide una letra menor."""

    encabezado: str
    contenido: str
    densa: bool = False


@dataclass(frozen=True)
class _Pieza:
    """Un trozo que no se parte. `empieza` obliga a abrir diapositiva; `acaba`, a cerrarla."""

    html: str
    lineas: int
    empieza: bool = False
    acaba: bool = False


def diapositivas(leccion):
    """Las de una lección, de la portada al cierre.

    Devuelve
    --------
    list de Diapositiva
    """
    que_haras, objetivos = leccion.portada
    lista = "".join(f"<li>{en_linea(objetivo)}</li>" for objetivo in objetivos)
    hechas = [
        Diapositiva(f"{leccion.codigo} · {leccion.titulo}", f"{bloque(que_haras)}<ul>{lista}</ul>")
    ]
    for apartado in leccion.apartados:
        piezas = _de_recuerda(apartado) if apartado.titulo == "Recuerda" else _piezas(apartado)
        hechas += _reparte(_encabezado(apartado), piezas)
    return hechas


def _encabezado(apartado):
    numero = f"{apartado.numero}. " if apartado.numero else ""
    minutos = f" · {apartado.minutos} min" if apartado.minutos else ""
    return f"{numero}{apartado.titulo}{minutos}"


def _reparte(encabezado, piezas):
    """Junta piezas mientras quepan."""
    grupos, ocupadas = [], 0
    for pieza in piezas:
        if not grupos or pieza.empieza or grupos[-1][-1].acaba or ocupadas + pieza.lineas > LINEAS:
            grupos.append([])
            ocupadas = 0
        grupos[-1].append(pieza)
        ocupadas += pieza.lineas
    for grupo in grupos:
        lineas = sum(pieza.lineas for pieza in grupo)
        contenido = "\n".join(pieza.html for pieza in grupo)
        yield Diapositiva(encabezado, contenido, densa=lineas > LINEAS)


def _de_recuerda(apartado):
    for pregunta, respuesta in PLIEGUE.findall(apartado.texto):
        # El resumen ya es HTML.
        pregunta = f'<p class="pregunta">{pregunta}</p>'
        yield _Pieza(pregunta, 2, empieza=True, acaba=True)
        yield _Pieza(pregunta + bloque(respuesta), 4, empieza=True, acaba=True)


def _piezas(apartado):
    for celda in apartado.celdas:
        if not celda.es_codigo:
            # Lo plegado es letra pequeña: se lee en el cuaderno.
            for trozo in _bloques(PLIEGUE.sub("", celda.fuente)):
                es_ejercicio = trozo.startswith("**Ejercicio")
                yield _Pieza(bloque(trozo), _lineas_de_texto(trozo), empieza=es_ejercicio)
        elif "prediccion" in celda.etiquetas:
            yield _apuesta(celda)
        elif {"respuesta", "revision"} & celda.etiquetas:
            yield _Pieza(codigo(_sin_pie(celda.fuente)), 1 + len(celda.fuente.splitlines()))
        else:
            yield _ejecutada(celda)


def _apuesta(celda):
    (_, pregunta), opciones = llamada(celda, "predice")
    opciones.pop("elijo")
    lista = "".join(f"<li>{en_linea(texto)}</li>" for texto in opciones.values())
    contenido = f'<p class="pregunta">{en_linea(pregunta)}</p><ol type="a">{lista}</ol>'
    return _Pieza(contenido, 2 + len(opciones), acaba=True)


def _ejecutada(celda):
    """El código y lo que dejó: juntos, para que se lean juntos."""
    fuente = re.sub(r"^compara\(.*", "", celda.fuente, flags=re.MULTILINE | re.DOTALL).strip()
    impreso = re.sub(r"^.* · Sin predicción registrada\.\n", "", celda.impreso, flags=re.MULTILINE)
    partes = [codigo(fuente)] if fuente else []
    partes += [f'<div class="salida">{codigo(impreso, "")}</div>'] if impreso.strip() else []
    for imagen in celda.imagenes:
        datos = "".join(imagen).replace("\n", "")
        # Las figuras del curso imprimen también sus datos: quien no las ve, los lee.
        partes.append(f'<img alt="{html.escape(impreso)}" src="data:image/png;base64,{datos}">')
    lineas = len(f"{fuente}\n{impreso}".splitlines()) + 10 * len(celda.imagenes)
    # Tras la respuesta a una apuesta puede venir otra pregunta: en la diapositiva siguiente.
    return _Pieza("\n".join(partes), lineas, acaba="compara(" in celda.fuente)


def _sin_pie(fuente):
    return re.sub(r"^# (pista|solucion)\(.*\n?", "", fuente, flags=re.MULTILINE).strip()


def _bloques(texto):
    """Párrafos, listas, tablas y bloques de código, sin partir ninguno."""
    trozos, dentro = [], False
    for linea in texto.strip().split("\n"):
        if not dentro and (not trozos or not linea.strip()):
            trozos.append([])
        trozos[-1].append(linea)
        if CERCA.match(linea):
            dentro = not dentro
    unidos = []
    for trozo in filter(None, ("\n".join(trozo).strip() for trozo in trozos)):
        # Un título no se separa de lo que encabeza.
        if unidos and re.fullmatch("#+ .*", unidos[-1]):
            trozo = f"{unidos.pop()}\n\n{trozo}"
        unidos.append(trozo)
    return unidos


def _lineas_de_texto(trozo):
    return 1 + sum(max(1, math.ceil(len(li) / LETRAS_POR_LINEA)) for li in trozo.split("\n"))
