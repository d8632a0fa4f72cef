"""Lo que se despliega en un JupyterHub y lo que dice su página: las mismas cifras y rutas."""

import json
import os
import re
import shutil
import subprocess
import sys
from urllib.parse import parse_qs, urlsplit

import dimensiones
import pytest
import yaml
from arbol import RAIZ, copia_el_curso
from jupyter_client import KernelManager
from jupyter_server.services.kernels.kernelmanager import MappingKernelManager
from traitlets.config import Config
from traitlets.config.loader import DeferredConfigString

from helpers.docencia.recoger import recoge
from helpers.ordenes.enlaces import repositorio

CARPETA = RAIZ / "binder" / "jupyterhub"
PAGINA = RAIZ / "notebooks" / "docencia" / "jupyterhub.md"
MIB = 2**20
# Solo las claves que están en el valores.yaml del gráfico y en sus páginas, que se leyeron.
CLAVES = {
    "singleuser.image.name", "singleuser.image.tag", "singleuser.memory.guarantee",
    "singleuser.memory.limit", "singleuser.cpu.guarantee", "singleuser.cpu.limit",
    "singleuser.storage.capacity", "cull.timeout", "cull.every",
    "hub.config.JupyterHub.authenticator_class", "hub.config.Authenticator.allow_all",
    "hub.config.SharedPasswordAuthenticator.user_password",
}  # fmt: skip


@pytest.fixture(scope="module")
def pagina():
    return PAGINA.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def valores():
    return yaml.safe_load((CARPETA / "z2jh.yaml").read_text(encoding="utf-8"))


def configura(**variables):
    """Lo que `jupyterhub_config.py` pone en `c`, con esas variables de entorno."""
    c = Config()
    antes = os.environ.copy()
    os.environ.update(variables)
    try:
        codigo = (CARPETA / "jupyterhub_config.py").read_text(encoding="utf-8")
        exec(compile(codigo, "jupyterhub_config.py", "exec"), {"c": c})
    finally:
        os.environ.clear()
        os.environ.update(antes)
    return c


def enlace(direccion):
    return {clave: valor for clave, (valor,) in parse_qs(urlsplit(direccion).query).items()}


def en_mib(texto):
    """«1024M», como lo entienden JupyterHub y el gráfico de Helm: M son MiB."""
    return int(re.fullmatch(r"(\d+)M", texto)[1])


def codigo_de(cuaderno):
    """El código de las celdas de un cuaderno."""
    celdas = json.loads(cuaderno.read_text(encoding="utf-8"))["cells"]
    return {"".join(celda["source"]) for celda in celdas if celda["cell_type"] == "code"}


def claves(datos, delante=""):
    for clave, valor in datos.items():
        if isinstance(valor, dict):
            yield from claves(valor, f"{delante}{clave}.")
        else:
            yield f"{delante}{clave}"


def test_la_pagina_dice_lo_que_se_midio(pagina):
    bloque = dimensiones.bloque(dimensiones.lee_medida())
    guardado = re.search(r"<!-- clase -->\n(.*?)\n<!-- /clase -->", pagina, re.DOTALL)[1]
    assert guardado == bloque, f"Pon entre las marcas de la página esto:\n\n{bloque}"


def test_la_memoria_que_se_concede_sale_de_lo_medido(valores):
    medida = dimensiones.lee_medida()
    limite = en_mib(configura().Spawner.mem_limit)
    memoria = valores["singleuser"]["memory"]
    assert en_mib(memoria["limit"]) == limite
    _, pico = dimensiones.en_el_peor_momento(medida)
    assert 1.2 * pico <= limite <= 2 * pico
    garantia = en_mib(memoria["guarantee"])
    _, reposo = dimensiones.con_kernel(medida)
    assert reposo <= garantia <= pico


def test_mas_personas_piden_mas_maquina():
    medida = dimensiones.lee_medida()
    filas = re.findall(r"^\| (\d+) \| (\d+) \| (\d+) \| (\d+) \|$", dimensiones.tabla(medida), re.M)
    assert [int(fila[0]) for fila in filas] == list(dimensiones.CLASES)
    for columna in range(4):
        cifras = [int(fila[columna]) for fila in filas]
        assert cifras == sorted(cifras)
    assert all(int(a_su_ritmo) < int(a_la_vez) for _, a_su_ritmo, a_la_vez, _ in filas)
    _, reposo = dimensiones.con_kernel(medida)
    assert dimensiones.en_clase(medida) < reposo
    assert 20 * reposo < int(filas[1][1]) * 1024
    assert medida["personas"] == 20
    assert set(medida["lecciones"]) == {"01", "03b", "02e"}


def test_solo_claves_que_el_grafico_entiende(valores):
    assert set(claves(valores)) == CLAVES


def test_aterrizar_copia_este_curso_y_abre_una_leccion_que_existe(pagina):
    pedido = enlace(configura().Spawner.default_url)
    assert pedido["repo"] == f"https://github.com/{repositorio(RAIZ)}"
    raiz = f"lab/tree/{pedido['targetpath']}/"
    assert (RAIZ / pedido["urlpath"].removeprefix(raiz)).is_file()
    (de_la_pagina,) = re.findall(r"^https://HUB/hub/user-redirect/(git-pull\?.*)$", pagina, re.M)
    otro = enlace(de_la_pagina)
    assert otro | {"urlpath": ""} == pedido | {"urlpath": ""}
    assert (RAIZ / otro["urlpath"].removeprefix(raiz)).is_file()


def test_el_servidor_arranca_por_el_mismo_sitio_que_en_binder():
    assert configura().Spawner.cmd[0] == "/srv/curso/binder/start"
    propio = configura(CURSO_COMPARTIDO=str(RAIZ)).Spawner.cmd
    assert propio == [f"{RAIZ}/binder/start", "jupyterhub-singleuser"]


def test_cada_opcion_del_servidor_existe_en_esta_version():
    clases = {"MappingKernelManager": MappingKernelManager, "KernelManager": KernelManager}
    opciones = configura().Spawner.args
    assert opciones
    for opcion in opciones:
        clase, nombre, valor = re.fullmatch(r"--(\w+)\.(\w+)=(\w+)", opcion).groups()
        assert nombre in clases[clase].class_trait_names(config=True)
        clases[clase](config=Config({clase: {nombre: DeferredConfigString(valor)}}))


def test_las_rutas_que_nombra_la_pagina_existen(pagina):
    nombradas = set(re.findall(r"(?:/srv/curso/|[`=\s])(binder/[\w./-]*\w)", pagina))
    assert {"binder/start", "binder/jupyterhub/z2jh.yaml", "binder/requirements.txt"} <= nombradas
    assert [ruta for ruta in nombradas if not (RAIZ / ruta).exists()] == []
    assert "--target-repo-dir /srv/curso" in pagina


@pytest.mark.skipif(os.name == "nt", reason="recoger con tar se hace en el servidor, que es Linux")
def test_recoger_con_la_orden_de_la_pagina_deja_entregas_que_se_califican(pagina, tmp_path):
    (orden,) = re.findall(r"```bash\n(tarea=.*?done)\n", pagina, re.DOTALL)
    tarea = RAIZ / "notebooks" / "tareas" / "release" / "t1_conceptos"
    casas, entregas = tmp_path / "home", tmp_path / "trabajo"
    for quien in ("ana", "josé"):
        suya = casas / f"jupyter-{quien}" / "curso/notebooks/tareas/release/t1_conceptos"
        shutil.copytree(tarea, suya)
    entregas.mkdir()
    # Aquí no hay usuarios de Linux: «sudo -u alguien orden» es la orden.
    (tmp_path / "sudo").write_text('#!/bin/sh\nshift 2\nexec "$@"\n', encoding="utf-8")
    (tmp_path / "sudo").chmod(0o755)
    subprocess.run(
        ["bash", "-e", "-c", orden.replace("/home/", f"{casas}/")],
        cwd=entregas,
        env=os.environ | {"PATH": f"{tmp_path}{os.pathsep}{os.environ['PATH']}"},
        check=True,
    )
    (tmp_path / "recogidas").mkdir()
    recogidas, rechazos = recoge(entregas / "entregas", tmp_path / "recogidas")
    assert [entrega.nombre for entrega in recogidas] == ["ana", "josé"]
    assert rechazos == []
    for entrega in recogidas:
        assert "t1_conceptos.ipynb" in entrega.archivos


@pytest.mark.skipif(os.name == "nt", reason="esas órdenes son de bash")
def test_lo_que_se_reparte_si_hay_nota_no_lleva_soluciones_y_funciona(pagina, tmp_path):
    (ordenes,) = re.findall(r"```bash\n(  git clone .*? reparto\n.*?)  ```", pagina, re.DOTALL)
    direccion = f"https://github.com/{repositorio(RAIZ)}"
    copia_el_curso(tmp_path / "curso")
    guarda = "git init -q; git add --all; git commit -q -m Curso"
    papeles = ("AUTHOR_NAME", "AUTHOR_EMAIL", "COMMITTER_NAME", "COMMITTER_EMAIL")
    entorno = os.environ | {f"GIT_{papel}": "quien.ensena" for papel in papeles}
    subprocess.run(["bash", "-e", "-c", guarda], cwd=tmp_path / "curso", env=entorno, check=True)
    subprocess.run(
        ["bash", "-e", "-c", ordenes.replace(direccion, str(tmp_path / "curso"))],
        cwd=tmp_path,
        env=entorno,
        check=True,
        capture_output=True,
    )
    reparto, donde = tmp_path / "reparto", {"cwd": tmp_path / "reparto", "text": True}
    commits = subprocess.check_output(["git", "rev-list", "--all", "--count"], **donde)
    assert commits.strip() == "1"
    soluciones = set().union(*map(codigo_de, (RAIZ / "notebooks/tareas/source").rglob("*.ipynb")))
    soluciones -= set().union(*map(codigo_de, (RAIZ / "notebooks/tareas/release").rglob("*.ipynb")))
    assert len(soluciones) > 20
    repartido = set().union(*map(codigo_de, reparto.rglob("*.ipynb")))
    assert len(repartido) > 200
    assert repartido & soluciones == set()
    assert list(reparto.rglob("pruebas.py")) == []
    # En estas hay respuestas que valen todos los puntos, y lo que valora quien enseña.
    assert not (reparto / "tests").exists() and not (reparto / "notebooks" / "docencia").exists()
    # Y con él se hacen los ejercicios de una lección y los de una tarea.
    usa = "from helpers import pista; pista('t1.1'); pista('02a.1')"
    dicho = subprocess.check_output([sys.executable, "-c", usa], **donde)
    assert dicho.startswith("t1.1 · Pista 1 de 3")


def test_la_configuracion_no_necesita_nada_que_no_tenga_jupyterhub():
    codigo = (CARPETA / "jupyterhub_config.py").read_text(encoding="utf-8")
    importados = re.findall(r"^(?:from|import) (\w+)", codigo, re.M)
    assert set(importados) <= sys.stdlib_module_names
