"""Hablar con lo que corre en una sala: mandar una orden, esperar la respuesta y vigilar el gasto.

Nada de lo que llega se cree: se lee hasta un tamaño, se espera hasta una hora y se entiende como
JSON. Si algo se pasa de la raya, se cierra la sala con todos sus procesos.
"""

import contextlib
import json
import os
import queue
import re
import secrets
import signal
import subprocess
import threading
import time

from helpers.docencia import procesos
from helpers.docencia.aislar import abre_sala

LATIDO = 0.1  # segundos entre dos miradas a lo que gasta
TROZO = 2**16
SE_CERRO = "el proceso se cerró"
PARA_ABRIR = 60  # segundos
DE_LA_SALA = 4  # los procesos que la montan no son de la entrega
# Lo único que puede llegar largo: un texto sin nada que interpretar.
LARGA = re.compile(rb'\{"\w+": "[\w+/=]*", "vuelta": "\w+"\}')


# Alguien pulsó Ctrl+C: ninguna sala sigue ni se abre otra.
_basta = threading.Event()


def interrumpe(si=True):
    """Cierra todas las salas y no deja abrir más; con `False`, se puede volver a empezar."""
    (_basta.set if si else _basta.clear)()


class Muerta(Exception):
    """La sala se cerró y ya no contesta. El texto dice por qué, para seguir a «porque»."""


class SalaRota(RuntimeError):
    """La sala no llegó a abrirse. No es culpa de la entrega."""


class Sesion:
    """Una sala abierta. Se usa con `with`; al salir no queda ningún proceso suyo.

    Parámetros
    ----------
    modo : str
        Uno de los de `aislar`.
    entrega : Path o None
        La carpeta de lo entregado; la sala recibe una copia.
    limites : Limites
    """

    def __init__(self, modo, entrega, limites):
        self.limites = limites
        self._cosas = contextlib.ExitStack()
        self._sala = self._cosas.enter_context(abre_sala(modo, entrega, limites))
        self._final = time.monotonic() + limites.total
        self._muerta = ""

    def __enter__(self):
        self._proceso = subprocess.Popen(
            self._sala.orden,
            cwd=self._sala.donde,
            env=self._sala.entorno,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=os.name != "nt",
        )
        self._trozos = queue.Queue(maxsize=64)  # quien escriba sin parar se queda esperando
        self._pedidos = queue.Queue()
        self._sobra = b""
        for tarea in (self._lee, self._escribe):
            threading.Thread(target=tarea, daemon=True).start()
        try:
            saludo = self.pide("saluda", PARA_ABRIR)
        except Muerta as motivo:
            saludo = {"fallo": True, "dice": str(motivo)}
        if "fallo" in saludo:
            self.__exit__()
            raise SalaRota(f"la sala no se abrió: {saludo.get('dice')}")
        return self

    def __exit__(self, *_):
        self._cierra("terminó")
        self._cosas.close()

    @property
    def quedan(self):
        """Los segundos que le quedan a esta entrega."""
        return max(0.0, self._final - time.monotonic())

    def pide(self, haz, segundos, **datos):
        """Manda una orden y devuelve la respuesta.

        Errores
        -------
        Muerta
            Si la sala no contesta, contesta algo que no se entiende o gasta demasiado.
        """
        if self._muerta:
            raise Muerta(self._muerta)
        segundos = min(segundos, self.quedan)
        vuelta = secrets.token_hex(8)
        orden = {"haz": haz, "vuelta": vuelta, "segundos": max(segundos, 0.01), **datos}
        self._pedidos.put(json.dumps(orden).encode("ascii") + b"\n")
        linea = self._espera_linea(time.monotonic() + segundos + self.limites.gracia)
        try:
            if len(linea) > self.limites.respuesta and not LARGA.fullmatch(linea):
                raise ValueError("un JSON corto puede ocupar mucho; uno largo, toda la memoria")
            respuesta = json.loads(linea)
            if respuesta["vuelta"] == vuelta:
                return respuesta
        except (ValueError, TypeError, KeyError, RecursionError):
            pass
        self._muere("contestó algo que no se entiende")

    # --- Leer sin fiarse ---------------------------------------------------------------------
    def _lee(self):
        """En su propio hilo: una lectura puede no volver nunca."""
        while trozo := os.read(self._proceso.stdout.fileno(), TROZO):
            self._trozos.put(trozo)
        self._trozos.put(b"")

    def _escribe(self):
        """En su propio hilo: quien no lee dejaría esperando a quien escribe."""
        with contextlib.suppress(OSError, ValueError):
            while pedido := self._pedidos.get():
                self._proceso.stdin.write(pedido)
                self._proceso.stdin.flush()

    def _espera_linea(self, hasta):
        limite = self.limites.respuesta + 2 * self.limites.archivo
        mira = time.monotonic() + LATIDO
        leido, largo = [self._sobra], len(self._sobra)
        while b"\n" not in leido[-1]:
            if time.monotonic() > mira:
                self._vigila()
                mira = time.monotonic() + LATIDO
            if _basta.is_set():
                self._muere("se interrumpió")
            if time.monotonic() > hasta:
                self._muere("no terminó a tiempo y no se dejó interrumpir")
            with contextlib.suppress(queue.Empty):
                trozo = self._trozos.get(timeout=LATIDO)
                if not trozo:
                    self._muere(SE_CERRO)
                leido.append(trozo)
                largo += len(trozo)
            if largo > limite:
                self._muere("contestó con demasiados datos")
        linea, _, self._sobra = b"".join(leido).partition(b"\n")
        return linea

    # --- Vigilar y cerrar --------------------------------------------------------------------
    def _vigila(self):
        suyos = procesos.descendientes(self._proceso.pid)
        if sum(map(procesos.hilos, suyos)) > self.limites.procesos + DE_LA_SALA:
            self._muere("abrió demasiados procesos")
        # Contar bien la memoria compartida es lento: solo si contándola de más se pasa.
        tope = self.limites.memoria
        if sum(map(procesos.memoria, suyos)) > tope < sum(map(procesos.parte_de_memoria, suyos)):
            self._muere("usó demasiada memoria")
        if self._sala.carpeta and procesos.ocupa(self._sala.carpeta) > self.limites.disco:
            self._muere("escribió demasiado en el disco")

    def _muere(self, motivo):
        self._cierra(motivo)
        raise Muerta(motivo)

    def _cierra(self, motivo):
        self._muerta = self._muerta or motivo
        if os.name == "nt":
            self._proceso.kill()
        else:
            self._mata_a_todos()
        self._proceso.wait()
        self._pedidos.put(b"")
        with contextlib.suppress(OSError):
            self._proceso.stdin.close()
        self._vacia()

    def _mata_a_todos(self):
        suyos = procesos.descendientes(self._proceso.pid)  # al morir cambiarían de padre
        with contextlib.suppress(OSError):
            os.killpg(self._proceso.pid, signal.SIGKILL)
        if self._sala.usuario is not None:
            suyos += procesos.de_un_usuario(self._sala.usuario)
        for pid in suyos:
            with contextlib.suppress(OSError):
                os.kill(pid, signal.SIGKILL)

    def _vacia(self):
        """Deja que el hilo que lee llegue al final. Si no llega, cerrar lo suyo sería peor."""
        with contextlib.suppress(queue.Empty, OSError):
            while self._trozos.get(timeout=1):
                pass
            self._proceso.stdout.close()
