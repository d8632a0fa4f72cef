"""Un proceso aparte para las respuestas que importan dill: importarlo cambia lo que escribe joblib.

Es uno para toda la sesión: arrancarlo cuesta unos segundos.
"""

import importlib
import multiprocessing
import os
from concurrent.futures import ProcessPoolExecutor
from functools import cache

CON_DILL = ("t2",)  # las tareas cuyo cuaderno lo importa
SEGUNDOS = 180


@cache
def _obrero():
    # `spawn`: un proceso copiado con hilos de cálculo en marcha puede quedarse parado.
    return ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn"))


def en_otro_proceso(tarea, funcion, *argumentos):
    """Llama a una función de este módulo; si la tarea importa dill, en el proceso aparte.

    Parámetros
    ----------
    tarea : str
        Su número, como «t2».
    funcion : función
        De este módulo.
    argumentos
        Datos que se puedan enviar a otro proceso.
    """
    if tarea not in CON_DILL:
        return funcion(*argumentos)
    return _obrero().submit(funcion, *argumentos).result(timeout=SEGUNDOS)


def dice_la_revision(tarea, numero, carpeta, segundos):
    """El resultado de un caso, por su número en `casos.leccion_X.CASOS`."""
    from helpers.ejercicios import ejecucion, evalua

    os.chdir(carpeta)
    ejecucion.LIMITE_SEGUNDOS = segundos
    caso = importlib.import_module(f"casos.leccion_{tarea}").CASOS[numero]
    return evalua(caso.codigo, *caso.prepara())


def vale(tarea, numero, carpeta):
    """Los puntos de una respuesta, por su número en `ESCRITAS`, y lo que le falta."""
    from sin_sala import SinSala

    from helpers.docencia.puntuar import _valora
    from helpers.docencia.tarea import lee_tarea

    os.chdir(carpeta)
    escrita = importlib.import_module(f"casos.leccion_{tarea}").ESCRITAS[numero]
    criterios = lee_tarea(escrita.tarea).pruebas[escrita.codigo]
    return _valora(criterios, SinSala(escrita.entregada(), carpeta / "nuevas"))


def estados_de_lo_repartido(nombre, carpeta):
    """Por ejercicio, el estado que da su revisión al cuaderno tal como se reparte."""
    from entregas import lee
    from escritas import lo_que_revisa

    from helpers.ejercicios import ejercicios_de, evalua

    os.chdir(carpeta)
    ejercicios = ejercicios_de(nombre.partition("_")[0])
    dadas = {e.codigo: lo_que_revisa(lee("release", nombre), e.codigo) for e in ejercicios}
    return {codigo: evalua(codigo, *respuestas).estado for codigo, respuestas in dadas.items()}
