"""Lo que en Windows es de otra manera, imitado en cualquier sistema.

Allí el texto no es UTF-8 si no se dice, un archivo abierto no se puede sustituir ni quitar, hay
nombres prohibidos, y un proceso nuevo nunca es copia de otro.
"""

import ast
import csv
import errno
import multiprocessing
import os
import subprocess
import sys
import zipfile

import numpy as np
import pytest
from arbol import RAIZ
from entregas import en_bytes, perfecta
from sklearn.linear_model import LinearRegression

from helpers import escritura, load_model, save_model
from helpers.docencia.recoger import recoge
from helpers.errores import NoSePudoGuardar
from helpers.ordenes._escritura import reemplaza
from helpers.ordenes._problemas import explica_error_del_sistema

X = np.arange(8.0).reshape(4, 2)
PRIMERO, SEGUNDO = (LinearRegression().fit(X, X @ pesos) for pesos in ([1, 2], [3, 4]))
# Sin que Python use UTF-8 por su cuenta. Los nombres de archivo, en cambio, allí son Unicode.
DE_WINDOWS = {"PYTHONUTF8": "0", "LC_ALL": "C.UTF-8"}
CODIGO = sorted((RAIZ / "helpers").rglob("*.py"))


@pytest.fixture
def aqui(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


# --- Codificaciones ------------------------------------------------------------------------


def llamadas(ruta):
    arbol = ast.parse(ruta.read_text(encoding="utf-8"))
    return [nodo for nodo in ast.walk(arbol) if isinstance(nodo, ast.Call)]


def sin_codificacion(llamada):
    """Si una llamada lee o escribe texto sin decir en qué codificación."""
    nombre = getattr(llamada.func, "attr", getattr(llamada.func, "id", ""))
    dichos = {clave.arg: clave.value for clave in llamada.keywords}
    if "encoding" in dichos:
        return False
    if nombre in ("read_text", "write_text"):
        return len(llamada.args) < (1 if nombre == "read_text" else 2)
    if nombre in ("run", "Popen", "check_output"):
        return bool({"text", "universal_newlines"} & dichos.keys())
    if nombre != "open":
        return False
    valores = [getattr(a, "value", None) for a in [*llamada.args, dichos.get("mode")]]
    modos = [v for v in valores if v and isinstance(v, str) and set(v) <= set("rwaxbt+")]
    if isinstance(llamada.func, ast.Name) or not llamada.args:
        return not any("b" in modo for modo in modos)
    # `algo.open(x)` puede ser de un zip o de `os`: solo se sabe si dice un modo de texto.
    return bool(modos) and not any("b" in modo for modo in modos)


def test_todo_texto_se_lee_y_se_escribe_diciendo_su_codificacion():
    vistas = [(ruta, llamada) for ruta in CODIGO for llamada in llamadas(ruta)]
    assert sum(getattr(c.func, "attr", "") == "read_text" for _, c in vistas) > 20
    faltan = [f"{ruta.name}:{c.lineno}" for ruta, c in vistas if sin_codificacion(c)]
    assert faltan == []


@pytest.mark.parametrize(
    "codigo",
    ["open('a')", "open('a', 'w')", "Path('a').read_text()", "ruta.write_text('é')",
     "subprocess.run([], text=True)", "ruta.open('w')",
     "ruta.open()"],
)  # fmt: skip
def test_se_nota_un_texto_sin_codificacion(codigo):
    assert sin_codificacion(ast.parse(codigo, mode="eval").body)


# Solo lo del curso: las librerías tienen las suyas.
AVISA = """
import sys, warnings
warnings.filterwarnings("error", category=EncodingWarning, module=r"helpers(\\.|$)")
"""
USA_EL_CURSO = """
import numpy as np
from sklearn.linear_model import LinearRegression
from helpers import (entorno, horas_de_estudio, load_model, pinguinos, pista, revisa, save_model,
                     prueba_de_persistencia)
from helpers.diagnostico import diagnostica
from helpers.proceso import ejecuta_en_proceso_nuevo

entorno.prepara()
entorno.comprueba_entorno()
X = np.arange(8.0).reshape(4, 2)
modelo = LinearRegression().fit(X, X @ [1, 2])
for extension in ("joblib", "pkl", "dill", "skops"):
    ruta = save_model(modelo, f"años.{extension}", **({} if extension in ("joblib", "skops") else
                      {"compress": 0}), datos="Núñez", X_ejemplo=X)
    load_model(ruta)
print(ejecuta_en_proceso_nuevo("print('ñ → ☮')", ".").texto == "ñ → ☮\\n")
horas_de_estudio(), pinguinos()
diagnostica("ModuleNotFoundError: No module named 'sklearn.externals'")
revisa("02a.3", None)
pista("02a.3")
"""


def en_windows(codigo, carpeta, **variables):
    """Ejecuta código con el curso a mano y las codificaciones de Windows."""
    return subprocess.run(
        [sys.executable, "-X", "warn_default_encoding", "-c", AVISA + codigo],
        cwd=carpeta,
        env=os.environ | DE_WINDOWS | {"PYTHONPATH": str(RAIZ)} | variables,
        stdin=subprocess.DEVNULL,
        capture_output=True,
    )


def test_lo_que_importan_los_cuadernos_no_depende_de_la_codificacion(tmp_path):
    hecho = en_windows(USA_EL_CURSO, tmp_path, PYTHONIOENCODING="cp1252:strict")
    assert hecho.returncode == 0, hecho.stderr.decode("cp1252", "replace")[-1500:]
    escrito = hecho.stdout.decode("cp1252")
    assert escrito.startswith("Todo listo.") and "Modelo cargado de años.skops" in escrito
    assert "\nTrue\n" in escrito.replace("\r", ""), "el proceso nuevo no habló en UTF-8"


def test_se_nota_una_codificacion_sin_decir(tmp_path):
    (tmp_path / "helpers").mkdir()
    (tmp_path / "helpers" / "__init__.py").write_text("open('a', 'w')", encoding="utf-8")
    hecho = en_windows("import helpers", tmp_path, PYTHONPATH=str(tmp_path))
    assert b"EncodingWarning" in hecho.stderr


def test_calificar_no_depende_de_la_codificacion(tmp_path):
    """La consola es de las antiguas: no tiene ni tildes mayúsculas ni flechas."""
    with zipfile.ZipFile(tmp_path / "e.zip", "w") as zip_:
        zip_.writestr("Núñez Ángela_7_assignsubmission_file_/t1.ipynb", en_bytes(perfecta()))
    orden = "from helpers.ordenes import principal\n"
    orden += "sys.exit(principal(['calificar', 'e.zip', '--csv', 'notas.csv']))"
    hecho = en_windows(orden, tmp_path, PYTHONIOENCODING="cp437:strict")
    assert hecho.returncode == 0, hecho.stderr.decode("cp437")[-1500:]
    assert b"Notas en notas.csv" in hecho.stdout
    # Excel en Windows solo entiende UTF-8 si el archivo lleva su marca.
    assert (tmp_path / "notas.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    with (tmp_path / "notas.csv").open(encoding="utf-8-sig", newline="") as archivo:
        _, fila = csv.reader(archivo, delimiter=";")
    assert "Núñez Ángela" in fila


# --- Archivos abiertos y nombres -----------------------------------------------------------


@pytest.fixture
def abiertos(monkeypatch):
    """Rutas que otro programa tiene abiertas: nadie las sustituye ni las quita, ni su otro nombre.

    Windows no deja; aquí se imita en `os.replace` y en `os.unlink`.
    """
    rutas = []

    def prohibe(original):
        def de_windows(*nombres, **opciones):
            usados = [n for n in nombres if os.path.exists(n)]  # noqa: PTH110 también un texto
            if any(os.path.samefile(n, r) for n in usados for r in rutas):  # noqa: PTH121
                queja = "El proceso no tiene acceso al archivo: lo usa otro proceso"
                raise PermissionError(errno.EACCES, queja, str(nombres[0]), 32, str(nombres[-1]))
            return original(*nombres, **opciones)

        return de_windows

    for nombre in ("replace", "unlink"):
        monkeypatch.setattr(os, nombre, prohibe(getattr(os, nombre)))
    return rutas


@pytest.mark.parametrize("cual", ["m.joblib", "m.joblib.json"])
def test_un_archivo_abierto_en_otro_programa_no_se_pierde(cual, aqui, abiertos):
    save_model(PRIMERO, "m.joblib")
    abiertos.append(aqui / cual)
    with pytest.raises(NoSePudoGuardar) as queja:
        save_model(SEGUNDO, "m.joblib")
    assert "está abierto en otro programa" in str(queja.value)
    assert "sigue intacto" in str(queja.value) and "cerrar el otro programa" in str(queja.value)
    np.testing.assert_array_equal(load_model("m.joblib").predict(X), PRIMERO.predict(X))
    # De lo que está abierto no se puede quitar el segundo nombre; de lo demás no queda nada.
    sobra = {r.name for r in aqui.iterdir()} - {"m.joblib", "m.joblib.json"}
    assert sobra <= {".m.joblib.anterior"}
    abiertos.clear()
    save_model(SEGUNDO, "m.joblib")
    assert {r.name for r in aqui.iterdir()} == {"m.joblib", "m.joblib.json"}
    np.testing.assert_array_equal(load_model("m.joblib").predict(X), SEGUNDO.predict(X))


class OsDeWindows:
    """Lo que `helpers.escritura` pide al sistema, con tres diferencias de Windows."""

    name, O_TEMPORARY = "nt", 1 << 40

    def __init__(self):
        self.temporales = {}

    def __getattr__(self, nombre):
        return getattr(os, nombre)

    def open(self, ruta, opciones):
        """Una carpeta no se abre; con `O_TEMPORARY` el archivo se borra al cerrarlo."""
        if os.path.isdir(ruta):  # noqa: PTH112
            raise PermissionError(errno.EACCES, "Acceso denegado", str(ruta))
        descriptor = os.open(ruta, opciones & ~self.O_TEMPORARY)
        if opciones & self.O_TEMPORARY:
            self.temporales[descriptor] = ruta
        return descriptor

    def close(self, descriptor):
        """Cierra y, si era temporal, borra."""
        os.close(descriptor)
        if ruta := self.temporales.pop(descriptor, None):
            os.unlink(ruta)  # noqa: PTH108


def test_el_turno_de_windows(aqui, monkeypatch):
    monkeypatch.setattr(escritura, "os", OsDeWindows())
    monkeypatch.setattr(escritura, "ESPERA_DEL_TURNO", 0.1)
    with escritura.turno(aqui):
        assert {r.name for r in aqui.iterdir()} == {".guardando"}
        with pytest.raises(NoSePudoGuardar, match="Otro proceso lleva"):
            save_model(PRIMERO, aqui / "m.joblib")
    assert not list(aqui.iterdir()), "el turno se quita solo"
    save_model(PRIMERO, aqui / "m.joblib")
    assert {r.name for r in aqui.iterdir()} == {"m.joblib", "m.joblib.json"}


@pytest.mark.parametrize(
    ("codigo", "frase"),
    [
        (errno.ENOENT, "demasiado larga para este sistema"),  # más de 260 letras
        (errno.EINVAL, "un signo que este sistema no admite"),  # «modelo 12:30.joblib»
        (errno.EACCES, "abierto en otro programa"),
    ],
)
def test_lo_que_dice_windows_se_explica(codigo, frase, aqui, monkeypatch):
    def falla(*_):
        raise OSError(codigo, "[WinError] mensaje en inglés")

    monkeypatch.setattr(os, "replace", falla)
    with pytest.raises(NoSePudoGuardar, match=frase):
        save_model(PRIMERO, "m.joblib")
    assert not list(aqui.iterdir())


def test_unas_notas_abiertas_en_excel_se_explican(aqui, abiertos):
    notas = aqui / "notas.csv"
    notas.write_text("de ayer", encoding="utf-8")
    abiertos.append(notas)
    with pytest.raises(PermissionError) as fallo:
        reemplaza(notas, "de hoy")
    explicado = str(explica_error_del_sistema(fallo.value))
    assert "notas.csv»" in explicado and "abierto en otro programa" in explicado
    assert [r.name for r in aqui.iterdir()] == ["notas.csv"]
    assert notas.read_text(encoding="utf-8") == "de ayer"


@pytest.mark.parametrize(
    "nombre",
    ["CON", "nul.ipynb", "Aux.txt", "lpt1.joblib", "com1 .txt", "prn.", "t1.ipynb. ", "a<b>?.txt"],
)
def test_lo_entregado_cabe_en_windows(nombre, tmp_path):
    """Con las barras de un zip hecho en Windows y el nombre que en Windows no se puede usar."""
    origen, destino = tmp_path / "z.zip", tmp_path / "destino"
    with zipfile.ZipFile(origen, "w") as zip_:
        ficha = zipfile.ZipInfo("x")
        ficha.filename = f"{nombre}\\{nombre}"
        zip_.writestr(ficha, b"{}")
    destino.mkdir()
    (entrega,), rechazos = recoge(origen, destino)
    assert not rechazos
    (archivo,) = entrega.archivos
    assert (entrega.carpeta / archivo).read_bytes() == b"{}"
    for usado in (archivo, entrega.clave, f"{entrega.clave}.html"):
        assert vale_en_windows(usado), usado


def vale_en_windows(nombre):
    """Si Windows da ese nombre a un archivo, tal cual."""
    base = nombre.partition(".")[0].rstrip().casefold()
    aparatos = {"con", "prn", "aux", "nul"} | {f"{a}{n}" for a in ("com", "lpt") for n in range(10)}
    prohibidos = set('<>:"/\\|?*') & set(nombre)
    return base not in aparatos and not prohibidos and nombre == nombre.rstrip(". ")


def test_dos_nombres_que_windows_confunde_no_se_pisan(tmp_path):
    with zipfile.ZipFile(tmp_path / "z.zip", "w") as zip_:
        for nombre in ("Modelo.pkl", "modelo.pkl", "MODELO.PKL"):
            zip_.writestr(f"ana/{nombre}", nombre)
    (tmp_path / "destino").mkdir()
    (entrega,), _ = recoge(tmp_path / "z.zip", tmp_path / "destino")
    assert len({nombre.casefold() for nombre in entrega.archivos}) == 3


# --- Procesos ------------------------------------------------------------------------------

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
    "escritura.py": {"fcntl"},  # después de la rama de Windows
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


def test_otro_proceso_que_empieza_de_cero_guarda_y_este_carga(aqui):
    nuevo = multiprocessing.get_context("spawn").Process(target=_guarda, args=(aqui / "m.joblib",))
    nuevo.start()
    nuevo.join(60)
    assert nuevo.exitcode == 0
    np.testing.assert_array_equal(load_model("m.joblib").predict(X), PRIMERO.predict(X))


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
