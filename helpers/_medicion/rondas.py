"""Las rondas con que se mide un modelo: cuántas hace cada método y en qué orden."""

import itertools
import math
from dataclasses import dataclass

from helpers._medicion.medidor import disco_lleno, falta_espacio
from helpers._medicion.traslado import CodigoDelCuaderno, borra, empaqueta

OPERACIONES = ("guardar", "cargar")


@dataclass(frozen=True)
class Esfuerzo:
    """Cuántas rondas se hacen.

    Parámetros
    ----------
    segundos : float
        Los que se dedican a cada método con cada modelo.
    minimo, maximo : int
        Rondas, quepan o no en esos segundos.
    muy_lenta : float
        Segundos desde los que una ronda se hace una sola vez: su razón no deja dudas.
    """

    segundos: float
    minimo: int
    maximo: int
    muy_lenta: float = math.inf


RAPIDO = Esfuerzo(segundos=0.35, minimo=3, maximo=15, muy_lenta=3)
LARGO = Esfuerzo(segundos=6, minimo=5, maximo=100)


def mide_un_modelo(modelo, ruta, procesos, esfuerzo, azar, barra):
    """Mide un modelo con cada método.

    Parámetros
    ----------
    modelo
        El modelo, ya entrenado.
    ruta : Path
        Donde se deja para que lo tomen los procesos. Al acabar no queda nada.
    procesos : dict de str a función
        Por cada método, la que dan `medidores`.
    esfuerzo : Esfuerzo
    azar : random.Random
        Decide el orden dentro de cada ronda.
    barra : tqdm

    Devuelve
    --------
    list de dict, dict de str a str
        Las filas y, por cada método que no pudo, el motivo.

    Errores
    -------
    ErrorDelCurso
        Si se llena el disco.
    """
    try:
        modelo_bytes = empaqueta(modelo, ruta)
    except CodigoDelCuaderno as error:
        return [], dict.fromkeys(procesos, str(error))
    except Exception as error:  # noqa: BLE001 según lo que lleve dentro un modelo, falla de mil formas
        if disco_lleno(error):
            raise falta_espacio() from None
        motivo = f"no se deja llevar a otro proceso ({type(error).__name__}: {error})"
        return [], dict.fromkeys(procesos, motivo)
    memoria, fallos, filas = {}, {}, []
    for metodo, pide in procesos.items():
        respuesta = pide(toma=str(ruta))
        (fallos if "motivo" in respuesta else memoria)[metodo] = respuesta
        barra.update()
    pueden = {metodo: procesos[metodo] for metodo in memoria}
    hechas = _hace_las_rondas(pueden, esfuerzo, azar, barra)
    for turno, (ronda, metodo, medido) in enumerate(hechas, start=1):
        if "motivo" in medido:
            fallos[metodo] = medido
        else:
            fija = {"metodo": metodo, "ronda": ronda, "turno": turno, "modelo_bytes": modelo_bytes}
            filas += [fija | fila for fila in _filas(medido, memoria[metodo])]
    # Antes de borrar lo que veían: mientras alguien lo mire, el disco no recupera el sitio.
    for pide in procesos.values():
        pide(suelta=True)
    borra(ruta)
    orden = list(procesos)
    filas.sort(key=lambda fila: (orden.index(fila["metodo"]), fila["operacion"] == "cargar"))
    buenas = [fila for fila in filas if fila["metodo"] not in fallos]
    return buenas, {metodo: respuesta["motivo"] for metodo, respuesta in fallos.items()}


def _filas(medido, memoria):
    for operacion in OPERACIONES:
        segundos, limite_s = medido[operacion]
        yield {
            "operacion": operacion,
            "segundos": segundos,
            "limite_s": limite_s,
            "archivo_bytes": medido["bytes"],
            "memoria_extra_bytes": memoria[operacion],
        }


def _hace_las_rondas(procesos, esfuerzo, azar, barra):
    """Da (ronda, método, lo que contestó su proceso). El que falla no sigue.

    Lo que dura la primera ronda dice cuántas hace cada uno. El calentamiento no sirve para eso: al
    contar la memoria, unos métodos se frenan mucho más que otros.
    """
    turnos, duraciones = dict.fromkeys(procesos, 1), {}
    for ronda in itertools.count(1):
        de_esta = [metodo for metodo, cuantas in turnos.items() if cuantas >= ronda]
        if not de_esta:
            return
        azar.shuffle(de_esta)
        for metodo in de_esta:
            medido = procesos[metodo]()
            barra.update()
            if "motivo" in medido:
                turnos[metodo] = 0
            elif ronda == 1:
                duraciones[metodo] = medido["duracion"]
            yield ronda, metodo, medido
        if ronda == 1:
            turnos = reparte_rondas(duraciones, esfuerzo)
            barra.total += sum(turnos.values()) - len(turnos)


def reparte_rondas(duraciones, esfuerzo):
    """Cuántas rondas hace cada método.

    Los demás se comparan con pickle dentro de cada ronda, así que pickle hace tantas como el que
    más, mientras no pase del triple de su tiempo. Nunca son menos del mínimo si otro llega a él.

    Parámetros
    ----------
    duraciones : dict de str a float
        Segundos que tarda una ronda de cada método.
    esfuerzo : Esfuerzo

    Devuelve
    --------
    dict de str a int
    """
    turnos = {metodo: _las_que_caben(vuelta, esfuerzo) for metodo, vuelta in duraciones.items()}
    if "pickle" in turnos:
        tope = max(esfuerzo.minimo, int(3 * esfuerzo.segundos / duraciones["pickle"]))
        turnos["pickle"] = max(turnos["pickle"], min(tope, max(turnos.values())))
    return turnos


def _las_que_caben(vuelta, esfuerzo):
    if vuelta > esfuerzo.muy_lenta:
        return 1
    return min(esfuerzo.maximo, max(esfuerzo.minimo, round(esfuerzo.segundos / vuelta)))
