"""Guardar cuando un paso falla o se interrumpe. Trabajos del obrero."""

import contextlib
import errno
import itertools
import mmap
import os
import random
import signal
import threading
import time
from pathlib import Path
from unittest import mock

from fiabilidad import cortes, hijos
from fiabilidad.guardados import carga_y_mira_la_ficha, contenido, guarda, ruta_de, sobran
from fiabilidad.guardados import prepara as prepara_el_metodo
from fiabilidad.modelos import Trampa
from fiabilidad.pasos import en_cada_paso
from helpers import espera
from helpers.errores import ErrorDelCurso

GUARDADO = "guardado"


def interrumpe():
    """Ctrl-C: la señal de verdad, enviada a este proceso."""
    signal.raise_signal(signal.SIGINT)


def _lanza(error):
    def salta():
        raise error

    return salta


SALTOS = {
    "disco lleno": _lanza(OSError(errno.ENOSPC, "No space left on device")),
    "sin permiso": _lanza(PermissionError(errno.EACCES, "Permission denied")),
    "fallo del disco": _lanza(OSError(errno.EIO, "Input/output error")),
    "sin memoria": _lanza(MemoryError()),
    "fallo del modelo": _lanza(ValueError("este modelo no se deja")),
    "salida": _lanza(SystemExit(3)),
    "Ctrl-C": interrumpe,
}


def prepara(metodo):
    """Lo de todos los trabajos; y Ctrl-C interrumpe aunque a pytest se le dijera que no."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
    return prepara_el_metodo(metodo)


def intenta(haz):
    """Hace algo y cuenta qué salió.

    Devuelve
    --------
    dict
        `sale`, «guardado» o el nombre de la excepción; `propio`, si es un error del curso con su
        remedio; `texto`, lo que dice.
    """
    try:
        haz()
    except BaseException as error:  # noqa: BLE001 hay que ver también Ctrl-C y SystemExit
        propio = isinstance(error, ErrorDelCurso) and bool(error.prueba)
        return {"sale": type(error).__name__, "propio": propio, "texto": str(error)}
    return {"sale": GUARDADO, "propio": False, "texto": ""}


def intenta_en(carpeta, haz):
    """Como `intenta`, y además `intacto`: si en la carpeta no cambió ni un byte."""
    antes = contenido(carpeta)
    intento = intenta(haz)
    return {**intento, "intacto": contenido(carpeta) == antes}


def salta_la_trampa(carpeta, metodo, salto):
    """Intenta guardar un modelo que, a mitad del archivo, hace lo que dice `SALTOS`."""
    ruta = ruta_de(carpeta, metodo)
    guarda(0, ruta)
    Trampa.salta = SALTOS[salto]
    que_paso = intenta_en(carpeta, lambda: guarda(2, ruta, con_trampa=True))
    Trampa.salta = lambda: None
    return {**que_paso, "se carga": carga_y_mira_la_ficha(ruta)}


def falla_en_los_pasos(carpeta, metodo, salto, partida):
    """Hace lo que dice `SALTOS` en cada paso de un guardado, uno cada vez, en este mismo proceso.

    Devuelve
    --------
    list de dict
        Cada intento, con el `paso` en que fue, lo que `queda` (el número que se carga después),
        los archivos que `sobran`, y si después se `sigue` pudiendo guardar.
    """
    ruta, intentos = ruta_de(carpeta, metodo), []
    _, repone = cortes.punto_de_partida(ruta, partida)
    for cual in itertools.count():
        repone()
        paso = []
        salta = _salta_en(cual, salto, paso)
        intento = intenta_en(carpeta, lambda salta=salta: _guarda_vigilado(salta, ruta))
        if not paso:  # ya no quedaban más
            return intentos
        queda = carga_y_mira_la_ficha(ruta) if ruta.exists() else None
        de_mas = sobran(ruta) if ruta.exists() else sorted(contenido(carpeta))
        with mock.patch.object(espera, "ESPERA_DEL_TURNO", 1):  # si no se soltó, que se sepa ya
            sigue = intenta(lambda: guarda(3, ruta))["sale"] == GUARDADO and not sobran(ruta)
        intentos.append({**intento, "paso": paso, "queda": queda, "sobran": de_mas, "sigue": sigue})
        if not sigue:  # los demás esperarían en vano
            return intentos


def _salta_en(cual, salto, paso):
    """Lo que hay que hacer en cada paso para saltar en uno, que se apunta en `paso`.

    Un error sustituye al paso; de una señal, Python se entera cuando el paso ya se ha dado.
    """
    cuando = "después" if salto == "Ctrl-C" else "antes"
    numeros = itertools.count()

    def salta(_, nombre):
        # Cerrar una carpeta, que no se ha cambiado, no falla.
        if nombre.startswith(cuando) and nombre != "antes de close" and next(numeros) == cual:
            paso.append(nombre)
            SALTOS[salto]()

    return salta


def _guarda_vigilado(haz, ruta):
    with en_cada_paso(haz):
        guarda(2, ruta)


def interrumpe_al_azar(carpeta, metodo, cuantas):
    """Envía Ctrl-C desde fuera, en instantes al azar, a un hijo que guarda. Devuelve los fallos."""
    azar, ruta = random.Random(metodo), ruta_de(carpeta, metodo)
    avance = memoryview(mmap.mmap(-1, 16)).cast("q")
    guarda(0, ruta)
    fallos = []
    for vez in range(cuantas):
        avance[0] = avance[1] = 0
        hijo = hijos.lanza(_guarda_hasta_que_lo_interrumpan, ruta, avance)
        while not avance[0]:
            time.sleep(0.001)
        time.sleep(azar.uniform(0, 0.01))
        os.kill(hijo, signal.SIGINT)
        final, (empezado, terminado) = hijos.espera(hijo), avance
        queda = carga_y_mira_la_ficha(ruta)
        if final != hijos.BIEN or sobran(ruta) or queda not in (terminado, empezado):
            fallos.append(f"vez {vez}: {final}, {terminado}, {empezado}, {queda}, {sobran(ruta)}")
        guarda(0, ruta)
    return fallos


def _guarda_hasta_que_lo_interrumpan(ruta, avance):
    with contextlib.suppress(KeyboardInterrupt):
        cortes.guarda_seguidos(ruta, range(1, 200), avance)


def con_el_turno_ocupado(carpeta, metodo):
    """Intenta guardar mientras otro proceso, que no termina, tiene el turno; y Ctrl-C al esperar.

    Devuelve
    --------
    dict
        Lo que da `intenta` de las dos cosas, y si, muerto el otro, se puede guardar.
    """
    ruta = ruta_de(carpeta, metodo)
    guarda(0, ruta)
    avisa, lo_tiene = os.pipe()
    otro = hijos.lanza(_ocupa_el_turno, carpeta, lo_tiene)
    os.read(avisa, 1)
    with mock.patch.object(espera, "ESPERA_DEL_TURNO", 0.1):
        sin_turno = intenta_en(carpeta, lambda: guarda(2, ruta))
    threading.Timer(0.1, interrumpe).start()
    interrumpido = intenta_en(carpeta, lambda: guarda(2, ruta))
    hijos.mata(otro)
    hijos.espera(otro)
    os.close(avisa)
    os.close(lo_tiene)
    libre = intenta(lambda: guarda(2, ruta))
    return {"sin turno": sin_turno, "interrumpido": interrumpido, "libre": libre}


def _ocupa_el_turno(carpeta, lo_tiene):
    with espera.turno(Path(carpeta)):
        os.write(lo_tiene, b".")
        time.sleep(60)
