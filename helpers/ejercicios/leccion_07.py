"""Ejercicios y predicciones de 07 · Versiones.

Cómo se comprueban está en `revision_07.py`; las situaciones de 07.4, en `decisiones_07.py`.
"""

from helpers.ejercicios.resultado import Ejercicio, Prediccion
from helpers.ejercicios.revision_07 import (
    comprueba_aviso,
    comprueba_carga_estricta,
    comprueba_decisiones,
    comprueba_deriva,
    comprueba_prueba,
)

EJERCICIOS = (
    Ejercicio(
        "07.1",
        puntos=2,
        pistas=(
            "Un filtro convierte el aviso en una excepción; una excepción se puede atrapar.",
            "El filtro va dentro de `with warnings.catch_warnings():`, para que no siga después. "
            "El `try`, alrededor de `pickle.load`.",
            "`except InconsistentVersionWarning as aviso:` y dentro `raise ValueError(...) from "
            "aviso`, con `aviso.original_sklearn_version` y `aviso.current_sklearn_version` en el "
            "texto.",
        ),
        solucion="""
def carga_o_error(ruta):
    with warnings.catch_warnings(), open(ruta, "rb") as archivo:
        warnings.simplefilter("error", InconsistentVersionWarning)
        try:
            return pickle.load(archivo)
        except InconsistentVersionWarning as aviso:
            entonces, aqui = aviso.original_sklearn_version, aviso.current_sklearn_version
            raise ValueError(f"guardado con la {entonces}; aquí está la {aqui}") from aviso
""",
        comprueba=comprueba_aviso,
    ),
    Ejercicio(
        "07.2",
        puntos=1,
        pistas=(
            "Una probabilidad tiene una ley que no depende del modelo. Y las etiquetas de entonces "
            "están guardadas.",
            "Suma cada fila de la tabla de hoy y quédate con la mayor. Compara las 150 etiquetas "
            "de hoy con las de entonces, una a una.",
            '`np.sum(hoy["predict_proba"], axis=1).max()` y `np.flatnonzero(np.array(hoy["predict"]'
            ') != entonces["predict"])`.',
        ),
        solucion="""
sumas = np.sum(hoy["predict_proba"], axis=1)
prueba = {
    "suma mayor": float(sumas.max()),
    "cambian": np.flatnonzero(np.array(hoy["predict"]) != entonces["predict"]).tolist(),
}
""",
        comprueba=comprueba_prueba,
    ),
    Ejercicio(
        "07.3",
        puntos=3,
        pistas=(
            "Son dos puertas. La primera se mira sin abrir el archivo; la segunda, antes de "
            "devolver el modelo.",
            'La versión está en `ficha["versiones"]["scikit-learn"]`. Las filas y las respuestas, '
            'en `ficha["ejemplo"]`, que puede ser `None`.',
            '`for metodo, guardadas in ejemplo["respuestas"].items():` `hoy = getattr(modelo, '
            'metodo)(ejemplo["filas"])`, y si no `np.allclose(hoy, guardadas["filas"])`, un '
            "`raise ValueError`.",
        ),
        solucion="""
def carga_estricta(ruta):
    ficha = json.loads(Path(f"{ruta}.json").read_text(encoding="utf-8"))
    entonces, ejemplo = ficha["versiones"]["scikit-learn"], ficha["ejemplo"]
    if entonces != sklearn.__version__:
        raise ValueError(f"guardado con la {entonces}; aquí está la {sklearn.__version__}")
    if ejemplo is None:
        raise ValueError("la ficha no lleva respuestas: no se puede comprobar")
    modelo = pickle.loads(Path(ruta).read_bytes())
    for metodo, guardadas in ejemplo["respuestas"].items():
        hoy = getattr(modelo, metodo)(ejemplo["filas"])
        if not np.allclose(hoy, guardadas["filas"]):
            raise ValueError(f"{metodo} ya no responde lo mismo")
    return modelo
""",
        comprueba=comprueba_carga_estricta,
    ),
    Ejercicio(
        "07.4",
        puntos=1,
        pistas=(
            "Pregúntate en cada caso qué tienes: los datos, el entorno, o solo el archivo.",
            "Sin datos no hay con qué entrenar. Lo que no carga no se exporta desde aquí. Lo que "
            "debe repetirse igual necesita el mismo entorno.",
            "En a y en e, la misma palabra. En c, la única que no necesita Python. En d no hay "
            "nada que migrar.",
        ),
        solucion="""
decisiones = {
    "a": "fijar",
    "b": "reentrenar",
    "c": "exportar",
    "d": "cargar y comprobar",
    "e": "fijar",
    "f": "cargar y comprobar",
}
""",
        comprueba=comprueba_decisiones,
    ),
    Ejercicio(
        "07.5",
        puntos=2,
        pistas=(
            "Hay que cambiar una copia. Si cambias `mio`, ya no hay con qué comparar.",
            "Serializar y deserializar da una copia entera. Los árboles están en "
            "`copia.estimators_`.",
            "`copia = pickle.loads(pickle.dumps(mio))`; `for arbol in copia.estimators_:` "
            '`con_recuentos(arbol)`; después, `Path("deriva.pkl").write_bytes(pickle.dumps('
            "copia))`, y las dos tablas con `predict_proba(X)`.",
        ),
        solucion="""
copia = pickle.loads(pickle.dumps(mio))
for arbol in copia.estimators_:
    con_recuentos(arbol)
Path("deriva.pkl").write_bytes(pickle.dumps(copia))
archivo_5 = "deriva.pkl"
antes = mio.predict_proba(X)
despues = copia.predict_proba(X)
""",
        comprueba=comprueba_deriva,
    ),
)


def _al_cargar(visto):
    """Qué opción de 07.p1 se cumplió, según lo que imprimió el proceso nuevo y su error."""
    texto, error = visto
    if error:
        return "a"
    if texto.rstrip().endswith("avisos: 1"):
        return "b"
    return None if "avisos: 0" in texto else "c"


def _las_probabilidades(visto):
    """Qué opción de 07.p2 se cumplió, según las de la primera flor hoy y entonces."""
    hoy, entonces = visto
    if abs(sum(hoy) - 1) > 0.01:
        return "c"
    iguales = all(abs(una - otra) < 1e-6 for una, otra in zip(hoy, entonces, strict=True))
    return "a" if iguales else "b"


def _la_recta(frase):
    """Qué opción de 07.p4 se cumplió, según la frase de `que_paso`."""
    finales = {"otra cosa": "b", "lo mismo": "c"}
    if frase.startswith("no carga"):
        return "a"
    return next((letra for final, letra in finales.items() if frase.endswith(final)), None)


PREDICCIONES = (
    Prediccion(
        "07.p1",
        ocurre=_al_cargar,
        comentarios={
            "a": "pickle no sabe de versiones. Solo falla si le falta un nombre.",
            "b": "Avisa cada pieza que se carga, y un bosque lleva muchas.",
            "c": "Avisa cada pieza que se carga. pickle, en cambio, no sabe de versiones.",
        },
    ),
    Prediccion(
        "07.p2",
        ocurre=_las_probabilidades,
        comentarios={
            "a": "El archivo trae los números; lo que se hace con ellos lo pone la versión de hoy.",
            "b": "Ni siquiera eso: nadie vuelve a dividir.",
            "c": "El archivo trae recuentos donde la versión de hoy espera fracciones.",
        },
    ),
    Prediccion(
        "07.p3",
        ocurre={True: "a", False: "b"}.get,
        comentarios={
            "a": "skops no ejecuta lo que no apruebas. De versiones no promete nada.",
            "b": "Es otro formato para los mismos nombres, y ese nombre aquí no está.",
        },
    ),
    Prediccion(
        "07.p4",
        ocurre=_la_recta,
        comentarios={
            "a": "Sus nombres siguen existiendo: una clase y unos arrays de NumPy.",
            "b": "Multiplicar y sumar se hace hoy como entonces.",
            "c": "El aviso era el mismo que el del bosque. Solo las respuestas los distinguen.",
        },
    ),
)
