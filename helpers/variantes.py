"""Datos distintos para cada persona, siempre los mismos para ella: el proyecto final.

De (curso, estudiante) sale una huella; de la huella, enteros; de los enteros, los datos. No
interviene el azar de ninguna librería: salen iguales con cualquier versión y en cualquier sistema.
Quien copia un modelo copia también sus coeficientes, y esos son de otra persona.
"""

import hashlib
import re
import unicodedata
from fractions import Fraction

from helpers.errores import ErrorDelCurso

COLUMNAS = ("horas", "faltas")
ALUMNOS = 40
LARGO_MAXIMO = 100
EJEMPLO = ("ejemplo", "nadie en particular")
# Con otra palabra, a cada persona le tocan otros datos.
SERIE = "horas y faltas"
# En centésimas: la nota de quien ni estudia ni falta, y lo que cambia por hora y por falta.
ORDENADAS, POR_HORA, POR_FALTA = (3500, 4500), (100, 240), (-150, -50)
BYTES_POR_ENTERO = 8  # con tantos, el resto de la división reparte sin que se note el sesgo


def mis_horas_de_estudio(curso, estudiante):
    """Los datos de tu variante: horas de estudio, faltas y nota de 40 alumnos inventados.

    Parámetros
    ----------
    curso : str
        El nombre que diga quien enseña.
    estudiante : str
        Tu nombre y tus apellidos, como figuran en la plataforma donde entregas. No importan las
        mayúsculas, las tildes, los espacios ni el orden.

    Devuelve
    --------
    DataFrame de 40 × 3
        horas (por semana, de 0.5 a 20), faltas (de 0 a 12) y nota (de 0 a 100). Si aún no has
        escrito los dos nombres, los de un ejemplo, y lo dice.

    Errores
    -------
    ErrorDelCurso
        Si un nombre está vacío o no es un nombre.
    """
    import pandas as pd

    if curso is ... or estudiante is ...:
        print("Datos de ejemplo. Los tuyos salen cuando escribas curso y estudiante.")
        curso, estudiante = EJEMPLO
    return pd.DataFrame(filas(curso, estudiante), columns=[*COLUMNAS, "nota"])


def normaliza(nombre, que="estudiante"):
    """Un nombre sin lo que cambia según quién lo escriba.

    Parámetros
    ----------
    nombre : str
    que : str
        De qué es, para el mensaje de error.

    Devuelve
    --------
    str
        Sus palabras en minúscula, sin tildes y en orden alfabético.

    Errores
    -------
    ErrorDelCurso
        Si no es un texto, está vacío o no es un nombre.
    """
    if not isinstance(nombre, str):
        raise ErrorDelCurso(
            f"Como {que} vi algo que no es un texto.",
            "faltan las comillas.",
            f'a escribirlo entre comillas: {que} = "…".',
        )
    letras = unicodedata.normalize("NFKD", nombre[: LARGO_MAXIMO + 1].casefold())
    sin_tildes = "".join(letra for letra in letras if not unicodedata.combining(letra))
    palabras = re.findall(r"[^\W_]+", sin_tildes)
    if not palabras:
        raise ErrorDelCurso(
            f"No hay ningún nombre en «{que}».",
            "se dejó vacío, o solo con puntos o espacios.",
            f'a escribirlo entre comillas: {que} = "…".',
        )
    junto = "".join(palabras)
    un_relleno = len(set(junto)) == 1 and not junto.isdigit()
    if len(nombre) > LARGO_MAXIMO or un_relleno:
        raise ErrorDelCurso(
            f"«{nombre[:30].strip()}» no parece el nombre de un {que}.",
            "se escribió cualquier cosa para probar, o se pegó otro texto.",
            "con el nombre con el que entregas."
            if que == "estudiante"
            else "con el que te dieron.",
        )
    return " ".join(sorted(palabras))


def coincide(estudiante, quien):
    """Verdadero si dos nombres pueden ser de la misma persona.

    Basta con que uno tenga todas las palabras del otro, si son dos o más: hay quien tiene dos
    apellidos en la plataforma y escribe uno.
    """
    try:
        uno, otro = (set(normaliza(nombre).split()) for nombre in (estudiante, quien))
    except ErrorDelCurso:
        return False
    comunes = uno & otro
    return uno == otro or (len(comunes) >= 2 and comunes in (uno, otro))


def filas(curso, estudiante):
    """Las filas de una variante: horas, faltas y nota, sin ninguna librería."""
    enteros = _enteros(curso, estudiante)
    verdad = [_entre(next(enteros), *limites) for limites in (ORDENADAS, POR_HORA, POR_FALTA)]
    return [_fila(enteros, *verdad) for _ in range(ALUMNOS)]


def recta(curso, estudiante):
    """La regresión de una variante, exacta: se resuelve con fracciones.

    Devuelve
    --------
    tuple de 3 float
        La ordenada y los coeficientes de `horas` y de `faltas`.
    """
    datos = [
        [Fraction(round(10 * valor), 10) for valor in fila] for fila in filas(curso, estudiante)
    ]
    unos = [(Fraction(1), horas, faltas, nota) for horas, faltas, nota in datos]
    # Las ecuaciones normales, con lo que se busca en la última columna.
    sistema = [[sum(u[i] * u[j] for u in unos) for j in range(4)] for i in range(3)]
    return tuple(map(float, _resuelve(sistema)))


def _enteros(curso, estudiante):
    semilla = "\n".join((SERIE, normaliza(curso, "curso"), normaliza(estudiante)))
    cuantos = 3 + 6 * ALUMNOS
    bytes_ = hashlib.shake_256(semilla.encode("utf-8")).digest(cuantos * BYTES_POR_ENTERO)
    for puesto in range(0, len(bytes_), BYTES_POR_ENTERO):
        yield int.from_bytes(bytes_[puesto : puesto + BYTES_POR_ENTERO], "big")


def _entre(entero, minimo, maximo):
    return minimo + entero % (maximo - minimo + 1)


def _fila(enteros, ordenada, por_hora, por_falta):
    """Una fila. Las cuentas se hacen en milésimas enteras: ningún redondeo depende del equipo."""
    decimas = _entre(next(enteros), 5, 200)
    faltas = _entre(next(enteros), 0, 12)
    # La suma de cuatro números al azar se parece a la campana, y no pasa de 6 puntos.
    azar = sum(_entre(next(enteros), -1500, 1500) for _ in range(4))
    milesimas = 10 * ordenada + por_hora * decimas + 10 * por_falta * faltas + azar
    return decimas / 10, faltas, (milesimas + 50) // 100 / 10


def _resuelve(sistema):
    """Elimina una incógnita cada vez. Con fracciones no se pierde nada por el camino."""
    for i in range(3):
        sistema[i] = [valor / sistema[i][i] for valor in sistema[i]]
        for j in {0, 1, 2} - {i}:
            sistema[j] = [
                b - sistema[j][i] * a for a, b in zip(sistema[i], sistema[j], strict=True)
            ]
    return [fila[3] for fila in sistema]
