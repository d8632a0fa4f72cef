"""Ejercicios y predicciones de 02b · joblib. Cómo se comprueban está en `revision_02b.py`."""

from helpers.ejercicios.resultado import Ejercicio, Prediccion
from helpers.ejercicios.revision_02b import (
    comprueba_bosque_pequeno,
    comprueba_carpeta,
    comprueba_mmap,
    comprueba_nivel,
    comprueba_recta,
)

EJERCICIOS = (
    Ejercicio(
        "02b.1",
        puntos=2,
        pistas=(
            "El bosque no cambia. Lo que cambia es cómo se escribe.",
            "Mira la figura del bosque: ¿qué niveles bajan de 40 KB?",
            '`archivo_1 = "bosque_pequeno.joblib"`, `joblib.dump(bosque, archivo_1, compress=3)` '
            "y, para predecir, `joblib.load(archivo_1).predict(X)`.",
        ),
        solucion="""
archivo_1 = "bosque_pequeno.joblib"
joblib.dump(bosque, archivo_1, compress=3)
predicciones_1 = joblib.load(archivo_1).predict(X)
""",
        comprueba=comprueba_bosque_pequeno,
    ),
    Ejercicio(
        "02b.2",
        puntos=1,
        pistas=(
            "Primero busca el archivo más pequeño. Después, hasta dónde llega un 10 % más.",
            "`barrido` ya mide los diez niveles: mira lo que devuelve con `bosque_2`.",
            "`limite = 1.1 * min(tamanos_2.values())`, y después el menor `n` con "
            "`tamanos_2[n] <= limite`.",
        ),
        solucion="""
tamanos_2 = barrido(bosque_2)
limite = 1.1 * min(tamanos_2.values())
nivel_2 = min(nivel for nivel, tamano in tamanos_2.items() if tamano <= limite)
""",
        comprueba=comprueba_nivel,
    ),
    Ejercicio(
        "02b.3",
        puntos=2,
        pistas=(
            "mmap deja los números donde están. ¿Dónde están los de un archivo comprimido?",
            "El tipo se ve con `type(array_3)`. La celda del cronómetro carga el mismo archivo.",
            '`array_3 = joblib.load("vecinos.joblib", mmap_mode="r")._fit_X`. Y en el comprimido '
            "los números no están tal cual, pero joblib los rehace: descarta a y b.",
        ),
        solucion="""
array_3 = joblib.load("vecinos.joblib", mmap_mode="r")._fit_X
print(type(array_3))
comprimido_3 = "c"
""",
        comprueba=comprueba_mmap,
    ),
    Ejercicio(
        "02b.4",
        puntos=1,
        pistas=(
            "Dos archivos, dos tamaños y una comparación.",
            "`con_pickle` y `con_joblib` dejan `vuelta.pkl` y `vuelta.joblib`.",
            '`con_pickle(recta)` y `bytes_pickle = os.path.getsize("vuelta.pkl")`. Igual con '
            "joblib. Después compara los dos números con `<`.",
        ),
        solucion="""
recta = LinearRegression().fit(datos, avance)
con_pickle(recta)
con_joblib(recta)
bytes_pickle = os.path.getsize("vuelta.pkl")
bytes_joblib = os.path.getsize("vuelta.joblib")
es_verdad = bytes_joblib < bytes_pickle
""",
        comprueba=comprueba_recta,
    ),
    Ejercicio(
        "02b.5",
        puntos=1,
        pistas=(
            "joblib crea el archivo, pero no la carpeta. Alguien tiene que crearla antes.",
            "`Path` tiene un método que crea carpetas: `help(Path.mkdir)`.",
            '`Path("modelos").mkdir(exist_ok=True)` antes de `joblib.dump`. Con `exist_ok=True` '
            "no falla si la carpeta ya está.",
        ),
        solucion="""
archivo_5 = "modelos/bosque.joblib"
Path(archivo_5).parent.mkdir(parents=True, exist_ok=True)
joblib.dump(bosque, archivo_5)
""",
        comprueba=comprueba_carpeta,
    ),
)

PREDICCIONES = (
    Prediccion(
        "02b.p1",
        ocurre=lambda respuesta: {"100": "a", "invalid": "b"}.get(str(respuesta).split()[0]),
        comentarios={
            "a": "El nombre lo pones tú. pickle mira los bytes, y ahí hay algo que no es suyo.",
            "b": "`invalid load key`: encontró un byte que no es ninguna instrucción.",
            "c": "No llega a tanto: pickle se detiene antes de terminar el objeto.",
        },
    ),
    Prediccion(
        "02b.p2",
        ocurre=lambda razon: "c" if razon < 0.5 else "b" if abs(razon - 1) < 0.05 else None,
        comentarios={
            "a": "La conoce: es la de gzip, uno de sus compresores.",
            "b": "No lo hemos pedido con `compress`, pero la extensión lo pide.",
            "c": "Aquí la extensión sí decide algo: el compresor.",
        },
    ),
    Prediccion(
        "02b.p3",
        ocurre=lambda razon: "a" if razon > 0.9 else "b" if razon > 0.25 else "c",
        comentarios={
            "a": "Ni el nivel más alto encuentra casi nada que quitar.",
            "b": "Ni eso: para encoger hace falta que algo se repita.",
            "c": "Al bosque le sobraban repeticiones. A estos coeficientes, no.",
        },
    ),
    Prediccion(
        "02b.p4",
        ocurre=lambda razon: "a" if razon > 0.9 else "c" if razon < 0.03 else "b",
        comentarios={
            "a": "El modelo es el mismo, pero sus números se han quedado en el archivo.",
            "b": "No hay término medio: los arrays enteros se quedan en el archivo.",
            "c": "En memoria solo está el resto del modelo; los números, en el archivo.",
        },
    ),
    Prediccion(
        "02b.p5",
        ocurre=lambda razon: "a" if razon > 2 else "b" if razon >= 0.5 else "c",
        comentarios={
            "a": "Compara tu apuesta con el número.",
            "b": "Compara tu apuesta con el número.",
            "c": "Compara tu apuesta con el número.",
        },
    ),
    Prediccion(
        "02b.p6",
        ocurre={(8, 8): "a", (8, 16): "b", (16, 16): "c"}.get,
        comentarios={
            "a": "Con pickle, sí: recuerda que ya lo escribió.",
            "b": "Y no solo es el tamaño: al cargar con joblib hay dos arrays.",
            "c": "pickle no repite: en 02a lo viste con una frase y `BINGET`.",
        },
    ),
)
