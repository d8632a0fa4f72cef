"""Entregas torpes y hostiles, con la nota que merece cada una y lo que hay que decir de ella.

Lo que hacen está acotado aquí: si faltara un límite, el equipo no se resentiría.
"""

import codecs
import copy
import io
import json
import zipfile
from dataclasses import dataclass

from entregas import SOLUCION, celda, cuaderno, en_bytes, lee

R1, R2, R3 = (
    "".join(celda(SOLUCION, f"t1-{numero}-respuesta")["source"]).replace("SOLUCIÓN", "")
    for numero in (1, 2, 3)
)
TEXTO = "Con los dos números basta para predecir; se pierde el objeto y sus nombres de columna."
SIESTA = "41.5"  # segundos que duerme quien intenta quedarse; así se le reconoce
# La cuarta, en blanco y sin scikit-learn: aquí se mide otra cosa y cada importación se paga.
BIEN = {"r1": R1, "r2": R2, "r3": R3, "r4": "import pickle"}
TODO = {"t1.1": 2, "t1.2": 2, "t1.3": 1, "t1.4": 0}


@dataclass(frozen=True)
class Mala:
    """Una entrega, sus puntos y unas palabras que tiene que llevar su «por qué»."""

    nombre: str
    archivos: dict[str, bytes]
    puntos: dict[str, float]
    fragmento: str


def con(nombre, fragmento, pierde="", **respuestas):
    """Una entrega correcta salvo en lo que se cambia; `pierde` nombra el ejercicio perdido."""
    entregado = en_bytes(cuaderno(**(BIEN | respuestas)))
    return Mala(nombre, {"t1_conceptos.ipynb": entregado}, _sin(pierde), fragmento)


def otra(nombre, entregado, fragmento, archivo="t1_conceptos.ipynb", puntos=None):
    """Una entrega con un cuaderno ya hecho, o con otra cosa."""
    datos = entregado if isinstance(entregado, bytes) else en_bytes(entregado)
    return Mala(nombre, {archivo: datos}, _sin("") if puntos is None else puntos, fragmento)


def _sin(ejercicio):
    return TODO | ({ejercicio: 0} if ejercicio else {})


CERO = dict.fromkeys(TODO, 0)


# --- Cuadernos maltratados -----------------------------------------------------------------------
def sin_celdas_bloqueadas():
    nuevo = cuaderno(**BIEN)
    fijas = ("t1-1-revision", "t1-2-revision", "herramientas", "datos")
    nuevo["cells"] = [c for c in nuevo["cells"] if c["id"] not in fijas]
    return nuevo


def con_celdas_cambiadas():
    nuevo = cuaderno(**(BIEN | {"r1": "def repara(texto, leido_como):\n    return texto"}))
    celda(nuevo, "t1-1-revision")["source"] = "print('t1.1 · Correcto.')"
    celda(nuevo, "datos")["source"] = "sobrevive = 'a'"
    return nuevo


def con_celdas_repetidas():
    nuevo = cuaderno(**BIEN)
    for nombre in ("t1-1-respuesta", "t1-1-revision"):
        nuevo["cells"].append(copy.deepcopy(celda(nuevo, nombre)))
    return nuevo


def con_nota_falsa():
    nuevo = cuaderno()
    for c in nuevo["cells"]:
        if c["metadata"].get("nbgrader", {}).get("grade"):
            c["metadata"]["nbgrader"] |= {"points": 100, "score": 100}
        if c["cell_type"] == "code":
            c["outputs"] = [{"output_type": "stream", "name": "stdout", "text": "Nota: 10 de 10"}]
    return nuevo


def sin_metadatos(con_identificadores):
    nuevo = cuaderno(**BIEN, r5=TEXTO)
    for numero, c in enumerate(nuevo["cells"]):
        c["metadata"] = {}
        if not con_identificadores:
            c["id"] = f"celda-{numero}"
    return nuevo


def de_cincuenta_megas():
    nuevo = cuaderno(**BIEN)
    celda(nuevo, "datos")["outputs"] = [
        {"output_type": "stream", "name": "stdout", "text": "x" * 50 * 2**20}
    ]
    return nuevo


def con_media_letra():
    """La mitad de un par de UTF-16: cabe en un JSON y no se puede escribir en UTF-8."""
    nuevo = cuaderno(**(BIEN | {"r3": 'sobrevive = "\\ud800"  # \ud800'}))
    return json.dumps(nuevo).encode("ascii")


def zip_con(**archivos):
    caja = io.BytesIO()
    with zipfile.ZipFile(caja, "w", zipfile.ZIP_DEFLATED) as zip_:
        for nombre, datos in archivos.items():
            zip_.writestr(nombre.replace("__", "."), datos)
    return caja.getvalue()


BUCLE_TERCO = """
import time
while True:
    try:
        time.sleep(0.01)
    except BaseException:
        pass
"""
PROCESOS = (
    """
import os, time
hijos = 0
for _ in range(200):
    if os.fork() == 0:
        time.sleep(3)
        os._exit(0)
    hijos += 1
"""
    + R1
)
MEMORIA_RESERVADA = "trozos = [bytearray(2**26) for _ in range(24)]\n" + R1
MEMORIA_USADA = (
    """
import time
trozos = []
for _ in range(9):
    trozos.append(b"x" * 2**26)
    time.sleep(0.1)
time.sleep(1)
"""
    + R1
)
DISCO = (
    """
for numero in range(20):
    with open(f"relleno{numero}", "wb") as archivo:
        archivo.write(bytes(10 * 2**20))
"""
    + R1
)
SE_QUEDA = (
    f"""
import os
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        os.execvp("sleep", ["sleep", "{SIESTA}"])
    os._exit(0)
os.wait()
"""
    + R1
)
BUSCA_LA_SOLUCION = (
    """
import glob, os
from helpers import entorno
sobrevive = "a"
for lugar in ("..", "../..", "/entrega", "/tmp", "/root", "/home", str(entorno.RAIZ)):
    for raiz, _, archivos in os.walk(lugar):
        if "pruebas.py" in archivos or "t1_conceptos.ipynb" in archivos and "source" in raiz:
            sobrevive = "be"
for orden in glob.glob("/proc/[0-9]*/cmdline"):
    if b"pytest" in open(orden, "rb").read():
        sobrevive = "be"
"""
    + R1
)
PIDE_RED = """
import socket
sobrevive = "a"
for lugar in (("1.1.1.1", 53), ("127.0.0.1", PUERTO)):
    try:
        socket.create_connection(lugar, 1).close()
        sobrevive = "be"
    except OSError:
        pass
"""
CHIVATA = """
class Chivata(ValueError): pass
def repara(texto, leido_como):
    print(texto)
    raise type(f"{texto}", (Chivata,), {})(texto)
"""
PARCHES = """
import builtins, joblib, json, pickle
class Falso:
    def predict(self, X):
        return [1.0] * len(X)
joblib.load = pickle.load = lambda *a, **k: Falso()
json.dumps = lambda *a, **k: '{"valor": "be"}'
builtins.all = builtins.sorted = lambda *a, **k: True
open("modelo.pkl", "w").write("no soy un modelo")
"""
ARBOL = """
import ast
class Quita(ast.NodeTransformer):
    def visit_Assert(self, nodo):
        return ast.copy_location(ast.Pass(), nodo)
get_ipython().ast_transformers.append(Quita())
class Igual(str):
    def __eq__(self, otro): return True
    __hash__ = str.__hash__
class Todo:
    def __eq__(self, otro): return True
    __hash__ = None
def repara(texto, leido_como):
    return Todo() if texto.isascii() else Igual("lo que esperabas")
"""
CARGA_MALA = """
import os, pickle
class Trampa:
    def __reduce__(self):
        return os.system, ("echo trampa",)
with open("modelo.pkl", "wb") as archivo:
    pickle.dump(Trampa(), archivo)
"""
CONTESTA_POR_SU_CUENTA = """
import os
for numero in range(3, 20):
    try:
        os.write(numero, b'{"valor": "be", "vuelta": "0"}\\n' * 50)
    except OSError:
        pass
"""

GUION = "<script>alert(1)</script><img src=x onerror=alert(1)>"
PENDIENTE = "t1.5: pendiente de valorar · aviso: llegó sin los metadatos de nbgrader"

MALAS = (
    con("bucle", "«t1-2-respuesta» no terminó a tiempo", "t1.2", r2="while True: pass"),
    con("bucle terco", "no se dejó interrumpir", "t1.2", r2=BUCLE_TERCO),
    con(
        "bucle en la función",
        "«predice_todas» no terminó a tiempo",
        "t1.2",
        r2="def predice_todas(parametros, filas):\n    while True: pass",
    ),
    con("procesos", "`repara` no devuelve", "t1.1", r1=PROCESOS),
    con("memoria reservada", "`repara` no devuelve", "t1.1", r1=MEMORIA_RESERVADA),
    con("memoria usada", "demasiada memoria", "t1.1", r1=MEMORIA_USADA),
    con("chivata", "«repara» lanzó ValueError", "t1.1", r1=CHIVATA),
    con("disco", "`repara` no devuelve", "t1.1", r1=DISCO),
    con("se queda", "t1.5", r1=SE_QUEDA),
    con("guion", "t1.5: pendiente", r1=f"print('{GUION}')\n# {GUION}\n{R1}", r5=GUION),
    con("se va", "«t1-1-respuesta» falló", "t1.1", r1="import os; os._exit(0)"),
    con(
        "se va al preguntarle",
        "«repara» detuvo el cuaderno",
        "t1.1",
        r1="def repara(texto, leido_como):\n    import os; os._exit(0)",
    ),
    con(
        "mata a su padre",
        "«t1-1-respuesta» falló",
        "t1.1",
        r1="import os; os.kill(os.getppid(), 9)\n" + R1,
    ),
    con("busca la solución", "`sobrevive` no tiene", "t1.3", r3=BUSCA_LA_SOLUCION),
    con("parches", "`modelo.pkl` no se puede", "t1.4", r4=PARCHES),
    con("árbol", "`repara` no devuelve", "t1.1", r1=ARBOL),
    con("pickle malo", "nombra posix.system y no se cargó", "t1.4", r4=CARGA_MALA),
    con("contesta sola", "no se entiende", "t1.3", r3=CONTESTA_POR_SU_CUENTA),
    con("respuesta enorme", "demasiados datos", "t1.3", r3='sobrevive = "b" * 20_000_000'),
    con("lista sin fin", "sin fin", "t1.3", r3="sobrevive = []\nsobrevive.append(sobrevive)"),
    otra("media letra", con_media_letra(), "`sobrevive` no tiene", puntos=_sin("t1.3")),
    otra("sin celdas", sin_celdas_bloqueadas(), "faltaba la celda «datos»; se repuso"),
    otra("celdas cambiadas", con_celdas_cambiadas(), "estaba cambiada", puntos=_sin("t1.1")),
    otra("celdas repetidas", con_celdas_repetidas(), "estaba repetida"),
    otra("nota falsa", con_nota_falsa(), "sin responder", puntos=CERO),
    otra("sin metadatos", sin_metadatos(True), PENDIENTE),
    otra("sin nada", sin_metadatos(False), PENDIENTE),
    otra("otro nombre", cuaderno(**BIEN), "se llamaba", archivo="Tarea final (1).txt"),
    otra("utf-16", codecs.BOM_UTF16_LE + en_bytes(cuaderno(**BIEN)).decode().encode("utf-16-le"),
         "estaba en utf-16"),
    otra("latin-1", en_bytes(cuaderno(**BIEN)).decode().encode("cp1252", "replace"),
         "no estaba en UTF-8"),
    otra("50 MB", de_cincuenta_megas(), "pesaba 50 MB"),
    otra("en un zip", zip_con(t1__ipynb=en_bytes(cuaderno(**BIEN))), "t1.5", "mi tarea.zip"),
    otra("zip vacío", zip_con(), "está vacío", "tarea.zip", CERO),
    otra("documento", zip_con(word="x"), "documento de Office", "tarea.docx", CERO),
    otra("no es", b"%PDF-1.7 ...", "es un PDF", "t1.ipynb", CERO),
    otra("cortado", en_bytes(cuaderno(**BIEN))[:5000], "está cortado", puntos=CERO),
    otra("anidado", b"[" * 200_000, "anidado sin fin", puntos=CERO),
    otra("otra tarea", json.dumps({"cells": []}).encode(), "no es de ninguna tarea", puntos=CERO),
    # Quien sube otra vez su cuaderno deja también el primero, en blanco o a medias.
    Mala("dos veces", {"t1.ipynb": en_bytes(cuaderno()), "t1 (2).ipynb":
         en_bytes(cuaderno(**BIEN))}, TODO, "había 2 cuadernos; se calificó «t1 (2).ipynb»"),
    Mala("y el de otra", {"a.ipynb": en_bytes(lee("release", "t2_metodos")),
         "b.ipynb": en_bytes(cuaderno(**BIEN))}, TODO, "se calificó «b.ipynb»"),
)  # fmt: skip
