"""Medir guardar y cargar: tiempo, tamaño y memoria, con cada método en su propio proceso."""

import contextlib
import random
import tempfile
from pathlib import Path

import pandas as pd

from helpers._medicion.barra import barra_de_progreso
from helpers._medicion.medidor import falta_espacio, medidor
from helpers._medicion.modelos import barrido, bosque_de, regresion_de
from helpers._medicion.relato import describe, dibuja_tiempos
from helpers._medicion.traslado import empaqueta
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
OPERACIONES = ("guardar", "cargar")
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
# Segundos para cada método con cada modelo; y cuántas rondas, como poco y como mucho.
ESFUERZO_RAPIDO = (0.35, 3, 15)
ESFUERZO_LARGO = (6, 5, 100)
MUY_LENTA = 3  # segundos: con prisa, una vuelta así se mide una vez; su razón no deja dudas


def mide_metodos(modelos, metodos=None, *, rondas=None, rapido=True):
    """Mide cuánto cuesta guardar y cargar cada modelo con cada método.

    Cada método trabaja en un proceso nuevo y propio. Las rondas se alternan, en un orden al azar
    con semilla, para que lo que ocurra en el equipo los afecte por igual. Cada archivo es nuevo y
    se borra. La primera vuelta de cada modelo no se cronometra: sirve de calentamiento y en ella se
    mide la memoria. Los archivos se leen recién escritos: el sistema aún los tiene en memoria.

    Parámetros
    ----------
    modelos : dict de str a modelo
        Nombre de cada modelo y el modelo, ya entrenado.
    metodos : str, lista de str o None
        Como en `elige_metodos`. Con None, todos.
    rondas : int, opcional
        Las mismas para todos. Sin ella, las decide lo que tarda cada método.
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
        diccionarios con `modelo`, `metodo` y `motivo`.

    Errores
    -------
    ErrorDelCurso
        Si falta el modelo o no está entrenado, si no se conoce el método, si el número de rondas no
        vale o si se llena el disco.
    """
    elegidos = [metodo.nombre for metodo in elige_metodos(metodos)]
    _exige_modelos(modelos)
    if rondas is not None and (type(rondas) is not int or rondas < 1):
        raise ErrorDelCurso(
            f"No puedo medir {rondas!r} rondas.", prueba="con un entero desde 1, como rondas=10."
        )
    filas, fallos = [], []
    with contextlib.ExitStack() as pila:
        temporal = tempfile.TemporaryDirectory(prefix="medicion-", ignore_cleanup_errors=True)
        carpeta = Path(pila.enter_context(temporal))
        # Se cierran antes de borrar la carpeta: Windows no borra lo que alguien usa.
        procesos = {nombre: pila.enter_context(medidor(nombre, carpeta)) for nombre in elegidos}
        barra = pila.enter_context(barra_de_progreso())
        for numero, (nombre, modelo) in enumerate(modelos.items(), start=1):
            barra.set_description_str(f"{nombre} ({numero} de {len(modelos)})", refresh=False)
            barra.reset(total=len(procesos))
            esfuerzo = ESFUERZO_RAPIDO if rapido else ESFUERZO_LARGO
            de_este, sin_poder = _mide_un_modelo(
                modelo, carpeta / f"modelo {numero}", procesos, rondas, esfuerzo, barra
            )
            filas += [{"modelo": nombre} | fila for fila in de_este]
            fallos += [{"modelo": nombre, "metodo": m, "motivo": v} for m, v in sin_poder.items()]
    medidas = pd.DataFrame(filas, columns=COLUMNAS)
    medidas.attrs["fallos"] = fallos
    return medidas


def _mide_un_modelo(modelo, ruta, procesos, rondas, esfuerzo, barra):
    """Devuelve las filas de un modelo y, por método que no pudo con él, el motivo."""
    try:
        modelo_bytes = empaqueta(modelo, ruta)
    except OSError:
        raise falta_espacio() from None
    except Exception as error:  # noqa: BLE001 según lo que lleve dentro un modelo, falla de mil formas
        motivo = f"no se deja llevar a otro proceso ({type(error).__name__}: {error})"
        return [], dict.fromkeys(procesos, motivo)
    turnos, memoria, fallos, filas = {}, {}, {}, []
    for metodo, pide in procesos.items():
        memoria[metodo] = pide(toma=str(ruta))
        barra.update()
        if "motivo" in memoria[metodo]:
            fallos[metodo] = memoria[metodo]["motivo"]
        else:
            turnos[metodo] = rondas or _rondas_que_caben(memoria[metodo]["duracion"], *esfuerzo)
    barra.total += sum(turnos.values())
    for turno, (ronda, metodo) in enumerate(_alterna(turnos), start=1):
        medido = procesos[metodo]()
        barra.update()
        if "motivo" in medido:
            fallos[metodo] = medido["motivo"]
            continue
        for operacion in OPERACIONES:
            segundos, limite_s = medido[operacion]
            fila = (metodo, operacion, ronda, turno, segundos, limite_s, medido["bytes"])
            fija = (memoria[metodo][operacion], modelo_bytes)
            filas.append(dict(zip(COLUMNAS[1:], fila + fija, strict=True)))
    orden = list(procesos)
    filas.sort(key=lambda fila: (orden.index(fila["metodo"]), fila["operacion"] == "cargar"))
    return [fila for fila in filas if fila["metodo"] not in fallos], fallos


def _rondas_que_caben(vuelta, segundos, minimo, maximo):
    if vuelta > MUY_LENTA > segundos:
        return 1
    return min(maximo, max(minimo, round(segundos / vuelta)))


def _alterna(turnos):
    """Da (ronda, método): en cada ronda, una vez cada uno que la tenga, en un orden al azar."""
    azar = random.Random(0)
    for ronda in range(1, max(turnos.values(), default=0) + 1):
        de_esta = [metodo for metodo, cuantas in turnos.items() if cuantas >= ronda]
        azar.shuffle(de_esta)
        for metodo in de_esta:
            yield ronda, metodo


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

    Errores
    -------
    ErrorDelCurso
        Si la tabla no es de `mide_metodos`.
    """
    if not isinstance(medidas, pd.DataFrame) or not {*COLUMNAS} - {"turno"} <= {*medidas.columns}:
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
