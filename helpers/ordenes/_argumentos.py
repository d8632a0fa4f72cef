"""Leer los argumentos de una orden y, si no se entienden, decirlo en español."""

import argparse

from helpers.errores import ErrorDelCurso


class Lector(argparse.ArgumentParser):
    """Un `ArgumentParser` que ni escribe en inglés ni cierra el programa: lanza un error del curso.

    Parámetros
    ----------
    ejemplo : str
        Cómo se escribe la orden; se aconseja si lo pedido no se entiende.
    """

    def __init__(self, ejemplo):
        super().__init__(add_help=False, allow_abbrev=False)
        self.ejemplo = ejemplo

    def lee(self, argumentos):
        """Los argumentos, como los da `parse_args`.

        Errores
        -------
        ErrorDelCurso
            Si falta o sobra algo, o si un valor no está entre los posibles.
        """
        self.pedido = argumentos
        return self.parse_args(argumentos)

    def error(self, _):
        """Lo llama `argparse`, con su motivo en inglés, cuando no entiende lo pedido."""
        escrito = " ".join(self.pedido)
        que_paso = f"No entiendo «{escrito}»." if escrito else "A esta orden le falta algo."
        raise ErrorDelCurso(que_paso, prueba=self.ejemplo)
