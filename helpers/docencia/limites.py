"""Cuánto puede gastar una entrega, en un solo sitio."""

from dataclasses import dataclass

MB = 2**20


@dataclass(frozen=True)
class Limites:
    """Los límites de una entrega. Los tiempos son segundos; los tamaños, bytes.

    `celda` y `pregunta` se piden con educación: el código recibe una interrupción. `gracia` es lo
    que se espera después, antes de cerrar el proceso. `memoria` es la de todos sus procesos
    juntos; `procesos` cuenta también los hilos.
    """

    celda: float = 20
    pregunta: float = 5
    gracia: float = 3
    total: float = 180
    memoria: int = 2048 * MB
    disco: int = 128 * MB
    procesos: int = 64
    respuesta: int = 4 * MB
    archivo: int = 32 * MB
    impreso: int = 20_000
    reintentos: int = 5
