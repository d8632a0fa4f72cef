"""Mensajes sobre clases, funciones y librerías: lo que el archivo nombra y no lleva."""

from helpers._diagnostico.causa import Causa

CAUSAS = (
    # --- Clases y funciones -----------------------------------------------------------------------
    Causa(
        "clase_del_cuaderno",
        (
            r"Can't get attribute '(?P<que>[^']+)' on <module '__main__'",
            r"module '__main__' has no attribute '(?P<que>[^']+)'",
        ),
        "El archivo nombra «{que}», que se escribió en el cuaderno o programa que lo guardó.",
        "se guarda el nombre de una clase o de una función, y no su código.",
        "a escribirla en un módulo (`.py`), a importarla de ahí y a guardar otra vez.",
        "02a, apartado 4, «Una función y una clase»",
    ),
    Causa(
        "nombre_que_ya_no_esta",
        (
            r"Can't get attribute '(?P<que>[^']+)' on <module '(?P<modulo>[^']+)'",
            r"module '(?P<modulo>[^']+)' has no attribute '(?P<que>[^']+)'",  # desde Python 3.14
        ),
        "El módulo «{modulo}» está, pero ya no tiene «{que}».",
        "el módulo cambió después de guardar, o hay otro con el mismo nombre.",
        "a devolver el módulo a como estaba, o a instalar la versión con la que se guardó.",
        "04b, apartado 6, «Las respuestas»",
    ),
    Causa(
        "sin_nombre",
        (
            r"<lambda>",
            r"Can't (?:pickle|get) local object",
            r"<locals>",
        ),
        "El modelo lleva una función sin nombre (`lambda`), o escrita dentro de otra.",
        "pickle y joblib guardan el nombre de una función, y esa no tiene uno que se pueda buscar.",
        "a escribirla con `def` en un módulo (`.py`), o a guardar con dill.",
        "02c, apartado 1, «Lo que pickle rechaza»",
    ),
    Causa(
        "celda_repetida",
        (r"it's not the same object as __main__\.(?P<que>\w+)",),
        "El objeto es de la «{que}» de antes, y ahora hay otra con el mismo nombre.",
        "se ejecutó otra vez la celda que define la clase.",
        "a crear el objeto de nuevo, con la clase de ahora, y a guardarlo.",
        "02a, apartado 4, «Una función y una clase»",
    ),
    Causa(
        "nombre_que_no_viajo",
        (r"name '(?P<que>\w+)' is not defined",),
        "Se usa «{que}», y aquí no existe.",
        "falta ejecutar la celda que lo define, o su `import`; y dill se lleva una función sin lo "
        "que toma de fuera.",
        "a ejecutar esa celda; si es de dill, a importar dentro de la función lo que usa, o a "
        "guardar con `recurse=True`.",
        "02c, apartado 2, «Una función con numpy»",
    ),
    Causa(
        "no_son_datos",
        (
            r"cannot pickle '(?P<que>[\w.]+)' (?:object|instances)",
            r"can't pickle (?P<que>[\w.]+) objects",
        ),
        "El modelo lleva dentro algo que no son datos: «{que}».",
        "guarda un cerrojo, un archivo abierto o una conexión, que solo valen en este proceso.",
        "a quitarlo en `__getstate__` y a crearlo de nuevo en `__setstate__`.",
        "02a, apartado 6, «Decidir qué se guarda»",
    ),
    # --- Otras versiones --------------------------------------------------------------------------
    Causa(
        "aviso_de_version",
        (
            r"Trying to unpickle estimator (?P<que>\w+) from version (?P<antes>[\w.]+)",
            r"(?P<que>Inconsistent)(?P<antes>Version)Warning",
        ),
        "El modelo se guardó con otra versión de scikit-learn. Se ha cargado, y eso no basta.",
        "se actualizó la librería después de guardar.",
        "a comparar lo que responde con lo que respondía, antes de usarlo.",
        "07, apartado 1, «Un bosque de otra versión»",
    ),
    Causa(
        "arbol_de_otra_version",
        (r"node array from the pickle has an incompatible dtype",),
        "Los árboles del archivo tienen la forma de otra versión de scikit-learn.",
        "cada versión guarda sus árboles a su manera, y esta no entiende los de aquella.",
        "a instalar la versión con la que se guardó, o a entrenar y guardar otra vez.",
        "07, apartado 3, «Los que no se cargan»",
    ),
    Causa(
        "modulo_interno",
        (
            r"No module named '(?P<que>_loss)'",
            r"No module named '(?P<que>sklearn\.\w+\._gb_losses)'",
        ),
        "El archivo pide «{que}», un módulo interno de otra versión de scikit-learn.",
        "las piezas internas de los `GradientBoosting` cambian de sitio con las versiones.",
        "a instalar la versión con la que se guardó, o a entrenar y guardar otra vez.",
        "07, apartado 3, «Los que no se cargan»",
    ),
    Causa(
        "modulo_con_otro_nombre",
        (r"No module named '(?P<que>sklearn\.[\w.]+)'",),
        "El archivo pide «{que}», que en este scikit-learn no existe.",
        "es de una versión muy anterior: desde la 0.22 muchos módulos empiezan por `_`.",
        "a instalar la versión con la que se guardó, o a entrenar y guardar otra vez.",
        "07, apartado 3, «Los que no se cargan»",
    ),
    Causa(
        "numpy_distinto",
        (
            r"No module named '(?P<que>numpy\._?core[\w.]*)'",
            r"(?P<que>\S+) is not a known BitGenerator module",
        ),
        "El archivo es de otro numpy: aquí no se reconoce «{que}».",
        "se guardó con numpy 2 y aquí hay numpy 1, o al revés.",
        "a instalar la versión de numpy con la que se guardó.",
        "07, apartado 5, «Migrar»",
    ),
    Causa(
        "joblib_antiguo",
        (r"KeyError: (?:0|10)$",),
        "joblib ha encontrado un byte que no entiende.",
        "el archivo lo escribió joblib 1.2 o posterior, y el de aquí es anterior; o está dañado.",
        "a actualizar joblib. Si sigue igual, con otra copia del archivo.",
        "02b, apartado 5, «Antes de fiarte»",
    ),
    Causa(
        "protocolo",
        (r"unsupported pickle protocol: (?P<que>\d+)",),
        "El archivo usa el protocolo {que} de pickle, y este Python no lo conoce.",
        "se guardó con un Python más nuevo, o el archivo está dañado.",
        "a cargarlo con un Python más nuevo, o a guardar con `protocol=4`.",
        "02a, apartado 3, «Lo que pickle escribe»",
    ),
    Causa(
        "falta_un_atributo",
        (r"'(?P<que>[\w.]+)' object has no attribute '(?P<cual>\w+)'",),
        "A un objeto «{que}» le falta «{cual}».",
        "si lo acabas de cargar, lo guardó otra versión, que no tenía ese atributo; si no, el "
        "nombre lleva una errata.",
        "a mirar con qué versión se guardó. Si es otra, a entrenar y guardar de nuevo.",
        "07, apartado 5, «Migrar»",
    ),
)
