"""Guardar cuando el sistema no deja: un error claro, y el modelo anterior como estaba."""

import os
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from helpers._persistencia.explica import al_guardar
from helpers.errores import NoSePudoGuardar
from helpers.escritura import sitios

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="cada sistema falla a su manera; estos fallos son los de Linux"
)
if sys.platform == "linux":
    from fiabilidad.cuadrilla import cuadrilla
    from fiabilidad.fallos import GUARDADO

PARTIDAS = {"con un modelo": 0, "sin ninguno": None, "tras otro corte": 1}
CTRL_C = 40  # al azar, con cada método


@pytest.fixture(scope="module")
def encarga(tmp_path_factory):
    with cuadrilla(tmp_path_factory.mktemp("sistema")) as encarga:
        yield encarga


@pytest.fixture(scope="module")
def encarga_con_discos(tmp_path_factory, exige):
    """Como `encarga`, con procesos que pueden montar discos que nadie más ve."""
    carpeta = tmp_path_factory.mktemp("discos")
    exige(
        _no_puede_montar(carpeta),
        "guardar en un disco lleno y en uno de solo lectura",
        "probar como root, o permitir los espacios de nombres de usuario (unshare -rm)",
    )
    with cuadrilla(carpeta, ["unshare", "-rm"]) as encarga:
        yield encarga


def _no_puede_montar(carpeta):
    if not shutil.which("unshare"):
        return "no está unshare"
    orden = ["unshare", "-rm", "mount", "-t", "tmpfs", "tmpfs", str(carpeta)]
    return subprocess.run(orden, capture_output=True, encoding="utf-8").stderr.strip()


def _se_niega(intentos, sale, frase):
    """Con todos los métodos sale ese error, con esa causa y un remedio, y no cambió ni un byte."""
    for metodo, intento in intentos.items():
        assert (intento["sale"], intento["propio"]) == (sale, True), (metodo, intento)
        assert frase in intento["texto"], (metodo, intento)
        assert "\nPrueba " in intento["texto"], (metodo, intento)
        assert intento["intacto"], (metodo, intento)


def _guarda_el_2(intentos):
    for metodo, intento in intentos.items():
        hecho = intento["sale"], intento.get("se carga"), intento.get("sobran")
        assert hecho == (GUARDADO, 2, []), (metodo, intento)


def _un_modelo(ruta):
    ruta.write_bytes(b"otro modelo, que nadie debe tocar")


@pytest.mark.parametrize(
    ("salto", "frase"),
    [
        ("disco lleno", "el disco está lleno"),
        ("sin permiso", "falta permiso"),
        ("fallo del disco", "Input/output error"),
        ("sin memoria", "No hay memoria"),
        ("fallo del modelo", "no se deja guardar"),
    ],
)
def test_un_fallo_a_mitad_del_archivo(encarga, salto, frase):
    intentos = encarga("fallos.salta_la_trampa", salto=salto)
    _se_niega(intentos, "NoSePudoGuardar", frase)
    assert all("sigue intacto" in intento["texto"] for intento in intentos.values())
    assert {intento["se carga"] for intento in intentos.values()} == {0}


@pytest.mark.parametrize(
    ("salto", "sale"), [("Ctrl-C", "KeyboardInterrupt"), ("salida", "SystemExit")]
)
def test_una_interrupcion_a_mitad_del_archivo_no_se_disfraza(encarga, salto, sale):
    for intento in encarga("fallos.salta_la_trampa", salto=salto).values():
        assert (intento["sale"], intento["intacto"], intento["se carga"]) == (sale, True, 0)


@pytest.mark.parametrize("partida", PARTIDAS)
def test_un_fallo_en_cada_paso(encarga, anota, partida):
    todos = encarga("fallos.falla_en_los_pasos", salto="disco lleno", partida=partida)
    intentos = [intento for lista in todos.values() for intento in lista]
    anota(f"un fallo en cada paso, {partida}", len(intentos), Counter(i["sale"] for i in intentos))
    assert min(map(len, todos.values())) > 20
    for intento in intentos:
        quedan = {"NoSePudoGuardar": PARTIDAS[partida], GUARDADO: 2}
        assert intento["queda"] == quedan[intento["sale"]], intento
        assert intento["sigue"], intento
        if intento["sale"] == "NoSePudoGuardar":
            assert "el disco está lleno. Lo que hubiera antes" in intento["texto"], intento
        _nada_sobra(intento, partida)


@pytest.mark.parametrize("partida", PARTIDAS)
def test_ctrl_c_en_cada_paso(encarga, anota, partida):
    todos = encarga("fallos.falla_en_los_pasos", salto="Ctrl-C", partida=partida)
    intentos = [intento for lista in todos.values() for intento in lista]
    quedan = Counter("el nuevo" if i["queda"] == 2 else "lo que había" for i in intentos)
    anota(f"Ctrl-C en cada paso, {partida}", len(intentos), quedan)
    assert min(map(len, todos.values())) > 20
    for intento in intentos:
        assert intento["sale"] == "KeyboardInterrupt", intento
        assert intento["queda"] in (PARTIDAS[partida], 2), intento
        assert intento["sigue"], intento
        _nada_sobra(intento, partida)
    # Hasta que el nuevo y su ficha ocupan su sitio, Ctrl-C lo deshace todo.
    assert quedan["lo que había"] > 2 * quedan["el nuevo"] > 0


def _nada_sobra(intento, partida):
    if partida == "tras otro corte":  # lo que dejó aquel lo recoge quien consiga guardar
        return
    if intento["paso"] == ["antes de unlink"] and intento["sale"] == GUARDADO:
        return  # si el sistema no deja borrar, tampoco se puede hacer otra cosa
    assert intento["sobran"] == [], intento
    assert intento["intacto"] or intento["queda"] == 2, intento


def test_ctrl_c_al_azar(encarga, veces, anota):
    resultados = encarga("fallos.interrumpe_al_azar", cuantas=CTRL_C * veces)
    anota("Ctrl-C al azar", 4 * CTRL_C * veces, {"con su ficha y sin sobras": 4 * CTRL_C * veces})
    assert set(map(tuple, resultados.values())) == {()}


def test_ctrl_c_no_se_disfraza_aunque_la_libreria_lo_tape():
    """Lo que hace un zip que skops no ha terminado de escribir: al cerrarse lanza otro error."""
    with pytest.raises(KeyboardInterrupt), al_guardar("un modelo", "modelo.skops"):
        try:
            raise KeyboardInterrupt
        finally:
            raise ValueError("Can't close the ZIP file while there is an open writing handle")


def test_ctrl_c_no_se_disfraza_aunque_lo_tapen_dos_errores():
    """Lo que hace Python si llega mientras joblib crea un objeto."""
    with pytest.raises(KeyboardInterrupt), al_guardar("un modelo", Path("modelo.joblib")):
        try:
            try:
                raise KeyboardInterrupt
            finally:
                raise SystemError("returned a result with an exception set")
        finally:
            raise SystemError("returned a result with an exception set")


def test_un_fallo_mientras_se_atiende_otro_ctrl_c_se_explica():
    try:
        raise KeyboardInterrupt
    except KeyboardInterrupt:
        with pytest.raises(NoSePudoGuardar), al_guardar("un modelo", Path("modelo.joblib")):
            len(5)


def test_si_otro_no_suelta_el_turno(encarga):
    intentos = encarga("fallos.con_el_turno_ocupado")
    esperan = {metodo: intento["sin turno"] for metodo, intento in intentos.items()}
    _se_niega(esperan, "NoSePudoGuardar", "Otro proceso lleva 0.1 segundos guardando")
    for intento in intentos.values():
        assert intento["interrumpido"]["sale"] == "KeyboardInterrupt"
        assert intento["interrumpido"]["intacto"]
        assert intento["libre"]["sale"] == GUARDADO


def test_un_disco_lleno_de_verdad(encarga_con_discos, anota):
    todos = encarga_con_discos("sistema.en_un_disco_lleno")
    for metodo, intentos in todos.items():
        *no_caben, cabe = intentos
        _se_niega(dict(enumerate(no_caben)), "NoSePudoGuardar", "el disco está lleno")
        assert {intento["se carga"] for intento in no_caben} == {0}
        assert (cabe["sale"], cabe["se carga"]) == (GUARDADO, 2)
        # Con sitio para el modelo y ni un byte más, lo que no cabe es la ficha.
        assert cabe["libres"] == cabe["modelo"] + 1
        anota(f"disco lleno con {metodo}", len(intentos), Counter(i["sale"] for i in intentos))


def test_un_disco_de_solo_lectura(encarga_con_discos):
    intentos = encarga_con_discos("sistema.en_un_disco_de_solo_lectura")
    _se_niega(intentos, "NoSePudoGuardar", "la carpeta es de solo lectura")
    assert {intento["se carga"] for intento in intentos.values()} == {0}


def test_un_archivo_mayor_de_lo_permitido(encarga):
    for intentos in encarga("sistema.con_archivos_pequenos").values():
        _se_niega(dict(enumerate(intentos["intentos"])), "NoSePudoGuardar", "demasiado grande")
        assert intentos["se carga"] == 0


@pytest.mark.parametrize("permisos", [0o555, 0o000], ids=["de solo lectura", "cerrada"])
def test_una_carpeta_sin_permiso(encarga, permisos):
    intentos = encarga("sistema.sin_permiso", permisos=permisos)
    _se_niega(intentos, "NoSePudoGuardar", "falta permiso en esa carpeta")
    assert {intento["se carga"] for intento in intentos.values()} == {0}


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0,
    reason="solo root puede dejar ahí la ficha de otro; test_un_fallo_en_cada_paso lo imita",
)
def test_una_ficha_que_no_se_puede_sustituir(encarga):
    intentos = encarga("sistema.con_la_ficha_de_otro")
    _se_niega(intentos, "NoSePudoGuardar", "falta permiso en esa carpeta")
    assert {intento["se carga"] for intento in intentos.values()} == {0}


def test_una_carpeta_en_el_sitio_del_modelo(encarga):
    intentos = encarga("sistema.guarda_en", antes=lambda ruta: ruta.mkdir(), nombre="modelo")
    _se_niega(intentos, "NoEsUnArchivo", "es una carpeta")


def test_una_carpeta_en_el_sitio_de_la_ficha(encarga):
    def prepara(ruta):
        _un_modelo(ruta)
        sitios(ruta).ficha.mkdir()

    intentos = encarga("sistema.guarda_en", antes=prepara, nombre="modelo")
    _se_niega(intentos, "NoEsUnArchivo", ".json» existe y no es un archivo corriente")


@pytest.mark.parametrize("trabajo", ["guarda_en", "carga_de"])
@pytest.mark.parametrize("que", ["modelo", "ficha", "enlace"])
def test_una_tuberia_no_se_abre_ni_se_pierde(encarga, trabajo, que):
    def prepara(ruta):
        if que == "ficha":
            _un_modelo(ruta)
            os.mkfifo(sitios(ruta).ficha)
        elif que == "enlace":
            os.mkfifo(ruta.with_name("aparte"))
            ruta.symlink_to("aparte")
        else:
            os.mkfifo(ruta)

    intentos = encarga(f"sistema.{trabajo}", antes=prepara, nombre="modelo")
    _se_niega(intentos, "NoEsUnArchivo", "no es un archivo corriente")


@pytest.mark.parametrize("dentro_de", ["ocupado", "ocupado/otra"])
def test_un_archivo_en_el_sitio_de_una_carpeta(encarga, dentro_de):
    intentos = encarga(
        "sistema.guarda_en",
        antes=lambda ruta: _un_modelo(ruta.with_name("ocupado")),
        nombre="modelo",
        dentro_de=dentro_de,
    )
    _se_niega(intentos, "NoSePudoGuardar", "una parte de la ruta es un archivo")


def test_nombres_cada_vez_mas_largos(encarga):
    for intentos in encarga("sistema.nombres_largos").values():
        caben = [intento for intento in intentos if intento["sale"] == GUARDADO]
        no_caben = [intento for intento in intentos if intento["sale"] != GUARDADO]
        assert caben + no_caben == intentos
        _guarda_el_2(dict(enumerate(caben)))
        _se_niega(dict(enumerate(no_caben)), "NoSePudoGuardar", "el nombre es demasiado largo")
        assert caben[-1]["letras"] >= 240


@pytest.mark.parametrize(
    ("nombre", "dentro_de"),
    [
        ("modelo", "no/existe/todavía"),
        ("modelo de José Ñuñoa", "mi curso  con espacios"),
        ("\N{SNAKE}\N{SPARKLES}", "\N{CRAB}"),
        ("e\N{COMBINING ACUTE ACCENT}", "ü 'comillas' \"dobles\" & % $HOME"),
        ("línea\nnueva", "-rf"),
    ],
)
def test_nombres_poco_corrientes(encarga, nombre, dentro_de):
    _guarda_el_2(encarga("sistema.guarda_en", nombre=nombre, dentro_de=dentro_de))
