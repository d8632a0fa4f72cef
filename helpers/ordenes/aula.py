"""Prepara el curso para un aula sin internet: una carpeta o un zip con todos los paquetes.

`python -m helpers aula curso-aula` hace la carpeta para equipos como este;
`python -m helpers aula curso-aula.zip`, un zip. Para otros equipos se dice cuáles, las veces que
haga falta: `--sistema windows --sistema macos --python 3.12`. Los sistemas son `windows`,
`macos` (con Apple Silicon) y `linux`. Hace falta conexión.
"""

import os
import shutil
import sys
import tempfile
import zipfile
from pathlib import Path

from helpers.docencia.curso import archivos_del_curso, copia_el_curso
from helpers.docencia.guiones import guion_de_unix, guion_de_windows, leeme
from helpers.errores import ErrorDelCurso
from helpers.espera import con_paciencia
from helpers.ordenes._argumentos import Lector
from helpers.ordenes._entorno_propio import repite_con_las_librerias
from helpers.ordenes._instalacion import RAIZ, RUEDAS
from helpers.ordenes._ruedas import PYTHONS, SISTEMAS, descarga, este_sistema

DENTRO_DEL_ZIP = "curso"


def ejecuta(argumentos):
    """Escribe la carpeta o el zip, de una vez: si algo falla no queda a medias.

    Parámetros
    ----------
    argumentos : list[str]
        El destino y, opcionales, `--sistema` y `--python`.

    Devuelve
    --------
    int
        0.

    Errores
    -------
    ErrorDelCurso
        Si no se entiende lo pedido, si el destino está ocupado o si no se puede descargar.
    """
    destino, sistemas, pythons = _lee(argumentos)
    pedido = [
        str(destino),
        *(f"--sistema={s}" for s in sistemas),
        *(f"--python={p}" for p in pythons),
    ]
    if (codigo := repite_con_las_librerias("aula", pedido, "packaging")) is not None:
        return codigo
    destino.parent.mkdir(parents=True, exist_ok=True)
    # Al lado del destino: así el último paso es cambiar un nombre, no copiar cientos de MB.
    with tempfile.TemporaryDirectory(prefix=".aula-", dir=destino.parent) as temporal:
        curso = Path(temporal) / DENTRO_DEL_ZIP
        _prepara(curso, sistemas, pythons)
        if destino.suffix == ".zip":
            con_paciencia(_comprime(curso, Path(temporal) / "aula.zip").replace, destino)
        else:
            if destino.is_dir():
                destino.rmdir()  # está vacía: ya se miró
            con_paciencia(curso.replace, destino)
    print(f"Listo: {destino}. Llévalo al aula y sigue su LEEME.txt.")
    return 0


def _prepara(curso, sistemas, pythons):
    copia_el_curso(curso)
    ruedas = curso / RUEDAS
    ruedas.mkdir()
    for sistema in sistemas:
        for python in pythons:
            print(f"Paquetes para {SISTEMAS[sistema].nombre} con Python {python}.", flush=True)
            descarga(ruedas, sistema, python)
    nombres = [SISTEMAS[sistema].nombre for sistema in sistemas]
    textos = {
        "LEEME.txt": leeme(nombres, pythons),
        "instalar.sh": guion_de_unix(pythons),
        "instalar.bat": guion_de_windows(pythons),
    }
    for nombre, texto in textos.items():
        (curso / nombre).write_bytes(texto.encode("utf-8"))
    (curso / "instalar.sh").chmod(0o755)
    megas = sum(ruta.stat().st_size for ruta in ruedas.iterdir()) // 10**6
    print(f"{len(archivos_del_curso())} archivos del curso y {megas} MB de paquetes.")


def _comprime(curso, zip_):
    """Un zip con una carpeta dentro. Las ruedas ya están comprimidas."""
    with zipfile.ZipFile(zip_, "w") as archivo:
        for ruta in sorted(curso.rglob("*")):
            if ruta.is_file():
                como = zipfile.ZIP_STORED if ruta.suffix == ".whl" else zipfile.ZIP_DEFLATED
                archivo.write(ruta, ruta.relative_to(curso.parent), compress_type=como)
    return zip_


def _lee(argumentos):
    """El destino, los sistemas y los Python pedidos; sin pedirlos, los de este equipo."""
    lector = Lector(
        f"python -m helpers aula curso-aula [--sistema {'|'.join(SISTEMAS)}] "
        f"[--python {'|'.join(PYTHONS)}]"
    )
    lector.add_argument("destino")
    lector.add_argument("--sistema", action="append", choices=SISTEMAS)
    lector.add_argument("--python", action="append", choices=PYTHONS)
    pedido = lector.lee(argumentos)
    destino = Path(os.path.abspath(pedido.destino))  # noqa: PTH100 resolve seguiría un enlace
    _mira_el_destino(destino)
    sistemas = pedido.sistema or [este_sistema()]
    if None in sistemas:
        raise ErrorDelCurso(
            "No conozco el sistema de este equipo.",
            prueba=f"a decir el del aula con --sistema: {', '.join(SISTEMAS)}.",
        )
    pythons = pedido.python or ["{}.{}".format(*sys.version_info)]
    return destino, list(dict.fromkeys(sistemas)), sorted(set(pythons))


def _mira_el_destino(destino):
    if destino.is_relative_to(RAIZ):
        raise ErrorDelCurso(
            "El destino está dentro del curso: se copiaría a sí mismo.",
            prueba="con una carpeta de fuera, como ../curso-aula.",
        )
    ocupado = any(destino.iterdir()) if destino.is_dir() else destino.exists()
    if ocupado:
        raise ErrorDelCurso(f"{destino} ya existe.", prueba="con otro nombre, o a borrarlo antes.")
    if shutil.disk_usage(_primera_que_existe(destino)).free < 2 * 10**9:
        raise ErrorDelCurso("Quedan menos de 2 GB en ese disco.", prueba="a liberar espacio.")


def _primera_que_existe(ruta):
    return next(carpeta for carpeta in ruta.parents if carpeta.is_dir())
