"""Cómo se comprueba 05.1: cuatro frases de tutoriales, cada una con su marca."""

from helpers.ejercicios.preguntas import Pregunta, juzga_tabla

MARCAS = ("vigente", "anticuada", "falsa")
# Lo que se escribe sin pensar en la concordancia, o sin la tilde que no lleva.
TAMBIEN = {"vigentes": "vigente", "anticuado": "anticuada", "falso": "falsa"}

CITAS = {
    "a": Pregunta(
        "la guía aconseja joblib en lugar de pickle",
        frozenset({"anticuada"}),
        {
            "vigente": (
                "lo que dice la guía de hoy: pregunta qué necesitas, y joblib es una respuesta "
                "entre varias",
                "muchas páginas copian todavía el consejo antiguo",
            ),
            "falsa": (
                "una marca que cuente su historia: la propia guía lo dijo hasta 2024",
                "hoy no se sostiene, y eso se parece a ser falsa",
            ),
        },
        "«Qué recomienda hoy scikit-learn», el texto plegado de 02e",
    ),
    "b": Pregunta(
        "los datos de California vienen con scikit-learn",
        frozenset({"falsa"}),
        {
            "vigente": (
                "una marca que explique el `OSError`: sin descarga no hubo datos",
                "la función sí viene con la librería, y su descripción también",
            ),
            "anticuada": (
                "una marca para lo que no llegó a ser cierto: `fetch_` se hizo para descargar",
                "se confunde con `load_boston`, que sí venía y se quitó",
            ),
        },
        "la celda del apartado 1 donde le prohibimos descargar",
    ),
    "c": Pregunta(
        "un archivo de skops sirve en cualquier versión",
        frozenset({"falsa"}),
        {
            "vigente": (
                "una marca que cuadre con 02d: al cambiar un módulo, el archivo no se cargó",
                "dentro no hay pickle, y parece que eso basta",
            ),
            "anticuada": (
                "una marca para lo que no llegó a ser cierto: skops guarda nombres y atributos "
                "de la versión que lo escribe",
                "se piensa que antes sí servía y que alguna versión lo estropeó",
            ),
        },
        "el apartado 6 de 02d, «Versiones y fallos pasados»",
    ),
    "d": Pregunta(
        "un pickle puede ejecutar código al cargarse",
        frozenset({"vigente"}),
        {
            "anticuada": (
                "una marca que valga hoy: el aviso sigue en la documentación de Python",
                "es un consejo viejo, y lo viejo parece superado",
            ),
            "falsa": (
                "una marca que explique lo que viste: cargar llamó a `print`",
                "los archivos propios se cargan sin sorpresas",
            ),
        },
        "el apartado 5 de 02b: un objeto que pide `print` al cargarse",
    ),
}


def comprueba_citas(citas):
    """Cada letra lleva la marca que le corresponde."""
    acierto = "Las cuatro. Tres se deciden ejecutando algo; la otra, con una fecha."
    return juzga_tabla(citas, CITAS, MARCAS, acierto, TAMBIEN)
