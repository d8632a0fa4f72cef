"""Los modelos de otras versiones: de dónde salen, qué pasa al abrirlos y qué hace 07 si pasa otra.

Los esperados son de la versión que fija el curso; con otra, esas pruebas dicen que no se hicieron.
"""

import json
import pickle
import pickletools
import re
import subprocess
import sys
import zipfile
from functools import cache

import numpy as np
import pytest
import sklearn
import skops.io
from arbol import RAIZ
from sklearn.datasets import load_iris
from sklearn.ensemble import RandomForestClassifier

from helpers import antiguos, datos, ficha, load_model
from helpers.ejercicios.revision_07 import con_recuentos
from helpers.errores import DatosDanados, HuellaDistinta, RespuestasDistintas, VersionDistinta

DATOS = RAIZ / "data"
README = (DATOS / "README.md").read_text(encoding="utf-8")
GUIONES = re.findall(r"^```python\n(.*?)^```", README, re.DOTALL | re.MULTILINE)[1:]
HACE = GUIONES[0]
VERSION = {"132": "1.3.2", "180": "1.8.0"}
NOMBRES = [f"{n}.{ext}" for n in ("bosque_132", "boosting_132", "recta_132", "boosting_180")
           for ext in ("pkl", "skops")]  # fmt: skip
DEL_CURSO = "1.9.1"
AL_ABRIR = {
    "bosque_132": "carga, avisa y responde otra cosa",
    "recta_132": "carga, avisa y responde lo mismo",
    "boosting_132": "no carga (ModuleNotFoundError: No module named 'sklearn.ensemble._gb_losses')",
    "boosting_180": "no carga (ModuleNotFoundError: No module named '_loss')",
}
solo_con_la_del_curso = pytest.mark.skipif(
    sklearn.__version__ != DEL_CURSO, reason=f"NO SE PROBÓ: es para scikit-learn {DEL_CURSO}"
)


# Abrir uno cuesta un proceso: cada archivo, una vez.
abre_una_vez = cache(antiguos.abre_aparte)


def _de(nombre):
    return nombre.partition(".")[0]


# --- De dónde salen ------------------------------------------------------------------------------
def test_todos_tienen_su_huella_y_juntos_ocupan_menos_de_70_kb():
    suyos = [*NOMBRES, "bosque_132.pkl.json", "onnx_grabado.json", antiguos.DONDE_SE_HIZO,
             antiguos.CON_LA_DEL_CURSO]  # fmt: skip
    assert sum(datos.archivo_de_datos(nombre).stat().st_size for nombre in suyos) < 70_000


def lo_que_lleva(nombre, clave):
    """Los valores escritos detrás de una clave, sin cargar el archivo: conjunto de textos."""
    ruta = DATOS / nombre
    pares = _pares_de_skops(ruta) if ruta.suffix == ".skops" else _pares_de_pickle(ruta)
    return {str(valor) for escrita, valor in pares if escrita == clave}


def _pares_de_skops(ruta):
    with zipfile.ZipFile(ruta) as archivo:
        nodos = [json.loads(archivo.read("schema.json"))]
    while nodos:
        nodo = nodos.pop()
        nodos += nodo.values() if isinstance(nodo, dict) else nodo if isinstance(nodo, list) else []
        if isinstance(nodo, dict):
            hojas = {n: h for n, h in nodo.items() if isinstance(h, dict) and h.get("is_json")}
            yield from ((nombre, json.loads(hoja["content"])) for nombre, hoja in hojas.items())


def _pares_de_pickle(ruta):
    """Cada valor con el siguiente. Lo repetido, pickle lo pide por su número."""
    puestos, anotados = [], []
    for paso, dato, _ in pickletools.genops(ruta.read_bytes()):
        if paso.name == "MEMOIZE":
            anotados.append(puestos[-1])
        else:
            puestos.append(anotados[dato] if "BINGET" in paso.name else dato)
    return zip(puestos, puestos[1:], strict=False)


@pytest.mark.parametrize("nombre", NOMBRES)
def test_cada_archivo_lleva_escrita_la_version_de_su_nombre(nombre):
    assert lo_que_lleva(nombre, "_sklearn_version") == {VERSION[_de(nombre)[-3:]]}


@pytest.mark.parametrize("nombre", [n for n in NOMBRES if not n.startswith("recta")])
def test_la_semilla_del_guion_es_la_que_llevan_dentro(nombre):
    semilla = re.search(r"^SEMILLA = (\d+)$", HACE, re.MULTILINE)[1]
    assert semilla in lo_que_lleva(nombre, "random_state")


def test_los_dos_entornos_del_readme_son_los_del_guion_y_los_de_la_ficha():
    entornos = re.findall(r"^\| el de la \S+ \| (\S+) \| (\S+) \|", README, re.MULTILINE)
    assert [version for version, _ in entornos] == list(VERSION.values())
    assert re.findall(r'^    "([\d.]+)": \{', HACE, re.MULTILINE) == list(VERSION.values())
    suyas = json.loads((DATOS / "bosque_132.pkl.json").read_text(encoding="utf-8"))["versiones"]
    assert (suyas["scikit-learn"], suyas["numpy"]) == entornos[0]
    assert f"Python {suyas['python']}" in README


@pytest.mark.parametrize("guion", GUIONES, ids=lambda guion: guion.split("\n")[0][3:20])
def test_los_guiones_estan_enteros_y_bien_escritos(guion):
    compile(guion, "guion", "exec")
    for orden in (["check"], ["format", "--check"]):
        como = [sys.executable, "-m", "ruff", *orden, "--no-cache", "--stdin-filename", "guion.py"]
        hecho = subprocess.run([*como, "-"], input=guion, cwd=RAIZ, capture_output=True,
                               encoding="utf-8")  # fmt: skip
        assert hecho.returncode == 0, hecho.stdout


@pytest.mark.parametrize("entonces", VERSION.values())
def test_el_guion_repetido_hoy_da_modelos_que_responden_lo_de_entonces(
    entonces, tmp_path, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    exec(HACE.replace(f'"{entonces}": {{', f'"{sklearn.__version__}": {{'), {})
    hoy = json.loads((tmp_path / antiguos.DONDE_SE_HIZO).read_text(encoding="utf-8"))
    assert sorted(hoy) == sorted({_de(n) for n in NOMBRES if VERSION[_de(n)[-3:]] == entonces})
    for nombre, respuestas in hoy.items():
        suyas = antiguos.respuestas_de_entonces(f"{nombre}.pkl")
        assert suyas.pop("scikit-learn") == entonces
        for metodo, respuesta in suyas.items():
            assert np.allclose(respuestas[metodo], respuesta, atol=1e-6), (nombre, metodo)


def test_la_ficha_es_la_del_bosque_y_sus_respuestas_son_las_de_entonces():
    suya = ficha.de(DATOS / "bosque_132.pkl")
    assert suya["sha256"] == datos.huella_publicada("bosque_132.pkl")
    entonces = antiguos.respuestas_de_entonces("bosque_132.pkl")
    for metodo, guardadas in suya["ejemplo"]["respuestas"].items():
        assert np.allclose(guardadas["filas"], entonces[metodo][::10], atol=1e-6)


def test_el_bosque_es_de_tres_especies_y_ocho_arboles():
    entonces = antiguos.respuestas_de_entonces("bosque_132.pkl")
    assert set(entonces["predict"]) == {0, 1, 2}
    assert lo_que_lleva("bosque_132.pkl", "n_estimators") == {"8"}


# --- Qué pasa al abrirlos ------------------------------------------------------------------------
@solo_con_la_del_curso
@pytest.mark.parametrize("nombre", NOMBRES)
def test_al_abrirlo_pasa_lo_que_dice_la_leccion(nombre):
    frase = antiguos.que_paso(nombre, abre_una_vez(nombre))
    assert frase == AL_ABRIR[_de(nombre)]


def _grabado():
    return json.loads(datos.archivo_de_datos(antiguos.CON_LA_DEL_CURSO).read_text(encoding="utf-8"))


@pytest.mark.parametrize("nombre", NOMBRES)
def test_lo_que_se_grabo_es_lo_que_pasa(nombre):
    todas = _grabado()["qué pasó"]
    assert sorted(todas) == ["1.3.2", "1.6.1", "1.8.0", DEL_CURSO]
    if sklearn.__version__ not in todas:
        pytest.skip(f"NO SE PROBÓ: no se grabó nada con scikit-learn {sklearn.__version__}")
    frase = antiguos.que_paso(nombre, abre_una_vez(nombre)).partition(" (")[0]
    assert todas[sklearn.__version__][nombre] == frase


@solo_con_la_del_curso
def test_el_bosque_avisa_diez_veces_y_responde_lo_grabado():
    vuelta, grabado = abre_una_vez("bosque_132.pkl"), _grabado()
    assert vuelta.avisos == 10
    assert grabado["scikit-learn"] == DEL_CURSO
    for metodo, respuesta in vuelta.respuestas.items():
        assert np.allclose(respuesta, grabado["bosque_132.pkl"][metodo], atol=1e-6)


@solo_con_la_del_curso
def test_unas_pocas_etiquetas_cambian_y_ninguna_fila_suma_1():
    hoy = abre_una_vez("bosque_132.pkl").respuestas
    entonces = antiguos.respuestas_de_entonces("bosque_132.pkl")
    cambian = np.array(hoy["predict"]) != entonces["predict"]
    assert 0 < cambian.sum() < 10
    assert np.sum(hoy["predict_proba"], axis=1).min() > 2


@pytest.mark.parametrize("nombre", [n for n in NOMBRES if n.endswith(".skops")])
def test_los_tipos_que_pide_en_skops_estan_aprobados(nombre):
    assert set(skops.io.get_untrusted_types(file=DATOS / nombre)) <= set(antiguos.APROBADOS)


def _bosque_de_hoy():
    return RandomForestClassifier(8, max_depth=3, random_state=42).fit(*load_iris(return_X_y=True))


@solo_con_la_del_curso
def test_con_recuentos_escribe_lo_que_guardaba_la_1_3():
    bosque = _bosque_de_hoy()
    for arbol in bosque.estimators_:
        con_recuentos(arbol)
    X = load_iris().data
    suyas = abre_una_vez("bosque_132.pkl").respuestas
    assert np.allclose(bosque.predict_proba(X), suyas["predict_proba"])
    assert np.array_equal(bosque.predict(X), suyas["predict"])


def test_sin_dividir_una_hoja_con_mas_flores_vota_mas():
    bosque, X = _bosque_de_hoy(), load_iris().data
    votos = []
    for arbol in bosque.estimators_:
        con_recuentos(arbol)
        hojas = arbol.apply(X)
        votos.append((arbol.tree_.value[hojas][:, 0].sum(1), arbol.tree_.n_node_samples[hojas]))
    peso, flores = map(np.ravel, map(np.array, zip(*votos, strict=True)))
    assert peso[flores.argmax()] > 10 * peso[flores.argmin()]


@solo_con_la_del_curso
@pytest.mark.filterwarnings("ignore:numpy.core:DeprecationWarning")
def test_load_model_los_detiene_por_la_version_y_por_las_respuestas():
    with pytest.raises(VersionDistinta, match=r"1\.3\.2"):
        load_model(DATOS / "bosque_132.pkl", versiones="estricto")
    with pytest.warns(UserWarning, match=r"1\.3\.2"), pytest.raises(RespuestasDistintas):
        load_model(DATOS / "bosque_132.pkl")


def test_un_archivo_cambiado_no_se_abre(monkeypatch, tmp_path):
    (tmp_path / "README.md").write_text(README, encoding="utf-8")
    (tmp_path / "bosque_132.pkl").write_bytes(b"otra cosa")
    monkeypatch.setattr(datos, "CARPETA", tmp_path)
    with pytest.raises(DatosDanados):
        antiguos.abre_aparte("bosque_132.pkl")


def test_la_ficha_no_vale_para_otro_archivo(tmp_path):
    for nombre, origen in (("a.pkl", "recta_132.pkl"), ("a.pkl.json", "bosque_132.pkl.json")):
        (tmp_path / nombre).write_bytes((DATOS / origen).read_bytes())
    with pytest.raises(HuellaDistinta):
        load_model(tmp_path / "a.pkl")


# --- Si un scikit-learn futuro hace otra cosa ----------------------------------------------------
def _repara(bosque):
    """Las cuentas, divididas: lo que haría un scikit-learn que supiera leerlas."""
    for arbol in bosque.estimators_:
        estado = arbol.tree_.__getstate__()
        estado["values"] = estado["values"] / estado["values"].sum(axis=2, keepdims=True)
        arbol.tree_.__setstate__(estado)
    return bosque


def bosque_que_no_carga():
    """El bosque, si el módulo de los bosques hubiera cambiado de nombre."""
    bytes_ = (DATOS / "bosque_132.pkl").read_bytes()
    assert bytes_.count(b"sklearn.ensemble._forest") == 1
    return bytes_.replace(b"sklearn.ensemble._forest", b"sklearn.ensemble._bosque")


def bosque_que_no_responde():
    """El bosque, si le faltara un atributo que `predict` usa."""
    bytes_ = (DATOS / "bosque_132.pkl").read_bytes()
    assert b"n_outputs_" in bytes_
    return bytes_.replace(b"n_outputs_", b"n_outputs_"[::-1])


def bosque_que_responde_bien():
    """El bosque, si la versión de hoy dividiera."""
    bosque = _bosque_de_hoy()
    for arbol in bosque.estimators_:
        con_recuentos(arbol)
    return pickle.dumps(_repara(bosque))


SALIDAS = {
    bosque_que_no_carga: "no carga (ModuleNotFoundError",
    bosque_que_no_responde: "no responde (AttributeError",
    bosque_que_responde_bien: "carga y responde lo mismo",
}


@pytest.mark.parametrize("otro", SALIDAS, ids=lambda otro: otro.__name__)
def test_si_pasa_otra_cosa_lo_dice_y_da_lo_grabado(otro, tmp_path, monkeypatch, capsys):
    (tmp_path / "bosque_132.pkl").write_bytes(otro())
    de_verdad = datos.archivo_de_datos
    monkeypatch.setattr(
        antiguos,
        "archivo_de_datos",
        lambda n: tmp_path / n if n == "bosque_132.pkl" else de_verdad(n),
    )
    assert antiguos.respuestas_de_hoy("bosque_132.pkl") == _grabado()["bosque_132.pkl"]
    dicho = capsys.readouterr().out
    assert SALIDAS[otro] in dicho
    assert f"se grabó con la {DEL_CURSO}" in dicho


@solo_con_la_del_curso
def test_si_pasa_lo_de_siempre_da_lo_de_hoy(capsys):
    hoy = antiguos.respuestas_de_hoy("bosque_132.pkl")
    assert hoy == abre_una_vez("bosque_132.pkl").respuestas
    assert "grabó" not in capsys.readouterr().out
