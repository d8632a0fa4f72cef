"""Las piezas de `helpers.medicion`."""
