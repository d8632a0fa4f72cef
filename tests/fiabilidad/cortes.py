"""Matar el proceso que guarda, al azar y en cada paso, y mirar qué queda. Trabajos del obrero.

Lo que sale mal se devuelve como una lista de frases, vacía si todo va bien.
"""

import contextlib
import itertools
import mmap
import os
import random
import stat
import time
from collections import Counter
from pathlib import Path
from unittest import mock

from fiabilidad import hijos
from fiabilidad.guardados import carga_y_mira_la_ficha, contenido, guarda, ruta_de, sobran
from fiabilidad.modelos import Trampa
from fiabilidad.pasos import en_cada_paso, en_el_paso
from helpers.escritura import sitios

PAUSA = 0.0001  # segundos en cada paso, a cámara lenta
PERMISOS = 0o640  # los que tenía el modelo anterior, y el nuevo hereda
ANTES, A_MEDIAS, ENTERO, CON_FICHA, ENTRE_LOS_DOS, DESPUES = MOMENTOS = (
    "antes de escribir",
    "con el modelo a medio escribir",
    "con el modelo entero",
    "con la ficha empezada",
    "entre los dos cambios de nombre",
    "después de los dos",
)
# Qué había al empezar, y qué modelos pueden quedar si se corta mientras se guarda el 2.
PARTIDAS = {"con un modelo": (0, 2), "sin ninguno": (None, 2), "tras otro corte": (1, 2)}


def al_azar(carpeta, metodo, cuantos):
    """Corta guardados en instantes al azar, la mitad a cámara lenta.

    Devuelve
    --------
    dict
        `momentos`, cuántos cortes cayeron en cada uno, y `fallos`.
    """
    azar, ruta = random.Random(metodo), ruta_de(carpeta, metodo)
    # Lo que el hijo apunta en esta memoria sigue a la vista cuando ya ha muerto.
    avance = memoryview(mmap.mmap(-1, 16)).cast("q")
    duraciones = [_cuanto_dura_uno(ruta, avance, despacio) for despacio in (False, True)]
    entero, _ = punto_de_partida(ruta, "con un modelo")
    momentos, fallos = Counter(), []
    for corte in range(cuantos):
        avance[0] = avance[1] = 0
        despacio = corte % 2 == 1
        hijo = hijos.lanza(guarda_seguidos, ruta, itertools.count(1), avance, despacio)
        time.sleep(azar.uniform(0, duraciones[despacio]))
        hijos.mata(hijo)
        final = hijos.espera(hijo)
        empezado, terminado = avance
        momento, malo = _examina(ruta, final, terminado, empezado, entero)
        momentos[momento] += 1
        fallos += [f"corte {corte}, {momento}: {frase}" for frase in malo]
    return {"momentos": momentos, "fallos": fallos}


def guarda_seguidos(ruta, numeros, avance, despacio=False):
    """Guarda esos modelos, apunta el último que empezó y el último que terminó."""
    with _a_camara_lenta() if despacio else contextlib.nullcontext():
        for numero in numeros:
            avance[0] = numero
            guarda(numero, ruta, con_trampa=True)
            avance[1] = numero


def _a_camara_lenta():
    """Una pausa en cada paso: lo que dura microsegundos también se llega a cortar."""
    Trampa.salta = lambda: time.sleep(PAUSA)
    return en_cada_paso(lambda *_: time.sleep(PAUSA))


def _cuanto_dura_uno(ruta, avance, despacio):
    inicio = time.perf_counter()
    hijos.espera(hijos.lanza(guarda_seguidos, ruta, range(1, 2), avance, despacio))
    return time.perf_counter() - inicio


def en_los_pasos(carpeta, metodo, partida):
    """Corta un guardado en cada uno de sus pasos, de uno en uno, y también a mitad del archivo.

    Devuelve
    --------
    dict
        `momentos` y `fallos`, como `al_azar`.
    """
    ruta = ruta_de(carpeta, metodo)
    entero, repone = punto_de_partida(ruta, partida)
    momentos, fallos = Counter(), []
    for corta in itertools.chain([_en_la_trampa], map(_en_el_paso, itertools.count())):
        repone()
        final = hijos.espera(hijos.lanza(corta, ruta))
        if final == hijos.BIEN:  # ya no quedaban pasos que cortar
            break
        momento, malo = _examina(ruta, final, *PARTIDAS[partida], entero)
        fallos += [f"corte {momentos.total()}, {momento}: {frase}" for frase in malo]
        momentos[momento] += 1
    return {"momentos": momentos, "fallos": fallos}


def _en_el_paso(cual):
    def corta(ruta):
        with en_el_paso(cual, hijos.muere):
            guarda(2, ruta, con_trampa=True)

    return corta


def _en_la_trampa(ruta):
    Trampa.salta = hijos.muere
    guarda(2, ruta, con_trampa=True)


def punto_de_partida(ruta, partida):
    """Deja el modelo 0, o nada, o el 1 a medio publicar.

    Devuelve
    --------
    int, función
        Los bytes de un modelo entero, y una función que vuelve a dejar la carpeta como ahora.
    """
    guarda(0, ruta, con_trampa=True)
    entero = ruta.stat().st_size
    if partida == "sin ninguno":
        ruta.unlink()
        sitios(ruta).ficha.unlink()
    elif partida == "tras otro corte":
        assert hijos.espera(hijos.lanza(_corta_entre_los_dos, ruta)) == hijos.CORTADO
        assert _momento(ruta, entero) == ENTRE_LOS_DOS
    archivos = contenido(ruta.parent)

    def repone():
        for sobrante in ruta.parent.iterdir():
            sobrante.unlink()
        for nombre, datos in archivos.items():
            Path(nombre).write_bytes(datos)
        if ruta.exists():
            ruta.chmod(PERMISOS)

    repone()
    return entero, repone


def _corta_entre_los_dos(ruta):
    cambios = itertools.count(1)

    def muere_al_segundo(_, nombre):
        if nombre == "antes de replace" and next(cambios) == 2:
            hijos.muere()

    with en_cada_paso(muere_al_segundo):
        guarda(1, ruta, con_trampa=True)


def en_el_disco(carpeta, metodo):
    """Un `kill -9` no pierde lo que el sistema aún no ha llevado al disco; un apagón, sí.

    Por eso se mira además el orden: lo que cambia de nombre ya estaba entero en el disco, y al
    final se lleva al disco la carpeta. Devuelve los fallos.
    """
    ruta = ruta_de(carpeta, metodo)
    guarda(0, ruta)
    en_disco, fallos, sucesos = {}, [], []

    def al_disco(descriptor):
        abierto = Path(f"/proc/self/fd/{descriptor}").resolve()
        if abierto.is_file():
            en_disco[abierto.name] = abierto.read_bytes()
        sucesos.append("carpeta" if abierto == ruta.parent else abierto.name)
        fsync(descriptor)

    def cambia_de_nombre(origen, destino):
        if en_disco.get(Path(origen).name) != Path(origen).read_bytes():
            fallos.append(f"{Path(origen).name} ocupó su sitio sin estar entero en el disco")
        sucesos.append(f"nuevo {Path(destino).name}")
        replace(origen, destino)

    fsync, replace = os.fsync, os.replace
    with mock.patch.multiple(os, fsync=al_disco, replace=cambia_de_nombre):
        guarda(1, ruta, con_trampa=True)
    if sucesos[-3:] != [f"nuevo {ruta.name}", f"nuevo {ruta.name}.json", "carpeta"]:
        fallos.append(f"los pasos fueron {sucesos}")
    return fallos


def _examina(ruta, final, anterior, nuevo, entero):
    """En qué momento fue el corte, y lo que está mal después de él y del siguiente guardado."""
    momento = _momento(ruta, entero)
    fallos = [] if final == hijos.CORTADO else [f"el hijo no murió del corte: {final}"]
    try:
        quedo = carga_y_mira_la_ficha(ruta) if ruta.exists() else None
        permisos = stat.S_IMODE(ruta.stat().st_mode) if ruta.exists() else None
        guarda(0, ruta, con_trampa=True)
        despues = carga_y_mira_la_ficha(ruta)
    except Exception as error:  # noqa: BLE001 cualquier error es lo que se busca
        return momento, [*fallos, repr(error)]
    if quedo not in (anterior, nuevo):
        fallos.append(f"se carga el {quedo} y tenía que ser el {anterior} o el {nuevo}")
    if despues != 0 or sobran(ruta):
        fallos.append(f"tras guardar otra vez se carga el {despues} y sobra o falta {sobran(ruta)}")
    if permisos != PERMISOS and anterior is not None:
        fallos.append(f"los permisos son {permisos:o}")
    return DESPUES if momento == ANTES and quedo == nuevo != anterior else momento, fallos


def _momento(ruta, entero):
    """En qué momento se cortó, por lo que quedó en la carpeta. Un modelo ocupa `entero` bytes."""
    donde = sitios(ruta)
    if not donde.modelo_nuevo.exists():
        return ENTRE_LOS_DOS if donde.ficha_nueva.exists() else ANTES
    if donde.ficha_nueva.exists():
        return CON_FICHA
    # Comprimido, cada número ocupa un poco más o un poco menos.
    return ENTERO if donde.modelo_nuevo.stat().st_size > 0.8 * entero else A_MEDIAS
