"""Mirar y cargar archivos hostiles en otro proceso, que puede acabar mal.

Se ejecuta como `python -m hostiles.hijo mira respuesta.json` (o `carga`), con los archivos por la
entrada, en JSON.
"""

import json
import os
import pickle
import sys
import time
from pathlib import Path

from fiabilidad import hijos

from helpers.inspeccion import formato, globales, sospechas

MIB = 2**20
# Lo que Python avisa que hace quien solo mira: leer, y entender la cabecera de un array.
PERMITIDOS = {"open", "compile", "builtins.id", "os.listdir", "os.scandir"}
sucesos = set()


def mira(archivos):
    """De cada archivo: sus sospechas, el tiempo de procesador, la memoria y lo que hizo de más."""
    calienta()
    sys.addaudithook(lambda suceso, _: sucesos.add(suceso))
    en_su_proceso = hijos.pregunta if hasattr(os, "fork") else _aqui
    return [en_su_proceso(_mira, archivo["ruta"]) for archivo in archivos]


def calienta():
    """Mira un modelo de cada formato, para que lo que se importe la primera vez ya lo esté."""
    import io

    import joblib
    import skops.io
    from sklearn.linear_model import LinearRegression

    recta = LinearRegression().fit([[0.0], [1.0]], [0.0, 1.0])
    for guarda in (pickle.dump, skops.io.dump, joblib.dump, lambda m, a: joblib.dump(m, a, 3)):
        memoria = io.BytesIO()
        guarda(recta, memoria)
        assert sospechas(memoria) == (), sospechas(memoria)
    formato(io.BytesIO(pickle.dumps("ñ", protocol=0)))


def _aqui(funcion, *argumentos):
    return funcion(*argumentos)


def _mira(ruta):
    ruta, antes = Path(ruta), _megas()
    sucesos.clear()
    empieza = time.process_time()
    frases = sospechas(ruta)
    tarda = time.process_time() - empieza
    formato(ruta)
    globales(ruta)
    return {
        "frases": frases,
        "segundos": tarda,
        "megas": _megas() - antes,
        "hizo": sorted(sucesos - PERMITIDOS),
    }


def _megas():
    """Lo más que ha ocupado este proceso; 0 donde el sistema no lo dice."""
    try:
        estado = Path("/proc/self/status").read_text(encoding="utf-8")
    except OSError:
        return 0
    return int(estado.split("VmHWM:")[1].split()[0]) / 1024


def carga(archivos):
    """Carga cada archivo de verdad, con quien lo obedecería. Muchos fallan después de hacerlo."""
    return [_carga(**archivo) for archivo in archivos]


def _carga(ruta, quien, marca):
    import joblib
    import skops.io

    try:
        if quien == "pickle":
            with Path(ruta).open("rb") as archivo:
                pickle.load(archivo)
        elif quien == "joblib":
            joblib.load(ruta)
        else:
            skops.io.load(ruta, trusted=skops.io.get_untrusted_types(file=ruta))
    except BaseException as error:  # noqa: BLE001 lo que importa es si dejó su marca
        return f"{type(error).__name__}: {error}"[:300]
    # Uno obedece en otro hilo, que quizá no ha empezado todavía.
    limite = time.monotonic() + 10
    while not Path(marca).exists() and time.monotonic() < limite:
        time.sleep(0.01)
    return "cargado"


if __name__ == "__main__":
    pedido = json.load(sys.stdin)
    respuesta = {"mira": mira, "carga": carga}[sys.argv[1]](pedido)
    Path(sys.argv[2]).write_text(json.dumps(respuesta), encoding="utf-8")
