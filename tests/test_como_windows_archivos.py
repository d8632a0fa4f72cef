"""Como en Windows: un archivo abierto no se puede tocar y hay nombres prohibidos."""

import errno
import os
import sys
import time
import zipfile
from types import SimpleNamespace

import joblib
import numpy as np
import pytest
from como_windows import PRIMERO, SEGUNDO, X

from helpers import escritura, espera, load_model, metodos, save_model
from helpers.docencia.recoger import recoge
from helpers.errores import NoSePudoGuardar
from helpers.escritura import reemplaza
from helpers.ordenes._problemas import explica_error_del_sistema


@pytest.fixture
def aqui(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def abiertos(monkeypatch):
    """Rutas que otro programa tiene abiertas: nadie las sustituye ni las quita, ni su otro nombre.

    Windows no deja; aquí se imita en `os.replace` y en `os.unlink`.
    """
    rutas = []

    def prohibe(original):
        def de_windows(*nombres, **opciones):
            usados = [n for n in nombres if os.path.exists(n)]  # noqa: PTH110 también un texto
            if any(os.path.samefile(n, r) for n in usados for r in rutas):  # noqa: PTH121
                queja = "El proceso no tiene acceso al archivo: lo usa otro proceso"
                raise PermissionError(errno.EACCES, queja, str(nombres[0]), 32, str(nombres[-1]))
            return original(*nombres, **opciones)

        return de_windows

    for nombre in ("replace", "unlink"):
        monkeypatch.setattr(os, nombre, prohibe(getattr(os, nombre)))
    return rutas


@pytest.mark.parametrize("cual", ["m.joblib", "m.joblib.json"])
def test_un_archivo_abierto_en_otro_programa_no_se_pierde(cual, aqui, abiertos):
    save_model(PRIMERO, "m.joblib")
    abiertos.append(aqui / cual)
    with pytest.raises(NoSePudoGuardar) as queja:
        save_model(SEGUNDO, "m.joblib")
    assert "está abierto en otro programa" in str(queja.value)
    assert "sigue intacto" in str(queja.value) and "cerrar el otro programa" in str(queja.value)
    np.testing.assert_array_equal(load_model("m.joblib").predict(X), PRIMERO.predict(X))
    # De lo que está abierto no se puede quitar el segundo nombre; de lo demás no queda nada.
    sobra = {r.name for r in aqui.iterdir()} - {"m.joblib", "m.joblib.json"}
    assert sobra <= {".m.joblib.anterior"}
    abiertos.clear()
    save_model(SEGUNDO, "m.joblib")
    assert {r.name for r in aqui.iterdir()} == {"m.joblib", "m.joblib.json"}
    np.testing.assert_array_equal(load_model("m.joblib").predict(X), SEGUNDO.predict(X))


class OsDeWindows:
    """Lo que el guardado pide al sistema, como en Windows: no abre carpetas ni las bloquea."""

    name = "nt"

    def __init__(self, abiertos):
        self.abiertos, self.descriptores = abiertos, {}

    def __getattr__(self, nombre):
        return getattr(os, nombre)

    def open(self, ruta, opciones):
        """Mientras esté abierto, nadie lo quita."""
        if os.path.isdir(ruta):  # noqa: PTH112
            raise PermissionError(errno.EACCES, "Acceso denegado", str(ruta))
        descriptor = os.open(ruta, opciones)
        self.descriptores[descriptor] = ruta
        self.abiertos.append(ruta)
        return descriptor

    def close(self, descriptor):
        """Cierra: si nadie más lo tiene abierto, ya se puede quitar."""
        self.abiertos.remove(self.descriptores.pop(descriptor))
        os.close(descriptor)


def bloquea(descriptor, _modo, _bytes):
    """`msvcrt.locking`, hecho con lo que aquí hay."""
    import fcntl

    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as ocupado:
        raise PermissionError(errno.EACCES, "Permission denied") from ocupado


@pytest.fixture
def windows(monkeypatch, abiertos):
    """El guardado, como en Windows, y con poca paciencia. Da lo que otro programa tiene abierto."""
    if os.name == "nt":
        pytest.skip("aquí no hay que imitarlo: esto es Windows")
    monkeypatch.setitem(sys.modules, "msvcrt", SimpleNamespace(LK_NBLCK=2, locking=bloquea))
    sistema = OsDeWindows(abiertos)
    for modulo in (espera, escritura, metodos):
        monkeypatch.setattr(modulo, "os", sistema)
    monkeypatch.setattr(espera, "ESPERA_DEL_TURNO", 0.1)
    monkeypatch.setattr(espera, "PACIENCIA", 0.1)
    return abiertos


def test_el_turno_de_windows(aqui, windows):
    with espera.turno(aqui):
        assert {r.name for r in aqui.iterdir()} == {".guardando"}
        with pytest.raises(NoSePudoGuardar, match="Otro proceso lleva"):
            save_model(PRIMERO, aqui / "m.joblib")
    assert not list(aqui.iterdir()), "el turno se quita solo"
    save_model(PRIMERO, aqui / "m.joblib")
    assert {r.name for r in aqui.iterdir()} == {"m.joblib", "m.joblib.json"}


def test_el_turno_que_dejo_un_corte_no_bloquea(aqui, windows):
    (aqui / ".guardando").touch()
    save_model(PRIMERO, aqui / "m.joblib")
    assert {r.name for r in aqui.iterdir()} == {"m.joblib", "m.joblib.json"}


def test_quien_espera_el_turno_impide_quitarlo_y_no_pasa_nada(aqui, windows):
    with espera.turno(aqui):
        windows.append(aqui / ".guardando")  # otro lo abre y espera
    assert [r.name for r in aqui.iterdir()] == [".guardando"]
    windows.clear()
    save_model(PRIMERO, aqui / "m.joblib")
    assert {r.name for r in aqui.iterdir()} == {"m.joblib", "m.joblib.json"}


def test_sin_permiso_en_la_carpeta_no_se_habla_de_otro_proceso(aqui, windows, monkeypatch):
    intentos = []

    def niega(*_):
        intentos.append(time.monotonic())
        raise PermissionError(errno.EACCES, "Acceso denegado")

    monkeypatch.setattr(OsDeWindows, "open", niega)
    with pytest.raises(NoSePudoGuardar, match="falta permiso en esa carpeta"):
        save_model(PRIMERO, aqui / "m.joblib")
    assert len(intentos) > 1  # quizá solo era el antivirus


@pytest.mark.parametrize("cual", ["m.joblib", "m.joblib.json"])
def test_lo_que_otro_suelta_enseguida_se_espera(cual, aqui, windows, monkeypatch):
    """El antivirus, o un `load_model`, tiene abierto un archivo durante tres intentos."""
    save_model(PRIMERO, "m.joblib")
    windows.append(aqui / cual)
    duerme, veces = time.sleep, []

    def suelta(segundos):
        veces.append(segundos)
        if len(veces) == 3:
            windows.remove(aqui / cual)
        duerme(segundos)

    monkeypatch.setattr(espera.time, "sleep", suelta)
    monkeypatch.setattr(espera, "PACIENCIA", 60)
    save_model(SEGUNDO, "m.joblib")
    assert len(veces) == 3
    np.testing.assert_array_equal(load_model("m.joblib").predict(X), SEGUNDO.predict(X))
    assert {r.name for r in aqui.iterdir()} == {"m.joblib", "m.joblib.json"}


def test_si_no_se_puede_volver_al_anterior_se_dice_cual_queda(aqui, windows, monkeypatch):
    """Entre los dos pasos, otro programa abre los dos archivos y no los suelta."""
    save_model(PRIMERO, "m.joblib")
    cambia = os.replace

    def cambia_y_abren(origen, destino):
        cambia(origen, destino)
        windows.extend([aqui / "m.joblib", aqui / "m.joblib.json"])

    monkeypatch.setattr(os, "replace", cambia_y_abren)
    with pytest.raises(NoSePudoGuardar) as queja:
        save_model(SEGUNDO, "m.joblib")
    assert "está el modelo nuevo" in str(queja.value)
    assert "sigue intacto" not in str(queja.value)
    np.testing.assert_array_equal(load_model("m.joblib").predict(X), SEGUNDO.predict(X))


@pytest.mark.parametrize("cual", ["m.joblib", "m.joblib.json"])
def test_uno_de_solo_lectura_no_se_toca_y_al_desprotegerlo_se_guarda(
    cual, aqui, windows, monkeypatch
):
    save_model(PRIMERO, "m.joblib")
    protegidos = {aqui / cual}
    mira = os.access
    de_windows = lambda ruta, modo: ruta.resolve() not in protegidos and mira(ruta, modo)  # noqa: E731
    monkeypatch.setattr(os, "access", de_windows)
    with pytest.raises(NoSePudoGuardar, match="es de solo lectura, y sigue como estaba"):
        save_model(SEGUNDO, "m.joblib")
    assert {r.name for r in aqui.iterdir()} == {"m.joblib", "m.joblib.json"}
    protegidos.clear()
    save_model(SEGUNDO, "m.joblib")
    np.testing.assert_array_equal(load_model("m.joblib").predict(X), SEGUNDO.predict(X))


def test_al_releer_lo_guardado_no_se_queda_abierto(aqui, windows):
    """Un array leído desde el disco tiene el archivo abierto, y en Windows no se podría mover."""
    joblib.dump(np.arange(10_000.0), "a.joblib")
    assert not isinstance(metodos.METODOS["joblib"].relee(aqui / "a.joblib"), np.memmap)


@pytest.mark.parametrize(
    ("codigo", "frase"),
    [
        (errno.ENOENT, "demasiado larga para este sistema"),  # más de 260 letras
        (errno.EINVAL, "un signo que este sistema no admite"),  # «modelo 12:30.joblib»
        (errno.EACCES, "abierto en otro programa"),
    ],
)
def test_lo_que_dice_windows_se_explica(codigo, frase, aqui, monkeypatch):
    def falla(*_):
        raise OSError(codigo, "[WinError] mensaje en inglés")

    monkeypatch.setattr(os, "replace", falla)
    with pytest.raises(NoSePudoGuardar, match=frase):
        save_model(PRIMERO, "m.joblib")
    assert not list(aqui.iterdir())


def test_unas_notas_abiertas_en_excel_se_explican(aqui, abiertos):
    notas = aqui / "notas.csv"
    notas.write_text("de ayer", encoding="utf-8")
    abiertos.append(notas)
    with pytest.raises(PermissionError) as fallo:
        reemplaza(notas, "de hoy")
    explicado = str(explica_error_del_sistema(fallo.value))
    assert "notas.csv»" in explicado and "abierto en otro programa" in explicado
    assert [r.name for r in aqui.iterdir()] == ["notas.csv"]
    assert notas.read_text(encoding="utf-8") == "de ayer"


@pytest.mark.parametrize(
    "nombre",
    ["CON", "nul.ipynb", "Aux.txt", "lpt1.joblib", "com1 .txt", "prn.", "t1.ipynb. ", "a<b>?.txt"],
)
def test_lo_entregado_cabe_en_windows(nombre, tmp_path):
    """Con las barras de un zip hecho en Windows y el nombre que en Windows no se puede usar."""
    origen, destino = tmp_path / "z.zip", tmp_path / "destino"
    with zipfile.ZipFile(origen, "w") as zip_:
        ficha = zipfile.ZipInfo("x")
        ficha.filename = f"{nombre}\\{nombre}"
        zip_.writestr(ficha, b"{}")
    destino.mkdir()
    (entrega,), rechazos = recoge(origen, destino)
    assert not rechazos
    (archivo,) = entrega.archivos
    assert (entrega.carpeta / archivo).read_bytes() == b"{}"
    for usado in (archivo, entrega.clave, f"{entrega.clave}.html"):
        assert vale_en_windows(usado), usado


def vale_en_windows(nombre):
    """Si Windows da ese nombre a un archivo, tal cual."""
    base = nombre.partition(".")[0].rstrip().casefold()
    aparatos = {"con", "prn", "aux", "nul"} | {f"{a}{n}" for a in ("com", "lpt") for n in range(10)}
    prohibidos = set('<>:"/\\|?*') & set(nombre)
    return base not in aparatos and not prohibidos and nombre == nombre.rstrip(". ")


def test_dos_nombres_que_windows_confunde_no_se_pisan(tmp_path):
    with zipfile.ZipFile(tmp_path / "z.zip", "w") as zip_:
        for nombre in ("Modelo.pkl", "modelo.pkl", "MODELO.PKL"):
            zip_.writestr(f"ana/{nombre}", nombre)
    (tmp_path / "destino").mkdir()
    (entrega,), _ = recoge(tmp_path / "z.zip", tmp_path / "destino")
    assert len({nombre.casefold() for nombre in entrega.archivos}) == 3
