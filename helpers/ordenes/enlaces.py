"""Cambia DUEÑO/REPO en los enlaces del curso; sin argumento, dice cuál es.

La dirección del repositorio está en `pyproject.toml`. De ella salen los enlaces a Binder, a
Colab y a GitHub, en el README, las lecciones y `helpers/`. Quien bifurca el curso los pone a su
nombre con `python -m helpers enlaces DUEÑO/REPO`.
"""

import re
import tomllib

from helpers.errores import ErrorDelCurso
from helpers.escritura import reemplaza
from helpers.ordenes._instalacion import RAIZ

_CUENTA = r"[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,37}[A-Za-z0-9_])?"
_REPO = r"(?!\.{1,2}$)[A-Za-z0-9._-]{1,100}"
_NOMBRE = rf"{_CUENTA}/{_REPO}"
_NOMBRE_CORTO = r"[\w-]+/[\w.-]+?"
_DIRECCION = re.compile(rf"https://github\.com/({_NOMBRE})")

# Un enlace a Binder, a Colab o para clonar solo sirve aquí para abrir este curso; por eso su dueño
# se cambia siempre, sea cual sea: así se reparan las lecciones que llegan de otra bifurcación.
_FIN = r"(?=\.git\b|[\s\"'`\\),]|$)"
_ABREN_EL_CURSO = (
    re.compile(
        r"(mybinder\.org/v2/gh/|colab\.research\.google\.com/github/)[^/\s\"')]+/[^/\s\"')]+"
    ),
    re.compile(rf"(\b(?:clone\b|url = )[^\n]{{0,60}}?https://github\.com/){_NOMBRE_CORTO}{_FIN}"),
)

# tests/ queda fuera: sus ejemplos rotos deben seguir rotos.
_CARPETAS = (".", "notebooks", "helpers", "data", "binder")
_EXTENSIONES = (".md", ".ipynb", ".py", ".toml", ".json")


def ejecuta(argumentos):
    """Reescribe los enlaces, o muestra el repositorio actual.

    Parámetros
    ----------
    argumentos : list[str]
        Nada, o un solo DUEÑO/REPO.

    Devuelve
    --------
    int
        0.
    """
    actual = repositorio(RAIZ)
    if not argumentos:
        print(actual)
        return 0
    nuevo = _valida(argumentos)
    cambiados = reescribe(RAIZ, actual, nuevo)
    if cambiados:
        archivos = "1 archivo" if len(cambiados) == 1 else f"{len(cambiados)} archivos"
        print(f"Los enlaces llevan ahora a {nuevo}: cambié {archivos}.")
    else:
        print(f"Los enlaces ya llevaban a {nuevo}: no cambié nada.")
    return 0


def repositorio(raiz):
    """Lee DUEÑO/REPO de `pyproject.toml`.

    Parámetros
    ----------
    raiz : Path
        La carpeta del curso.

    Devuelve
    --------
    str
        Por ejemplo `"ana/curso"`.

    Errores
    -------
    ErrorDelCurso
        Si `pyproject.toml` no tiene una dirección de GitHub en `[project.urls] Repository`.
    """
    texto = (raiz / "pyproject.toml").read_text(encoding="utf-8")
    try:
        encontrado = _DIRECCION.fullmatch(tomllib.loads(texto)["project"]["urls"]["Repository"])
    except (tomllib.TOMLDecodeError, KeyError, TypeError):
        encontrado = None
    if not encontrado:
        raise ErrorDelCurso(
            "pyproject.toml no dice cuál es el repositorio.",
            prueba='a escribir `Repository = "https://github.com/DUEÑO/REPO"` en [project.urls].',
        )
    return encontrado[1]


def reescribe(raiz, actual, nuevo):
    """Cambia los enlaces de todos los archivos del curso, cada uno de una vez.

    Parámetros
    ----------
    raiz : Path
        La carpeta del curso.
    actual, nuevo : str
        DUEÑO/REPO que hay y que habrá.

    Devuelve
    --------
    list[Path]
        Los archivos que cambiaron.
    """
    # Detrás del nombre puede venir .git, una barra o un punto final, pero no más nombre.
    propio = re.compile(rf"(github\.com/){re.escape(actual)}(?![\w-]|\.(?!git\b)\w)")
    cambiados = []
    for archivo in _archivos(raiz):
        antes = archivo.read_bytes().decode("utf-8")
        despues = antes
        for enlace in (*_ABREN_EL_CURSO, propio):
            despues = enlace.sub(rf"\g<1>{nuevo}", despues)
        if despues != antes:
            reemplaza(archivo, despues)
            cambiados.append(archivo)
    return cambiados


def _valida(argumentos):
    texto = argumentos[0]
    corto = re.sub(r"^(https?://)?(www\.)?github\.com/|(\.git)?/?$", "", texto)
    if len(argumentos) == 1 and texto == corto and re.fullmatch(_NOMBRE, texto):
        return texto
    sirve = re.fullmatch(_NOMBRE, corto) and len(argumentos) == 1
    raise ErrorDelCurso(
        f"«{' '.join(argumentos)}» no tiene la forma DUEÑO/REPO.",
        prueba=f"con python -m helpers enlaces {corto if sirve else 'ana/curso'}",
    )


def _archivos(raiz):
    """Los archivos con enlaces; pyproject.toml al final, para poder repetir si algo se corta."""
    encontrados = []
    for carpeta in _CARPETAS:
        rutas = (raiz / carpeta).glob("*" if carpeta == "." else "**/*")
        encontrados += [
            ruta
            for ruta in rutas
            if ruta.suffix in _EXTENSIONES
            and ruta.is_file()
            and ".ipynb_checkpoints" not in ruta.parts
        ]
    return sorted(encontrados, key=lambda ruta: (ruta.name == "pyproject.toml", ruta))
