"""La huella de un objeto: distinta si cambia el contenido, igual en cualquier proceso si no."""

import copy
import subprocess
import sys

import numpy as np
import pytest
from arbol import RAIZ

from helpers._equivalencia.huella import huella


@pytest.mark.parametrize(
    ("uno", "otro"),
    [
        (1, 1.0),
        (0.0, -0.0),
        ("1", 1),
        (b"a", "a"),
        ([1, 2], [2, 1]),
        ([1, [2, 3]], [1, 2, 3]),
        ((1,), [1]),
        ({"a": 1}, {"a": 2}),
        (np.array([1, 2]), np.array([1.0, 2.0])),
        (np.zeros((2, 3)), np.zeros((3, 2))),
        (np.array(["a", "b"], object), np.array(["a", "c"], object)),
        (np.array([(1, 2)], "i1,i8"), np.array([(1, 3)], "i1,i8")),
        (np.ma.array([1, 2], mask=[0, 1]), np.ma.array([1, 2], mask=[1, 0])),
        (lambda x: x * 2, lambda x: x * 3),
        (np.log1p, np.log),
        (len, sum),
        (int, float),
        (np.random.RandomState(0), np.random.RandomState(1)),
    ],
)
def test_la_huella_distingue(uno, otro):
    assert huella(uno) != huella(otro)
    assert huella(uno) == huella(copy.deepcopy(uno))


def test_la_huella_no_depende_de_como_se_reparten_los_objetos(tmp_path):
    lista = [1.5, "texto", np.arange(3)]
    assert huella([lista, lista]) == huella([lista, copy.deepcopy(lista)])
    assert huella({"a": 1, "b": 2}) == huella({"b": 2, "a": 1})
    assert huella(np.asfortranarray(np.eye(3)[:2])) == huella(np.eye(3)[:2].copy())
    np.save(tmp_path / "a.npy", np.arange(3))
    assert huella(np.load(tmp_path / "a.npy", mmap_mode="r")) == huella(np.arange(3))


def test_la_huella_no_mira_el_relleno_de_un_registro():
    registro = np.dtype([("a", "i1"), ("b", "f8")], align=True)
    uno = np.frombuffer(bytes(16), registro)
    otro = np.frombuffer(b"\0" + b"\7" * 7 + bytes(8), registro)
    assert uno.tobytes() != otro.tobytes()
    assert huella(uno) == huella(otro)


def test_la_huella_de_un_conjunto_es_la_misma_en_otro_proceso():
    codigo = (
        "from helpers._equivalencia.huella import huella; print(huella({'a', 'b', 'c', 'd'}).hex())"
    )
    vistas = {
        subprocess.run(
            [sys.executable, "-c", codigo],
            cwd=RAIZ,
            env={"PYTHONHASHSEED": semilla},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for semilla in "12"
    }
    assert vistas == {huella(set("abcd")).hex() + "\n"}
