"""Lo declarado en pyproject.toml y las versiones exactas dicen lo mismo."""

import ast
import re
import tomllib
from importlib.metadata import packages_distributions

import pytest
from arbol import RAIZ
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name
from packaging.version import Version

from helpers.ordenes import pins
from helpers.ordenes.pins import huella, lo_declarado

PYPROJECT = RAIZ / "pyproject.toml"
ARCHIVOS = {parte: RAIZ / archivo for parte, (archivo, _) in pins.ARCHIVOS.items()}
DE_QUIEN = packages_distributions()
REMEDIO = "Recalcula con: python -m helpers pins"


def fijadas(archivo):
    """Las líneas de un archivo de versiones, sin comentarios."""
    lineas = archivo.read_text(encoding="utf-8").splitlines()
    return [Requirement(linea) for linea in lineas if linea and not linea.startswith("#")]


def declaradas(parte):
    return [Requirement(texto) for texto in lo_declarado(PYPROJECT)[parte][1:]]


@pytest.mark.parametrize("parte", ARCHIVOS)
def test_se_recalculo_despues_de_cambiar_pyproject(parte):
    cabecera = ARCHIVOS[parte].read_text(encoding="utf-8").partition("\n\n")[0]
    escrita = re.search(r"^# Huella de lo declarado: ([0-9a-f]{16})$", cabecera, re.M)
    assert escrita, f"{ARCHIVOS[parte].name} no lleva su huella. {REMEDIO}"
    assert escrita[1] == huella(lo_declarado(PYPROJECT)[parte]), f"{parte}. {REMEDIO}"


@pytest.mark.parametrize("parte", ARCHIVOS)
def test_cada_dependencia_esta_fijada_una_vez_y_dentro_de_su_margen(parte):
    versiones = fijadas(ARCHIVOS[parte])
    for declarada in declaradas(parte):
        nombre = canonicalize_name(declarada.name)
        suyas = [v for v in versiones if canonicalize_name(v.name) == nombre]
        assert len(suyas) == 1, f"{nombre} aparece {len(suyas)} veces. {REMEDIO}"
        (version,) = suyas[0].specifier
        assert declarada.specifier.contains(version.version), f"{suyas[0]}. {REMEDIO}"


@pytest.mark.parametrize("parte", ARCHIVOS)
def test_todo_esta_fijado_con_dos_iguales_y_sin_direcciones(parte):
    versiones = fijadas(ARCHIVOS[parte])
    for version in versiones:
        assert re.fullmatch(r"==[\w.!+-]+", str(version.specifier)), str(version)
        assert version.url is None, "una dirección solo sirve en un equipo"
    nombres = [canonicalize_name(version.name) for version in versiones]
    repetidos = {nombre for nombre in nombres if nombres.count(nombre) > 1}
    # Con dos versiones según el Python, las salidas guardadas no valdrían para todos.
    assert not repetidos


def test_todos_usan_las_mismas_versiones():
    vistas = {}
    for archivo in ARCHIVOS.values():
        for version in fijadas(archivo):
            nombre = canonicalize_name(version.name)
            assert vistas.setdefault(nombre, version.specifier) == version.specifier, nombre


def test_cada_dependencia_dice_para_que_esta():
    lineas = PYPROJECT.read_text(encoding="utf-8").splitlines()
    for parte in ARCHIVOS:
        for texto in lo_declarado(PYPROJECT)[parte][1:]:
            (numero,) = [n for n, linea in enumerate(lineas) if f'"{texto}"' in linea]
            en_su_linea = re.search(r",\s+# \S.{8,}$", lineas[numero])
            encima = re.fullmatch(r"\s*# \S.{8,}", lineas[numero - 1])
            assert en_su_linea or encima, f"«{texto}» no dice por qué hace falta"


def importados(archivo):
    """De cada paquete que se instala y que un archivo importa, los nombres con que se instala."""
    nodos = list(ast.walk(ast.parse(archivo.read_text(encoding="utf-8"))))
    nombres = {alias.name for n in nodos if isinstance(n, ast.Import) for alias in n.names}
    nombres |= {n.module for n in nodos if isinstance(n, ast.ImportFrom) and not n.level}
    raices = {nombre.partition(".")[0] for nombre in nombres} & DE_QUIEN.keys()
    return {raiz: {canonicalize_name(uno) for uno in DE_QUIEN[raiz]} for raiz in raices}


@pytest.mark.parametrize(
    ("carpeta", "partes"),
    [
        ("helpers", ["curso"]),
        ("helpers/docencia", ["curso", "docencia"]),
        ("tests", ["curso", "pruebas", "docencia"]),
        ("tests/plataformas", ARCHIVOS),
    ],
)
def test_lo_que_se_importa_esta_declarado(carpeta, partes):
    """Lo que otro paquete trae consigo puede dejar de traerlo."""
    declarado = {canonicalize_name(una.name) for parte in partes for una in declaradas(parte)}
    otras = {"helpers": "helpers/docencia", "tests": "tests/plataformas"}.get(carpeta)
    for archivo in sorted((RAIZ / carpeta).rglob("*.py")):
        if otras and archivo.is_relative_to(RAIZ / otras):
            continue
        for nombre, posibles in importados(archivo).items():
            assert posibles & declarado, f"{archivo.relative_to(RAIZ)} importa {nombre}"


def test_el_curso_y_las_herramientas_hablan_del_mismo_python():
    datos = tomllib.loads(PYPROJECT.read_text(encoding="utf-8"))
    assert SpecifierSet(datos["project"]["requires-python"]) == SpecifierSet(">=3.11")
    assert datos["tool"]["ruff"]["target-version"] == "py311"


def test_la_huella_nota_un_cambio_y_no_el_orden():
    assert huella(["a~=1", "b"]) == huella(["b", "a~=1"])
    assert huella(["a~=1", "b"]) != huella(["a~=2", "b"])


def test_lo_que_corre_es_lo_fijado():
    """Una prueba hecha con otra versión no prueba este curso."""
    from importlib.metadata import version

    for declarada in declaradas("curso"):
        instalada = Version(version(declarada.name))
        nombre = canonicalize_name(declarada.name)
        (fijada,) = [v for v in fijadas(ARCHIVOS["curso"]) if canonicalize_name(v.name) == nombre]
        assert fijada.specifier.contains(instalada), f"{nombre} {instalada}, no {fijada.specifier}"
