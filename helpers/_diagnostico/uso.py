"""Mensajes sobre el modelo, skops y el sistema, y los que quedan."""

from helpers._diagnostico.causa import Causa

CAUSAS = (
    # --- El modelo --------------------------------------------------------------------------------
    Causa(
        "sin_entrenar",
        (r"This (?P<que>\w+) instance is not fitted yet",),
        "El modelo «{que}» está sin entrenar.",
        "se guardó antes de `fit`, o se copió con `clone`, que no copia lo aprendido.",
        "a entrenarlo y a guardarlo después.",
        "01, apartado 3, «Lo que aprende una regresión»",
    ),
    Causa(
        "clase_y_no_modelo",
        (r"(?P<que>\w+)\(\) missing 1 required positional argument: 'X'",),
        "Se llama a `{que}` de una clase, y no de un modelo.",
        "se guardó `LinearRegression` en lugar de `LinearRegression().fit(X, y)`.",
        "a crear el modelo, con paréntesis, a entrenarlo y a guardarlo.",
        "02a, apartado 4, «Una función y una clase»",
    ),
    Causa(
        "otras_columnas",
        (
            r"The feature names should match those that were passed during fit",
            r"X has \d+ features, but (?P<que>\w+) is expecting",
            r"X does not have valid feature names",
        ),
        "La tabla no tiene las columnas con las que se entrenó el modelo.",
        "faltan, sobran o cambiaron de orden; o se olvidó un paso anterior, como la escala.",
        "a darle las columnas de `modelo.feature_names_in_`, y a guardar el `Pipeline` entero.",
        "04b, apartado 4, «Las columnas»",
    ),
    # --- skops ------------------------------------------------------------------------------------
    Causa(
        "tipos_sin_aprobar",
        (r"Untrusted types found in the file: (?P<que>\[.*?\])",),
        "skops no carga tipos que no has aprobado: {que}.",
        "solo carga por su cuenta los que sabe inofensivos.",
        "a decidir si te fías de cada uno y a escribirlos, uno a uno, en `trusted`.",
        "02d, apartado 2, «Un bosque»",
    ),
    Causa(
        "confiar_en_todo",
        (r"CVE-2024-37065",),
        "`trusted=True` ya no existe en skops.",
        "el ejemplo es antiguo. Se quitó porque aprobaba lo que el archivo quisiera.",
        "con la lista de los tipos que apruebas, escrita por ti.",
        "02d, apartado 3, «Un archivo hecho a mano»",
    ),
    # --- El sistema -------------------------------------------------------------------------------
    Causa(
        "no_existe",
        # En Windows el texto está en el idioma del sistema: lo fijo es el número.
        (r"(?:No such file or directory|\[WinError [23]\][^']*): '(?P<que>[^']+)'",),
        "No existe «{que}», o la carpeta donde tendría que estar.",
        "la carpeta no se ha creado, o el programa trabaja en otra.",
        "a crearla con `Path(carpeta).mkdir(parents=True, exist_ok=True)`; `Path.cwd()` dice "
        "dónde trabajas.",
        "04a, apartado 2, «Dos funciones publicadas»",
    ),
    Causa(
        "disco_lleno",
        (r"No space left on device", r"\[WinError (39|112)\]"),
        "El disco está lleno: el archivo ha quedado a medias.",
        "no hay sitio para el modelo.",
        "a liberar espacio y a guardar otra vez. `save_model` deja intacto el modelo anterior.",
        "04a, apartado 3, «Aparte, y de una vez»",
    ),
    Causa(
        "sin_permiso",
        (r"Permission denied", r"Read-only file system", r"\[WinError (5|32|33|1224)\]"),
        "El sistema no deja escribir o leer ahí.",
        "la carpeta es de otra persona, o el archivo está abierto en otro programa. En Windows, "
        "también si la ruta es la de una carpeta.",
        "con una carpeta tuya, a cerrar el otro programa, o con la ruta entera del archivo.",
        "04a, apartado 6, «La versión del curso»",
    ),
    Causa(
        "es_una_carpeta",
        (r"Is a directory: '(?P<que>[^']+)'",),
        "«{que}» es una carpeta, y hace falta un archivo.",
        "la ruta se queda corta: le falta el nombre del archivo.",
        'con la ruta entera, como "modelos/notas.joblib".',
        "04a, apartado 6, «La versión del curso»",
    ),
    Causa(
        "sin_memoria",
        (r"Unable to allocate (?P<que>[\d.]+ \w+)", r"(?P<que>Memory)Error"),
        "No hay memoria bastante.",
        "el modelo es muy grande, o el archivo está dañado y dice que lo es.",
        "a cerrar otros programas. Si el archivo ocupa poco, con otra copia.",
        "02b, apartado 3, «Un modelo de 35 MB»",
    ),
    # --- Lo que queda -----------------------------------------------------------------------------
    Causa(
        "falta_el_curso",
        (r"No module named '?helpers\b",),
        "Python no encuentra las herramientas del curso.",
        "la terminal no está en la carpeta del curso, o se saltó la primera celda.",
        "a ejecutar las dos primeras celdas; en una terminal, a entrar antes con `cd`.",
        "00, apartado 1, «Comprueba tu equipo»",
    ),
    Causa(
        "skops_sin_orden",
        (
            r"No module named skops\.__main__",
            r"skops: (?:command )?not found",
            r"'skops' is not rec",
        ),
        "skops no se puede llamar desde la terminal.",
        "su documentación enseña `skops convert`, y el paquete ya no instala esa orden.",
        "a convertir desde Python: se carga con pickle y se guarda con `skops.io.dump`.",
        "02d, apartado 1, «Un archivo que se deja abrir»",
    ),
    Causa(
        "falta_una_libreria",
        (r"No module named '?(?P<que>[\w.]+)",),
        "El archivo, o el programa, pide «{que}», y aquí no está.",
        "falta instalar una librería, o copiar un módulo tuyo.",
        "a instalarla, o a poner tu módulo en la carpeta del programa.",
        "02a, apartado 4, «Una función y una clase»",
    ),
)
