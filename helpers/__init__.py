# -*- coding: utf-8 -*-
"""Lo que los cuadernos importan. Cada nombre se busca en su módulo la primera vez que se usa.

Importar este paquete no carga scikit-learn, matplotlib ni dill: `import helpers` cuesta
milisegundos y no cambia nada en tu sesión. Este archivo y `__main__.py` evitan la sintaxis
moderna para poder explicar, en un Python antiguo, que hace falta uno más nuevo.
"""

import importlib

_MODULO_DE = {
    "carpeta_de_trabajo": "entorno",
    "comprueba_entorno": "entorno",
    "diagnostica": "diagnostico",
    "plataforma": "entorno",
    "ejecuta_en_proceso_nuevo": "proceso",
    "archivo_de_datos": "datos",
    "horas_de_estudio": "datos",
    "pinguinos": "datos",
    "mis_horas_de_estudio": "variantes",
    "es_equivalente": "equivalencia",
    "prueba_de_persistencia": "equivalencia",
    "load_model": "persistencia",
    "save_model": "persistencia",
    "describe": "medicion",
    "dibuja_tiempos": "medicion",
    "mide_metodos": "medicion",
    "resume": "medicion",
    "barras": "figuras",
    "puntos_y_rectas": "figuras",
    "compara": "ejercicios",
    "pista": "ejercicios",
    "predice": "ejercicios",
    "revisa": "ejercicios",
    "solucion": "ejercicios",
}

__all__ = sorted(_MODULO_DE)


def __getattr__(nombre):
    """Importa el módulo que define `nombre` y lo devuelve (PEP 562)."""
    if nombre not in _MODULO_DE:
        raise AttributeError("helpers no tiene «{}»".format(nombre))
    modulo = importlib.import_module("." + _MODULO_DE[nombre], __name__)
    return getattr(modulo, nombre)


def __dir__():
    return __all__
