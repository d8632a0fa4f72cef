"""Ejercicios y predicciones de 02d · skops.

Cómo se comprueban está en `revision_02d.py` y, el segundo, en `lista_02d.py`.
"""

from helpers.ejercicios.lista_02d import comprueba_lista
from helpers.ejercicios.resultado import Ejercicio, Prediccion
from helpers.ejercicios.revision_02d import (
    comprueba_auditoria,
    comprueba_recta,
    comprueba_rodeo,
    comprueba_tamano,
    comprueba_verdades,
)

EJERCICIOS = (
    Ejercicio(
        "02d.1",
        puntos=1,
        pistas=(
            "Un modelo con dos pasos se guarda igual que uno con un paso: entero.",
            "`make_pipeline` está en `sklearn.pipeline`; `StandardScaler`, en "
            "`sklearn.preprocessing`.",
            "`modelo_1 = make_pipeline(StandardScaler(), LinearRegression())`, después `.fit(…)` "
            'con los datos de `estudio` y al final `sio.dump(modelo_1, "recta.skops")`.',
        ),
        solucion="""
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

modelo_1 = make_pipeline(StandardScaler(), LinearRegression())
modelo_1.fit(estudio[["horas"]].to_numpy(), estudio["nota"])
archivo_1 = "recta.skops"
sio.dump(modelo_1, archivo_1)
""",
        comprueba=comprueba_recta,
    ),
    Ejercicio(
        "02d.2",
        puntos=2,
        pistas=(
            "¿Qué nombre hay entre corchetes al principio de la excepción?",
            "`trusted` recibe una lista de textos. Cada texto es un módulo, un punto y un tipo.",
            'Una línea: `return sio.load(ruta, trusted=["…"])`, con el nombre que leíste.',
        ),
        solucion="""
def carga_bosque(ruta):
    return sio.load(ruta, trusted=["sklearn.tree._tree.Tree"])
""",
        comprueba=comprueba_lista,
    ),
    Ejercicio(
        "02d.3",
        puntos=2,
        pistas=(
            "Tres preguntas por archivo: qué pide, si ese modelo lo necesita y quién lo hizo.",
            "Dos archivos piden lo mismo. Mira en qué se distinguen.",
            "Se aceptan dos y se rechazan dos. Las cuatro letras son distintas.",
        ),
        solucion="""
decisiones = {
    "web.skops": "a",
    "mio.skops": "b",
    "foro.skops": "c",
    "colega.skops": "d",
}
""",
        comprueba=comprueba_auditoria,
    ),
    Ejercicio(
        "02d.4",
        puntos=1,
        pistas=(
            "El bosque no cambia: cambia cómo se escribe.",
            "Mira la celda que comprimió la regresión. `sio.dump` admite el mismo argumento.",
            '`sio.dump(bosque, "ligero.skops", compression=…)`, con la constante de `zipfile`.',
        ),
        solucion="""
archivo_4 = "ligero.skops"
sio.dump(bosque, archivo_4, compression=zipfile.ZIP_DEFLATED)
""",
        comprueba=comprueba_tamano,
    ),
    Ejercicio(
        "02d.5",
        puntos=2,
        pistas=(
            "Un bucle con `sio.dumps(data_object[clave])` dice qué clave falla.",
            "Un número complejo son dos números corrientes. skops guarda listas de números.",
            '`prepara`: `return objeto | {"complejo": [objeto["complejo"].real, …]}`. '
            '`recupera`: `return cargado | {"complejo": complex(*cargado["complejo"])}`.',
        ),
        solucion="""
culpable = "complejo"

def prepara(objeto):
    numero = objeto["complejo"]
    return objeto | {"complejo": [numero.real, numero.imag]}

def recupera(cargado):
    return cargado | {"complejo": complex(*cargado["complejo"])}
""",
        comprueba=comprueba_rodeo,
    ),
    Ejercicio(
        "02d.6",
        puntos=1,
        pistas=(
            "Cada frase tiene una celda o una fila de la tabla que la decide.",
            "La a y la b, en este apartado; la c y la d, en la tabla; la e, en el apartado 3.",
            "Tres son verdaderas: b, c y otra que habla de lo que una lista no puede saber.",
        ),
        solucion="""
respuestas = {"a": False, "b": True, "c": True, "d": False, "e": False, "f": True}
""",
        comprueba=comprueba_verdades,
    ),
)


def _al_confiar(texto, error):
    """La opción que se cumplió al aprobar lo que el archivo pedía."""
    if error:
        return "c"
    return "b" if "Este texto lo imprime el archivo." in texto else "a"


PREDICCIONES = (
    Prediccion(
        "02d.p1",
        ocurre=lambda mensaje: "a" if mensaje.startswith("Cargado") else "c",
        comentarios={
            "a": "Así era hasta skops 0.14. Desde la 0.15 un árbol necesita tu permiso.",
            "b": "Un aviso llegaría tarde: skops decide antes de construir el objeto.",
            "c": "Hay un tipo que skops no aprueba por su cuenta.",
        },
    ),
    Prediccion(
        "02d.p2",
        ocurre=lambda salida: _al_confiar(*salida),
        comentarios={
            "a": "Para que `print` quede sin llamar, el archivo tendría que nombrarla y nada más. "
            "Este pide que se llame.",
            "b": "Aprobar es dejar que se use, y el archivo decide cómo.",
            "c": "skops no exige que sea un modelo: comprueba que cada tipo está en la lista.",
        },
    ),
    Prediccion(
        "02d.p3",
        ocurre=lambda razon: "a" if razon < 1.5 else "b" if razon < 5 else "c",
        comentarios={
            "a": "Los números son los mismos; lo que pesa es cómo se describen.",
            "b": "Se queda corto: cada atributo lleva su descripción en texto.",
            "c": "Así es, aunque se lea a menudo que es un formato compacto.",
        },
    ),
    Prediccion(
        "02d.p4",
        ocurre={(): "a", ("guardado",): "b", ("guardado", "cargado"): "c"}.get,
        comentarios={
            "a": "Sería lo deseable: enterarse mientras el modelo sigue en memoria.",
            "b": "El archivo existe, pesa y no sirve.",
            "c": "Aprobar un nombre no lo crea: skops lo busca y no lo encuentra.",
        },
    ),
    Prediccion(
        "02d.p5",
        ocurre=lambda avisos: "b" if "InconsistentVersionWarning" in avisos else "a",
        comentarios={
            "a": "El aviso no es de pickle ni de skops. Lo da scikit-learn.",
            "b": "El mismo aviso que con pickle, con un archivo que no es pickle.",
            "c": "Carga. scikit-learn avisa y te deja decidir.",
        },
    ),
)
