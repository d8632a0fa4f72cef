"""Qué cuaderno se califica de cada entrega, se llame como se llame y traiga lo que traiga."""

from dataclasses import dataclass

from helpers.docencia import cuaderno
from helpers.docencia.recoger import Entrega
from helpers.docencia.sesion import Muerta, SalaRota, Sesion
from helpers.docencia.tarea import lee_tarea, tareas
from helpers.errores import ErrorDelCurso

PESADO = 2 * 2**20  # un cuaderno mayor se lee en una sala: su JSON puede llenar la memoria


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


def lee_entregas(entregas, modo, limites, tarea, turnos):
    """Lee los cuadernos y elige uno de cada entrega.

    Parámetros
    ----------
    entregas : list[Entrega]
    modo, limites
        Cómo se aísla y cuánto se espera.
    tarea : str o None
        Su nombre; si falta, la que digan los cuadernos.
    turnos : Executor
        Quien las lee a la vez.

    Devuelve
    --------
    tuple[Tarea, list[Leida]]
        En el mismo orden.

    Errores
    -------
    ErrorDelCurso
        Si no se sabe qué tarea es, o no están sus pruebas.
    """
    if not tareas():
        raise ErrorDelCurso(
            "Esta copia del curso no trae las pruebas de las tareas.",
            "es la que se reparte a la clase.",
            "a calificar desde el curso entero.",
        )
    leidas = list(turnos.map(lambda entrega: _lee(entrega, modo, limites), entregas))
    la_tarea = lee_tarea(tarea or _la_de_la_mayoria(leidas))
    repartidas = cuaderno.desde_dict(la_tarea.repartido)
    return la_tarea, [
        _elige(entrega, leida, la_tarea.numero, repartidas)
        for entrega, leida in zip(entregas, leidas, strict=True)
    ]


def _lee(entrega, modo, limites):
    """Sus cuadernos: nombre, celdas, avisos y tarea de cada uno. Sin ninguno, por qué."""
    legibles, motivos = [], []
    for nombre in sorted(entrega.archivos, key=lambda nombre: not nombre.endswith(".ipynb")):
        try:
            celdas, avisos = _abre(entrega.carpeta / nombre, modo, limites)
        except cuaderno.NoEsUnCuaderno as motivo:
            motivos.append(f"«{nombre}» {motivo}")
            continue
        except SalaRota as error:
            return Leida(entrega, [], "", entrega.avisos, "", f"no se pudo leer: {error}")
        legibles.append((nombre, celdas, avisos, cuaderno.que_tarea(celdas)))
    if legibles:
        return legibles
    porque = [*entrega.avisos, *motivos] or ["no entregó ningún archivo"]
    return Leida(entrega, [], "; ".join(porque[:3]), [], "")


def _elige(entrega, leida, tarea, repartidas):
    """De sus cuadernos, el de esta tarea que más respuestas lleva; si no hay, el de otra."""
    if isinstance(leida, Leida):
        return leida

    def le_falta(legible):
        _, celdas, _, numero = legible
        escritas = cuaderno.respuestas(celdas, repartidas).values()
        return numero != tarea, not numero, -sum(map(bool, escritas))

    nombre, celdas, avisos, numero = min(leida, key=le_falta)
    avisos = [*entrega.avisos, *avisos]
    if not nombre.endswith(".ipynb"):
        avisos.append(f"el cuaderno se llamaba «{nombre}»")
    if len(leida) > 1:
        avisos.append(f"había {len(leida)} cuadernos; se calificó «{nombre}»")
    return Leida(entrega, celdas, "", avisos, numero)


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
    numeros = []
    for leida in leidas:
        # Quien entregó dos de la misma cuenta una vez.
        numeros += {numero for *_, numero in leida} if isinstance(leida, list) else ()
    for nombre in sorted(tareas(), key=lambda n: -numeros.count(n.partition("_")[0])):
        if nombre.partition("_")[0] in numeros:
            return nombre
    raise ErrorDelCurso(
        "Ningún cuaderno es de una tarea de este curso.",
        "se entregó otra cosa, o los cuadernos están dañados.",
        "a decir cuál es: --tarea " + tareas()[0],
    )
