"""Traduce los fallos de la instalación y del sistema a una frase y un remedio."""

import errno
import re
import sys
from pathlib import Path

from helpers.entorno import RAIZ
from helpers.errores import ErrorDelCurso

OCUPA = "700 MB"
ESTE_PYTHON = (
    f"este Python ({sys.version_info[0]}.{sys.version_info[1]}, "
    f"{sys.maxsize.bit_length() + 1} bits)"
)

_SIN_ESPACIO = (
    f"No queda espacio en el disco: la instalación ocupa unos {OCUPA}.",
    "a liberar espacio y a repetir la orden.",
)
_SIN_PERMISO = (
    "No puedo escribir en la carpeta del curso.",
    "a copiarla en tu carpeta personal y a repetir la orden desde allí; si la usan un JupyterLab "
    "o una terminal, ciérralos antes.",
)
_PIDE_AYUDA = "a repetir la orden; si vuelve a pasar, pide ayuda con esta línea."

_NO_EXISTE = (
    r"No matching distribution|no wheels|not compatible with|unsatisfiable|Failed to build"
    r"|Could not find a version"
)

# El orden importa: sin red, pip acaba diciendo también que no encuentra el paquete.
_SINTOMAS = (
    (r"No space left|Errno 28\b|os error 28\b|WinError 112|os error 112|[Qq]uota exceeded"
     r"|not enough space", _SIN_ESPACIO),
    (r"ensurepip|No module named '?(venv|pip)\b", (
        "A este Python le falta la pieza que crea entornos (venv).",
        "a instalarla (en Debian y Ubuntu: `sudo apt install python3-venv`) y a repetir la orden.",
    )),
    (r"CERTIFICATE_VERIFY_FAILED|SSLError|invalid peer certificate|UnknownIssuer", (
        "La red no me deja comprobar de dónde vienen los paquetes (certificado desconocido).",
        "con otra red; en un centro o una empresa, pregunta por el certificado de su proxy.",
    )),
    (r"NewConnectionError|Max retries|Retrying \(Retry|name resolution|dns error|ProxyError"
     r"|error sending request|Failed to fetch|[Tt]imed? ?out|unreachable|Connection (refused|reset)"
     r"|ConnectTimeout|ReadTimeout|IncompleteRead|getaddrinfo", (
        "No pude descargar los paquetes: no hay conexión, o se cortó.",
        "a conectarte y a repetir la orden; lo descargado se aprovecha.",
    )),
    (r"WinError 206|[Ll]ong [Pp]ath|os error 206|File name too long|ENAMETOOLONG", (
        "La ruta de la carpeta del curso es demasiado larga para este sistema.",
        "a moverla a una más corta, como C:\\curso, y a repetir la orden.",
    )),
    (r"Permission denied|Errno 13\b|Errno 30\b|os error (5|13|30)\b|WinError (5|32)\b"
     r"|Read-only file system|Access is denied", _SIN_PERMISO),
    (_NO_EXISTE, (
        "Hay paquetes que no existen para {para}.",
        "con Python 3.11, 3.12, 3.13 o 3.14 de 64 bits, de https://www.python.org/downloads/.",
    )),
)  # fmt: skip


def explica_instalacion(salida, para=ESTE_PYTHON, *, sin_red=False):
    """Busca en lo que escribió pip, uv o venv la causa de su fallo.

    Parámetros
    ----------
    salida : str
        Todo lo que escribió el programa que falló.
    para : str
        Para qué se instalaba.
    sin_red : bool
        Si los paquetes se buscaron en la carpeta de ruedas.

    Devuelve
    --------
    ErrorDelCurso
        La causa y el remedio; si no se reconoce, la última línea de la salida.
    """
    if sin_red and re.search(_NO_EXISTE, salida):
        return ErrorDelCurso(
            f"La carpeta «ruedas» no trae los paquetes de {ESTE_PYTHON}.",
            prueba="con el Python que dice LEEME.txt; con conexión, a borrar «ruedas» y repetir.",
        )
    for señal, (que_paso, prueba) in _SINTOMAS:
        if re.search(señal, salida):
            return ErrorDelCurso(que_paso.format(para=para), prueba=prueba)
    ultima = (salida.strip().splitlines() or ["sin explicación"])[-1].strip()
    return ErrorDelCurso(
        f"La instalación se detuvo: «{ultima[:200]}».",
        prueba=_PIDE_AYUDA,
    )


def explica_error_del_sistema(error):
    """Traduce un `OSError`: disco lleno, archivo abierto, carpeta protegida u otro.

    Parámetros
    ----------
    error : OSError
        El error tal como lo dio el sistema.

    Devuelve
    --------
    ErrorDelCurso
        La causa y el remedio.
    """
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return ErrorDelCurso("No queda espacio en el disco.", prueba=_SIN_ESPACIO[1])
    ruta = error.filename2 or error.filename
    if error.errno in (errno.EEXIST, errno.ENOTDIR):
        return ErrorDelCurso(
            f"«{ruta}» no puede ser una carpeta: hay un archivo en su sitio, o en su camino.",
            prueba="con otra carpeta.",
        )
    es_un_texto = isinstance(ruta, str)
    if error.errno == errno.EACCES and es_un_texto and Path(ruta).is_file():
        # Windows no deja tocar lo que otro tiene abierto, y dice que falta permiso.
        return ErrorDelCurso(
            f"El sistema no deja usar «{ruta}».",
            "está abierto en otro programa, como Excel, o falta permiso.",
            "a cerrarlo allí y a repetir la orden.",
        )
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        if es_un_texto and not Path(ruta).resolve().is_relative_to(RAIZ):
            return ErrorDelCurso(
                f"No puedo escribir en «{ruta}».",
                prueba="con otra carpeta, por ejemplo dentro de tu carpeta personal.",
            )
        return ErrorDelCurso(_SIN_PERMISO[0], prueba=_SIN_PERMISO[1])
    donde = f" ({ruta})" if ruta else ""
    return ErrorDelCurso(
        f"El sistema no me dejó continuar: {error.strerror or error}{donde}.",
        prueba=_PIDE_AYUDA,
    )
