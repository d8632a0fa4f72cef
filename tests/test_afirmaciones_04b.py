"""Lo que 04b dice y no se ve en la salida de una celda."""

import ast
import inspect
import json
import os
import re
import shutil
import warnings
import zlib
from pathlib import Path

import joblib
import pytest
from arbol import RAIZ
from reglas.cuaderno import lee
from sklearn.exceptions import InconsistentVersionWarning
from sklearn.linear_model import LinearRegression

from helpers import ficha as fichas
from helpers import load_model, save_model
from helpers._persistencia.entrada import DE_EXTENSION, elige_metodo
from helpers.ejercicios import ejercicios_de
from helpers.ejercicios.ficha_04b import COLUMNAS, aves
from helpers.errores import AvisoDeVersion, ErrorDelCurso, HuellaDistinta, VersionDistinta
from helpers.escritura import sitios

LECCION = lee(RAIZ / "notebooks" / "04b_ficha_y_contrato.ipynb")
SOLUCION = {ejercicio.codigo: ejercicio.solucion for ejercicio in ejercicios_de("04b")}


@pytest.fixture
def modelo(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return LinearRegression().fit(aves()[COLUMNAS], aves()["masa_corporal_g"])


def _celda(id_):
    return next(celda.fuente for celda in LECCION.celdas if celda.id == id_)


def _define(codigo, **nombres):
    """Los nombres que deja una solución, con lo que en el cuaderno ya estaba."""
    espacio = {"joblib": joblib, "json": json, "os": os, "Path": Path, "warnings": warnings}
    exec(_celda("s2-huella").partition("\nficha = ")[0], espacio)  # sha256, la de la lección
    espacio |= nombres
    exec(SOLUCION[codigo], espacio)
    return espacio


def _cambia_un_byte(ruta, coeficientes, puesto=22):
    contenido = bytearray(Path(ruta).read_bytes())
    contenido[contenido.index(coeficientes.tobytes()) + puesto] ^= 1
    Path(ruta).write_bytes(contenido)


# --- El byte -------------------------------------------------------------------------------------
def test_04b_el_byte_es_del_tercer_coeficiente_que_ocupa_ocho(modelo):
    joblib.dump(modelo, "uno.joblib")
    _cambia_un_byte("uno.joblib", modelo.coef_)
    cargado = joblib.load("uno.joblib")
    assert modelo.coef_.itemsize == 8
    assert [a == b for a, b in zip(cargado.coef_, modelo.coef_, strict=True)] == [1, 1, 0]
    assert "lugar + 22" in _celda("s1-byte")


def test_04b_con_algunos_bytes_el_cambio_no_se_nota(modelo):
    ave = aves()[COLUMNAS].head(1)
    joblib.dump(modelo, "bueno.joblib")
    cambios = []
    for puesto in range(24):
        shutil.copyfile("bueno.joblib", "uno.joblib")
        _cambia_un_byte("uno.joblib", modelo.coef_, puesto)
        cambios.append(abs(joblib.load("uno.joblib").predict(ave) - modelo.predict(ave))[0])
    assert sum(cambio < 0.01 for cambio in cambios) >= 3
    assert max(cambios) > 1e8


def test_04b_comprimido_casi_todo_byte_cambiado_da_error(modelo):
    joblib.dump(modelo, "uno.joblib", compress=3)
    bueno, errores = Path("uno.joblib").read_bytes(), 0
    for puesto in range(len(bueno)):
        contenido = bytearray(bueno)
        contenido[puesto] ^= 1
        try:
            zlib.decompress(contenido)
        except zlib.error:
            errores += 1
    assert len(bueno) - 5 < errores <= len(bueno)


# --- Lo que el archivo no dice -------------------------------------------------------------------
class Ajeno(LinearRegression):
    """Un modelo que no es de scikit-learn, aunque herede de uno."""


@pytest.mark.parametrize(("clase", "avisos"), [(LinearRegression, 1), (Ajeno, 0)])
def test_04b_un_modelo_ajeno_no_avisa_de_su_version(clase, avisos, modelo, monkeypatch):
    with monkeypatch.context() as entonces:
        entonces.setattr("sklearn.base.__version__", "0.21.3")
        joblib.dump(clase().fit([[1], [2]], [1, 2]), "uno.joblib")
    with warnings.catch_warnings(record=True, action="always") as dados:
        joblib.load("uno.joblib")
    assert [aviso.category for aviso in dados] == [InconsistentVersionWarning] * avisos


def test_04b_load_model_lee_la_huella_y_carga_del_mismo_archivo_abierto(modelo, monkeypatch):
    save_model(modelo, "uno.joblib")
    abiertos, abre = [], Path.open

    def abre_y_anota(ruta, *como, **opciones):
        abiertos.append(ruta.name)
        return abre(ruta, *como, **opciones)

    monkeypatch.setattr(Path, "open", abre_y_anota)
    monkeypatch.setattr("builtins.open", None)  # nadie lo abre tampoco de otra manera
    load_model("uno.joblib")
    assert abiertos.count("uno.joblib") == 1


def test_04b_con_una_sola_ave_de_aleta_corta_habria_pasado(modelo):
    X = aves()[COLUMNAS]
    corta, larga = X[X["largo_aleta_mm"] < 190].head(1), X[X["largo_aleta_mm"] > 210].head(1)
    recortado = modelo.predict(corta.clip(upper=200)), modelo.predict(larga.clip(upper=200))
    assert recortado[0] == modelo.predict(corta)
    assert recortado[1] != modelo.predict(larga)


# --- Lo tuyo y lo del curso ----------------------------------------------------------------------
def test_04b_cada_funcion_del_curso_esta_donde_dice_la_tabla():
    filas = re.findall(r"^\| `\w+` \| `(\w+)`, en `(\S+)` \|$", _celda("s8-helpers"), re.MULTILINE)
    assert len(filas) == 4
    for nombre, archivo in filas:
        nodos = ast.parse((RAIZ / archivo).read_text(encoding="utf-8")).body
        assert nombre in {nodo.name for nodo in nodos if isinstance(nodo, ast.FunctionDef)}


def test_04b_load_model_no_sabe_que_tabla_le_daras():
    assert not {"X", "tabla", "columnas"} & inspect.signature(load_model).parameters.keys()
    nuestros = [ruta.read_text(encoding="utf-8") for ruta in (RAIZ / "helpers").glob("*.py")]
    assert not any("exige_columnas" in texto for texto in nuestros)


def test_04b_la_ficha_escrita_a_mano_dice_lo_que_la_del_curso(modelo):
    save_model(modelo, "vecinos.joblib")
    suya = fichas.de("vecinos.joblib")
    a_mano = _define(
        "04b.1",
        vecinos=modelo,
        dos=COLUMNAS,
        X_nuevas=aves(),
        y_nuevas=aves()["masa_corporal_g"],
        versiones=suya["versiones"],
    )["ficha_1"]
    for clave in ("clase", "columnas", "sha256", "bytes", "versiones"):
        assert a_mano[clave] == suya[clave], clave
    assert a_mano.keys() <= suya.keys()


def test_04b_las_versiones_de_la_leccion_son_las_de_la_ficha(modelo):
    save_model(modelo, "uno.joblib")
    espacio = {"joblib": joblib, "modelo": modelo}
    exec(_celda("s2-preguntas"), espacio)
    assert espacio["versiones"] == fichas.de("uno.joblib")["versiones"]


def test_04b_carga_verificada_y_la_del_curso_se_niegan_a_lo_mismo(modelo):
    carga_verificada = _define("04b.2")["carga_verificada"]
    save_model(modelo, "uno.joblib", compress=0)
    donde = sitios(Path("uno.joblib"))
    assert (carga_verificada("uno.joblib").coef_ == modelo.coef_).all()
    with donde.modelo.open("rb") as archivo:
        assert fichas.la_del_modelo(donde, archivo) == fichas.de("uno.joblib")

    _cambia_un_byte("uno.joblib", modelo.coef_)
    with pytest.raises(ValueError, match="no es el archivo"):
        carga_verificada("uno.joblib")
    with donde.modelo.open("rb") as archivo, pytest.raises(HuellaDistinta):
        fichas.la_del_modelo(donde, archivo)


def _termina(funcion, *argumentos, **opciones):
    """En qué acaba una llamada: «nada», «avisa» o «se detiene»."""
    with warnings.catch_warnings(record=True, action="always") as avisos:
        try:
            funcion(*argumentos, **opciones)
        except (ValueError, VersionDistinta):
            return "se detiene"
    return "avisa" if avisos else "nada"


@pytest.mark.parametrize("politica", ["avisa", "estricto", "quizá"])
@pytest.mark.parametrize("guardada", ["", "0.21.3", "99.0.0"])
def test_04b_la_politica_de_versiones_es_la_del_curso(politica, guardada, modelo):
    save_model(modelo, "uno.joblib")
    ficha = fichas.de("uno.joblib")
    aqui = ficha["versiones"]["scikit-learn"]
    ficha["versiones"]["scikit-learn"] = guardada or aqui
    Path("uno.joblib.json").write_text(json.dumps(ficha), encoding="utf-8")
    exige_version = _define("04b.4")["exige_version"]
    tuya = _termina(exige_version, ficha, aqui, politica)
    assert tuya == _termina(load_model, "uno.joblib", versiones=politica)
    assert issubclass(AvisoDeVersion, UserWarning)


RUTAS = ["a.pkl", "a.joblib", "a.dill", "a.skops", "A.PKL", "b/a.v2.joblib", "a.h5", "a", "a.json"]


@pytest.mark.parametrize("ruta", RUTAS)
def test_04b_el_metodo_de_una_ruta_es_el_del_curso(ruta):
    metodo_de = _define("04b.5")["metodo_de"]
    try:
        nuestro = elige_metodo(Path(ruta)).nombre
    except ErrorDelCurso:
        with pytest.raises(ValueError, match=re.escape(".skops")):
            metodo_de(ruta)
    else:
        assert metodo_de(ruta) == nuestro
    assert DE_EXTENSION.keys() >= _define("04b.5")["METODO_DE"].keys()
