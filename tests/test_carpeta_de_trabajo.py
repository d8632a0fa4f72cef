"""`carpeta_de_trabajo`: la misma para la misma persona, y de nadie más."""

import os
import stat
from pathlib import Path

import pytest

from helpers import entorno
from helpers.errores import ErrorDelCurso

POSIX = pytest.mark.skipif(os.name == "nt", reason="Windows no tiene permisos ni dueños POSIX")


@pytest.fixture(autouse=True)
def kernel_recien_abierto(monkeypatch, tmp_path):
    monkeypatch.setattr(entorno.tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr(entorno, "_carpetas", {})
    monkeypatch.setattr(entorno, "_leccion_actual", None)


def reinicia_kernel(monkeypatch):
    monkeypatch.setattr(entorno, "_carpetas", {})


def test_la_carpeta_sigue_ahi_y_llena_tras_reiniciar_el_kernel(monkeypatch, tmp_path):
    carpeta = entorno.carpeta_de_trabajo("02a")
    (carpeta / "notas.txt").write_text("aquí", encoding="utf-8")
    reinicia_kernel(monkeypatch)
    assert entorno.carpeta_de_trabajo("02a") == carpeta
    assert (carpeta / "notas.txt").exists()
    assert carpeta.parent == tmp_path.resolve()


def test_cada_leccion_y_cada_copia_del_curso_tiene_la_suya(monkeypatch, tmp_path):
    una, otra = entorno.carpeta_de_trabajo("00"), entorno.carpeta_de_trabajo("02a")
    reinicia_kernel(monkeypatch)
    monkeypatch.setattr(entorno, "RAIZ", tmp_path / "otra copia")
    assert len({una, otra, entorno.carpeta_de_trabajo("02a")}) == 3


def test_un_repaso_tambien_tiene_la_suya(tmp_path):
    carpeta = entorno.carpeta_de_trabajo("r1")
    assert carpeta.name.startswith("persistencia-r1-")
    assert carpeta.parent == tmp_path.resolve()


@POSIX
def test_cada_persona_tiene_la_suya(monkeypatch):
    mia = entorno.carpeta_de_trabajo("02a")
    reinicia_kernel(monkeypatch)
    otra = os.getuid() + 1
    monkeypatch.setattr(os, "getuid", lambda: otra)
    assert not entorno.carpeta_de_trabajo("02a").name.startswith(mia.name)


@POSIX
def test_su_ruta_es_la_que_dice_cwd(monkeypatch, tmp_path):
    (tmp_path / "real").mkdir()
    (tmp_path / "enlace").symlink_to("real")
    monkeypatch.setattr(entorno.tempfile, "tempdir", str(tmp_path / "enlace"))
    monkeypatch.chdir(entorno.carpeta_de_trabajo("02a"))
    assert Path.cwd() == entorno.carpeta_de_trabajo("02a")


def test_sin_codigo_da_la_ultima_leccion():
    entorno.carpeta_de_trabajo("00")
    carpeta = entorno.carpeta_de_trabajo("02a")
    assert entorno.carpeta_de_trabajo() == carpeta


def test_sin_codigo_y_sin_leccion_manda_a_las_primeras_celdas():
    with pytest.raises(ErrorDelCurso, match="las dos primeras celdas"):
        entorno.carpeta_de_trabajo()


@pytest.mark.parametrize(
    "malo", ["", "../..", "02A", "2a", "02a/x", "02a\n", "r", "R1", "r1a", "r12", 2, "x" * 10**6]
)
def test_un_codigo_que_no_es_de_leccion_se_explica_y_no_se_recuerda(malo):
    with pytest.raises(ErrorDelCurso, match="no es el código de una lección") as error:
        entorno.carpeta_de_trabajo(malo)
    assert len(str(error.value)) < 200
    assert entorno._leccion_actual is None


def test_si_se_borra_se_vuelve_a_crear():
    carpeta = entorno.carpeta_de_trabajo("02a")
    carpeta.rmdir()
    assert entorno.carpeta_de_trabajo("02a") == carpeta
    assert carpeta.is_dir()


@POSIX
def test_la_carpeta_es_privada_aunque_antes_no_lo_fuera(monkeypatch):
    carpeta = entorno.carpeta_de_trabajo("02a")
    assert stat.S_IMODE(carpeta.stat().st_mode) == 0o700
    carpeta.chmod(0o755)
    reinicia_kernel(monkeypatch)
    assert stat.S_IMODE(entorno.carpeta_de_trabajo("02a").stat().st_mode) == 0o700


def ocupa_con_un_archivo(carpeta):
    carpeta.write_text("mío", encoding="utf-8")


def ocupa_con_un_enlace(carpeta):
    (carpeta.parent / "ajena").mkdir()
    carpeta.symlink_to(carpeta.parent / "ajena", target_is_directory=True)


def ocupa_con_un_enlace_roto(carpeta):
    carpeta.symlink_to(carpeta.parent / "no existe")


@POSIX
@pytest.mark.parametrize(
    "ocupa", [ocupa_con_un_archivo, ocupa_con_un_enlace, ocupa_con_un_enlace_roto]
)
def test_si_el_nombre_esta_ocupado_da_otra_carpeta_y_no_cambia_de_idea(monkeypatch, ocupa):
    estable = entorno.carpeta_de_trabajo("02a")
    estable.rmdir()
    ocupa(estable)
    reinicia_kernel(monkeypatch)
    fresca = entorno.carpeta_de_trabajo("02a")
    assert fresca != estable
    assert stat.S_IMODE(fresca.stat().st_mode) == 0o700
    assert entorno.carpeta_de_trabajo() == fresca


@POSIX
def test_si_la_carpeta_es_de_otra_persona_da_una_propia(monkeypatch):
    estable = entorno.carpeta_de_trabajo("02a")
    reinicia_kernel(monkeypatch)
    de_otra = list(estable.lstat())
    de_otra[stat.ST_UID] += 1
    original = type(estable).lstat
    monkeypatch.setattr(
        type(estable),
        "lstat",
        lambda ruta: os.stat_result(de_otra) if ruta == estable else original(ruta),
    )
    assert entorno.carpeta_de_trabajo("02a") != estable


def test_sin_getuid_como_en_windows_tambien_es_estable(monkeypatch):
    monkeypatch.delattr(os, "getuid", raising=False)
    monkeypatch.setattr(entorno, "_es_mia", lambda carpeta: carpeta.is_dir())
    carpeta = entorno.carpeta_de_trabajo("02a")
    reinicia_kernel(monkeypatch)
    assert entorno.carpeta_de_trabajo("02a") == carpeta


def test_si_no_se_puede_escribir_en_ninguna_parte_se_dice(monkeypatch, tmp_path):
    monkeypatch.setattr(entorno.tempfile, "tempdir", str(tmp_path / "no existe"))
    with pytest.raises(ErrorDelCurso, match="No se puede escribir en la carpeta temporal"):
        entorno.carpeta_de_trabajo("02a")
