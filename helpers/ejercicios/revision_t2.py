"""Las revisiones de la tarea 2: explican cada fallo con ejemplos que no son los de la nota."""

import base64
import tempfile
from pathlib import Path

from helpers.datos import horas_de_estudio, pinguinos
from helpers.ejercicios.archivos import exige_archivo, pregunta_aparte
from helpers.ejercicios.ejecucion import exige_funcion, intenta, valor_de
from helpers.ejercicios.preguntas import Pregunta, juzga_tabla
from helpers.ejercicios.resultado import Rechazo, bien, mal, muestra, sin_responder
from helpers.ejercicios.sorpresa import FIRMA, esconde_una_llamada
from helpers.inspeccion import COMPRIMIDOS, formato, globales

# --- t2.1 · cuatro archivos ----------------------------------------------------------------------
METODOS = ("pickle", "joblib", "dill", "skops")
AVES = [[185, 19], [230, 16]]
CASI_NADA = 1e-6  # gramos
CARGA = """
import joblib, skops.io
for nombre in nombres:
    if nombre.endswith("skops"):
        modelo = skops.io.load(nombre, trusted=skops.io.get_untrusted_types(file=nombre))
    else:
        modelo = joblib.load(nombre)
    respuesta[nombre] = modelo.predict(filas)
"""


def comprueba_archivos(*nombres):
    """Cada archivo es de su método y, en otro proceso, predice lo que predice el bosque."""
    if not any(isinstance(nombre, str) and Path(nombre).exists() for nombre in nombres):
        return sin_responder("No hay ninguno de los cuatro archivos.")
    rutas = [exige_archivo(nombre) for nombre in nombres]
    for ruta, metodo in zip(rutas, METODOS, strict=True):
        _exige_metodo(ruta, metodo)
    en_pickle, en_joblib = (ruta.stat().st_size for ruta in rutas[:2])
    if en_joblib * 2 >= en_pickle:
        return mal(
            "sin_comprimir",
            vi=f"que «{rutas[1].name}» ocupa {en_joblib} bytes y «{rutas[0].name}», {en_pickle}",
            esperaba="menos de la mitad",
            porque="joblib no comprime si no se le pide",
            prueba="a dar a `joblib.dump` el argumento `compress`",
        )
    datos = f"nombres, filas, respuesta = {[ruta.name for ruta in rutas]}, {AVES}, {{}}"
    esperadas = _bosque().predict(AVES)
    for nombre, dadas in pregunta_aparte(datos + CARGA, *rutas).items():
        if any(abs(a - b) > CASI_NADA for a, b in zip(dadas, esperadas, strict=True)):
            return mal(
                "otro_modelo",
                vi=f"que el modelo de «{nombre}» predice {dadas[0]:.0f} y {dadas[1]:.0f} gramos",
                esperaba=f"{esperadas[0]:.0f} y {esperadas[1]:.0f}, que es lo que predice `bosque`",
                porque="se guarda otro modelo, o se entrena de nuevo con otra semilla",
                prueba="a guardar `bosque` tal como sale de su celda",
            )
    return bien("Cuatro archivos, cuatro métodos y las mismas predicciones en otro proceso.")


def _exige_metodo(ruta, metodo):
    que_es = formato(ruta)
    esperados = {"joblib": ("joblib", *COMPRIMIDOS), "skops": ("skops",)}.get(metodo, ("pickle",))
    if que_es not in esperados:
        raise Rechazo.por(
            "otro_formato",
            vi=f"que «{ruta.name}» es {que_es}",
            esperaba=f"un archivo escrito con {metodo}",
            porque="la extensión no elige el método: lo elige la función que escribe",
            prueba=f"a mirar qué función escribe «{ruta.name}»",
        )
    de_dill = any(nombre.startswith("dill.") for nombre in globales(ruta).nombres)
    if metodo in ("pickle", "dill") and de_dill != (metodo == "dill"):
        raise Rechazo.por(
            "no_es_su_metodo",
            vi=f"que «{ruta.name}» {'pide algo' if de_dill else 'no pide nada'} de dill",
            esperaba=f"un archivo escrito con {metodo}",
            porque="pickle y dill se escriben igual y es fácil copiar una línea y no cambiarla",
            prueba=f"`{metodo}.dump` en la línea que escribe «{ruta.name}»",
        )


def _bosque():
    from sklearn.ensemble import RandomForestRegressor

    aves = pinguinos().dropna()
    medidas = aves[["largo_aleta_mm", "alto_pico_mm"]].to_numpy()
    masas = aves["masa_corporal_g"].to_numpy()
    return RandomForestRegressor(20, random_state=3).fit(medidas, masas)


# --- t2.2 · una clase que se guarda ---------------------------------------------------------------
NOMBRE, VALORES, ANTES = "enero", [3.5, 8.0], "lo de antes\n"
GUARDA = f"""
import base64, pickle
from registro import Registro
registro = Registro({NOMBRE!r})
for valor in {VALORES!r}:
    registro.anota(valor)
try:
    respuesta = {{"guardado": base64.b64encode(pickle.dumps(registro)).decode()}}
    registro.anota(1.0)
    registro.bitacora.close()
except TypeError as error:
    respuesta = {{"no se guarda": str(error)}}
except (AttributeError, ValueError, KeyError) as error:
    respuesta["original"] = type(error).__name__
"""
SIGUE = f"""
import pickle
from pathlib import Path
registro = pickle.loads(Path("guardado.pkl").read_bytes())
respuesta = [getattr(registro, "nombre", None), list(getattr(registro, "predicciones", []))]
try:
    registro.anota(9.5)
    registro.bitacora.close()
    respuesta += [list(registro.predicciones), Path("{NOMBRE}.txt").read_text(encoding="utf-8")]
except (AttributeError, ValueError, OSError) as error:
    respuesta.append(f"{{type(error).__name__}}: {{error}}")
"""


def comprueba_registro(nombre):
    """Se guarda en un proceso, se carga en otro y los dos objetos siguen anotando."""
    ruta = exige_archivo(nombre)
    codigo = ruta.read_text(encoding="utf-8", errors="replace")
    if r"class Registro" not in codigo:
        if "class" not in codigo:
            return sin_responder(f"Escribe la clase en «{ruta.name}».")
        return mal(
            "falta_la_clase",
            vi=f"que «{ruta.name}» no tiene ninguna clase `Registro`",
            esperaba="la clase, con su nombre",
            porque="se le cambia el nombre al reescribirla, y el archivo guardado lo busca",
            prueba="`class Registro:` en la primera línea",
        )
    guardado = pregunta_aparte(GUARDA, ruta)
    if "no se guarda" in guardado:
        return mal(
            "no_se_guarda",
            vi=f"este error al guardar: {guardado['no se guarda'][:80]}",
            esperaba="que el archivo abierto quedara fuera",
            porque="pickle guarda todos los atributos si la clase no dice otra cosa",
            prueba="`__getstate__`, que devuelve un diccionario con lo que sí se guarda",
        )
    if "original" in guardado:
        return mal(
            "rompe_el_original",
            vi=f"que, después de guardarlo, el objeto ya no anota: {guardado['original']}",
            esperaba="que siguiera como antes de guardarlo",
            porque="`self.__dict__` es el del propio objeto: quitarle una clave lo cambia",
            prueba="a quitarla de una copia, o a devolver un diccionario nuevo",
        )
    return _despues_de_cargar(ruta, base64.b64decode(guardado["guardado"]))


def _despues_de_cargar(ruta, guardado):
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as carpeta:
        pickle_, texto = Path(carpeta, "guardado.pkl"), Path(carpeta, f"{NOMBRE}.txt")
        pickle_.write_bytes(guardado)
        texto.write_text(ANTES, encoding="utf-8")
        nombre, predicciones, *resto = pregunta_aparte(SIGUE, ruta, pickle_, texto)
    if (nombre, predicciones) != (NOMBRE, VALORES):
        return mal(
            "pierde_datos",
            vi=f"que, cargado en otro proceso, su nombre es {muestra(nombre)} y sus predicciones, "
            f"{muestra(predicciones)}",
            esperaba=f"{NOMBRE!r} y {VALORES}",
            porque="al cargar se crea un objeto nuevo, o `__getstate__` no devuelve los dos",
            prueba='`{"nombre": …, "predicciones": …}` al guardar, y ponerlos los dos al cargar',
        )
    if len(resto) == 1:
        return mal(
            "no_sigue",
            vi=f"que el objeto cargado no anota: {resto[0][:80]}",
            esperaba="que abriera su archivo de texto al cargarse",
            porque="al cargar no se llama a `__init__`",
            prueba="`__setstate__`, que recibe lo guardado y puede abrir el archivo",
        )
    if resto != [[*VALORES, 9.5], f"{ANTES}9.5\n"]:
        return mal(
            "borra_lo_anterior",
            vi=f"que en `{NOMBRE}.txt` queda {muestra(resto[1])}",
            esperaba="lo que había y, detrás, lo nuevo",
            porque='el modo "w" vacía el archivo al abrirlo',
            prueba='el modo "a", que añade al final, como en la clase de partida',
        )
    return bien("Guarda lo que es suyo, y al cargar rehace lo que no se puede guardar.")


# --- t2.3 · una lista escrita a mano --------------------------------------------------------------
NOTAS = horas_de_estudio(semilla=5)
HORAS = [[2.0], [9.0], [15.0]]


def comprueba_vecinos(predice_vecinos):
    """Carga otros modelos de vecinos y se niega a cargar lo que pide otra cosa."""
    exige_funcion(predice_vecinos)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as carpeta:
        rutas = escribe_vecinos(Path(carpeta))
        intento = intenta(predice_vecinos, str(rutas["bueno"]), HORAS)
        if "CVE-2024-37065" in str(intento.error):
            return mal(
                "trusted_true",
                vi="`trusted=True`",
                esperaba="una lista de tipos",
                porque="los tutoriales anteriores a skops 0.10 lo escriben así",
                prueba='`trusted=["…", "…"]`, con los dos nombres entre comillas',
            )
        if type(intento.error).__name__ == "UntrustedTypesFoundException":
            return mal(
                "no_aprueba_lo_normal",
                vi="que se niega a cargar un modelo de vecinos corriente",
                esperaba="que aprobaras los dos tipos que pide",
                porque="falta uno, o el nombre no lleva delante su módulo entero",
                prueba="a copiar los dos nombres que imprime la celda anterior",
            )
        dadas = valor_de(intento, predice_vecinos, rutas["bueno"].name, HORAS)
        if problema := _otras_predicciones(dadas):
            return problema
        for nombre in ("otra distancia", "con sorpresa"):
            ante = intenta(predice_vecinos, str(rutas[nombre]), HORAS)
            if ante.error is None or FIRMA in ante.impreso:
                return _carga_de_mas(nombre)
    return bien("Carga los modelos de vecinos, y nada que pida otra cosa.")


def _otras_predicciones(dadas):
    dadas = dadas.tolist() if hasattr(dadas, "tolist") else dadas
    if not isinstance(dadas, list | tuple):
        return mal(
            "no_da_lista",
            vi=f"que devuelve {muestra(dadas)}",
            esperaba="una lista con una predicción por fila",
            porque="se devuelve el modelo, o falta el `return`",
            prueba="`return sio.load(…).predict(filas).tolist()`",
        )
    esperadas = _vecinos().predict(HORAS).tolist()
    if list(dadas) != esperadas:
        return mal(
            "otras_predicciones",
            vi=f"{muestra(dadas)} con un modelo que predice {muestra(esperadas)}",
            esperaba="las predicciones del modelo que hay en `ruta`",
            porque='está escrito "vecinos.skops", o las filas del ejemplo, dentro de la función',
            prueba="a usar los dos argumentos, `ruta` y `filas`",
        )
    return None


def _carga_de_mas(nombre):
    if nombre == "otra distancia":
        return mal(
            "aprueba_de_mas",
            vi="que carga un modelo que mide las distancias de otra manera, `ManhattanDistance64`",
            esperaba="el error de skops: ese tipo no está en tu lista",
            porque="la lista sale del propio archivo, lleva nombres de más o se atrapa el error",
            prueba="una lista con los dos nombres escritos, y sin `try`",
        )
    return mal(
        "aprueba_una_funcion",
        vi="que carga un archivo que pide `builtins.print`, y que `print` se ejecutó",
        esperaba="el error de skops, antes de ejecutar nada",
        porque="los nombres se aprueban según cómo empiezan, o se mira el modelo ya cargado",
        prueba="una lista con los dos nombres escritos, y nada más",
    )


def _vecinos(**opciones):
    from sklearn.neighbors import KNeighborsRegressor

    return KNeighborsRegressor(3, **opciones).fit(NOTAS[["horas"]].to_numpy(), NOTAS["nota"])


def escribe_vecinos(carpeta):
    """Escribe tres archivos de skops: uno bueno, uno con otra distancia y uno que imprime."""
    import skops.io as sio

    rutas = {n: carpeta / f"{n}.skops" for n in ("bueno", "otra distancia", "con sorpresa")}
    sio.dump(_vecinos(), rutas["bueno"])
    sio.dump(_vecinos(metric="manhattan"), rutas["otra distancia"])
    esconde_una_llamada(rutas["bueno"], rutas["con sorpresa"])
    return rutas


# --- t2.4 · cuatro encargos -----------------------------------------------------------------------
OPCIONES = ("pickle", "joblib comprimido", "joblib sin comprimir", "dill", "skops", "ninguno")
ENCARGOS = {
    "a": Pregunta(
        "un bosque por una conexión lenta",
        frozenset({"joblib comprimido"}),
        {
            "pickle/joblib sin comprimir/dill/skops": (
                "otra opción: por una conexión lenta, lo que cuenta son los bytes",
                "todas guardan el bosque; se olvida mirar cuánto ocupa",
            ),
            "ninguno": (
                "alguna: los dos equipos tienen las mismas versiones",
                "400 MB parecen demasiados",
            ),
        },
        "cuánto ocupan `aves.pkl` y `aves.joblib`",
    ),
    "b": Pregunta(
        "modelos de cualquiera",
        frozenset({"skops"}),
        {
            "pickle/joblib comprimido/joblib sin comprimir/dill": (
                "otra opción: con esa, quien manda el archivo ejecuta código en el servidor",
                "se piensa en quien guarda, y el riesgo lo corre quien carga",
            ),
            "ninguno": (
                "alguna: hay un método con el que se mira lo que pide el archivo antes de cargarlo",
                "no fiarse de nadie parece obligar a no cargar nada",
            ),
        },
        "el ejercicio t2.3",
    ),
    "c": Pregunta(
        "una lambda, sin tu código",
        frozenset({"dill"}),
        {
            "pickle/joblib comprimido/joblib sin comprimir": (
                "otra opción: esa guarda el nombre, y el de una lambda no se puede buscar",
                "en tu cuaderno se piensa que basta con que el modelo funcione",
            ),
            "skops": (
                "otra opción: skops guarda el archivo y falla al cargar la lambda",
                "guardar sin errores parece guardar bien",
            ),
            "ninguno": (
                "alguna: hay un método que lleva el código dentro",
                "una lambda parece imposible de guardar",
            ),
        },
        "la lección 02c",
    ),
    "d": Pregunta(
        "otro lenguaje",
        frozenset({"ninguno"}),
        {
            "pickle/joblib comprimido/joblib sin comprimir/dill/skops": (
                "otra opción: con esa, quien carga necesita Python y scikit-learn",
                "se elige un método antes de mirar qué necesita quien carga",
            ),
        },
        "la tarea 1: con dos números basta",
    ),
}


def comprueba_encargos(encargos):
    """Explica la primera opción que no conviene."""
    return juzga_tabla(encargos, ENCARGOS, OPCIONES, "Cada encargo tiene su condición.")
