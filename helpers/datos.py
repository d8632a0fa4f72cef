"""Los datos de las lecciones: archivos de `data/` y notas inventadas con semilla."""

import hashlib
import re

from helpers.entorno import RAIZ
from helpers.errores import DatosDanados

# pandas y numpy se importan donde se usan: comprobar un archivo no debe tardar lo que ellos tardan.
CARPETA = RAIZ / "data"


def pinguinos():
    """Los 344 pingüinos de Palmer, con los huecos del original.

    Devuelve
    --------
    DataFrame de 344 × 8
        `especie`, `isla`, `largo_pico_mm`, `alto_pico_mm`, `largo_aleta_mm`,
        `masa_corporal_g`, `sexo`, `anio`.

    Errores
    -------
    DatosDanados
        Si el archivo falta o cambió desde que se publicó.

    Fuente: `data/README.md`.
    """
    import pandas as pd

    return pd.read_csv(archivo_de_datos("pinguinos.csv"))


def horas_de_estudio(semilla=42, alumnos=30):
    """Notas inventadas que dependen de las horas de estudio, más un poco de azar.

    La regla con la que se inventan es nota = 50 + 2 · horas + azar, con azar normal de 4 puntos.

    Parámetros
    ----------
    semilla : int
        La misma semilla da siempre los mismos datos.
    alumnos : int
        Cuántas filas.

    Devuelve
    --------
    DataFrame de alumnos × 2
        horas (por semana, de 0.5 a 20) y nota (de 0 a 100).
    """
    import numpy as np
    import pandas as pd

    azar = np.random.default_rng(semilla)
    horas = azar.uniform(0.5, 20, alumnos).round(1)
    nota = (50 + 2 * horas + azar.normal(0, 4, alumnos)).clip(0, 100).round(1)
    return pd.DataFrame({"horas": horas, "nota": nota})


def archivo_de_datos(nombre):
    """La ruta de un archivo de `data/`, después de comprobar que es el publicado.

    Parámetros
    ----------
    nombre : str
        Como figura en la tabla de `data/README.md`.

    Devuelve
    --------
    Path

    Errores
    -------
    DatosDanados
        Si falta o su huella SHA-256 no es la de la tabla.
    """
    ruta = CARPETA / nombre
    if not ruta.is_file():
        raise DatosDanados(
            f"No encuentro data/{nombre}.",
            "se borró o se copió solo una parte del curso.",
            f"`git checkout -- data/{nombre}`, o descarga el curso otra vez.",
        )
    if hashlib.sha256(ruta.read_bytes()).hexdigest() != huella_publicada(nombre):
        raise DatosDanados(
            f"data/{nombre} no es el archivo publicado: su huella no coincide.",
            "se abrió y se guardó con otro programa, por ejemplo una hoja de cálculo.",
            f"`git checkout -- data/{nombre}`.",
        )
    return ruta


def huella_publicada(nombre):
    """La huella SHA-256 que `data/README.md` da para un archivo.

    Parámetros
    ----------
    nombre : str
        Como figura en la tabla.

    Devuelve
    --------
    str
        64 cifras hexadecimales.

    Errores
    -------
    DatosDanados
        Si la tabla no lo nombra.
    """
    tabla = (CARPETA / "README.md").read_text(encoding="utf-8")
    fila = re.search(rf"^\| `{re.escape(nombre)}` \|.*?`([0-9a-f]{{64}})`", tabla, re.MULTILINE)
    if fila is None:
        raise DatosDanados(f"data/README.md no tiene la huella de {nombre}.")
    return fila[1]
