"""Los flujos de GitHub: acciones fijadas, permisos mínimos y un límite de tiempo."""

import re

import pytest
import yaml
from arbol import RAIZ

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
    pythons = "3.11 3.12 3.13"
    assert pasos == [f"python -m helpers matriz --sklearn nueva --python {pythons}"]
    instalados = [p["with"]["python-version"] for p in trabajo["steps"] if "setup-python" in str(p)]
    assert instalados[0].split() == pythons.split()
    assert "continue-on-error" not in str(flujo), "un fallo debe dejarlo en rojo"
