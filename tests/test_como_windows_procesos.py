"""Como en Windows: un proceso nuevo nunca es copia de otro, y faltan funciones del sistema."""

import ast
import multiprocessing

import numpy as np
import pytest
from arbol import RAIZ
from como_windows import CODIGO, PRIMERO, X, en_windows

from helpers import load_model, save_model

# Lo que Windows no tiene. Cada uso está aquí, con lo que hace que allí no se llegue a él.
SOLO_POSIX = {
    "os": {"fork", "forkpty", "setsid", "setpgid", "getpgid", "killpg", "getuid", "geteuid",
           "getgid", "setuid", "setgid", "setgroups", "setresuid", "setresgid", "chown", "mkfifo",
           "nice", "sched_getaffinity", "sched_setaffinity", "uname", "wait3", "wait4"},
    "signal": {"SIGKILL", "SIGALRM", "SIGHUP", "SIGUSR1", "SIGUSR2", "SIGSTOP", "SIGCONT",
               "setitimer", "alarm", "pthread_kill", "pthread_sigmask"},
}  # fmt: skip
SIN_WINDOWS = {"fcntl", "resource", "pwd", "grp", "termios", "pty", "posix"}
DECLARADOS = {
    "entorno.py": {"getuid"},  # pregunta antes con hasattr
    "ejercicios/ejecucion.py": {"pthread_kill"},  # hasattr
    "espera.py": {"fcntl"},  # la rama que no es de Windows
    "docencia/aislar.py": {"getuid", "chown"},  # modos que elige_modo no da en Windows
    "docencia/dentro.py": {"getuid", "SIGALRM", "setitimer"},  # hasattr
    "docencia/sesion.py": {"killpg", "SIGKILL"},  # la rama que no es de Windows
    "docencia/_dentro/encierro.py": {
        "resource", "SIGKILL", "setgroups", "setresgid", "setresuid",
    },  # solo Linux, con otro usuario, o tras ImportError
}  # fmt: skip


def solo_de_posix(ruta):
    """Los nombres que ese archivo usa y Windows no tiene."""
    usados = set()
    for nodo in ast.walk(ast.parse(ruta.read_text(encoding="utf-8"))):
        if isinstance(nodo, ast.Attribute) and isinstance(nodo.value, ast.Name):
            usados |= {nodo.attr} & SOLO_POSIX.get(nodo.value.id, set())
        elif isinstance(nodo, ast.Import):
            usados |= {alias.name for alias in nodo.names} & SIN_WINDOWS
        elif isinstance(nodo, ast.ImportFrom):
            usados |= {nodo.module} & SIN_WINDOWS
            usados |= {a.name for a in nodo.names} & SOLO_POSIX.get(nodo.module, set())
        elif isinstance(nodo, ast.keyword):
            usados |= {nodo.arg} & {"preexec_fn"}
    return usados


def test_lo_que_windows_no_tiene_esta_contado():
    usan = {r.relative_to(RAIZ / "helpers").as_posix(): solo_de_posix(r) for r in CODIGO}
    assert {ruta: nombres for ruta, nombres in usan.items() if nombres} == DECLARADOS


@pytest.mark.parametrize(
    "codigo",
    ["import os\nos.fork()", "import fcntl", "from signal import SIGKILL", "f(preexec_fn=1)"],
)
def test_se_nota_lo_que_windows_no_tiene(codigo, tmp_path):
    (tmp_path / "m.py").write_text(codigo, encoding="utf-8")
    assert solo_de_posix(tmp_path / "m.py")


SIN_POSIX = """
import importlib, os, pkgutil, signal, sys
import IPython, joblib, matplotlib.pyplot, nbclient, numpy, pandas, sklearn.ensemble, skops.io
for modulo, nombres in ((os, {os}), (signal, {signal})):
    for nombre in nombres:
        vars(modulo).pop(nombre, None)
sys.modules.update(dict.fromkeys({modulos}))
import helpers
nombres = [m.name for m in pkgutil.walk_packages(helpers.__path__, "helpers.")]
nombres = [nombre for nombre in nombres if not nombre.endswith("__main__")]
for nombre in nombres:
    importlib.import_module(nombre)
from helpers import entorno
from helpers.docencia import aislar
print(len(nombres), entorno._yo(), aislar.elige_modo() == aislar.TIEMPO)
"""


def test_todo_se_importa_sin_lo_que_windows_no_tiene(tmp_path):
    guion = SIN_POSIX.format(modulos=SIN_WINDOWS - {"posix"}, **SOLO_POSIX)
    hecho = en_windows(guion, tmp_path, PATH="")
    assert hecho.returncode == 0, hecho.stderr.decode("utf-8", "replace")[-1500:]
    cuantos, yo, solo_tiempo = hecho.stdout.split()
    assert int(cuantos) == len(CODIGO) - 2, "todos menos los dos primeros archivos"
    assert (yo, solo_tiempo) == (b"0", b"True")


def _guarda(ruta):
    save_model(PRIMERO, ruta)


def test_otro_proceso_que_empieza_de_cero_guarda_y_este_carga(tmp_path):
    nuevo = multiprocessing.get_context("spawn").Process(
        target=_guarda, args=(tmp_path / "m.joblib",)
    )
    nuevo.start()
    nuevo.join(60)
    assert nuevo.exitcode == 0
    np.testing.assert_array_equal(load_model(tmp_path / "m.joblib").predict(X), PRIMERO.predict(X))


def test_el_curso_no_copia_procesos():
    """Con `fork` un kernel con hilos se puede bloquear, y Windows no lo tiene."""
    usan = {
        ruta.name
        for ruta in CODIGO
        for nodo in ast.walk(ast.parse(ruta.read_text(encoding="utf-8")))
        if isinstance(nodo, ast.Import | ast.ImportFrom)
        and "multiprocessing" in {getattr(nodo, "module", None), *(a.name for a in nodo.names)}
    }
    assert usan == set()
