"""Casos de 07 · Versiones."""

import json
import pickle
import time
import warnings
from functools import cache
from pathlib import Path

import numpy as np
import sklearn
from sklearn.datasets import load_iris
from sklearn.ensemble import RandomForestClassifier
from sklearn.exceptions import InconsistentVersionWarning

from casos import Caso
from helpers import antiguos
from helpers.ejercicios.decisiones_07 import SITUACIONES
from helpers.ejercicios.resultado import Estado
from helpers.ejercicios.revision_07 import AQUI, BOSQUE, aves, con_recuentos
from helpers.persistencia import load_model

ERROR = Estado.ERROR_TUYO
CORRECTO = Estado.CORRECTO
EN_BLANCO = Estado.SIN_RESPONDER


def _da(*respuestas):
    return lambda: respuestas


def _que_duerme(*_):
    time.sleep(60)


class _SinInit:
    """Una clase donde se esperaba una función."""


# --- 07.1 ----------------------------------------------------------------------------------------
def _carga(ruta):
    return pickle.loads(Path(ruta).read_bytes())


def _dice(aviso):
    return f"de la {aviso.original_sklearn_version}, aquí {aviso.current_sklearn_version}"


def _con_filtro(clase=InconsistentVersionWarning, atrapa=InconsistentVersionWarning,
                lanza=ValueError, dice=_dice, devuelve=lambda modelo: modelo):  # fmt: skip
    """Una `carga_o_error` con el defecto que se diga."""

    def carga_o_error(ruta):
        with warnings.catch_warnings():
            warnings.simplefilter("error", clase)
            try:
                return devuelve(_carga(ruta))
            except atrapa as aviso:
                raise lanza(dice(aviso)) from aviso

    return carga_o_error


def _apuntando_los_avisos(repite=lambda aviso: None):
    """Otra manera: anotar los avisos y mirarlos después. Los demás solo llegan si se repiten."""

    def carga_o_error(ruta):
        with warnings.catch_warnings(record=True) as avisos:
            warnings.simplefilter("always")
            modelo = _carga(ruta)
        for aviso in avisos:
            if issubclass(aviso.category, InconsistentVersionWarning):
                raise ValueError(_dice(aviso.message))
            repite(aviso)
        return modelo

    return carga_o_error


def _avisa(aviso):
    warnings.warn(aviso.message, aviso.category, stacklevel=3)


def _avisa_en_su_linea(aviso):
    warnings.warn_explicit(aviso.message, aviso.category, aviso.filename, aviso.lineno)


def _lo_ensena(aviso):
    warnings.showwarning(aviso.message, aviso.category, aviso.filename, aviso.lineno)


def _con_filterwarnings(ruta):
    try:
        with warnings.catch_warnings(), Path(ruta).open("rb") as archivo:
            warnings.filterwarnings("error", category=InconsistentVersionWarning)
            return pickle.load(archivo)
    except InconsistentVersionWarning as aviso:
        raise ValueError(_dice(aviso)) from None


def _con_el_with_corto(ruta):
    try:
        with warnings.catch_warnings(action="error", category=InconsistentVersionWarning):
            return _carga(ruta)
    except InconsistentVersionWarning as aviso:
        raise ValueError(_dice(aviso)) from None


def _empezando_de_cero(ruta):
    with warnings.catch_warnings():
        warnings.resetwarnings()
        warnings.simplefilter("error", InconsistentVersionWarning)
        try:
            return _carga(ruta)
        except InconsistentVersionWarning as aviso:
            raise ValueError(_dice(aviso)) from None


def _callando_lo_demas(ruta):
    with warnings.catch_warnings(action="ignore"):
        return _con_filterwarnings(ruta)


def _con_el_filtro_puesto(ruta):
    warnings.simplefilter("error", InconsistentVersionWarning)
    try:
        return _carga(ruta)
    except InconsistentVersionWarning as aviso:
        raise ValueError(_dice(aviso)) from None


def _sin_atrapar(ruta):
    with warnings.catch_warnings():
        warnings.simplefilter("error", InconsistentVersionWarning)
        return _carga(ruta)


def _solo_lo_imprime(ruta):
    try:
        return _sin_atrapar(ruta)
    except InconsistentVersionWarning as aviso:
        print(_dice(aviso))


def _solo_anteriores(ruta):
    try:
        return _sin_atrapar(ruta)
    except InconsistentVersionWarning as aviso:
        if aviso.original_sklearn_version < aviso.current_sklearn_version:
            raise ValueError(_dice(aviso)) from None


def _siempre_no(ruta):
    raise ValueError(f"otra versión, y aquí la {AQUI}")


def _dice_algo(aviso):
    return f"no se pudo con la {AQUI}: {getattr(aviso, 'original_sklearn_version', aviso)}"


# --- 07.2 ----------------------------------------------------------------------------------------
@cache
def _bosque_de_hoy():
    hoy, entonces = antiguos.respuestas_de_hoy(BOSQUE), antiguos.respuestas_de_entonces(BOSQUE)
    return np.array(hoy["predict_proba"]), np.array(hoy["predict"]), np.array(entonces["predict"])


def _prueba(suma=lambda tabla: tabla.sum(axis=1).max(), flores=lambda hoy, antes: hoy != antes):
    """La prueba que saldría de mirar así las sumas y las etiquetas."""

    def prepara():
        tabla, hoy, entonces = _bosque_de_hoy()
        cuales = flores(hoy, entonces)
        if isinstance(cuales, np.ndarray) and cuales.dtype.kind == "b":
            cuales = np.flatnonzero(cuales)
        return ({"suma mayor": suma(tabla), "cambian": cuales},)

    return prepara


# --- 07.3 ----------------------------------------------------------------------------------------
def _carga_estricta(distinta=str.__ne__, antes=False, cerca=np.allclose, metodos=None,
                    sin_ejemplo=ValueError, lanza=ValueError, texto="de la {}, aquí {}",
                    ficha_en="{}.json", devuelve=lambda modelo: modelo):  # fmt: skip
    """Una `carga_estricta` con el defecto que se diga."""

    def carga_estricta(ruta):
        modelo = _carga(ruta) if antes else None
        ficha = json.loads(Path(ficha_en.format(ruta)).read_text(encoding="utf-8"))
        entonces, ejemplo = ficha["versiones"]["scikit-learn"], ficha["ejemplo"]
        if distinta(entonces, sklearn.__version__):
            raise lanza(texto.format(entonces, sklearn.__version__))
        if ejemplo is None:
            if sin_ejemplo is None:
                return _carga(ruta)
            raise sin_ejemplo("sin respuestas")
        modelo = modelo or _carga(ruta)
        for metodo in metodos if metodos is not None else ejemplo["respuestas"]:
            guardadas = ejemplo["respuestas"][metodo]["filas"]
            if not cerca(getattr(modelo, metodo)(ejemplo["filas"]), guardadas):
                raise ValueError("responde otra cosa")
        return devuelve(modelo)

    return lambda: (carga_estricta,)


def _imprime_y_calla(ruta):
    ficha = json.loads(Path(f"{ruta}.json").read_text(encoding="utf-8"))
    if ficha["versiones"]["scikit-learn"] == AQUI:
        return _carga(ruta)
    print("otra versión")


def _la_del_curso(ruta):
    return load_model(ruta, versiones="estricto")


def _sin_leer_la_ficha(ruta):
    return json.loads(ruta)


def _con_otra_extension(ruta):
    return json.loads(Path(ruta).with_suffix(".json").read_text(encoding="utf-8"))


# --- 07.4 ----------------------------------------------------------------------------------------
BUENAS = {letra: situacion.valen[0] for letra, situacion in SITUACIONES.items()}


def _decide(**cambios):
    return _da(BUENAS | cambios)


# --- 07.5 ----------------------------------------------------------------------------------------
@cache
def _en_bytes(semilla):
    bosque = RandomForestClassifier(5, max_depth=2, random_state=semilla)
    return pickle.dumps(bosque.fit(*aves()))


def _bosque(arboles=0, factor=None, semilla=0):
    """Un bosque con cuentas en sus primeros árboles, o con las hojas por un factor."""
    bosque = pickle.loads(_en_bytes(semilla))
    for arbol in bosque.estimators_[:arboles]:
        if factor is None:
            con_recuentos(arbol)
        else:
            estado = arbol.tree_.__getstate__()
            estado["values"] = estado["values"] * factor
            arbol.tree_.__setstate__(estado)
    return bosque


def _probabilidades(bosque):
    return bosque.predict_proba(aves()[0])


def _entrega(guarda=None, antes=None, despues=None, escribe=pickle.dumps):
    """Lo que se entrega: el archivo y las dos tablas, con el defecto que se diga."""

    def prepara():
        buena = _bosque(arboles=5)
        en_archivo = buena if guarda is None else guarda()
        Path("deriva.pkl").write_bytes(escribe(en_archivo))
        primera = _probabilidades(_bosque()) if antes is None else antes()
        segunda = _probabilidades(buena) if despues is None else despues()
        return "deriva.pkl", primera, segunda

    return prepara


def _cambiado(**como):
    """Un bosque cambiado así, en el archivo y en la segunda tabla."""
    return _entrega(lambda: _bosque(**como), despues=lambda: _probabilidades(_bosque(**como)))


CASOS = [
    Caso("07.1", _da(_con_filtro()), "bien", "se detiene", CORRECTO),
    Caso("07.1", _da(_apuntando_los_avisos(_avisa)), "bien", "se detiene", CORRECTO),
    Caso("07.1", _da(_apuntando_los_avisos(_avisa_en_su_linea)), "bien", "se detiene", CORRECTO),
    Caso("07.1", _da(_apuntando_los_avisos(_lo_ensena)), "bien", "se detiene", CORRECTO),
    Caso("07.1", _da(_con_filterwarnings), "bien", "se detiene", CORRECTO),
    Caso("07.1", _da(_con_el_with_corto), "bien", "se detiene", CORRECTO),
    Caso("07.1", _da(_empezando_de_cero), "bien", "se detiene", CORRECTO),
    Caso("07.1", _da(_apuntando_los_avisos()), "calla_otro_aviso", "se quedan en la lista"),
    Caso("07.1", _da(_callando_lo_demas), "calla_otro_aviso", "tampoco llega"),
    Caso("07.1", _da(_carga), "no_se_detiene", "sin filtro"),
    Caso("07.1", _da(_solo_anteriores), "no_se_detiene", "si es anterior"),
    Caso("07.1", _da(_sin_atrapar), "escapa_el_aviso", "falta atraparlo"),
    Caso("07.1", _da(_solo_lo_imprime), "lo_imprime", "no se entera"),
    Caso("07.1", _da(_con_filtro(UserWarning, UserWarning, dice=str)), "todo_aviso", "UserWarning"),
    Caso("07.1", _da(_con_filtro(Warning, Warning, dice=str)), "todo_aviso", "no lo pediste"),
    Caso("07.1", _da(_con_filtro(atrapa=Exception, dice=_dice_algo)), "tapa_otro_error", "cortado"),
    Caso("07.1", _da(_con_el_filtro_puesto), "deja_el_filtro", "toda la sesión"),
    Caso("07.1", _da(_con_filtro(dice=lambda _: "otra versión")), "no_las_nombra", "qué instalar"),
    Caso("07.1", _da(_con_filtro(lanza=RuntimeError)), "otra_excepcion", "RuntimeError"),
    Caso("07.1", _da(_con_filtro(devuelve=print)), "no_devuelve", "falta el `return`"),
    Caso("07.1", _da(_siempre_no), "rechaza_lo_bueno", "un modelo de hoy"),
    Caso("07.1", _da(_que_duerme), "no_termina", "no terminó", ERROR),
    Caso("07.1", _da("hoy.pkl"), "no_es_funcion", "sin paréntesis", ERROR),
    Caso("07.1", _da(_SinInit), "lanza_excepcion", "TypeError", ERROR),
    Caso("07.2", _prueba(), "bien", "solo mira las etiquetas", CORRECTO),
    Caso("07.2", _prueba(lambda t: round(t.sum(axis=1).max(), 1), lambda h, e: (h != e).nonzero()),
         "bien", "más de 1", CORRECTO),
    Caso("07.2", _da({"suma mayor": ..., "cambian": [1]}), "sin_responder", "huecos", EN_BLANCO),
    Caso("07.2", _da(48.0), "no_es_la_prueba", "un solo número"),
    Caso("07.2", _da({"suma": 48.4, "cambian": []}), "no_es_la_prueba", "el nombre de una clave"),
    Caso("07.2", _prueba(lambda tabla: tabla[0].sum()), "no_es_la_mayor", "la primera flor"),
    Caso("07.2", _prueba(lambda _: 1), "no_es_la_mayor", "estaban bien"),
    Caso("07.2", _prueba(lambda tabla: tabla.sum(axis=1).min()), "no_es_la_mayor", "`min`"),
    Caso("07.2", _prueba(np.sum), "no_es_la_mayor", "axis=1"),
    Caso("07.2", _prueba(lambda tabla: tabla), "otra_suma", "la tabla entera"),
    Caso("07.2", _prueba(lambda _: 51.3), "otra_suma", "se copia"),
    Caso("07.2", _prueba(lambda _: True), "otra_suma", "True"),
    Caso("07.2", _prueba(flores=lambda hoy, antes: int((hoy != antes).sum())),
         "cuantas_y_no_cuales", "los puestos"),
    Caso("07.2", _prueba(flores=lambda hoy, antes: (hoy != antes).tolist()), "otras_flores",
         "sí y no"),
    Caso("07.2", _prueba(flores=lambda hoy, _: hoy != load_iris().target), "otras_flores",
         "con la especie"),
    Caso("07.2", _prueba(flores=lambda h, e: np.flatnonzero(h != e) + 1), "otras_flores",
         "desde 0"),
    Caso("07.2", _prueba(flores=lambda hoy, _: []), "otras_flores", "consigo mismo"),
    Caso("07.2", _prueba(flores=lambda hoy, _: list(range(150))), "otras_flores", "en todas"),
    Caso("07.2", _prueba(flores=lambda hoy, _: [[1], "dos"]), "otras_flores", "otra parte"),
    Caso("07.3", _carga_estricta(), "bien", "antes de abrir", CORRECTO),
    Caso("07.3", _carga_estricta(antes=True), "tarde", "carga primero"),
    Caso("07.3", _carga_estricta(distinta=lambda *_: False), "tarde", "se mirara antes"),
    Caso("07.3", _carga_estricta(distinta=str.__lt__), "tarde", "con `>`"),
    Caso("07.3", _carga_estricta(metodos=[]), "no_mira_las_respuestas", "da otros números"),
    Caso("07.3", _carga_estricta(metodos=["predict"]), "no_mira_las_respuestas", "no suma 1"),
    Caso("07.3", _carga_estricta(cerca=np.array_equal), "exige_bits", "último decimal"),
    Caso("07.3", _carga_estricta(sin_ejemplo=None), "sin_respuestas", "lo acepta"),
    Caso("07.3", _carga_estricta(sin_ejemplo=TypeError), "sin_respuestas", "lanza TypeError"),
    Caso("07.3", _carga_estricta(texto="otra versión"), "no_las_nombra", "qué instalar"),
    Caso("07.3", _carga_estricta(lanza=AssertionError), "otra_excepcion", "AssertionError"),
    Caso("07.3", _carga_estricta(devuelve=print), "no_devuelve", "falta el `return`"),
    Caso("07.3", _carga_estricta(ficha_en="bosque_132.pkl.json"), "otra_ruta", "está fija"),
    Caso("07.3", _da(_con_otra_extension), "otra_ruta", "with_suffix"),
    Caso("07.3", _da(_la_del_curso), "otra_excepcion", "otra función por ti"),
    Caso("07.3", _da(_siempre_no), "rechaza_lo_bueno", "un modelo de hoy"),
    Caso("07.3", _da(_imprime_y_calla), "no_avisa", "como si nada"),
    Caso("07.3", _da(_carga), "tarde", "se abrió"),
    Caso("07.3", _da(_sin_leer_la_ficha), "lanza_excepcion", "JSONDecodeError", ERROR),
    Caso("07.3", _da(None), "no_es_funcion", "Vi None", ERROR),
    Caso("07.4", _da(BUENAS), "bien", "a tiempo", CORRECTO),
    Caso("07.4", _decide(a="Fijar", f="«fijar»."), "bien", "Seis de seis", CORRECTO),
    Caso("07.4", _decide(c=...), "sin_responder", "Quedan por decidir: c", EN_BLANCO),
    Caso("07.4", _da(list(BUENAS.values())), "no_es_dict", "una lista"),
    Caso("07.4", _decide(b="actualizar"), "otra_opcion", "otra palabra"),
    Caso("07.4", _decide(d=None), "otra_opcion", "None"),
    *(
        Caso("07.4", _decide(**{letra: opcion}), "situacion", motivo)
        for letra, situacion in SITUACIONES.items()
        for opcion, motivo in situacion.por_que_no.items()
    ),
    Caso("07.5", _entrega(), "bien", "Tu propio bosque", CORRECTO),
    Caso("07.5", _entrega(antes=lambda: _probabilidades(_bosque()).tolist()), "bien", "solo aviso",
         CORRECTO),
    Caso("07.5", lambda: ("deriva.pkl", _probabilidades(_bosque()), ...), "sin_responder",
         "puntos", EN_BLANCO),
    Caso("07.5", _entrega(antes=lambda: _probabilidades(_bosque(5))), "antes_ya_cambiado", "copia"),
    Caso("07.5", _entrega(despues=lambda: _probabilidades(_bosque())), "no_difieren", "dos veces"),
    Caso("07.5", _entrega(antes=lambda: _bosque().predict(aves()[0])), "no_es_la_tabla",
         "etiquetas"),
    Caso("07.5", _entrega(despues=lambda: _probabilidades(_bosque(5))[:3]), "no_es_la_tabla",
         "pocas aves"),
    Caso("07.5", _entrega(_bosque), "archivo_sin_deriva", "se guarda `mio`"),
    Caso("07.5", _entrega(despues=lambda: _probabilidades(_bosque()) * 40), "el_archivo_no_las_da",
         "a mano"),
    Caso("07.5", _cambiado(arboles=1), "faltan_arboles", "cambiados 1 árboles de 5"),
    Caso("07.5", _cambiado(arboles=5, factor=48), "otro_factor", "una constante"),
    Caso("07.5", _cambiado(arboles=5, semilla=1), "de_otro_bosque", "otro bosque"),
    Caso("07.5", _entrega(lambda: _bosque(5).estimators_), "no_es_un_bosque", "un objeto list"),
    Caso("07.5", _entrega(lambda: print), "no_es_un_bosque", "nombra «builtins.print»"),
    Caso("07.5", _entrega(escribe=lambda _: b"nada"), "no_es_pickle", "otra herramienta"),
    Caso("07.5", lambda: ("no.pkl", *_entrega()()[1:]), "no_existe", "ningún archivo"),
]  # fmt: skip
