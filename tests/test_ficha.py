"""La ficha: qué lleva, cómo se lee y cuál es la de cada modelo, también después de un corte."""

import datetime
import hashlib
import json
import os
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import sklearn
from sklearn.linear_model import LinearRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from helpers import ficha, load_model, save_model
from helpers.errores import ErrorDelCurso, FichaDanada, HuellaDistinta, ModeloNoEncontrado
from helpers.escritura import sitios
from helpers.metodos import METODOS

TABLA = pd.DataFrame({"pico": [39.1, 40.3, 36.7], "año": [2007, 2008, 2009]})
MASA = [3750.0, 3250.0, 3450.0]
MODELO = make_pipeline(StandardScaler(), LinearRegression()).fit(TABLA, MASA)
CLAVES = [
    "formato",
    "clase",
    "metodo",
    "guardado",
    "versiones",
    "columnas",
    "datos",
    "metricas",
    "ejemplo",
    "sha256",
    "bytes",
]


@pytest.fixture
def aqui(tmp_path, monkeypatch):
    """Una carpeta de trabajo vacía."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def nadie_lee(constante):
    raise AssertionError(f"{constante} no es JSON")


def guarda(ruta="a.joblib", **opciones):
    """Guarda el modelo y devuelve los sitios."""
    return sitios(save_model(MODELO, ruta, **opciones))


def cambia(ruta, **cambios):
    """Cambia unas claves de una ficha; las que valen `...` las quita."""
    escrita = json.loads(ruta.read_text(encoding="utf-8")) | cambios
    escrita = {clave: valor for clave, valor in escrita.items() if valor is not ...}
    ruta.write_text(json.dumps(escrita), encoding="utf-8")


# --- Qué lleva -----------------------------------------------------------------------------------
def test_lo_que_lleva_la_ficha(aqui):
    antes = datetime.datetime.now().astimezone().replace(microsecond=0)
    donde = guarda(datos="data/pinguinos.csv", metricas={"r2": 0.5}, X_ejemplo=TABLA)
    texto = donde.ficha.read_text(encoding="utf-8")
    escrita = json.loads(texto, parse_constant=nadie_lee)
    assert list(escrita) == CLAVES
    assert escrita["formato"] == 1
    assert escrita["clase"] == "sklearn.pipeline.Pipeline"
    assert escrita["metodo"] == "joblib"
    guardado = datetime.datetime.fromisoformat(escrita["guardado"])
    assert antes <= guardado <= datetime.datetime.now().astimezone()
    assert escrita["versiones"].keys() == {"python", "scikit-learn", "numpy", "joblib"}
    assert escrita["versiones"]["scikit-learn"] == sklearn.__version__
    assert escrita["columnas"] == ["pico", "año"]
    assert escrita["datos"] == "data/pinguinos.csv"
    assert escrita["metricas"] == {"r2": 0.5}
    assert escrita["ejemplo"]["filas"] == TABLA.to_numpy(object).tolist()
    assert escrita["ejemplo"]["respuestas"].keys() == {"predict"}
    assert escrita["sha256"] == hashlib.sha256(donde.modelo.read_bytes()).hexdigest()
    assert escrita["bytes"] == donde.modelo.stat().st_size
    assert "año" in texto
    assert texto.endswith("}\n")
    assert b"\r" not in donde.ficha.read_bytes()


def test_lo_que_no_se_sabe_queda_en_null(aqui):
    ruta = save_model(LinearRegression().fit([[0], [1]], [0, 1]), "a.pkl")
    escrita = ficha.de(ruta)
    assert list(escrita) == CLAVES
    assert [escrita[c] for c in ("columnas", "datos", "metricas", "ejemplo")] == [None] * 4
    assert escrita["versiones"].keys() == {"python", "scikit-learn", "numpy"}


def test_cada_fila_ocupa_una_linea(aqui):
    filas = [[39.1, 2007, "Torgersen, al sur"], [40.3, 2008, None], [36.7, 2009, "Dream"]]
    escrita = ficha.redacta(MODELO, METODOS["pickle"], ejemplo={"filas": filas})
    ficha.escribe(escrita, Path("a.json"))
    lineas = Path("a.json").read_text(encoding="utf-8").splitlines()
    assert '      [39.1, 2007, "Torgersen, al sur"],' in lineas
    assert "      [40.3, 2008, null]," in lineas
    assert json.loads(Path("a.json").read_text(encoding="utf-8")) == escrita


@pytest.mark.parametrize("texto", ["[a, b]", "a\nb", "{", "  dos  espacios", '"comillas"', "]\n["])
def test_ponerla_en_lineas_no_cambia_ningun_texto(texto, aqui):
    datos = {"uno": texto, "varios": [texto, [texto, 1], [[texto]]]}
    save_model(MODELO, "a.joblib", datos=datos)
    assert ficha.de("a.joblib")["datos"] == datos


def test_redactar_no_necesita_el_archivo():
    redactada = ficha.redacta(MODELO, METODOS["skops"], datos={"filas": np.int64(3)})
    assert list(redactada) == CLAVES[:-2]
    assert redactada["metodo"] == "skops"
    assert "skops" in redactada["versiones"]


# --- Cómo se lee ---------------------------------------------------------------------------------
def test_de_lee_la_ficha_sin_abrir_el_modelo(aqui):
    donde = guarda()
    esperada = json.loads(donde.ficha.read_text(encoding="utf-8"))
    donde.modelo.unlink()
    assert ficha.de("a.joblib") == ficha.de(Path("a.joblib")) == ficha.lee(donde.ficha) == esperada


def test_de_un_modelo_sin_ficha(aqui):
    with pytest.raises(FileNotFoundError) as capturado:
        ficha.de("a.joblib")
    assert type(capturado.value) is ModeloNoEncontrado
    assert "No hay ninguna ficha «a.joblib.json»" in capturado.value.que_paso
    assert "acaba en `.json`" in capturado.value.prueba
    assert ficha.lee(Path("a.joblib.json")) is None


def test_lo_que_no_conoce_lo_deja_estar(aqui):
    donde = guarda(X_ejemplo=TABLA)
    cambia(donde.ficha, licencia="MIT", autoría={"grupo": [1, 2]})
    assert ficha.de("a.joblib")["licencia"] == "MIT"
    load_model("a.joblib", versiones="estricto")


@pytest.mark.parametrize("clave", ["columnas", "datos", "metricas", "ejemplo"])
def test_lo_que_puede_faltar(clave, aqui):
    donde = guarda()
    cambia(donde.ficha, **{clave: ...})
    load_model("a.joblib", versiones="estricto")


@pytest.mark.parametrize("clave", ["formato", *ficha.OBLIGATORIO])
@pytest.mark.parametrize("valor", [..., None, []], ids=["falta", "null", "de otro tipo"])
def test_lo_que_no_puede_faltar(clave, valor, aqui):
    donde = guarda()
    cambia(donde.ficha, **{clave: valor})
    for hace in (ficha.de, load_model):
        with pytest.raises(FichaDanada, match=f"le falta «{clave}», o no es lo que debe") as dice:
            hace("a.joblib")
        assert "verificar=False" in dice.value.prueba
    load_model("a.joblib", verificar=False)


@pytest.mark.parametrize("entera", [True, False], ids=["entera", "con otras claves"])
@pytest.mark.parametrize("formato", [0, 2])
def test_una_ficha_de_otro_formato_no_esta_danada(formato, entera, aqui):
    donde = guarda()
    cambia(donde.ficha, formato=formato, **({} if entera else {"sha256": ..., "huella": "a"}))
    with pytest.raises(FichaDanada) as capturado:
        load_model("a.joblib")
    assert f"es del formato {formato} y este curso lee el 1" in capturado.value.que_paso
    assert "otra versión del curso" in capturado.value.suele_pasar
    assert "esa versión del curso" in capturado.value.prueba


DANADAS = {
    "vacía": (b"", "no se puede leer"),
    "cortada": (b'{"formato": 1', "no se puede leer"),
    "en otra codificación": ('{"año": 1}'.encode("latin-1"), "no se puede leer"),
    "una lista": (b"[1]", "no tiene la forma de una ficha"),
    "sin fin": (b"[" * 100_000, "no se puede leer"),
}


@pytest.mark.parametrize("caso", DANADAS)
def test_una_ficha_que_no_lo_es(caso, aqui):
    donde = guarda()
    contenido, frase = DANADAS[caso]
    donde.ficha.write_bytes(contenido)
    with pytest.raises(FichaDanada) as capturado:
        ficha.de("a.joblib")
    assert capturado.value.que_paso == f"La ficha «a.joblib.json» {frase}."
    # Guardar otra vez la repone.
    guarda()
    load_model("a.joblib")


@pytest.mark.parametrize("metodo", ["marshal", "joblib comprimido"])
def test_un_metodo_que_no_existe(metodo, aqui):
    cambia(guarda().ficha, metodo=metodo)
    with pytest.raises(FichaDanada, match=f"nombra un método que no existe, «{metodo}»"):
        ficha.de("a.joblib")


def test_un_ejemplo_que_no_se_entiende(aqui):
    cambia(guarda().ficha, ejemplo={"filas": 3})
    with pytest.raises(FichaDanada, match="lleva un ejemplo que no se entiende"):
        ficha.de("a.joblib")


# --- Cuál es la de cada modelo -------------------------------------------------------------------
@pytest.fixture
def cortado(aqui):
    """El modelo nuevo en su sitio, su ficha pendiente y, al lado, la ficha del anterior."""
    donde = guarda(datos="anterior")
    anterior = donde.ficha.read_bytes()
    guarda(datos="nuevo", compress=0)
    donde.ficha.replace(donde.ficha_nueva)
    donde.ficha.write_bytes(anterior)
    return donde


def la_de(donde):
    with donde.modelo.open("rb") as archivo:
        encontrada = ficha.la_del_modelo(donde, archivo)
        assert archivo.tell() == 0
    return encontrada and encontrada["datos"]


def test_la_del_modelo_es_la_que_tiene_su_huella(cortado):
    assert la_de(cortado) == "nuevo"
    cortado.ficha_nueva.unlink()
    with pytest.raises(HuellaDistinta):
        la_de(cortado)


def test_la_pendiente_vale_aunque_no_haya_otra(cortado):
    cortado.ficha.unlink()
    assert la_de(cortado) == "nuevo"


def test_la_pendiente_de_un_guardado_que_no_llego_a_ser_no_cuenta(cortado):
    METODOS["joblib"].guarda(MODELO, cortado.modelo, 5)
    cortado.ficha.unlink()
    assert la_de(cortado) is None
    assert cortado.ficha_nueva.exists()


def test_la_pendiente_a_medio_escribir_no_cuenta(aqui):
    donde = guarda(datos="anterior")
    donde.ficha_nueva.write_text('{"formato": 1', encoding="utf-8")
    assert la_de(donde) == "anterior"
    donde.ficha.unlink()
    assert la_de(donde) is None


def test_un_modelo_sin_fichas(aqui):
    donde = guarda()
    donde.ficha.unlink()
    assert la_de(donde) is None


def test_terminar_lo_pendiente_pone_la_ficha_en_su_sitio(cortado):
    pendiente = cortado.ficha_nueva.read_bytes()
    ficha.termina_lo_pendiente(cortado)
    assert cortado.ficha.read_bytes() == pendiente
    assert not cortado.ficha_nueva.exists()
    ficha.termina_lo_pendiente(cortado)  # ya no queda nada
    assert cortado.ficha.read_bytes() == pendiente


def test_lo_que_no_es_de_ese_modelo_no_se_termina(cortado):
    METODOS["joblib"].guarda(MODELO, cortado.modelo, 5)
    antes = cortado.ficha.read_bytes()
    ficha.termina_lo_pendiente(cortado)
    assert cortado.ficha.read_bytes() == antes
    cortado.modelo.unlink()
    ficha.termina_lo_pendiente(cortado)
    assert cortado.ficha.read_bytes() == antes


def test_un_guardado_que_falla_despues_de_un_corte_no_pierde_el_modelo(cortado):
    class NoSeDeja:
        def __reduce__(self):
            raise TypeError("no quiero")

    with pytest.raises(ErrorDelCurso, match="no quiero"):
        save_model(NoSeDeja(), cortado.modelo)
    load_model(cortado.modelo)
    assert la_de(cortado) == "nuevo"


def test_cargar_y_leer_despues_de_un_corte(cortado, capsys):
    load_model(cortado.modelo)
    assert "Comprobado: huella" in capsys.readouterr().out
    assert ficha.de(cortado.modelo)["datos"] == "anterior"


# --- Abrir ---------------------------------------------------------------------------------------
def test_abre_da_el_archivo_y_su_ficha(aqui):
    donde = guarda(datos="suyos")
    with ficha.abre(donde) as (archivo, escrita):
        assert archivo.read() == donde.modelo.read_bytes()
        assert escrita["datos"] == "suyos"
    assert archivo.closed
    with ficha.abre(donde, verificar=False) as (archivo, escrita):
        assert archivo.read() == donde.modelo.read_bytes()
        assert escrita is None


def test_abre_sin_verificar_no_mira_la_ficha(aqui):
    donde = guarda()
    donde.ficha.write_bytes(b"nada")
    with ficha.abre(donde, verificar=False) as (_, escrita):
        assert escrita is None


@pytest.mark.skipif(os.name == "nt", reason="en Windows no se sustituye un archivo que otro lee")
def test_abre_otra_vez_si_entre_tanto_lo_sustituyen(aqui, monkeypatch):
    donde = guarda(datos="viejo", compress=0)
    veces = []
    de_verdad = ficha.lee

    def lee_despues_de_que_otro_guarde(ruta):
        veces.append(ruta)
        if len(veces) == 1:
            guarda(datos="nuevo", compress=9)
        return de_verdad(ruta)

    monkeypatch.setattr(ficha, "lee", lee_despues_de_que_otro_guarde)
    with ficha.abre(donde) as (archivo, escrita):
        assert escrita["datos"] == "nuevo"
        assert hashlib.sha256(archivo.read()).hexdigest() == escrita["sha256"]


@pytest.mark.parametrize("cuanto", ["lo mismo", "menos"])
def test_otra_huella_dice_cuanto_ocupa(cuanto, aqui):
    donde = guarda()
    contenido = bytearray(donde.modelo.read_bytes())
    contenido[-1] ^= 1
    donde.modelo.write_bytes(contenido if cuanto == "lo mismo" else contenido[:-5])
    entero = len(contenido)
    frase = {
        "lo mismo": "su huella es otra y ocupa lo mismo.",
        "menos": f"su huella es otra y ocupa {entero - 5} bytes y se guardaron {entero}.",
    }[cuanto]
    with pytest.raises(HuellaDistinta) as capturado, ficha.abre(donde):
        raise AssertionError("no debió abrirse")
    assert frase in capturado.value.que_paso
    assert "otra copia" in capturado.value.prueba


@pytest.mark.skipif(os.name == "nt", reason="en Windows un enlace pide permisos de administrador")
def test_la_ficha_de_un_enlace_es_la_de_su_modelo(aqui):
    guarda("otra/a.joblib", datos="suyos")
    Path("enlace.joblib").symlink_to("otra/a.joblib")
    assert ficha.de("enlace.joblib")["datos"] == "suyos"
