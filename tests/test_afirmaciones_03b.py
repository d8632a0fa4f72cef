"""Lo que la lección 03b dice y no se ve en una de sus celdas."""

import sys

from helpers.medicion import barrido
from helpers.proceso import ejecuta_en_proceso_nuevo


def test_03b_dill_escribe_con_el_protocolo_4(tmp_path):
    # Cada pickle empieza por 0x80 y su protocolo. dill usa el de Python, que en 3.14 pasó a ser 5.
    esperado = 4 if sys.version_info < (3, 14) else 5
    salida = ejecuta_en_proceso_nuevo("import dill; print(dill.dumps([1])[:2])", tmp_path)
    assert (salida.texto, salida.error) == (f"b'\\x80\\x0{esperado}'\n", "")


def test_03b_las_regresiones_van_de_1_a_1_000_000_de_coeficientes_y_8_mb():
    bytes_de = {
        modelo.n_features_in_: modelo.coef_.nbytes for modelo in barrido(1_000_000).values()
    }
    assert (min(bytes_de), max(bytes_de)) == (1, 1_000_000)
    assert bytes_de[1_000_000] == 8_000_000
