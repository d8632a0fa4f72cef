"""El cuaderno que se reparte: el de quien enseña, sin las soluciones ni las pruebas ocultas."""

from helpers.docencia.tarea import TAREAS, exige_tarea

HUECO = "..."
TEXTO = "*Pulsa aquí, pulsa `Intro` y escribe tu respuesta.*"


def reparte(nombre):
    """Convierte una tarea de `source/` en lo que se reparte.

    Parámetros
    ----------
    nombre : str
        La tarea, como «t1_conceptos».

    Devuelve
    --------
    tuple[Path, str]
        El archivo de `release/` y lo que debe contener.

    Errores
    -------
    ErrorDelCurso
        Si no hay ninguna tarea con ese nombre.
    """
    exige_tarea(nombre)
    import nbformat
    from nbgrader.preprocessors import (
        CheckCellMetadata,
        ClearHiddenTests,
        ClearOutput,
        ClearSolutions,
        LockCells,
    )
    from traitlets.config import Config

    ajustes = Config()
    ajustes.ClearSolutions.begin_solution_delimeter = "INICIO SOLUCIÓN"
    ajustes.ClearSolutions.end_solution_delimeter = "FIN SOLUCIÓN"
    ajustes.ClearSolutions.code_stub = {"python": HUECO}
    ajustes.ClearSolutions.text_stub = TEXTO
    ajustes.ClearHiddenTests.begin_test_delimeter = "INICIO PRUEBAS OCULTAS"
    ajustes.ClearHiddenTests.end_test_delimeter = "FIN PRUEBAS OCULTAS"
    origen = TAREAS / "source" / nombre / f"{nombre}.ipynb"
    cuaderno = nbformat.read(origen, as_version=4)
    recursos = {}
    # Sin sumas de comprobación: `python -m helpers enlaces` cambia una celda de los dos cuadernos.
    for paso in (LockCells, ClearSolutions, ClearOutput, ClearHiddenTests, CheckCellMetadata):
        cuaderno, recursos = paso(config=ajustes).preprocess(cuaderno, recursos)
    texto = nbformat.writes(cuaderno, version=nbformat.NO_CONVERT)
    return TAREAS / "release" / nombre / f"{nombre}.ipynb", texto.rstrip("\n") + "\n"
