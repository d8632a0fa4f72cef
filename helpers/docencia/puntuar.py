"""De un cuaderno entregado a sus puntos, con una frase por cada punto que falta."""

from dataclasses import dataclass, field

from helpers.docencia import cuaderno
from helpers.docencia.criterios import NoContesta
from helpers.docencia.entrevista import Entrevista
from helpers.docencia.restaurar import restaura


@dataclass
class Calificacion:
    """Lo que obtuvo una entrega.

    `puntos` y `faltas` van por ejercicio; `avisos` es lo que conviene saber de cómo llegó;
    `textos`, las respuestas que valora una persona; `celdas`, lo ejecutado y lo que dio. Si
    calificar falló por nuestra culpa, `fallo` dice cómo, y no hay nota.
    """

    puntos: dict[str, float] = field(default_factory=dict)
    faltas: dict[str, list[str]] = field(default_factory=dict)
    avisos: list[str] = field(default_factory=list)
    textos: dict[str, str] = field(default_factory=dict)
    celdas: list[dict] = field(default_factory=list)
    fallo: str = ""


def sin_cuaderno(tarea, motivo):
    """La calificación de una entrega en la que no hay nada que calificar."""
    ceros = {codigo: 0 for codigo in tarea.puntos}
    return Calificacion(ceros, {}, [motivo])


def puntua(tarea, celdas, modo, entrega, limites, quien=()):
    """Ejecuta una entrega en su sala y decide sus puntos desde fuera.

    Parámetros
    ----------
    tarea : Tarea
    celdas : list[Celda]
        Las del cuaderno entregado.
    modo : str
        Cómo se aísla; uno de los que da `aislar.elige_modo`.
    entrega : Path o None
        La carpeta con lo demás que se entregó.
    limites : Limites
    quien : tuple[str, ...]
        Los nombres con los que se conoce a quien entrega.

    Devuelve
    --------
    Calificacion
        Con los textos a 0 puntos hasta que alguien los valore.
    """
    repartidas = cuaderno.desde_dict(tarea.repartido)
    celdas, avisos = restaura(celdas, repartidas)
    de_codigo = [
        celda for celda in celdas if celda.tipo == "code" and not es_revision(celda.fuente)
    ]
    escritas = cuaderno.respuestas(celdas, repartidas)
    nota = Calificacion(avisos=avisos, textos={c: escritas.get(c, "") for c in tarea.rubricas})
    codigo_entregado = [celda.fuente for celda in de_codigo]
    with Entrevista(codigo_entregado, modo, entrega, limites, quien) as entrevista:
        for codigo, criterios in tarea.pruebas.items():
            nota.puntos[codigo], nota.faltas[codigo] = _valora(criterios, entrevista)
            if not nota.puntos[codigo] and not escritas.get(codigo):
                nota.faltas[codigo] = ["sin responder"]
    nota.puntos |= {codigo: 0 for codigo in tarea.rubricas}
    for numero, motivo in entrevista.incidencias:
        nota.avisos.append(f"la celda «{de_codigo[numero].nombre or numero + 1}» {_paso(motivo)}")
    salidas = {id(c): s for c, s in zip(de_codigo, entrevista.salidas, strict=True)}
    for celda in celdas:
        datos = {"tipo": celda.tipo, "nombre": celda.nombre, "fuente": celda.fuente}
        nota.celdas.append(datos | salidas.get(id(celda), {}))
    return nota


def es_revision(fuente):
    """Verdadero con las celdas que explican a quien aprende. La nota no depende de ellas."""
    return fuente.lstrip().startswith("revisa(")


def _valora(criterios, entrevista):
    puntos, faltas = 0, []
    for criterio in criterios:
        try:
            cumple, detalle = criterio.cumple(entrevista), ""
        except NoContesta as motivo:
            cumple, detalle = False, f" ({motivo})"
        except (TypeError, ValueError, LookupError, AttributeError, ArithmeticError):
            # La respuesta es un dato con otra forma: comparar con lo esperado no tiene sentido.
            cumple, detalle = False, ""
        if cumple is True:
            puntos += criterio.puntos
        else:
            faltas.append(criterio.falta + detalle)
    return puntos, faltas


def _paso(motivo):
    return motivo if motivo.startswith(("no ", "usó", "abrió", "escribió")) else f"falló: {motivo}"
