"""Recalcula las versiones exactas a partir de pyproject.toml (para mantener el curso).

Escribe `requirements.txt` y los de `tests`, `tests/plataformas` y `helpers/docencia`. Conserva las
versiones que ya había si siguen sirviendo; `python -m helpers pins --upgrade` las busca todas de
nuevo.
"""

import hashlib
import json
import shutil
import subprocess
import tempfile
import tomllib
from pathlib import Path

from helpers.errores import ErrorDelCurso
from helpers.escritura import reemplaza
from helpers.ordenes._instalacion import (
    RAIZ,
    REQUISITOS,
    REQUISITOS_DE_DOCENCIA,
    REQUISITOS_DE_PLATAFORMAS,
    REQUISITOS_DE_PRUEBAS,
)
from helpers.ordenes._problemas import explica_instalacion

CABECERA = """\
# {titulo}
# Sirven para Python 3.11 a 3.14 en Linux, macOS y Windows. No se edita a mano: lo que hace falta
# se declara en pyproject.toml, y este archivo se recalcula con `python -m helpers pins`.
# Huella de lo declarado: {huella}
"""
# En orden: cada archivo toma las versiones de los anteriores, y así todos usan las mismas.
ARCHIVOS = {
    "curso": (REQUISITOS, "Todo lo que necesita quien hace el curso, con su versión exacta."),
    "pruebas": (
        REQUISITOS_DE_PRUEBAS,
        "Lo que se añade a requirements.txt para probar y mantener el curso.",
    ),
    "docencia": (
        REQUISITOS_DE_DOCENCIA,
        "Lo que se añade a requirements.txt para preparar las tareas que se reparten.",
    ),
    "plataformas": (
        REQUISITOS_DE_PLATAFORMAS,
        "Lo que se añade para probar el curso en un navegador y en un servidor de aulas.",
    ),
}
# La versión más baja de Python decide: calculado con otra, el resultado no se instala en ella.
# «fewest» evita dos versiones del mismo paquete: así las salidas no dependen del Python.
_COMPILA = (
    *("pip", "compile", "--universal", "--python-version=3.11", "--fork-strategy=fewest"),
    *("--no-header", "--no-annotate", "--quiet"),
)


def ejecuta(argumentos):
    """Recalcula los archivos de versiones con uv.

    Parámetros
    ----------
    argumentos : list[str]
        Opciones para `uv pip compile`.

    Devuelve
    --------
    int
        0.

    Errores
    -------
    ErrorDelCurso
        Si no hay uv, o si uv no encuentra versiones que sirvan.
    """
    uv = shutil.which("uv")
    if not uv:
        raise ErrorDelCurso(
            "Para recalcular las versiones hace falta uv.", prueba="con `pip install uv`."
        )
    declarado = lo_declarado(RAIZ / "pyproject.toml")
    anteriores = []
    for parte, (archivo, titulo) in ARCHIVOS.items():
        que = "pyproject.toml" if parte == "curso" else f"--group=pyproject.toml:{parte}"
        _compila(
            [uv, *_COMPILA, que, *_con(anteriores), *argumentos],
            RAIZ / archivo,
            titulo,
            huella(declarado[parte]),
        )
        anteriores.append(archivo)
    print(f"Escribí {', '.join(anteriores[:-1])} y {anteriores[-1]}.")
    return 0


def lo_declarado(pyproject):
    """Lee de `pyproject.toml` lo que decide cada archivo de versiones.

    Parámetros
    ----------
    pyproject : Path
        El archivo.

    Devuelve
    --------
    dict[str, list[str]]
        Las dependencias de cada parte, con la versión de Python delante.
    """
    datos = tomllib.loads(pyproject.read_text(encoding="utf-8"))
    python = "python" + datos["project"]["requires-python"]
    partes = {"curso": datos["project"]["dependencies"]} | datos["dependency-groups"]
    return {parte: [python, *dependencias] for parte, dependencias in partes.items()}


def huella(declarado):
    """Resume una lista de dependencias; cambia si cambia cualquiera de ellas.

    Parámetros
    ----------
    declarado : list[str]
        Las dependencias, en cualquier orden.

    Devuelve
    --------
    str
        16 cifras hexadecimales.
    """
    texto = json.dumps(sorted(declarado), ensure_ascii=True)
    return hashlib.sha256(texto.encode("ascii")).hexdigest()[:16]


def _con(archivos):
    """Las mismas versiones que en esos archivos, donde coincidan."""
    return [f"-c={archivo}" for archivo in archivos]


def _compila(orden, destino, titulo, huella_de_lo_declarado):
    with tempfile.TemporaryDirectory() as carpeta:
        nuevo = Path(carpeta) / destino.name
        if destino.exists():
            shutil.copy(destino, nuevo)  # uv conserva las versiones que encuentra ahí
        proceso = subprocess.run(
            [*orden, f"--output-file={nuevo}"],
            cwd=RAIZ,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
        )
        if proceso.returncode != 0:
            raise explica_instalacion(proceso.stderr)
        lineas = nuevo.read_text(encoding="utf-8").splitlines(keepends=True)
    # Una dirección de índice sería la de este equipo, no la de quien instala.
    versiones = "".join(linea for linea in lineas if not linea.startswith(("#", "-")))
    cabecera = CABECERA.format(titulo=titulo, huella=huella_de_lo_declarado)
    reemplaza(destino, cabecera + versiones)
