"""Ejercicios y predicciones de 04a · save_model() y load_model().

Cómo se comprueban está en `revision_04a.py`.
"""

from helpers.ejercicios.resultado import Ejercicio, Prediccion
from helpers.ejercicios.revision_04a import (
    comprueba_accidente,
    comprueba_pruebas,
    comprueba_que_le_pasa,
    comprueba_version_3,
    comprueba_versiones,
)

EJERCICIOS = (
    Ejercicio(
        "04a.1",
        puntos=2,
        pistas=(
            "Hasta la última línea del `try`, todo ocurre con el archivo de paso.",
            "Solo un hueco es el archivo bueno. Otro no es un archivo: es lo que responde alguien.",
            "Los huecos son, en orden: `nuevo`, `nuevo`, `model.predict(X_ejemplo)` y el último, "
            "el sitio del bueno.",
        ),
        solucion="""
def save_model_3(model, file_path, X_ejemplo):
    ruta = Path(file_path)
    nuevo = ruta.with_name(f".{ruta.name}.nuevo")
    try:
        joblib.dump(model, nuevo)
        vuelve = joblib.load(nuevo)
        if not np.array_equal(vuelve.predict(X_ejemplo), model.predict(X_ejemplo)):
            raise ValueError("lo que vuelve no responde lo mismo")
        nuevo.replace(ruta)
    finally:
        nuevo.unlink(missing_ok=True)
""",
        comprueba=comprueba_version_3,
    ),
    Ejercicio(
        "04a.2",
        puntos=2,
        pistas=(
            "Primero, si existe. Después, sus primeros bytes. Leerlo entero, lo último.",
            '`formato(ruta)` distingue casi todos. Con `compress=3`, un modelo es `"zlib"`.',
            'Si el formato es "zlib", `zlib.decompress(Path(ruta).read_bytes())` dentro de un '
            "`try`. Si lanza `zlib.error`, está incompleto.",
        ),
        solucion="""
def que_le_pasa(ruta):
    if not os.path.exists(ruta):
        return "no existe"
    que_es = formato(ruta)
    if que_es == "puntero de Git-LFS":
        return "puntero"
    if que_es in ("vacío", "página web"):
        return que_es
    if que_es != "zlib":
        return "otro formato"
    try:
        zlib.decompress(Path(ruta).read_bytes())
    except zlib.error:
        return "incompleto"
    return "bien"
""",
        comprueba=comprueba_que_le_pasa,
    ),
    Ejercicio(
        "04a.3",
        puntos=1,
        pistas=(
            "Necesitas un modelo que se guarde y otro que no.",
            "`modelo` se guarda. `con_lambda` no. El segundo va dentro de un `try`.",
            '`save_model(modelo, "modelos/mio.joblib")` y `sha256(…)`; después, `try:` '
            '`save_model(con_lambda, "modelos/mio.joblib")`, y en el `except ErrorDelCurso as '
            "error:`, `type(error).__name__`.",
        ),
        solucion="""
import hashlib

def sha256(ruta):
    return hashlib.sha256(Path(ruta).read_bytes()).hexdigest()

save_model(modelo, "modelos/mio.joblib")
huella_antes = sha256("modelos/mio.joblib")
try:
    save_model(con_lambda, "modelos/mio.joblib")
except ErrorDelCurso as error:
    excepcion = type(error).__name__
huella_despues = sha256("modelos/mio.joblib")
""",
        comprueba=comprueba_accidente,
    ),
    Ejercicio(
        "04a.4",
        puntos=2,
        pistas=(
            "Prueba con el 1. Si está ocupado, con el 2.",
            "`save_model` ya sabe decir que está ocupado. Un bucle puede esperar a que no lo diga.",
            "Dentro de `for numero in itertools.count(1):`, un `try` con `return save_model(model, "
            'f"{carpeta}/v{numero}.joblib", sobrescribir=False)` y un `except YaExiste: continue`.',
        ),
        solucion="""
import itertools
from helpers.errores import YaExiste

def guarda_version(model, carpeta):
    for numero in itertools.count(1):
        try:
            return save_model(model, f"{carpeta}/v{numero}.joblib", sobrescribir=False)
        except YaExiste:
            continue
""",
        comprueba=comprueba_versiones,
    ),
    Ejercicio(
        "04a.5",
        puntos=3,
        pistas=(
            "Cada prueba hace lo que haría una persona que no se fía: guarda, carga y mira.",
            "Para la segunda hace falta que llegue un `FileNotFoundError`; para la tercera, que "
            "después del fallo el modelo bueno siga respondiendo.",
            "En la tercera: guarda `modelo`, guarda `con_lambda` con el mismo nombre dentro de un "
            "`try` que espera `ErrorDelCurso`, carga y compara con `modelo`.",
        ),
        solucion="""
def prueba_respuestas(save_model, load_model):
    save_model(modelo, "uno.joblib")
    cargado = load_model("uno.joblib")
    assert np.array_equal(cargado.predict(X_nuevos), modelo.predict(X_nuevos))

def prueba_falta_el_archivo(save_model, load_model):
    try:
        load_model("no_esta.joblib")
    except FileNotFoundError:
        return
    assert False, "no avisó"

def prueba_guardado_fallido(save_model, load_model):
    save_model(modelo, "dos.joblib")
    try:
        save_model(con_lambda, "dos.joblib")
    except ErrorDelCurso:
        pass
    assert np.array_equal(load_model("dos.joblib").predict(X_nuevos), modelo.predict(X_nuevos))
""",
        comprueba=comprueba_pruebas,
    ),
)


def _de_los_restos(observado):
    """La opción que cumplen la lista de archivos y la clase del modelo que se carga."""
    archivos, clase = observado
    if clase != "LinearRegression":
        return "c"
    return "b" if any(nombre.endswith(".nuevo") for nombre in archivos) else "a"


PREDICCIONES = (
    Prediccion(
        "04a.p1",
        ocurre={"LinearRegression": "a", "EOFError": "b", "Pipeline": "c"}.get,
        comentarios={
            "a": "Lo nuevo no llegó entero, pero abrir el archivo ya había vaciado lo anterior.",
            "b": "Perdió el modelo quien quería guardar otro.",
            "c": "joblib no salta lo que no puede escribir: se detiene ahí.",
        },
    ),
    Prediccion(
        "04a.p2",
        ocurre=_de_los_restos,
        comentarios={
            "a": "Así sería si `finally` se hubiera ejecutado. Sin luz no se ejecuta nada.",
            "b": "El bueno está a salvo; del archivo de paso no se ocupó nadie.",
            "c": "Al bueno solo se llega con `replace`, y esa línea no se alcanzó.",
        },
    ),
    Prediccion(
        "04a.p3",
        ocurre=lambda dato: "c" if isinstance(dato, int) else None,
        comentarios={
            "a": "Sería lo amable. Pero joblib no comprueba el formato: empieza a obedecer.",
            "b": "No llega a leerla como texto: toma el primer byte por una instrucción.",
            "c": "Un número que solo se entiende si se sabe que es una letra.",
        },
    ),
    Prediccion(
        "04a.p4",
        ocurre=lambda nota: "b" if nota > 500 else "a" if nota == 100 else None,
        comentarios={
            "a": "Que las notas acaben en 100 lo sabemos nosotros. La recta no lo aprendió.",
            "b": "Una recta no tiene final.",
            "c": "300 es un número, y el modelo solo pide eso.",
        },
    ),
)
