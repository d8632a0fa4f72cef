"""Ejercicios y predicciones de 02c · dill. Cómo se comprueban está en `revision_02c.py`."""

from helpers.ejercicios.resultado import Ejercicio, Prediccion
from helpers.ejercicios.revision_02c import (
    comprueba_comienzos,
    comprueba_curva,
    comprueba_motivos,
    comprueba_programa,
    comprueba_sin_dill,
)

EJERCICIOS = (
    Ejercicio(
        "02c.1",
        puntos=2,
        pistas=(
            "El código de la `lambda` viaja con dill. ¿Y el nombre que usa por dentro?",
            "Compara las celdas que guardaron `raiz.dill` y `raiz_recurse.dill`.",
            "`modelo = make_pipeline(FunctionTransformer(…), LinearRegression()).fit(X, y)`, y "
            "después `dill.dump(modelo, archivo, recurse=True)`.",
        ),
        solucion="""
modelo = make_pipeline(
    FunctionTransformer(lambda horas: np.log1p(horas)), LinearRegression()
).fit(X, y)
archivo_1 = "curva.dill"
with open(archivo_1, "wb") as archivo:
    dill.dump(modelo, archivo, recurse=True)
""",
        comprueba=comprueba_curva,
    ),
    Ejercicio(
        "02c.2",
        puntos=2,
        pistas=(
            "Si la función ya existe en algún módulo, basta con guardar su nombre.",
            "¿A qué función llama tu `lambda`? ¿Hace falta la `lambda` para llamarla?",
            "`FunctionTransformer(np.log1p)`. Después, `pickle.dump(modelo, archivo, protocol=5)` "
            'y `skops.io.dump(modelo, "curva.skops")`.',
        ),
        solucion="""
import skops.io

modelo = make_pipeline(FunctionTransformer(np.log1p), LinearRegression()).fit(X, y)
archivo_pickle = "curva.pkl"
with open(archivo_pickle, "wb") as archivo:
    pickle.dump(modelo, archivo, protocol=5)
archivo_skops = "curva.skops"
skops.io.dump(modelo, archivo_skops)
""",
        comprueba=comprueba_sin_dill,
    ),
    Ejercicio(
        "02c.3",
        puntos=2,
        pistas=(
            "Busca en cada comienzo el instante en que joblib se importa por primera vez.",
            "En ese instante, ¿están puestas las reglas de dill, o retiradas, o aún no?",
            "`for letra in comienzos: print(letra, necesita_dill(letra))`.",
        ),
        solucion='letras = "ac"',
        comprueba=comprueba_comienzos,
    ),
    Ejercicio(
        "02c.4",
        puntos=2,
        pistas=(
            "En cada situación pregunta quién carga, cuándo y con qué Python.",
            "Dos sirven. A cada una de las otras cuatro le toca un motivo distinto.",
            "La a no lleva código tuyo; la c no es tuya; la d es para otro Python; la e estaba en "
            "la lista de lo que dill tampoco guarda.",
        ),
        solucion="""
motivos = {
    "a": "sobra",
    "b": "sirve",
    "c": "confianza",
    "d": "version",
    "e": "imposible",
    "f": "sirve",
}
""",
        comprueba=comprueba_motivos,
    ),
    Ejercicio(
        "02c.5",
        puntos=1,
        pistas=(
            "No hace falta quitar dill. Hace falta que joblib se importe en otro momento.",
            "En 02c.3 hay dos comienzos que no necesitan dill.",
            "Intercambia las dos líneas de `import`; o escribe `dill.extend(False)` entre ellas.",
        ),
        solucion="""
%%writefile guarda_triple.py
import joblib  # antes que dill, para que copie las reglas sin cambios
import dill

def triple(x):
    return 3 * x

with open("triple.dill", "wb") as archivo:
    dill.dump(triple, archivo)
joblib.dump(triple, "triple.joblib")
""",
        comprueba=comprueba_programa,
    ),
)


def _al_usar_raiz(texto, error):
    """La opción que se cumplió: funciona, falla `load` o falla la llamada."""
    if not error:
        return "a"
    return "c" if "cargada" in texto else "b"


def _en_el_equipo_sin_dill(texto):
    """La opción que cumple lo impreso, que dice de cada archivo si «se carga» o «no se carga»."""
    ayer, hoy = ("joblib no se carga" not in linea for linea in texto.strip().splitlines()[1:])
    return {(True, True): "a", (True, False): "b", (False, False): "c"}.get((ayer, hoy))


PREDICCIONES = (
    Prediccion(
        "02c.p1",
        ocurre={"hola": "a", "adiós": "b"}.get,
        comentarios={
            "a": "El archivo lleva el código de entonces. Cambiar la función no lo cambia.",
            "b": "Así era con pickle, que solo escribe el nombre. dill escribió el código.",
            "c": "El nombre no importa: dill no lo busca.",
        },
    ),
    Prediccion(
        "02c.p2",
        ocurre={True: "a", False: "b"}.get,
        comentarios={
            "a": "Solo guarda el código de lo que no se puede importar. Esta sí se puede.",
            "b": "Lo que se puede importar va por referencia, también con dill.",
        },
    ),
    Prediccion(
        "02c.p3",
        ocurre=lambda salida: _al_usar_raiz(*salida),
        comentarios={
            "a": "Lleva el código de `raiz`, pero `np` está fuera de ese código.",
            "b": "Cargar no ejecuta la función, así que nadie pregunta todavía por `np`.",
            "c": "Por eso una prueba de persistencia carga el modelo y además lo usa.",
        },
    ),
    Prediccion(
        "02c.p4",
        ocurre=_en_el_equipo_sin_dill,
        comentarios={
            "a": "No se usó, pero se importó. Importar ejecuta código, y este cambia joblib.",
            "b": "Una línea que nadie usa cambió lo que joblib escribe.",
            "c": "Guarda su nombre. El programa que carga tiene una función con ese nombre.",
        },
    ),
)
