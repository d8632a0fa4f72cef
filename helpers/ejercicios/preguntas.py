"""Preguntas con opciones conocidas: cada una que no vale lleva su motivo, y el lugar donde se vio.

Cada lección escribe sus preguntas; cómo se leen y se juzgan las respuestas está aquí una sola vez.
"""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import wraps

from helpers.ejercicios.resultado import Estado, Rechazo, bien, mal, muestra, sin_responder

DE_ADORNO = " .,;:()\"'«»“”‘’`"


@dataclass(frozen=True)
class Apartado:
    """Un lugar del curso: lección, número y título, como los dice su cuaderno."""

    leccion: str
    numero: int
    titulo: str

    def __str__(self):
        return f"{self.leccion}, apartado {self.numero}, «{self.titulo}»"


@dataclass(frozen=True)
class Pregunta:
    """Una situación y lo que se puede contestar.

    Parámetros
    ----------
    resumen : str
        La situación en pocas palabras, para recordarla en el mensaje.
    valen : frozenset de str
        Las opciones que se aceptan: a veces hay varias.
    motivos : dict de str a (str o tupla de 2 str)
        Por cada opción que no vale, o varias unidas con «/»: qué se esperaba, o qué se esperaba
        y por qué se elige esa.
    mira : str
        Lo que conviene mirar antes de volver a contestar.
    """

    resumen: str
    valen: frozenset[str]
    motivos: dict[str, str | tuple[str, str]]
    mira: str

    def motivo(self, opcion):
        """Por qué no vale esa opción."""
        for opciones, motivo in self.motivos.items():
            if opcion in opciones.split("/"):
                return motivo
        raise KeyError(opcion)


def limpia(escrito):
    """Lo escrito sin lo que no distingue: mayúsculas, tildes, comillas y espacios de más."""
    juntas = " ".join(str(escrito).split()).strip(DE_ADORNO).casefold()
    partes = unicodedata.normalize("NFD", juntas)
    return "".join(letra for letra in partes if not unicodedata.combining(letra))


def opcion_de(escrito, opciones, tambien=None):
    """La opción que alguien quiso escribir, o None.

    Parámetros
    ----------
    escrito : cualquier valor
        Su respuesta.
    opciones : iterable de str
        Las que existen, tal como se leen en el cuaderno.
    tambien : dict de str a str, opcional
        Otras maneras de escribirlas, ya limpias.
    """
    leidas = {limpia(opcion): opcion for opcion in opciones}
    return (leidas | (tambien or {})).get(limpia(escrito))


def exige_diccionario(respuesta, que):
    """Rechaza lo que no es un diccionario; `que` dice qué debería contener."""
    if not isinstance(respuesta, Mapping):
        raise Rechazo.por(
            "no_es_diccionario",
            vi=muestra(respuesta),
            esperaba=f"un diccionario con {que}",
            porque="se escribe una lista o un texto en lugar de llenar los huecos de la celda",
            prueba="a copiar otra vez la celda del cuaderno y a cambiar solo los `...`",
        )


def juzga_letra(respuesta, pregunta, acierto):
    """El resultado de una pregunta que se contesta con una letra.

    Parámetros
    ----------
    respuesta : cualquier valor
        Se espera una letra, entre comillas.
    pregunta : Pregunta
        Sus opciones son letras.
    acierto : str
        Lo que conviene recordar al acertar.
    """
    letras = sorted(pregunta.valen.union(*(varias.split("/") for varias in pregunta.motivos)))
    enumeradas = f"{', '.join(letras[:-1])} o {letras[-1]}"
    if not isinstance(respuesta, str):
        return mal(
            "no_es_texto",
            vi=muestra(respuesta),
            esperaba=f"una letra entre comillas: {enumeradas}",
            porque="se escribe sin comillas, o dentro de una lista",
            prueba=f'`"{letras[0]}"`, con la letra que elijas',
        )
    escrita = limpia(respuesta)
    if not escrita:
        return sin_responder()
    if escrita not in letras:
        varias = len(set(escrita) & set(letras)) > 1 and set(escrita) <= {*letras, *" ,yo/-"}
        if varias:
            return mal(
                "varias_letras",
                vi=f"más de una letra en {muestra(respuesta)}",
                esperaba="una sola",
                porque="dos respuestas parecen ciertas",
                prueba="a preguntarte cuál de ellas bastaría si la otra no estuviera",
            )
        return mal(
            "otra_letra",
            vi=muestra(respuesta),
            esperaba=f"una de estas letras: {enumeradas}",
            porque="se copia el texto de la opción, o se pone su número",
            prueba=f'`"{letras[0]}"`, con la letra que elijas',
        )
    if escrita not in pregunta.valen:
        esperaba, porque = pregunta.motivo(escrita)
        return mal(
            "otra_opcion",
            vi=f"«{escrita}» como respuesta a: {pregunta.resumen}",
            esperaba=esperaba,
            porque=porque,
            prueba=f"a mirar {pregunta.mira}",
        )
    return bien(acierto)


def juzga_tabla(respuestas, preguntas, opciones, acierto, tambien=None):
    """El resultado de un diccionario con una opción por letra.

    Parámetros
    ----------
    respuestas : cualquier valor
        Se espera un diccionario.
    preguntas : dict de str a Pregunta
        Una por letra.
    opciones : tuple de str
        Las mismas en todas.
    acierto : str
        Lo que conviene recordar al acertar.
    tambien : dict de str a str, opcional
        Otras maneras de escribir una opción.
    """
    letras = ", ".join(preguntas)
    exige_diccionario(respuestas, f"una respuesta por letra: {letras}")
    dadas = {limpia(letra): respuesta for letra, respuesta in respuestas.items()}
    if sobran := [letra for letra in dadas if letra not in preguntas]:
        return mal(
            "letra_de_mas",
            vi=f"entre las letras, {muestra(sobran[0])}",
            esperaba=f"solo estas: {letras}",
            porque="se añade una frase, o se ponen números en lugar de letras",
            prueba="a dejar las letras como venían en la celda",
        )
    pendientes = [letra for letra in preguntas if dadas.get(letra, ...) is ...]
    if pendientes:
        return sin_responder(f"Quedan por marcar: {', '.join(pendientes)}.")
    for letra, pregunta in preguntas.items():
        elegida = opcion_de(dadas[letra], opciones, tambien)
        if elegida is None:
            return mal(
                "otra_palabra",
                vi=f"en {letra}, {muestra(dadas[letra])}",
                esperaba=f"una de estas: {', '.join(opciones)}",
                porque="se contesta otra cosa, se abrevia o se cambia una letra",
                prueba="a escribirla tal cual se lee en el enunciado",
            )
        if elegida not in pregunta.valen:
            esperaba, porque = pregunta.motivo(elegida)
            return mal(
                "otra_opcion",
                vi=f"en {letra} ({pregunta.resumen}), «{elegida}»",
                esperaba=esperaba,
                porque=porque,
                prueba=f"a mirar {pregunta.mira}",
            )
    return bien(acierto)


def juzga_verdades(respuestas, verdades, correcciones, acierto):
    """El resultado de unas frases juzgadas con True o False: la primera mal juzgada se corrige."""
    for letra, verdad in verdades.items():
        if not isinstance(respuestas[letra], bool):
            return mal(
                "no_es_true_o_false",
                vi=f"en la {letra}, {muestra(respuestas[letra])}",
                esperaba="True o False, sin comillas",
                porque="se escribe la palabra en español, o entre comillas",
                prueba=f'`"{letra}": True`, o False',
            )
        if respuestas[letra] != verdad:
            return correcciones[letra]
    return bien(acierto)


def se_vio_en(*apartados):
    """Decora una comprobación para que diga además dónde se vio lo que pregunta.

    Lo añade al acierto y al error. Un error que ya nombra uno de esos apartados se queda igual.

    Parámetros
    ----------
    apartados : Apartado
        Uno o varios, en el orden en que conviene leerlos.
    """
    lugares = [str(apartado) for apartado in apartados]
    *primeros, ultimo = lugares
    donde = f"Está en {'; en '.join(primeros)}{'; y en ' if primeros else ''}{ultimo}."

    def decora(comprueba):
        @wraps(comprueba)
        def comprueba_y_situa(*respuestas):
            try:
                resultado = comprueba(*respuestas)
            except Rechazo as rechazo:
                resultado = rechazo.resultado
            if resultado.estado is Estado.SIN_RESPONDER or (
                resultado.estado is not Estado.CORRECTO
                and any(lugar in resultado.texto for lugar in lugares)
            ):
                return resultado
            return replace(resultado, texto=f"{resultado.texto} {donde}")

        return comprueba_y_situa

    return decora
