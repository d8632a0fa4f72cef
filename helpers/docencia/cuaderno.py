"""Leer el cuaderno de una entrega sin fiarse de él, y devolverle lo que no debía cambiar."""

import codecs
import json
import re
from dataclasses import dataclass, field

MAXIMO = 100 * 2**20  # bytes de un cuaderno; más no se lee
CELDAS_MAXIMAS = 500
CODIGO_MAXIMO = 2**20  # caracteres de todas las celdas juntas
MARCAS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"),
          (codecs.BOM_UTF16_BE, "utf-16"))  # fmt: skip
# Una tarea es «t1»; el proyecto final, «08».
ENUNCIADO = re.compile(r"\*\*Ejercicio ((?:t\d+|08)\.\d+)\.\*\*")
REVISION = re.compile(r'revisa\(\s*"(t\d+|08)\.\d+"')


class NoEsUnCuaderno(Exception):
    """Lo entregado no se puede leer como cuaderno; el texto dice por qué."""


@dataclass
class Celda:
    """Una celda entregada, sin salidas. `grado` es lo que nbgrader anotó en ella, o vacío."""

    tipo: str
    fuente: str
    ident: str = ""
    grado: dict = field(default_factory=dict)

    @property
    def nombre(self):
        """Su identificador de nbgrader o, si se perdió, el de la celda."""
        return self.grado.get("grade_id") or self.ident


def lee(datos):
    """Las celdas de un cuaderno, y avisos sobre cómo venía.

    Parámetros
    ----------
    datos : bytes

    Devuelve
    --------
    tuple[list[Celda], list[str]]

    Errores
    -------
    NoEsUnCuaderno
    """
    if len(datos) > MAXIMO:
        raise NoEsUnCuaderno(f"pesa más de {MAXIMO // 2**20} MB")
    texto, avisos = _en_letras(datos)
    try:
        cuaderno = json.loads(texto)
        celdas = [_celda(cruda) for cruda in cuaderno["cells"]]
    except RecursionError:
        raise NoEsUnCuaderno("está anidado sin fin") from None
    except (ValueError, KeyError, TypeError, AttributeError):
        raise NoEsUnCuaderno(_que_es(datos)) from None
    if len(celdas) > CELDAS_MAXIMAS or sum(len(c.fuente) for c in celdas) > CODIGO_MAXIMO:
        raise NoEsUnCuaderno("tiene demasiadas celdas o demasiado código")
    return celdas, avisos


def desde_dict(crudas):
    """Celdas a partir de las de un cuaderno ya leído."""
    return [_celda(cruda) for cruda in crudas]


def que_tarea(celdas):
    """El número de la tarea («t1») de la que viene un cuaderno; «» si de ninguna."""
    for celda in celdas:
        if hallado := REVISION.search(celda.fuente) or ENUNCIADO.search(celda.fuente):
            return hallado[1].partition(".")[0]
    return ""


def ejercicio_de_cada_respuesta(repartidas):
    """El código del ejercicio de cada celda de respuesta, por el nombre de la celda."""
    ejercicio, codigo = {}, ""
    for celda in repartidas:
        if hallado := ENUNCIADO.search(celda.fuente):
            codigo = hallado[1]
        if celda.grado.get("solution"):
            ejercicio[celda.nombre] = codigo
    return ejercicio


def respuestas(celdas, repartidas):
    """Lo escrito en cada ejercicio: código y respuesta, «» si sigue como se repartió."""
    ejercicio = ejercicio_de_cada_respuesta(repartidas)
    en_blanco = {sin_blancos(celda.fuente) for celda in repartidas}
    escritas = dict.fromkeys(ejercicio.values(), "")
    for celda in celdas:
        codigo = ejercicio.get(celda.nombre)
        if codigo and sin_blancos(celda.fuente) not in en_blanco:
            escritas[codigo] = f"{escritas[codigo]}\n\n{celda.fuente}".strip()
    return escritas


def _celda(cruda):
    fuente = cruda.get("source", "")
    fuente = fuente if isinstance(fuente, str) else "".join(map(str, fuente))
    grado = cruda.get("metadata", {}).get("nbgrader", {})
    grado = grado if isinstance(grado, dict) else {}
    grado = {clave: dato for clave, dato in grado.items() if isinstance(dato, str | int | float)}
    return Celda(str(cruda.get("cell_type")), fuente, str(cruda.get("id") or ""), grado)


def _en_letras(datos):
    for marca, codificacion in MARCAS:
        if datos.startswith(marca):
            avisos = [] if codificacion == "utf-8-sig" else [f"estaba en {codificacion}"]
            return datos.decode(codificacion, errors="replace"), avisos
    try:
        return datos.decode("utf-8"), []
    except UnicodeDecodeError:
        return datos.decode("cp1252", errors="replace"), ["no estaba en UTF-8"]


def _que_es(datos):
    if not datos:
        return "está vacío"
    conocidos = {
        b"PK\x03\x04": "un zip o un documento de Office",
        b"%PDF": "un PDF",
        b"\x89PNG": "una imagen",
        b"\xff\xd8": "una imagen",
        b"<": "una página web",
    }
    hallado = next((que for marca, que in conocidos.items() if datos.startswith(marca)), "")
    return f"es {hallado}, no un cuaderno" if hallado else "no es un cuaderno, o está cortado"


def sin_blancos(texto):
    """Un texto sin espacios ni saltos, para comparar lo que dice y no cómo se escribe."""
    return "".join(texto.split())
