"""`python -m helpers medir --llegada`: qué se cronometra, contra qué, y qué dice cada meta."""

import sys
from pathlib import Path

import pytest
from reglas.cuaderno import lecciones

from helpers.errores import ErrorDelCurso
from helpers.ordenes import _llegada, medir

MEDIDA = _llegada.Llegada(
    descarga=1.5, paquetes=204.8, disco=5.2, entorno=612.4, desde_cero=71.6, descargado=40.2,
    otra_vez=6.1, lecciones=90.0, suelo=60.0, suelo_sin_procesos=30.0, razon=1.5, pruebas=420.0,
)  # fmt: skip


@pytest.mark.parametrize(
    ("cambio", "dice"),
    [
        ({}, {"menos de 5 MB: sí", "2 × el límite; sale 1.50 ×: sí", "8 min: sí"}),
        ({"descarga": 5.0}, {"menos de 5 MB: no"}),
        ({"razon": 2.01}, {"2 × el límite; sale 2.01 ×: no"}),
        ({"pruebas": 481.0}, {"8 min: no"}),
    ],
)
def test_las_metas_dicen_la_verdad(cambio, dice):
    filas = _llegada.tabla_de_llegada(MEDIDA._replace(**cambio)).splitlines()
    assert {len(fila.split("|")) for fila in filas} == {5}
    assert dice <= {fila.split("|")[3].strip() for fila in filas}


def test_lo_que_falla_no_se_cronometra(tmp_path):
    with pytest.raises(ErrorDelCurso, match="Dijo: se acabó"):
        _llegada._segundos([sys.executable, "-c", "import sys; sys.exit('se acabó')"], tmp_path)
    with pytest.raises(ErrorDelCurso, match="No encuentro «no-hay»"):
        _llegada._segundos(["no-hay"], tmp_path)


def test_el_orden_de_lo_que_se_hace(tmp_path, monkeypatch, capsys):
    """Desde cero antes que con los paquetes, y las lecciones al lado de su límite."""
    hechas, instalados = [], []

    def anota(orden, donde, variables=()):
        hechas.append([str(parte) for parte in orden])
        if "clone" in hechas[-1]:
            (tmp_path / "curso" / ".git" / "objects").mkdir(parents=True)
            (tmp_path / "curso" / ".git" / "objects" / "uno").write_bytes(bytes(2_000_000))
        if "aula" in hechas[-1]:
            (tmp_path / "aula" / "ruedas").mkdir(parents=True)
            (tmp_path / "aula" / "ruedas" / "uno.whl").write_bytes(bytes(3_000_000))
        if "abrir" in hechas[-1]:
            # Solo la última vez estaba ya instalado.
            assert (donde / ".venv").exists() == (len(instalados) == 2)
            (donde / ".venv").mkdir(exist_ok=True)
            instalados.append(donde.name)
            assert set(variables) == {"PIP_CACHE_DIR", "UV_CACHE_DIR"}
        return {"sin procesos": 2.0, "con procesos": 3.0}.get(Path(hechas[-1][-1]).name, 4.0)

    monkeypatch.setattr(_llegada, "_segundos", anota)
    medida = _llegada.mide_llegada(tmp_path)
    assert (medida.descarga, medida.paquetes) == (2.0, 3.0)
    assert instalados == ["curso", "aula", "curso"]
    assert (medida.desde_cero, medida.descargado, medida.otra_vez) == (12.0, 12.0, 8.0)
    assert medida.razon == pytest.approx(4 / 3)
    assert (medida.lecciones, medida.suelo, medida.suelo_sin_procesos) == (4, 3, 2)
    ultima = lecciones()[-1].name
    nombres = [Path(orden[-1]).name for orden in hechas[-7:-1]]
    assert nombres == ["sin procesos", "con procesos", ultima] * 2
    assert hechas[-8][2:4] == ["helpers.ordenes._suelo", str(tmp_path)]
    assert hechas[-1][-2:] == ["probar", "-q"]
    assert len(hechas[-2]) - len(hechas[-3]) == len(lecciones()) - 1


def test_la_orden_pone_la_tabla_en_su_sitio(tmp_path, monkeypatch):
    (tmp_path / "README.md").write_text("<!-- llegada -->\n<!-- /llegada -->\n", encoding="utf-8")
    monkeypatch.setattr(medir, "RAIZ", tmp_path)
    monkeypatch.setattr(medir, "PYTHON", tmp_path / "no hay")
    monkeypatch.setattr(medir, "mide_llegada", lambda _: MEDIDA)
    assert medir.ejecuta(["--llegada", "--readme"]) == 0
    texto = (tmp_path / "README.md").read_text(encoding="utf-8")
    assert "Medido el " in texto and "| `python -m helpers probar` | 7.0 min | 8 min: sí |" in texto
