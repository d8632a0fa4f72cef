"""Convertir un valor en JSON que se pueda deshacer sin ejecutar nada, y leer un cuaderno enorme."""

import base64
import json
import math

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
    celdas = []
    for celda in cuaderno["cells"]:
        grado = celda.get("metadata", {}).get("nbgrader", {})
        quedan = {clave: celda.get(clave) for clave in ("cell_type", "id", "source")}
        celdas.append(quedan | {"metadata": {"nbgrader": grado}})
    return json.dumps({"cells": celdas})
