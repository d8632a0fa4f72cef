"""Respuestas a los ejercicios de la tarea 2: lo que dice su revisión y los puntos que valen."""

from escritas import para

from helpers.ejercicios.resultado import Estado

bien, mal = para("t2_metodos")
ERROR, EN_BLANCO = Estado.ERROR_TUYO, Estado.SIN_RESPONDER

# --- t2.1 ----------------------------------------------------------------------------------------
LOS_CUATRO = """
with open("aves.pkl", "wb") as archivo:
    pickle.dump(bosque, archivo)
joblib.dump(bosque, "aves.joblib", compress=3)
with open("aves.dill", "wb") as archivo:
    dill.dump(bosque, archivo)
sio.dump(bosque, "aves.skops")
"""


def cambia(*pares):
    """Los cuatro archivos, con unas palabras cambiadas por otras."""
    codigo = LOS_CUATRO
    for antes, despues in pares:
        assert antes in codigo
        codigo = codigo.replace(antes, despues)
    return codigo


OTRO_BOSQUE = "bosque = RandomForestRegressor(20, random_state=4).fit(medidas, masas)"
SIN_MODELO = "bosque.predict(medidas)"

# --- t2.2 ----------------------------------------------------------------------------------------
PARTIDA = """%%writefile registro.py
class Registro:
    def __init__(self, nombre):
        self.nombre = nombre
        self.predicciones = []
        self.bitacora = open(f"{nombre}.txt", "a", encoding="utf-8")

    def anota(self, valor):
        self.predicciones.append(valor)
        self.bitacora.write(f"{valor}\\n")
"""
SIN_BITACORA = """
    def __getstate__(self):
        estado = dict(self.__dict__)
        del estado["bitacora"]
        return estado
"""
ABRE = """
    def __setstate__(self, estado):
        self.__dict__.update(estado)
        self.bitacora = open(f"{self.nombre}.txt", "a", encoding="utf-8")
"""
SIN_COPIA = SIN_BITACORA.replace("dict(self.__dict__)", "self.__dict__")
RECONSTRUYE = """
    def __reduce__(self):
        return Registro, (self.nombre,)
"""
CADA_VEZ = """%%writefile registro.py
class Registro:
    def __init__(self, nombre):
        self.nombre = nombre
        self.predicciones = []

    @property
    def bitacora(self):
        return open(f"{self.nombre}.txt", "a", encoding="utf-8")

    def anota(self, valor):
        self.predicciones.append(valor)
        with self.bitacora as archivo:
            archivo.write(f"{valor}\\n")
"""

# --- t2.3 ----------------------------------------------------------------------------------------
CON_LISTA = """
def predice_vecinos(ruta, filas):
    aprobados = ["sklearn.metrics._dist_metrics.EuclideanDistance64",
                 "sklearn.neighbors._kd_tree.KDTree"]
    return sio.load(ruta, trusted=aprobados).predict(filas).tolist()
"""
SEGUN_EMPIEZA = """
def predice_vecinos(ruta, filas):
    pide = [n for n in sio.get_untrusted_types(file=ruta) if n.startswith("sklearn.")]
    return sio.load(ruta, trusted=pide).predict(filas).tolist()
"""
MIRA_TARDE = """
def predice_vecinos(ruta, filas):
    pide = sio.get_untrusted_types(file=ruta)
    modelo = sio.load(ruta, trusted=pide)
    if pide != ["sklearn.metrics._dist_metrics.EuclideanDistance64",
                "sklearn.neighbors._kd_tree.KDTree"]:
        raise ValueError(pide)
    return modelo.predict(filas).tolist()
"""
ATRAPA = """
def predice_vecinos(ruta, filas):
    try:
        aprobados = ["sklearn.metrics._dist_metrics.EuclideanDistance64",
                     "sklearn.neighbors._kd_tree.KDTree"]
        return sio.load(ruta, trusted=aprobados).predict(filas).tolist()
    except TypeError as error:
        print(error)
"""


def con_lista(*pares):
    """La función buena, con unas palabras cambiadas por otras."""
    codigo = CON_LISTA
    for antes, despues in pares:
        assert antes in codigo
        codigo = codigo.replace(antes, despues)
    return codigo


def con_uno_mas(nombre):
    """La función buena, con un nombre de más en su lista."""
    return con_lista(('["sklearn.metrics', f'["{nombre}", "sklearn.metrics'))


# --- t2.4 ----------------------------------------------------------------------------------------
def encargos(**cambios):
    dados = {"a": "joblib comprimido", "b": "skops", "c": "dill", "d": "ninguno"}
    return f"encargos = {dados | cambios}"


ESCRITAS = [
    bien("t2.1", LOS_CUATRO, 2, "Cuatro archivos, cuatro métodos"),
    bien("t2.1", cambia(("compress=3", 'compress=("xz", 3)')), 2, "Cuatro archivos"),
    mal("t2.1", "nada = 0", 0, "sin_responder", "ninguno de los cuatro", EN_BLANCO),
    mal("t2.1", cambia((", compress=3", "")), 1.5, "sin_comprimir", "joblib no comprime si no"),
    mal("t2.1", cambia(("joblib.dump(bosque, ", "sio.dump(bosque, "), (", compress=3", "")), 1.5,
        "otro_formato", "es skops"),
    mal("t2.1", cambia(("dill.dump", "pickle.dump")), 1.5, "no_es_su_metodo", "no pide nada"),
    mal("t2.1", cambia(("pickle.dump", "dill.dump")), 1.5, "no_es_su_metodo", "pide algo"),
    mal("t2.1", OTRO_BOSQUE + LOS_CUATRO, 0, "otro_modelo", "con otra semilla"),
    mal("t2.1", cambia(("sio.dump(bosque, ", "sio.dump(bosque.predict(medidas), ")), 1.5,
        "falla_en_otro_proceso", "En un proceso nuevo", ERROR),
    mal("t2.1", cambia(('sio.dump(bosque, "aves.skops")', "")), 1.5, "no_existe", "aves.skops"),
    bien("t2.2", PARTIDA + SIN_BITACORA + ABRE, 2, "rehace lo que no se puede guardar"),
    bien("t2.2", CADA_VEZ, 2, "rehace lo que no se puede guardar"),
    mal("t2.2", "%%writefile registro.py\n...", 0, "sin_responder", "Escribe la clase", EN_BLANCO),
    mal("t2.2", PARTIDA, 0, "no_se_guarda", "cannot pickle"),
    mal("t2.2", PARTIDA.replace("class Registro", "class Bitacora"), 0, "falta_la_clase",
        "ninguna clase `Registro`"),
    mal("t2.2", PARTIDA + SIN_BITACORA, 1, "no_sigue", "no se llama a `__init__`"),
    mal("t2.2", PARTIDA + SIN_COPIA + ABRE, 1, "rompe_el_original", "ya no anota"),
    mal("t2.2", PARTIDA + RECONSTRUYE, 0, "pierde_datos", "se crea un objeto nuevo"),
    mal("t2.2", PARTIDA + SIN_BITACORA + ABRE.replace('"a"', '"w"'), 1, "borra_lo_anterior",
        "vacía el archivo"),
    mal("t2.2", "%%writefile registro.py\nclass Registro(", 0, "falla_en_otro_proceso",
        "SyntaxError", ERROR),
    bien("t2.3", CON_LISTA, 2, "nada que pida otra cosa"),
    bien("t2.3", con_lista((".tolist()", "")), 2, "nada que pida otra cosa"),
    bien("t2.3", con_uno_mas("sklearn.tree._tree.Tree"), 1, "nada que pida"),
    bien("t2.3", con_uno_mas("sklearn.metrics._dist_metrics.ChebyshevDistance64"), 1, "nada que"),
    mal("t2.3", con_lista(("aprobados)", "True)")), 0, "trusted_true", "anteriores a skops 0.10"),
    mal("t2.3", con_lista(("_kd_tree.KDTree", "KDTree")), 0, "no_aprueba_lo_normal",
        "su módulo entero"),
    mal("t2.3", con_lista(("load(ruta", 'load("vecinos.skops"')), 0, "lanza_excepcion",
        "ValueError", ERROR),
    mal("t2.3", con_lista((".predict(filas).tolist()", "")), 0, "no_da_lista", "falta el `return`"),
    mal("t2.3", con_lista(("(filas).tolist()", "(filas[:1]).tolist()")), 0, "otras_predicciones",
        "`ruta` y `filas`"),
    mal("t2.3", con_lista(("=aprobados", "=sio.get_untrusted_types(file=ruta)")), 1,
        "aprueba_de_mas", "ManhattanDistance64"),
    mal("t2.3", SEGUN_EMPIEZA, 1, "aprueba_de_mas", "sale del propio archivo"),
    mal("t2.3", MIRA_TARDE, 1, "aprueba_una_funcion", "`print` se ejecutó"),
    mal("t2.3", ATRAPA, 1, "aprueba_de_mas", "se atrapa el error"),
    mal("t2.3", "predice_vecinos = 3", 0, "no_es_funcion", "esperaba una función", ERROR),
    bien("t2.4", encargos(), 1, "su condición"),
    bien("t2.4", encargos(a="Joblib  comprimido"), 1, "su condición"),
    bien("t2.4", encargos(a="joblib comprimido.", b="«skops»", d="ningúno"), 1, "su condición"),
    mal("t2.4", "encargos = ['skops']", 0, "no_es_diccionario", "una respuesta por letra"),
    mal("t2.4", encargos(e="dill"), 1, "letra_de_mas", "entre las letras"),
    mal("t2.4", encargos(b="keras"), 0.75, "otra_palabra", "en b"),
    mal("t2.4", encargos(a="skops"), 0.75, "otra_opcion", "son los bytes"),
    mal("t2.4", encargos(a="ninguno"), 0.75, "otra_opcion", "las mismas versiones"),
    mal("t2.4", encargos(b="joblib comprimido"), 0.75, "otra_opcion", "ejecuta código"),
    mal("t2.4", encargos(b="ninguno"), 0.75, "otra_opcion", "se mira lo que pide"),
    mal("t2.4", encargos(c="pickle", d="pickle"), 0.5, "otra_opcion", "el de una lambda"),
    mal("t2.4", encargos(c="skops"), 0.75, "otra_opcion", "falla al cargar"),
    mal("t2.4", encargos(c="ninguno"), 0.75, "otra_opcion", "lleva el código dentro"),
    mal("t2.4", encargos(d="dill"), 0.75, "otra_opcion", "necesita Python"),
]  # fmt: skip
CASOS = [escrita.caso() for escrita in ESCRITAS]
