"""Lo que necesitan las pruebas de fiabilidad de `save_model` y `load_model`.

Lo peligroso (cargar bytes dañados, morir a la mitad, usar dill) ocurre en `obrero.py`, un proceso
aparte; `taller.py` lo lanza y lo vigila desde pytest, y cada trabajo del obrero es una función de
los demás módulos.
"""
