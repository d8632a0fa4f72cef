"""Las revisiones de la tarea 4: explican cada fallo con ejemplos que no son los de la nota."""

import hashlib
import json
import pickle
from functools import cache
from pathlib import Path

from helpers.datos import horas_de_estudio, pinguinos
from helpers.ejercicios.archivos import carpeta_vacia, exige_archivo, pone_testigo, pregunta_aparte
from helpers.ejercicios.ejecucion import TiempoAgotado, exige_funcion, intenta, llama, valor_de
from helpers.ejercicios.resultado import Rechazo, bien, mal, muestra, sin_responder
from helpers.inspeccion import formato


@cache
def _recta(semilla=11):
    from sklearn.linear_model import LinearRegression

    notas = horas_de_estudio(semilla=semilla)
    return LinearRegression().fit(notas[["horas"]].to_numpy(), notas["nota"])


def _prueba(funcion, *argumentos):
    """Como `intenta`, pero no terminar nunca no cuenta como el error que se esperaba."""
    intento = intenta(funcion, *argumentos)
    if isinstance(intento.error, TiempoAgotado):
        valor_de(intento, funcion, *argumentos)
    return intento


def _que_hizo(intento):
    if intento.error is None:
        return f"devuelve {muestra(intento.valor)}"
    return f"lanza {type(intento.error).__name__}"


# --- t4.1 · qué se puede guardar ------------------------------------------------------------------
def comprueba_exige(exige_modelo):
    """Calla con un modelo entrenado y dice qué les pasa a los demás."""
    from sklearn.preprocessing import MinMaxScaler
    from sklearn.tree import DecisionTreeRegressor

    exige_funcion(exige_modelo)
    con_modelo = _prueba(exige_modelo, _recta())
    if con_modelo.error is not None:
        return mal(
            "rechaza_lo_bueno",
            vi=f"que con una regresión entrenada {_que_hizo(con_modelo)}",
            esperaba="que no hiciera nada",
            porque="la condición está al revés, o busca algo que no tienen todos los modelos",
            prueba="`if not hasattr(objeto, 'predict'):` para el primer error",
        )
    escala = MinMaxScaler().fit([[0], [1]])
    for objeto, clase, frase in (
        ({"coef": 2.0}, TypeError, "un diccionario"),
        (escala, TypeError, "una escala entrenada, que no tiene `predict`,"),
        (DecisionTreeRegressor(), ValueError, "un árbol sin entrenar"),
    ):
        intento = _prueba(exige_modelo, objeto)
        if not isinstance(intento.error, clase):
            return mal(
                "otro_error",
                vi=f"que con {frase} {_que_hizo(intento)}",
                esperaba=f"un `{clase.__name__}`",
                porque="falta uno de los dos casos, o se usa el mismo error para los dos",
                prueba="`TypeError` si no es un modelo y `ValueError` si no está entrenado",
            )
        if type(objeto).__name__ not in str(intento.error):
            return mal(
                "no_nombra_la_clase",
                vi=f"este texto: {muestra(str(intento.error))}",
                esperaba=f"que nombrara a `{type(objeto).__name__}`",
                porque="un error sin nombres obliga a buscar de qué habla",
                prueba="`type(objeto).__name__` dentro del texto",
            )
    return bien("Cada error dice qué objeto no vale, y por qué.")


# --- t4.2 · guardar sin perder --------------------------------------------------------------------
def _no_se_deja():
    """Un modelo entrenado que falla al guardarse, con el archivo ya abierto."""
    from sklearn.linear_model import LinearRegression
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import FunctionTransformer

    modelo = make_pipeline(FunctionTransformer(lambda horas: horas / 7), LinearRegression())
    notas = horas_de_estudio(semilla=13)
    return modelo.fit(notas[["horas"]].to_numpy(), notas["nota"])


def comprueba_guardado(save_model):
    """Crea la carpeta, sustituye el anterior y, si algo falla, no deja rastro."""
    exige_funcion(save_model)
    with carpeta_vacia():
        ruta = Path("uno", "dos", "recta.joblib")
        intento = _prueba(save_model, _recta(), str(ruta))
        if isinstance(intento.error, FileNotFoundError):
            return mal(
                "no_crea_la_carpeta",
                vi="un `FileNotFoundError` con una ruta de dos carpetas nuevas",
                esperaba="que las creara",
                porque="joblib crea archivos y no carpetas, y `mkdir` sin más crea una sola",
                prueba="`Path(ruta).parent.mkdir(parents=True, exist_ok=True)`",
            )
        valor_de(intento, save_model, "recta", str(ruta))
        if problema := _no_esta_guardado(ruta, _recta()):
            return problema
        # Fuera de esa carpeta, que no puede quedar con nada más.
        pone_testigo(ruta, "testigo")
        primero = ruta.read_bytes()
        llama(save_model, _recta(12), str(ruta))
        if problema := _no_esta_guardado(ruta, _recta(12)):
            return problema
        encima = Path("testigo").read_bytes() != primero
        return (
            _si_falla(save_model, ruta)
            or (ESCRIBE_ENCIMA if encima else None)
            or bien("Crea la carpeta, sustituye de una vez y, si algo falla, deja lo que había.")
        )


def _no_esta_guardado(ruta, modelo):
    if not ruta.is_file():
        return mal(
            "no_guarda",
            vi=f"que no existe `{ruta.as_posix()}` después de guardar",
            esperaba="el modelo en la ruta que se dio",
            porque="se guarda con otro nombre, o falta mover el archivo de paso a su sitio",
            prueba="`os.replace(nuevo, ruta)` al final",
        )
    pregunta = f"import joblib\nrespuesta = joblib.load({ruta.name!r}).predict([[3], [8]]).tolist()"
    dadas = pregunta_aparte(pregunta, ruta)
    if dadas != modelo.predict([[3], [8]]).tolist():
        return mal(
            "otro_modelo",
            vi="que el archivo predice lo que predecía el modelo anterior, u otro",
            esperaba="lo que predice el último modelo que se guardó",
            porque="si ya hay un archivo no se sustituye, o se guarda siempre el mismo modelo",
            prueba="a guardar el argumento `modelo`, también cuando la ruta ya existe",
        )
    return None


def _si_falla(save_model, ruta):
    antes = ruta.read_bytes()
    intento = _prueba(save_model, _no_se_deja(), str(ruta))
    if intento.error is None:
        return mal(
            "calla_el_fallo",
            vi="que con un modelo que no se puede guardar no hay ningún error",
            esperaba="el error de joblib",
            porque="un `except` lo atrapa y la función termina como si hubiera guardado",
            prueba="`try` con `finally`, y sin `except`",
        )
    if not ruta.is_file() or ruta.read_bytes() != antes:
        return mal(
            "pierde_el_anterior",
            vi="que, tras un guardado que falla, el modelo anterior ya no está entero",
            esperaba="el archivo anterior, sin un byte cambiado",
            porque="abrir el archivo para escribir lo vacía antes de saber si se podrá",
            prueba="a escribir en un archivo de paso y usar `os.replace` solo al final",
        )
    if restos := sorted(archivo.name for archivo in ruta.parent.iterdir() if archivo != ruta):
        return mal(
            "deja_restos",
            vi=f"que tras un guardado que falla queda «{restos[0]}» en la carpeta",
            esperaba="solo el modelo anterior",
            porque="el archivo de paso se borra si todo va bien, y no si algo falla",
            prueba="`unlink(missing_ok=True)` del archivo de paso en un `finally`",
        )
    return None


# Se sabe porque el anterior tenía otro nombre: sustituirlo no lo cambia y escribir dentro sí.
ESCRIBE_ENCIMA = mal(
    "escribe_encima",
    vi="que el segundo guardado escribe dentro de «recta.joblib», el archivo bueno",
    esperaba="el anterior entero hasta que el nuevo esté completo",
    porque="preparar antes los bytes, con `BytesIO` o una copia, parece bastante; "
    "el disco puede llenarse después, a mitad de esa escritura",
    prueba="a escribir en un archivo de paso y usar `os.replace` solo al final",
)


# --- t4.3 · la ficha ------------------------------------------------------------------------------
CLAVES = ("clase", "scikit-learn", "columnas", "sha256", "bytes")
COLUMNAS = ["horas", "tamaño"]


def comprueba_ficha(escribe_ficha):
    """La ficha está al lado, se lee como JSON y dice lo que es cierto."""
    import joblib

    exige_funcion(escribe_ficha)
    with carpeta_vacia() as carpeta:
        ruta = carpeta / "notas.joblib"
        joblib.dump(_recta(), ruta)
        llama(escribe_ficha, _recta(), str(ruta), list(COLUMNAS))
        ficha = _lee_ficha(carpeta / "notas.joblib.json")
        return _juzga_ficha(ficha, ruta, COLUMNAS) or bien("La ficha dice qué es y de qué archivo.")


def _lee_ficha(ruta):
    if not ruta.is_file():
        raise Rechazo(
            mal(
                "falta_la_ficha",
                vi=f"que no existe «{ruta.name}»",
                esperaba="la ficha al lado del modelo, con `.json` detrás del nombre entero",
                porque='`with_suffix(".json")` quita `.joblib`, o la ficha no se escribe',
                prueba='`f"{ruta}.json"`',
            )
        )
    try:
        ficha = json.loads(ruta.read_text(encoding="utf-8"))
    except (ValueError, RecursionError):
        ficha = None
    if not isinstance(ficha, dict):
        raise Rechazo(
            mal(
                "no_es_json",
                vi=f"que «{ruta.name}» no es un diccionario escrito en JSON y UTF-8",
                esperaba="que cualquier programa pudiera leerla",
                porque="se escribe `str(ficha)`, o no se dice la codificación",
                prueba='`write_text(json.dumps(ficha), encoding="utf-8")`',
            )
        )
    if faltan := [clave for clave in CLAVES if clave not in ficha]:
        raise Rechazo(
            mal(
                "faltan_claves",
                vi=f"que a la ficha le falta {muestra(faltan[0])}",
                esperaba=f"estas claves: {', '.join(CLAVES)}",
                porque="se escriben con otro nombre, o con mayúsculas",
                prueba="a copiarlas del enunciado",
            )
        )
    return ficha


def _juzga_ficha(ficha, ruta, columnas):
    import sklearn

    datos = ruta.read_bytes()
    esperada = {
        "clase": "sklearn.linear_model._base.LinearRegression",
        "scikit-learn": sklearn.__version__,
        "columnas": columnas,
        "sha256": hashlib.sha256(datos).hexdigest(),
        "bytes": len(datos),
    }
    for clave, valor in esperada.items():
        if ficha[clave] != valor:
            return mal(
                "no_es_cierto",
                vi=f"en la clave {clave!r}, {muestra(ficha[clave])}",
                esperaba=muestra(valor),
                porque="se escribe lo de otro modelo, o la ficha se hizo antes de guardar",
                prueba="a calcular cada valor del archivo guardado y de los argumentos",
            )
    return None


# --- t4.4 · cargar --------------------------------------------------------------------------------
MARCA = "estuve_aqui.txt"


class Trampa:
    """Al cargarse deja un archivo vacío. Es inofensiva."""

    def __reduce__(self):
        """Lo que pide que se haga para reconstruirla."""
        return open, (MARCA, "w")


def comprueba_carga(load_model):
    """Carga lo que dice la ficha, y lo demás no llega a abrirlo."""
    import joblib

    exige_funcion(load_model)
    with carpeta_vacia():
        bueno = Path("notas.joblib")
        joblib.dump(_recta(), bueno)
        _ficha_de(bueno)
        cargado = llama(load_model, "notas.joblib")
        if not hasattr(cargado, "predict"):
            return mal(
                "no_da_el_modelo",
                vi=f"que devuelve {muestra(cargado)}",
                esperaba="el modelo",
                porque="falta el `return`, o se devuelve la ficha",
                prueba="`return joblib.load(...)` en la última línea",
            )
        return _rechaza_lo_demas(load_model, bueno.read_bytes())


def _ficha_de(ruta):
    ficha = dict.fromkeys(CLAVES) | {"sha256": hashlib.sha256(ruta.read_bytes()).hexdigest()}
    Path(f"{ruta}.json").write_text(json.dumps(ficha), encoding="utf-8")


def _rechaza_lo_demas(load_model, datos):
    otro = Path("cambiado.joblib")
    otro.write_bytes(datos)
    _ficha_de(otro)
    otro.write_bytes(datos[:-40] + bytes([datos[-40] ^ 1]) + datos[-39:])
    intento = _prueba(load_model, "cambiado.joblib")
    if not isinstance(intento.error, ValueError):
        return mal(
            "no_mira_la_huella",
            vi=f"que con un byte cambiado {_que_hizo(intento)}",
            esperaba="un `ValueError`",
            porque="no se compara la huella del archivo con la de su ficha",
            prueba='`hashlib.sha256(datos).hexdigest() != ficha["sha256"]`',
        )
    if "cambiado.joblib" not in str(intento.error):
        return mal(
            "no_nombra_el_archivo",
            vi=f"este texto: {muestra(str(intento.error))}",
            esperaba="que dijera qué archivo no es el de su ficha",
            porque="un error sin nombres obliga a buscar de qué habla",
            prueba="la ruta dentro del texto del error",
        )
    otro.write_bytes(pickle.dumps(Trampa()))
    _prueba(load_model, "cambiado.joblib")
    if Path(MARCA).exists():
        return mal(
            "abre_antes_de_mirar",
            vi="que un archivo que no es el de su ficha llegó a ejecutar lo suyo",
            esperaba="que no se abriera",
            porque="se carga primero y se compara después",
            prueba="`joblib.load` en la última línea, detrás de la comparación",
        )
    Path("sin_ficha.joblib").write_bytes(datos)
    for nombre in ("sin_ficha.joblib", "no_esta.joblib"):
        intento = _prueba(load_model, nombre)
        if not isinstance(intento.error, FileNotFoundError):
            return mal(
                "no_exige_los_dos",
                vi=f"que con «{nombre}» {_que_hizo(intento)}",
                esperaba="un `FileNotFoundError`: falta el modelo o su ficha",
                porque="se carga sin ficha, o se atrapa el error y se lanza otro",
                prueba="a leer la ficha siempre, sin `try`",
            )
    return bien("Carga lo que dice la ficha, y lo demás ni lo abre.")


# --- t4.5 · un modelo con su ficha ----------------------------------------------------------------
AVES = [[188, 18.2], [201, 19.9]]


def comprueba_entrega(modelo, ficha):
    """La ficha es la de su archivo y, en otro proceso, el modelo es el pedido."""
    if isinstance(modelo, str) and not Path(modelo).exists():
        return sin_responder(f"No hay ningún archivo `{modelo[:60]}`.")
    ruta, de_la_ficha = exige_archivo(modelo), exige_archivo(ficha)
    if (que_es := formato(ruta)) != "joblib":
        return mal(
            "no_es_de_joblib",
            vi=f"que «{ruta.name}» es {que_es}",
            esperaba="un modelo guardado con joblib y sin comprimir, como en el ejercicio 2",
            porque="se guarda con otra función, o se guarda otra cosa",
            prueba="`save_model`, la tuya",
        )
    columnas = ["largo_aleta_mm", "alto_pico_mm"]
    if problema := _juzga_ficha(_lee_ficha(de_la_ficha), ruta, columnas):
        return problema
    pregunta = f"import joblib\nrespuesta = joblib.load({ruta.name!r}).predict({AVES}).tolist()"
    dadas, esperadas = pregunta_aparte(pregunta, ruta), _de_dream().predict(AVES).tolist()
    if any(abs(a - b) > 1e-3 for a, b in zip(dadas, esperadas, strict=True)):
        return mal(
            "no_es_de_dream",
            vi=f"que con {AVES[0]} predice {dadas[0]:.0f} gramos",
            esperaba="lo que predice una recta entrenada solo con las aves de `Dream`",
            porque="se entrena con todas las aves, o con las columnas en otro orden",
            prueba='`aves[aves["isla"] == "Dream"]` antes de entrenar',
        )
    return bien("El modelo pedido, con una ficha que lo describe.")


def _de_dream():
    from sklearn.linear_model import LinearRegression

    aves = pinguinos().dropna()
    aves = aves[aves["isla"] == "Dream"]
    medidas = aves[["largo_aleta_mm", "alto_pico_mm"]].to_numpy()
    return LinearRegression().fit(medidas, aves["masa_corporal_g"])
