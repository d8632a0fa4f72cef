"""Cortes de luz, lectores y varios guardados a la vez: siempre queda un modelo con su ficha."""

import sys
from collections import Counter

import pytest

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="los cortes se hacen con fork y kill -9, y se prueban en Linux"
)
if sys.platform == "linux":
    from fiabilidad.cortes import MOMENTOS
    from fiabilidad.cuadrilla import cuadrilla

CORTES = 300  # de cada método
GUARDADOS = 100  # mientras otro lee sin parar
SEGUIDOS = 30  # de cada uno de los que guardan a la vez


@pytest.fixture(scope="module")
def encarga(tmp_path_factory):
    with cuadrilla(tmp_path_factory.mktemp("cortes")) as encarga:
        yield encarga


def _fallos(resultados):
    """Los de cada método; bastan unos pocos para que el mensaje se lea."""
    return {metodo: r["fallos"][:3] for metodo, r in resultados.items() if r["fallos"]}


def test_cortes_al_azar(encarga, veces, anota):
    resultados = encarga("cortes.al_azar", cuantos=CORTES * veces)
    for metodo, resultado in resultados.items():
        anota(f"cortes al azar con {metodo}", CORTES * veces, resultado["momentos"])
        assert sum(resultado["momentos"].values()) == CORTES * veces
    assert _fallos(resultados) == {}
    # Los instantes se reparten: entre todos los métodos, ningún momento se queda sin cortes.
    assert set().union(*(r["momentos"] for r in resultados.values())) == set(MOMENTOS)


@pytest.mark.parametrize("partida", ["con un modelo", "sin ninguno", "tras otro corte"])
def test_cortes_en_cada_paso(encarga, anota, partida):
    resultados = encarga("cortes.en_los_pasos", partida=partida)
    momentos = sum((Counter(r["momentos"]) for r in resultados.values()), Counter())
    anota(f"un corte en cada paso, {partida}", momentos.total(), momentos)
    assert _fallos(resultados) == {}
    for resultado in resultados.values():
        assert set(resultado["momentos"]) == set(MOMENTOS)


def test_todo_esta_en_el_disco_antes_de_ocupar_su_sitio(encarga):
    """Lo que `kill -9` no puede enseñar, porque no borra lo que el sistema tiene en memoria."""
    assert set(map(tuple, encarga("cortes.en_el_disco").values())) == {()}


def test_leer_mientras_otro_guarda(encarga, veces, anota):
    resultados = encarga("a_la_vez.lee_mientras_otro_guarda", cuantos=GUARDADOS * veces)
    lecturas = sum(r["lecturas"] for r in resultados.values())
    anota("lecturas mientras otro guarda", lecturas, {"de un modelo entero y comprobado": lecturas})
    assert _fallos(resultados) == {}
    # Si quien lee viera siempre lo mismo, no habría leído mientras se guardaba.
    assert min(r["modelos"] for r in resultados.values()) > 5


@pytest.mark.parametrize(
    ("trabajo", "que"),
    [
        ("lee_entre_los_pasos_de_otro", "lecturas entre los dos pasos de otro"),
        ("lee_lo_recien_nacido", "lecturas de un modelo que se estrena"),
        ("lee_y_en_cada_paso_otro_guarda", "lecturas en las que otro guarda"),
    ],
)
def test_leer_en_el_instante_exacto_en_que_otro_publica(encarga, anota, trabajo, que):
    resultados = encarga(f"a_la_vez.{trabajo}")
    lecturas = sum(r["lecturas"] for r in resultados.values())
    anota(que, lecturas, {"de un modelo entero y comprobado": lecturas})
    assert _fallos(resultados) == {}
    assert min(r["lecturas"] for r in resultados.values()) >= 10


@pytest.mark.parametrize("quienes", ["dos_procesos", "cuatro_hilos"])
def test_guardar_a_la_vez(encarga, veces, quienes):
    for _ in range(veces):
        resultados = encarga(f"a_la_vez.guardan_{quienes}", cuantos=SEGUIDOS)
        assert set(map(tuple, resultados.values())) == {()}


@pytest.mark.parametrize("trabajo", ["el_segundo_espera", "estrenan_dos_procesos"])
def test_guardar_por_turno(encarga, trabajo):
    assert set(map(tuple, encarga(f"a_la_vez.{trabajo}").values())) == {()}
