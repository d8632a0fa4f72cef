"""La sala donde corre una entrega: qué ve, qué puede gastar y con qué se consigue.

Hay tres maneras, de más a menos segura: bubblewrap, un usuario sin permisos y solo límites. Se
elige la mejor que funcione aquí, después de probarla, y se dice cuál es.
"""

import contextlib
import itertools
import json
import os
import shutil
import sys
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path

from helpers.entorno import RAIZ

ARRANCA = """
import json, sys
plan = json.loads(sys.argv[1])
sys.path.append(plan["curso"])
from helpers.docencia.dentro import principal
principal(plan)
"""
DENTRO = "/entrega", "/trabajo"
# Lo que Python necesita del sistema. Ni /home ni /root ni la carpeta del curso.
DEL_SISTEMA = ("/usr", "/bin", "/lib", "/lib64", "/lib32", "/sbin", "/etc/ld.so.cache",
               "/etc/localtime", "/etc/alternatives", "/etc/fonts", "/etc/ssl")  # fmt: skip
DEL_CURSO = ("helpers", "data")
# Un usuario por sala: los procesos de una no cuentan en otra.
PRIMER_USUARIO = 2**30
SIN_SALAS_PROPIAS = ("--disable-userns", "--die-with-parent")
_sala = itertools.count()

BUBBLEWRAP, USUARIO, LIMITES, TIEMPO = "bubblewrap", "usuario", "límites", "tiempo"
EXPLICACION = {
    BUBBLEWRAP: "con bubblewrap: sin red, sin ver otros archivos, con memoria, disco y procesos "
    "limitados",
    USUARIO: "con un usuario sin permisos y límites de memoria y procesos. Las entregas SÍ tienen "
    "red y leen lo que cualquiera puede leer, también las soluciones; instala bubblewrap",
    LIMITES: "solo con límites de tiempo y memoria. Las entregas SÍ pueden leer tus archivos, "
    "usar la red y dejar procesos en marcha; instala bubblewrap, o califica en un equipo vacío",
    TIEMPO: "solo con límite de tiempo, que es lo que permite este sistema. Las entregas SÍ pueden "
    "leer y escribir tus archivos; califica en Linux, en Binder o en WSL",
}


@dataclass(frozen=True)
class Sala:
    """Un encierro listo para usar: la orden que lo abre y dónde deja la entrega sus archivos.

    `carpeta` es la que hay que vigilar y borrar; None si desaparece con el proceso. `usuario` es
    el que solo tiene esta sala, si tiene uno.
    """

    modo: str
    orden: list[str]
    entorno: dict[str, str]
    donde: Path
    carpeta: Path | None
    usuario: int | None


def elige_modo():
    """La mejor manera de aislar que funciona en este equipo. La prueba antes de elegirla."""
    posibles = [BUBBLEWRAP] if shutil.which("bwrap") else []
    if hasattr(os, "getuid"):
        posibles += [USUARIO] if os.getuid() == 0 else []
        posibles += [LIMITES]
    return next((modo for modo in posibles if _funciona(modo)), TIEMPO)


@contextlib.contextmanager
def abre_sala(modo, entrega, limites):
    """Prepara una sala para una entrega. Al salir no queda nada de ella.

    Parámetros
    ----------
    modo : str
        Uno de los que da `elige_modo`.
    entrega : Path o None
        Carpeta con lo entregado. La sala trabaja con una copia.
    limites : Limites

    Devuelve
    --------
    Sala
    """
    with tempfile.TemporaryDirectory(prefix="sala-", ignore_cleanup_errors=True) as temporal:
        temporal = Path(temporal)
        usuario = carpeta = None
        if modo in (BUBBLEWRAP, USUARIO) and os.getuid() == 0:
            usuario = PRIMER_USUARIO + os.getpid() % 2**20 * 256 + next(_sala) % 256
        fuera, dentro = [], DENTRO
        if modo == BUBBLEWRAP:
            fuera = _con_bubblewrap(entrega, limites, usuario)
        else:
            carpeta = temporal / "trabajo"
            carpeta.mkdir(mode=0o700)
            dentro = (str(_a_su_alcance(entrega, temporal, usuario)), str(carpeta))
            if usuario is not None:
                temporal.chmod(0o711)
                os.chown(carpeta, usuario, usuario)
        plan = {
            "limites": asdict(limites),
            "usuario": usuario if modo == USUARIO else None,
            "entrega": dentro[0] if entrega else None,
            "trabajo": dentro[1],
            "curso": str(RAIZ),
        }
        python = [sys.executable, "-I", "-B", "-X", "utf8", "-c", ARRANCA, json.dumps(plan)]
        yield Sala(modo, [*fuera, *python], _entorno(dentro[1]), temporal, carpeta, usuario)


def _a_su_alcance(entrega, temporal, usuario):
    """La carpeta de lo entregado, donde el usuario de la sala la pueda leer."""
    if entrega is None or usuario is None:
        return entrega
    return shutil.copytree(entrega, temporal / "entrega")


def _con_bubblewrap(entrega, limites, usuario):
    """Un sistema de archivos casi vacío, de solo lectura salvo la carpeta de trabajo."""
    orden = ["bwrap", "--die-with-parent", "--new-session", "--unshare-pid", "--unshare-net",
             "--unshare-ipc", "--unshare-uts", "--hostname", "sala"]  # fmt: skip
    if usuario is None:
        orden += ["--unshare-user", *SIN_SALAS_PROPIAS]
    else:
        orden += ["--cap-drop", "ALL", "--cap-add", "CAP_SETUID", "--cap-add", "CAP_SETGID"]
    orden += ["--proc", "/proc", "--dev", "/dev", "--size", str(limites.disco)]
    orden += ["--perms", "1777", "--tmpfs", "/dev/shm", "--perms", "0755", "--tmpfs", "/tmp"]
    a_la_vista = _a_la_vista()
    # bubblewrap crea las carpetas que faltan solo para quien lo lanza.
    padres = {str(padre) for ruta in a_la_vista for padre in list(Path(ruta).parents)[:-1]}
    for padre in sorted(padres):
        orden += ["--perms", "0755", "--dir", padre]
    for ruta in a_la_vista:
        orden += ["--ro-bind-try", ruta, ruta]
    if entrega:
        orden += ["--ro-bind", str(entrega), DENTRO[0]]
    orden += ["--size", str(limites.disco), "--perms", "1777", "--tmpfs", DENTRO[1]]
    # Cada carpeta que bubblewrap crea en memoria sería un sitio donde escribir sin límite.
    orden += ["--remount-ro", "/dev", "--remount-ro", "/tmp", "--remount-ro", "/", "--"]
    return orden if usuario is None else [*orden, *_como(usuario)]


def _como(usuario):
    """Lo que falta si quien califica es el administrador: dejar de serlo.

    Después, otra sala dentro de la primera, que impide crear salas propias sin límites.
    """
    quien = ["setpriv", f"--reuid={usuario}", f"--regid={usuario}", "--clear-groups", "--"]
    return [*quien, "bwrap", "--unshare-user", *SIN_SALAS_PROPIAS, "--dev-bind", "/", "/", "--"]


def _a_la_vista():
    """Las rutas que una entrega puede leer, y ninguna más."""
    de_python = {sys.prefix, sys.base_prefix, str(Path(sys.executable).resolve().parent.parent)}
    del_curso = (str(RAIZ / nombre) for nombre in DEL_CURSO)
    return [*DEL_SISTEMA, *sorted(de_python), *del_curso]


def _entorno(trabajo):
    """Variables de entorno nuevas: las de quien califica pueden llevar claves."""
    entorno = dict.fromkeys(("HOME", "TMPDIR", "TEMP", "TMP", "IPYTHONDIR"), trabajo)
    entorno |= dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
    entorno |= {"PATH": os.defpath, "LANG": "C.UTF-8", "MPLBACKEND": "agg", "PYTHONHASHSEED": "0"}
    if os.name == "nt":
        entorno |= {nombre: os.environ[nombre] for nombre in ("SYSTEMROOT", "PATH")}
    return entorno


def _funciona(modo):
    """Abre una sala vacía y ve si contesta."""
    from helpers.docencia.limites import Limites
    from helpers.docencia.sesion import SalaRota, Sesion

    try:
        with Sesion(modo, None, Limites()):
            return True
    except (SalaRota, OSError):
        return False
