"""Ejecuta cuadernos y guarda sus salidas de forma uniforme (para mantener el curso).

`python -m helpers regenerar` los ejecuta todos; `… regenerar notebooks/01_*.ipynb`, esos.
Dos ejecuciones con las mismas salidas dan los mismos bytes.
"""

import hashlib
import importlib.util
import platform
import sys
from pathlib import Path

from helpers.entorno import PYTHON_MINIMO
from helpers.errores import ErrorDelCurso
from helpers.escritura import reemplaza
from helpers.ordenes._cuaderno import FalloDeCelda, ejecuta_cuaderno
from helpers.ordenes._instalacion import PYTHON, RAIZ, corre, en_el_entorno

# Lo demás que dejan los programas con que se edita un cuaderno no dice nada a quien lo lee.
METADATOS_DE_CELDA = {"tags", "jupyter"}


def ejecuta(argumentos):
    """Ejecuta los cuadernos en su sitio.

    Parámetros
    ----------
    argumentos : list[str]
        Rutas de cuadernos; sin ninguna, todas las lecciones.

    Devuelve
    --------
    int
        0.

    Errores
    -------
    ErrorDelCurso
        Si un cuaderno no existe o una de sus celdas falla; ese cuaderno queda como estaba.
    """
    rutas = [Path(argumento).resolve() for argumento in argumentos]
    rutas = rutas or sorted((RAIZ / "notebooks").glob("*.ipynb"))
    for ruta in rutas:
        if ruta.suffix != ".ipynb" or not ruta.is_file():
            raise ErrorDelCurso(
                f"No encuentro el cuaderno {ruta.name}.",
                prueba="con su ruta, como notebooks/01_conceptos_fundamentales.ipynb",
            )
    if PYTHON.exists() and not en_el_entorno():
        return corre("-m", "helpers", "regenerar", *map(str, rutas))
    if not importlib.util.find_spec("nbclient"):
        raise ErrorDelCurso(
            "Este Python no puede ejecutar cuadernos.",
            prueba="a preparar el curso con python -m helpers probar y a repetir la orden.",
        )
    if sys.version_info[:2] != PYTHON_MINIMO:
        guarda = ".".join(map(str, PYTHON_MINIMO))
        print(
            f"Aviso: el curso guarda las salidas de Python {guarda}, y este es el "
            f"{platform.python_version()}. Antes de publicarlas, compáralas.",
            file=sys.stderr,
        )
    for ruta in rutas:
        print(f"{ruta.name} · {'cambió' if _regenera(ruta) else 'igual que antes'}", flush=True)
    return 0


def normaliza(cuaderno):
    """Deja en el cuaderno solo lo que importa, siempre escrito igual.

    Parámetros
    ----------
    cuaderno : nbformat.NotebookNode
        Se modifica en el sitio.
    """
    # La versión 4.5 del formato es la primera cuyas celdas llevan identificador.
    cuaderno.nbformat, cuaderno.nbformat_minor = 4, 5
    cuaderno.metadata.clear()
    cuaderno.metadata.kernelspec = {
        "display_name": "Python 3",
        "language": "python",
        "name": "python3",
    }
    cuaderno.metadata.language_info = {"name": "python"}
    vistos = set()
    for celda in cuaderno.cells:
        celda["id"] = _identificador(celda, vistos)
        for sobra in celda.metadata.keys() - METADATOS_DE_CELDA:
            del celda.metadata[sobra]
        _oculta_la_respuesta(celda)
        if celda.cell_type == "code":
            celda.outputs = _une_textos(celda.outputs)


def _regenera(ruta):
    """Ejecuta un cuaderno y lo guarda. Devuelve si cambió algún byte."""
    import nbformat

    antes = ruta.read_bytes()
    try:
        # `nbformat.reads` pondría identificadores al azar donde faltan; esta lectura no toca nada.
        cuaderno = nbformat.v4.reads(antes.decode("utf-8"))
        normaliza(cuaderno)
    except (ValueError, AttributeError) as error:
        raise ErrorDelCurso(f"{ruta.name} no es un cuaderno que se pueda leer.") from error
    try:
        ejecuta_cuaderno(cuaderno, ruta.parent)
    except FalloDeCelda as fallo:
        raise ErrorDelCurso(
            f"{ruta.name}: falló la celda de código {fallo.numero} («{fallo.linea}»): "
            f"{fallo.motivo}",
            prueba="a corregirla; el cuaderno quedó como estaba.",
        ) from fallo
    normaliza(cuaderno)
    despues = nbformat.writes(cuaderno, version=nbformat.NO_CONVERT).rstrip("\n") + "\n"
    cambia = despues.encode("utf-8") != antes
    if cambia:
        reemplaza(ruta, despues)
    return cambia


def _identificador(celda, vistos):
    """El que ya tiene; si falta o está repetido, uno que sale de su texto."""
    propuesto = celda.get("id")
    vuelta = 0
    while not propuesto or propuesto in vistos:
        semilla = f"{celda.source}{vuelta}"
        propuesto = hashlib.sha256(semilla.encode("utf-8")).hexdigest()[:8]
        vuelta += 1
    vistos.add(propuesto)
    return propuesto


def _oculta_la_respuesta(celda):
    """La salida que respondería a una predicción se guarda plegada; las demás, a la vista."""
    jupyter = celda.metadata.get("jupyter", {})
    jupyter.pop("outputs_hidden", None)
    if "tras-prediccion" in celda.metadata.get("tags", []):
        jupyter["outputs_hidden"] = True
    celda.metadata.pop("jupyter", None)
    if jupyter:
        celda.metadata["jupyter"] = jupyter


def _une_textos(salidas):
    """Junta los trozos seguidos de un mismo flujo: dónde se cortan depende del azar."""
    unidas = []
    for salida in salidas:
        anterior = unidas[-1] if unidas else None
        sigue = (
            anterior is not None
            and salida.output_type == anterior.output_type == "stream"
            and salida.name == anterior.name
        )
        if sigue:
            anterior.text += salida.text
        else:
            unidas.append(salida)
    return unidas
