"""El código se lee igual en todas partes: lo dice ruff, con las reglas de pyproject.toml."""

import subprocess
import sys

import pytest
from arbol import RAIZ


@pytest.mark.parametrize("orden", [["check"], ["format", "--check"]], ids=lambda orden: orden[0])
def test_ruff_no_encuentra_nada(orden):
    proceso = subprocess.run(
        [sys.executable, "-m", "ruff", *orden, "--no-cache", "."],
        cwd=RAIZ,
        capture_output=True,
        encoding="utf-8",
    )
    assert proceso.returncode == 0, proceso.stdout + proceso.stderr


@pytest.mark.parametrize("ruta", sorted((RAIZ / "helpers").rglob("*.py")), ids=lambda r: r.name)
def test_ningun_archivo_de_helpers_son_dos(ruta):
    # Una lección son sobre todo textos: pistas, soluciones y mensajes.
    limite = 700 if ruta.name.startswith(("leccion_", "revision_")) else 250
    assert len(ruta.read_text(encoding="utf-8").splitlines()) <= limite
