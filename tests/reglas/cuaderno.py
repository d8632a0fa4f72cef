"""Un cuaderno leído para revisarlo: celdas con número e id, y fallos que dicen su lugar."""

import json
import re
from dataclasses import dataclass
from pathlib import Path

from arbol import RAIZ

MAGIA = re.compile(r"^\s*[%!].*$", re.MULTILINE)


@dataclass(frozen=True)
class Celda:
    """Una celda: `numero` cuenta desde 1 todas las del cuaderno, texto y código."""

    numero: int
    datos: dict

    @property
    def id(self):
        """Su id, o una señal de que no tiene."""
        return self.datos.get("id", "sin id")

    @property
    def es_codigo(self):
        """Verdadero si la celda es de código."""
        return self.datos["cell_type"] == "code"

    @property
    def es_texto(self):
        """Verdadero si la celda es Markdown."""
        return self.datos["cell_type"] == "markdown"

    @property
    def fuente(self):
        """Lo que se escribe en ella, como un solo texto."""
        return _junta(self.datos["source"])

    @property
    def metadatos(self):
        """Lo que Jupyter guarda de ella aparte de su texto y sus salidas."""
        return self.datos.get("metadata", {})

    @property
    def etiquetas(self):
        """Sus etiquetas (`tags`), como conjunto."""
        return set(self.metadatos.get("tags", []))

    @property
    def salidas(self):
        """Sus salidas guardadas; ninguna si es de texto."""
        return self.datos.get("outputs", [])

    @property
    def python(self):
        """Su código sin magias de IPython, listo para `ast.parse`."""
        return MAGIA.sub(lambda linea: linea[0][: -len(linea[0].lstrip())] + "pass", self.fuente)


@dataclass(frozen=True)
class Cuaderno:
    """Un cuaderno. `nombre` es su ruta desde `raiz`, con barras normales."""

    nombre: str
    datos: dict
    raiz: Path = RAIZ

    @property
    def titulo(self):
        """El nombre del archivo sin carpeta ni extensión: «02a_pickle»."""
        return Path(self.nombre).stem

    @property
    def numero(self):
        """El código de la lección: «02a»."""
        return self.titulo.partition("_")[0]

    @property
    def celdas(self):
        """Todas sus celdas, en orden."""
        return [Celda(n, datos) for n, datos in enumerate(self.datos["cells"], start=1)]

    @property
    def de_codigo(self):
        """Sus celdas de código, en orden."""
        return [celda for celda in self.celdas if celda.es_codigo]

    @property
    def de_texto(self):
        """Sus celdas de texto, en orden."""
        return [celda for celda in self.celdas if celda.es_texto]

    def lugar(self, celda):
        """Cómo se nombra una celda en un fallo; sin celda, el cuaderno entero."""
        return f"{self.nombre}, celda {celda.numero} ({celda.id})" if celda else self.nombre

    def fallo(self, celda, mensaje):
        """Una frase con el lugar y el remedio."""
        return f"{self.lugar(celda)}: {mensaje}."


def lee(ruta):
    """Lee un cuaderno del curso.

    Parámetros
    ----------
    ruta : Path
        Un `.ipynb` dentro del curso.

    Devuelve
    --------
    Cuaderno
    """
    return Cuaderno(ruta.relative_to(RAIZ).as_posix(), json.loads(ruta.read_text(encoding="utf-8")))


def lecciones():
    """Las rutas de todas las lecciones, en orden. Las tareas y las copias de Jupyter no cuentan."""
    return sorted((RAIZ / "notebooks").glob("*.ipynb"))


def repartidas():
    """Las rutas de las tareas tal como se reparten, en orden."""
    return sorted((RAIZ / "notebooks" / "tareas" / "release").glob("*/*.ipynb"))


def texto_de(salida):
    """El texto de una salida: lo impreso, el valor o el rastro de un error."""
    if salida["output_type"] == "error":
        return "\n".join(salida.get("traceback", []))
    return _junta(salida.get("text") or salida.get("data", {}).get("text/plain", ""))


def _junta(texto):
    return texto if isinstance(texto, str) else "".join(texto)
