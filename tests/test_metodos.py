"""Cada método con cada clase de modelo: va y vuelve, o se niega como está escrito."""

import json
import pickle

import pytest
from arbol import RAIZ, copia_el_curso
from sklearn.datasets import load_diabetes
from sklearn.linear_model import LinearRegression

from helpers.errores import ErrorDelCurso
from helpers.metodos import METODOS, elige_metodos
from helpers.proceso import ejecuta_en_proceso_nuevo
from helpers.rechazos import MODELOS, RECHAZOS

# Un programa que hace de cuaderno: la lambda y la clase viven en su `__main__`.
CUADERNO = f"""
import sys
sys.path.insert(0, {{raiz!r}})
import json, pathlib, warnings
import numpy as np
from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.datasets import load_diabetes
from sklearn.ensemble import GradientBoostingRegressor, RandomForestRegressor
from sklearn.linear_model import LinearRegression
from sklearn.neighbors import KNeighborsRegressor
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import FunctionTransformer, StandardScaler
from helpers import prueba_de_persistencia

class Recorta(TransformerMixin, BaseEstimator):
    def __init__(self, tope=0.05):
        self.tope = tope

    def fit(self, X, y=None):
        self.n_features_in_ = X.shape[1]
        return self

    def transform(self, X):
        return np.clip(X, -self.tope, self.tope)

X, y = load_diabetes(return_X_y=True)
MODELOS = dict(zip({MODELOS!r}, (
    LinearRegression(),
    make_pipeline(StandardScaler(), LinearRegression()),
    RandomForestRegressor(5, random_state=0),
    KNeighborsRegressor(),
    GradientBoostingRegressor(n_estimators=5, random_state=0),
    FunctionTransformer(lambda tabla: tabla * 2),
    Recorta(),
), strict=True))
"""
LOS_PRUEBA = """
warnings.simplefilter("error")
for modelo in MODELOS.values():
    modelo.fit(X, y)
tabla = prueba_de_persistencia(MODELOS, X, y)["motivo"].unstack("método")
motivos = tabla.to_dict(orient="index")
pathlib.Path("motivos.json").write_text(json.dumps([motivos, sorted(sys.modules)]))
"""
UNO_MAS = """
    Metodo(
        "cloudpickle",
        "cloudpickle",
        (".cloudpickle",),
        lambda modelo, ruta: Path(ruta).write_bytes(__import__("cloudpickle").dumps(modelo)),
        _carga_pickle,
        CREER_AL_AUTOR,
    ),
)
METODOS = {"""


@pytest.fixture(scope="module")
def cuaderno(tmp_path_factory):
    """El motivo de cada pareja, y los módulos que el cuaderno acabó teniendo."""
    carpeta = tmp_path_factory.mktemp("cuaderno")
    codigo = (CUADERNO + LOS_PRUEBA).format(raiz=str(RAIZ))
    salida = ejecuta_en_proceso_nuevo(codigo, carpeta, limite=300)
    assert (salida.texto, salida.error) == ("", "")
    return json.loads((carpeta / "motivos.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("metodo", METODOS)
@pytest.mark.parametrize("modelo", MODELOS)
def test_va_y_vuelve_o_se_niega_como_esta_escrito(modelo, metodo, cuaderno):
    motivos, _ = cuaderno
    assert motivos[modelo][metodo] == RECHAZOS.get((modelo, metodo), "")


def test_no_sobran_rechazos():
    assert {modelo for modelo, _ in RECHAZOS} <= set(MODELOS)
    assert {metodo for _, metodo in RECHAZOS} <= set(METODOS)


def test_dill_no_llega_al_cuaderno(cuaderno):
    _, modulos = cuaderno
    assert "skops.io" in modulos
    assert "dill" not in modulos


def test_anadir_un_metodo_es_anadir_una_declaracion(tmp_path):
    curso = copia_el_curso(tmp_path / "curso")
    ruta = curso / "helpers" / "metodos.py"
    codigo = ruta.read_text(encoding="utf-8")
    assert codigo.count("\n)\nMETODOS = {") == 1
    ruta.write_text(codigo.replace("\n)\nMETODOS = {", UNO_MAS), encoding="utf-8")
    salida = ejecuta_en_proceso_nuevo(
        CUADERNO.format(raiz=str(curso))
        + 'fila = prueba_de_persistencia(Recorta().fit(X), X, metodos="cloudpickle").iloc[0]\n'
        "print(fila.name, fila.exactas, repr(fila.motivo))",
        tmp_path,
    )
    assert (salida.texto, salida.error) == ("cloudpickle sí ''\n", "")


@pytest.mark.parametrize("nombre", [n for n in METODOS if not METODOS[n].aparte])
def test_guardar_otra_vez_sustituye_el_archivo(nombre, tmp_path):
    metodo = METODOS[nombre]
    ruta = tmp_path / f"modelo{metodo.extensiones[0]}"
    ruta.write_bytes(b"x" * 100_000)
    metodo.guarda(LinearRegression().fit(*load_diabetes(return_X_y=True)), ruta)
    assert ruta.stat().st_size < 10_000
    assert metodo.carga(ruta, ()).n_features_in_ == 10


def test_pickle_usa_el_protocolo_5(tmp_path):
    METODOS["pickle"].guarda([1], tmp_path / "m.pkl")
    assert (tmp_path / "m.pkl").read_bytes() == pickle.dumps([1], protocol=5)


def test_nombrar_los_metodos_no_carga_ninguna_libreria(tmp_path):
    codigo = (
        f"import sys; sys.path.insert(0, {str(RAIZ)!r})\n"
        "from helpers.metodos import elige_metodos; elige_metodos(), elige_metodos('dill')\n"
        "print({'joblib', 'dill', 'skops', 'sklearn', 'numpy'} & set(sys.modules))"
    )
    assert ejecuta_en_proceso_nuevo(codigo, tmp_path).texto == "set()\n"


def test_se_eligen_por_su_nombre_y_en_el_orden_pedido():
    assert [metodo.nombre for metodo in elige_metodos()] == list(METODOS)
    assert [metodo.nombre for metodo in elige_metodos("dill")] == ["dill"]
    assert [metodo.nombre for metodo in elige_metodos(("skops", "pickle"))] == ["skops", "pickle"]


@pytest.mark.parametrize(
    ("nombres", "frase"),
    [
        ("zip", "No conozco el método «zip»"),
        (["pickle", "Joblib"], "No conozco el método «Joblib»"),
        ([], "Falta el método"),
    ],
)
def test_un_metodo_desconocido_se_explica(nombres, frase):
    with pytest.raises(ErrorDelCurso, match=frase) as error:
        elige_metodos(nombres)
    assert "joblib comprimido" in str(error.value)
