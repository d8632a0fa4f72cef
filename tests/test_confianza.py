"""Lo que se califica se carga solo si nombra lo que un modelo necesita; y lo que necesita, vale."""

import contextlib
import pickle
import warnings

import pytest
from sklearn.cluster import KMeans
from sklearn.datasets import load_diabetes, load_iris
from sklearn.ensemble import RandomForestClassifier
from sklearn.feature_selection import SelectKBest, chi2, f_regression
from sklearn.linear_model import LinearRegression
from sklearn.neighbors import KNeighborsClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.utils import all_estimators
from skops.io.exceptions import UnsupportedTypeException

from helpers.docencia.confianza import exige_confianza
from helpers.docencia.criterios import NoContesta
from helpers.inspeccion import globales
from helpers.metodos import METODOS

MODELOS = (
    LinearRegression(),
    make_pipeline(StandardScaler(), KNeighborsClassifier()),
    RandomForestClassifier(2, random_state=0),
    make_pipeline(SelectKBest(chi2, k=2), KMeans(3, algorithm="elkan")),
    SelectKBest(f_regression, k=2),
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


def entrenados(tipo):
    """Los de ese tipo que sirven para unos datos corrientes, por su nombre."""
    datos = (load_diabetes if tipo == "regressor" else load_iris)(return_X_y=True)
    modelos = {}
    for nombre, clase in all_estimators(tipo):
        with (
            warnings.catch_warnings(action="ignore"),
            contextlib.suppress(TypeError, ValueError, AttributeError),
        ):
            modelos[nombre] = clase().fit(*datos)
    return modelos


def archivos_de(modelo, carpeta):
    """El archivo que deja cada método. skops no sabe guardar alguno."""
    for metodo in (METODOS[nombre] for nombre in ("pickle", "joblib", "skops")):
        archivo = carpeta / f"modelo{metodo.extensiones[0]}"
        with contextlib.suppress(UnsupportedTypeException):
            metodo.guarda(modelo, archivo)
            yield archivo


@pytest.mark.parametrize(
    ("tipo", "cuantos"),
    [("classifier", 25), ("regressor", 25), ("transformer", 25), ("cluster", 8)],
)
def test_vale_cualquier_modelo_de_scikit_learn_que_alguien_elija(tipo, cuantos, tmp_path):
    """En el proyecto final cada cual elige el suyo."""
    modelos, ajenos = entrenados(tipo), {}
    for nombre, modelo in modelos.items():
        for archivo in archivos_de(modelo, tmp_path):
            hallado = globales(archivo)
            try:
                exige_confianza(archivo.name, hallado.nombres, hallado.motivo)
            except NoContesta as error:
                ajenos[nombre, archivo.suffix] = str(error)
    assert ajenos == {}
    assert len(modelos) > cuantos


@pytest.mark.parametrize(
    "nombre",
    ["os.system", "numpy.load", "numpy._core.numeric.frombuffer", "sklearn.datasets.load_files"],
)
def test_otro_nombre_no(nombre):
    with pytest.raises(NoContesta, match=nombre):
        exige_confianza("modelo.pkl", [nombre], "")
