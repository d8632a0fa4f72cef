"""Cómo se comprueban las ocho preguntas de r2, el repaso de 04a a 07."""

import hashlib
import math
import pickle
from collections.abc import Iterable, Mapping
from pathlib import Path

import numpy as np
from sklearn.linear_model import LinearRegression

from helpers import inspeccion
from helpers.ejercicios.archivos import Trampa, carpeta_vacia
from helpers.ejercicios.ejecucion import exige_funcion, llama
from helpers.ejercicios.preguntas import (
    Apartado,
    Pregunta,
    juzga_letra,
    juzga_tabla,
    opcion_de,
    se_vio_en,
)
from helpers.ejercicios.resultado import Rechazo, bien, es_numero, mal, muestra, sin_responder
from helpers.ejercicios.secuencias import Antes, juzga_orden

PUBLICADAS = Apartado("04a", 2, "Dos funciones publicadas")
APARTE = Apartado("04a", 3, "Aparte, y de una vez")
NO_SE_CARGA = Apartado("04a", 5, "Un archivo que no se carga")
FICHA = Apartado("04b", 2, "La ficha")
ANTES_DE_ABRIR = Apartado("04b", 3, "Antes de abrir")
RESPUESTAS = Apartado("04b", 6, "Las respuestas")
NO_PUEDE = Apartado("04b", 8, "Lo que una ficha no puede")
VIGENTE = Apartado("05", 4, "Vigente, anticuada o falsa")
CARGAR = Apartado("06", 1, "Cargar es ejecutar")
MIRAR = Apartado("06", 2, "Mirar sin cargar")
LISTA = Apartado("06", 3, "Una lista exacta")
FIRMA = Apartado("06", 4, "Huella y firma")
SI_FALLA = Apartado("06", 5, "Si todo falla")
LO_QUE_RESPONDE = Apartado("07", 2, "Lo que responde")
NO_CARGAN = Apartado("07", 3, "Los que no se cargan")
ESTRICTA = Apartado("07", 4, "Carga estricta")
MIGRAR = Apartado("07", 5, "Migrar")


# --- r2.1 · una página sin fecha -----------------------------------------------------------------
SEGURO = Pregunta(
    "qué hacer con la frase",
    frozenset({"c"}),
    {
        "a": (
            "una respuesta que no dependa de quién lo diga: se puede ejecutar",
            "la librería es conocida, y la frase la nombra",
        ),
        "b": (
            "una marca para lo que no llegó a ser cierto: joblib carga con las instrucciones "
            "de pickle",
            "en la misma frase hay un consejo que sí se quedó anticuado",
        ),
        "d": (
            "una respuesta que no necesite la fecha: lo que hace hoy tu joblib se ve hoy",
            "casi siempre conviene buscar la fecha",
        ),
    },
    "qué hizo `joblib.load` con un objeto que pedía `print`",
)


@se_vio_en(CARGAR, VIGENTE)
def comprueba_seguro(letra):
    """Qué se hace con una frase que se puede ejecutar."""
    acierto = "Una frase sobre lo que hace un programa se comprueba con el programa."
    return juzga_letra(letra, SEGURO, acierto)


# --- r2.2 · el día del apagón --------------------------------------------------------------------
APAGON = Pregunta(
    "qué línea deja un momento sin modelo",
    frozenset({"c"}),
    {
        "a": (
            "otra línea: dar otro nombre a lo nuevo es lo que protege lo de ayer",
            "el nombre raro llama la atención",
        ),
        "b": (
            "otra línea: escribe aparte, y si se corta a medias lo de ayer sigue en su sitio",
            "escribir es lo que tarda, y un corte suele llegar ahí",
        ),
        "d": (
            "otra línea: cambiar de nombre es un solo paso, y no deja nada a medias",
            "es la que no llegó a ejecutarse",
        ),
        "e": (
            "otra línea: cuando se imprime, el modelo ya está en su sitio",
            "es la que no se leyó ese día",
        ),
    },
    "qué hay con el nombre bueno después de cada línea",
)


@se_vio_en(APARTE, PUBLICADAS)
def comprueba_apagon(letra):
    """Qué línea deja un momento sin modelo."""
    acierto = "`nuevo.replace(ruta)` hace en un solo paso lo de las líneas c y d."
    return juzga_letra(letra, APAGON, acierto)


# --- r2.3 · cuatro hojas -------------------------------------------------------------------------
HOJAS = ((10, 0), (5, 5), (0, 20), (8, 2))
SUMA = sum(map(sum, HOJAS)) / len(HOJAS)
ESPECIES = ("A", "B")


@se_vio_en(LO_QUE_RESPONDE)
def comprueba_hojas(suma, especie):
    """La suma de la fila y la especie que gana si nadie divide cada hoja."""
    if not es_numero(suma):
        return mal(
            "no_es_numero",
            vi=f"{muestra(suma)} como suma",
            esperaba="un número",
            porque="se escribe entre comillas, o se da la fila entera",
            prueba="la suma de las dos medias",
        )
    if math.isclose(suma, 1):
        return mal(
            "suma_entonces",
            vi="una fila que suma 1",
            esperaba="lo que suma hoy, sin dividir cada hoja",
            porque="es lo que sumaba entonces, y lo que suman las probabilidades",
            prueba="a hacer la media de las cuentas tal cual: 10, 5, 0 y 8",
        )
    if math.isclose(suma, SUMA * len(HOJAS)):
        return mal(
            "sin_media",
            vi=f"{muestra(suma)}, que son todas las flores",
            esperaba="la media de los cuatro árboles",
            porque="se suman las cuentas y falta dividir entre los árboles",
            prueba=f"a dividir entre {len(HOJAS)}",
        )
    if not math.isclose(suma, SUMA):
        return mal(
            "otra_suma",
            vi=f"{muestra(suma)} como suma",
            esperaba="la media de una especie más la media de la otra",
            porque="se recuerda el número de otro bosque, o se olvida una hoja",
            prueba="las cuatro cuentas de cada especie, entre cuatro",
        )
    elegida = opcion_de(especie, ESPECIES)
    if elegida is None:
        return mal(
            "otra_especie",
            vi=f"{muestra(especie)} como especie",
            esperaba='"A" o "B"',
            porque="se escribe la cuenta, o un número de clase",
            prueba="la letra, entre comillas",
        )
    if elegida == "A":
        return mal(
            "especie_de_entonces",
            vi="la especie A",
            esperaba="la que tiene hoy la media mayor",
            porque="es la que ganaba cuando cada hoja valía lo mismo",
            prueba="a comparar las dos medias de hoy: una hoja con 20 flores pesa como 20",
        )
    return bien("Ni un error al cargar, y otra especie: una hoja con más flores pesa más.")


# --- r2.4 · recibir un modelo --------------------------------------------------------------------
SOBRA = {
    "d": (
        "lo que se carga sin quejarse parece bueno",
        "un modelo cambiado también puede cargarse en silencio",
    )
}
EN_ORDEN = (
    Antes(
        "f",
        "a",
        vi="que cargas antes de comparar la huella",
        esperaba="la huella primero: cargar ya es obedecer",
        porque="la huella se entiende como un control del final",
    ),
    Antes(
        "c",
        "a",
        vi="que cargas antes de mirar qué nombres pide",
        esperaba="mirarlos sin cargar",
        porque="parece que hay que abrirlo para saber qué lleva",
    ),
    Antes(
        "a",
        "e",
        vi="que le preguntas antes de cargarlo",
        esperaba="un modelo al que preguntar",
        porque="las filas están en la ficha, y la ficha ya se ha leído",
    ),
    Antes(
        "e",
        "b",
        vi="que lo usas antes de preguntarle lo que ya sabes",
        esperaba="comparar primero con las respuestas guardadas",
        porque="se espera a que una predicción parezca rara",
    ),
    Antes(
        "a",
        "b",
        vi="que lo usas antes de cargarlo",
        esperaba="cargarlo antes",
        porque="se salta un paso al copiar las letras",
    ),
)


@se_vio_en(ANTES_DE_ABRIR, MIRAR, ESTRICTA)
def comprueba_recepcion(orden):
    """Huella y nombres antes de cargar; respuestas antes de usar."""
    acierto = "Lo que se puede saber sin cargar va delante; las respuestas, antes de usarlo."
    return juzga_orden(orden, "abcef", SOBRA, EN_ORDEN, acierto)


# --- r2.5 · lo que la ficha no dice --------------------------------------------------------------
FALTAN = ("datos", "columnas", "metricas")
YA_ESTAN = ("clase", "metodo", "guardado", "versiones", "ejemplo", "sha256", "bytes", "formato")
OTRAS_MANERAS = {"dato": "datos", "columna": "columnas", "metrica": "metricas"}
PARA_QUE = {
    "datos": "entrenarlo otra vez con los mismos datos",
    "columnas": "saber si la tabla trae las mismas columnas",
    "metricas": "saber si acierta como acertaba",
}


@se_vio_en(FICHA, MIGRAR)
def comprueba_claves(claves):
    """Las tres claves que habría que haber anotado."""
    if isinstance(claves, str | Mapping) or not isinstance(claves, Iterable):
        return mal(
            "no_es_conjunto",
            vi=muestra(claves),
            esperaba="un conjunto con tres textos",
            porque="se escriben todas en el mismo texto, o se copia la ficha entera",
            prueba='`{"una", "otra", "y otra"}`',
        )
    dichas = list(claves)
    if any(clave is ... for clave in dichas):
        return sin_responder("Quedan huecos: cambia cada `...` por una clave.")
    if ya := [clave for clave in dichas if opcion_de(clave, YA_ESTAN)]:
        return mal(
            "ya_esta",
            vi=f"{muestra(ya[0])}, que la ficha lleva",
            esperaba="solo lo que no lleva",
            porque="se relaciona con la petición, pero no la contesta",
            prueba="a pensar qué dato contestaría cada petición, y a buscarlo en la ficha",
        )
    leidas = {clave: opcion_de(clave, FALTAN, OTRAS_MANERAS) for clave in map(str, dichas)}
    if otras := [clave for clave, leida in leidas.items() if leida is None]:
        return mal(
            "otra_clave",
            vi=muestra(otras[0]),
            esperaba="el nombre de una clave de la ficha del curso",
            porque="la idea puede ser buena, y esa ficha la llama de otra manera o no la tiene",
            prueba="a recordar la tabla de preguntas: una clave por petición",
        )
    if faltan := [clave for clave in FALTAN if clave not in leidas.values()]:
        return mal(
            "faltan_claves",
            vi=f"{len(FALTAN) - len(faltan)} de tres",
            esperaba=f"también la que permite {PARA_QUE[faltan[0]]}",
            porque="una clave parece servir para dos peticiones",
            prueba="a escribir al lado de cada petición la clave que la contesta",
        )
    return bien("Las tres se anotan el día que se guarda: en julio ya no las sabe nadie.")


# --- r2.6 · se puede abrir -----------------------------------------------------------------------
MARCA = "estuve_aqui.txt"


def _archivos():
    """Los de la revisión, escritos en la carpeta actual. Da los nombres que pide el bueno."""
    modelo = LinearRegression().fit([[1.0], [2.0]], [1.0, 2.0])
    bueno = pickle.dumps(modelo, protocol=4)
    contenidos = {
        "bueno.pkl": bueno,
        "trampa.pkl": pickle.dumps(Trampa(MARCA), protocol=4),
        "mezcla.pkl": pickle.dumps([modelo, print], protocol=4),
        "de_numpy.pkl": pickle.dumps(np.savetxt, protocol=4),
        "cortado.pkl": bueno[:-30],
    }
    for nombre, contenido in contenidos.items():
        Path(nombre).write_bytes(contenido)
    return set(inspeccion.globales("bueno.pkl").nombres)


@se_vio_en(LISTA, ANTES_DE_ABRIR)
def comprueba_abrir(se_puede_abrir):
    """Cierto si la huella coincide y todos los nombres están permitidos; sin cargar nada."""
    exige_funcion(se_puede_abrir)
    with carpeta_vacia():
        permitidos = _archivos()
        pregunta = _pregunta_por(se_puede_abrir)
        if not pregunta("bueno.pkl", permitidos):
            return mal(
                "rechaza_el_bueno",
                vi="que dice False con el archivo bueno y su huella",
                esperaba="True: la huella es la suya y pide solo lo permitido",
                porque="la huella se calcula del nombre, o la comparación va al revés",
                prueba="`hashlib.sha256(Path(ruta).read_bytes()).hexdigest()`",
            )
        if not pregunta("bueno.pkl", permitidos | {"sklearn.svm._classes.SVC"}):
            return mal(
                "exige_los_mismos",
                vi="False cuando la lista permite además un nombre que el archivo no pide",
                esperaba="True: permitir no es exigir",
                porque="se comparan los dos conjuntos con `==`",
                prueba="`<=`, que pregunta si uno está dentro del otro",
            )
        if pregunta("trampa.pkl", permitidos):
            return mal(
                "no_mira_los_nombres",
                vi="True con un archivo de huella correcta que pide otra cosa",
                esperaba="False: la huella dice qué archivo es, no qué hace",
                porque="la huella coincide, y parece bastante",
                prueba="`set(inspeccion.globales(ruta).nombres) <= permitidos`",
            )
        if pregunta("bueno.pkl", permitidos, huella="0" * 64):
            return mal(
                "no_mira_la_huella",
                vi="True con una huella que no es la del archivo",
                esperaba="False: no es el que te dijeron",
                porque="los nombres son los de siempre, y parece bastante",
                prueba="las dos condiciones, unidas con `and`",
            )
        if pregunta("mezcla.pkl", permitidos):
            return mal(
                "basta_uno",
                vi="True con un archivo que pide lo permitido y, además, `print`",
                esperaba="False: un solo nombre de más basta para no abrirlo",
                porque="se pregunta si alguno está en la lista, y no si están todos",
                prueba="`<=` entre conjuntos, o `all(...)`",
            )
        if pregunta("de_numpy.pkl", permitidos):
            return mal(
                "por_prefijo",
                vi="True con `numpy.savetxt`, que no está en la lista",
                esperaba="False: la lista tiene nombres enteros",
                porque="se compara el principio del nombre, y empieza por `numpy`",
                prueba="a comparar cada nombre entero",
            )
        if pregunta("cortado.pkl", permitidos):
            return mal(
                "no_mira_el_motivo",
                vi="True con un archivo cortado, del que no se pudo leer el final",
                esperaba="False: no se sabe qué más pide",
                porque="los nombres que sí se leyeron están permitidos",
                prueba="`not inspeccion.globales(ruta).motivo`, además de lo otro",
            )
    return bien("Las dos cosas, y antes de cargar. Lo que no se sabe cuenta como que no.")


def _pregunta_por(funcion):
    """Cómo se llama a la función de quien aprende: con la huella del archivo, si no se da otra."""

    def pregunta(ruta, permitidos, huella=None):
        huella = huella or hashlib.sha256(Path(ruta).read_bytes()).hexdigest()
        respuesta = llama(funcion, ruta, huella, set(permitidos))
        if Path(MARCA).exists():
            raise Rechazo.por(
                "lo_carga",
                vi="la marca de la trampa: tu función cargó el archivo que la deja",
                esperaba="que decida sin cargar",
                porque="se carga para ver si es un modelo, y entonces ya es tarde",
                prueba="`inspeccion.globales(ruta)`, que solo lee",
            )
        if not isinstance(respuesta, bool | np.bool_):
            raise Rechazo.por(
                "no_es_si_o_no",
                vi=f"que devuelve {muestra(respuesta)}",
                esperaba="True o False",
                porque="falta el `return`, o se devuelven los nombres",
                prueba="`return` y la comparación",
            )
        return respuesta

    return pregunta


# --- r2.7 · qué se hace con cada uno -------------------------------------------------------------
SALIDAS = ("otra copia", "sus versiones", "usarlo", "rechazarlo")
DE_OTRA = {
    "pide otra copia": "otra copia",
    "pedir otra copia": "otra copia",
    "versiones": "sus versiones",
    "usar": "usarlo",
    "usarla": "usarlo",
    "rechazar": "rechazarlo",
    "rechazarla": "rechazarlo",
}
SINTOMAS = {
    "a": Pregunta(
        "`KeyError: 60`",
        frozenset({"otra copia"}),
        {
            "sus versiones": (
                "otra salida: 60 es el carácter `<`, y el archivo empieza como una página web",
                "un error al cargar se achaca a las versiones",
            ),
            "usarlo/rechazarlo": (
                "otra salida: ahí no hay un modelo bueno ni malo, sino una página web",
                "el número no dice nada si no se traduce a su carácter",
            ),
        },
        str(NO_SE_CARGA),
    ),
    "b": Pregunta(
        "`No module named '_loss'`",
        frozenset({"sus versiones"}),
        {
            "otra copia": (
                "otra salida: el archivo está entero, y otra copia pedirá el mismo módulo",
                "un error al cargar se achaca a la descarga",
            ),
            "usarlo/rechazarlo": (
                "otra salida: aquí no carga, y con el scikit-learn que lo hizo, sí",
                "el error no nombra ninguna versión",
            ),
        },
        str(NO_CARGAN),
    ),
    "c": Pregunta(
        "avisa de otra versión, y sus respuestas coinciden",
        frozenset({"usarlo"}),
        {
            "sus versiones/rechazarlo": (
                "otra salida: el aviso manda mirar, y ya se miró",
                "el aviso es el mismo cuando responde mal",
            ),
            "otra copia": (
                "otra salida: otra copia llevará escrita la misma versión",
                "se lee el aviso como un archivo dañado",
            ),
        },
        str(NO_CARGAN),
    ),
    "d": Pregunta(
        "pide `builtins.exec`",
        frozenset({"rechazarlo"}),
        {
            "usarlo": (
                "otra salida: la huella la escribió quien hizo el archivo",
                "una huella que coincide parece una garantía",
            ),
            "otra copia/sus versiones": (
                "otra salida: es el archivo que quisieron enviarte, y pide ejecutar un texto",
                "se piensa en un accidente",
            ),
        },
        str(MIRAR),
    ),
    "e": Pregunta(
        "su huella no es la que te dictaron",
        frozenset({"otra copia", "rechazarlo"}),
        {
            "usarlo": (
                "otra salida: no es el archivo que se guardó",
                "se piensa cargarlo y ver si responde bien, y cargarlo ya es obedecerlo",
            ),
            "sus versiones": (
                "otra salida: la huella es de los bytes, y no depende de ninguna versión",
                "se mezclan las dos comprobaciones de la ficha",
            ),
        },
        str(ANTES_DE_ABRIR),
    ),
    "f": Pregunta(
        "sus probabilidades suman 48",
        frozenset({"sus versiones"}),
        {
            "otra copia": (
                "otra salida: los bytes están bien; los lee un código que espera otros números",
                "un número absurdo parece un archivo dañado",
            ),
            "usarlo": (
                "otra salida: alguna etiqueta ya no es la que era",
                "las etiquetas casi todas coinciden",
            ),
            "rechazarlo": (
                "otra salida: con el scikit-learn que lo hizo responde bien",
                "aquí no se puede usar, y parece que en ningún sitio",
            ),
        },
        str(LO_QUE_RESPONDE),
    ),
}


@se_vio_en(NO_SE_CARGA, NO_CARGAN, MIRAR, ANTES_DE_ABRIR, LO_QUE_RESPONDE)
def comprueba_sintomas(salidas):
    """Qué se hace con cada archivo, según lo que se vio."""
    acierto = "Las seis. Pedir otra copia arregla dos; las demás piden otra cosa."
    return juzga_tabla(salidas, SINTOMAS, SALIDAS, acierto, DE_OTRA)


# --- r2.8 · quién lo habría notado ---------------------------------------------------------------
CONTROLES = ("huella", "firma", "lista", "respuestas")
CASOS = {
    "a": Pregunta(
        "un byte se estropea al copiarlo",
        frozenset({"huella"}),
        {
            "firma": (
                "uno anterior: la firma también lo nota, y la huella va delante",
                "la firma parece más fuerte",
            ),
            "lista/respuestas": (
                "uno anterior: sin cargar nada, los bytes ya no son los mismos",
                "se busca el efecto y no la causa",
            ),
        },
        str(ANTES_DE_ABRIR),
    ),
    "b": Pregunta(
        "cambian el modelo y su ficha",
        frozenset({"firma"}),
        {
            "huella": (
                "otro: quien escribe el modelo escribe también su huella",
                "la huella cambia, y parece que eso se notará",
            ),
            "lista/respuestas": (
                "uno anterior: sin la clave no se puede rehacer la firma",
                "se piensa en lo que hará el modelo, y antes hay que saber de quién es",
            ),
        },
        str(NO_PUEDE),
    ),
    "c": Pregunta(
        "el equipo firma sin mirar un archivo que pide `runstring`",
        frozenset({"lista"}),
        {
            "huella/firma": (
                "otro: el archivo es el que se firmó, y las dos lo confirman",
                "una firma válida parece decir que es inofensivo",
            ),
            "respuestas": (
                "uno anterior: para preguntarle hay que cargarlo",
                "se deja para el final lo que había que mirar antes",
            ),
        },
        str(FIRMA),
    ),
    "d": Pregunta(
        "cambia una función tuya que el modelo usa",
        frozenset({"respuestas"}),
        {
            "huella/firma": (
                "otro: el archivo no ha cambiado ni un byte",
                "se piensa que el código va dentro del archivo",
            ),
            "lista": (
                "otro: pide los mismos nombres que siempre",
                "el cambio está en lo que hay detrás de un nombre, y el nombre es el mismo",
            ),
        },
        str(RESPUESTAS),
    ),
    "e": Pregunta(
        "otros coeficientes, bien firmados y con nombres de tu lista",
        frozenset({"respuestas"}),
        {
            "huella/firma": (
                "otro: lo firmó por error quien tenía la clave, y con su huella",
                "se piensa que lo firmado es lo bueno",
            ),
            "lista": (
                "otro: la lista mira nombres, y los coeficientes no lo son",
                "una lista exacta parece revisar el archivo entero",
            ),
        },
        str(SI_FALLA),
    ),
}


@se_vio_en(ANTES_DE_ABRIR, NO_PUEDE, FIRMA, RESPUESTAS, SI_FALLA)
def comprueba_controles(controles):
    """El primer control que nota cada cosa."""
    acierto = "Los cinco. Cada control contesta a una pregunta, y ninguno contesta a la de otro."
    return juzga_tabla(controles, CASOS, CONTROLES, acierto)
