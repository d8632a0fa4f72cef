"""Lo que corre DENTRO de la sala: ejecuta celdas y contesta preguntas. No decide nada.

Se lanza como archivo suelto, sin el paquete `helpers`. Recibe una orden en JSON por línea y
contesta con otra. Lo que conteste puede ser mentira, porque el código de la entrega manda en este
proceso: por eso aquí no llega ninguna respuesta correcta.
"""

import ast
import base64
import builtins
import contextlib
import io
import json
import math
import os
import shutil
import signal
import sys
from pathlib import Path

HONDURA = 20  # listas dentro de listas; más es un descuido o una trampa
LARGO_DE_ERROR = 300
SENALES = hasattr(signal, "setitimer")


class NoSePuede(Exception):
    """Una pregunta sin respuesta. `clase` dice por qué, con una palabra."""

    def __init__(self, clase, detalle=""):
        super().__init__(detalle)
        self.clase = clase


class _SeAcaboElTiempo(KeyboardInterrupt):
    """Como el botón «Detener»: casi nadie la atrapa sin querer."""


# --- Antes de que corra nada ajeno ---------------------------------------------------------------
def encierra(limites, usuario):
    """Renuncia a los permisos y se pone los límites. Ninguno se puede subir después."""
    if sys.platform == "linux":
        _muere_con_quien_califica()
    if usuario is not None:
        os.setgroups([])
        os.setresgid(usuario, usuario, usuario)
        os.setresuid(usuario, usuario, usuario)
    try:
        import resource
    except ImportError:  # Windows no los tiene
        return
    topes = {
        "RLIMIT_AS": 2 * limites["memoria"],  # reservar no es usar: lo usado se mira desde fuera
        "RLIMIT_FSIZE": limites["disco"],
        "RLIMIT_CPU": math.ceil(limites["total"]) + 5,
        "RLIMIT_NOFILE": 256,
        "RLIMIT_CORE": 0,
    }
    if limites["procesos"]:
        topes["RLIMIT_NPROC"] = limites["procesos"]
    for nombre, tope in topes.items():
        with contextlib.suppress(ValueError, OSError, AttributeError):
            resource.setrlimit(getattr(resource, nombre), (tope, tope))


def _muere_con_quien_califica():
    import ctypes

    se_muere_el_padre = 1  # PR_SET_PDEATHSIG
    ctypes.CDLL(None).prctl(se_muere_el_padre, signal.SIGKILL)


def _prepara_carpeta(trabajo, entrega):
    os.umask(0o077)
    if entrega:
        shutil.copytree(entrega, trabajo, dirs_exist_ok=True)
    os.chdir(trabajo)


# --- El cuaderno ---------------------------------------------------------------------------------
class _Impreso(io.TextIOBase):
    """Guarda lo primero que se imprime y descarta el resto."""

    def __init__(self, limite):
        self.trozos, self.quedan = [], limite

    def writable(self):
        return True

    def write(self, texto):
        self.trozos.append(texto[: self.quedan])
        self.quedan -= len(self.trozos[-1])
        return len(texto)

    def texto(self):
        return "".join(self.trozos)


def abre_cuaderno():
    """Un intérprete como el de Jupyter: mismas celdas, mismas órdenes con `%`."""
    from IPython.core.displaypub import DisplayPublisher
    from IPython.core.interactiveshell import InteractiveShell
    from traitlets.config import Config

    class Muestra(DisplayPublisher):
        def publish(self, data, *_, **__):
            print(data.get("text/plain", ""))

    ajustes = Config()
    ajustes.HistoryManager.enabled = False
    ajustes.InteractiveShell.display_pub_class = Muestra
    ajustes.InteractiveShell.colors = "NoColor"
    cuaderno = InteractiveShell.instance(config=ajustes)
    cuaderno.displayhook.write_output_prompt = lambda: None
    cuaderno.showtraceback = cuaderno.showsyntaxerror = lambda *_, **__: None
    return cuaderno


def ejecuta_celda(cuaderno, codigo, limite):
    """Ejecuta una celda. Devuelve lo que imprimió y, en una línea, su error («» si no hubo)."""
    impreso = _Impreso(limite)
    with contextlib.redirect_stdout(impreso), contextlib.redirect_stderr(impreso):
        resultado = cuaderno.run_cell(codigo)
    error = resultado.error_before_exec or resultado.error_in_exec
    return {"texto": impreso.texto(), "error": _en_una_linea(error), "clase": _clase(error)}


def _en_una_linea(error):
    if error is None:
        return ""
    if isinstance(error, _SeAcaboElTiempo):
        return "no terminó a tiempo"
    return " ".join(f"{type(error).__name__}: {error}".split())[:LARGO_DE_ERROR]


def _clase(error):
    if isinstance(error, _SeAcaboElTiempo):
        return "tiempo"
    return "" if error is None else "error"


# --- Las preguntas -------------------------------------------------------------------------------
def codifica(valor, hondura=HONDURA):
    """Un valor como JSON que se puede deshacer sin ejecutar nada. Lo demás, por su tipo."""
    if hondura == 0:
        raise NoSePuede("hondo")
    if valor is None or type(valor) in (bool, str):
        return valor
    if hasattr(valor, "tolist"):  # arrays y números de numpy, Series de pandas
        return codifica(valor.tolist(), hondura - 1)
    if isinstance(valor, bool | str):
        return valor
    if isinstance(valor, int):
        return int(valor)
    if isinstance(valor, float):
        return float(valor) if math.isfinite(valor) else {"float": repr(float(valor))}
    if isinstance(valor, bytes | bytearray):
        return {"bytes": base64.b64encode(valor).decode("ascii")}
    if isinstance(valor, list):
        return [codifica(otro, hondura - 1) for otro in valor]
    if isinstance(valor, dict):
        pares = valor.items()
        return {"dict": [[codifica(otro, hondura - 1) for otro in par] for par in pares]}
    for nombre, tipo in (("tuple", tuple), ("set", set | frozenset)):
        if isinstance(valor, tipo):
            return {nombre: [codifica(otro, hondura - 1) for otro in valor]}
    return {"otro": type(valor).__name__}


def contesta(cuaderno, orden):
    """Despacha una orden. Devuelve lo que se manda de vuelta."""
    haz = orden["haz"]
    if haz == "saluda":
        return {"usuario": os.getuid() if hasattr(os, "getuid") else None}
    if haz == "celda":
        return ejecuta_celda(cuaderno(), orden["codigo"], orden["impreso"])
    if haz == "escribe":
        Path(orden["nombre"]).write_bytes(base64.b64decode(orden["bytes"]))
        return {}
    if haz == "archivo":
        return {"bytes": _lee_archivo(orden["nombre"], orden["limite"])}
    with contextlib.redirect_stdout(_Impreso(0)), contextlib.redirect_stderr(_Impreso(0)):
        if haz == "valor":
            return {"valor": codifica(_nombre(cuaderno(), orden["nombre"]))}
        argumentos = [ast.literal_eval(texto) for texto in orden["argumentos"]]
        return _llama(_nombre(cuaderno(), orden["nombre"]), argumentos)


def _nombre(cuaderno, nombre):
    if nombre not in cuaderno.user_ns:
        raise NoSePuede("no existe")
    return cuaderno.user_ns[nombre]


def _llama(funcion, argumentos):
    if not callable(funcion):
        raise NoSePuede("no es función")
    try:
        return {"valor": codifica(funcion(*argumentos))}
    except (_SeAcaboElTiempo, NoSePuede):
        raise
    except BaseException as error:  # noqa: BLE001 es código ajeno: todo vale
        clases = [clase.__name__ for clase in type(error).__mro__]
        return {"lanza": clases, "dice": _en_una_linea(error)}


def _lee_archivo(nombre, limite):
    try:
        ruta = Path(nombre)
        if not ruta.is_file():
            raise NoSePuede("no existe")
        if ruta.stat().st_size > limite:
            raise NoSePuede("grande")
        return base64.b64encode(ruta.read_bytes()).decode("ascii")
    except OSError as error:
        raise NoSePuede("ilegible", str(error)) from error


@contextlib.contextmanager
def _a_contrarreloj(segundos):
    """Interrumpe lo que corra. Si no se deja, quien califica cierra el proceso entero."""
    if not SENALES:
        yield
        return

    def suena(*_):
        raise _SeAcaboElTiempo

    signal.signal(signal.SIGALRM, suena)
    signal.setitimer(signal.ITIMER_REAL, segundos, 0.5)  # insiste cada medio segundo
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def _responde(cuaderno, orden):
    try:
        with _a_contrarreloj(orden["segundos"]):
            return contesta(cuaderno, orden)
    except NoSePuede as motivo:
        return {"fallo": motivo.clase, "dice": str(motivo)}
    except _SeAcaboElTiempo:
        return {"fallo": "tiempo", "dice": ""}
    except BaseException as error:  # noqa: BLE001 un `tolist` ajeno puede lanzar cualquier cosa
        return {"fallo": "error", "dice": _en_una_linea(error)}


def _atiende(pedidos, respuestas):
    """Una orden por línea hasta que no lleguen más."""
    abierto = []

    def cuaderno():
        if not abierto:
            abierto.append(abre_cuaderno())
        return abierto[0]

    for linea in pedidos:
        orden = json.loads(linea)
        respuesta = _responde(cuaderno, orden) | {"vuelta": orden["vuelta"]}
        respuestas.write(json.dumps(respuesta).encode("ascii") + b"\n")


def principal(plan):
    """Prepara el encierro y atiende órdenes por la entrada y la salida de este proceso."""
    # Lo que imprima la entrega no debe mezclarse con las respuestas.
    pedidos, respuestas = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb", buffering=0)
    nada = os.open(os.devnull, os.O_RDWR)
    for numero in (0, 1, 2):
        os.dup2(nada, numero)
    encierra(plan["limites"], plan["usuario"])
    _prepara_carpeta(plan["trabajo"], plan["entrega"])
    # El cuaderno busca módulos donde está y el curso donde lo dejamos, no junto a este archivo.
    sys.path[:] = ["", *sys.path, plan["curso"]]
    sys.argv = [""]
    builtins.input = _no_hay_quien_conteste
    _atiende(pedidos, respuestas)


def _no_hay_quien_conteste(*_):
    raise EOFError("al calificar no hay nadie que conteste a input()")


if __name__ == "__main__":
    principal(json.loads(sys.argv[1]))
