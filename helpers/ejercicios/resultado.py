"""Lo que dice una revisión: un estado, un mensaje con nombre y un texto para quien aprende."""

import reprlib
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from numbers import Real

ANCHO_DE_MUESTRA = 60  # caracteres de cada pieza de un valor
ANCHO_MAXIMO = 120  # y del valor entero


class Estado(StrEnum):
    """Los cuatro finales posibles de una revisión. No responder no es fallar."""

    SIN_RESPONDER = "Todavía sin responder"
    CORRECTO = "Correcto"
    INCORRECTO = "Todavía no"
    ERROR_TUYO = "Tu código no llegó al final"


@dataclass(frozen=True)
class Resultado:
    """El final de una revisión. `mensaje` es su nombre corto, estable, para las pruebas."""

    estado: Estado
    mensaje: str
    texto: str


@dataclass(frozen=True)
class Ejercicio:
    """Un ejercicio entero: lo usan el cuaderno, las tareas y las pruebas.

    Parámetros
    ----------
    codigo : str
        Lección y número, por ejemplo «02a.4».
    puntos : int
        Lo que vale en una tarea.
    pistas : tuple de 3 str
        La idea, el lugar donde mirar y el código casi entero.
    solucion : str
        Código que sustituye a la celda de respuesta; vacío en una tarea.
    comprueba : función
        Recibe las respuestas y devuelve un `Resultado`.
    """

    codigo: str
    puntos: int
    pistas: tuple[str, str, str]
    solucion: str
    comprueba: Callable[..., Resultado]


@dataclass(frozen=True)
class Prediccion:
    """Una apuesta: cómo se lee lo observado y qué decir a quien eligió cada opción.

    Parámetros
    ----------
    codigo : str
        Lección y número, por ejemplo «02a.p3».
    ocurre : función
        Recibe lo observado y devuelve la letra de la opción que se cumplió, o None.
    comentarios : dict de str a str
        Por letra elegida, una o dos frases: por qué tentaba o por qué era cierta.
    """

    codigo: str
    ocurre: Callable[..., str | None]
    comentarios: dict[str, str]


def bien(texto):
    """Resultado correcto, con lo que conviene recordar."""
    return Resultado(Estado.CORRECTO, "bien", texto)


def mal(mensaje, *, vi, esperaba, porque, prueba):
    """Resultado incorrecto en cuatro frases: qué vi, qué esperaba, por qué pasa y qué probar.

    Cada frase se escribe sin su arranque («Vi», «Esperaba»…) y sin punto final.
    """
    frases = (
        f"Vi {vi}",
        f"Esperaba {esperaba}",
        f"Suele pasar porque {porque}",
        f"Prueba {prueba}",
    )
    return Resultado(Estado.INCORRECTO, mensaje, "\n".join(con_punto(f) for f in frases))


def error_tuyo(mensaje, que_paso, prueba):
    """El código de quien aprende falló, no terminó o no se dejó examinar."""
    return Resultado(
        Estado.ERROR_TUYO, mensaje, f"{con_punto(que_paso)}\n{con_punto(f'Prueba {prueba}')}"
    )


def sin_responder(texto="Cambia los puntos suspensivos por tu respuesta."):
    """Nadie ha contestado aún, o no del todo; `texto` dice por dónde seguir."""
    return Resultado(Estado.SIN_RESPONDER, "sin_responder", texto)


class Rechazo(Exception):
    """Interrumpe una comprobación cuando ya se sabe su resultado."""

    def __init__(self, resultado):
        super().__init__(resultado.mensaje)
        self.resultado = resultado

    @classmethod
    def por(cls, mensaje, **frases):
        """El que termina con las cuatro frases de `mal`."""
        return cls(mal(mensaje, **frases))


def muestra(valor):
    """Un valor en pocas letras, sea lo que sea: enorme, raro o con un `repr` que falla."""
    recorte = reprlib.Repr()
    recorte.maxstring = recorte.maxother = recorte.maxlong = ANCHO_DE_MUESTRA
    try:
        if isinstance(valor, int):
            repr(valor)  # el de un entero enorme falla; desde Python 3.14 el recorte lo tapa
        texto = " ".join(recorte.repr(valor).split())
    except Exception:  # noqa: BLE001 el `repr` es código de quien aprende: puede lanzar cualquier cosa
        texto = f"un objeto {type(valor).__name__} que no se deja mostrar"
    return texto if len(texto) <= ANCHO_MAXIMO else texto[:ANCHO_MAXIMO] + "…"


def es_numero(valor):
    """Verdadero con un número de Python o de NumPy. `True` no cuenta, aunque Python lo sume."""
    return isinstance(valor, Real) and not isinstance(valor, bool)


def con_punto(frase):
    """La frase con su punto final, si no termina ya en un signo que lo haga de más."""
    return frase if frase.endswith((".", "?", "…")) else frase + "."
