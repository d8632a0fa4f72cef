"""Ejercicios de la tarea 2. Aquí se explican; la nota se decide en `notebooks/tareas/source`.

No llevan solución: una tarea se entrega. El texto t2.5 lo valora quien enseña.
"""

from helpers.ejercicios.resultado import Ejercicio
from helpers.ejercicios.revision_t2 import (
    comprueba_archivos,
    comprueba_encargos,
    comprueba_registro,
    comprueba_vecinos,
)

EJERCICIOS = (
    Ejercicio(
        "t2.1",
        puntos=2,
        pistas=(
            "Cada método escribe con su función, y el nombre del archivo no cambia el formato.",
            "pickle y dill reciben un archivo abierto; joblib y skops, el nombre.",
            '`pickle.dump(bosque, archivo)` y `dill.dump(bosque, archivo)`, abiertos con "wb"; '
            '`joblib.dump(bosque, "aves.joblib", compress=3)` y `sio.dump(bosque, "aves.skops")`.',
        ),
        solucion="",
        comprueba=comprueba_archivos,
    ),
    Ejercicio(
        "t2.2",
        puntos=2,
        pistas=(
            "Lo que no se puede guardar se aparta al guardar y se rehace al cargar.",
            "Dos métodos: `__getstate__` dice qué se guarda y `__setstate__` recibe lo guardado.",
            "`__getstate__` devuelve un diccionario nuevo con el nombre y las predicciones. "
            '`__setstate__` los pone en el objeto y abre el archivo en modo "a".',
        ),
        solucion="",
        comprueba=comprueba_registro,
    ),
    Ejercicio(
        "t2.3",
        puntos=2,
        pistas=(
            "Decide tú qué apruebas: la lista no sale del archivo que se carga.",
            "La salida de la celda anterior dice los dos nombres que pide un modelo de vecinos.",
            "`sio.load(ruta, trusted=[...])`, con los dos nombres entre comillas, y después "
            "`.predict(filas)`. Sin `try`: el error de skops ya dice lo que hace falta.",
        ),
        solucion="",
        comprueba=comprueba_vecinos,
    ),
    Ejercicio(
        "t2.4",
        puntos=1,
        pistas=(
            "En cada encargo hay una condición que descarta casi todas las opciones.",
            "Busca quién carga, con qué programa y cuánto se fía de quien guardó.",
            "Solo un método deja mirar antes de cargar, solo uno lleva dentro el código, y a "
            "veces basta con escribir los números.",
        ),
        solucion="",
        comprueba=comprueba_encargos,
    ),
)
PREDICCIONES = ()
