"""Cada lección, como en Colab: el cuaderno solo, en una carpeta vacía y sin red."""

import importlib.metadata
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from arbol import RAIZ
from celda_de_preparacion import CELDA
from colab import simulacion
from reglas.cuaderno import lecciones

from helpers import colab
from helpers.ordenes._pythons import busca_pythons

# También las tareas, tal como se reparten.
LECCIONES = lecciones() + sorted((RAIZ / "notebooks").glob("tareas/release/*/*.ipynb"))
# La última celda de cada cuaderno: con qué corrió de verdad.
DICE_DONDE_CORRE = f"""
import importlib.metadata, IPython, ipykernel, json, sys
nombres = {sorted(simulacion.versiones_de_colab().keys() - colab.DEL_CURSO.keys())}
dicho = {{nombre: importlib.metadata.version(nombre) for nombre in nombres}}
dicho |= {{"ipython": IPython.__version__, "ipykernel": ipykernel.__version__}}
print(json.dumps(dicho | {{"python": "%d.%d" % sys.version_info[:2]}}))
"""


@pytest.fixture(scope="module")
def base(request, exige):
    exige("" if shutil.which("git") else "no hay git", "Colab", "instala git")
    almacen = Path(sys.prefix) / "colab-base"
    if sys.prefix == sys.base_prefix:
        almacen = request.config.cache.mkdir("colab-base")
    pedido = simulacion.PYTHON_DE_COLAB
    python = busca_pythons().get(pedido)
    exige("" if python else f"no hay Python {pedido}", "Colab", "instálalo con pyenv o uv")
    try:
        return simulacion.construye_base(python, almacen)
    except subprocess.CalledProcessError as error:
        queja = error.stderr.strip().splitlines() or ["sin explicación"]
        exige(f"no se construyó la instalación base ({queja[-1]})", "Colab", "revisa la conexión")


@pytest.fixture(scope="module")
def repositorio(base, tmp_path_factory):
    return simulacion.publica_curso(tmp_path_factory.mktemp("repositorio de José") / "curso.git")


@pytest.fixture(scope="module")
def python_de_las_lecciones(base, tmp_path_factory):
    # Compartido: solo la primera lección instala, y se ahorran varios segundos en cada una.
    return simulacion.pon_capa(base, tmp_path_factory.mktemp("colab") / "capa")


@pytest.fixture
def sesion_de_leccion(base, python_de_las_lecciones, repositorio, tmp_path):
    return simulacion.abre_sesion(base, python_de_las_lecciones, repositorio, tmp_path)


@pytest.fixture
def sesion(base, repositorio, tmp_path):
    python = simulacion.pon_capa(base, tmp_path / "capa de José")
    return simulacion.abre_sesion(base, python, repositorio, tmp_path)


def versiones(sesion, nombres):
    codigo = "import importlib.metadata as m, sys; print(*map(m.version, sys.argv[1:]))"
    orden = [sesion.python, "-c", codigo, *nombres]
    return dict(zip(nombres, simulacion.ejecuta(orden, env=sesion.entorno).split(), strict=True))


def versiones_de_la_base(base):
    paquetes = importlib.metadata.distributions(path=[str(base.paquetes)])
    return {paquete.name.lower(): paquete.version for paquete in paquetes}


def texto(celda):
    """Lo que una celda mostró como texto."""
    salidas = celda.get("outputs", [])
    return "".join(s.get("text", s.get("data", {}).get("text/plain", "")) for s in salidas)


def ejecuta_celda(sesion, antes=""):
    """Ejecuta la celda de preparación sin kernel; da lo que imprimió o su error."""
    try:
        orden = [sesion.python, "-X", "utf8", "-c", antes + CELDA]
        return simulacion.ejecuta(orden, cwd=sesion.carpeta, env=sesion.entorno)
    except subprocess.CalledProcessError as error:
        return error.stderr


def test_estan_todas_las_lecciones_y_todas_las_tareas():
    enlazadas = re.findall(
        r"\]\((notebooks/[^)]+\.ipynb)\)", (RAIZ / "README.md").read_text("utf-8")
    )
    probadas = {ruta.relative_to(RAIZ).as_posix() for ruta in LECCIONES}
    assert enlazadas and set(enlazadas) <= probadas
    tareas = {ruta.name for ruta in (RAIZ / "notebooks" / "tareas" / "source").iterdir()}
    assert tareas >= {"t1_conceptos", "t2_metodos", "t3_prueba", "t4_guia", "08_proyecto_final"}
    assert tareas <= {ruta.stem for ruta in LECCIONES}


@pytest.mark.parametrize("leccion", LECCIONES, ids=lambda ruta: ruta.stem)
def test_la_leccion_funciona_con_nada_mas_que_su_cuaderno(leccion, base, sesion_de_leccion):
    sesion = sesion_de_leccion
    shutil.copy(leccion, sesion.carpeta)
    cuaderno = nbformat.read(leccion, as_version=4)
    cuaderno.cells.append(nbformat.v4.new_code_cell(DICE_DONDE_CORRE))
    cuaderno = simulacion.corre(cuaderno, sesion)

    preguntas = [c for c in cuaderno.cells if re.search(r"^revisa\(", c.source, re.MULTILINE)]
    assert preguntas
    # Lo dice el propio kernel: con otro, la prueba no sería la de Colab.
    de_fabrica = simulacion.versiones_de_colab()
    dicho = json.loads(texto(cuaderno.cells[-1]))
    esperado = {n: v for n, v in de_fabrica.items() if n not in colab.DEL_CURSO}
    assert dicho == esperado | {"python": simulacion.PYTHON_DE_COLAB}
    assert [c.source for c in preguntas if "Todavía sin responder" not in texto(c)] == []
    pedidas = colab.versiones_pedidas()
    hay = versiones(sesion, colab.DEL_CURSO)
    assert hay == {nombre: pedidas[nombre] for nombre in colab.DEL_CURSO}
    de_colab = versiones_de_la_base(base)
    assert versiones(sesion, colab.INTOCABLES) == {n: de_colab[n] for n in colab.INTOCABLES}
    assert {r.name for r in sesion.carpeta.iterdir()} == {leccion.name, "sample_data", "curso"}
    estado = ["git", "status", "--porcelain"]
    assert simulacion.ejecuta(estado, cwd=sesion.carpeta / "curso", env=sesion.entorno) == ""


def test_si_scikit_learn_ya_se_uso_pide_reiniciar_y_despues_funciona(base, sesion):
    mensaje = ejecuta_celda(sesion, antes="import sklearn\n")
    assert "ErrorDelCurso: Reinicia el entorno:" in mensaje
    assert ejecuta_celda(sesion) == "Todo listo.\n"
    # Lo instalado quedó en la capa: la base sigue siendo la de Colab.
    assert versiones_de_la_base(base).items() >= simulacion.versiones_de_colab().items()


def test_no_se_fia_de_una_descarga_a_medias_ni_la_borra(sesion):
    medias = sesion.carpeta / "curso" / "helpers" / "entorno.py"
    medias.parent.mkdir(parents=True)
    medias.write_text("raise SystemExit('código a medias')", encoding="utf-8")
    assert "cambia de nombre la carpeta «curso»" in ejecuta_celda(sesion)
    assert medias.exists()


def test_sin_red_no_hay_curso_y_lo_dice(sesion):
    sin_curso = sesion._replace(entorno=sesion.entorno | {"GIT_CONFIG_COUNT": "0"})
    assert "No se descargó el curso. Revisa la conexión" in ejecuta_celda(sin_curso)
    assert not (sesion.carpeta / "curso").exists()


def test_sin_red_no_hay_librerias_y_lo_dice(sesion, tmp_path):
    sin_ruedas = sesion._replace(entorno=sesion.entorno | {"PIP_FIND_LINKS": tmp_path.as_uri()})
    mensaje = ejecuta_celda(sin_ruedas)
    assert "ErrorDelCurso: No se pudieron instalar las librerías del curso" in mensaje
    assert "Prueba a ejecutar otra vez esta celda." in mensaje
