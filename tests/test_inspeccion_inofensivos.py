"""A ningún modelo corriente se le encuentran sospechas, se guarde como se guarde."""

import io
import sys
from collections import Counter

import inofensivos
import pytest

from helpers.inspeccion import globales, sospechas


@pytest.fixture(scope="module", autouse=True)
def sin_dill():
    """Otra prueba pudo importar dill, que cambia lo que joblib escribe: es lo que cuenta 02c."""
    dill = sys.modules.get("dill")
    if dill:
        dill.extend(use_dill=False)
    yield
    if dill:
        dill.extend(use_dill=True)


@pytest.fixture(scope="module")
def vistas(sin_dill):
    """De cada modelo y cada formato, sus sospechas."""
    return {
        (nombre, formato): sospechas(io.BytesIO(bytes_))
        for nombre, modelo in inofensivos.modelos()
        for formato, bytes_ in inofensivos.archivos(nombre, modelo)
    }


def test_no_se_marca_ninguno(vistas):
    assert {cual: frases for cual, frases in vistas.items() if frases} == {}


def test_son_muchos_y_distintos(vistas):
    nombres = {nombre for nombre, _ in vistas}
    assert len(nombres) == len(inofensivos.modelos()) >= 300
    por_formato = Counter(formato for _, formato in vistas)
    assert len(por_formato) == 10
    assert min(por_formato.values()) >= 40
    assert min(n for f, n in por_formato.items() if " " not in f or "pickle" in f) >= 300


def test_se_mira_dentro_de_verdad():
    """Que no haya sospechas no es que no se haya visto nada: la clase del modelo está."""
    for numero, (nombre, modelo) in enumerate(inofensivos.modelos()):
        archivos = list(inofensivos.archivos(nombre, modelo))
        formato, bytes_ = archivos[numero % len(archivos)]
        vistos = globales(io.BytesIO(bytes_))
        assert f"{type(modelo).__module__}.{type(modelo).__qualname__}" in vistos.nombres, formato
        assert vistos.motivo == "", (nombre, formato)


def test_se_cuenta_al_final(vistas, request):
    marcados = sum(map(bool, vistas.values()))
    modelos = len(inofensivos.modelos())
    request.config.inspeccion["inofensivos"] = (
        f"{modelos} modelos inofensivos en {len(vistas)} archivos, {marcados} marcados"
    )
