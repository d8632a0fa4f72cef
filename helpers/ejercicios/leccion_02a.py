"""Ejercicios y predicciones de 02a · pickle."""

import ast
import pickle
import re
import threading

from helpers.datos import archivo_de_datos
from helpers.ejercicios.archivos import exige_archivo, pregunta_aparte, textos_de_un_pickle
from helpers.ejercicios.ejecucion import exige_funcion, intenta, llama
from helpers.ejercicios.resultado import (
    Ejercicio,
    Prediccion,
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


def _comprueba_data_object(nombre, claves):
    ruta = exige_archivo(nombre)
    textos_de_un_pickle(ruta)
    igual, tipo = pregunta_aparte(
        "import json, pickle\n"
        f"with open({ruta.name!r}, 'rb') as archivo: objeto = pickle.load(archivo)\n"
        f"print(json.dumps([objeto == {DATA_OBJECT!r}, type(objeto).__name__]))",
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


def _comprueba_claves(claves):
    if not isinstance(claves, set | list | tuple | frozenset):
        return mal(
            "no_es_conjunto",
            vi=muestra(claves),
            esperaba="un conjunto de textos",
            porque="se escribe una sola clave, o los valores en lugar de las claves",
            prueba='`claves_rechazadas = {"una clave", "otra clave"}`',
        )
    dadas = {str(clave) for clave in claves}
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
            esperaba=f"alguna más: {len(faltan)}",
            porque="`json.dumps` se detiene en el primer error y no dice los siguientes",
            prueba="`json.dumps(data_object[clave])` con cada clave",
        )
    return bien(
        "pickle guarda los cinco valores; JSON, dos. A cambio, un JSON se lee desde cualquier "
        "lenguaje y con los ojos."
    )


# --- 02a.2 · ordenar líneas ----------------------------------------------------------------------
def _comprueba_orden(orden):
    if not isinstance(orden, str):
        return mal(
            "no_es_texto",
            vi=muestra(orden),
            esperaba="un texto con las letras seguidas",
            porque="las letras sin comillas son nombres de variables",
            prueba='`orden = "abc"`, con tus letras',
        )
    letras = [letra for letra in orden.lower() if letra.isalpha()]
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
            esperaba="que `load` reciba solo el archivo",
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
            esperaba="que el archivo exista cuando se abre para leer",
            porque="abrir para leer un archivo que no existe es un error",
            prueba="a poner primero las dos líneas que escriben",
        )
    if letras[0] != "c":
        return mal(
            "import_tarde",
            vi=f"que la primera línea es la {letras[0]}",
            esperaba="que `pickle` esté importado antes de usarlo",
            porque="en un cuaderno el `import` suele estar hecho en otra celda",
            prueba="a empezar por la línea c",
        )
    if letras != list("ceafd"):
        return mal(
            "fuera_de_su_with",
            vi="una línea con sangría delante de su `with`, o dentro del que no es",
            esperaba="que se guarde con `wb` y se cargue con `rb`",
            porque="`wb` y `rb` se parecen: la w es de escribir; la r, de leer",
            prueba="a leer el programa en voz alta, línea a línea",
        )
    return bien("La línea b habría dado `write() argument must be str, not bytes`.")


# --- 02a.3 · una clase que se carga en otro proceso ----------------------------------------------
def _comprueba_modulo(modulo, nombre):
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
            esperaba="que la busque en `grade_tracker`",
            porque="el objeto se creó con la clase escrita en el cuaderno",
            prueba="`from grade_tracker import GradeTracker` y, después, crea un objeto nuevo",
        )
    notas = pregunta_aparte(
        "import json, pickle\n"
        f"with open({ruta.name!r}, 'rb') as archivo: objeto = pickle.load(archivo)\n"
        "print(json.dumps(getattr(objeto, 'notas', None), default=str))",
        ruta_modulo,
        ruta,
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
        "Otro Python, en una carpeta con solo dos archivos, ha visto las notas. Para llevar el "
        "objeto a otro equipo hacen falta los dos."
    )


def _clases_de(ruta):
    """Nombre y definición de las clases de un módulo, sin ejecutarlo."""
    try:
        arbol = ast.parse(ruta.read_text(encoding="utf-8"))
    except SyntaxError:
        return {}
    return {nodo.name: nodo for nodo in arbol.body if isinstance(nodo, ast.ClassDef)}


# --- 02a.4 · añadir sin tocar el primero ---------------------------------------------------------
PRIMERAS_NOTAS = {"Ana": [8, 9], "Luis": [7]}


def _comprueba_segundo(primero, segundo):
    ruta_1, ruta_2 = exige_archivo(primero), exige_archivo(segundo)
    if ruta_1.resolve() == ruta_2.resolve():
        return mal(
            "mismo_archivo",
            vi=f"que los dos archivos son «{ruta_1.name}»",
            esperaba="un segundo archivo, con otro nombre",
            porque="guardar en el mismo nombre borra lo que había",
            prueba='`open("segundo.pkl", "wb")`',
        )
    antes, despues = (_notas_de(ruta) for ruta in (ruta_1, ruta_2))
    if antes != PRIMERAS_NOTAS:
        return mal(
            "primero_cambiado",
            vi=f"que el primer archivo ahora contiene {muestra(antes)}",
            esperaba="las notas del principio",
            porque="se abrió el primero en modo `wb` en lugar de `rb`",
            prueba="a ejecutar otra vez la celda que crea `primero.pkl`, y guarda con otro nombre",
        )
    if not isinstance(despues, dict):
        return mal(
            "no_es_diccionario",
            vi=f"en el segundo archivo {muestra(despues)}",
            esperaba="un diccionario como el del primero",
            porque="se guarda solo lo nuevo, o una lista",
            prueba="a guardar la variable en la que cargaste el primero",
        )
    if any(notas != _notas(despues, nombre)[: len(notas)] for nombre, notas in antes.items()):
        return mal(
            "faltan_las_de_antes",
            vi=f"en el segundo archivo {muestra(despues)}",
            esperaba="las tres notas de antes, en su sitio",
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
        "El segundo tiene seis notas y el primero sigue igual: hay una copia a la que volver."
    )


def _notas_de(ruta):
    textos_de_un_pickle(ruta)
    return pregunta_aparte(
        "import json, pickle\n"
        f"with open({ruta.name!r}, 'rb') as archivo: objeto = pickle.load(archivo)\n"
        "print(json.dumps(objeto, default=str))",
        ruta,
    )


def _notas(diccionario, nombre):
    notas = diccionario.get(nombre, [])
    return notas if isinstance(notas, list) else [notas]


# --- 02a.5 · que_falla ---------------------------------------------------------------------------
def _comprueba_que_falla(funcion):
    exige_funcion(funcion)
    buenos = {"siete": 7, "modelo": {"b0": 1.2}}
    malos = {
        "generador": (n for n in [1]),
        "cerrojo": threading.Lock(),
        "lambda": lambda x: x,
        "clase local": type("Local", (), {})(),
    }
    objetos = buenos | malos
    esperado = {nombre: _excepcion_al_guardar(objeto) for nombre, objeto in malos.items()}
    intento = intenta(funcion, dict(objetos))
    if isinstance(intento.error, pickle.PicklingError | TypeError | AttributeError):
        return mal(
            "no_captura",
            vi=f"que tu función dejó escapar un {type(intento.error).__name__}",
            esperaba="que lo anotara y siguiera con el objeto siguiente",
            porque="pickle falla con tres excepciones distintas, según el objeto",
            prueba="`except (pickle.PicklingError, TypeError, AttributeError) as error:`",
        )
    devuelto = llama(funcion, dict(objetos))
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
    if set(devuelto) != set(malos):
        return mal(
            "faltan_fallos",
            vi=f"que los fallos anotados son {len(devuelto)}: {muestra(sorted(devuelto))}",
            esperaba=f"que fueran {len(malos)}",
            porque="el `return` está dentro del bucle, o solo se captura una excepción",
            prueba="a mirar la sangría del `return`",
        )
    if devuelto != esperado:
        return mal(
            "no_es_el_nombre",
            vi=f"como valor {muestra(devuelto['generador'])}",
            esperaba="el nombre de la excepción, un texto como «TypeError»",
            porque="el error, su mensaje y su tipo son tres cosas distintas",
            prueba="`type(error).__name__`",
        )
    if llama(funcion, {}) != {}:
        return mal(
            "recuerda_la_anterior",
            vi="que con un diccionario vacío devuelve fallos",
            esperaba="un diccionario vacío",
            porque="el resultado se crea fuera de la función y se acumula entre llamadas",
            prueba="a crear el diccionario en la primera línea de la función",
        )
    return bien("Antes de guardar algo importante, ya tienes con qué preguntar si se puede.")


def _excepcion_al_guardar(objeto):
    try:
        pickle.dumps(objeto)
    except (pickle.PicklingError, TypeError, AttributeError) as error:
        return type(error).__name__
    return None


# --- 02a.6 · un archivo antiguo y una clase nueva ------------------------------------------------
METODOS_DE_PARTIDA = {"__init__", "anota", "porcentaje"}


def _comprueba_setstate(modulo):
    ruta = exige_archivo(modulo)
    clase = _clases_de(ruta).get("GradeTracker")
    if clase is None:
        return error_tuyo(
            "modulo_sin_clase",
            f"{ruta.name} no se deja leer como Python o no tiene la clase `GradeTracker`",
            "a ejecutarlo: `import grade_tracker` en una celda con `%%proceso_nuevo`",
        )
    metodos = {nodo.name for nodo in clase.body if isinstance(nodo, ast.FunctionDef)}
    if metodos == METODOS_DE_PARTIDA and len(clase.body) == len(METODOS_DE_PARTIDA):
        return sin_responder()
    if "__setstate__" not in metodos:
        return mal(
            "sin_setstate",
            vi=f"los métodos {muestra(sorted(metodos))}",
            esperaba="un método `__setstate__`",
            porque="el nombre lleva dos guiones bajos a cada lado, y va dentro de la clase",
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
    if visto["escala_nueva"] != 100:
        return mal(
            "pisa_la_escala",
            vi=f"que un objeto nuevo de escala 100 vuelve con {muestra(visto['escala_nueva'])}",
            esperaba="que conservara su escala",
            porque="`self.escala = 10` se ejecuta siempre, también con archivos nuevos",
            prueba="a poner el 10 primero y `self.__dict__.update(estado)` después",
        )
    return bien("El archivo de 2024 vale 85 sobre 100 para Ana, y nadie ha tenido que convertirlo.")


PREGUNTA_SETSTATE = """
import json, pickle
from grade_tracker import GradeTracker
with open("notas_2024.pkl", "rb") as archivo:
    viejo = pickle.load(archivo)
nuevo = pickle.loads(pickle.dumps(GradeTracker(escala=100)))
print(json.dumps({"notas": getattr(viejo, "notas", None),
                  "escala_vieja": getattr(viejo, "escala", None),
                  "escala_nueva": getattr(nuevo, "escala", None)}, default=str))
"""

CLASE_DE_LA_LECCION = """
class GradeTracker:
    def __init__(self):
        self.notas = {}

    def anota(self, nombre, nota):
        self.notas.setdefault(nombre, []).append(nota)

    def media(self, nombre):
        return sum(self.notas[nombre]) / len(self.notas[nombre])
"""

EJERCICIOS = (
    Ejercicio(
        "02a.1",
        puntos=2,
        pistas=(
            "Guardar son tres gestos: abrir, volcar, cerrar. `with` cierra por ti.",
            "Mira la celda que guardó `modelo_notas.pkl`. Para JSON, pregunta clave por clave.",
            '`with open("data_object.pkl", "wb") as archivo: pickle.dump(…, archivo)`. Y para '
            "cada clave, `json.dumps(data_object[clave])`: apunta las que den TypeError.",
        ),
        solucion="""
import json

with open("data_object.pkl", "wb") as archivo:
    pickle.dump(data_object, archivo, protocol=5)

claves_rechazadas = set()
for clave, valor in data_object.items():
    try:
        json.dumps(valor)
    except TypeError:
        claves_rechazadas.add(clave)
""",
        comprueba=_comprueba_data_object,
    ),
    Ejercicio(
        "02a.2",
        puntos=1,
        pistas=(
            "Primero se escribe y después se lee. Lo que tiene sangría va debajo de un `with`.",
            "pickle produce bytes: mira qué modos de `open` sirven para bytes.",
            "Empieza por la línea c. Las otras cuatro son dos parejas: `wb` y `rb`.",
        ),
        solucion='orden = "ceafd"',
        comprueba=_comprueba_orden,
    ),
    Ejercicio(
        "02a.3",
        puntos=2,
        pistas=(
            "pickle guarda en qué módulo vive la clase. ¿En cuál quieres que la busque?",
            "La clase debe estar en `grade_tracker.py` antes de crear el objeto que guardas.",
            "Pega la clase en la celda `%%writefile`. Después: `from grade_tracker import "
            'GradeTracker`, crea un objeto, `anota("Ana", 8)` y `pickle.dump`.',
        ),
        solucion=f"""
%%writefile grade_tracker.py
{CLASE_DE_LA_LECCION.strip()}

# %% la celda siguiente
from grade_tracker import GradeTracker

tracker = GradeTracker()
tracker.anota("Ana", 8)
archivo_3 = "notas.pkl"
with open(archivo_3, "wb") as archivo:
    pickle.dump(tracker, archivo, protocol=5)
""",
        comprueba=_comprueba_modulo,
    ),
    Ejercicio(
        "02a.4",
        puntos=1,
        pistas=(
            "Cargar no modifica el archivo. Lo modifica abrirlo para escribir.",
            "Tres pasos: carga en una variable, cambia la variable, guárdala con otro nombre.",
            '`notas["Ana"].append(10)` tres veces, y después '
            '`with open("segundo.pkl", "wb") as archivo: pickle.dump(notas, archivo)`.',
        ),
        solucion="""
with open("primero.pkl", "rb") as archivo:
    notas = pickle.load(archivo)
notas["Ana"].append(10)
notas["Luis"].append(6)
notas["Eva"] = [9]
archivo_4 = "segundo.pkl"
with open(archivo_4, "wb") as archivo:
    pickle.dump(notas, archivo, protocol=5)
""",
        comprueba=_comprueba_segundo,
    ),
    Ejercicio(
        "02a.5",
        puntos=2,
        pistas=(
            "Para saber si algo se puede guardar, intenta guardarlo y mira si falla.",
            "Un `try` por objeto, dentro del bucle. `va_y_vuelve` captura las tres excepciones.",
            "`except (pickle.PicklingError, TypeError, AttributeError) as error:` y, dentro, "
            "`fallos[nombre] = type(error).__name__`.",
        ),
        solucion="""
def que_falla(objetos):
    fallos = {}
    for nombre, objeto in objetos.items():
        try:
            pickle.dumps(objeto)
        except (pickle.PicklingError, TypeError, AttributeError) as error:
            fallos[nombre] = type(error).__name__
    return fallos
""",
        comprueba=_comprueba_que_falla,
    ),
    Ejercicio(
        "02a.6",
        puntos=2,
        pistas=(
            "Al cargar, `__init__` no se ejecuta. ¿Quién puede poner el atributo que falta?",
            "`__setstate__(self, estado)` recibe el diccionario de atributos del archivo.",
            "Dos líneas: `self.escala = 10` y, debajo, `self.__dict__.update(estado)`. Con ese "
            "orden, un archivo que ya trae escala conserva la suya.",
        ),
        solucion="""
%%writefile grade_tracker.py
class GradeTracker:
    def __init__(self, escala=10):
        self.notas, self.escala = {}, escala

    def __setstate__(self, estado):
        self.escala = 10  # lo que suponían los archivos que no la traen
        self.__dict__.update(estado)

    def anota(self, nombre, nota):
        self.notas.setdefault(nombre, []).append(nota)

    def porcentaje(self, nombre):
        notas = self.notas[nombre]
        return 100 * sum(notas) / len(notas) / self.escala
""",
        comprueba=_comprueba_setstate,
    ),
)


def _cuantos_van_y_vuelven(tabla):
    """La opción que cumple la tabla impresa, según la columna de pickle de su última fila."""
    encontrado = re.search(r"van y vuelven\s+(\d+)", tabla)
    if encontrado is None:
        return None
    cuantos = int(encontrado[1])
    return "a" if cuantos >= 9 else "b" if cuantos >= 6 else "c"


def _al_cargar_el_antiguo(texto, error):
    """La opción que se cumplió: falla `load`, falla el uso o no falla nada."""
    if "AttributeError" in error:
        return "b" if "Ana" in texto else "a"
    return None if error else "c"


PREDICCIONES = (
    Prediccion(
        "02a.p1",
        ocurre=lambda error: "c" if "NameError" in error else None,
        comentarios={
            "a": "Que este kernel siga abierto no ayuda: cada proceso tiene su propia memoria.",
            "b": "Para que valga None, alguien tiene que haber creado el nombre. Nadie lo hizo.",
            "c": "Así es: dos procesos no comparten nombres.",
        },
    ),
    Prediccion(
        "02a.p2",
        ocurre={(True, True): "a", (True, False): "b", (False, False): "c"}.get,
        comentarios={
            "a": "Es igual, pero no el mismo: si cambias la copia, el original no se entera.",
            "b": "Cargar fabrica siempre un objeto nuevo.",
            "c": "No se pierde nada. Lo que cambia es la identidad: hay dos objetos iguales.",
        },
    ),
    Prediccion(
        "02a.p3",
        ocurre=lambda razon: "a" if razon < 1.01 else "b" if razon < 1.1 else "c",
        comentarios={
            "a": "Los números son los mismos; lo que cambia es cómo se escriben.",
            "b": "Se queda corto: como texto, muchos bytes necesitan dos.",
            "c": "Y no hay nada a cambio: el contenido es idéntico.",
        },
    ),
    Prediccion(
        "02a.p4",
        ocurre={"hola": "a", "adiós": "b"}.get,
        comentarios={
            "a": "Sería cierto si pickle guardara las instrucciones. Mira cuántos bytes ocupaba.",
            "b": "Se carga el nombre, y hoy ese nombre lleva a otra función.",
            "c": "La función guardada era solo un nombre, y ese nombre existe.",
        },
    ),
    Prediccion(
        "02a.p5",
        ocurre=lambda error: "c" if "AttributeError" in error else "a" if error == "" else None,
        comentarios={
            "a": "El método está en la clase, y la clase no está en el archivo.",
            "b": "Sin la clase, pickle no tiene dónde poner las notas y se detiene.",
            "c": "Las notas están en el archivo, pero no hay clase que las reciba.",
        },
    ),
    Prediccion(
        "02a.p6",
        ocurre=_cuantos_van_y_vuelven,
        comentarios={
            "a": "Es lo que se lee a menudo. Basta un contraejemplo, y aquí hay varios.",
            "b": "Con datos corrientes acertarías. Los que fallan son código o conexiones.",
            "c": "Los datos van y vuelven; el código y las conexiones con el sistema, no.",
        },
    ),
    Prediccion(
        "02a.p7",
        ocurre=lambda atributos: "a" if atributos == ["cuenta"] else "b",
        comentarios={
            "a": "Cargar no pasa por `__init__`.",
            "b": "Parece natural, pero al cargar los atributos salen del archivo.",
            "c": "`__getstate__` deja fuera el cerrojo, así que pickle no llega a verlo.",
        },
    ),
    Prediccion(
        "02a.p8",
        ocurre=lambda salida: _al_cargar_el_antiguo(*salida),
        comentarios={
            "a": "pickle no compara clases: pone los atributos que trae el archivo y no pregunta.",
            "b": "El objeto se carga sin `escala`. El fallo llega más tarde, al usarla.",
            "c": "El 10 lo pone `__init__`, y cargar no pasa por él.",
        },
    ),
)
