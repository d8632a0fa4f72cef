"""Lo que la lección 05 dice de pasada se demuestra aquí."""

from importlib.metadata import metadata

from arbol import RAIZ
from reglas.cuaderno import lee


def test_05_se_cita_como_dice_el_readme():
    cuaderno = lee(RAIZ / "notebooks" / "05_referencias_y_recursos.ipynb")
    (celda,) = (celda for celda in cuaderno.celdas if celda.id == "s5-cita")
    (cita,) = (linea for linea in celda.fuente.splitlines() if linea.startswith("> "))
    assert cita in (RAIZ / "README.md").read_text(encoding="utf-8").splitlines()


def test_05_la_descripcion_de_dill_explica_sus_opciones():
    dill = metadata("dill")
    assert dill["Version"] == "0.4.1"
    assert "*recurse=True*" in dill.get_payload()
    assert "*byref=True*" in dill.get_payload()


def test_05_la_descripcion_de_cloudpickle_pide_el_mismo_python():
    cloudpickle = metadata("cloudpickle")
    assert cloudpickle["Version"] == "3.1.2"
    texto = " ".join(cloudpickle.get_payload().split())
    assert "exact same version of Python" in texto
    assert "functions and classes defined interactively" in texto
