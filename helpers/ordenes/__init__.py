"""Una orden por archivo: `abrir.py` es `python -m helpers abrir`.

Para añadir una orden basta un archivo nuevo con una función `ejecuta(argumentos)`, que devuelve el
código de salida, y un docstring: su primera línea describe la orden y todo él es su ayuda. Los
archivos que empiezan por `_` son piezas comunes. Este módulo funciona con la biblioteca estándar:
corre antes de que haya nada instalado.
"""

import ast
import difflib
import importlib
import os
import sys
from pathlib import Path

from helpers.errores import ErrorDelCurso
from helpers.ordenes._problemas import explica_error_del_sistema

AYUDA = {"-h", "--help"}


def disponibles():
    """Busca las órdenes en esta carpeta, sin importarlas.

    Devuelve
    --------
    dict[str, str]
        Nombre de cada orden y la primera línea de su docstring, en orden alfabético.
    """
    ordenes = {}
    for archivo in sorted(Path(__file__).parent.glob("[!_]*.py")):
        texto = ast.get_docstring(ast.parse(archivo.read_text(encoding="utf-8"))) or ""
        ordenes[archivo.stem] = texto.partition("\n")[0]
    return ordenes


def principal(argumentos):
    """Ejecuta la orden que se pide y traduce lo que salga mal.

    Parámetros
    ----------
    argumentos : list[str]
        Lo que sigue a `python -m helpers`: el nombre de la orden y sus argumentos.

    Devuelve
    --------
    int
        El código de salida: 0 si todo fue bien, 1 si hubo un problema ya explicado,
        130 si se interrumpió, o el de JupyterLab o pytest.
    """
    for salida in (sys.stdout, sys.stderr):
        # Una consola sin tildes muestra «?»; nunca detiene la orden.
        salida.reconfigure(errors="replace")
    try:
        codigo = _despacha(argumentos)
        sys.stdout.flush()
        return codigo
    except KeyboardInterrupt:
        # Una petición que quedó a medias se quejaría al soltarla, desde Python 3.14.
        sys.unraisablehook = lambda _: None
        print("\nInterrumpido.", file=sys.stderr)
        return 130
    except BrokenPipeError:
        # Quien leía la salida (por ejemplo `head`) ya tiene bastante.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except OSError as error:
        print(explica_error_del_sistema(error), file=sys.stderr)
    except ErrorDelCurso as error:
        print(error, file=sys.stderr)
    return 1


def _despacha(argumentos):
    ordenes = disponibles()
    if not argumentos or argumentos[0] in AYUDA:
        print(_lista(ordenes))
        return 0
    nombre, *resto = argumentos
    if nombre not in ordenes:
        parecidas = difflib.get_close_matches(nombre, ordenes, n=1)
        sugerencia = f" ¿Querías decir «{parecidas[0]}»?" if parecidas else ""
        print(f"No conozco la orden «{nombre}».{sugerencia}\n", file=sys.stderr)
        print(_lista(ordenes), file=sys.stderr)
        return 1
    orden = importlib.import_module(f"helpers.ordenes.{nombre}")
    if AYUDA & set(resto):
        print(orden.__doc__.strip())
        return 0
    return orden.ejecuta(resto)


def _lista(ordenes):
    ancho = max(map(len, ordenes))
    lineas = [f"  {nombre:{ancho}}  {descripcion}" for nombre, descripcion in ordenes.items()]
    return "\n".join(["Uso: python -m helpers ORDEN", "", *lineas])
