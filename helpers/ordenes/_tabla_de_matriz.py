"""Lo que `matriz` averigua de cada entorno y la tabla en que lo cuenta."""

import datetime
from dataclasses import dataclass, field

from helpers.ordenes._sistema import sistema

NUEVA = "nueva"  # como se pide el scikit-learn más reciente
DE_INTERES = (
    *("numpy", "scipy", "pandas", "matplotlib"),
    *("joblib", "dill", "cloudpickle", "skops", "ipykernel"),
)


@dataclass(frozen=True)
class Columna:
    """Un scikit-learn con un Python.

    Parámetros
    ----------
    sklearn, python : str
        Lo que se pidió, como "1.6" o "nueva", y "3.11".
    versiones : dict[str, str]
        Lo que quedó instalado; vacío si no se pudo.
    motivo : str
        Por qué no se pudo instalar.
    fallos : dict[str, str]
        De cada lección, su fallo en una línea; vacío si pasa.
    """

    sklearn: str
    python: str
    versiones: dict = field(default_factory=dict)
    motivo: str = ""
    fallos: dict = field(default_factory=dict)

    @property
    def nombre(self):
        """Las dos versiones: las instaladas o, si no se pudo, las que se pidieron."""
        return f"{self.versiones.get('scikit-learn', self.sklearn)} · {self.python}"

    @property
    def pasa(self):
        """Se instaló y ninguna lección falla."""
        return not self.motivo and not any(self.fallos.values())


def tabla(columnas, lecciones):
    """Redacta el resultado.

    Parámetros
    ----------
    columnas : list[Columna]
        En el orden en que se leerán.
    lecciones : list[str]
        Sus números, que son las filas.

    Devuelve
    --------
    str
        La fecha, el sistema, la tabla, los fallos y las versiones instaladas, en Markdown.
    """
    filas = [
        [leccion, *(_casilla(columna, leccion) for columna in columnas)] for leccion in lecciones
    ]
    partes = [
        f"Probado el {datetime.date.today().isoformat()} en {sistema()}.{_la_mas_nueva(columnas)}",
        _en_markdown(["Lección", *(columna.nombre for columna in columnas)], filas),
    ]
    if problemas := [*_fallos(columnas), *_sin_instalar(columnas)]:
        partes.append("\n".join(problemas))
    if instaladas := _instaladas(columnas):
        cabecera = ["scikit-learn", "Python", *(f"`{libreria}`" for libreria in DE_INTERES)]
        partes.append(_en_markdown(cabecera, instaladas))
    return "\n\n".join(partes)


def _la_mas_nueva(columnas):
    """Qué versión era la más nueva, que puede no ser la misma con todos los Python."""
    nuevas = [c.versiones["scikit-learn"] for c in columnas if c.sklearn == NUEVA and c.versiones]
    cuales = " o ".join(dict.fromkeys(nuevas))
    return f" El scikit-learn más nuevo era el {cuales}." if cuales else ""


def _casilla(columna, leccion):
    if columna.motivo:
        return "sin probar"
    fallo = columna.fallos[leccion]
    lugar = fallo.partition(": ")[0]
    if not fallo:
        return "pasa"
    return f"falla: {lugar}" if lugar.startswith("celda ") else "falla"


def _fallos(columnas):
    for columna in columnas:
        for leccion, fallo in columna.fallos.items():
            if fallo:
                yield f"- {columna.nombre} · {leccion}: {_literal(fallo)}"


def _sin_instalar(columnas):
    for columna in columnas:
        if columna.motivo:
            yield f"- {columna.nombre} · no se pudo instalar: {columna.motivo}"


def _literal(texto):
    """Un mensaje de otro programa, para que Markdown no lo interprete."""
    return f"`{texto.replace('`', chr(39))}`"


def _instaladas(columnas):
    """Una fila por cada conjunto de versiones, con todos los Python que lo comparten."""
    pythons = {}
    for columna in columnas:
        if columna.versiones:
            suyas = tuple(columna.versiones[libreria] for libreria in DE_INTERES)
            clave = (columna.versiones["scikit-learn"], suyas)
            pythons.setdefault(clave, []).append(columna.versiones["python"])
    return [
        [sklearn, ", ".join(dict.fromkeys(suyos)), *suyas]
        for (sklearn, suyas), suyos in pythons.items()
    ]


def _en_markdown(cabecera, filas):
    """Una tabla cuyas columnas también se ven alineadas en la terminal."""
    anchos = [max(map(len, columna)) for columna in zip(cabecera, *filas, strict=True)]
    lineas = [cabecera, ["-" * ancho for ancho in anchos], *filas]
    return "\n".join(
        f"| {' | '.join(casilla.ljust(n) for casilla, n in zip(linea, anchos, strict=True))} |"
        for linea in lineas
    )
