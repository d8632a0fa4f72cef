"""Respuestas a los ejercicios de la tarea 3: lo que dice su revisión y los puntos que valen."""

from escritas import para

from helpers.ejercicios.resultado import Estado

bien, mal = para("t3_prueba")
ERROR = Estado.ERROR_TUYO


def cambia(codigo, *pares):
    """Un código con unas palabras cambiadas por otras."""
    for antes, despues in pares:
        assert antes in codigo
        codigo = codigo.replace(antes, despues)
    return codigo


# --- t3.1 ----------------------------------------------------------------------------------------
QUE_CAMBIA = """
def que_cambia(original, copia, filas):
    uno, otro = joblib.load(original), joblib.load(copia)
    cambian = []
    for metodo in ("predict", "predict_proba"):
        antes = getattr(uno, metodo)(filas)
        try:
            igual = np.array_equal(antes, getattr(otro, metodo)(filas))
        except ValueError:
            igual = False
        if not igual:
            cambian.append(metodo)
    return cambian
"""
SIN_TRY = """
def que_cambia(original, copia, filas):
    uno, otro = joblib.load(original), joblib.load(copia)
    return [m for m in ("predict", "predict_proba")
            if not np.array_equal(getattr(uno, m)(filas), getattr(otro, m)(filas))]
"""
SOLO_PREDICT = cambia(QUE_CAMBIA, ('("predict", "predict_proba")', '("predict",)'))
SOLO_PROBA = cambia(QUE_CAMBIA, ('("predict", "predict_proba")', '("predict_proba",)'))
AL_REVES = cambia(QUE_CAMBIA, ('("predict", "predict_proba")', '("predict_proba", "predict")'))
# `predict` da textos, y `allclose` no los compara: quien tolera lo hace solo con los números.
TOLERA = cambia(
    QUE_CAMBIA,
    ("igual = np.array_equal(antes, ", "prueba = np.array_equal if metodo == 'predict' else "
     "np.allclose\n            igual = prueba(antes, "),
)  # fmt: skip
BYTES = """
def que_cambia(original, copia, filas):
    with open(original, "rb") as uno, open(copia, "rb") as otro:
        return [] if uno.read() == otro.read() else ["predict", "predict_proba"]
"""
LA_PRIMERA = cambia(
    QUE_CAMBIA, ("antes, getattr(otro, metodo)(filas)", "antes[0], getattr(otro, metodo)(filas)[0]")
)
SE_DETIENE_TARDE = cambia(QUE_CAMBIA, ("igual = False", "break"))

# --- t3.2 ----------------------------------------------------------------------------------------
TOLERANCIA = """
def elige_tolerancia(buenas, danadas):
    if max(buenas) >= min(danadas):
        raise ValueError("no hay")
    return max(buenas)
"""
EN_MEDIO = cambia(TOLERANCIA, ("return max(buenas)", "return (max(buenas) + min(danadas)) / 2"))
NO_TERMINA = """
def elige_tolerancia(buenas, danadas):
    tolerancia = max(buenas)
    while tolerancia >= min(danadas):
        pass
    return tolerancia
"""

# --- t3.3 ----------------------------------------------------------------------------------------
RAZON = """
def razon_por_rondas(f, g, rondas, reloj=time.perf_counter):
    f(), g()
    razones = []
    for ronda in range(rondas):
        tarda = {}
        for funcion in (f, g) if ronda % 2 == 0 else (g, f):
            inicio = reloj()
            funcion()
            tarda[funcion] = reloj() - inicio
        razones.append(tarda[f] / tarda[g])
    return statistics.median(razones)
"""
DOS_MEDIANAS = """
def razon_por_rondas(f, g, rondas, reloj=time.perf_counter):
    f(), g()
    tarda = {f: [], g: []}
    for ronda in range(rondas):
        for funcion in (f, g) if ronda % 2 == 0 else (g, f):
            inicio = reloj()
            funcion()
            tarda[funcion].append(reloj() - inicio)
    return statistics.median(tarda[f]) / statistics.median(tarda[g])
"""
UNA_Y_OTRA = """
def razon_por_rondas(f, g, rondas, reloj=time.perf_counter):
    f(), g()
    tarda = {f: [], g: []}
    for funcion in (f, g):
        for _ in range(rondas):
            inicio = reloj()
            funcion()
            tarda[funcion].append(reloj() - inicio)
    return statistics.median(a / b for a, b in zip(tarda[f], tarda[g]))
"""
# Bien con un número par de rondas; con uno impar, no.
A_MANO = cambia(
    RAZON,
    ("return statistics.median(razones)",
     "razones.sort()\n    n = len(razones) // 2\n    return (razones[n - 1] + razones[n]) / 2"),
)  # fmt: skip

ESCRITAS = [
    bien("t3.1", QUE_CAMBIA, 2, "Calla con las copias fieles"),
    bien("t3.1", cambia(QUE_CAMBIA, ("return cambian", "return tuple(cambian)")), 2, "Calla"),
    mal("t3.1", SIN_TRY, 1, "no_espera_el_error", "dentro del bucle"),
    mal("t3.1", SE_DETIENE_TARDE, 1, "no_espera_el_error", "apuntar el método"),
    mal("t3.1", SOLO_PREDICT, 0, "no_ve_las_probabilidades", "preguntaras también"),
    mal("t3.1", SOLO_PROBA, 0, "no_ve_las_clases", "con las etiquetas cambiadas"),
    mal("t3.1", AL_REVES, 1, "otro_orden", "se pregunta antes"),
    mal("t3.1", TOLERA, 1, "no_mira_todas", "admite diferencias"),
    mal("t3.1", BYTES, 0, "acusa_a_la_fiel", "los bytes de los archivos"),
    mal("t3.1", LA_PRIMERA, 1, "no_ve_las_probabilidades", "otras probabilidades"),
    mal("t3.1", cambia(QUE_CAMBIA, ("return cambian", "return not cambian")), 0, "no_da_lista",
        "True o False"),
    mal("t3.1", "def que_cambia(original, copia, filas):\n    return []", 0,
        "no_ve_las_probabilidades", "otras probabilidades"),
    mal("t3.1", "que_cambia = []", 0, "no_es_funcion", "esperaba una función", ERROR),
    bien("t3.2", TOLERANCIA, 2, "avisa cuando no se puede"),
    bien("t3.2", EN_MEDIO, 2, "avisa cuando no se puede"),
    mal("t3.2", cambia(TOLERANCIA, (">=", ">")), 1, "no_avisa", "pueden ser iguales"),
    mal("t3.2", "def elige_tolerancia(b, d):\n    return max(b)", 1, "no_avisa", "siempre existe"),
    mal("t3.2", NO_TERMINA, 1, "no_termina", "no terminó en 1 segundos", ERROR),
    mal("t3.2", cambia(TOLERANCIA, ("return max", "return min")), 1, "rechaza_una_buena",
        "la peor de las buenas"),
    mal("t3.2", cambia(TOLERANCIA, ("return max(buenas)", "return 1e-6")), 1,
        "acepta_una_danada", "no aceptara ninguna"),
    mal("t3.2", cambia(TOLERANCIA, ("return max(buenas)", "return min(danadas)")), 1,
        "acepta_una_danada", "es igual a la tolerancia"),
    mal("t3.2", cambia(TOLERANCIA, ("return max(buenas)", "max(buenas)")), 0, "no_da_numero",
        "falta el `return`"),
    mal("t3.2", "def elige_tolerancia(buenas, danadas):\n    raise ValueError", 0,
        "lanza_excepcion", "ValueError", ERROR),
    bien("t3.3", RAZON, 2, "Una razón por ronda"),
    bien("t3.3", cambia(RAZON, ("statistics.median", "np.median")), 2, "Una razón por ronda"),
    mal("t3.3", cambia(RAZON, ("statistics.median", "statistics.mean")), 1, "otra_razon",
        "la mediana de las tres"),
    mal("t3.3", cambia(RAZON, ("tarda[f] / tarda[g]", "tarda[g] / tarda[f]")), 1, "otra_razon",
        "al revés"),
    mal("t3.3", cambia(RAZON, ("reloj()", "time.perf_counter()")), 1, "otra_razon", "3, 2 y 10"),
    bien("t3.3", cambia(RAZON, ("statistics.median", "statistics.median_low")), 1, "por ronda"),
    mal("t3.3", A_MANO, 1, "otra_razon", "3, 2 y 10"),
    mal("t3.3", DOS_MEDIANAS, 1, "otra_razon", "las dos medianas"),
    mal("t3.3", UNA_Y_OTRA, 1, "sin_turnos", "siempre corre antes la misma"),
    mal("t3.3", cambia(RAZON, (" if ronda % 2 == 0 else (g, f)", "")), 1, "sin_turnos",
        "f g f g"),
    mal("t3.3", cambia(RAZON, ("    f(), g()\n", "")), 0, "otras_llamadas", "la llamada sin medir"),
    mal("t3.3", cambia(RAZON, ("return statistics.median(razones)", "return razones")), 1,
        "no_da_razon", "todas las razones"),
    mal("t3.3", cambia(RAZON, ("reloj() - inicio", "reloj")), 0, "lanza_excepcion", "TypeError",
        ERROR),
    bien("t3.4", 'sostienen = "ade"', 1, "lo que se midió"),
    bien("t3.4", 'sostienen = "E, D, A"', 1, "lo que se midió"),
    mal("t3.4", 'sostienen = ["a", "d", "e"]', 0, "no_es_un_texto", "en una lista"),
    mal("t3.4", 'sostienen = "abde"', 0, "no_se_sostiene", "la letra b"),
    mal("t3.4", 'sostienen = "acde"', 0, "no_se_sostiene", "la letra c"),
    mal("t3.4", 'sostienen = "adef"', 0, "no_se_sostiene", "la letra f"),
    mal("t3.4", 'sostienen = "ad"', 0, "faltan_letras", "3 letras"),
]  # fmt: skip
CASOS = [escrita.caso() for escrita in ESCRITAS]
