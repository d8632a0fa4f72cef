"""El proceso que mide un método: recibe órdenes por su entrada y contesta por su salida.

Se usa un proceso por método porque algunas librerías cambian lo que hacen las demás con solo
importarlas (dill, por ejemplo). Quien da las órdenes es `helpers.medicion`.
"""

import contextlib
import errno
import gc
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from helpers._medicion.cronometro import memoria, tiempos
from helpers._medicion.traslado import desempaqueta
from helpers.entorno import RAIZ
from helpers.errores import ErrorDelCurso
from helpers.metodos import METODOS
from helpers.proceso import entorno_limpio

ARRANQUE = (
    "import sys; sys.path.insert(0, sys.argv[1]); sys.path.append(sys.argv[2]); "
    "from helpers._medicion.medidor import atiende; atiende(*sys.argv[3:])"
)


@contextlib.contextmanager
def medidor(nombre, carpeta):
    """Abre el proceso que mide un método y lo cierra pase lo que pase.

    Parámetros
    ----------
    nombre : str
        El del método.
    carpeta : Path
        Dentro escribirá sus archivos. La borra quien llama.

    Da
    --
    función
        `pide(**orden)` envía una orden y devuelve la respuesta, un diccionario. Con `toma=ruta`
        prueba ese modelo y dice cuánta memoria usó; con `suelta=True` lo olvida; sin nada,
        cronometra una ronda. Si algo falla, la respuesta lleva `motivo`. Un modelo que acaba con
        el proceso no estropea el siguiente: otro `toma` abre otro.
    """
    proceso = _abre(nombre, carpeta)

    def pide(**orden):
        nonlocal proceso
        if "toma" in orden and proceso.poll() is not None:
            _cierra(proceso)
            proceso = _abre(nombre, carpeta)
        with contextlib.suppress(OSError):  # si ya no escucha, tampoco contestará
            proceso.stdin.write(json.dumps(orden) + "\n")
            proceso.stdin.flush()
        linea = proceso.stdout.readline()
        if not linea:  # su salida se cierra un poco antes de que acabe
            proceso.kill()
            proceso.wait()
        respuesta = json.loads(linea) if linea else {"motivo": "su proceso se cerró de golpe"}
        if respuesta.get("disco_lleno"):
            raise falta_espacio()
        return respuesta

    try:
        yield pide
    finally:
        _cierra(proceso)


def _abre(nombre, carpeta):
    # Arranca en una carpeta suya, sin nada: un `json.py` de quien mide taparía el de Python. La de
    # quien mide va al final de la lista, por si el modelo usa un módulo escrito en ella.
    suya = tempfile.mkdtemp(dir=carpeta)
    return subprocess.Popen(
        [sys.executable, "-c", ARRANQUE, str(RAIZ), str(Path.cwd()), nombre, suya],
        cwd=suya,
        env=entorno_limpio(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        encoding="utf-8",
    )


def _cierra(proceso):
    """Cierra el proceso y borra lo que dejó a medias."""
    proceso.kill()
    proceso.wait()
    proceso.stdout.close()
    with contextlib.suppress(OSError):
        proceso.stdin.close()
    shutil.rmtree(proceso.args[-1], ignore_errors=True)


def disco_lleno(error):
    """Si una excepción dice que no queda sitio."""
    return getattr(error, "errno", None) in (errno.ENOSPC, errno.EDQUOT)


def falta_espacio():
    """El error de quien mide con el disco lleno."""
    return ErrorDelCurso(
        "No se pudo escribir en la carpeta temporal.",
        "el disco está lleno.",
        "a liberar espacio: hace falta el doble de lo que ocupa el modelo más grande.",
    )


def atiende(nombre, carpeta):
    """Atiende órdenes hasta que se cierra la entrada: si quien manda muere, este proceso acaba."""
    # Lo que imprima una librería no debe mezclarse con las respuestas.
    with os.fdopen(os.dup(1), "w", encoding="utf-8", newline="\n") as salida:
        os.dup2(2, 1)
        for respuesta in _respuestas(METODOS[nombre], Path(carpeta)):
            salida.write(json.dumps(respuesta) + "\n")
            salida.flush()


def _respuestas(metodo, carpeta):
    """Da la respuesta a cada orden. Cada una usa archivos sin estrenar y luego los borra."""
    modelo, confiar = None, ()
    falta = _importa_lo_que_usa(metodo, carpeta)
    for numero, linea in enumerate(sys.stdin):
        orden = json.loads(linea)
        # Con otro nombre: sobrescribir un archivo tarda distinto que crearlo.
        archivo = carpeta / f"{metodo.nombre} {numero}{metodo.extensiones[0]}"
        try:
            if falta:
                respuesta = falta
            elif "toma" in orden:
                modelo = desempaqueta(Path(orden["toma"]))
                respuesta, confiar = memoria(metodo, modelo, archivo)
            elif "suelta" in orden:
                modelo, respuesta = None, {}
                gc.unfreeze()
                gc.collect()
            else:
                respuesta = tiempos(metodo, modelo, archivo, confiar)
        except Exception as error:  # noqa: BLE001 cada librería lanza lo suyo; aquí se cuenta, no se trata
            respuesta = _motivo(error)
        finally:
            archivo.unlink(missing_ok=True)
        yield respuesta


def _motivo(error):
    frase = re.sub(" at 0x[0-9a-fA-F]+", "", f"{type(error).__name__}: {error}")
    return {"motivo": frase, "disco_lleno": disco_lleno(error)}


def _importa_lo_que_usa(metodo, carpeta):
    """Importa antes de la primera orden: así todos los procesos lo hacen a la vez.

    Importar tarda y ocupa memoria, y ninguna de las dos cosas es de guardar ni de cargar. Devuelve
    None o, si la librería falta, el motivo.
    """
    archivo = carpeta / f"{metodo.nombre}{metodo.extensiones[0]}"
    try:
        from sklearn.linear_model import LinearRegression

        metodo.guarda(LinearRegression(), archivo)
        metodo.carga(archivo, ())
    except Exception as error:  # noqa: BLE001 lo que falte se dice con cada modelo que se pida
        return _motivo(error)
    finally:
        archivo.unlink(missing_ok=True)
    return None
