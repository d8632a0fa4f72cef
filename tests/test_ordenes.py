"""`python -m helpers …` desde un clon recién hecho: lo que debe ir bien y lo que puede ir mal."""

import ast
import errno
import json
import os
import queue
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import uv_de_mentira
from arbol import RAIZ, copia_helpers

from helpers.errores import ErrorDelCurso
from helpers.ordenes import _instalacion, _progreso, disponibles, principal
from helpers.ordenes.abrir import SALUDO
from helpers.ordenes.pins import ARCHIVOS
from helpers.ordenes.probar import REPARTO

EN_WINDOWS = os.name == "nt"


@pytest.fixture
def curso(tmp_path):
    """Una copia mínima del curso en una carpeta con espacio y tildes, y un uv de mentira."""
    carpeta = copia_helpers(tmp_path / "José Ñuñoa" / "mi curso")
    (carpeta / "tests" / "plataformas").mkdir(parents=True)
    for ruta in ("requirements.txt", "tests/requirements.txt"):
        shutil.copy(RAIZ / ruta, carpeta / ruta)
    uv_de_mentira.ponlo_en(tmp_path / "programas")
    return carpeta


def variables(curso, **otras):
    programas = curso.parents[1] / "programas"
    ruta = f"{programas}{os.pathsep}{os.environ['PATH']}"
    anota = str(curso.parents[1] / "notas.txt")
    return os.environ | {"PATH": ruta, "UV_ANOTA": anota, "PYTHONUTF8": "1"} | otras


def pide(curso, *argumentos, **otras):
    """Ejecuta `python -m helpers` en la copia y comprueba que nunca se vea un traceback."""
    proceso = subprocess.run(
        [sys.executable, "-m", "helpers", *argumentos],
        cwd=curso,
        env=variables(curso, **otras),
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        timeout=60,
    )
    assert "Traceback" not in proceso.stdout + proceso.stderr, proceso.stderr
    return proceso


def notas(curso):
    """Las veces que se llamó a uv: `venv` o `pip`, por orden."""
    return [linea.split()[0] for linea in notas_enteras(curso)]


def notas_enteras(curso):
    archivo = curso.parents[1] / "notas.txt"
    lineas = archivo.read_text(encoding="utf-8").splitlines() if archivo.exists() else []
    archivo.unlink(missing_ok=True)
    return lineas


def lo_que_recibio(proceso):
    return json.loads(proceso.stdout.splitlines()[-1])


def test_sin_orden_las_enumera_todas(curso):
    proceso = pide(curso)
    assert proceso.returncode == 0
    for archivo in (RAIZ / "helpers" / "ordenes").glob("[!_]*.py"):
        descripcion = ast.get_docstring(ast.parse(archivo.read_text(encoding="utf-8")))
        assert f"{archivo.stem} " in proceso.stdout
        assert descripcion.splitlines()[0] in proceso.stdout


@pytest.mark.parametrize("ayuda", ["-h", "--help"])
@pytest.mark.parametrize("orden", disponibles())
def test_pedir_ayuda_cuenta_la_orden_y_no_hace_nada(tmp_path, monkeypatch, capsys, orden, ayuda):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(subprocess, "Popen", None)  # usarlo sería un error
    assert principal([orden, "x", ayuda]) == 0
    modulo = RAIZ / "helpers" / "ordenes" / f"{orden}.py"
    entera = ast.get_docstring(ast.parse(modulo.read_text(encoding="utf-8")))
    assert capsys.readouterr() == (f"{entera}\n", "")
    assert list(tmp_path.iterdir()) == []


def test_una_orden_mal_escrita_recibe_una_sugerencia(curso):
    proceso = pide(curso, "abir")
    assert proceso.returncode == 1
    assert proceso.stderr.startswith("No conozco la orden «abir». ¿Querías decir «abrir»?\n")
    assert "probar" in proceso.stderr


@pytest.mark.parametrize("codificacion", ["ascii", "cp1252"])
def test_una_consola_sin_tildes_no_detiene_la_orden(curso, codificacion):
    sin_tildes = {"PYTHONIOENCODING": f"{codificacion}:strict", "PYTHONUTF8": "0"}
    lista, error = pide(curso, **sin_tildes), pide(curso, "Ωmega", **sin_tildes)
    assert lista.returncode == 0 and "probar" in lista.stdout
    assert error.returncode == 1 and "probar" in error.stderr


def test_probar_instala_una_vez_y_pasa_los_argumentos(curso):
    primera = pide(curso, "probar", "-k", "dos palabras", PYTHONPATH="x", MODULO_SALE="5")
    assert primera.returncode == 5, "el código de pytest debe llegar tal cual"
    recibido = lo_que_recibio(primera)
    assert recibido["argumentos"] == [*REPARTO, "-k", "dos palabras"]
    assert Path(recibido["carpeta"]) == curso.resolve()
    assert Path(recibido["prefijo"]) == curso.resolve() / ".venv"
    assert recibido["PYTHONPATH"] is None, "el PYTHONPATH de quien lo usa no debe llegar"
    assert notas(curso) == ["venv", "pip"]
    pide(curso, "probar")
    assert notas(curso) == [], "la segunda vez no hay nada que instalar"


def test_lo_que_se_pide_al_instalador(curso):
    pide(curso, "abrir", PIP_USER="1")
    _, pip = notas_enteras(curso)
    assert "--only-binary=:all:" in pip, "compilar un paquete tarda minutos y suele fallar"
    assert "--compile-bytecode" in pip, "cada proceso nuevo compilaría otra vez las librerías"
    assert pip.endswith("PIP_USER=0"), "un ajuste propio de pip no debe sacar nada de .venv"


def test_pins_pide_versiones_para_todos_y_no_guarda_direcciones(curso):
    shutil.copy(RAIZ / "pyproject.toml", curso)
    assert pide(curso, "pins", "--upgrade").returncode == 0
    llamadas = notas_enteras(curso)
    assert len(llamadas) == len(ARCHIVOS)
    for llamada in llamadas:
        assert {"--universal", "--python-version=3.11", "--upgrade"} <= set(llamada.split())
    for ruta, _ in ARCHIVOS.values():
        cabecera, _, versiones = (curso / ruta).read_text(encoding="utf-8").rpartition("\n# ")
        assert versiones.splitlines()[1:] == ["uno==1.0"] and "Huella" in versiones
        assert "no se edita a mano" in cabecera.lower()


def test_abrir_da_a_jupyterlab_la_leccion_y_el_espanol(curso):
    recibido = lo_que_recibio(pide(curso, "abrir", "--no-browser", JUPYTER_CONFIG_PATH="mía"))
    assert f"--ServerApp.root_dir={curso.resolve()}" in recibido["argumentos"]
    assert recibido["argumentos"][-1] == "--no-browser"
    leccion = "notebooks/00_empieza_aqui.ipynb"
    assert f"--LabApp.default_url=/lab/tree/{leccion}" in recibido["argumentos"]
    esperado = [str(curso.resolve() / "binder"), "mía"]
    assert recibido["JUPYTER_CONFIG_PATH"].split(os.pathsep) == esperado


def abre_y_deja_en_marcha(curso):
    """El proceso de la orden, en su propio grupo, y el identificador del JupyterLab que lanzó."""
    pide(curso, "abrir")
    proceso = subprocess.Popen(
        [sys.executable, "-m", "helpers", "abrir"],
        cwd=curso,
        env=variables(curso, MODULO_ESPERA="60"),
        stdout=subprocess.PIPE,
        encoding="utf-8",
        start_new_session=True,
    )
    for _ in SALUDO.splitlines():
        proceso.stdout.readline()
    return proceso, json.loads(proceso.stdout.readline())["pid"]


@pytest.mark.skipif(EN_WINDOWS, reason="Windows no tiene esta señal")
def test_al_terminar_la_orden_jupyterlab_no_queda_huerfano(curso):
    proceso, jupyterlab = abre_y_deja_en_marcha(curso)
    proceso.terminate()
    proceso.communicate(timeout=30)
    with pytest.raises(ProcessLookupError):
        os.kill(jupyterlab, 0)


@pytest.mark.skipif(EN_WINDOWS, reason="en Windows no se puede enviar Ctrl+C a un solo proceso")
def test_con_ctrl_c_se_espera_a_que_jupyterlab_termine(curso):
    proceso, _ = abre_y_deja_en_marcha(curso)
    os.killpg(proceso.pid, signal.SIGINT)
    proceso.communicate(timeout=30)
    assert proceso.returncode == 7, "el código es el de JupyterLab, que terminó a su manera"


@pytest.mark.skipif(EN_WINDOWS, reason="Windows avisa de otro modo cuando nadie lee")
def test_si_nadie_lee_la_salida_no_hay_queja(curso):
    lee, escribe = os.pipe()
    os.close(lee)
    with os.fdopen(escribe, "w") as nadie:
        proceso = subprocess.run(
            [sys.executable, "-m", "helpers"],
            cwd=curso,
            stdout=nadie,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )
    assert (proceso.returncode, proceso.stderr) == (1, "")


def test_probar_despues_de_abrir_solo_anade_lo_que_falta(curso):
    pide(curso, "abrir")
    notas(curso)
    pide(curso, "probar")
    assert notas(curso) == ["pip"]


@pytest.mark.parametrize(
    ("salida", "esperado"),
    [("dns error", "no hay conexión"), ("os error 28", "espacio"), ("algo raro", "«algo raro»")],
)
def test_una_instalacion_fallida_se_repara_al_repetir(curso, salida, esperado):
    fallida = pide(curso, "probar", UV_FALLA=salida)
    assert fallida.returncode == 1
    assert esperado in fallida.stderr
    assert not (curso / ".venv").exists(), "medio entorno solo ocupa sitio"
    assert pide(curso, "probar").returncode == 0


def test_sin_red_al_actualizar_lo_instalado_sigue_sirviendo(curso):
    pide(curso, "abrir")
    requisitos = curso / "requirements.txt"
    antes = requisitos.read_bytes()
    requisitos.write_bytes(antes + b"nuevo==1.0\n")
    assert pide(curso, "abrir", UV_FALLA="dns error").returncode == 1
    requisitos.write_bytes(antes)
    notas(curso)
    assert pide(curso, "abrir").returncode == 0
    assert notas(curso) == [], "volver a la versión anterior no debe exigir red"


def test_una_actualizacion_a_medias_se_rehace(curso):
    pide(curso, "abrir")
    requisitos = curso / "requirements.txt"
    antes = requisitos.read_bytes()
    requisitos.write_bytes(antes + b"nuevo==1.0\n")
    assert pide(curso, "abrir", UV_FALLA="a medias").returncode == 1
    requisitos.write_bytes(antes)
    notas(curso)
    assert pide(curso, "abrir").returncode == 0
    assert notas(curso) == ["venv", "pip"], "lo instalado ya no es de fiar"


@pytest.mark.skipif(EN_WINDOWS, reason="en Windows no se puede enviar Ctrl+C a un solo proceso")
def test_ctrl_c_a_mitad_no_deja_nada_roto(curso):
    proceso = subprocess.Popen(
        [sys.executable, "-m", "helpers", "probar"],
        cwd=curso,
        env=variables(curso, UV_FALLA="espera"),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        start_new_session=True,
    )
    # En cuanto aparece el primer paquete, la instalación está a medias.
    while proceso.poll() is None and not list(curso.glob(".venv/lib/*/*/medio-*")):
        time.sleep(0.05)
    os.killpg(proceso.pid, signal.SIGINT)
    _, errores = proceso.communicate(timeout=30)
    assert (proceso.returncode, errores.strip()) == (130, "Interrumpido.")
    notas(curso)
    assert pide(curso, "probar").returncode == 0
    assert notas(curso) == ["venv", "pip"]


def test_una_carpeta_movida_sigue_funcionando_sin_red(curso):
    pide(curso, "probar")
    otra = curso.with_name("otro nombre")
    curso.rename(otra)
    proceso = pide(otra, "probar", UV_FALLA="dns error")
    assert proceso.returncode == 0
    assert Path(lo_que_recibio(proceso)["prefijo"]) == otra.resolve() / ".venv"


@pytest.mark.skipif(EN_WINDOWS, reason="usa un guion de sh en lugar del Python de .venv")
@pytest.mark.parametrize("guion", ["exit 1", "echo \"(3, 9, 'linux', 'x', 1)\""])
def test_un_entorno_de_otro_python_se_rehace(curso, guion):
    pide(curso, "probar")
    notas(curso)
    python = curso / ".venv" / "bin" / "python"
    python.unlink()
    python.write_text(f"#!/bin/sh\n{guion}\n", encoding="utf-8")
    python.chmod(0o755)
    assert pide(curso, "probar").returncode == 0
    assert notas(curso) == ["venv", "pip"]


@pytest.mark.skipif(EN_WINDOWS, reason="en Windows el Python de .venv está en otra carpeta")
def test_un_entorno_en_uso_no_se_rehace_ni_se_borra(curso):
    pide(curso, "abrir")
    (curso / ".venv" / "curso.json").unlink()
    suyo = curso / ".venv" / "bin" / "python"
    antes = sorted(curso.glob(".venv/**/*"))
    proceso = subprocess.run(
        [suyo, "-m", "helpers", "abrir"],
        cwd=curso,
        env=variables(curso),
        capture_output=True,
        encoding="utf-8",
    )
    assert proceso.returncode == 1
    assert "Hay que rehacer .venv, y ahora mismo lo estás usando." in proceso.stderr
    assert sorted(curso.glob(".venv/**/*")) == antes


@pytest.mark.parametrize("numero", [errno.ENOTEMPTY, errno.ENOENT])
def test_si_otra_ventana_lo_instala_a_la_vez_se_dice_y_no_se_borra_lo_suyo(
    tmp_path, monkeypatch, numero
):
    borrados = []

    def borra(carpeta, **opciones):
        borrados.append(carpeta)
        raise OSError(numero, os.strerror(numero), "pygments")

    monkeypatch.setattr(_instalacion, "VENV", tmp_path)
    monkeypatch.setattr(_instalacion, "SELLO", tmp_path / "curso.json")
    monkeypatch.setattr(_instalacion.shutil, "rmtree", borra)
    with pytest.raises(ErrorDelCurso, match=r"otro programa la está cambiando"):
        _instalacion.prepara(_instalacion.REQUISITOS)
    assert borrados == [tmp_path]


@pytest.mark.skipif(EN_WINDOWS, reason="Windows no admite «:» en el nombre de una carpeta")
def test_dos_puntos_en_la_ruta(curso):
    otra = curso.with_name("a:b")
    curso.rename(otra)
    proceso = pide(otra, "abrir")
    assert proceso.returncode == 1
    assert "contiene «:»" in proceso.stderr


def test_el_avance_de_pip_cuenta_paquetes(tmp_path, capsys):
    lineas = queue.Queue()
    lineas.put("Ignoring appnope: markers 'sys_platform == \"darwin\"' don't match\n")
    for n in range(1, 11):
        lineas.put(f"Collecting paquete_{n}==1.0 (from -r requirements.txt (line {n}))\n")
    lineas.put("Processing /a b/x.whl\n")
    lineas.put(None)
    _progreso._sigue(lineas, tmp_path, 12)
    assert capsys.readouterr().out == "Descargando 10 de 11 · paquete-10\n"
