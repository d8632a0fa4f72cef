"""Lo que 02b · joblib dice de pasada, sin una celda que lo muestre, se demuestra aquí."""

import pickle
import pickletools
from importlib.metadata import requires

import joblib
import numpy as np
import pytest
from joblib.numpy_pickle import NumpyArrayWrapper, NumpyPickler, NumpyUnpickler
from sklearn.datasets import load_iris
from sklearn.ensemble import RandomForestClassifier
from sklearn.linear_model import LinearRegression

from helpers.proceso import ejecuta_en_proceso_nuevo


@pytest.fixture(scope="module")
def bosque():
    return RandomForestClassifier(random_state=0).fit(*load_iris(return_X_y=True))


def _barrido(modelo, ruta):
    tamanos = []
    for nivel in (0, 1, 3, 9):
        joblib.dump(modelo, ruta, compress=nivel)
        tamanos.append(ruta.stat().st_size)
    return tamanos


def test_scikit_learn_exige_joblib():
    assert any(texto.startswith("joblib") for texto in requires("scikit-learn"))


def test_un_modelo_de_joblib_solo_se_carga_donde_esta_joblib(tmp_path):
    joblib.dump(np.zeros(3), tmp_path / "a.joblib")
    sin_ella = "import sys; sys.modules['joblib'] = None\n"
    carga = "import pickle\nwith open('a.joblib', 'rb') as f: pickle.load(f)"
    assert "joblib" in ejecuta_en_proceso_nuevo(sin_ella + carga, tmp_path).error


def test_un_lector_anterior_a_la_1_2_no_entiende_los_arrays(tmp_path, bosque, monkeypatch):
    """Desde joblib 1.2 (2022) hay relleno delante de cada array; el lector de antes no lo salta."""
    joblib.dump(bosque, tmp_path / "b.joblib")
    monkeypatch.setattr(
        NumpyArrayWrapper, "safe_get_numpy_array_alignment_bytes", lambda self: None
    )
    with pytest.raises((KeyError, ValueError, EOFError, pickle.UnpicklingError)):
        joblib.load(tmp_path / "b.joblib")


def test_joblib_recorre_el_objeto_con_codigo_en_python():
    assert issubclass(NumpyPickler, pickle._Pickler)
    assert issubclass(NumpyUnpickler, pickle._Unpickler)
    assert not issubclass(NumpyPickler, pickle.Pickler)


def test_los_bytes_de_los_arrays_estan_fuera_del_pickle(tmp_path):
    numeros = np.random.default_rng(0).normal(size=1_000_000)
    joblib.dump(numeros, tmp_path / "a.joblib")
    contenido = (tmp_path / "a.joblib").read_bytes()
    assert numeros.tobytes() in contenido
    with pytest.raises(ValueError):
        list(pickletools.genops(contenido))  # se detiene al llegar al array
    assert numeros.tobytes() in pickle.dumps(numeros, protocol=5)


def test_el_primer_nivel_se_lleva_casi_todo_en_el_bosque(tmp_path, bosque):
    sin_comprimir, uno, tres, nueve = _barrido(bosque, tmp_path / "b.joblib")
    assert sin_comprimir - uno > 0.9 * (sin_comprimir - nueve)
    assert tres < 0.25 * sin_comprimir


def test_los_coeficientes_al_azar_no_se_repiten_y_no_encogen(tmp_path):
    azar = np.random.default_rng(0)
    lineal = LinearRegression().fit(azar.normal(size=(500, 200)), azar.normal(size=(500, 500)))
    assert np.unique(lineal.coef_).size == lineal.coef_.size
    sin_comprimir, *_, nueve = _barrido(lineal, tmp_path / "l.joblib")
    assert nueve > 0.9 * sin_comprimir


def test_la_documentacion_propone_el_nivel_3():
    assert "3 is often a good compromise" in " ".join(joblib.dump.__doc__.split())


def test_una_carpeta_que_no_existe_da_un_error(tmp_path):
    with pytest.raises(FileNotFoundError):
        joblib.dump([1], tmp_path / "modelos" / "bosque.joblib")


@pytest.mark.parametrize("protocolo", range(pickle.HIGHEST_PROTOCOL + 1))
def test_desde_el_protocolo_3_los_dos_escriben_los_bytes_tal_cual(tmp_path, protocolo):
    numeros = np.random.default_rng(0).normal(size=1_000_000)
    con_pickle = pickle.dumps(numeros, protocol=protocolo)
    joblib.dump(numeros, tmp_path / "a.joblib", protocol=protocolo)
    con_joblib = (tmp_path / "a.joblib").read_bytes()
    assert numeros.tobytes() in con_joblib
    assert (numeros.tobytes() in con_pickle) == (protocolo >= 3)
    casi_igual = abs(len(con_joblib) - len(con_pickle)) < 0.001 * len(con_pickle)
    assert casi_igual == (protocolo >= 3)


def test_comprimido_pickle_no_lo_lee_aunque_no_haya_arrays(tmp_path):
    joblib.dump({"alumnos": 30}, tmp_path / "sin.joblib")
    joblib.dump({"alumnos": 30}, tmp_path / "con.joblib", compress=3)
    assert pickle.loads((tmp_path / "sin.joblib").read_bytes()) == {"alumnos": 30}
    with pytest.raises(pickle.UnpicklingError):
        pickle.loads((tmp_path / "con.joblib").read_bytes())
