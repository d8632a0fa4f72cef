"""Lo que rodea a las pruebas (conftest.py y nbval), en un curso diminuto con averías."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import conftest
import nbformat
import pytest
from arbol import RAIZ, archivos_del_curso, copia_helpers

CELDAS = {
    "sale-igual": (
        "print(6 * 7, object(), \"x. Did you forget to import 'x'?\")\n"
        "print('OK     Python 3.13.1\\nOK     Espacio libre: 7 GB')\n"
        "print('OK     Estás en: Binder\\nOK     Librerías: dill 0.3.8, skops 0.15')",
        "42 <object object at 0x7f00> x\nOK     Python 3.11.7\nOK     Espacio libre: 83 GB\n"
        "OK     Estás en: tu equipo\nOK     Librerías: dill 0.4.1, skops 0.15\n",
    ),
    "sale-distinto": ("print(6 * 7)", "41\n"),
    "temporal-propio": (
        "import os, tempfile\nprint('curso-' in tempfile.gettempdir())\n"
        "print(os.environ['OMP_NUM_THREADS'], os.environ.get('PYTHONPATH'))",
        "True\n1 None\n",
    ),
}
ENSUCIA = """\
from pathlib import Path

RAIZ = Path(__file__).parent.parent

def test_ensucia():
    (RAIZ / "notebooks" / "resto.pkl").write_bytes(b"")
    (RAIZ / "ya_cambiado.txt").write_text("dos")
"""


@pytest.fixture(scope="module")
def salida(tmp_path_factory, exige):
    """Lo que imprime pytest en un curso con una salida cambiada y una prueba que deja restos."""
    exige("" if shutil.which("git") else "no hay git", "que el árbol quede limpio", "instala git")
    raiz = copia_helpers(tmp_path_factory.mktemp("José Ñuñoa") / "mi curso")
    (raiz / "tests").mkdir()
    (raiz / "notebooks").mkdir()
    for nombre in ("arbol.py", "conftest.py", "nbval_saneado.cfg"):
        shutil.copy(RAIZ / "tests" / nombre, raiz / "tests")
    (raiz / "tests" / "test_sucio.py").write_text(ENSUCIA, encoding="utf-8")
    (raiz / "ya_cambiado.txt").write_text("uno", encoding="utf-8")
    (raiz / "pytest.ini").write_text("[pytest]\npythonpath = .\n", encoding="utf-8")
    (raiz / ".gitignore").write_text("__pycache__/\n.pytest_cache/\n", encoding="utf-8")
    celdas = [
        nbformat.v4.new_code_cell(
            codigo,
            id=id_,
            execution_count=n,
            outputs=[nbformat.v4.new_output("stream", name="stdout", text=impreso)],
        )
        for n, (id_, (codigo, impreso)) in enumerate(CELDAS.items(), start=1)
    ]
    titulo = nbformat.v4.new_markdown_cell("# 00", id="titulo")
    nbformat.write(
        nbformat.v4.new_notebook(cells=[titulo, *celdas]), raiz / "notebooks" / "00_a.ipynb"
    )
    subprocess.run(["git", "init", "-q"], cwd=raiz, check=True)
    orden = [sys.executable, "-m", "pytest", "--nbval", "--nbval-current-env", "--color=no"]
    return subprocess.run(
        [*orden, "-p", "no:cacheprovider", "tests", "notebooks"],
        cwd=raiz,
        env=os.environ | {"PYTHONPATH": "/no/existe", "PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
    )


def test_una_salida_cambiada_falla_y_dice_donde(salida):
    assert salida.returncode == 1
    assert "FAILED notebooks/00_a.ipynb::Cell 1" in salida.stdout, salida.stdout
    assert "notebooks/00_a.ipynb, celda 3 (sale-distinto)" in salida.stdout, salida.stdout


def test_lo_que_cambia_con_el_equipo_no_falla(salida):
    assert "3 passed" in salida.stdout, salida.stdout


@pytest.mark.parametrize(("ci", "acaba"), [("true", "Failed"), ("", "Skipped")])
def test_lo_que_falta_se_dice_y_al_publicar_es_un_fallo(exige, monkeypatch, ci, acaba):
    monkeypatch.setenv("CI", ci)
    exige("", "nada", "nada")
    with pytest.raises(BaseException, match="NO SE PROBÓ LA PRUEBA: falta. Remedio: apt") as salto:
        exige("falta", "la prueba", "apt")
    assert salto.typename == acaba


def test_el_arbol_sucio_hace_fallar_la_sesion(salida):
    assert "Cambiaron: notebooks/resto.pkl, ya_cambiado.txt." in salida.stdout, salida.stdout


def test_las_que_van_delante_existen():
    """El nombre de un archivo que ya no está no adelantaría nada."""
    assert [nombre for nombre in conftest.LARGAS if not (RAIZ / "tests" / nombre).exists()] == []


def test_sin_git_lo_propio_de_un_equipo_no_es_del_curso(tmp_path):
    for ruta in ("README.md", ".venv/x.py", "notebooks/.ipynb_checkpoints/a.ipynb"):
        (tmp_path / ruta).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / ruta).touch()
    assert archivos_del_curso(tmp_path) == [Path("README.md")]
