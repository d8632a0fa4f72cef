"""Cuánto hay que leer en un cuaderno y qué queda de sus minutos para pensar y escribir."""

import re
from dataclasses import dataclass

from helpers.docencia.lecciones import llamada

# El extremo lento de lo que lee en silencio la mayoría de los adultos: Brysbaert (2019).
PALABRAS_POR_MINUTO = 175
# Lo menos que se deja, después de leer, para una apuesta y para un ejercicio.
POR_PREDICCION, POR_EJERCICIO = 1, 2
DE_LOS_ENLACES = re.compile(r"(?<=\])\([^)]*\)")
ETIQUETAS = re.compile(r"<!--.*?-->|</?[a-zA-Z][^>]*>", re.DOTALL)
PALABRA = re.compile(r"\S*\w\S*")


@dataclass(frozen=True)
class Cuenta:
    """Lo que hay en uno o varios apartados: palabras que leer, celdas y lo que se pide hacer."""

    minutos: int
    palabras: int
    impresas: int
    celdas: int
    predicciones: int
    ejercicios: int

    @property
    def lectura(self):
        """Los minutos que lleva leerlo, a `PALABRAS_POR_MINUTO`."""
        return self.palabras / PALABRAS_POR_MINUTO

    @property
    def queda(self):
        """Los minutos que quedan para los ejercicios: sin lo que se lee ni se apuesta."""
        return self.minutos - self.lectura - POR_PREDICCION * self.predicciones


def palabras(texto):
    """Las palabras de un Markdown: sin direcciones ni etiquetas, y con el código en línea."""
    return len(PALABRA.findall(ETIQUETAS.sub(" ", DE_LOS_ENLACES.sub(" ", texto))))


def cuenta(*apartados):
    """Lo que suman unos apartados.

    Parámetros
    ----------
    apartados : Apartado

    Devuelve
    --------
    Cuenta
        Cuentan como lectura el texto y las preguntas de las predicciones con sus opciones. Lo que
        las celdas imprimen va aparte. El código no se cuenta: se lee de otra manera.
    """
    celdas = [celda for apartado in apartados for celda in apartado.celdas]
    de_codigo = [celda for celda in celdas if celda.es_codigo]
    apuestas = [celda for celda in de_codigo if "prediccion" in celda.etiquetas]
    leidas = sum(palabras(apartado.texto) for apartado in apartados)
    return Cuenta(
        minutos=sum(apartado.minutos for apartado in apartados),
        palabras=leidas + sum(map(_palabras_de_la_apuesta, apuestas)),
        impresas=sum(palabras(celda.impreso) for celda in de_codigo),
        celdas=len(de_codigo),
        predicciones=len(apuestas),
        ejercicios=sum(len(apartado.ejercicios) for apartado in apartados),
    )


def _palabras_de_la_apuesta(celda):
    (_, pregunta), opciones = llamada(celda, "predice")
    opciones.pop("elijo")
    return sum(map(palabras, (pregunta, *opciones.values())))
