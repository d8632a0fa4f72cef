"""Mide lo que cuestan save_model y load_model (para mantener el curso).

`python -m helpers medir` lo enseña; con `--readme`, lo pone en README.md; con `--carpeta RUTA`,
mide el disco de esa carpeta y no el de los archivos temporales. Tarda menos de un minuto. Con
`--llegada` mide otra cosa, en un cuarto de hora: lo que se tarda en llegar al curso, sus lecciones
y sus pruebas.
"""

import contextlib
import datetime
import importlib.util
import os
import platform
import random
from pathlib import Path

from helpers.errores import ErrorDelCurso
from helpers.escritura import reemplaza
from helpers.ordenes._argumentos import Lector
from helpers.ordenes._desechable import carpeta_desechable
from helpers.ordenes._instalacion import PYTHON, RAIZ, corre, en_el_entorno
from helpers.ordenes._llegada import mide_llegada, tabla_de_llegada
from helpers.ordenes._marcas import con_la_tabla
from helpers.ordenes._progreso import cuenta
from helpers.ordenes._sistema import compania, sistema

COEFICIENTES = (1, 125_000, 12_500_000)  # archivos de unos 500 B, 1 MB y 100 MB
LIBRERIAS = ("scikit-learn", "joblib", "skops", "numpy")
MONTADOS = Path("/proc/self/mounts")  # solo en Linux


def ejecuta(argumentos):
    """Mide y enseña la tabla, o la pone en README.md.

    Parámetros
    ----------
    argumentos : list[str]
        `--readme`, `--carpeta RUTA` y `--llegada`, todas opcionales.

    Devuelve
    --------
    int
        0.

    Errores
    -------
    ErrorDelCurso
        Si no se entiende lo pedido, si este Python no tiene las librerías, si no se puede escribir
        en la carpeta o si README.md no tiene dónde poner la tabla.
    """
    pedido = _lee(argumentos)
    if PYTHON.exists() and not en_el_entorno():
        # `corre` cambia de carpeta. Si `--carpeta` se dice dos veces, vale la segunda.
        entera = ["--carpeta", str(pedido.carpeta)] if pedido.carpeta else []
        return corre("-m", "helpers", "medir", *argumentos, *entera)
    if not importlib.util.find_spec("skops"):
        raise ErrorDelCurso(
            "Este Python no tiene las librerías del curso.",
            prueba="a preparar el curso con python -m helpers probar y a repetir la orden.",
        )
    readme = RAIZ / "README.md"
    sitio = "llegada" if pedido.llegada else "medir"
    if pedido.readme:
        con_la_tabla(readme, sitio, "")  # que falte el sitio se sabe antes de medir
    informe = llegada(pedido.carpeta) if pedido.llegada else mide(COEFICIENTES, pedido.carpeta)
    if pedido.readme:
        reemplaza(readme, con_la_tabla(readme, sitio, informe))
        print("La tabla está en README.md.")
    else:
        print(informe)
    return 0


def _lee(argumentos):
    lector = Lector("con python -m helpers medir, y detrás --readme, --llegada o --carpeta RUTA.")
    lector.add_argument("--readme", action="store_true")
    lector.add_argument("--llegada", action="store_true")
    lector.add_argument("--carpeta", type=lambda ruta: Path(ruta).resolve())
    pedido = lector.lee(argumentos)
    if pedido.carpeta and not pedido.carpeta.is_dir():
        raise ErrorDelCurso(
            f"No encuentro la carpeta «{pedido.carpeta.name}».", prueba="a crearla antes de medir."
        )
    return pedido


def mide(coeficientes, carpeta=None, esfuerzo=None):
    """Mide regresiones de esos tamaños y redacta el informe.

    Parámetros
    ----------
    coeficientes : secuencia de int
        De menos a más; cada uno ocupa 8 bytes.
    carpeta : Path, opcional
        La del disco que se mide. Sin ella, la de los archivos temporales.
    esfuerzo : helpers._medicion.rondas.Esfuerzo, opcional
        Cuántas rondas. Sin él, las que caben en menos de un minuto.

    Devuelve
    --------
    str
        La fecha, las versiones, el equipo y las tablas, en Markdown.
    """
    # Aquí: la lista de órdenes y sus errores no necesitan ninguna librería.
    from helpers._medicion.barra import barra_de_progreso
    from helpers._medicion.coste import tabla
    from helpers._medicion.guardado import ESFUERZO, mide_guardado
    from helpers._medicion.modelos import regresion_de

    azar, medidas = random.Random(0), []
    with _carpeta_propia(carpeta) as propia:
        cabecera = _cabecera(propia)
        for numero, cuantos in enumerate(coeficientes, start=1):
            cuenta(f"Mido el modelo {numero} de {len(coeficientes)}.")
            with barra_de_progreso() as barra:
                modelo = regresion_de(cuantos)
                medidas.append(mide_guardado(modelo, propia, esfuerzo or ESFUERZO, azar, barra))
    return f"{cabecera}\n\n{tabla(medidas)}"


def llegada(carpeta=None):
    """Mide lo que se tarda en llegar al curso y en recorrerlo, y redacta el informe.

    Parámetros
    ----------
    carpeta : Path, opcional
        La del disco donde se clona. Sin ella, la de los archivos temporales.

    Devuelve
    --------
    str
        La fecha, el equipo y la tabla, en Markdown.
    """
    with _carpeta_propia(carpeta) as propia:
        cabecera = (
            f"Medido el {datetime.date.today().isoformat()} con Python "
            f"{platform.python_version()}, en un equipo de {os.cpu_count()} núcleos con "
            f"{sistema()}.{compania()} El curso se clona de una carpeta de ese equipo. Con una "
            "red más lenta que la suya se añade lo que tarden en descargarse los paquetes."
        )
        return f"{cabecera}\n\n{tabla_de_llegada(mide_llegada(propia))}"


@contextlib.contextmanager
def _carpeta_propia(donde):
    """Una carpeta vacía del disco que se mide, que se borra siempre."""
    with contextlib.ExitStack() as al_salir:
        try:
            propia = al_salir.enter_context(carpeta_desechable("medir", donde))
        except OSError as error:
            raise ErrorDelCurso(
                "No se puede escribir en la carpeta que se quiere medir.",
                "es de solo lectura, es de otra persona o su disco está lleno.",
                "con otra: python -m helpers medir --carpeta RUTA",
            ) from error
        yield propia


def _cabecera(carpeta):
    from importlib.metadata import version

    import joblib

    disco = _tipo_de_disco(carpeta)
    versiones = ", ".join(f"{libreria} {version(libreria)}" for libreria in LIBRERIAS)
    return (
        f"Medido el {datetime.date.today().isoformat()} con Python {platform.python_version()}, "
        f"{versiones}, en un equipo de {joblib.cpu_count()} núcleos con {sistema()}"
        f"{f' y un disco `{disco}`' if disco else ''}.{compania()} Sin comprimir. Cada cifra es "
        "cuántas veces se tarda lo que joblib, cuyo tiempo está entre paréntesis: la mediana de "
        "las razones de cada ronda. En las metas, los paréntesis encierran la mitad central de "
        "las rondas."
    )


def _tipo_de_disco(carpeta):
    """El sistema de archivos de una carpeta, como «ext4»; None si no se sabe."""
    try:
        montados = [linea.split()[1:3] for linea in MONTADOS.read_text("utf-8").splitlines()]
    except OSError:
        return None
    suyos = [
        (len(sitio), tipo)
        for sitio, tipo in montados
        if carpeta.resolve().is_relative_to(sitio.replace("\\040", " "))
    ]
    # El más cercano a la carpeta; de dos en el mismo sitio, el que se ve es el último.
    return max(reversed(suyos), key=lambda suyo: suyo[0])[1] if suyos else None
