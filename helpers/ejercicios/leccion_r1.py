"""Las ocho preguntas de r1, el repaso de 01 a 03b. Cómo se comprueban: `revision_r1.py`."""

from helpers.ejercicios import revision_r1 as r1
from helpers.ejercicios.resultado import Ejercicio

EJERCICIOS = (
    Ejercicio(
        "r1.1",
        puntos=1,
        pistas=(
            "Para dejar los datos en el disco, joblib tiene que saber dónde están.",
            f"Busca los dos casos en que mmap no sirve: {r1.MEGAS}. Solo uno avisa.",
            "El archivo no está comprimido. Mira qué recibe `load` en su primer hueco: ¿es un "
            "nombre?",
        ),
        solucion='memoria = "b"',
        comprueba=r1.comprueba_memoria,
    ),
    Ejercicio(
        "r1.2",
        puntos=1,
        pistas=(
            "Una prueba sirve si otro bosque no la pasa.",
            f"Ocho bosques, y cuántas puntuaciones distintas salieron: {r1.ENTRENAR}.",
            "Descarta lo que comparten dos bosques con la misma receta y otra semilla. Queda lo "
            "que responden, número a número.",
        ),
        solucion='prueba = "c"',
        comprueba=r1.comprueba_pruebas,
    ),
    Ejercicio(
        "r1.3",
        puntos=2,
        pistas=(
            "Uno de los dos modelos contesta buscando filas parecidas. El otro, con una fórmula.",
            f"Qué guarda un modelo de vecinos: {r1.MEGAS}. Qué guarda una recta: {r1.APRENDE}.",
            "Los vecinos llevan `X` entera: 5000 filas por 12 columnas, y cada `float64` son 8 "
            "bytes. La regresión no lleva ninguna fila.",
        ),
        solucion="""
de_vecinos = 5000 * 12 * 8
de_recta = 0
""",
        comprueba=r1.comprueba_bytes,
    ),
    Ejercicio(
        "r1.4",
        puntos=1,
        pistas=(
            "Un cronómetro se pone a cero antes de cada carrera, no antes de la primera.",
            f"Compara con la medición de {r1.MEDICION}: cuántas veces lee el reloj.",
            "En la segunda vuelta se resta un `inicio` que se leyó antes de la primera.",
        ),
        solucion='linea = "b"',
        comprueba=r1.comprueba_reloj,
    ),
    Ejercicio(
        "r1.5",
        puntos=2,
        pistas=(
            "En cada caso: ¿qué busca por su nombre el proceso nuevo, y lo va a encontrar?",
            f"a y f, en {r1.FUNCION_Y_CLASE}; b, en {r1.CON_NUMPY}; c, en {r1.CUESTA}; d y e, en "
            f"{r1.FUNCION_DENTRO}.",
            "Tres sirven y tres no. No sirven las que dejan fuera la función, lo que la función "
            "usa o el nombre con que buscarla.",
        ),
        solucion='sirve = {"a": False, "b": False, "c": True, "d": False, "e": True, "f": True}',
        comprueba=r1.comprueba_viajes,
    ),
    Ejercicio(
        "r1.6",
        puntos=2,
        pistas=(
            "La recta no sabe de milímetros: multiplica lo que le den.",
            f"El pingüino de 133 kg está en {r1.INTACTO}; una predicción a mano, en {r1.APRENDE}.",
            "Sola: 4200 + 700 · 214. Con su escala, la medida es (214 − 200) / 14.",
        ),
        solucion="""
sola = 4200 + 700 * 214
con_escala = 4200 + 700 * (214 - 200) / 14
""",
        comprueba=r1.comprueba_masas,
    ),
    Ejercicio(
        "r1.7",
        puntos=2,
        pistas=(
            "Hay dos cosas que no deben contar: la primera vez y el accidente.",
            f"Cada una tiene su remedio en {r1.PRIMERA_VEZ}.",
            "`unos[1:]` es la lista sin la primera; `statistics.median`, la de en medio; y "
            "después se divide.",
        ),
        solucion="""
from statistics import median

def cuantas_veces(unos, otros):
    return median(unos[1:]) / median(otros[1:])
""",
        comprueba=r1.comprueba_veces,
    ),
    Ejercicio(
        "r1.8",
        puntos=2,
        pistas=(
            "¿En qué momento deja de hacer falta el original?",
            f"Qué puede fallar después de guardar: {r1.NO_VUELVE}. Cómo se prueba en otro "
            f"proceso: {r1.PUBLICADA}.",
            "La f sobra. La a va la última. Antes: anotar y guardar; después, cargar y comparar.",
        ),
        solucion='orden = "dceba"',
        comprueba=r1.comprueba_orden,
    ),
)
PREDICCIONES = ()
