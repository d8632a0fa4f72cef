"""`save_model` y `load_model`: lo que se guarda vuelve, esté donde esté y sea el que sea."""

import contextlib
import io
import multiprocessing
import os
import re
import tracemalloc
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from arbol import RAIZ
from sklearn.base import BaseEstimator, clone
from sklearn.cluster import KMeans
from sklearn.compose import make_column_transformer
from sklearn.datasets import load_diabetes, load_iris
from sklearn.ensemble import RandomForestClassifier, RandomForestRegressor
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LinearRegression, LogisticRegression
from sklearn.model_selection import GridSearchCV
from sklearn.neighbors import KNeighborsClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

from helpers import espera, ficha, load_model, save_model
from helpers.errores import HuellaDistinta, ModeloNoEncontrado, NoSePudoGuardar
from helpers.metodos import METODOS
from helpers.proceso import ejecuta_en_proceso_nuevo

EN_WINDOWS = os.name == "nt"
X, Y = load_diabetes(return_X_y=True)
FLORES, ESPECIE = load_iris(return_X_y=True, as_frame=True)
NOMBRES = ESPECIE.map(dict(enumerate(["setosa", "versicolor", "virginica"]))).to_numpy()
MEZCLA = pd.DataFrame(
    {
        "isla": ["Biscoe", None, "Dream", "Biscoe"] * 10,
        "pico": [39.1, 40.3, np.nan, 36.7] * 10,
        "año": [2007, 2008, 2009, 2007] * 10,
    }
)
PREPARA = make_column_transformer(
    (OneHotEncoder(), ["isla"]), (SimpleImputer(), ["pico"]), remainder="passthrough"
)
MODELOS = {
    "regresión": (LinearRegression(), X, Y),
    "tubería": (make_pipeline(StandardScaler(), LinearRegression()), X, Y),
    "clasificador": (LogisticRegression(max_iter=300), FLORES.to_numpy(), ESPECIE),
    "etiquetas de texto": (LogisticRegression(max_iter=300), FLORES.to_numpy(), NOMBRES),
    "solo transforma": (StandardScaler(), X, None),
    "varias salidas": (LinearRegression(), X, np.column_stack([Y, -Y])),
    "varias clases a la vez": (
        RandomForestClassifier(3, random_state=0),
        FLORES.to_numpy(),
        np.column_stack([ESPECIE, ESPECIE == 1]),
    ),
    "grupos": (KMeans(3, n_init=1, random_state=0), X, None),
    "búsqueda": (
        GridSearchCV(KNeighborsClassifier(), {"n_neighbors": [3, 5]}),
        FLORES,
        NOMBRES,
    ),
    "con nombres de columna": (RandomForestRegressor(3, random_state=0), FLORES, ESPECIE),
    "con su propio azar": (
        RandomForestRegressor(2, random_state=np.random.RandomState(0)),
        X[:50],
        Y[:50],
    ),
    "tabla con huecos": (make_pipeline(PREPARA, LinearRegression()), MEZCLA, np.arange(40.0)),
}
EXTENSIONES = {"pickle": ".pkl", "joblib": ".joblib", "dill": ".dill", "skops": ".skops"}


@pytest.fixture
def aqui(tmp_path, monkeypatch):
    """Una carpeta de trabajo vacía."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def recta(pendiente=1.0):
    return LinearRegression().fit([[0.0], [1.0]], [0.0, pendiente])


def pendiente_de(modelo):
    return modelo.coef_[0]


def va_y_vuelve(nombre, metodo, carpeta):
    """Guarda un modelo y lo carga. Devuelve si responde igual, y lo que se imprimió."""
    modelo, datos, y = MODELOS[nombre]
    modelo = clone(modelo).fit(datos, y)
    with contextlib.redirect_stdout(io.StringIO()) as impreso:
        ruta = save_model(modelo, carpeta / f"modelo{EXTENSIONES[metodo]}", X_ejemplo=datos)
        tipos = METODOS["skops"].tipos(ruta) if metodo == "skops" else ()
        vuelve = load_model(ruta, confiar=tipos)
    igual = type(vuelve) is type(modelo) and all(
        np.array_equal(np.asarray(uno), np.asarray(otro))
        for uno, otro in zip(respuestas(modelo, datos), respuestas(vuelve, datos), strict=True)
    )
    return igual, impreso.getvalue()


def respuestas(modelo, datos):
    """Lo que da cada método, en una lista de tablas. `predict_proba` puede dar varias."""
    for nombre in ("predict", "predict_proba", "transform"):
        if hasattr(modelo, nombre):
            salida = getattr(modelo, nombre)(datos)
            yield from salida if isinstance(salida, list) else [salida]


def todos_con_dill(carpeta):
    return {nombre: va_y_vuelve(nombre, "dill", carpeta / nombre) for nombre in MODELOS}


@pytest.fixture(scope="module")
def con_dill(tmp_path_factory):
    """En otro proceso: importar dill cambia lo que escribe joblib, también en otras pruebas."""
    aparte = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=aparte) as proceso:
        return proceso.submit(todos_con_dill, tmp_path_factory.mktemp("dill")).result()


def _vuelve_comprobado(resultado):
    igual, impreso = resultado
    assert igual
    assert re.search(r"Comprobado: huella y 20 respuestas, del \d{4}-\d\d-\d\d", impreso)


@pytest.mark.parametrize("metodo", ["pickle", "joblib", "skops"])
@pytest.mark.parametrize("nombre", MODELOS)
def test_cada_modelo_vuelve_con_cada_metodo(nombre, metodo, tmp_path):
    _vuelve_comprobado(va_y_vuelve(nombre, metodo, tmp_path))
    escrita = ficha.de(tmp_path / f"modelo{EXTENSIONES[metodo]}")
    assert escrita["metodo"] == metodo
    metodos = {"predict", "predict_proba", "transform"} & set(escrita["ejemplo"]["respuestas"])
    tiene = {n for n in ("predict", "predict_proba") if hasattr(MODELOS[nombre][0], n)}
    assert metodos == (tiene or {"transform"})


@pytest.mark.parametrize("nombre", MODELOS)
def test_cada_modelo_vuelve_con_dill(nombre, con_dill):
    _vuelve_comprobado(con_dill[nombre])


def test_las_llamadas_del_documento(aqui, capsys):
    modelo = recta()
    with pytest.raises(FileNotFoundError) as falta:
        load_model("modelos/regresion_multiple.joblib")
    assert isinstance(falta.value, ModeloNoEncontrado)
    save_model(modelo, "modelos/regresion_multiple.joblib")
    guardado = capsys.readouterr().out
    cargado = load_model("modelos/regresion_multiple.joblib")
    assert pendiente_de(cargado) == pendiente_de(modelo)
    assert re.fullmatch(
        r"Modelo guardado en modelos/regresion_multiple\.joblib "
        r"\(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\)\.\n",
        guardado,
    )
    assert re.fullmatch(
        r"Modelo cargado de modelos/regresion_multiple\.joblib\.\n"
        r"Comprobado: huella, del \d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\n",
        capsys.readouterr().out,
    )


def test_los_nombres_de_fabrica(aqui):
    assert save_model(recta(2.0)) == Path("modelos/modelo.joblib")
    assert sorted(r.name for r in (aqui / "modelos").iterdir()) == [
        "modelo.joblib",
        "modelo.joblib.json",
    ]
    assert pendiente_de(load_model()) == pytest.approx(2.0)


def test_compress_es_el_tercero_y_vale_tres(aqui):
    modelo = LinearRegression().fit(np.zeros((2, 5000)), [0, 1])
    bytes_ = [
        save_model(modelo, "a.joblib", *como, **con).read_bytes()
        for como, con in [((), {}), ((3,), {}), ((), {"compress": 3}), ((0,), {}), ((9,), {})]
    ]
    de_fabrica, tercero, por_nombre, sin_comprimir, mucho = bytes_
    assert de_fabrica == tercero == por_nombre
    assert len(sin_comprimir) > 40_000 > 10 * len(de_fabrica)
    assert mucho not in (de_fabrica, sin_comprimir)


def test_compress_llega_a_skops(aqui):
    modelo = LinearRegression().fit(np.zeros((2, 5000)), [0, 1])
    tamanos = [save_model(modelo, "a.skops", nivel).stat().st_size for nivel in (0, 3)]
    assert tamanos[0] > 40_000 > 5 * tamanos[1]


def test_guardar_otra_vez_sustituye(aqui):
    for pendiente in (1.0, 2.0):
        save_model(recta(pendiente), "a.joblib", X_ejemplo=[[5.0]])
        assert pendiente_de(load_model("a.joblib")) == pytest.approx(pendiente)
    assert sorted(r.name for r in aqui.iterdir()) == ["a.joblib", "a.joblib.json"]


def test_se_guarda_por_turno(aqui, monkeypatch):
    monkeypatch.setattr(espera, "ESPERA_DEL_TURNO", 0.05)
    save_model(recta(1.0), "a.joblib")
    with espera.turno(aqui):
        with pytest.raises(NoSePudoGuardar, match="Otro proceso lleva 0.05 segundos"):
            save_model(recta(2.0), "a.joblib")
        assert pendiente_de(load_model("a.joblib")) == pytest.approx(1.0)  # cargar no espera
    save_model(recta(2.0), "a.joblib")
    assert pendiente_de(load_model("a.joblib")) == pytest.approx(2.0)


@pytest.mark.parametrize("como", [str, Path], ids=["texto", "Path"])
@pytest.mark.parametrize("donde", ["relativa", "absoluta", "hacia arriba"])
def test_la_ruta_puede_escribirse_de_varios_modos(como, donde, aqui):
    ruta = {"relativa": Path("b/a.pkl"), "absoluta": aqui / "b" / "a.pkl",
            "hacia arriba": Path("b/../b/a.pkl")}[donde]  # fmt: skip
    assert save_model(recta(), como(ruta)) == ruta
    assert pendiente_de(load_model(como(ruta))) == pytest.approx(1.0)
    assert ficha.de(como(ruta))["metodo"] == "pickle"
    assert (aqui / "b" / "a.pkl").is_file()


def test_la_virgulilla_es_la_carpeta_personal(aqui, monkeypatch):
    (aqui / "casa").mkdir()
    (aqui / "trabajo").mkdir()
    monkeypatch.setenv("USERPROFILE" if EN_WINDOWS else "HOME", str(aqui / "casa"))
    monkeypatch.chdir(aqui / "trabajo")
    assert save_model(recta(), "~/modelos/a.joblib") == aqui / "casa" / "modelos" / "a.joblib"
    assert pendiente_de(load_model("~/modelos/a.joblib")) == pytest.approx(1.0)
    assert ficha.de("~/modelos/a.joblib")["metodo"] == "joblib"
    assert list((aqui / "trabajo").iterdir()) == []
    # En medio, o pegada a un nombre, es una letra más.
    assert save_model(recta(), "~nadie.joblib") == Path("~nadie.joblib")
    assert save_model(recta(), "a/~/b.joblib") == Path("a/~/b.joblib")


@pytest.mark.parametrize("nombre", ["A.JOBLIB", "a.Pkl", "a.PICKLE", "a.Skops", "a.b.c.joblib"])
def test_la_extension_en_mayusculas(nombre, aqui):
    save_model(recta(), nombre)
    assert pendiente_de(load_model(nombre)) == pytest.approx(1.0)
    Path(f"{nombre}.json").unlink()
    assert pendiente_de(load_model(nombre)) == pytest.approx(1.0)


@pytest.mark.skipif(EN_WINDOWS, reason="en Windows un enlace pide permisos de administrador")
@pytest.mark.parametrize("estaba", [True, False], ids=["con modelo", "que no lleva a nada"])
def test_un_enlace_se_queda_y_cambia_lo_que_hay_al_otro_lado(estaba, aqui):
    (aqui / "otra").mkdir()
    if estaba:
        save_model(recta(1.0), "otra/modelo.joblib")
    Path("enlace.joblib").symlink_to("otra/modelo.joblib")
    assert save_model(recta(2.0), "enlace.joblib") == Path("enlace.joblib")
    assert Path("enlace.joblib").readlink() == Path("otra/modelo.joblib")
    assert not Path("otra/modelo.joblib").is_symlink()
    for ruta in ("enlace.joblib", "otra/modelo.joblib"):
        assert pendiente_de(load_model(ruta)) == pytest.approx(2.0)
    # La ficha va con el modelo, no con el enlace.
    assert sorted(r.name for r in aqui.iterdir()) == ["enlace.joblib", "otra"]
    assert ficha.de("enlace.joblib") == ficha.de("otra/modelo.joblib")


@pytest.mark.skipif(EN_WINDOWS, reason="Windows no tiene estos permisos")
def test_los_permisos_del_anterior_se_conservan(aqui):
    save_model(recta(), "a.joblib")
    Path("a.joblib").chmod(0o640)
    save_model(recta(2.0), "a.joblib")
    assert Path("a.joblib").stat().st_mode & 0o777 == 0o640


def test_un_archivo_sin_ficha_se_carga_y_se_dice(aqui, capsys):
    METODOS["joblib"].guarda(recta(), "a.joblib")
    assert pendiente_de(load_model("a.joblib")) == pytest.approx(1.0)
    assert capsys.readouterr().out == (
        "Modelo cargado de a.joblib.\nNo tiene ficha: no se pudo comprobar nada.\n"
    )


def test_la_ficha_dice_el_metodo_aunque_cambie_el_nombre(aqui):
    save_model(recta(), "a.modelo", metodo="skops")
    assert pendiente_de(load_model("a.modelo")) == pytest.approx(1.0)
    assert ficha.de("a.modelo")["metodo"] == "skops"


def test_verificar_false_carga_lo_que_haya(aqui, capsys):
    save_model(recta(1.0), "a.joblib", X_ejemplo=[[1.0]])
    METODOS["joblib"].guarda(recta(2.0), "a.joblib")
    with pytest.raises(HuellaDistinta):
        load_model("a.joblib")
    capsys.readouterr()
    assert pendiente_de(load_model("a.joblib", verificar=False)) == pytest.approx(2.0)
    assert capsys.readouterr().out == (
        "Modelo cargado de a.joblib.\nNo se comprobó nada: verificar=False.\n"
    )


def test_sin_comprimir_no_hay_otra_copia_en_memoria(aqui):
    modelo = recta()
    modelo.relleno_ = np.random.default_rng(0).random(5_000_000)  # 40 MB
    save_model(recta(), "otra.joblib", 0)  # lo que se importa al usarlo, ya importado
    tracemalloc.start()
    try:
        save_model(modelo, "a.joblib", compress=0)
        _, pico = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert Path("a.joblib").stat().st_size > modelo.relleno_.nbytes
    # En Windows, al comprobarlo se lee entero: allí no se puede mover un archivo proyectado.
    copias = 1.25 if os.name == "nt" else 0.75
    assert pico < modelo.relleno_.nbytes * copias


class Diario(BaseEstimator):
    """Cuenta las veces que le preguntan, y lo dice; responde siempre lo mismo."""

    def fit(self, X, y=None):  # noqa: D102
        self.veces_ = 0
        return self

    def predict(self, X):  # noqa: D102
        self.veces_ += 1
        print("pregunta", self.veces_)
        return np.zeros(len(X))


def test_un_modelo_que_imprime_y_cambia_al_responder(aqui, capsys):
    save_model(Diario().fit(X), "a.pkl", X_ejemplo=X)
    assert capsys.readouterr().out.splitlines()[-1].startswith("Modelo guardado en a.pkl")
    assert load_model("a.pkl").veces_ == 2  # una al guardarlo y otra al cargarlo
    assert "y 20 respuestas" in capsys.readouterr().out.splitlines()[-1]


CUADERNO = f"""
import sys, warnings
sys.path.insert(0, {str(RAIZ)!r})
from sklearn.base import BaseEstimator
from sklearn.linear_model import LinearRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import FunctionTransformer
from helpers import save_model
X = [[0.0], [1.0]]

class Doble(BaseEstimator):
    def fit(self, X, y=None):
        self.listo_ = True
        return self

    def transform(self, X):
        return X

def mitad(X):
    return X

MODELOS = dict(
    suyo=Doble().fit(X),
    dentro=make_pipeline(Doble(), LinearRegression()).fit(X, [0, 1]),
    función=FunctionTransformer(mitad).fit(X),
    ajeno=LinearRegression().fit(X, [0, 1]),
)
for nombre, modelo in MODELOS.items():
    for extension in ("pkl", "joblib", "dill"):
        with warnings.catch_warnings(record=True) as avisos:
            warnings.simplefilter("always")
            save_model(modelo, "a." + extension)
        for aviso in avisos:
            print("AVISO", nombre, extension, aviso.category.__name__, aviso.lineno, aviso.message)
"""


def test_una_clase_del_cuaderno_se_guarda_con_un_aviso(tmp_path):
    impreso = ejecuta_en_proceso_nuevo(CUADERNO, tmp_path)
    assert impreso.error == "", impreso
    avisos = [linea for linea in impreso.texto.splitlines() if linea.startswith("AVISO")]
    guarda = 1 + CUADERNO.split("\n").index('            save_model(modelo, "a." + extension)')
    esperados = [
        f"AVISO {nombre} {extension} AvisoDeModelo {guarda} {pieza}: está en este cuaderno"
        for nombre, pieza in {"suyo": "Doble", "dentro": "Doble", "función": "mitad"}.items()
        for extension in ("pkl", "joblib")  # dill guarda también el código
    ]
    assert [aviso.partition(", y el archivo")[0] for aviso in avisos] == esperados
    assert all("Prueba a escribirlo en un módulo (`.py`)" in aviso for aviso in avisos)


def test_lo_que_no_es_un_estimador_tambien_se_guarda(aqui):
    save_model({"modelo": recta(), "umbral": 0.5}, "a.joblib")
    assert load_model("a.joblib")["umbral"] == 0.5
