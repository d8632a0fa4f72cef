"""Un intérprete como el de Jupyter: ejecuta celdas y se queda con lo que imprimen."""

import contextlib
import io

LARGO_DE_ERROR = 300


class SeAcaboElTiempo(KeyboardInterrupt):
    """Como el botón «Detener»: casi nadie la atrapa sin querer."""


class Impreso(io.TextIOBase):
    """Guarda lo primero que se imprime y descarta el resto."""

    def __init__(self, limite):
        self.trozos, self.quedan = [], limite

    encoding = "utf-8"

    def writable(self):
        return True

    def write(self, texto):
        self.trozos.append(texto[: self.quedan])
        self.quedan -= len(self.trozos[-1])
        return len(texto)

    def texto(self):
        return "".join(self.trozos)


def abre_cuaderno():
    """Un intérprete como el de Jupyter: mismas celdas, mismas órdenes con `%`."""
    from IPython.core.displaypub import DisplayPublisher
    from IPython.core.interactiveshell import InteractiveShell
    from traitlets.config import Config

    class Muestra(DisplayPublisher):
        def publish(self, data, *_, **__):
            print(data.get("text/plain", ""))

    ajustes = Config()
    ajustes.HistoryManager.enabled = False
    ajustes.InteractiveShell.display_pub_class = Muestra
    ajustes.InteractiveShell.colors = "NoColor"
    cuaderno = InteractiveShell.instance(config=ajustes)
    cuaderno.displayhook.write_output_prompt = lambda: None
    cuaderno.showtraceback = cuaderno.showsyntaxerror = lambda *_, **__: None
    return cuaderno


def ejecuta_celda(cuaderno, codigo, limite):
    """Ejecuta una celda. Devuelve lo que imprimió y, en una línea, su error («» si no hubo)."""
    impreso = Impreso(limite)
    with contextlib.redirect_stdout(impreso), contextlib.redirect_stderr(impreso):
        resultado = cuaderno.run_cell(codigo)
    error = resultado.error_before_exec or resultado.error_in_exec
    return {"texto": impreso.texto(), "error": en_una_linea(error), "clase": _clase(error)}


def en_una_linea(error):
    if error is None:
        return ""
    if isinstance(error, SeAcaboElTiempo):
        return "no terminó a tiempo"
    return " ".join(f"{type(error).__name__}: {error}".split())[:LARGO_DE_ERROR]


def _clase(error):
    if isinstance(error, SeAcaboElTiempo):
        return "tiempo"
    return "" if error is None else "error"
