"""Cómo se comprueban los ejercicios de 06 · Seguridad. El cuarto, en `firma_06.py`.

Todos los archivos trampa son inofensivos: lo más que hacen es copiarse a sí mismos, con el nombre
`marca`, en la carpeta temporal de la revisión.
"""

import pickle
import re
import shutil
import sys
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from helpers.datos import horas_de_estudio
from helpers.ejercicios.archivos import carpeta_vacia
from helpers.ejercicios.ejecucion import exige_funcion, intenta, valor_de
from helpers.ejercicios.preguntas import juzga_verdades, limpia, opcion_de
from helpers.ejercicios.resultado import Rechazo, bien, mal, muestra, sin_responder

# numpy y scikit-learn se importan donde se usan: anotar la primera apuesta no debe esperarlos.

MARCA = "marca"  # el archivo que deja una trampa al obedecerla


class Trampa:
    """Un objeto que, al cargarse, copia el archivo `origen` en `MARCA`. Nada más."""

    def __init__(self, origen):
        self.origen = origen

    def __reduce__(self):
        """Lo que se hará al cargarlo."""
        return shutil.copyfile, (self.origen, MARCA)


@cache
def recta(clase="LinearRegression"):
    """Un modelo lineal de scikit-learn, entrenado con las horas de estudio."""
    from sklearn import linear_model

    estudio = horas_de_estudio(semilla=42)
    return getattr(linear_model, clase)().fit(estudio[["horas"]].to_numpy(), estudio["nota"])


def es_la_recta(valor):
    """Si es el modelo que había en el archivo, con sus mismos coeficientes."""
    import numpy as np

    return type(valor) is type(recta()) and np.array_equal(
        getattr(valor, "coef_", None), recta().coef_
    )


def hubo_marca():
    """Si alguna trampa se ha obedecido desde la última vez que se preguntó; borra su rastro."""
    marca = Path(MARCA)
    dejada = marca.exists()
    marca.unlink(missing_ok=True)
    return dejada


# --- Las dos de elegir: 06.1 y 06.6 --------------------------------------------------------------
MANERAS = ("ejecuta", "lee", "se niega")
QUE_OCURRE = {"a": "ejecuta", "b": "ejecuta", "c": "ejecuta", "d": "se niega", "e": "ejecuta",
              "f": "lee"}  # fmt: skip
CORRECCIONES_1 = {
    "a": mal(
        "mmap_no_protege",
        vi="otra cosa que «ejecuta» en la a",
        esperaba="ejecuta: `mmap_mode` cambia cómo se leen los arrays, y nada más",
        porque="«abrir sin leer» suena a «abrir sin obedecer»",
        prueba='`joblib.load("regalo.joblib", mmap_mode="r")` en una celda',
    ),
    "b": mal(
        "el_try_no_deshace",
        vi="otra cosa que «ejecuta» en la b",
        esperaba="ejecuta: `try` espera al error, y el archivo ya ha hecho lo suyo",
        porque="se piensa que `except` deshace lo que ocurrió dentro del `try`",
        prueba="a poner un `print` dentro de un `try` y, detrás, un `raise`",
    ),
    "c": mal(
        "mirar_el_tipo_despues",
        vi="otra cosa que «ejecuta» en la c",
        esperaba="ejecuta: para mirar el tipo hay que haberlo cargado",
        porque="la comprobación existe, y parece que protege; llega tarde",
        prueba="a señalar con el dedo qué línea va primero",
    ),
    "d": mal(
        "skops_sin_aprobar",
        vi="otra cosa que «se niega» en la d",
        esperaba="se niega: `builtins.print` no está entre los tipos que skops conoce",
        porque="se confunde con pickle, o con lo que ocurre al aprobar el tipo",
        prueba="a releer qué dijo skops en la celda de arriba",
    ),
    "e": mal(
        "aprobar_lo_que_pida",
        vi="otra cosa que «ejecuta» en la e",
        esperaba="ejecuta: la lista de lo aprobado la ha escrito el archivo",
        porque="pedir la lista se parece a revisarla; nadie la ha leído",
        prueba="a releer el apartado 3 de 02d: con esa línea, el archivo imprimió su frase",
    ),
    "f": mal(
        "leer_no_es_cargar",
        vi="otra cosa que «lee» en la f",
        esperaba="lee: `pickletools` enumera las instrucciones y no sigue ninguna",
        porque="parece que para conocer un pickle hay que cargarlo",
        prueba='`pickletools.dis(Path("regalo.pkl").read_bytes())` en una celda',
    ),
}


def comprueba_que_ocurre(respuestas):
    """Cada situación lleva lo que ocurre en ella."""
    _exige_diccionario(respuestas, QUE_OCURRE)
    for letra, correcta in QUE_OCURRE.items():
        dicha = opcion_de(respuestas[letra], MANERAS)
        if dicha is None:
            return mal(
                "otra_palabra",
                vi=f"en la {letra}, {muestra(respuestas[letra])}",
                esperaba=f"una de estas: {', '.join(MANERAS)}",
                porque="se contesta con una frase, o con la letra de una apuesta",
                prueba='una de las tres, entre comillas: `"ejecuta"`',
            )
        if dicha != correcta:
            return CORRECCIONES_1[letra]
    return bien("Cuatro ejecutan. Lo que protege ocurre antes de cargar, o no ocurre.")


VERDADES = {"a": True, "b": False, "c": False, "d": False, "e": True}
CORRECCIONES_6 = {
    "a": mal(
        "lo_unico_que_dice",
        vi="que la a te parece falsa",
        esperaba="verdadero: eso es lo único que el escáner ha comparado",
        porque="se espera de él más de lo que hace, y esto sabe a poco",
        prueba="a leer la función `infectados`: tiene una sola comparación",
    ),
    "b": mal(
        "cambio_la_lista",
        vi="que la b te parece verdadera",
        esperaba="falso: lo que ha cambiado puede ser la lista",
        porque="se piensa que el resultado es una propiedad del archivo",
        prueba="a añadir un nombre a `PROHIBIDOS` y repetir con el mismo archivo",
    ),
    "c": mal(
        "varios_escaneres",
        vi="que la c te parece verdadera",
        esperaba="falso: el mismo nombre puede faltar en tres listas de prohibidos",
        porque="tres opiniones parecen una prueba; solo lo serían si miraran cosas distintas",
        prueba="a releer la tabla: dos escáneres, el mismo defecto",
    ),
    "d": mal(
        "hasta_hoy_bien",
        vi="que la d te parece verdadera",
        esperaba="falso: sin error no quiere decir correcto, ni inofensivo",
        porque="un modelo que predice bien parece honrado; puede hacer además otra cosa",
        prueba="a poner en un modelo un atributo con una trampa: sigue prediciendo",
    ),
    "e": mal(
        "el_aviso_si_cuenta",
        vi="que la e te parece falsa",
        esperaba="verdadero: un aviso es un hecho; el silencio, no",
        porque="al ver que el escáner no lo ve todo, se deja de escuchar cuando habla",
        prueba="a pensar qué harías con un detector de humo que a veces no suena, y suena",
    ),
}


def comprueba_silencio(respuestas):
    """Cada frase sobre «0 infectados» está bien juzgada."""
    _exige_diccionario(respuestas, VERDADES)
    acierto = (
        "El escáner habla de su lista; tú preguntabas por el archivo. Una lista de lo permitido "
        "se termina; la de lo prohibido, no."
    )
    return juzga_verdades(respuestas, VERDADES, CORRECCIONES_6, acierto)


def _exige_diccionario(respuestas, letras):
    if not isinstance(respuestas, Mapping):
        raise Rechazo.por(
            "no_es_diccionario",
            vi=muestra(respuestas),
            esperaba=f"un diccionario con las letras {', '.join(letras)}",
            porque="se cambia la forma de la respuesta",
            prueba="a copiar otra vez la celda del cuaderno",
        )
    if pendientes := [letra for letra in letras if respuestas.get(letra, ...) is ...]:
        raise Rechazo(sin_responder(f"Falta tu respuesta para {', '.join(pendientes)}."))


# --- 06.2 · mirar sin cargar ---------------------------------------------------------------------
def _apila(texto):
    """La instrucción que deja un texto encima de la pila."""
    return pickle.SHORT_BINUNICODE + bytes([len(texto)]) + texto.encode()


def _numerado():
    """Las dos piezas de un nombre, guardadas con un número y traídas después.

    El 7 se escribe dos veces: vale lo último. El 300 no cabe en un byte y usa la instrucción larga.
    """
    trescientos = (300).to_bytes(4, "little")
    return b"".join(
        (pickle.PROTO, b"\x04", _apila("math"), pickle.BINPUT, b"\x07", pickle.POP,
         _apila("builtins"), pickle.BINPUT, b"\x07", pickle.POP,
         _apila("len"), pickle.LONG_BINPUT, trescientos, pickle.POP,
         pickle.BINGET, b"\x07", pickle.LONG_BINGET, trescientos,
         pickle.STACK_GLOBAL, pickle.STOP)
    )  # fmt: skip


def archivos_de_muestra():
    """Los archivos con los que se prueba `globales`: nombre a (contenido, nombres que pide)."""
    compuesto = (_apila("builtins"), _apila("otro"), pickle.POP, _apila("len"))
    return {
        # Con `q` guarda en la memoria lo que dejó `GLOBAL`, como hace pickle con el protocolo 3.
        "directo.pkl": (
            b"cbuiltins\nlen\nq\x000(ibuiltins\nlist\n.",
            {"builtins.len", "builtins.list"},
        ),
        "apilado.pkl": (pickle.dumps(Trampa("apilado.pkl"), 4), {"shutil.copyfile"}),
        "recordado.pkl": (
            pickle.dumps([print, len, sum], 4),
            {"builtins.print", "builtins.len", "builtins.sum"},
        ),
        "numerado.pkl": (_numerado(), {"builtins.len"}),
        "inofensivo.pkl": (
            pickle.dumps({"builtins": "print", "orden": "os system", "GLOBAL": "eval"}, 4),
            set(),
        ),
        "compuesto.pkl": (
            b"".join((pickle.PROTO, b"\x04", *compuesto, pickle.STACK_GLOBAL, pickle.STOP)),
            {"builtins.len"},
        ),
    }


# Qué falla en cada archivo: el id, por qué pasa y qué probar.
EN_CADA_ARCHIVO = {
    "directo.pkl": (
        "`GLOBAL` e `INST` llevan el nombre en su dato, con un espacio en medio",
        '`if paso.name in ("GLOBAL", "INST"): nombres.add(dato.replace(" ", "."))`',
    ),
    "apilado.pkl": (
        "`STACK_GLOBAL` no lleva dato: el nombre son los dos últimos textos apilados",
        '`f"{ultimos[-2]}.{ultimos[-1]}"`, con lo que dejaron las instrucciones anteriores',
    ),
    "recordado.pkl": (
        "el segundo nombre trae su módulo de la memoria con `BINGET`; y `MEMOIZE` numera todo lo "
        "que guarda, también lo que no es un texto",
        "`memo[len(memo)] = ultimos[-1]` en cada `MEMOIZE`, y `ultimos.append(memo[dato])` en cada "
        "`BINGET`",
    ),
    "numerado.pkl": (
        "`BINPUT` y `LONG_BINPUT` dicen con qué número guardan; si se repite, vale lo último",
        '`memo[dato] = ultimos[-1]` en las que terminan en `"PUT"`; las que terminan en `"GET"` '
        "traen",
    ),
}


def comprueba_globales(funcion):
    """Da los nombres que pide cada archivo, sin cargarlo, o dice que no lo sabe."""
    exige_funcion(funcion)
    with carpeta_vacia():
        for nombre, (contenido, _) in archivos_de_muestra().items():
            Path(nombre).write_bytes(contenido)
        Path("modelo.pkl").write_bytes(pickle.dumps(recta(), 4))
        # Antes que nada, si los carga: lo que diga después no importa.
        intenta(funcion, "apilado.pkl")
        if hubo_marca():
            return _lo_carga("apilado.pkl")
        for nombre, (_, esperados) in archivos_de_muestra().items():
            if problema := _mira(funcion, nombre, esperados):
                return problema
        return _mira_un_modelo(funcion) or bien(
            "Seis de seis, sin cargar ninguno. Y donde no lo sabes, no te callas."
        )


def _lo_carga(nombre):
    return mal(
        "lo_carga",
        vi=f"que al mirar «{nombre}» se obedeció: su marca está en el disco",
        esperaba="que se leyeran sus instrucciones sin seguirlas",
        porque="se usa `pickle.load`, `find_class` o `joblib.load` para enterarse",
        prueba="`pickletools.genops(Path(ruta).read_bytes())`",
    )


def _mira(funcion, nombre, esperados):
    intento = intenta(funcion, nombre)
    if isinstance(intento.error, ValueError):
        return None if nombre == "compuesto.pkl" else _rechaza_lo_corriente(nombre, intento.error)
    if nombre == "directo.pkl" and isinstance(intento.error, IndexError):
        return mal(
            "no_deja_nada",
            vi=f"un `IndexError` con «{nombre}», que guarda en la memoria lo que trajo `GLOBAL`",
            esperaba="sus dos nombres",
            porque="se anota el nombre y no se apila nada; lo que trae también es algo que queda "
            "encima",
            prueba="`ultimos.append(None)` después de anotarlo",
        )
    nombres = _como_conjunto(valor_de(intento, funcion, nombre))
    if nombres == esperados:
        return None
    if nombre == "inofensivo.pkl":
        return mal(
            "inventa",
            vi=f"{muestra(sorted(nombres))} en «{nombre}», que solo lleva textos",
            esperaba="un conjunto vacío",
            porque="se busca una palabra en los bytes; un texto se puede llamar `print` y no pedir "
            "nada",
            prueba="a anotar un nombre solo en `GLOBAL`, `INST` y `STACK_GLOBAL`",
        )
    if nombre == "compuesto.pkl":
        return mal(
            "calla",
            vi=f"{muestra(sorted(nombres))} en «{nombre}», que pide `builtins.len`",
            esperaba="ese nombre, o un `ValueError`",
            porque="entre los dos textos hay otra instrucción, y se junta lo que no va junto",
            prueba="a apilar el dato de cada instrucción, sea o no un texto, y a lanzar "
            "`ValueError` si bajo `STACK_GLOBAL` no hay dos textos",
        )
    porque, prueba = EN_CADA_ARCHIVO[nombre]
    return mal(
        "otros_nombres",
        vi=f"{muestra(sorted(nombres))} en «{nombre}»",
        esperaba=muestra(sorted(esperados)),
        porque=porque,
        prueba=prueba,
    )


def _como_conjunto(valor):
    """Los nombres como conjunto de textos, se hayan dado en un conjunto, una lista o una tupla."""
    if type(valor) not in (set, frozenset, list, tuple):
        raise Rechazo.por(
            "no_es_conjunto",
            vi=muestra(valor),
            esperaba="un conjunto de textos",
            porque="falta el `return`, se imprime, o se usa `yield`",
            prueba="`nombres = set()` al principio y `return nombres` al final",
        )
    if raros := [uno for uno in valor if type(uno) is not str or " " in uno]:
        raise Rechazo.por(
            "otra_forma",
            vi=f"{muestra(raros[0])} entre los nombres",
            esperaba="textos con el módulo, un punto y el nombre: `builtins.print`",
            porque="`GLOBAL` los separa con un espacio, o se guardan por parejas",
            prueba='`dato.replace(" ", ".")`',
        )
    return set(valor)


def _rechaza_lo_corriente(nombre, error):
    return mal(
        "rechaza_lo_corriente",
        vi=f"un `ValueError` con «{nombre}»: {muestra(str(error))}",
        esperaba="los nombres que pide: todos se pueden saber",
        porque="`MEMOIZE`, los `PUT`, `PROTO` y `FRAME` no dejan nada encima, y se apilan como si "
        "lo dejaran",
        prueba="a no tocar la lista en esas instrucciones",
    )


def _mira_un_modelo(funcion):
    intento = intenta(funcion, "modelo.pkl")
    if isinstance(intento.error, ValueError):
        return _rechaza_lo_corriente("modelo.pkl", intento.error)
    nombres = _como_conjunto(valor_de(intento, funcion, "modelo.pkl"))
    if "sklearn.linear_model._base.LinearRegression" not in nombres:
        return mal(
            "pierde_la_clase",
            vi=f"{muestra(sorted(nombres))} en una regresión recién guardada",
            esperaba="entre ellos, `sklearn.linear_model._base.LinearRegression`",
            porque="se devuelve solo el último nombre, o se para en el primero",
            prueba="a recorrer todas las instrucciones y devolver después del bucle",
        )
    return None


# --- 06.3 · una lista exacta ---------------------------------------------------------------------
MODULO_SIN_USO = "tabnanny"  # de Python, y nadie lo importa: se nota si alguien lo hace


def _con_un_polizon():
    """La recta, con una trampa en uno de sus atributos."""
    modelo = type(recta())()
    modelo.__dict__ |= vars(recta()) | {"notas_": Trampa("polizon.pkl")}
    return modelo


class _PideNumpy:
    def __reduce__(self):
        import numpy as np

        return np.savetxt, (MARCA, [1.0])


def comprueba_lista_exacta(funcion):
    """Carga la regresión con los dos protocolos y rechaza lo demás, sin obedecerlo."""
    exige_funcion(funcion)
    with carpeta_vacia():
        for protocolo in (4, 5):
            Path(f"recta_{protocolo}.pkl").write_bytes(pickle.dumps(recta(), protocolo))
        for nombre, objeto in {
            "ajeno.pkl": Trampa("ajeno.pkl"),
            "polizon.pkl": _con_un_polizon(),
            "disfraz.pkl": _PideNumpy(),
            "ridge.pkl": recta("Ridge"),
        }.items():
            Path(nombre).write_bytes(pickle.dumps(objeto, 4))
        Path("tocayo.pkl").write_bytes(b"ccopy\n_reconstruct\n.")
        Path("importa.pkl").write_bytes(f"c{MODULO_SIN_USO}\ncheck\n.".encode())
        return (
            _carga_la_recta(funcion)
            or _rechaza_los_malos(funcion)
            or _no_importa_antes(funcion)
            or bien("Dos protocolos y una lista corta. Lo que no está escrito en ella no entra.")
        )


def _carga_la_recta(funcion):
    for protocolo in (4, 5):
        nombre = f"recta_{protocolo}.pkl"
        intento = intenta(funcion, nombre)
        if isinstance(intento.error, pickle.UnpicklingError):
            return mal(
                "rechaza_la_buena",
                vi=f"que rechaza una regresión guardada con el protocolo {protocolo}: "
                f"{muestra(str(intento.error))}",
                esperaba="que la cargara",
                porque="a la lista le falta un nombre, y cada protocolo pide algunos distintos; o "
                "falta `return` delante de `super().find_class`",
                prueba="a juntar los nombres que pide la tuya con el 4 y con el 5",
            )
        modelo = valor_de(intento, funcion, nombre)
        if not es_la_recta(modelo):
            return mal(
                "no_devuelve",
                vi=f"que con «{nombre}» devuelve {muestra(modelo)}",
                esperaba="el modelo que hay dentro",
                porque="falta el `return`, o se devuelve el `Unpickler` sin llamar a `load`",
                prueba="`return ConLista(archivo).load()`",
            )
    return None


def _rechaza_los_malos(funcion):
    return (
        _rechaza(funcion, "ajeno.pkl", _sin_filtro)
        or _rechaza(funcion, "polizon.pkl", _el_polizon)
        or _rechaza(funcion, "disfraz.pkl", _prefijo_numpy)
        or _rechaza(funcion, "ridge.pkl", _prefijo_sklearn)
        or _rechaza(funcion, "tocayo.pkl", _solo_el_nombre)
    )


def _rechaza(funcion, nombre, si_se_cuela):
    intento = intenta(funcion, nombre)
    if hubo_marca() or (intento.error is None and intento.valor is not None):
        return si_se_cuela(nombre)
    if isinstance(intento.error, pickle.UnpicklingError):
        return None
    if intento.error is None:
        return mal(
            "no_avisa",
            vi=f"que con «{nombre}» imprime o devuelve None",
            esperaba="un `pickle.UnpicklingError`",
            porque="se captura el error dentro de la función; quien llama sigue como si nada",
            prueba="a dejar que el error salga",
        )
    if isinstance(intento.error, ValueError | LookupError | RuntimeError | AssertionError):
        return mal(
            "otra_excepcion",
            vi=f"{type(intento.error).__name__} con «{nombre}»",
            esperaba="un `pickle.UnpicklingError`, el que lanza pickle cuando no puede seguir",
            porque="se lanza otra excepción, o algo falla antes de decidir",
            prueba='`raise pickle.UnpicklingError(f"prohibido: {modulo}.{nombre}")`',
        )
    valor_de(intento, funcion, nombre)
    return None


def _sin_filtro(nombre):
    return mal(
        "sin_filtro",
        vi=f"que obedece a «{nombre}», que pide `shutil.copyfile`",
        esperaba="un `pickle.UnpicklingError` antes de obedecerlo",
        porque="se carga con `pickle.load`, `find_class` se escribe con otro nombre o devuelve "
        "siempre, o la lista la escribe el archivo: lo que él pida ya está en ella",
        prueba="una lista escrita por ti, y `raise` en `find_class` con lo que no esté",
    )


def _el_polizon(nombre):
    return mal(
        "polizon",
        vi=f"que obedece a «{nombre}»: una regresión con una trampa en un atributo",
        esperaba="un `pickle.UnpicklingError`, aunque el archivo empiece bien",
        porque="se mira el primer nombre, o el tipo de lo cargado; la trampa va después",
        prueba="a decidir en `find_class`, que ve todos los nombres",
    )


def _prefijo_numpy(nombre):
    return mal(
        "prefijo_numpy",
        vi=f"que obedece a «{nombre}», que pide una función de numpy y escribe un archivo",
        esperaba="un `pickle.UnpicklingError`",
        porque="se aprueba todo lo que empieza por `numpy`, y un paquete entero hace de todo",
        prueba="parejas exactas: `(modulo, nombre) in PERMITIDOS`",
    )


def _prefijo_sklearn(nombre):
    return mal(
        "prefijo_sklearn",
        vi=f"que carga «{nombre}», un modelo de otra clase",
        esperaba="un `pickle.UnpicklingError`: solo se espera una `LinearRegression`",
        porque="se aprueba todo lo que empieza por `sklearn`, o el módulo entero",
        prueba="parejas exactas: `(modulo, nombre) in PERMITIDOS`",
    )


def _solo_el_nombre(nombre):
    return mal(
        "solo_el_nombre",
        vi=f"que acepta «{nombre}», que pide `copy._reconstruct`",
        esperaba="un `pickle.UnpicklingError`: el tuyo es el de numpy",
        porque="se compara solo el nombre, y dos módulos pueden tener uno igual",
        prueba="parejas exactas: `(modulo, nombre) in PERMITIDOS`",
    )


def _lista_de_prohibidos(nombre):
    return mal(
        "lista_de_prohibidos",
        vi=f"que acepta «{nombre}», que pide `{MODULO_SIN_USO}.check`",
        esperaba="un `pickle.UnpicklingError`: nadie lo ha aprobado",
        porque="se enumera lo prohibido; lo que a nadie se le ocurrió, pasa",
        prueba="a enumerar lo permitido y rechazar el resto",
    )


def _no_importa_antes(funcion):
    anterior = sys.modules.pop(MODULO_SIN_USO, None)
    try:
        problema = _rechaza(funcion, "importa.pkl", _lista_de_prohibidos)
        importado = MODULO_SIN_USO in sys.modules
    finally:
        sys.modules.pop(MODULO_SIN_USO, None)
        if anterior:
            sys.modules[MODULO_SIN_USO] = anterior
    if importado and not problema:
        return mal(
            "importa_antes",
            vi="que se importa el módulo y después se rechaza el nombre",
            esperaba="que se decidiera antes de importar",
            porque="se llama a `super().find_class` al principio; importar ya es ejecutar",
            prueba="el `if` primero y `return super().find_class(modulo, nombre)` al final",
        )
    return problema


# --- 06.5 · el incidente -------------------------------------------------------------------------
LINEAS = ("Primero", "Segundo", "Tercero", "Por qué en ese orden")
PALABRAS = 4
SOLO_LA_FORMA = (
    "Están las cuatro líneas. Solo miré la forma: si esos controles lo habrían detenido lo juzga "
    "quien las lea."
)


def comprueba_incidente(texto):
    """La forma del informe: tres controles y una razón. No lo que dicen."""
    if not isinstance(texto, str):
        return mal(
            "no_es_texto",
            vi=muestra(texto),
            esperaba="un texto de cuatro líneas",
            porque="se escribe una lista, o un texto por línea",
            prueba="las comillas triples de la celda",
        )
    lineas = [linea.strip() for linea in texto.splitlines() if linea.strip()]
    dichas = {limpia(nombre): dicho.strip() for nombre, _, dicho in map(_parte, lineas)}
    if faltan := [nombre for nombre in LINEAS if limpia(nombre) not in dichas]:
        return mal(
            "falta_una_linea",
            vi=f"un informe sin la línea «{faltan[0]}:»",
            esperaba=f"cuatro líneas: {', '.join(LINEAS)}",
            porque="se borra o se cambia de nombre una de las que venían",
            prueba="los nombres de la celda, cada uno con sus dos puntos",
        )
    suyas = {nombre: dichas[limpia(nombre)] for nombre in LINEAS}
    if not any(dicho.strip(" .…") for dicho in suyas.values()):
        return sin_responder("Cambia los puntos suspensivos de cada línea.")
    for nombre, dicho in suyas.items():
        if len(dicho.strip(" .…").split()) < PALABRAS:
            return mal(
                "muy_corta",
                vi=f"«{nombre}: {dicho[:50]}»",
                esperaba=f"al menos {PALABRAS} palabras: el control, y dónde se pone",
                porque="se nombra el control y no lo que hace; así no se puede discutir",
                prueba="a contestar: ¿qué línea del relato no habría llegado a ocurrir?",
            )
    if len(set(map(limpia, suyas.values()))) < len(suyas):
        return mal(
            "se_repite",
            vi="lo mismo en dos líneas",
            esperaba="tres controles distintos, y una razón",
            porque="se copia para llenar el hueco",
            prueba="a buscar en el relato otro momento donde se pudo parar",
        )
    return bien(SOLO_LA_FORMA)


def _parte(linea):
    return re.sub(r"^[-*#>\d.\s]+|\*\*", "", linea).partition(":")
