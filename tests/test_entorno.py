"""`entorno`: dónde estoy, si está todo y la celda con que empieza cada lección."""

import os
import re
import shutil
import subprocess
import sys
from types import SimpleNamespace

import pytest
from arbol import RAIZ, copia_helpers
from celda_de_preparacion import CELDA
from colab.versiones import finge_versiones

from helpers import colab, entorno


@pytest.fixture(autouse=True)
def en_casa(monkeypatch):
    """Sin rastro de Binder, de Colab ni de JupyterHub, se lancen donde se lancen las pruebas."""
    for variable in list(os.environ):
        if variable.startswith(("BINDER_", "COLAB_", "JUPYTERHUB_")):
            monkeypatch.delenv(variable)


def python(codigo, carpeta):
    """Ejecuta código en un Python nuevo, sin la ruta del curso; da el proceso terminado."""
    variables = {k: v for k, v in os.environ.items() if k != "PYTHONPATH"}
    orden = [sys.executable, "-X", "utf8", "-c", codigo]
    return subprocess.run(
        orden, cwd=carpeta, env=variables, capture_output=True, encoding="utf-8", check=False
    )


@pytest.mark.parametrize(
    "variable, esperada",
    [
        ("COLAB_RELEASE_TAG", "Colab"),
        ("BINDER_LAUNCH_HOST", "Binder"),
        ("JUPYTERHUB_USER", "JupyterHub"),
        ("OTRA", "tu equipo"),
    ],
)
def test_plataforma_se_reconoce_por_sus_variables(monkeypatch, variable, esperada):
    monkeypatch.setenv(variable, "algo")
    assert entorno.plataforma() == esperada


def test_binder_es_binder_aunque_por_dentro_sea_un_jupyterhub(monkeypatch):
    monkeypatch.setenv("JUPYTERHUB_USER", "algo")
    monkeypatch.setenv("BINDER_LAUNCH_HOST", "algo")
    assert entorno.plataforma() == "Binder"


def test_prepara_dice_una_linea_no_importa_nada_pesado_y_se_puede_repetir():
    codigo = (
        "import sys; from helpers import entorno; entorno.prepara(); entorno.prepara();"
        "print({'numpy', 'sklearn', 'dill', 'IPython'} & set(sys.modules))"
    )
    assert python(codigo, RAIZ).stdout == "Todo listo.\nTodo listo.\nset()\n"


def test_una_celda_sin_responder_lo_dice():
    codigo = (
        "from IPython.core.interactiveshell import InteractiveShell\n"
        "from helpers import entorno\n"
        "sesion = InteractiveShell.instance()\n"
        "sesion.run_cell('...'); entorno.prepara(); entorno.prepara(); sesion.run_cell('...')"
    )
    antes, despues = re.findall(r"^Out\[\d+\]: (.*)$", python(codigo, RAIZ).stdout, re.MULTILINE)
    assert (antes, despues) == ("Ellipsis", entorno.HUECO)


def test_prepara_deja_lista_la_magia_en_la_carpeta_de_la_leccion():
    codigo = (
        "from IPython.core.interactiveshell import InteractiveShell\n"
        "from helpers import entorno\n"
        "sesion = InteractiveShell.instance()\n"
        "entorno.prepara(); print(entorno.carpeta_de_trabajo('99'))\n"
        "sesion.run_cell('%%proceso_nuevo\\nimport os; print(os.getcwd())')"
    )
    lineas = python(codigo, RAIZ).stdout.splitlines()
    assert lineas[0] == "Todo listo."
    assert lineas[1] == lineas[2]


def test_prepara_solo_instala_en_colab(monkeypatch):
    llamadas = []
    monkeypatch.setattr(colab, "completa", lambda: llamadas.append("Colab"))
    entorno.prepara()
    monkeypatch.setenv("BINDER_LAUNCH_HOST", "algo")
    entorno.prepara()
    assert llamadas == []
    monkeypatch.setenv("COLAB_RELEASE_TAG", "algo")
    entorno.prepara()
    assert llamadas == ["Colab"]


def disco_con(bytes_libres):
    return lambda ruta: SimpleNamespace(free=bytes_libres)


def lineas(capsys):
    entorno.comprueba_entorno()
    return capsys.readouterr().out.splitlines()


def test_si_esta_todo_cada_linea_dice_ok(monkeypatch, capsys):
    monkeypatch.setattr(entorno.shutil, "disk_usage", disco_con(10**9))
    dichas = lineas(capsys)
    assert len(dichas) <= 8
    assert [linea for linea in dichas if not linea.startswith("OK ")] == []
    assert dichas[0] == "OK     Estás en: tu equipo"
    assert dichas[-1] == "OK     Espacio libre: más de 1 GB"


def sin_escritura(*a, **k):
    raise PermissionError(13, "Permission denied")


@pytest.mark.parametrize(
    "estropea, dice",
    [
        (
            lambda m: m.setattr(entorno, "sys", SimpleNamespace(version_info=(3, 10, 4))),
            "FALTA  Python 3.10.4. Instala Python 3.11 o posterior y abre el curso con él.",
        ),
        (lambda m: finge_versiones(m, skops=None), "skops sin instalar. El curso usa skops "),
        (lambda m: finge_versiones(m, scikit_learn="1.6.1"), "El curso usa scikit-learn 1.9"),
        (lambda m: finge_versiones(m, pandas=None), "pandas sin instalar. Cierra Jupyter"),
        (
            lambda m: m.setattr(entorno.tempfile, "TemporaryFile", sin_escritura),
            "FALTA  Escribir en la carpeta temporal. Libera espacio",
        ),
        (
            lambda m: m.setattr(entorno.shutil, "disk_usage", disco_con(10**9 - 1)),
            "FALTA  Espacio libre: menos de 1 GB. Vacía la papelera",
        ),
    ],
    ids=["python", "no está", "otra versión", "apoyo", "escritura", "espacio"],
)
def test_lo_que_falta_se_dice_con_su_remedio(monkeypatch, capsys, estropea, dice):
    monkeypatch.setattr(entorno.shutil, "disk_usage", disco_con(50 * 10**9))
    estropea(monkeypatch)
    faltan = [linea for linea in lineas(capsys) if linea.startswith("FALTA ")]
    assert len(faltan) == 1
    assert dice in faltan[0]


def test_en_colab_otro_numpy_no_es_un_fallo_y_el_remedio_es_suyo(monkeypatch, capsys):
    monkeypatch.setenv("COLAB_RELEASE_TAG", "algo")
    finge_versiones(monkeypatch, numpy="2.1.3", dill="0.3.8")
    dichas = lineas(capsys)
    assert dichas[0] == "OK     Estás en: Colab"
    assert [linea for linea in dichas if "numpy 2.1.3" in linea and linea.startswith("OK")]
    assert [linea for linea in dichas if "Ejecuta otra vez la primera celda." in linea]


@pytest.fixture
def clon(tmp_path):
    """Una copia del curso en una carpeta con acentos y espacios."""
    raiz = copia_helpers(tmp_path / "José Ñuñoa" / "mi curso")
    shutil.copy(RAIZ / "requirements.txt", raiz)
    (raiz / "notebooks" / "tareas" / "source").mkdir(parents=True)
    return raiz


@pytest.mark.parametrize("desde", [".", "notebooks", "notebooks/tareas/source"])
def test_la_celda_encuentra_su_copia_del_curso_y_se_puede_repetir(clon, desde):
    proceso = python(f"{CELDA}\n{CELDA}\nprint(entorno.RAIZ)", clon / desde)
    assert proceso.stdout == f"Todo listo.\nTodo listo.\n{clon.resolve()}\n"
    assert not (clon / desde / "curso").exists()
