"""Entregas inventadas de la tarea 1: el cuaderno repartido, con las respuestas que se digan."""

import copy
import json

from arbol import RAIZ

TAREAS = RAIZ / "notebooks" / "tareas"
T1 = "t1_conceptos"
SOLUCION, REPARTIDO = (
    json.loads((TAREAS / donde / T1 / f"{T1}.ipynb").read_text(encoding="utf-8"))
    for donde in ("source", "release")
)


def celda(cuaderno, nombre):
    """Una celda por su nombre de nbgrader."""
    (hallada,) = [
        c for c in cuaderno["cells"] if c["metadata"].get("nbgrader", {}).get("grade_id") == nombre
    ]
    return hallada


def cuaderno(base=REPARTIDO, **respuestas):
    """Un cuaderno entregado. `r1="…"` es lo escrito en la respuesta 1; sin ella, como venía."""
    nuevo = copy.deepcopy(base)
    for nombre, texto in respuestas.items():
        celda(nuevo, f"t1-{nombre[1:]}-respuesta")["source"] = texto
    return nuevo


def perfecta(**cambios):
    """La entrega de quien lo hizo todo bien, salvo lo que se cambie."""
    return cuaderno(SOLUCION, **cambios)


def en_bytes(entregado):
    """Lo que se sube: el archivo de un cuaderno."""
    return json.dumps(entregado, ensure_ascii=False, indent=1).encode("utf-8")
