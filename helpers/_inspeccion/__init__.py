"""Las piezas de `helpers/inspeccion.py`."""
