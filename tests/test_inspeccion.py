"""Reconocer un archivo, saber qué nombres pide y por qué se sospecha de él, sin cargarlo."""

import ast
import bz2
import gzip
import io
import json
import lzma
import pickle
import random
import subprocess
import sys
import zlib
from pathlib import Path

import joblib
import numpy as np
import pytest
import sklearn
import skops.io
from arbol import RAIZ
from fiabilidad import malos
from hostiles import HOSTILES
from hostiles.registro import entero, modelo, pide, texto
from sklearn.linear_model import LinearRegression
from sklearn.preprocessing import FunctionTransformer

from helpers._inspeccion import conocidos
from helpers.inspeccion import COMPRIMIDOS, Globales, formato, globales, sospechas

RECTA = LinearRegression().fit([[0.0], [1.0]], [0.0, 1.0])
CLASE = "sklearn.linear_model._base.LinearRegression"
# Lo que pickle puede llamar sin que ninguna instrucción lo diga.
SIN_PEDIRLO = {"__setstate__", "__setitem__", "__hash__", "__eq__", "__getattr__", "__new__",
               "__getattribute__", "__del__", "append", "extend", "add"}  # fmt: skip
# Las clases de scikit-learn que lo definen, leídas una a una: ninguna ejecuta lo que guarda.
REVISADAS = {"BaseEstimator", "CompoundKernel", "Exponentiation", "FrozenEstimator", "Kernel",
             "Hyperparameter", "IsotonicRegression", "KernelOperator", "TreePredictor"}  # fmt: skip


def abierto(bytes_):
    return io.BytesIO(bytes_)


def guardado(guarda, objeto=RECTA, **opciones):
    memoria = io.BytesIO()
    guarda(objeto, memoria, **opciones)
    return memoria.getvalue()


PICKLE = pickle.dumps(RECTA, protocol=5)
SKOPS = guardado(skops.io.dump)
FORMATOS = [
    *((pickle.dumps(RECTA, protocol=protocolo), "pickle") for protocolo in range(6)),
    (pickle.dumps(list(range(20_000)), protocol=0), "pickle"),
    (guardado(joblib.dump), "joblib"),
    (guardado(joblib.dump, [1]), "pickle"),
    (zlib.compress(PICKLE), "zlib"),
    (gzip.compress(PICKLE), "gzip"),
    (bz2.compress(PICKLE), "bz2"),
    (lzma.compress(PICKLE), "xz"),
    (lzma.compress(PICKLE, format=lzma.FORMAT_ALONE), "lzma"),
    (malos.LZ4, "lz4"),
    (SKOPS, "skops"),
    (SKOPS[:-40], "zip roto"),
    (malos.zip_con(a="1"), "zip"),
    (malos.HTML_404, "página web"),
    (malos.GIT_LFS, "puntero de Git-LFS"),
    (malos.JSON, "JSON"),
    (malos.TABLA.encode(), "texto"),
    (b"", "vacío"),
    (malos.PNG, "desconocido"),
    (b"hola\0", "desconocido"),
    (b"hola " * 20_000 + "ñ".encode(), "texto"),
]


@pytest.mark.parametrize(
    ("bytes_", "nombre"), FORMATOS, ids=[f"{n}, {len(b)}" for b, n in FORMATOS]
)
def test_cada_formato_se_reconoce(bytes_, nombre, tmp_path):
    ruta = tmp_path / "modelo.bin"
    ruta.write_bytes(bytes_)
    assert formato(ruta) == formato(abierto(bytes_)) == nombre


def test_los_comprimidos_son_los_que_joblib_lee():
    assert set(COMPRIMIDOS) == {"zlib", "gzip", "bz2", "xz", "lzma", "lz4"}


@pytest.mark.parametrize("mira", [formato, globales, sospechas])
@pytest.mark.parametrize("bytes_", [PICKLE, SKOPS, gzip.compress(PICKLE), b""])
def test_un_archivo_abierto_se_deja_por_el_principio(mira, bytes_):
    archivo = abierto(bytes_)
    archivo.seek(len(bytes_) // 2)
    mira(archivo)
    assert archivo.tell() == 0
    assert not archivo.closed


# --- Los nombres ----------------------------------------------------------------------------------
@pytest.mark.parametrize("bytes_", [b for b, n in FORMATOS[:6]] + [guardado(joblib.dump), SKOPS])
def test_los_nombres_de_un_modelo(bytes_):
    vistos = globales(abierto(bytes_))
    assert CLASE in vistos.nombres
    assert vistos.motivo == ""
    assert list(vistos.nombres) == sorted(set(vistos.nombres))


@pytest.mark.parametrize(
    ("bytes_", "motivo"),
    [
        (malos.PNG, "no sé mirar dentro: es desconocido"),
        (PICKLE[:-5], "le falta el final"),
        (gzip.compress(PICKLE)[:-30], "le falta el final"),
        (PICKLE[:40] + b"\xff" * 40, "no se entiende (KeyError)"),
        (malos.zip_con(**{"schema.json": "{"}), "su esquema no se puede leer"),
    ],
)
def test_lo_que_no_se_puede_mirar_entero_dice_por_que(bytes_, motivo):
    assert globales(abierto(bytes_)).motivo == motivo
    assert f"no se pudo mirar entero: {motivo}" in sospechas(abierto(bytes_))


def test_lo_visto_antes_del_corte_no_se_pierde():
    assert globales(abierto(PICKLE[:-5])).nombres == globales(abierto(PICKLE)).nombres
    assert globales(abierto(b"\x80\x04")) == Globales((), "le falta el final")


def test_los_nombres_de_un_array_de_objetos():
    objetos = np.array([FunctionTransformer(), None], dtype=object)
    nombres = globales(abierto(guardado(joblib.dump, [objetos, RECTA]))).nombres
    assert {CLASE, "sklearn.preprocessing._function_transformer.FunctionTransformer"} <= {*nombres}


@pytest.mark.parametrize(
    "hostil", [h for h in HOSTILES if h.carga == "joblib"], ids=lambda h: h.nombre
)
def test_los_nombres_son_los_que_pediria_quien_lo_carga(hostil):
    """Saltar otros bytes sería ver números donde hay instrucciones. O los ve, o dice que no."""
    vistos = globales(abierto(hostil.fabrica("m")))
    assert "os.mkdir" in vistos.nombres or vistos.motivo.startswith(("esconde", "lleva un array"))


# --- Las sospechas --------------------------------------------------------------------------------
@pytest.mark.parametrize("extension", [".pkl", ".pickle", ".dill", ".PKL", ".joblib", ".bin", ""])
def test_un_pickle_corriente_no_se_marca(extension, tmp_path):
    ruta = tmp_path / f"modelo{extension}"
    ruta.write_bytes(PICKLE)
    assert sospechas(ruta) == sospechas(str(ruta)) == ()


def test_la_extension_se_mira_en_minusculas(tmp_path):
    ruta = tmp_path / "modelo.SKOPS"
    ruta.write_bytes(PICKLE)
    assert sospechas(ruta) == ("se llama .skops, y es pickle",)
    assert sospechas(abierto(PICKLE)) == ()  # un archivo abierto no dice cómo se llama


class MiModelo(LinearRegression):
    """Un modelo que no es de scikit-learn."""


def test_lo_propio_se_marca():
    # El archivo lleva el nombre de la clase; en un curso, lo normal es que sea de fiar.
    (frase,) = sospechas(abierto(pickle.dumps(MiModelo())))
    assert frase == f"pide {__name__}.MiModelo, y un modelo no"
    transforma = FunctionTransformer(guardado)
    assert f"pide {__name__}.guardado, y un modelo no" in sospechas(
        abierto(pickle.dumps(transforma))
    )


def test_lo_de_otra_version_se_marca_si_aqui_no_existe():
    assert sospechas(malos.ANTIGUOS / "recta.pkl") == ()
    (frase,) = sospechas(malos.ANTIGUOS / "potenciado.pkl")
    assert frase == "pide sklearn.ensemble._gb_losses.LeastSquaresError, y un modelo no"


def test_una_frase_no_lleva_nada_que_una_terminal_obedezca():
    raro = entero(pide("\x1b[2J\r\n", "\N{RIGHT-TO-LEFT OVERRIDE}" * 500))
    (frase,) = sospechas(abierto(raro))
    assert frase.isascii()
    assert frase.isprintable()
    assert len(frase) < 700


def test_muchas_palabras_o_muchos_ceros_no_se_marcan():
    grande = LinearRegression()
    grande.vocabulario_ = {f"palabra {n}": n for n in range(60_000)}
    grande.coef_ = np.zeros(2**21)
    assert sospechas(abierto(guardado(joblib.dump, grande, compress=3))) == ()
    assert sospechas(abierto(pickle.dumps(grande))) == ()
    del grande.vocabulario_
    assert sospechas(abierto(guardado(skops.io.dump, grande, compression=8))) == ()


def test_arrays_de_todos_los_tipos_no_se_marcan():
    modelo = LinearRegression()
    modelo.arrays_ = [
        np.arange(4, dtype="int8"), np.eye(3, order="F"), np.array(["sí", "no"]), np.array(1.5),
        np.array([b"a"]), np.zeros((0, 3)), np.array(["2026-01-01"], dtype="datetime64[D]"),
        np.array([True]), np.array([1j]), np.array([None, "a", 1.5], dtype=object),
        np.zeros(2, dtype=[("a", "f8"), ("b", "i4")]), np.arange(3, dtype=">i4"),
    ]  # fmt: skip
    for guarda in (joblib.dump, pickle.dump):
        assert sospechas(abierto(guardado(guarda, modelo))) == ()
    modelo.arrays_.pop(6)  # skops no admite fechas
    assert sospechas(abierto(guardado(skops.io.dump, modelo))) == ()


def test_un_array_de_registros_con_objetos_se_mira_por_dentro():
    registros = np.array([(1, RECTA)], dtype=[("a", "f8"), ("b", "O")])
    bytes_ = guardado(joblib.dump, registros)
    assert CLASE in globales(abierto(bytes_)).nombres
    assert sospechas(abierto(bytes_)) == ()


# --- De scikit-learn vale lo que su código define -------------------------------------------------
@pytest.mark.parametrize(
    ("modulo", "nombre", "vale"),
    [
        ("sklearn.linear_model._base", "LinearRegression", True),
        ("sklearn.svm", "SVC", False),  # está, pero no se define ahí: ningún modelo lo pide así
        ("sklearn.pipeline", "Pipeline", True),
        ("sklearn.pipeline", "Pipeline2", False),
        ("sklearn.pipeline", "Pipelin", False),
        ("sklearn.pipeline", "np", False),
        ("sklearn.pipeline", ".*", False),
        ("sklearn.pipeline", "Pipeline.fit", False),
        ("sklearn.datasets._base", "load_files", False),
        ("sklearn.utils._mocking", "CheckingClassifier", False),
        ("sklearn.tests.test_base", "MyEstimator", False),
        ("sklearn.svm.tests.test_svm", "test_libsvm_parameters", False),
        ("sklearn", "clone", False),
        ("sklearn_otro.pipeline", "Pipeline", False),
        ("otro.sklearn.pipeline", "Pipeline", False),
        ("sklearn.pipeline\n", "Pipeline", False),
        ("sklearn.pipeline/../datasets/_base", "load_files", False),
        ("sklearn." + "a" * 5_000, "Pipeline", False),
        ("sklearn.linear_model." + "a" * 5_000, "Pipeline", False),
    ],
)
def test_lo_que_vale_de_scikit_learn(modulo, nombre, vale):
    assert (sospechas(abierto(entero(pide(modulo, nombre)))) == ()) is vale


def test_sin_scikit_learn_no_vale_nada_suyo(monkeypatch):
    conocidos._fuente.cache_clear()
    monkeypatch.setattr(conocidos, "find_spec", lambda _: None)
    assert sospechas(abierto(entero(pide("sklearn.pipeline", "Pipeline"))))
    conocidos._fuente.cache_clear()


def test_las_clases_que_hacen_algo_sin_que_se_pida_estan_revisadas():
    """Si otra versión de scikit-learn trae más, hay que leerlas y añadirlas."""
    raiz, hallados = Path(sklearn.__file__).parent, set()
    for paquete in conocidos.DE_MODELOS:
        for ruta in [raiz / f"{paquete}.py", *(raiz / paquete).rglob("*.py")]:
            if ruta.is_file() and "tests" not in ruta.parts:
                hallados |= set(_con_metodos(ruta, SIN_PEDIRLO))
    assert hallados == REVISADAS


def _con_metodos(ruta, metodos):
    for clase in ast.parse(ruta.read_text(encoding="utf-8")).body:
        definidos = {getattr(parte, "name", None) for parte in getattr(clase, "body", ())}
        if isinstance(clase, ast.ClassDef) and definidos & metodos:
            yield clase.name


def test_ningun_nombre_conocido_es_de_fuera_de_la_lista():
    """Las listas no se alargan sin querer: de cada librería, solo estos módulos."""
    modulos = {modulo.partition(".")[0] for lista in conocidos.LISTAS for modulo in lista}
    assert modulos == {"builtins", "numpy", "scipy", "sklearn", "joblib"}
    assert not {"getattr", "eval", "exec", "map", "type", "open"} & {
        nombre for lista in conocidos.LISTAS for nombre in lista.get("builtins", "").split()
    }


# --- Pase lo que pase, responde -------------------------------------------------------------------
def test_mirar_no_importa_ninguna_libreria(tmp_path):
    ruta = tmp_path / "modelo.skops"
    ruta.write_bytes(SKOPS)
    otra = tmp_path / "modelo.joblib"
    otra.write_bytes(guardado(joblib.dump, compress=3))
    codigo = (
        "import sys\nfrom helpers.inspeccion import sospechas\n"
        "assert sospechas(sys.argv[1]) == sospechas(sys.argv[2]) == ()\nprint(*sys.modules)"
    )
    orden = [sys.executable, "-c", codigo, str(ruta), str(otra)]
    salida = subprocess.run(orden, cwd=RAIZ, capture_output=True, text=True, check=True).stdout
    assert not {"sklearn", "numpy", "joblib", "skops", "scipy"} & set(salida.split())


@pytest.mark.filterwarnings("ignore:invalid escape sequence")  # de pickletools
def test_con_unos_bytes_cambiados_nunca_lanza(veces):
    """Cambia, corta y repite trozos de archivos buenos y malos."""
    azar = random.Random(0)
    buenos = [PICKLE, SKOPS, guardado(joblib.dump), pickle.dumps(RECTA, protocol=0)]
    malos_ = [h.fabrica("m") for h in HOSTILES if not h.nombre.startswith(("millones", "un"))]
    bytes_por_probar = [bytes_ for bytes_ in buenos * 10 + malos_ if len(bytes_) < 20_000]
    for _ in range(1_500 * veces):
        roto = bytearray(azar.choice(bytes_por_probar))
        for _ in range(azar.randint(1, 8)):
            lugar = azar.randrange(len(roto) + 1)
            roto[lugar : lugar + azar.randint(0, 4)] = azar.randbytes(azar.randint(0, 4))
        assert isinstance(sospechas(abierto(bytes(roto))), tuple)
        assert isinstance(globales(abierto(bytes(roto))), Globales)


@pytest.mark.parametrize("valor", [None, 1, [], {}, ["a"], {"a": 1}])
@pytest.mark.parametrize("clave", ["__class__", "__module__", "__loader__", "content"])
def test_un_esquema_con_cualquier_cosa_en_cualquier_sitio(clave, valor):
    nodo = {**malos.nodo("builtins", "dict", "DictNode", content={}), clave: valor}
    bytes_ = malos.zip_con(**{"schema.json": json.dumps(nodo)})
    assert bool(sospechas(abierto(bytes_))) == (clave != "content")


@pytest.mark.parametrize("raiz", ["null", "1", "[]", '"a"', "NaN", "[1"])
def test_un_esquema_que_no_es_de_un_modelo(raiz):
    assert isinstance(sospechas(abierto(malos.zip_con(**{"schema.json": raiz}))), tuple)


def test_un_texto_dentro_de_un_modelo_no_es_un_nombre():
    assert sospechas(abierto(entero(modelo(a=texto("os.system"))))) == ()
