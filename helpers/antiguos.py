"""Los modelos de `data/` hechos con otras versiones: abrirlos aparte y ver qué responden hoy."""

import json
import shutil
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from helpers.datos import archivo_de_datos
from helpers.proceso import ejecuta_en_proceso_nuevo

# numpy y scikit-learn se importan donde se usan: importar este módulo no debe costar lo que ellos.
DONDE_SE_HIZO = "respuestas_antiguas.json"
CON_LA_DEL_CURSO = "respuestas_grabadas.json"
# Escrita antes de ver ningún archivo: lo que piden un bosque y un boosting en skops.
APROBADOS = [
    "_loss.CyHalfSquaredError",
    "sklearn._loss._loss.CyHalfSquaredError",
    "sklearn.ensemble._gb_losses.LeastSquaresError",
    "sklearn.ensemble._hist_gradient_boosting.predictor.TreePredictor",
    "sklearn.tree._tree.Tree",
]
# Deja su respuesta en dos veces: si falla al predecir, se sabe que cargó.
ABRE = """
import json, pathlib, pickle, warnings
import numpy as np
from sklearn.exceptions import InconsistentVersionWarning

def anota(respuestas):
    suyos = [aviso for aviso in avisos if aviso.category is InconsistentVersionWarning]
    vuelta = json.dumps({"avisos": len(suyos), "respuestas": respuestas})
    pathlib.Path("vuelta.json").write_text(vuelta, encoding="utf-8")

nombre, aprobados, filas = json.loads(pathlib.Path("pedido.json").read_text(encoding="utf-8"))
with warnings.catch_warnings(record=True, action="always") as avisos:
    if nombre.endswith(".skops"):
        import skops.io
        modelo = skops.io.load(nombre, trusted=aprobados)
    else:
        modelo = pickle.loads(pathlib.Path(nombre).read_bytes())
anota({})
metodos = [metodo for metodo in ("predict", "predict_proba") if hasattr(modelo, metodo)]
anota({metodo: getattr(modelo, metodo)(np.array(filas)).tolist() for metodo in metodos})
"""


@dataclass(frozen=True)
class Vuelta:
    """Qué pasó al abrir un modelo y preguntarle.

    Parámetros
    ----------
    cargo : bool
    error : str
        Por qué no cargó o no respondió; vacío si respondió.
    avisos : int
        Cuántas veces avisó scikit-learn de que es de otra versión.
    respuestas : dict de nombre de método a lista
    """

    cargo: bool
    error: str = ""
    avisos: int = 0
    respuestas: dict = field(default_factory=dict)


def abre_aparte(nombre):
    """Carga un modelo antiguo en un proceso nuevo, y le pregunta lo que se le preguntó entonces.

    Parámetros
    ----------
    nombre : str
        El de un archivo de `data/`, por ejemplo "bosque_132.pkl".

    Devuelve
    --------
    Vuelta

    Errores
    -------
    DatosDanados
        Si el archivo falta o su huella no es la publicada.
    """
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as carpeta:
        shutil.copyfile(archivo_de_datos(nombre), Path(carpeta, nombre))
        pedido = json.dumps([nombre, APROBADOS, preguntas(nombre)])
        Path(carpeta, "pedido.json").write_text(pedido, encoding="utf-8")
        salida = ejecuta_en_proceso_nuevo(ABRE, carpeta)
        escrito = Path(carpeta, "vuelta.json")
        if not escrito.exists():
            return Vuelta(cargo=False, error=salida.error)
        return Vuelta(True, salida.error, **json.loads(escrito.read_text(encoding="utf-8")))


def preguntas(nombre):
    """Las filas que se le preguntaron donde se hizo: 150 flores, o una de cada veinte personas."""
    from sklearn.datasets import load_diabetes, load_iris

    if nombre.startswith("bosque"):
        return load_iris().data.tolist()
    return load_diabetes().data[::20].tolist()


def respuestas_de_entonces(nombre):
    """Lo que un modelo respondía donde se hizo, y con qué scikit-learn.

    Parámetros
    ----------
    nombre : str
        El del archivo, por ejemplo "bosque_132.pkl".

    Devuelve
    --------
    dict
        `scikit-learn`, `predict` y, si clasifica, `predict_proba` con 6 decimales.
    """
    return _lee(DONDE_SE_HIZO)[Path(nombre).stem]


def que_paso(nombre, vuelta):
    """Una frase: si carga y si responde lo mismo que donde se hizo.

    Parámetros
    ----------
    nombre : str
    vuelta : Vuelta
    """
    if not vuelta.cargo:
        return f"no carga ({vuelta.error})"
    carga = "carga, avisa" if vuelta.avisos else "carga"
    if vuelta.error:
        return f"{carga} y no responde ({vuelta.error})"
    return f"{carga} y responde {'lo mismo' if _responde_lo_mismo(nombre, vuelta) else 'otra cosa'}"


def respuestas_de_hoy(nombre):
    """Lo que responde aquí un modelo que con la versión del curso responde otra cosa.

    Si con tu scikit-learn no carga, no responde o responde bien, lo dice y da las que se grabaron
    con la versión del curso, para que la lección pueda seguir.

    Parámetros
    ----------
    nombre : str

    Devuelve
    --------
    dict de nombre de método a lista
    """
    import sklearn

    vuelta = abre_aparte(nombre)
    frase = que_paso(nombre, vuelta)
    print(f"{nombre} {frase}.")
    if frase.endswith("otra cosa"):
        return vuelta.respuestas
    grabado = _lee(CON_LA_DEL_CURSO)
    print(f"Así es con tu scikit-learn, {sklearn.__version__}. El resto de la lección usa lo que")
    print(f"se grabó con la {grabado['scikit-learn']}, donde carga y responde otra cosa.")
    return grabado[nombre]


def _responde_lo_mismo(nombre, vuelta):
    """Si todas las respuestas son las de entonces, salvo por el redondeo."""
    import numpy as np

    entonces = respuestas_de_entonces(nombre)
    return all(
        np.allclose(respuesta, entonces[metodo], rtol=1e-6, atol=1e-6)
        for metodo, respuesta in vuelta.respuestas.items()
    )


def _lee(nombre):
    return json.loads(archivo_de_datos(nombre).read_text(encoding="utf-8"))
