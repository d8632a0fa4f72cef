"""Calificar una clase: por turnos, sin repetir lo hecho y sin que una entrega pare a otra."""

import hashlib
import json
import os
import tempfile
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path

from helpers.docencia import cuaderno
from helpers.docencia.indicios import reune
from helpers.docencia.puntuar import Calificacion, puntua, sin_cuaderno
from helpers.docencia.recoger import Entrega, recoge
from helpers.docencia.sesion import Muerta, SalaRota, Sesion, interrumpe
from helpers.docencia.tarea import Tarea, lee_tarea, tareas
from helpers.errores import ErrorDelCurso
from helpers.escritura import reemplaza

PESADO = 2 * 2**20  # un cuaderno mayor se lee en una sala: su JSON puede llenar la memoria


@dataclass(frozen=True)
class Calificada:
    """Una entrega y lo que obtuvo. `clave` da nombre a los archivos que se escriben de ella."""

    nombre: str
    ident: str
    clave: str
    calificacion: Calificacion


def califica_clase(origen, guardado, modo, limites, tarea=None, al_terminar=None):
    """Califica todas las entregas; las que ya lo estaban y no cambiaron, no se repiten.

    Parámetros
    ----------
    origen : Path
        La carpeta o el zip.
    guardado : Path
        Carpeta con un archivo por entrega calificada. Se puede interrumpir y repetir.
    modo : str
        Cómo se aísla.
    limites : Limites
    tarea : str, opcional
        Su nombre; si falta, la que digan los cuadernos.
    al_terminar : función, opcional
        Recibe, tras cada entrega, cuántas van, cuántas son y el par de la `Calificada` y si ya lo
        estaba.

    Devuelve
    --------
    tuple[Tarea, list[Calificada], list[str]]
        La tarea, las entregas en orden de nombre y lo que se rechazó al recogerlas.
    """
    guardado.mkdir(parents=True, exist_ok=True)
    haz = partial(_una, guardado=guardado, modo=modo, limites=limites)
    la_tarea, hechas, rechazos = _con_cada_una(haz, origen, modo, limites, tarea, al_terminar)
    return la_tarea, [calificada for calificada, _ in hechas], rechazos


def reune_indicios(origen, modo, limites, tarea=None, al_terminar=None):
    """Lo que cada entrega deja ver para compararla con las demás.

    Parámetros
    ----------
    origen, modo, limites, tarea
        Los de `califica_clase`.
    al_terminar : función, opcional
        Recibe, tras cada entrega, cuántas van, cuántas son y sus `Indicios`.

    Devuelve
    --------
    tuple[Tarea, list[Indicios], list[str]]
        La tarea, los indicios en orden de nombre y lo que se rechazó al recogerlas.
    """
    haz = partial(reune, modo=modo, limites=limites)
    return _con_cada_una(haz, origen, modo, limites, tarea, al_terminar)


def _con_cada_una(haz, origen, modo, limites, tarea, al_terminar):
    """Recoge y lee las entregas, y hace algo con la tarea y cada una de ellas."""
    with tempfile.TemporaryDirectory(prefix="clase-", ignore_cleanup_errors=True) as temporal:
        entregas, rechazos = recoge(origen, Path(temporal))
        # Hilos y no procesos: quien trabaja son las salas; aquí se espera.
        with ThreadPoolExecutor(max_workers=os.cpu_count()) as turnos:
            try:
                leidas = list(turnos.map(partial(_lee, modo=modo, limites=limites), entregas))
                la_tarea = lee_tarea(tarea or _la_de_la_mayoria(leidas))
                pendientes = [turnos.submit(haz, la_tarea, leida) for leida in leidas]
                for van, futuro in enumerate(as_completed(pendientes), start=1):
                    hecho = futuro.result()
                    if al_terminar:
                        al_terminar(van, len(leidas), hecho)
            except BaseException:
                interrumpe()  # lo empezado queda sin hacer, y se hará la próxima vez
                turnos.shutdown(cancel_futures=True)
                interrumpe(False)  # ya no queda ninguna sala: se puede volver a empezar
                raise
    return la_tarea, [futuro.result() for futuro in pendientes], rechazos


@dataclass(frozen=True)
class Leida:
    """Una entrega con su cuaderno ya leído; sin celdas, `motivo` dice por qué.

    Si no se pudo leer y no es culpa de quien entrega, lo dice `fallo`.
    """

    entrega: Entrega
    celdas: list
    motivo: str
    avisos: list[str]
    tarea: str
    fallo: str = ""


def _lee(entrega, modo, limites):
    """Elige el cuaderno que se califica, se llame como se llame."""
    legibles, motivos = [], []
    nombres = sorted(entrega.archivos, key=lambda nombre: not nombre.endswith(".ipynb"))
    for nombre in nombres:
        try:
            celdas, avisos = _abre(entrega.carpeta / nombre, modo, limites)
        except cuaderno.NoEsUnCuaderno as motivo:
            motivos.append(f"«{nombre}» {motivo}")
            continue
        except SalaRota as error:
            return Leida(entrega, [], "", entrega.avisos, "", f"no se pudo leer: {error}")
        legibles.append((nombre, celdas, avisos, cuaderno.que_tarea(celdas)))
    if not legibles:
        porque = [*entrega.avisos, *motivos] or ["no entregó ningún archivo"]
        return Leida(entrega, [], "; ".join(porque[:3]), [], "")
    legibles.sort(key=lambda legible: not legible[3])  # antes los que son de una tarea
    nombre, celdas, avisos, tarea = legibles[0]
    avisos = [*entrega.avisos, *avisos]
    if not nombre.endswith(".ipynb"):
        avisos.append(f"el cuaderno se llamaba «{nombre}»")
    if len(legibles) > 1:
        avisos.append(f"había {len(legibles)} cuadernos; se calificó «{nombre}»")
    return Leida(entrega, celdas, "", avisos, tarea)


def _abre(ruta, modo, limites):
    ocupa = ruta.stat().st_size
    if ocupa <= PESADO:
        return cuaderno.lee(ruta.read_bytes())
    if ocupa > cuaderno.MAXIMO:
        raise cuaderno.NoEsUnCuaderno(f"pesa más de {cuaderno.MAXIMO // 2**20} MB")
    try:
        with Sesion(modo, ruta.parent, limites) as sala:
            ligero = sala.pide("aligera", 60, nombre=ruta.name).get("cuaderno", "")
    except Muerta:
        ligero = ""
    if not isinstance(ligero, str) or not ligero:
        raise cuaderno.NoEsUnCuaderno("no es un cuaderno, o es demasiado grande para leerlo")
    celdas, avisos = cuaderno.lee(ligero.encode("utf-8"))
    return celdas, [*avisos, f"pesaba {ocupa // 2**20} MB; se leyeron sus celdas sin las salidas"]


def _la_de_la_mayoria(leidas):
    """La tarea de la que vienen más cuadernos."""
    numeros = [leida.tarea for leida in leidas if leida.tarea]
    for nombre in sorted(tareas(), key=lambda n: -numeros.count(n.partition("_")[0])):
        if nombre.partition("_")[0] in numeros:
            return nombre
    raise ErrorDelCurso(
        "Ningún cuaderno es de una tarea de este curso.",
        "se entregó otra cosa, o los cuadernos están dañados.",
        "a decir cuál es: --tarea " + (tareas() or ["t1_conceptos"])[0],
    )


def _una(tarea: Tarea, leida, guardado, modo, limites):
    """Califica una entrega, o recupera su calificación. Devuelve si la recuperó."""
    entrega = leida.entrega
    archivo = guardado / f"{entrega.clave}.json"
    huella = _huella(tarea, leida, modo, limites)
    if (anterior := _recupera(archivo, huella)) is not None:
        return Calificada(entrega.nombre, entrega.ident, entrega.clave, anterior), True
    if leida.fallo:
        nota = _sin_nota(leida.fallo)
    elif leida.motivo:
        nota = sin_cuaderno(tarea, leida.motivo)
    elif leida.tarea != tarea.numero:
        que_es = f"es de la tarea {leida.tarea}" if leida.tarea else "no es de ninguna tarea"
        nota = sin_cuaderno(tarea, f"el cuaderno {que_es}")
    else:
        nota = _puntua(tarea, leida, modo, limites)
    nota.avisos = [*leida.avisos, *nota.avisos]
    if not nota.fallo:
        reemplaza(archivo, json.dumps({"huella": huella} | asdict(nota), indent=1))
    return Calificada(entrega.nombre, entrega.ident, entrega.clave, nota), False


def _puntua(tarea, leida, modo, limites):
    """La calificación. Si falla el calificador, esta entrega queda sin nota y las demás siguen."""
    try:
        entrega = leida.entrega
        quien = (entrega.nombre, entrega.ident)
        return puntua(tarea, leida.celdas, modo, entrega.carpeta, limites, quien)
    except Exception as error:  # noqa: BLE001 treinta notas no se pierden por la entrega más rara
        return _sin_nota(f"{type(error).__name__}: {error}")


def _sin_nota(fallo):
    return Calificacion(
        avisos=[f"NO SE PUDO CALIFICAR. Hay que mirarla a mano: {fallo}"], fallo=fallo
    )


def _huella(tarea, leida, modo, limites):
    """Cambia si cambia lo entregado, quién lo entrega, la tarea o cómo se ejecuta."""
    quien = f"{leida.entrega.nombre} {leida.entrega.ident}"  # la variante depende de quién entrega
    resumen = hashlib.sha256(f"{tarea.huella} {modo} {limites} {quien}".encode())
    for nombre in sorted(leida.entrega.archivos):
        resumen.update(f"\0{nombre}\0".encode())
        with (leida.entrega.carpeta / nombre).open("rb") as archivo:
            resumen.update(hashlib.file_digest(archivo, "sha256").digest())
    return resumen.hexdigest()


def _recupera(archivo, huella):
    try:
        datos = json.loads(archivo.read_text(encoding="utf-8"))
        if datos.pop("huella") == huella:
            return Calificacion(**datos)
    except (FileNotFoundError, ValueError, KeyError, TypeError, AttributeError):
        pass
    return None
