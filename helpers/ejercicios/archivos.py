"""Examinar un archivo de quien aprende: primero por fuera y después en otro proceso."""

import contextlib
import json
import os
import pickletools
import shutil
import tempfile
from pathlib import Path

from helpers.ejercicios.resultado import Rechazo, error_tuyo, mal, muestra
from helpers.proceso import ejecuta_en_proceso_nuevo

# En un archivo y no impresa: el código de quien aprende puede imprimir lo que quiera.
DEJA_LA_RESPUESTA = """
import json, pathlib
en_json = json.dumps(respuesta, default=lambda o: o.tolist() if hasattr(o, "tolist") else str(o))
pathlib.Path("respuesta.json").write_text(en_json, encoding="utf-8")
"""


@contextlib.contextmanager
def carpeta_vacia():
    """Trabaja en una carpeta nueva mientras dura el `with`; al salir, la borra. Da su ruta."""
    with (
        tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as carpeta,
        contextlib.chdir(carpeta),
    ):
        yield Path(carpeta)


def pone_testigo(ruta, testigo):
    """Da otro nombre al mismo archivo: quien escriba dentro cambia los dos; quien sustituya, no.

    Donde no hay enlaces es una copia: no descubre nada y no acusa a nadie.
    """
    try:
        os.link(ruta, testigo)
    except (OSError, AttributeError):  # memorias USB con FAT; sistemas sin `os.link`
        shutil.copyfile(ruta, testigo)


class Trampa:
    """Un objeto que, al cargarse, deja un archivo vacío en `marca`. Nada más."""

    def __init__(self, marca):
        self.marca = marca

    def __reduce__(self):
        """Lo que se hará al cargarlo."""
        return Path.touch, (Path(self.marca),)


def exige_archivo(nombre):
    """Devuelve la ruta de un archivo con contenido, o rechaza diciendo qué le pasa."""
    if not isinstance(nombre, str | Path):
        raise Rechazo(
            mal(
                "no_es_nombre",
                vi=muestra(nombre),
                esperaba="el nombre de un archivo, entre comillas",
                porque="se pasa el objeto, o el archivo abierto, en lugar de su nombre",
                prueba='un texto como "notas.pkl"',
            )
        )
    ruta = Path(nombre)
    if not _es_archivo(ruta):
        raise Rechazo(
            mal(
                "no_existe",
                vi=f"que en la carpeta de trabajo no hay ningún archivo «{str(nombre)[:60]}»",
                esperaba="encontrarlo allí",
                porque="falta ejecutar la celda que lo guarda, o el nombre tiene otra letra",
                prueba="`os.listdir()`, que enumera lo que hay en la carpeta",
            )
        )
    if ruta.stat().st_size == 0:
        raise Rechazo(
            mal(
                "vacio",
                vi=f"«{ruta.name}» con 0 bytes",
                esperaba="un archivo con contenido",
                porque="se abrió para escribir y no se escribió, o no se cerró",
                prueba="`with open(...) as archivo:` y escribe dentro; al salir se cierra solo",
            )
        )
    return ruta


def _es_archivo(ruta):
    try:
        return ruta.is_file()
    except (OSError, ValueError):  # un nombre larguísimo o con caracteres imposibles
        return False


def textos_de_un_pickle(ruta):
    """Los textos que un pickle contiene, sin cargarlo. Rechaza lo que no es un pickle entero."""
    try:
        with ruta.open("rb") as archivo:
            return [dato for _, dato, _ in pickletools.genops(archivo) if isinstance(dato, str)]
    except (ValueError, MemoryError):  # una longitud absurda en un archivo dañado
        raise Rechazo(
            mal(
                "no_es_pickle",
                vi=f"que «{ruta.name}» no es un pickle completo",
                esperaba="un archivo escrito con `pickle.dump`",
                porque="se guardó con otra herramienta, o el archivo no llegó a cerrarse",
                prueba='`pickle.dump(objeto, archivo)` con el archivo abierto en modo "wb"',
            )
        ) from None


def pregunta_aparte(codigo, *archivos):
    """Copia unos archivos a una carpeta vacía y ejecuta allí código en un proceso nuevo.

    Parámetros
    ----------
    codigo : str
        Deja su conclusión en la variable `respuesta`: un valor que quepa en JSON.
    archivos : Path
        Lo único que el proceso encontrará en su carpeta.

    Devuelve
    --------
    La conclusión. Si el proceso falla, rechaza con su error.
    """
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as carpeta:
        for archivo in archivos:
            shutil.copyfile(archivo, Path(carpeta, archivo.name))
        salida = ejecuta_en_proceso_nuevo(codigo + DEJA_LA_RESPUESTA, carpeta, limite=30)
        if not salida.error:
            return json.loads(Path(carpeta, "respuesta.json").read_text(encoding="utf-8"))
    raise Rechazo(
        error_tuyo(
            "falla_en_otro_proceso",
            f"En un proceso nuevo, con solo tus archivos, ocurre esto: {salida.error}",
            "a ejecutar lo mismo en una celda con `%%proceso_nuevo`",
        )
    )
