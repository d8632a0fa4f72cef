"""Medir guardar y cargar: tiempo, tamaño y memoria, en procesos que no hacen nada más."""

import contextlib
import random
import tempfile
from pathlib import Path

import pandas as pd

from helpers._medicion.barra import barra_de_progreso
from helpers._medicion.medidor import medidores
from helpers._medicion.modelos import barrido, bosque_de, regresion_de
from helpers._medicion.relato import describe, dibuja_tiempos
from helpers._medicion.rondas import LARGO, RAPIDO, Esfuerzo, mide_un_modelo
from helpers.errores import ErrorDelCurso
from helpers.metodos import elige_metodos

__all__ = [
    "barrido",
    "bosque_de",
    "describe",
    "dibuja_tiempos",
    "mide_metodos",
    "regresion_de",
    "resume",
]
COLUMNAS = (
    "modelo",
    "metodo",
    "operacion",
    "ronda",
    "turno",
    "segundos",
    "limite_s",
    "archivo_bytes",
    "memoria_extra_bytes",
    "modelo_bytes",
)


def mide_metodos(modelos, metodos=None, *, rondas=None, rapido=True):
    """Mide cuánto cuesta guardar y cargar cada modelo con cada método.

    Se mide en un proceso nuevo; los métodos que cambian lo que escriben los demás, como dill, en
    otro. Las rondas se alternan, en un orden al azar con semilla, para que lo que ocurra en el
    equipo los afecte por igual. Cada archivo es nuevo y se borra. La primera vuelta de cada modelo
    no se cronometra: sirve de calentamiento y en ella se mide la memoria. Los archivos se leen
    recién escritos: el sistema aún los tiene en memoria.

    Parámetros
    ----------
    modelos : dict de str a modelo
        Nombre de cada modelo y el modelo, ya entrenado.
    metodos : str, lista de str o None
        Como en `elige_metodos`. Con None, todos.
    rondas : int, opcional
        Las mismas para todos. Sin ella, las decide lo que tarda la primera de cada método. Con
        pickle se hacen tantas como con el que más, salvo que él solo tarde demasiado.
    rapido : bool
        Con False hay más rondas: tarda varias veces más y las cifras bailan menos.

    Devuelve
    --------
    DataFrame
        Una fila por modelo, método, operación («guardar» o «cargar») y ronda. `turno` dice en qué
        orden se midió; `segundos`, cuánto tardó; `limite_s`, cuánto se tarda en escribir o leer
        esos mismos bytes sin interpretarlos;
        `archivo_bytes` y `modelo_bytes`, lo que ocupan el archivo y el modelo;
        `memoria_extra_bytes`, la memoria de más en el peor momento, aparte del propio modelo.
        Lo que un método no pudo hacer no tiene filas: está en `attrs["fallos"]`, una lista de
        diccionarios con `modelo`, `metodo` y `motivo`. Tampoco las tiene un modelo con código
        escrito en el cuaderno: en otro proceso, cada método lo guardaría de otra manera.

    Errores
    -------
    ErrorDelCurso
        Si falta el modelo o no está entrenado, si no se conoce el método, si el número de rondas no
        vale o si se llena el disco.
    """
    elegidos = elige_metodos(metodos)
    _exige_modelos(modelos)
    if rondas is not None and (type(rondas) is not int or rondas < 1):
        raise ErrorDelCurso(
            f"No puedo medir {rondas!r} rondas.", prueba="con un entero desde 1, como rondas=10."
        )
    esfuerzo = RAPIDO if rapido else LARGO
    if rondas is not None:
        esfuerzo = Esfuerzo(segundos=0, minimo=rondas, maximo=rondas)
    azar = random.Random(0)  # uno para todos: si no, cada modelo repetiría el mismo orden
    filas, fallos = [], []
    with contextlib.ExitStack() as pila:
        temporal = tempfile.TemporaryDirectory(prefix="medicion-", ignore_cleanup_errors=True)
        carpeta = Path(pila.enter_context(temporal))
        # Se cierran antes de borrar la carpeta: Windows no borra lo que alguien usa.
        procesos = pila.enter_context(medidores(elegidos, carpeta))
        barra = pila.enter_context(barra_de_progreso())
        for numero, (nombre, modelo) in enumerate(modelos.items(), start=1):
            barra.set_description_str(f"{nombre} ({numero} de {len(modelos)})", refresh=False)
            barra.reset(total=2 * len(procesos))  # el calentamiento y la primera ronda
            de_este, sin_poder = mide_un_modelo(
                modelo, carpeta / f"modelo {numero}", procesos, esfuerzo, azar, barra
            )
            filas += [{"modelo": nombre} | fila for fila in de_este]
            fallos += [{"modelo": nombre, "metodo": m, "motivo": v} for m, v in sin_poder.items()]
    medidas = pd.DataFrame(filas, columns=COLUMNAS)
    medidas.attrs["fallos"] = fallos
    return medidas


def _exige_modelos(modelos):
    if not isinstance(modelos, dict):
        raise ErrorDelCurso(
            f"Esperaba un diccionario de modelos y llegó un objeto {type(modelos).__name__}.",
            prueba='con sus nombres: mide_metodos({"lineal": modelo}).',
        )
    if not modelos:
        raise ErrorDelCurso("No hay ningún modelo.", prueba='con {"lineal": modelo}.')
    from sklearn.exceptions import NotFittedError
    from sklearn.utils.validation import check_is_fitted

    for nombre, modelo in modelos.items():
        try:
            check_is_fitted(modelo)
        except NotFittedError:
            raise ErrorDelCurso(
                f"El modelo «{nombre}» no está entrenado.",
                prueba="a llamar antes a `fit`.",
            ) from None
        except (TypeError, AttributeError):
            raise ErrorDelCurso(
                f"«{nombre}» no es un modelo de scikit-learn: es {type(modelo).__name__}.",
                prueba="con el modelo entrenado, no con su clase ni con sus datos.",
            ) from None


def resume(medidas):
    """Resume las rondas de `mide_metodos` en una fila por modelo, método y operación.

    Parámetros
    ----------
    medidas : DataFrame
        Lo que devuelve `mide_metodos`.

    Devuelve
    --------
    DataFrame
        `mediana_s`, y `q1` y `q3`, entre los que cae la mitad central de las rondas; el límite, su
        mediana; `veces_el_limite` y `veces_pickle`, la mediana de las razones de cada ronda, o
        nada si pickle no se midió; los bytes; y `rondas`, cuántas hubo. Conserva `attrs["fallos"]`.
        Una ronda que pickle no hizo no cuenta en `veces_pickle`.

    Errores
    -------
    ErrorDelCurso
        Si la tabla no es de `mide_metodos`.
    """
    if not isinstance(medidas, pd.DataFrame) or not {*COLUMNAS} <= {*medidas.columns}:
        raise ErrorDelCurso(
            "Esto no es una tabla de medidas.", prueba="con lo que devuelve mide_metodos."
        )
    de_cada_ronda = ["modelo", "operacion", "ronda"]
    pickle_s = medidas[medidas.metodo == "pickle"].set_index(de_cada_ronda).segundos
    con_razones = medidas.join(pickle_s.rename("pickle_s"), on=de_cada_ronda).assign(
        veces_el_limite=lambda t: t.segundos / t.limite_s,
        veces_pickle=lambda t: t.segundos / t.pickle_s,
    )
    grupos = con_razones.groupby(["modelo", "metodo", "operacion"], sort=False)
    resumen = grupos.agg(
        mediana_s=("segundos", "median"),
        q1=("segundos", lambda s: s.quantile(0.25)),
        q3=("segundos", lambda s: s.quantile(0.75)),
        limite_s=("limite_s", "median"),
        veces_el_limite=("veces_el_limite", "median"),
        veces_pickle=("veces_pickle", "median"),
        archivo_bytes=("archivo_bytes", "median"),
        modelo_bytes=("modelo_bytes", "median"),
        memoria_extra_bytes=("memoria_extra_bytes", "median"),
        rondas=("ronda", "nunique"),
    ).reset_index()
    de_bytes = [columna for columna in resumen if columna.endswith("_bytes")]
    resumen = resumen.astype(dict.fromkeys(de_bytes, "int64"))
    resumen.attrs["fallos"] = medidas.attrs.get("fallos", [])
    return resumen
