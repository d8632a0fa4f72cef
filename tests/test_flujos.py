"""Los flujos de GitHub: acciones fijadas, permisos mínimos, un límite de tiempo y sin descuidos."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from arbol import RAIZ

from helpers.ordenes._pythons import VERSIONES

CARPETA = RAIZ / ".github" / "workflows"
FLUJOS = sorted(CARPETA.glob("*.yml"))
FIJADA = re.compile(r"[\w.-]+/[\w.-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+")


def lee(ruta):
    # `BaseLoader` deja los textos como están: con otro, la clave «on» sería un «sí».
    return yaml.load(ruta.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)


def por_nombre(rutas):
    return pytest.mark.parametrize("ruta", rutas, ids=lambda ruta: ruta.stem)


@por_nombre(FLUJOS)
def test_cada_accion_va_fijada_por_la_huella_de_su_commit(ruta):
    usadas = re.findall(r"\buses:\s*(.*)", ruta.read_text(encoding="utf-8"))
    assert usadas
    for usada in usadas:
        assert FIJADA.fullmatch(usada), f"{usada}: fija la huella y di la versión al lado"


def test_una_accion_tiene_la_misma_huella_en_todos_los_flujos():
    textos = "\n".join(ruta.read_text(encoding="utf-8") for ruta in FLUJOS)
    usadas = set(re.findall(r"\buses:\s*(\S+)@(\S+)", textos))
    assert len(usadas) == len({accion for accion, _ in usadas}), usadas


@por_nombre(FLUJOS)
def test_de_partida_un_flujo_solo_puede_leer(ruta):
    assert lee(ruta)["permissions"] == {"contents": "read"}


@por_nombre(FLUJOS)
def test_cada_trabajo_tiene_un_limite_de_tiempo(ruta):
    for nombre, trabajo in lee(ruta)["jobs"].items():
        assert 0 < int(trabajo["timeout-minutes"]) <= 60, nombre


def test_la_matriz_se_ejecuta_cada_semana_con_lo_mas_nuevo_y_solo_marca():
    flujo = lee(CARPETA / "matriz.yml")
    assert set(flujo["on"]) == {"schedule", "workflow_dispatch"}
    ((_, _, dia_del_mes, mes, dia),) = [c["cron"].split() for c in flujo["on"]["schedule"]]
    assert (dia_del_mes, mes) == ("*", "*") and dia in "0123456"
    (trabajo,) = flujo["jobs"].values()
    assert "permissions" not in trabajo, "solo lee"
    assert [p.get("with", {}).get("persist-credentials") for p in trabajo["steps"]][0] == "false"
    pasos = [paso["run"] for paso in trabajo["steps"] if "run" in paso]
    pythons = " ".join(VERSIONES)
    assert pasos == [f"python -m helpers matriz --sklearn nueva --python {pythons}"]
    instalados = [p["with"]["python-version"] for p in trabajo["steps"] if "setup-python" in str(p)]
    assert instalados[0].split() == pythons.split()
    assert "continue-on-error" not in str(flujo), "un fallo debe dejarlo en rojo"


def test_las_pruebas_pasan_por_los_tres_sistemas_y_por_cada_python():
    trabajos = lee(CARPETA / "pruebas.yml")["jobs"]
    matriz = trabajos["pruebas"]["strategy"]["matrix"]
    assert matriz["sistema"] == ["ubuntu-latest", "macos-latest", "windows-latest"]
    assert matriz["python"] == list(VERSIONES)
    assert trabajos["pruebas"]["strategy"]["fail-fast"] == "false", "uno no debe callar a los otros"
    assert "exclude" not in matriz


def test_las_de_plataformas_se_ejecutan_y_dejan_sus_capturas():
    pasos = lee(CARPETA / "pruebas.yml")["jobs"]["plataformas"]["steps"]
    assert [p["env"] for p in pasos if p.get("run") == "bash .ci/run"] == [{"SOLO": "plataformas"}]
    *_, capturas = pasos
    assert capturas["uses"].startswith("actions/upload-artifact@")
    assert capturas["if"] == "${{ !cancelled() }}", "hacen falta sobre todo cuando algo falla"
    assert capturas["with"]["path"] == ".capturas"
    assert capturas["with"]["include-hidden-files"] == "true"


def zizmor(carpeta):
    """Revisa los flujos de esa carpeta. Sin red: lo que pregunta a GitHub no se mira."""
    programa = shutil.which("zizmor", path=Path(sys.executable).parent)
    assert programa, "zizmor no está instalado: está en tests/requirements.txt"
    orden = [programa, "--offline", "--no-progress", "--color=never", "--format=plain", carpeta]
    return subprocess.run(orden, capture_output=True, encoding="utf-8")


def test_un_revisor_de_fuera_no_encuentra_nada():
    revision = zizmor(CARPETA)
    assert revision.returncode == 0, revision.stdout + revision.stderr
    for ruta in FLUJOS:
        assert re.search(rf"completed .*{ruta.name}$", revision.stderr, re.M), ruta.name


@pytest.mark.parametrize(
    "bueno, malo, aviso",
    [
        ("persist-credentials: false", "fetch-depth: 1", "artipacked"),
        ("run: bash .ci/run", "run: echo ${{ github.event.head_commit.message }}", "template-inj"),
        ("@330a01c490aca151604b8cf639adc76d48f6c5d4 # v5.0.0", "@v5", "unpinned-uses"),
        ("permissions:\n  contents: read", "permissions: write-all", "excessive-permissions"),
        ("  pull_request:", "  pull_request_target:", "dangerous-triggers"),
    ],
)
def test_el_revisor_ve_cada_descuido(bueno, malo, aviso, tmp_path):
    carpeta = tmp_path / ".github" / "workflows"
    carpeta.mkdir(parents=True)
    texto = (CARPETA / "pruebas.yml").read_text(encoding="utf-8")
    assert bueno in texto
    (carpeta / "pruebas.yml").write_text(texto.replace(bueno, malo), encoding="utf-8")
    revision = zizmor(carpeta)
    assert revision.returncode != 0
    assert f"[{aviso}" in revision.stdout, revision.stdout + revision.stderr
