"""Cuánto tarda calificar 1, 10, 30 y 100 entregas, junto a nbgrader a secas. No es una prueba.

`.venv/bin/python tests/crecimiento_de_calificar.py 1 10 30 100 --nbgrader 6`. Las entregas son
perfectas, que es lo que más trabajo da. De nbgrader se mide `autograde` con el mismo cuaderno.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from entregas import SOLUCION, T1, TAREAS, en_bytes, perfecta

RAIZ = TAREAS.parent.parent


def mide(orden, **opciones):
    """Los segundos que tarda una orden."""
    inicio = time.monotonic()
    subprocess.run(orden, check=True, stdout=subprocess.DEVNULL, **opciones)
    return time.monotonic() - inicio


def con_este_curso(cuantas, sitio):
    """Califica esas entregas con la orden del curso."""
    for numero in range(cuantas):
        carpeta = sitio / "entregas" / f"Ana Núñez {numero:03d}"
        carpeta.mkdir(parents=True)
        (carpeta / "t1.ipynb").write_bytes(en_bytes(perfecta()))
    orden = [sys.executable, "-m", "helpers", "calificar", str(sitio / "entregas")]
    return mide([*orden, "--csv", str(sitio / "notas.csv")], cwd=RAIZ)


def con_nbgrader(cuantas, sitio):
    """Las mismas, con `nbgrader autograde`, que va de una en una."""
    (sitio / "source" / T1).mkdir(parents=True)
    (sitio / "source" / T1 / f"{T1}.ipynb").write_bytes(en_bytes(SOLUCION))
    for numero in range(cuantas):
        carpeta = sitio / "submitted" / f"ana{numero:03d}" / T1
        carpeta.mkdir(parents=True)
        (carpeta / f"{T1}.ipynb").write_bytes(en_bytes(perfecta()))
    (sitio / "nbgrader_config.py").write_text("c = get_config()\n", encoding="utf-8")
    entorno = os.environ | {
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(RAIZ),
        "OMP_NUM_THREADS": "1",
    }
    nbgrader = [sys.executable, "-m", "nbgrader"]
    opciones = {"cwd": sitio, "env": entorno, "stderr": subprocess.DEVNULL}
    mide([*nbgrader, "generate_assignment", T1], **opciones)
    return mide([*nbgrader, "autograde", T1], **opciones)


def principal():
    """Mide y escribe una línea por tamaño."""
    lector = argparse.ArgumentParser()
    lector.add_argument("tamanos", type=int, nargs="+")
    lector.add_argument("--nbgrader", type=int, default=5)
    opciones = lector.parse_args()
    print(f"Carga del equipo al empezar: {os.getloadavg()[0]:.1f}; núcleos: {os.cpu_count()}")
    rondas = [("nbgrader", opciones.nbgrader, con_nbgrader)] if opciones.nbgrader else []
    rondas += [("curso", cuantas, con_este_curso) for cuantas in opciones.tamanos]
    for quien, cuantas, califica in rondas:
        sitio = Path(tempfile.mkdtemp())
        try:
            segundos = califica(cuantas, sitio)
        finally:
            shutil.rmtree(sitio)
        print(
            f"{quien:8} {cuantas:4} entregas: {segundos:6.1f} s, {segundos / cuantas:5.2f} s por "
            f"entrega; carga {os.getloadavg()[0]:.1f}",
            flush=True,
        )


if __name__ == "__main__":
    principal()
