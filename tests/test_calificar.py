"""`python -m helpers calificar`: una clase inventada, con entregas buenas, a medias y hostiles."""

import csv
import io
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from arbol import RAIZ
from entregas import cuaderno, en_bytes, zip_de_moodle
from entregas import perfecta as entrega_perfecta
from entregas_malas import MALAS, PIDE_RED, SIESTA, TODO, con

from helpers.docencia import aislar
from helpers.docencia.clase import califica_clase, reune_indicios
from helpers.docencia.devolver import escribe_paginas
from helpers.docencia.limites import MB, Limites
from helpers.docencia.notas import FORMATOS, escribe_notas, por_que
from helpers.docencia.sesion import Muerta, Sesion
from helpers.ordenes import _entregas, calificar

LINUX = sys.platform == "linux"
# Los de verdad son más amplios; con estos la clase hostil no tarda.
LIMITES = Limites(celda=8, pregunta=4, gracia=1.5, total=90, memoria=512 * MB, disco=32 * MB,
                  procesos=40, respuesta=MB, archivo=MB)  # fmt: skip
BUENAS = {
    "perfecta": (entrega_perfecta(), 7),
    "a medias": (cuaderno(r1="def repara(texto, leido_como):\n    return texto.encode("
                             "leido_como, errors='ignore').decode('utf-8', 'ignore')"), 1),
    "en blanco": (cuaderno(), 0),
}  # fmt: skip


@pytest.fixture(scope="module")
def aislado(exige):
    """El modo más seguro; sin él, lo que promete no se puede probar."""
    modo = aislar.elige_modo()
    falta = "" if modo == aislar.BUBBLEWRAP else f"aquí solo se puede aislar con {modo}"
    exige(falta, "calificar entregas hostiles", "apt-get install bubblewrap")
    return modo


@pytest.fixture(scope="module")
def escucha():
    """Un servidor de este equipo que anota quién se conecta."""
    with socket.create_server(("127.0.0.1", 0)) as servidor:
        servidor.settimeout(0.1)
        yield servidor


@pytest.fixture(scope="module")
def clase(aislado, escucha, tmp_path_factory):
    """La clase entera, calificada una vez: por nombre, su calificación y su «por qué»."""
    sitio = tmp_path_factory.mktemp("clase")
    red = PIDE_RED.replace("PUERTO", str(escucha.getsockname()[1]))
    malas = (*MALAS, con("pide red", "`sobrevive` no tiene", "t1.3", r3=red))
    entregas = {mala.nombre: mala.archivos for mala in malas}
    entregas |= {n: {"t1.ipynb": en_bytes(nb)} for n, (nb, _) in BUENAS.items()}
    origen = zip_de_moodle(sitio / "entregas.zip", entregas)
    tarea, calificadas, _ = califica_clase(origen, sitio / "hecho", aislado, LIMITES)
    quedan = [p for p in procesos() if SIESTA in p]
    return sitio, tarea, {una.nombre: una for una in calificadas}, quedan


def procesos(que="cmdline"):
    """De cada proceso de este equipo, la orden con que arrancó o lo que tiene montado."""
    for ruta in Path("/proc").glob(f"[0-9]*/{que}"):
        try:
            yield ruta.read_bytes().replace(b"\0", b" ").decode("utf-8", "replace")
        except OSError:
            continue


def salas():
    """Los procesos que tienen montada la carpeta temporal de esta prueba, y no la de otra."""
    propia = Path(tempfile.gettempdir()).name
    return [montado for montado in procesos("mountinfo") if propia in montado]


@pytest.mark.parametrize("mala", MALAS, ids=lambda mala: mala.nombre)
def test_cada_una_recibe_lo_que_merece_y_se_dice_por_que(clase, mala):
    _, tarea, calificadas, _ = clase
    una = calificadas[mala.nombre]
    puntos = {codigo: una.calificacion.puntos[codigo] for codigo in TODO}
    porque = por_que(tarea, una, {})
    assert puntos == mala.puntos, porque
    assert mala.fragmento in porque
    assert not una.calificacion.fallo


@pytest.mark.parametrize("nombre", BUENAS)
def test_las_demas_no_lo_notan(clase, nombre):
    _, tarea, calificadas, _ = clase
    una = calificadas[nombre]
    assert sum(una.calificacion.puntos.values()) == BUENAS[nombre][1], por_que(tarea, una, {})


def test_ninguna_llega_a_la_red(clase, escucha):
    assert clase[2]["pide red"].calificacion.puntos["t1.3"] == 0
    with pytest.raises(TimeoutError):
        escucha.accept()


def test_al_terminar_no_queda_ningun_proceso(clase):
    assert clase[3] == []
    assert salas() == []


def test_la_segunda_vez_no_se_repite_y_da_lo_mismo(clase, aislado, monkeypatch):
    sitio, tarea, antes, _ = clase
    monkeypatch.setattr("helpers.docencia.clase.puntua", None)  # llamarla sería un error
    _, despues, _ = califica_clase(sitio / "entregas.zip", sitio / "hecho", aislado, LIMITES)
    assert despues == list(antes.values())
    tablas = []
    for vez, calificadas in enumerate((antes.values(), despues)):
        ruta = sitio / f"{vez}.csv"
        escribe_notas(ruta, tarea, calificadas, {}, FORMATOS["es"], 10)
        tablas.append(ruta.read_bytes())
    assert tablas[0] == tablas[1]


def test_las_paginas_no_ensenan_las_pruebas_ni_ejecutan_nada(clase):
    sitio, tarea, calificadas, _ = clase
    carpeta = escribe_paginas(sitio / "paginas", tarea, calificadas.values(), {})
    paginas = {ruta.stem: ruta.read_text(encoding="utf-8") for ruta in carpeta.glob("*.html")}
    assert len(paginas) == len(calificadas)
    for texto in paginas.values():
        assert '<html lang="es">' in texto
        assert "<script" not in texto and "<img" not in texto
        for oculto in (" el hielo en oto", "東京", "-11.75", "INICIO PRUEBAS"):
            assert oculto not in texto
    perfecta = next(t for n, t in paginas.items() if n.startswith("perfecta"))
    assert "7 de 10 puntos" in perfecta and "</h2>" in perfecta, "los enunciados se ven como tales"
    assert "&lt;script&gt;alert" in next(t for n, t in paginas.items() if n.startswith("guion"))


NO_LEE = """
import json, os, time
def trampa(linea, lee=json.loads):
    respuesta = {"texto": "", "error": "", "clase": "", "vuelta": lee(linea)["vuelta"]}
    for numero in range(3, 20):
        try:
            os.write(numero, json.dumps(respuesta).encode() + b"\\n")
        except OSError:
            pass
    while True:
        try:
            time.sleep(0.1)
        except BaseException:
            pass
json.loads = trampa
"""


def test_quien_contesta_por_la_celda_y_deja_de_leer_no_para_a_nadie(aislado):
    """Contesta bien una vez, con el sello que acaba de recibir, y no vuelve a leer."""
    limites = replace(LIMITES, gracia=0.5)
    with Sesion(aislado, None, limites) as sesion:
        for codigo in (NO_LEE, "1 + 1"):
            assert sesion.pide("celda", 5, codigo=codigo, impreso=0)["error"] == ""
        inicio = time.monotonic()
        with pytest.raises(Muerta, match="no se dejó interrumpir"):
            sesion.pide("celda", 0.5, codigo="#" * 500_000, impreso=0)
        assert time.monotonic() - inicio < 10


def test_una_respuesta_larga_no_llena_la_memoria_del_calificador(aislado, monkeypatch):
    """Un mega de listas vacías son cientos al entenderlas: ni se intenta."""
    entendidas = []

    def entiende(linea):
        entendidas.append(len(linea))
        return json.loads(linea)

    json_vigilado = SimpleNamespace(loads=entiende, dumps=json.dumps)
    monkeypatch.setattr("helpers.docencia.sesion.json", json_vigilado)
    with Sesion(aislado, None, LIMITES) as sesion:
        miente = "import json; json.dumps = lambda *_, **__: '[' + '[],' * 500_000 + '[]]'"
        with pytest.raises(Muerta, match="no se entiende"):
            sesion.pide("celda", 5, codigo=miente, impreso=0)
    assert len(entendidas) == 1 and max(entendidas) < 1000, "solo el saludo"


def test_una_sala_que_no_se_abre_no_es_un_cero(tmp_path, monkeypatch):
    """Si falla lo nuestro, la entrega queda sin nota y se repite la próxima vez."""
    monkeypatch.setattr(aislar, "ARRANCA", "import sys; sys.exit(1)")
    origen = zip_de_moodle(tmp_path / "z.zip", {"a": {"t1.ipynb": en_bytes(cuaderno())}})
    modo = aislar.LIMITES if hasattr(os, "getuid") else aislar.TIEMPO
    _, (una,), _ = califica_clase(origen, tmp_path / "hecho", modo, LIMITES)
    assert "la sala no se abrió" in una.calificacion.fallo
    assert not list((tmp_path / "hecho").iterdir())


@pytest.mark.skipif(not hasattr(os, "getuid"), reason="Windows no tiene estos límites")
def test_sin_bubblewrap_tambien_se_califica(tmp_path):
    # En Linux solo contesta bien si `sudo` ya no puede darle permisos.
    estado = "'NoNewPrivs:\\t1' in open('/proc/self/status').read()" if LINUX else "True"
    bucle = cuaderno(r1="while True: pass", r3=f"sobrevive = 'be' if {estado} else ''", r4="")
    origen = zip_de_moodle(tmp_path / "z.zip", {"a": {"t1.ipynb": en_bytes(bucle)}})
    limites = replace(LIMITES, celda=4)
    _, (una,), _ = califica_clase(origen, tmp_path / "hecho", aislar.LIMITES, limites)
    assert una.calificacion.puntos["t1.3"] == 1, una.calificacion
    assert una.calificacion.puntos["t1.1"] == 0


@pytest.mark.parametrize("califica", [True, False], ids=["calificar", "parecidos"])
def test_con_ctrl_c_no_se_espera_a_las_lentas(aislado, tmp_path, califica):
    lenta = cuaderno(r1="import time; time.sleep(60)")
    origen = zip_de_moodle(
        tmp_path / "z.zip",
        {n: {"t1.ipynb": en_bytes(cuaderno() if n == "a" else lenta)} for n in "ab"},
    )

    def interrumpe(*_):
        raise KeyboardInterrupt

    inicio, limites = time.monotonic(), replace(LIMITES, celda=60)
    with pytest.raises(KeyboardInterrupt):
        if califica:
            califica_clase(origen, tmp_path / "hecho", aislado, limites, al_terminar=interrumpe)
        else:
            reune_indicios(origen, aislado, limites, al_terminar=interrumpe)
    assert time.monotonic() - inicio < 40
    assert salas() == []
    if califica:
        assert [ruta.stem for ruta in (tmp_path / "hecho").iterdir()] == ["a_100"]


def test_con_otro_python_la_orden_pasa_al_de_venv_sin_perder_nada(tmp_path, monkeypatch):
    repetidas = []
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(_entregas, "en_el_entorno", lambda: False)
    monkeypatch.setattr(_entregas, "prepara", lambda *_: None)
    monkeypatch.setattr(_entregas, "corre", lambda *orden: repetidas.append(orden) or 0)
    pedido = [".", "--csv=n.csv", "--formato=mx", "--escala=5", "--tarea=t1_conceptos"]
    for argumentos in (pedido, pedido[:2]):
        assert calificar.ejecuta(argumentos) == 0
        python, helpers, orden, *otros = repetidas.pop()
        assert (python, helpers, orden) == ("-m", "helpers", "calificar")
        leidas = calificar._opciones(argumentos)
        monkeypatch.chdir(RAIZ)  # `corre` cambia de carpeta
        assert calificar._opciones(otros) == leidas
        monkeypatch.chdir(tmp_path)


def test_si_se_corta_no_se_pierde_nada(aislado, tmp_path):
    """Se mata al calificador con una entrega hecha y otra a medias; después se repite."""
    lenta = cuaderno(r1="import time; time.sleep(8)")
    origen = zip_de_moodle(
        tmp_path / "z.zip",
        {
            n: {"t1.ipynb": en_bytes(nb)}
            for n, nb in (("a", cuaderno()), ("b", lenta), ("c", lenta))
        },
    )
    orden = [sys.executable, "-m", "helpers", "calificar", str(origen)]
    orden += ["--csv", str(tmp_path / "notas.csv")]
    hecho = tmp_path / "notas_calificado"
    proceso = subprocess.Popen(orden, cwd=RAIZ, stdout=subprocess.DEVNULL)
    try:
        limite = time.monotonic() + 60
        while not (list(hecho.glob("a_*.json")) and salas()) and time.monotonic() < limite:
            time.sleep(0.05)
        assert salas(), "para ver si mueren, alguna tiene que estar viva"
    finally:
        proceso.send_signal(signal.SIGKILL)
        proceso.wait()
    assert [ruta.stem for ruta in hecho.glob("*.json")] == ["a_100"]
    assert not (tmp_path / "notas.csv").exists()
    limite = time.monotonic() + 2  # menos de lo que duerme la entrega
    while salas() and time.monotonic() < limite:
        time.sleep(0.05)
    assert salas() == [], "lo que se ejecutaba sobrevive a quien lo califica"
    salida = subprocess.run(
        orden, cwd=RAIZ, capture_output=True, encoding="utf-8", timeout=120, check=True
    ).stdout
    assert "a (ya estaba)" in salida
    assert salida.count("(ya estaba)") == 1
    tabla = (tmp_path / "notas.csv").read_text(encoding="utf-8-sig")
    filas = list(csv.DictReader(io.StringIO(tabla), delimiter=";"))
    assert [(fila["nombre"], fila["nota"]) for fila in filas] == [
        ("a", "0"),
        ("b", "0"),
        ("c", "0"),
    ]
