"""Ejercicios y predicciones de 01 · Conceptos fundamentales.

Cómo se comprueban está en `revision_01.py`.
"""

from helpers.ejercicios.resultado import Ejercicio, Prediccion
from helpers.ejercicios.revision_01 import (
    CON_LA_REGLA,
    comprueba_letras,
    comprueba_plano_unico,
    comprueba_predict_score,
    comprueba_sin_sklearn,
    comprueba_textos,
)

EJERCICIOS = (
    Ejercicio(
        "01.1",
        puntos=1,
        pistas=(
            "Para deshacer un paso hay que darlo al revés: de las letras rotas a sus bytes.",
            "La celda anterior leyó con `mac_roman` lo que era UTF-8. Vuelve con él a los bytes.",
            '`mensaje.encode("mac_roman").decode("utf-8")`. Con `aula`, cambia la codificación '
            "de `encode`.",
        ),
        solucion="""
aula = "El aula mide 40 mÂ²."
mensaje_reparado = mensaje.encode("mac_roman").decode("utf-8")
aula_reparada = aula.encode("latin-1").decode("utf-8")
""",
        comprueba=comprueba_textos,
    ),
    Ejercicio(
        "01.2",
        puntos=3,
        pistas=(
            "Predecir es multiplicar, sumar y añadir la ordenada. Al cargar, dos de los tres "
            "errores ya los lanza Python.",
            "`zip(..., strict=True)` lanza `ValueError` si los largos difieren. El único caso que "
            "tienes que mirar tú es el archivo vacío.",
            'Abre con `with open(nombre, encoding="utf-8")`, lee el texto, '
            '`if texto == "": raise EOFError(...)`, y devuelve `json.loads(texto)`.',
        ),
        solucion="""
def predice_a_mano(parametros, fila):
    pares = zip(parametros["coef"], fila, strict=True)
    return parametros["intercept"] + sum(coef * medida for coef, medida in pares)

# %% la celda siguiente
import json

def carga_parametros(nombre):
    with open(nombre, encoding="utf-8") as archivo:
        texto = archivo.read()
    if texto == "":
        raise EOFError(f"{nombre} está vacío")
    return json.loads(texto)
""",
        comprueba=comprueba_sin_sklearn,
    ),
    Ejercicio(
        "01.3",
        puntos=2,
        pistas=(
            "Las cinco filas están en una misma línea. Un plano gira alrededor de una línea.",
            "Saca una fila de esa línea: que su x₂ no sea x₁ + 1.",
            f"Copia las cinco filas, cambia el último 6 por otro número y usa {CON_LA_REGLA}.",
        ),
        solucion="""
X_3 = [[1, 2], [2, 3], [3, 4], [4, 5], [5, 0]]
y_3 = [1 + 2 * x1 + x2 for x1, x2 in X_3]
""",
        comprueba=comprueba_plano_unico,
    ),
    Ejercicio(
        "01.4",
        puntos=1,
        pistas=(
            "Serializar: había un objeto y queda algo con lo que rehacerlo.",
            "Descarta las que no convierten nada y la que hace el camino de vuelta.",
            "Son tres. Una usa pickle; las otras dos dejan texto.",
        ),
        solucion='letras = "acf"',
        comprueba=comprueba_letras,
    ),
    Ejercicio(
        "01.5",
        puntos=2,
        pistas=(
            "Una función que promete un número no debe devolver otra cosa.",
            "Cambia la línea que devuelve el texto: `return` entrega, `raise` detiene.",
            'La condición es la misma. Debajo: `raise ValueError("no hay horas negativas")`.',
        ),
        solucion="""
def predict_score(horas):
    if horas < 0:
        raise ValueError("las horas no pueden ser negativas")
    return modelo_notas.intercept_ + modelo_notas.coef_[0] * horas
""",
        comprueba=comprueba_predict_score,
    ),
)


def _que_paso_en_modo_texto(observado):
    """La opción que cumplen el error y los bytes que dejó abrir con «w»."""
    error, cuantos = observado
    if not error:
        return "b"
    return "a" if cuantos == 0 else None


PREDICCIONES = (
    Prediccion(
        "01.p1",
        ocurre={(3, 3): "a", (3, 4): "b", (3, 6): "c"}.get,
        comentarios={
            "a": "Es cierto para las letras del inglés. La ñ y las tildes necesitan dos bytes.",
            "b": "La ñ es la que ocupa dos.",
            "c": "Otras codificaciones usan dos bytes por letra. UTF-8, solo donde hacen falta.",
        },
    ),
    Prediccion(
        "01.p2",
        ocurre=_que_paso_en_modo_texto,
        comentarios={
            "a": "El error avisa; el archivo vacío, no.",
            "b": "Algunos trozos se leen, pero son bytes: el modo texto solo acepta letras.",
            "c": "Hay un error. Pero `open` va antes que `dump`, y con «w» crea o vacía.",
        },
    ),
    Prediccion(
        "01.p3",
        ocurre=lambda texto: {"5": "a", "6": "b"}.get(texto.strip(" ]\n")[-1:]),
        comentarios={
            "a": "El 6 estaba solo en la memoria.",
            "b": "El archivo no está unido a la lista: es una copia de aquel momento.",
            "c": "Con el proceso se pierde la lista, no el archivo.",
        },
    ),
    Prediccion(
        "01.p4",
        ocurre=lambda razon: "b" if abs(razon - 1) < 0.02 else "c" if razon < 5 else "a",
        comentarios={
            "a": "El modelo no guarda a las personas: guarda lo que aprendió de ellas.",
            "b": "Diez coeficientes y una ordenada, con cualquier cantidad de personas.",
            "c": "Los números cambian. Su cantidad, no.",
        },
    ),
    Prediccion(
        "01.p5",
        ocurre=lambda numeros: {(2, 1, 1): "a", (1, 2, 1): "b", (1.5, 1.5, 0.5): "c"}.get(
            tuple(numeros)
        ),
        comentarios={
            "a": "Es una regla que ajusta, pero no la única. El modelo no sabe cuál usaste tú.",
            "b": "Esos números ni siquiera ajustan: en la primera fila dan 6, y la y es 5.",
            "c": "Ajusta igual de bien que la regla, y no es la regla.",
        },
    ),
)
