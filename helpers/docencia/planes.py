"""Cómo se reparten las lecciones en clases de 55 y de 110 minutos. Todo sale de sus minutos."""

import math
from dataclasses import dataclass

ENTRADA, DESCANSO = 3, 10
CORTA, LARGA = 55, 110
# Lo imprescindible para guardar un modelo, comprobarlo y no perderlo.
CAMINO_CORTO = ("00", "01", "02a", "02b", "02d", "03a", "04a")


@dataclass(frozen=True)
class Clase:
    """Unas lecciones que se dan juntas, con un descanso entre dos.

    Ocupan una clase, o las que hagan falta si una lección sola no cabe.
    """

    duracion: int
    lecciones: tuple

    @property
    def descansos(self):
        """Los minutos de descanso."""
        return DESCANSO * (len(self.lecciones) - 1)

    @property
    def minutos(self):
        """Los de sus lecciones."""
        return sum(leccion.minutos for leccion in self.lecciones)

    @property
    def cuantas(self):
        """Las clases que ocupan. En cada una hay que entrar."""
        return math.ceil((self.minutos + self.descansos) / (self.duracion - ENTRADA))

    @property
    def entrada(self):
        """Los minutos de llegar y abrir el cuaderno."""
        return ENTRADA * self.cuantas

    @property
    def total(self):
        """Los minutos de todas las clases que ocupan."""
        return self.duracion * self.cuantas

    @property
    def margen(self):
        """Lo que sobra: para instalar, para preguntas o para acabar un ejercicio."""
        return self.total - self.entrada - self.minutos - self.descansos


def clases(lecciones, duracion):
    """Reparte las lecciones, en su orden, en clases donde caben enteras.

    Parámetros
    ----------
    lecciones : list de Leccion
    duracion : int
        `CORTA`, con una lección por clase, o `LARGA`.

    Devuelve
    --------
    list de Clase
    """
    hechas = []
    for leccion in lecciones:
        junta = Clase(duracion, (*hechas[-1].lecciones, leccion)) if hechas else None
        if duracion == LARGA and junta and junta.cuantas == 1:
            hechas[-1] = junta
        else:
            hechas.append(Clase(duracion, (leccion,)))
    return hechas


def planes(lecciones):
    """El Markdown con los planes: el curso entero y el camino corto, en clases de 55 y de 110.

    Parámetros
    ----------
    lecciones : list de Leccion
    """
    cortas = [leccion for leccion in lecciones if leccion.codigo in CAMINO_CORTO]
    partes = []
    for titulo, suyas in (("El curso entero", lecciones), ("El camino corto", cortas)):
        for duracion in (CORTA, LARGA):
            partes.append(f"## {titulo}, en clases de {duracion} minutos\n")
            partes.append(_tabla(clases(suyas, duracion)))
    return "\n".join(partes)


def _tabla(hechas):
    lineas = [
        "| Clase | Lecciones | Entrada | Lecciones, min | Descanso | Margen | Total |",
        "|---:|---|---:|---:|---:|---:|---:|",
    ]
    dadas = 0
    for clase in hechas:
        numero = " y ".join(str(dadas + n) for n in range(1, clase.cuantas + 1))
        dadas += clase.cuantas
        nombres = " y ".join(f"[{x.codigo}](guia_{x.codigo}.md)" for x in clase.lecciones)
        minutos = " + ".join(str(leccion.minutos) for leccion in clase.lecciones)
        lineas.append(
            f"| {numero} | {nombres} | {clase.entrada} | {minutos} | {clase.descansos} "
            f"| {clase.margen} | {clase.total} |"
        )
    return "\n".join(lineas) + "\n"
