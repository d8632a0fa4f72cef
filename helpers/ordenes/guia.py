"""Rehace la guía para docentes, notebooks/docencia, desde las lecciones (para mantener el curso).

`python -m helpers guia` escribe una página por lección y los planes de clase. Hay que repetirla
cuando cambian una lección o sus ejercicios; una prueba lo recuerda.
"""

from helpers.errores import ErrorDelCurso
from helpers.ordenes._entorno_propio import repite_con_las_librerias
from helpers.ordenes._escritura import reemplaza
from helpers.ordenes._instalacion import RAIZ


def ejecuta(argumentos):
    """Escribe las páginas que cambian.

    Parámetros
    ----------
    argumentos : list[str]
        Ninguno, o `--help`.

    Devuelve
    --------
    int
        0.
    """
    if {"-h", "--help"} & set(argumentos):
        print(__doc__.strip())
        return 0
    if argumentos:
        raise ErrorDelCurso(
            f"No entiendo «{' '.join(argumentos)}».", prueba="con `python -m helpers guia`."
        )
    if (codigo := repite_con_las_librerias("guia", [], "skops", "mistune")) is not None:
        return codigo
    from helpers.docencia.guia import CARPETA, paginas

    carpeta, cambiadas = RAIZ / CARPETA, 0
    carpeta.mkdir(exist_ok=True)
    for nombre, texto in paginas().items():
        archivo = carpeta / nombre
        if not archivo.exists() or archivo.read_text(encoding="utf-8") != texto:
            reemplaza(archivo, texto)
            cambiadas += 1
    print(f"La guía está al día. Páginas cambiadas: {cambiadas}.")
    return 0
