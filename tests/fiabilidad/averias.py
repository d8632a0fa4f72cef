"""Trabajos que salen mal, para probar que el taller se entera."""

import os
import signal
import time


def muere():
    """Acaba con el proceso sin avisar."""
    os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))


def se_para():
    """No termina nunca."""
    while True:
        time.sleep(1)


def falla():
    """Lanza una excepción."""
    return 1 / 0


def responde():
    """Responde."""
    return "aquí sigo"
