"""Una entrevista sin sala: el cuaderno corre aquí. Prueba los criterios, no el encierro."""

import contextlib
import json
import re
from pathlib import Path

from arbol import RAIZ

from helpers.docencia._dentro.datos import codifica
from helpers.docencia.confianza import DE_CONFIANZA
from helpers.docencia.criterios import NoContesta, descodifica
from helpers.ejercicios.ejecucion import TiempoAgotado, intenta
from helpers.inspeccion import formato, globales
from helpers.proceso import ejecuta_en_proceso_nuevo

SEGUNDOS = 2
CAMBIA_DE_CARPETA = re.compile(r"^os\.chdir\(.*$", re.MULTILINE)
ESCRIBE = re.compile(r"%%writefile (\S+)\n")
CONTESTA = """
import json, sys
sys.path.append({raiz!r})
from helpers.docencia._dentro.datos import codifica
from pathlib import Path
Path("contestado.json").write_text(json.dumps(codifica({funcion}(*{argumentos!r}))))
"""


def ejecuta(cuaderno):
    """Ejecuta un cuaderno en la carpeta actual. Devuelve sus nombres.

    La preparación y las revisiones no se ejecutan. Tras un error se sigue, como al calificar.
    """
    nombres = {"__name__": "cuaderno"}
    for celda in cuaderno["cells"]:
        fuente = "".join(celda["source"])
        de_mas = celda["id"] == "preparacion" or fuente.startswith("revisa(")
        if celda["cell_type"] == "code" and not de_mas:
            _una_celda(CAMBIA_DE_CARPETA.sub("", fuente), nombres)
    return nombres


def _una_celda(fuente, nombres):
    if escribe := ESCRIBE.match(fuente):
        Path(escribe[1]).write_text(fuente[escribe.end() :], encoding="utf-8")
        return
    with contextlib.suppress(Exception), contextlib.redirect_stdout(None):
        exec(compile(fuente, "<celda>", "exec"), nombres)


class EnEsteProceso:
    """Contesta como `Entrevista`, con unos nombres que ya existen. La carpeta es la actual."""

    def __init__(self, **nombres):
        self.nombres = nombres

    def valor(self, nombre):  # noqa: D102
        return descodifica(codifica(self._nombre(nombre)))

    def llama(self, funcion, *argumentos):  # noqa: D102
        intento = self._intenta(funcion, argumentos)
        if intento.error is not None:
            raise NoContesta(repr(intento.error))
        return descodifica(codifica(intento.valor))

    def lanza(self, funcion, *argumentos):  # noqa: D102
        error = self._intenta(funcion, argumentos).error
        return () if error is None else tuple(clase.__name__ for clase in type(error).__mro__)

    def _intenta(self, funcion, argumentos):
        intento = intenta(self._nombre(funcion), *argumentos, segundos=SEGUNDOS)
        if isinstance(intento.error, TiempoAgotado):
            raise NoContesta(f"«{funcion}» no terminó a tiempo")
        return intento

    def archivo(self, nombre):  # noqa: D102
        if not Path(nombre).is_file():
            raise NoContesta(f"no encontré «{nombre}»")
        return Path(nombre).read_bytes()

    def deja(self, nombre, datos):  # noqa: D102
        Path(nombre).write_bytes(datos)

    def define(self, codigo):  # noqa: D102
        exec(codigo, self.nombres)

    def _nombre(self, nombre):
        if nombre not in self.nombres:
            raise NoContesta(f"no encontré «{nombre}»")
        return self.nombres[nombre]


class SinSala(EnEsteProceso):
    """Contesta como `Entrevista`, con el cuaderno ejecutado en este proceso.

    Parámetros
    ----------
    cuaderno : dict
        Un cuaderno entregado.
    carpeta : Path
        Donde van las de los procesos nuevos. La de trabajo es la actual.
    """

    def __init__(self, cuaderno, carpeta):
        super().__init__(**ejecuta(cuaderno))
        self.nuevas = carpeta

    def predice(self, archivo, filas):  # noqa: D102
        return self.examina(archivo, filas)["predicciones"]

    def examina(self, archivo, filas):  # noqa: D102
        self.archivo(archivo)
        hallado = globales(Path(archivo))
        if hallado.motivo or not all(map(DE_CONFIANZA.fullmatch, hallado.nombres)):
            raise NoContesta(f"{hallado}")
        que_es = formato(Path(archivo))
        try:
            predicciones = descodifica(codifica(_carga(archivo, que_es).predict(filas)))
        except Exception as error:  # noqa: BLE001 como hace la sala
            raise NoContesta(repr(error)) from None
        return {"formato": que_es, "nombres": hallado.nombres, "predicciones": predicciones}

    def aparte(self, codigo, funcion, *argumentos, archivos):  # noqa: D102
        carpeta = self.nuevas / f"nueva{len(list(self.nuevas.iterdir()))}"
        carpeta.mkdir()
        for nombre in archivos:
            (carpeta / nombre).write_bytes(self.archivo(nombre))
        pregunta = CONTESTA.format(raiz=str(RAIZ), funcion=funcion, argumentos=argumentos)
        salida = ejecuta_en_proceso_nuevo(codigo + pregunta, carpeta)
        if salida.error:
            raise NoContesta(salida.error)
        return descodifica(json.loads((carpeta / "contestado.json").read_text()))


def _carga(archivo, que_es):
    import joblib
    import skops.io

    if que_es == "skops":
        return skops.io.load(archivo, trusted=skops.io.get_untrusted_types(file=archivo))
    return joblib.load(archivo)
