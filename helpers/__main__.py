# -*- coding: utf-8 -*-
"""Las órdenes del curso: `python -m helpers` las enumera.

Este archivo solo usa sintaxis que también entiende un Python antiguo. Así, quien lo tenga
lee qué versión necesita, en lugar de un error de sintaxis.
"""

import sys

if sys.version_info < (3, 11):
    # Sin tildes: las consolas de los Python antiguos no siempre las muestran bien.
    sys.stderr.write(
        "Este curso necesita Python 3.11 o posterior, y este es el %d.%d.\n"
        "Prueba a instalar uno desde https://www.python.org/downloads/ y a repetir la orden.\n"
        % sys.version_info[:2]
    )
    sys.exit(1)

if not __package__:
    sys.stderr.write("Ejecuta la orden desde la carpeta del curso, con -m: python -m helpers\n")
    sys.exit(1)

if __name__ == "__main__":
    from helpers.ordenes import principal

    sys.exit(principal(sys.argv[1:]))
