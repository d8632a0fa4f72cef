"""Lo que se fija existe, listo para instalar, en cada sistema y cada Python; y el código vale."""

import functools
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from arbol import RAIZ

from helpers.ordenes import pins
from helpers.ordenes._pythons import VERSIONES

AQUI = Path(__file__).parent
REQUISITOS = [archivo for archivo, _ in pins.ARCHIVOS.values()]
# Los que prueba GitHub. El de Linux es el más antiguo donde se instala todo.
SISTEMAS = {
    "Linux": "x86_64-manylinux_2_28",
    "macOS con Apple Silicon": "aarch64-apple-darwin",
    "Windows": "x86_64-pc-windows-msvc",
}
# En un Mac con Intel se compilarían, y sin un compilador no se instalan.
INTEL, SIN_RUEDA_EN_INTEL = "x86_64-apple-darwin", ("argon2-cffi-bindings", "cryptography")


@pytest.fixture(scope="session")
def almacen(tmp_path_factory):
    return tmp_path_factory.mktemp("uv")


@pytest.fixture(scope="session")
def resuelve(almacen, exige):
    """Función que busca, sin descargarlos, los paquetes de esos archivos; da la queja de uv."""
    uv = shutil.which("uv", path=Path(sys.executable).parent)
    exige("" if uv else "no hay uv", "los demás sistemas", "repite con --plataformas")

    @functools.cache
    def pregunta(python, sistema, *requisitos):
        orden = [uv, "pip", "compile", "--quiet", "--no-deps", "--only-binary=:all:"]
        orden += [f"--python-version={python}", f"--python-platform={sistema}", *requisitos]
        salida = almacen / "salida.txt"
        proceso = subprocess.run(
            [*orden, f"--output-file={salida}"],
            cwd=RAIZ,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
        )
        sin_red = any(f in proceso.stderr for f in ("Failed to fetch", "client error", "dns error"))
        exige("no hay conexión" if sin_red else "", "los demás sistemas", "revisa la conexión")
        if proceso.returncode == 0:
            assert salida.read_text(encoding="utf-8").count("==") > 10
        return " ".join(proceso.stderr.split()) if proceso.returncode else ""

    return pregunta


@pytest.mark.parametrize("python", VERSIONES)
@pytest.mark.parametrize("sistema", SISTEMAS)
def test_todo_lo_fijado_existe_listo_para_instalar(resuelve, sistema, python):
    assert resuelve(python, SISTEMAS[sistema], *REQUISITOS) == ""


def test_se_nota_un_paquete_que_no_existe_para_un_sistema(resuelve, tmp_path):
    # numpy 1.26.4 es anterior a Python 3.14.
    viejo = tmp_path / "requisitos.txt"
    viejo.write_text("numpy==1.26.4\n", encoding="utf-8")
    queja = resuelve("3.14", SISTEMAS["Windows"], str(viejo))
    assert "numpy==1.26.4 has no usable wheels" in queja or "no wheels" in queja, queja


def test_en_un_mac_con_intel_sigue_faltando_lo_que_se_dice(resuelve, tmp_path):
    """Si un día se instala allí, se añade a los sistemas y al `aula`."""
    for nombre in SIN_RUEDA_EN_INTEL:
        (fijado,) = {
            linea.partition(" ")[0]
            for archivo in REQUISITOS
            for linea in (RAIZ / archivo).read_text(encoding="utf-8").splitlines()
            if linea.startswith(f"{nombre}==")
        }
        solo = tmp_path / f"{nombre}.txt"
        solo.write_text(f"{fijado}\n", encoding="utf-8")
        assert resuelve("3.14", INTEL, str(solo)), f"{fijado} ya tiene rueda"


@pytest.fixture(scope="session")
def en_314(paquetes_de_npm, exige):
    """Función que ejecuta un guion en Python 3.14, con un curso en `/curso`; da lo que imprime."""
    node = shutil.which("node")
    exige("" if node else "no hay node", "Python 3.14", "sudo apt install nodejs")

    def ejecuta(guion, curso=RAIZ):
        orden = [node, AQUI / "python_314.mjs", paquetes_de_npm / "pyodide", curso, guion]
        proceso = subprocess.run(orden, capture_output=True, encoding="utf-8")
        assert proceso.returncode == 0, proceso.stderr[-2000:]
        return proceso.stdout

    return ejecuta


def revision_en_314(en_314, curso):
    return json.loads(en_314(AQUI / "en_python_314.py", curso).partition("INFORME")[2])


def test_python_3_14_entiende_el_codigo_e_importa_lo_que_no_pide_librerias(en_314):
    informe = revision_en_314(en_314, RAIZ)
    assert informe["quejas"] == []
    assert informe["version"].startswith("3.14."), informe["version"]
    assert informe["entendidos"] > 300
    # Lo que corre antes de instalar nada tiene que estar entre lo importado.
    ordenes = {f"helpers.ordenes.{ruta.stem}" for ruta in RAIZ.glob("helpers/ordenes/[a-z]*.py")}
    assert ordenes and ordenes <= set(informe["importados"])
    assert {"helpers", "helpers.entorno", "helpers.escritura"} <= set(informe["importados"])
    assert informe["protocolo"] == 5, "02a y 03b dicen qué protocolo usan los anteriores"


@pytest.mark.parametrize(
    "codigo, queja",
    [
        (
            "def f():\n    try:\n        return 1\n    finally:\n        return 2\n",
            "'finally' block",
        ),
        ("from ast import Num\n", "ImportError"),
        ("import codecs\ncodecs.open(__file__)\n", "DeprecationWarning"),
    ],
)
def test_se_nota_lo_que_python_3_14_cambio(en_314, tmp_path, codigo, queja):
    for carpeta in ("tests", "notebooks", "helpers"):
        (tmp_path / carpeta).mkdir()
    (tmp_path / "helpers" / "__init__.py").write_text("", encoding="utf-8")
    (tmp_path / "helpers" / "nuevo.py").write_text(codigo, encoding="utf-8")
    informe = revision_en_314(en_314, tmp_path)
    assert any(queja in una for una in informe["quejas"]), informe


def test_python_3_14_enumera_las_ordenes(en_314, tmp_path):
    guion = tmp_path / "ordenes.py"
    guion.write_text(
        "import sys\nsys.path.insert(0, '/curso')\nsys.dont_write_bytecode = True\n"
        "from helpers.ordenes import principal\nassert principal([]) == 0\n"
        "assert principal(['aula', '--help']) == 0\nassert principal(['abir']) == 1\n",
        encoding="utf-8",
    )
    salida = en_314(guion)
    assert "Uso: python -m helpers ORDEN" in salida and "probar" in salida


ERRORES = """
import io, json, pickle, sys, threading
sys.path.insert(0, "/curso")
sys.dont_write_bytecode = True
from helpers.diagnostico import causa_de

def dentro():
    return lambda x: x

class Mia: pass

guardada = pickle.dumps(Mia())
del Mia
casos = {
    "sin_nombre": [lambda: pickle.dumps(lambda x: x), lambda: pickle.dumps({"f": dentro()})],
    "no_son_datos": [lambda: pickle.dumps(threading.Lock()), lambda: pickle.dumps(sys),
                     lambda: pickle.dumps(io.TextIOWrapper(io.BytesIO()))],
    "clase_del_cuaderno": [lambda: pickle.loads(guardada)],
    "nombre_que_ya_no_esta": [lambda: pickle.loads(b"cmath\\nNoEsta\\n.")],
}
vistas = []
for causa, provocan in casos.items():
    for provoca in provocan:
        try:
            provoca()
        except Exception as error:
            mensaje = f"{type(error).__name__}: {error}"
            hallada = causa_de(mensaje)[0]
            vistas.append([causa, hallada and hallada.nombre, mensaje])
print("VISTAS" + json.dumps(vistas))
"""


def test_los_errores_de_python_3_14_tambien_se_diagnostican(en_314, tmp_path):
    guion = tmp_path / "errores.py"
    guion.write_text(ERRORES, encoding="utf-8")
    vistas = json.loads(en_314(guion).partition("VISTAS")[2])
    assert len(vistas) == 7
    assert [v for v in vistas if v[0] != v[1]] == []
