"""Maneras de estropear un archivo. Cada una recibe un generador y unos bytes y da otros."""

import json


def bits(azar, datos):
    """Cambia de uno a cuatro bits."""
    danado = bytearray(datos)
    for _ in range(azar.randint(1, 4)):
        danado[azar.randrange(len(danado))] ^= 1 << azar.randrange(8)
    return bytes(danado)


def octetos(azar, datos):
    """Cambia de uno a cuatro bytes seguidos o sueltos."""
    danado = bytearray(datos)
    for _ in range(azar.randint(1, 4)):
        danado[azar.randrange(len(danado))] = azar.randrange(256)
    return bytes(danado)


def corta(azar, datos):
    """Se queda con el principio, o con nada."""
    return datos[: azar.randrange(len(datos))]


def corta_el_final(azar, datos):
    """Pierde los últimos bytes."""
    return datos[: -azar.randint(1, 16)]


def corta_el_principio(azar, datos):
    """Pierde los primeros bytes."""
    return datos[azar.randint(1, 16) :]


def quita(azar, datos):
    """Pierde un trozo de dentro."""
    desde, hasta = _trozo(azar, datos)
    return datos[:desde] + datos[hasta:]


def mete(azar, datos):
    """Gana unos bytes cualesquiera."""
    lugar = azar.randrange(len(datos))
    return datos[:lugar] + azar.randbytes(azar.randint(1, 64)) + datos[lugar:]


def anade(azar, datos):
    """Gana unos bytes al final."""
    return datos + azar.randbytes(azar.randint(1, 64))


def ceros(azar, datos):
    """Un trozo queda a cero, como un sector que no se escribió."""
    desde, hasta = _trozo(azar, datos)
    return datos[:desde] + bytes(hasta - desde) + datos[hasta:]


def unos(azar, datos):
    """Un trozo queda a uno, como una memoria borrada."""
    desde, hasta = _trozo(azar, datos)
    return datos[:desde] + b"\xff" * (hasta - desde) + datos[hasta:]


def repite(azar, datos):
    """Un trozo está dos veces."""
    desde, hasta = _trozo(azar, datos)
    return datos[:hasta] + datos[desde:]


def cruza(azar, datos):
    """El final va delante del principio."""
    lugar = azar.randrange(1, len(datos))
    return datos[lugar:] + datos[:lugar]


def finales_de_linea(_, datos):
    """Pasó por un programa que lo tomó por un texto de Windows."""
    return datos.replace(b"\n", b"\r\n")


def a_utf8(_, datos):
    """Se abrió y se guardó con un editor de textos."""
    return datos.decode("latin-1").encode("utf-8")


MANERAS = (bits, octetos, corta, corta_el_final, corta_el_principio, quita, mete, anade, ceros,
           unos, repite, cruza, finales_de_linea, a_utf8)  # fmt: skip


def dana(azar, datos):
    """Estropea los bytes de alguna manera, y la nombra. El resultado nunca es el de partida."""
    while True:
        manera = azar.choice(MANERAS)
        danado = manera(azar, datos)
        if danado != datos:
            return manera.__name__, danado


def _trozo(azar, datos):
    desde = azar.randrange(len(datos))
    return desde, min(len(datos), desde + azar.randint(1, max(2, len(datos) // 4)))


# Lo que puede aparecer donde la ficha llevaba otra cosa.
OTROS = (
    None,
    True,
    0,
    -1,
    10**40,
    1.5,
    "",
    "x",
    "float65",
    "V8",
    "predict",
    [],
    [[1]],
    {},
    {"x": 1},
)


def fichas_cambiadas(texto):
    """Da (qué cambió, ficha) con cada valor de la ficha borrado o sustituido por otro de cada tipo.

    Son JSON correctos: el daño que no se descubre al leerlos.
    """
    for camino in _caminos(json.loads(texto)):
        for otro in (..., *OTROS):
            ficha = json.loads(texto)
            *delante, ultimo = camino
            dentro = ficha
            for paso in delante:
                dentro = dentro[paso]
            if otro is ...:
                del dentro[ultimo]
            elif dentro[ultimo] == otro:
                continue
            else:
                dentro[ultimo] = otro
            nombre = ".".join(map(str, camino))
            yield f"{nombre} = {'(borrado)' if otro is ... else otro!r}", json.dumps(ficha)


def _caminos(valor, camino=()):
    """Los lugares de un JSON, de fuera adentro; de una lista, solo el primero."""
    if camino:
        yield camino
    if isinstance(valor, dict):
        for clave in valor:
            yield from _caminos(valor[clave], (*camino, clave))
    elif isinstance(valor, list) and valor:
        yield from _caminos(valor[0], (*camino, 0))
