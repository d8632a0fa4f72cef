"""Los obreros, vistos desde pytest: se les piden trabajos y, si mueren o se paran, viene otro."""

import contextlib
import json
import os
import queue
import subprocess
import sys
import threading

from arbol import RAIZ

LIMITE = 10  # segundos para cargar un archivo de unos kilobytes
LIMITE_LARGO = 1200  # para un trabajo con cientos de cortes: solo evita esperar para siempre
MURIO, NO_RESPONDIO = "el proceso murió", "el proceso no respondió"


class Obrero:
    """Un proceso aparte que hace trabajos de `fiabilidad`.

    Parámetros
    ----------
    carpeta : Path
        Donde trabaja y donde deja lo que diga por stderr.
    prepara : dict, opcional
        El primer trabajo de cada proceso nuevo, con sus argumentos.
    delante : list de str, opcional
        Con qué se lanza: `["unshare", "-m"]`, por ejemplo.
    """

    def __init__(self, carpeta, prepara=None, delante=()):
        self.carpeta, self.inicial, self.delante = carpeta, prepara, list(delante)
        self.proceso, self.respuestas = None, None

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._despide()

    def pide(self, trabajo, limite=LIMITE, **datos):
        """Lo que devuelve el trabajo, o `MURIO` o `NO_RESPONDIO`.

        Errores
        -------
        AssertionError
            Si el trabajo lanza una excepción: los trabajos cuentan lo que ven y no fallan.
        """
        if self.proceso is None:
            self._contrata()
        return self._pregunta({"trabajo": trabajo, **datos}, limite)

    def _pregunta(self, pedido, limite):
        with contextlib.suppress(OSError):  # murió: en Linux, tubería rota; en Windows, otro error
            self.proceso.stdin.write(json.dumps(pedido).encode() + b"\n")
            self.proceso.stdin.flush()
        try:
            linea = self.respuestas.get(timeout=limite)
        except queue.Empty:
            self._despide()
            return NO_RESPONDIO
        if not linea:
            self._despide()
            return MURIO
        respuesta = json.loads(linea)
        assert "falla" not in respuesta, respuesta["falla"]
        return respuesta["sale"]

    def _contrata(self):
        ruta = os.pathsep.join([str(RAIZ), str(RAIZ / "tests")])
        with (self.carpeta / "errores.txt").open("ab") as errores:
            self.proceso = subprocess.Popen(
                [*self.delante, sys.executable, "-m", "fiabilidad.obrero"],
                cwd=self.carpeta,
                env={**os.environ, "PYTHONPATH": ruta, "PYTHONDONTWRITEBYTECODE": "1"},
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errores,
            )
        self.respuestas = queue.SimpleQueue()
        threading.Thread(target=_escucha, args=(self.proceso, self.respuestas)).start()
        if self.inicial:
            assert self._pregunta(self.inicial, LIMITE_LARGO) == "listo", self._errores()

    def _despide(self):
        if self.proceso is None:
            return
        self.proceso.kill()
        self.proceso.wait()
        with contextlib.suppress(OSError):
            self.proceso.stdin.close()
        self.proceso = None

    def _errores(self):
        return (self.carpeta / "errores.txt").read_text(encoding="utf-8", errors="replace")


def _escucha(proceso, respuestas):
    """Pasa las respuestas a una cola: así se pueden esperar con un límite en cualquier sistema."""
    with proceso.stdout:
        for linea in proceso.stdout:
            respuestas.put(linea)
    respuestas.put(b"")
