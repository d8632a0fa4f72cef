"""Empezar una lección es ligero: cada librería se carga cuando la lección llega a ella.

En un aula, toda la clase ejecuta a la vez las primeras celdas. Lo que ahí se cargue sin hacer falta
lo esperan todas las personas, y lo ocupa cada kernel.
"""

import re
import subprocess
import sys

import pytest
from arbol import RAIZ
from reglas.cuaderno import lecciones, lee

PESADAS = ("dill", "joblib", "matplotlib", "numpy", "pandas", "scipy", "skops", "sklearn")
IMPORTA = re.compile(rf"^\s*(?:import|from) ({'|'.join(PESADAS)})\b", re.MULTILINE)
CUADERNOS = lecciones() + sorted((RAIZ / "notebooks").glob("tareas/release/*/*.ipynb"))
POR_CUADERNO = pytest.mark.parametrize("ruta", CUADERNOS, ids=lambda ruta: ruta.stem)
# Lo que revisan hereda de un modelo, y se guarda con pickle: tiene que estar en su módulo.
CARGAN_ANTES = {"07_versiones", "08_proyecto_final"}


def cargadas(celdas, carpeta):
    """Las librerías pesadas que hay en memoria tras ejecutar esas celdas en un Python nuevo."""
    codigo = "\n".join([*celdas, "print(*sys.modules)"])
    proceso = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", codigo],
        cwd=carpeta,
        capture_output=True,
        encoding="utf-8",
    )
    assert proceso.returncode == 0, proceso.stderr
    return set(proceso.stdout.splitlines()[-1].split()) & set(PESADAS)


def de_codigo(ruta):
    return [celda.fuente for celda in lee(ruta).de_codigo]


def primera_apuesta(celdas):
    """El puesto de la primera celda que pide una predicción, o None."""
    return next((n for n, celda in enumerate(celdas) if re.match(r"predice\(", celda)), None)


@POR_CUADERNO
def test_tras_preparar_solo_hay_lo_que_la_celda_importa(ruta):
    preparacion = de_codigo(ruta)[:2]
    pide = set(IMPORTA.findall("\n".join(preparacion)))
    # joblib, skops y scikit-learn traen a otras; si la celda no importa nada, no hay ninguna.
    hay = cargadas(preparacion, ruta.parent)
    assert pide <= hay
    assert pide or not hay


@POR_CUADERNO
def test_apostar_no_carga_lo_que_la_leccion_aun_no_usa(ruta):
    celdas = de_codigo(ruta)
    cual = primera_apuesta(celdas)
    if cual is None or IMPORTA.search("\n".join(celdas[:cual])):
        return  # no hay apuesta, o la lección ya las había cargado
    hay = cargadas([*celdas[:2], celdas[cual]], ruta.parent)
    assert bool(hay) is (ruta.stem in CARGAN_ANTES)


def test_hay_lecciones_que_apuestan_antes_de_importar():
    antes = {
        ruta.stem
        for ruta in CUADERNOS
        if (cual := primera_apuesta(celdas := de_codigo(ruta))) is not None
        and not IMPORTA.search("\n".join(celdas[:cual]))
    }
    assert {"01_conceptos_fundamentales", "06_seguridad", *CARGAN_ANTES} <= antes
