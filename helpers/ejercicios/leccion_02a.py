"""Ejercicios y predicciones de 02a · pickle. Cómo se comprueban está en `revision_02a.py`."""

import re

from helpers.ejercicios.resultado import Ejercicio, Prediccion
from helpers.ejercicios.revision_02a import (
    comprueba_data_object,
    comprueba_modulo,
    comprueba_orden,
    comprueba_que_falla,
    comprueba_segundo,
    comprueba_setstate,
)

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
            "Guardar son tres pasos: abrir, escribir, cerrar. `with` cierra por ti.",
            "Mira la celda que guardó `modelo_notas.pkl`. Para JSON, prueba clave por clave.",
            '`with open("data_object.pkl", "wb") as archivo: pickle.dump(…, archivo)`. Y para '
            "cada clave, `json.dumps(data_object[clave])`: apunta las que den TypeError.",
        ),
        solucion="""
import json
import pickle

with open("data_object.pkl", "wb") as archivo:
    pickle.dump(data_object, archivo, protocol=5)

claves_rechazadas = set()
for clave, valor in data_object.items():
    try:
        json.dumps(valor)
    except TypeError:
        claves_rechazadas.add(clave)
""",
        comprueba=comprueba_data_object,
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
        comprueba=comprueba_orden,
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
import pickle
import sys

sys.modules.pop("grade_tracker", None)  # para leer el archivo de ahora, no el de antes
from grade_tracker import GradeTracker

tracker = GradeTracker()
tracker.anota("Ana", 8)
archivo_3 = "notas.pkl"
with open(archivo_3, "wb") as archivo:
    pickle.dump(tracker, archivo, protocol=5)
""",
        comprueba=comprueba_modulo,
    ),
    Ejercicio(
        "02a.4",
        puntos=1,
        pistas=(
            "Cargar no modifica el archivo. Lo modifica abrirlo para escribir.",
            "Tres pasos: carga en una variable, cambia la variable, guárdala con otro nombre.",
            '`notas["Ana"].append(10)` tres veces, y después '
            '`with open("segundo.datos", "wb") as archivo: pickle.dump(notas, archivo)`.',
        ),
        solucion="""
import pickle

with open("primero.pkl", "rb") as archivo:
    notas = pickle.load(archivo)
notas["Ana"].append(10)
notas["Luis"].append(6)
notas["Eva"] = [9]
archivo_4 = "segundo.datos"
with open(archivo_4, "wb") as archivo:
    pickle.dump(notas, archivo, protocol=5)
""",
        comprueba=comprueba_segundo,
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
import pickle

def que_falla(objetos):
    fallos = {}
    for nombre, objeto in objetos.items():
        try:
            pickle.dumps(objeto)
        except (pickle.PicklingError, TypeError, AttributeError) as error:
            fallos[nombre] = type(error).__name__
    return fallos
""",
        comprueba=comprueba_que_falla,
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
        comprueba=comprueba_setstate,
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
            "b": "Esta carga ha creado un diccionario nuevo, igual al primero.",
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
            "a": "Sería cierto si pickle guardara el código. Mira cuántos bytes ocupaba.",
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
            "b": "Con datos corrientes acertarías. Fallan el código y lo que está en marcha.",
            "c": "Los datos van y vuelven; el código y lo que está en marcha, no.",
        },
    ),
    Prediccion(
        "02a.p7",
        ocurre=lambda atributos: "a" if atributos == ["cuenta"] else "b",
        comentarios={
            "a": "Cargar un objeto como este no pasa por `__init__`.",
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
