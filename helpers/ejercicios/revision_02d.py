"""Cómo se comprueban los ejercicios de 02d · skops. El segundo, en `lista_02d.py`."""

import copy
import zipfile
from collections.abc import Mapping
from types import CodeType

import skops.io as sio
from skops.io.exceptions import UntrustedTypesFoundException

from helpers.datos import horas_de_estudio
from helpers.ejercicios.archivos import exige_archivo, pregunta_aparte
from helpers.ejercicios.ejecucion import llama
from helpers.ejercicios.lista_02d import ARBOL
from helpers.ejercicios.preguntas import juzga_verdades
from helpers.ejercicios.resultado import Rechazo, bien, mal, muestra, sin_responder


def exige_skops(nombre):
    """Devuelve la ruta de un archivo de skops, o rechaza diciendo qué tiene de distinto."""
    ruta = exige_archivo(nombre)
    if zipfile.is_zipfile(ruta):
        with zipfile.ZipFile(ruta) as archivo:
            if "schema.json" in archivo.namelist():
                return ruta
    raise Rechazo(
        mal(
            "no_es_skops",
            vi=f"que «{ruta.name}» no es un zip con un `schema.json` dentro",
            esperaba="un archivo escrito por skops",
            porque="se guarda con pickle o joblib; el nombre del archivo no cambia su formato",
            prueba="`sio.dump`, que sí escribe ese zip",
        )
    )


# --- 02d.1 · ida y vuelta de un modelo lineal ----------------------------------------------------
def comprueba_recta(nombre):
    """Un proceso nuevo carga el modelo sin aprobar nada y predice lo que debe."""
    ruta = exige_skops(nombre)
    if pide := sio.get_untrusted_types(file=ruta):
        return mal(
            "pide_permiso",
            vi=f"que el archivo pide aprobar {muestra(pide)}",
            esperaba="un modelo lineal, que se carga sin `trusted`",
            porque="se guarda otro modelo, o uno con una función dentro",
            prueba="`make_pipeline(StandardScaler(), LinearRegression())`",
        )
    visto = pregunta_aparte(PREGUNTA_RECTA.replace("ARCHIVO", repr(ruta.name)), ruta)
    if visto["nota"] == "no predice":
        return mal(
            "no_es_un_modelo",
            vi=f"en el archivo un objeto {visto['tipo']}, sin método `predict`",
            esperaba="el modelo",
            porque="se guarda una predicción, o una parte del modelo",
            prueba='`sio.dump(modelo_1, "recta.skops")`, donde `modelo_1` es lo que entrenaste',
        )
    if visto["nota"] == "sin entrenar":
        return mal(
            "sin_entrenar",
            vi=f"un {visto['tipo']} sin entrenar",
            esperaba="el modelo con lo que aprendió",
            porque="se guarda antes de llamar a `fit`",
            prueba="a entrenar con `.fit(…)` y guardar después",
        )
    if visto["tipo"] != "Pipeline":
        return mal(
            "sin_escalador",
            vi=f"un {visto['tipo']} a solas",
            esperaba="los dos pasos juntos: el escalador y la regresión",
            porque="se guarda `modelo`, el de antes, o solo el último paso",
            prueba="a guardar lo que devuelve `make_pipeline(…)`",
        )
    if visto["pasos"] != ["StandardScaler", "LinearRegression"]:
        return mal(
            "otros_pasos",
            vi=f"un Pipeline con estos pasos: {', '.join(visto['pasos'])}",
            esperaba="`StandardScaler` y `LinearRegression`, en ese orden",
            porque="falta un paso, o sobra, o se usa otro escalador",
            prueba="`make_pipeline(StandardScaler(), LinearRegression())`",
        )
    if abs(visto["nota"] - _nota_con_diez_horas()) > 0.05:
        return mal(
            "otra_nota",
            vi=f"que con 10 horas predice {visto['nota']:.1f}",
            esperaba=f"{_nota_con_diez_horas():.1f}",
            porque="se entrena con otros datos, o con las horas y las notas cambiadas",
            prueba='`.fit(estudio[["horas"]].to_numpy(), estudio["nota"])`',
        )
    return bien(
        "Un proceso nuevo cargó los dos pasos sin aprobar nada: skops conoce esas clases. "
        "Quien lo cargue sigue necesitando scikit-learn."
    )


def _nota_con_diez_horas():
    from sklearn.linear_model import LinearRegression

    datos = horas_de_estudio(semilla=42)
    modelo = LinearRegression().fit(datos[["horas"]].to_numpy(), datos["nota"])
    return float(modelo.predict([[10]])[0])


PREGUNTA_RECTA = """
import numpy, skops.io
from sklearn.exceptions import NotFittedError
modelo = skops.io.load(ARCHIVO)
respuesta = {"tipo": type(modelo).__name__}
respuesta["pasos"] = [type(paso).__name__ for _, paso in getattr(modelo, "steps", [])]
try:
    respuesta["nota"] = float(numpy.ravel(modelo.predict([[10]]))[0])
except NotFittedError:
    respuesta["nota"] = "sin entrenar"
except AttributeError:
    respuesta["nota"] = "no predice"
"""

# --- 02d.3 · auditar cuatro archivos -------------------------------------------------------------
DECISIONES = {"web.skops": "a", "mio.skops": "b", "foro.skops": "c", "colega.skops": "d"}
EQUIVOCADAS = {
    ("web.skops", "b"): mal(
        "web_con_lista",
        vi="una lista para web.skops",
        esperaba="que no aprobaras nada: no pide nada",
        porque="parece que `trusted` hace falta siempre",
        prueba="`sio.load` con la ruta y nada más",
    ),
    ("web.skops", "c"): mal(
        "web_por_su_autor",
        vi="que rechazas web.skops por no saber quién lo hizo",
        esperaba="que lo cargaras",
        porque="con pickle sería lo correcto; aquí skops conoce todos los tipos del archivo",
        prueba="a mirar su línea en la salida de la celda anterior",
    ),
    ("web.skops", "d"): mal(
        "web_no_pide",
        vi="que web.skops pide algo de más",
        esperaba="que vieras una lista vacía",
        porque="se leen las líneas en otro orden",
        prueba='`sio.get_untrusted_types(file="web.skops")`',
    ),
    ("mio.skops", "a"): mal(
        "mio_sin_lista",
        vi="que cargas mio.skops sin `trusted`",
        esperaba="una lista con el tipo que pide",
        porque="es tuyo y parece que basta; pero skops no sabe quién escribió el archivo",
        prueba='`sio.load("mio.skops")` y lee la excepción',
    ),
    ("mio.skops", "c"): mal(
        "mio_por_su_autor",
        vi="que rechazas mio.skops por no saber quién lo hizo",
        esperaba="que te reconocieras: lo guardaste tú",
        porque="la lista es la misma que la de foro.skops",
        prueba="a leer la columna de la procedencia",
    ),
    ("mio.skops", "d"): mal(
        "mio_si_lo_necesita",
        vi="que a mio.skops le sobra lo que pide",
        esperaba="que vieras que un bosque está hecho de árboles",
        porque="un nombre desconocido parece sospechoso",
        prueba="a releer el apartado 2, donde el mismo tipo sale de tu propio bosque",
    ),
    ("foro.skops", "a"): mal(
        "foro_sin_lista",
        vi="que cargas foro.skops sin `trusted`",
        esperaba="que vieras que pide un tipo",
        porque="parece que un árbol suelto es más sencillo que un bosque",
        prueba='`sio.get_untrusted_types(file="foro.skops")`',
    ),
    ("foro.skops", "b"): mal(
        "foro_aprobado",
        vi="que apruebas el árbol de foro.skops",
        esperaba="que lo rechazaras: no sabes quién lo hizo",
        porque="pide lo mismo que tu bosque; pero un árbol fabricado puede tumbar el proceso",
        prueba="a pedir los datos y entrenarlo tú, o una firma de quien lo hizo",
    ),
    ("foro.skops", "d"): mal(
        "foro_si_lo_necesita",
        vi="que a foro.skops le sobra lo que pide",
        esperaba="otra razón: un árbol sí necesita ese tipo",
        porque="se rechaza bien, pero el problema no está en la lista",
        prueba="a comparar su lista con la de mio.skops, y después su procedencia",
    ),
    ("colega.skops", "a"): mal(
        "colega_sin_lista",
        vi="que cargas colega.skops sin `trusted`",
        esperaba="que leyeras lo que pide",
        porque="conocer a quien lo envía parece suficiente",
        prueba='`sio.get_untrusted_types(file="colega.skops")`',
    ),
    ("colega.skops", "b"): mal(
        "colega_aprobado",
        vi="que apruebas `builtins.eval` para un archivo que dice cambiar la escala",
        esperaba="que lo rechazaras: `eval` ejecuta el código que le den como texto",
        porque="viene de alguien conocido; a esa persona también la pueden haber engañado",
        prueba="a preguntarte para qué necesita un cambio de escala esa función",
    ),
    ("colega.skops", "c"): mal(
        "colega_por_su_autor",
        vi="que rechazas colega.skops por no saber quién lo hizo",
        esperaba="otra razón: sí lo sabes",
        porque="se rechaza bien, pero esta vez el problema está en la lista",
        prueba="a buscar en la lista un nombre que no es de ningún modelo",
    ),
}


def comprueba_auditoria(decisiones):
    """Cada archivo tiene su decisión y su razón."""
    _exige_diccionario(decisiones, DECISIONES)
    for archivo in DECISIONES:
        letra = decisiones[archivo]
        letra = letra.strip().lower() if isinstance(letra, str) else letra
        if letra not in tuple("abcd"):
            return mal(
                "otra_letra",
                vi=f"para {archivo}, {muestra(letra)}",
                esperaba='una letra entre comillas: "a", "b", "c" o "d"',
                porque="se escribe la decisión con palabras, o la letra sin comillas",
                prueba='`"web.skops": "c"`, con tu letra',
            )
        if letra != DECISIONES[archivo]:
            return EQUIVOCADAS[archivo, letra]
    return bien(
        "Tres preguntas: qué pide, si ese modelo lo necesita y quién lo hizo. Ninguna dice si el "
        "modelo predice bien; eso es del cuaderno 03a."
    )


def _exige_diccionario(respuestas, esperadas):
    """Rechaza lo que no es un diccionario con esas claves, o lo que aún tiene huecos."""
    if not isinstance(respuestas, Mapping) or set(respuestas) != set(esperadas):
        raise Rechazo(
            mal(
                "otras_claves",
                vi=muestra(respuestas),
                esperaba=f"un diccionario con las claves {', '.join(esperadas)}",
                porque="se cambia una clave, o se borra una línea",
                prueba="a copiar otra vez la celda y cambiar solo los puntos suspensivos",
            )
        )
    if faltan := [clave for clave, valor in respuestas.items() if valor is ...]:
        raise Rechazo(sin_responder(f"Falta tu respuesta para {', '.join(faltan)}."))


# --- 02d.4 · menos de 200 KiB --------------------------------------------------------------------
LIMITE_KIB = 200


def comprueba_tamano(nombre):
    """El archivo pesa menos de 200 KiB y lleva el bosque entero."""
    ruta = exige_skops(nombre)
    kib = ruta.stat().st_size / 1024
    with zipfile.ZipFile(ruta) as archivo:
        sin_comprimir = all(parte.compress_type == zipfile.ZIP_STORED for parte in archivo.filelist)
    if kib >= LIMITE_KIB and sin_comprimir:
        return mal(
            "sin_comprimir",
            vi=f"{kib:.0f} KiB, y que ninguna parte del zip está comprimida",
            esperaba=f"menos de {LIMITE_KIB} KiB",
            porque="un zip puede guardar sin comprimir, y skops lo hace si no le dices otra cosa",
            prueba="el argumento `compression=zipfile.ZIP_DEFLATED`",
        )
    if kib >= LIMITE_KIB:
        return mal(
            "comprime_poco",
            vi=f"{kib:.0f} KiB, con compresión",
            esperaba=f"menos de {LIMITE_KIB} KiB",
            porque="`compresslevel=1` es el nivel que comprime menos",
            prueba="a quitar `compresslevel`, o a subirlo hasta 9",
        )
    if sio.get_untrusted_types(file=ruta) != [ARBOL]:
        return mal(
            "no_es_un_bosque",
            vi=f"que el archivo no pide `{ARBOL}`, o pide algo más",
            esperaba="un bosque",
            porque="se guarda otro modelo, que pesaba menos",
            prueba='`sio.dump(bosque, "ligero.skops", …)`',
        )
    visto = pregunta_aparte(PREGUNTA_BOSQUE.replace("ARCHIVO", repr(ruta.name)), ruta)
    if visto["arboles"] != 100:
        return mal(
            "menos_arboles",
            vi=f"que el número de árboles es {visto['arboles']}",
            esperaba="los 100 del bosque",
            porque="con menos árboles pesa menos, pero es otro modelo",
            prueba="a guardar `bosque` y cambiar solo cómo se guarda",
        )
    if not visto["igual"]:
        return mal(
            "otro_bosque",
            vi="cien árboles que no dan las mismas probabilidades",
            esperaba="el mismo `bosque`",
            porque="se entrena uno nuevo, con otra semilla o con árboles más cortos",
            prueba="a guardar `bosque`, el del apartado 2",
        )
    return bien(
        f"Pesa {kib:.0f} KiB y da las mismas probabilidades. Lo que sobraba era el texto repetido "
        "del esquema."
    )


PREGUNTA_BOSQUE = f"""
import skops.io
from sklearn.datasets import load_iris
from sklearn.ensemble import RandomForestClassifier
X, y = load_iris(return_X_y=True)
bosque = skops.io.load(ARCHIVO, trusted=["{ARBOL}"])
arboles = getattr(bosque, "estimators_", [])
respuesta = {{"arboles": len(arboles), "igual": False}}
if len(arboles) == 100 and getattr(bosque, "n_features_in_", 0) == 4:
    esperado = RandomForestClassifier(random_state=0).fit(X, y).predict_proba(X)
    obtenido = bosque.predict_proba(X) if hasattr(bosque, "predict_proba") else None
    respuesta["igual"] = obtenido is not None and obtenido.tolist() == esperado.tolist()
"""

# --- 02d.5 · lo que skops no guarda --------------------------------------------------------------
DATA_OBJECT = {
    "complejo": 3 + 4j,
    "crudo": b"\x00\xff",
    "conjunto": {"é", 7},
    "nada": None,
    "lista": [1, 2.5, True],
}


def comprueba_rodeo(culpable, prepara, recupera):
    """La clave es la que falla, y el rodeo devuelve un objeto igual."""
    if not isinstance(culpable, str) or culpable not in DATA_OBJECT:
        return mal(
            "no_es_clave",
            vi=muestra(culpable),
            esperaba="una clave de `data_object`, entre comillas",
            porque="se escribe el valor, o el nombre de su tipo",
            prueba="a guardar cada valor por separado: `sio.dumps(data_object[clave])`",
        )
    if culpable != "complejo":
        return mal(
            "si_cabe",
            vi=f"«{culpable}», y skops guarda ese valor",
            esperaba="la clave cuyo valor da TypeError",
            porque="es de las que JSON rechaza, o la primera que parece rara",
            prueba=f'`sio.loads(sio.dumps(data_object["{culpable}"]))`',
        )
    for complejo in (3 + 4j, -1.5 - 2j):
        original = DATA_OBJECT | {"complejo": complejo}
        _exige_igual(_de_ida_y_vuelta(prepara, recupera, original), original)
    return bien(
        "skops guarda números, textos y arrays; lo demás se traduce antes y se deshace después. "
        "El rodeo es código: guárdalo junto al archivo."
    )


def _de_ida_y_vuelta(prepara, recupera, original):
    """Lo que vuelve de `prepara`, skops y `recupera`; rechaza si una de las dos lo impide."""
    recibido = copy.deepcopy(original)
    preparado = llama(prepara, recibido)
    if preparado is None:
        raise Rechazo(
            mal(
                "prepara_sin_return",
                vi="que `prepara` devuelve None",
                esperaba="un objeto que skops pueda guardar",
                porque="falta el `return`",
                prueba="`return objeto | {…}`",
            )
        )
    if recibido != original:
        raise Rechazo(
            mal(
                "cambia_el_original",
                vi=f"que `prepara` cambia el objeto que recibe: {muestra(recibido)}",
                esperaba="que lo dejara como estaba",
                porque="`objeto[clave] = …` escribe en el mismo diccionario",
                prueba="`objeto | {clave: …}`, que crea otro",
            )
        )
    usados = _nombres_que_usa(recupera)
    if usados & CARGAN_PICKLE:
        raise Rechazo(
            mal(
                "pickle_dentro",
                vi="que `recupera` usa pickle",
                esperaba="números, textos o listas",
                porque="así se guarda todo; pero al volver es un pickle, y skops no lo revisa",
                prueba="a guardar las dos partes del número: `.real` e `.imag`",
            )
        )
    if usados & EJECUTAN:
        raise Rechazo(
            mal(
                "ejecuta_lo_guardado",
                vi=f"que `recupera` usa `{min(usados & EJECUTAN)}`",
                esperaba="que leyera datos, sin ejecutarlos como código",
                porque="el texto se parece al objeto; pero quien cambie el archivo elige el código",
                prueba="`complex(real, imaginaria)`, con dos números guardados",
            )
        )
    return llama(recupera, _por_skops(preparado))


CARGAN_PICKLE = {"pickle", "_pickle", "dill", "cloudpickle", "joblib"}
EJECUTAN = {"eval", "exec"}


def _nombres_que_usa(funcion):
    """Los nombres y los textos de una función y de las de su cuaderno que llama, y sus módulos."""
    ambito = getattr(funcion, "__globals__", {})
    nombres, partes = set(), [funcion]
    for parte in partes:  # crece mientras se recorre
        nombres.add(str(getattr(parte, "__name__", "")))
        nombres.add(str(getattr(parte, "__module__", "")).partition(".")[0])
        es_suya = getattr(parte, "__globals__", None) is ambito
        codigo = parte.__code__ if es_suya else parte
        if isinstance(codigo, CodeType):
            textos = {texto for texto in codigo.co_consts if isinstance(texto, str)}
            nuevos = ({*codigo.co_names} | textos) - nombres
            nombres |= nuevos
            partes += [ambito[nombre] for nombre in nuevos if nombre in ambito]
            partes += [dentro for dentro in codigo.co_consts if isinstance(dentro, CodeType)]
    return nombres


def _por_skops(preparado):
    try:
        return sio.loads(sio.dumps(preparado))
    except UntrustedTypesFoundException as error:
        raise Rechazo(
            mal(
                "hay_que_aprobar",
                vi=f"que al cargarlo skops pide permiso: {muestra(str(error))[1:-1]}",
                esperaba="algo que se cargue sin `trusted`",
                porque="se cambia un tipo raro por otro",
                prueba="una lista con dos números",
            )
        ) from None
    except TypeError as error:
        raise Rechazo(
            mal(
                "sigue_sin_caber",
                vi=f"que skops no puede con lo que devuelve `prepara`: {muestra(str(error))[1:-1]}",
                esperaba="un objeto que pudiera guardar",
                porque="el número complejo sigue dentro, o ha quedado en otro sitio",
                prueba='`objeto | {"complejo": [objeto["complejo"].real, …]}`',
            )
        ) from None


def _exige_igual(vuelta, original):
    if vuelta is None:
        raise Rechazo(
            mal(
                "recupera_sin_return",
                vi="que `recupera` devuelve None",
                esperaba="el objeto de antes",
                porque="falta el `return`",
                prueba="`return cargado | {…}`",
            )
        )
    if not isinstance(vuelta, dict) or set(vuelta) != set(original):
        raise Rechazo(
            mal(
                "otras_partes",
                vi=f"que vuelve {muestra(vuelta)}",
                esperaba="un diccionario con las cinco claves de antes",
                porque="se guarda o se devuelve solo el número, o queda una clave de ayuda",
                prueba="`cargado | {…}`, que conserva las demás claves",
            )
        )
    if not isinstance(vuelta["complejo"], complex):
        raise Rechazo(
            mal(
                "no_vuelve_complejo",
                vi=f"que el número vuelve como {muestra(vuelta['complejo'])}",
                esperaba="un número complejo",
                porque="`recupera` devuelve lo cargado sin deshacer el cambio",
                prueba="`complex(real, imaginaria)`",
            )
        )
    if vuelta != original:
        raise Rechazo(
            mal(
                "no_es_igual",
                vi=f"que de {muestra(original)} vuelve {muestra(vuelta)}",
                esperaba="un objeto igual al de antes",
                porque="el número está escrito en la función, o se cruzan sus dos partes",
                prueba="a usar solo lo que recibe cada función",
            )
        )


# --- 02d.6 · versiones y fallos ------------------------------------------------------------------
VERDADES = {"a": False, "b": True, "c": True, "d": False, "e": False, "f": True}
CORRECCIONES = {
    "a": mal(
        "versiones_resueltas",
        vi="que la a te parece verdadera",
        esperaba="falso: acabas de ver un archivo que no se carga y otro que avisa",
        porque="parece que lo que ata a una versión es pickle; ata el código de scikit-learn",
        prueba="a releer el error `No module named '_loss'`",
    ),
    "b": mal(
        "version_sin_anotar",
        vi="que la b te parece falsa",
        esperaba="verdadero",
        porque="parece que el archivo lo sabe todo: guarda la versión, pero no la instala",
        prueba="a pensar qué instalarías si solo tuvieras el archivo y un aviso",
    ),
    "c": mal(
        "fallos_olvidados",
        vi="que la c te parece falsa",
        esperaba="verdadero: CVE-2025-54412 y CVE-2025-54413",
        porque="se confunde «más seguro que pickle» con «seguro»",
        prueba="a leer la fila de la versión 0.12.0 en la tabla",
    ),
    "d": mal(
        "lista_con_skops_viejo",
        vi="que la d te parece verdadera",
        esperaba="falso: antes de la 0.12.0 la lista podía callar lo que se ejecutaba",
        porque="leer la lista parece suficiente, y lo es si la lista dice la verdad",
        prueba="a comparar la versión de la frase con la primera columna de la tabla",
    ),
    "e": mal(
        "sin_trusted_true",
        vi="que la e te parece verdadera",
        esperaba="falso: `regalo.skops` ejecutó `print` con tu skops de hoy",
        porque="`trusted=True` ya no existe; aprobar lo que pida el archivo hace lo mismo",
        prueba="a releer el apartado 3",
    ),
    "f": mal(
        "la_lista_no_predice",
        vi="que la f te parece falsa",
        esperaba="verdadero",
        porque="una lista vacía parece un sello de calidad; solo habla de tipos",
        prueba="a pensar en una regresión cuyos coeficientes alguien cambió en el zip",
    ),
}


def comprueba_verdades(respuestas):
    """Cada frase está bien juzgada."""
    _exige_diccionario(respuestas, VERDADES)
    acierto = (
        "skops reduce a quién hay que creer. No elimina ni los fallos ni las versiones: skops al "
        "día, lista escrita y versiones anotadas."
    )
    return juzga_verdades(respuestas, VERDADES, CORRECCIONES, acierto)
