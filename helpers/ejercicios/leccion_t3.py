"""Ejercicios de la tarea 3. Aquí se explican; la nota se decide en `notebooks/tareas/source`.

No llevan solución: una tarea se entrega. El texto t3.5 lo valora quien enseña.
"""

from helpers.ejercicios.resultado import Ejercicio
from helpers.ejercicios.revision_t3 import (
    comprueba_cambios,
    comprueba_frases,
    comprueba_razon,
    comprueba_tolerancia,
)

EJERCICIOS = (
    Ejercicio(
        "t3.1",
        puntos=2,
        pistas=(
            "Carga los dos modelos y hazles la misma pregunta con cada método.",
            "En 03a comparaste respuestas enteras con `np.array_equal`; aquí son dos métodos.",
            "Un bucle con `getattr(modelo, metodo)(filas)`. Dentro, un `try` con "
            "`except ValueError`, y al final `cambian.append(metodo)` si no son iguales.",
        ),
        solucion="",
        comprueba=comprueba_cambios,
    ),
    Ejercicio(
        "t3.2",
        puntos=2,
        pistas=(
            "Busca la peor de las buenas y la mejor de las dañadas.",
            "Las dos listas llegan sin ordenar: `max` de una y `min` de la otra.",
            "Si `max(buenas) >= min(danadas)`, `raise ValueError(...)`. Si no, sirve "
            "cualquier número desde la primera y por debajo de la segunda.",
        ),
        solucion="",
        comprueba=comprueba_tolerancia,
    ),
    Ejercicio(
        "t3.3",
        puntos=2,
        pistas=(
            "Reúne una razón por ronda y calcula la mediana al final.",
            "El orden depende de si la ronda es par: `ronda % 2`.",
            "`for funcion in (f, g) if ronda % 2 == 0 else (g, f):` y, dentro, "
            "`reloj()` antes y después de `funcion()`.",
        ),
        solucion="",
        comprueba=comprueba_razon,
    ),
    Ejercicio(
        "t3.4",
        puntos=1,
        pistas=(
            "Una frase se sostiene si se puede calcular con lo que se midió.",
            "Mira en cada una de qué modelo habla, y si dice media o mediana.",
            "Son tres. Ninguna habla de otros modelos, y ninguna depende de la ronda 7.",
        ),
        solucion="",
        comprueba=comprueba_frases,
    ),
)
PREDICCIONES = ()
