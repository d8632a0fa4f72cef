"""Lo que 02d · skops dice de pasada, sin una celda que lo muestre, se demuestra aquí."""

import json
import zipfile
from importlib.metadata import metadata
from io import BytesIO

import numpy as np
import pytest
import skops.io as sio
from sklearn.linear_model import LinearRegression
from sklearn.preprocessing import FunctionTransformer
from skops.io.exceptions import UntrustedTypesFoundException

from helpers.ejercicios.revision_02d import ARBOL
from helpers.proceso import ejecuta_en_proceso_nuevo

ARBOL_FABRICADO = f"""
import skops.io as sio
from sklearn.tree import DecisionTreeClassifier
arbol = DecisionTreeClassifier().fit([[0], [1]], [0, 1])
estado = arbol.tree_.__getstate__()
estado["nodes"]["left_child"][0] = estado["nodes"]["right_child"][0] = 10**12
arbol.tree_.__setstate__(estado)
cargado = sio.loads(sio.dumps(arbol), trusted=["{ARBOL}"])
print("cargado", flush=True)
cargado.predict([[0]])
print("predicho")
"""


def test_02d_un_arbol_fabricado_se_carga_y_tumba_el_proceso_al_predecir(tmp_path):
    salida = ejecuta_en_proceso_nuevo(ARBOL_FABRICADO, tmp_path)
    assert salida.texto == "cargado\n"
    assert salida.error.startswith("código ")  # sin excepción: el proceso se cerró


def test_02d_aprobar_un_tipo_ejecuta_su_modulo(tmp_path, monkeypatch, capsys):
    (tmp_path / "modulo_ajeno_02d.py").write_text(
        "print('se importó')\ndef duplica(x):\n    return 2 * x\n", encoding="utf-8"
    )
    datos = _con_otra_funcion("modulo_ajeno_02d", "duplica")
    monkeypatch.syspath_prepend(tmp_path)
    assert sio.get_untrusted_types(data=datos) == ["modulo_ajeno_02d.duplica"]
    with pytest.raises(UntrustedTypesFoundException):
        sio.loads(datos)
    assert capsys.readouterr().out == ""
    sio.loads(datos, trusted=["modulo_ajeno_02d.duplica"])
    assert capsys.readouterr().out == "se importó\n"


def _con_otra_funcion(modulo, nombre):
    """Un FunctionTransformer guardado por skops que dice llevar otra función."""
    escrito = sio.dumps(FunctionTransformer(len))
    with zipfile.ZipFile(BytesIO(escrito)) as archivo:
        esquema = archivo.read("schema.json").decode("utf-8")
    funcion = json.loads(esquema)["content"]["content"]["func"]
    cambiada = json.loads(json.dumps(funcion).replace("builtins", modulo).replace("len", nombre))
    destino = BytesIO()
    with zipfile.ZipFile(destino, "w") as copia:
        nuevo = json.loads(esquema)
        nuevo["content"]["content"]["func"] = cambiada
        copia.writestr("schema.json", json.dumps(nuevo))
    return destino.getvalue()


def test_02d_una_lista_vacia_no_dice_que_el_modelo_prediga_bien(tmp_path):
    modelo = LinearRegression().fit([[0], [1]], [0, 1])
    sio.dump(modelo, tmp_path / "bueno.skops")
    with (
        zipfile.ZipFile(tmp_path / "bueno.skops") as bueno,
        zipfile.ZipFile(tmp_path / "malo.skops", "w") as malo,
    ):
        esquema = json.loads(bueno.read("schema.json"))
        coeficiente = esquema["content"]["content"]["coef_"]["file"]
        for nombre in bueno.namelist():
            contenido = BytesIO(bueno.read(nombre))
            if nombre == coeficiente:
                contenido = BytesIO()
                np.save(contenido, np.array([-100.0]))
            malo.writestr(nombre, contenido.getvalue())
    assert sio.get_untrusted_types(file=tmp_path / "malo.skops") == []
    assert sio.load(tmp_path / "malo.skops").predict([[1]])[0] < -90


def test_02d_el_coste_de_skops_va_por_piezas():
    gigante = np.random.default_rng(0).normal(size=100_000)
    assert len(sio.dumps(gigante)) < 1.02 * gigante.nbytes
    pequenos = [np.array([float(n)]) for n in range(100)]
    assert len(sio.dumps(pequenos)) > 10 * sum(array.nbytes for array in pequenos)


def test_02d_trusted_true_se_rechaza_y_nombra_su_vulnerabilidad():
    with pytest.raises(TypeError, match=r"0\.10.*CVE-2024-37065"):
        sio.loads(sio.dumps([1]), trusted=True)


def test_02d_skops_es_un_proyecto_aparte():
    enlaces = " ".join(metadata("skops").get_all("Project-URL"))
    assert "skops-dev/skops" in enlaces
    assert "scikit-learn/" not in enlaces
