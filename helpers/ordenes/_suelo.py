"""El límite de recorrer las lecciones: abrir los mismos Python, que importan lo mismo y nada más.

`python -m helpers.ordenes._suelo CARPETA CUADERNO…` ejecuta los cuadernos y deja en la carpeta, por
cada uno, otro que solo abre esos Python; y otro más, sin los procesos. Lo usa `medir --llegada`.
"""

import json
import sys
import tempfile
from pathlib import Path

from helpers.ordenes._instalacion import RAIZ

# Lo que se deja en la carpeta.
CON_PROCESOS, SIN_PROCESOS = "con procesos", "sin procesos"
# Los Python que abre un cuaderno.
CUADERNO, SEGUIDO, A_LA_VEZ = "cuaderno", "seguido", "a la vez"
# Lo ejecuta cada Python, sin dejar ningún nombre en su `__main__`. Al terminar anota qué importó.
ANOTA = """
import atexit, json, sys

def anota(registro, papel):
    modulos = [nombre for nombre, modulo in list(sys.modules.items()) if modulo is not None]
    with open(registro, "a", encoding="utf-8") as archivo:
        archivo.write(json.dumps([papel, modulos]) + "\\n")
"""
AL_TERMINAR = "atexit.register(anota, registro, papel)"
# Lo ejecuta además el kernel: cada proceso que abra con `python -c` anotará lo suyo. De los que
# mueren sin terminar, como los que miden tiempos, no se sabe: el límite sale más bajo, no más alto.
VIGILA = """
import subprocess, threading
abre = subprocess.Popen.__init__

def abre_y_vigila(self, orden, *resto, **opciones):
    if isinstance(orden, list) and orden[0] == sys.executable and "-c" in orden:
        orden = list(orden)
        hilo_principal = threading.current_thread() is threading.main_thread()
        nombres = {"registro": registro, "papel": SEGUIDO if hilo_principal else A_LA_VEZ}
        codigo = orden.index("-c") + 1
        orden[codigo] = f"exec({ANOTA + AL_TERMINAR!r}, {nombres})\\n" + orden[codigo]
    abre(self, orden, *resto, **opciones)

subprocess.Popen.__init__ = abre_y_vigila
"""
# Las dos celdas de un cuaderno vacío, y lo que hace cada proceso que abre. Delante de cada una van
# los nombres que usa.
IMPORTA = """
import contextlib, importlib, sys
sys.path.insert(0, raiz)
for nombre in modulos:
    with contextlib.suppress(ImportError):  # algún nombre no es de un módulo que se pueda pedir
        importlib.import_module(nombre)
"""
LEE = "import json, sys; modulos = json.load(sys.stdin)"
ABRE = """
import json, subprocess, sys
from concurrent.futures import ThreadPoolExecutor

def abre(modulos):
    orden = [sys.executable, "-c", importa]
    subprocess.run(orden, input=json.dumps(modulos), capture_output=True, check=True, text=True)

for modulos in seguidos:
    abre(modulos)
with ThreadPoolExecutor(2) as hilos:
    list(hilos.map(abre, a_la_vez))
"""


def escribe_vacios(cuaderno, carpeta):
    """Ejecuta un cuaderno y escribe otros que abren los mismos Python, que importan lo mismo.

    Los procesos que el cuaderno abre de uno en uno se abren así; los demás, de dos en dos.

    Parámetros
    ----------
    cuaderno : Path
    carpeta : Path
        Dentro quedan los dos, con el mismo nombre: en `CON_PROCESOS`, y en `SIN_PROCESOS` el que
        solo importa en el kernel.

    Errores
    -------
    FalloDeCelda
        Si una celda falla.
    """
    import nbformat
    from nbformat.v4 import new_code_cell

    abiertos = pythons_de(cuaderno)
    ((_, del_kernel),) = (uno for uno in abiertos if uno[0] == CUADERNO)
    seguidos, a_la_vez = (
        [modulos for papel, modulos in abiertos if papel == buscado]
        for buscado in (SEGUIDO, A_LA_VEZ)
    )
    importa = f"{LEE}\n{_con(IMPORTA, raiz=str(RAIZ))}"
    codigos = (
        _con(IMPORTA, raiz=str(RAIZ), modulos=del_kernel),
        _con(ABRE, importa=importa, seguidos=seguidos, a_la_vez=a_la_vez),
    )
    vacio = nbformat.read(cuaderno, as_version=4)
    celdas = [new_code_cell(codigo, execution_count=n) for n, codigo in enumerate(codigos, start=1)]
    for nombre, vacio.cells in ((CON_PROCESOS, celdas), (SIN_PROCESOS, celdas[:1])):
        (carpeta / nombre).mkdir(exist_ok=True)
        nbformat.write(vacio, carpeta / nombre / cuaderno.name)


def _con(codigo, **nombres):
    """El código, con esos nombres definidos delante."""
    return "".join(f"{nombre} = {valor!r}\n" for nombre, valor in nombres.items()) + codigo


def pythons_de(cuaderno):
    """Ejecuta un cuaderno y dice qué Python abre y qué importa cada uno.

    Parámetros
    ----------
    cuaderno : Path

    Devuelve
    --------
    list of [str, list of str]
        De cada uno, si es el del cuaderno, uno que se abre solo o uno que se abre a la vez que
        otros, y sus módulos en el orden en que se importaron.
    """
    import nbformat
    from nbformat.v4 import new_code_cell

    from helpers.ordenes._cuaderno import ejecuta_cuaderno

    with tempfile.TemporaryDirectory() as carpeta:
        registro = Path(carpeta, "registro.jsonl")
        vigilado = nbformat.read(cuaderno, as_version=4)
        nombres = {"registro": str(registro), "SEGUIDO": SEGUIDO, "A_LA_VEZ": A_LA_VEZ}
        nombres |= {"ANOTA": ANOTA, "AL_TERMINAR": AL_TERMINAR}
        vigilado.cells.insert(0, new_code_cell(f"exec({ANOTA + VIGILA!r}, {nombres})"))
        anota = f"{ANOTA}anota(registro, papel)"
        nombres = {"registro": str(registro), "papel": CUADERNO}
        vigilado.cells.append(new_code_cell(f"exec({anota!r}, {nombres})"))
        ejecuta_cuaderno(vigilado, cuaderno.parent)
        return [json.loads(linea) for linea in registro.read_text(encoding="utf-8").splitlines()]


if __name__ == "__main__":
    hacia, *de_donde = map(Path, sys.argv[1:])
    for cuaderno in de_donde:
        escribe_vacios(cuaderno, hacia)
