"""Con qué versiones se guardó un modelo, y qué se hace si las de aquí son otras."""

import pickle
import platform
import warnings
from pathlib import Path

import numpy as np
import pytest
import sklearn
from sklearn.exceptions import InconsistentVersionWarning
from sklearn.linear_model import LinearRegression

from helpers import ficha as fichas
from helpers import load_model, save_model
from helpers._persistencia import versiones
from helpers.errores import AvisoDeVersion, OpcionDesconocida, VersionDistinta
from helpers.metodos import METODOS

AQUI = sklearn.__version__
X = np.arange(75.0).reshape(25, 3)


@pytest.fixture
def aqui(tmp_path, monkeypatch):
    """Una carpeta de trabajo vacía."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def guarda_con(cambios, ruta="a.joblib"):
    """Guarda un modelo cuya ficha dice otras versiones."""
    ruta = save_model(LinearRegression().fit(X, X[:, 0]), ruta, X_ejemplo=X)
    escrita = fichas.de(ruta)
    escrita["versiones"] |= cambios
    fichas.escribe(escrita, Path(f"{ruta}.json"))
    return ruta


def avisos_al_cargar(ruta, **opciones):
    with warnings.catch_warnings(record=True) as avisos:
        warnings.simplefilter("always")
        load_model(ruta, **opciones)
    return avisos


def test_se_anotan_las_de_las_librerias_que_hacen_falta():
    for libreria in ("joblib", "skops"):
        modulo = pytest.importorskip(libreria)
        assert versiones.versiones(libreria) == {
            "python": platform.python_version(),
            "scikit-learn": AQUI,
            "numpy": np.__version__,
            libreria: modulo.__version__,
        }
    assert list(versiones.versiones("pickle")) == ["python", "scikit-learn", "numpy"]


OTRAS = {
    "otra scikit-learn": ({"scikit-learn": "0.24.2"}, [f"scikit-learn 0.24.2 (aquí, {AQUI})"]),
    "el tercer número": ({"scikit-learn": AQUI + ".1"}, [f"scikit-learn {AQUI}.1 (aquí, {AQUI})"]),
    "numpy de otra serie": ({"numpy": "1.26.4"}, [f"numpy 1.26.4 (aquí, {np.__version__})"]),
    "dos": (
        {"scikit-learn": "0.24.2", "numpy": "1.0"},
        [f"scikit-learn 0.24.2 (aquí, {AQUI})", f"numpy 1.0 (aquí, {np.__version__})"],
    ),
    "una que no está": ({"xgboost": "2.0"}, ["xgboost 2.0 (aquí, sin instalar)"]),
    "lo que no es un texto": ({"numpy": 1}, [f"numpy 1 (aquí, {np.__version__})"]),
}


@pytest.mark.parametrize("caso", OTRAS)
def test_otras_versiones_avisan_o_detienen(caso, aqui):
    cambios, frases = OTRAS[caso]
    ruta = guarda_con(cambios)
    que_paso = f"Este modelo se guardó con {', '.join(frases)}."
    (aviso,) = avisos_al_cargar(ruta)
    assert aviso.category is AvisoDeVersion
    assert str(aviso.message) == f"{que_paso} Quizá no responda lo mismo."
    assert aviso.filename == __file__
    with pytest.raises(VersionDistinta) as capturado:
        load_model(ruta, versiones="estricto")
    assert capturado.value.que_paso == que_paso
    assert "a instalar esas versiones" in capturado.value.prueba


@pytest.mark.parametrize(
    "cambios",
    [{}, {"numpy": np.__version__.split(".")[0] + ".0.0"}, {"python": "3.0.0"}],
    ids=["ninguno", "numpy de la misma serie", "Python, que joblib no nota"],
)
def test_lo_que_no_importa_no_avisa(cambios, aqui):
    ruta = guarda_con(cambios)
    assert avisos_al_cargar(ruta, versiones="estricto") == []
    assert avisos_al_cargar(ruta) == []


def test_python_importa_solo_a_dill():
    mayor, menor, _ = platform.python_version_tuple()
    for version, importa in [(f"{mayor}.{menor}.99", False), (f"{mayor}.99.0", True)]:
        for metodo in ("pickle", "joblib"):
            assert versiones.diferencias({"metodo": metodo, "versiones": {"python": version}}) == []
        como = {"metodo": "dill", "versiones": {"python": version}}
        assert bool(_sin_importar_dill(versiones.diferencias, como)) is importa


def _sin_importar_dill(funcion, *argumentos):
    """Importar dill cambia lo que escribe joblib, también en las demás pruebas."""
    with pytest.MonkeyPatch.context() as parche:
        parche.setattr(versiones, "versiones", lambda _: {"python": platform.python_version()})
        return funcion(*argumentos)


def test_con_verificar_false_la_ficha_no_cuenta(aqui):
    ruta = guarda_con({"scikit-learn": "0.24.2"})
    assert avisos_al_cargar(ruta, verificar=False, versiones="estricto") == []


def falsifica(ruta, version):
    """Un modelo como lo habría escrito otra scikit-learn, sin ficha."""
    escrito = pickle.dumps(LinearRegression().fit(X, X[:, 0]))
    falso = escrito.replace(AQUI.encode(), version.encode())
    assert falso != escrito
    ruta.write_bytes(falso)
    return ruta


@pytest.mark.parametrize("extension", [".pkl", ".joblib"])
def test_sin_ficha_la_version_la_sabe_scikit_learn(extension, aqui):
    otra = "9" * len(AQUI)  # un pickle anota cuánto miden sus textos
    ruta = falsifica(aqui / f"a{extension}", otra)
    with pytest.warns(InconsistentVersionWarning):
        METODOS["pickle"].carga(ruta, ())
    (aviso,) = avisos_al_cargar(ruta)
    frase = f"Este modelo se guardó con scikit-learn {otra} (aquí, {AQUI})."
    assert str(aviso.message) == f"{frase} Quizá no responda lo mismo."
    assert aviso.category is AvisoDeVersion
    assert aviso.filename == __file__
    with pytest.raises(VersionDistinta, match="scikit-learn 9"):
        load_model(ruta, versiones="estricto")


def test_callar_los_avisos_no_calla_la_version(aqui):
    ruta = falsifica(aqui / "a.pkl", "9" * len(AQUI))
    with warnings.catch_warnings(action="ignore"), pytest.raises(VersionDistinta):
        load_model(ruta, versiones="estricto")


def test_con_ficha_y_aviso_de_scikit_learn_se_avisa_una_vez(aqui):
    otra = "9" * len(AQUI)
    ruta = falsifica(aqui / "a.pkl", otra)
    escrita = fichas.redacta(LinearRegression().fit(X, X[:, 0]), METODOS["pickle"])
    escrita["versiones"]["scikit-learn"] = otra
    with ruta.open("rb") as archivo:
        escrita |= {"sha256": fichas.huella_de(archivo), "bytes": ruta.stat().st_size}
    fichas.escribe(escrita, Path("a.pkl.json"))
    assert [aviso.category for aviso in avisos_al_cargar(ruta)] == [AvisoDeVersion]


class AvisaAlVolver:
    """Un modelo con algo que decir, y que no es de versiones."""

    def __setstate__(self, estado):
        """Como haría una librería que retira algo."""
        warnings.warn("esto se retirará", FutureWarning, stacklevel=1)


def test_los_demas_avisos_se_repiten(aqui):
    METODOS["pickle"].guarda(AvisaAlVolver(), "vacio.pkl")
    modelo = AvisaAlVolver()
    modelo.algo = 1
    METODOS["pickle"].guarda(modelo, "a.pkl")
    avisos = avisos_al_cargar("a.pkl", versiones="estricto")
    assert [(a.category, str(a.message)) for a in avisos] == [(FutureWarning, "esto se retirará")]
    assert avisos[0].filename == __file__


@pytest.mark.parametrize("valor", ["estricta", None, True, ["avisa"]])
def test_una_politica_que_no_existe(valor, aqui):
    with pytest.raises(ValueError, match="no es una opción") as capturado:
        load_model("a.joblib", versiones=valor)
    assert type(capturado.value) is OpcionDesconocida
    assert capturado.value.prueba == 'con "avisa" o con "estricto".'
