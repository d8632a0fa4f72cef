"""Las preguntas que ya hacen las lecciones, con sus opciones y por qué se elige cada una.

Salen de tres sitios: las predicciones (con lo que ocurrió al ejecutar el cuaderno), los ejercicios
que se contestan eligiendo y las de «Recuerda». Las frases de «Lo esencial» no: para preguntar si
son verdaderas haría falta inventar las falsas, y aquí no se inventa nada.
"""

import re
from dataclasses import dataclass

from helpers.docencia.formato import bloque, codigo, en_linea
from helpers.docencia.lecciones import PLIEGUE, llamada
from helpers.ejercicios import predicciones_de
from helpers.errores import ErrorDelCurso

ETIQUETA_HTML = re.compile(r"</?\w[^>]*>")
SIN_ENUNCIADOS = re.compile(r"\*\*Ejercicio .*?(^\*Resultado esperado:.*?\*$|\Z)", re.M | re.S)
TITULOS = re.compile(r"^#+ .*$", re.MULTILINE)


@dataclass(frozen=True)
class Opcion:
    """Una respuesta posible, en HTML, y lo que se dice a quien la elige."""

    texto: str
    correcta: bool
    comentario: str


@dataclass(frozen=True)
class Pregunta:
    """Una pregunta con una sola opción correcta.

    `nombre` es único en el banco; `enunciado` y `general` (lo que ve quien ya contestó) son HTML.
    Con `verdadero_o_falso`, las opciones son esas dos, en ese orden. `titulo` es la pregunta sola y
    `textos`, cada opción y si es la buena, como se escribieron en el cuaderno.
    """

    nombre: str
    categoria: str
    enunciado: str
    opciones: tuple[Opcion, ...]
    general: str
    verdadero_o_falso: bool = False
    titulo: str = ""
    textos: tuple[tuple[str, bool], ...] = ()


def categoria(leccion):
    """Donde se guardan sus preguntas: «02a · pickle»."""
    return f"{leccion.codigo} · {leccion.titulo}"


def de_predicciones(leccion):
    """Una pregunta por predicción. La respuesta es la que ocurrió, según la salida guardada.

    Errores
    -------
    ErrorDelCurso
        Si un cuaderno no dice qué ocurrió.
    """
    comentarios = {p.codigo: p.comentarios for p in predicciones_de(leccion.codigo)}
    for apartado in leccion.apartados:
        for puesto, celda in enumerate(apartado.celdas):
            if "prediccion" in celda.etiquetas:
                (nombre, pregunta), opciones = llamada(celda, "predice")
                opciones.pop("elijo")
                antes, despues = apartado.celdas[:puesto], apartado.celdas[puesto + 1 :]
                experimento = _hasta_compara(despues, nombre)
                ocurrio = _lo_que_ocurrio(experimento, nombre)
                yield Pregunta(
                    nombre,
                    categoria(leccion),
                    _enunciado(antes, pregunta, experimento),
                    tuple(
                        Opcion(en_linea(texto), letra == ocurrio, _dice(comentarios[nombre], letra))
                        for letra, texto in opciones.items()
                    ),
                    _evidencia(leccion, apartado, experimento),
                    titulo=pregunta,
                    textos=tuple((t, letra == ocurrio) for letra, t in opciones.items()),
                )


def de_recuerda(leccion):
    """Una pregunta por cada una de «Recuerda»; las otras respuestas de la lección distraen."""
    apartado = leccion.apartado("Recuerda")
    texto = apartado.texto if apartado else ""
    pliegues = [(_llano(p), " ".join(r.split())) for p, r in PLIEGUE.findall(texto)]
    for numero, (pregunta, respuesta) in enumerate(pliegues, start=1):
        yield Pregunta(
            f"{leccion.codigo}.r{numero}",
            categoria(leccion),
            f"<p>{en_linea(pregunta)}</p>",
            tuple(
                Opcion(
                    en_linea(otra),
                    otra == respuesta,
                    f"<p>{'Así es.' if otra == respuesta else _contesta_a(suya)}</p>",
                )
                for suya, otra in pliegues
            ),
            f"<p>Está en «Recuerda», al empezar la lección {leccion.codigo}.</p>",
            titulo=pregunta,
        )


def _contesta_a(pregunta):
    return f"Eso contesta a «{en_linea(pregunta)}»."


def _llano(texto):
    """Un resumen lleva HTML; aquí, los acentos graves de Markdown."""
    return ETIQUETA_HTML.sub("", texto.replace("<code>", "`").replace("</code>", "`")).strip()


def _dice(comentarios, letra):
    return f"<p>{en_linea(comentarios.get(letra, 'No es lo que ocurrió.'))}</p>"


def _hasta_compara(celdas, nombre):
    """Las celdas que resuelven una predicción: hasta la que la compara, ella incluida."""
    experimento = []
    for celda in celdas:
        experimento.append(celda)
        if celda.es_codigo and f'compara("{nombre}"' in celda.fuente:
            return experimento
    raise ErrorDelCurso(f"El cuaderno no compara la predicción {nombre}.")


def _lo_que_ocurrio(experimento, nombre):
    hallado = re.search(r"^Ocurrió ([a-z]):", experimento[-1].impreso, re.MULTILINE)
    if not hallado:
        raise ErrorDelCurso(
            f"El cuaderno guardado no dice qué ocurrió en la predicción {nombre}.",
            prueba="a ejecutarlo con `python -m helpers regenerar`.",
        )
    return hallado[1]


def _enunciado(antes, pregunta, experimento):
    """Lo que se lee antes de apostar: el último texto, su código, el experimento y la pregunta."""
    cercanas = []
    for celda in reversed(antes):
        if "respuesta" in celda.etiquetas:
            break
        cercanas.insert(0, celda)
        if not celda.es_codigo:
            break
    partes = []
    for celda in cercanas:
        if celda.es_codigo:
            partes.append(codigo(celda.fuente))
            partes += [codigo(celda.impreso, "")] if celda.impreso.strip() else []
        else:
            texto = PLIEGUE.sub("", SIN_ENUNCIADOS.sub("", TITULOS.sub("", celda.fuente)))
            # Cómo se rellena `elijo` solo importa en el cuaderno.
            texto = "\n\n".join(p for p in texto.split("\n\n") if "elijo=" not in p)
            partes += [bloque(texto)] if texto.strip() else []
    partes.append(f"<p><strong>{en_linea(pregunta)}</strong></p>")
    del_experimento = "\n\n".join(_sin_compara(celda) for celda in experimento if celda.es_codigo)
    if del_experimento.strip():
        partes += ["<p>Esto es lo que se ejecuta después:</p>", codigo(del_experimento)]
    return "\n".join(partes)


def _sin_compara(celda):
    return re.sub(r"^compara\(.*", "", celda.fuente, flags=re.MULTILINE | re.DOTALL).strip()


def _evidencia(leccion, apartado, experimento):
    impreso = "".join(celda.impreso for celda in experimento)
    visto = re.sub(r"^\w+\.p\d+ · Sin predicción registrada\.\n", "", impreso, flags=re.M)
    donde = f"Lección {leccion.codigo}, apartado {apartado.numero}, «{apartado.titulo}»."
    return f"<p>{en_linea(donde)} Lo que se imprimió:</p>\n{codigo(visto, '')}"
