"""Los procesos que miden: reciben órdenes por su entrada y contestan por su salida.

Un método cuya librería cambia lo que escriben las demás con solo importarla (dill) trabaja en el
suyo. Los otros comparten uno: cada proceso más importa otra vez scikit-learn, que tarda y ocupa
más de 100 MB. Quien da las órdenes es `helpers.medicion`.
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
from functools import partial
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
def medidores(metodos, carpeta):
    """Abre los procesos que miden unos métodos y los cierra pase lo que pase.

    Parámetros
    ----------
    metodos : list de Metodo
    carpeta : Path
        Dentro escribirán sus archivos. La borra quien llama.

    Da
    --
    dict de `str` a función
        Por cada método, `pide(**orden)`: envía una orden a su proceso y devuelve la respuesta, un
        diccionario. Con `toma=ruta` prueba ese modelo y dice cuánta memoria usó; con `suelta=True`
        lo olvida; sin nada, cronometra una ronda. Si algo falla, la respuesta lleva `motivo`.
    """
    juntos = [metodo.nombre for metodo in metodos if not metodo.aparte]
    grupos = [juntos, *([metodo.nombre] for metodo in metodos if metodo.aparte)]
    de_cada_uno = {}
    with contextlib.ExitStack() as pila:
        for nombres in filter(None, grupos):
            pide = pila.enter_context(_medidor(nombres, carpeta))
            de_cada_uno |= {nombre: partial(pide, nombre) for nombre in nombres}
        yield {metodo.nombre: de_cada_uno[metodo.nombre] for metodo in metodos}


@contextlib.contextmanager
def _medidor(nombres, carpeta):
    """Un proceso y la función que le pide cosas. Si muere, la orden siguiente abre otro."""
    proceso, suya = _abre(nombres, carpeta)
    modelo, vive = None, True

    def pide(metodo, **orden):
        nonlocal proceso, suya, modelo, vive
        modelo = orden.get("toma", modelo)
        # No se pregunta con `poll`: un Ctrl-C en ese instante deja su cerrojo echado para siempre.
        if not vive and "suelta" not in orden:
            _cierra(proceso, suya)
            (proceso, suya), vive = _abre(nombres, carpeta), True
        with contextlib.suppress(OSError):  # si ya no escucha, tampoco contestará
            # Siempre con su modelo: quizá el proceso es nuevo y aún no lo tiene.
            proceso.stdin.write(json.dumps(orden | {"metodo": metodo, "modelo": modelo}) + "\n")
            proceso.stdin.flush()
        linea = proceso.stdout.readline()
        vive = bool(linea)
        respuesta = json.loads(linea) if linea else {"motivo": "su proceso se cerró de golpe"}
        if respuesta.get("disco_lleno"):
            raise falta_espacio()
        return respuesta

    try:
        yield pide
    finally:
        _cierra(proceso, suya)


def _abre(nombres, carpeta):
    """Abre un proceso. Lo devuelve con la carpeta donde escribe."""
    # Arranca en una carpeta suya, sin nada: un `json.py` de quien mide taparía el de Python. La de
    # quien mide va al final de la lista, por si el modelo usa un módulo escrito en ella.
    suya = tempfile.mkdtemp(dir=carpeta)
    proceso = subprocess.Popen(
        [sys.executable, "-c", ARRANQUE, str(RAIZ), str(Path.cwd()), suya, *nombres],
        cwd=suya,
        env=entorno_limpio(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        encoding="utf-8",
    )
    return proceso, suya


def _cierra(proceso, suya):
    """Cierra el proceso y borra lo que dejó a medias."""
    proceso.kill()
    proceso.wait()
    proceso.stdout.close()
    with contextlib.suppress(OSError):
        proceso.stdin.close()
    shutil.rmtree(suya, ignore_errors=True)


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


def atiende(carpeta, *nombres):
    """Atiende órdenes hasta que se cierra la entrada: si quien manda muere, este proceso acaba."""
    # Lo que imprima una librería no debe mezclarse con las respuestas.
    with os.fdopen(os.dup(1), "w", encoding="utf-8", newline="\n") as salida:
        os.dup2(2, 1)
        for respuesta in _respuestas(nombres, Path(carpeta)):
            salida.write(json.dumps(respuesta) + "\n")
            salida.flush()


def _respuestas(nombres, carpeta):
    """Da la respuesta a cada orden. Cada una usa archivos sin estrenar y luego los borra."""
    modelo, tomado, confiar = None, None, {}
    faltan = {nombre: _importa_lo_que_usa(METODOS[nombre], carpeta) for nombre in nombres}
    for numero, linea in enumerate(sys.stdin):
        orden = json.loads(linea)
        metodo = METODOS[orden["metodo"]]
        # Con otro nombre: sobrescribir un archivo tarda distinto que crearlo.
        archivo = carpeta / f"{metodo.nombre} {numero}{metodo.extensiones[0]}"
        try:
            if faltan[metodo.nombre]:
                respuesta = faltan[metodo.nombre]
            elif "suelta" in orden:
                modelo, tomado, confiar, respuesta = None, None, {}, {}
                gc.unfreeze()
                gc.collect()
            else:
                if tomado != orden["modelo"]:
                    modelo, tomado = desempaqueta(Path(orden["modelo"])), orden["modelo"]
                if metodo.nombre not in confiar:  # este proceso no se ha calentado con el método
                    respuesta, confiar[metodo.nombre] = memoria(metodo, modelo, archivo)
                    archivo.unlink()
                if "toma" not in orden:
                    respuesta = tiempos(metodo, modelo, archivo, confiar[metodo.nombre])
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
