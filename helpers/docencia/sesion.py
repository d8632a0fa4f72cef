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
from pathlib import Path

from helpers.docencia.aislar import abre_sala

LATIDO = 0.1  # segundos entre dos miradas a lo que gasta
TROZO = 2**16
PARA_ABRIR = 60  # segundos
DE_LA_SALA = 4  # los procesos que la montan no son de la entrega
PAGINA = os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 0


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
        self._sobra = b""
        threading.Thread(target=self._lee, daemon=True).start()
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
        try:
            self._proceso.stdin.write(json.dumps(orden).encode("ascii") + b"\n")
            self._proceso.stdin.flush()
        except OSError:
            self._muere("el proceso se cerró")
        linea = self._espera_linea(time.monotonic() + segundos + self.limites.gracia)
        try:
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

    def _espera_linea(self, hasta):
        limite = self.limites.respuesta + 2 * self.limites.archivo
        mira = time.monotonic() + LATIDO
        leido, largo = [self._sobra], len(self._sobra)
        while b"\n" not in leido[-1]:
            if time.monotonic() > mira:
                self._vigila()
                mira = time.monotonic() + LATIDO
            if time.monotonic() > hasta:
                self._muere("no terminó a tiempo y no se dejó interrumpir")
            with contextlib.suppress(queue.Empty):
                trozo = self._trozos.get(timeout=LATIDO)
                if not trozo:
                    self._muere("el proceso se cerró")
                leido.append(trozo)
                largo += len(trozo)
            if largo > limite:
                self._muere("contestó con demasiados datos")
        linea, _, self._sobra = b"".join(leido).partition(b"\n")
        return linea

    # --- Vigilar y cerrar --------------------------------------------------------------------
    def _vigila(self):
        suyos = _descendientes(self._proceso.pid)
        if sum(map(_hilos, suyos)) > self.limites.procesos + DE_LA_SALA:
            self._muere("abrió demasiados procesos")
        # Contar bien la memoria compartida es lento: solo si contándola de más se pasa.
        de_mas = sum(map(_memoria, suyos))
        if de_mas > self.limites.memoria and sum(map(_parte, suyos)) > self.limites.memoria:
            self._muere("usó demasiada memoria")
        if self._sala.carpeta and _ocupa(self._sala.carpeta) > self.limites.disco:
            self._muere("escribió demasiado en el disco")

    def _muere(self, motivo):
        self._cierra(motivo)
        raise Muerta(motivo)

    def _cierra(self, motivo):
        self._muerta = self._muerta or motivo
        suyos = _descendientes(self._proceso.pid)  # antes de que al morir cambien de padre
        with contextlib.suppress(OSError):
            if os.name == "nt":
                self._proceso.kill()
            else:
                os.killpg(self._proceso.pid, signal.SIGKILL)
        for pid in suyos:
            with contextlib.suppress(OSError):
                os.kill(pid, signal.SIGKILL)
        self._proceso.wait()
        with contextlib.suppress(OSError):
            self._proceso.stdin.close()
        self._vacia()

    def _vacia(self):
        """Deja que el hilo que lee llegue al final."""
        with contextlib.suppress(queue.Empty):
            while self._trozos.get(timeout=1):
                pass
        with contextlib.suppress(OSError):
            self._proceso.stdout.close()


def _descendientes(pid):
    """Los procesos que salen de otro, con él delante. Solo Linux los cuenta sin ayuda."""
    vistos, pendientes = [], [pid]
    while pendientes:
        vistos.append(pendientes.pop())
        for hijos in Path(f"/proc/{vistos[-1]}/task").glob("*/children"):
            with contextlib.suppress(OSError):
                pendientes += map(int, hijos.read_text().split())
    return vistos


def _hilos(pid):
    with contextlib.suppress(OSError):
        return sum(1 for _ in Path(f"/proc/{pid}/task").iterdir())
    return 0


def _memoria(pid):
    """Los bytes de un proceso; los que comparte con otros cuentan en cada uno."""
    with contextlib.suppress(OSError, IndexError):
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * PAGINA
    return 0


def _parte(pid):
    """Los bytes de un proceso, con lo compartido repartido; si no se deja leer, los de más."""
    with contextlib.suppress(OSError):
        datos = Path(f"/proc/{pid}/smaps_rollup").read_text()
        if parte := re.search(r"^Pss: +(\d+) kB", datos, re.MULTILINE):
            return int(parte[1]) * 1024
    return _memoria(pid)


def _ocupa(carpeta):
    total = 0
    for ruta in carpeta.rglob("*"):
        with contextlib.suppress(OSError):
            total += ruta.lstat().st_size
    return total
