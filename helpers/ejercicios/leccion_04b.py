"""Ejercicios y predicciones de 04b · Ficha y contrato.

Cómo se comprueban está en `ficha_04b.py`, el primero, y en `revision_04b.py`.
"""

from helpers.ejercicios.ficha_04b import comprueba_ficha
from helpers.ejercicios.resultado import Ejercicio, Prediccion
from helpers.ejercicios.revision_04b import (
    comprueba_carga_verificada,
    comprueba_columnas,
    comprueba_metodo,
    comprueba_tarjeta,
    comprueba_version,
)

EJERCICIOS = (
    Ejercicio(
        "04b.1",
        puntos=2,
        pistas=(
            "Pregunta cada cosa al modelo o al archivo; no escribas ninguna de memoria.",
            "Las celdas de arriba preguntan lo mismo a `modelo` y a «aves.joblib». Cambian los "
            "nombres.",
            "`type(vecinos)`, `versiones`, `list(vecinos.feature_names_in_)`, el nombre del CSV, "
            '`{"r2": vecinos.score(X_nuevas[dos], y_nuevas)}`, `sha256("vecinos.joblib")` y '
            '`os.path.getsize("vecinos.joblib")`.',
        ),
        solucion="""
clase = type(vecinos)
ficha_1 = {
    "clase": f"{clase.__module__}.{clase.__qualname__}",
    "versiones": versiones,
    "columnas": list(vecinos.feature_names_in_),
    "datos": "data/pinguinos.csv",
    "metricas": {"r2": vecinos.score(X_nuevas[dos], y_nuevas)},
    "sha256": sha256("vecinos.joblib"),
    "bytes": os.path.getsize("vecinos.joblib"),
}
""",
        comprueba=comprueba_ficha,
    ),
    Ejercicio(
        "04b.2",
        puntos=2,
        pistas=(
            "Cargar es lo último. Antes se lee la ficha, que es texto y no ejecuta nada.",
            'La ficha está en `Path(f"{ruta}.json")`. `json.loads` la convierte en un `dict`.',
            'Con `ficha = json.loads(Path(f"{ruta}.json").read_text(encoding="utf-8"))`, un `if '
            'sha256(ruta) != ficha["sha256"]:` con su `raise ValueError`. Al final, `return '
            "joblib.load(ruta)`.",
        ),
        solucion="""
def carga_verificada(ruta):
    ficha = json.loads(Path(f"{ruta}.json").read_text(encoding="utf-8"))
    if sha256(ruta) != ficha["sha256"]:
        raise ValueError(f"{ruta} no es el archivo que se guardó")
    return joblib.load(ruta)
""",
        comprueba=comprueba_carga_verificada,
    ),
    Ejercicio(
        "04b.3",
        puntos=2,
        pistas=(
            "Son tres preguntas: si falta alguna, si sobra alguna y si están en su lugar.",
            "Trabaja con dos listas: `list(tabla.columns)` y la de la ficha. Si ninguna falta ni "
            "sobra y aun así son distintas, es el orden.",
            "`faltan = [c for c in esperadas if c not in hay]`. Con `faltan`, `raise "
            'ValueError(f"faltan {faltan}")`. Después, `len(hay) > len(esperadas)`. Al final, '
            "`hay != esperadas`.",
        ),
        solucion="""
def exige_columnas(tabla, ficha):
    hay, esperadas = list(tabla.columns), ficha["columnas"]
    if faltan := [columna for columna in esperadas if columna not in hay]:
        raise ValueError(f"faltan columnas: {faltan}")
    if len(hay) > len(esperadas):
        raise ValueError(f"sobran columnas: {hay}, y se esperaban {esperadas}")
    if hay != esperadas:
        raise ValueError(f"otro orden: {hay}, y se esperaba {esperadas}")
""",
        comprueba=comprueba_columnas,
    ),
    Ejercicio(
        "04b.4",
        puntos=2,
        pistas=(
            "Primero se mira la política; después, si hay algo que decir; al final, cómo decirlo.",
            'Un `if` que rechaza lo que no sea "avisa" ni "estricto". Otro que termina si las '
            "versiones coinciden. Lo que queda es elegir entre `raise` y `warnings.warn`.",
            '`guardada = ficha["versiones"]["scikit-learn"]`. Si `guardada != aqui`, un texto con '
            'las dos: `raise ValueError(texto)` con "estricto" y `warnings.warn(texto)` con '
            '"avisa".',
        ),
        solucion="""
def exige_version(ficha, aqui, politica):
    if politica not in ("avisa", "estricto"):
        raise ValueError(f"política desconocida: {politica}")
    guardada = ficha["versiones"]["scikit-learn"]
    if guardada == aqui:
        return
    texto = f"se guardó con scikit-learn {guardada} y aquí hay {aqui}"
    if politica == "estricto":
        raise ValueError(texto)
    warnings.warn(texto)
""",
        comprueba=comprueba_version,
    ),
    Ejercicio(
        "04b.5",
        puntos=1,
        pistas=(
            "La extensión es lo último del nombre, y las mayúsculas no cuentan.",
            "`Path(ruta).suffix` da la extensión con su punto. Si no está en `METODO_DE`, se "
            "rechaza.",
            "`extension = Path(ruta).suffix.lower()`; `if extension not in METODO_DE:` `raise "
            'ValueError(f"usa una de estas: {list(METODO_DE)}")`; y `return METODO_DE[extension]`.',
        ),
        solucion="""
METODO_DE = {".pkl": "pickle", ".joblib": "joblib", ".dill": "dill", ".skops": "skops"}

def metodo_de(ruta):
    extension = Path(ruta).suffix.lower()
    if extension not in METODO_DE:
        raise ValueError(f"No conozco «{extension}». Usa una de estas: {', '.join(METODO_DE)}")
    return METODO_DE[extension]
""",
        comprueba=comprueba_metodo,
    ),
    Ejercicio(
        "04b.6",
        puntos=1,
        pistas=(
            "Escribe para quien lo encuentre dentro de un año y no pueda preguntarte.",
            "Varias respuestas están en la ficha. Las otras solo las sabes tú: para qué no sirve y "
            "con qué aves falla.",
            "Por ejemplo, `No sirve para: pollos, ni especies de fuera de la Antártida`.",
        ),
        solucion='''
tarjeta = """Modelo: regresión lineal con tres medidas del cuerpo
Sirve para: estimar la masa de un pingüino adulto, en gramos
No sirve para: pollos, ni otras especies
Datos: 342 aves de tres especies, data/pinguinos.csv
Columnas: largo y alto del pico, y largo de la aleta, en mm
Medida: R² 0.74 con 86 aves que no vio
Límites: no usa el sexo, y las hembras pesan menos
Versiones: las de la ficha; scikit-learn 1.9
Fecha: 2026-11-25
Responsable: quien firma esta lección"""
''',
        comprueba=comprueba_tarjeta,
    ),
)


PREDICCIONES = (
    Prediccion(
        "04b.p1",
        ocurre=lambda cambio: "c" if abs(cambio) > 1 else "b",
        comentarios={
            "a": "joblib lee los números como le llegan. No tiene con qué compararlos.",
            "b": "Ese byte era parte de un coeficiente. El archivo no lleva nada de sobra.",
            "c": "Sin un error y con una masa creíble: nadie lo habría notado.",
        },
    ),
    Prediccion(
        "04b.p2",
        ocurre={False: "a", True: "b"}.get,
        comentarios={
            "a": "El rechazo llegó, pero después. Cargar ya había obedecido al archivo.",
            "b": "Una comprobación que llega tarde solo cuenta lo que ya pasó.",
            "c": "joblib no pregunta si es un modelo: reconstruye lo que haya.",
        },
    ),
    Prediccion(
        "04b.p3",
        ocurre=lambda visto: "b" if visto[0] == "ValueError" and visto[1] < 0 else None,
        comentarios={
            "a": "Sin nombres no hay nada que comparar: el array se cree por su lugar.",
            "b": "El que conoce los nombres se niega; el otro multiplica lo que le den.",
            "c": "Cada coeficiente espera su medida. Con otra, la cuenta es otra.",
        },
    ),
    Prediccion(
        "04b.p4",
        ocurre={True: "a", False: "b"}.get,
        comentarios={
            "a": "La semilla fija el azar. Lo que no escribes lo decide la versión.",
            "b": "La línea era la misma, y no decía cuántos árboles.",
        },
    ),
    Prediccion(
        "04b.p5",
        ocurre=lambda cambio: "b" if cambio > 0 else "a",
        comentarios={
            "a": "La huella es del archivo, y la función no está en el archivo.",
            "b": "El archivo nombra la función; lo que hace lo pone quien la tenga hoy.",
            "c": "El nombre sigue existiendo, y eso es lo único que el archivo pide.",
        },
    ),
)
