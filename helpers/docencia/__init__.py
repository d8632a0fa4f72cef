"""Lo que solo usa quien enseña: calificar las tareas y preparar la clase.

Calificar: `recoger` lee lo que se descarga de Moodle; `cuaderno` encuentra la tarea; `aislar` y
`sesion` ejecutan cada entrega sin que vea ni toque nada; `entrevista` y `puntuar` deciden la nota
desde fuera; `notas` y `devolver` la escriben. `clase` lo dirige.

Comparar: `indicios` reúne lo que cada entrega deja ver, con el código que `fragmentos` desnuda, y
`parecidos` busca las parejas que conviene mirar.
"""
