"""Lo que se pide a `save_model` y a `load_model`, revisado antes de tocar ningún archivo."""

import os
import stat
import warnings
from collections.abc import Iterable
from pathlib import Path

from helpers.errores import (
    AvisoDeModelo,
    ExtensionDesconocida,
    ModeloNoEncontrado,
    NoEsUnArchivo,
    NoEsUnModelo,
    OpcionDesconocida,
    YaExiste,
)
from helpers.escritura import modo_de
from helpers.metodos import METODOS

# «joblib comprimido» es joblib con `compress`.
PARA_GUARDAR = {n: metodo for n, metodo in METODOS.items() if n == metodo.libreria}
DE_EXTENSION = {ext: metodo for metodo in PARA_GUARDAR.values() for ext in metodo.extensiones}
DE_FABRICA = 3  # el `compress` que vale si nadie dice otro
NIVELES = range(10)


def exige_modelo(modelo):
    """Rechaza lo que no es un modelo entrenado."""
    if isinstance(modelo, str | os.PathLike):
        raise NoEsUnModelo(
            f"Esperaba un modelo y recibí el texto «{modelo}».",
            "los argumentos van al revés.",
            'con el modelo delante: `save_model(modelo, "modelos/modelo.joblib")`.',
        )
    if modelo is None or isinstance(modelo, type):
        que = "None" if modelo is None else f"la clase {modelo.__name__}"
        raise NoEsUnModelo(
            f"Esperaba un modelo entrenado y recibí {que}.",
            "se guarda la clase, o lo que devuelve una función sin `return`.",
            "con el objeto que devolvió `fit`.",
        )
    if hasattr(modelo, "fit") and not _entrenado(modelo):
        raise NoEsUnModelo(
            f"{type(modelo).__name__} no está entrenado: al cargarlo no podría predecir.",
            "se crea el modelo y se olvida `fit`.",
            "`modelo.fit(X, y)` antes de guardarlo.",
        )


def _entrenado(modelo):
    from sklearn.exceptions import NotFittedError
    from sklearn.utils.validation import check_is_fitted

    try:
        check_is_fitted(modelo)
    except NotFittedError:
        return False
    except (TypeError, AttributeError):  # no es de scikit-learn: no hay cómo saberlo
        return True
    return True


def avisa_si_es_del_cuaderno(modelo, metodo):
    """Avisa si el modelo usa una clase o una función que otro proceso no encontrará."""
    if metodo.nombre == "dill":  # guarda también el código
        return
    piezas = [modelo, *_parametros(modelo)]
    # Una función sabe dónde se escribió; de un objeto lo sabe su clase.
    clases = [pieza if hasattr(pieza, "__qualname__") else type(pieza) for pieza in piezas]
    suyas = [c.__qualname__ for c in clases if getattr(c, "__module__", "") == "__main__"]
    if suyas:
        warnings.warn(
            f"{', '.join(dict.fromkeys(suyas))}: está en este cuaderno, y el archivo solo lleva su "
            "nombre. Otro proceso no podrá cargar el modelo. Prueba a escribirlo en un módulo "
            "(`.py`) e importarlo de ahí.",
            AvisoDeModelo,
            stacklevel=3,
        )


def _parametros(modelo):
    try:
        return list(modelo.get_params(deep=True).values())
    except (AttributeError, TypeError):
        return []


def ruta_de(file_path):
    """La ruta, como `Path`; «~» es la carpeta personal. Rechaza lo que no nombra un archivo."""
    if not isinstance(file_path, str | os.PathLike):
        raise OpcionDesconocida(
            f"Esperaba la ruta de un archivo y recibí {type(file_path).__name__}.",
            "se pasa el archivo abierto, o el modelo en el lugar de la ruta.",
            'con un texto, como "modelos/modelo.joblib".',
        )
    ruta = Path(file_path)
    if ruta.parts[:1] == ("~",):  # si no, se crearía una carpeta que se llama así
        ruta = ruta.expanduser()
    if not ruta.name or "\0" in str(ruta):
        raise OpcionDesconocida(
            f"«{ruta}» no es el nombre de un archivo.",
            prueba='con un nombre y su extensión, como "modelos/modelo.joblib".',
        )
    return ruta


def elige_metodo(ruta, nombre=None, compress=0):
    """El método pedido o, si no se pide ninguno, el de la extensión.

    Parámetros
    ----------
    ruta : Path
    nombre : str, opcional
    compress : int
        El nivel que se le va a pedir; se rechaza si no existe o si el método no comprime.

    Devuelve
    --------
    helpers.metodos.Metodo
    """
    metodo = _el_de_la_extension(ruta) if nombre is None else _el_que_se_llama(nombre)
    _exige_compresion(metodo, compress)
    return metodo


def _el_que_se_llama(nombre):
    if nombre not in list(PARA_GUARDAR):  # en una lista se busca cualquier cosa
        raise ExtensionDesconocida(
            f"No conozco el método «{nombre}».",
            prueba="con uno de estos: " + ", ".join(PARA_GUARDAR) + ".",
        )
    return PARA_GUARDAR[nombre]


def _el_de_la_extension(ruta):
    if ruta.suffix.lower() not in DE_EXTENSION:
        extension = f"la extensión «{ruta.suffix}»" if ruta.suffix else "un nombre sin extensión"
        raise ExtensionDesconocida(
            f"No sé con qué método va {extension} («{ruta.name}»).",
            "falta la extensión, o es de otro programa.",
            f"con una de estas: {', '.join(DE_EXTENSION)}.",
        )
    return DE_EXTENSION[ruta.suffix.lower()]


def _exige_compresion(metodo, compress):
    # Ni True ni los números de numpy: joblib espera un `int` de Python.
    if type(compress) is not int or compress not in NIVELES:
        raise OpcionDesconocida(
            f"`compress={compress!r}` no es un nivel de compresión.",
            prueba="con un entero de 0 (sin comprimir) a 9.",
        )
    if not metodo.comprime and compress not in (0, DE_FABRICA):
        raise OpcionDesconocida(
            f"{metodo.nombre} no comprime, y pediste `compress={compress}`.",
            f"solo comprimen {' y '.join(n for n, m in PARA_GUARDAR.items() if m.comprime)}.",
            "con la extensión .joblib, o sin `compress`.",
        )


def exige_sitio(ruta, sobrescribir):
    """Rechaza guardar encima de una carpeta, o de un modelo que se quiere conservar."""
    modo = modo_de(ruta)
    if stat.S_ISDIR(modo):
        raise NoEsUnArchivo(
            f"«{ruta}» es una carpeta.",
            "falta el nombre del archivo.",
            f'con el nombre detrás: "{ruta.as_posix()}/modelo.joblib".',
        )
    if modo and not sobrescribir:
        raise YaExiste(
            f"Ya hay un archivo «{ruta}» y no se ha tocado.",
            "se guardó antes con el mismo nombre.",
            "con otro nombre, por ejemplo con la fecha; para sustituirlo, sobrescribir=True.",
        )


def exige_archivo(ruta):
    """Rechaza la ruta de la que no se puede leer un modelo."""
    try:
        modo = modo_de(ruta)
    except OSError:  # no se deja mirar: al abrirlo se sabrá por qué
        return
    if stat.S_ISDIR(modo):
        raise NoEsUnArchivo(
            f"«{ruta}» es una carpeta, y esperaba un archivo.",
            "falta el nombre del modelo.",
            f'`os.listdir("{ruta.as_posix()}")` y añadir el nombre a la ruta.',
        )
    if not modo:
        carpeta = ruta.parent.as_posix()
        raise ModeloNoEncontrado(
            f"No hay ningún archivo «{ruta}».",
            "no se ha guardado todavía, el nombre tiene otra letra, o estás en otra carpeta.",
            f'`os.listdir("{carpeta}")`, para ver qué hay.'
            if ruta.parent.is_dir()
            else f"`os.getcwd()`, para ver en qué carpeta estás: no hay ninguna «{carpeta}».",
        )


def exige_politica(versiones):
    """Rechaza un valor de `versiones` que no existe."""
    if versiones not in ("avisa", "estricto"):
        raise OpcionDesconocida(
            f"versiones={versiones!r} no es una opción.", prueba='con "avisa" o con "estricto".'
        )


def aprobados(metodo, confiar):
    """Los tipos aprobados, como tupla de textos o de clases."""
    if confiar is True:
        raise OpcionDesconocida(
            "confiar=True aprobaría cualquier cosa que el archivo nombre.",
            "así se hacía en skops antiguos.",
            'con la lista de tipos que has revisado: confiar=["sklearn.tree._tree.Tree"].',
        )
    es_lista = isinstance(confiar, Iterable) and not isinstance(confiar, str | type)
    tipos = tuple(confiar) if es_lista else (confiar,) if confiar else ()
    if not all(isinstance(tipo, str | type) for tipo in tipos):
        raise OpcionDesconocida(
            f"`confiar` espera nombres de tipos y recibió {confiar!r}.",
            prueba='con la lista que da el error: confiar=["sklearn.tree._tree.Tree"].',
        )
    if tipos and metodo.tipos is None:
        raise OpcionDesconocida(
            f"{metodo.nombre} no pregunta por tipos: `confiar` no lo haría más seguro.",
            "`confiar` es para los archivos de skops.",
            "sin `confiar`, y solo si te fías de quien hizo el archivo.",
        )
    return tipos
