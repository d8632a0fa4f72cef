"""Lo que las lecciones dicen de pasada, sin una celda que lo muestre, se demuestra aquí."""

import pickle
import sys
import tracemalloc

import numpy as np
from sklearn.linear_model import LinearRegression

from helpers.proceso import ejecuta_en_proceso_nuevo


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
