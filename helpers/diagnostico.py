"""Qué significa un mensaje de error, por qué aparece, qué probar y en qué lección se ve."""

import re
import sys
import traceback

from helpers._diagnostico import archivo, codigo, uso
from helpers.errores import ErrorDelCurso

# La primera que reconoce una línea es la que se cuenta: las más precisas van antes.
CAUSAS = (*codigo.CAUSAS, *archivo.CAUSAS, *uso.CAUSAS)
COLORES = re.compile(r"\x1b\[[\d;]*m")
PISTAS = (
    "No reconozco ese mensaje.",
    "el mensaje es de otra cosa, o está traducido o recortado.",
    "a copiar la última línea entera. Si salió al cargar un modelo, `load_model(ruta)` lo explica.",
)
DEL_CURSO = "Suele pasar porque"  # así se explican los errores que son del curso


def diagnostica(mensaje=None):
    """Imprime la causa de un error, el remedio y la lección donde se ve.

    Parámetros
    ----------
    mensaje : str o excepción, opcional
        El texto del error, entero o solo su última línea. Si falta, el último error del cuaderno.

    Errores
    -------
    ErrorDelCurso
        Si no hay mensaje, o no es un texto ni una excepción.
    """
    texto = _texto(mensaje)
    if DEL_CURSO in texto:
        print("Ese mensaje es del curso: después de «Prueba» está el remedio.")
        return
    causa, hallado = causa_de(texto)
    if causa is None:
        print(ErrorDelCurso(*PISTAS))
        return
    print(
        ErrorDelCurso(
            causa.que_paso.format_map(hallado.groupdict()), causa.suele_pasar, causa.prueba
        )
    )
    print(f"Se ve en la lección {causa.lugar}.")


def causa_de(texto):
    """La causa de un mensaje.

    El error de verdad es el último que se escribe: se busca de la última línea a la primera.

    Devuelve
    --------
    Causa, re.Match
        La causa y dónde se reconoció; None y None si no se conoce.
    """
    # Python 3.14 repite una línea por cada objeto que iba dentro de otro: basta verla una vez.
    for linea in dict.fromkeys(reversed(texto.splitlines())):
        for causa in CAUSAS:
            for patron in causa.patrones:
                if hallado := re.search(patron, linea.strip(), re.IGNORECASE):
                    return causa, hallado
    return None, None


def _texto(mensaje):
    """El mensaje como texto sin colores."""
    if mensaje is None:
        mensaje = getattr(sys, "last_value", None)
    if isinstance(mensaje, BaseException):
        mensaje = "".join(traceback.format_exception_only(mensaje))
    if not isinstance(mensaje, str):
        raise ErrorDelCurso(
            "No hay ningún mensaje que mirar."
            if mensaje is None
            else f"Un mensaje es un texto, y vi un {type(mensaje).__name__}.",
            prueba='`diagnostica("…")`, con el mensaje pegado entre las comillas.',
        )
    if not mensaje.strip():
        raise ErrorDelCurso("El mensaje está vacío.", prueba="a pegar el error entre las comillas.")
    return COLORES.sub("", mensaje)
