"""Binder de principio a fin, sin Docker: la imagen, su arranque y lecciones en su servidor."""

import json
import os
import re
import secrets
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from arbol import RAIZ, copia_el_curso

from helpers.docencia.equipo import puerto_libre
from helpers.ordenes._pythons import busca_pythons
from plataformas import imagen_de_binder, servidor

pytestmark = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="la imagen de Binder es de Linux"
)
LECCIONES = ("00_empieza_aqui", "02a_pickle", "06_seguridad")


@pytest.fixture(scope="module")
def receta(tmp_path_factory):
    return imagen_de_binder.lee_receta(copia_el_curso(tmp_path_factory.mktemp("receta")))


@pytest.fixture(scope="module")
def srv(receta, exige, tmp_path_factory):
    python = busca_pythons().get(receta.python)
    exige("" if python else f"no hay Python {receta.python}", "Binder", "instálalo con pyenv o uv")
    almacen = Path(sys.prefix) / "binder"
    if " " in str(almacen):  # el Dockerfile no entrecomilla sus rutas, que en Docker no los llevan
        almacen = tmp_path_factory.mktemp("binder")
    return imagen_de_binder.construye(receta, python, almacen)


@pytest.fixture(scope="module")
def maquina(receta, srv, tmp_path_factory):
    """Las variables de una máquina recién abierta, con el curso en su carpeta personal."""
    entorno = imagen_de_binder.variables(receta, srv, tmp_path_factory.mktemp("home"))
    copia_el_curso(Path(entorno["REPO_DIR"]))
    temporal = tmp_path_factory.mktemp("tmp")
    return entorno | imagen_de_binder.DE_BINDERHUB | {"TMPDIR": str(temporal)}


@pytest.fixture(scope="module")
def binder(maquina, tmp_path_factory):
    """El servidor que abre BinderHub: la entrada de la imagen, `start` y JupyterLab."""
    puerto, clave = puerto_libre(), secrets.token_hex(16)
    base = "/user/alguien-curso-abc/"
    orden = [
        *("python3", "-u", imagen_de_binder.ENTRADA, "jupyter-lab", "--ip=127.0.0.1"),
        *(f"--port={puerto}", f"--ServerApp.base_url={base}", f"--ServerApp.token={clave}"),
        *("--ServerApp.trust_xheaders=True", "--ServerApp.allow_origin=*"),
    ]
    if os.geteuid() == 0:  # en Binder nadie es root
        orden.append("--allow-root")
    registro = tmp_path_factory.mktemp("registro") / "servidor.txt"
    with registro.open("wb") as escrito:
        proceso = subprocess.Popen(
            orden,
            cwd=maquina["REPO_DIR"],
            env=maquina,
            executable=shutil.which("python3", path=maquina["PATH"]),
            stdin=subprocess.DEVNULL,
            stdout=escrito,
            stderr=subprocess.STDOUT,
        )
    abierto = servidor.Servidor(f"http://127.0.0.1:{puerto}{base}", clave)
    try:
        servidor.espera(abierto, proceso)
        yield abierto
    finally:
        proceso.terminate()
        try:
            proceso.wait(30)
        except subprocess.TimeoutExpired:
            proceso.kill()
            proceso.wait()
        print(registro.read_text(encoding="utf-8", errors="replace")[-3000:])


def python_de(maquina, *argumentos):
    """Ejecuta el Python de la imagen y da lo que imprime."""
    return subprocess.run(
        [shutil.which("python3", path=maquina["PATH"]), *argumentos],
        cwd=maquina["REPO_DIR"],
        env=maquina,
        capture_output=True,
        encoding="utf-8",
    )


def test_la_imagen_parte_de_lo_que_trae_repo2docker(receta):
    pedido = (RAIZ / "binder" / "runtime.txt").read_text(encoding="utf-8").strip()
    assert pedido == f"python-{receta.python}"
    assert {"jupyterlab", "notebook", "ipykernel", "jupyterhub", "pip"} <= receta.de_partida.keys()
    # Si ya trajera las del curso, instalar encima no probaría nada.
    pedidas = dict(
        re.findall(r"^([\w.-]+)==(\S+)", (RAIZ / "requirements.txt").read_text("utf-8"), re.M)
    )
    assert receta.de_partida["ipykernel"] != pedidas["ipykernel"]


def test_la_imagen_instala_lo_del_curso_y_arranca_con_start(receta):
    assert any("pip install" in o and '"binder/requirements.txt"' in o for o in receta.ordenes)
    assert receta.arranque == "${REPO_DIR}/binder/start"


def test_los_paquetes_de_la_imagen_se_entienden(maquina):
    revision = python_de(maquina, "-m", "pip", "check")
    assert revision.returncode == 0, revision.stdout


def test_la_imagen_acaba_con_las_versiones_del_curso(maquina, receta):
    guion = (
        "import json, sys; from importlib.metadata import distributions as d\n"
        "print(json.dumps([sys.version_info[:2], {p.name.lower(): p.version for p in d()}]))"
    )
    version, hay = json.loads(python_de(maquina, "-c", guion).stdout)
    assert "{}.{}".format(*version) == receta.python
    pedidas = re.findall(
        r"^([\w.-]+)==([^\s;]+)$", (RAIZ / "requirements.txt").read_text("utf-8"), re.M
    )
    hay = {nombre.replace("_", "-"): version for nombre, version in hay.items()}
    assert {n: v for n, v in pedidas if hay.get(n.lower().replace("_", "-")) != v} == {}
    # Binder entra por JupyterHub: que siga estando el de la imagen.
    assert hay["jupyterhub"] == receta.de_partida["jupyterhub"]


def test_el_menu_llega_en_espanol(binder):
    ajustes = {
        uno["id"]: uno["schema"].get("properties")
        for uno in servidor.pide(binder, "lab/api/settings")["settings"]
    }
    pedidos = json.loads(
        (RAIZ / "binder/labconfig/default_setting_overrides.json").read_text(encoding="utf-8")
    )
    assert pedidos
    for extension, opciones in pedidos.items():
        for nombre, valor in opciones.items():
            llega = ajustes[extension][nombre]["default"]
            # De un grupo de opciones solo se escriben las que cambian.
            esperado = llega | valor if isinstance(valor, dict) else valor
            assert llega == esperado, f"{extension} {nombre}"
    traduccion = servidor.pide(binder, "lab/api/translations/es_ES")["data"]
    assert "Archivo" in json.dumps(traduccion["jupyterlab"], ensure_ascii=False)


@pytest.mark.parametrize("leccion", LECCIONES)
def test_la_leccion_se_ejecuta_entera(binder, leccion):
    hechas = servidor.ejecuta_cuaderno(binder, f"notebooks/{leccion}.ipynb")
    preparacion = next(
        salidas for celda, salidas in hechas if "entorno.prepara()" in celda["source"]
    )
    assert servidor.texto(preparacion) == "Todo listo.\n"
    preguntas = [servidor.texto(s) for c, s in hechas if re.search("^revisa\\(", c["source"], re.M)]
    assert preguntas and all("Todavía sin responder" in texto for texto in preguntas)


def test_un_error_en_una_celda_se_nota(binder, maquina):
    roto = Path(maquina["REPO_DIR"]) / "notebooks" / "roto.ipynb"
    celda = {"cell_type": "code", "id": "rota", "source": "1 / 0", "metadata": {}, "outputs": []}
    roto.write_text(
        json.dumps(
            {
                "cells": [celda | {"execution_count": None}],
                "metadata": {},
                "nbformat": 4,
                "nbformat_minor": 5,
            }
        ),
        encoding="utf-8",
    )
    with pytest.raises(servidor.CeldaConError, match="rota: ZeroDivisionError"):
        servidor.ejecuta_cuaderno(binder, "notebooks/roto.ipynb")
    roto.unlink()


def test_la_leccion_sabe_que_esta_en_binder(binder, maquina):
    with servidor.sesion(binder, "notebooks/00_empieza_aqui.ipynb") as ejecuta:
        donde = servidor.texto(ejecuta("import os; print(os.getcwd())")).strip()
        hilos = servidor.texto(ejecuta("print(os.environ['OMP_NUM_THREADS'])")).strip()
        loky = "import sys; sys.path.insert(0, '..')\nimport joblib; print(joblib.cpu_count())"
        nucleos = servidor.texto(ejecuta(loky)).strip()
        grupos = servidor.texto(
            ejecuta(
                "import sklearn.svm, threadpoolctl\n"
                "print(sorted({g['num_threads'] for g in threadpoolctl.threadpool_info()}))"
            )
        ).strip()
        estado = servidor.texto(ejecuta("from helpers import entorno; entorno.comprueba_entorno()"))
    assert donde == str(Path(maquina["REPO_DIR"]) / "notebooks")
    assert (hilos, nucleos, grupos) == ("1", "1", "[1]")
    assert estado.startswith("OK     Estás en: Binder\n")
    assert "FALTA" not in estado and "Librerías del curso: " in estado
