"""A ningún modelo corriente se le encuentran sospechas, se guarde como se guarde."""

import json
import subprocess
import sys
from collections import Counter

import inofensivos
import pytest
from arbol import RAIZ

from helpers.proceso import entorno_limpio


@pytest.fixture(scope="module")
def miradas(tmp_path_factory):
    """Lo que se vio en cada archivo: (modelo, formato, sospechas, si está su clase, motivo).

    En un proceso nuevo: si otra prueba importó dill, joblib ya no escribe lo mismo. Es lo que
    cuenta la lección 02c.
    """
    ruta = tmp_path_factory.mktemp("inofensivos") / "miradas.json"
    subprocess.run(
        [sys.executable, inofensivos.__file__, ruta],
        env=entorno_limpio() | {"PYTHONPATH": str(RAIZ)},
        check=True,
    )
    return json.loads(ruta.read_text(encoding="utf-8"))


def test_no_se_marca_ninguno(miradas):
    assert [mirada for mirada in miradas if mirada[2]] == []


def test_son_muchos_y_distintos(miradas):
    assert len({nombre for nombre, *_ in miradas}) >= 300
    por_formato = Counter(formato for _, formato, *_ in miradas)
    assert len(por_formato) == 10
    assert min(por_formato.values()) >= 40
    assert min(n for f, n in por_formato.items() if " " not in f or "pickle" in f) >= 300


def test_se_mira_dentro_de_verdad(miradas):
    """Que no haya sospechas no es que no se haya visto nada: la clase del modelo está."""
    assert [mirada for mirada in miradas if not mirada[3] or mirada[4]] == []


def test_se_cuenta_al_final(miradas, resume):
    modelos = len({nombre for nombre, *_ in miradas})
    marcados = sum(bool(sospechas) for _, _, sospechas, *_ in miradas)
    resume(
        "Mirar archivos sin cargarlos",
        f"{modelos} modelos inofensivos en {len(miradas)} archivos, {marcados} marcados.",
    )
