"""Cada lección cumple cada regla de `reglas/`. Si algo falla, la frase dice dónde y qué hacer."""

import importlib
import re

import nbformat
import pytest
from arbol import RAIZ
from reglas import REGLAS, enlaces, prosa
from reglas.anatomia import TOTAL
from reglas.cuaderno import lecciones, lee
from reglas.ejercicios import declarados

LECCIONES = lecciones()
DOCUMENTOS = prosa.documentos()


def titulo(ruta):
    return ruta.relative_to(RAIZ).as_posix().removeprefix("notebooks/")


def sin_fallos(fallos):
    fallos = list(fallos)
    assert not fallos, "\n" + "\n".join(fallos)


def test_hay_lecciones():
    assert LECCIONES, "No hay ningún cuaderno en notebooks/"


@pytest.mark.parametrize("regla", REGLAS, ids=lambda regla: regla.__name__)
@pytest.mark.parametrize("ruta", LECCIONES, ids=titulo)
def test_regla(ruta, regla):
    sin_fallos(regla(lee(ruta)))


@pytest.mark.parametrize("ruta", LECCIONES, ids=titulo)
def test_formato_valido(ruta):
    nbformat.validate(lee(ruta).datos)


@pytest.mark.parametrize("ruta", LECCIONES, ids=titulo)
def test_pregunta_lo_declarado(ruta):
    cuaderno = lee(ruta)
    motor = importlib.import_module("helpers.ejercicios")
    sin_fallos(
        declarados(
            cuaderno,
            [ejercicio.codigo for ejercicio in motor.ejercicios_de(cuaderno.numero)],
            [prediccion.codigo for prediccion in motor.predicciones_de(cuaderno.numero)],
        )
    )


@pytest.mark.parametrize("ruta", LECCIONES, ids=titulo)
def test_el_mapa_del_readme_dice_sus_minutos(ruta):
    minutos = TOTAL.search(lee(ruta).celdas[0].fuente)[1]
    enlace = re.escape(f"](notebooks/{ruta.name})")
    mapa = (RAIZ / "README.md").read_text(encoding="utf-8")
    assert re.search(rf"^.*{enlace}.*\b{minutos}\b.*$", mapa, re.MULTILINE), (
        f"README.md: falta una línea con el enlace a notebooks/{ruta.name} y sus {minutos} minutos"
    )


@pytest.mark.parametrize("ruta", DOCUMENTOS, ids=titulo)
def test_documento(ruta):
    texto, nombre = ruta.read_text(encoding="utf-8"), ruta.relative_to(RAIZ).as_posix()
    fallos = [*enlaces.resuelven(nombre, nombre, texto), *enlaces.descritos(nombre, texto)]
    for lugar, trozo in prosa.prosa_de_markdown(ruta):
        fallos += [*prosa.terminos(lugar, trozo), *prosa.tono(lugar, trozo)]
    sin_fallos(fallos)


@pytest.mark.parametrize("ruta", sorted((RAIZ / "helpers").rglob("*.py")), ids=titulo)
def test_lo_que_dicen_los_helpers(ruta):
    sin_fallos(
        fallo
        for lugar, texto in prosa.prosa_de_modulo(ruta)
        for fallo in (*prosa.terminos(lugar, texto), *prosa.tono(lugar, texto))
    )
