"""Qué le pide el curso a pip en Colab, y qué dice cuando no puede."""

import subprocess
from types import SimpleNamespace

import pytest
from colab.versiones import finge_versiones

from helpers import colab
from helpers.errores import ErrorDelCurso


@pytest.fixture
def pip(monkeypatch):
    """Apunta las órdenes que recibiría pip, que siempre termina bien."""
    ordenes = []

    def anota(orden, **opciones):
        ordenes.append(orden)
        return subprocess.CompletedProcess(orden, 0, "", "")

    monkeypatch.setattr(colab.subprocess, "run", anota)
    # Lo que ya haya cargado pytest no cuenta.
    monkeypatch.setattr(colab, "sys", SimpleNamespace(executable="python", modules={}))
    return ordenes


def test_requirements_fija_todas_las_librerias_que_escriben_modelos():
    assert set(colab.DEL_CURSO) <= set(colab.versiones_pedidas())


def test_los_requisitos_se_leen_con_condiciones_y_huellas(monkeypatch, tmp_path):
    requisitos = tmp_path / "requirements.txt"
    requisitos.write_text(
        "# comentario\n"
        "dill==0.3 ; python_version < '3.12'  # vía algo\n"
        "dill==0.4 ; python_version >= '3.12'\n"
        "joblib==1.6.0 \\\n    --hash=sha256:00\n",
        encoding="utf-8",
    )
    monkeypatch.setattr(colab, "REQUISITOS", requisitos)
    assert colab.versiones_pedidas() == {
        "dill": {
            "0.3": "==0.3 ; python_version < '3.12'",
            "0.4": "==0.4 ; python_version >= '3.12'",
        },
        "joblib": {"1.6.0": "==1.6.0"},
    }


def test_si_nada_difiere_no_se_llama_a_pip(pip):
    colab.completa()
    assert pip == []


def test_instala_solo_lo_que_difiere_y_prohibe_mover_numpy_y_scipy(monkeypatch, pip, capsys):
    finge_versiones(monkeypatch, scikit_learn="1.6.1", skops=None, numpy="2.1.3", scipy="1.16.3")
    colab.completa()
    pedidas = colab.versiones_pedidas()
    pedido = pip[0][pip[0].index("--quiet") + 1 :]
    assert pedido == [
        "numpy==2.1.3",
        "scipy==1.16.3",
        *(n + resto for n in ("scikit-learn", "skops") for resto in pedidas[n].values()),
    ]
    assert capsys.readouterr().out.startswith("Instalado: scikit-learn")


def test_una_libreria_ya_cargada_en_otra_version_pide_reiniciar(pip):
    colab.sys.modules["sklearn"] = SimpleNamespace(__version__="1.6.1")
    with pytest.raises(ErrorDelCurso, match="Reinicia el entorno: scikit-learn 1.6.1"):
        colab.completa()


@pytest.mark.parametrize("queja", ["ERROR: No matching distribution found", ""])
def test_si_pip_falla_se_dice_en_una_frase(monkeypatch, queja):
    finge_versiones(monkeypatch, skops=None)
    resultado = subprocess.CompletedProcess([], 1, "", queja)
    monkeypatch.setattr(colab.subprocess, "run", lambda *a, **k: resultado)
    with pytest.raises(ErrorDelCurso, match="No se pudieron instalar las librerías del curso"):
        colab.completa()
