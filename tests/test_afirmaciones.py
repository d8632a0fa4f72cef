"""Lo que las lecciones dicen de pasada, sin una celda que lo muestre, se demuestra aquí."""

import csv
import io
import pickle
import pickletools
import sys
import tracemalloc

import numpy as np
import pytest
from reglas.cuaderno import lecciones, lee
from sklearn.datasets import load_diabetes
from sklearn.ensemble import GradientBoostingRegressor
from sklearn.linear_model import LinearRegression

from helpers import horas_de_estudio
from helpers.proceso import ejecuta_en_proceso_nuevo


def test_00_todas_las_lecciones_empiezan_con_dos_celdas():
    for cuaderno in map(lee, lecciones()):
        primera, segunda = cuaderno.de_codigo[:2]
        assert "preparacion" in primera.etiquetas, cuaderno.nombre
        assert "from helpers import carpeta_de_trabajo" in segunda.fuente, cuaderno.nombre
        assert f'os.chdir(carpeta_de_trabajo("{cuaderno.numero}"))' in segunda.fuente


def test_01_un_byte_va_de_0_a_255():
    assert list(bytes([0, 255])) == [0, 255]
    with pytest.raises(ValueError):
        bytes([256])


def test_01_treinta_estudiantes_y_una_regla_conocida():
    rectas = []
    for semilla in range(200):
        estudio = horas_de_estudio(semilla=semilla)
        assert len(estudio) == 30
        modelo = LinearRegression().fit(estudio[["horas"]], estudio["nota"])
        rectas.append((modelo.intercept_, modelo.coef_[0]))
    assert np.allclose(np.mean(rectas, axis=0), (50, 2), atol=0.2)
    assert np.std(rectas, axis=0).min() > 0, "sin azar, todas las semillas darían la misma recta"


def test_01_de_442_personas_y_diez_medidas_bastan_once_numeros():
    X, y = load_diabetes(return_X_y=True, scaled=False)
    assert X.shape == (442, 10)
    modelo = LinearRegression().fit(X, y)
    assert modelo.coef_.size + np.size(modelo.intercept_) == 11
    assert np.allclose(modelo.predict(X), modelo.intercept_ + X @ modelo.coef_)


def test_01_de_los_planos_exactos_se_da_el_de_menor_norma():
    X = np.array([[1, 2], [2, 3], [3, 4], [4, 5], [5, 6]])
    y = 1 + 2 * X[:, 0] + X[:, 1]
    menor = np.linalg.pinv(X - X.mean(axis=0)) @ (y - y.mean())
    assert np.allclose(LinearRegression().fit(X, y).coef_, menor)


def test_01_cada_arbol_ve_la_mitad_de_los_datos():
    X, y = load_diabetes(return_X_y=True, scaled=False)
    modelo = GradientBoostingRegressor(n_estimators=5, subsample=0.5).fit(X, y)
    assert {arbol.tree_.n_node_samples[0] for arbol in modelo.estimators_.flat} == {442 // 2}


def test_02a_un_modelo_solo_se_carga_donde_esta_scikit_learn(tmp_path):
    (tmp_path / "m.pkl").write_bytes(pickle.dumps(LinearRegression().fit([[1], [2]], [1, 2])))
    carga = "import pickle\nwith open('m.pkl', 'rb') as f: pickle.load(f)"
    assert ejecuta_en_proceso_nuevo(carga, tmp_path).error == ""
    sin_el = f"import sys; sys.modules['sklearn'] = None\n{carga}"  # como si no estuviera instalado
    assert "ModuleNotFoundError" in ejecuta_en_proceso_nuevo(sin_el, tmp_path).error


def test_02a_cargar_un_pickle_ajeno_puede_ejecutar_codigo(capsys):
    class Inofensivo:
        def __reduce__(self):
            return print, ("se ejecutó al cargar",)

    pickle.loads(pickle.dumps(Inofensivo()))
    assert capsys.readouterr().out == "se ejecutó al cargar\n"


def test_02a_el_protocolo_por_defecto():
    esperado = 4 if sys.version_info < (3, 14) else 5
    assert esperado == pickle.DEFAULT_PROTOCOL


def test_02a_el_protocolo_5_no_copia_los_arrays_en_memoria(tmp_path):
    numeros = np.zeros(1_000_000)
    memoria = {}
    for protocolo in (4, 5):
        with (tmp_path / "a.pkl").open("wb") as archivo:
            tracemalloc.start()
            pickle.dump(numeros, archivo, protocol=protocolo)
            memoria[protocolo] = tracemalloc.get_traced_memory()[1]
            tracemalloc.stop()
    assert memoria[4] >= numeros.nbytes
    assert memoria[5] < numeros.nbytes / 10


def test_02a_hay_seis_protocolos_y_todos_guardan_los_mismos_numeros():
    numeros = np.random.default_rng(0).normal(size=1000)
    for protocolo in range(6):
        vuelta = pickle.loads(pickle.dumps(numeros, protocol=protocolo))
        assert np.array_equal(numeros, vuelta)
        assert (numeros.tobytes() in pickle.dumps(numeros, protocol=protocolo)) == (protocolo >= 3)
    with pytest.raises(ValueError):
        pickle.dumps(numeros, protocol=6)


def test_02a_un_millon_de_numeros_ocupa_8_000_000_de_bytes():
    assert np.random.default_rng(0).normal(size=1_000_000).nbytes == 8_000_000


def test_02a_de_un_csv_vuelven_textos():
    archivo = io.StringIO()
    csv.writer(archivo).writerow([7, [8, 9]])
    archivo.seek(0)
    assert next(csv.reader(archivo)) == ["7", "[8, 9]"]


def test_02a_un_diccionario_no_nombra_ninguna_clase():
    def nombres(objeto):
        pasos = pickletools.genops(pickle.dumps(objeto, protocol=5))
        return [paso.name for paso, _, _ in pasos if "GLOBAL" in paso.name]

    assert nombres({"Ana": [8, 9], "Luis": [7]}) == []
    assert nombres(LinearRegression()) != []
