"""Respuestas a los ejercicios de la tarea 4: lo que dice su revisión y los puntos que valen."""

from escritas import para

from helpers.ejercicios.resultado import Estado

bien, mal = para("t4_guia")
ERROR, EN_BLANCO = Estado.ERROR_TUYO, Estado.SIN_RESPONDER


def cambia(codigo, *pares):
    """Un código con unas palabras cambiadas por otras."""
    for antes, despues in pares:
        assert antes in codigo
        codigo = codigo.replace(antes, despues)
    return codigo


# --- t4.1 ----------------------------------------------------------------------------------------
EXIGE = """
from sklearn.utils.validation import check_is_fitted

def exige_modelo(objeto):
    if not hasattr(objeto, "predict"):
        raise TypeError(f"{type(objeto).__name__} no tiene predict")
    check_is_fitted(objeto)
"""
SIN_TIPO = cambia(EXIGE, ("TypeError", "ValueError"))
SOLO_TIPO = cambia(EXIGE, ("    check_is_fitted(objeto)\n", ""))
SIN_NOMBRE = cambia(EXIGE, ('f"{type(objeto).__name__} no tiene predict"', '"no es un modelo"'))
SOLO_RECTAS = """
def exige_modelo(objeto):
    if not hasattr(objeto, "predict"):
        raise TypeError(f"{type(objeto).__name__} no tiene predict")
    if not hasattr(objeto, "coef_"):
        raise ValueError(f"{type(objeto).__name__} no está entrenado")
"""
AL_REVES = cambia(EXIGE, ("not hasattr", "hasattr"))

# --- t4.2 ----------------------------------------------------------------------------------------
GUARDA = """
def save_model(modelo, ruta):
    ruta = Path(ruta)
    ruta.parent.mkdir(parents=True, exist_ok=True)
    nuevo = ruta.with_name(f"{ruta.name}.nuevo")
    try:
        joblib.dump(modelo, nuevo)
        os.replace(nuevo, ruta)
    finally:
        nuevo.unlink(missing_ok=True)
"""
DIRECTO = """
def save_model(modelo, ruta):
    Path(ruta).parent.mkdir(parents=True, exist_ok=True)
    joblib.dump(modelo, ruta)
"""
EN_MEMORIA = """
import io

def save_model(modelo, ruta):
    Path(ruta).parent.mkdir(parents=True, exist_ok=True)
    caja = io.BytesIO()
    joblib.dump(modelo, caja)
    nuevo = Path(f"{ruta}.nuevo")
    nuevo.write_bytes(caja.getvalue())
    nuevo.replace(ruta)
"""
EN_MEMORIA_Y_ENCIMA = cambia(
    EN_MEMORIA, ('Path(f"{ruta}.nuevo")', "Path(ruta)"), ("    nuevo.replace(ruta)\n", "")
)
CON_COPIA = cambia(GUARDA, ("os.replace(nuevo, ruta)", "import shutil; shutil.copy(nuevo, ruta)"))
EN_OTRA_CARPETA = """
import shutil, tempfile

def save_model(modelo, ruta):
    ruta = Path(ruta)
    ruta.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=ruta.parent) as carpeta:
        joblib.dump(modelo, Path(carpeta, ruta.name))
        shutil.move(Path(carpeta, ruta.name), ruta)
"""
BORRA_LO_SUYO = """
def save_model(modelo, ruta):
    Path(ruta).parent.mkdir(parents=True, exist_ok=True)
    habia = Path(ruta).exists()
    try:
        joblib.dump(modelo, ruta)
    except Exception:
        if not habia:
            Path(ruta).unlink()
        raise
"""
SIN_CARPETA = cambia(GUARDA, ("    ruta.parent.mkdir(parents=True, exist_ok=True)\n", ""))
CON_RESTOS = """
def save_model(modelo, ruta):
    ruta = Path(ruta)
    ruta.parent.mkdir(parents=True, exist_ok=True)
    nuevo = ruta.with_name(f"{ruta.name}.nuevo")
    joblib.dump(modelo, nuevo)
    os.replace(nuevo, ruta)
"""
SE_CALLA = cambia(GUARDA, ("    finally:", "    except Exception as error:\n        print(error)"))
NO_SUSTITUYE = cambia(GUARDA, ("    try:\n", "    if ruta.exists():\n        return\n    try:\n"))
NO_MUEVE = cambia(GUARDA, ("        os.replace(nuevo, ruta)\n", ""))

# --- t4.3 ----------------------------------------------------------------------------------------
FICHA = """
import sklearn

def escribe_ficha(modelo, ruta, columnas):
    clase, datos = type(modelo), Path(ruta).read_bytes()
    ficha = {
        "clase": f"{clase.__module__}.{clase.__qualname__}",
        "scikit-learn": sklearn.__version__,
        "columnas": columnas,
        "sha256": hashlib.sha256(datos).hexdigest(),
        "bytes": len(datos),
    }
    Path(f"{ruta}.json").write_text(json.dumps(ficha), encoding="utf-8")
"""

# --- t4.4 ----------------------------------------------------------------------------------------
CARGA = """
import io

def load_model(ruta):
    ficha = json.loads(Path(f"{ruta}.json").read_text(encoding="utf-8"))
    datos = Path(ruta).read_bytes()
    if hashlib.sha256(datos).hexdigest() != ficha["sha256"]:
        raise ValueError(f"{ruta} no es el archivo de su ficha")
    return joblib.load(io.BytesIO(datos))
"""
CARGA_TARDE = """
def load_model(ruta):
    ficha = json.loads(Path(f"{ruta}.json").read_text(encoding="utf-8"))
    modelo = joblib.load(ruta)
    if hashlib.sha256(Path(ruta).read_bytes()).hexdigest() != ficha["sha256"]:
        raise ValueError(f"{ruta} no es el archivo de su ficha")
    return modelo
"""
TODO_ES_VALOR = """
import io

def load_model(ruta):
    try:
        ficha = json.loads(Path(f"{ruta}.json").read_text(encoding="utf-8"))
        datos = Path(ruta).read_bytes()
    except OSError:
        raise ValueError(f"falta {ruta}")
    if hashlib.sha256(datos).hexdigest() != ficha["sha256"]:
        raise ValueError(f"{ruta} no es el archivo de su ficha")
    return joblib.load(io.BytesIO(datos))
"""

# --- t4.5 ----------------------------------------------------------------------------------------
ENTREGA = """
de_dream = aves[aves["isla"] == "Dream"]
dream = LinearRegression().fit(de_dream[columnas].to_numpy(), de_dream["masa_corporal_g"])
Path("modelos").mkdir(exist_ok=True)
joblib.dump(dream, "modelos/dream.joblib")
import sklearn
datos = Path("modelos/dream.joblib").read_bytes()
ficha = {"clase": "sklearn.linear_model._base.LinearRegression", "columnas": columnas,
         "scikit-learn": sklearn.__version__, "bytes": len(datos),
         "sha256": hashlib.sha256(datos).hexdigest()}
Path("modelos/dream.joblib.json").write_text(json.dumps(ficha), encoding="utf-8")
"""
FICHA_ANTES = ENTREGA + """
joblib.dump(dream.fit(X[:9], y[:9]), "modelos/dream.joblib")
"""  # fmt: skip

ESCRITAS = [
    bien("t4.1", EXIGE, 1, "y por qué"),
    mal("t4.1", SIN_TIPO, 0.5, "otro_error", "un `TypeError`"),
    mal("t4.1", SOLO_TIPO, 0.5, "otro_error", "un árbol sin entrenar devuelve None"),
    mal("t4.1", SIN_NOMBRE, 0.5, "no_nombra_la_clase", "nombrara a `dict`"),
    mal("t4.1", AL_REVES, 0, "rechaza_lo_bueno", "al revés"),
    mal("t4.1", cambia(SOLO_RECTAS, ('"coef_"', '"n_iter_"')), 0, "rechaza_lo_bueno",
        "no tienen todos los modelos"),
    mal("t4.1", SOLO_RECTAS, 0, "rechaza_lo_bueno", "un árbol entrenado"),
    mal("t4.1", cambia(EXIGE, ("from sklearn.utils.validation import check_is_fitted\n", ""),
        ("check_is_fitted", "esta_entrenado")), 0, "lanza_excepcion", "esta_entrenado", ERROR),
    mal("t4.1", cambia(EXIGE, ("raise TypeError", "return TypeError")), 0.5, "otro_error",
        "en lugar de lanzarlo"),
    mal("t4.1", "def exige_modelo(objeto):\n    return True", 0, "otro_error", "devuelve True"),
    bien("t4.2", GUARDA, 2, "Crea la carpeta"),
    bien("t4.2", EN_MEMORIA, 2, "Crea la carpeta"),
    bien("t4.2", EN_OTRA_CARPETA, 2, "Crea la carpeta"),
    mal("t4.2", EN_MEMORIA_Y_ENCIMA, 1, "escribe_encima", "`BytesIO`"),
    mal("t4.2", CON_COPIA, 1, "escribe_encima", "dentro de «recta.joblib»"),
    mal("t4.2", DIRECTO, 1, "pierde_el_anterior", "lo vacía antes"),
    mal("t4.2", BORRA_LO_SUYO, 1, "pierde_el_anterior", "sin un byte cambiado"),
    mal("t4.2", SIN_CARPETA, 1, "no_crea_la_carpeta", "crea una sola"),
    mal("t4.2", cambia(GUARDA, ("parents=True, ", "")), 1, "no_crea_la_carpeta", "crea una sola"),
    mal("t4.2", cambia(GUARDA, ("ruta.parent.mkdir(parents=True, exist_ok=True)",
        "os.makedirs(os.path.dirname(ruta), exist_ok=True)")), 1, "exige_carpeta", "texto vacío"),
    mal("t4.2", CON_RESTOS, 1, "deja_restos", "en un `finally`"),
    mal("t4.2", SE_CALLA, 1, "calla_el_fallo", "sin `except`"),
    mal("t4.2", NO_SUSTITUYE, 0, "otro_modelo", "no se sustituye"),
    mal("t4.2", NO_MUEVE, 0, "no_guarda", "mover el archivo de paso"),
    bien("t4.3", FICHA, 1, "La ficha dice qué es"),
    bien("t4.3", cambia(FICHA, ("json.dumps(ficha)", "json.dumps(ficha, ensure_ascii=False)")), 1,
         "La ficha dice qué es"),
    mal("t4.3", cambia(FICHA, ('Path(f"{ruta}.json")', 'Path(ruta).with_suffix(".json")')), 0,
        "falta_la_ficha", "quita `.joblib`"),
    mal("t4.3", cambia(FICHA, ("json.dumps(ficha)", "str(ficha)")), 0, "no_es_json",
        "cualquier programa"),
    mal("t4.3", cambia(FICHA, ('"columnas"', '"Columnas"')), 0.5, "faltan_claves", "'columnas'"),
    mal("t4.3", cambia(FICHA, ('f"{clase.__module__}.{clase.__qualname__}"', "clase.__name__")),
        0.5, "no_es_cierto", "'clase'"),
    mal("t4.3", cambia(FICHA, ("sha256(datos)", "sha256(joblib.hash(modelo).encode())")), 0.5,
        "no_es_cierto", "'sha256'"),
    mal("t4.3", cambia(FICHA, ("len(datos)", "len(str(modelo))")), 0.5, "no_es_cierto",
        "'bytes'"),
    bien("t4.4", CARGA, 2, "ni lo abre"),
    mal("t4.4", CARGA_TARDE, 1, "abre_antes_de_mirar", "se compara después"),
    mal("t4.4", "def load_model(ruta):\n    return joblib.load(ruta)", 1, "no_mira_la_huella",
        "un byte cambiado"),
    mal("t4.4", cambia(CARGA, ('f"{ruta} no es el archivo de su ficha"', '"no es el archivo"')), 1,
        "no_nombra_el_archivo", "qué archivo no es"),
    mal("t4.4", TODO_ES_VALOR, 1, "no_exige_los_dos", "se lanza otro"),
    mal("t4.4", cambia(CARGA, ("return joblib.load(io.BytesIO(datos))", "return ficha")), 0,
        "no_da_el_modelo", "se devuelve la ficha"),
    mal("t4.4", cambia(CARGA, ("!=", "==")), 0, "rechaza_el_bueno", "está al revés"),
    mal("t4.4", cambia(CARGA, ("sha256(datos)", "sha256(ruta.encode())")), 0, "rechaza_el_bueno",
        "de la ruta y no de los bytes"),
    mal("t4.4", cambia(CARGA, ("if hash", "assert hash"), ("!=", "=="), (":\n        raise Value"
        "Error(f", ", (f")), 1, "no_mira_la_huella", "compara con `assert`"),
    bien("t4.5", ENTREGA, 1, "una ficha que lo describe"),
    bien("t4.5", cambia(ENTREGA, ('["masa_corporal_g"]', '[["masa_corporal_g"]]')), 1, "una ficha"),
    mal("t4.5", "dream = None", 0, "sin_responder", "ningún archivo", EN_BLANCO),
    mal("t4.5", cambia(ENTREGA, ('aves[aves["isla"] == "Dream"]', "aves")), 0.5, "no_es_de_dream",
        "con todas las aves"),
    mal("t4.5", cambia(ENTREGA, ("de_dream[columnas]", "de_dream[columnas[::-1]]")), 0.5,
        "no_es_de_dream", "en otro orden"),
    mal("t4.5", cambia(ENTREGA, ('joblib"', 'joblib", compress=3'), ('joblib", compress=3)'
        '.read_bytes', 'joblib").read_bytes')), 1, "no_es_de_joblib", "es zlib"),
    mal("t4.5", cambia(ENTREGA, ("dump(dream,", "dump(dream.coef_,")), 0.5, "falla_en_otro_proceso",
        "predict", ERROR),
    mal("t4.5", FICHA_ANTES, 0, "no_es_cierto", "antes de guardar"),
    mal("t4.5", cambia(ENTREGA, ("dream.joblib.json", "dream.json")), 0.5, "no_existe",
        "dream.joblib.json"),
]  # fmt: skip
CASOS = [escrita.caso() for escrita in ESCRITAS]
