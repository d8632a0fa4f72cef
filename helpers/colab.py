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
    difieren = [n for n in DEL_CURSO if version_instalada(n) != pedidas[n]]
    if difieren:
        _instala([f"{n}=={pedidas[n]}" for n in difieren])
        print("Instalado:", ", ".join(f"{n} {version_instalada(n)}" for n in difieren))
    # Se mira después de instalar: así, al reiniciar, la versión pedida ya está en el disco.
    for nombre, modulo in DEL_CURSO.items():
        cargada = getattr(sys.modules.get(modulo), "__version__", None)
        if cargada and cargada != pedidas[nombre]:
            raise ErrorDelCurso(
                f"Reinicia el entorno: {nombre} {cargada} se cargó antes de instalar la del curso.",
                prueba="con Entorno de ejecución ▸ Reiniciar sesión; después, la primera celda.",
            )


def versiones_pedidas():
    """Lee `requirements.txt`.

    Devuelve
    --------
    dict
        La versión de cada librería.
    """
    requisitos = REQUISITOS.read_text(encoding="utf-8")
    return dict(re.findall(r"^([\w.-]+)==([^\s;]+)", requisitos, re.MULTILINE))


def version_instalada(nombre):
    """Mira la versión instalada de una librería sin importarla, que sería lento.

    Parámetros
    ----------
    nombre : str
        El de `requirements.txt`.

    Devuelve
    --------
    str o None
        None si no está.
    """
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
