"""Ejercicios de la tarea 4. Aquí se explican; la nota se decide en `notebooks/tareas/source`.

No llevan solución: una tarea se entrega. El texto t4.6 lo valora quien enseña.
"""

from helpers.ejercicios.resultado import Ejercicio
from helpers.ejercicios.revision_t4 import (
    comprueba_carga,
    comprueba_entrega,
    comprueba_exige,
    comprueba_ficha,
    comprueba_guardado,
)

EJERCICIOS = (
    Ejercicio(
        "t4.1",
        puntos=1,
        pistas=(
            "Son dos preguntas: si es un modelo y si ha aprendido.",
            "La primera se contesta con `hasattr`; la segunda, con `check_is_fitted`.",
            '`raise TypeError(f"{type(objeto).__name__} no tiene predict")`, y después '
            "`check_is_fitted(objeto)`, que lanza un error que ya es un `ValueError`.",
        ),
        solucion="",
        comprueba=comprueba_exige,
    ),
    Ejercicio(
        "t4.2",
        puntos=2,
        pistas=(
            "Escribe en otro archivo y cámbialo de sitio cuando esté entero.",
            "Son los pasos del apartado 3 de 04a, con la carpeta creada antes.",
            "`joblib.dump` en un archivo de paso de la misma carpeta, `os.replace` y, en un "
            "`finally`, `unlink(missing_ok=True)` del de paso.",
        ),
        solucion="",
        comprueba=comprueba_guardado,
    ),
    Ejercicio(
        "t4.3",
        puntos=1,
        pistas=(
            "La ficha describe dos cosas: el modelo y el archivo que ya está guardado.",
            "La huella sale de los bytes del archivo; la clase, de `type(modelo)`.",
            '`f"{clase.__module__}.{clase.__qualname__}"`, '
            "`hashlib.sha256(datos).hexdigest()` y `json.dumps(ficha)`.",
        ),
        solucion="",
        comprueba=comprueba_ficha,
    ),
    Ejercicio(
        "t4.4",
        puntos=2,
        pistas=(
            "Cargar es lo último: antes se mira si el archivo es el de la ficha.",
            "Un archivo que falta ya da `FileNotFoundError` al leerlo con `Path`.",
            "Lee la ficha, lee los bytes, compara la huella y, solo entonces, "
            "`joblib.load(io.BytesIO(datos))`.",
        ),
        solucion="",
        comprueba=comprueba_carga,
    ),
    Ejercicio(
        "t4.5",
        puntos=1,
        pistas=(
            "Elige las filas, entrena, guarda y, al final, escribe la ficha.",
            "Con tus funciones, son las dos últimas líneas.",
            '`aves[aves["isla"] == "Dream"]` son las aves; la ficha se escribe después de '
            "guardar, porque lleva la huella del archivo.",
        ),
        solucion="",
        comprueba=comprueba_entrega,
    ),
)
PREDICCIONES = ()
