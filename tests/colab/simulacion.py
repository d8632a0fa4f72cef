"""Un Colab de mentira: sus versiones, una carpeta vacía y el curso solo detrás de una URL.

La instalación base se construye una vez y se guarda. Encima se pone una capa: un entorno virtual
que ve la base y recibe lo que instale la lección, sin estropearla.
"""

import hashlib
import json
import os
import subprocess
import tempfile
from pathlib import Path
from typing import NamedTuple

from arbol import RAIZ
from celda_de_preparacion import URL
from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient

from helpers import colab

REQUISITOS = Path(__file__).with_name("requisitos.txt")
PYTHON_DE_COLAB = "3.13"
# De quien lanza las pruebas no debe llegar nada que cambie el Python, pip o git de la lección.
AJENAS = ("PYTHON", "PIP_", "GIT_", "BINDER_", "JUPYTER", "JPY_", "VIRTUAL_ENV")


class Base(NamedTuple):
    """La instalación de partida: el Python que la creó, sus paquetes y las ruedas que faltan."""

    python: str
    paquetes: Path
    ruedas: Path


class Sesion(NamedTuple):
    """Un Colab recién abierto: su Python, la carpeta del cuaderno y las variables de entorno."""

    python: Path
    carpeta: Path
    entorno: dict


def construye_base(python, almacen):
    """Instala las versiones de Colab y descarga lo que instalará la celda de preparación.

    `python` es la ruta de uno de la versión de Colab, y `almacen`, la carpeta donde se guarda.

    Si ya se construyó y nada cambió, devuelve lo que había. Sin red lanza CalledProcessError.
    """
    requisitos = REQUISITOS.read_text(encoding="utf-8")
    pedidas = colab.versiones_pedidas()
    del_curso = [f"{n}=={pedidas[n]}" for n in colab.DEL_CURSO]
    clave = "\n".join([ejecuta([python, "-VV"]), requisitos, *del_curso])
    carpeta = almacen / hashlib.sha256(clave.encode()).hexdigest()[:12]
    if not carpeta.is_dir():
        almacen.mkdir(parents=True, exist_ok=True)
        # Su nombre llega al final: si esto se interrumpe, nadie tomará por buena una mitad.
        with tempfile.TemporaryDirectory(dir=almacen) as obra:
            _construye(python, requisitos, del_curso, Path(obra) / "todo")
            (Path(obra) / "todo").rename(carpeta)
    return Base(python, paquetes_de(python_de(carpeta / "base")), carpeta / "ruedas")


def _construye(python, requisitos, del_curso, carpeta):
    ejecuta([python, "-m", "venv", carpeta / "base"])
    pip = [python_de(carpeta / "base"), "-m", "pip", "--disable-pip-version-check"]
    ejecuta([*pip, "install", "--quiet", "--requirement", REQUISITOS])
    fijas = [linea for linea in requisitos.splitlines() if linea.startswith(colab.INTOCABLES)]
    plan = ["install", "--quiet", "--dry-run", "--report", "-", *fijas, *del_curso]
    faltan = [paquete["metadata"] for paquete in json.loads(ejecuta([*pip, *plan]))["install"]]
    descarga = ["download", "--quiet", "--no-deps", "--dest", carpeta / "ruedas"]
    ejecuta([*pip, *descarga, *(f"{p['name']}=={p['version']}" for p in faltan)])


def pon_capa(base, carpeta):
    """Crea un entorno que ve los paquetes de la base e instala en los suyos. Devuelve su Python."""
    ejecuta([base.python, "-m", "venv", "--without-pip", carpeta])
    paquetes = paquetes_de(python_de(carpeta))
    # Hasta Python 3.12 los .pth se leen en la codificación del sistema; después, también.
    (paquetes / "base.pth").write_text(f"{base.paquetes}\n", encoding="locale")
    # Como en Colab, `import google.colab` funciona.
    (paquetes / "google" / "colab").mkdir(parents=True)
    (paquetes / "google" / "colab" / "__init__.py").touch()
    return python_de(carpeta)


def publica_curso(carpeta):
    """Hace un repositorio con los archivos de hoy, también los que git aún no sigue."""
    git = ["git", f"--git-dir={carpeta}", f"--work-tree={RAIZ}"]
    ejecuta([*git, "init", "--quiet"])
    ejecuta([*git, "add", "--all", RAIZ])
    autor = ["-c", "user.name=prueba", "-c", "user.email=prueba@example.org"]
    ejecuta([*git, *autor, "commit", "--quiet", "--no-verify", "--message=prueba"])
    return carpeta


def abre_sesion(base, python, repositorio, carpeta):
    """Da la sesión que se encuentra quien abre un cuaderno en Colab, pero sin red.

    pip y git solo encuentran lo que hay aquí; el cuaderno conserva su URL verdadera.
    """
    temporal = carpeta / "tmp"
    temporal.mkdir()
    (carpeta / "content" / "sample_data").mkdir(parents=True)
    propias = {k: v for k, v in os.environ.items() if not k.upper().startswith(AJENAS)}
    return Sesion(
        python,
        carpeta / "content",
        propias
        | dict.fromkeys(["http_proxy", "https_proxy", "all_proxy"], "http://127.0.0.1:9")
        | dict.fromkeys(["TMPDIR", "TEMP", "TMP", "IPYTHONDIR"], str(temporal))
        | {
            "COLAB_RELEASE_TAG": "release-colab_de_mentira",
            "MPLBACKEND": "module://matplotlib_inline.backend_inline",
            "PIP_CONFIG_FILE": os.devnull,
            "PIP_NO_INDEX": "1",
            # Como URL: pip separa esta lista por espacios y la carpeta puede tenerlos.
            "PIP_FIND_LINKS": base.ruedas.as_uri(),
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_CONFIG_COUNT": "1",
            "GIT_CONFIG_KEY_0": f"url.{repositorio.as_uri()}.insteadOf",
            "GIT_CONFIG_VALUE_0": URL,
        },
    )


def corre(cuaderno, sesion):
    """Ejecuta el cuaderno entero en la sesión; una celda con error lanza CellExecutionError."""
    nucleos = sesion.carpeta.parent / "kernels"
    (nucleos / "python3").mkdir(parents=True)
    orden = [str(sesion.python), "-m", "ipykernel_launcher", "-f", "{connection_file}"]
    ficha = {"argv": orden, "display_name": "Colab", "language": "python"}
    (nucleos / "python3" / "kernel.json").write_text(json.dumps(ficha), encoding="utf-8")
    especies = KernelSpecManager(kernel_dirs=[str(nucleos)], ensure_native_kernel=False)
    nucleo = AsyncKernelManager(kernel_name="python3", kernel_spec_manager=especies)
    donde = {"metadata": {"path": str(sesion.carpeta)}}
    cliente = NotebookClient(cuaderno, km=nucleo, timeout=120, resources=donde)
    return cliente.execute(env=sesion.entorno)


def ejecuta(orden, **opciones):
    """Ejecuta una orden y devuelve lo que imprime; si falla, lanza CalledProcessError."""
    return subprocess.run(
        [str(parte) for parte in orden],
        check=True,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        **opciones,
    ).stdout


def versiones_de_colab():
    """Da lo que fija `requisitos.txt`: nombre y versión."""
    lineas = REQUISITOS.read_text(encoding="utf-8").splitlines()
    return dict(linea.split("==") for linea in lineas if not linea.startswith("#"))


def python_de(entorno_virtual):
    """Da el Python de un entorno virtual."""
    return entorno_virtual / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def paquetes_de(python):
    """Da la carpeta donde ese Python instala paquetes."""
    pregunta = "import sysconfig; print(sysconfig.get_path('purelib'))"
    return Path(ejecuta([python, "-X", "utf8", "-c", pregunta]).strip())
