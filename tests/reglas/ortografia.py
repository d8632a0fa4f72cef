"""Ortografía española con hunspell y una lista de palabras propias del curso."""

import re
import shutil
import subprocess
from pathlib import Path

PALABRAS = Path(__file__).resolve().parents[1] / "palabras.txt"
PALABRA = re.compile(r"(?<![\w-])[A-Za-zÀ-ÖØ-öø-ÿ]{2,}(?!\w)")
ORDEN = ["hunspell", "-d", "es_ES", "-i", "UTF-8"]


def falta_hunspell():
    """Por qué no se puede revisar la ortografía; vacío si se puede."""
    if not shutil.which("hunspell"):
        return "no está hunspell"
    if subprocess.run([*ORDEN, "-l"], input=b"", capture_output=True).returncode:
        return "hunspell no tiene el diccionario es_ES"
    return ""


def lista():
    """Las palabras propias del curso, en el orden del archivo."""
    return PALABRAS.read_text(encoding="utf-8").split()


def admite(propias, palabra):
    """Una palabra propia en minúscula vale también con mayúscula; una con mayúscula, solo así."""
    return palabra in propias or palabra.lower() in propias


def lugares(fuentes):
    """Dónde aparece cada palabra de una prosa: dict de palabra a lista de lugares."""
    donde = {}
    for lugar, texto in fuentes:
        for palabra in PALABRA.findall(texto):
            donde.setdefault(palabra, []).append(lugar)
    return donde


def desconocidas(fuentes, propias):
    """Da una frase por cada palabra que no es española ni propia, con el primer lugar.

    Parámetros
    ----------
    fuentes : iterable de (str, str)
        Lugar y prosa.
    propias : colección de str
    """
    donde = lugares(fuentes)
    dudosas = [palabra for palabra in donde if not admite(propias, palabra)]
    # Una palabra por línea, y -L devuelve líneas: hunspell no decide dónde termina cada una.
    salida = subprocess.run(
        [*ORDEN, "-L"], input="\n".join(dudosas).encode(), capture_output=True, check=True
    ).stdout.decode()
    for palabra in sorted(set(salida.split()), key=str.casefold):
        yield (
            f"{donde[palabra][0]}: «{palabra}» no está en el diccionario. Corrígela o, si es un "
            f"nombre propio o un término del curso, añádela a tests/palabras.txt"
        )


def sobrantes(fuentes, propias):
    """Las palabras propias que ya nadie usa."""
    usadas = set(lugares(fuentes))
    minusculas = {palabra.lower() for palabra in usadas}
    return [palabra for palabra in propias if palabra not in usadas | minusculas]
