"""La imagen que construiría Binder, sin Docker: se leen sus instrucciones y se siguen en carpetas.

De la receta de `repo2docker` salen el Python, los paquetes de partida, lo que se instala y lo que
se ejecuta al abrir. Lo único que cambia es dónde: `/srv` y `/home` son carpetas de la prueba.
"""

import hashlib
import os
import re
import shutil
import string
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

import repo2docker
import yaml
from arbol import RAIZ, copia_el_curso
from packaging.utils import canonicalize_name

BUILDPACKS = Path(repo2docker.__file__).parent / "buildpacks"
ENTRADA = BUILDPACKS / "repo2docker-entrypoint"
USUARIO = "jovyan"
# Los únicos que conda llama de otra manera, y los que pip no instala.
EN_PYPI = {"jupyterhub-singleuser": "jupyterhub"}
NO_SON_DE_PIP = {"python", "nodejs"}
# Lo que BinderHub añade a cada sesión, con un curso inventado.
DE_BINDERHUB = {
    "BINDER_LAUNCH_HOST": "https://binder.example.org/",
    "BINDER_REPO_URL": "https://github.com/alguien/curso",
    "BINDER_REF_URL": "https://github.com/alguien/curso/tree/abc",
    "BINDER_REQUEST": "v2/gh/alguien/curso/HEAD",
    "BINDER_PERSISTENT_REQUEST": "v2/gh/alguien/curso/abc",
}


class Receta(NamedTuple):
    """Lo que dice el Dockerfile: Python, paquetes de partida, variables, órdenes y arranque."""

    python: str
    de_partida: dict
    variables: list
    ordenes: list
    arranque: str


def lee_receta(carpeta):
    """Da la `Receta` con la que Binder construiría el curso copiado en `carpeta`."""
    orden = [sys.executable, "-m", "repo2docker", "--no-build", "--debug", "--user-id=1000"]
    dockerfile = _corre([*orden, f"--user-name={USUARIO}", "."], carpeta)
    version = re.search(r"^Building conda environment for python=(3\.\d+)$", dockerfile, re.M)[1]
    candado = BUILDPACKS / "conda" / f"environment.py-{version}-linux-64.lock"
    # En la receta los nombres van escapados: «-» es «-2d» y «.», «-2e».
    escapado = candado.name.replace("-", "-2d").replace(".", "-2e")
    assert escapado in dockerfile, f"la receta no copia {candado.name}"
    # Lo anterior a COPY src/ prepara la máquina; lo que sigue es lo que pide el curso.
    copia = dockerfile.index("COPY --chown=1000:1000 src/ ")
    ordenes = re.findall(r"^RUN (.*(?:\\\n.*)*)", dockerfile[copia:], re.M)
    return Receta(
        version,
        paquetes_de_partida(candado, candado.with_name(f"environment.py-{version}.yml"), carpeta),
        re.findall(r"^(?:ENV|ARG|\s{4})\s*(\w+)=(\S+?)\s*\\?$", dockerfile, re.M),
        ordenes,
        re.search(r'^ENV R2D_ENTRYPOINT="(.+)"$', dockerfile, re.M)[1],
    )


def paquetes_de_partida(candado, declarado, carpeta):
    """Los paquetes de Python que la imagen trae antes de instalar el curso.

    Son los que `repo2docker` declara y, de lo que arrastran, lo que el curso también fija: es
    donde pueden chocar. El resto llega solo.

    Parámetros
    ----------
    candado, declarado : Path
        Sus archivos: el que congela las versiones y el que dice cuáles quiere.
    carpeta : Path
        El curso.

    Devuelve
    --------
    dict[str, str]
        Nombre en PyPI y versión.
    """
    congelados = {
        canonicalize_name(nombre): (version, obra.startswith("py"))
        for nombre, version, obra in re.findall(
            r"/([\w.-]+)-([^-/]+)-([^-/]+)\.(?:conda|tar\.bz2)#", candado.read_text("utf-8")
        )
    }
    pedidos = yaml.safe_load(declarado.read_text(encoding="utf-8"))["dependencies"]
    propios = {canonicalize_name(re.match(r"[\w.-]+", pedido)[0]) for pedido in pedidos}
    del_curso = re.findall(r"^([\w.-]+)==", (carpeta / "requirements.txt").read_text("utf-8"), re.M)
    # conda llama igual a algunos que no son de Python: `tzdata` son los archivos del sistema.
    arrastrados = {n for n in map(canonicalize_name, del_curso) if congelados.get(n, ("", 0))[1]}
    quiere = sorted((propios | arrastrados) - NO_SON_DE_PIP)
    return {EN_PYPI.get(nombre, nombre): congelados[nombre][0] for nombre in quiere}


def construye(receta, python, almacen):
    """Sigue la receta hasta donde no depende del contenido del curso. Devuelve `/srv`.

    Si ya se construyó con las mismas versiones, devuelve lo que había.

    Parámetros
    ----------
    receta : Receta
        La del curso.
    python : str
        La ruta de un Python de la versión de la receta.
    almacen : Path
        Dónde guardarla.
    """
    fijado = [RAIZ / "requirements.txt", RAIZ / "binder" / "requirements.txt"]
    partes = [_corre([python, "-VV"], RAIZ), repr(receta)]
    clave = "\n".join(partes + [archivo.read_text(encoding="utf-8") for archivo in fijado])
    srv = almacen / hashlib.sha256(clave.encode()).hexdigest()[:12]
    if (srv / "hecho").exists():
        return srv
    # Un entorno guarda su ruta dentro: se hace donde va a quedar, y la marca llega al final. La de
    # otras versiones sobra: cada una ocupa cerca de 1 GB.
    shutil.rmtree(almacen, ignore_errors=True)
    srv.mkdir(parents=True)
    with tempfile.TemporaryDirectory() as casa:
        repositorio = copia_el_curso(Path(casa) / USUARIO)
        entorno = variables(receta, srv, Path(casa))
        prefijo = Path(entorno["NB_PYTHON_PREFIX"])
        _corre([python, "-m", "venv", prefijo], repositorio)
        partida = [f"{nombre}=={version}" for nombre, version in receta.de_partida.items()]
        _corre([prefijo / "bin/python", "-m", "pip", "install", "--quiet", *partida], repositorio)
        for orden in receta.ordenes:
            # La caché de pip no cambia lo que se instala, y aquí ahorra minutos.
            _corre(["bash", "-c", orden.replace("--no-cache-dir ", "")], repositorio, entorno)
    (srv / "hecho").touch()
    return srv


def variables(receta, srv, casa):
    """Las del Dockerfile, con `/srv` y `/home` en esas carpetas; nada llega de quien prueba."""
    entorno = {"PATH": "/usr/local/bin:/usr/bin:/bin", "NB_USER": USUARIO, "NB_UID": "1000"}
    for nombre, valor in receta.variables:
        valor = string.Template(valor.strip('"')).safe_substitute(entorno)
        for original, carpeta in {"/srv": srv, "/home": casa}.items():
            if valor == original or valor.startswith(f"{original}/"):
                valor = str(carpeta) + valor.removeprefix(original)
        entorno[nombre] = valor
    assert entorno["REPO_DIR"] == entorno["HOME"] == str(casa / USUARIO)
    ajenas = {k: v for k, v in os.environ.items() if k.startswith("PIP_") or k == "TMPDIR"}
    return ajenas | entorno | {"R2D_ENTRYPOINT": entorno["REPO_DIR"] + _tras_repo(receta.arranque)}


def _tras_repo(ruta):
    assert ruta.startswith("${REPO_DIR}/"), ruta
    return ruta.removeprefix("${REPO_DIR}")


def _corre(orden, carpeta, entorno=None):
    """Ejecuta una orden en esa carpeta y da lo que escribe; si falla, lo enseña."""
    proceso = subprocess.run(
        [str(parte) for parte in orden],
        cwd=carpeta,
        env=entorno,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        errors="replace",
    )
    escrito = proceso.stdout + proceso.stderr
    if proceso.returncode:
        raise RuntimeError(f"«{orden[-1]}» falló: {escrito[-1500:]}")
    return escrito
