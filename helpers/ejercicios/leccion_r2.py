"""Las ocho preguntas de r2, el repaso de 04a a 07. Cómo se comprueban: `revision_r2.py`."""

from helpers.ejercicios import revision_r2 as r2
from helpers.ejercicios.resultado import Ejercicio

EJERCICIOS = (
    Ejercicio(
        "r2.1",
        puntos=1,
        pistas=(
            "Hay frases sobre el pasado, que piden fecha, y frases sobre lo que hace un programa.",
            f"Las tres marcas están en {r2.VIGENTE}; lo que hace joblib al cargar, en {r2.CARGAR}.",
            "Puedes ejecutarlo ahora: guarda con joblib un objeto cuyo `__reduce__` pida `print`, "
            "y cárgalo.",
        ),
        solucion='marca = "c"',
        comprueba=r2.comprueba_seguro,
    ),
    Ejercicio(
        "r2.2",
        puntos=1,
        pistas=(
            "Después de cada línea, pregunta qué hay en el disco con el nombre bueno.",
            f"Cambiar un archivo por otro es un solo paso: {r2.APARTE}.",
            "Tras la c no hay nada con ese nombre hasta que se ejecuta la d.",
        ),
        solucion='linea = "c"',
        comprueba=r2.comprueba_apagon,
    ),
    Ejercicio(
        "r2.3",
        puntos=2,
        pistas=(
            "Hoy una hoja con veinte flores pesa el doble que una con diez.",
            f"Es la cuenta del bosque que suma 48, en pequeño: {r2.LO_QUE_RESPONDE}.",
            "De A: (10 + 5 + 0 + 8) / 4. De B: (0 + 5 + 20 + 2) / 4. La suma es la de las dos "
            "medias.",
        ),
        solucion="""
de_a, de_b = (10 + 5 + 0 + 8) / 4, (0 + 5 + 20 + 2) / 4
suma = de_a + de_b
especie = "A" if de_a > de_b else "B"
""",
        comprueba=r2.comprueba_hojas,
    ),
    Ejercicio(
        "r2.4",
        puntos=2,
        pistas=(
            "Divide los pasos en dos: lo que se puede hacer sin cargar y lo que no.",
            f"La huella, en {r2.ANTES_DE_ABRIR}; los nombres, en {r2.MIRAR}; las respuestas, en "
            f"{r2.ESTRICTA}.",
            "La d sobra. Primero la f y la c, en el orden que quieras; después cargar, preguntar "
            "y usar.",
        ),
        solucion='orden = "fcaeb"',
        comprueba=r2.comprueba_recepcion,
    ),
    Ejercicio(
        "r2.5",
        puntos=1,
        pistas=(
            "Cada petición se contesta con una clave que en esa ficha no está.",
            f"Para qué sirve cada clave: {r2.FICHA}. Qué necesita reentrenar: {r2.MIGRAR}.",
            "De dónde salió, qué tabla espera y cuánto acertaba: las tres acaban en s.",
        ),
        solucion='claves = {"datos", "columnas", "metricas"}',
        comprueba=r2.comprueba_claves,
    ),
    Ejercicio(
        "r2.6",
        puntos=2,
        pistas=(
            "Dos preguntas que se contestan sin cargar, y tienen que salir bien las dos.",
            f"La huella se calcula como en {r2.ANTES_DE_ABRIR}; una lista se compara entera, como "
            f"en {r2.LISTA}.",
            "`visto = inspeccion.globales(ruta)`, y entonces: la huella es la misma, "
            "`not visto.motivo` y `set(visto.nombres) <= permitidos`.",
        ),
        solucion="""
import hashlib

def se_puede_abrir(ruta, huella, permitidos):
    visto = inspeccion.globales(ruta)
    misma = hashlib.sha256(Path(ruta).read_bytes()).hexdigest() == huella
    return misma and not visto.motivo and set(visto.nombres) <= permitidos
""",
        comprueba=r2.comprueba_abrir,
    ),
    Ejercicio(
        "r2.7",
        puntos=2,
        pistas=(
            "Pregunta a cada uno: ¿los bytes están bien?, ¿los entiende esta versión?, ¿qué pide?",
            f"a, en {r2.NO_SE_CARGA}; b y c, en {r2.NO_CARGAN}; d, en {r2.MIRAR}; e, en "
            f"{r2.ANTES_DE_ABRIR}; f, en {r2.LO_QUE_RESPONDE}.",
            "Dos piden sus versiones y uno se usa. Otro se rechaza. Los dos que quedan tienen mal "
            "los bytes.",
        ),
        solucion="""
salidas = {
    "a": "otra copia", "b": "sus versiones", "c": "usarlo",
    "d": "rechazarlo", "e": "otra copia", "f": "sus versiones",
}
""",
        comprueba=r2.comprueba_sintomas,
    ),
    Ejercicio(
        "r2.8",
        puntos=2,
        pistas=(
            "Pregunta qué ha cambiado: los bytes, quién responde de ellos, los nombres o lo que "
            "hay detrás de un nombre.",
            f"b, en {r2.NO_PUEDE}; c, en {r2.FIRMA}; d, en {r2.RESPUESTAS}; e, en {r2.SI_FALLA}.",
            "Uno de cada, y las respuestas dos veces: cuando el archivo y sus nombres están bien y "
            "aun así responde otra cosa.",
        ),
        solucion="""
controles = {
    "a": "huella", "b": "firma", "c": "lista", "d": "respuestas", "e": "respuestas",
}
""",
        comprueba=r2.comprueba_controles,
    ),
)
PREDICCIONES = ()
