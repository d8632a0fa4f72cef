"""Como en Windows: el texto no es UTF-8 si no se dice."""

import ast
import csv
import zipfile

import pytest
from como_windows import CODIGO, en_windows
from entregas import en_bytes, perfecta


def llamadas(ruta):
    arbol = ast.parse(ruta.read_text(encoding="utf-8"))
    return [nodo for nodo in ast.walk(arbol) if isinstance(nodo, ast.Call)]


def sin_codificacion(llamada):
    """Si una llamada lee o escribe texto sin decir en qué codificación."""
    nombre = getattr(llamada.func, "attr", getattr(llamada.func, "id", ""))
    dichos = {clave.arg: clave.value for clave in llamada.keywords}
    if "encoding" in dichos:
        return False
    if nombre in ("read_text", "write_text"):
        return len(llamada.args) < (1 if nombre == "read_text" else 2)
    if nombre in ("run", "Popen", "check_output"):
        return bool({"text", "universal_newlines"} & dichos.keys())
    if nombre != "open":
        return False
    valores = [getattr(a, "value", None) for a in [*llamada.args, dichos.get("mode")]]
    modos = [v for v in valores if v and isinstance(v, str) and set(v) <= set("rwaxbt+")]
    if isinstance(llamada.func, ast.Name) or not llamada.args:
        return not any("b" in modo for modo in modos)
    # `algo.open(x)` puede ser de un zip o de `os`: solo se sabe si dice un modo de texto.
    return bool(modos) and not any("b" in modo for modo in modos)


def test_todo_texto_se_lee_y_se_escribe_diciendo_su_codificacion():
    vistas = [(ruta, llamada) for ruta in CODIGO for llamada in llamadas(ruta)]
    assert sum(getattr(c.func, "attr", "") == "read_text" for _, c in vistas) > 20
    faltan = [f"{ruta.name}:{c.lineno}" for ruta, c in vistas if sin_codificacion(c)]
    assert faltan == []


@pytest.mark.parametrize(
    "codigo",
    ["open('a')", "open('a', 'w')", "Path('a').read_text()", "ruta.write_text('é')",
     "subprocess.run([], text=True)", "ruta.open('w')",
     "ruta.open()"],
)  # fmt: skip
def test_se_nota_un_texto_sin_codificacion(codigo):
    assert sin_codificacion(ast.parse(codigo, mode="eval").body)


USA_EL_CURSO = """
import numpy as np
from sklearn.linear_model import LinearRegression
from helpers import (entorno, horas_de_estudio, load_model, pinguinos, pista, revisa, save_model,
                     prueba_de_persistencia)
from helpers.diagnostico import diagnostica
from helpers.proceso import ejecuta_en_proceso_nuevo

entorno.prepara()
entorno.comprueba_entorno()
X = np.arange(8.0).reshape(4, 2)
modelo = LinearRegression().fit(X, X @ [1, 2])
for extension in ("joblib", "pkl", "dill", "skops"):
    ruta = save_model(modelo, f"años.{extension}", **({} if extension in ("joblib", "skops") else
                      {"compress": 0}), datos="Núñez", X_ejemplo=X)
    load_model(ruta)
print(ejecuta_en_proceso_nuevo("print('ñ → ☮')", ".").texto == "ñ → ☮\\n")
horas_de_estudio(), pinguinos()
diagnostica("ModuleNotFoundError: No module named 'sklearn.externals'")
revisa("02a.3", None)
pista("02a.3")
"""


def test_lo_que_importan_los_cuadernos_no_depende_de_la_codificacion(tmp_path):
    hecho = en_windows(USA_EL_CURSO, tmp_path, PYTHONIOENCODING="cp1252:strict")
    assert hecho.returncode == 0, hecho.stderr.decode("cp1252", "replace")[-1500:]
    escrito = hecho.stdout.decode("cp1252")
    assert escrito.startswith("Todo listo.") and "Modelo cargado de años.skops" in escrito
    assert "\nTrue\n" in escrito.replace("\r", ""), "el proceso nuevo no habló en UTF-8"


def test_se_nota_una_codificacion_sin_decir(tmp_path):
    (tmp_path / "helpers").mkdir()
    (tmp_path / "helpers" / "__init__.py").write_text("open('a', 'w')", encoding="utf-8")
    hecho = en_windows("import helpers", tmp_path, PYTHONPATH=str(tmp_path))
    assert b"EncodingWarning" in hecho.stderr


def test_calificar_no_depende_de_la_codificacion(tmp_path):
    """La consola es de las antiguas: no tiene ni tildes mayúsculas ni flechas."""
    with zipfile.ZipFile(tmp_path / "e.zip", "w") as zip_:
        zip_.writestr("Núñez Ángela_7_assignsubmission_file_/t1.ipynb", en_bytes(perfecta()))
    orden = "from helpers.ordenes import principal\n"
    orden += "sys.exit(principal(['calificar', 'e.zip', '--csv', 'notas.csv']))"
    hecho = en_windows(orden, tmp_path, PYTHONIOENCODING="cp437:strict")
    assert hecho.returncode == 0, hecho.stderr.decode("cp437")[-1500:]
    assert b"Notas en notas.csv" in hecho.stdout
    # Excel en Windows solo entiende UTF-8 si el archivo lleva su marca.
    assert (tmp_path / "notas.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    with (tmp_path / "notas.csv").open(encoding="utf-8-sig", newline="") as archivo:
        _, fila = csv.reader(archivo, delimiter=";")
    assert "Núñez Ángela" in fila
