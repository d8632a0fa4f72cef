"""Renunciar a los permisos y ponerse límites, antes de que corra nada ajeno."""

import contextlib
import math
import os
import signal
import sys


def encierra(limites, usuario):
    """Renuncia a los permisos y se pone los límites. Ninguno se puede subir después."""
    if sys.platform == "linux":
        _muere_con_quien_califica()
        _sin_permisos_nuevos()
    if usuario is not None:
        os.setgroups([])
        os.setresgid(usuario, usuario, usuario)
        os.setresuid(usuario, usuario, usuario)
    try:
        import resource
    except ImportError:  # Windows no los tiene
        return
    topes = {
        "RLIMIT_AS": 2 * limites["memoria"],  # reservar no es usar: lo usado se mira desde fuera
        "RLIMIT_FSIZE": limites["disco"],
        "RLIMIT_CPU": math.ceil(limites["total"]) + 5,
        "RLIMIT_NOFILE": 256,
        "RLIMIT_CORE": 0,
    }
    if limites["procesos"]:
        topes["RLIMIT_NPROC"] = limites["procesos"]
    for nombre, tope in topes.items():
        with contextlib.suppress(ValueError, OSError, AttributeError):
            resource.setrlimit(getattr(resource, nombre), (tope, tope))


def _muere_con_quien_califica():
    import ctypes

    se_muere_el_padre = 1  # PR_SET_PDEATHSIG
    ctypes.CDLL(None).prctl(se_muere_el_padre, signal.SIGKILL)


def _sin_permisos_nuevos():
    """Desde aquí `sudo` y los demás programas que dan permisos no los dan."""
    import ctypes

    sin_permisos_nuevos = 38  # PR_SET_NO_NEW_PRIVS; los demás argumentos tienen que ser 0
    ceros = [ctypes.c_ulong(0)] * 3
    ctypes.CDLL(None).prctl(sin_permisos_nuevos, ctypes.c_ulong(1), *ceros)
