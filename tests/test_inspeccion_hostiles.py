"""Mirar un archivo hostil no lo ejecuta, acaba pronto, ocupa poco y siempre descubre el truco."""

import json
import os
import pickle
import struct
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from hostiles import HOSTILES
from hostiles.instrucciones import marco

PRUEBAS = Path(__file__).parent
LIMITE = 300  # segundos para todos, en una máquina ocupada
SEGUNDOS, MEGAS = 10, 300  # para cada uno
OBEDECIDOS = [hostil for hostil in HOSTILES if hostil.carga]
# Las últimas versiones de Python rechazan estos trucos. El mismo, con un texto y nada que obedecer.
TEXTO = b"X\x05\x00\x00\x00nadie."
INOFENSIVOS = {
    "un marco que acaba antes": marco(3, TEXTO),
    "un marco dentro de otro": marco(len(TEXTO) + 9, pickle.FRAME + struct.pack("<Q", 3) + TEXTO),
}
con_cada_hostil = pytest.mark.parametrize("hostil", HOSTILES, ids=[h.nombre for h in HOSTILES])


def este_python_rechaza(truco):
    try:
        pickle.loads(INOFENSIVOS.get(truco, marco(len(TEXTO), TEXTO)))
    except pickle.UnpicklingError:
        return True
    return False


@dataclass
class Corpus:
    """Los archivos ya escritos, con la marca que dejaría cada uno."""

    carpeta: Path

    def ruta(self, hostil):
        """Dónde está."""
        return self.carpeta / f"{hostil.nombre}{hostil.extension}"

    def marca(self, hostil):
        """Lo que crearía."""
        return self.carpeta / f"marca de {hostil.nombre}"


@pytest.fixture(scope="module")
def corpus(tmp_path_factory):
    corpus = Corpus(tmp_path_factory.mktemp("hostiles"))
    for hostil in HOSTILES:
        corpus.ruta(hostil).write_bytes(hostil.fabrica(str(corpus.marca(hostil))))
    return corpus


@pytest.fixture(scope="module")
def miradas(corpus):
    """Lo que se vio en cada archivo, en otro proceso, por el nombre del truco."""
    pedido = [{"ruta": str(corpus.ruta(hostil))} for hostil in HOSTILES]
    vistas = _en_otro_proceso("mira", pedido, corpus.carpeta)
    return dict(zip([hostil.nombre for hostil in HOSTILES], vistas, strict=True))


@pytest.fixture(scope="module")
def cargas(corpus, miradas):
    """Cómo acabó cargar de verdad los que se obedecerían, después de mirarlos todos."""
    marcas = [hostil.nombre for hostil in HOSTILES if corpus.marca(hostil).exists()]
    pedido = [
        {"ruta": str(corpus.ruta(h)), "quien": h.carga, "marca": str(corpus.marca(h))}
        for h in OBEDECIDOS
    ]
    salidas = _en_otro_proceso("carga", pedido, corpus.carpeta)
    return marcas, dict(zip([hostil.nombre for hostil in OBEDECIDOS], salidas, strict=True))


def _en_otro_proceso(que, pedido, carpeta):
    """Lo que responde `hostiles.hijo`. Por un archivo: hay hostiles que escriben por la salida."""
    respuesta = carpeta / f"{que}.json"
    hecho = subprocess.run(
        [sys.executable, "-m", "hostiles.hijo", que, respuesta],
        input=json.dumps(pedido),
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(PRUEBAS), str(PRUEBAS.parent)])},
        cwd=carpeta,
        capture_output=True,
        encoding="utf-8",
        timeout=LIMITE,
    )
    assert hecho.returncode == 0, hecho.stderr
    return json.loads(respuesta.read_text(encoding="utf-8"))


@con_cada_hostil
def test_se_marca_por_su_truco(miradas, hostil):
    frases = miradas[hostil.nombre]["frases"]
    assert [frase for frase in frases if hostil.dice in frase], frases


@con_cada_hostil
def test_mirarlo_no_ejecuta_nada(corpus, miradas, cargas, hostil):
    marcas, _ = cargas
    assert hostil.nombre not in marcas
    # Ni busca un nombre, ni importa, ni llama a otro programa: Python avisa de todo eso.
    assert miradas[hostil.nombre]["hizo"] == []


@con_cada_hostil
def test_mirarlo_acaba_pronto_y_ocupa_poco(miradas, hostil):
    assert miradas[hostil.nombre]["segundos"] < SEGUNDOS
    assert miradas[hostil.nombre]["megas"] < MEGAS


@pytest.mark.parametrize("hostil", OBEDECIDOS, ids=[h.nombre for h in OBEDECIDOS])
def test_cargarlo_si_deja_su_marca(corpus, cargas, hostil):
    """Si no la dejara, no haberla visto al mirar no probaría nada."""
    _, salidas = cargas
    obedece = not este_python_rechaza(hostil.nombre)
    assert corpus.marca(hostil).is_dir() == obedece, salidas[hostil.nombre]


def test_el_corpus_no_encoge():
    assert len(HOSTILES) >= 190
    assert len({hostil.nombre for hostil in HOSTILES}) == len(HOSTILES)
    assert len(OBEDECIDOS) >= 60


def test_se_cuenta_al_final(corpus, cargas, miradas, resume):
    marcados = sum(bool(mirada["frases"]) for mirada in miradas.values())
    obedecidos = sum(corpus.marca(hostil).is_dir() for hostil in OBEDECIDOS)
    resume(
        "Mirar archivos sin cargarlos",
        f"{len(miradas)} archivos hostiles, {marcados} marcados; {obedecidos} ejecutarían código "
        "al cargarse, y al mirarlos no lo ejecutó ninguno.",
    )
