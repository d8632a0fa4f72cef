"""Un JupyterHub de verdad en este equipo, y lo que gasta cada persona que lo usa."""

import contextlib
import json
import os
import secrets
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from pathlib import Path
from typing import NamedTuple

import psutil
from arbol import RAIZ
from colab.simulacion import AJENAS
from jupyterhub.spawner import Spawner
from traitlets.config import PyFileConfigLoader

CONFIGURACION = RAIZ / "binder" / "jupyterhub" / "jupyterhub_config.py"
DE_PRUEBA = Path(__file__).with_name("hub_de_prueba.py")
LIMITE_DE_ARRANQUE = 120  # segundos
MIB = 2**20
CADA = 0.2  # segundos entre dos miradas a la memoria


class NoArranca(Exception):
    """JupyterHub no llegó a responder; su argumento es lo último que escribió."""


class Aula(NamedTuple):
    """Un JupyterHub en marcha: su dirección, su proceso, la clave y las carpetas de la gente."""

    url: str
    proceso: psutil.Process
    clave: str
    carpetas: Path
    escrito: Path


class Gasto(NamedTuple):
    """Lo que ocupa ahora una persona, en MiB, y los segundos de procesador que lleva.

    `servidor` y `kernel` son PSS: lo compartido con otros procesos se reparte entre todos.
    `propio` es lo que quedaría libre si se fuera (USS), con los dos y lo que hayan abierto.
    """

    servidor: float = 0
    kernel: float = 0
    propio: float = 0
    procesador: float = 0


@contextlib.contextmanager
def abre_aula(carpeta, proxy, personas, *, curso, url_del_curso):
    """Abre un JupyterHub para esas personas; al salir lo cierra, con los servidores de todas.

    Parámetros
    ----------
    carpeta : Path
        Vacía; en ella van la base de datos y las carpetas de la gente.
    proxy : list[str]
        La orden que abre `configurable-http-proxy`.
    personas : list[str]
        Los nombres que pueden entrar.
    curso : Path
        Un repositorio de git con el curso, que responde en lugar de `url_del_curso`.

    Devuelve
    --------
    Aula

    Errores
    -------
    NoArranca
        Con lo último que escribió.
    """
    carpetas = carpeta / "personas"
    carpetas.mkdir()
    puertos = _puertos_libres(3)
    clave = secrets.token_hex(8)
    plan = {
        "configuracion": str(CONFIGURACION),
        "carpetas": str(carpetas),
        "personas": personas,
        "clave": clave,
        "puertos": puertos,
        "proxy": proxy,
        "entorno": {
            "GIT_CONFIG_COUNT": "1",
            "GIT_CONFIG_KEY_0": f"url.{curso.as_uri()}.insteadOf",
            "GIT_CONFIG_VALUE_0": url_del_curso,
        },
    }
    escrito = carpeta / "jupyterhub.txt"
    with escrito.open("wb") as salida:
        proceso = subprocess.Popen(
            [sys.executable, "-m", "jupyterhub", "--config", str(DE_PRUEBA)],
            cwd=carpeta,
            env=_entorno() | {"PLAN_DE_LA_PRUEBA": json.dumps(plan)},
            stdin=subprocess.DEVNULL,
            stdout=salida,
            stderr=subprocess.STDOUT,
        )
    aula = Aula(
        f"http://127.0.0.1:{puertos[0]}", psutil.Process(proceso.pid), clave, carpetas, escrito
    )
    try:
        _espera(proceso, aula)
        yield aula
    finally:
        _cierra(proceso, aula)


def configuracion():
    """Lo que `jupyterhub_config.py` decide para cada servidor, con la memoria en bytes."""
    cargada = PyFileConfigLoader(CONFIGURACION.name, path=str(CONFIGURACION.parent)).load_config()
    return Spawner(config=cargada)


def publica_curso(carpeta, origen=RAIZ):
    """Hace en `carpeta` un repositorio con los archivos de hoy, también los que git aún no sigue.

    Si ya lo hay, añade un cambio. Devuelve su ruta.
    """
    git = ["git", f"--git-dir={carpeta}", f"--work-tree={origen}"]
    autor = ["-c", "user.name=prueba", "-c", "user.email=prueba@example.org"]
    for orden in (
        ["init", "--quiet", "--initial-branch=main"],
        ["add", "--all", origen],
        [*autor, "commit", "--quiet", "--no-verify", "--message=prueba"],
    ):
        subprocess.run([*git, *orden], cwd=origen, check=True, capture_output=True)
    return carpeta


def gastos(aula, solo=None):
    """Lo que gasta ahora cada persona, o solo la que se nombra.

    Devuelve
    --------
    dict de str a Gasto
    """
    cuenta = {}
    for proceso in aula.proceso.children(recursive=True):
        with contextlib.suppress(psutil.NoSuchProcess, psutil.AccessDenied):
            orden = proceso.cmdline()
            de_quien = proceso.environ().get("JUPYTERHUB_USER")
            # bubblewrap es de la prueba; su hijo es quien gasta.
            if de_quien is None or Path(orden[0]).name == "bwrap" or solo not in (None, de_quien):
                continue
            memoria, tiempo = proceso.memory_full_info(), proceso.cpu_times()
            es_servidor = any("jupyterhub-singleuser" in parte for parte in orden)
            cuenta[de_quien] = _suma(
                cuenta.get(de_quien, Gasto()),
                Gasto(
                    servidor=memoria.pss / MIB if es_servidor else 0,
                    kernel=0 if es_servidor else memoria.pss / MIB,
                    propio=memoria.uss / MIB,
                    procesador=sum(tiempo[:4]),  # con el de los procesos que abrió y ya acabaron
                ),
            )
    return cuenta


def gasto_del_hub(aula):
    """Lo que gastan JupyterHub y su proxy, sin las personas: MiB (PSS) y segundos de procesador."""
    suyos = [aula.proceso, *aula.proceso.children(recursive=True)]
    del_hub = [proceso for proceso in suyos if "JUPYTERHUB_USER" not in proceso.environ()]
    # De los que ya acabaron no se cuenta nada: eran los servidores de otras personas.
    tiempos = [proceso.cpu_times() for proceso in del_hub]
    memoria = sum(proceso.memory_full_info().pss for proceso in del_hub) / MIB
    return memoria, sum(tiempo.user + tiempo.system for tiempo in tiempos)


class Vigilante:
    """Mientras está abierto, apunta lo más que llega a ocupar una persona, en MiB (PSS)."""

    def __init__(self, aula, nombre):
        self.aula, self.nombre, self.pico = aula, nombre, 0
        self.basta = threading.Event()
        self.hilo = threading.Thread(target=self._mira)

    def __enter__(self):
        self.hilo.start()
        return self

    def __exit__(self, *error):
        self.basta.set()
        self.hilo.join()

    def _mira(self):
        while not self.basta.wait(CADA):
            gasto = gastos(self.aula, self.nombre).get(self.nombre, Gasto())
            self.pico = max(self.pico, gasto.servidor + gasto.kernel)


def _suma(uno, otro):
    return Gasto(*(a + b for a, b in zip(uno, otro, strict=True)))


def _entorno():
    propias = {k: v for k, v in os.environ.items() if not k.upper().startswith(AJENAS)}
    ordenes = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    return propias | {"PATH": ordenes, "CURSO_COMPARTIDO": str(RAIZ)}


def _puertos_libres(cuantos):
    with contextlib.ExitStack() as abiertos:
        enchufes = [abiertos.enter_context(socket.socket()) for _ in range(cuantos)]
        for enchufe in enchufes:
            enchufe.bind(("127.0.0.1", 0))
        return [enchufe.getsockname()[1] for enchufe in enchufes]


def _espera(proceso, aula):
    abre = urllib.request.build_opener(urllib.request.ProxyHandler({})).open
    final = time.monotonic() + LIMITE_DE_ARRANQUE
    while proceso.poll() is None and time.monotonic() < final:
        try:
            with abre(f"{aula.url}/hub/health", timeout=20):
                return
        except OSError:
            time.sleep(0.3)
    lineas = aula.escrito.read_text(encoding="utf-8", errors="replace").splitlines()
    raise NoArranca("\n".join(lineas[-15:]) or "sin explicación")


def _cierra(proceso, aula):
    """Pide a JupyterHub que se cierre, con sus servidores; lo que siga vivo, se mata."""
    with contextlib.suppress(psutil.NoSuchProcess):
        restos = aula.proceso.children(recursive=True)
        proceso.terminate()
        try:
            proceso.wait(60)
        except subprocess.TimeoutExpired:
            proceso.kill()
            proceso.wait()
        for resto in restos:
            with contextlib.suppress(psutil.NoSuchProcess):
                resto.kill()
        psutil.wait_procs(restos, timeout=10)
