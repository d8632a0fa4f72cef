"""Guardar donde el sistema no deja: sin sitio, sin permiso, ocupado. Trabajos del obrero."""

import itertools
import os
import resource
import subprocess
from pathlib import Path

from fiabilidad import hijos
from fiabilidad.fallos import GUARDADO, intenta, intenta_en
from fiabilidad.guardados import carga, carga_y_mira_la_ficha, contenido, guarda, ruta_de, sobran

PAGINA = 4096  # bytes: lo mínimo que ocupa un archivo en un disco en memoria
NADIE = 65534  # el usuario sin permisos de cualquier Linux


def guarda_en(carpeta, metodo, nombre, dentro_de="."):
    """Intenta guardar con un nombre; el `dentro_de` puede ser de varias carpetas."""
    ruta = Path(carpeta) / dentro_de / f"{nombre}{ruta_de('', metodo).suffix}"
    que_paso = intenta_en(carpeta, lambda: guarda(2, ruta))
    if que_paso["sale"] == GUARDADO:
        que_paso |= {"se carga": carga_y_mira_la_ficha(ruta), "sobran": sobran(ruta)}
    return que_paso


def carga_de(carpeta, metodo, nombre):
    """Intenta cargar el modelo de ese nombre."""
    ruta = Path(carpeta) / f"{nombre}{ruta_de('', metodo).suffix}"
    return intenta_en(carpeta, lambda: carga(ruta))


def nombres_largos(carpeta, metodo):
    """Guarda con nombres cada vez más largos. Da los intentos que salieron, con su longitud."""
    extension = ruta_de("", metodo).suffix
    intentos = []
    for letras in range(225, 262):
        # Cada uno en su carpeta: así se ve lo que sobra y lo que falta.
        donde = Path(carpeta) / str(letras)
        donde.mkdir()
        que_paso = guarda_en(donde, metodo, "m" * (letras - len(extension)))
        intentos.append({"letras": letras, **que_paso})
    return intentos


def sin_permiso(carpeta, metodo, permisos):
    """Intenta guardar en una carpeta con esos permisos, como alguien que no es root."""
    ruta = ruta_de(carpeta, metodo)
    guarda(0, ruta)
    return _como_cualquiera(ruta, permisos)


def con_la_ficha_de_otro(carpeta, metodo):
    """Intenta guardar donde el modelo es suyo y la ficha, de otro que no deja sustituirla."""
    ruta = ruta_de(carpeta, metodo)
    guarda(0, ruta)
    os.chown(ruta, NADIE, NADIE)
    return _como_cualquiera(ruta, 0o1777)  # como /tmp: cada uno solo cambia lo suyo


def _como_cualquiera(ruta, permisos):
    antes = contenido(ruta.parent)
    intento = hijos.pregunta(_sin_ser_root, ruta, permisos)
    ruta.parent.chmod(0o755)
    queda = carga_y_mira_la_ficha(ruta)
    return {**intento, "intacto": contenido(ruta.parent) == antes, "se carga": queda}


def _sin_ser_root(ruta, permisos):
    # Lo que hay por encima puede estar cerrado para él: entra antes, y la nombra desde dentro.
    os.chdir(ruta.parent)
    Path.cwd().chmod(permisos)
    if os.geteuid() == 0:
        os.setgroups([])
        os.setgid(NADIE)
        os.setuid(NADIE)
    return intenta(lambda: guarda(2, Path(ruta.name)))


def con_archivos_pequenos(carpeta, metodo):
    """Intenta guardar cuando ningún archivo puede pasar de cierto tamaño, cada vez mayor."""
    ruta = ruta_de(carpeta, metodo)
    guarda(0, ruta)
    cabe, intentos = ruta.stat().st_size, []
    _, maximo = resource.getrlimit(resource.RLIMIT_FSIZE)
    for limite in (0, 1, cabe // 2, cabe * 9 // 10):
        resource.setrlimit(resource.RLIMIT_FSIZE, (limite, maximo))
        intentos.append(intenta_en(carpeta, lambda: guarda(2, ruta)))
        resource.setrlimit(resource.RLIMIT_FSIZE, (maximo, maximo))
    return {"intentos": intentos, "se carga": carga_y_mira_la_ficha(ruta)}


def monta(carpeta, opciones):
    """Monta un disco en memoria, que solo ve este proceso."""
    orden = ["mount", "-t", "tmpfs", "-o", opciones, "tmpfs", carpeta]
    subprocess.run(orden, check=True, capture_output=True)


def en_un_disco_lleno(carpeta, metodo):
    """Guarda en un disco en el que caben 0 páginas más, 1, 2… hasta que lo consigue.

    Devuelve
    --------
    list de dict
        Cada intento, con lo que `se carga` después y las páginas que ocupa el modelo.
    """
    monta(carpeta, "size=4m")
    ruta, relleno, intentos = ruta_de(f"{carpeta}/modelos", metodo), Path(carpeta, "relleno"), []
    guarda(0, ruta)
    modelo = -(-ruta.stat().st_size // PAGINA)
    for libres in itertools.count():
        disco = os.statvfs(carpeta)
        relleno.write_bytes(bytes((disco.f_bavail - libres) * PAGINA))
        assert os.statvfs(carpeta).f_bavail == libres
        intento = intenta_en(ruta.parent, lambda: guarda(2, ruta))
        relleno.unlink()
        se_carga = carga_y_mira_la_ficha(ruta)
        intentos.append({**intento, "se carga": se_carga, "libres": libres, "modelo": modelo})
        if intento["sale"] == GUARDADO:
            return intentos


def en_un_disco_de_solo_lectura(carpeta, metodo):
    """Intenta guardar en un disco que ya no admite cambios."""
    monta(carpeta, "size=4m")
    ruta = ruta_de(carpeta, metodo)
    guarda(0, ruta)
    subprocess.run(["mount", "-o", "remount,ro", carpeta], check=True, capture_output=True)
    return {**intenta_en(carpeta, lambda: guarda(2, ruta)), "se carga": carga_y_mira_la_ficha(ruta)}
