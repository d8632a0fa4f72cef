"""Las piezas de `helpers.equivalencia`."""
