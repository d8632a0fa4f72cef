"""Casos de 04a · save_model() y load_model()."""

import contextlib
import hashlib
import itertools
import time
import zlib
from pathlib import Path

import joblib
import numpy as np
from sklearn.datasets import load_diabetes
from sklearn.linear_model import LinearRegression

from casos import Caso
from helpers.ejercicios.resultado import Estado
from helpers.ejercicios.revision_04a import _que_falla_a_medias
from helpers.errores import ErrorDelCurso, NoSePudoGuardar, YaExiste
from helpers.inspeccion import formato
from helpers.persistencia import save_model

ERROR = Estado.ERROR_TUYO
CORRECTO = Estado.CORRECTO
X, Y = load_diabetes(return_X_y=True)
MODELO = LinearRegression().fit(X, Y)
CON_LAMBDA = _que_falla_a_medias()


def _da(*respuestas):
    return lambda: respuestas


def _que_duerme(*_):
    time.sleep(60)


# --- 04a.1 ---------------------------------------------------------------------------------------
def _version_3(escribe="nuevo", lee="nuevo", compara="model", mueve=None, limpia=True):
    """Una `save_model_3` con los huecos que se digan."""

    def save_model_3(model, file_path, X_ejemplo):
        sitios = {"ruta": Path(file_path)}
        sitios["nuevo"] = sitios["ruta"].with_name(f".{sitios['ruta'].name}.nuevo")
        try:
            joblib.dump(model, sitios[escribe])
            vuelve = joblib.load(sitios[lee])
            con = {"model": model, "vuelve": vuelve}.get(compara)
            esperado = Y if con is None else con.predict(X_ejemplo)
            if not np.array_equal(vuelve.predict(X_ejemplo), esperado):
                raise ValueError("no responde lo mismo")
            (mueve or Path.replace)(sitios["nuevo"], sitios["ruta"])
        finally:
            if limpia:
                sitios["nuevo"].unlink(missing_ok=True)

    return lambda: (save_model_3,)


def _con_huecos(model, file_path, X_ejemplo):
    joblib.dump(model, ...)


def _a_si_mismo(nuevo, ruta):
    nuevo.replace(nuevo)


def _si_no_existe(nuevo, ruta):
    if not ruta.exists():
        nuevo.replace(ruta)


def _sin_finally(model, file_path, X_ejemplo):
    nuevo = Path(file_path).with_name("aparte")
    joblib.dump(model, nuevo)
    if not np.array_equal(joblib.load(nuevo).predict(X_ejemplo), model.predict(X_ejemplo)):
        raise ValueError
    nuevo.replace(file_path)


def _calla(model, file_path, X_ejemplo):
    try:
        _sin_finally(model, file_path, X_ejemplo)
    except ValueError:
        raise
    except Exception:  # noqa: BLE001 es el defecto que se prueba
        Path(file_path).with_name("aparte").unlink()


def _sin_comparar_y_encima(model, file_path, X_ejemplo):
    joblib.dump(model, file_path)


# --- 04a.2 ---------------------------------------------------------------------------------------
def _que_le_pasa(**cambios):
    """Una `que_le_pasa` que dice otra cosa en los casos que se digan."""

    def que_le_pasa(ruta):
        verdad = _verdad(ruta)
        dicho = cambios.get(verdad.replace(" ", "_"), verdad)
        if isinstance(dicho, Exception):
            raise dicho
        return dicho

    return lambda: (que_le_pasa,)


def _verdad(ruta):
    if not Path(ruta).exists():
        return "no existe"
    que_es = formato(ruta)
    if que_es in ("vacío", "página web"):
        return que_es
    if que_es != "zlib":
        return "puntero" if que_es == "puntero de Git-LFS" else "otro formato"
    try:
        zlib.decompress(Path(ruta).read_bytes())
    except zlib.error:
        return "incompleto"
    return "bien"


def _a_mano(ruta):
    """Sin `formato`: con los primeros bytes."""
    if not Path(ruta).exists():
        return "No existe "
    inicio = Path(ruta).read_bytes()[:20].lstrip()
    if not inicio:
        return "vacio"
    if inicio.startswith(b"<"):
        return "pagina web"
    if inicio.startswith(b"version"):
        return "puntero"
    return _verdad(ruta)


# --- 04a.3 ---------------------------------------------------------------------------------------
MIO = "mio.joblib"


def _huella():
    return hashlib.sha256(Path(MIO).read_bytes()).hexdigest()


def _accidente(guarda=save_model, antes=None, despues=None, excepcion="NoSePudoGuardar"):
    def prepara():
        guarda(MODELO, MIO)
        return MIO, antes or _huella(), despues or antes or _huella(), excepcion

    return prepara


def _cambia_despues():
    save_model(MODELO, MIO)
    antes = _huella()
    save_model(LinearRegression().fit(X[:50], Y[:50]), MIO)
    return MIO, antes, _huella(), "NoSePudoGuardar"


# --- 04a.4 ---------------------------------------------------------------------------------------
def _version(desde=1, guarda=save_model, devuelve=lambda ruta: ruta, **opciones):
    """Una `guarda_version` con el defecto que se diga."""

    def guarda_version(model, carpeta):
        for numero in itertools.count(desde):
            try:
                ruta = f"{carpeta}/v{numero}.joblib"
                return devuelve(guarda(model, ruta, sobrescribir=False, **opciones))
            except YaExiste:
                continue

    return lambda: (guarda_version,)


def _siempre_la_1(model, carpeta):
    return save_model(model, f"{carpeta}/v1.joblib", sobrescribir=False)


def _la_que_toca(model, carpeta, **opciones):
    """Sin excepciones: cuenta los modelos que hay."""
    hay = len(list(Path(carpeta).glob("v*.joblib")))
    return str(save_model(model, Path(carpeta) / f"v{hay + 1}.joblib", **opciones))


def _la_que_toca_o_nada(model, carpeta):
    return _la_que_toca(model, carpeta, sobrescribir=False)


def _la_primera_libre(model, carpeta):
    """Sin excepciones: busca el primer nombre que no esté."""
    numero = 1
    while (ruta := Path(carpeta, f"v{numero}.joblib")).exists():
        numero += 1
    return save_model(model, ruta)


def _la_siguiente_a_la_mayor(model, carpeta):
    numeros = [int(ruta.stem[1:]) for ruta in Path(carpeta).glob("v*.joblib")]
    return save_model(model, f"{carpeta}/v{max(numeros, default=0) + 1}.joblib")


def _pisa_las_de_antes(model, carpeta):
    hay = len(list(Path(carpeta).glob("v*.joblib")))
    for numero in range(1, hay + 2):
        ruta = save_model(model, f"{carpeta}/v{numero}.joblib")
    return ruta


def _cuenta_las_fichas(model, carpeta):
    Path(carpeta).mkdir(exist_ok=True)
    return save_model(model, f"{carpeta}/v{len(list(Path(carpeta).iterdir())) + 1}.joblib")


def _con_la_cuenta_fuera():
    numeros = itertools.count(1)

    def guarda_version(model, carpeta):
        return save_model(model, f"{carpeta}/v{next(numeros)}.joblib", sobrescribir=False)

    return guarda_version


def _con_joblib(model, carpeta):
    Path(carpeta).mkdir(exist_ok=True)
    ruta = Path(carpeta) / f"v{len(list(Path(carpeta).iterdir())) + 1}.joblib"
    joblib.dump(model, ruta)
    return ruta


def _cuenta_la_carpeta(model, carpeta):
    return save_model(model, f"{carpeta}/v{len(list(Path(carpeta).iterdir())) // 2 + 1}.joblib")


# --- 04a.5 ---------------------------------------------------------------------------------------
def _respuestas(guardar, cargar):
    guardar(MODELO, "uno.joblib")
    assert np.array_equal(cargar("uno.joblib").predict(X), MODELO.predict(X))


def _falta(guardar, cargar):
    try:
        cargar("no_esta.joblib")
    except FileNotFoundError:
        return
    raise AssertionError("no avisó")


def _fallido(guardar, cargar):
    guardar(MODELO, "dos.joblib")
    with contextlib.suppress(NoSePudoGuardar):
        guardar(CON_LAMBDA, "dos.joblib")
    assert np.array_equal(cargar("dos.joblib").coef_, MODELO.coef_)


def _solo_existe(guardar, cargar):
    guardar(MODELO, "uno.joblib")
    assert Path("uno.joblib").exists()
    assert isinstance(cargar("uno.joblib"), LinearRegression)


def _falta_sin_assert(guardar, cargar):
    try:
        cargar("no_esta.joblib")
    except FileNotFoundError:
        print("bien")


def _falta_sin_try(guardar, cargar):
    cargar("no_esta.joblib")


def _solo_el_error(guardar, cargar):
    guardar(MODELO, "dos.joblib")
    try:
        guardar(CON_LAMBDA, "dos.joblib")
    except ErrorDelCurso:
        return
    raise AssertionError("no falló")


def _con_is(guardar, cargar):
    guardar(MODELO, "uno.joblib")
    assert cargar("uno.joblib") is MODELO


def _con_un_error(guardar, cargar):
    guardar(MODELO, "uno.joblib")
    assert cargar("uno.joblib").predict(X[0]) == 1


CASOS = [
    Caso("04a.1", _da(...), "sin_responder", "Cambia los puntos", Estado.SIN_RESPONDER),
    Caso("04a.1", _da(_con_huecos), "sin_responder", "Quedan huecos", Estado.SIN_RESPONDER),
    Caso("04a.1", _version_3(), "bien", "haber demostrado que vuelve", CORRECTO),
    Caso("04a.1", _version_3(mueve=Path.rename), "bien", "demostrado", CORRECTO),
    Caso("04a.1", _version_3(escribe="ruta", lee="ruta"), "escribe_en_su_sitio", "destino final"),
    Caso("04a.1", _da(_sin_comparar_y_encima), "no_compara", "consigo mismo"),
    Caso("04a.1", _version_3(lee="ruta"), "lee_el_otro", "todavía no existe"),
    Caso("04a.1", _version_3(compara="vuelve"), "no_compara", "vuelve cambiado"),
    Caso("04a.1", _version_3(compara="y"), "rechaza_el_bueno", "con la y"),
    Caso("04a.1", _version_3(mueve=_a_si_mismo), "no_lo_pone", "nombre de paso"),
    Caso("04a.1", _version_3(mueve=_si_no_existe), "no_sustituye", "queda el primero"),
    Caso("04a.1", _version_3(limpia=False), "deja_restos", "solo el archivo bueno"),
    Caso("04a.1", _da(_sin_finally), "deja_restos", "'aparte'"),
    Caso("04a.1", _da(_calla), "calla_el_fallo", "como si nada"),
    Caso("04a.1", _version_3(mueve=len), "lanza_al_guardar", "TypeError", ERROR),
    Caso("04a.1", _da("save_model_3"), "no_es_funcion", "sin paréntesis", ERROR),
    Caso("04a.2", _que_le_pasa(), "bien", "KeyError: 60", CORRECTO),
    Caso("04a.2", _da(_a_mano), "bien", "sabrá qué hacer", CORRECTO),
    Caso("04a.2", _que_le_pasa(bien="incompleto"), "confunde", "rechaza de más"),
    Caso("04a.2", _que_le_pasa(no_existe="vacío"), "confunde", "antes de saber si está"),
    Caso("04a.2", _que_le_pasa(vacío="incompleto"), "confunde", "0 bytes existe"),
    Caso("04a.2", _que_le_pasa(página_web="otro formato"), "confunde", "varias formas"),
    Caso("04a.2", _que_le_pasa(puntero="otro formato"), "confunde", "primera línea"),
    Caso("04a.2", _que_le_pasa(otro_formato="incompleto"), "confunde", "no distingue"),
    Caso("04a.2", _que_le_pasa(incompleto="bien"), "confunde", "leerlo entero"),
    Caso("04a.2", _que_le_pasa(puntero="puntero de Git-LFS"), "otra_frase", "otras palabras"),
    Caso("04a.2", _que_le_pasa(vacío=None), "no_es_frase", "imprime en lugar"),
    Caso("04a.2", _que_le_pasa(página_web=KeyError(60)), "lanza", "lanzó KeyError: 60", ERROR),
    Caso("04a.2", _da(_que_duerme), "no_termina", "no terminó", ERROR),
    Caso("04a.2", _da(7), "no_es_funcion", "Vi 7", ERROR),
    Caso("04a.3", _accidente(), "bien", "ni un byte", CORRECTO),
    Caso("04a.3", _accidente(excepcion=NoSePudoGuardar), "bien", "ni un byte", CORRECTO),
    Caso("04a.3", _accidente(excepcion=NoSePudoGuardar("a")), "bien", "ni un byte", CORRECTO),
    Caso("04a.3", _accidente(excepcion="NoEsUnModelo"), "bien", "ni un byte", CORRECTO),
    Caso("04a.3", _accidente(excepcion="PicklingError"), "otra_excepcion", "que es la causa"),
    Caso("04a.3", _accidente(guarda=joblib.dump), "sin_ficha", "versiones anteriores"),
    Caso("04a.3", _accidente(antes=1017), "no_es_huella", "64 cifras"),
    Caso("04a.3", _accidente(antes="0" * 64), "de_otro_archivo", "tal como está ahora"),
    Caso("04a.3", _accidente(despues="0" * 64), "cambia", "dos huellas distintas"),
    Caso("04a.3", _cambia_despues, "cambia", "sustituyó al primero"),
    Caso("04a.3", _da(MODELO, "a", "b", "c"), "no_es_nombre", "entre comillas"),
    Caso("04a.3", _da("no.joblib", "a", "b", "c"), "no_existe", "ningún archivo"),
    Caso("04a.4", _version(), "bien", "las tres siguen ahí", CORRECTO),
    Caso("04a.4", _da(_la_primera_libre), "bien", "las tres", CORRECTO),
    Caso("04a.4", _da(_la_siguiente_a_la_mayor), "bien", "las tres", CORRECTO),
    Caso("04a.4", _da(_la_que_toca_o_nada), "bien", "las tres", CORRECTO),
    Caso("04a.4", _da(_la_que_toca), "pisa_si_falta_una", "se cuentan los archivos"),
    Caso("04a.4", _da(_siempre_la_1), "se_rinde", "número siguiente"),
    Caso("04a.4", _da(_pisa_las_de_antes), "pisa", "sobrescribir=False"),
    Caso("04a.4", _version(desde=0), "otro_nombre", "contar en 0"),
    Caso("04a.4", _da(_cuenta_las_fichas), "otro_nombre", "también las fichas"),
    Caso("04a.4", lambda: (_con_la_cuenta_fuera(),), "otro_nombre", "hay ['v4.joblib'"),
    Caso("04a.4", _version(devuelve=print), "no_devuelve", "falta el `return`"),
    Caso("04a.4", _version(devuelve=lambda ruta: ruta.parent), "devuelve_otra", "la carpeta"),
    Caso("04a.4", _da(_con_joblib), "sin_ficha_al_lado", "joblib.dump"),
    Caso("04a.4", _da(_cuenta_la_carpeta), "lanza_la_version", "FileNotFoundError", ERROR),
    Caso("04a.4", _da(_que_duerme), "no_termina", "no terminó", ERROR),
    Caso("04a.4", _da(None), "no_es_funcion", "Vi None", ERROR),
    Caso("04a.5", _da(_respuestas, _falta, _fallido), "bien", "tres defectos", CORRECTO),
    Caso("04a.5", _da(_solo_existe, _falta, _fallido), "deja_pasar", "el archivo exista"),
    Caso("04a.5", _da(_respuestas, _falta_sin_assert, _fallido), "deja_pasar", "nada se detiene"),
    Caso("04a.5", _da(_respuestas, _falta, _solo_el_error), "deja_pasar", "lo que queda"),
    Caso("04a.5", _da(_con_is, _falta, _fallido), "rechaza_las_buenas", "con `is`"),
    Caso("04a.5", _da(_respuestas, _falta_sin_try, _fallido), "no_espera_el_error", "ModeloNoEnc"),
    Caso("04a.5", _da(_con_un_error, _falta, _fallido), "lanza_otra", "ValueError", ERROR),
    Caso("04a.5", _da(_que_duerme, _falta, _fallido), "no_acaba", "bucle sin final", ERROR),
    Caso("04a.5", _da(1, _falta, _fallido), "no_es_funcion", "Vi 1", ERROR),
]
