"""Escribir un archivo entero o no escribir nada: los turnos, el disco y lo que queda a medias."""

import contextlib
import hashlib
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from arbol import RAIZ

from helpers import escritura, espera
from helpers.errores import NoEsUnArchivo, NoSePudoGuardar

EN_WINDOWS = os.name == "nt"
# Espera su turno, lo dice y lo conserva hasta que se le cierra la entrada o se le mata.
OTRO_PROCESO = f"""
import sys
sys.path.insert(0, {str(RAIZ)!r})
from pathlib import Path
from helpers import espera
with espera.turno(Path(sys.argv[1])):
    print("dentro", flush=True)
    sys.stdin.read()
"""
LIMITE = 60  # segundos: solo para que una prueba rota termine


@pytest.fixture
def donde(tmp_path):
    """Los sitios de un modelo que aún no existe."""
    return escritura.sitios(tmp_path / "a.joblib")


@contextlib.contextmanager
def otro_proceso_con_el_turno(carpeta):
    orden = [sys.executable, "-c", OTRO_PROCESO, str(carpeta)]
    with subprocess.Popen(orden, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as proceso:
        try:
            assert proceso.stdout.readline().strip().decode() == "dentro"
            yield proceso
        finally:
            proceso.kill()


def prepara(donde, contenido=b"nuevo", ficha=b"su ficha"):
    donde.modelo_nuevo.write_bytes(contenido)
    donde.ficha_nueva.write_bytes(ficha)


def lo_que_hay(donde):
    return {ruta.name: ruta.read_bytes() for ruta in donde.modelo.parent.iterdir()}


ANTERIOR = {"a.joblib": b"anterior", "a.joblib.json": b"ficha anterior"}
NUEVO = {"a.joblib": b"nuevo", "a.joblib.json": b"su ficha"}


@pytest.fixture
def con_anterior(donde):
    """Los sitios de un modelo que ya existe, con su ficha."""
    donde.modelo.write_bytes(ANTERIOR["a.joblib"])
    donde.ficha.write_bytes(ANTERIOR["a.joblib.json"])
    return donde


# --- Los sitios ----------------------------------------------------------------------------------
def test_los_sitios_estan_juntos_y_no_se_confunden(donde):
    rutas = list(vars(donde).values())
    assert len({ruta.name for ruta in rutas}) == 5
    assert {ruta.parent for ruta in rutas} == {donde.modelo.parent}
    assert [ruta.name for ruta in rutas[:2]] == ["a.joblib", "a.joblib.json"]
    assert all(ruta.name.startswith(".a.joblib.") for ruta in rutas[2:])
    # Otro modelo de la misma carpeta no comparte ninguno.
    otros = escritura.sitios(donde.modelo.with_name("a.pkl"))
    assert not set(rutas) & set(vars(otros).values())


@pytest.mark.skipif(EN_WINDOWS, reason="en Windows un enlace pide permisos de administrador")
def test_los_sitios_de_un_enlace_estan_al_otro_lado(tmp_path):
    (tmp_path / "otra").mkdir()
    (tmp_path / "uno.joblib").symlink_to("dos.joblib")
    (tmp_path / "dos.joblib").symlink_to("otra/a.joblib")
    esperados = escritura.sitios((tmp_path / "otra").resolve() / "a.joblib")
    assert escritura.sitios(tmp_path / "uno.joblib") == esperados


def test_una_carpeta_en_el_sitio_de_la_ficha(donde):
    donde.ficha.mkdir()
    with pytest.raises(NoEsUnArchivo) as capturado:
        escritura.sitios(donde.modelo)
    assert "a.joblib.json» existe y no es un archivo" in capturado.value.que_paso
    assert "con otro nombre" in capturado.value.prueba
    donde.modelo.mkdir()
    donde.ficha.rmdir()
    escritura.sitios(donde.modelo)  # de esta se habla en otro lugar


# --- El turno ------------------------------------------------------------------------------------
def test_el_turno_no_se_da_a_otro_proceso(tmp_path, monkeypatch):
    monkeypatch.setattr(espera, "ESPERA_DEL_TURNO", 0.05)
    with otro_proceso_con_el_turno(tmp_path):
        with pytest.raises(NoSePudoGuardar) as capturado, espera.turno(tmp_path):
            raise AssertionError("no le tocaba")
        assert f"lleva 0.05 segundos guardando en «{tmp_path}»" in capturado.value.que_paso
        assert "dos cuadernos abiertos" in capturado.value.suele_pasar
        assert "a repetir" in capturado.value.prueba


def test_el_turno_es_de_cada_carpeta(tmp_path):
    (tmp_path / "otra").mkdir()
    with otro_proceso_con_el_turno(tmp_path), espera.turno(tmp_path / "otra"):
        pass


def test_quien_muere_suelta_el_turno(tmp_path, monkeypatch):
    monkeypatch.setattr(espera, "ESPERA_DEL_TURNO", LIMITE)
    with otro_proceso_con_el_turno(tmp_path) as proceso:
        proceso.kill()
        proceso.wait(LIMITE)
        with espera.turno(tmp_path):
            pass


def test_quien_espera_entra_cuando_el_otro_termina(tmp_path, monkeypatch):
    monkeypatch.setattr(espera, "ESPERA_DEL_TURNO", LIMITE)
    intentos = []
    de_verdad = espera._echa_el_cerrojo

    def cuenta(carpeta):
        if len(intentos) == 3:
            proceso.stdin.close()
        intentos.append(de_verdad(carpeta))
        return intentos[-1]

    monkeypatch.setattr(espera, "_echa_el_cerrojo", cuenta)
    with otro_proceso_con_el_turno(tmp_path) as proceso, espera.turno(tmp_path):
        assert proceso.wait(LIMITE) == 0
    assert intentos[:3] == [None] * 3
    assert intentos[-1] is not None


def test_el_turno_no_se_da_a_otro_hilo(tmp_path, monkeypatch):
    monkeypatch.setattr(espera, "ESPERA_DEL_TURNO", 0.05)
    quejas = []

    def otro():
        try:
            with espera.turno(tmp_path):
                quejas.append("entró")
        except NoSePudoGuardar:
            quejas.append("no le tocaba")

    with espera.turno(tmp_path):
        hilo = threading.Thread(target=otro)
        hilo.start()
        hilo.join(LIMITE)
    assert quejas == ["no le tocaba"]


def test_ocho_hilos_pasan_de_uno_en_uno(tmp_path, monkeypatch):
    monkeypatch.setattr(espera, "ESPERA_DEL_TURNO", LIMITE)
    monkeypatch.setattr(espera, "CADA_INTENTO", 0)
    dentro, pasos = [], []

    def entra():
        for _ in range(10):
            with espera.turno(tmp_path):
                dentro.append(1)
                pasos.append(len(dentro))
                threading.Event().wait(0.001)  # que los demás lo intenten
                dentro.pop()

    hilos = [threading.Thread(target=entra) for _ in range(8)]
    for hilo in hilos:
        hilo.start()
    for hilo in hilos:
        hilo.join(LIMITE)
    assert pasos == [1] * 80


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt])
def test_el_turno_se_suelta_si_algo_falla(error, tmp_path, monkeypatch):
    monkeypatch.setattr(espera, "ESPERA_DEL_TURNO", 0)
    for _ in range(2):
        with pytest.raises(error), espera.turno(tmp_path):
            raise error
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(sys.platform != "linux", reason="los descriptores se cuentan en /proc")
def test_el_turno_no_deja_archivos_abiertos(tmp_path, monkeypatch):
    monkeypatch.setattr(espera, "ESPERA_DEL_TURNO", 0.05)
    with otro_proceso_con_el_turno(tmp_path):
        abiertos = len(list(Path("/proc/self/fd").iterdir()))
        with pytest.raises(NoSePudoGuardar), espera.turno(tmp_path):
            pass
        assert len(list(Path("/proc/self/fd").iterdir())) == abiertos
    with espera.turno(tmp_path):
        assert len(list(Path("/proc/self/fd").iterdir())) < abiertos


# --- Lo que hay en el disco ----------------------------------------------------------------------
@pytest.mark.parametrize("contenido", [b"", b"abc", bytes(range(256)) * 8192])
def test_al_disco_da_la_huella_de_lo_escrito(contenido, donde):
    donde.modelo_nuevo.write_bytes(contenido)
    assert escritura.al_disco(donde.modelo_nuevo) == hashlib.sha256(contenido).hexdigest()
    assert donde.modelo_nuevo.read_bytes() == contenido


def test_al_disco_espera_al_disco(donde, monkeypatch):
    donde.modelo_nuevo.write_bytes(b"abc")
    pedidos = []
    monkeypatch.setattr(os, "fsync", lambda d: pedidos.append(os.fstat(d).st_ino))
    escritura.al_disco(donde.modelo_nuevo)
    assert pedidos == [donde.modelo_nuevo.stat().st_ino]


def test_si_el_disco_falla_se_sabe(donde, monkeypatch):
    donde.modelo_nuevo.write_bytes(b"abc")

    def falla(descriptor):
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(os, "fsync", falla)
    with pytest.raises(OSError, match="Input/output"):
        escritura.al_disco(donde.modelo_nuevo)


def test_la_huella_es_la_del_archivo_entero_y_queda_por_el_principio(donde):
    donde.modelo.write_bytes(b"abc")
    with donde.modelo.open("rb") as archivo:
        archivo.read(2)
        assert escritura.huella_de(archivo) == hashlib.sha256(b"abc").hexdigest()
        assert archivo.tell() == 0


# --- A medias ------------------------------------------------------------------------------------
class Interrupcion(BaseException):
    """Ni siquiera es una `Exception`."""


@pytest.mark.parametrize("error", [ValueError, OSError, KeyboardInterrupt, Interrupcion])
def test_a_medias_recoge_y_conserva_el_anterior(error, con_anterior):
    with pytest.raises(error), escritura.a_medias(con_anterior):
        prepara(con_anterior)
        raise error
    assert lo_que_hay(con_anterior) == ANTERIOR


@pytest.mark.parametrize("preparado", ["nada", "el modelo", "todo"])
def test_a_medias_recoge_lo_que_haya(preparado, donde):
    with pytest.raises(ZeroDivisionError), escritura.a_medias(donde):
        if preparado != "nada":
            donde.modelo_nuevo.write_bytes(b"nuevo")
        if preparado == "todo":
            donde.ficha_nueva.write_bytes(b"su ficha")
        raise ZeroDivisionError
    assert lo_que_hay(donde) == {}


def test_a_medias_quita_primero_lo_que_dejo_un_corte(con_anterior):
    prepara(con_anterior, b"de otro corte")
    con_anterior.modelo_anterior.write_bytes(b"de otro corte")
    with escritura.a_medias(con_anterior):
        assert lo_que_hay(con_anterior) == ANTERIOR


def test_a_medias_no_toca_lo_que_sale_bien(con_anterior):
    with escritura.a_medias(con_anterior):
        prepara(con_anterior)
        escritura.publica(con_anterior)
    assert lo_que_hay(con_anterior) == NUEVO


@pytest.mark.parametrize("habia", [True, False], ids=["con anterior", "sin anterior"])
def test_si_la_ficha_no_llega_a_su_sitio_vuelve_lo_que_habia(habia, donde, monkeypatch):
    if habia:
        donde.modelo.write_bytes(b"anterior")
        donde.ficha.write_bytes(b"ficha anterior")
    de_verdad = Path.replace

    def falla_con_la_ficha(ruta, destino):
        if ruta == donde.ficha_nueva:
            raise PermissionError(13, "Permission denied")
        return de_verdad(ruta, destino)

    monkeypatch.setattr(Path, "replace", falla_con_la_ficha)
    with pytest.raises(PermissionError), escritura.a_medias(donde):
        prepara(donde)
        escritura.publica(donde)
    assert lo_que_hay(donde) == (ANTERIOR if habia else {})


# --- Publicar ------------------------------------------------------------------------------------
def test_publica_estrena(donde):
    prepara(donde)
    escritura.publica(donde)
    assert lo_que_hay(donde) == NUEVO


def test_publica_sustituye_el_modelo_antes_que_la_ficha(con_anterior, monkeypatch):
    pasos = []
    de_verdad = Path.replace

    def anota(ruta, destino):
        de_verdad(ruta, destino)
        pasos.append({n: c for n, c in lo_que_hay(con_anterior).items() if n in ANTERIOR})

    monkeypatch.setattr(Path, "replace", anota)
    prepara(con_anterior)
    escritura.publica(con_anterior)
    assert pasos == [ANTERIOR | {"a.joblib": b"nuevo"}, NUEVO]
    assert lo_que_hay(con_anterior) == NUEVO


@pytest.mark.skipif(EN_WINDOWS, reason="Windows no tiene estos permisos")
@pytest.mark.parametrize("permisos", [0o600, 0o664])
def test_publica_conserva_los_permisos_del_anterior(permisos, con_anterior):
    con_anterior.modelo.chmod(permisos)
    prepara(con_anterior)
    escritura.publica(con_anterior)
    assert con_anterior.modelo.stat().st_mode & 0o777 == permisos


def test_publica_sin_enlaces_duros(con_anterior, monkeypatch):
    def no_admite(ruta, otra):
        raise OSError(95, "Operation not supported")

    monkeypatch.setattr(Path, "hardlink_to", no_admite)
    prepara(con_anterior)
    escritura.publica(con_anterior)
    assert lo_que_hay(con_anterior) == NUEVO


@pytest.mark.skipif(EN_WINDOWS, reason="Windows escribe el cambio de nombres por su cuenta")
def test_publica_espera_a_que_el_disco_tenga_los_nombres(con_anterior, monkeypatch):
    vistos = []

    def anota(descriptor):
        vistos.append((os.fstat(descriptor).st_ino, lo_que_hay(con_anterior)))

    monkeypatch.setattr(os, "fsync", anota)
    prepara(con_anterior)
    escritura.publica(con_anterior)
    assert vistos == [(con_anterior.modelo.parent.stat().st_ino, NUEVO)]
