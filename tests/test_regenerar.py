"""`python -m helpers regenerar`: cuadernos ejecutados y escritos siempre igual."""

import json
import subprocess
import sys

import nbformat
import pytest
from arbol import copia_helpers

from helpers.ordenes.regenerar import normaliza


@pytest.fixture
def curso(tmp_path):
    """Una copia sin .venv: la orden usa entonces este mismo Python."""
    carpeta = copia_helpers(tmp_path / "José Ñuñoa" / "mi curso")
    (carpeta / "notebooks").mkdir()
    return carpeta


def celda(texto, **metadatos):
    """Una celda como la que escribe un programa antiguo: sin identificador."""
    nueva = nbformat.v4.new_code_cell(texto, metadata=metadatos)
    nueva.pop("id")
    return nueva


def nuevo_cuaderno(*celdas, **metadatos):
    # Sin `new_notebook`, que pondría identificadores al azar.
    return nbformat.from_dict(
        {"cells": list(celdas), "metadata": metadatos, "nbformat": 4, "nbformat_minor": 4}
    )


def escribe(curso, *celdas):
    cuaderno = nuevo_cuaderno(*celdas, widgets={}, otro=1)
    ruta = curso / "notebooks" / "99_ejemplo.ipynb"
    ruta.write_text(json.dumps(cuaderno), encoding="utf-8")
    return ruta


def regenera(curso, *argumentos):
    proceso = subprocess.run(
        [sys.executable, "-X", "utf8", "-m", "helpers", "regenerar", *map(str, argumentos)],
        cwd=curso,
        capture_output=True,
        encoding="utf-8",
    )
    assert "Traceback" not in proceso.stderr, proceso.stderr
    return proceso


def test_ejecuta_limpia_y_da_dos_veces_los_mismos_bytes(curso):
    ruta = escribe(
        curso,
        nbformat.v4.new_markdown_cell("# Título: ñ"),
        celda(
            "import sys\nfor n in range(3):\n    print(n)\n    sys.stdout.flush()", scrolled=True
        ),
        celda("from pathlib import Path\nPath.cwd().name", tags=["tras-prediccion"]),
        celda("1 / 0", tags=["raises-exception"], execution={"a": "b"}),
    )
    assert "99_ejemplo.ipynb · cambió" in regenera(curso).stdout
    primera = ruta.read_bytes()
    assert "igual que antes" in regenera(curso, ruta).stdout
    assert ruta.read_bytes() == primera
    assert primera.endswith(b"}\n") and b"\r" not in primera and "ñ".encode() in primera

    cuaderno = json.loads(primera)
    assert cuaderno["metadata"] == {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    _, bucle, ruta_actual, error = cuaderno["cells"]
    assert [c["execution_count"] for c in (bucle, ruta_actual, error)] == [1, 2, 3]
    assert [salida["text"] for salida in bucle["outputs"]] == [["0\n", "1\n", "2\n"]]
    assert ruta_actual["outputs"][0]["data"]["text/plain"] == ["'notebooks'"]
    assert ruta_actual["metadata"] == {
        "jupyter": {"outputs_hidden": True},
        "tags": ["tras-prediccion"],
    }
    assert bucle["metadata"] == {} and error["metadata"] == {"tags": ["raises-exception"]}
    assert error["outputs"][0]["ename"] == "ZeroDivisionError"


def test_una_celda_que_falla_se_nombra_y_el_cuaderno_no_cambia(curso):
    ruta = escribe(curso, celda("x = 1"), celda("y = 0\nx / y"), celda("print(1)"))
    antes = ruta.read_bytes()
    proceso = regenera(curso, ruta)
    assert proceso.returncode == 1
    assert "celda de código 2 («y = 0»): ZeroDivisionError" in proceso.stderr
    assert ruta.read_bytes() == antes


def test_no_se_nota_lo_de_quien_regenera(curso, monkeypatch, tmp_path):
    propia = tmp_path / "propia"
    propia.mkdir()
    for variable in ("TMPDIR", "TEMP", "TMP", "IPYTHONDIR", "PYTHONSTARTUP"):
        monkeypatch.setenv(variable, str(propia))
    mira = "import tempfile\nfrom os import environ, path\n"
    mira += "path.dirname(environ['IPYTHONDIR']) == tempfile.gettempdir(), "
    mira += "environ['OMP_NUM_THREADS'], 'PYTHONSTARTUP' in environ"
    ruta = escribe(curso, celda(mira))
    avisos = regenera(curso, ruta).stderr
    (salida,) = json.loads(ruta.read_text(encoding="utf-8"))["cells"][0]["outputs"]
    assert salida["data"]["text/plain"] == ["(True, '1', False)"]
    assert list(propia.iterdir()) == [], "lo temporal se borra"
    assert ("Aviso:" in avisos) == (sys.version_info[:2] != (3, 11))


def test_un_cuaderno_que_no_existe(curso):
    proceso = regenera(curso, "notebooks/nada.ipynb")
    assert proceso.returncode == 1
    assert proceso.stderr.startswith("No encuentro el cuaderno nada.ipynb.")


@pytest.mark.parametrize("texto", ["", "{", "[]", '{"nbformat": 4}'])
def test_un_archivo_que_no_es_un_cuaderno(curso, texto):
    ruta = curso / "notebooks" / "roto.ipynb"
    ruta.write_text(texto, encoding="utf-8")
    proceso = regenera(curso, ruta)
    assert proceso.returncode == 1
    assert "roto.ipynb no es un cuaderno" in proceso.stderr


def test_los_identificadores_se_conservan_y_los_que_faltan_son_siempre_los_mismos():
    def prepara():
        celdas = [celda("a"), celda("a"), celda("b"), celda("c")]
        celdas[2]["id"] = celdas[3]["id"] = "propio"
        cuaderno = nuevo_cuaderno(*celdas)
        normaliza(cuaderno)
        return [c["id"] for c in cuaderno.cells]

    identificadores = prepara()
    assert identificadores == prepara()
    assert len(set(identificadores)) == 4
    assert identificadores[2] == "propio"


def test_solo_se_unen_los_textos_seguidos_del_mismo_flujo():
    salida = nbformat.v4.new_output
    ejemplo = celda("")
    ejemplo.outputs = [
        salida("stream", name="stdout", text="a"),
        salida("stream", name="stdout", text="b"),
        salida("stream", name="stderr", text="c"),
        salida("stream", name="stdout", text="d"),
    ]
    cuaderno = nuevo_cuaderno(ejemplo)
    normaliza(cuaderno)
    assert [(s.name, s.text) for s in cuaderno.cells[0].outputs] == [
        ("stdout", "ab"),
        ("stderr", "c"),
        ("stdout", "d"),
    ]


def test_una_salida_deja_de_estar_oculta_sin_su_etiqueta():
    visible = celda("", jupyter={"outputs_hidden": True, "source_hidden": True})
    cuaderno = nuevo_cuaderno(visible)
    normaliza(cuaderno)
    assert cuaderno.cells[0].metadata == {"jupyter": {"source_hidden": True}}
