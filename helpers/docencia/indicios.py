"""Lo que una entrega deja ver para compararla con las demás. Se ejecuta en su sala."""

import contextlib
import hashlib
import re
from dataclasses import dataclass, field

from helpers.docencia import cuaderno
from helpers.docencia.criterios import NoContesta
from helpers.docencia.entrevista import Entrevista
from helpers.docencia.fragmentos import fragmentos
from helpers.docencia.puntuar import es_revision
from helpers.docencia.restaurar import restaura
from helpers.docencia.sesion import SalaRota

MODELO = "modelo.joblib"
FILAS = [[0.0, 0.0], [1.0, 0.0], [0.0, 1.0]]
# Dos personas no imprimen por azar el mismo número con seis decimales, ni la misma huella.
NUMERO_LARGO = re.compile(r"(?<![\d.])\d+\.\d{6,}|\b[0-9a-f]{32,64}\b")
NO_ES_SUYO = {"predicciones.json", "prestado.joblib"}  # los escriben celdas repartidas
MINIMO = 100  # bytes: por debajo, dos archivos coinciden sin que nadie copie
QUE_DEJA = """
def archivos_que_deja():
    import hashlib, pathlib
    rutas = [r for r in sorted(pathlib.Path().iterdir()) if r.is_file()][:50]
    return {
        r.name: hashlib.sha256(r.read_bytes()).hexdigest()
        for r in rutas if 100 <= r.stat().st_size <= 2**25
    }
"""


@dataclass
class Indicios:
    """Lo de una entrega. `codigo` va por ejercicio; `archivos`, por huella; `numeros`, impresos.

    `dice_ser` es el curso y el estudiante que declara, si la tarea los pide; `recta`, la ordenada
    y los coeficientes de su modelo.
    """

    nombre: str
    codigo: dict[str, frozenset] = field(default_factory=dict)
    archivos: dict[str, str] = field(default_factory=dict)
    numeros: frozenset = frozenset()
    dice_ser: tuple[str, str] | None = None
    recta: tuple[float, float, float] | None = None


def reune(tarea, leida, modo, limites):
    """Los indicios de una entrega ya leída.

    Parámetros
    ----------
    tarea : Tarea
    leida : Leida
    modo : str
    limites : Limites

    Devuelve
    --------
    Indicios
        Vacíos si no hay cuaderno, o si sigue como se repartió.
    """
    suyos = Indicios(leida.entrega.nombre)
    repartidas = cuaderno.desde_dict(tarea.repartido)
    celdas, _ = restaura(leida.celdas, repartidas)
    if leida.tarea != tarea.numero or not any(cuaderno.respuestas(celdas, repartidas).values()):
        return suyos
    suyos.codigo = _codigo(celdas, repartidas)
    suyos.archivos = _entregados(leida.entrega)
    a_ejecutar = [c.fuente for c in celdas if c.tipo == "code" and not _es_revision(c)]
    # Si su sala no se abre, se compara lo que no hace falta ejecutar.
    with (
        contextlib.suppress(SalaRota),
        Entrevista(a_ejecutar, modo, leida.entrega.carpeta, limites) as entrevista,
    ):
        _pregunta(suyos, entrevista)
    return suyos


def _es_revision(celda):
    return es_revision(celda.fuente)


def _codigo(celdas, repartidas):
    """Los fragmentos de lo que escribió, por ejercicio; lo repartido no cuenta."""
    ejercicio = cuaderno.ejercicio_de_cada_respuesta(repartidas)
    nuestros = {celda.nombre for celda in repartidas} - ejercicio.keys()
    dados = frozenset().union(*(fragmentos(c.fuente) for c in repartidas if c.tipo == "code"))
    por_ejercicio = {}
    for celda in celdas:
        if celda.tipo == "code" and celda.nombre not in nuestros:
            codigo = ejercicio.get(celda.nombre, "")
            vistos = por_ejercicio.get(codigo, frozenset())
            por_ejercicio[codigo] = vistos | fragmentos(celda.fuente) - dados
    return por_ejercicio


def _entregados(entrega):
    huellas = {}
    for nombre in sorted(set(entrega.archivos) - NO_ES_SUYO):
        contenido = (entrega.carpeta / nombre).read_bytes()
        if len(contenido) >= MINIMO:
            huellas[hashlib.sha256(contenido).hexdigest()] = nombre
    return huellas


def _pregunta(suyos, entrevista):
    """Lo que solo se sabe ejecutando. Lo que no conteste, no se compara."""
    impreso = " ".join(str(salida["texto"]) for salida in entrevista.salidas)
    suyos.numeros = frozenset(NUMERO_LARGO.findall(impreso))
    quien = _si_contesta(lambda: (entrevista.valor("curso"), entrevista.valor("estudiante")))
    if not quien or not all(isinstance(nombre, str) for nombre in quien):
        return
    suyos.dice_ser = quien
    predicho = _si_contesta(lambda: entrevista.predice(MODELO, FILAS))
    suyos.recta = _recta(predicho)
    dejados = _si_contesta(lambda: _archivos_que_deja(entrevista))
    if isinstance(dejados, dict):
        nuevos = {str(h): str(n) for n, h in dejados.items() if n not in NO_ES_SUYO}
        suyos.archivos = nuevos | suyos.archivos


def _archivos_que_deja(entrevista):
    entrevista.define(QUE_DEJA)
    return entrevista.llama("archivos_que_deja")


def _si_contesta(pregunta):
    try:
        return pregunta()
    except (NoContesta, ValueError, LookupError, TypeError):
        return None


def _recta(predicho):
    try:
        cero, hora, falta = (float(p[0] if isinstance(p, list) else p) for p in predicho)
    except (TypeError, ValueError, LookupError, OverflowError):
        return None
    return cero, hora - cero, falta - cero
