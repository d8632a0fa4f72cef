"""Convertir un valor en JSON que se pueda deshacer sin ejecutar nada, y leer un cuaderno enorme."""

import base64
import json
import math

CELDAS, LARGO = 600, 10_000  # de un cuaderno enorme, en celdas y en letras de cada una
HONDURA = 20  # listas dentro de listas; más es un descuido o una trampa


class NoSePuede(Exception):
    """Una pregunta sin respuesta. `clase` dice por qué, con una palabra."""

    def __init__(self, clase, detalle=""):
        super().__init__(detalle)
        self.clase = clase


def codifica(valor, hondura=HONDURA):
    """Un valor como JSON que se puede deshacer sin ejecutar nada. Lo demás, por su tipo."""
    if hondura == 0:
        raise NoSePuede("hondo")
    if valor is None or type(valor) in (bool, str):
        return valor
    if hasattr(valor, "tolist"):  # arrays y números de numpy, Series de pandas
        return codifica(valor.tolist(), hondura - 1)
    if isinstance(valor, bool | str):
        return valor
    if isinstance(valor, int):
        return int(valor)
    if isinstance(valor, float):
        return float(valor) if math.isfinite(valor) else {"float": repr(float(valor))}
    if isinstance(valor, bytes | bytearray):
        return {"bytes": base64.b64encode(valor).decode("ascii")}
    if isinstance(valor, list):
        return [codifica(otro, hondura - 1) for otro in valor]
    if isinstance(valor, dict):
        pares = valor.items()
        return {"dict": [[codifica(otro, hondura - 1) for otro in par] for par in pares]}
    for nombre, tipo in (("tuple", tuple), ("set", set | frozenset)):
        if isinstance(valor, tipo):
            return {nombre: [codifica(otro, hondura - 1) for otro in valor]}
    return {"otro": type(valor).__name__}


def aligera(ruta):
    """Las celdas de un cuaderno que pesa demasiado, sin sus salidas. El JSON puede ser una trampa.

    Por eso se lee aquí, con la memoria limitada.
    """
    datos = ruta.read_bytes()
    con_marca = datos.startswith((b"\xff\xfe", b"\xfe\xff"))
    cuaderno = json.loads(datos.decode("utf-16" if con_marca else "utf-8-sig", errors="replace"))
    celdas = [_ligera(celda) for celda in cuaderno["cells"][:CELDAS]]
    return json.dumps({"cells": celdas})


def _ligera(celda):
    """Una celda con textos cortos y nada más."""
    fuente = celda.get("source", "")
    fuente = fuente if isinstance(fuente, str) else "".join(map(str, fuente))
    grado = celda.get("metadata", {}).get("nbgrader", {})
    grado = {clave[:30]: dato for clave, dato in grado.items() if type(dato) in (bool, int)} | {
        "grade_id": str(grado.get("grade_id", ""))[:100]
    }
    return {
        "cell_type": str(celda.get("cell_type"))[:10],
        "id": str(celda.get("id") or "")[:100],
        "source": fuente[:LARGO],
        "metadata": {"nbgrader": grado if grado["grade_id"] else {}},
    }
