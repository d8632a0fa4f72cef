"""Los ejercicios que se contestan eligiendo, convertidos en preguntas sueltas.

Cada caso de un ejercicio es una pregunta. Qué opciones valen y qué se dice de las que no lo decide
la misma revisión que usa el cuaderno: se contesta el resto bien y ese caso, de cada manera.
"""

import ast
import re
import tempfile
from collections.abc import Callable
from contextlib import chdir
from dataclasses import dataclass
from typing import Any

from helpers.docencia.formato import bloque, en_linea
from helpers.docencia.lecciones import ESPERADO
from helpers.docencia.preguntas import Opcion, Pregunta, categoria
from helpers.ejercicios import ejercicios_de, evalua
from helpers.ejercicios.resultado import Estado

CASO = re.compile(r"^- \**([a-z])[.:]\** (.+)$", re.MULTILINE)
SI_O_NO = {True: "Verdadero", False: "Falso"}
METODOS = ("pickle", "joblib", "joblib comprimido", "dill", "cloudpickle", "skops", "ONNX")


@dataclass(frozen=True)
class Molde:
    """Cómo se pregunta por un caso de un ejercicio.

    Parámetros
    ----------
    pregunta : str
        Lo que va delante del caso.
    opciones : dict
        Por cada valor que admite la respuesta, cómo se lee.
    cambia : función
        De la solución, un caso y un valor, la respuesta con ese caso cambiado.
    """

    pregunta: str
    opciones: dict[Any, str]
    cambia: Callable


def _en_dict(solucion, caso, valor):
    return solucion | {caso: valor}


def _en_letras(solucion, caso, valor):
    return "".join(sorted(set(solucion) - {caso} | ({caso} if valor else set())))


MOLDES = {
    "01.4": Molde("En esta acción se serializa:", SI_O_NO, _en_letras),
    "02c.4": Molde(
        "¿Usarías dill en esta situación?",
        {
            "sirve": "Sí: es una buena elección.",
            "sobra": "No: pickle hace lo mismo.",
            "confianza": "No: no sabes si fiarte del archivo.",
            "version": "No: el código no tiene por qué funcionar en otro Python.",
            "imposible": "No: dill no lo guarda.",
        },
        _en_dict,
    ),
    "02d.6": Molde("¿Verdadero o falso?", SI_O_NO, _en_dict),
    "02e.1": Molde(
        "¿Cuál de estas opciones vale en este caso?",
        {metodo: metodo for metodo in (*METODOS, "ninguno")},
        _en_dict,
    ),
    "05.1": Molde(
        "¿Cómo marcarías esta frase de un tutorial?",
        {
            "vigente": "Vigente: hoy se sostiene.",
            "anticuada": "Anticuada: fue cierta y dejó de serlo.",
            "falsa": "Falsa: no llegó a ser cierta.",
        },
        _en_dict,
    ),
    "06.6": Molde("El escáner dice «0 infectados». ¿Verdadero o falso?", SI_O_NO, _en_dict),
    "07.4": Molde(
        "Aquí está scikit-learn 1.9.1. ¿Qué salida eliges?",
        {
            "cargar y comprobar": "Cargar y comprobar sus respuestas.",
            "fijar": "Fijar las versiones de entonces.",
            "reentrenar": "Reentrenar con las de hoy.",
            "exportar": "Exportar a otro formato.",
        },
        _en_dict,
    ),
    "r1.5": Molde(
        "Se guarda en un cuaderno y lo usa un proceso nuevo. `raiz` es una función del cuaderno "
        "que usa `np`. ¿Sirve?",
        {True: "Sí", False: "No"},
        _en_dict,
    ),
    "r2.7": Molde(
        "Esto se vio de un archivo. ¿Qué haces?",
        {
            "otra copia": "Pedir otra copia: esta está mal.",
            "sus versiones": "Abrirlo en un entorno como el suyo.",
            "usarlo": "Usarlo.",
            "rechazarlo": "Rechazarlo.",
        },
        _en_dict,
    ),
    "r2.8": Molde(
        "Tu servicio mira, en este orden, la huella de la ficha, la firma del equipo, la lista "
        "exacta de nombres y las respuestas guardadas. ¿Cuál es el primero que detiene esto?",
        {
            "huella": "La huella.",
            "firma": "La firma.",
            "lista": "La lista.",
            "respuestas": "Las respuestas.",
        },
        _en_dict,
    ),
}


def de_elecciones(leccion):
    """Una pregunta por caso de los ejercicios de `MOLDES`, y una por los que piden una letra."""
    for ejercicio in ejercicios_de(leccion.codigo):
        casos = CASO.findall(leccion.enunciados[ejercicio.codigo])
        if molde := MOLDES.get(ejercicio.codigo):
            solucion = _valor(ejercicio.solucion)
            for caso, texto in casos:
                yield _pregunta(leccion, ejercicio.codigo, molde, solucion, caso, texto)
        elif _valor(ejercicio.solucion) in [letra for letra, _ in casos]:
            yield _de_una_letra(leccion, ejercicio, casos)


def _valor(solucion):
    """Lo que asigna una solución de una línea; None si hace otra cosa."""
    try:
        (asignacion,) = ast.parse(solucion.strip()).body
        return ast.literal_eval(asignacion.value)
    except (AttributeError, SyntaxError, ValueError):
        return None


def _de_una_letra(leccion, ejercicio, casos):
    """La pregunta entera: las opciones son las de su enunciado."""
    enunciado = ESPERADO.sub("", leccion.enunciados[ejercicio.codigo])
    buena = _valor(ejercicio.solucion)
    opciones = [
        Opcion(
            en_linea(texto.rstrip(";.")),
            letra == buena,
            "<p>Así es.</p>"
            if letra == buena
            else f"<p>{en_linea(_porque(_revisa(ejercicio.codigo, letra).texto))}</p>",
        )
        for letra, texto in casos
    ]
    return Pregunta(
        ejercicio.codigo,
        categoria(leccion),
        bloque(CASO.sub("", enunciado).strip()),
        tuple(opciones),
        f"<p>Es el ejercicio {ejercicio.codigo}.</p>",
    )


def _pregunta(leccion, codigo, molde, solucion, caso, texto):
    respuesta = solucion.get(caso) if isinstance(solucion, dict) else caso in solucion
    opciones = []
    for valor, se_lee in molde.opciones.items():
        resultado = _revisa(codigo, molde.cambia(solucion, caso, valor))
        if valor == respuesta:
            opciones.append(Opcion(en_linea(se_lee), True, "<p>Así es.</p>"))
        elif resultado.estado is Estado.INCORRECTO:
            comentario = f"<p>{en_linea(_porque(resultado.texto))}</p>"
            opciones.append(Opcion(en_linea(se_lee), False, comentario))
        # Si la revisión la da también por buena, no se ofrece: solo puede haber una correcta.
    return Pregunta(
        f"{codigo}{caso}",
        categoria(leccion),
        f"<p>{en_linea(molde.pregunta)}</p>\n<p>{en_linea(texto)}</p>",
        tuple(opciones),
        f"<p>Es el caso {caso} del ejercicio {codigo}.</p>",
        molde.opciones is SI_O_NO,
    )


def _revisa(codigo, respuesta):
    """Lo que dice la revisión del cuaderno, en una carpeta vacía."""
    with tempfile.TemporaryDirectory() as carpeta, chdir(carpeta):
        return evalua(codigo, respuesta)


def _porque(texto):
    """De un mensaje de cuatro partes, la razón: lo que sigue a «Esperaba …:» y lo que suele pasar.

    «Vi …» y «Prueba …» hablan de lo escrito en el cuaderno, que aquí no está.
    """
    _, esperaba, suele, _ = texto.split("\n")
    razon = esperaba.partition(": ")[2]
    return f"No: {razon} {suele}" if razon else suele
