"""Las piezas de `helpers.diagnostico`."""
