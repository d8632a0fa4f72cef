"""Cómo se comprueban los ejercicios de 02a · pickle."""

import ast
import pickle
import threading
from collections.abc import Iterable

from helpers.datos import archivo_de_datos
from helpers.ejercicios.archivos import exige_archivo, pregunta_aparte, textos_de_un_pickle
from helpers.ejercicios.ejecucion import exige_funcion, intenta, llama, valor_de
from helpers.ejercicios.resultado import (
    Rechazo,
    bien,
    error_tuyo,
    mal,
    muestra,
    sin_responder,
)

# --- 02a.1 · guardar data_object -----------------------------------------------------------------
DATA_OBJECT = {
    "complejo": 3 + 4j,
    "crudo": b"\x00\xff",
    "conjunto": {"é", 7},
    "nada": None,
    "lista": [1, 2.5, True],
}
RECHAZADAS = {"complejo", "crudo", "conjunto"}


def comprueba_data_object(nombre, claves):
    """El archivo guarda `data_object` entero, y las claves son las que JSON rechaza."""
    ruta = exige_archivo(nombre)
    textos_de_un_pickle(ruta)
    igual, tipo = pregunta_aparte(
        f"{_carga(ruta)}tipo = type(objeto)\n"
        f"respuesta = [[tipo, objeto] == [dict, {DATA_OBJECT!r}], tipo.__name__]",
        ruta,
    )
    if not igual:
        return mal(
            "otro_contenido",
            vi=f"en el archivo un objeto {tipo} que no es igual a `data_object`",
            esperaba="el diccionario completo, con sus cinco claves",
            porque="se guarda una parte, o el resultado de `dumps` en lugar del objeto",
            prueba="`pickle.dump(data_object, archivo)`",
        )
    return _comprueba_claves(claves)


def _carga(ruta):
    """Código que, en otro proceso, deja en `objeto` lo que hay en un pickle."""
    return f"import pickle\nwith open({ruta.name!r}, 'rb') as f: objeto = pickle.load(f)\n"


def _comprueba_claves(claves):
    if isinstance(claves, str) or not isinstance(claves, Iterable):
        return mal(
            "no_es_conjunto",
            vi=muestra(claves),
            esperaba="un conjunto de textos",
            porque="se escribe una sola clave, sin las llaves del conjunto",
            prueba='`claves_rechazadas = {"una clave", "otra clave"}`',
        )
    claves = list(claves)
    if not all(isinstance(clave, str) for clave in claves):
        return mal(
            "valores_y_no_claves",
            vi=f"{muestra(claves)}, donde hay algo que no es un texto",
            esperaba="las claves, que son textos",
            porque="se anotan los valores que fallan en lugar de sus claves",
            prueba="a recorrer `data_object.items()` y anotar la primera parte de cada pareja",
        )
    dadas = set(claves)
    if "nada" in dadas:
        return mal(
            "none_si_cabe",
            vi="la clave «nada» entre las rechazadas",
            esperaba="solo las que dan un error",
            porque="parece que None no es ningún dato; JSON lo escribe como `null`",
            prueba="`json.dumps(None)`",
        )
    if sobran := dadas - RECHAZADAS:
        return mal(
            "sobran_claves",
            vi=f"{muestra(sorted(sobran))}, que JSON sí guarda o que no es una clave",
            esperaba="solo las claves de los valores que dan un error",
            porque="se prueba el diccionario entero y no cada valor por separado",
            prueba="`json.dumps(data_object[clave])` con cada clave",
        )
    if faltan := RECHAZADAS - dadas:
        return mal(
            "faltan_claves",
            vi=f"{len(dadas)} de las {len(RECHAZADAS)} claves que fallan",
            esperaba=f"{len(faltan)} más",
            porque="`json.dumps` se detiene en el primer error y no dice los siguientes",
            prueba="`json.dumps(data_object[clave])` con cada clave",
        )
    return bien(
        "pickle guarda los cinco valores; JSON, dos. A cambio, un JSON se lee desde cualquier "
        "lenguaje y a simple vista."
    )


# --- 02a.2 · ordenar líneas ----------------------------------------------------------------------
def comprueba_orden(orden):
    """Las cinco letras, en el orden en que el programa funciona."""
    if not (isinstance(orden, str) or _son_textos(orden)):
        return mal(
            "no_es_texto",
            vi=muestra(orden),
            esperaba="un texto con las letras seguidas",
            porque="las letras sin comillas son nombres de variables",
            prueba='`orden = "abc"`, con tus letras',
        )
    letras = [letra for letra in "".join(orden).lower() if letra.isalpha()]
    if "b" in letras:
        return mal(
            "modo_texto",
            vi="la línea b, que abre el archivo en modo `w`",
            esperaba="un modo que acepte bytes",
            porque="el resultado de pickle se confunde con texto",
            prueba="a ejecutar la línea b seguida de la línea a y leer el error",
        )
    if "g" in letras:
        return mal(
            "load_con_dos",
            vi="la línea g, que pasa dos argumentos a `load`",
            esperaba="que `load` recibiera solo el archivo",
            porque="se copia la forma de `dump`; pero `load` no recibe el objeto, lo devuelve",
            prueba="`help(pickle.load)`",
        )
    if sorted(letras) != ["a", "c", "d", "e", "f"]:
        return mal(
            "faltan_o_repiten",
            vi=f"las letras {muestra(''.join(letras))}",
            esperaba="cinco letras distintas, de la a a la g",
            porque="sobran dos líneas, pero las otras cinco hacen falta",
            prueba="a contar: importar, abrir, guardar, abrir, cargar",
        )
    if letras.index("d") < letras.index("a"):
        return mal(
            "carga_antes",
            vi="que se carga antes de guardar",
            esperaba="que el archivo existiera antes de abrirlo para leer",
            porque="abrir para leer un archivo que no existe es un error",
            prueba="a poner primero las dos líneas que escriben",
        )
    if letras[0] != "c":
        return mal(
            "import_tarde",
            vi=f"que la primera línea es la {letras[0]}",
            esperaba="que `pickle` estuviera importado antes de usarlo",
            porque="en un cuaderno el `import` suele estar hecho en otra celda",
            prueba="a empezar por la línea c",
        )
    if letras != list("ceafd"):
        return mal(
            "fuera_de_su_with",
            vi="una línea con sangría delante de su `with`, o dentro del que no es",
            esperaba="que se guardara con `wb` y se cargara con `rb`",
            porque="`wb` y `rb` se parecen: la w es de escribir; la r, de leer",
            prueba="a leer el programa en voz alta, línea a línea",
        )
    return bien("La línea b habría dado `write() argument must be str, not bytes`.")


def _son_textos(valor):
    return isinstance(valor, list | tuple) and all(isinstance(texto, str) for texto in valor)


# --- 02a.3 · una clase que se carga en otro proceso ----------------------------------------------
def comprueba_modulo(modulo, nombre):
    """El módulo define la clase y el archivo se carga con él en otro proceso."""
    ruta_modulo, ruta = exige_archivo(modulo), exige_archivo(nombre)
    clases = _clases_de(ruta_modulo)
    if "GradeTracker" not in clases:
        return mal(
            "modulo_sin_clase",
            vi=f"en {ruta_modulo.name} las clases {muestra(sorted(clases))}",
            esperaba="la clase `GradeTracker`",
            porque="se copia el uso de la clase, o se escribe con otro nombre",
            prueba="a pegar en la celda `%%writefile` la definición entera, desde `class`",
        )
    if "__main__" in textos_de_un_pickle(ruta):
        return mal(
            "sigue_en_main",
            vi="que el archivo sigue buscando la clase en `__main__`",
            esperaba="que la buscara en `grade_tracker`",
            porque="el objeto se creó con la clase escrita en el cuaderno",
            prueba="`from grade_tracker import GradeTracker` y, después, crea un objeto nuevo",
        )
    tipo, notas = pregunta_aparte(
        f"{_carga(ruta)}respuesta = [type(objeto).__name__, getattr(objeto, 'notas', None)]",
        ruta_modulo,
        ruta,
    )
    if tipo != "GradeTracker":
        return mal(
            "otro_objeto",
            vi=f"en el archivo un objeto de tipo {tipo}",
            esperaba="un `GradeTracker`",
            porque="se guarda lo que hay dentro, una lista de objetos o la propia clase",
            prueba="`pickle.dump(tracker, archivo)`, donde `tracker = GradeTracker()`",
        )
    if not notas:
        return mal(
            "sin_notas",
            vi="un objeto sin ninguna nota",
            esperaba="al menos una",
            porque="se guarda el objeto antes de llamar a `anota`",
            prueba='`tracker.anota("Ana", 8)` antes de `pickle.dump`',
        )
    return bien(
        "Con solo dos archivos en la carpeta, un proceso nuevo vio las notas. Para llevar el "
        "objeto a otro equipo hacen falta los dos."
    )


def _clases_de(ruta):
    """Nombre y definición de las clases de un módulo, sin ejecutarlo."""
    return {nodo.name: nodo for nodo in _arbol(ruta).body if isinstance(nodo, ast.ClassDef)}


def _arbol(ruta):
    try:
        # Algunos editores de Windows empiezan el archivo con una marca; Python la admite.
        return ast.parse(ruta.read_text(encoding="utf-8-sig"))
    except (SyntaxError, ValueError) as error:
        raise Rechazo(
            error_tuyo(
                "modulo_ilegible",
                f"Python no puede leer {ruta.name}: {muestra(str(error))[1:-1]}",
                "a escribirlo con `%%writefile`, que lo guarda en UTF-8, y a mirar esa línea",
            )
        ) from None


# --- 02a.4 · añadir sin tocar el primero ---------------------------------------------------------
PRIMERAS_NOTAS = {"Ana": [8, 9], "Luis": [7]}


def comprueba_segundo(primero, segundo):
    """El segundo archivo tiene tres notas más y el primero sigue igual."""
    ruta_1, ruta_2 = exige_archivo(primero), exige_archivo(segundo)
    if ruta_1.resolve() == ruta_2.resolve():
        return mal(
            "mismo_archivo",
            vi=f"que los dos archivos son «{ruta_1.name}»",
            esperaba="un segundo archivo, con otro nombre",
            porque="guardar en el mismo nombre borra lo que había",
            prueba='`open("segundo.datos", "wb")`',
        )
    antes, despues = (_notas_de(ruta) for ruta in (ruta_1, ruta_2))
    if antes != PRIMERAS_NOTAS:
        return mal(
            "primero_cambiado",
            vi=f"que el primer archivo ahora contiene {muestra(antes)}",
            esperaba="las notas del principio",
            porque="se abrió el primero en modo `wb` en lugar de `rb`",
            prueba="a crear otra vez `primero.pkl` con su celda y a guardar con otro nombre",
        )
    if not isinstance(despues, dict):
        return mal(
            "no_es_diccionario",
            vi=f"en el segundo archivo {muestra(despues)}",
            esperaba="un diccionario como el del primero",
            porque="se guarda solo lo nuevo, o una lista",
            prueba="a guardar la variable en la que cargaste el primero",
        )
    if any(_faltan(notas, _notas(despues, nombre)) for nombre, notas in antes.items()):
        return mal(
            "faltan_las_de_antes",
            vi=f"en el segundo archivo {muestra(despues)}",
            esperaba="que siguieran las tres notas de antes",
            porque="`notas[nombre] = [...]` sustituye la lista en lugar de alargarla",
            prueba="`notas[nombre].append(...)`",
        )
    nuevas = sum(len(_notas(despues, nombre)) for nombre in despues) - 3
    if nuevas != 3:
        return mal(
            "no_son_tres",
            vi=f"que las notas nuevas son {nuevas}",
            esperaba="tres",
            porque="se guarda antes de añadir, o la celda se ejecuta dos veces",
            prueba="a cargar de nuevo el primero, añadir tres y guardar al final",
        )
    return bien(
        "El segundo tiene seis notas y el primero sigue igual. La extensión no importó: pickle "
        "mira los bytes, no el nombre."
    )


def _notas_de(ruta):
    textos_de_un_pickle(ruta)
    return pregunta_aparte(f"{_carga(ruta)}respuesta = objeto", ruta)


def _faltan(antes, despues):
    return any(antes.count(nota) > despues.count(nota) for nota in antes)


def _notas(diccionario, nombre):
    notas = diccionario.get(nombre, [])
    return notas if isinstance(notas, list) else [notas]


# --- 02a.5 · que_falla ---------------------------------------------------------------------------
FALLOS_DE_PICKLE = (pickle.PicklingError, TypeError, AttributeError)


def comprueba_que_falla(funcion):
    """La función distingue lo que pickle guarda de lo que no, y nombra cada excepción."""
    exige_funcion(funcion)
    buenos = {"siete": 7, "modelo": {"b0": 1.2}}
    malos = {
        "lambda": lambda x: x,
        "clase local": type("Local", (), {})(),
        "cerrojo": threading.Lock(),
        "generador": (n for n in [1]),
    }
    objetos = buenos | malos
    intento = intenta(funcion, dict(objetos))
    if isinstance(intento.error, FALLOS_DE_PICKLE):
        return mal(
            "no_captura",
            vi=f"que tu función dejó escapar un {type(intento.error).__name__}",
            esperaba="que lo anotara y siguiera con el objeto siguiente",
            porque="pickle falla con tres excepciones distintas, según el objeto",
            prueba="`except (pickle.PicklingError, TypeError, AttributeError) as error:`",
        )
    devuelto = valor_de(intento, funcion, dict(objetos))
    if devuelto is None:
        return mal(
            "sin_return",
            vi="que tu función devuelve None",
            esperaba="un diccionario",
            porque="falta el `return`, o se imprime el resultado en lugar de devolverlo",
            prueba="a terminar la función con `return`",
        )
    if not isinstance(devuelto, dict):
        return mal(
            "no_es_diccionario",
            vi=f"que devuelve {muestra(devuelto)}",
            esperaba="un diccionario de nombre a excepción",
            porque="se junta solo el nombre de los que fallan",
            prueba="`fallos[nombre] = type(error).__name__`",
        )
    if sobran := sorted(set(devuelto) & set(buenos)):
        return mal(
            "incluye_los_buenos",
            vi=f"entre los que fallan {muestra(sobran)}",
            esperaba="solo los que pickle no puede guardar",
            porque="se anota cada objeto, haya error o no",
            prueba="a escribir en el diccionario solo dentro del `except`",
        )
    if devuelto and "lambda" not in devuelto:
        return mal(
            "no_es_pickle",
            vi=f"que la función `lambda` no está entre los fallos: {muestra(sorted(devuelto))}",
            esperaba="que estuviera: pickle no la guarda",
            porque="se prueba con otra herramienta, como dill o `copy`, que sí puede con ella",
            prueba="`pickle.dumps(objeto)`",
        )
    if set(devuelto) != set(malos):
        return mal(
            "faltan_fallos",
            vi=f"que los fallos anotados son {len(devuelto)}: {muestra(sorted(devuelto))}",
            esperaba=f"que fueran {len(malos)}",
            porque="el `return` está dentro del bucle, o solo se captura una excepción",
            prueba="a mirar la sangría del `return`",
        )
    for nombre, anotado in devuelto.items():
        if anotado not in (posibles := _excepciones_al_guardar(malos[nombre])):
            return mal(
                "no_es_el_nombre",
                vi=f"{muestra(anotado)} para «{nombre}»",
                esperaba=f"el nombre de su excepción: {' o '.join(sorted(posibles))}",
                porque="el error, su mensaje y su tipo son tres cosas distintas, "
                "y cada objeto da su propia excepción",
                prueba="`type(error).__name__`",
            )
    if (sin_objetos := llama(funcion, {})) != {}:
        return mal(
            "recuerda_la_anterior",
            vi=f"que con un diccionario vacío devuelve {muestra(sin_objetos)}",
            esperaba="un diccionario vacío",
            porque="el resultado se crea fuera de la función o en su primera línea, "
            "como valor por defecto, y se acumula entre llamadas",
            prueba="a crear el diccionario dentro de la función, antes del bucle",
        )
    return bien("Antes de guardar algo importante, ya tienes con qué preguntar si se puede.")


def _excepciones_al_guardar(objeto):
    """Los nombres de las excepciones que da un objeto; dependen del protocolo."""
    nombres = set()
    for protocolo in range(pickle.HIGHEST_PROTOCOL + 1):
        try:
            pickle.dumps(objeto, protocolo)
        except FALLOS_DE_PICKLE as error:
            nombres.add(type(error).__name__)
    return nombres


# --- 02a.6 · un archivo antiguo y una clase nueva ------------------------------------------------
CLASE_CON_ESCALA = """
class GradeTracker:
    def __init__(self, escala=10):
        self.notas, self.escala = {}, escala

    def anota(self, nombre, nota):
        self.notas.setdefault(nombre, []).append(nota)

    def porcentaje(self, nombre):
        notas = self.notas[nombre]
        return 100 * sum(notas) / len(notas) / self.escala
"""


def comprueba_setstate(modulo):
    """La clase carga archivos antiguos y nuevos sin perder nada."""
    ruta = exige_archivo(modulo)
    arbol, clase = _arbol(ruta), _clases_de(ruta).get("GradeTracker")
    if ast.dump(arbol) == ast.dump(ast.parse(CLASE_CON_ESCALA)):
        return sin_responder(
            "La clase está como al principio. Añade `__setstate__` y ejecuta las dos celdas."
        )
    if clase is None:
        return mal(
            "modulo_sin_la_clase",
            vi=f"que {ruta.name} no tiene la clase `GradeTracker`",
            esperaba="la misma clase, con un método más",
            porque="se deja en la celda solo el método nuevo",
            prueba="a escribir el método dentro de la clase, debajo de `__init__`",
        )
    if "__setstate__" in _funciones(arbol):
        return mal(
            "setstate_fuera",
            vi="que `__setstate__` está fuera de la clase",
            esperaba="que fuera un método de `GradeTracker`",
            porque="al añadirlo al final se olvida la sangría",
            prueba="a ponerle cuatro espacios delante, como a `anota`",
        )
    if "__setstate__" not in _funciones(clase):
        return mal(
            "sin_setstate",
            vi=f"los métodos {muestra(sorted(_funciones(clase)))}",
            esperaba="un método `__setstate__`",
            porque="se cambia otro método, o el nombre no lleva dos guiones bajos a cada lado",
            prueba="`def __setstate__(self, estado):`",
        )
    visto = pregunta_aparte(PREGUNTA_SETSTATE, ruta, archivo_de_datos("notas_2024.pkl"))
    if visto["notas"] != PRIMERAS_NOTAS:
        return mal(
            "pierde_las_notas",
            vi=f"que las notas de 2024 han quedado en {muestra(visto['notas'])}",
            esperaba="las mismas que había en el archivo",
            porque="con `__setstate__`, pickle ya no rellena los atributos: lo haces tú",
            prueba="`self.__dict__.update(estado)`",
        )
    if visto["escala_vieja"] != 10:
        return mal(
            "no_repone_la_escala",
            vi=f"que el objeto de 2024 tiene la escala {muestra(visto['escala_vieja'])}",
            esperaba="10",
            porque="el archivo antiguo no trae «escala» y cargar no llama a `__init__`",
            prueba='`estado.get("escala", 10)`',
        )
    if visto["porcentaje"] != 85:
        return mal(
            "no_da_85",
            vi=f"que el porcentaje de Ana es {muestra(visto['porcentaje'])}",
            esperaba="85: sus notas son 8 y 9 sobre 10",
            porque="`porcentaje` se ha cambiado o se ha borrado",
            prueba="a dejar ese método como estaba",
        )
    if visto["escala_nueva"] != 100:
        return mal(
            "pisa_la_escala",
            vi=f"que un objeto nuevo de escala 100 vuelve con {muestra(visto['escala_nueva'])}",
            esperaba="que conservara su escala",
            porque="`self.escala = 10` se ejecuta siempre, también con archivos nuevos",
            prueba="a poner el 10 primero y `self.__dict__.update(estado)` después",
        )
    if visto["notas_nuevas"] != {"Eva": [70]}:
        return mal(
            "pisa_las_notas",
            vi=f"que un objeto nuevo con un 70 de Eva vuelve con {muestra(visto['notas_nuevas'])}",
            esperaba="que conservara sus notas",
            porque="las notas están escritas en `__setstate__` en lugar de salir del archivo",
            prueba="`self.__dict__.update(estado)`",
        )
    return bien("Con el archivo de 2024, Ana tiene 85 sobre 100, y nadie tuvo que convertirlo.")


def _funciones(nodo):
    return {hijo.name for hijo in nodo.body if isinstance(hijo, ast.FunctionDef)}


PREGUNTA_SETSTATE = """
import pickle
from grade_tracker import GradeTracker
with open("notas_2024.pkl", "rb") as archivo:
    viejo = pickle.load(archivo)
nuevo = GradeTracker(escala=100)
nuevo.anota("Eva", 70)
nuevo = pickle.loads(pickle.dumps(nuevo))
tiene_las_dos = hasattr(viejo, "notas") and hasattr(viejo, "escala")  # suyas o de la clase
respuesta = {
    "notas": getattr(viejo, "notas", None),
    "escala_vieja": getattr(viejo, "escala", None),
    "porcentaje": tiene_las_dos and viejo.porcentaje("Ana"),
    "escala_nueva": getattr(nuevo, "escala", None),
    "notas_nuevas": getattr(nuevo, "notas", None),
}
"""
