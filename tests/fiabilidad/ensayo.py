"""Cargar un archivo en un obrero y decir, desde fuera, qué salió de todo el viaje."""

from fiabilidad.carga import CARGADO, NO_PREDICE
from fiabilidad.taller import LIMITE, MURIO, NO_RESPONDIO, Obrero


def contrata(carpeta):
    """Un obrero que trabaja en esa carpeta, que crea, con las librerías ya importadas."""
    carpeta.mkdir()
    return Obrero(carpeta, {"trabajo": "carga.prepara"})


def ensaya(obrero, ruta, modelo="recta", limite=LIMITE, **opciones):
    """Carga un archivo y, si sale un modelo, lo compara con el de partida.

    Parámetros
    ----------
    obrero : Obrero
    ruta : Path
        En una carpeta donde no haya nada más que él y su ficha.
    modelo : str
        El nombre del que se guardó, de `modelos.pequenos()`.
    limite : float
        Segundos para cargar, y otros tantos para predecir.
    **opciones
        Las de `load_model`.

    Devuelve
    --------
    dict
        Lo de `carga.intenta`, con `sale` cambiado por lo que diga `carga.predice` si se cargó. Si
        el proceso murió o se paró: `MURIO` o `NO_RESPONDIO` al cargar, y `NO_PREDICE` después.

    Errores
    -------
    AssertionError
        Si cargar cambió algo en la carpeta.
    """
    antes = _retrato(ruta.parent)
    salida = obrero.pide("carga.intenta", limite, ruta=str(ruta), **opciones)
    assert _retrato(ruta.parent) == antes, f"cargar {ruta.name} cambió su carpeta: {salida}"
    if salida in (MURIO, NO_RESPONDIO):
        return {"sale": salida, "propia": True, "texto": ""}
    if salida["sale"] == CARGADO:
        respuesta = obrero.pide("carga.predice", limite, modelo=modelo)
        salida["sale"] = NO_PREDICE if respuesta in (MURIO, NO_RESPONDIO) else respuesta
    return salida


def _retrato(carpeta):
    """Lo que hay en una carpeta, byte por byte y con su fecha."""
    return {
        ruta.name: (ruta.stat().st_mtime_ns, ruta.read_bytes() if ruta.is_file() else None)
        for ruta in carpeta.iterdir()
    }
