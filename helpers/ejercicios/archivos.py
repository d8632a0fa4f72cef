"""Examinar un archivo de quien aprende: primero por fuera y después en otro proceso."""

import json
import pickletools
import shutil
import tempfile
from pathlib import Path

from helpers.ejercicios.resultado import Rechazo, error_tuyo, mal, muestra
from helpers.proceso import ejecuta_en_proceso_nuevo


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
    if not ruta.is_file():
        raise Rechazo(
            mal(
                "no_existe",
                vi=f"que en la carpeta de trabajo no hay ningún archivo «{ruta.name}»",
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
                prueba="`with open(...) as archivo:` y, dentro, `pickle.dump`",
            )
        )
    return ruta


def textos_de_un_pickle(ruta):
    """Los textos que un pickle contiene, sin cargarlo. Rechaza lo que no es un pickle entero."""
    try:
        with ruta.open("rb") as archivo:
            return [dato for _, dato, _ in pickletools.genops(archivo) if isinstance(dato, str)]
    except ValueError:
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
        Debe terminar imprimiendo un valor en JSON.
    archivos : Path
        Lo único que el proceso encontrará en su carpeta.

    Devuelve
    --------
    El valor impreso. Si el proceso falla, rechaza con su error.
    """
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as carpeta:
        for archivo in archivos:
            shutil.copy(archivo, carpeta)
        salida = ejecuta_en_proceso_nuevo(codigo, carpeta, limite=30)
    if salida.error:
        raise Rechazo(
            error_tuyo(
                "falla_en_otro_proceso",
                f"En un proceso nuevo, con solo tus archivos, ocurre esto: {salida.error}",
                "a ejecutar lo mismo en una celda con `%%proceso_nuevo`",
            )
        )
    return json.loads(salida.texto.splitlines()[-1])
