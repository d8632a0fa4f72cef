"""Cómo se comprueba 05.1: cuatro frases de tutoriales, cada una con su marca."""

from collections.abc import Mapping
from dataclasses import dataclass

from helpers.ejercicios.resultado import bien, mal, muestra, sin_responder

MARCAS = ("vigente", "anticuada", "falsa")
# Lo que se escribe sin pensar en la concordancia, o sin la tilde que no lleva.
TAMBIEN = {"vigentes": "vigente", "anticuado": "anticuada", "falso": "falsa"}
DE_ADORNO = " .,;:\"'«»“”‘’`"


@dataclass(frozen=True)
class Cita:
    """Una frase de tutorial.

    Parámetros
    ----------
    resumen : str
        La frase en pocas palabras, para recordarla en el mensaje.
    marca : str
        La que le corresponde.
    motivos : dict de str a (str, str)
        Por cada marca equivocada: por qué no es esa, y por qué se elige.
    mira : str
        La lección o la celda que lo muestra.
    """

    resumen: str
    marca: str
    motivos: dict[str, tuple[str, str]]
    mira: str


CITAS = {
    "a": Cita(
        "la guía aconseja joblib en lugar de pickle",
        "anticuada",
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
    "b": Cita(
        "los datos de California vienen con scikit-learn",
        "falsa",
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
    "c": Cita(
        "un archivo de skops sirve en cualquier versión",
        "falsa",
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
    "d": Cita(
        "un pickle puede ejecutar código al cargarse",
        "vigente",
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
    if not isinstance(citas, Mapping):
        return mal(
            "no_es_diccionario",
            vi=muestra(citas),
            esperaba="un diccionario con las letras a, b, c y d",
            porque="se escribe una lista o un texto en lugar de llenar los huecos de la celda",
            prueba='`{"a": "vigente", …}`, o a copiar otra vez la celda del cuaderno',
        )
    letras = {_limpia(letra): marca for letra, marca in citas.items()}
    if sobran := [letra for letra in letras if letra not in CITAS]:
        return mal(
            "letra_de_mas",
            vi=f"entre las letras, {muestra(sobran[0])}",
            esperaba="solo a, b, c y d, cada una con su marca",
            porque="se añade una frase, o se ponen números en lugar de letras",
            prueba="a dejar las letras como venían en la celda",
        )
    pendientes = [letra for letra in CITAS if letras.get(letra, ...) is ...]
    if pendientes:
        return sin_responder(f"Quedan por marcar: {', '.join(pendientes)}.")
    for letra, cita in CITAS.items():
        marca = _marca(letras[letra])
        if marca is None:
            return mal(
                "otra_palabra",
                vi=f"en {letra}, {muestra(letras[letra])}",
                esperaba="una de estas: vigente, anticuada o falsa",
                porque="se contesta con True o False, se abrevia o se cambia una letra",
                prueba="la palabra tal cual, entre comillas",
            )
        if marca != cita.marca:
            esperaba, porque = cita.motivos[marca]
            return mal(
                "otra_marca",
                vi=f"en {letra} ({cita.resumen}) la marca «{marca}»",
                esperaba=esperaba,
                porque=porque,
                prueba=f"a mirar {cita.mira}",
            )
    return bien("Las cuatro. Tres se deciden ejecutando algo; la otra, con una fecha.")


def _marca(escrita):
    """La marca que alguien quiso escribir, o None."""
    palabra = _limpia(escrita) if isinstance(escrita, str) else ""
    palabra = TAMBIEN.get(palabra, palabra)
    return palabra if palabra in MARCAS else None


def _limpia(escrito):
    return str(escrito).strip(DE_ADORNO).lower().translate(str.maketrans("áéíóú", "aeiou"))
