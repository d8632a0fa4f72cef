"""La lección 07 entera, con sus soluciones, si un scikit-learn hiciera otra cosa con el bosque."""

import hashlib
import json
import re

import nbformat
import pytest
from arbol import copia_el_curso
from nbclient import NotebookClient
from test_modelos_antiguos import SALIDAS

from helpers.ejercicios import ejercicios_de
from plataformas.test_soluciones import escribe_las_soluciones

NOMBRE = "bosque_132.pkl"


def _cambia_el_bosque(carpeta, contenido):
    """Otro bosque en `data/`, con su ficha y la tabla de huellas al día."""
    huella = hashlib.sha256(contenido).hexdigest()
    (carpeta / NOMBRE).write_bytes(contenido)
    ficha = json.loads((carpeta / f"{NOMBRE}.json").read_text(encoding="utf-8"))
    escrita = json.dumps(ficha | {"sha256": huella, "bytes": len(contenido)}).encode()
    (carpeta / f"{NOMBRE}.json").write_bytes(escrita)
    tabla = (carpeta / "README.md").read_text(encoding="utf-8")
    for nombre, suya in ((NOMBRE, huella), (f"{NOMBRE}.json", hashlib.sha256(escrita).hexdigest())):
        fila = rf"^(\| `{re.escape(nombre)}` \|.*)`[0-9a-f]{{64}}`"
        tabla, cuantas = re.subn(fila, rf"\1`{suya}`", tabla, flags=re.MULTILINE)
        assert cuantas == 1
    (carpeta / "README.md").write_text(tabla, encoding="utf-8")


@pytest.mark.parametrize("otro", SALIDAS, ids=lambda otro: otro.__name__)
def test_la_leccion_se_puede_terminar(otro, tmp_path):
    curso = copia_el_curso(tmp_path / "curso")
    _cambia_el_bosque(curso / "data", otro())
    cuaderno = nbformat.read(curso / "notebooks" / "07_versiones.ipynb", as_version=4)
    escribe_las_soluciones(cuaderno, "07")
    recursos = {"metadata": {"path": str(curso / "notebooks")}}
    NotebookClient(cuaderno, timeout=120, resources=recursos).execute()

    salidas = {
        celda.id: "".join(salida.get("text", "") for salida in celda.get("outputs", []))
        for celda in cuaderno.cells
    }
    assert SALIDAS[otro] in salidas["s2-hoy"]
    assert "Así es con tu scikit-learn" in salidas["s2-hoy"]
    assert "primera flor: [48.0, 0.0, 0.0]" in salidas["s2-hoy"]
    impreso = "".join(salidas.values())
    for ejercicio in ejercicios_de("07"):
        assert f"{ejercicio.codigo} · Correcto." in impreso
