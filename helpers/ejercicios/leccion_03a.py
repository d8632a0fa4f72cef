"""Ejercicios y predicciones de 03a · Prueba de persistencia.

Cómo se comprueban está en `revision_03a.py`.
"""

from helpers.ejercicios.resultado import Ejercicio, Prediccion
from helpers.ejercicios.revision_03a import (
    comprueba_assert,
    comprueba_es_equivalente,
    comprueba_reparado,
    comprueba_tabla,
    comprueba_tolerancia,
)

EJERCICIOS = (
    Ejercicio(
        "03a.1",
        puntos=2,
        pistas=(
            "Una prueba se detiene cuando algo no se cumple. `assert` hace justo eso.",
            "Las filas que distinguen al impostor no cumplen x₂ = x₁ + 1.",
            "Dentro: `filas = np.array([[6, 7], [6, 0]])`, y un `assert np.array_equal(…, …)` con "
            "lo que responde cada uno.",
        ),
        solucion="""
def comprueba(original, cargado):
    filas = np.array([[6, 7], [6, 0], [0, 6]])
    assert np.array_equal(original.predict(filas), cargado.predict(filas)), "no coinciden"
""",
        comprueba=comprueba_assert,
    ),
    Ejercicio(
        "03a.2",
        puntos=3,
        pistas=(
            "Haz tres preguntas: la clase, los parámetros y las respuestas.",
            "Para las respuestas, recorre `predict` y `predict_proba`; pregunta con `hasattr` si "
            "el modelo los tiene.",
            "`type(original) is type(cargado)`, `original.get_params() == cargado.get_params()` y "
            "`np.array_equal(a, b, equal_nan=True)`. Si una falla, `return False`.",
        ),
        solucion="""
def es_equivalente(original, cargado, X):
    if type(original) is not type(cargado) or original.get_params() != cargado.get_params():
        return False
    for metodo in ("predict", "predict_proba"):
        if hasattr(original, metodo):
            a, b = (getattr(modelo, metodo)(X) for modelo in (original, cargado))
            if not np.array_equal(a, b, equal_nan=True):
                return False
    return True
""",
        comprueba=comprueba_es_equivalente,
    ),
    Ejercicio(
        "03a.3",
        puntos=1,
        pistas=(
            "La tolerancia va entre dos números que puedes medir.",
            "Diferencia relativa: cuánto se separan, dividido por lo que debía salir.",
            "`np.max(np.abs(ligera.predict(pacientes) / recta.predict(pacientes) - 1))`, y lo "
            "mismo con `danada`. Elige un número entre los dos.",
        ),
        solucion="rtol_3 = 5e-7",
        comprueba=comprueba_tolerancia,
    ),
    Ejercicio(
        "03a.4",
        puntos=2,
        pistas=(
            "La función admite un diccionario con varios modelos.",
            "Dos modelos de scikit-learn y `con_clase`. Los métodos van en `metodos=`.",
            "`tabla_4 = helpers.prueba_de_persistencia(modelos_4, pacientes, avance, "
            'metodos=["pickle", "joblib", "dill", "skops"])` y, después, `to_csv`.',
        ),
        solucion="""
from sklearn.neighbors import KNeighborsRegressor

vecinos = KNeighborsRegressor().fit(pacientes, avance)
modelos_4 = {"recta": recta, "vecinos": vecinos, "con clase": con_clase}
metodos_4 = ["pickle", "joblib", "dill", "skops"]
tabla_4 = helpers.prueba_de_persistencia(modelos_4, pacientes, avance, metodos_4)
tabla_4.to_csv("tabla.csv")
""",
        comprueba=comprueba_tabla,
    ),
    Ejercicio(
        "03a.5",
        puntos=2,
        pistas=(
            "Un `Pipeline` pasa los datos por cada paso, en orden, y el último predice.",
            "`make_pipeline` está en `sklearn.pipeline`. Recibe los pasos en orden.",
            "`make_pipeline(StandardScaler(), LinearRegression())` y `fit` con las medidas en "
            "milímetros, `aves[medidas]`.",
        ),
        solucion="""
reparado = make_pipeline(StandardScaler(), LinearRegression())
reparado.fit(aves[medidas], aves["masa_corporal_g"])
""",
        comprueba=comprueba_reparado,
    ),
)


def _de_diez_respuestas(observado):
    """La opción que cumplen el número de respuestas distintas y lo que se separan."""
    distintas, separacion = observado
    if distintas == 1:
        return "a"
    return "b" if separacion < 1e-9 else "c"


PREDICCIONES = (
    Prediccion(
        "03a.p1",
        ocurre={False: "a", True: "b"}.get,
        comentarios={
            "a": "Son otros, pero la comprobación no mira coeficientes: mira una respuesta.",
            "b": "En esa fila los dos responden 20.",
            "c": "pickle carga lo que haya en el archivo. No recuerda lo que guardaste antes.",
        },
    ),
    Prediccion(
        "03a.p2",
        ocurre=lambda cuantas: "a" if cuantas == 0 else "c" if cuantas == 4 else "b",
        comentarios={
            "a": "Es lo que haría `array_equal`. `allclose` admite diferencias.",
            "b": "Mira otra vez las que no esperabas: una es por la forma y otra por lo pequeño.",
            "c": "Tolera, y además estira las formas.",
        },
    ),
    Prediccion(
        "03a.p3",
        ocurre=lambda cuantas: "a" if cuantas == 1 else "b" if cuantas <= 3 else "c",
        comentarios={
            "a": "Los datos son los mismos. El azar con que cada árbol los elige, no.",
            "b": "Eso pasa con las puntuaciones. Las probabilidades distinguen más.",
            "c": "Cada semilla da otro bosque. Cargar devuelve aquel; entrenar, otro.",
        },
    ),
    Prediccion(
        "03a.p4",
        ocurre=_de_diez_respuestas,
        comentarios={
            "a": "Con un hilo, sí. Con dos, depende de cuál termine antes.",
            "b": "Es el efecto de sumar en otro orden.",
            "c": "El efecto existe, pero está en las últimas cifras, que no se imprimen.",
        },
    ),
    Prediccion(
        "03a.p5",
        ocurre=lambda kilos: "a" if 3 <= kilos <= 5 else "b" if kilos > 100 else None,
        comentarios={
            "a": "Así sería si el archivo llevara también la escala.",
            "b": "El modelo está intacto. Lo que falta no estaba dentro.",
            "c": "Recibe tres números, como esperaba. Nada le dice que son milímetros.",
        },
    ),
)
