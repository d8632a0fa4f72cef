"""Las notas en una tabla que se abre con dos clics, y los textos que valora una persona."""

import csv
import io
from dataclasses import dataclass

from helpers.errores import ErrorDelCurso
from helpers.escritura import reemplaza

MARCA = "\ufeff"  # sin ella, Excel no reconoce las tildes
LARGO_DE_TEXTO = 3000
# Una celda que empieza así es una fórmula para Excel, y la escribe quien entrega.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class Formato:
    """Cómo se escribe una tabla en un país: lo que separa celdas y lo que separa decimales."""

    separador: str
    decimal: str


FORMATOS = {"es": Formato(";", ","), "mx": Formato(",", ".")}
ESCALAS = (10, 5, 20, 100)


def escribe_notas(ruta, tarea, calificadas, niveles, formato, escala):
    """Escribe la tabla de notas de una vez.

    Parámetros
    ----------
    ruta : Path
    tarea : Tarea
    calificadas : list[Calificada]
    niveles : dict[tuple[str, str], int]
        El nivel de cada texto ya valorado, por la clave de la entrega y el ejercicio.
    formato : Formato
    escala : int
        La nota más alta.

    Devuelve
    --------
    list[float]
        Las notas, en el orden de `calificadas`.
    """
    filas = [["nombre", "identificador", "nota", *tarea.puntos, "por qué"]]
    notas = []
    for una in calificadas:
        puntos = puntos_de(tarea, una, niveles)
        notas.append(round(sum(puntos.values()) / sum(tarea.puntos.values()) * escala, 2))
        numeros = [_numero(numero, formato) for numero in (notas[-1], *puntos.values())]
        if una.calificacion.fallo:
            numeros = [""] * len(numeros)  # un cero sería una nota
        porque = _texto(por_que(tarea, una, niveles))
        filas.append([_texto(una.nombre), _texto(una.ident), *numeros, porque])
    reemplaza(ruta, MARCA + _tabla(filas, formato))
    return notas


def puntos_de(tarea, calificada, niveles):
    """Los puntos de cada ejercicio, con los textos ya valorados."""
    puntos = {codigo: calificada.calificacion.puntos.get(codigo, 0) for codigo in tarea.puntos}
    for codigo, rubrica in tarea.rubricas.items():
        puntos[codigo] = rubrica.nota(niveles.get((calificada.clave, codigo), 0))
    return puntos


def por_que(tarea, calificada, niveles):
    """En una línea: lo que falta, lo que está pendiente y cómo llegó la entrega."""
    nota = calificada.calificacion
    partes = [
        f"{codigo}: {', '.join(faltas)}" for codigo, faltas in sorted(nota.faltas.items()) if faltas
    ]
    for codigo in tarea.rubricas:
        if not nota.textos.get(codigo):
            partes.append(f"{codigo}: sin responder")
        elif (calificada.clave, codigo) not in niveles:
            partes.append(f"{codigo}: pendiente de valorar")
    partes += [f"aviso: {aviso}" for aviso in nota.avisos]
    return " · ".join(partes) or "todo correcto"


def lee_niveles(ruta, tarea):
    """Los niveles que alguien escribió en la hoja de textos; si no existe, ninguno."""
    if not ruta.exists():
        return {}
    niveles = {}
    contenido = ruta.read_bytes()
    try:
        texto = contenido.decode("utf-8-sig")
    except UnicodeDecodeError:  # Excel, si se le pide «CSV» a secas, escribe como Windows
        texto = contenido.decode("cp1252", errors="replace")
    separador = ";" if ";" in texto.partition("\n")[0] else ","
    for fila in csv.DictReader(io.StringIO(texto, newline=""), delimiter=separador):
        nivel, codigo = (fila.get("nivel") or "").strip(), fila.get("ejercicio", "")
        if not nivel or codigo not in tarea.rubricas:
            continue
        if nivel not in ("0", "1", "2", "3"):
            raise ErrorDelCurso(
                f"En «{ruta.name}», el nivel de {fila.get('entrega')} es «{nivel}».",
                prueba="con 0, 1, 2 o 3.",
            )
        niveles[fila["entrega"], codigo] = int(nivel)
    return niveles


def escribe_textos(ruta, tarea, calificadas, niveles, formato):
    """La hoja donde se valoran los textos: uno por fila, con los niveles que ya tuviera."""
    filas = [["entrega", "ejercicio", "nivel", "texto"]]
    for una in calificadas:
        for codigo in tarea.rubricas:
            if texto := una.calificacion.textos.get(codigo):
                nivel = niveles.get((una.clave, codigo), "")
                filas.append([una.clave, codigo, nivel, _texto(texto[:LARGO_DE_TEXTO])])
    if len(filas) > 1:
        reemplaza(ruta, MARCA + _tabla(filas, formato))
    return len(filas) - 1


def _tabla(filas, formato):
    salida = io.StringIO()
    csv.writer(salida, delimiter=formato.separador, lineterminator="\r\n").writerows(filas)
    return salida.getvalue()


def _numero(numero, formato):
    return f"{numero:.2f}".rstrip("0").rstrip(".").replace(".", formato.decimal)


def _texto(texto):
    """En una línea o más, sin caracteres de control y sin que sea una fórmula."""
    limpio = "".join(c for c in texto if c.isprintable() or c == "\n")
    return f"'{limpio}" if limpio.startswith(FORMULA) else limpio
