"""Cómo se reparten las lecciones en clases de 55 y de 110 minutos. Todo sale de sus minutos."""

from dataclasses import dataclass

ENTRADA, DESCANSO = 3, 10
CORTA, LARGA = 55, 110
# Lo imprescindible para guardar un modelo, comprobarlo y no perderlo.
CAMINO_CORTO = ("00", "01", "02a", "02b", "02d", "03a", "04a")


@dataclass(frozen=True)
class Clase:
    """Una clase: cuánto dura y sus lecciones, con un descanso entre dos."""

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
    def margen(self):
        """Lo que sobra: para instalar, para preguntas o para acabar un ejercicio."""
        return self.duracion - ENTRADA - self.minutos - self.descansos


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
        if duracion == LARGA and junta and junta.margen >= 0:
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
    for numero, clase in enumerate(hechas, start=1):
        nombres = " y ".join(f"[{x.codigo}](guia_{x.codigo}.md)" for x in clase.lecciones)
        minutos = " + ".join(str(leccion.minutos) for leccion in clase.lecciones)
        lineas.append(
            f"| {numero} | {nombres} | {ENTRADA} | {minutos} | {clase.descansos} "
            f"| {clase.margen} | {clase.duracion} |"
        )
    return "\n".join(lineas) + "\n"
