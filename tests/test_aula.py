"""`python -m helpers aula`: el curso y sus paquetes en una carpeta, y lo que se instala sin red."""

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from arbol import RAIZ, copia_el_curso, copia_helpers

from helpers.docencia import curso, guiones
from helpers.errores import ErrorDelCurso
from helpers.ordenes import _instalacion, _problemas, aula
from helpers.ordenes import _ruedas as ruedas

ESTE_PYTHON = "{}.{}".format(*sys.version_info)
SIN_WINDOWS = pytest.mark.skipif(os.name == "nt", reason="instalar.sh no es para Windows")


def nombres(sistema, python="3.11"):
    pedidos = ruedas.requisitos_para(RAIZ / "requirements.txt", sistema, python)
    assert all("==" in pedido and ";" not in pedido for pedido in pedidos)
    return {pedido.partition("==")[0] for pedido in pedidos}


def test_cada_sistema_recibe_lo_suyo_y_no_lo_de_este():
    windows, macos, linux = map(nombres, ("windows", "macos", "linux"))
    assert {"colorama", "pywinpty"} <= windows - linux - macos
    assert "pexpect" in linux & macos and "pexpect" not in windows
    assert macos - linux == {"appnope"}
    assert nombres("linux") - nombres("linux", "3.12") == {"overrides"}


def test_lo_que_se_copia_es_lo_que_git_sigue(tmp_path):
    git = subprocess.run(["git", "ls-files"], cwd=RAIZ, capture_output=True, encoding="utf-8")
    if git.returncode:
        pytest.skip("esta copia no tiene git")
    sigue = {Path(n) for n in git.stdout.splitlines() if (RAIZ / n).is_file()}
    assert set(curso.archivos_del_curso()) == sigue
    # Un zip descargado no tiene git, y tampoco debe llevarse lo de cada equipo.
    suelto = copia_el_curso(tmp_path / "suelto")
    for resto in (".venv/x.py", "ruedas/a.whl", "helpers/__pycache__/x.pyc"):
        (suelto / resto).parent.mkdir(exist_ok=True)
        (suelto / resto).touch()
    curso.copia_el_curso(tmp_path / "copia", suelto)
    copiado = {r.relative_to(tmp_path / "copia") for r in (tmp_path / "copia").rglob("*")}
    assert {ruta for ruta in copiado if (suelto / ruta).is_file()} >= sigue
    assert not {ruta.parts[0] for ruta in copiado} & {".venv", "ruedas"}
    assert not [ruta for ruta in copiado if "__pycache__" in ruta.parts]


@pytest.fixture
def sin_descargar(monkeypatch):
    """Cambia la descarga por una rueda inventada de cada sistema y Python."""
    monkeypatch.setattr(aula, "repite_con_las_librerias", lambda *a: None)
    monkeypatch.setattr(
        aula, "descarga", lambda destino, s, p: (destino / f"{s}-{p}.whl").write_bytes(b"rueda")
    )


def test_una_carpeta_con_todo(sin_descargar, tmp_path, capsys):
    destino = tmp_path / "José Ñuñoa" / "aula"
    pedido = ["--sistema", "windows", "--sistema=linux", "--python=3.12", "--python", "3.11"]
    assert aula.ejecuta([str(destino), *pedido]) == 0
    assert sorted(ruta.name for ruta in (destino / "ruedas").iterdir()) == [
        f"{sistema}-3.{menor}.whl" for sistema in ("linux", "windows") for menor in (11, 12)
    ]
    leeme = (destino / "LEEME.txt").read_text(encoding="utf-8")
    assert "Windows, Linux" in leeme and "3.11, 3.12" in leeme
    assert (destino / "notebooks" / "02a_pickle.ipynb").is_file()
    assert [ruta.name for ruta in destino.parent.iterdir()] == ["aula"], "no queda nada a medias"
    assert f"Listo: {destino}" in capsys.readouterr().out


def test_un_zip_con_una_carpeta_dentro(sin_descargar, tmp_path):
    destino = tmp_path / "aula.zip"
    assert aula.ejecuta([str(destino), "--sistema=linux"]) == 0
    with zipfile.ZipFile(destino) as archivo:
        dentro = set(archivo.namelist())
        permisos = archivo.getinfo("curso/instalar.sh").external_attr >> 16
    suyos = {f"ruedas/linux-{ESTE_PYTHON}.whl", "LEEME.txt", "instalar.sh", "instalar.bat"}
    del_curso = {ruta.as_posix() for ruta in curso.archivos_del_curso()}
    assert dentro == {f"curso/{ruta}" for ruta in del_curso | suyos}
    assert os.name == "nt" or permisos & 0o111


@pytest.mark.parametrize("error", [KeyboardInterrupt, ErrorDelCurso("sin red"), OSError(28, "x")])
def test_una_descarga_interrumpida_no_deja_nada(sin_descargar, monkeypatch, tmp_path, error):
    def falla(*a):
        raise error

    monkeypatch.setattr(aula, "descarga", falla)
    with pytest.raises(type(error) if isinstance(error, Exception) else error):
        aula.ejecuta([str(tmp_path / "aula")])
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("argumentos", "dice"),
    [
        ([], "A esta orden le falta algo.\nPrueba python -m helpers aula curso-aula "),
        (["a", "b"], "No entiendo «a b»"),
        (["a", "--otro"], "No entiendo «a --otro»"),
        (["a", "--sistema", "amiga"], "No entiendo «a --sistema amiga».*windows.macos.linux"),
        (["a", "--python", "3.9"], "No entiendo «a --python 3.9».*3.11.3.12.3.13.3.14"),
        ([str(RAIZ / "aula")], "está dentro del curso"),
        (["ocupada"], "ya existe"),
        (["ocupada/x.txt"], "ya existe"),
    ],
)
def test_lo_que_no_se_entiende_o_no_se_puede(tmp_path, monkeypatch, argumentos, dice):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "ocupada").mkdir()
    (tmp_path / "ocupada" / "x.txt").touch()
    with pytest.raises(ErrorDelCurso, match=f"(?s){dice}"):
        aula.ejecuta(argumentos)
    assert sorted(ruta.name for ruta in tmp_path.rglob("*")) == ["ocupada", "x.txt"]


@SIN_WINDOWS
def test_el_guion_elige_un_python_de_los_que_hay_paquetes(tmp_path):
    guion = tmp_path / "mi aula" / "instalar.sh"
    guion.parent.mkdir()
    guion.write_text(guiones.guion_de_unix(["3.11", "3.12"]), encoding="utf-8")
    programas = tmp_path / "programas"
    programas.mkdir()
    shell = shutil.which("sh")
    (programas / "dirname").symlink_to(shutil.which("dirname"))

    def ejecuta():
        entorno = {"PATH": str(programas)}
        orden = [shell, str(guion), "--no-browser"]
        return subprocess.run(orden, env=entorno, capture_output=True, encoding="utf-8", timeout=30)

    ninguno = ejecuta()
    assert ninguno.returncode == 1
    assert "No encuentro Python 3.11 ni 3.12" in ninguno.stdout
    # python3.11 existe y no sirve, como un «shim» de pyenv; python3 sí.
    for nombre, codigo in (("python3.11", 1), ("python3", 0)):
        falso = programas / nombre
        falso.write_text(
            f'#!{shell}\n[ "$1" = -c ] && exit {codigo}\necho {nombre} "$PWD" "$@"\n', "utf-8"
        )
        falso.chmod(0o755)
    dicho = ejecuta().stdout.strip()
    assert dicho == f"python3 {guion.parent} -m helpers abrir --no-browser"


def test_la_version_que_se_busca_es_la_del_python(tmp_path):
    guion = guiones.guion_de_unix([ESTE_PYTHON]) + guiones.guion_de_windows([ESTE_PYTHON])
    otro = guiones.guion_de_unix(["3.99"])
    for texto, codigo in ((guion, 0), (otro, 1)):
        mira = next(parte for parte in texto.split("'") if parte.startswith("import sys"))
        assert subprocess.run([sys.executable, "-c", mira]).returncode == codigo


def test_el_guion_de_windows_acaba_sus_lineas_como_windows():
    lineas = guiones.guion_de_windows(["3.11", "3.12"]).split("\r\n")
    assert not [linea for linea in lineas if "\n" in linea]
    assert [linea.partition(" -c ")[0] for linea in lineas if ">nul 2>nul" in linea] == [
        "py -3.11",
        "py -3.12",
        "python",
    ]
    assert "%PYTHON% -m helpers abrir %*" in lineas


def test_sin_ruedas_para_este_python_se_dice(monkeypatch, tmp_path):
    salida = "ERROR: No matching distribution found for numpy==2.4.6"
    assert "«ruedas» no trae" in str(_problemas.explica_instalacion(salida, sin_red=True))
    assert "«ruedas»" not in str(_problemas.explica_instalacion(salida))
    error = ruedas._explica(salida, "windows", "3.13")
    assert "numpy==2.4.6" in str(error) and "Windows con Python 3.13" in str(error)


# --- Con la red cortada ---------------------------------------------------------------------------
# Dentro no hay red, pero sí hay que levantar la interfaz local: JupyterLab habla por ella.
CORTA = ["unshare", "--map-root-user", "--net", "sh", "-c", 'ip link set lo up; exec "$@"', "sh"]
# Donde no se puede cortar (Windows, macOS, algunos servidores), todo va a un proxy que no existe.
PROXY = "http://127.0.0.1:9"
SIN_SALIDA = dict.fromkeys(("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"), PROXY)


def se_puede_cortar():
    if not shutil.which("unshare") or not shutil.which("ip"):
        return False
    return subprocess.run([*CORTA, "true"], capture_output=True).returncode == 0


def sin_red(orden, carpeta):
    """Ejecuta una orden sin red y sin ningún otro sitio de donde pip pueda sacar paquetes."""
    entorno = {n: v for n, v in os.environ.items() if not n.startswith(("PIP_", "UV_"))}
    entorno |= {"PIP_CONFIG_FILE": os.devnull, "PIP_NO_CACHE_DIR": "1", "UV_NO_CACHE": "1"}
    entorno |= {"PIP_RETRIES": "0"}
    corta = se_puede_cortar()
    return subprocess.run(
        [*(CORTA if corta else []), sys.executable, "-X", "utf8", *orden],
        cwd=carpeta,
        env=entorno if corta else entorno | SIN_SALIDA,
        capture_output=True,
        encoding="utf-8",
        timeout=600,
    )


def descargado(hace, exige):
    try:
        hace()
    except ErrorDelCurso as error:
        sin = "no hay conexión" in str(error)
        exige("no hay conexión para descargar" if sin else "", "instalar sin red", "conéctate")
        raise


def test_con_la_red_cortada_se_instala_de_la_carpeta(tmp_path, monkeypatch, exige):
    mini = copia_helpers(tmp_path / "José Ñuñoa" / "curso")
    (mini / "requirements.txt").write_text("six==1.17.0\nwebencodings==0.5.1\n", "utf-8")
    instala = (
        "import sys; from helpers.ordenes._instalacion import corre, prepara;"
        "prepara('requirements.txt');"
        "sys.exit(corre('-c', 'import six, webencodings'))"
    )
    assert sin_red(["-c", instala], mini).returncode != 0, "la red no está cortada"
    monkeypatch.setattr(ruedas, "RAIZ", mini)
    (mini / "ruedas").mkdir()
    sistema = ruedas.este_sistema()
    descargado(lambda: ruedas.descarga(mini / "ruedas", sistema, ESTE_PYTHON), exige)
    proceso = sin_red(["-c", instala], mini)
    assert proceso.returncode == 0, proceso.stdout + proceso.stderr


def test_un_aula_entera_con_la_red_cortada(tmp_path, exige, request):
    if not (request.config.getoption("--largo") or os.environ.get("CI") == "true"):
        pytest.skip(
            "NO SE PROBÓ UN AULA ENTERA SIN RED: tarda dos minutos. "
            "Remedio: python -m helpers probar --largo -k aula_entera"
        )
    destino = tmp_path / "José Ñuñoa" / "aula"
    descargado(lambda: aula.ejecuta([str(destino)]), exige)
    proceso = sin_red(["-m", "helpers", "comprobar", "--instalar", "--allow-root"], destino)
    assert proceso.returncode == 0, proceso.stdout + proceso.stderr
    assert "Sin conexión directa a internet" in proceso.stdout or not se_puede_cortar()
    assert "OK     JupyterLab arranca y ejecuta una celda" in proceso.stdout


def test_con_ruedas_no_se_sale_a_la_red_salvo_por_las_pruebas(monkeypatch, tmp_path):
    monkeypatch.setattr(_instalacion, "RAIZ", tmp_path)
    de_donde = _instalacion._de_donde
    assert de_donde([_instalacion.REQUISITOS]) == []
    (tmp_path / "ruedas").mkdir()
    assert "--no-index" in de_donde([_instalacion.REQUISITOS])
    con_pruebas = de_donde([_instalacion.REQUISITOS, _instalacion.REQUISITOS_DE_PRUEBAS])
    assert con_pruebas == ["--find-links", str(tmp_path / "ruedas")]
