"""Ejercicios de la tarea 1. Aquí se explican; la nota se decide en `notebooks/tareas/source`.

No llevan solución: una tarea se entrega. El texto t1.5 lo valora quien enseña.
"""

from helpers.ejercicios.resultado import Ejercicio
from helpers.ejercicios.revision_t1 import (
    comprueba_archivo,
    comprueba_letras,
    comprueba_predicciones,
    comprueba_reparacion,
)

EJERCICIOS = (
    Ejercicio(
        "t1.1",
        puntos=2,
        pistas=(
            "El texto se rompió al leer sus bytes. Vuelve a los bytes y léelos bien.",
            "El ejercicio 01.1 repara dos textos; aquí la codificación llega como argumento.",
            "`texto.encode(...)` con la codificación que recibes y, detrás, "
            '`.decode("utf-8")`. Sin `errors`: lo que no se puede reparar debe lanzar un error.',
        ),
        solucion="",
        comprueba=comprueba_reparacion,
    ),
    Ejercicio(
        "t1.2",
        puntos=2,
        pistas=(
            "Una predicción es la ordenada más la suma de cada coeficiente por su medida.",
            "Es el ejercicio 01.2 para muchas filas: un bucle o una lista por comprensión.",
            '`zip(parametros["coef"], fila, strict=True)` lanza `ValueError` si los largos no '
            "coinciden. Suma los productos de cada fila y añade la ordenada.",
        ),
        solucion="",
        comprueba=comprueba_predicciones,
    ),
    Ejercicio(
        "t1.3",
        puntos=1,
        pistas=(
            "Al terminar el proceso se pierde la memoria y queda el disco.",
            "Pregúntate, en cada línea, si eso llegó a escribirse en un archivo.",
            "Son dos. La lista que creció después de guardarse no está entre ellas.",
        ),
        solucion="",
        comprueba=comprueba_letras,
    ),
    Ejercicio(
        "t1.4",
        puntos=2,
        pistas=(
            "Son dos pasos: entrenar con las dos columnas y guardar el modelo entero.",
            "En 02a guardaste así la regresión de las horas de estudio.",
            '`LinearRegression().fit(notas[["horas"]], notas["nota"])` y después '
            '`pickle.dump(modelo, archivo)` con el archivo abierto en modo "wb".',
        ),
        solucion="",
        comprueba=comprueba_archivo,
    ),
)
PREDICCIONES = ()
