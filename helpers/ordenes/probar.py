"""Prepara el curso y ejecuta todas sus pruebas, lecciones incluidas.

Lo que se añada pasa a pytest: `python -m helpers probar tests/test_enlaces.py -x`.
"""

from helpers.ordenes._instalacion import (
    REQUISITOS,
    REQUISITOS_DE_DOCENCIA,
    REQUISITOS_DE_PRUEBAS,
    corre,
    prepara,
)


def ejecuta(argumentos):
    """Ejecuta pytest desde la raíz del curso.

    Parámetros
    ----------
    argumentos : list[str]
        Opciones para pytest.

    Devuelve
    --------
    int
        El código de salida de pytest: 0 si todo pasa.
    """
    prepara(REQUISITOS, REQUISITOS_DE_PRUEBAS, REQUISITOS_DE_DOCENCIA)
    return corre("-m", "pytest", *argumentos)
