"""Ejercicios y predicciones de 00 · Empieza aquí."""

from collections.abc import Iterable

from helpers.ejercicios.archivos import exige_archivo
from helpers.ejercicios.resultado import Ejercicio, Prediccion, bien, mal, muestra

OPCIONES = {"variable", "archivo", "import"}
PALABRA = "medir"


def _comprueba_nota(nombre, leido):
    ruta = exige_archivo(nombre)
    try:
        escrito = ruta.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return mal(
            "otra_codificacion",
            vi=f"en «{ruta.name}» bytes que no son UTF-8",
            esperaba="un texto que se lea igual en cualquier sistema",
            porque='en Windows, `open` sin `encoding="utf-8"` puede escribir de otra manera',
            prueba='`open("nota.txt", "w", encoding="utf-8")`',
        )
    if isinstance(leido, int):
        return mal(
            "lo_que_devuelve_write",
            vi=f"el número {leido} en `leido`",
            esperaba="el texto del archivo",
            porque="`write` devuelve cuántos caracteres ha escrito, no el texto",
            prueba="a abrir de nuevo el archivo y usar `archivo.read()`",
        )
    if isinstance(leido, list):
        return mal(
            "lista_de_lineas",
            vi=f"en `leido` la lista {muestra(leido)}",
            esperaba="un solo texto",
            porque="`readlines` da una lista con las líneas",
            prueba="`leido = archivo.read()`",
        )
    if not isinstance(leido, str):
        return mal(
            "no_es_texto",
            vi=f"en `leido` {muestra(leido)}",
            esperaba="un texto",
            porque="se guarda el archivo abierto en lugar de lo que contiene",
            prueba="`leido = archivo.read()`",
        )
    if leido != escrito:
        return mal(
            "no_coinciden",
            vi=f"{muestra(leido)} en `leido` y {muestra(escrito)} en el archivo",
            esperaba="el mismo texto en los dos",
            porque="se escribe `leido` a mano, o se lee antes de escribir",
            prueba='`with open("nota.txt", encoding="utf-8") as archivo: leido = archivo.read()`',
        )
    return bien("El texto fue al disco y volvió. El resto del curso hace esto mismo con modelos.")


def _comprueba_sobrevive(elegidas):
    if not isinstance(elegidas, Iterable):
        return mal(
            "no_es_conjunto",
            vi=muestra(elegidas),
            esperaba="un conjunto de palabras",
            porque="se olvidan las llaves o las comillas",
            prueba='`sobrevive = {"una palabra"}`',
        )
    elegidas = [elegidas] if isinstance(elegidas, str) else elegidas
    elegidas = {str(palabra).strip(" \"'").lower() for palabra in elegidas}
    if not elegidas or elegidas - OPCIONES:
        return mal(
            "fuera_de_la_lista",
            vi=muestra(sorted(elegidas)),
            esperaba="al menos una de estas tres: `variable`, `archivo`, `import`",
            porque="alguna palabra lleva una letra de más, o el conjunto está vacío",
            prueba="a copiar las palabras del enunciado",
        )
    if "variable" in elegidas:
        return mal(
            "la_variable_no",
            vi="la palabra `variable` entre lo que sobrevive",
            esperaba="solo lo que no depende de la memoria",
            porque="el valor sigue a la vista en la pantalla, pero eso es texto, no una variable",
            prueba="a reiniciar y ejecutar `print(asignatura)` en una celda nueva",
        )
    if "import" in elegidas:
        return mal(
            "el_import_no",
            vi="la palabra `import` entre lo que sobrevive",
            esperaba="solo lo que no depende de la memoria",
            porque="el módulo sigue instalado en el disco, pero importarlo lo trae a la memoria",
            prueba="a mirar qué respondió el proceso nuevo a `print(math.pi)`",
        )
    return bien(
        "Solo queda lo que se escribió en disco. Por eso guardamos los modelos en archivos."
    )


def _comprueba_palabra(palabra):
    if not isinstance(palabra, str):
        return mal(
            "no_es_texto_aun",
            vi=muestra(palabra),
            esperaba=f'la palabra "{PALABRA}", con sus comillas',
            porque="nadie puede adivinarla: este mensaje era el objetivo del ejercicio",
            prueba=f'`palabra = "{PALABRA}"`',
        )
    if palabra.strip(" .\"'").lower() != PALABRA:
        return mal(
            "otra_palabra",
            vi=f"la palabra {muestra(palabra)}",
            esperaba=f'"{PALABRA}"',
            porque="se cambia una letra al copiar",
            prueba=f'`palabra = "{PALABRA}"`',
        )
    if palabra != PALABRA:
        return mal(
            "casi_igual",
            vi=f"{muestra(palabra)}, con algo de más",
            esperaba=f'exactamente "{PALABRA}"',
            porque="para Python una mayúscula, un espacio o un punto ya hacen otro texto",
            prueba="a dejar solo las cinco letras, en minúscula",
        )
    return bien("Así se usan todos los ejercicios: prueba, lee y corrige.")


EJERCICIOS = (
    Ejercicio(
        "00.1",
        puntos=1,
        pistas=(
            "Son dos pasos: abrir para escribir y, después, abrir para leer.",
            'Imita la celda que escribió `diario.txt`. Para leer, el modo es "r".',
            'Escribe con `archivo.write("…")`. Después, en otro `with`, `leido = archivo.read()`.',
        ),
        solucion="""
with open("nota.txt", "w", encoding="utf-8") as archivo:
    archivo.write("Guardar también es escribir.")
with open("nota.txt", "r", encoding="utf-8") as archivo:
    leido = archivo.read()
""",
        comprueba=_comprueba_nota,
    ),
    Ejercicio(
        "00.2",
        puntos=1,
        pistas=(
            "Un reinicio vacía la memoria. ¿Cuál de las tres cosas no está en la memoria?",
            "Mira qué respondieron el proceso nuevo y la celda que sigue al reinicio.",
            'Solo sobrevive una: `sobrevive = {"…"}`.',
        ),
        solucion='sobrevive = {"archivo"}',
        comprueba=_comprueba_sobrevive,
    ),
    Ejercicio(
        "00.3",
        puntos=1,
        pistas=(
            "Primero falla: escribe `palabra = 5` y ejecuta la celda.",
            "La línea que empieza por «Esperaba» contiene la respuesta.",
            "Es un verbo de cinco letras, el del lema del curso, entre comillas.",
        ),
        solucion=f'palabra = "{PALABRA}"',
        comprueba=_comprueba_palabra,
    ),
)

PREDICCIONES = (
    Prediccion(
        "00.p1",
        ocurre=lambda quedan: {0: "b", 1: "c"}.get(quedan, "a"),
        comentarios={
            "a": "No hemos escrito, pero abrir para escribir ya es pedir un archivo vacío.",
            "b": "Abrir para escribir ya es pedir un archivo vacío.",
            "c": "Ni siquiera eso: el final de línea también hay que escribirlo.",
        },
    ),
    Prediccion(
        "00.p2",
        ocurre=lambda error: "b" if "NameError" in error else "a",
        comentarios={
            "a": "Está instalado con Python, pero cada proceso tiene que importarlo.",
            "b": "Importar trae el módulo a la memoria de un proceso, no a la de todos.",
            "c": "Lo importó este kernel. El proceso nuevo tiene otra memoria.",
        },
    ),
)
