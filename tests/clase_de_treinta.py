"""Treinta entregas inventadas de la tarea 1, con los puntos que merece cada una."""

from dataclasses import dataclass

from clase_inventada import NOMBRES
from entregas import cuaderno, en_bytes, perfecta
from entregas_malas import MALAS

TODO = {"t1.1": 2, "t1.2": 2, "t1.3": 1, "t1.4": 2, "t1.5": 3}
# Lo que se escribe en lugar de la solución, y lo que vale.
A_MEDIAS = {
    "calla": ("t1.1", 1, "def repara(texto, leido_como):\n"
              "    return texto.encode(leido_como, errors='ignore').decode('utf-8')"),
    "al revés": ("t1.1", 0, "def repara(texto, leido_como):\n"
                 "    return texto.encode('utf-8').decode(leido_como)"),
    "sin ordenada": ("t1.2", 1, "def predice_todas(parametros, filas):\n    return ["
                     "sum(a * b for a, b in zip(parametros['coef'], fila, strict=True))"
                     " for fila in filas]"),
    "se rompe": ("t1.2", 0, "def predice_todas(parametros, filas):\n    return 1 / 0"),
    "una letra": ("t1.3", 0, "sobrevive = 'b'"),
    "cambiadas": ("t1.4", 1, "import pickle\nfrom sklearn.linear_model import LinearRegression\n"
                  "modelo = LinearRegression().fit(notas[['nota']], notas['horas'])\n"
                  "with open('modelo.pkl', 'wb') as archivo:\n    pickle.dump(modelo, archivo)"),
    "sin archivo": ("t1.4", 0, "import pickle"),
}  # fmt: skip
# De cada entrega a medias, lo que le falta y el nivel de su texto.
COMBINADAS = (
    (("calla",), 3), (("al revés",), 2), (("sin ordenada",), 3), (("se rompe",), 1),
    (("una letra",), 3), (("cambiadas",), 2), (("sin archivo",), 3), ((), 1), ((), 0),
    (("calla", "sin ordenada"), 2), (("al revés", "una letra"), 1), (("se rompe", "cambiadas"), 0),
)  # fmt: skip
# Las hostiles que no esperan a ningún límite de tiempo. Sus puntos los dice `entregas_malas`.
HOSTILES = ("se va al preguntarle", "pickle malo", "árbol", "nota falsa", "no es", "sin celdas",
            "lista sin fin")  # fmt: skip


@dataclass(frozen=True)
class Entregada:
    """Lo que sube una persona, lo que merece y el nivel que se dará a su texto (None: no hay)."""

    nombre: str
    archivos: dict[str, bytes]
    puntos: dict[str, float]
    nivel: int | None


def clase():
    """Siete perfectas, doce a medias, cuatro en blanco y siete hostiles."""
    hechas = [({"t1.ipynb": en_bytes(perfecta())}, TODO, 3)] * 7
    hechas += [_a_medias(*combinada) for combinada in COMBINADAS]
    hechas += [({"t1.ipynb": en_bytes(cuaderno())}, dict.fromkeys(TODO, 0), None)] * 4
    malas = {mala.nombre: mala for mala in MALAS}
    hechas += [(malas[n].archivos, malas[n].puntos | {"t1.5": 0}, None) for n in HOSTILES]
    nombres = (*NOMBRES, "Íñigo Ñandú", "Lidia Leal")
    return [Entregada(nombre, *una) for nombre, una in zip(nombres, hechas, strict=True)]


def _a_medias(faltas, nivel):
    cambios, puntos = {}, TODO | {"t1.5": nivel}
    for falta in faltas:
        codigo, vale, fuente = A_MEDIAS[falta]
        cambios[f"r{codigo[-1]}"], puntos[codigo] = fuente, vale
    return {"t1.ipynb": en_bytes(perfecta(**cambios))}, puntos, nivel
