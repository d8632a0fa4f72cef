"""La huella de un objeto: distinta si cambia el contenido, igual en cualquier proceso si no."""

import collections
import copy
import functools
import subprocess
import sys

import numpy as np
import pytest
from arbol import RAIZ

from helpers._equivalencia.huella import huella


class Lista(list):
    """Una lista que puede llevar atributos."""


class Conjunto(set):
    """Un conjunto que puede llevar atributos."""


def con_unidad(objeto, unidad):
    objeto.unidad = unidad
    return objeto


def recorta(minimo):
    def dentro(x, *, minimo=minimo):
        return max(x, minimo)

    return dentro


def anidada(valor, veces):
    for _ in range(veces):
        valor = [valor]
    return valor


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
        (recorta(0), recorta(1)),
        (collections.defaultdict(int, a=1), collections.defaultdict(float, a=1)),
        (collections.defaultdict(int, a=1), collections.defaultdict(int, a=2)),
        (con_unidad(Lista("ab"), "cm"), con_unidad(Lista("ab"), "m")),
        (con_unidad(Conjunto("ab"), "cm"), con_unidad(Conjunto("ab"), "m")),
        (Lista("ab"), Lista("ba")),
        (Conjunto("ab"), Conjunto("ac")),
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
    contados = [collections.defaultdict(int, pares) for pares in ({1: 2, 3: 4}, {3: 4, 1: 2})]
    assert huella(contados[0]) == huella(contados[1])
    conjuntos = Conjunto([0, 8]), Conjunto([8, 0])
    assert list(conjuntos[0]) != list(conjuntos[1])  # el orden en que se recorren no es contenido
    assert huella(conjuntos[0]) == huella(conjuntos[1])
    assert huella(np.asfortranarray(np.eye(3)[:2])) == huella(np.eye(3)[:2].copy())
    np.save(tmp_path / "a.npy", np.arange(3))
    assert huella(np.load(tmp_path / "a.npy", mmap_mode="r")) == huella(np.arange(3))


def test_la_huella_no_mira_el_relleno_de_un_registro():
    registro = np.dtype([("a", "i1"), ("b", "f8")], align=True)
    uno = np.frombuffer(bytes(16), registro)
    otro = np.frombuffer(b"\0" + b"\7" * 7 + bytes(8), registro)
    assert uno.tobytes() != otro.tobytes()
    assert huella(uno) == huella(otro)


def test_la_huella_llega_al_fondo_por_hondo_que_sea():
    hondo = 3 * sys.getrecursionlimit()
    assert huella(anidada(1, hondo)) == huella(anidada(1, hondo))
    assert huella(anidada(1, hondo)) != huella(anidada(2, hondo))


def test_una_funcion_que_se_nombra_antes_de_definirla_tiene_huella():
    def llama():
        return despues()

    antes = huella(llama)

    def despues():
        return 1

    assert antes != huella(llama)


class Perezosa:
    """Calcula su doble la primera vez que se lo piden, y lo anota."""

    def __init__(self, valor):
        self.valor = valor

    @functools.cached_property
    def doble(self):  # noqa: D102
        return 2 * self.valor


def test_lo_que_un_objeto_anota_al_usarlo_no_cuenta():
    usada = Perezosa(1)
    assert usada.doble == 2
    assert huella(usada) == huella(Perezosa(1))
    assert huella(usada) != huella(Perezosa(2))


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
