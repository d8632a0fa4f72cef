"""Guardar y cargar modelos numerados, y mirar todo lo que puede verse después."""

import contextlib
import io
from pathlib import Path

from fiabilidad.modelos import EJEMPLO, METODOS, Trampa, numerado, numero_de
from helpers import ficha as fichas
from helpers.escritura import sitios
from helpers.persistencia import load_model, save_model

RELLENO = 20_000  # números: con trampa y sin comprimir, el archivo pasa de 300 000 bytes
COMPRIMIDO = dict(METODOS.values())


def prepara(metodo):
    """Importa lo que usa el método, para que no se mida ni se interrumpa al guardar."""
    __import__("skops.io" if metodo == "skops" else metodo)
    return "listo"


def ruta_de(carpeta, metodo):
    """Dónde se guarda con ese método dentro de una carpeta."""
    return Path(carpeta) / f"modelo{METODOS[metodo][0]}"


def guarda(numero, ruta, con_trampa=False, **opciones):
    """Guarda el modelo de ese número, con su ficha. La trampa salta a mitad del archivo."""
    modelo = numerado(numero, RELLENO, Trampa() if con_trampa else None)
    compress, datos = COMPRIMIDO[Path(ruta).suffix], {"numero": numero}
    save_model(modelo, ruta, compress, X_ejemplo=EJEMPLO, datos=datos, **opciones)


def carga(ruta):
    """El número del modelo que carga `load_model`, comprobado con su ficha.

    Errores
    -------
    ValueError
        Si el modelo es una mezcla, o si se cargó sin comprobarlo.
    """
    confiar = [f"{Trampa.__module__}.{Trampa.__name__}"] if Path(ruta).suffix == ".skops" else ()
    with contextlib.redirect_stdout(io.StringIO()) as dicho:
        numero = numero_de(load_model(ruta, confiar=confiar))
    if f"huella y {len(EJEMPLO)} respuestas" not in dicho.getvalue():
        raise ValueError(f"se cargó sin comprobar: {dicho.getvalue()}")
    return numero


def carga_y_mira_la_ficha(ruta):
    """Como `carga`, y además la ficha lleva el mismo número. Nadie debe estar guardando.

    Errores
    -------
    ValueError
        Si la ficha que corresponde al archivo es la de otro modelo.
    """
    numero = carga(ruta)
    with ruta.open("rb") as archivo:
        anotado = fichas.la_del_modelo(sitios(ruta), archivo)["datos"]["numero"]
    if anotado != numero:
        raise ValueError(f"el modelo es el {numero} y su ficha, la del {anotado}")
    return numero


def contenido(carpeta):
    """Todo lo que hay dentro de una carpeta, por hondo que esté, con los bytes de cada archivo.

    De lo que no es un archivo se da None.
    """
    dentro = Path(carpeta).rglob("*")
    return {str(ruta): ruta.read_bytes() if ruta.is_file() else None for ruta in dentro}


def sobran(ruta):
    """Los nombres que hay junto a un modelo y no son él ni su ficha; o lo que falte de los dos."""
    hay = {otra.name for otra in ruta.parent.iterdir()}
    return sorted(hay ^ {ruta.name, f"{ruta.name}.json"})
