"""Escribir hoy lo que escribía un scikit-learn anterior. Trabajo del obrero."""

import pickle
from pathlib import Path

import numpy as np
from sklearn.tree import DecisionTreeRegressor

from fiabilidad import modelos


class _ComoAntes:
    """Se guarda como el árbol que lleva dentro, sin el campo que scikit-learn 1.3 añadió."""

    def __init__(self, arbol):
        self.arbol = arbol

    def __reduce__(self):
        clase, argumentos, estado = self.arbol.__reduce__()
        nodos = estado["nodes"]
        campos = [campo for campo in nodos.dtype.names if campo != "missing_go_to_left"]
        antes = np.array(nodos[campos].tolist(), dtype=[(c, nodos.dtype[c]) for c in campos])
        return clase, argumentos, {**estado, "nodes": antes}


def guarda_un_arbol(ruta):
    """Guarda un árbol de decisión cuyos nodos no tienen `missing_go_to_left`."""
    modelo = DecisionTreeRegressor(max_depth=2).fit(modelos.X, modelos.Y)
    modelo.tree_ = _ComoAntes(modelo.tree_)
    Path(ruta).write_bytes(pickle.dumps(modelo))
    return "listo"
