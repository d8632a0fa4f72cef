"""Lo que se dice, en español, bajo los errores de Python con que tropieza quien empieza."""

from helpers.errores import ErrorDelCurso
from helpers.proceso import cuaderno_abierto

# De lo particular a lo general: un error de sangría es también de sintaxis.
AL_LEERLA = {
    IndentationError: (
        "En la línea {error.lineno}, los espacios del principio no cuadran.",
        "al quitar una almohadilla se queda su espacio, o a un bloque le falta sangría.",
        "a dejarlos como en la línea de al lado; dentro de `def`, `for` o `with`, cuatro más.",
    ),
    SyntaxError: (
        "Python no entiende la línea {error.lineno}, y no ha ejecutado nada de la celda.",
        "falta una coma, o cerrar unas comillas o un paréntesis; a veces, en la línea de antes.",
        "a buscarlo donde señala `^`.",
    ),
}
AL_EJECUTARLA = {
    UnboundLocalError: (
        "Una función usa una variable suya antes de darle un valor.",
        "se le da más abajo, o dentro de un `if` que no se cumplió.",
        "a darle un valor en la primera línea de la función.",
    ),
    NameError: (
        "Python no conoce el nombre «{error.name}».",
        "falta ejecutar la celda que lo define, o es un texto y le faltan las comillas.",
        "a ejecutar las celdas de arriba, desde la primera.",
    ),
    KeyboardInterrupt: (
        "La celda se detuvo a medias, porque alguien la interrumpió.",
        "",
        "a ejecutarla otra vez: lo que había en la memoria sigue ahí.",
    ),
}


def explica_al_fallar():
    """Desde ahora, si una celda falla por un tropiezo corriente, debajo se explica en español.

    Se puede llamar varias veces. Fuera de IPython no hace nada.
    """
    cuaderno = cuaderno_abierto()
    if cuaderno is not None:
        cuaderno.events.register("post_run_cell", _tras_la_celda)


def _tras_la_celda(hecho):
    # Un error de sintaxis que salta al ejecutar es de otro código: un texto que la celda lee.
    for error, tropiezos in (
        (hecho.error_before_exec, AL_LEERLA),
        (hecho.error_in_exec, AL_EJECUTARLA),
    ):
        frases = next((tropiezos[c] for c in tropiezos if isinstance(error, c)), None)
        if frases and "None" not in (dicho := frases[0].format(error=error)):
            print(ErrorDelCurso(dicho, *frases[1:]))
