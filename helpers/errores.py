"""Los errores del curso: qué pasó, por qué suele pasar y qué probar."""


class ErrorDelCurso(Exception):
    """Un problema explicado en español.

    Parámetros
    ----------
    que_paso : str
        Una frase con lo que ocurrió.
    suele_pasar : str, opcional
        La causa más frecuente, sin «Suele pasar porque» delante.
    prueba : str, opcional
        El remedio, sin «Prueba» delante.
    """

    def __init__(self, que_paso, suele_pasar="", prueba=""):
        self.que_paso, self.suele_pasar, self.prueba = que_paso, suele_pasar, prueba
        frases = [que_paso]
        if suele_pasar:
            frases.append(f"Suele pasar porque {suele_pasar}")
        if prueba:
            frases.append(f"Prueba {prueba}")
        super().__init__("\n".join(frases))

    def _render_traceback_(self):
        """Lo que Jupyter muestra: las frases, sin el rastro interno de `helpers`."""
        return str(self).splitlines()


class DatosDanados(ErrorDelCurso):
    """Un archivo de `data/` falta o no es el que se publicó."""
