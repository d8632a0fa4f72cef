"""Cómo se comprueban los ejercicios de 04a · save_model() y load_model()."""

import copy
import hashlib
import re
from functools import cache
from pathlib import Path

import joblib
import numpy as np
from sklearn.datasets import load_diabetes
from sklearn.linear_model import LinearRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import FunctionTransformer

from helpers import errores
from helpers.ejercicios.archivos import carpeta_vacia, exige_archivo
from helpers.ejercicios.ejecucion import exige_funcion, intenta, llama
from helpers.ejercicios.preguntas import limpia
from helpers.ejercicios.resultado import Rechazo, bien, error_tuyo, mal, muestra, sin_responder
from helpers.errores import ErrorDelCurso, NoSePudoGuardar
from helpers.escritura import sitios
from helpers.persistencia import load_model, save_model


@cache
def _datos():
    return load_diabetes(return_X_y=True)


def _recta(filas=442):
    X, y = _datos()
    return LinearRegression().fit(X[:filas], y[:filas])


class Cambiante(LinearRegression):
    """Una regresión que se guarda y se carga sin error, y vuelve cambiada."""

    def __getstate__(self):
        """Lo que se guarda: los coeficientes, redondeados."""
        estado = super().__getstate__().copy()
        estado["coef_"] = estado["coef_"].round(-2)
        return estado


def _que_falla_a_medias():
    X, y = _datos()
    return make_pipeline(FunctionTransformer(lambda tabla: tabla * 2), LinearRegression()).fit(X, y)


# --- 04a.1 · releer antes de sustituir -----------------------------------------------------------
BUENO = "bueno.joblib"


def comprueba_version_3(funcion):
    """Escribe aparte, relee, compara y sustituye; y si algo falla, no toca nada."""
    exige_funcion(funcion)
    if ... in getattr(getattr(funcion, "__code__", None), "co_consts", ()):
        return sin_responder("Quedan huecos: cambia cada `...` por lo que va ahí.")
    with carpeta_vacia() as carpeta:
        return (
            _guarda_el_primero(funcion, carpeta)
            or _sustituye_al_primero(funcion)
            or _detiene_al_cambiante(funcion)
            or _resiste_un_fallo(funcion)
            or _sin_restos(carpeta)
        )


def _guarda_el_primero(funcion, carpeta):
    recta = _recta()
    intento = intenta(funcion, recta, BUENO, _datos()[0])
    if isinstance(intento.error, FileNotFoundError):
        return EN_SU_SITIO if (carpeta / BUENO).exists() else LEE_EL_OTRO
    if isinstance(intento.error, ValueError):
        return mal(
            "rechaza_el_bueno",
            vi="que un modelo corriente se rechaza",
            esperaba="que se guardara: lo que vuelve responde lo mismo",
            porque="se compara con otra cosa: con la y, con el modelo o con otras filas",
            prueba="`model.predict(X_ejemplo)` en el tercer hueco",
        )
    _lanza_lo_demas(intento, funcion)
    if not (carpeta / BUENO).exists():
        return mal(
            "no_lo_pone",
            vi="que, al terminar, el archivo no está en su sitio",
            esperaba=f"encontrar «{BUENO}»",
            porque="`replace` recibe el nombre de paso, o el último hueco no es la ruta pedida",
            prueba="`nuevo.replace(ruta)`: el nuevo toma el sitio de `ruta`",
        )
    return None


EN_SU_SITIO = mal(
    "escribe_en_su_sitio",
    vi="que el modelo se escribe directamente en el archivo bueno",
    esperaba="que se escribiera aparte",
    porque="`ruta` es el destino final, y parece el lugar natural para escribir",
    prueba="`nuevo` en el primer hueco",
)
LEE_EL_OTRO = mal(
    "lee_el_otro",
    vi="que se carga un archivo que todavía no existe, el definitivo",
    esperaba="que se cargara el que se acaba de escribir",
    porque="`ruta` es el destino, pero lo nuevo sigue aparte",
    prueba="`nuevo` también en el segundo hueco",
)


def _sustituye_al_primero(funcion):
    otra = _recta(200)
    intento = intenta(funcion, otra, BUENO, _datos()[0])
    _lanza_lo_demas(intento, funcion)
    if not np.array_equal(joblib.load(BUENO).coef_, otra.coef_):
        return mal(
            "no_sustituye",
            vi="que, al guardar otro modelo con el mismo nombre, queda el primero",
            esperaba="que el nuevo ocupara su sitio",
            porque="se mira si el archivo existe y entonces no se cambia",
            prueba="`nuevo.replace(ruta)`, que sustituye lo que hubiera",
        )
    return None


def _detiene_al_cambiante(funcion):
    X, y = _datos()
    antes = Path(BUENO).read_bytes()
    intento = intenta(funcion, Cambiante().fit(X, y), BUENO, X)
    if intento.error is None:
        return mal(
            "no_compara",
            vi="que se acepta un modelo que vuelve cambiado",
            esperaba="un `ValueError`",
            porque="`vuelve` se compara consigo mismo, y eso no puede fallar",
            prueba="`model.predict(X_ejemplo)`: lo que responde el que aún está en memoria",
        )
    if Path(BUENO).read_bytes() != antes:
        return EN_SU_SITIO
    return None


def _resiste_un_fallo(funcion):
    antes = Path(BUENO).read_bytes()
    intento = intenta(funcion, _que_falla_a_medias(), BUENO, _datos()[0])
    if Path(BUENO).read_bytes() != antes:
        return EN_SU_SITIO
    if intento.error is None:
        return mal(
            "calla_el_fallo",
            vi="que un guardado que falla termina como si nada",
            esperaba="que el error llegara a quien llama",
            porque="hay un `except` que lo atrapa y no lo vuelve a lanzar",
            prueba="`try` y `finally`, sin `except`",
        )
    return None


def _sin_restos(carpeta):
    restos = sorted({ruta.name for ruta in carpeta.iterdir()} - {BUENO})
    if restos:
        return mal(
            "deja_restos",
            vi=f"{muestra(restos[0])} en la carpeta, después de un fallo",
            esperaba="solo el archivo bueno",
            porque="se quitó el `finally`, o borra otro nombre",
            prueba="`nuevo.unlink(missing_ok=True)` dentro de `finally:`",
        )
    return bien("Un archivo solo ocupa el sitio del bueno después de haber demostrado que vuelve.")


def _lanza_lo_demas(intento, funcion):
    if intento.error is not None:
        raise Rechazo(
            error_tuyo(
                "lanza_al_guardar",
                f"Al guardar un modelo corriente lanzó {type(intento.error).__name__}: "
                f"{muestra(str(intento.error))[1:-1]}",
                f"`{getattr(funcion, '__name__', 'la función')}(modelo, 'prueba.joblib', "
                "X_nuevos)` en una celda aparte",
            )
        )


# --- 04a.2 · que_le_pasa -------------------------------------------------------------------------
FRASES = ("no existe", "vacío", "página web", "puntero", "otro formato", "incompleto", "bien")
# Por qué se confunde cada uno y qué mirar.
CONFUNDE = {
    "no existe": (
        "se abre el archivo antes de saber si está",
        "`os.path.exists(ruta)` en la primera línea",
    ),
    "vacío": (
        "un archivo de 0 bytes existe, y al cargarlo también da `EOFError`",
        "`os.path.getsize(ruta) == 0`, antes de cargar nada",
    ),
    "página web": (
        "se compara con un comienzo exacto, y las páginas empiezan de varias formas",
        "`formato(ruta)`, que las reconoce por `<!DOCTYPE`, `<html>`…",
    ),
    "puntero": (
        "es un texto, y solo su primera línea dice que es un puntero",
        '`formato(ruta) == "puntero de Git-LFS"`',
    ),
    "otro formato": (
        "joblib no distingue los formatos: falla con el error que sea, o incluso carga",
        '`formato(ruta) != "zlib"`, después de descartar los anteriores',
    ),
    "incompleto": (
        "empieza como uno bueno; hay que leerlo entero",
        "`zlib.decompress(Path(ruta).read_bytes())` en un `try`, con `except zlib.error`",
    ),
    "bien": (
        "alguna comprobación rechaza de más: un modelo comprimido tampoco es texto",
        "tu función con la ruta de un modelo tuyo, y los `if` de uno en uno",
    ),
}


def comprueba_que_le_pasa(funcion):
    """Reconoce los siete casos, con varios archivos de cada uno."""
    exige_funcion(funcion)
    with carpeta_vacia():
        for frase, ruta in _archivos_de_prueba():
            if resultado := _mira(funcion, frase, ruta):
                return resultado
    return bien("Quien reciba esa frase sabrá qué hacer. Con un `KeyError: 60`, no.")


def _archivos_de_prueba():
    """Da (frase, ruta) de cada archivo, en el orden en que conviene preguntar por ellos."""
    import skops.io

    joblib.dump(_recta(), "modelo.joblib", compress=3)
    skops.io.dump(_recta(), "cambiado.joblib")
    entero = Path("modelo.joblib").read_bytes()
    escritos = {
        "vacío": [b""],
        "página web": [b"<!DOCTYPE html><title>404</title>", b"\n<html><body>no</body></html>"],
        "puntero": [b"version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 9\n"],
        "otro formato": [Path("cambiado.joblib").read_bytes(), b'{"coef": [1, 2]}', b"hola\n"],
        "incompleto": [entero[:-20], entero[: len(entero) // 2]],
    }
    yield "bien", "modelo.joblib"
    yield "no existe", "no está.joblib"
    for frase, contenidos in escritos.items():
        for numero, contenido in enumerate(contenidos):
            ruta = f"{frase} {numero}.joblib"
            Path(ruta).write_bytes(contenido)
            yield frase, ruta


def _mira(funcion, frase, ruta):
    intento = intenta(funcion, ruta)
    caso = "un modelo entero" if frase == "bien" else f"un archivo del caso «{frase}»"
    if isinstance(intento.error, Exception):
        return error_tuyo(
            "lanza",
            f"Con {caso}, lanzó {type(intento.error).__name__}: "
            f"{muestra(str(intento.error))[1:-1]}",
            CONFUNDE[frase][1],
        )
    if intento.error is not None:
        return llama(funcion, ruta)
    if not isinstance(intento.valor, str):
        return mal(
            "no_es_frase",
            vi=f"que con {caso} devuelve {muestra(intento.valor)}",
            esperaba="una de las siete frases",
            porque="falta un `return`, o se imprime en lugar de devolver",
            prueba="`return` en cada rama",
        )
    dicha = limpia(intento.valor)
    if dicha == limpia(frase):
        return None
    if dicha not in map(limpia, FRASES):
        return mal(
            "otra_frase",
            vi=f"que con {caso} devuelve {muestra(intento.valor)}",
            esperaba="una de las siete frases del enunciado",
            porque="se escribe con otras palabras, o se devuelve lo que dice `formato`",
            prueba=f'`return "{frase}"`',
        )
    porque, prueba = CONFUNDE[frase]
    return mal(
        "confunde",
        vi=f"«{intento.valor}» para {caso}",
        esperaba=f"«{frase}»",
        porque=porque,
        prueba=prueba,
    )


# --- 04a.3 · el accidente, sin víctimas ----------------------------------------------------------
DE_SAVE_MODEL = {
    nombre
    for nombre, clase in vars(errores).items()
    if isinstance(clase, type) and issubclass(clase, ErrorDelCurso)
}


def comprueba_accidente(nombre, antes, despues, excepcion):
    """El archivo está entero, con su ficha, y las dos huellas son la suya."""
    ruta = exige_archivo(nombre)
    for huella in (antes, despues):
        if not (isinstance(huella, str) and re.fullmatch("[0-9a-f]{64}", huella)):
            return mal(
                "no_es_huella",
                vi=muestra(huella),
                esperaba="un texto de 64 cifras hexadecimales",
                porque="se pasa el tamaño, el modelo o la ruta",
                prueba="`sha256(ruta)`, con la función de la celda",
            )
    if not sitios(ruta).ficha.exists():
        return mal(
            "sin_ficha",
            vi="el modelo, y ninguna ficha a su lado",
            esperaba="los dos archivos",
            porque="se guardó con `joblib.dump` o con una de las versiones anteriores",
            prueba="`save_model(modelo, ruta)`, la que se importó de `helpers`",
        )
    if antes != despues:
        return mal(
            "cambia",
            vi="dos huellas distintas",
            esperaba="la misma: el segundo guardado tenía que fallar",
            porque="el segundo modelo sí se podía guardar, y sustituyó al primero",
            prueba="con `con_lambda`, y a mirar que salte la excepción",
        )
    if antes != hashlib.sha256(ruta.read_bytes()).hexdigest():
        return mal(
            "de_otro_archivo",
            vi=f"una huella que no es la de «{ruta.name}» tal como está ahora",
            esperaba="la de ese archivo",
            porque="se calculó la de otro, o se guardó otra vez después de apuntarla",
            prueba="a ejecutar la celda entera, de arriba abajo",
        )
    return _la_excepcion(excepcion)


def _la_excepcion(excepcion):
    if not isinstance(excepcion, str):
        clase = excepcion if isinstance(excepcion, type) else type(excepcion)
        excepcion = clase.__name__
    if excepcion not in DE_SAVE_MODEL:
        return mal(
            "otra_excepcion",
            vi=f"la excepción {muestra(excepcion)}",
            esperaba="la que lanza `save_model`",
            porque="se apunta la de joblib (`PicklingError`), que es la causa, o se escribe a mano",
            prueba="`type(error).__name__` dentro de `except ErrorDelCurso as error:`",
        )
    return bien("El guardado falló y el archivo no cambió ni un byte.")


# --- 04a.4 · no sobrescribir ---------------------------------------------------------------------
def comprueba_versiones(funcion):
    """Tres llamadas dejan tres modelos distintos, y ninguna toca los demás, aunque falte uno."""
    exige_funcion(funcion)
    with carpeta_vacia():
        carpeta = Path("mis versiones")
        anteriores = {}
        for numero in (1, 2, 3):
            modelo = _recta(100 * numero)
            ruta = carpeta / f"v{numero}.joblib"
            problema = _guarda_una(funcion, modelo, carpeta, ruta) or _pisadas(anteriores)
            if problema:
                return problema
            anteriores[ruta] = ruta.read_bytes()
        nueva = Path("otra carpeta")
        if problema := _guarda_una(funcion, _recta(), nueva, nueva / "v1.joblib"):
            return problema
        if problema := _pisa_si_falta_la_1(funcion, carpeta, anteriores):
            return problema
    return bien("Tres versiones, y las tres siguen ahí. La ficha dice de cuándo es cada una.")


def _guarda_una(funcion, modelo, carpeta, ruta):
    intento = intenta(funcion, modelo, str(carpeta))
    if isinstance(intento.error, errores.YaExiste):
        return mal(
            "se_rinde",
            vi=f"que la llamada para «{ruta.name}» termina con `YaExiste`",
            esperaba="que probara con el número siguiente",
            porque="el número está fijo, o nadie atrapa la excepción",
            prueba="un bucle, y `except YaExiste: continue`",
        )
    if intento.error is not None:
        return _lanza_con(funcion, modelo, carpeta, intento.error)
    if not isinstance(intento.valor, str | Path):
        return mal(
            "no_devuelve",
            vi=f"que devuelve {muestra(intento.valor)}",
            esperaba="la ruta del archivo",
            porque="falta el `return`: `save_model` ya devuelve la ruta",
            prueba="`return save_model(…)`",
        )
    if not ruta.exists():
        return mal(
            "otro_nombre",
            vi=f"que no aparece «{ruta.name}» en la carpeta; hay {muestra(_lo_que_hay(carpeta))}",
            esperaba="en cada carpeta, v1.joblib, después v2.joblib y después v3.joblib",
            porque="se empieza a contar en 0, se cuentan también las fichas, la cuenta está fuera "
            "de la función, o se guarda en otra carpeta",
            prueba='`f"{carpeta}/v{numero}.joblib"`, con el número desde 1',
        )
    if Path(intento.valor).name != ruta.name:
        return mal(
            "devuelve_otra",
            vi=f"que devuelve {muestra(str(intento.valor))}",
            esperaba=f"la ruta de «{ruta.name}», el que acaba de guardar",
            porque="se devuelve la carpeta o el nombre siguiente",
            prueba="`return save_model(…)`",
        )
    if not sitios(ruta).ficha.exists():
        return mal(
            "sin_ficha_al_lado",
            vi=f"«{ruta.name}» sin su ficha",
            esperaba="los dos archivos",
            porque="se guarda con `joblib.dump`",
            prueba="`save_model`, la del curso",
        )
    return None


def _lanza_con(funcion, modelo, carpeta, error):
    if not isinstance(error, Exception):
        return llama(funcion, modelo, str(carpeta))
    return error_tuyo(
        "lanza_la_version",
        f"`guarda_version(modelo, '{carpeta}')` lanzó {type(error).__name__}: "
        f"{muestra(str(error))[1:-1]}",
        "a llamarla en una celda aparte; la carpeta puede no existir todavía",
    )


def _pisadas(anteriores):
    for ruta, contenido in anteriores.items():
        if not ruta.exists() or ruta.read_bytes() != contenido:
            return mal(
                "pisa",
                vi=f"que «{ruta.name}» cambió al guardar otra versión",
                esperaba="que siguiera como estaba",
                porque="falta `sobrescribir=False`, o se vuelve a guardar en todos los números",
                prueba="`sobrescribir=False`, y salir del bucle en cuanto uno se guarda",
            )
    return None


def _pisa_si_falta_la_1(funcion, carpeta, anteriores):
    primera = carpeta / "v1.joblib"
    del anteriores[primera]
    for archivo in (primera, sitios(primera).ficha):
        archivo.unlink()
    # Si guarda en otro número, si ocupa el hueco o si se niega da igual: no sustituir es lo pedido.
    intenta(funcion, _recta(400), str(carpeta))
    if not _pisadas(anteriores):
        return None
    return mal(
        "pisa_si_falta_una",
        vi="que, con «v1.joblib» borrado, la llamada siguiente sustituye otra versión",
        esperaba="que «v2.joblib» y «v3.joblib» siguieran como estaban",
        porque="se cuentan los archivos, y si falta uno, el número que toca ya está ocupado",
        prueba="`sobrescribir=False`, que se niega antes que sustituir",
    )


def _lo_que_hay(carpeta):
    return sorted(ruta.name for ruta in carpeta.iterdir()) if carpeta.exists() else []


# --- 04a.5 · tres pruebas para tres defectos -----------------------------------------------------
def _carga_cambiado(ruta, **opciones):
    modelo = copy.deepcopy(load_model(ruta, **opciones))
    modelo.coef_ = modelo.coef_ * 1.01
    return modelo


def _carga_nada(ruta, **opciones):
    return load_model(ruta, **opciones) if Path(ruta).exists() else None


def _guarda_encima(model, ruta, *resto, **opciones):
    """Vacía el archivo antes de saber si podrá escribir, como hace `open`."""
    try:
        return save_model(model, ruta, *resto, **opciones)
    except NoSePudoGuardar:
        Path(ruta).write_bytes(b"")
        sitios(Path(ruta)).ficha.unlink(missing_ok=True)
        raise


DEFECTUOSAS = (
    ((save_model, _carga_cambiado),
     "el `load_model` que cambia los coeficientes",
     "se mira que el archivo exista o que la clase coincida, y no lo que responde",
     "`assert np.array_equal(cargado.predict(X_nuevos), modelo.predict(X_nuevos))`"),
    ((save_model, _carga_nada),
     "el `load_model` que devuelve `None` si el archivo no está",
     "el `except FileNotFoundError` está, pero nada se detiene si la excepción no llega",
     "`assert False` después de llamar a `load_model`, o un `return` dentro del `except`"),
    ((_guarda_encima, load_model),
     "el `save_model` que pierde el modelo anterior",
     "se comprueba que salte el error y no lo que queda en el archivo",
     "a cargar el archivo después del fallo y comparar con `modelo`"),
)  # fmt: skip


def comprueba_pruebas(*pruebas):
    """Callan con las funciones buenas y cada una se detiene con las suyas."""
    for prueba in pruebas:
        exige_funcion(prueba)
        with carpeta_vacia():
            intento = intenta(prueba, save_model, load_model)
        if intento.error is not None:
            return _falla_con_las_buenas(prueba, intento.error)
    for prueba, (funciones, cual, porque, remedio) in zip(pruebas, DEFECTUOSAS, strict=True):
        with carpeta_vacia():
            intento = intenta(prueba, *funciones)
        if intento.error is None:
            return mal(
                "deja_pasar",
                vi=f"que `{prueba.__name__}` deja pasar {cual}",
                esperaba="que se detuviera",
                porque=porque,
                prueba=remedio,
            )
    return bien("Tres pruebas, tres defectos descubiertos. Así se prueba también este curso.")


def _falla_con_las_buenas(prueba, error):
    nombre = getattr(prueba, "__name__", "la prueba")
    if isinstance(error, AssertionError):
        return mal(
            "rechaza_las_buenas",
            vi=f"que `{nombre}` se detiene con las funciones buenas",
            esperaba="que terminara en silencio",
            porque="el `assert` pide lo contrario, o se compara con `is` o con `==`",
            prueba="a ejecutarla con las del curso: `prueba(save_model, load_model)`",
        )
    if isinstance(error, ErrorDelCurso):
        return mal(
            "no_espera_el_error",
            vi=f"que a `{nombre}` se le escapa un {type(error).__name__} de las funciones buenas",
            esperaba="que contara con él",
            porque="guardar `con_lambda`, o cargar lo que no está, tiene que dar un error",
            prueba="un `try` con `except ErrorDelCurso` o `except FileNotFoundError`",
        )
    if not isinstance(error, Exception):
        return error_tuyo(
            "no_acaba", f"`{nombre}` no terminó y la detuve", "a buscar un bucle sin final"
        )
    return error_tuyo(
        "lanza_otra",
        f"Con las funciones buenas, `{nombre}` lanzó {type(error).__name__}: "
        f"{muestra(str(error))[1:-1]}",
        "a ejecutarla en una celda: `prueba(save_model, load_model)`",
    )
