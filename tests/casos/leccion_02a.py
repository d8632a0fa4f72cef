"""Casos de 02a · pickle."""

import json
import pickle
from pathlib import Path

from casos import Caso
from helpers.ejercicios.leccion_02a import CLASE_DE_LA_LECCION
from helpers.ejercicios.resultado import Estado
from helpers.ejercicios.revision_02a import DATA_OBJECT, PRIMERAS_NOTAS
from helpers.proceso import ejecuta_en_proceso_nuevo

TODAS = {"complejo", "crudo", "conjunto"}
ERROR = Estado.ERROR_TUYO
CORRECTO = Estado.CORRECTO


def _guarda(nombre, objeto):
    Path(nombre).write_bytes(pickle.dumps(objeto, protocol=5))


# --- 02a.1 ---------------------------------------------------------------------------------------
def _data_object(claves, objeto=DATA_OBJECT):
    def prepara():
        _guarda("data_object.pkl", objeto)
        return "data_object.pkl", claves

    return prepara


def _bytes_en_data_object(contenido):
    def prepara():
        Path("data_object.pkl").write_bytes(contenido)
        return "data_object.pkl", TODAS

    return prepara


# --- 02a.3 ---------------------------------------------------------------------------------------
def _tracker(
    modulo=CLASE_DE_LA_LECCION,
    uso="t.anota('Ana', 8)",
    desde="grade_tracker",
    codificacion="utf-8",
):
    """Lo que haría un cuaderno: escribir el módulo, importar la clase (o no) y guardar."""

    def prepara():
        Path("grade_tracker.py").write_text(CLASE_DE_LA_LECCION, encoding="utf-8")
        clase = CLASE_DE_LA_LECCION if desde == "__main__" else f"from {desde} import GradeTracker"
        salida = ejecuta_en_proceso_nuevo(
            f"import pickle\n{clase}\nt = GradeTracker()\n{uso}\n"
            "with open('notas.pkl', 'wb') as archivo: pickle.dump(t, archivo)",
            ".",
        )
        assert salida.error == ""
        Path("grade_tracker.py").write_text(modulo, encoding=codificacion)
        return "grade_tracker.py", "notas.pkl"

    return prepara


# --- 02a.4 ---------------------------------------------------------------------------------------
def _segundo(segundo, primero=PRIMERAS_NOTAS, nombre="segundo.datos"):
    def prepara():
        _guarda(nombre, segundo)
        _guarda("primero.pkl", primero)
        return "primero.pkl", nombre

    return prepara


# --- 02a.5 ---------------------------------------------------------------------------------------
def _que_falla(
    captura=Exception,
    anota=lambda error: type(error).__name__,
    fallos=None,
    guarda=pickle.dumps,
):
    """Una `que_falla` con el defecto que se diga."""

    def que_falla(objetos):
        resultado = {} if fallos is None else fallos
        for nombre, objeto in objetos.items():
            try:
                guarda(objeto)
            except captura as error:
                resultado[nombre] = anota(error)
        return resultado

    return que_falla


def con_protocolo_0(objeto):
    return pickle.dumps(objeto, protocol=0)


def dill_imitado(objeto):
    """Guarda funciones y clases locales, como dill, pero no generadores."""
    if not callable(objeto) and "Local" not in type(objeto).__name__:
        pickle.dumps(objeto)


def _solo_el_primero(objetos):
    for nombre, fallo in _que_falla()(objetos).items():
        return {nombre: fallo}


def _todos(objetos):
    return {nombre: "TypeError" for nombre in objetos}


def _prueba_los_nombres(objetos):
    fallos = {}
    for objeto in objetos:
        try:
            pickle.dumps(objeto)
        except TypeError as error:
            fallos[objeto] = type(error).__name__
    return fallos


def _con_un_nombre_mal_escrito(objetos):
    fallos = {}
    for nombre, objeto in objetos.items():
        try:
            pickel.dumps(objeto)
        except (NameError, TypeError, AttributeError) as error:
            fallos[nombre] = type(error).__name__
    return fallos


# --- 02a.6 ---------------------------------------------------------------------------------------
BUENO = ("self.escala = 10", "self.__dict__.update(estado)")

ESCALA_EN_LA_CLASE = """
    escala = 10

    def __setstate__(self, estado):
        self.__dict__.update(estado)
"""


def _clase(*lineas_de_setstate, nombre="GradeTracker", porcentaje="100"):
    cuerpo = "".join(f"        {linea}\n" for linea in lineas_de_setstate)
    setstate = f"    def __setstate__(self, estado):\n{cuerpo}" if lineas_de_setstate else ""
    codigo = (
        f"class {nombre}:\n"
        "    def __init__(self, escala=10):\n"
        "        self.notas, self.escala = {}, escala\n"
        f"{setstate}"
        "    def anota(self, nombre, nota):\n"
        "        self.notas.setdefault(nombre, []).append(nota)\n"
        "    def porcentaje(self, nombre):\n"
        "        notas = self.notas[nombre]\n"
        f"        return {porcentaje} * sum(notas) / len(notas) / self.escala\n"
    )

    def prepara():
        Path("grade_tracker.py").write_text(codigo, encoding="utf-8")
        return ("grade_tracker.py",)

    return prepara


def _con_otro_metodo(lineas):
    def prepara():
        _clase()()
        with Path("grade_tracker.py").open("a", encoding="utf-8") as archivo:
            archivo.write(f"{lineas}\n")
        return ("grade_tracker.py",)

    return prepara


CASOS = [
    Caso("02a.1", lambda: ("data_object.pkl", TODAS), "no_existe", "«data_object.pkl»"),
    Caso("02a.1", lambda: (DATA_OBJECT, TODAS), "no_es_nombre", "el nombre de un archivo"),
    Caso("02a.1", _bytes_en_data_object(b""), "vacio", "con 0 bytes"),
    Caso(
        "02a.1",
        _bytes_en_data_object(json.dumps([1]).encode()),
        "no_es_pickle",
        "no es un pickle completo",
    ),
    Caso(
        "02a.1",
        _bytes_en_data_object(pickle.dumps(DATA_OBJECT)[:-20]),
        "no_es_pickle",
        "no llegó a cerrarse",
    ),
    Caso("02a.1", _data_object(TODAS, objeto={"nada": None}), "otro_contenido", "un objeto dict"),
    Caso(
        "02a.1", _data_object(TODAS, pickle.dumps(DATA_OBJECT)), "otro_contenido", "un objeto bytes"
    ),
    Caso("02a.1", _data_object("complejo"), "no_es_conjunto", "una sola clave"),
    Caso("02a.1", _data_object([3 + 4j, b"x"]), "valores_y_no_claves", "no es un texto"),
    Caso("02a.1", _data_object({"complejo": 1}), "faltan_claves", "1 de las 3 claves"),
    Caso("02a.1", _data_object(TODAS | {"nada"}), "none_si_cabe", "JSON lo escribe como `null`"),
    Caso("02a.1", _data_object(TODAS | {"lista"}), "sobran_claves", "['lista']"),
    Caso("02a.1", _data_object({"complex", "set"}), "sobran_claves", "el tipo del valor"),
    Caso("02a.1", _data_object(["complejo"]), "faltan_claves", "1 de las 3 claves"),
    Caso("02a.2", lambda: (14,), "no_es_texto", "las letras seguidas"),
    Caso("02a.2", lambda: (["c", "e", "a", "f", "d"],), "bien", "La línea b", CORRECTO),
    Caso("02a.2", lambda: ("cbafd",), "modo_texto", "la línea b"),
    Caso("02a.2", lambda: ("ceafg",), "load_con_dos", "la línea g"),
    Caso("02a.2", lambda: ("ceaf",), "faltan_o_repiten", "las letras 'ceaf'"),
    Caso("02a.2", lambda: ("cfdea",), "carga_antes", "se carga antes de guardar"),
    Caso("02a.2", lambda: ("eacfd",), "import_tarde", "la primera línea es la e"),
    Caso("02a.2", lambda: ("c, f, a, e, d",), "fuera_de_su_with", "la r, de leer"),
    Caso(
        "02a.3", _tracker(modulo="# nada\n"), "modulo_sin_clase", "en grade_tracker.py las clases"
    ),
    Caso("02a.3", _tracker(modulo="class Grade"), "modulo_ilegible", "expected ':'", ERROR),
    Caso(
        "02a.3", _tracker(modulo="# año", codificacion="latin-1"), "modulo_ilegible", "UTF-8", ERROR
    ),
    Caso("02a.3", _tracker(codificacion="utf-8-sig"), "bien", "un proceso nuevo", CORRECTO),
    Caso(
        "02a.3",
        _tracker(modulo=f"print('hola', end='')\n{CLASE_DE_LA_LECCION}"),
        "bien",
        "dos",
        CORRECTO,
    ),
    Caso("02a.3", _tracker(uso="t = t.notas"), "otro_objeto", "de tipo dict"),
    Caso("02a.3", _tracker(uso="t = [t]"), "otro_objeto", "de tipo list"),
    Caso("02a.3", _tracker(desde="__main__"), "sigue_en_main", "buscando la clase en `__main__`"),
    Caso("02a.3", _tracker(uso=""), "sin_notas", "un objeto sin ninguna nota"),
    Caso(
        "02a.3",
        _tracker(modulo=f"import no_existe\n{CLASE_DE_LA_LECCION}"),
        "falla_en_otro_proceso",
        "No module named 'no_existe'",
        ERROR,
    ),
    Caso("02a.4", _segundo(None, nombre="primero.pkl"), "mismo_archivo", "los dos archivos son"),
    Caso(
        "02a.4",
        _segundo(PRIMERAS_NOTAS, primero={"Eva": [1]}),
        "primero_cambiado",
        "el primer archivo ahora contiene {'Eva': [1]}",
    ),
    Caso("02a.4", _segundo([1, 2, 3]), "no_es_diccionario", "se guarda solo lo nuevo"),
    Caso(
        "02a.4",
        _segundo({"Ana": [10], "Luis": [7, 8, 9]}),
        "faltan_las_de_antes",
        "sustituye la lista",
    ),
    Caso("02a.4", _segundo(PRIMERAS_NOTAS), "no_son_tres", "las notas nuevas son 0"),
    Caso("02a.4", _segundo({"Ana": [8, 9, [1, 2, 3]], "Luis": [7]}), "no_son_tres", "`extend`"),
    Caso(
        "02a.4", _segundo({"Ana": [1, 2, 8, 9], "Luis": [7, 3]}), "bien", "La extensión", CORRECTO
    ),
    Caso("02a.4", lambda: ("x" * 300, "y"), "no_existe", "no hay ningún archivo"),
    Caso(
        "02a.4", _segundo({"Ana": [8, 9, 1], "Luis": [7]}), "no_son_tres", "las notas nuevas son 1"
    ),
    Caso("02a.5", lambda: ({},), "no_es_funcion", "esperaba una función", ERROR),
    Caso("02a.5", lambda: (_que_falla(TypeError),), "no_captura", "dejó escapar un"),
    Caso("02a.5", lambda: (lambda objetos: 1 / 0,), "lanza_excepcion", "ZeroDivisionError", ERROR),
    Caso("02a.5", lambda: (lambda objetos: print(objetos),), "sin_return", "devuelve None"),
    Caso("02a.5", lambda: (list,), "no_es_diccionario", "solo el nombre de los que fallan"),
    Caso("02a.5", lambda: (_todos,), "incluye_los_buenos", "['modelo', 'siete']"),
    Caso("02a.5", lambda: (_solo_el_primero,), "faltan_fallos", "los fallos anotados son 1"),
    Caso("02a.5", lambda: (lambda objetos: {},), "faltan_fallos", "los fallos anotados son 0"),
    Caso("02a.5", lambda: (_prueba_los_nombres,), "faltan_fallos", "objetos.items()"),
    Caso("02a.5", lambda: (_con_un_nombre_mal_escrito,), "incluye_los_buenos", "con 'NameError'"),
    Caso(
        "02a.5",
        lambda: (_que_falla(anota=lambda e: "TypeError"),),
        "no_es_el_nombre",
        "para «lambda»",
    ),
    Caso("02a.5", lambda: (_que_falla(anota=str),), "no_es_el_nombre", "Can't"),
    Caso("02a.5", lambda: (_que_falla(guarda=dill_imitado),), "no_es_pickle", "otra herramienta"),
    Caso("02a.5", lambda: (_que_falla(guarda=con_protocolo_0),), "bien", "preguntar", CORRECTO),
    Caso("02a.5", lambda: (_que_falla(anota=type),), "no_es_el_nombre", "<class"),
    Caso("02a.5", lambda: (_que_falla(fallos={}),), "recuerda_la_anterior", "se acumula"),
    Caso("02a.6", _clase("pass", nombre="Otra"), "modulo_sin_la_clase", "solo el método nuevo"),
    Caso(
        "02a.6",
        _con_otro_metodo("def __setstate__(self, e): pass"),
        "setstate_fuera",
        "cuatro espacios",
    ),
    Caso("02a.6", _con_otro_metodo("    escala = 10"), "sin_setstate", "se cambia otro método"),
    Caso("02a.6", _clase(*BUENO, porcentaje="10"), "no_da_85", "el porcentaje de Ana"),
    Caso("02a.6", _clase("import warnings; warnings.warn('ojo')", *BUENO), "bien", "85", CORRECTO),
    Caso("02a.6", _con_otro_metodo(ESCALA_EN_LA_CLASE), "bien", "Ana tiene 85", CORRECTO),
    Caso(
        "02a.6",
        _clase(*BUENO, "self.notas = {'Ana': [8, 9], 'Luis': [7]}"),
        "pisa_las_notas",
        "un 70 de Eva",
    ),
    Caso(
        "02a.6", _con_otro_metodo("    def setstate(self, e): pass"), "sin_setstate", "dos guiones"
    ),
    Caso("02a.6", _clase("self.escala = 10"), "pierde_las_notas", "lo haces tú"),
    Caso(
        "02a.6",
        _clase("self.__dict__.update(estado)"),
        "no_repone_la_escala",
        "tiene la escala None",
    ),
    Caso(
        "02a.6",
        _clase("self.__dict__.update(estado)", "self.escala = 10"),
        "pisa_la_escala",
        "escala 100 vuelve con 10",
    ),
    Caso("02a.6", _clase("estado['notas'] += 1"), "falla_en_otro_proceso", "TypeError", ERROR),
    Caso(
        "02a.6", _clase(), "sin_responder", "La clase está como al principio", Estado.SIN_RESPONDER
    ),
]
