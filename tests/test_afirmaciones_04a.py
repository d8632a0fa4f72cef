"""Lo que 04a dice y no se ve en la salida de una celda."""

import ast
import hashlib
import inspect
import pickle

import joblib
import pytest
from arbol import RAIZ
from reglas.cuaderno import lee
from sklearn.linear_model import LinearRegression
from sklearn.preprocessing import FunctionTransformer

from helpers import horas_de_estudio, persistencia
from helpers.metodos import METODOS

LECCION = lee(RAIZ / "notebooks" / "04a_save_model_y_load_model.ipynb")


def _sin_docstring(funcion):
    """El árbol de una función, sin su explicación ni la forma de partir sus líneas."""
    cuerpo = funcion.body[ast.get_docstring(funcion) is not None :]
    return ast.dump(ast.Module([*map(ast.copy_location, cuerpo, cuerpo)], []))


def _funciones(codigo):
    funciones = [nodo for nodo in ast.parse(codigo).body if isinstance(nodo, ast.FunctionDef)]
    return {f.name: (ast.dump(f.args), _sin_docstring(f)) for f in funciones}


def _version_4():
    """Lo que las celdas de la lección escriben en version_4.py, en orden."""
    celdas = [c.fuente for c in LECCION.de_codigo if "version_4.py" in c.fuente.split("\n")[0]]
    return "\n".join(celda.partition("\n")[2] for celda in celdas)


def test_04a_la_cuarta_version_es_la_de_helpers():
    de_la_leccion, de_helpers = _version_4(), inspect.getsource(persistencia)
    assert _funciones(de_la_leccion) == _funciones(de_helpers)
    assert set(_funciones(de_helpers)) == {"save_model", "_sustituye", "load_model"}
    importa = [
        [ast.dump(nodo) for nodo in ast.parse(codigo).body if isinstance(nodo, ast.ImportFrom)]
        for codigo in (de_la_leccion, de_helpers)
    ]
    assert importa[0] == importa[1]
    for numero in (1, 2, 3):
        assert any(f"def save_model_{numero}(" in celda.fuente for celda in LECCION.de_codigo)


def test_04a_si_cambia_una_linea_se_nota():
    de_helpers = inspect.getsource(persistencia)
    cambiada = de_helpers.replace("al_disco(donde.modelo_nuevo)", "al_disco(donde.modelo)")
    assert cambiada != de_helpers
    assert _funciones(cambiada) != _funciones(de_helpers)


@pytest.mark.parametrize("nombre", ["pickle", "joblib", "joblib comprimido"])
def test_04a_abrir_para_escribir_pierde_el_modelo_anterior(nombre, tmp_path):
    metodo, ruta = METODOS[nombre], tmp_path / "modelo"
    metodo.guarda(LinearRegression().fit([[1], [2]], [1, 2]), ruta)
    with pytest.raises((pickle.PicklingError, AttributeError)):
        metodo.guarda(FunctionTransformer(lambda tabla: tabla), ruta)
    with pytest.raises(EOFError):
        metodo.carga(ruta, ())


def test_04a_el_118_es_la_v(tmp_path):
    ruta = tmp_path / "puntero.joblib"
    ruta.write_bytes(b"version https://git-lfs.github.com/spec/v1")
    with pytest.raises(KeyError) as capturado:
        joblib.load(ruta)
    assert chr(capturado.value.args[0]) == "v"


def test_04a_la_huella_tiene_64_cifras_y_cambia_con_un_byte():
    contenido = bytearray(range(256)) * 8
    huella = hashlib.sha256(contenido).hexdigest()
    assert len(huella) == 64
    for lugar in range(len(contenido)):
        contenido[lugar] ^= 1
        assert hashlib.sha256(contenido).hexdigest() != huella
        contenido[lugar] ^= 1


def test_04a_las_horas_y_las_notas():
    estudio = horas_de_estudio(semilla=42)
    assert (estudio["horas"].min(), estudio["horas"].max()) == (1.4, 19.5)
    assert estudio["nota"].between(0, 100).all()
    # Con muchas más filas, los dos límites se alcanzan y ninguno se pasa.
    muchas = horas_de_estudio(semilla=42, alumnos=200_000)["nota"]
    assert muchas.max() == 100
    assert muchas.min() >= 0
