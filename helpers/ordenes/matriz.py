"""Ejecuta las lecciones con otras versiones de scikit-learn y Python (para mantener el curso).

`python -m helpers matriz` prueba scikit-learn 1.6, 1.7, 1.8 y la más nueva con cada Python que haya
en el equipo, en entornos que se borran. Tarda unos tres minutos por entorno. `--sklearn 1.6 nueva`,
`--python 3.11` y `--lecciones 02d 07` prueban menos; `--readme` pone la tabla en README.md.
"""

import itertools
import re
import shutil

from helpers.errores import ErrorDelCurso
from helpers.escritura import reemplaza
from helpers.ordenes._argumentos import Lector
from helpers.ordenes._columna_de_matriz import nombre, prueba_uno
from helpers.ordenes._desechable import carpeta_desechable
from helpers.ordenes._instalacion import RAIZ
from helpers.ordenes._marcas import con_la_tabla
from helpers.ordenes._progreso import cuenta
from helpers.ordenes._pythons import busca_pythons
from helpers.ordenes._tabla_de_matriz import NUEVA, tabla

NO_HACEN_FALTA = (".*", "__pycache__")  # ni git, ni `.venv`, ni lo que dejan los programas
SKLEARN = ("1.6", "1.7", "1.8", NUEVA)


def ejecuta(argumentos):
    """Prueba cada scikit-learn con cada Python y enseña la tabla, o la pone en README.md.

    Parámetros
    ----------
    argumentos : list[str]
        `--sklearn`, `--python` y `--lecciones`, cada una con uno o más valores, y `--readme`.

    Devuelve
    --------
    int
        0 si todo pasa; 1 si falla una lección o si algún entorno no se pudo instalar.

    Errores
    -------
    ErrorDelCurso
        Si no se entiende lo pedido, si no hay ese Python o esa lección, si README.md no tiene dónde
        poner la tabla o si no se pudo instalar ningún entorno.
    """
    pedido = _lee(argumentos)
    cuadernos = _elige("la lección", _cuadernos(), pedido.lecciones)
    pythons = _elige("Python", busca_pythons(), pedido.python)
    readme = RAIZ / "README.md"
    if pedido.readme:
        con_la_tabla(readme, "matriz", "")  # que falte el sitio se sabe antes de probar
    columnas = prueba(pedido.sklearn, pythons, cuadernos)
    informe = tabla(columnas, list(cuadernos))
    print(f"\n{informe}")
    if all(columna.motivo for columna in columnas):
        raise ErrorDelCurso(
            "No se pudo instalar ningún entorno: no se ha probado nada.",
            prueba="a resolver lo que dice cada línea y a repetir la orden.",
        )
    if pedido.readme:
        reemplaza(readme, con_la_tabla(readme, "matriz", informe))
        print("\nLa tabla está en README.md.")
    return 0 if all(columna.pasa for columna in columnas) else 1


def _lee(argumentos):
    lector = Lector(
        "con python -m helpers matriz, y detrás --sklearn 1.6 nueva, --python 3.11, "
        "--lecciones 02d o --readme."
    )
    lector.add_argument("--readme", action="store_true")
    lector.add_argument("--sklearn", nargs="+", default=SKLEARN)
    lector.add_argument("--python", nargs="+", default=())
    lector.add_argument("--lecciones", nargs="+", default=())
    pedido = lector.lee(argumentos)
    for version in pedido.sklearn:
        if version != NUEVA and not re.fullmatch(r"\d+\.\d+(\.\d+)?", version):
            raise ErrorDelCurso(
                f"«{version}» no es una versión de scikit-learn.",
                prueba=f"con dos o tres números, como 1.6 o 1.6.1, o con la palabra {NUEVA}.",
            )
    if pedido.readme and pedido.lecciones:
        raise ErrorDelCurso(
            "La tabla de README.md lleva todas las lecciones.",
            prueba="con --readme sin --lecciones.",
        )
    return pedido


def _cuadernos():
    rutas = sorted((RAIZ / "notebooks").glob("*.ipynb"))
    return {ruta.stem.partition("_")[0]: ruta.relative_to(RAIZ) for ruta in rutas}


def _elige(que, hay, pedidos):
    """Lo pedido de lo que hay; sin pedir nada, todo."""
    for pedido in pedidos:
        if pedido not in hay:
            raise ErrorDelCurso(
                f"No encuentro {que} {pedido}.",
                prueba=f"con {', '.join(hay)}." if hay else "a instalarlo y a repetir la orden.",
            )
    if not hay:
        raise ErrorDelCurso(
            f"No encuentro {que} en ninguna de sus versiones.",
            prueba="a repetir la orden donde esté.",
        )
    return {nombre: hay[nombre] for nombre in dict.fromkeys(pedidos or hay)}


def prueba(versiones, pythons, cuadernos):
    """Prueba cada versión de scikit-learn con cada Python, cada par en su entorno.

    Parámetros
    ----------
    versiones : secuencia de str
        Como "1.6", "1.6.1" o "nueva".
    pythons : dict[str, str]
        De cada versión, como "3.11", su programa.
    cuadernos : dict[str, Path]
        De cada lección, su ruta desde la raíz del curso.

    Devuelve
    --------
    list[Columna]
    """
    pares = list(itertools.product(dict.fromkeys(versiones), pythons))
    columnas = []
    with carpeta_desechable("matriz") as base:
        # Una copia: lo que una lección escriba donde no debe no llega al curso, y quien lo edite
        # mientras tanto no cambia lo que se prueba.
        curso = base / "curso"
        shutil.copytree(RAIZ, curso, ignore=shutil.ignore_patterns(*NO_HACEN_FALTA))
        for numero, (sklearn, python) in enumerate(pares, start=1):
            cuenta(f"Entorno {numero} de {len(pares)}: {nombre(sklearn)} con Python {python}.")
            entorno, programa = base / str(numero), pythons[python]
            columnas.append(prueba_uno(entorno, curso, sklearn, python, programa, cuadernos))
            shutil.rmtree(entorno, ignore_errors=True)  # todos a la vez no siempre caben
    return columnas
