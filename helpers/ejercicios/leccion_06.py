"""Ejercicios y predicciones de 06 · Seguridad.

Cómo se comprueban está en `revision_06.py` y, el cuarto, en `firma_06.py`.

El 06.5 es de texto libre y la revisión mira solo su forma. Para valorarlo, un punto por cada cosa:

- los tres controles son distintos y cada uno señala el momento del relato en que actúa;
- alguno actúa antes de cargar (firma, lista exacta, mirar los nombres) y ninguno es la huella sola
  ni otro escáner;
- alguno limita el daño si los demás fallan (aislamiento: sin red, sin permiso de escritura);
- el orden se justifica: primero de quién viene, después qué pide y, al final, dónde se carga.
"""

from helpers.ejercicios.firma_06 import comprueba_firma
from helpers.ejercicios.resultado import Ejercicio, Prediccion
from helpers.ejercicios.revision_06 import (
    comprueba_globales,
    comprueba_incidente,
    comprueba_lista_exacta,
    comprueba_que_ocurre,
    comprueba_silencio,
)

EJERCICIOS = (
    Ejercicio(
        "06.1",
        puntos=1,
        pistas=(
            "La pregunta es siempre la misma: ¿se ha cargado ya cuando llega la protección?",
            "Las tres primeras cargan y comprueban después, o no comprueban. La f no carga.",
            "Cuatro ejecutan, una se niega y otra lee. La que se niega es la d.",
        ),
        solucion="""
ocurre = {
    "a": "ejecuta",
    "b": "ejecuta",
    "c": "ejecuta",
    "d": "se niega",
    "e": "ejecuta",
    "f": "lee",
}
""",
        comprueba=comprueba_que_ocurre,
    ),
    Ejercicio(
        "06.2",
        puntos=3,
        pistas=(
            "Haz lo que haría pickle, pero apuntando: una lista con lo último que quedó encima y "
            "un diccionario para la memoria.",
            "Empieza con `ultimos, memo, nombres = [], {}, set()` y un `if` por cada fila de la "
            "tabla. Lo que pones en `ultimos` puede no ser un texto, y está bien: así se nota.",
            "En `STACK_GLOBAL`: `dos = ultimos[-2:]`, y si `not all(isinstance(d, str) for d in "
            "dos)`, `raise ValueError`. En `MEMOIZE`: `memo[len(memo)] = ultimos[-1]`. Si "
            '`paso.name.endswith("GET")`: `ultimos.append(memo[dato])`.',
        ),
        solucion="""
def globales(ruta):
    ultimos, memo, nombres = [], {}, set()
    for paso, dato, _ in pickletools.genops(Path(ruta).read_bytes()):
        if paso.name in ("GLOBAL", "INST"):
            nombres.add(dato.replace(" ", "."))
            ultimos.append(None)
        elif paso.name == "STACK_GLOBAL":
            dos = ultimos[-2:]
            if not all(isinstance(texto, str) for texto in dos):
                raise ValueError("no sé qué nombre pide")
            nombres.add(".".join(dos))
            ultimos.append(None)
        elif paso.name == "MEMOIZE":
            memo[len(memo)] = ultimos[-1]
        elif paso.name.endswith("PUT"):
            memo[dato] = ultimos[-1]
        elif paso.name.endswith("GET"):
            ultimos.append(memo[dato])
        elif paso.name not in ("PROTO", "FRAME"):
            ultimos.append(dato)
    return nombres
""",
        comprueba=comprueba_globales,
    ),
    Ejercicio(
        "06.3",
        puntos=2,
        pistas=(
            "Es la clase de arriba con otra pregunta: no cómo empieza el módulo, sino si esa "
            "pareja está en tu lista.",
            "Los nombres de tu regresión los tienes impresos, con el protocolo 4 y con el 5. "
            "Cópialos en un conjunto de parejas `(modulo, nombre)`.",
            "En `find_class`: `if (modulo, nombre) not in PERMITIDOS: raise "
            'pickle.UnpicklingError("…")`, y después `return super().find_class(modulo, nombre)`. '
            "En la función: abrir el archivo y `return ConLista(archivo).load()`.",
        ),
        solucion="""
PERMITIDOS = {
    ("sklearn.linear_model._base", "LinearRegression"),
    ("numpy", "dtype"),
    ("numpy", "ndarray"),
    ("numpy._core.multiarray", "_reconstruct"),
    ("numpy._core.multiarray", "scalar"),
    ("numpy._core.numeric", "_frombuffer"),
}

class ConLista(pickle.Unpickler):
    def find_class(self, modulo, nombre):
        if (modulo, nombre) not in PERMITIDOS:
            raise pickle.UnpicklingError(f"prohibido: {modulo}.{nombre}")
        return super().find_class(modulo, nombre)

def carga_con_lista(ruta):
    with open(ruta, "rb") as archivo:
        return ConLista(archivo).load()
""",
        comprueba=comprueba_lista_exacta,
    ),
    Ejercicio(
        "06.4",
        puntos=2,
        pistas=(
            "Lee los bytes una vez. Con ellos se calcula la firma y, si vale, de ellos se carga.",
            "`firma` es una línea: la de la celda de arriba, con los bytes del archivo. La otra "
            "compara, lanza o carga, en ese orden.",
            '`datos = Path(ruta).read_bytes()` y `firmado = Path(f"{ruta}.firma").read_text('
            'encoding="utf-8")`. Después, `if not hmac.compare_digest(…, firmado):` con su `raise '
            "ValueError`; y `return pickle.loads(datos)`.",
        ),
        solucion="""
def firma(ruta, clave):
    return hmac.new(clave, Path(ruta).read_bytes(), "sha256").hexdigest()

def carga_firmada(ruta, clave):
    datos = Path(ruta).read_bytes()
    firmado = Path(f"{ruta}.firma").read_text(encoding="utf-8")
    if not hmac.compare_digest(hmac.new(clave, datos, "sha256").hexdigest(), firmado):
        raise ValueError(f"{ruta} no lleva nuestra firma")
    return pickle.loads(datos)
""",
        comprueba=comprueba_firma,
    ),
    Ejercicio(
        "06.5",
        puntos=1,
        pistas=(
            "Recorre el relato y para en cada verbo: ¿quién podía haberlo impedido?",
            "La tabla de controles dice qué detiene cada uno. Uno pregunta de quién viene; otro, "
            "qué pide; otro, dónde se carga.",
            "Por ejemplo, `Primero: exigir la firma del equipo antes de copiar a la carpeta`.",
        ),
        solucion='''
informe = """Primero: exigir nuestra firma antes de cargar; la compañera no podía ponerla
Segundo: cargar con una lista exacta; el archivo pedía un nombre que ningún modelo pide
Tercero: cargar en un contenedor sin red y con el disco de solo lectura
Por qué en ese orden: de quién es, qué pide y, si todo falla, hasta dónde llega"""
''',
        comprueba=comprueba_incidente,
    ),
    Ejercicio(
        "06.6",
        puntos=1,
        pistas=(
            "¿De qué habla el escáner: del archivo o de su lista?",
            "`infectados` compara nombres con `PROHIBIDOS`, y nada más. La tabla cuenta dos "
            "escáneres con el mismo defecto.",
            "Dos son verdaderas: la primera y la última.",
        ),
        solucion="""
respuestas = {"a": True, "b": False, "c": False, "d": False, "e": True}
""",
        comprueba=comprueba_silencio,
    ),
)


def _los_tres(texto):
    """La opción que se cumplió al cargar lo mismo con joblib, dill y skops."""
    impresos, se_niega = texto.count("Este texto lo imprime"), "skops se niega" in texto
    return {(3, False): "a", (2, True): "b", (1, True): "c"}.get((impresos, se_niega))


PREDICCIONES = (
    Prediccion(
        "06.p1",
        ocurre=lambda texto: "b" if texto.rstrip().endswith("None") else "a",
        comentarios={
            "a": "Haría falta si el archivo pidiera esa clase. Pide `print`, que está en todas "
            "partes.",
            "b": "El archivo decide a quién se llama, y se obtiene lo que devuelva.",
            "c": "De `Regalo` no hay ni rastro en el archivo: solo dejó su encargo.",
        },
    ),
    Prediccion(
        "06.p2",
        ocurre=_los_tres,
        comentarios={
            "a": "skops no obedece a `__reduce__`. Escribió el nombre de la clase y preguntó.",
            "b": "joblib y dill cargan con las mismas instrucciones que pickle.",
            "c": "joblib trata aparte los arrays. Con lo demás hace lo que pickle.",
        },
    ),
    Prediccion(
        "06.p3",
        ocurre=lambda hallados: "a" if hallados else "b",
        comentarios={
            "a": "Es lo razonable: el archivo hace lo mismo. Pero lo escribe de otra manera.",
            "b": "Silencio, con el mismo `print` dentro. No encontrar no es lo mismo que no haber.",
            "c": "`pickletools` entiende los dos protocolos. Quien no entiende es el buscador.",
        },
    ),
    Prediccion(
        "06.p4",
        ocurre={False: "a", True: "b"}.get,
        comentarios={
            "a": "Para rechazarlo habría que haber pensado antes en esa función.",
            "b": "Nadie había leído esa función. La aprobó el prefijo.",
            "c": "A pickle le da igual si es un modelo: llama y devuelve lo que salga.",
        },
    ),
    Prediccion(
        "06.p5",
        ocurre=lambda visto: "b" if all(visto) else "c" if visto[0] else "a",
        comentarios={
            "a": "La firma se calcula con bytes. Ni mira qué son.",
            "b": "La firma dice quién respondió del archivo. Qué hace, no lo dice.",
            "c": "`pickle.loads` no sabe nada de firmas. Si se le llama, obedece.",
        },
    ),
)
