"""Señala entregas que se parecen demasiado, y por qué (para quien enseña).

`python -m helpers parecidos CARPETA`; en lugar de la carpeta, el zip de Moodle. Ejecuta cada
entrega en su sala, como `calificar`, y compara código, modelos, archivos y salidas. Nada sale de
este equipo.
"""

from helpers.ordenes._entregas import lector_de_entregas, repite_en_el_entorno

RECUERDA = """\
Un parecido no es una prueba. Dos personas pueden llegar al mismo código, estudiar con los mismos
apuntes o haber trabajado juntas con permiso. Mira las dos entregas y habla con ellas antes de
decidir nada. Este informe no sale de este equipo."""


def ejecuta(argumentos):
    """Imprime las parejas que conviene mirar.

    Parámetros
    ----------
    argumentos : list[str]
        La carpeta o el zip y, si hace falta, `--tarea NOMBRE`.

    Devuelve
    --------
    int
        0, haya parecidos o no.

    Errores
    -------
    ErrorDelCurso
        Si no hay entregas, o no se entiende lo que se pide.
    """
    opciones = lector_de_entregas("parecidos").lee(argumentos)
    if (codigo := repite_en_el_entorno("parecidos", opciones)) is not None:
        return codigo
    return _informa(opciones)


def _informa(opciones):
    from helpers.docencia.aislar import EXPLICACION, elige_modo
    from helpers.docencia.clase import reune_indicios
    from helpers.docencia.limites import Limites
    from helpers.docencia.parecidos import CLASE_CORTA, busca

    modo = elige_modo()
    print(f"Cada entrega corre aislada, {EXPLICACION[modo]}.", flush=True)
    tarea, indicios, rechazos = reune_indicios(
        opciones.origen, modo, Limites(), opciones.tarea, _cuenta
    )
    for rechazo in rechazos:
        print(f"No recogí {rechazo}.")
    parejas = busca(indicios)
    print(f"\n{tarea.nombre}: {len(indicios)} entregas. Parejas que mirar: {len(parejas)}.\n")
    for pareja in parejas:
        print(f"{pareja.una} · {pareja.otra}")
        for motivo in pareja.motivos:
            print(f"  - {motivo}.")
        print()
    if len(indicios) < CLASE_CORTA:
        print(f"Con menos de {CLASE_CORTA} entregas no se sabe qué código es corriente.")
        print("Solo se señala el que coincide casi entero.")
    print(RECUERDA)
    return 0


def _cuenta(van, son, indicios):
    print(f"{van} de {son} · {indicios.nombre}", flush=True)
