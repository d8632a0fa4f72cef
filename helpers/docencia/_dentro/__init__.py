"""Las piezas de lo que corre dentro de la sala, al lado del código de la entrega."""
