"""Binder instala lo mismo que cualquier otro equipo, y acepta el repositorio."""

import importlib.util
import json
import os
import re
import subprocess
import sys
import tomllib
import uuid
from pathlib import Path

import pytest
from arbol import RAIZ, copia_el_curso

BINDER = RAIZ / "binder"


def lineas(archivo):
    todas = archivo.read_text(encoding="utf-8").splitlines()
    return [linea.strip() for linea in todas if linea.strip() and not linea.startswith("#")]


def version_de(paquete, archivo):
    (hallada,) = [re.fullmatch(rf"{paquete}==([\d.]+)", linea) for linea in lineas(archivo)
                  if linea.startswith(f"{paquete}==")]  # fmt: skip
    return hallada[1].split(".")


def test_binder_instala_los_requisitos_de_todos():
    requisitos = lineas(BINDER / "requirements.txt")
    assert requisitos[0] == "-r ../requirements.txt"
    resto = requisitos[1:]
    assert [linea.partition("==")[0] for linea in resto] == ["notebook", "nbgitpuller"]


def test_el_nbgitpuller_de_la_imagen_es_el_que_se_prueba():
    probado = RAIZ / "tests" / "plataformas" / "requirements.txt"
    assert version_de("nbgitpuller", BINDER / "requirements.txt") == version_de(
        "nbgitpuller", probado
    )


def test_el_notebook_de_binder_va_con_nuestro_jupyterlab():
    # notebook 7.n se construye sobre JupyterLab 4.n.
    notebook = version_de("notebook", BINDER / "requirements.txt")
    jupyterlab = version_de("jupyterlab", RAIZ / "requirements.txt")
    assert notebook[1] == jupyterlab[1], "cambia la versión de notebook en binder/requirements.txt"


def test_el_python_de_binder_es_uno_de_los_del_curso():
    python = re.fullmatch(r"python-3\.(\d+)\n", (BINDER / "runtime.txt").read_text("utf-8"))
    minimo = tomllib.loads((RAIZ / "pyproject.toml").read_text(encoding="utf-8"))
    assert int(python[1]) >= int(minimo["project"]["requires-python"].removeprefix(">=3."))


def test_nada_mas_decide_el_entorno():
    # repo2docker prefiere estos archivos a requirements.txt, y mira antes .binder que binder.
    assert not (RAIZ / ".binder").exists()
    for otro in ("environment.yml", "Pipfile", "Dockerfile", "setup.py", "apt.txt", "postBuild"):
        assert not (BINDER / otro).exists(), otro


def test_start_se_puede_ejecutar_en_linux():
    start = BINDER / "start"
    contenido = start.read_bytes()
    assert contenido.startswith(b"#!/bin/bash\n") and b"\r" not in contenido
    assert contenido.rstrip().endswith(b'exec "$@"')
    if os.name == "nt":
        pytest.skip("Windows no guarda el permiso de ejecución: se comprueba en los otros sistemas")
    assert os.access(start, os.X_OK), (
        "le falta el permiso: git update-index --chmod=+x binder/start"
    )


@pytest.mark.skipif(os.name == "nt", reason="binder/start es de bash y corre en Linux")
def test_start_pone_las_variables_y_cede_el_paso(tmp_path):
    guion = "import json, os, sys; print(json.dumps([dict(os.environ), sys.argv[1:]]))"
    carpeta = tmp_path / "mi curso"
    carpeta.mkdir()
    salida = subprocess.run(
        [BINDER / "start", sys.executable, "-c", guion, "dos palabras"],
        env={"PATH": os.environ["PATH"], "REPO_DIR": str(carpeta), "JUPYTER_CONFIG_PATH": "/otra"}
        | {"TMPDIR": str(tmp_path)},
        check=True,
        capture_output=True,
        encoding="utf-8",
    ).stdout
    variables, argumentos = json.loads(salida)
    assert variables["JUPYTER_CONFIG_PATH"] == f"{carpeta}/binder:/otra"
    assert variables["OMP_NUM_THREADS"] == variables["OPENBLAS_NUM_THREADS"] == "1"
    assert "PYTHONPATH" not in variables, "los cuadernos encuentran helpers por sí solos"
    assert argumentos == ["dos palabras"]


@pytest.mark.skipif(os.name == "nt", reason="binder/start es de bash y corre en Linux")
def test_start_da_a_cada_servidor_una_carpeta_propia_y_corta(tmp_path):
    """Linux no abre la ruta de un kernel si pasa de 107 letras."""
    mira = 'echo "$JUPYTER_RUNTIME_DIR"; ls -ld "$JUPYTER_RUNTIME_DIR"'
    carpetas = [
        subprocess.run(
            [BINDER / "start", "sh", "-c", mira],
            env={"PATH": os.environ["PATH"]} | temporal,
            check=True,
            capture_output=True,
            encoding="utf-8",
        ).stdout.splitlines()
        for temporal in ({}, {"TMPDIR": str(tmp_path)}, {"TMPDIR": str(tmp_path)})
    ]
    (en_la_del_sistema, permisos), (una, _), (otra, _) = carpetas
    Path(en_la_del_sistema).rmdir()
    assert len(f"{en_la_del_sistema}/kernel-{uuid.uuid4()}-ipc-5") <= 107
    assert permisos.startswith("drwx------"), "nadie más debe poder hablar con esos kernels"
    assert una != otra
    assert {Path(una).parent, Path(otra).parent} == {tmp_path}


@pytest.mark.skipif(os.name == "nt", reason="binder/start es de bash y corre en Linux")
def test_start_encuentra_el_curso_aunque_nadie_lo_diga(tmp_path):
    salida = subprocess.run(
        [BINDER / "start", "sh", "-c", 'echo "$JUPYTER_CONFIG_PATH"'],
        env={"PATH": os.environ["PATH"], "TMPDIR": str(tmp_path)},
        check=True,
        capture_output=True,
        encoding="utf-8",
    ).stdout
    assert Path(salida.strip()) == BINDER


def test_jupyterlab_entiende_sus_valores_en_espanol():
    ruta = BINDER / "labconfig" / "default_setting_overrides.json"
    valores = json.loads(ruta.read_text(encoding="utf-8"))
    esquemas = Path(sys.prefix) / "share" / "jupyter" / "lab" / "schemas"
    for clave, opciones in valores.items():
        extension, _, nombre = clave.partition(":")
        esquema = json.loads((esquemas / extension / f"{nombre}.json").read_text(encoding="utf-8"))
        assert opciones.keys() <= esquema["properties"].keys(), clave
    assert valores["@jupyterlab/translation-extension:plugin"]["locale"] == "es_ES"
    celdas = valores["@jupyterlab/notebook-extension:tracker"]["codeCellConfig"]
    assert celdas["lineWrap"], "con la letra ampliada, las líneas largas se saldrían de la pantalla"
    lista = valores["@jupyterlab/filebrowser-extension:browser"]
    assert not lista["showLastModifiedColumn"], "la fecha corta el nombre de las lecciones"
    assert importlib.util.find_spec("jupyterlab_language_pack_es_ES")


@pytest.mark.skipif(os.name == "nt", reason="repo2docker no funciona en Windows")
def test_repo2docker_acepta_el_repositorio(tmp_path):
    proceso = subprocess.run(
        [sys.executable, "-m", "repo2docker", "--no-build", "--debug"]
        + ["--user-id=1000", "--user-name=jovyan", "."],
        cwd=copia_el_curso(tmp_path),
        capture_output=True,
        encoding="utf-8",
    )
    receta = proceso.stdout + proceso.stderr
    assert proceso.returncode == 0, receta[-2000:]
    assert "binder/requirements.txt" in receta
    python = (BINDER / "runtime.txt").read_text(encoding="utf-8").strip().removeprefix("python-")
    assert f"for python={python}" in receta, "no eligió el Python de runtime.txt"
    copia, instala = receta.index("COPY --chown=1000:1000 src/ "), receta.index("pip install --no")
    assert copia < instala, "instalaría antes de tener requirements.txt de la raíz"
    assert 'R2D_ENTRYPOINT="${REPO_DIR}/binder/start"' in receta
