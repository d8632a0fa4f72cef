"""Las revisiones de la tarea 3: explican cada fallo con ejemplos que no son los de la nota."""

import copy
import tempfile
from pathlib import Path

from helpers.datos import horas_de_estudio
from helpers.ejercicios.ejecucion import TiempoAgotado, exige_funcion, intenta, llama, valor_de
from helpers.ejercicios.resultado import bien, es_numero, mal, muestra

# --- t3.1 · qué cambia ----------------------------------------------------------------------------
FILAS = [[1.0], [6.0], [11.0], [18.0]]
DOS = ["predict", "predict_proba"]


def comprueba_cambios(que_cambia):
    """Calla con las copias fieles y nombra lo que cambia en las demás."""
    exige_funcion(que_cambia)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as carpeta:
        for nombre, (original, copia, esperada) in _parejas(Path(carpeta)).items():
            intento = intenta(que_cambia, original, copia, FILAS)
            if nombre == "una columna más" and isinstance(intento.error, ValueError):
                return EN_CADA_COPIA[nombre]
            dada = valor_de(intento, que_cambia, "original.joblib", "copia.joblib", FILAS)
            if not isinstance(dada, list | tuple):
                return mal(
                    "no_da_lista",
                    vi=f"que devuelve {muestra(dada)}",
                    esperaba='una lista: `[]`, o con `"predict"` y `"predict_proba"`',
                    porque="se devuelve True o False, o falta el `return` del final",
                    prueba="a empezar con una lista vacía y añadir los nombres con `append`",
                )
            if list(dada) != esperada:
                return _explica_copia(nombre, dada)
    return bien("Calla con las copias fieles y dice qué cambia en las demás.")


def _explica_copia(nombre, dada):
    if sorted(map(str, dada)) == DOS and nombre == "una columna más":
        return mal(
            "otro_orden",
            vi=f"{muestra(dada)}",
            esperaba=f"{DOS}",
            porque="se pregunta antes por las probabilidades",
            prueba='`for metodo in ("predict", "predict_proba"):`',
        )
    return EN_CADA_COPIA[nombre]


EN_CADA_COPIA = {
    "fiel": mal(
        "acusa_a_la_fiel",
        vi="que una copia fiel, comprimida, no te devuelve una lista vacía",
        esperaba="`[]`: responde lo mismo",
        porque="se comparan los objetos o los bytes de los archivos, y no las respuestas",
        prueba="`np.array_equal` con lo que responde cada modelo",
    ),
    "otra semilla": mal(
        "no_ve_las_probabilidades",
        vi="que una copia con otras probabilidades y las mismas etiquetas no te devuelve "
        '`["predict_proba"]`',
        esperaba="que preguntaras también por las probabilidades, y aparte",
        porque="solo se compara `predict`, o una diferencia se apunta a los dos métodos",
        prueba="un bucle con los dos nombres y una comparación en cada vuelta",
    ),
    "clases": mal(
        "no_ve_las_clases",
        vi='que una copia con las etiquetas cambiadas de nombre no te devuelve `["predict"]`',
        esperaba="solo ese método: las probabilidades son las de antes",
        porque="solo se compara `predict_proba`",
        prueba="a comparar también lo que responde `predict`",
    ),
    "última": mal(
        "no_mira_todas",
        vi="que una copia que cambia poco, y solo en la última fila, pasa por fiel",
        esperaba='`["predict_proba"]`',
        porque="`np.allclose` admite diferencias, y `any` o un `[0]` no miran todas las filas",
        prueba="`np.array_equal` con las respuestas enteras",
    ),
    "una columna más": mal(
        "no_espera_el_error",
        vi="que con una copia que espera otras columnas no devuelves los dos métodos",
        esperaba=f"{DOS}: los dos lanzan `ValueError`",
        porque="el error detiene la función, o se olvida apuntar el método en el `except`",
        prueba="un `try` dentro del bucle, con `except ValueError`",
    ),
}


def _parejas(carpeta):
    """Por cada copia, su original, ella y lo que se espera."""
    import joblib
    import numpy as np
    from sklearn.ensemble import RandomForestClassifier

    notas = horas_de_estudio(semilla=3, alumnos=60)
    horas, aprueba = notas[["horas"]].to_numpy(), np.where(notas["nota"] > 70, "sí", "no")
    original = RandomForestClassifier(10, random_state=0).fit(horas, aprueba)
    otra = RandomForestClassifier(10, random_state=5).fit(horas, aprueba)
    clases, ultima = copy.deepcopy(original), copy.deepcopy(original)
    clases.classes_ = clases.classes_[::-1].copy()
    arbol = ultima.estimators_[0].tree_
    hoja = arbol.apply(np.array(FILAS[-1:], dtype="float32"))[0]
    arbol.value[hoja] *= 1 - 1e-7
    dos = RandomForestClassifier(10, random_state=0).fit(notas.to_numpy(), aprueba)
    copias = {
        "fiel": (original, []),
        "otra semilla": (otra, ["predict_proba"]),
        "clases": (clases, ["predict"]),
        "última": (ultima, ["predict_proba"]),
        "una columna más": (dos, DOS),
    }
    joblib.dump(original, carpeta / "original.joblib")
    parejas = {}
    for numero, (nombre, (modelo, esperada)) in enumerate(copias.items()):
        joblib.dump(modelo, carpeta / f"copia{numero}.joblib", compress=3)
        rutas = (str(carpeta / "original.joblib"), str(carpeta / f"copia{numero}.joblib"))
        parejas[nombre] = (*rutas, esperada)
    return parejas


# --- t3.2 · una tolerancia ------------------------------------------------------------------------
SEPARABLES = (([4e-8, 1e-8, 2e-8], [5e-6, 9e-4]), ([0.0, 0.0], [1e-12, 3e-9]), ([2e-3], [4e-3]))
INSEPARABLES = (([1e-8, 6e-6], [5e-6, 1e-3]), ([1e-7], [1e-7, 2e-2]))


def comprueba_tolerancia(elige_tolerancia):
    """Separa las que se pueden separar, y avisa si no se puede."""
    for buenas, danadas in SEPARABLES:
        elegida = llama(elige_tolerancia, list(buenas), list(danadas))
        if not es_numero(elegida):
            return mal(
                "no_da_numero",
                vi=f"que devuelve {muestra(elegida)}",
                esperaba="un número",
                porque="falta el `return`, o se devuelve la lista",
                prueba="a devolver una sola tolerancia",
            )
        if any(buena > elegida for buena in buenas):
            return mal(
                "rechaza_una_buena",
                vi=f"la tolerancia {elegida:g}, con una copia buena a {max(buenas):g}",
                esperaba="que aceptara todas las buenas",
                porque="se usa la media o la menor, o un número fijo",
                prueba="`max(buenas)`, que es la peor de las buenas",
            )
        if any(danada <= elegida for danada in danadas):
            return mal(
                "acepta_una_danada",
                vi=f"la tolerancia {elegida:g}, con una copia dañada a {min(danadas):g}",
                esperaba="que no aceptara ninguna dañada",
                porque="una copia se acepta también si su diferencia es igual a la tolerancia",
                prueba="un número menor que `min(danadas)`",
            )
    for buenas, danadas in INSEPARABLES:
        intento = intenta(elige_tolerancia, list(buenas), list(danadas))
        if isinstance(intento.error, TiempoAgotado):
            valor_de(intento, elige_tolerancia, buenas, danadas)
        if not isinstance(intento.error, ValueError):
            hizo = f"devuelve {muestra(intento.valor)}"
            if intento.error is not None:
                hizo = f"lanza {type(intento.error).__name__}"
            return mal(
                "no_avisa",
                vi=f"que con buenas {buenas} y dañadas {danadas} {hizo}",
                esperaba="un `ValueError`: ninguna tolerancia las separa",
                porque="se da por hecho que siempre existe, o se olvida que pueden ser iguales",
                prueba="a comparar `max(buenas)` con `min(danadas)` antes de elegir",
            )
    return bien("Separa las buenas de las dañadas, y avisa cuando no se puede.")


# --- t3.3 · medir por turnos ----------------------------------------------------------------------
DE_F, DE_G = [50.0, 12.0, 2.0, 30.0], [90.0, 4.0, 1.0, 3.0]
RAZON = 3.0


def comprueba_razon(razon_por_rondas):
    """Con un reloj de mentira, la razón y el orden de las llamadas."""
    exige_funcion(razon_por_rondas)
    orden, hora, cuantas = [], [0.0], {"f": 0, "g": 0}

    def trabaja(nombre, duran):
        def corre():
            hora[0] += duran[cuantas[nombre] % len(duran)]
            cuantas[nombre] += 1
            orden.append(nombre)

        return corre

    f, g = trabaja("f", DE_F), trabaja("g", DE_G)
    razon = llama(razon_por_rondas, f, g, 3, lambda: hora[0])
    if len(orden) != 8:
        return mal(
            "otras_llamadas",
            vi=f"{cuantas['f']} llamadas a `f` y {cuantas['g']} a `g`, en 3 rondas",
            esperaba="cuatro a cada una: la de antes, sin medir, y una por ronda",
            porque="se olvida la llamada sin medir, o se mide llamando otra vez",
            prueba="`f()` y `g()` antes del bucle, y una sola llamada a cada una en cada ronda",
        )
    if "".join(orden) != "fgfggffg":
        return mal(
            "sin_turnos",
            vi=f"este orden: {' '.join(orden)}",
            esperaba="f g, sin medir, y después f g, g f, f g",
            porque="siempre corre antes la misma, o se mide entera una y luego la otra",
            prueba="a mirar si la ronda es par para decidir cuál va antes",
        )
    return _juzga_la_razon(razon)


def _juzga_la_razon(razon):
    if not es_numero(razon):
        return mal(
            "no_da_razon",
            vi=f"que devuelve {muestra(razon)}",
            esperaba="un número: la mediana de las razones",
            porque="se devuelven todas las razones, o falta el `return`",
            prueba="`return statistics.median(razones)`",
        )
    if abs(razon - RAZON) > 1e-9:
        return mal(
            "otra_razon",
            vi=f"{razon:g}",
            esperaba=f"{RAZON:g}: las razones de las tres rondas son 3, 2 y 10",
            porque="se divide al revés, se usa la media o se dividen las dos medianas",
            prueba="una división por ronda y, al final, la mediana de las tres",
        )
    return bien("Una razón por ronda, por turnos, y la mediana de todas.")


# --- t3.4 · qué sostienen los números -------------------------------------------------------------
NO_SE_SOSTIENE = {
    "b": (
        "en cuatro rondas joblib no tardó más",
        "una mediana de 1.1 parece bastar, y las rondas van de 0.7 a 1.4",
    ),
    "c": ("solo se midió un modelo pequeño", "parece que la proporción no cambia con el tamaño"),
    "f": (
        "la media de esa fila es 4.7: una ronda lenta la sube",
        "media y mediana se confunden",
    ),
}
CUANTAS = 3


def comprueba_frases(sostienen):
    """Explica una letra que sobra o dice cuántas faltan, sin decir cuáles son las buenas."""
    if not isinstance(sostienen, str):
        return mal(
            "no_es_un_texto",
            vi=muestra(sostienen),
            esperaba="un texto con las letras",
            porque="se escriben en una lista, o sin comillas",
            prueba='las letras juntas y entre comillas, como "xy"',
        )
    letras = set(sostienen.lower()) & set("abcdef")
    if de_mas := sorted(letras & NO_SE_SOSTIENE.keys()):
        motivo, porque = NO_SE_SOSTIENE[de_mas[0]]
        return mal(
            "no_se_sostiene",
            vi=f"la letra {de_mas[0]}",
            esperaba=f"que la dejaras fuera: {motivo}",
            porque=porque,
            prueba="a calcular lo que dice la frase con los números de la tabla",
        )
    if len(letras) < CUANTAS:
        return mal(
            "faltan_letras",
            vi=muestra(sostienen),
            esperaba=f"{CUANTAS} letras de la lista",
            porque="se descarta una frase que sí se puede comprobar con la tabla",
            prueba="a releer las que dejaste fuera, con la tabla delante",
        )
    return bien("Cada una se puede calcular con lo que se midió, y no dice más.")
