"""Fallos con clases, funciones y librerías."""

from fallos_reales.fallo import Fallo

FALLOS = (
    # --- Clases y funciones -----------------------------------------------------------------------
    *(
        Fallo(
            "clase_del_cuaderno",
            f"""
class Recorta:
    pass
{guarda}
# --- otro proceso ---
{carga}
# --- cura ---
Path("mis_clases.py").write_text("class Recorta: pass", encoding="utf-8")
import mis_clases
joblib.dump(mis_clases.Recorta(), "m.joblib")
# --- otro proceso ---
joblib.load("m.joblib")
""",
        )
        for guarda, carga in (
            ('pickle.dump(Recorta(), open("m", "wb"))', 'pickle.load(open("m", "rb"))'),
            ('joblib.dump(Recorta(), "m")', 'joblib.load("m")'),
        )
    ),
    Fallo(
        "clase_del_cuaderno",
        """
import skops.io as sio
from sklearn.preprocessing import FunctionTransformer
def recorta(X):
    return X
sio.dump(FunctionTransformer(recorta), "m.skops")
# --- otro proceso ---
import skops.io as sio
sio.load("m.skops", trusted=["__main__.recorta"])
""",
    ),
    Fallo(
        "nombre_que_ya_no_esta",
        """
Path("limpieza.py").write_text("def recorta(x): return x", encoding="utf-8")
import limpieza
pickle.dump(limpieza.recorta, open("m", "wb"))
# --- otro proceso ---
Path("limpieza.py").write_text("def recortar(x): return x", encoding="utf-8")
pickle.load(open("m", "rb"))
# --- cura ---
Path("limpieza.py").write_text("def recorta(x): return x", encoding="utf-8")
import importlib, limpieza
importlib.reload(limpieza)
pickle.load(open("m", "rb"))
""",
    ),
    *(
        Fallo(
            "sin_nombre",
            f"""
from sklearn.preprocessing import FunctionTransformer
def dentro():
    def recorta(X):
        return X
    return recorta
modelo = FunctionTransformer({funcion})
{guarda}
""",
        )
        for funcion in ("lambda X: X", "dentro()")
        for guarda in ("pickle.dumps(modelo)", 'joblib.dump(modelo, "m")')
    ),
    Fallo(
        "sin_nombre",
        """
pickle.dumps(lambda x: x)
# --- cura ---
import dill
dill.loads(dill.dumps(lambda x: x))
""",
    ),
    Fallo(
        "celda_repetida",
        """
class Recorta:
    pass
uno = Recorta()
class Recorta:
    pass
pickle.dumps(uno)
# --- cura ---
class Recorta:
    pass
pickle.dumps(Recorta())
""",
    ),
    Fallo(
        "nombre_que_no_viajo",
        """
import dill
def media(x):
    return np.mean(x)
dill.dump(media, open("m", "wb"))
# --- otro proceso ---
del np
import dill
dill.load(open("m", "rb"))([1, 2])
# --- cura ---
import dill
def media(x):
    return np.mean(x)
dill.dump(media, open("m", "wb"), recurse=True)
# --- otro proceso ---
del np
import dill
dill.load(open("m", "rb"))([1, 2])
""",
    ),
    *(
        Fallo("no_son_datos", f"recta.extra = {que}\n{guarda}")
        for que in ("threading.Lock()", 'open("abierto", "w")', "(n for n in [1])")
        for guarda in ("pickle.dumps(recta)", 'joblib.dump(recta, "m")')
    ),
    # --- Otras versiones --------------------------------------------------------------------------
    *(
        Fallo(
            "aviso_de_version",
            f"""
import sklearn
aqui = sklearn.__version__.encode()
antes = pickle.dumps(recta).replace(aqui, b"0" + aqui[1:])
{carga}
""",
        )
        for carga in (
            'warnings.simplefilter("error")\npickle.loads(antes)',
            "with warnings.catch_warnings(record=True, action='always') as avisos:\n"
            "    pickle.loads(antes)\n"
            "uno = avisos[0]\n"
            "mensaje = warnings.formatwarning(uno.message, uno.category, uno.filename, 1)",
        )
    ),
    Fallo(
        "arbol_de_otra_version",
        """
from sklearn.tree import DecisionTreeRegressor
arbol = DecisionTreeRegressor().fit([[1.0], [2.0]], [1, 2]).tree_
estado = arbol.__getstate__()
nodos = estado["nodes"]
suyos = [nombre for nombre in nodos.dtype.names if nombre != "missing_go_to_left"]
estado["nodes"] = np.zeros(nodos.shape, [(nombre, nodos.dtype[nombre]) for nombre in suyos])
arbol.__setstate__(estado)
""",
    ),
    *(
        Fallo(
            causa,
            f"""
from sklearn.preprocessing import FunctionTransformer
antiguo = pickle.dumps({objeto}, protocol=0).replace({hoy}, {antes})
pickle.loads(antiguo)
""",
        )
        for causa, objeto, hoy, antes in (
            ("modulo_con_otro_nombre", "recta", 'b"_model._base"', 'b"_model.base"'),
            ("modulo_con_otro_nombre", "recta", 'b"sklearn.linear_model._base"',
             'b"sklearn.externals.joblib"'),
            ("modulo_interno", "recta", 'b"sklearn.linear_model._base"', 'b"_loss"'),
            ("modulo_interno", "recta", 'b"sklearn.linear_model._base"',
             'b"sklearn.ensemble._gb_losses"'),
            ("falta_una_libreria", "recta", 'b"sklearn.linear_model._base"', 'b"xgboost.sklearn"'),
        )
    ),
    Fallo(
        "numpy_distinto",
        """
pickle.dump(np.arange(3), open("m", "wb"))
Path("numpy").mkdir()
Path("numpy/__init__.py").touch()  # un numpy sin `_core`, como los de antes
carga = "import pickle; pickle.load(open('m', 'rb'))"
mensaje = subprocess.run([sys.executable, "-c", carga], capture_output=True, text=True).stderr
""",
    ),
    Fallo(
        "numpy_distinto",
        """
from numpy.random import _pickle
_pickle.__bit_generator_ctor("<class 'numpy.random._mt19937.MT19937'>")  # lo que escribe numpy 2
""",
    ),
    *(
        Fallo("joblib_antiguo", f'Path("m").write_bytes({bytes([numero])!r})\njoblib.load("m")')
        for numero in (0, 10)
    ),
    Fallo(
        "protocolo",
        """
datos = bytearray(pickle.dumps(recta))
datos[1] = pickle.HIGHEST_PROTOCOL + 1
pickle.loads(bytes(datos))
# --- cura ---
pickle.loads(pickle.dumps(recta, protocol=4))
""",
    ),
    Fallo(
        "falta_un_atributo",
        """
from sklearn.tree import DecisionTreeClassifier
arbol = DecisionTreeClassifier()
del arbol.monotonic_cst  # lo que le pasa a uno de antes de que existiera
pickle.loads(pickle.dumps(arbol)).fit([[1.0], [2.0]], [0, 1])
""",
    ),
)  # fmt: skip
