"""Lo que se califica se carga solo si nombra lo que un modelo necesita; y lo que necesita, vale."""

import contextlib
import pickle
import warnings

import pytest
from sklearn.datasets import load_diabetes, load_iris
from sklearn.ensemble import RandomForestClassifier
from sklearn.linear_model import LinearRegression
from sklearn.neighbors import KNeighborsClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.utils import all_estimators

from helpers.docencia.confianza import exige_confianza
from helpers.docencia.criterios import NoContesta
from helpers.inspeccion import globales
from helpers.metodos import METODOS

MODELOS = (
    LinearRegression(),
    make_pipeline(StandardScaler(), KNeighborsClassifier()),
    RandomForestClassifier(2, random_state=0),
)


@pytest.fixture(scope="module", params=MODELOS, ids=lambda modelo: type(modelo).__name__)
def modelo(request):
    return request.param.fit(*load_iris(return_X_y=True))


@pytest.mark.parametrize("protocolo", range(pickle.HIGHEST_PROTOCOL + 1))
def test_un_modelo_vale_con_cualquier_protocolo(modelo, protocolo, tmp_path):
    """El que se usa si no se dice ninguno cambia con la versión de Python."""
    archivo = tmp_path / "modelo.pkl"
    archivo.write_bytes(pickle.dumps(modelo, protocol=protocolo))
    hallado = globales(archivo)
    assert hallado.nombres
    exige_confianza("modelo.pkl", hallado.nombres, hallado.motivo)


@pytest.mark.parametrize("tipo", ["classifier", "regressor"])
def test_vale_cualquier_modelo_de_scikit_learn_que_alguien_elija(tipo, tmp_path):
    """En el proyecto final cada cual elige el suyo. Los que no sirven aquí no cuentan."""
    datos = (load_iris if tipo == "classifier" else load_diabetes)(return_X_y=True)
    vistos, ajenos = 0, {}
    for nombre, clase in all_estimators(tipo):
        with warnings.catch_warnings(action="ignore"), contextlib.suppress(TypeError, ValueError):
            modelo = clase().fit(*datos)
            vistos += 1
            for metodo in (METODOS[nombre] for nombre in ("pickle", "joblib", "skops")):
                archivo = tmp_path / f"modelo{metodo.extensiones[0]}"
                metodo.guarda(modelo, archivo)
                try:
                    hallado = globales(archivo)
                    exige_confianza(archivo.name, hallado.nombres, hallado.motivo)
                except NoContesta as error:
                    ajenos[nombre, metodo.nombre] = str(error)
    assert ajenos == {}
    assert vistos > 25


@pytest.mark.parametrize(
    "nombre",
    ["os.system", "numpy.load", "numpy._core.numeric.frombuffer", "sklearn.datasets.load_files"],
)
def test_otro_nombre_no(nombre):
    with pytest.raises(NoContesta, match=nombre):
        exige_confianza("modelo.pkl", [nombre], "")
