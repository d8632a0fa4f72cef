"""La ficha que acompaña a un modelo: qué es, con qué se hizo y cómo comprobar que es él.

Es un archivo JSON al lado del modelo: `modelo.joblib` y `modelo.joblib.json`.
"""

import contextlib
import datetime
import json
import os
import re

from helpers._persistencia import ejemplo as ejemplos
from helpers._persistencia.entrada import PARA_GUARDAR, ruta_de
from helpers._persistencia.explica import NO_ES, al_abrir, con_articulo
from helpers._persistencia.versiones import versiones
from helpers.errores import FichaDanada, HuellaDistinta, ModeloNoEncontrado, OpcionDesconocida
from helpers.escritura import huella_de, sitios
from helpers.espera import con_paciencia
from helpers.inspeccion import formato

FORMATO = 1  # cambia si un día la ficha deja de leerse como esta
# Lo que toda ficha lleva, con su tipo. El resto puede ser `null`.
OBLIGATORIO = {"formato": int, "metodo": str, "clase": str, "bytes": int, "sha256": str,
               "guardado": str, "versiones": dict}  # fmt: skip
# Por qué la huella es otra y qué probar, si el archivo sigue pareciendo un modelo.
DE_OTRA_HUELLA = ("se copió o se descargó a medias, se dañó, o alguien lo cambió sin `save_model`.",
                  "a traer otra copia del modelo y de su ficha.")  # fmt: skip
DE_OTRA_FICHA = (
    "se editó a mano, o se copió a medias.",
    "a recuperarla de una copia. Si te fías del modelo, `load_model(…, verificar=False)`.",
)
FILA = re.compile(r"\[(\n[^\[\]{}]*\n *)\]")


def redacta(modelo, metodo, *, datos=None, metricas=None, ejemplo=None):
    """La ficha de un modelo que se va a guardar. Faltan los datos del archivo.

    Parámetros
    ----------
    modelo : el modelo entrenado
    metodo : helpers.metodos.Metodo
    datos : str o dict, opcional
        De dónde salieron los datos.
    metricas : dict, opcional
        Por ejemplo {"r2": 0.91}.
    ejemplo : dict, opcional
        Lo que da `helpers._persistencia.ejemplo.toma`.

    Devuelve
    --------
    dict

    Errores
    -------
    OpcionDesconocida
        Si algo no se puede escribir en JSON.
    """
    clase = type(modelo)
    ficha = {
        "formato": FORMATO,
        "clase": f"{clase.__module__}.{clase.__qualname__}",
        "metodo": metodo.nombre,
        "guardado": datetime.datetime.now().astimezone().isoformat(" ", "seconds"),
        "versiones": versiones(metodo.libreria),
        "columnas": _lista(getattr(modelo, "feature_names_in_", None)),
        "datos": datos,
        "metricas": metricas,
        "ejemplo": ejemplo,
    }
    try:  # si algo no cabe en JSON, mejor saberlo antes de escribir el modelo
        _en_json(ficha).encode("utf-8")
    except (TypeError, ValueError, RecursionError) as error:
        raise OpcionDesconocida(
            f"La ficha es un texto y no admite esto: {error}.",
            "en `datos` se pasan los datos y no de dónde salieron, o una métrica es NaN.",
            'con un texto, como datos="data/pinguinos.csv", o con números sueltos.',
        ) from error
    return ficha


def escribe(ficha, ruta):
    """Escribe la ficha y espera a que el disco la tenga."""
    with ruta.open("w", encoding="utf-8", newline="\n") as archivo:
        archivo.write(_en_json(ficha))
        archivo.flush()
        os.fsync(archivo.fileno())


def de(file_path):
    """La ficha que acompaña a un modelo, sin abrir el modelo.

    Parámetros
    ----------
    file_path : str o Path
        La ruta del modelo.

    Devuelve
    --------
    dict

    Errores
    -------
    ModeloNoEncontrado, FichaDanada, NoSePudoLeer
        Si no hay ficha, si no está entera o si el sistema no deja leerla.
    """
    ruta = ruta_de(file_path)
    with al_abrir(ruta):
        donde = sitios(ruta).ficha
        ficha = lee(donde)
    if ficha is None:
        raise ModeloNoEncontrado(
            f"No hay ninguna ficha «{donde}».",
            "el modelo no se guardó con `save_model`, o se copió sin su ficha.",
            "a guardarlo otra vez, o a copiar también el archivo que acaba en `.json`.",
        )
    return ficha


def lee(ruta):
    """La ficha que hay en `ruta`, o None si no hay ninguna.

    Errores
    -------
    FichaDanada
        Si no es una ficha entera.
    """
    try:
        ficha = json.loads(ruta.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    except (OSError, ValueError, RecursionError) as error:
        raise _danada(ruta, "no se puede leer") from error
    if not isinstance(ficha, dict):
        raise _danada(ruta, "no tiene la forma de una ficha")
    if isinstance(ficha.get("formato"), int) and ficha["formato"] != FORMATO:
        raise _danada(
            ruta,
            f"es del formato {ficha['formato']} y este curso lee el {FORMATO}",
            "la escribió otra versión del curso.",
            "a usar esa versión del curso, o a guardar el modelo otra vez con esta.",
        )
    for clave, tipo in OBLIGATORIO.items():
        if not isinstance(ficha.get(clave), tipo):
            raise _danada(ruta, f"le falta «{clave}», o no es lo que debe")
    if ficha["metodo"] not in PARA_GUARDAR:
        raise _danada(ruta, f"nombra un método que no existe, «{ficha['metodo']}»")
    try:
        if ficha.get("ejemplo") is not None:
            ejemplos.entiende(ficha["ejemplo"])
    except ValueError as error:
        raise _danada(ruta, "lleva un ejemplo que no se entiende") from error
    return ficha


@contextlib.contextmanager
def abre(donde, verificar=True):
    """Abre un modelo y da el archivo y su ficha, o None en su lugar si no la tiene.

    Si otro proceso lo sustituye justo entonces, empieza otra vez con el nuevo.
    """
    while True:
        with donde.modelo.open("rb") as archivo:
            try:
                ficha = la_del_modelo(donde, archivo) if verificar else None
            except HuellaDistinta:
                if os.path.samestat(os.fstat(archivo.fileno()), donde.modelo.stat()):
                    raise
                continue
            yield archivo, ficha
            return


def la_del_modelo(donde, archivo):
    """La ficha cuya huella es la de un modelo abierto, o None si el modelo no tiene ficha.

    Parámetros
    ----------
    donde : helpers.escritura.Sitios
    archivo : el modelo, abierto para leer bytes

    Errores
    -------
    HuellaDistinta, FichaDanada
        Si hay ficha y no es la de ese archivo, o si no se puede leer.
    """
    # En este orden: si otro proceso la publica entre medias, la segunda lectura ya la encuentra.
    pendiente, ficha = _la_pendiente(donde), lee(donde.ficha)
    if ficha is None and pendiente is None:
        return None
    huella = huella_de(archivo)
    for candidata in (ficha, pendiente):
        if candidata and candidata["sha256"] == huella:
            return candidata
    if ficha is None:  # la que quedó pendiente es de otro guardado, que no llegó a ser
        return None
    raise _distinta(donde, archivo, ficha)


def termina_lo_pendiente(donde):
    """Si un corte dejó el modelo nuevo con la ficha a medio publicar, la pone en su sitio."""
    pendiente = _la_pendiente(donde)
    if pendiente is None or not donde.modelo.is_file():
        return
    with donde.modelo.open("rb") as archivo:
        es_la_suya = huella_de(archivo) == pendiente["sha256"]
    if es_la_suya:
        con_paciencia(donde.ficha_nueva.replace, donde.ficha)


def _la_pendiente(donde):
    """La que se preparó y no llegó a publicarse. Si se cortó mientras se escribía, ninguna."""
    try:
        return lee(donde.ficha_nueva)
    except FichaDanada:
        return None


def _lista(nombres):
    return None if nombres is None else [str(nombre) for nombre in nombres]


def _en_json(ficha):
    como = {"ensure_ascii": False, "allow_nan": False, "indent": 2, "default": _lo_de_numpy}
    texto = json.dumps(ficha, **como) + "\n"
    # Cada fila, en su línea. En JSON un salto de línea nunca está dentro de un texto.
    return FILA.sub(lambda fila: "[" + re.sub(r"\n *", " ", fila[1]).strip() + "]", texto)


def _lo_de_numpy(valor):
    """Los números y los arrays de numpy, como los de Python."""
    if hasattr(valor, "tolist") and getattr(valor, "size", 1) <= 1000:
        return valor.tolist()
    raise TypeError(type(valor).__name__)


def _danada(ruta, motivo, *frases):
    return FichaDanada(f"La ficha «{ruta.name}» {motivo}.", *(frases or DE_OTRA_FICHA))


def _distinta(donde, archivo, ficha):
    bytes_, cuanto = os.fstat(archivo.fileno()).st_size, "ocupa lo mismo"
    if bytes_ != ficha["bytes"]:
        cuanto = f"ocupa {bytes_} bytes y se guardaron {ficha['bytes']}"
    que_es = formato(archivo)
    por_dentro = f" Por dentro es {con_articulo(que_es)}." if que_es in NO_ES else ""
    return HuellaDistinta(
        f"«{donde.modelo.name}» no es el archivo que se guardó: su huella es otra y {cuanto}."
        f"{por_dentro} No se ha cargado.",
        *NO_ES.get(que_es, DE_OTRA_HUELLA),
    )
