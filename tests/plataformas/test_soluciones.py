"""Cada lección con sus soluciones escritas, como la dejaría quien la termina.

Se ejecuta en una copia de solo lectura, en una carpeta con acentos y espacios, y sin red.
"""

import re
import stat

import nbformat
import pytest
from arbol import copia_el_curso
from nbclient import NotebookClient
from reglas.cuaderno import lecciones

from helpers.ejercicios import ejercicios_de

LECCIONES = [ruta.name for ruta in lecciones()]
SIN_RED = {nombre: "http://127.0.0.1:9" for nombre in ("http_proxy", "https_proxy", "all_proxy")}


@pytest.fixture(scope="module")
def curso(tmp_path_factory):
    """Una copia del curso que no se puede modificar."""
    raiz = copia_el_curso(tmp_path_factory.mktemp("otra") / "José Ñuñoa" / "mi curso")
    rutas = sorted(raiz.rglob("*"))
    for ruta in rutas:
        ruta.chmod(stat.S_IREAD | (stat.S_IEXEC if ruta.is_dir() else 0))
    yield raiz
    for ruta in rutas:
        ruta.chmod(stat.S_IRWXU)


def escribe_las_soluciones(cuaderno, leccion):
    """Sustituye lo que hay antes de `revisa` en cada celda de respuesta por la solución."""
    codigo_de_texto = ""
    partes = {}
    for ejercicio in ejercicios_de(leccion):
        partes[ejercicio.codigo] = re.split(r"(?m)^# %%.*\n", ejercicio.solucion.strip())
    for celda in cuaderno.cells:
        if encontrado := re.search(r"\*\*Ejercicio (\S+?)\.\*\*", celda.source):
            codigo_de_texto = encontrado[1]
        if "respuesta" in celda.metadata.get("tags", []):
            antes, llamada, despues = celda.source.partition("revisa(")
            celda.source = partes[codigo_de_texto].pop(0) + "\n" + llamada + despues
    assert not any(partes.values()), f"soluciones sin celda: {partes}"


@pytest.mark.parametrize("nombre", LECCIONES)
def test_con_las_soluciones_todo_es_correcto(nombre, curso, monkeypatch):
    for variable, valor in SIN_RED.items():
        monkeypatch.setenv(variable, valor)
        monkeypatch.setenv(variable.upper(), valor)
    leccion = nombre.partition("_")[0]
    cuaderno = nbformat.read(curso / "notebooks" / nombre, as_version=4)
    escribe_las_soluciones(cuaderno, leccion)
    antes = sorted(curso.rglob("*"))

    recursos = {"metadata": {"path": str(curso / "notebooks")}}
    NotebookClient(cuaderno, timeout=120, resources=recursos).execute()

    impreso = "".join(
        salida.get("text", "") for celda in cuaderno.cells for salida in celda.get("outputs", [])
    )
    for ejercicio in ejercicios_de(leccion):
        assert f"{ejercicio.codigo} · Correcto." in impreso, _revision(impreso, ejercicio.codigo)
    assert "no coincide con ninguna opción" not in impreso
    assert sorted(ruta for ruta in curso.rglob("*") if "__pycache__" not in ruta.parts) == [
        ruta for ruta in antes if "__pycache__" not in ruta.parts
    ]


def _revision(impreso, codigo):
    """Lo que dijo la revisión de un ejercicio, para que el fallo lo muestre."""
    return re.search(rf"{re.escape(codigo)} · .*(\n.*){{0,5}}", impreso)
