"""Los datos del curso: completos, iguales a los publicados y con su origen escrito."""

import hashlib
import pickle
import re
import sys
import types

import pytest
from arbol import RAIZ

from helpers import datos
from helpers.errores import DatosDanados

PUBLICADOS = sorted(
    ruta.name for ruta in (RAIZ / "data").iterdir() if ruta.name not in ("README.md", ".gitkeep")
)


def test_los_pinguinos_son_los_del_original():
    tabla = datos.pinguinos()
    assert tabla.shape == (344, 8)
    assert int(tabla.isna().sum().sum()) == 19
    assert sorted(tabla["especie"].unique()) == ["Adelia", "Barbijo", "Papúa"]
    assert tabla["masa_corporal_g"].max() == 6300


def test_la_misma_semilla_da_los_mismos_datos():
    assert datos.horas_de_estudio(7).equals(datos.horas_de_estudio(7))
    assert not datos.horas_de_estudio(7).equals(datos.horas_de_estudio(8))


def test_las_horas_de_estudio_son_las_de_las_lecciones():
    tabla = datos.horas_de_estudio()
    assert tabla.shape == (30, 2)
    assert tabla.head(3).to_numpy().tolist() == [[15.6, 89.8], [9.1, 66.6], [17.2, 82.4]]


def test_las_horas_de_estudio_estan_en_su_rango():
    tabla = datos.horas_de_estudio(alumnos=200_000)  # tantas que alguna nota pasaría de 100
    assert tabla["horas"].between(0.5, 20).all()
    assert tabla["nota"].between(0, 100).all()


@pytest.mark.parametrize("nombre", PUBLICADOS)
def test_cada_archivo_coincide_con_su_huella(nombre):
    contenido = datos.archivo_de_datos(nombre).read_bytes()
    assert hashlib.sha256(contenido).hexdigest() == datos.huella_publicada(nombre)


def test_la_tabla_no_nombra_archivos_que_no_estan():
    tabla = (RAIZ / "data" / "README.md").read_text(encoding="utf-8")
    assert sorted(re.findall(r"^\| `([^`]+)`", tabla, re.MULTILINE)) == PUBLICADOS


def test_el_archivo_antiguo_se_puede_rehacer_como_dice_el_readme():
    tabla = (RAIZ / "data" / "README.md").read_text(encoding="utf-8")
    clase = re.search(r"```python\n(.*?)```", tabla, re.DOTALL)[1]
    modulo = types.ModuleType("grade_tracker")
    exec(clase, vars(modulo))
    tracker = modulo.GradeTracker()
    for nombre, nota in (("Ana", 8), ("Ana", 9), ("Luis", 7)):
        tracker.anota(nombre, nota)
    with pytest.MonkeyPatch.context() as parche:
        parche.setitem(sys.modules, "grade_tracker", modulo)
        hecho = pickle.dumps(tracker, protocol=4)
    assert hecho == datos.archivo_de_datos("notas_2024.pkl").read_bytes()


@pytest.fixture
def carpeta(tmp_path, monkeypatch):
    """Una carpeta de datos propia, para estropearla."""
    monkeypatch.setattr(datos, "CARPETA", tmp_path)
    (tmp_path / "README.md").write_text(f"| `x.csv` | algo | `{'0' * 64}` |\n", encoding="utf-8")
    return tmp_path


def test_un_archivo_que_falta(carpeta):
    with pytest.raises(DatosDanados, match=r"(?s)No encuentro data/x\.csv.*git checkout"):
        datos.archivo_de_datos("x.csv")


def test_un_archivo_cambiado(carpeta):
    (carpeta / "x.csv").write_text("a;b", encoding="utf-8")
    with pytest.raises(DatosDanados, match=r"(?s)su huella no coincide.*hoja de cálculo"):
        datos.archivo_de_datos("x.csv")


def test_un_archivo_sin_huella(carpeta):
    (carpeta / "y.csv").touch()
    with pytest.raises(DatosDanados, match="no tiene la huella de y.csv"):
        datos.archivo_de_datos("y.csv")
