"""Una tarea: el cuaderno que se reparte, las pruebas que dan la nota y cómo se reconoce."""

import hashlib
import importlib.util
import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from helpers.docencia.criterios import Criterio, Rubrica
from helpers.entorno import RAIZ
from helpers.errores import ErrorDelCurso

TAREAS = RAIZ / "notebooks" / "tareas"
VARIANTES = RAIZ / "helpers" / "variantes.py"  # de ahí salen los coeficientes que se esperan


@dataclass(frozen=True)
class Tarea:
    """Todo lo que hace falta para calificar una tarea.

    Parámetros
    ----------
    nombre : str
        El de su carpeta y su cuaderno, como «t1_conceptos».
    repartido : list[dict]
        Las celdas del cuaderno que recibe quien aprende.
    pruebas : dict[str, tuple[Criterio, ...]]
        Los criterios de cada ejercicio que se comprueba solo.
    rubricas : dict[str, Rubrica]
        Los ejercicios que se responden con un texto.
    huella : str
        Cambia si cambia cualquier cosa que pueda cambiar una nota.
    """

    nombre: str
    repartido: list[dict]
    pruebas: dict[str, tuple[Criterio, ...]]
    rubricas: dict[str, Rubrica]
    huella: str

    @property
    def numero(self):
        """Lo que va delante en el código de sus ejercicios: «t1»."""
        return self.nombre.partition("_")[0]

    @property
    def puntos(self):
        """Lo que vale cada ejercicio, en el orden del cuaderno."""
        valen = {codigo: sum(c.puntos for c in suyos) for codigo, suyos in self.pruebas.items()}
        valen |= {codigo: rubrica.puntos for codigo, rubrica in self.rubricas.items()}
        return dict(sorted(valen.items()))


def tareas():
    """Los nombres de las tareas que hay, en orden; el proyecto final es el «08»."""
    return sorted(archivo.parent.name for archivo in (TAREAS / "source").glob("*/pruebas.py"))


def exige_tarea(nombre):
    """Rechaza un nombre que no es de ninguna tarea."""
    if nombre not in tareas():
        raise ErrorDelCurso(
            f"No hay ninguna tarea «{nombre}».", prueba=f"con una de estas: {', '.join(tareas())}."
        )


@cache
def lee_tarea(nombre):
    """Una tarea por su nombre."""
    exige_tarea(nombre)
    archivo = TAREAS / "source" / nombre / "pruebas.py"
    repartido = TAREAS / "release" / nombre / f"{nombre}.ipynb"
    pruebas = _importa(archivo, f"pruebas_de_{nombre}")
    return Tarea(
        nombre,
        json.loads(repartido.read_text(encoding="utf-8"))["cells"],
        pruebas.PRUEBAS,
        pruebas.RUBRICAS,
        _huella(archivo, repartido, *sorted(Path(__file__).parent.rglob("*.py")), VARIANTES),
    )


def _importa(archivo, nombre):
    especificacion = importlib.util.spec_from_file_location(nombre, archivo)
    modulo = importlib.util.module_from_spec(especificacion)
    especificacion.loader.exec_module(modulo)
    return modulo


def _huella(*archivos):
    resumen = hashlib.sha256()
    for archivo in archivos:
        resumen.update(archivo.read_bytes())
    return resumen.hexdigest()[:16]
