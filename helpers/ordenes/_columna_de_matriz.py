"""Una columna de la matriz: montar su entorno y ejecutar en él las lecciones."""

import json
import re
import subprocess
import time
import tomllib

from helpers.errores import ErrorDelCurso
from helpers.ordenes._entornos import crea, instala, python_de, variables_de
from helpers.ordenes._instalacion import RAIZ
from helpers.ordenes._problemas import explica_instalacion
from helpers.ordenes._progreso import cuenta
from helpers.ordenes._tabla_de_matriz import DE_INTERES, NUEVA, Columna

# Sirven para abrir las lecciones o para probarlas; su código no los usa y tardan en instalarse.
AJENOS_AL_CODIGO = {"jupyterlab", "jupyterlab-language-pack-es-ES", "nbval", "nbconvert"}
LIMITE = 600  # segundos por cuaderno
PARA_TERMINAR = 15  # los que se le dan para cerrar su kernel
_VERSIONES = """\
import json, platform, sys
from importlib.metadata import version
instaladas = {libreria: version(libreria) for libreria in sys.argv[1:]}
print(json.dumps(instaladas | {"python": platform.python_version()}))
"""


def prueba_uno(entorno, curso, sklearn, python, programa, cuadernos):
    """Prueba un scikit-learn con un Python.

    Parámetros
    ----------
    entorno : Path
        La carpeta de su entorno, que no existe todavía. La borra quien llama.
    curso : Path
        La copia del curso donde se ejecutan los cuadernos.
    sklearn, python : str
        Como "1.6", "1.6.1" o "nueva", y "3.11".
    programa : str
        La ruta de ese Python.
    cuadernos : dict[str, Path]
        De cada lección, su ruta desde la raíz del curso.

    Devuelve
    --------
    Columna
    """
    try:
        versiones = _monta(entorno, sklearn, python, programa)
    except ErrorDelCurso as error:
        cuenta(f"  no se pudo instalar: {error.que_paso}")
        return Columna(sklearn, python, motivo=error.que_paso)
    fallos = {}
    for leccion, cuaderno in cuadernos.items():
        inicio = time.monotonic()
        fallos[leccion] = _ejecuta(entorno, curso, cuaderno)
        segundos = time.monotonic() - inicio
        cuenta(f"  {leccion}: {fallos[leccion] or 'pasa'} ({segundos:.0f} s)")
    return Columna(sklearn, python, versiones, fallos=fallos)


def _monta(entorno, sklearn, python, programa):
    """Crea el entorno e instala. Devuelve las versiones que quedaron."""
    crea(programa, entorno)
    pide = requisitos(RAIZ / "pyproject.toml", sklearn)
    archivo = entorno.with_suffix(".txt")
    archivo.write_text("\n".join(pide), encoding="utf-8")
    codigo, salida = instala(entorno, [archivo], len(pide))
    if codigo != 0:
        raise explica_instalacion(salida, f"{nombre(sklearn)} con Python {python}")
    orden = [python_de(entorno), "-I", "-c", _VERSIONES, "scikit-learn", *DE_INTERES]
    lectura = subprocess.run(orden, capture_output=True, encoding="utf-8", errors="replace")
    if lectura.returncode != 0:
        raise explica_instalacion(lectura.stderr)
    return json.loads(lectura.stdout)


def requisitos(pyproject, sklearn):
    """Da lo que se instala: ese scikit-learn y, sin fijar, lo demás que usa el código del curso.

    Parámetros
    ----------
    pyproject : Path
        Donde el curso declara lo que necesita.
    sklearn : str
        Como "1.6", "1.6.1" o "nueva".

    Devuelve
    --------
    list[str]
    """
    declarado = tomllib.loads(pyproject.read_text(encoding="utf-8"))["project"]["dependencies"]
    nombres = {re.match(r"[\w.-]+", una)[0] for una in declarado} - AJENOS_AL_CODIGO
    exacta = sklearn if sklearn.count(".") == 2 else f"{sklearn}.*"
    version = "" if sklearn == NUEVA else f"=={exacta}"
    return [f"scikit-learn{version}", *sorted(nombres - {"scikit-learn"})]


def nombre(sklearn):
    """Da una versión como se lee: «scikit-learn 1.6» o «el scikit-learn más nuevo»."""
    return "el scikit-learn más nuevo" if sklearn == NUEVA else f"scikit-learn {sklearn}"


def _ejecuta(entorno, curso, cuaderno):
    """Ejecuta un cuaderno con el Python de un entorno. Devuelve su fallo, vacío si pasa."""
    orden = [python_de(entorno), "-X", "utf8", "-m", "helpers.ordenes._cuaderno"]
    proceso = subprocess.Popen(
        [*orden, curso / cuaderno, str(LIMITE)],
        cwd=curso,
        env=variables_de(entorno),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        errors="replace",
    )
    try:
        salida, quejas = proceso.communicate(timeout=LIMITE + PARA_TERMINAR)
    except subprocess.TimeoutExpired:
        return f"no terminó en {LIMITE} s"
    finally:
        _detiene(proceso)
    if proceso.returncode != 0:
        ultima = (quejas.strip().splitlines() or [f"código {proceso.returncode}"])[-1]
        return f"no se pudo ejecutar: {ultima}"[:300]
    return salida.strip()[:300]


def _detiene(proceso):
    """Si sigue en marcha, le pide que cierre su kernel y termine; si no lo hace, lo corta."""
    if proceso.poll() is None:
        proceso.terminate()
        try:
            proceso.wait(PARA_TERMINAR)
        except subprocess.TimeoutExpired:
            proceso.kill()
            proceso.wait()
