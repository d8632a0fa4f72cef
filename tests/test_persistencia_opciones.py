"""Cada parámetro de `save_model` y `load_model`, bien y mal; y los modelos que no se dejan."""

import os
import pickle
import warnings
from pathlib import Path

import numpy as np
import pytest
from scipy.sparse import csr_array, csr_matrix
from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.cluster import DBSCAN
from sklearn.linear_model import LinearRegression
from sklearn.model_selection import GridSearchCV
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import FunctionTransformer, StandardScaler
from sklearn.tree import DecisionTreeRegressor
from sklearn.tree._tree import Tree
from sklearn.utils.validation import check_is_fitted

from helpers import ficha, load_model, save_model
from helpers.errores import (
    ExtensionDesconocida,
    ModeloNoEncontrado,
    NoEsUnArchivo,
    NoEsUnModelo,
    NoSePudoGuardar,
    NoSePudoLeer,
    OpcionDesconocida,
    RespuestasDistintas,
    TiposSinAprobar,
    YaExiste,
)

EN_WINDOWS = os.name == "nt"
X = np.random.default_rng(0).normal(size=(30, 3))
Y = X @ [1.0, 2.0, 3.0]
RECTA = LinearRegression().fit(X, Y)
ARBOL = "sklearn.tree._tree.Tree"


@pytest.fixture
def aqui(tmp_path, monkeypatch):
    """Una carpeta de trabajo vacía."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def guardado(aqui):
    """Un modelo que ya está, y que ningún error debe tocar."""
    save_model(RECTA, "a.joblib")
    antes = {ruta.name: ruta.read_bytes() for ruta in aqui.iterdir()}
    yield Path("a.joblib")
    assert {ruta.name: ruta.read_bytes() for ruta in aqui.iterdir()} == antes


@pytest.fixture
def arbol(aqui):
    """Un modelo que skops no carga si nadie aprueba su tipo."""
    return save_model(DecisionTreeRegressor(max_depth=2, random_state=0).fit(X, Y), "a.skops")


def explica(error, clase, que_paso, prueba):
    """El error es de esa clase y dice qué pasó y qué probar."""
    assert type(error) is clase
    assert que_paso in error.que_paso
    assert prueba in error.prueba
    assert str(error).endswith(f"Prueba {error.prueba}")


# --- Qué se guarda -------------------------------------------------------------------------------
NO_SON_MODELOS = {
    "al revés": (("a.joblib", RECTA), "recibí el texto «a.joblib»", "con el modelo delante"),
    "al revés, con Path": ((Path("a.joblib"), RECTA), "el texto «a.joblib»", "modelo delante"),
    "None": ((None, "a.joblib"), "recibí None", "el objeto que devolvió `fit`"),
    "la clase": ((LinearRegression, "a.joblib"), "la clase LinearRegression", "que devolvió `fit`"),
    "sin entrenar": ((LinearRegression(), "a.joblib"), "no está entrenado", "`modelo.fit(X, y)`"),
    "una tubería sin entrenar": (
        (make_pipeline(StandardScaler(), LinearRegression()), "a.joblib"),
        "Pipeline no está entrenado",
        "`modelo.fit(X, y)`",
    ),
    "una búsqueda sin entrenar": (
        (GridSearchCV(LinearRegression(), {}), "a.joblib"),
        "GridSearchCV no está entrenado",
        "`modelo.fit(X, y)`",
    ),
}


@pytest.mark.parametrize("caso", NO_SON_MODELOS)
def test_lo_que_no_es_un_modelo_entrenado(caso, guardado):
    argumentos, que_paso, prueba = NO_SON_MODELOS[caso]
    with pytest.raises(TypeError) as capturado:
        save_model(*argumentos)
    explica(capturado.value, NoEsUnModelo, que_paso, prueba)


class NoEsDeSklearn:
    """Tiene `fit`, pero scikit-learn no sabe si está entrenado."""

    def fit(self, X):  # noqa: D102
        return self


@pytest.mark.parametrize("modelo", [NoEsDeSklearn(), FunctionTransformer()], ids=["ajeno", "suyo"])
def test_lo_que_no_se_puede_saber_si_esta_entrenado_se_guarda(modelo, aqui):
    save_model(modelo, "a.pkl")
    assert type(load_model("a.pkl")) is type(modelo)


# --- Dónde ---------------------------------------------------------------------------------------
@pytest.mark.parametrize("hace", [lambda r: save_model(RECTA, r), load_model, ficha.de],
                         ids=["save_model", "load_model", "ficha.de"])  # fmt: skip
@pytest.mark.parametrize(
    ("ruta", "que_paso"),
    [
        (None, "recibí NoneType"),
        (RECTA, "recibí LinearRegression"),
        (b"a.joblib", "recibí bytes"),
        ("", "no es el nombre de un archivo"),
        (".", "no es el nombre de un archivo"),
        ("a\0b.joblib", "no es el nombre de un archivo"),
    ],
    ids=["None", "modelo", "bytes", "vacía", "punto", "nulo"],
)
def test_lo_que_no_es_una_ruta(hace, ruta, que_paso, guardado):
    with pytest.raises(ValueError) as capturado:
        hace(ruta)
    explica(capturado.value, OpcionDesconocida, que_paso, '"modelos/modelo.joblib"')


@pytest.mark.parametrize("nombre", ["a", "a.txt", ".joblib", "a.joblib.json"])
def test_una_extension_que_no_dice_nada(nombre, guardado):
    with pytest.raises(ValueError) as capturado:
        save_model(RECTA, nombre)
    explica(
        capturado.value,
        ExtensionDesconocida,
        f"«{nombre}»",
        ".pkl, .pickle, .joblib, .dill, .skops",
    )


def test_cargar_sin_ficha_lo_que_no_se_sabe_que_es(aqui):
    save_model(RECTA, "a.modelo", metodo="pickle")
    load_model("a.modelo")
    for sin_ficha in ({"verificar": False}, {}):
        with pytest.raises(ExtensionDesconocida, match=r"la extensión «\.modelo»"):
            load_model("a.modelo", **sin_ficha)
        Path("a.modelo.json").unlink(missing_ok=True)


@pytest.mark.parametrize(
    ("ruta", "prueba"),
    [
        ("b.joblib", '`os.listdir(".")`'),
        ("carpeta/b.joblib", '`os.listdir("carpeta")`'),
        ("nada/b.joblib", "`os.getcwd()`, para ver en qué carpeta estás: no hay ninguna «nada»"),
    ],
)
def test_un_modelo_que_no_esta(ruta, prueba, aqui):
    (aqui / "carpeta").mkdir()
    with pytest.raises(FileNotFoundError) as capturado:
        load_model(ruta)
    explica(capturado.value, ModeloNoEncontrado, f"No hay ningún archivo «{Path(ruta)}»", prueba)


def test_una_carpeta_no_se_carga(aqui):
    (aqui / "a.joblib").mkdir()
    with pytest.raises(IsADirectoryError) as capturado:
        load_model("a.joblib")
    explica(capturado.value, NoEsUnArchivo, "«a.joblib» es una carpeta", 'os.listdir("a.joblib")')
    with pytest.raises(IsADirectoryError) as capturado:
        save_model(RECTA, "a.joblib")
    explica(capturado.value, NoEsUnArchivo, "«a.joblib» es una carpeta", '"a.joblib/modelo.joblib"')


@pytest.mark.skipif(EN_WINDOWS, reason="Windows dice de un nombre tan largo que no existe")
@pytest.mark.parametrize("hace", [load_model, ficha.de], ids=["load_model", "ficha.de"])
def test_un_nombre_demasiado_largo_no_se_lee(hace, aqui):
    with pytest.raises(NoSePudoLeer) as capturado:
        hace("a" * 300 + ".joblib")
    explica(capturado.value, NoSePudoLeer, "el nombre es demasiado largo", "un nombre más corto")


# --- compress, metodo, sobrescribir --------------------------------------------------------------
@pytest.mark.parametrize(
    "nivel", [-1, 10, 3.0, "3", None, True, ("zlib", 3), np.int64(4), np.arange(3)], ids=repr
)
@pytest.mark.parametrize("ruta", ["a.joblib", "a.skops", "a.pkl"])
def test_un_nivel_de_compresion_que_no_existe(nivel, ruta, guardado):
    with pytest.raises(ValueError) as capturado:
        save_model(RECTA, ruta, nivel)
    explica(capturado.value, OpcionDesconocida, f"compress={nivel!r}", "de 0 (sin comprimir) a 9")


@pytest.mark.parametrize("ruta", ["a.pkl", "a.dill"])
def test_quien_no_comprime_lo_dice_solo_si_se_pide(ruta, guardado):
    with pytest.raises(ValueError) as capturado:
        save_model(RECTA, ruta, compress=5)
    explica(
        capturado.value, OpcionDesconocida, "no comprime, y pediste", "con la extensión .joblib"
    )
    assert "solo comprimen joblib y skops." in str(capturado.value)


def test_sin_pedir_compresion_pickle_guarda(aqui):
    for nivel in (0, 3):
        save_model(RECTA, "a.pkl", nivel)
    assert Path("a.pkl").read_bytes() == pickle.dumps(RECTA, protocol=5)


@pytest.mark.parametrize("metodo", ["joblib comprimido", "Pickle", "", 5, ["pickle"], {}])
def test_un_metodo_que_no_existe(metodo, guardado):
    with pytest.raises(ValueError) as capturado:
        save_model(RECTA, "a.joblib", metodo=metodo)
    explica(capturado.value, ExtensionDesconocida, f"«{metodo}»", "pickle, joblib, dill, skops.")


def test_el_metodo_manda_sobre_la_extension(aqui):
    save_model(RECTA, "a.joblib", metodo="pickle")
    assert pickle.loads(Path("a.joblib").read_bytes()).coef_ == pytest.approx(RECTA.coef_)
    assert ficha.de("a.joblib")["metodo"] == "pickle"


def test_sobrescribir_false_conserva_el_que_hay(guardado):
    with pytest.raises(FileExistsError) as capturado:
        save_model(RECTA, guardado, sobrescribir=False)
    explica(capturado.value, YaExiste, "no se ha tocado", "sobrescribir=True")


def test_sobrescribir_false_estrena_un_nombre(aqui):
    save_model(RECTA, "a.joblib", sobrescribir=False)
    assert load_model("a.joblib").coef_ == pytest.approx(RECTA.coef_)


# --- datos, metricas, X_ejemplo ------------------------------------------------------------------
def test_datos_y_metricas_van_a_la_ficha(aqui):
    save_model(
        RECTA,
        "a.joblib",
        datos={"archivo": "data/pingüinos.csv", "filas": np.int64(30)},
        metricas={"r2": np.float32(0.5), "por grupo": np.array([0.25, 1.0]), "sin medir": None},
    )
    escrita = ficha.de("a.joblib")
    assert escrita["datos"] == {"archivo": "data/pingüinos.csv", "filas": 30}
    assert escrita["metricas"] == {"r2": 0.5, "por grupo": [0.25, 1.0], "sin medir": None}


NO_CABEN = {
    "una tabla": ({"datos": csr_matrix(X)}, "csr_matrix"),
    "mil y un números": ({"datos": np.zeros(1001)}, "ndarray"),
    "una clave que no es un texto": ({"metricas": {(1, 2): 3}}, "tuple"),
    "NaN": ({"metricas": {"r2": np.nan}}, "nan"),
    "medio carácter": ({"datos": "\ud800"}, "surrogates"),
    "bytes": ({"datos": b"a"}, "bytes"),
}


@pytest.mark.parametrize("caso", NO_CABEN)
def test_lo_que_no_cabe_en_la_ficha(caso, guardado):
    opciones, que = NO_CABEN[caso]
    with pytest.raises(ValueError) as capturado:
        save_model(RECTA, guardado, **opciones)
    explica(capturado.value, OpcionDesconocida, que, 'datos="data/pinguinos.csv"')


def test_un_dict_que_se_contiene_no_cabe_en_la_ficha(guardado):
    datos = {}
    datos["yo"] = datos
    with pytest.raises(OpcionDesconocida, match="La ficha es un texto y no admite esto"):
        save_model(RECTA, guardado, datos=datos)


def test_mil_numeros_si_caben(aqui):
    save_model(RECTA, "a.joblib", metricas={"error": np.zeros(1000)})
    assert ficha.de("a.joblib")["metricas"]["error"] == [0] * 1000


NO_SON_FILAS = {
    "dispersa": (csr_matrix(X), "matriz dispersa", "toarray()"),
    "dispersa, de las nuevas": (csr_array(X), "matriz dispersa", "toarray()"),
    "una fila sin corchetes": (X[0], "Expected 2D array, got 1D array", "`X_ejemplo=X[:5]`"),
    "ninguna": (X[:0], "no puede responder", "`X_ejemplo=X[:5]`"),
    "le falta una columna": (X[:, :2], "X has 2 features", "`X_ejemplo=X[:5]`"),
    "filas desiguales": ([[1.0], [1.0, 2.0]], "inhomogeneous", "`X_ejemplo=X[:5]`"),
    "un nombre": ("data/pinguinos.csv", "no se puede escribir", "`X_ejemplo=X[:5]`"),
    "un número": (5, "no se puede escribir", "`X_ejemplo=X[:5]`"),
    "un diccionario": ({"a": [1]}, "no se puede escribir", "`X_ejemplo=X[:5]`"),
    "bytes": (np.array([[b"a"]]), "bytes", "`X_ejemplo=X[:5]`"),
    "complejos": (X + 0j, "complex", "`X_ejemplo=X[:5]`"),
}


@pytest.mark.parametrize("caso", NO_SON_FILAS)
def test_un_ejemplo_que_no_sirve(caso, guardado):
    filas, que_paso, prueba = NO_SON_FILAS[caso]
    with pytest.raises(ValueError) as capturado:
        save_model(RECTA, guardado, X_ejemplo=filas)
    explica(capturado.value, OpcionDesconocida, que_paso, prueba)
    assert len(str(capturado.value).splitlines()) <= 3


def test_quien_no_responde_a_filas_sueltas(guardado):
    with pytest.raises(OpcionDesconocida) as capturado:
        save_model(DBSCAN().fit(X), guardado, X_ejemplo=X)
    explica(capturado.value, OpcionDesconocida, "DBSCAN no responde", "sin X_ejemplo")


# --- confiar -------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "confiar",
    [[ARBOL], (ARBOL,), {ARBOL}, ARBOL, [Tree], Tree, [ARBOL, "otro.Tipo"]],
    ids=["lista", "tupla", "conjunto", "texto", "clases", "clase", "de más"],
)
def test_con_el_tipo_aprobado_se_carga(confiar, arbol):
    assert load_model(arbol, confiar=confiar).get_depth() == 2


@pytest.mark.parametrize(
    "confiar", [(), [], None, False, "", ["sklearn"], "sklearn.tree", [ARBOL.lower()]], ids=repr
)
def test_sin_el_tipo_exacto_no_se_carga_y_se_dice_cual_falta(confiar, arbol):
    with pytest.raises(TiposSinAprobar) as capturado:
        load_model(arbol, confiar=confiar)
    explica(capturado.value, TiposSinAprobar, f'"{ARBOL}"', f'confiar=["{ARBOL}"]')
    assert capturado.value.tipos == (ARBOL,)
    assert load_model(arbol, confiar=capturado.value.tipos).get_depth() == 2


@pytest.mark.parametrize("confiar", [5, [5], b"a", [None], ["a", 5]], ids=repr)
def test_lo_que_no_es_una_lista_de_tipos(confiar, arbol):
    with pytest.raises(ValueError) as capturado:
        load_model(arbol, confiar=confiar)
    explica(capturado.value, OpcionDesconocida, repr(confiar), "la lista que da el error")


def test_confiar_en_todo_no_es_una_opcion(arbol):
    with pytest.raises(ValueError) as capturado:
        load_model(arbol, confiar=True)
    explica(capturado.value, OpcionDesconocida, "aprobaría cualquier cosa", "que has revisado")


@pytest.mark.parametrize("confiar", [[ARBOL], True, 5], ids=repr)
def test_confiar_es_solo_para_skops(confiar, guardado):
    with pytest.raises(ValueError) as capturado:
        load_model(guardado, confiar=confiar)
    assert type(capturado.value) is OpcionDesconocida
    load_model(guardado, confiar=[])


# --- Modelos que no se dejan ---------------------------------------------------------------------
class DeOtroHumor(BaseEstimator):
    """Un modelo que responde lo que diga `humor`."""

    def __init__(self, humor="siempre lo mismo"):
        self.humor = humor

    def fit(self, X, y=None):  # noqa: D102
        self.veces_ = 0
        self.azar_ = np.random.default_rng(0)
        return self

    def predict(self, X):  # noqa: D102
        self.veces_ += 1
        if self.humor == "avisa":
            warnings.warn("esto no va bien", UserWarning, stacklevel=2)
        valor = {"cuenta": self.veces_, "azar": self.azar_.random()}.get(self.humor, 0)
        return np.full(len(X), valor)

    def __reduce__(self):
        """Lo que pickle y joblib guardan."""
        if self.humor == "vuelve otro":
            return (LinearRegression, ())
        if self.humor == "no se deja":
            raise TypeError("cannot pickle 'lock' object")
        return super().__reduce__()


@pytest.mark.parametrize("humor", ["cuenta", "azar"])
def test_un_modelo_que_no_repite_su_respuesta_no_se_guarda(humor, guardado):
    with pytest.raises(RespuestasDistintas) as capturado:
        save_model(DeOtroHumor(humor).fit(X), guardado, X_ejemplo=X)
    explica(capturado.value, RespuestasDistintas, "`predict` ya no responde lo mismo", "a entrenar")


@pytest.mark.parametrize("humor", ["cuenta", "azar"])
def test_sin_ejemplo_nadie_le_pregunta(humor, aqui):
    save_model(DeOtroHumor(humor).fit(X), "a.pkl")
    assert load_model("a.pkl").veces_ == 0


def test_los_avisos_al_responder_no_molestan(aqui, recwarn):
    save_model(DeOtroHumor("avisa").fit(X), "a.pkl", X_ejemplo=X)
    load_model("a.pkl")
    assert [str(aviso.message) for aviso in recwarn] == []


def test_un_modelo_que_vuelve_siendo_otro_no_se_guarda(guardado):
    with pytest.raises(NoSePudoGuardar) as capturado:
        save_model(DeOtroHumor("vuelve otro").fit(X), guardado)
    explica(
        capturado.value,
        NoSePudoGuardar,
        "Se guardó DeOtroHumor y vuelve LinearRegression",
        "con otra extensión",
    )


def test_un_modelo_que_no_se_deja_guardar(guardado):
    with pytest.raises(NoSePudoGuardar) as capturado:
        save_model(DeOtroHumor("no se deja").fit(X), guardado)
    explica(capturado.value, NoSePudoGuardar, "DeOtroHumor no se deja guardar", "otra extensión")
    assert "sigue intacto" in str(capturado.value)


class EscribeEncima(TransformerMixin, BaseEstimator):
    """Transforma sobre los mismos datos que recibe."""

    def fit(self, X, y=None):  # noqa: D102
        self.listo_ = True
        return self

    def transform(self, X):  # noqa: D102
        X *= 2
        return X


@pytest.mark.parametrize(
    "modelo", [EscribeEncima(), StandardScaler(copy=False)], ids=["el suyo", "StandardScaler"]
)
def test_un_modelo_que_escribe_en_sus_datos_no_cambia_los_de_quien_guarda(modelo, aqui):
    check_is_fitted(modelo.fit(X.copy()))
    datos = X.copy()
    save_model(modelo, "a.pkl", X_ejemplo=datos)
    np.testing.assert_array_equal(datos, X)
    load_model("a.pkl")
