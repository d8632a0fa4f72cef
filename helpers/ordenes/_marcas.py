"""La parte de README.md que escribe una orden: lo que hay entre sus dos marcas."""

import re

from helpers.errores import ErrorDelCurso


def marcas(orden):
    """Da las dos líneas entre las que escribe una orden.

    Parámetros
    ----------
    orden : str
        Su nombre, como "medir".

    Devuelve
    --------
    tuple[str, str]
    """
    return f"<!-- {orden} -->", f"<!-- /{orden} -->"


def con_la_tabla(readme, orden, tabla):
    """Da el texto de README.md con una tabla entre las dos marcas. No escribe nada.

    Parámetros
    ----------
    readme : Path
        El archivo.
    orden : str
        La que escribe entre esas marcas.
    tabla : str
        Lo que sustituye a lo que hubiera.

    Devuelve
    --------
    str

    Errores
    -------
    ErrorDelCurso
        Si las marcas no están, o están más de una vez.
    """
    texto = readme.read_bytes().decode("utf-8")
    abre, cierra = map(re.escape, marcas(orden))
    nuevo, cambios = re.subn(
        f"({abre}\n).*?(?={cierra})",
        lambda hallado: f"{hallado[1]}{tabla}\n",
        texto,
        flags=re.DOTALL,
    )
    if cambios != 1:
        raise ErrorDelCurso(
            "README.md no tiene dónde poner la tabla.",
            prueba=f"a escribir en él, una vez, estas dos líneas: {' y '.join(marcas(orden))}",
        )
    return nuevo
