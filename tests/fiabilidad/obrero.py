"""Un proceso que hace trabajos peligrosos y responde con una línea de JSON por cada uno.

`python -m fiabilidad.obrero`; un trabajo es {"trabajo": "carga.juzga", …}: el módulo de esta
carpeta, la función y sus argumentos. Importa las librerías una sola vez.
"""

import importlib
import json
import os
import sys
import traceback


def principal():
    """Atiende trabajos hasta que se cierra la entrada."""
    # Lo que impriman los trabajos no debe mezclarse con las respuestas.
    respuestas = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
    sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115 dura lo que él
    for linea in sys.stdin.buffer:
        print(json.dumps(_hace(json.loads(linea))), file=respuestas, flush=True)


def _hace(pedido):
    modulo, _, funcion = pedido.pop("trabajo").partition(".")
    try:
        trabajo = getattr(importlib.import_module(f"fiabilidad.{modulo}"), funcion)
        return {"sale": trabajo(**pedido)}
    except BaseException:  # noqa: BLE001 lo cuenta, y sigue con el siguiente
        return {"falla": traceback.format_exc()}


if __name__ == "__main__":
    principal()
