"""`python -m helpers matriz`: qué prueba, qué cuenta y qué deja cuando algo va mal."""

import datetime
import os
import re
import shutil
import signal
import subprocess
import sys
import sysconfig
import time
from pathlib import Path

import nbformat
import pytest
import uv_de_mentira
from arbol import RAIZ, copia_helpers

from helpers.errores import ErrorDelCurso
from helpers.ordenes import _columna_de_matriz, _cuaderno, _pythons, matriz
from helpers.ordenes._marcas import marcas
from helpers.ordenes._tabla_de_matriz import DE_INTERES, Columna, tabla
from helpers.ordenes.pins import lo_declarado

EN_WINDOWS = os.name == "nt"
ESTE = ".".join(map(str, sys.version_info[:2]))
README = "# ñ\n\n<!-- matriz -->\nvieja\n<!-- /matriz -->\n\nfin\n"
BUENO = "def f():\n    return 1\n\nf()"
MALO = "{}['tol']"
LENTO = """\
import os, pathlib, time
pathlib.Path(os.environ["ANOTA_KERNEL"]).write_text(str(os.getpid()))
time.sleep(120)
"""


def escribe(ruta, *celdas):
    """Un cuaderno con un texto delante y esas celdas de código; «!» anuncia que fallará."""
    nuevas = [nbformat.v4.new_markdown_cell("Un texto, que no cuenta.")]
    for texto in celdas:
        etiquetas = ["raises-exception"] if texto.startswith("!") else []
        metadatos = {"tags": etiquetas}
        nuevas.append(nbformat.v4.new_code_cell(texto.lstrip("!"), metadata=metadatos))
    nbformat.write(nbformat.v4.new_notebook(cells=nuevas), ruta)


@pytest.fixture
def curso(tmp_path):
    """Un curso con dos lecciones, la segunda rota, y un uv que presta los paquetes de aquí."""
    carpeta = copia_helpers(tmp_path / "José Ñuñoa" / "mi curso")
    shutil.copy(RAIZ / "pyproject.toml", carpeta)
    (carpeta / "README.md").write_text(README, encoding="utf-8", newline="\n")
    (carpeta / "notebooks").mkdir()
    escribe(
        carpeta / "notebooks" / "00_bueno.ipynb", BUENO, "!1 / 0", "open('rastro', 'w').close()"
    )
    escribe(carpeta / "notebooks" / "01a_malo.ipynb", BUENO, MALO, "print('no llega')")
    uv_de_mentira.ponlo_en(tmp_path / "programas")
    (tmp_path / "temporal").mkdir()
    return carpeta


def lanza(curso, *argumentos, **otras):
    """`python -m helpers matriz` en esa copia, en su propio grupo de procesos."""
    aparte = curso.parents[1]
    ruta = f"{aparte / 'programas'}{os.pathsep}{os.environ['PATH']}"
    temporal = dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(aparte / "temporal"))
    propias = {
        "PATH": ruta,
        "UV_ANOTA": str(aparte / "notas.txt"),
        "UV_PRESTA": sysconfig.get_path("purelib"),
        "ANOTA_KERNEL": str(aparte / "kernel.txt"),
        "PYTHONUTF8": "1",
    }
    return subprocess.Popen(
        [sys.executable, "-m", "helpers", "matriz", *argumentos],
        cwd=curso,
        env=os.environ | propias | temporal | otras,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        start_new_session=True,
    )


def pide(curso, *argumentos, **otras):
    """El código, la salida y las quejas de la orden; nunca un rastro de Python."""
    with lanza(curso, *argumentos, **otras) as proceso:
        salida, quejas = proceso.communicate(timeout=120)
    assert "Traceback" not in salida + quejas, quejas
    return proceso.returncode, salida, quejas


def no_queda_nada(curso):
    return list((curso.parents[1] / "temporal").iterdir()) == []


def filas(texto, titulo):
    """Las filas de la tabla cuya cabecera empieza por ese título, con la cabecera."""
    (hallada,) = re.findall(rf"(?:^\| {titulo} .*\n)(?:^\|.*\n?)+", texto, re.MULTILINE)
    lineas = hallada.strip().splitlines()
    return [[casilla.strip() for casilla in linea.strip("|").split("|")] for linea in lineas]


def test_ejecuta_las_lecciones_en_cada_entorno_y_dice_cuales_pasan(curso):
    antes = {ruta for ruta in curso.rglob("*") if "__pycache__" not in ruta.parts}
    codigo, salida, quejas = pide(curso, "--sklearn", "1.6", "nueva", "--python", ESTE, "--readme")
    assert codigo == 1, "una lección falla"
    assert "Entorno 1 de 2: scikit-learn 1.6 con Python" in quejas
    assert "Entorno 2 de 2: el scikit-learn más nuevo con Python" in quejas
    assert "01a: celda 2: KeyError: 'tol'" in quejas
    # Las dos columnas llevan la versión que hay de verdad en el entorno, no la que se pidió.
    import sklearn

    columna = f"{sklearn.__version__} · {ESTE}"
    cabecera, _, *resto = filas(salida, "Lección")
    assert cabecera == ["Lección", columna, columna]
    assert resto == [["00", "pasa", "pasa"], ["01a", "falla: celda 2", "falla: celda 2"]]
    assert salida.count(f"- {columna} · 01a: `celda 2: KeyError: 'tol'`\n") == 2
    assert f"El scikit-learn más nuevo era el {sklearn.__version__}.\n" in salida
    (_, _, instaladas) = filas(salida, "scikit-learn")
    assert instaladas[0] == sklearn.__version__ and instaladas[1].startswith(f"{ESTE}.")
    readme = (curso / "README.md").read_text(encoding="utf-8")
    informe = salida.partition("\n\nLa tabla está en README.md.")[0].partition("Probado el ")[2]
    assert readme == README.replace("vieja", f"Probado el {informe}")
    despues = {ruta for ruta in curso.rglob("*") if "__pycache__" not in ruta.parts}
    assert despues == antes, "lo que una lección escribe en su carpeta no llega al curso"
    assert no_queda_nada(curso)


def test_si_todo_pasa_el_codigo_es_cero(curso):
    codigo, salida, _ = pide(curso, "--sklearn", "1.6.1", "--python", ESTE, "--lecciones", "00")
    assert codigo == 0 and [fila[0] for fila in filas(salida, "Lección")[2:]] == ["00"]
    assert (curso / "README.md").read_text(encoding="utf-8") == README
    notas = (curso.parents[1] / "notas.txt").read_text(encoding="utf-8")
    assert "--only-binary=:all:" in notas and "PIP_USER=0" in notas


def test_sin_red_se_dice_en_cada_columna_y_el_readme_no_cambia(curso):
    orden = ("--sklearn", "1.6", "1.7", "--python", ESTE, "--readme")
    codigo, salida, quejas = pide(curso, *orden, UV_FALLA="dns error")
    assert codigo == 1
    for version in ("1.6", "1.7"):
        assert f"- {version} · {ESTE} · no se pudo instalar: No pude descargar" in salida
    assert filas(salida, "Lección")[2] == ["00", "sin probar", "sin probar"]
    assert "No se pudo instalar ningún entorno" in quejas
    assert (curso / "README.md").read_text(encoding="utf-8") == README
    assert no_queda_nada(curso)


def test_un_entorno_al_que_le_falta_algo_tampoco_se_prueba(curso):
    # Con esta carpeta vacía, el instalador dice que fue bien y no dejó nada.
    codigo, salida, _ = pide(curso, "--sklearn", "1.6", "--python", ESTE, UV_PRESTA="")
    assert codigo == 1
    assert "no se pudo instalar: La instalación se detuvo: «importlib.metadata.Pack" in salida


def test_una_version_que_no_existe_no_detiene_las_demas(curso, monkeypatch, capsys):
    def monta(entorno, sklearn, python, programa):
        if sklearn == "9.9":
            raise _columna_de_matriz.explica_instalacion(
                "ERROR: No matching distribution found for scikit-learn==9.9.*",
                f"{_columna_de_matriz.nombre(sklearn)} con Python {python}",
            )
        return {"scikit-learn": sklearn, "python": python, **dict.fromkeys(DE_INTERES, "1")}

    monkeypatch.setattr(matriz, "RAIZ", curso)
    monkeypatch.setattr(_columna_de_matriz, "_monta", monta)
    monkeypatch.setattr(_columna_de_matriz, "_ejecuta", lambda *_: "")
    assert matriz.ejecuta(["--sklearn", "9.9", "1.6", "--python", ESTE, "--readme"]) == 1
    salida = capsys.readouterr().out
    assert filas(salida, "Lección")[2] == ["00", "sin probar", "pasa"]
    motivo = f"Hay paquetes que no existen para scikit-learn 9.9 con Python {ESTE}."
    assert f"- 9.9 · {ESTE} · no se pudo instalar: {motivo}" in salida
    assert motivo in (curso / "README.md").read_text(encoding="utf-8")


@pytest.mark.skipif(EN_WINDOWS, reason="Windows no envía estas señales a un solo proceso")
@pytest.mark.parametrize("donde", ["una celda", "la instalación"])
@pytest.mark.parametrize(
    ("senal", "codigo"),
    [(signal.SIGINT, 130), (signal.SIGTERM, 143)],
    ids=["Ctrl-C", "que termine"],
)
def test_al_interrumpir_no_queda_nada(curso, senal, codigo, donde):
    escribe(curso / "notebooks" / "00_bueno.ipynb", LENTO)
    temporal, anota = curso.parents[1] / "temporal", curso.parents[1] / "kernel.txt"
    otras = {"UV_FALLA": "espera"} if donde == "la instalación" else {}
    patron = "matriz-*/1/lib/*/*/medio-*" if otras else "../kernel.txt"
    with lanza(curso, "--sklearn", "1.6", "--python", ESTE, "--readme", **otras) as proceso:
        while proceso.poll() is None and not list(temporal.glob(patron)):
            time.sleep(0.05)
        # Ctrl-C llega a todo lo que hay en la terminal; quien pide terminar, solo a la orden.
        (os.killpg if senal == signal.SIGINT else os.kill)(proceso.pid, senal)
        salida, quejas = proceso.communicate(timeout=60)
    assert proceso.returncode == codigo, quejas
    assert "Traceback" not in quejas and "Probado" not in salida
    assert ("Interrumpido." in quejas) == (senal == signal.SIGINT)
    assert (curso / "README.md").read_text(encoding="utf-8") == README
    if not otras:
        assert not vive(int(anota.read_text()))
    assert no_queda_nada(curso)


def vive(numero):
    """Si el proceso sigue en marcha tras darle unos segundos."""
    for _ in range(50):
        try:
            os.kill(numero, 0)
        except ProcessLookupError:
            return False
        time.sleep(0.1)
    return True


@pytest.mark.parametrize(
    ("argumentos", "que_paso"),
    [
        (["--redme"], "No entiendo «--redme»"),
        (["1.6"], "No entiendo «1.6»"),
        (["--sklearn"], "No entiendo «--sklearn»"),
        (["--readme=sí"], "No entiendo «--readme=sí»"),
        (["--sklearn", "uno"], "«uno» no es una versión de scikit-learn"),
        (["--sklearn", "1.6", "1"], "«1» no es una versión de scikit-learn"),
        (["--sklearn", "1.6; rm"], "«1.6; rm» no es una versión"),
        (["--lecciones", "00", "99"], "No encuentro la lección 99.\nPrueba con 00, 01a."),
        (["--lecciones", "00_bueno"], "No encuentro la lección 00_bueno"),
        (["--python", "3.12"], "No encuentro Python 3.12.\nPrueba con 3.11, 3.13."),
        (["--readme", "--lecciones", "00"], "La tabla de README.md lleva todas las lecciones"),
    ],
    ids=str,
)
def test_lo_mal_pedido_se_explica_antes_de_probar_nada(curso, monkeypatch, argumentos, que_paso):
    monkeypatch.setattr(matriz, "RAIZ", curso)
    monkeypatch.setattr(matriz, "busca_pythons", lambda: {"3.11": "a", "3.13": "b"})
    monkeypatch.setattr(matriz, "prueba", lambda *_: pytest.fail("probó"))
    with pytest.raises(ErrorDelCurso, match=re.escape(que_paso)):
        matriz.ejecuta(argumentos)


@pytest.mark.parametrize("texto", ["nada\n", "<!-- matriz -->\n", README + README])
def test_sin_sitio_para_la_tabla_se_dice_antes_de_probar(curso, monkeypatch, texto):
    (curso / "README.md").write_text(texto, encoding="utf-8")
    monkeypatch.setattr(matriz, "RAIZ", curso)
    monkeypatch.setattr(matriz, "prueba", lambda *_: pytest.fail("probó"))
    with pytest.raises(ErrorDelCurso, match=r"README\.md no tiene dónde poner la tabla"):
        matriz.ejecuta(["--readme"])
    assert (curso / "README.md").read_text(encoding="utf-8") == texto


def test_sin_pedir_nada_se_prueba_todo(curso, monkeypatch):
    pedidas = []
    monkeypatch.setattr(matriz, "RAIZ", curso)
    monkeypatch.setattr(matriz, "busca_pythons", lambda: {"3.11": "a", "3.13": "b"})
    monkeypatch.setattr(matriz, "prueba_uno", lambda *partes: pedidas.append(partes[2:5]))
    matriz.prueba(matriz.SKLEARN, matriz.busca_pythons(), {})
    assert matriz.SKLEARN == ("1.6", "1.7", "1.8", "nueva")
    assert pedidas == [(v, *p) for v in matriz.SKLEARN for p in (("3.11", "a"), ("3.13", "b"))]
    assert list(matriz._cuadernos()) == ["00", "01a"]


def test_se_instala_lo_que_pide_el_curso_sin_fijar():
    declarado = RAIZ / "pyproject.toml"
    for pedida, esperada in (("1.6", "==1.6.*"), ("1.6.1", "==1.6.1"), ("nueva", "")):
        primero, *resto = _columna_de_matriz.requisitos(declarado, pedida)
        assert primero == f"scikit-learn{esperada}"
        assert {"ipykernel", "joblib", "skops", "dill", "nbclient", "numpy"} <= set(resto)
        assert all(re.fullmatch(r"[\w-]+", paquete) for paquete in resto)
        assert "scikit-learn" not in resto
        assert not _columna_de_matriz.AJENOS_AL_CODIGO & set(resto)
    pedido = " ".join(lo_declarado(declarado)["curso"])
    assert all(ajeno in pedido for ajeno in _columna_de_matriz.AJENOS_AL_CODIGO)


@pytest.mark.parametrize(
    ("celdas", "segundos", "esperado"),
    [
        ((BUENO, "!1 / 0", "2"), 60, ""),
        (("1", "raise ValueError('dos\\nlíneas')"), 60, "celda 2: ValueError: dos líneas\n"),
        (("1", "import time; time.sleep(60)"), 3, "celda 2: no terminó en 3 s\n"),
        (("1", "import os; os._exit(1)"), 60, "celda 2: el kernel se cerró\n"),
    ],
    ids=["pasa", "error", "límite", "kernel"],
)
def test_el_fallo_de_un_cuaderno_cabe_en_una_linea(tmp_path, capsys, celdas, segundos, esperado):
    escribe(tmp_path / "99_uno.ipynb", *celdas)
    _cuaderno.principal(tmp_path / "99_uno.ipynb", segundos)
    assert capsys.readouterr().out == esperado


def test_un_entorno_que_no_puede_ejecutar_cuadernos_es_un_fallo(tmp_path, monkeypatch):
    copia_helpers(tmp_path)
    monkeypatch.setattr(_columna_de_matriz, "python_de", lambda _: sys.executable)
    fallo = _columna_de_matriz._ejecuta(tmp_path, tmp_path, Path("no_esta.ipynb"))
    assert fallo.startswith("no se pudo ejecutar: FileNotFoundError")
    columna = Columna("1.6", "3.11", {}, "", {"00": fallo})
    assert filas(tabla([columna], ["00"]), "Lección")[2] == ["00", "falla"]
    assert not columna.pasa


def python_de_mentira(ruta, dice, codigo=0):
    ruta.parent.mkdir(parents=True, exist_ok=True)
    ruta.write_text(f"#!/bin/sh\necho aviso\necho '{dice}'\nexit {codigo}\n", encoding="utf-8")
    ruta.chmod(0o755)


@pytest.mark.skipif(EN_WINDOWS, reason="los programas de mentira son guiones de sh")
def test_se_encuentran_los_python_que_hay_y_arrancan(tmp_path, monkeypatch):
    en_path, pyenv, de_uv = tmp_path / "bin", tmp_path / "pyenv", tmp_path / "con espacio" / "p"
    python_de_mentira(tmp_path / "este", "cpython 3.11 /este")
    python_de_mentira(en_path / "python3.12", "cpython 3.12 /roto", codigo=1)  # como los de pyenv
    python_de_mentira(en_path / "python3.13", "cpython 3.13 /con espacio/13")
    python_de_mentira(pyenv / "versions/3.12.9/bin/python", "cpython 3.12 /pyenv/12")
    python_de_mentira(pyenv / "versions/3.10.1/bin/python", "cpython 3.10 /pyenv/10")
    python_de_mentira(de_uv, "pypy 3.14 /uv/pypy")
    lista = f"cpython-3.13.0-x   /no/existe -> otro\npypy-3.14   {de_uv}"
    python_de_mentira(en_path / "uv", lista)
    monkeypatch.setattr(_pythons.sys, "executable", str(tmp_path / "este"))
    monkeypatch.setenv("PATH", f"{en_path}{os.pathsep}/bin{os.pathsep}/usr/bin")
    monkeypatch.setenv("PYENV_ROOT", str(pyenv))
    hallados = _pythons.busca_pythons()
    assert {v: hallados.get(v) for v in ("3.11", "3.12", "3.13")} == {
        "3.11": "/este",
        "3.12": "/pyenv/12",
        "3.13": "/con espacio/13",
    }
    assert "3.10" not in hallados and hallados.get("3.14") != "/uv/pypy"
    python_de_mentira(de_uv, "cpython 3.14 /uv/14")
    assert "3.14" in _pythons.busca_pythons()


def test_este_python_se_encuentra():
    hallados = _pythons.busca_pythons()
    if ESTE in _pythons.VERSIONES:
        assert Path(hallados[ESTE]).exists()
    assert list(hallados) == [v for v in _pythons.VERSIONES if v in hallados]


def test_la_tabla_junta_los_python_con_las_mismas_versiones():
    def columna(python, numpy, fallo=""):
        versiones = {"scikit-learn": "1.6.1", "python": f"{python}.0"}
        versiones |= dict.fromkeys(DE_INTERES, "1") | {"numpy": numpy}
        return Columna("1.6", python, versiones, fallos={"00": fallo})

    fallo = "celda 3: E: `a` | <b>"
    texto = tabla(
        [columna("3.11", "2.4"), columna("3.12", "2.5"), columna("3.13", "2.5", fallo)], ["00"]
    )
    _, _, primera, segunda = filas(texto, "scikit-learn")
    assert [primera[:3], segunda[:3]] == [
        ["1.6.1", "3.11.0", "2.4"],
        ["1.6.1", "3.12.0, 3.13.0", "2.5"],
    ]
    assert filas(texto, "Lección")[2] == ["00", "pasa", "pasa", "falla: celda 3"]
    assert "- 1.6.1 · 3.13 · 00: `celda 3: E: 'a' | <b>`\n" in texto
    assert len({len(linea) for linea in texto.splitlines() if linea.startswith("| ")}) == 2


def test_la_mas_nueva_puede_depender_del_python():
    columnas = [
        Columna(pedida, "3.11", {"scikit-learn": v} | dict.fromkeys([*DE_INTERES, "python"], "1"))
        for pedida, v in (("1.6", "1.6.1"), ("nueva", "2.0"), ("nueva", "1.9.1"), ("nueva", "2.0"))
    ]
    assert "era el 2.0 o 1.9.1.\n" in tabla(columnas, [])
    assert "más nuevo" not in tabla([Columna("nueva", "3.11", motivo="sin red")], [])


def test_la_orden_arranca_con_la_biblioteca_estandar():
    codigo = "import sys; from helpers.ordenes import matriz; print(*sys.modules)"
    orden = [sys.executable, "-S", "-c", codigo]
    cargados = subprocess.check_output(orden, cwd=RAIZ, encoding="utf-8").split()
    assert not {"numpy", "sklearn", "nbclient", "nbformat"} & set(cargados)


def test_el_readme_lleva_su_fecha_y_las_lecciones_que_hay():
    texto = (RAIZ / "README.md").read_text(encoding="utf-8")
    abre, cierra = marcas("matriz")
    dentro = re.search(f"{abre}\n(.*)\n{cierra}", texto, re.DOTALL)[1] + "\n"
    fecha = re.match(r"Probado el (\d{4}-\d\d-\d\d) en \w+\.(?: El scikit-learn .*)?\n", dentro)[1]
    assert datetime.date.fromisoformat(fecha) >= datetime.date(2026, 1, 1)
    cabecera, _, *resto = filas(dentro, "Lección")
    lecciones = {r.stem.partition("_")[0] for r in (RAIZ / "notebooks").glob("*.ipynb")}
    assert resto and {fila[0] for fila in resto} <= lecciones
    assert {len(fila) for fila in resto} == {len(cabecera)}
    for casilla in (casilla for fila in resto for casilla in fila[1:]):
        assert re.fullmatch(r"pasa|sin probar|falla(: celda \d+)?", casilla)
    assert "python -m helpers matriz " in texto
