"""Respuestas a los ejercicios del proyecto final, con el mensaje que recibe cada una."""

import contextlib
import hashlib
import io
import json
import platform
import shutil
import tempfile
from pathlib import Path

import joblib
import numpy as np
import sklearn
from sklearn.linear_model import LinearRegression

from casos import Caso
from helpers import load_model, save_model
from helpers.ejercicios.resultado import Estado
from helpers.inspeccion import globales
from helpers.variantes import EJEMPLO, mis_horas_de_estudio

QUIEN = "Persistencia 2026", "Ana López Núñez"
DATOS = mis_horas_de_estudio(*QUIEN)
COLUMNAS = ["horas", "faltas"]
MODELO = "modelo.joblib"


def caso(codigo, respuesta, mensaje, fragmento, estado=Estado.INCORRECTO):
    """Un caso cuya respuesta no depende de ningún archivo."""
    return Caso(codigo, lambda: (respuesta,), mensaje, fragmento, estado)


def bien(codigo, respuesta, fragmento):
    return caso(codigo, respuesta, "bien", fragmento, Estado.CORRECTO)


# --- 08.1 ----------------------------------------------------------------------------------------
def entrena(datos=DATOS, columnas=COLUMNAS):
    return LinearRegression().fit(datos[columnas], datos["nota"])


def archivo(objeto, mensaje, fragmento, estado=Estado.INCORRECTO, quien=QUIEN):
    """Un caso que deja `modelo.joblib`: un objeto o, si son bytes, esos bytes."""

    def prepara():
        if isinstance(objeto, bytes):
            Path(MODELO).write_bytes(objeto)
        else:
            joblib.dump(objeto, MODELO)
        return (*quien, MODELO)

    return Caso("08.1", prepara, mensaje, fragmento, estado)


EN_COLUMNA = LinearRegression().fit(DATOS[COLUMNAS], DATOS[["nota"]])
EL_DE_OTRO = entrena(mis_horas_de_estudio(QUIEN[0], "Luis Gil"))


# --- 08.2 ----------------------------------------------------------------------------------------
def redacta(modelo, contenido):
    clase = type(modelo)
    return {
        "clase": f"{clase.__module__}.{clase.__qualname__}",
        "versiones": {"python": platform.python_version(), "scikit-learn": sklearn.__version__},
        "columnas": list(modelo.feature_names_in_),
        "sha256": hashlib.sha256(contenido).hexdigest(),
        "bytes": len(contenido),
    }


def con_ficha(mensaje, fragmento, estado=Estado.INCORRECTO, texto=None, **cambios):
    """Un caso con modelo y ficha; la ficha lleva lo que se cambie, o es ese texto."""

    def prepara():
        joblib.dump(entrena(), MODELO)
        ficha = redacta(entrena(), Path(MODELO).read_bytes()) | cambios
        ficha = {clave: valor for clave, valor in ficha.items() if valor is not None}
        Path(f"{MODELO}.json").write_text(texto or json.dumps(ficha), encoding="utf-8")
        return (MODELO,)

    return Caso("08.2", prepara, mensaje, fragmento, estado)


def sin_ficha():
    joblib.dump(entrena(), MODELO)
    return (MODELO,)


# --- 08.3 ----------------------------------------------------------------------------------------
def escribe_ficha(modelo, ruta, de=None):
    ficha = redacta(modelo, Path(de or ruta).read_bytes())
    Path(f"{ruta}.json").write_text(json.dumps(ficha), encoding="utf-8")


def guarda(modelo, ruta):
    nuevo = f"{ruta}.nuevo"
    joblib.dump(modelo, nuevo)
    escribe_ficha(modelo, nuevo)
    Path(nuevo).replace(ruta)
    Path(f"{nuevo}.json").replace(f"{ruta}.json")


def con_save_model(modelo, ruta):
    save_model(modelo, ruta)


def a_lo_bruto(modelo, ruta):
    joblib.dump(modelo, ruta)
    escribe_ficha(modelo, ruta)


def borra_antes(modelo, ruta):
    Path(ruta).unlink(missing_ok=True)
    guarda(modelo, ruta)


def en_memoria_y_encima(modelo, ruta):
    caja = io.BytesIO()
    joblib.dump(modelo, caja)
    Path(ruta).write_bytes(caja.getvalue())
    escribe_ficha(modelo, ruta)


def con_copia_al_final(modelo, ruta):
    guarda(modelo, f"{ruta}.paso")
    shutil.copyfile(f"{ruta}.paso", ruta)
    shutil.copyfile(f"{ruta}.paso.json", f"{ruta}.json")


def con_respaldo(modelo, ruta):
    """Repone lo que había si falla; si el proceso muere, no queda quien lo reponga."""
    respaldo = f"{ruta}.respaldo"
    if Path(ruta).exists():
        shutil.copyfile(ruta, respaldo)
    try:
        joblib.dump(modelo, ruta)
    except RuntimeError:
        Path(respaldo).replace(ruta)
        raise
    escribe_ficha(modelo, ruta)


def la_ficha_encima(modelo, ruta):
    joblib.dump(modelo, f"{ruta}.nuevo")
    Path(f"{ruta}.nuevo").replace(ruta)
    escribe_ficha(modelo, ruta)


def en_otra_carpeta(modelo, ruta):
    with tempfile.TemporaryDirectory(dir=Path(ruta).parent) as carpeta:
        nuevo = Path(carpeta, Path(ruta).name)
        guarda(modelo, nuevo)
        shutil.move(nuevo, ruta)
        shutil.move(f"{nuevo}.json", f"{ruta}.json")


def en_memoria_y_aparte(modelo, ruta):
    caja = io.BytesIO()
    joblib.dump(modelo, caja)
    ficha = json.dumps(redacta(modelo, caja.getvalue()))
    for sitio, datos in ((ruta, caja.getvalue()), (f"{ruta}.json", ficha.encode())):
        with tempfile.NamedTemporaryFile(dir=".", delete=False) as archivo:
            archivo.write(datos)
        Path(archivo.name).replace(sitio)


def aparta_el_anterior(modelo, ruta):
    nuevo = f"{ruta}.nuevo"
    guarda(modelo, nuevo)
    for sufijo in ("", ".json"):
        if Path(ruta + sufijo).exists():
            Path(ruta + sufijo).replace(f"{ruta}{sufijo}.viejo")
        Path(nuevo + sufijo).rename(ruta + sufijo)


def sin_su_ficha(modelo, ruta):
    joblib.dump(modelo, f"{ruta}.nuevo")
    Path(f"{ruta}.nuevo").replace(ruta)


def con_otro_nombre(modelo, ruta):
    guarda(modelo, "mi_modelo.joblib")


def siempre_el_suyo(modelo, ruta):
    guarda(entrena(), ruta)


def se_calla(modelo, ruta):
    with contextlib.suppress(RuntimeError):
        guarda(modelo, ruta)


def no_pisa(modelo, ruta):
    if Path(ruta).exists():
        raise FileExistsError(ruta)
    guarda(modelo, ruta)


def ficha_del_nombre(modelo, ruta):
    guarda(modelo, ruta)
    ficha = redacta(modelo, str(ruta).encode())
    Path(f"{ruta}.json").write_text(json.dumps(ficha), encoding="utf-8")


def marca_en_la_ficha(modelo, ruta):
    al_lado = Path(f"{ruta}.json")
    if al_lado.exists():
        ficha = json.loads(al_lado.read_text(encoding="utf-8")) | {"estado": "guardando"}
        al_lado.write_text(json.dumps(ficha), encoding="utf-8")
    guarda(modelo, ruta)


# --- 08.4 ----------------------------------------------------------------------------------------
def huella(ruta):
    return hashlib.sha256(Path(ruta).read_bytes()).hexdigest()


def la_de_la_ficha(ruta):
    return json.loads(Path(f"{ruta}.json").read_text(encoding="utf-8"))["sha256"]


def carga(ruta):
    if huella(ruta) != la_de_la_ficha(ruta):
        raise ValueError(f"{ruta} no es el archivo de su ficha")
    return joblib.load(ruta)


def con_load_model(ruta):
    return load_model(ruta)


def sin_mirar(ruta):
    return joblib.load(ruta)


def tarde(ruta):
    cargado = joblib.load(ruta)
    if huella(ruta) != la_de_la_ficha(ruta):
        raise ValueError(f"{ruta} no es el archivo de su ficha")
    return cargado


def solo_mira_los_nombres(ruta):
    if any(nombre.startswith("pathlib") for nombre in globales(ruta).nombres):
        raise ValueError("no es un modelo")
    return joblib.load(ruta)


def con_assert(ruta):
    assert huella(ruta) == la_de_la_ficha(ruta)
    return joblib.load(ruta)


def solo_lo_imprime(ruta):
    if huella(ruta) == la_de_la_ficha(ruta):
        return joblib.load(ruta)
    print(f"{ruta} no es el archivo de su ficha")
    return None


def al_reves(ruta):
    if huella(ruta) == la_de_la_ficha(ruta):
        raise ValueError("no es")
    return joblib.load(ruta)


def no_devuelve(ruta):
    carga(ruta)


def siempre_no(ruta):
    raise ValueError("no me fío")


# --- 08.5 ----------------------------------------------------------------------------------------
def nombres(modelo):
    return list(modelo.feature_names_in_)


def prueba(original, copia, X):
    return {
        "clase": type(copia) is type(original),
        "columnas": nombres(copia) == nombres(original),
        "coeficientes": np.array_equal(copia.coef_, original.coef_),
        "respuestas": np.array_equal(copia.predict(X), original.predict(X)),
    }


def con_helpers(original, copia, X):
    return prueba(original, copia, X) | {"fila": np.bool_(True)}


def sin(*filas):
    """La prueba sin alguna de sus filas, que se llenan con `True`."""

    def incompleta(original, copia, X):
        return prueba(original, copia, X.to_numpy()) | dict.fromkeys(filas, True)

    return incompleta


def con_tolerancia(original, copia, X):
    return prueba(original, copia, X) | {
        "coeficientes": np.allclose(copia.coef_, original.coef_),
        "respuestas": np.allclose(copia.predict(X), original.predict(X)),
    }


def consigo_misma(original, _copia, X):
    return prueba(original, original, X)


def un_solo_si(original, copia, X):
    return all(prueba(original, copia, X).values())


def una_fila(original, copia, X):
    return {"todo": un_solo_si(original, copia, X)}


def una_y_dos_fijas(original, copia, X):
    return una_fila(original, copia, X) | {"fila 2": True, "fila 3": True}


def tres_fijas_o_un_error(original, copia, X):
    if not un_solo_si(original, copia, X):
        raise ValueError("no es la misma")
    return dict.fromkeys(("clase", "columnas", "coeficientes"), True)


def con_un_error_y_tres_filas(original, copia, X):
    """Tres filas que fallan; las columnas cambiadas las descubre el error de `predict`."""
    return {
        "clase": type(copia) is type(original),
        "parámetros": copia.get_params() == original.get_params(),
        "respuestas": np.array_equal(copia.predict(X), original.predict(X)),
    }


def con_filas_que_aqui_no_fallan(original, copia, X):
    return prueba(original, copia, X) | {"cuántas": copia.n_features_in_ == 2}


def a_la_primera(original, copia, X):
    """Deja de mirar donde encuentra algo: cada fila que falla, sola."""
    tabla = dict.fromkeys(prueba(original, original, X), True)
    if type(copia) is not type(original):
        return tabla | {"clase": False}
    if nombres(copia) != nombres(original):
        return tabla | {"columnas": False}
    return tabla | {"respuestas": np.array_equal(copia.predict(X), original.predict(X))}


def arrays(original, copia, X):
    return prueba(original, copia, X) | {"respuestas": copia.predict(X) == original.predict(X)}


def con_is(original, copia, X):
    return prueba(original, copia, X) | {"la misma": copia is original}


def siempre_falso(*_):
    return dict.fromkeys("abc", False)


CASOS = [
    archivo(entrena(), "bien", "sus números son los de tus datos", Estado.CORRECTO),
    archivo(EN_COLUMNA, "bien", "Otro proceso lo carga", Estado.CORRECTO),
    archivo(entrena(), "bien", "Otro", Estado.CORRECTO, ("2026 persistencia", "lopez nunez ana")),
    archivo(entrena(), "no_es_un_nombre", "no hay ningún nombre", quien=("", "Ana López Núñez")),
    archivo(entrena(), "no_es_un_nombre", "no es un texto", quien=(QUIEN[0], 12)),
    Caso("08.1", lambda: (*QUIEN, MODELO), "sin_responder", "ningún archivo", Estado.SIN_RESPONDER),
    archivo(json.dumps({"coef": [1, 2]}).encode(), "no_es_de_joblib", "es JSON"),
    archivo(entrena(columnas=["horas"]), "otras_columnas", "espera 1 columnas"),
    archivo(entrena(mis_horas_de_estudio(*EJEMPLO)), "de_ejemplo", "datos de ejemplo"),
    archivo(entrena(columnas=COLUMNAS[::-1]), "orden_cambiado", "en el orden contrario"),
    archivo(EL_DE_OTRO, "otros_coeficientes", "con los datos de otra persona"),
    archivo(entrena(DATOS[:30]), "otros_coeficientes", "se entrena con una parte"),
    con_ficha("bien", "sin abrirlo", Estado.CORRECTO),
    Caso("08.2", lambda: (MODELO,), "sin_responder", "hace falta el modelo", Estado.SIN_RESPONDER),
    Caso("08.2", sin_ficha, "sin_responder", "ninguna ficha", Estado.SIN_RESPONDER),
    con_ficha("no_es_json", "comillas simples", texto="{'clase': 1}"),
    con_ficha("no_es_json", "no es un `dict`", texto="[1, 2]"),
    con_ficha("faltan_claves", "sin «sha256»", sha256=None),
    con_ficha("no_es_huella", "cambia en cada proceso", sha256=hash("a")),
    con_ficha("de_otro_archivo", "se guardó otra vez", sha256="0" * 64),
    con_ficha("de_otro_archivo", "un tamaño", bytes=7),
    con_ficha("otras_columnas", "en otro orden", columnas=COLUMNAS[::-1]),
    con_ficha("sin_clase_o_versiones", "`sklearn`", versiones={"python": "3", "sklearn": "1"}),
    bien("08.3", guarda, "no toca lo que había"),
    bien("08.3", con_save_model, "no toca lo que había"),
    bien("08.3", en_otra_carpeta, "no toca lo que había"),
    bien("08.3", en_memoria_y_aparte, "no toca lo que había"),
    bien("08.3", aparta_el_anterior, "no toca lo que había"),
    caso("08.3", con_otro_nombre, "no_escribe", "falta el último paso"),
    caso("08.3", sin_su_ficha, "sin_ficha", "ninguna ficha al lado"),
    caso("08.3", ficha_del_nombre, "ficha_de_otro", "recién escrito"),
    caso("08.3", siempre_el_suyo, "guarda_otro", "otra variable del cuaderno"),
    caso("08.3", no_pisa, "no_sustituye", "os.rename"),
    caso("08.3", a_lo_bruto, "pierde_el_anterior", "se vacía al abrirlo"),
    caso("08.3", borra_antes, "pierde_el_anterior", "byte por byte"),
    caso("08.3", marca_en_la_ficha, "pierde_el_anterior", "o su ficha"),
    caso("08.3", en_memoria_y_encima, "escribe_encima", "`BytesIO`"),
    caso("08.3", con_copia_al_final, "escribe_encima", "el disco puede llenarse"),
    caso("08.3", con_respaldo, "escribe_encima", "hasta que el nuevo esté completo"),
    caso("08.3", la_ficha_encima, "escribe_encima", "dentro de «ensayo.joblib.json»"),
    caso("08.3", se_calla, "calla_el_fallo", "cree que está guardado"),
    caso("08.3", 3, "no_es_funcion", "esperaba una función", Estado.ERROR_TUYO),
    bien("08.4", carga, "no llega a abrirse"),
    bien("08.4", con_load_model, "no llega a abrirse"),
    caso("08.4", al_reves, "rechaza_el_bueno", "está al revés"),
    caso("08.4", no_devuelve, "no_lo_devuelve", "falta el `return`"),
    caso("08.4", solo_lo_imprime, "no_avisa", "devuelve None"),
    caso("08.4", sin_mirar, "acepta_otro", "no se compara"),
    caso("08.4", solo_mira_los_nombres, "acepta_otro", "la huella de los bytes"),
    caso("08.4", con_assert, "otra_excepcion", "python -O"),
    caso("08.4", tarde, "llega_tarde", "se comprueba después"),
    bien("08.5", prueba, "hace fallar alguna fila"),
    bien("08.5", con_helpers, "hace fallar alguna fila"),
    bien("08.5", con_un_error_y_tres_filas, "hace fallar alguna fila"),
    bien("08.5", con_filas_que_aqui_no_fallan, "hace fallar alguna fila"),
    bien("08.5", a_la_primera, "hace fallar alguna fila"),
    caso("08.5", un_solo_si, "no_es_tabla", "devuelve True"),
    caso("08.5", arrays, "no_es_si_o_no", "uno a uno"),
    caso("08.5", una_fila, "pocas_filas", "no se sabe cuál falla"),
    caso("08.5", con_is, "rechaza_la_fiel", "cargar da otro"),
    caso("08.5", siempre_falso, "rechaza_la_fiel", "con una copia fiel"),
    caso("08.5", consigo_misma, "no_ve_otra_recta", "consigo mismo"),
    caso("08.5", con_tolerancia, "no_ve_poco", "toleran"),
    caso("08.5", sin("clase"), "no_ve_la_clase", "otra clase"),
    caso("08.5", sin("columnas"), "no_ve_las_columnas", "los nombres no intervienen"),
    caso("08.5", una_y_dos_fijas, "filas_fijas", "1 fila da `False`"),
    caso("08.5", tres_fijas_o_un_error, "filas_fijas", "ninguna fila da `False`"),
]  # fmt: skip
