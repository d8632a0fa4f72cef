"""Fallos con el modelo, skops y el sistema."""

import os

from fallos_reales.fallo import CURA, Fallo

FALLOS = (
    # --- El modelo --------------------------------------------------------------------------------
    Fallo("sin_entrenar", "LinearRegression().predict([[1.0]])"),
    Fallo("sin_entrenar", "from sklearn.base import clone\nclone(recta).predict([[1.0]])\n" + CURA
          + "recta.predict([[1.0]])"),
    Fallo("clase_y_no_modelo", "pickle.loads(pickle.dumps(LinearRegression)).predict([[1.0]])"),
    *(
        Fallo("otras_columnas", f"""
import pandas as pd
tabla = pd.DataFrame({{"a": [1.0, 2.0], "b": [3.0, 5.0]}})
modelo = LinearRegression().fit(tabla, [1, 2])
warnings.simplefilter("error")
modelo.predict({otra})
# --- cura ---
import pandas as pd
tabla = pd.DataFrame({{"a": [1.0, 2.0], "b": [3.0, 5.0]}})
modelo = LinearRegression().fit(tabla, [1, 2])
warnings.simplefilter("error")
modelo.predict(tabla[["b", "a"]][list(modelo.feature_names_in_)])
""")
        for otra in ("tabla[['b', 'a']]", "tabla[['a']]", "tabla.to_numpy()", "[[1.0]]")
    ),
    # --- skops ------------------------------------------------------------------------------------
    Fallo("tipos_sin_aprobar", """
import skops.io as sio
from sklearn.tree import DecisionTreeRegressor
sio.dump(DecisionTreeRegressor().fit([[1.0], [2.0]], [1, 2]), "m")
sio.load("m")
# --- cura ---
import skops.io as sio
sio.load("m", trusted=["sklearn.tree._tree.Tree"])
"""),
    Fallo("confiar_en_todo", 'import skops.io as sio\nsio.dump(recta, "m")\n'
          'sio.load("m", trusted=True)\n' + CURA
          + 'import skops.io as sio\nsio.load("m", trusted=[])'),
    Fallo("skops_sin_orden", """
orden = [sys.executable, "-m", "skops", "convert", "m"]
mensaje = subprocess.run(orden, capture_output=True, text=True).stderr
# --- cura ---
import skops.io as sio
sio.dump(recta, "m.skops")
"""),
    # --- El sistema -------------------------------------------------------------------------------
    Fallo("no_existe", """
joblib.dump(recta, "modelos/m.joblib")
# --- cura ---
Path("modelos").mkdir(parents=True, exist_ok=True)
joblib.dump(recta, "modelos/m.joblib")
"""),
    Fallo("no_existe", 'joblib.load("no_esta.joblib")'),
    Fallo("disco_lleno", "import errno\nraise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))"),
    *(
        Fallo("sin_permiso", f"import errno\nraise OSError(errno.{n}, os.strerror(errno.{n}))")
        for n in ("EACCES", "EROFS")
    ),
    # Windows no las distingue: dice que no hay permiso.
    Fallo(
        "sin_permiso" if os.name == "nt" else "es_una_carpeta",
        'Path("modelos").mkdir()\nos.open("modelos", os.O_WRONLY)',
    ),
    Fallo("sin_memoria", "np.zeros(10**16)"),
    Fallo("sin_memoria", "[0] * 10**18"),
    # --- Lo que queda -----------------------------------------------------------------------------
    Fallo("falta_el_curso", "import helpers.persistencia"),
    Fallo("falta_el_curso", """
orden = [sys.executable, "-m", "helpers", "abrir"]
mensaje = subprocess.run(orden, capture_output=True, text=True).stderr
"""),
    Fallo("falta_una_libreria", """
Path("limpieza.py").write_text("def recorta(x): return x", encoding="utf-8")
import limpieza
pickle.dump(limpieza.recorta, open("m", "wb"))
Path("limpieza.py").rename("otro.py")
# --- otro proceso ---
pickle.load(open("m", "rb"))
"""),
)  # fmt: skip
