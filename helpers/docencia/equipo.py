"""Lo que un equipo necesita para dar la clase. Solo biblioteca estándar: aún no hay nada instalado.

Cada revisión da tres cosas, como las de `helpers.entorno`: si está bien (`None` si solo informa),
lo que vio y el remedio por si no lo está.
"""

import datetime
import os
import re
import socket
import sys
import tempfile
import time
from pathlib import Path

from helpers.entorno import RAIZ
from helpers.proceso import ejecuta_en_proceso_nuevo

# Una fecha anterior a la de esta revisión del curso es la de un reloj sin pila.
ESCRITO = datetime.date(2026, 11, 25)
DESFASE_MAXIMO = 120  # segundos entre el reloj del equipo y el del disco
CON_TILDES = "José Ñuñoa"
SERVIDOR_DE_PAQUETES = ("pypi.org", 443)


def bits():
    """El Python es de 64 bits: para los de 32 no hay paquetes."""
    remedio = "Instala un Python de 64 bits, de https://www.python.org/downloads/."
    return sys.maxsize > 2**32, f"Python de {sys.maxsize.bit_length() + 1} bits", remedio


def archivos(raiz=RAIZ):
    """Están las lecciones que el README enlaza: un zip a medio descomprimir se nota aquí."""
    remedio = "Descomprime el zip entero y entra en la carpeta que tiene el README."
    try:
        readme = (raiz / "README.md").read_text(encoding="utf-8")
    except OSError:
        return False, "Lecciones: no encuentro README.md", remedio
    rutas = sorted(set(re.findall(r"\]\((notebooks/\w+\.ipynb)\)", readme)))
    faltan = [ruta for ruta in rutas if not (raiz / ruta).is_file()]
    vi = f"Lecciones: están {len(rutas) - len(faltan)} de {len(rutas)}"
    return bool(rutas) and not faltan, vi, remedio


def permiso(raiz=RAIZ):
    """Se puede escribir en la carpeta del curso: los cuadernos se guardan en ella."""
    bien = True
    for carpeta in (raiz, raiz / "notebooks"):
        try:
            with tempfile.TemporaryFile(dir=carpeta) as archivo:
                archivo.write(b"prueba")
        except OSError:
            bien = False
    remedio = "Copia el curso en tu carpeta personal y repite desde allí."
    return bien, "Escribir en la carpeta del curso", remedio


def tildes(carpeta=None):
    """Una carpeta y un archivo con tildes y eñe se crean, se listan y se leen."""
    nombre, texto = "año.txt", "mañana"
    bien = False
    try:
        with tempfile.TemporaryDirectory(dir=carpeta) as temporal:
            dentro = Path(temporal) / CON_TILDES
            dentro.mkdir()
            (dentro / nombre).write_text(texto, encoding="utf-8")
            bien = [ruta.read_text(encoding="utf-8") for ruta in dentro.iterdir()] == [texto]
    except (OSError, UnicodeError):
        pass
    remedio = "Usa una carpeta del disco del equipo, no una memoria USB antigua ni una de red."
    return bien, "Carpetas con tildes y eñe", remedio


def proceso_nuevo():
    """Un Python recién arrancado, en una carpeta con tildes, ejecuta código y responde."""
    error = "no hay carpeta temporal"
    try:
        with tempfile.TemporaryDirectory() as temporal:
            carpeta = Path(temporal) / CON_TILDES
            carpeta.mkdir()
            salida = ejecuta_en_proceso_nuevo("print('ñ', 6 * 7)", carpeta)
            error = salida.error or ("" if salida.texto.strip() == "ñ 42" else "no respondió")
    except OSError:
        pass
    remedio = (
        "Mira si un antivirus impide arrancar Python, y permite los programas de esta carpeta."
    )
    return not error, f"Proceso nuevo{': ' + error if error else ''}", remedio


def puerto():
    """Hay un puerto local libre: el navegador y JupyterLab hablan por él."""
    libre = puerto_libre()
    remedio = "Mira si un cortafuegos prohíbe las conexiones del equipo consigo mismo (127.0.0.1)."
    return libre is not None, "Un puerto local libre", remedio


def puerto_libre():
    """Un puerto que nadie usa ahora, con el que se ha podido hablar; None si no lo hay."""
    try:
        with socket.create_server(("127.0.0.1", 0)) as servidor:
            servidor.settimeout(5)
            with socket.create_connection(servidor.getsockname(), timeout=5):
                servidor.accept()[0].close()
            return servidor.getsockname()[1]
    except OSError:
        return None


def reloj():
    """La fecha no es anterior a la del curso y coincide con la que el disco pone a un archivo."""
    remedio = "Pon la fecha y la hora automáticas en los ajustes del sistema."
    hoy = datetime.date.today()
    if hoy < ESCRITO:
        return False, f"Reloj: dice {hoy}, y el curso es posterior", remedio
    try:
        with tempfile.TemporaryFile() as archivo:
            archivo.write(b"prueba")
            archivo.flush()
            desfase = abs(os.fstat(archivo.fileno()).st_mtime - time.time())
    except OSError:
        return None, f"Reloj: {hoy}; no se pudo comparar con el del disco", ""
    if desfase > DESFASE_MAXIMO:
        return False, f"Reloj: el del disco difiere en {desfase / 60:.0f} min", remedio
    return True, f"Reloj: {hoy}", ""


def red():
    """Si hay conexión. Solo informa: después de instalar no hace falta."""
    try:
        with socket.create_connection(SERVIDOR_DE_PAQUETES, timeout=2):
            pass
    except OSError:
        return None, "Sin conexión directa a internet. Después de instalar no hace falta", ""
    return None, "Hay conexión a internet. Después de instalar no hace falta", ""
