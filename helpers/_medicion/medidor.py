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
import subprocess
import sys
import time
import tracemalloc
from pathlib import Path

from helpers._medicion.traslado import desempaqueta
from helpers.entorno import RAIZ
from helpers.errores import ErrorDelCurso
from helpers.metodos import METODOS
from helpers.proceso import entorno_limpio

ARRANQUE = (
    "import sys; sys.path.insert(0, sys.argv[1]); "
    "from helpers._medicion.medidor import atiende; atiende(*sys.argv[2:])"
)


@contextlib.contextmanager
def medidor(nombre, carpeta):
    """Abre el proceso que mide un método y lo cierra pase lo que pase.

    Parámetros
    ----------
    nombre : str
        El del método.
    carpeta : Path
        Donde escribirá sus archivos. La borra quien llama.

    Da
    --
    función
        `pide(**orden)` envía una orden y devuelve la respuesta, un diccionario. Con `toma=ruta`
        prueba ese modelo y dice cuánta memoria usó y cuánto duró; sin nada, cronometra una ronda.
        Si algo falla, la respuesta lleva `motivo`.
    """
    proceso = subprocess.Popen(
        [sys.executable, "-c", ARRANQUE, str(RAIZ), nombre, str(carpeta)],
        env=entorno_limpio(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        encoding="utf-8",
    )

    def pide(**orden):
        with contextlib.suppress(OSError):  # si ya no escucha, tampoco contestará
            proceso.stdin.write(json.dumps(orden) + "\n")
            proceso.stdin.flush()
        linea = proceso.stdout.readline()
        respuesta = json.loads(linea) if linea else {"motivo": "su proceso se cerró de golpe"}
        if respuesta.get("disco_lleno"):
            raise falta_espacio()
        return respuesta

    try:
        yield pide
    finally:
        proceso.kill()
        proceso.wait()
        proceso.stdout.close()
        with contextlib.suppress(OSError):
            proceso.stdin.close()


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
    """Da la respuesta a cada orden. Cada una usa un archivo sin estrenar y luego lo borra."""
    _importa_lo_que_usa(metodo, carpeta)
    modelo, confiar = None, ()
    for numero, linea in enumerate(sys.stdin):
        orden = json.loads(linea)
        # Con otro nombre: sobrescribir un archivo tarda distinto que crearlo.
        archivo = carpeta / f"{metodo.nombre} {numero}{metodo.extensiones[0]}"
        try:
            if "toma" in orden:
                modelo = desempaqueta(Path(orden["toma"]))
                respuesta, confiar = _memoria(metodo, modelo, archivo)
            else:
                respuesta = _tiempos(metodo, modelo, archivo, confiar)
        except Exception as error:  # noqa: BLE001 cada librería lanza lo suyo; aquí se cuenta, no se trata
            lleno = getattr(error, "errno", None) in (errno.ENOSPC, errno.EDQUOT)
            motivo = re.sub(" at 0x[0-9a-fA-F]+", "", f"{type(error).__name__}: {error}")
            respuesta = {"motivo": motivo, "disco_lleno": lleno}
        finally:
            archivo.unlink(missing_ok=True)
        yield respuesta


def _importa_lo_que_usa(metodo, carpeta):
    # Antes de la primera orden, y así todos los procesos lo hacen a la vez. Importar tarda y ocupa
    # memoria, y ninguna de las dos cosas es de guardar ni de cargar.
    from sklearn.linear_model import LinearRegression

    archivo = carpeta / f"{metodo.nombre}{metodo.extensiones[0]}"
    metodo.guarda(LinearRegression(), archivo)
    metodo.carga(archivo, ())
    archivo.unlink()


def _tipos_que_pide(metodo, ruta):
    """Los tipos que skops quiere ver aprobados.

    Aprobar lo que el propio archivo pide es justo lo que no se hace con un archivo ajeno. Aquí lo
    acaba de escribir este proceso, con un modelo que ya está cargado: no añade ningún riesgo.
    """
    if metodo.libreria != "skops":
        return ()
    import skops.io

    return tuple(skops.io.get_untrusted_types(file=ruta))


def _memoria(metodo, modelo, archivo):
    """La memoria de más al guardar y al cargar, cuánto duró y los tipos que hubo que aprobar.

    Mientras se cuenta, Python va más lento: por eso esta vuelta no se cronometra. Sirve también
    para que la primera medida encuentre todo importado y la memoria ya usada alguna vez.
    """
    # Lo que ya hay no es basura: así los próximos `gc.collect()` no vuelven a recorrerlo.
    gc.collect()
    gc.freeze()
    inicio = time.perf_counter()
    tracemalloc.start()
    try:
        antes, _ = tracemalloc.get_traced_memory()
        metodo.guarda(modelo, archivo)
        _, maximo_al_guardar = tracemalloc.get_traced_memory()
        confiar = _tipos_que_pide(metodo, archivo)
        gc.collect()
        tracemalloc.reset_peak()
        cargado = metodo.carga(archivo, confiar)
        _, maximo_al_cargar = tracemalloc.get_traced_memory()
        gc.collect()
        despues, _ = tracemalloc.get_traced_memory()
        del cargado  # hasta aquí, para que cuente como memoria que se queda
    finally:
        tracemalloc.stop()
    duracion = time.perf_counter() - inicio
    memoria = {
        "guardar": max(0, maximo_al_guardar - antes),
        "cargar": max(0, maximo_al_cargar - despues),
        "duracion": duracion,
    }
    return memoria, confiar


def _tiempos(metodo, modelo, archivo, confiar):
    """Segundos de guardar y de cargar, y los de escribir y leer los mismos bytes sin más."""
    guardar = _cronometra(lambda: metodo.guarda(modelo, archivo))
    cargar = _cronometra(lambda: metodo.carga(archivo, confiar))
    contenido = bytearray(archivo.stat().st_size)
    _lee(archivo, contenido)
    archivo.unlink()  # que el límite se mida como lo otro: sin otro archivo recién escrito
    crudo = archivo.with_suffix(".crudo")
    try:
        escribir = _cronometra(lambda: _escribe(crudo, contenido))
        leer = _cronometra(lambda: _lee(crudo, contenido))
    finally:
        crudo.unlink(missing_ok=True)
    return {"guardar": [guardar, escribir], "cargar": [cargar, leer], "bytes": len(contenido)}


def _cronometra(accion):
    """Segundos que tarda, sin que la recolección de basura caiga dentro, como hace `timeit`."""
    gc.collect()
    gc.disable()
    try:
        inicio = time.perf_counter()
        resultado = accion()
        segundos = time.perf_counter() - inicio
        del resultado  # después de parar el reloj: soltar la memoria también cuesta
    finally:
        gc.enable()
    return segundos


def _escribe(ruta, contenido):
    with ruta.open("wb", buffering=0) as archivo:
        archivo.write(contenido)


def _lee(ruta, memoria):
    # En memoria ya reservada: nada que lea esos bytes puede hacer menos.
    with ruta.open("rb", buffering=0) as archivo:
        archivo.readinto(memoria)
