"""Dónde estás (tu equipo, Binder, Colab…), si está todo y en qué carpeta trabaja cada lección."""

import hashlib
import os
import re
import reprlib
import shutil
import stat
import sys
import tempfile
from pathlib import Path

from helpers import colab, proceso, tropiezos
from helpers.errores import ErrorDelCurso

RAIZ = Path(__file__).resolve().parent.parent
PYTHON_MINIMO = (3, 11)
GB_MINIMOS = 1
HUECO = "Sin responder: escribe donde están los puntos suspensivos."
DE_APOYO = ("matplotlib", "numpy", "pandas")  # de estas basta la versión que haya
REMEDIO = {
    "tu equipo": "Cierra Jupyter y ábrelo con python -m helpers abrir.",
    "Binder": "Cierra esta pestaña y abre otra vez el enlace de Binder.",
    "Colab": "Ejecuta otra vez la primera celda.",
    "JupyterHub": "Avisa a quien mantiene el JupyterHub.",
}

# Si otra persona ocupó el nombre de siempre, la carpeta es nueva: hay que recordar cuál fue.
_carpetas = {}
_leccion_actual = None


def plataforma():
    """Dice dónde se ejecuta este cuaderno.

    Devuelve
    --------
    str
        «tu equipo», «JupyterHub», «Binder» o «Colab».
    """
    # Binder también es un JupyterHub: se mira antes.
    for nombre in ("Colab", "Binder", "JupyterHub"):
        if any(variable.startswith(f"{nombre.upper()}_") for variable in os.environ):
            return nombre
    return "tu equipo"


def prepara():
    """Deja el cuaderno listo: `%%proceso_nuevo`, los huecos y qué decir tras un tropiezo.

    En Colab, también las librerías del curso. Se puede ejecutar varias veces. No importa ninguna
    librería pesada.

    Errores
    -------
    ErrorDelCurso
        En Colab, si la instalación falla o si hay que reiniciar el entorno.
    """
    if plataforma() == "Colab":
        colab.completa()
    proceso.registra_magia(carpeta_de_trabajo)
    _nombra_los_huecos()
    tropiezos.explica_al_fallar()
    print("Todo listo.")


def _nombra_los_huecos():
    """Una celda sin responder acaba en `...`: que no enseñe `Ellipsis`."""
    cuaderno = proceso.cuaderno_abierto()
    if cuaderno is not None:
        textos = cuaderno.display_formatter.formatters["text/plain"]
        textos.singleton_printers[id(...)] = lambda hueco, papel, _: papel.text(HUECO)


def carpeta_de_trabajo(leccion=None):
    """Da la carpeta donde una lección escribe sus archivos, fuera del curso.

    Es la misma aunque reinicies el kernel, solo tú puedes entrar en ella y no se vacía.

    Parámetros
    ----------
    leccion : str, opcional
        Código de la lección, del repaso o de la tarea, como "02a", "r1" o "t1". Sin él, el último
        que se usó.

    Devuelve
    --------
    Path

    Errores
    -------
    ErrorDelCurso
        Si el código no es de una lección, si aún no hay ninguna o si no se puede escribir.
    """
    global _leccion_actual
    leccion = _leccion_actual if leccion is None else leccion
    if leccion is None:
        raise ErrorDelCurso(
            "Todavía no se sabe en qué lección estás.",
            "el kernel se reinició.",
            "a ejecutar las dos primeras celdas de código.",
        )
    if not (isinstance(leccion, str) and re.fullmatch("[0-9]{2}[a-z]?|[rt][0-9]", leccion)):
        raise ErrorDelCurso(
            f"{reprlib.repr(leccion)} no es el código de una lección.",
            prueba='con el número del cuaderno: carpeta_de_trabajo("02a").',
        )
    if leccion not in _carpetas or not _es_mia(_carpetas[leccion]):
        _carpetas[leccion] = _carpeta_privada(leccion)
    _leccion_actual = leccion
    return _carpetas[leccion]


def _carpeta_privada(leccion):
    # Dos personas, o dos copias del curso, no deben compartirla.
    huella = hashlib.sha256(f"{_yo()} {RAIZ}".encode()).hexdigest()[:8]
    nombre = f"persistencia-{leccion}-{huella}"
    try:
        temporal = Path(tempfile.gettempdir()).resolve()
        estable = temporal / nombre
        if not os.path.lexists(estable):
            estable.mkdir(mode=0o700)
        # En una carpeta temporal compartida, otra persona pudo ocupar el nombre antes.
        if _es_mia(estable):
            estable.chmod(0o700)
            return estable
        return Path(tempfile.mkdtemp(prefix=f"{nombre}-", dir=temporal))
    except OSError:
        raise ErrorDelCurso(
            "No se puede escribir en la carpeta temporal.",
            "el disco está lleno o falta permiso.",
            "a liberar espacio y reiniciar el kernel.",
        ) from None


def _es_mia(carpeta):
    try:
        # lstat y no stat: un enlace llevaría los archivos a donde diga otro.
        datos = carpeta.lstat()
    except OSError:
        return False
    return stat.S_ISDIR(datos.st_mode) and datos.st_uid == _yo()


def _yo():
    # Windows no tiene getuid y allí todo archivo es del 0; cada usuario tiene su temporal.
    return os.getuid() if hasattr(os, "getuid") else 0


def comprueba_entorno():
    """Imprime una línea por comprobación: «OK», o «FALTA» y qué hacer."""
    print(f"OK     Estás en: {plataforma()}")
    for revision in (
        revisa_python,
        _librerias_del_curso,
        _librerias_de_apoyo,
        revisa_escritura,
        revisa_espacio,
    ):
        bien, vi, remedio = revision()
        print(f"OK     {vi}" if bien else f"FALTA  {vi}. {remedio}")


# Cada revisión da tres cosas: si está bien, lo que vio y el remedio por si no lo está.
def revisa_python():
    """El Python que ejecuta esto no es anterior al mínimo del curso."""
    version = ".".join(map(str, sys.version_info[:3]))
    minimo = ".".join(map(str, PYTHON_MINIMO))
    remedio = f"Instala Python {minimo} o posterior y abre el curso con él."
    return sys.version_info[:2] >= PYTHON_MINIMO, f"Python {version}", remedio


def _librerias_del_curso():
    pedidas = colab.versiones_pedidas()
    malas = [n for n in colab.DEL_CURSO if colab.version_instalada(n) != pedidas[n]]
    esperaba = ", ".join(f"{n} {pedidas[n]}" for n in malas)
    remedio = f"El curso usa {esperaba}. {REMEDIO[plataforma()]}"
    return not malas, f"Librerías del curso: {_versiones(colab.DEL_CURSO)}", remedio


def _librerias_de_apoyo():
    bien = all(map(colab.version_instalada, DE_APOYO))
    return bien, f"Librerías de apoyo: {_versiones(DE_APOYO)}", REMEDIO[plataforma()]


def _versiones(nombres):
    return ", ".join(f"{n} {colab.version_instalada(n) or 'sin instalar'}" for n in nombres)


def revisa_escritura():
    """Se puede escribir en la carpeta temporal, donde trabajan las lecciones."""
    bien = True
    try:
        with tempfile.TemporaryFile() as archivo:
            archivo.write(b"prueba")
    except OSError:
        bien = False
    return bien, "Escribir en la carpeta temporal", "Libera espacio en el disco o pide permiso."


def revisa_espacio():
    """Queda espacio en el disco del curso."""
    bien = shutil.disk_usage(RAIZ).free >= GB_MINIMOS * 10**9
    # Sin la cifra exacta: así la línea es la misma en todos los equipos.
    vi = f"Espacio libre: {'más' if bien else 'menos'} de {GB_MINIMOS} GB"
    return bien, vi, "Vacía la papelera o borra archivos grandes."
