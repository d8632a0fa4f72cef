"""Los procesos de una sala, vistos desde fuera: cuáles son y qué gastan. Solo Linux lo cuenta."""

import contextlib
import os
import re
from pathlib import Path

PAGINA = os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 0


def descendientes(pid):
    """Los procesos que salen de otro, con él delante. Solo Linux los cuenta sin ayuda."""
    vistos, pendientes = [], [pid]
    while pendientes:
        vistos.append(pendientes.pop())
        for hijos in Path(f"/proc/{vistos[-1]}/task").glob("*/children"):
            with contextlib.suppress(OSError):
                pendientes += map(int, hijos.read_text(encoding="ascii").split())
    return vistos


def de_un_usuario(usuario):
    """Los procesos de un usuario, también los que se han hecho hijos de otro."""
    for ruta in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if ruta.stat().st_uid == usuario:
                yield int(ruta.name)


def hilos(pid):
    """Cuántos hilos tiene un proceso; 0 si ya no está."""
    with contextlib.suppress(OSError):
        return sum(1 for _ in Path(f"/proc/{pid}/task").iterdir())
    return 0


def memoria(pid):
    """Los bytes de un proceso; los que comparte con otros cuentan en cada uno."""
    with contextlib.suppress(OSError, IndexError):
        return int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1]) * PAGINA
    return 0


def parte_de_memoria(pid):
    """Los bytes de un proceso, con lo compartido repartido; si no se deja leer, los de más."""
    with contextlib.suppress(OSError):
        datos = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="utf-8")
        if hallada := re.search(r"^Pss: +(\d+) kB", datos, re.MULTILINE):
            return int(hallada[1]) * 1024
    return memoria(pid)


def ocupa(carpeta):
    """Los bytes de los archivos de una carpeta."""
    total = 0
    for ruta in carpeta.rglob("*"):
        with contextlib.suppress(OSError):
            total += ruta.lstat().st_size
    return total
