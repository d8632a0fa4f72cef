"""Lo que tardan `save_model` y `load_model`, junto a otras maneras de guardar y cargar lo mismo.

Todas trabajan en un mismo proceso, al contrario que en `mide_metodos`: aquí no está dill, la única
librería que al importarse cambia lo que escriben las demás. Así el modelo de 100 MB está en la
memoria una sola vez, y dos maneras solo se distinguen en lo que hacen, no en el proceso que las
ejecuta. Lo que se espera al disco se incluye siempre, menos donde se dice: guardar es que el disco
lo tenga.
"""

import contextlib
import gc
import io
import os
import tempfile
import time
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from helpers import escritura
from helpers._medicion.cronometro import cronometra, escribe, lee, memoria
from helpers._medicion.medidor import disco_lleno, falta_espacio
from helpers._medicion.rondas import Esfuerzo, reparte_rondas
from helpers.errores import ErrorDelCurso
from helpers.metodos import METODOS
from helpers.persistencia import load_model, save_model

ESFUERZO = Esfuerzo(segundos=12, minimo=3, maximo=200)  # con tres tamaños, menos de un minuto
UNA_FICHA = bytes(1024)
POCO_A_POCO = 2**18  # bytes: los que también toma de cada vez quien calcula una huella
# Nombres de las maneras de guardar y de cargar. De las dos últimas no se carga.
CON_CUIDADO, JOBLIB, PICKLE, SKOPS = "save_model", "joblib", "pickle", "skops"
LIMITE, SIN_ESPERAR, SOLO_LAS_ESPERAS = "límite físico", "sin esperar", "solo las esperas"
# Lo que además se hace con el archivo de joblib.
LEER, HUELLA = "leer", "huella"


@dataclass(frozen=True)
class Medida:
    """Lo medido con un modelo.

    Parámetros
    ----------
    archivo_bytes : int
        Lo que ocupa su archivo de joblib.
    memoria_extra_bytes : dict de str a int
        Por cada manera de guardar en la que se miró, la memoria de más en el peor momento.
    rondas : list de dict
        Los segundos de cada cosa en cada ronda. Las claves son («guardar» o «cargar», manera),
        («leer», «joblib») y («huella», «joblib»).
    """

    archivo_bytes: int
    memoria_extra_bytes: dict
    rondas: list


def mide_guardado(modelo, carpeta, esfuerzo, azar, barra):
    """Mide un modelo de todas las maneras, en rondas alternadas y con archivos sin estrenar.

    La primera vuelta no cuenta: sirve para que todo esté importado. En la segunda, que tampoco se
    cronometra, se mira la memoria. Los archivos se cargan recién escritos: el sistema aún los tiene
    en la suya.

    Parámetros
    ----------
    modelo
        Entrenado.
    carpeta : Path
        Donde se escribe. Cada archivo se borra en cuanto se ha medido.
    esfuerzo : Esfuerzo
        Cuántas rondas, según lo que tarde la primera.
    azar : random.Random
        Decide el orden dentro de cada ronda.
    barra : tqdm

    Devuelve
    --------
    Medida

    Errores
    -------
    ErrorDelCurso
        Si se llena el disco.
    """
    with _disco_explicado(), contextlib.redirect_stdout(io.StringIO()):
        contenido = _bytes_de(modelo, carpeta)
        maneras = _maneras(contenido)
        haz_una = partial(_ronda, maneras, modelo, carpeta, azar)
        haz_una()
        extra = {n: _memoria(maneras[n], modelo, carpeta) for n in (CON_CUIDADO, JOBLIB)}
        rondas = _hace_las_rondas(haz_una, esfuerzo, barra)
    gc.unfreeze()  # lo que `memoria` apartó para que cada medida no lo recorriera
    return Medida(len(contenido), extra, rondas)


def _hace_las_rondas(haz_una, esfuerzo, barra):
    """Las que caben, según lo que dura la primera."""
    inicio = time.perf_counter()
    rondas = [haz_una()]
    duracion = time.perf_counter() - inicio
    cuantas = reparte_rondas({CON_CUIDADO: duracion}, esfuerzo)[CON_CUIDADO]
    barra.reset(total=cuantas)
    barra.update()
    while len(rondas) < cuantas:
        rondas.append(haz_una())
        barra.update()
    return rondas


@contextlib.contextmanager
def _disco_explicado():
    """Si no se puede escribir, lo cuenta. `save_model` trae la causa dentro de su error."""
    try:
        yield
    except (OSError, ErrorDelCurso) as error:
        if disco_lleno(error) or disco_lleno(error.__cause__):
            raise falta_espacio() from error
        raise


def _bytes_de(modelo, carpeta):
    """Lo que ocupa un archivo de joblib: los bytes del límite físico y la memoria donde leerlos."""
    with _sin_estrenar(carpeta) as suya:
        METODOS[JOBLIB].guarda(modelo, suya / "modelo")
        contenido = bytearray((suya / "modelo").stat().st_size)
        lee(suya / "modelo", contenido)
    return contenido


def _maneras(contenido):
    """Las maneras de guardar y de cargar: dict de nombre a `Metodo`."""
    joblib = METODOS[JOBLIB]
    return {
        CON_CUIDADO: replace(joblib, guarda=_guarda_con_cuidado, carga=_carga_con_cuidado),
        **{nombre: _con_espera(METODOS[nombre]) for nombre in (JOBLIB, PICKLE, SKOPS)},
        LIMITE: _con_espera(
            replace(
                joblib,
                guarda=lambda modelo, ruta, compress: escribe(ruta, contenido),
                carga=lambda ruta, confiar: lee(ruta, contenido),
            )
        ),
        SIN_ESPERAR: replace(joblib, carga=None),
        SOLO_LAS_ESPERAS: replace(joblib, guarda=_guarda_con_todas_las_esperas, carga=None),
    }


def _guarda_con_cuidado(modelo, ruta, compress=0):
    save_model(modelo, ruta, compress=compress)


def _carga_con_cuidado(ruta, confiar=()):
    return load_model(ruta)


def _con_espera(metodo):
    """El mismo método, que al guardar espera además a que el disco tenga el archivo."""

    def guarda(modelo, ruta, compress=0):
        metodo.guarda(modelo, ruta, compress)
        _espera_al_disco(ruta)

    return replace(metodo, guarda=guarda)


def _guarda_con_todas_las_esperas(modelo, ruta, compress=0):
    """Deja en el disco lo mismo que `save_model` y en el mismo orden, sin comprobar nada."""
    donde = escritura.sitios(ruta)
    METODOS[JOBLIB].guarda(modelo, donde.modelo_nuevo, compress)
    _espera_al_disco(donde.modelo_nuevo)
    escribe(donde.ficha_nueva, UNA_FICHA)
    _espera_al_disco(donde.ficha_nueva)
    donde.modelo_nuevo.replace(donde.modelo)
    donde.ficha_nueva.replace(donde.ficha)
    escritura.carpeta_al_disco(ruta.parent)


def _espera_al_disco(ruta):
    with ruta.open("r+b") as archivo:
        os.fsync(archivo.fileno())


def _memoria(manera, modelo, carpeta):
    """Bytes de más al guardar, en el peor momento."""
    with _sin_estrenar(carpeta) as suya:
        de_mas, _ = memoria(manera, modelo, suya / f"modelo{manera.extensiones[0]}")
    return de_mas["guardar"]


def _ronda(maneras, modelo, carpeta, azar):
    """Los segundos de cada cosa, hechas en un orden al azar."""
    segundos = {}
    for nombre in azar.sample(list(maneras), len(maneras)):
        manera = maneras[nombre]
        with _sin_estrenar(carpeta) as suya:
            ruta = suya / f"modelo{manera.extensiones[0]}"
            segundos["guardar", nombre] = cronometra(partial(manera.guarda, modelo, ruta, 0))
            if manera.carga:
                segundos["cargar", nombre] = cronometra(partial(manera.carga, ruta, ()))
            if nombre == JOBLIB:
                segundos[LEER, nombre] = cronometra(partial(_recorre, ruta))
                segundos[HUELLA, nombre] = cronometra(partial(_huella, ruta))
    return segundos


@contextlib.contextmanager
def _sin_estrenar(carpeta):
    """Una carpeta nueva, que se borra. Lo que se borró antes ya no le queda pendiente al disco."""
    with tempfile.TemporaryDirectory(dir=carpeta) as suya:
        escritura.carpeta_al_disco(Path(suya))
        yield Path(suya)


def _recorre(ruta):
    """Lee un archivo de principio a fin con poca memoria."""
    trozo = bytearray(POCO_A_POCO)
    with ruta.open("rb", buffering=0) as archivo:
        while archivo.readinto(trozo):
            pass


def _huella(ruta):
    with ruta.open("rb") as archivo:
        return escritura.huella_de(archivo)
