"""Proyectos finales inventados: el cuaderno repartido, con las respuestas que se digan."""

import copy
import json

from arbol import RAIZ

NOMBRE = "08_proyecto_final"
SOLUCION, REPARTIDO = (
    json.loads((RAIZ / "notebooks/tareas" / de / NOMBRE / f"{NOMBRE}.ipynb").read_text("utf-8"))
    for de in ("source", "release")
)
CURSO = "Persistencia 2026"


def proyecto(estudiante, base=SOLUCION, **respuestas):
    """Un proyecto entregado. `r3="…"` es lo escrito en el ejercicio 3; `tabla`, en su tabla."""
    respuestas["quien"] = f"curso = {CURSO!r}\nestudiante = {estudiante!r}"
    lugares = {f"r{n}": f"08-{n}-respuesta" for n in range(1, 7)}
    lugares |= {"quien": "quien", "ficha": "08-2-archivo", "tabla": "08-5-tabla"}
    nuevo = copy.deepcopy(base)
    celdas = {celda["id"]: celda for celda in nuevo["cells"]}
    for nombre, texto in respuestas.items():
        celdas[lugares[nombre]]["source"] = texto
    return nuevo


def escribe(carpeta, proyectos):
    """Una carpeta por persona, como las de Moodle, con su cuaderno."""
    for numero, (nombre, cuaderno) in enumerate(proyectos.items(), start=100):
        suya = carpeta / f"{nombre}_{numero}_assignsubmission_file"
        suya.mkdir(parents=True)
        texto = json.dumps(cuaderno, ensure_ascii=False)
        (suya / f"{NOMBRE}.ipynb").write_text(texto, encoding="utf-8")
    return carpeta
