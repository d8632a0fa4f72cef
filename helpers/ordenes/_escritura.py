"""Cambiar un archivo de una vez: quien lo lee encuentra el de antes o el nuevo, nunca medio."""

import shutil

from helpers.espera import con_paciencia


def reemplaza(archivo, texto):
    """Escribe el texto aparte y lo pone en su sitio con un solo movimiento.

    Parámetros
    ----------
    archivo : Path
        Si existe, conserva sus permisos.
    texto : str
        Se escribe en UTF-8, con los finales de línea que trae.
    """
    temporal = archivo.with_name(f"{archivo.name}.nuevo")
    try:
        temporal.write_bytes(texto.encode("utf-8"))
        if archivo.exists():
            shutil.copymode(archivo, temporal)
        con_paciencia(temporal.replace, archivo)
    finally:
        temporal.unlink(missing_ok=True)
