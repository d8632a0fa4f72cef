"""Entregas inventadas: el cuaderno que se reparte, con las respuestas que se digan."""

import copy
import json
import zipfile

from arbol import RAIZ

TAREAS = RAIZ / "notebooks" / "tareas"
T1 = "t1_conceptos"


def lee(donde, tarea):
    """El cuaderno de una tarea: el de quien enseña («source») o el que se reparte («release»)."""
    return json.loads((TAREAS / donde / tarea / f"{tarea}.ipynb").read_text(encoding="utf-8"))


SOLUCION, REPARTIDO = lee("source", T1), lee("release", T1)


def celda(cuaderno, nombre):
    """Una celda por su nombre de nbgrader."""
    (hallada,) = [
        c for c in cuaderno["cells"] if c["metadata"].get("nbgrader", {}).get("grade_id") == nombre
    ]
    return hallada


def con_respuesta(base, codigo, fuente):
    """Un cuaderno con una respuesta cambiada. `codigo` es el del ejercicio, como «t2.3»."""
    nuevo = copy.deepcopy(base)
    celda(nuevo, f"{codigo.replace('.', '-')}-respuesta")["source"] = fuente
    return nuevo


def cuaderno(base=REPARTIDO, **respuestas):
    """La tarea 1, entregada. `r1="…"` es lo escrito en la respuesta 1; sin ella, como venía."""
    nuevo = copy.deepcopy(base)
    for nombre, texto in respuestas.items():
        nuevo = con_respuesta(nuevo, f"t1.{nombre[1:]}", texto)
    return nuevo


def perfecta(**cambios):
    """La entrega de quien lo hizo todo bien, salvo lo que se cambie."""
    return cuaderno(SOLUCION, **cambios)


def en_bytes(entregado):
    """Lo que se sube: el archivo de un cuaderno."""
    return json.dumps(entregado, ensure_ascii=False, indent=1).encode("utf-8")


def zip_de_moodle(ruta, entregas):
    """Como lo descarga Moodle: una carpeta por persona, con su número.

    Parámetros
    ----------
    ruta : Path
        El zip que se escribe.
    entregas : dict de str a dict
        Por persona, sus archivos: el nombre de cada uno y sus bytes.
    """
    with zipfile.ZipFile(ruta, "w", zipfile.ZIP_DEFLATED) as zip_:
        for numero, (nombre, archivos) in enumerate(entregas.items(), start=100):
            for archivo, datos in archivos.items():
                zip_.writestr(f"{nombre}_{numero}_assignsubmission_file/{archivo}", datos)
    return ruta
