"""Abre una tabla con LibreOffice, sin ventanas, y dice qué vio en cada celda."""

import shutil
import subprocess
from xml.etree import ElementTree

from helpers.docencia.notas import FORMATOS

# El filtro de LibreOffice: separador, comillas, UTF-8, primera línea, y el idioma de cada país.
IDIOMAS = {"es": 3082, "mx": 2058}
TABLA = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
OFICINA = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
FALTA = "" if shutil.which("soffice") else "no está LibreOffice"
REMEDIO = "apt-get install libreoffice-calc-nogui"


def abre(ruta, formato):
    """Las filas de la hoja, como (tipo, valor) por celda; falla si alguna lleva una fórmula."""
    filtro = f"CSV:{ord(FORMATOS[formato].separador)},34,76,1,,{IDIOMAS[formato]},false,true"
    subprocess.run(
        ["soffice", "--headless", f"-env:UserInstallation={(ruta.parent / 'perfil').as_uri()}",
         f"--infilter={filtro}", "--convert-to", "fods", "--outdir", ruta.parent, ruta],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    arbol = ElementTree.parse(ruta.with_suffix(".fods"))
    return [_celdas(fila) for fila in arbol.iter(f"{TABLA}table-row")]


def _celdas(fila):
    vistas = []
    for celda in fila.iter(f"{TABLA}table-cell"):
        assert not celda.get(f"{TABLA}formula")
        texto = "".join(celda.itertext()).strip()
        vista = (celda.get(f"{OFICINA}value-type"), celda.get(f"{OFICINA}value") or texto)
        vistas += [vista] * min(int(celda.get(f"{TABLA}number-columns-repeated", 1)), 20)
    return vistas
