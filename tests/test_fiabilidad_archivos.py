"""Archivos que no son el modelo esperado: cada uno su error, que dice qué es y qué probar."""

import hashlib
import importlib.util
import json
import pickle
from collections import Counter
from pathlib import Path, PosixPath

import pytest
from fiabilidad import malos
from fiabilidad.carga import IGUAL, OTRO
from fiabilidad.ensayo import contrata, ensaya

EXTENSIONES = {"pickle": ".pkl", "joblib": ".joblib", "dill": ".dill", "skops": ".skops"}
DE_PICKLE = ("pickle", "joblib", "dill")  # los que llevan un pickle dentro
OTRA_COPIA = "con otra copia del archivo"


@pytest.fixture(scope="module")
def obrero(tmp_path_factory):
    with contrata(tmp_path_factory.mktemp("archivos") / "obrero") as obrero:
        yield obrero


@pytest.fixture(scope="module")
def buenos(obrero):
    """Los bytes de la recta, y los de su ficha, por cada forma de guardarla."""
    carpeta = obrero.carpeta / "buenos"
    carpeta.mkdir()
    rutas = obrero.pide("carga.guarda_los_de_partida", 120, carpeta=str(carpeta))
    return {
        origen.removeprefix("recta/"): (Path(ruta).read_bytes(), _ficha(Path(ruta)).read_bytes())
        for origen, ruta in rutas.items()
        if origen.startswith("recta/")
    }


@pytest.fixture(scope="module")
def salidas(anota):
    """Lo que va saliendo de cada carga, para contarlo al final."""
    cuenta = Counter()
    yield cuenta
    anota("Cargar lo que no es el modelo esperado, o no tiene su ficha", cuenta.total(), cuenta)


@pytest.fixture
def carga(obrero, salidas, tmp_path):
    """Función que escribe un archivo, y quizá su ficha, lo carga y dice qué salió.

    Además, cargar no puede cambiar nada en la carpeta: lo comprueba `ensaya`.
    """

    def escribe_y_carga(extension, archivo, ficha=None, **opciones):
        ruta = tmp_path / f"modelo{extension}"
        ruta.write_bytes(archivo)
        _ficha(ruta).unlink(missing_ok=True)
        if ficha is not None:
            _ficha(ruta).write_bytes(ficha)
        salida = ensaya(obrero, ruta, **opciones)
        salidas[salida["sale"]] += 1
        return salida

    return escribe_y_carga


def _ficha(ruta):
    return ruta.with_name(f"{ruta.name}.json")


def _exige(salida, clase, *frases):
    """Esa excepción y no otra, con esas frases y con su remedio."""
    assert (salida["sale"], salida["propia"]) == (clase, True), salida
    for frase in frases:
        assert frase in salida["texto"], salida["texto"]


# Lo que es, para cualquier extensión: los bytes, el error sin ficha y lo que debe decir.
NO_SON_MODELOS = {
    "vacío": (
        b"",
        "ArchivoVacio",
        "tiene 0 bytes",
        "a guardar el modelo otra vez, o con una copia",
    ),
    "página 404": (malos.HTML_404, "NoEsDeUnModelo", "es una página web", "a descargarlo otra vez"),
    "página sin doctype": (b"\n <HTML lang=es>", "NoEsDeUnModelo", "es una página web", "descarga"),
    "Git-LFS": (malos.GIT_LFS, "NoEsDeUnModelo", "es un puntero de Git-LFS", "`git lfs pull`"),
    "JSON": (malos.JSON, "NoEsDeUnModelo", "es JSON", "sin `.json` al final"),
    "CSV": (malos.TABLA.encode(), "NoEsDeUnModelo", "es texto", "con otra copia"),
    "zip": (malos.zip_con(leeme="hola"), "NoEsDeUnModelo", "es un zip", "a descomprimirlo"),
    "CSV de Excel": (malos.TABLA.encode("utf-16"), "ArchivoDanado", "no empieza como", OTRA_COPIA),
    "imagen": (malos.PNG, "ArchivoDanado", "no empieza como ningún modelo", OTRA_COPIA),
    "array de numpy": (malos.ARRAY, "ArchivoDanado", "no empieza como ningún modelo", OTRA_COPIA),
}
que_no_es = pytest.mark.parametrize("que", NO_SON_MODELOS)
con_cada_extension = pytest.mark.parametrize("extension", EXTENSIONES.values())


@con_cada_extension
@que_no_es
def test_lo_que_no_es_un_modelo(carga, que, extension):
    archivo, clase, *frases = NO_SON_MODELOS[que]
    _exige(carga(extension, archivo), clase, f"«modelo{extension}»", *frases)


@pytest.mark.parametrize("metodo", EXTENSIONES)
@que_no_es
def test_lo_que_no_es_un_modelo_en_el_sitio_de_uno(carga, buenos, que, metodo):
    """La ficha dice que no es él; el mensaje, además, qué es."""
    archivo, clase, *frases = NO_SON_MODELOS[que]
    bueno, ficha = buenos[metodo]
    frases = frases if clase == "NoEsDeUnModelo" else ["a traer otra copia del modelo"]
    tamano = f"ocupa {len(archivo)} bytes y se guardaron {len(bueno)}"
    salida = carga(EXTENSIONES[metodo], archivo, ficha)
    _exige(salida, "HuellaDistinta", tamano, "No se ha cargado", *frases)


@pytest.mark.parametrize("forma", ["pickle", "joblib", "joblib comprimido", "dill", "skops"])
@pytest.mark.parametrize("quedan", [0.05, 0.2, 0.4, 0.6, 0.8, 0.95])
def test_cortado(carga, buenos, forma, quedan):
    archivo, ficha = buenos[forma]
    cortado = archivo[: int(len(archivo) * quedan)]
    extension = EXTENSIONES[forma.split()[0]]
    _exige(carga(extension, cortado), "ArchivoIncompleto", "está incompleto", OTRA_COPIA)
    tamano = f"ocupa {len(cortado)} bytes y se guardaron {len(archivo)}"
    _exige(carga(extension, cortado, ficha), "HuellaDistinta", tamano)


@pytest.mark.parametrize("extension", [".pkl", ".joblib", ".dill"])
def test_un_zip_roto_no_se_toma_por_otra_cosa(carga, buenos, extension):
    salida = carga(extension, buenos["skops"][0][:500])
    _exige(salida, "NoEsDeUnModelo", "es un zip roto", "se cortó", OTRA_COPIA)


# El método con que se guardó, la extensión que se le puso, lo que es y la que hay que ponerle.
CON_OTRO_NOMBRE = [
    ("pickle", ".skops", "es de pickle, dill o joblib", ".pkl, .dill o .joblib"),
    ("dill", ".skops", "es de pickle, dill o joblib", ".pkl, .dill o .joblib"),
    ("joblib", ".pkl", "es de joblib", ".joblib"),
    ("joblib", ".dill", "es de joblib", ".joblib"),
    ("joblib", ".skops", "es de joblib", ".joblib"),
    ("joblib comprimido", ".pkl", "es de joblib", ".joblib"),
    ("joblib comprimido", ".skops", "es de joblib", ".joblib"),
    ("skops", ".pkl", "es de skops", ".skops"),
    ("skops", ".joblib", "es de skops", ".skops"),
    ("skops comprimido", ".dill", "es de skops", ".skops"),
]


@pytest.mark.parametrize(("forma", "extension", "que_es", "cual"), CON_OTRO_NOMBRE)
def test_con_la_extension_de_otro_metodo(carga, buenos, forma, extension, que_es, cual):
    archivo, ficha = buenos[forma]
    frases = (que_es, "la extensión no es la del método", f"a cambiarle la extensión: {cual}.")
    _exige(carga(extension, archivo), "FormatoDistinto", *frases)
    # Con su ficha al lado, el método es el que ella dice.
    assert carga(extension, archivo, ficha)["sale"] == IGUAL


def test_la_ficha_dice_un_metodo_y_el_archivo_es_de_otro(carga, buenos):
    archivo, ficha = buenos["pickle"]
    _exige(carga(".pkl", archivo, _con(ficha, metodo="skops")), "FormatoDistinto", "no es de skops")


def test_comprimido_con_gzip(carga, buenos):
    comprimido = malos.comprimido(buenos["pickle"][0])
    assert carga(".joblib", comprimido)["sale"] == IGUAL  # joblib lo abre
    for extension in (".pkl", ".dill", ".skops"):
        _exige(carga(extension, comprimido), "FormatoDistinto", "es de joblib", ".joblib")
    _exige(carga(".pkl", comprimido, buenos["pickle"][1]), "HuellaDistinta", "No se ha cargado")
    dentro_de_un_tar = malos.tar_gz("modelo.joblib", buenos["joblib"][0])
    _exige(carga(".joblib", dentro_de_un_tar), "ArchivoDanado", "está dañado", OTRA_COPIA)
    cortado = malos.comprimido(buenos["pickle"][0])[:-40]
    _exige(carga(".joblib", cortado), "ArchivoIncompleto", "está incompleto")


def test_comprimido_con_lo_que_no_esta_instalado(carga):
    if importlib.util.find_spec("lz4"):
        pytest.skip("lz4 está instalado: el archivo se abriría")
    salida = carga(".joblib", malos.LZ4)
    _exige(salida, "FaltaUnaClase", "LZ4 is not installed", "falta una librería")


def test_unas_instrucciones_sin_sentido_no_son_una_clase_que_falta(carga):
    """También son un `AttributeError`, pero no hay nada que instalar: añaden algo a un número."""
    sin_sentido = (
        pickle.PROTO + b"\x02" + 2 * (pickle.BININT1 + b"\x07") + pickle.APPEND + pickle.STOP
    )
    for extension in (".pkl", ".joblib", ".dill"):
        _exige(carga(extension, sin_sentido), "ArchivoDanado", "está dañado", OTRA_COPIA)


# Lo que el archivo nombra y no existe, y lo que se dice.
NO_EXISTEN = {
    "librería": ("no_esta_instalada", "Clase", "No module named 'no_esta_instalada'"),
    "clase": ("sklearn.linear_model", "Inexistente", "Inexistente"),
    "del cuaderno": ("__main__", "MiModelo", "necesita MiModelo, del cuaderno que lo guardó"),
}
AJENA = "WindowsPath" if isinstance(Path(), PosixPath) else "PosixPath"
falta_una_clase = pytest.mark.parametrize("cual", NO_EXISTEN)


@pytest.mark.parametrize("metodo", DE_PICKLE)
@falta_una_clase
def test_una_clase_que_no_existe(carga, buenos, cual, metodo):
    modulo, nombre, frase = NO_EXISTEN[cual]
    archivo = malos.pickle_que_nombra(modulo, nombre)
    remedio = "a escribirla aquí" if modulo == "__main__" else "a instalar las versiones"
    _exige(carga(EXTENSIONES[metodo], archivo), "FaltaUnaClase", frase, remedio)
    suya = _con_la_huella_de(archivo, buenos[metodo][1])
    _exige(carga(EXTENSIONES[metodo], archivo, suya), "FaltaUnaClase", frase, remedio)


@falta_una_clase
def test_una_clase_que_no_existe_en_skops(carga, cual):
    modulo, nombre, frase = NO_EXISTEN[cual]
    archivo = malos.skops_que_nombra(modulo, nombre)
    tipo = f"{modulo}.{nombre}"
    _exige(carga(".skops", archivo), "TiposSinAprobar", f'confiar=["{tipo}"]')
    _exige(carga(".skops", archivo, confiar=[tipo]), "FaltaUnaClase", frase)


@pytest.mark.parametrize("metodo", DE_PICKLE)
def test_una_ruta_de_otro_sistema(carga, metodo):
    """Lo que guarda pickle de un `Path` hecho en el otro sistema."""
    archivo = f"cpathlib\n{AJENA}\n(Vm.csv\ntR.".encode()
    salida = carga(EXTENSIONES[metodo], archivo)
    _exige(salida, "FaltaUnaClase", "una ruta de otro sistema", "`str(ruta)`")


def _con_la_huella_de(archivo, ficha, **cambios):
    """Otra ficha, con la huella de ese archivo."""
    return _con(ficha, sha256=hashlib.sha256(archivo).hexdigest(), **cambios)


def _con(ficha, **cambios):
    """Otra ficha, con esos valores."""
    return json.dumps({**json.loads(ficha), **cambios}).encode()


def test_de_otra_version_que_se_carga(carga):
    """Un archivo de scikit-learn 1.3.2 de verdad, que no tiene ficha."""
    archivo = (malos.ANTIGUOS / "recta.pkl").read_bytes()
    salida = carga(".pkl", archivo)
    assert salida["sale"] in (IGUAL, OTRO)  # las mismas cuentas, quizá con otro redondeo
    aviso = "AvisoDeVersion: Este modelo se guardó con scikit-learn 1.3.2 (aquí, "
    assert [frase.startswith(aviso) for frase in salida["avisos"]].count(True) == 1
    estricta = carga(".pkl", archivo, versiones="estricto")
    _exige(estricta, "VersionDistinta", "scikit-learn 1.3.2", "a instalar esas versiones")


def test_de_otra_version_que_nombra_lo_que_ya_no_esta(carga, buenos):
    archivo = (malos.ANTIGUOS / "potenciado.pkl").read_bytes()
    _exige(carga(".pkl", archivo), "FaltaUnaClase", "sklearn.ensemble._gb_losses", "su versión")
    antigua = _con_la_huella_de(archivo, buenos["pickle"][1], versiones={"scikit-learn": "1.3.2"})
    salida = carga(".pkl", archivo, antigua)
    _exige(salida, "FaltaUnaClase", "Se guardó con scikit-learn 1.3.2", "a instalar las versiones")


def test_de_otra_version_que_no_se_entiende(carga, obrero, buenos):
    """Un árbol como los de antes de scikit-learn 1.3: a sus nodos les falta un campo."""
    archivo = obrero.carpeta / "antiguo.pkl"
    obrero.pide("antiguo.guarda_un_arbol", ruta=str(archivo))
    datos = archivo.read_bytes()
    frase = "has an incompatible dtype"
    # Sin ficha no se sabe si está dañado o es de otra versión: se dicen las dos causas.
    _exige(carga(".pkl", datos), "ArchivoDanado", frase, "o se guardó con otras versiones")
    antigua = _con_la_huella_de(datos, buenos["pickle"][1], versiones={"scikit-learn": "1.2.2"})
    frases = (frase, "Se guardó con scikit-learn 1.2.2", "a instalar las versiones")
    salida = carga(".pkl", datos, antigua)
    _exige(salida, "VersionDistinta", *frases)
    assert "dañado" not in salida["texto"]


FICHAS_MALAS = {
    "vacía": (b"", "no se puede leer"),
    "cortada": (b'{"formato": 1, "metodo"', "no se puede leer"),
    "página 404": (malos.HTML_404, "no se puede leer"),
    "Git-LFS": (malos.GIT_LFS, "no se puede leer"),
    "otra codificación": ('{"datos": "pingüinos"}'.encode("latin-1"), "no se puede leer"),
    "muy honda": (b"[" * 100_000, "no se puede leer"),
    "lista": (b"[1, 2]", "no tiene la forma de una ficha"),
    "otro JSON": (malos.JSON, "le falta «clase»"),
}


@pytest.mark.parametrize("metodo", EXTENSIONES)
@pytest.mark.parametrize("cual", FICHAS_MALAS)
def test_una_ficha_que_no_lo_es(carga, buenos, cual, metodo):
    mala, motivo = FICHAS_MALAS[cual]
    salida = carga(EXTENSIONES[metodo], buenos[metodo][0], mala)
    _exige(salida, "FichaDanada", f"«modelo{EXTENSIONES[metodo]}.json» {motivo}", "verificar=False")
    assert carga(EXTENSIONES[metodo], buenos[metodo][0], mala, verificar=False)["sale"] == IGUAL


def _con_respuestas(ficha, respuestas):
    return {"ejemplo": {**ficha["ejemplo"], "respuestas": respuestas}}


# Qué se cambia en una ficha que era buena, y qué se dice.
ROTO = "lleva un ejemplo que no se entiende"
CAMBIOS = {
    "otro método": (lambda ficha: {"metodo": "onnx"}, "un método que no existe, «onnx»"),
    "sin filas": (lambda ficha: {"ejemplo": {**ficha["ejemplo"], "filas": None}}, ROTO),
    "sin respuestas": (lambda ficha: _con_respuestas(ficha, {}), ROTO),
    "llama a otro método": (
        lambda ficha: _con_respuestas(ficha, {"fit": ficha["ejemplo"]["respuestas"]["predict"]}),
        ROTO,
    ),
}


@pytest.mark.parametrize("cual", CAMBIOS)
def test_una_ficha_cambiada(carga, buenos, cual):
    cambia, motivo = CAMBIOS[cual]
    archivo, ficha = buenos["pickle"]
    cambiada = _con(ficha, **cambia(json.loads(ficha)))
    _exige(carga(".pkl", archivo, cambiada), "FichaDanada", motivo, "a recuperarla de una copia")


def test_una_ficha_de_otro_formato(carga, buenos):
    archivo, ficha = buenos["pickle"]
    frases = ("es del formato 2 y este curso lee el 1", "o a guardar el modelo otra vez")
    _exige(carga(".pkl", archivo, _con(ficha, formato=2)), "FichaDanada", *frases)


def test_una_ficha_con_otras_respuestas(carga, buenos):
    archivo, ficha = buenos["pickle"]
    respuestas = json.loads(ficha)["ejemplo"]["respuestas"]
    respuestas["predict"]["filas"][0] += 0.001
    cambiada = _con(ficha, **_con_respuestas(json.loads(ficha), respuestas))
    salida = carga(".pkl", archivo, cambiada)
    _exige(salida, "RespuestasDistintas", "`predict` ya no responde lo mismo")
