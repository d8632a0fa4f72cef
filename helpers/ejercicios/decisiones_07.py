"""Las situaciones del ejercicio 07.4: qué salida vale en cada una y por qué las otras no."""

from dataclasses import dataclass

OPCIONES = ("cargar y comprobar", "fijar", "reentrenar", "exportar")


@dataclass(frozen=True)
class Situacion:
    """Un caso, las salidas que valen y por qué no vale cada una de las otras."""

    resumen: str
    valen: tuple[str, ...]
    por_que_no: dict[str, str]


SITUACIONES = {
    "a": Situacion(
        "hay que responder hoy y los datos se borraron",
        ("fijar",),
        {
            "cargar y comprobar": "con la 1.9.1 ese archivo no carga; no hay nada que comprobar",
            "reentrenar": "sin los datos no hay con qué entrenar",
            "exportar": "para exportarlo hay que cargarlo antes, y aquí no carga",
        },
    ),
    "b": Situacion(
        "están el guion y los datos",
        ("reentrenar",),
        {
            "cargar y comprobar": "el bosque responde otra cosa; comprobarlo solo dirá que no vale",
            "fijar": "serviría hoy, pero el equipo se actualiza y el entorno viejo se queda sin "
            "arreglos",
            "exportar": "congelaría el modelo viejo cuando puedes tener uno nuevo",
        },
    ),
    "c": Situacion(
        "lo usará un programa que no está en Python",
        ("exportar",),
        {
            "cargar y comprobar": "ese programa no puede cargar un pickle",
            "fijar": "un entorno de Python no le sirve a quien no tiene Python",
            "reentrenar": "el modelo nuevo seguiría siendo de scikit-learn",
        },
    ),
    "d": Situacion(
        "la ficha coincide en todo y trae respuestas",
        ("cargar y comprobar",),
        {
            "fijar": "la versión de la ficha ya es la que hay",
            "reentrenar": "nada dice que el modelo esté mal; mira antes si responde lo mismo",
            "exportar": "nadie lo necesita fuera de Python",
        },
    ),
    "e": Situacion(
        "el informe se repetirá igual dentro de años",
        ("fijar",),
        {
            "cargar y comprobar": "comprobar avisa de que cambió; no lo repite",
            "reentrenar": "otro entrenamiento con otra versión puede dar otros números",
            "exportar": "lo exportado predice, pero no repite el entrenamiento ni las figuras",
        },
    ),
    "f": Situacion(
        "una recta de 1.3.2, sin datos y con respuestas guardadas",
        ("cargar y comprobar", "fijar"),
        {
            "reentrenar": "sin los datos no hay con qué entrenar",
            "exportar": "para exportarla hay que cargarla, y saber antes si responde lo mismo",
        },
    ),
}
