"""Cómo se comprueban los ejercicios de 07 · Versiones."""

import json
import pickle
import warnings
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import numpy as np
import sklearn
from sklearn.datasets import load_iris
from sklearn.ensemble import RandomForestClassifier
from sklearn.exceptions import InconsistentVersionWarning
from sklearn.linear_model import LinearRegression

from helpers import antiguos
from helpers.datos import pinguinos
from helpers.ejercicios.archivos import (
    Trampa,
    carpeta_vacia,
    exige_archivo,
    pregunta_aparte,
    textos_de_un_pickle,
)
from helpers.ejercicios.decisiones_07 import OPCIONES, SITUACIONES
from helpers.ejercicios.ejecucion import exige_funcion, intenta, valor_de
from helpers.ejercicios.resultado import Rechazo, bien, es_numero, mal, muestra, sin_responder
from helpers.errores import ErrorDelCurso
from helpers.inspeccion import globales
from helpers.persistencia import save_model

BOSQUE = "bosque_132.pkl"
AQUI = sklearn.__version__
# Con las mismas letras que la de aquí: así se puede escribir en su lugar dentro de un archivo.
VIEJA, NUEVA = f"0{AQUI[1:]}", f"9{AQUI[1:]}"
# Las que alguien lanza a propósito en lugar de un ValueError. Un TypeError suele ser un tropiezo.
OTRAS_EXCEPCIONES = (AssertionError, RuntimeError, Warning, ErrorDelCurso)


def _exige_un_no(intento, caso, funcion, ruta):
    """Rechaza el intento que terminó en una excepción distinta de la que se pide."""
    # Este es también ValueError, y lo lanza Python al leer mal una ficha.
    if isinstance(intento.error, ValueError) and not isinstance(
        intento.error, json.JSONDecodeError
    ):
        return
    if type(intento.error) is Exception or isinstance(intento.error, OTRAS_EXCEPCIONES):
        raise Rechazo(
            mal(
                "otra_excepcion",
                vi=f"{type(intento.error).__name__} con {caso}",
                esperaba="un `ValueError`",
                porque="se usa `assert` u otra excepción, o la lanza otra función por ti",
                prueba='`raise ValueError("…")` en el lugar que lo descubre',
            )
        )
    valor_de(intento, funcion, ruta)


def _exige_las_dos(intento, version):
    """Rechaza el texto que no dice las dos versiones."""
    if version in str(intento.error) and AQUI in str(intento.error):
        return
    raise Rechazo(
        mal(
            "no_las_nombra",
            vi=f"un texto que no dice las dos versiones: {muestra(str(intento.error))}",
            esperaba=f"leer en él «{version}» y «{AQUI}»",
            porque="se escribe que hay una diferencia y no cuál; con las dos se sabe qué instalar",
            prueba="a poner las dos en el texto del `ValueError`",
        )
    )


# --- 07.1 · del aviso al error -------------------------------------------------------------------
CHARLA = "este modelo es de pruebas"


class _QueCharla(LinearRegression):
    """Un modelo que al cargarse da un aviso que no es de versiones."""

    def __setstate__(self, estado):
        warnings.warn(CHARLA, UserWarning, stacklevel=2)
        super().__setstate__(estado)


def comprueba_aviso(funcion):
    """Devuelve el modelo de hoy, se detiene ante otra versión y deja pasar lo demás."""
    exige_funcion(funcion)
    with carpeta_vacia(), warnings.catch_warnings(record=True, action="always"):
        de_hoy = pickle.dumps(LinearRegression().fit([[1], [2], [4]], [1, 2, 3]))
        Path("hoy.pkl").write_bytes(de_hoy)
        Path("vieja.pkl").write_bytes(de_hoy.replace(AQUI.encode(), VIEJA.encode()))
        Path("nueva.pkl").write_bytes(de_hoy.replace(AQUI.encode(), NUEVA.encode()))
        Path("cortado.pkl").write_bytes(de_hoy[:100])
        Path("charla.pkl").write_bytes(pickle.dumps(_QueCharla().fit([[1], [2]], [1, 2])))
        antes = list(warnings.filters)
        return (
            _devuelve_el_modelo(intenta(funcion, "hoy.pkl"), funcion, "hoy.pkl")
            or _se_detiene(funcion, "vieja.pkl", VIEJA)
            or _se_detiene(funcion, "nueva.pkl", NUEVA)
            or _deja_hablar(funcion)
            or _no_tapa(funcion)
            or _deja_los_filtros(antes)
            or bien("Ahora no hace falta que nadie lea el aviso: el programa se detiene.")
        )


def _devuelve_el_modelo(intento, funcion, ruta):
    if type(intento.error) is ValueError:
        return mal(
            "rechaza_lo_bueno",
            vi=f"que rechaza un modelo de hoy: {muestra(str(intento.error))}",
            esperaba="el modelo",
            porque="el `raise` está fuera del `except`, o la comparación está al revés",
            prueba="el `raise` dentro de `except InconsistentVersionWarning`",
        )
    valor = valor_de(intento, funcion, ruta)
    if not isinstance(valor, LinearRegression | RandomForestClassifier):
        return mal(
            "no_devuelve",
            vi=f"que de un modelo de hoy devuelve {muestra(valor)}",
            esperaba="el modelo",
            porque="falta el `return`, o se devuelve otra cosa",
            prueba="`return` con lo que dio `pickle.load`",
        )
    return None


def _se_detiene(funcion, ruta, version):
    intento = intenta(funcion, ruta)
    if isinstance(intento.error, InconsistentVersionWarning):
        return mal(
            "escapa_el_aviso",
            vi="que sale el propio aviso, `InconsistentVersionWarning`",
            esperaba="un `ValueError` con las dos versiones",
            porque="el filtro ya lo hace error, pero falta atraparlo y decirlo a tu manera",
            prueba="`except InconsistentVersionWarning as aviso:` y dentro `raise ValueError(…)`",
        )
    if intento.error is None and intento.impreso:
        return mal(
            "lo_imprime",
            vi="que imprime una línea y sigue",
            esperaba="un `ValueError`",
            porque="`print` se ve, pero el programa que llama no se entera",
            prueba='`raise ValueError("…")`',
        )
    if intento.error is None:
        return mal(
            "no_se_detiene",
            vi=f"que con un modelo de la {version} y la {AQUI} aquí sigue adelante",
            esperaba="un `ValueError`",
            porque="sin filtro, un aviso no detiene nada; o se mira solo si es anterior",
            prueba='`warnings.simplefilter("error", InconsistentVersionWarning)` antes de cargar',
        )
    _exige_un_no(intento, "un modelo de otra versión", funcion, ruta)
    _exige_las_dos(intento, version)
    return None


def _deja_hablar(funcion):
    with warnings.catch_warnings(record=True, action="always") as avisos:
        intento = intenta(funcion, "charla.pkl")
    if intento.error is not None:
        return mal(
            "todo_aviso",
            vi="que se detiene ante un aviso que no es de versiones",
            esperaba="el modelo: ese aviso no lo pediste",
            porque="el filtro no nombra la clase, o nombra `UserWarning`, que incluye otras",
            prueba='`warnings.simplefilter("error", InconsistentVersionWarning)`',
        )
    if not any(CHARLA in str(aviso.message) for aviso in avisos):
        return mal(
            "calla_otro_aviso",
            vi="que un aviso que no es de versiones no llega a nadie",
            esperaba="que se viera, como sin tu función",
            porque="con `record=True` los avisos se quedan en la lista, y con el filtro `ignore` "
            "tampoco llega ninguno",
            prueba='`warnings.simplefilter("error", InconsistentVersionWarning)`, que solo cambia '
            "ese",
        )
    return None


def _no_tapa(funcion):
    intento = intenta(funcion, "cortado.pkl")
    if intento.error is None or AQUI in str(intento.error):
        return mal(
            "tapa_otro_error",
            vi="que con un archivo cortado no llega el error de pickle",
            esperaba="que saliera tal cual",
            porque="el `except` atrapa cualquier error, y un archivo roto no es de otra versión",
            prueba="`except InconsistentVersionWarning`, y ninguna otra",
        )
    return None


def _deja_los_filtros(antes):
    if list(warnings.filters) != antes:
        return mal(
            "deja_el_filtro",
            vi="que después de llamarla los avisos siguen siendo errores",
            esperaba="que todo quedara como estaba",
            porque="`simplefilter` cambia los avisos de toda la sesión",
            prueba="`with warnings.catch_warnings():` y el filtro dentro",
        )
    return None


# --- 07.2 · la prueba de que está mal ------------------------------------------------------------
SUMA, CAMBIAN = "suma mayor", "cambian"


@cache
def _respuestas_de_hoy():
    """Cuestan un proceso nuevo y no cambian: se piden una vez."""
    return antiguos.respuestas_de_hoy(BOSQUE)


def comprueba_prueba(prueba):
    """La mayor suma de una fila y las flores cuya etiqueta ya no es la de entonces."""
    if not isinstance(prueba, Mapping) or not {SUMA, CAMBIAN} <= set(prueba):
        return mal(
            "no_es_la_prueba",
            vi=muestra(prueba),
            esperaba=f"un `dict` con dos claves, «{SUMA}» y «{CAMBIAN}»",
            porque="se cambia el nombre de una clave, o se entrega un solo número",
            prueba="las dos claves de la celda",
        )
    if prueba[SUMA] is ... or prueba[CAMBIAN] is ...:
        return sin_responder("Quedan huecos: cambia cada `...` por lo que has medido.")
    entonces, hoy = antiguos.respuestas_de_entonces(BOSQUE), _respuestas_de_hoy()
    return (
        _la_suma(prueba[SUMA], np.array(hoy["predict_proba"]))
        or _las_flores(prueba[CAMBIAN], np.array(hoy["predict"]), np.array(entonces["predict"]))
        or bien(
            "Unas probabilidades que suman más de 1 y unas pocas etiquetas distintas. Quien solo "
            "mira las etiquetas puede tardar meses en verlo."
        )
    )


# Qué se calculó en lugar de la mayor suma, por qué y qué probar.
OTRAS_SUMAS = {
    "la de entonces": (
        "1, la suma de las probabilidades de entonces",
        "se suman las guardadas, que estaban bien",
        '`np.sum(hoy["predict_proba"], axis=1)`',
    ),
    "la primera": (
        "la suma de la primera flor",
        "es la que imprimió la celda de arriba; otra flor suma más",
        "`.max()` sobre la suma de cada fila",
    ),
    "la menor": (
        "la menor de las sumas",
        "se usa `min` en lugar de `max`",
        "`.max()`",
    ),
    "todas juntas": (
        "la suma de todos los números de la tabla",
        "falta `axis=1`, que suma fila a fila",
        '`np.sum(hoy["predict_proba"], axis=1)`',
    ),
    "una casilla": (
        "el mayor número de la tabla, sin sumar",
        "se busca el máximo antes de sumar cada fila",
        '`np.sum(hoy["predict_proba"], axis=1).max()`',
    ),
}


def _la_suma(dicha, tabla):
    sumas = tabla.sum(axis=1)
    # 0.05: leerla con un decimal también vale.
    if es_numero(dicha) and abs(dicha - sumas.max()) < 0.05:
        return None
    posibles = {
        "la de entonces": 1,
        "la primera": sumas[0],
        "la menor": sumas.min(),
        "todas juntas": tabla.sum(),
        "una casilla": tabla.max(),
    }
    for cual, valor in posibles.items():
        if es_numero(dicha) and abs(dicha - valor) < 0.05:
            vi, porque, prueba = OTRAS_SUMAS[cual]
            return mal(
                "no_es_la_mayor",
                vi=vi,
                esperaba="la mayor suma de una fila, entre las 150",
                porque=porque,
                prueba=prueba,
            )
    return mal(
        "otra_suma",
        vi=f"{muestra(dicha)} como suma",
        esperaba="un número: la mayor suma de una fila de `hoy`",
        porque="se copia de otra parte o se entrega la tabla entera",
        prueba='`float(np.sum(hoy["predict_proba"], axis=1).max())`',
    )


def _las_flores(dichas, hoy, entonces):
    cambian = np.flatnonzero(hoy != entonces).tolist()
    if es_numero(dichas):
        return mal(
            "cuantas_y_no_cuales",
            vi=f"{muestra(dichas)}: cuántas flores",
            esperaba="cuáles: una lista con sus números",
            porque="se suman las diferencias en lugar de buscarlas",
            prueba="`np.flatnonzero(…)`, que da los puestos",
        )
    try:
        suyas = np.array(dichas).ravel()
        lista = sorted(suyas.tolist())
    except (TypeError, ValueError):
        suyas, lista = np.array([]), None
    if suyas.dtype.kind != "b" and lista == cambian:
        return None
    con_especies = np.flatnonzero(hoy != load_iris().target).tolist()
    if suyas.dtype.kind == "b":
        vi, porque = "una lista de sí y no", "falta pasar de «cambia o no» a los números"
    elif lista == con_especies:
        vi, porque = (
            "las flores que el bosque falla hoy",
            "se compara con la especie y no con lo que respondía entonces",
        )
    elif lista == [numero + 1 for numero in cambian]:
        vi, porque = "las flores contadas desde 1", "Python cuenta desde 0"
    elif lista == []:
        vi, porque = (
            "ninguna flor",
            "se compara `hoy` consigo mismo, o `entonces` consigo mismo",
        )
    else:
        vi, porque = (
            muestra(dichas),
            "se miran las probabilidades, que cambian en todas, o se copia de otra parte",
        )
    return mal(
        "otras_flores",
        vi=vi,
        esperaba="los números de las flores cuya etiqueta ya no es la de entonces",
        porque=porque,
        prueba='`np.flatnonzero(np.array(hoy["predict"]) != entonces["predict"])`',
    )


# --- 07.3 · carga estricta -----------------------------------------------------------------------
def comprueba_carga_estricta(funcion):
    """Mira la versión antes de abrir, las respuestas después, y no se conforma con menos."""
    exige_funcion(funcion)
    with carpeta_vacia() as carpeta:
        _escribe_los_modelos(carpeta)
        return (
            _abre_lo_bueno(funcion, "bueno.pkl")
            or _no_abre(funcion, "vieja.pkl", VIEJA, carpeta / "marca")
            or _no_abre(funcion, "nueva.pkl", NUEVA, carpeta / "marca")
            or _nota_la_deriva(funcion, "otra_recta.pkl", "`predict` da otros números")
            or _nota_la_deriva(funcion, "deriva.pkl", "`predict_proba` ya no suma 1")
            or _acepta_el_redondeo(funcion)
            or _pide_respuestas(funcion)
            or bien("La versión, antes de abrir; las respuestas, antes de usarlo.")
        )


def _escribe_los_modelos(carpeta):
    """Los archivos con los que se prueba la función, en la carpeta actual."""
    X, y = load_iris(return_X_y=True)
    bosque = RandomForestClassifier(n_estimators=3, max_depth=2, random_state=0).fit(X, y)
    save_model(bosque, "bueno.pkl", X_ejemplo=X[::10])
    ficha = json.loads(Path("bueno.pkl.json").read_text(encoding="utf-8"))
    for ruta, version in (("vieja.pkl", VIEJA), ("nueva.pkl", NUEVA)):
        Path(ruta).write_bytes(pickle.dumps(Trampa(carpeta / "marca")))
        _escribe_ficha(ruta, ficha | {"versiones": ficha["versiones"] | {"scikit-learn": version}})
    for ruta, ejemplo in (("casi.pkl", _casi(ficha["ejemplo"])), ("sin_respuestas.pkl", None)):
        Path(ruta).write_bytes(Path("bueno.pkl").read_bytes())
        _escribe_ficha(ruta, ficha | {"ejemplo": ejemplo})
    for arbol in bosque.estimators_:
        con_recuentos(arbol)
    Path("deriva.pkl").write_bytes(pickle.dumps(bosque))
    _escribe_ficha("deriva.pkl", ficha)
    recta = LinearRegression().fit(X, y)
    save_model(recta, "otra_recta.pkl", X_ejemplo=X[::10])
    recta.intercept_ += 1
    Path("otra_recta.pkl").write_bytes(pickle.dumps(recta))


def con_recuentos(arbol):
    """Escribe en las hojas de un árbol cuántas filas, como la 1.3, y no qué fracción."""
    estado = arbol.tree_.__getstate__()
    estado["values"] = estado["values"] * arbol.tree_.weighted_n_node_samples[:, None, None]
    arbol.tree_.__setstate__(estado)


def _escribe_ficha(ruta, ficha):
    Path(f"{ruta}.json").write_text(json.dumps(ficha), encoding="utf-8")


def _casi(ejemplo):
    """El mismo ejemplo, con las probabilidades movidas en su último decimal."""
    movido = json.loads(json.dumps(ejemplo))
    tabla = movido["respuestas"]["predict_proba"]
    tabla["filas"] = [[valor + 1e-13 for valor in fila] for fila in tabla["filas"]]
    return movido


def _abre_lo_bueno(funcion, ruta):
    intento = intenta(funcion, ruta)
    if isinstance(intento.error, FileNotFoundError):
        return mal(
            "otra_ruta",
            vi=f"que con «{ruta}» se busca un archivo que no está: "
            f"{muestra(str(intento.error.filename))}",
            esperaba="que leyera la ruta que se le da y su ficha, que está al lado",
            porque="la ruta está fija en la función, o `with_suffix` cambia la extensión",
            prueba='`Path(f"{ruta}.json")`, que añade `.json` al final',
        )
    return _devuelve_el_modelo(intento, funcion, ruta)


def _acepta_el_redondeo(funcion):
    if intenta(funcion, "casi.pkl").error is None:
        return None
    return mal(
        "exige_bits",
        vi="que rechaza un modelo cuyas respuestas difieren en el último decimal",
        esperaba="que lo aceptara: una recta de la 1.3.2 tampoco da hoy los mismos bits",
        porque="se comparan números con `==` o `array_equal`",
        prueba='`np.allclose(hoy, guardadas["filas"])`',
    )


def _no_abre(funcion, ruta, version, marca):
    intento = intenta(funcion, ruta)
    if marca.exists():
        return mal(
            "tarde",
            vi=f"que con una ficha de la {version} el archivo se abrió",
            esperaba="que la versión se mirara antes de abrirlo",
            porque="se carga primero y se compara después, o se compara con `>`",
            prueba='`ficha["versiones"]["scikit-learn"] != sklearn.__version__` antes de '
            "`pickle.load`",
        )
    if intento.error is None:
        return mal(
            "no_avisa",
            vi=f"que con una ficha de la {version} devuelve {muestra(intento.valor)}",
            esperaba="un `ValueError`",
            porque="se imprime el problema o se devuelve algo; quien llama sigue como si nada",
            prueba='`raise ValueError("…")`',
        )
    _exige_un_no(intento, "una ficha de otra versión", funcion, ruta)
    _exige_las_dos(intento, version)
    return None


def _nota_la_deriva(funcion, ruta, que_pasa):
    intento = intenta(funcion, ruta)
    if intento.error is None:
        return mal(
            "no_mira_las_respuestas",
            vi=f"que acepta un modelo de esta versión que responde otra cosa: {que_pasa}",
            esperaba="un `ValueError`",
            porque="no se pregunta al modelo, o se mira un solo método; las etiquetas pueden "
            "coincidir",
            prueba='a recorrer `ejemplo["respuestas"].items()` y comparar cada una',
        )
    _exige_un_no(intento, "un modelo que responde otra cosa", funcion, ruta)
    return None


def _pide_respuestas(funcion):
    intento = intenta(funcion, "sin_respuestas.pkl")
    if type(intento.error) is ValueError:
        return None
    que = "lo acepta" if intento.error is None else f"lanza {type(intento.error).__name__}"
    return mal(
        "sin_respuestas",
        vi=f"que con una ficha sin ejemplo {que}",
        esperaba="un `ValueError`: estricto es también no usar lo que no se puede comprobar",
        porque='se olvida que `ficha["ejemplo"]` puede ser `None`',
        prueba='`if ficha["ejemplo"] is None: raise ValueError("…")`',
    )


# --- 07.4 · qué hacer ----------------------------------------------------------------------------
def comprueba_decisiones(decisiones):
    """A cada situación, una salida que valga."""
    if not isinstance(decisiones, Mapping):
        return mal(
            "no_es_dict",
            vi=muestra(decisiones),
            esperaba="un `dict` con una salida por letra",
            porque="se entrega una lista o un texto",
            prueba="`decisiones`, tal como la crea la celda",
        )
    if pendientes := [letra for letra in SITUACIONES if decisiones.get(letra, ...) is ...]:
        return sin_responder(f"Quedan por decidir: {', '.join(pendientes)}.")
    for letra, situacion in SITUACIONES.items():
        elegida = " ".join(str(decisiones[letra]).lower().split())
        if elegida not in OPCIONES:
            return mal(
                "otra_opcion",
                vi=f"en {letra}, {muestra(decisiones[letra])}",
                esperaba=f"una de estas: {', '.join(OPCIONES)}",
                porque="se escribe otra palabra, o dos salidas juntas",
                prueba="el nombre tal cual, entre comillas",
            )
        if elegida not in situacion.valen:
            return mal(
                "situacion",
                vi=f"en {letra} ({situacion.resumen}) la salida «{elegida}»",
                esperaba="otra salida",
                porque=f"suena bien, pero {situacion.por_que_no[elegida]}",
                prueba="a preguntarte qué tienes: el entorno, los datos o solo el archivo",
            )
    return bien("Seis de seis. Lo que se puede hacer depende de lo que se guardó a tiempo.")


# --- 07.5 · una deriva fabricada -----------------------------------------------------------------
MEDIDAS = ["largo_pico_mm", "alto_pico_mm", "largo_aleta_mm"]
# Sin la deriva: cada hoja, dividida por su suma. Con ella: por las filas de esa hoja.
PREGUNTA_DERIVA = """
import pickle
import numpy as np
import pathlib

objeto = pickle.loads(pathlib.Path(ARCHIVO).read_bytes())
X = np.array(FILAS)
respuesta = {"clase": type(objeto).__name__}
if respuesta["clase"] == "RandomForestClassifier":
    limpias, contadas, tocados = [], [], []
    for arbol in objeto.estimators_:
        hojas = arbol.tree_.apply(X.astype(np.float32))
        valores = arbol.tree_.value[hojas][:, 0]
        limpias.append(valores / valores.sum(axis=1, keepdims=True))
        contadas.append(limpias[-1] * arbol.tree_.weighted_n_node_samples[hojas][:, None])
        tocados.append(not np.allclose(valores.sum(axis=1), 1))
    respuesta["responde"] = objeto.predict_proba(X)
    respuesta["limpia"] = np.mean(limpias, axis=0)
    respuesta["contada"] = np.mean(contadas, axis=0)
    respuesta["tocados"], respuesta["arboles"] = sum(tocados), len(tocados)
"""


@cache
def aves():
    """La tabla de la lección: los pingüinos completos, en tres medidas y su especie."""
    tabla = pinguinos().dropna()
    return tabla[MEDIDAS].to_numpy(), tabla["especie"].to_numpy()


@cache
def _nombres_de_un_bosque():
    """Lo que un bosque guardado con pickle nombra, en cualquier protocolo."""
    bosque = RandomForestClassifier(n_estimators=1, random_state=0).fit(*aves())
    nombres = set()
    with carpeta_vacia():
        for protocolo in range(6):
            Path("uno.pkl").write_bytes(pickle.dumps(bosque, protocolo))
            nombres |= set(globales(Path("uno.pkl")).nombres)
    return nombres


def comprueba_deriva(nombre, antes, despues):
    """Las dos tablas difieren como deben, y el archivo, en otro proceso, da la segunda."""
    if nombre is ... or antes is ... or despues is ...:
        return sin_responder()
    antes, despues = _tabla(antes, "antes"), _tabla(despues, "despues")
    if not np.allclose(antes.sum(axis=1), 1):
        return mal(
            "antes_ya_cambiado",
            vi=f"que en `antes` la primera fila suma {antes[0].sum():.1f}",
            esperaba="probabilidades que sumen 1: las de tu bosque sin tocar",
            porque="se cambia `mio` y no una copia, o se pregunta después de cambiarlo",
            prueba="`copia = pickle.loads(pickle.dumps(mio))`, y cambia solo `copia`",
        )
    if np.allclose(antes, despues):
        return mal(
            "no_difieren",
            vi="la misma tabla dos veces",
            esperaba="que `despues` fuera la del bosque cambiado",
            porque="se pregunta dos veces a `mio`, o falta llamar a `con_recuentos`",
            prueba="`despues = copia.predict_proba(X)`, después de cambiar los árboles",
        )
    ruta = exige_archivo(nombre)
    textos_de_un_pickle(ruta)
    if ajenos := sorted(set(globales(ruta).nombres) - _nombres_de_un_bosque()):
        return _no_es_un_bosque(f"que el archivo nombra «{ajenos[0][:60]}»")
    pregunta = PREGUNTA_DERIVA.replace("ARCHIVO", repr(ruta.name))
    visto = pregunta_aparte(pregunta.replace("FILAS", repr(aves()[0].tolist())), ruta)
    if "responde" not in visto:
        return _no_es_un_bosque(f"un objeto {visto['clase']} en el archivo")
    return _lo_que_da(visto, antes, despues) or bien(
        "Tu propio bosque, con el mismo archivo por fuera y otras respuestas por dentro. Y sin un "
        "solo aviso, porque la versión sí es la de aquí."
    )


def _tabla(valor, nombre):
    filas = len(aves()[0])
    try:
        tabla = np.array(valor, dtype=float)
    except (TypeError, ValueError):
        tabla = np.array([])
    if tabla.shape == (filas, 3) and np.isfinite(tabla).all():
        return tabla
    raise Rechazo(
        mal(
            "no_es_la_tabla",
            vi=f"en `{nombre}`, {muestra(valor)}",
            esperaba=f"lo que da `predict_proba(X)`: {filas} filas y tres columnas",
            porque="se usa `predict`, que da etiquetas, o se pregunta por unas pocas aves",
            prueba="`predict_proba(X)`, con la `X` de la lección",
        )
    )


def _no_es_un_bosque(vi):
    return mal(
        "no_es_un_bosque",
        vi=vi,
        esperaba="un `RandomForestClassifier` y nada más",
        porque="se guarda una tabla, una lista de árboles o las dos copias juntas",
        prueba='`pickle.dump(copia, archivo)`, con el archivo abierto en modo "wb"',
    )


def _lo_que_da(visto, antes, despues):
    responde = np.array(visto["responde"])
    if responde.shape == antes.shape and np.allclose(responde, antes):
        return mal(
            "archivo_sin_deriva",
            vi="que el archivo responde lo de `antes`",
            esperaba="que respondiera lo de `despues`",
            porque="se guarda `mio`, o se guarda la copia antes de cambiarla",
            prueba="a guardar `copia` después del bucle",
        )
    if not np.array_equal(responde.shape, despues.shape) or not np.allclose(responde, despues):
        return mal(
            "el_archivo_no_las_da",
            vi="que el archivo, en otro proceso, no responde lo de `despues`",
            esperaba="la misma tabla",
            porque="el archivo es de un intento anterior, o `despues` se calculó a mano",
            prueba="a ejecutar la celda entera: cambiar, guardar y preguntar",
        )
    if visto["tocados"] < visto["arboles"]:
        return mal(
            "faltan_arboles",
            vi=f"cambiados {visto['tocados']} árboles de {visto['arboles']}",
            esperaba="todos",
            porque="se cambia uno, como en el ejemplo",
            prueba="`for arbol in copia.estimators_:`",
        )
    if not np.allclose(responde, visto["contada"]):
        return mal(
            "otro_factor",
            vi="hojas que no llevan el número de aves que les llegó",
            esperaba="la fracción multiplicada por las aves de cada hoja",
            porque="se multiplica por una constante, o se cambia dos veces el mismo árbol",
            prueba="`con_recuentos(arbol)`, una vez por árbol, en una copia recién hecha",
        )
    if not np.allclose(visto["limpia"], antes):
        return mal(
            "de_otro_bosque",
            vi="que el archivo y `antes` no salen del mismo bosque",
            esperaba="`antes` de `mio`, y en el archivo una copia de `mio` cambiada",
            porque="se entrena otro bosque para el archivo",
            prueba="`copia = pickle.loads(pickle.dumps(mio))`",
        )
    return None
