"""El viaje de un modelo: se guarda aquí y se carga en un proceso recién arrancado."""

import pickle
import sys
import tempfile
import types
import warnings
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Event

from helpers._equivalencia.retrato import Retrato, retrata
from helpers.entorno import RAIZ
from helpers.espera import con_paciencia
from helpers.metodos import METODOS
from helpers.proceso import ejecuta_en_proceso_nuevo

A_LA_VEZ = 2  # procesos: casi todo el tiempo se va en importar scikit-learn
LIMITE_SEGUNDOS = 120
ATENTO_CADA = 0.2  # segundos: en Windows, Ctrl-C no interrumpe una espera sin límite
VACIA = "vacía"
# Cada carpeta lleva un modelo y lo que se anota de su viaje.
LO_QUE_SE_ANOTA = ("guardado", "confiar", "retrato", "error")
HECHO = {"guarda": "guardado", "recibe": "retrato"}


@dataclass(frozen=True)
class Viaje:
    """Hasta dónde llegó un modelo con un método.

    Parámetros
    ----------
    guardado : bool
    retrato : Retrato o None
        El del modelo cargado; None si no se pudo cargar.
    error : str
        El nombre de la excepción que lo detuvo, o el motivo si no fue una excepción.
    archivo_bytes : int o None
    confiar : tuple de str o None
        Los tipos que hubo que aprobar para cargarlo. None si el método no los pide.
    """

    guardado: bool
    retrato: Retrato | None = None
    error: str = ""
    archivo_bytes: int | None = None
    confiar: tuple[str, ...] | None = None


@contextmanager
def salen(modelos, X, y, metodos):
    """Guarda cada modelo con cada método en una carpeta temporal, que después se borra.

    Se guarda en este proceso, que es donde están los modelos. Con un método que se usa aparte, se
    dejan con cloudpickle para que otro proceso los guarde. Entrega, por cada método, las carpetas
    de los modelos, en el orden recibido.
    """
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as temporal:
        (Path(temporal) / VACIA).mkdir()
        _escribe(Path(temporal, "datos"), (X, y))
        yield [
            [
                _sale(modelo, metodo, Path(temporal, f"{fila}-{columna}"))
                for columna, modelo in enumerate(modelos)
            ]
            for fila, metodo in enumerate(metodos)
        ]


def llegan(metodos, salidas):
    """Carga lo que salió con cada método en un proceso nuevo por método.

    Devuelve
    --------
    list de list de Viaje
        Por cada método, los viajes de los modelos, en el orden recibido.
    """
    parada = Event()
    hilos = ThreadPoolExecutor(A_LA_VEZ)
    try:
        viajes = [
            hilos.submit(_continua, metodo, carpetas, parada)
            for metodo, carpetas in zip(metodos, salidas, strict=True)
        ]
        while wait(viajes, ATENTO_CADA).not_done:
            pass
        return [viaje.result() for viaje in viajes]
    finally:
        # Si alguien interrumpe la celda no se espera a los procesos en marcha ni se abren otros.
        parada.set()
        hilos.shutdown(wait=False, cancel_futures=True)


def _sale(modelo, metodo, carpeta):
    """Guarda el modelo, o lo deja listo para guardarlo aparte. Devuelve su carpeta."""
    carpeta.mkdir()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            if metodo.aparte:
                _escribe(carpeta / "equipaje", modelo)
            else:
                metodo.guarda(modelo, _archivo(metodo, carpeta))
                _escribe(carpeta / "guardado", True)
    except Exception as error:  # noqa: BLE001 cada librería se niega con su excepción
        _escribe(carpeta / "error", type(error).__name__)
    return carpeta


def _continua(metodo, carpetas, parada):
    """El resto del viaje, en otros procesos."""
    if metodo.aparte:
        _en_otro_proceso("guarda", metodo, carpetas, parada)
    _en_otro_proceso("recibe", metodo, carpetas, parada)
    return [_lee_viaje(metodo, carpeta) for carpeta in carpetas]


def _lee_viaje(metodo, carpeta):
    hay = {ruta.name: _lee(ruta) for ruta in carpeta.iterdir() if ruta.name in LO_QUE_SE_ANOTA}
    guardado = "guardado" in hay
    return Viaje(
        guardado=guardado,
        retrato=hay.get("retrato"),
        error=hay.get("error", ""),
        archivo_bytes=_archivo(metodo, carpeta).stat().st_size if guardado else None,
        confiar=hay.get("confiar"),
    )


def _en_otro_proceso(tarea, metodo, carpetas, parada):
    """Hace una tarea de este módulo con cada modelo, en un proceso que arranca sin saber nada."""
    quedan = [carpeta for carpeta in carpetas if not (carpeta / "error").exists()]
    while quedan and not parada.is_set():
        # Sin nombrar nada: un `import sys` aquí le serviría a una función mal guardada.
        codigo = (
            f"__import__('sys').path.insert(0, {str(RAIZ)!r})\n"
            f"__import__('helpers._equivalencia.viaje')._equivalencia.viaje.con_cada_uno("
            f"{tarea!r}, {metodo.nombre!r}, {[str(carpeta) for carpeta in quedan]})"
        )
        vacia = carpetas[0].parent / VACIA
        fallo = ejecuta_en_proceso_nuevo(codigo, vacia, LIMITE_SEGUNDOS).error
        quedan = [carpeta for carpeta in quedan if not _terminado(tarea, carpeta)]
        if quedan:  # el primero acabó con el proceso; los demás lo intentan en otro
            _escribe(quedan.pop(0) / "error", fallo or "el proceso se cerró")


def _terminado(tarea, carpeta):
    return (carpeta / HECHO[tarea]).exists() or (carpeta / "error").exists()


def con_cada_uno(tarea, nombre, carpetas):
    """En otro proceso: hace una tarea con cada modelo; si falla con uno, lo anota y sigue."""
    for carpeta in map(Path, carpetas):
        try:
            TAREAS[tarea](METODOS[nombre], carpeta)
        except Exception as error:  # noqa: BLE001 cada librería, y cada modelo, falla a su manera
            _escribe(carpeta / "error", type(error).__name__)


def _guarda_aparte(metodo, carpeta):
    """Guarda el modelo que llegó con cloudpickle."""
    with (carpeta / "equipaje").open("rb") as archivo:
        modelo = _ComoEnElCuaderno(archivo).load()
    metodo.guarda(modelo, _archivo(metodo, carpeta))
    _escribe(carpeta / "guardado", True)


def _recibe(metodo, carpeta):
    """Carga el modelo y deja su retrato."""
    confiar = ()
    if metodo.tipos:
        # Se aprueba lo que pida porque el archivo lo acaba de escribir este mismo curso.
        confiar = metodo.tipos(_archivo(metodo, carpeta))
        _escribe(carpeta / "confiar", confiar)
    modelo = metodo.carga(_archivo(metodo, carpeta), confiar)
    _escribe(carpeta / "retrato", retrata(modelo, *_lee(carpeta.parent / "datos")))


TAREAS = {"guarda": _guarda_aparte, "recibe": _recibe}


class _ComoEnElCuaderno(pickle.Unpickler):
    """Lee un modelo de cloudpickle y deja sus funciones como estaban en el cuaderno.

    cloudpickle da a cada función un `__main__` propio, y dill lo guardaría entero: parecería que
    dill se lleva los módulos que la función usa. Aquí comparten el `__main__` de este proceso.
    """

    def find_class(self, modulo, nombre):
        """Cambia solo la pieza de cloudpickle que rehace funciones."""
        if modulo.startswith("cloudpickle") and nombre == "_make_function":
            return _rehaz_funcion
        return super().find_class(modulo, nombre)


def _rehaz_funcion(codigo, globales, *resto):
    es_del_cuaderno = globales.get("__name__") == "__main__"
    return types.FunctionType(
        codigo, vars(sys.modules["__main__"]) if es_del_cuaderno else globales, *resto
    )


def _archivo(metodo, carpeta):
    return carpeta / f"modelo{metodo.extensiones[0]}"


def _escribe(ruta, objeto):
    """Deja el archivo entero o no deja nada: al proceso que escribe pueden detenerlo a medias."""
    import cloudpickle

    a_medias = ruta.with_name(f"{ruta.name}.tmp")
    a_medias.write_bytes(cloudpickle.dumps(objeto, protocol=5))
    con_paciencia(a_medias.replace, ruta)


def _lee(ruta):
    return pickle.loads(ruta.read_bytes())
