"""Lo que 06 · Seguridad dice de pasada, sin una celda que lo muestre, se demuestra aquí."""

import copyreg
import hashlib
import hmac
import io
import json
import pickle
import pickletools
import re
import zipfile
from pathlib import Path

import joblib
import numpy as np
import pytest
import skops.io as sio
from arbol import RAIZ
from reglas.cuaderno import lee
from sklearn.ensemble import RandomForestClassifier
from sklearn.linear_model import LinearRegression
from sklearn.neighbors import KNeighborsRegressor
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from helpers import inspeccion, load_model, save_model
from helpers.ejercicios import ejercicios_de
from helpers.ejercicios.revision_06 import MARCA, Trampa, archivos_de_muestra, recta
from helpers.errores import HuellaDistinta

LECCION = lee(RAIZ / "notebooks" / "06_seguridad.ipynb")
SOLUCION = {ejercicio.codigo: ejercicio.solucion for ejercicio in ejercicios_de("06")}
FRASE = "Este texto lo imprime el archivo."


class Regalo:
    """El de la lección: al cargarse, imprime una frase."""

    def __reduce__(self):
        return print, (FRASE,)


@pytest.fixture(autouse=True)
def _en_una_carpeta(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


def _celda(id_):
    return next(celda.fuente for celda in LECCION.celdas if celda.id == id_)


def _define(codigo):
    """Los nombres que deja una solución, con lo que en el cuaderno ya estaba."""
    espacio = {"hmac": hmac, "Path": Path, "pickle": pickle, "pickletools": pickletools}
    exec(SOLUCION[codigo], espacio)
    return espacio


def _define_celda(id_):
    espacio = {"Path": Path, "pickle": pickle, "pickletools": pickletools}
    exec(_celda(id_).partition("\nprint(")[0], espacio)
    return espacio


# --- 06.1 ----------------------------------------------------------------------------------------
def test_06_las_seis_respuestas_del_primer_ejercicio(capsys):
    def frases():
        return capsys.readouterr().out.count(FRASE)

    joblib.dump(Regalo(), "regalo.joblib")
    joblib.load("regalo.joblib", mmap_mode="r")
    ocurre = {"a": "ejecuta" if frases() else ""}
    with pytest.raises(ZeroDivisionError):
        pickle.loads(pickle.dumps(Regalo())) or 1 / 0
    ocurre["b"] = "ejecuta" if frases() else ""
    assert not isinstance(pickle.loads(pickle.dumps(Regalo())), LinearRegression)
    ocurre["c"] = "ejecuta" if frases() else ""
    _regalo_de_02d("regalo.skops")
    with pytest.raises(TypeError, match=r"builtins\.print"):
        sio.load("regalo.skops")
    ocurre["d"] = "" if frases() else "se niega"
    pedidos = sio.get_untrusted_types(file="regalo.skops")
    sio.load("regalo.skops", trusted=pedidos)
    ocurre["e"] = "ejecuta" if frases() else ""
    pickletools.dis(pickle.dumps(Regalo()), io.StringIO())
    ocurre["f"] = "" if frases() else "lee"
    espacio = {}
    exec(SOLUCION["06.1"], espacio)
    assert ocurre == espacio["ocurre"]


def _regalo_de_02d(ruta):
    cuaderno = lee(RAIZ / "notebooks" / "02d_skops.ipynb")
    (celda,) = (celda.fuente for celda in cuaderno.celdas if celda.id == "s3-json")
    esquema = json.loads(celda.partition("\n")[2].replace("Este texto lo imprime", FRASE))
    with zipfile.ZipFile(ruta, "w") as archivo:
        archivo.writestr("schema.json", json.dumps(esquema))


# --- Mirar ---------------------------------------------------------------------------------------
@pytest.mark.parametrize("protocolo", range(6))
def test_06_el_nombre_va_en_la_instruccion_hasta_el_protocolo_3(protocolo):
    hallados = _define_celda("s2-ingenuo")["ingenuo"](pickle.dumps(Regalo(), protocolo))
    assert bool(hallados) == (protocolo <= 3)


@pytest.mark.parametrize("nombre", archivos_de_muestra())
def test_06_el_buscador_del_curso_acierta_con_los_seis(nombre):
    contenido, esperados = archivos_de_muestra()[nombre]
    visto = inspeccion.globales(io.BytesIO(contenido))
    assert (set(visto.nombres), visto.motivo) == (esperados, "")


def test_06_cada_archivo_de_muestra_se_carga_y_pide_eso():
    """Los esperados no son de nadie: son los que pickle pide al cargar."""
    for nombre, (contenido, esperados) in archivos_de_muestra().items():
        Path(nombre).write_bytes(contenido)
        pedidos = set()

        class Espia(pickle.Unpickler):
            def find_class(self, modulo, nombre, pedidos=pedidos):
                pedidos.add(f"{modulo}.{nombre}")
                return super().find_class(modulo, nombre)

        Espia(io.BytesIO(contenido)).load()
        assert pedidos == esperados, nombre
    assert Path(MARCA).exists(), "la trampa de «apilado» no es una trampa"


MODELOS = [
    LinearRegression().fit([[1], [2]], [1, 2]),
    make_pipeline(StandardScaler(), KNeighborsRegressor(1)).fit([[1], [2]], [1, 2]),
    RandomForestClassifier(3, random_state=0).fit([[1], [2]], ["a", "b"]),
]


@pytest.mark.parametrize("protocolo", range(6))
@pytest.mark.parametrize("modelo", MODELOS, ids=lambda modelo: type(modelo).__name__)
def test_06_tu_globales_y_la_del_curso_ven_lo_mismo(modelo, protocolo):
    Path("modelo.pkl").write_bytes(pickle.dumps(modelo, protocolo))
    tuya = _define("06.2")["globales"]("modelo.pkl")
    assert tuya == set(inspeccion.globales(Path("modelo.pkl")).nombres)


def test_06_a_tu_globales_se_le_escapa_ext1_y_al_curso_no():
    copyreg.add_extension("builtins", "print", 200)
    try:
        Path("ext.pkl").write_bytes(pickle.dumps([print], 2))
    finally:
        copyreg.remove_extension("builtins", "print", 200)
    assert _define("06.2")["globales"]("ext.pkl") == set()
    visto = inspeccion.globales(Path("ext.pkl"))
    assert visto.nombres or visto.motivo


def test_06_el_del_curso_entiende_joblib_lo_comprimido_y_skops():
    clase = "sklearn.linear_model._base.LinearRegression"
    joblib.dump(recta(), "a.joblib")
    joblib.dump(recta(), "b.joblib", compress=3)
    sio.dump(recta(), "c.skops")
    for ruta in ("a.joblib", "b.joblib", "c.skops"):
        visto = inspeccion.globales(Path(ruta))
        assert clase in visto.nombres and not visto.motivo, ruta


# --- La lista ------------------------------------------------------------------------------------
def test_06_savetxt_tambien_pasa_por_el_prefijo():
    class Escribe:
        def __reduce__(self):
            return np.savetxt, (MARCA, [1.0])

    Path("escribe.pkl").write_bytes(pickle.dumps(Escribe()))
    _define_celda("s3-prefijo")["carga_por_prefijo"]("escribe.pkl")
    assert Path(MARCA).exists()


def test_06_los_permitidos_son_los_que_pide_la_regresion_con_4_y_con_5():
    pedidos = set()
    for protocolo in (4, 5):
        visto = inspeccion.globales(io.BytesIO(pickle.dumps(recta(), protocolo)))
        pedidos |= set(visto.nombres)
    permitidos = _define("06.3")["PERMITIDOS"]
    assert {f"{modulo}.{nombre}" for modulo, nombre in permitidos} == pedidos


def test_06_la_lista_pedida_al_ajeno_lo_aprueba():
    contenido = pickle.dumps(Trampa("ajeno.pkl"))
    Path("ajeno.pkl").write_bytes(contenido)
    espacio = _define("06.3")
    with pytest.raises(pickle.UnpicklingError):
        espacio["carga_con_lista"]("ajeno.pkl")
    assert not Path(MARCA).exists()
    espacio["PERMITIDOS"] |= {
        tuple(nombre.rsplit(".", 1)) for nombre in inspeccion.globales(Path("ajeno.pkl")).nombres
    }
    espacio["carga_con_lista"]("ajeno.pkl")
    assert Path(MARCA).exists()


def test_06_una_lista_exacta_no_mira_los_datos():
    otra = LinearRegression()
    otra.__dict__ |= vars(recta()) | {"coef_": np.array([-100.0])}
    Path("otra.pkl").write_bytes(pickle.dumps(otra, 4))
    assert _define("06.3")["carga_con_lista"]("otra.pkl").predict([[1]])[0] < 0


def test_06_un_archivo_con_nombres_permitidos_puede_pedir_un_array_que_no_cabe():
    class Enorme:
        def __reduce__(self):
            return np._core.multiarray._reconstruct, (np.ndarray, (10**15,), b"d")

    Path("enorme.pkl").write_bytes(pickle.dumps(Enorme(), 4))
    with pytest.raises(MemoryError):
        _define("06.3")["carga_con_lista"]("enorme.pkl")


# --- La firma ------------------------------------------------------------------------------------
def test_06_quien_tiene_la_clave_puede_firmar_y_quien_no_no():
    espacio, clave = _define("06.4"), bytes(32)
    Path("m.pkl").write_bytes(pickle.dumps(recta()))
    sin_clave = hashlib.sha256(Path("m.pkl").read_bytes()).hexdigest()
    for firmado, vale in ((espacio["firma"]("m.pkl", clave), True), (sin_clave, False)):
        Path("m.pkl.firma").write_text(firmado, encoding="utf-8")
        if vale:
            assert (espacio["carga_firmada"]("m.pkl", clave).coef_ == recta().coef_).all()
        else:
            with pytest.raises(ValueError, match="firma"):
                espacio["carga_firmada"]("m.pkl", clave)


def test_06_load_model_mira_la_huella_y_no_firma():
    save_model(recta(), "notas.joblib")
    assert not list(Path().glob("*.firma"))
    Path("notas.joblib").write_bytes(Path("notas.joblib").read_bytes() + b"1")
    with pytest.raises(HuellaDistinta):
        load_model("notas.joblib")
    del_curso = [ruta for ruta in (RAIZ / "helpers").rglob("*.py") if "_06" not in ruta.stem]
    assert not any("hmac" in ruta.read_text(encoding="utf-8") for ruta in del_curso)


# --- El escáner ----------------------------------------------------------------------------------
def test_06_anadir_el_nombre_arregla_ese_archivo_y_no_el_siguiente():
    class Uno:
        def __reduce__(self):
            return np.savetxt, ("uno", [1.0])

    class Otro:
        def __reduce__(self):
            return np.save, ("otro", [1.0])

    espacio = {"Path": Path, "pickle": pickle, "inspeccion": inspeccion}
    exec(_celda("s6-escaner").partition("\nPath(")[0], espacio)
    for nombre, objeto in (("uno.pkl", Uno()), ("otro.pkl", Otro())):
        Path(nombre).write_bytes(pickle.dumps(objeto))
    rutas = [Path("uno.pkl"), Path("otro.pkl")]
    assert espacio["infectados"](*rutas) == 0
    espacio["PROHIBIDOS"].add("numpy.savetxt")
    assert [espacio["infectados"](ruta) for ruta in rutas] == [1, 0]
    pickle.loads(rutas[1].read_bytes())
    assert Path("otro.npy").exists()


def test_06_los_fallos_de_skops_son_los_de_02d():
    """Dos tablas con las mismas versiones: si una cambia, la otra también."""
    otra = lee(RAIZ / "notebooks" / "02d_skops.ipynb")
    (tabla,) = (celda.fuente for celda in otra.celdas if celda.id == "s6-tabla")
    filas = re.compile(r"^\| (0\.\d+\.0) \| (?:\d+ de )?(\w+ de \d{4}) \|", re.MULTILINE)
    assert filas.findall(_celda("s6-escaneres")) == filas.findall(tabla) != []
