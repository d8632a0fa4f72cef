"""Cómo se comprueban los ejercicios de 03a · Prueba de persistencia."""

import copy
import io
import math
import warnings

import numpy as np
import pandas as pd
from sklearn.datasets import load_diabetes, load_iris
from sklearn.ensemble import RandomForestClassifier
from sklearn.linear_model import LinearRegression, Ridge
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from helpers.datos import pinguinos
from helpers.ejercicios.archivos import exige_archivo
from helpers.ejercicios.ejecucion import exige_funcion, intenta, valor_de
from helpers.ejercicios.resultado import Rechazo, bien, error_tuyo, es_numero, mal, muestra
from helpers.equivalencia import Equivalencia, prueba_de_persistencia
from helpers.errores import ErrorDelCurso

X = np.array([[1, 2], [2, 3], [3, 4], [4, 5], [5, 6]])
Y = np.array([5, 8, 11, 14, 17])


# --- 03a.1 · un assert que puede fallar ----------------------------------------------------------
def comprueba_assert(funcion):
    """La prueba calla con la copia fiel y se detiene con cada modelo cambiado."""
    exige_funcion(funcion)
    with warnings.catch_warnings(action="ignore"):  # con tablas, scikit-learn avisa de los nombres
        return _calla_con_la_fiel(funcion) or _se_detiene_con_las_demas(funcion)


def _calla_con_la_fiel(funcion):
    original = LinearRegression().fit(X, Y)
    fiel = intenta(funcion, *_dos(original))
    if isinstance(fiel.error, AssertionError):
        return mal(
            "falla_con_la_fiel",
            vi="que el `assert` se detiene con una copia fiel",
            esperaba="que callara: responde lo mismo que el original",
            porque="`is` y `==` preguntan por el objeto, y cargar da otro objeto",
            prueba="a comparar lo que responden: `original.predict(filas)` y `cargado.predict(…)`",
        )
    valor_de(fiel, funcion, *_dos(original))
    return None


def _se_detiene_con_las_demas(funcion):
    original = LinearRegression().fit(X, Y)
    doble = intenta(funcion, original, _recta(original.coef_ * 2, original.intercept_))
    if doble.error is None:
        return _no_se_detiene(doble.valor)
    if not isinstance(doble.error, AssertionError):
        return mal(
            "otro_error",
            vi=f"un {type(doble.error).__name__} con un modelo cambiado",
            esperaba="un `AssertionError`",
            porque="el error sale de las cuentas o de un `raise`, y no del `assert`",
            prueba="`assert np.array_equal(a, b)`, donde `a` y `b` son las respuestas",
        )
    # Del defecto más grueso al más fino: quien usa `any` también deja pasar al impostor.
    otras = {
        "cercano": _recta(original.coef_, original.intercept_ + 0.001),
        "última": _que_responde(original, _cambia_la_ultima),
        "suma": _que_responde(original, _conserva_la_suma),
        "impostor": _recta([2.0, 1.0], 1.0),
    }
    for nombre, otra in otras.items():
        if intenta(funcion, original, otra).error is None:
            return NO_DETIENE[nombre]
    return bien("Una prueba vale por lo que detiene, y la tuya detiene los cinco cambios.")


NO_DETIENE = {
    "cercano": mal(
        "tolera_de_mas",
        vi="que pasa un modelo cuyas respuestas están desplazadas una milésima",
        esperaba="que lo detuviera",
        porque="se redondea, se admite una diferencia grande o se mira solo `coef_`",
        prueba="`np.array_equal` con las respuestas: en el mismo equipo son exactas",
    ),
    "última": mal(
        "no_mira_todas",
        vi="que pasa una copia que cambia solo su última respuesta",
        esperaba="que la detuviera",
        porque="con `any` basta una coincidencia, o se miran los coeficientes y no las respuestas",
        prueba="`np.array_equal` con todas las respuestas",
    ),
    "suma": mal(
        "compara_la_suma",
        vi="que pasa una copia que suma 1 a una respuesta y se lo quita a otra",
        esperaba="que la detuviera",
        porque="se compara la suma o la media de las respuestas",
        prueba="`np.array_equal`, que las compara una a una",
    ),
    "impostor": mal(
        "solo_en_la_linea",
        vi="que el impostor, con coeficientes 2 y 1, pasa la prueba",
        esperaba="que lo detuviera",
        porque="tus filas cumplen x₂ = x₁ + 1, y ahí los dos responden lo mismo",
        prueba="una fila fuera de esa línea, como `[6, 0]`",
    ),
}


def _dos(original):
    return original, copy.deepcopy(original)


def _recta(coef, ordenada):
    otra = LinearRegression().fit(X, Y)
    otra.coef_, otra.intercept_ = np.array(coef), ordenada
    return otra


def _que_responde(original, cambia):
    """Una copia con los mismos números dentro, que cambia lo que responde."""
    copia = copy.deepcopy(original)
    copia.predict = lambda filas: cambia(original.predict(filas))
    return copia


def _cambia_la_ultima(respuestas):
    respuestas[-1] += 1
    return respuestas


def _conserva_la_suma(respuestas):
    respuestas[0] += 1
    if len(respuestas) > 1:
        respuestas[-1] -= 1
    return respuestas


def _no_se_detiene(valor):
    if valor is not None:
        return mal(
            "devuelve",
            vi=f"que con un modelo cambiado devuelve {muestra(valor)} y sigue",
            esperaba="que un `assert` la detuviera",
            porque="`return` entrega el resultado y no detiene nada si nadie lo mira",
            prueba="a cambiar `return` por `assert`",
        )
    return mal(
        "nunca_falla",
        vi="que un modelo con los coeficientes doblados pasa la prueba",
        esperaba="que la detuviera",
        porque="se imprime en lugar de exigir, se compara el original consigo mismo, o el `assert` "
        "lleva paréntesis con una coma dentro: eso es una tupla, y cuenta como verdadera",
        prueba='`assert np.array_equal(a, b), "no coinciden"`, sin paréntesis alrededor',
    )


# --- 03a.2 · es_equivalente ----------------------------------------------------------------------
class _Hija(Ridge):
    """Otra clase que hace lo mismo."""


class _ConHuecos(Ridge):
    """Una recta que no sabe responder por debajo de un valor."""

    def predict(self, X):
        """NaN donde la recta queda por debajo de 100."""
        respuestas = super().predict(X)
        return np.where(respuestas < 100, np.nan, respuestas)


class _ConHueco(Ridge):
    """Una recta con un interruptor para dar NaN en su primera respuesta."""

    def predict(self, X):
        """La recta, con el hueco si lleva la marca."""
        respuestas = super().predict(X)
        if hasattr(self, "marca_"):
            respuestas[0] = np.nan
        return respuestas


NO_VE = {
    "columna": mal(
        "no_ve_columna",
        vi="`True` para una copia que da su respuesta en columna, con forma (1, 1)",
        esperaba="`False`: el original la da con forma (1,)",
        porque="`np.allclose` y las restas repiten valores, `tobytes` olvida la forma, o no se "
        "comparan las respuestas",
        prueba="`np.array_equal(a, b)`, o comparar antes `a.shape` y `b.shape`",
    ),
    "hueco": mal(
        "no_ve_hueco",
        vi="`True` para una copia con NaN en una fila donde el original da un número",
        esperaba="`False`",
        porque="comparar con NaN da siempre falso: «¿la diferencia es grande?» también",
        prueba="`np.array_equal(a, b, equal_nan=True)`",
    ),
    "coeficiente": mal(
        "no_ve_coeficiente",
        vi="`True` para una copia con un coeficiente movido una parte en diez millones",
        esperaba="`False`",
        porque="`np.allclose` admite de fábrica una cienmilésima de diferencia",
        prueba="`np.array_equal(a, b, equal_nan=True)`, que no admite ninguna",
    ),
    "semilla": mal(
        "no_ve_semilla",
        vi="`True` para otro bosque, que da las mismas etiquetas con otras probabilidades",
        esperaba="`False`",
        porque="`predict` redondea: se queda con la etiqueta más probable",
        prueba="a comparar también `predict_proba`, si el modelo lo tiene (`hasattr`)",
    ),
    "parámetro": mal(
        "no_ve_parametro",
        vi="`True` para una copia con otro valor en el hiperparámetro `alpha`",
        esperaba="`False`: si se vuelve a entrenar, será otro modelo",
        porque="después de entrenar, muchos hiperparámetros ya no cambian las respuestas",
        prueba="a comparar `original.get_params()` con `cargado.get_params()`",
    ),
    "clase": mal(
        "no_ve_clase",
        vi="`True` para una copia de otra clase que responde lo mismo",
        esperaba="`False`",
        porque="`isinstance` también acepta las clases hijas, y las respuestas coinciden",
        prueba="`type(original) is type(cargado)`",
    ),
}


def comprueba_es_equivalente(funcion):
    """Acepta las copias fieles y descubre los seis sabotajes."""
    exige_funcion(funcion)
    with warnings.catch_warnings(action="ignore"):
        return _acepta_las_fieles(funcion) or _descubre_las_tocadas(funcion)


def _acepta_las_fieles(funcion):
    for con_huecos, (original, copia, filas) in enumerate(_fieles()):
        valor = _contesta(funcion, original, copia, filas)
        if valor is None:
            return mal(
                "sin_return",
                vi="que tu función devuelve `None`",
                esperaba="`True` o `False`",
                porque="falta el `return` final, o se usa `assert` o `print` en su lugar",
                prueba="a terminar la función con `return True`",
            )
        if not valor:
            return _rechaza_la_fiel(con_huecos == 1)
    return None


def _descubre_las_tocadas(funcion):
    for nombre, (original, copia, filas) in _saboteadas().items():
        if _contesta(funcion, original, copia, filas):
            return NO_VE[nombre]
    return bien(
        "Las fieles pasan y las seis caen. `helpers.es_equivalente` mira, además, cada atributo "
        "aprendido: dos modelos pueden coincidir en todas tus filas y no ser el mismo."
    )


def _contesta(funcion, *argumentos):
    """Lo que contesta la función: sí, no o nada. Lo demás se rechaza, con su motivo."""
    intento = intenta(funcion, *argumentos)
    if isinstance(intento.error, Exception):
        raise Rechazo(_no_contesta(intento.error))
    valor = valor_de(intento, funcion, *argumentos)
    if isinstance(valor, np.ndarray):
        raise Rechazo(
            mal(
                "una_por_fila",
                vi=f"que devuelve {valor.size} valores, uno por respuesta",
                esperaba="un solo `True` o `False`",
                porque="`==` entre arrays compara elemento a elemento",
                prueba="`np.array_equal(a, b, equal_nan=True)`",
            )
        )
    if not isinstance(valor, int | np.bool_ | Equivalencia | None):
        raise Rechazo(
            mal(
                "no_es_si_o_no",
                vi=f"que devuelve {muestra(valor)}",
                esperaba="`True` o `False`",
                porque="se devuelve una explicación; un texto o una tupla cuentan como verdaderos",
                prueba="`return True` o `return False`, sin comillas y sin nada más",
            )
        )
    return valor


def _no_contesta(error):
    """El mensaje para cada excepción. Las copias no se ven: no vale decir «repite la llamada»."""
    if isinstance(error, AssertionError):
        return mal(
            "detiene",
            vi="que tu función lanza un `AssertionError`",
            esperaba="que devolviera `True` o `False`",
            porque="un `assert` detiene, y aquí se pide contestar",
            prueba="`return False` donde la comparación falle",
        )
    que_paso = f"Con una de las copias, lanzó {type(error).__name__}: {muestra(str(error))[1:-1]}"
    if isinstance(error, AttributeError):
        return error_tuyo(
            "no_pregunta", que_paso, "a preguntar antes con `hasattr` si el modelo lo tiene"
        )
    return error_tuyo(
        "lanza_con_una_copia",
        que_paso,
        "`es_equivalente(modelo, copia, X)` en una celda aparte, y después con dos bosques",
    )


def _rechaza_la_fiel(con_huecos):
    if con_huecos:
        return mal(
            "rechaza_huecos",
            vi="`False` para una copia fiel que responde NaN en las mismas filas",
            esperaba="`True`",
            porque="NaN no es igual ni a sí mismo",
            prueba="`np.array_equal(a, b, equal_nan=True)`",
        )
    return mal(
        "rechaza_la_fiel",
        vi="`False` para una copia fiel",
        esperaba="`True`",
        porque="`is` y `==` entre modelos preguntan por el objeto, y cargar da otro; y los bytes "
        "de dos copias iguales pueden diferir",
        prueba="a comparar sus clases, sus parámetros y sus respuestas",
    )


def _fieles():
    datos, y = load_diabetes(return_X_y=True)
    flores, especie = load_iris(return_X_y=True)
    bosque = RandomForestClassifier(5, random_state=0).fit(flores, especie)
    yield (*_dos(Ridge().fit(datos, y)), datos)
    yield (*_dos(_ConHuecos(alpha=0.1).fit(datos, y)), datos)
    yield (*_dos(bosque), flores)


def _saboteadas():
    """Por cada sabotaje, el original, la copia tocada y las filas con las que se pregunta."""
    datos, y = load_diabetes(return_X_y=True)
    recta, original = LinearRegression().fit(datos, y), Ridge(alpha=0.1).fit(datos, y)
    con_hueco, marcada = _dos(_ConHueco(alpha=0.1).fit(datos, y))
    marcada.marca_ = True
    hija = _Hija(alpha=0.1).fit(datos, y)
    movida = copy.deepcopy(original)
    movida.coef_ *= 1 + 1e-7 * (np.arange(10) == 2)
    return {
        "columna": (recta, LinearRegression().fit(datos, y[:, None]), datos[:1]),
        "hueco": (con_hueco, marcada, datos),
        "coeficiente": (original, movida, datos),
        "semilla": _otra_semilla(),
        "parámetro": (original, copy.deepcopy(original).set_params(alpha=5), datos),
        "clase": (original, hija, datos),
    }


def _otra_semilla():
    flores, especie = load_iris(return_X_y=True)
    uno, otro = (RandomForestClassifier(10, random_state=s).fit(flores, especie) for s in (0, 2))
    otro.random_state = 0  # la receta escrita es la misma
    return uno, otro, flores[uno.predict(flores) == otro.predict(flores)]


# --- 03a.3 · una tolerancia con motivo -----------------------------------------------------------
def comprueba_tolerancia(rtol):
    """La tolerancia deja pasar la copia en float32 y detiene la dañada."""
    if not es_numero(rtol) or math.isnan(rtol):
        return mal(
            "no_es_numero",
            vi=muestra(rtol),
            esperaba="un número pequeño, como `0.001` o `1e-3`",
            porque="se escribe entre comillas, o se deja una comparación en lugar de un número",
            prueba="a medir `np.max(np.abs(a - b) / np.abs(b))` con cada copia",
        )
    datos, y = load_diabetes(return_X_y=True)
    recta = LinearRegression().fit(datos, y)
    ligera, danada = copy.deepcopy(recta), copy.deepcopy(recta)
    ligera.coef_ = ligera.coef_.astype("float32")
    danada.coef_[0] *= 1.0001
    se_separa = {
        nombre: np.max(np.abs(otra.predict(datos) / recta.predict(datos) - 1))
        for nombre, otra in {"ligera": ligera, "dañada": danada}.items()
    }
    if rtol < se_separa["ligera"]:
        return mal(
            "estrecha",
            vi=f"que con {rtol:g} la copia ligera no pasa: se separa hasta "
            f"{se_separa['ligera']:.1e}",
            esperaba="que pasara",
            porque="`float32` guarda unas siete cifras, y se pide más de lo que puede dar",
            prueba="un número mayor que esa separación",
        )
    if rtol >= se_separa["dañada"]:
        return mal(
            "ancha",
            vi=f"que con {rtol:g} la dañada pasa: solo se separa {se_separa['dañada']:.1e}",
            esperaba="que cayera",
            porque="se deja la tolerancia de fábrica, o se elige una sin medir",
            prueba="un número entre las dos separaciones",
        )
    return bien(
        f"La ligera se separa {se_separa['ligera']:.1e} y la dañada {se_separa['dañada']:.1e}. "
        "La tolerancia sale de lo que mediste."
    )


# --- 03a.4 · cuatro métodos y tres modelos -------------------------------------------------------
METODOS_4 = ("pickle", "joblib", "dill", "skops")
SE_REPITEN = ["pickle"]  # cada método cuesta un proceso nuevo
SE_COMPARAN = ["guarda", "carga", "exactas"]


def comprueba_tabla(modelos, tabla, nombre):
    """Tres modelos, cuatro métodos, un archivo, y la misma respuesta al repetirlo."""
    if not isinstance(modelos, dict) or len(modelos) != 3:
        return mal(
            "no_son_tres",
            vi=muestra(modelos),
            esperaba="un diccionario con tres modelos entrenados",
            porque="se pasa una lista, o un solo modelo",
            prueba='`modelos_4 = {"recta": recta, …}`',
        )
    es_tabla = isinstance(tabla, pd.DataFrame)
    if not es_tabla or tabla.index.nlevels != 2 or not set(SE_COMPARAN) <= set(tabla):
        otra = "una tabla con otras filas o columnas"
        return mal(
            "no_es_la_tabla",
            vi=f"en `tabla_4` {otra if es_tabla else f'un objeto {type(tabla).__name__}'}",
            esperaba="la tabla que da `prueba_de_persistencia` con tu diccionario",
            porque="se prueban los modelos de uno en uno, se eligen unas columnas o se guarda el "
            "resultado de `print`",
            prueba="`tabla_4 = helpers.prueba_de_persistencia(modelos_4, pacientes, avance, …)`, "
            "sin transformarla antes de revisar",
        )
    if set(tabla.index) != {(modelo, metodo) for modelo in modelos for metodo in METODOS_4}:
        return mal(
            "otras_filas",
            vi=f"{len(tabla)} filas, con los métodos {muestra(sorted(set(_metodos(tabla))))}",
            esperaba="doce: cada modelo con pickle, joblib, dill y skops",
            porque="sin `metodos=` se prueban los cinco del curso, o el diccionario cambió después",
            prueba='`metodos=["pickle", "joblib", "dill", "skops"]`',
        )
    if "no" not in set(tabla["guarda"]) | set(tabla["carga"]) | set(tabla["exactas"]):
        return mal(
            "todos_vuelven",
            vi="que los tres modelos vuelven con los cuatro métodos",
            esperaba="al menos un «no»",
            porque="los modelos de scikit-learn, con los datos de dentro, vuelven con todos",
            prueba="con `con_clase`, o con un `FunctionTransformer(lambda …)` en un pipeline",
        )
    return _archivo_mal(tabla, nombre) or _no_se_repite(modelos, tabla)


def _metodos(tabla):
    return map(str, tabla.index.get_level_values(1))


def _archivo_mal(tabla, nombre):
    texto = exige_archivo(nombre).read_text(encoding="utf-8", errors="replace")
    if _celdas(texto) == _celdas(tabla.to_csv()):
        return None
    return mal(
        "otro_archivo",
        vi=f"que «{nombre}» no contiene la tabla `tabla_4`",
        esperaba="las mismas doce filas",
        porque="se guardó antes de terminar la tabla, o sin los nombres de las filas",
        prueba=f'`tabla_4.to_csv("{nombre}")` después de calcularla',
    )


def _celdas(csv):
    try:
        return pd.read_csv(io.StringIO(csv), dtype=str, keep_default_na=False).values.tolist()
    except ValueError:
        return csv


def _no_se_repite(modelos, tabla):
    datos, y = load_diabetes(return_X_y=True)
    try:
        ahora = prueba_de_persistencia(modelos, datos, y, metodos=SE_REPITEN)
    except ErrorDelCurso as error:
        return mal(
            "no_se_pudo_repetir",
            vi=f"que al repetir la prueba pasa esto: {error.que_paso.rstrip('.')}",
            esperaba="tres modelos entrenados con `pacientes` y `avance`",
            porque="falta `fit`, o se entrenó con otros datos",
            prueba="`.fit(pacientes, avance)` con cada modelo",
        )
    for fila in ahora.index:
        if list(ahora.loc[fila, SE_COMPARAN]) != list(tabla.loc[fila, SE_COMPARAN].astype(str)):
            return mal(
                "otro_resultado",
                vi=f"que {fila[0]} con {fila[1]} no da hoy lo que dice tu tabla",
                esperaba="el mismo resultado al repetirlo en un proceso nuevo",
                porque="los modelos cambiaron después de hacer la tabla, o se escribió a mano",
                prueba="a ejecutar otra vez la celda entera",
            )
    return bien(
        "Doce viajes, cada método en su proceso nuevo, y al repetir los de pickle sale lo "
        "mismo. La columna `motivo` dice dónde se detuvo cada uno."
    )


# --- 03a.5 · el pingüino -------------------------------------------------------------------------
MEDIDAS = ["largo_pico_mm", "alto_pico_mm", "largo_aleta_mm"]


def comprueba_reparado(modelo):
    """El modelo recibe milímetros y responde lo mismo que la escala y la recta juntas."""
    if not hasattr(modelo, "predict") or isinstance(modelo, type):
        return mal(
            "no_es_un_modelo",
            vi=muestra(modelo),
            esperaba="un solo objeto que sepa predecir",
            porque="se juntan la escala y la recta en una lista o una tupla, o la recta no es el "
            "último paso",
            prueba="`make_pipeline(StandardScaler(), LinearRegression())`",
        )
    if not hasattr(modelo, "steps"):
        return mal(
            "no_es_pipeline",
            vi=f"un {type(modelo).__name__} suelto",
            esperaba="un `Pipeline`, con la escala y la recta dentro",
            porque="se entrena solo la recta; con otros modelos la escala sí cambia el resultado",
            prueba="`make_pipeline(StandardScaler(), LinearRegression())`",
        )
    if all(_no_es_escala(paso) for _, paso in modelo.steps):
        return mal(
            "sin_escala",
            vi=f"los pasos {muestra([nombre for nombre, _ in modelo.steps])}",
            esperaba="que uno fuera la escala",
            porque="el pipeline se hace solo con la recta",
            prueba="`make_pipeline(StandardScaler(), LinearRegression())`",
        )
    aves = pinguinos().dropna(subset=[*MEDIDAS, "masa_corporal_g"])
    with warnings.catch_warnings(action="ignore"):  # sin nombres de columna, scikit-learn avisa
        intento = intenta(modelo.predict, aves[MEDIDAS])
    if intento.error is not None:
        return mal(
            "no_responde",
            vi=f"un {type(intento.error).__name__} al darle `aves[medidas]`",
            esperaba="una masa por ave",
            porque="falta `fit`, o se entrenó con otras columnas",
            prueba='`reparado.fit(aves[medidas], aves["masa_corporal_g"])`',
        )
    esperada = make_pipeline(StandardScaler(), LinearRegression())
    esperada.fit(aves[MEDIDAS], aves["masa_corporal_g"])
    esperada = esperada.predict(aves[MEDIDAS])
    dada = np.asarray(intento.valor)
    if dada.shape == esperada.shape and np.allclose(dada, esperada, rtol=1e-6):
        return bien(
            "La escala viaja con la recta: quien cargue el archivo no tiene que saber que existe."
        )
    if dada.shape == (len(esperada), 1):
        return mal(
            "en_columna",
            vi=f"respuestas en columna, con forma {dada.shape}",
            esperaba=f"respuestas en fila, con forma {esperada.shape}",
            porque="la masa se dio como tabla, con dos corchetes",
            prueba='`aves["masa_corporal_g"]`, con un corchete',
        )
    if np.mean(dada) > 10 * np.mean(esperada):
        return mal(
            "sigue_pesando",
            vi=f"que la primera ave pesa {np.ravel(dada)[0] / 1000:.0f} kg",
            esperaba="unos 3 kg",
            porque="el pipeline se entrenó con `en_escala`, que ya estaba en la escala",
            prueba='`reparado.fit(aves[medidas], aves["masa_corporal_g"])`',
        )
    return mal(
        "otra_respuesta",
        vi=f"que la primera ave da {muestra(float(np.ravel(dada)[0]))}",
        esperaba=f"{esperada[0]:.0f} gramos, como la escala y la recta juntas",
        porque="se entrenó con otras filas o para estimar otra columna",
        prueba='`reparado.fit(aves[medidas], aves["masa_corporal_g"])`',
    )


def _no_es_escala(paso):
    """La recta y los huecos de un Pipeline. Cómo se escala es libre: deciden las respuestas."""
    return isinstance(paso, LinearRegression | str | None)
