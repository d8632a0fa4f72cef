"""Qué le pide el curso a pip en Colab, y qué dice cuando no puede."""

import subprocess
from types import SimpleNamespace

import pytest
from colab.versiones import finge_versiones

from helpers import colab
from helpers.errores import ErrorDelCurso


@pytest.fixture
def pip(monkeypatch):
    """Apunta qué se le pide a pip, que siempre termina bien, y si después se mira el disco."""
    pedidos = []

    def anota(orden, **opciones):
        pedidos.append(orden[orden.index("--quiet") + 1 :])
        return subprocess.CompletedProcess(orden, 0, "", "")

    monkeypatch.setattr(colab.subprocess, "run", anota)
    monkeypatch.setattr(colab.importlib, "invalidate_caches", lambda: pedidos.append("mira"))
    # Lo que ya haya cargado pytest no cuenta.
    monkeypatch.setattr(colab, "sys", SimpleNamespace(executable="python", modules={}))
    return pedidos


@pytest.mark.parametrize("nombre", colab.DEL_CURSO)
def test_requirements_fija_una_sola_version_de_lo_que_escribe_modelos(nombre):
    assert colab.REQUISITOS.read_text(encoding="utf-8").count(f"\n{nombre}==") == 1


def test_los_requisitos_se_leen_con_condiciones_y_huellas(monkeypatch, tmp_path):
    requisitos = tmp_path / "requirements.txt"
    requisitos.write_text(
        "# comentario\n"
        "dill==0.4; python_version >= '3.12'  # vía algo\n"
        "joblib==1.6.0 \\\n    --hash=sha256:00\n",
        encoding="utf-8",
    )
    monkeypatch.setattr(colab, "REQUISITOS", requisitos)
    assert colab.versiones_pedidas() == {"dill": "0.4", "joblib": "1.6.0"}


def test_si_nada_difiere_no_se_llama_a_pip(pip):
    colab.completa()
    assert pip == []


@pytest.mark.parametrize("nombre", colab.DEL_CURSO)
@pytest.mark.parametrize("hay", [None, "0.1"])
def test_instala_solo_lo_que_difiere_y_no_mueve_numpy(monkeypatch, pip, capsys, nombre, hay):
    finge_versiones(monkeypatch, numpy="2.1.3", scipy="1.16.3", **{nombre: hay})
    colab.completa()
    pedido = f"{nombre}=={colab.versiones_pedidas()[nombre]}"
    assert pip == [["numpy==2.1.3", "scipy==1.16.3", pedido], "mira"]
    assert capsys.readouterr().out.startswith(f"Instalado: {nombre} ")


@pytest.mark.parametrize("nombre", colab.DEL_CURSO)
def test_una_libreria_ya_cargada_en_otra_version_se_instala_y_pide_reiniciar(
    monkeypatch, pip, nombre
):
    finge_versiones(monkeypatch, **{nombre: "0.1"})
    colab.sys.modules[colab.DEL_CURSO[nombre]] = SimpleNamespace(__version__="0.1")
    with pytest.raises(ErrorDelCurso, match=f"Reinicia el entorno: {nombre} 0.1"):
        colab.completa()
    assert "mira" in pip


@pytest.mark.parametrize("queja", ["ERROR: No matching distribution found", ""])
def test_si_pip_falla_se_dice_en_una_frase(monkeypatch, queja):
    finge_versiones(monkeypatch, skops=None)
    resultado = subprocess.CompletedProcess([], 1, "", queja)
    monkeypatch.setattr(colab.subprocess, "run", lambda *a, **k: resultado)
    with pytest.raises(ErrorDelCurso, match="No se pudieron instalar las librerías del curso"):
        colab.completa()
