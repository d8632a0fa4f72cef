"""Las piezas de `helpers.persistencia`."""
