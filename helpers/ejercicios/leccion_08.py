"""Ejercicios del proyecto final. Aquí se explican; la nota se decide en `notebooks/tareas/source`.

No llevan solución: el proyecto se entrega. El texto 08.6 lo valora quien enseña.
"""

from helpers.ejercicios.resultado import Ejercicio, Prediccion
from helpers.ejercicios.revision_08 import (
    comprueba_carga,
    comprueba_ficha,
    comprueba_guarda,
    comprueba_modelo,
    comprueba_prueba,
)

EJERCICIOS = (
    Ejercicio(
        "08.1",
        puntos=2,
        pistas=(
            "Son dos pasos: entrenar con tus datos y guardar el modelo entero.",
            "La celda de la apuesta entrena una recta igual, con dos tablas. La tuya es `datos`.",
            '`LinearRegression().fit(datos[["horas", "faltas"]], datos["nota"])` y después '
            '`joblib.dump(modelo, "modelo.joblib")`.',
        ),
        solucion="",
        comprueba=comprueba_modelo,
    ),
    Ejercicio(
        "08.2",
        puntos=1,
        pistas=(
            "La mitad se le pregunta al modelo y la otra mitad al archivo.",
            "En 04b.1 escribiste una ficha con dos claves más.",
            "Lee el archivo con `Path(...).read_bytes()`. De esos bytes salen `len(...)` y "
            "`hashlib.sha256(...).hexdigest()`. Escribe el `dict` con `json.dumps`.",
        ),
        solucion="",
        comprueba=comprueba_ficha,
    ),
    Ejercicio(
        "08.3",
        puntos=1,
        pistas=(
            "Mientras escribes, lo bueno no se toca.",
            "Es el orden de 04a: aparte, comprobar, y cambiar de sitio al final.",
            '`joblib.dump(modelo, f"{ruta}.nuevo")`, la ficha en otro archivo nuevo y, con los dos '
            "escritos, un `os.replace` para cada uno.",
        ),
        solucion="",
        comprueba=comprueba_guarda,
    ),
    Ejercicio(
        "08.4",
        puntos=1,
        pistas=(
            "Decidir y después abrir. Nunca al revés.",
            "Es `carga_verificada`, de 04b.2.",
            'Si `hashlib.sha256(Path(ruta).read_bytes()).hexdigest() != ficha["sha256"]`, '
            "`raise ValueError`. La última línea es la que carga.",
        ),
        solucion="",
        comprueba=comprueba_carga,
    ),
    Ejercicio(
        "08.5",
        puntos=2,
        pistas=(
            "Por cada copia cambiada, pregúntate qué fila de tu tabla la vería.",
            "En 03a.2 descubriste seis copias. Aquí hay cuatro, y dices cuál es la fila que falla.",
            "Cuatro filas: `type(copia) is type(original)`, las `feature_names_in_` en listas, y "
            "`np.array_equal` con los `coef_` y con las respuestas.",
        ),
        solucion="",
        comprueba=comprueba_prueba,
    ),
)

CENTESIMA, MILLONESIMA = 0.01, 1e-6


def _cuanto_se_separan(separacion):
    if separacion == 0:
        return "a"
    if separacion < MILLONESIMA:
        return "b"
    return "c" if separacion > CENTESIMA else None


PREDICCIONES = (
    Prediccion(
        "08.p1",
        ocurre=_cuanto_se_separan,
        comentarios={
            "a": "La forma es la misma; los números salen de los datos, y los datos son otros.",
            "b": "Eso ocurre con los mismos datos en dos equipos. Con otros datos, no.",
            "c": "Por eso un modelo dice con qué datos se entrenó.",
        },
    ),
    Prediccion(
        "08.p2",
        ocurre=lambda visto: "b" if visto[0] else "c" if abs(visto[1]) > MILLONESIMA else None,
        comentarios={
            "a": "joblib no sabe cuál esperabas: lee el que encuentra.",
            "b": "Un aviso necesitaría algo con qué comparar, y no hay nada.",
            "c": "Sin una ficha que mirar, nadie se entera.",
        },
    ),
)
