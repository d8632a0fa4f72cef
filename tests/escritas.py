"""Una respuesta escrita en la celda de una tarea: lo que dice su revisión y los puntos que vale.

Cada respuesta equivocada se escribe una vez y se juzga de las dos maneras.
"""

import textwrap
from dataclasses import dataclass

from casos import Caso
from entregas import celda, con_respuesta, lee
from sin_sala import ejecuta

from helpers.ejercicios.resultado import Estado


@dataclass(frozen=True)
class Escrita:
    """Lo que alguien escribe en una celda.

    Parámetros
    ----------
    tarea : str
        Su nombre, como «t2_metodos».
    codigo : str
        El ejercicio.
    fuente : str
        Lo que sustituye a la celda de respuesta.
    puntos : float
        Los que da la nota.
    mensaje, fragmento, estado
        Los de la revisión, como en `Caso`.
    """

    tarea: str
    codigo: str
    fuente: str
    puntos: float
    mensaje: str
    fragmento: str
    estado: Estado = Estado.INCORRECTO

    def __str__(self):
        return f"{self.codigo}-{self.mensaje}-{self.puntos:g}"

    def caso(self):
        """El caso de su revisión, con los argumentos que recibe en el cuaderno."""

        def prepara():
            cuaderno = con_respuesta(lee("release", self.tarea), self.codigo, self.fuente)
            return lo_que_revisa(cuaderno, self.codigo)

        return Caso(self.codigo, prepara, self.mensaje, self.fragmento, self.estado)

    def entregada(self):
        """El cuaderno de quien lo hizo todo bien salvo esto."""
        return con_respuesta(lee("source", self.tarea), self.codigo, self.fuente)


def lo_que_revisa(cuaderno, codigo):
    """Los argumentos que la celda de revisión de un ejercicio da a `revisa`, tras su código."""
    revisa = celda(cuaderno, f"{codigo.replace('.', '-')}-revision")
    _, _, argumentos = "".join(revisa["source"]).partition(", ")
    return eval(f"({argumentos[:-1]},)", ejecuta(cuaderno))


def para(tarea):
    """Con qué se escriben las respuestas de una tarea: las buenas y las demás."""

    def mal(codigo, fuente, puntos, mensaje, fragmento, estado=Estado.INCORRECTO):
        limpia = textwrap.dedent(fuente).strip("\n")
        return Escrita(tarea, codigo, limpia, puntos, mensaje, fragmento, estado)

    def bien(codigo, fuente, puntos, fragmento):
        return mal(codigo, fuente, puntos, "bien", fragmento, Estado.CORRECTO)

    return bien, mal
