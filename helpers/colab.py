"""Las versiones que el curso pide y, en Colab, instalar las que difieran sin tocar lo demás."""

import importlib
import importlib.metadata
import re
import subprocess
import sys
from pathlib import Path

from helpers.errores import ErrorDelCurso

REQUISITOS = Path(__file__).resolve().parent.parent / "requirements.txt"
# Las que escriben o leen modelos, con el nombre con que se importan: otra versión, otro resultado.
DEL_CURSO = {
    "cloudpickle": "cloudpickle",
    "dill": "dill",
    "joblib": "joblib",
    "scikit-learn": "sklearn",
    "skops": "skops",
}
# Media instalación de Colab depende de estas: se usan en la versión que haya.
INTOCABLES = ("numpy", "scipy")


def completa():
    """Instala las librerías del curso que Colab no trae o trae en otra versión.

    Errores
    -------
    ErrorDelCurso
        Si la instalación falla, o si una de ellas ya se había cargado en otra versión.
    """
    pedidas = versiones_pedidas()
    difieren = [n for n in DEL_CURSO if version_instalada(n) not in pedidas[n]]
    if difieren:
        _instala([nombre + linea for nombre in difieren for linea in pedidas[nombre].values()])
        print("Instalado:", ", ".join(f"{n} {version_instalada(n)}" for n in difieren))
    # Se mira después de instalar: así, al reiniciar, la versión pedida ya está en el disco.
    for nombre, modulo in DEL_CURSO.items():
        cargada = getattr(sys.modules.get(modulo), "__version__", None)
        if cargada and cargada not in pedidas[nombre]:
            raise ErrorDelCurso(
                f"Reinicia el entorno: {nombre} {cargada} se cargó antes de instalar la del curso.",
                prueba="con Entorno de ejecución ▸ Reiniciar sesión; después, la primera celda.",
            )


def versiones_pedidas():
    """Lee `requirements.txt`.

    Devuelve
    --------
    dict
        Por cada librería, {versión: lo que sigue al nombre en su línea}. Casi siempre hay una
        sola; son varias cuando depende de la versión de Python.
    """
    pedidas = {}
    for linea in REQUISITOS.read_text(encoding="utf-8").splitlines():
        partes = re.match(r"([\w.-]+)(==([^\s;]+)[^#\\]*)", linea)
        if partes:
            nombre, resto, version = partes.groups()
            pedidas.setdefault(nombre.lower(), {})[version] = resto.strip()
    return pedidas


def version_instalada(nombre):
    """Da la versión instalada de una librería, o None. No la importa: eso sería lento."""
    try:
        return importlib.metadata.version(nombre)
    except importlib.metadata.PackageNotFoundError:
        return None


def _instala(requisitos):
    # Pedirle a pip la versión que ya está es prohibirle que la cambie.
    fijos = [f"{n}=={version_instalada(n)}" for n in INTOCABLES if version_instalada(n)]
    pip = subprocess.run(
        [sys.executable, "-m", "pip", "install", "--quiet", *fijos, *requisitos],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        errors="replace",
    )
    if pip.returncode:
        queja = pip.stderr.strip().splitlines() or ["pip no dijo por qué"]
        raise ErrorDelCurso(
            f"No se pudieron instalar las librerías del curso ({queja[-1]}).",
            "se cortó la conexión.",
            "a ejecutar otra vez esta celda.",
        )
    # Python recuerda qué había en sus carpetas antes de instalar.
    importlib.invalidate_caches()
