"""Lo falso, lo anticuado y lo dudoso que se lee por ahí: dónde lo corrige el curso.

El formato de las filas está al principio de test_afirmaciones_de_partida.py.
"""

import re
from collections import Counter

from libro import ENLACE, ENUNCIADO, frases
from reglas.anatomia import TEMARIO

CUANTAS = {"FALSA": 34, "SOLO A VECES": 52, "ANTICUADA": 10, "SIN VERIFICAR": 6}
NUMEROS = [titulo.partition("_")[0] for titulo in TEMARIO]


def mal_escritas(filas):
    """Da una frase por cada fila repetida o que no se reconoce a sí misma, y si falta alguna."""
    if (cuantas := Counter(fila["veredicto"] for fila in filas)) != CUANTAS:
        yield f"hay {dict(cuantas)} afirmaciones, y son {CUANTAS}"
    for id_, veces in Counter(fila["id"] for fila in filas).items():
        if veces > 1:
            yield f"{id_} está repetida"
    for fila in filas:
        if not fila["ya_no_se_dice"] or not _la_dice(fila, fila["afirmacion"]):
            yield f"{fila['id']}: «{fila['ya_no_se_dice']}» no encuentra su propia afirmación"


def mal_situadas(filas, cuadernos):
    """Da una frase por cada fila cuya celda falta, no existe o es de una lección sin escribir.

    Parámetros
    ----------
    filas : list de dict
    cuadernos : iterable de reglas.cuaderno.Cuaderno
        Las lecciones ya escritas.
    """
    ids = {cuaderno.numero: {celda.id for celda in cuaderno.celdas} for cuaderno in cuadernos}
    for fila in filas:
        numero, celdas = fila["cuaderno"], set(filter(None, fila["celda"].split(",")))
        if numero not in NUMEROS:
            yield f"{fila['id']}: el cuaderno {numero} no está en el temario"
        elif numero in ids and not celdas:
            yield f"{fila['id']}: falta qué celda del {numero} corrige «{fila['afirmacion']}»"
        elif ajenas := sorted(celdas - ids.get(numero, set())):
            yield f"{fila['id']}: en el {numero} no hay ninguna celda {', '.join(ajenas)}"


def repetidas(cuaderno, filas):
    """Da una frase por cada sitio donde la lección da por bueno lo que no lo es.

    No cuentan las celdas donde se corrige, ni los enunciados, ni las preguntas, ni el código.
    """
    dichos = [(frase.replace("`", ""), id_) for frase, id_ in frases(cuaderno).items()]
    for celda in cuaderno.de_texto:
        texto = ENUNCIADO.sub("", celda.fuente)
        dichos += [(direccion, celda.id) for _, direccion in ENLACE.findall(texto)]
    for fila in filas:
        propias = fila["celda"].split(",") if fila["cuaderno"] == cuaderno.numero else []
        es = f"{fila['id']} está como {fila['veredicto']}"
        for dicho, id_ in dichos:
            if id_ not in propias and _la_dice(fila, dicho):
                yield f"{cuaderno.nombre} ({id_}) dice «{dicho}», y {es}"


def _la_dice(fila, texto):
    return re.search(fila["ya_no_se_dice"], texto, re.IGNORECASE)
