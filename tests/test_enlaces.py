"""Todos los enlaces que abren el curso llevan al mismo repositorio, y una orden los cambia."""

import os
import re
import subprocess
import sys
import tomllib

import pytest
from arbol import RAIZ, archivos_del_curso, copia_el_curso

from helpers.errores import ErrorDelCurso
from helpers.ordenes import enlaces

# Escrito aparte de la orden: si las dos expresiones fueran la misma, fallarían juntas.
ABRE_EL_CURSO = re.compile(
    r"(?:mybinder\.org/v2/gh|colab\.research\.google\.com/github)/([^/\s]*/[^/\s\"')?]*)"
    r"|(?:clone\b|url =|Repository).*?github\.com/([\w.-]*/[\w.-]*?)(?=\.git\b|[\s\"'`\\),]|$)",
    re.ASCII,
)


def diferentes(texto, esperado):
    """Los DUEÑO/REPO de los enlaces de `texto` que no son el esperado."""
    hallados = [uno or otro for uno, otro in ABRE_EL_CURSO.findall(texto)]
    return sorted({hallado for hallado in hallados if hallado != esperado})


def repositorio():
    datos = tomllib.loads((RAIZ / "pyproject.toml").read_text(encoding="utf-8"))
    return datos["project"]["urls"]["Repository"].removeprefix("https://github.com/")


def test_todos_los_enlaces_llevan_al_repositorio_de_pyproject():
    esperado = repositorio()
    malos = {}
    for ruta in archivos_del_curso():
        # Los ejemplos de tests/ llevan a otros sitios a propósito; una figura no lleva a ninguno.
        texto = (RAIZ / ruta).read_text(encoding="utf-8", errors="ignore")
        if ruta.parts[0] != "tests" and (otros := diferentes(texto, esperado)):
            malos[str(ruta)] = otros
    assert not malos, f"No llevan a {esperado}: {malos}. Usa: python -m helpers enlaces {esperado}"


@pytest.mark.parametrize(
    "texto",
    [
        "[Binder](https://mybinder.org/v2/gh/otra/cosa/HEAD?urlpath=lab)",
        "[Binder](https://mybinder.org/v2/gh/ana/curso-viejo/HEAD)",
        '"(https://colab.research.google.com/github/ana/Curso/blob/main/x.ipynb)\\n"',
        "git clone --depth 1 https://github.com/otra/curso.git",
        'subprocess.run(["git", "clone", "https://github.com/otra/curso"])',
        '"url = \\"https://github.com/otra/curso\\"\\n"',
    ],
)
def test_un_enlace_distinto_se_encuentra(texto):
    assert diferentes(texto, "ana/curso")


@pytest.fixture
def copia(tmp_path):
    return copia_el_curso(tmp_path / "mi curso")


def bytes_de(carpeta):
    rutas = (ruta for ruta in carpeta.rglob("*") if "__pycache__" not in ruta.parts)
    return {ruta.relative_to(carpeta): ruta.read_bytes() for ruta in rutas if ruta.is_file()}


def cambia(copia, *argumentos):
    return subprocess.run(
        [sys.executable, "-X", "utf8", "-m", "helpers", "enlaces", *argumentos],
        cwd=copia,
        capture_output=True,
        encoding="utf-8",
    )


def test_ida_y_vuelta_deja_los_mismos_bytes(copia):
    antes, propio = bytes_de(copia), repositorio()
    assert cambia(copia).stdout.strip() == propio
    assert cambia(copia, "Otra-persona/mi.curso_2").returncode == 0
    assert cambia(copia).stdout.strip() == "Otra-persona/mi.curso_2"
    despues = bytes_de(copia)
    assert despues.keys() == antes.keys(), "no debe quedar ningún archivo temporal"
    cambiados = [str(ruta) for ruta in antes if despues[ruta] != antes[ruta]]
    assert any("notebooks" in ruta for ruta in cambiados) and "pyproject.toml" in cambiados
    assert not [ruta for ruta, datos in despues.items() if propio.encode() in datos]
    repetida = cambia(copia, "Otra-persona/mi.curso_2")
    assert "no cambié nada" in repetida.stdout
    cambia(copia, propio)
    assert bytes_de(copia) == antes


def test_lo_que_llega_de_otra_bifurcacion_tambien_se_repara(copia):
    cambia(copia, "ana/curso")
    leccion = min((copia / "notebooks").glob("*.ipynb"))
    texto = leccion.read_text(encoding="utf-8")
    ajeno = texto.replace("ana/curso", "eva/otro")
    assert ajeno.count("eva/otro") == 3, "Binder, Colab y la celda de preparación"
    leccion.write_text(ajeno, encoding="utf-8", newline="\n")
    assert "cambié 1 archivo" in cambia(copia, "ana/curso").stdout
    assert leccion.read_text(encoding="utf-8") == texto


def test_un_repositorio_con_punto_en_el_nombre_no_se_confunde():
    texto = "git clone https://github.com/ana/mi.curso.git\nclone https://github.com/ana/mi.curso"
    assert not diferentes(texto, "ana/mi.curso")


def test_solo_se_toca_el_repositorio_exacto(tmp_path):
    (tmp_path / "README.md").write_text(
        "https://github.com/ana/curso https://github.com/ana/curso-2 https://github.com/ana/curso.x"
        " https://github.com/ana/curso.git (https://github.com/ana/curso). github.com/ana/cursos",
        encoding="utf-8",
    )
    enlaces.reescribe(tmp_path, "ana/curso", "eva/otro")
    assert (tmp_path / "README.md").read_text(encoding="utf-8") == (
        "https://github.com/eva/otro https://github.com/ana/curso-2 https://github.com/ana/curso.x"
        " https://github.com/eva/otro.git (https://github.com/eva/otro). github.com/ana/cursos"
    )


def test_las_copias_de_jupyter_no_se_tocan_y_los_permisos_se_conservan(tmp_path):
    enlace = "https://github.com/ana/curso"
    for carpeta in ("notebooks", "notebooks/.ipynb_checkpoints"):
        (tmp_path / carpeta).mkdir()
        (tmp_path / carpeta / "a.md").write_text(enlace, encoding="utf-8")
    leccion = tmp_path / "notebooks" / "a.md"
    leccion.chmod(0o755)
    assert enlaces.reescribe(tmp_path, "ana/curso", "eva/otro") == [leccion]
    assert os.name == "nt" or leccion.stat().st_mode & 0o777 == 0o755


@pytest.mark.parametrize(
    "argumentos",
    [["curso"], ["ana/"], ["/curso"], ["ana/mi curso"], ["ana/curso/más"], ["añá/curso"], [""]]
    + [["-ana/curso"], ["ana/curso", "eva/otro"], ["../../etc"], ["ana/.."], ["ana\\1/curso"]],
)
def test_un_argumento_que_no_es_un_repositorio_no_cambia_nada(copia, argumentos):
    antes = bytes_de(copia)
    proceso = cambia(copia, *argumentos)
    assert proceso.returncode == 1
    assert "no tiene la forma DUEÑO/REPO" in proceso.stderr
    assert "Traceback" not in proceso.stderr
    assert bytes_de(copia) == antes


def test_una_direccion_completa_recibe_la_forma_corta(copia):
    errores = cambia(copia, "https://github.com/ana/mi-curso.git").stderr
    assert errores.rstrip().endswith("python -m helpers enlaces ana/mi-curso")


@pytest.mark.parametrize("texto", ["", "[project", '[project.urls]\nRepository = "x"\n'])
def test_un_pyproject_roto_se_explica(tmp_path, texto):
    (tmp_path / "pyproject.toml").write_text(texto, encoding="utf-8")
    with pytest.raises(ErrorDelCurso, match=r"no dice cuál es el repositorio"):
        enlaces.repositorio(tmp_path)
