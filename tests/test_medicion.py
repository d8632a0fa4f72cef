"""`medicion`: dill en su proceso, archivos nuevos, rondas alternadas y cuentas correctas."""

import errno
import io
import json
import math
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
import types
from pathlib import Path

import pandas as pd
import pytest
from arbol import RAIZ, copia_helpers

from helpers._medicion import barra, cronometro, medidor, rondas
from helpers._medicion.traslado import CodigoDelCuaderno, desempaqueta, empaqueta
from helpers.errores import ErrorDelCurso
from helpers.medicion import (
    barrido,
    bosque_de,
    describe,
    dibuja_tiempos,
    mide_metodos,
    regresion_de,
    resume,
)
from helpers.metodos import METODOS


@pytest.fixture
def procesos(monkeypatch):
    """Los procesos que se abren durante la prueba, y las órdenes que reciben, en orden."""
    return _anota_procesos(monkeypatch)


def _anota_procesos(monkeypatch):
    abiertos = types.SimpleNamespace(de={}, ordenes=[])
    popen, dumps = subprocess.Popen, json.dumps

    def abre(orden, **opciones):
        metodos = tuple(orden[6:])
        abiertos.de[metodos] = popen(orden, **opciones)
        return abiertos.de[metodos]

    def escribe(orden):
        abiertos.ordenes.append(orden)
        return dumps(orden)

    monkeypatch.setattr(medidor.subprocess, "Popen", abre)
    monkeypatch.setattr(medidor.json, "dumps", escribe)
    return abiertos


@pytest.fixture(scope="module")
def medido():
    """Cuatro modelos con los cinco métodos, tres rondas: la tabla y los procesos que hubo."""
    con_modulo = regresion_de(1)
    con_modulo.modulo = math
    modelos = {
        "pequeño": regresion_de(3),
        "de 8 MB": regresion_de(1_000_000),
        "bosque": bosque_de(2),  # skops pide que se aprueben sus árboles
        "con módulo": con_modulo,
    }
    with pytest.MonkeyPatch.context() as parche:
        procesos = _anota_procesos(parche)
        yield mide_metodos(modelos, rondas=3), procesos


@pytest.fixture
def medidas(medido):
    """La tabla, sin el modelo que solo dill puede guardar."""
    tabla, _ = medido
    return tabla[tabla.modelo != "con módulo"]


def test_hay_una_fila_por_modelo_metodo_operacion_y_ronda(medidas):
    claves = ["modelo", "metodo", "operacion", "ronda"]
    assert len(medidas) == 3 * len(METODOS) * 2 * 3
    assert not medidas.duplicated(claves).any()
    assert set(medidas.ronda) == {1, 2, 3}
    assert list(medidas.metodo.unique()) == list(METODOS)
    assert (medidas[["segundos", "limite_s", "archivo_bytes"]] > 0).all(axis=None)


def test_dill_trabaja_en_su_proceso_los_demas_en_otro_y_ninguno_queda(medido):
    _, procesos = medido
    assert set(procesos.de) == {("pickle", "joblib", "joblib comprimido", "skops"), ("dill",)}
    assert len({os.getpid(), *(p.pid for p in procesos.de.values())}) == 3
    assert all(proceso.poll() is not None for proceso in procesos.de.values())


def test_medir_no_importa_dill_en_quien_lo_pide():
    codigo = (
        "import sys; from helpers.medicion import *\n"
        "m = mide_metodos({'m': regresion_de(1)}, 'dill', rondas=1)\n"
        "print(len(m), 'dill' in sys.modules)"
    )
    orden = [sys.executable, "-c", codigo]
    assert subprocess.run(orden, cwd=RAIZ, capture_output=True, text=True).stdout == "2 False\n"


def test_las_rondas_se_alternan_y_el_orden_cambia(medidas):
    de_uno = medidas[(medidas.modelo == "pequeño") & (medidas.operacion == "guardar")]
    por_turno = de_uno.sort_values("turno")
    assert list(por_turno.turno) == list(range(1, 16))
    assert list(por_turno.ronda) == sorted(por_turno.ronda)
    ordenes = {tuple(ronda.metodo) for _, ronda in por_turno.groupby("ronda")}
    assert len(ordenes) > 1
    assert all(set(orden) == set(METODOS) for orden in ordenes)


def test_la_primera_vuelta_de_cada_modelo_es_de_calentamiento(procesos):
    medidas = mide_metodos({"a": regresion_de(1), "b": regresion_de(2)}, "pickle", rondas=2)
    tipos = [next(iter(orden)) for orden in procesos.ordenes]
    assert tipos == ["toma", "metodo", "metodo", "suelta"] * 2
    assert len(medidas) == 2 * 2 * 2


def test_los_archivos_son_nuevos_y_desaparecen(tmp_path):
    """El método anota cada ruta y los archivos suyos que ya hay: ninguna se repite ni queda."""
    notas = tmp_path / "rutas.txt"
    curso = copia_helpers(tmp_path / "José Ñuñoa")
    with (curso / "helpers" / "metodos.py").open("a", encoding="utf-8", newline="\n") as archivo:
        archivo.write(
            "\n\ndef _guarda_y_anota(modelo, ruta):\n"
            "    habia = len(list(ruta.parent.glob('nuevo*')))\n"
            "    _guarda_pickle(modelo, ruta)\n"
            f"    with Path({str(notas)!r}).open('a', encoding='utf-8') as archivo:\n"
            "        archivo.write(f'{ruta}\\t{habia}\\n')\n\n\n"
            "METODOS['nuevo'] = Metodo(\n"
            "    'nuevo', 'pickle', ('.nuevo',), _guarda_y_anota, _carga_pickle, CREER_AL_AUTOR\n"
            ")\n"
        )
    codigo = (
        "from helpers.medicion import *\n"
        "m = mide_metodos({'m': regresion_de(1)}, ['pickle', 'nuevo'], rondas=3)\n"
        "print(m.metodo.value_counts()['nuevo'], m.attrs['fallos'])"
    )
    orden = [sys.executable, "-c", codigo]
    hecho = subprocess.run(orden, cwd=curso, capture_output=True, text=True, encoding="utf-8")
    assert (hecho.stdout, hecho.stderr) == ("6 []\n", "")
    lineas = notas.read_text(encoding="utf-8").splitlines()
    rutas, habia = zip(*(linea.split("\t") for linea in lineas), strict=True)
    assert len(set(rutas)) == len(rutas) == 1 + 1 + 3  # al arrancar, al calentar y las rondas
    assert set(habia) == {"0"}
    assert not any(Path(ruta).parent.exists() for ruta in rutas)


def test_el_archivo_mide_lo_mismo_que_guardado_aqui(medidas, tmp_path):
    """Viajar a otro proceso no debe cambiar lo que se escribe."""
    modelo = regresion_de(3)
    for nombre in ("pickle", "joblib", "joblib comprimido"):
        METODOS[nombre].guarda(modelo, tmp_path / "m")
        medido = medidas[(medidas.modelo == "pequeño") & (medidas.metodo == nombre)].archivo_bytes
        assert set(medido) == {(tmp_path / "m").stat().st_size}


def test_la_memoria_se_conoce_y_no_incluye_el_modelo(medidas):
    grande = medidas[medidas.modelo == "de 8 MB"].set_index(["metodo", "operacion"])
    memoria = grande.memoria_extra_bytes.groupby(level=[0, 1]).first()
    # Un archivo abierto reserva su búfer: 8 KiB y, desde Python 3.14, 128. Al cargar se usan tres.
    bufer = io.DEFAULT_BUFFER_SIZE - 8192
    assert memoria["pickle", "guardar"] < 100_000 + bufer  # el protocolo 5 no copia el array
    assert 8_000_000 <= memoria["dill", "guardar"] < 9_000_000  # el 4 lo copia una vez
    assert memoria["skops", "guardar"] > 15_000_000  # y skops, dos
    assert memoria["pickle", "cargar"] < 100_000 + 3 * bufer
    # Comprimir pide mucho al guardar y poco al cargar: el máximo de lo uno no pasa a lo otro.
    assert memoria["joblib comprimido", "cargar"] < 8_000_000
    assert memoria["joblib comprimido", "guardar"] > 16_000_000


@pytest.mark.parametrize(("vuelta", "rondas"), [(0.001, 15), (0.05, 7), (1, 3), (9, 1)])
def test_sin_pedir_rondas_caben_las_que_permite_el_tiempo(vuelta, rondas, tmp_path):
    filas, fallos = _mide_con({"joblib": _contesta(vuelta)}, tmp_path)
    assert (max(fila["ronda"] for fila in filas), fallos) == (rondas, {})


def _contesta(vuelta):
    """Un proceso de mentira: su calentamiento es muy lento y una ronda dura lo que se diga."""
    memoria = {"guardar": 0, "cargar": 0, "duracion": 100}
    ronda = {"guardar": [1, 1], "cargar": [1, 1], "bytes": 1, "duracion": vuelta}
    return lambda **orden: memoria if orden else ronda


def _mide_con(procesos, carpeta, azar=None):
    progreso = types.SimpleNamespace(update=lambda: None, total=0)
    return rondas.mide_un_modelo(
        regresion_de(1), carpeta / "m", procesos, rondas.RAPIDO, azar or random.Random(0), progreso
    )


@pytest.mark.parametrize(
    ("pickle", "otro", "parejas"),
    [(0.05, 0.01, 15), (0.2, 0.01, 5), (9, 0.01, 3), (9, 9, 1), (0.01, 0.05, 15)],
)
def test_pickle_hace_las_rondas_que_piden_las_razones(pickle, otro, parejas):
    turnos = rondas.reparte_rondas({"pickle": pickle, "joblib": otro}, rondas.RAPIDO)
    assert turnos["pickle"] == parejas


def test_el_metodo_que_falla_no_sigue_y_los_demas_si(tmp_path):
    preguntas = []

    def falla(**orden):
        preguntas.append(orden)
        return {"guardar": 0, "cargar": 0} if orden else {"motivo": "no quiso"}

    filas, fallos = _mide_con({"dill": falla, "joblib": _contesta(1)}, tmp_path)
    assert fallos == {"dill": "no quiso"}
    assert {(fila["metodo"], fila["ronda"]) for fila in filas} == {("joblib", n) for n in (1, 2, 3)}
    assert len(preguntas) == 3  # toma, una ronda y suelta


def test_cada_modelo_tiene_su_orden(tmp_path):
    azar = random.Random(0)
    procesos = {metodo: _contesta(1) for metodo in METODOS}
    ordenes = set()
    for _ in range(4):
        filas, _ = _mide_con(procesos, tmp_path, azar)
        ordenes.add(tuple(f["metodo"] for f in sorted(filas, key=lambda f: f["turno"])))
    assert len(ordenes) == 4


def test_quien_mide_reparte_un_solo_azar(monkeypatch):
    recibidos = []
    monkeypatch.setattr(
        "helpers.medicion.mide_un_modelo", lambda *cosas: recibidos.append(cosas[4]) or ([], {})
    )
    mide_metodos({"a": regresion_de(1), "b": regresion_de(1)}, "pickle")
    assert recibidos[0] is recibidos[1]


def test_el_limite_escribe_y_lee_los_mismos_bytes_en_un_archivo_sin_estrenar(monkeypatch, tmp_path):
    escritos, leidos, relojes = [], [], iter((1, 2, 3, 4))
    escribe, lee = cronometro.escribe, cronometro.lee

    def cronometra(accion):
        accion()
        return next(relojes)

    def escribe_y_anota(ruta, contenido):
        antes = list(tmp_path.iterdir())
        escribe(ruta, contenido)
        escritos.append((antes, bytes(contenido) == bueno, ruta.read_bytes() == bueno))

    def lee_y_anota(ruta, memoria):
        memoria[:] = bytes(len(memoria))
        lee(ruta, memoria)
        leidos.append(bytes(memoria) == bueno)

    monkeypatch.setattr(cronometro, "cronometra", cronometra)
    monkeypatch.setattr(cronometro, "escribe", escribe_y_anota)
    monkeypatch.setattr(cronometro, "lee", lee_y_anota)
    METODOS["pickle"].guarda(regresion_de(100), tmp_path / "m.pkl")
    bueno = (tmp_path / "m.pkl").read_bytes()
    (tmp_path / "m.pkl").unlink()
    medido = cronometro.tiempos(METODOS["pickle"], regresion_de(100), tmp_path / "m.pkl", ())
    assert escritos == [([], True, True)]
    assert leidos == [True, True]
    assert (medido["guardar"], medido["cargar"]) == ([1, 3], [2, 4])
    assert medido["bytes"] == len(bueno)
    assert list(tmp_path.iterdir()) == []


class _ATrozos(io.BytesIO):
    """Como un archivo de más de 2 GB: cada llamada escribe o lee solo una parte."""

    def open(self, *_, **__):
        self.seek(0)
        return self

    def write(self, contenido):
        return super().write(bytes(contenido)[:3])

    def readinto(self, memoria):
        return super().readinto(memoryview(memoria)[:3])

    def __exit__(self, *_):
        """No se cierra: la prueba mira después lo escrito."""


def test_el_limite_llega_hasta_el_final_aunque_sea_a_trozos():
    archivo, leido = _ATrozos(), bytearray(10)
    cronometro.escribe(archivo, b"0123456789")
    assert archivo.getvalue() == b"0123456789"
    cronometro.lee(archivo, leido)
    assert leido == b"0123456789"


def test_un_modelo_va_y_vuelve_en_otro_proceso(tmp_path):
    """Incluye lo que pickle no sabe llevar: un módulo."""
    for modelo in (math, regresion_de(100_000)):
        bytes_del_modelo = empaqueta(modelo, tmp_path / "m")
        vuelto = desempaqueta(tmp_path / "m")
    assert 800_000 < bytes_del_modelo < 801_000
    assert (vuelto.coef_ == modelo.coef_).all()
    vuelto.coef_[0] = 1  # se deja modificar, como el original


def test_lo_que_un_metodo_no_puede_se_cuenta_y_lo_demas_se_mide(medido):
    tabla, _ = medido
    assert set(tabla[tabla.modelo == "con módulo"].metodo) == {"dill"}
    motivos = {fallo["metodo"]: fallo["motivo"] for fallo in tabla.attrs["fallos"]}
    assert set(motivos) == set(METODOS) - {"dill"}
    assert motivos["pickle"] == "TypeError: cannot pickle 'module' object"
    assert {fallo["modelo"] for fallo in tabla.attrs["fallos"]} == {"con módulo"}


def test_un_modelo_que_no_viaja_se_cuenta(capsys):
    import threading

    modelo = regresion_de(1)
    modelo.cerrojo = threading.Lock()
    medidas = mide_metodos({"con cerrojo": modelo, "lineal": regresion_de(1)}, "pickle", rondas=1)
    assert set(medidas.modelo) == {"lineal"}
    describe(resume(medidas))
    assert "«con cerrojo» no se pudo medir con pickle: no se deja llevar" in capsys.readouterr().out


class _DelCuaderno(type(regresion_de(1))):
    """Como una clase del cuaderno: la prueba la hace pasar por ello."""


def test_lo_escrito_en_el_cuaderno_no_se_mide(monkeypatch, procesos, tmp_path):
    from sklearn.preprocessing import FunctionTransformer

    monkeypatch.setattr(_DelCuaderno, "__module__", "__main__")
    de_clase = _DelCuaderno()
    vars(de_clase).update(vars(regresion_de(1)))
    modelos = {"función": FunctionTransformer(lambda x: x), "clase": de_clase}
    for modelo in modelos.values():
        with pytest.raises(CodigoDelCuaderno):
            empaqueta(modelo, tmp_path / "m")
    medidas = mide_metodos(modelos, ["pickle", "dill"], rondas=1)
    assert medidas.empty
    assert len(medidas.attrs["fallos"]) == 4
    for fallo in medidas.attrs["fallos"]:
        assert fallo["motivo"].startswith("usa una función o una clase escrita en el cuaderno")
        assert "`prueba_de_persistencia` dice con qué métodos vuelve" in fallo["motivo"]
    assert procesos.ordenes == []


def test_un_modelo_con_una_funcion_de_un_modulo_se_mide():
    from sklearn.preprocessing import FunctionTransformer

    medidas = mide_metodos({"raíz": FunctionTransformer(math.sqrt)}, "pickle", rondas=1)
    assert medidas.attrs["fallos"] == []


@pytest.mark.parametrize("numero", [errno.ENOENT, errno.ENOSPC])
def test_solo_el_disco_lleno_es_el_disco_lleno(numero, monkeypatch):
    """Un modelo puede lanzar un error de archivos suyo al empaquetarlo."""

    def falla(*_):
        raise OSError(numero, "no")

    monkeypatch.setattr(rondas, "empaqueta", falla)
    if numero == errno.ENOSPC:
        with pytest.raises(ErrorDelCurso, match="el disco está lleno"):
            mide_metodos({"m": regresion_de(1)}, "pickle", rondas=1)
    else:
        medidas = mide_metodos({"m": regresion_de(1)}, "pickle", rondas=1)
        assert "FileNotFoundError" in medidas.attrs["fallos"][0]["motivo"]


def test_lo_de_un_modelo_se_borra_antes_del_siguiente(monkeypatch):
    """Así hace falta sitio para un modelo, no para la suma de todos."""
    habia = []

    def empaqueta_y_anota(modelo, ruta):
        habia.append([otra.name for otra in ruta.parent.rglob("*") if otra.is_file()])
        return empaqueta(modelo, ruta)

    monkeypatch.setattr(rondas, "empaqueta", empaqueta_y_anota)
    mide_metodos({"a": regresion_de(1), "b": regresion_de(2)}, ["pickle", "dill"], rondas=1)
    assert [nombre for nombre in habia[1] if "modelo" in nombre] == []


def _orden(metodo, **orden):
    return json.dumps({"metodo": metodo, "modelo": "m"} | orden)


def test_al_soltar_un_modelo_su_memoria_vuelve(monkeypatch, tmp_path):
    """Con ciclos, solo la recolección de basura lo libera, y no mira lo que está congelado."""
    import gc
    import weakref

    modelo = regresion_de(1)
    modelo.el_mismo = modelo
    vive = weakref.ref(modelo)
    tomados = [modelo]
    del modelo
    monkeypatch.setattr(medidor, "desempaqueta", lambda _: tomados.pop())
    monkeypatch.setattr(sys, "stdin", [_orden("pickle", toma="m"), _orden("pickle", suelta=True)])
    respuestas = medidor._respuestas(["pickle"], tmp_path)
    assert "motivo" not in next(respuestas)
    assert vive() is not None
    assert gc.get_freeze_count() > 0
    assert next(respuestas) == {}
    assert vive() is None
    assert gc.get_freeze_count() == 0


MODULO_QUE_MATA = """
import os

class Muere:
    def __setstate__(self, estado):
        os._exit(3)
    def __getstate__(self):
        return {"a": 1}
"""


def test_un_proceso_que_muere_no_estropea_el_modelo_siguiente(monkeypatch, tmp_path):
    (tmp_path / "mata_procesos.py").write_text(MODULO_QUE_MATA, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(tmp_path)
    from mata_procesos import Muere

    letal = regresion_de(1)
    letal.muere = Muere()
    medidas = mide_metodos({"letal": letal, "bueno": regresion_de(1)}, "pickle", rondas=1)
    assert set(medidas.modelo) == {"bueno"}
    assert [fallo["motivo"] for fallo in medidas.attrs["fallos"]] == [
        "su proceso se cerró de golpe"
    ]


MODULO_QUE_MATA_UNA_VEZ = """
import os
from pathlib import Path

class MuereUnaVez:
    def __getstate__(self):
        if str(Path("skops", "io")) in _quien_guarda() and not Path(AVISO).exists():
            Path(AVISO).touch()
            os._exit(3)
        return {"a": 1}

def _quien_guarda():
    import traceback
    return "".join(traceback.format_stack())
"""


def test_si_un_metodo_mata_el_proceso_los_que_lo_comparten_se_miden(monkeypatch, tmp_path):
    """El proceso que lo sustituye toma el modelo y se calienta antes de cronometrar."""
    codigo = f"AVISO = {str(tmp_path / 'aviso')!r}\n{MODULO_QUE_MATA_UNA_VEZ}"
    (tmp_path / "mata_una_vez.py").write_text(codigo, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(tmp_path)
    from mata_una_vez import MuereUnaVez

    modelo = regresion_de(1)
    modelo.muere = MuereUnaVez()
    medidas = mide_metodos({"m": modelo}, ["pickle", "joblib", "skops"], rondas=2)
    assert (tmp_path / "aviso").exists()
    assert [fallo["metodo"] for fallo in medidas.attrs["fallos"]] == ["skops"]
    assert medidas.attrs["fallos"][0]["motivo"] == "su proceso se cerró de golpe"
    assert set(medidas.metodo.value_counts().items()) == {("pickle", 4), ("joblib", 4)}


def test_los_archivos_de_quien_mide_no_tapan_los_de_python(monkeypatch, tmp_path):
    """Y un módulo escrito en su carpeta se encuentra."""
    (tmp_path / "json.py").write_text("raise RuntimeError", encoding="utf-8")
    (tmp_path / "medio.py").write_text("class Medio: pass", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(tmp_path)
    from medio import Medio

    modelo = regresion_de(1)
    modelo.medio = Medio()
    assert mide_metodos({"m": modelo}, "pickle", rondas=1).attrs["fallos"] == []


def test_una_libreria_que_falta_se_dice(monkeypatch, tmp_path):
    monkeypatch.setitem(sys.modules, "skops", None)
    monkeypatch.setitem(sys.modules, "skops.io", None)
    ordenes = [_orden("skops", toma="m"), _orden("skops"), _orden("skops", suelta=True)]
    monkeypatch.setattr(sys, "stdin", ordenes)
    for respuesta in medidor._respuestas(["skops"], tmp_path):
        assert respuesta["motivo"].startswith("ModuleNotFoundError: import of skops")
    assert list(tmp_path.iterdir()) == []


def test_un_proceso_que_muere_se_cuenta(monkeypatch):
    muere = medidor.ARRANQUE.replace("import sys;", "import os; os._exit(3);")
    monkeypatch.setattr(medidor, "ARRANQUE", muere)
    medidas = mide_metodos({"m": regresion_de(1)}, "pickle", rondas=1)
    assert medidas.empty
    assert medidas.attrs["fallos"][0]["motivo"] == "su proceso se cerró de golpe"


@pytest.mark.parametrize(
    ("modelos", "opciones", "motivo"),
    [
        ([regresion_de(1)], {}, "Esperaba un diccionario de modelos y llegó un objeto list"),
        ({}, {}, "No hay ningún modelo"),
        ({"m": None}, {}, "«m» no es un modelo de scikit-learn: es NoneType"),
        ({"m": type(regresion_de(1))}, {}, "«m» no es un modelo de scikit-learn: es type|ABCMeta"),
        ({"m": type(regresion_de(1))()}, {}, "El modelo «m» no está entrenado"),
        ({"m": regresion_de(1)}, {"metodos": "pikle"}, "No conozco el método «pikle»"),
        ({"m": regresion_de(1)}, {"rondas": 0}, "No puedo medir 0 rondas"),
        ({"m": regresion_de(1)}, {"rondas": 2.5}, "No puedo medir 2.5 rondas"),
        ({"m": regresion_de(1)}, {"rondas": True}, "No puedo medir True rondas"),
    ],
    ids=str,
)
def test_lo_mal_pedido_se_explica_antes_de_abrir_procesos(procesos, modelos, opciones, motivo):
    with pytest.raises(ErrorDelCurso, match=motivo):
        mide_metodos(modelos, **opciones)
    assert procesos.de == {}


def test_el_disco_lleno_se_explica_y_no_deja_nada(procesos, monkeypatch, tmp_path):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr(medidor.json, "loads", lambda _: {"motivo": "", "disco_lleno": True})
    with pytest.raises(ErrorDelCurso, match="el disco está lleno"):
        mide_metodos({"m": regresion_de(1)}, "pickle", rondas=1)
    assert list(tmp_path.iterdir()) == []
    assert all(proceso.poll() is not None for proceso in procesos.de.values())


def test_quien_mide_reconoce_un_disco_lleno(monkeypatch, tmp_path):
    def no_cabe(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(medidor, "_importa_lo_que_usa", lambda *_: None)
    monkeypatch.setattr(medidor, "desempaqueta", no_cabe)
    monkeypatch.setattr(sys, "stdin", [_orden("pickle", toma="m")])
    (respuesta,) = medidor._respuestas(["pickle"], tmp_path)
    assert respuesta["disco_lleno"]


INTERRUMPIBLE = """
import sys, subprocess
from helpers._medicion import medidor
from helpers.medicion import mide_metodos, regresion_de
original = subprocess.Popen
def popen(*a, **k):
    proceso = original(*a, **k)
    print(proceso.pid, a[0][5], sep="\\t", flush=True)
    return proceso
medidor.subprocess.Popen = popen
mide_metodos({"m": regresion_de(1)}, ["pickle", "dill"], rondas=10**6)
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows no envía Ctrl-C a un solo proceso")
@pytest.mark.parametrize("senal", ["SIGINT", "SIGKILL"], ids=["Ctrl-C", "de golpe"])
def test_al_interrumpir_no_queda_ningun_proceso(senal, tmp_path):
    proceso = subprocess.Popen(
        [sys.executable, "-c", INTERRUMPIBLE],
        cwd=RAIZ,
        env=os.environ | {"TMPDIR": str(tmp_path)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    with proceso:
        ids, carpetas = zip(*(proceso.stdout.readline().split("\t") for _ in range(2)), strict=True)
        carpeta = Path(carpetas[0].strip())
        while not any(".crudo" in ruta.name or " 2" in ruta.name for ruta in carpeta.iterdir()):
            time.sleep(0.05)
        # La terminal envía Ctrl-C a todos sus procesos; una muerte de golpe es de uno solo.
        envia = os.killpg if senal == "SIGINT" else os.kill
        envia(proceso.pid, getattr(signal, senal))
        assert proceso.wait(30) != 0
        for _ in range(600):
            vivos = [pid for pid in ids if _vive(int(pid))]
            if not vivos:
                break
            time.sleep(0.05)
    assert vivos == []
    assert carpeta.exists() == (senal == "SIGKILL")


def _vive(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def _tabla(filas, **otras):
    columnas = ["modelo", "metodo", "operacion", "ronda", "segundos", "limite_s"]
    fijas = {"turno": 1, "archivo_bytes": 100, "memoria_extra_bytes": 5, "modelo_bytes": 90} | otras
    return pd.DataFrame(filas, columns=columnas).assign(**fijas)


INVENTADAS = [
    ("m", "pickle", "guardar", 1, 1.0, 0.5),
    ("m", "pickle", "guardar", 2, 2.0, 0.5),
    ("m", "pickle", "guardar", 3, 6.0, 1.5),
    ("m", "joblib", "guardar", 1, 4.0, 1.0),
    ("m", "joblib", "guardar", 2, 4.0, 1.0),
    ("m", "joblib", "guardar", 3, 6.0, 3.0),
]


def test_el_resumen_cuenta_bien():
    resumen = resume(_tabla(INVENTADAS)).set_index("metodo")
    pickle, joblib = resumen.loc["pickle"], resumen.loc["joblib"]
    assert (pickle.mediana_s, pickle.q1, pickle.q3, pickle.rondas) == (2, 1.5, 4, 3)
    assert (pickle.limite_s, pickle.veces_el_limite, pickle.veces_pickle) == (0.5, 4, 1)
    # Las razones son de cada ronda (4, 2 y 1), no de las medianas.
    assert (joblib.mediana_s, joblib.veces_pickle, joblib.veces_el_limite) == (4, 2, 4)
    assert (joblib.archivo_bytes, joblib.memoria_extra_bytes, joblib.modelo_bytes) == (100, 5, 90)


def test_sin_pickle_no_hay_veces_pickle():
    solo_joblib = _tabla([fila for fila in INVENTADAS if fila[1] == "joblib"])
    assert resume(solo_joblib).veces_pickle.isna().all()


def test_el_resumen_de_lo_medido_conserva_el_orden(medidas):
    resumen = resume(medidas)
    assert len(resumen) == 3 * len(METODOS) * 2
    assert list(resumen.metodo.unique()) == list(METODOS)
    assert (resumen.rondas == 3).all()
    assert (resumen.q1 <= resumen.mediana_s).all()
    assert (resumen.mediana_s <= resumen.q3).all()


@pytest.mark.parametrize("cuenta", [describe, dibuja_tiempos])
def test_contar_las_medidas_sin_resumir_se_explica(cuenta):
    for otra_cosa in (_tabla(INVENTADAS), None, {}):
        with pytest.raises(ErrorDelCurso, match=r"no es un resumen(.|\n)*Prueba con resume\("):
            cuenta(otra_cosa)


@pytest.mark.parametrize("tabla", [None, [], pd.DataFrame({"modelo": []})], ids=str)
def test_resumir_otra_cosa_se_explica(tabla):
    with pytest.raises(ErrorDelCurso, match="Esto no es una tabla de medidas"):
        resume(tabla)


def test_el_relato_dice_primero_las_razones(capsys):
    describe(resume(_tabla(INVENTADAS)))
    assert capsys.readouterr().out == (
        "guardar, pickle: 4 × el límite con «m» (2 s)\nguardar, joblib: 2 × pickle con «m» (4 s)\n"
    )


def test_el_relato_va_del_modelo_mas_pequeno_al_mas_grande(capsys):
    tablas = [
        _tabla([(nombre, "pickle", "cargar", 1, tiempo, 1e-6)], modelo_bytes=cuanto)
        for nombre, tiempo, cuanto in [("medio", 2e-3, 5), ("grande", 1.5, 9), ("mini", 3e-6, 1)]
    ]
    describe(resume(pd.concat(tablas)))
    assert capsys.readouterr().out == (
        "cargar, pickle: 3 × el límite con «mini» (3 µs); "
        "1.5e+06 × el límite con «grande» (1.5 s)\n"
    )


def test_el_relato_cabe_en_quince_lineas(capsys):
    filas = [("m", f"método {n}", "guardar", 1, 1.0, 1.0) for n in range(20)]
    describe(resume(_tabla(filas)))
    lineas = capsys.readouterr().out.splitlines()
    assert len(lineas) == 15
    assert lineas[-1] == "… y 6 más: están en la tabla."


def test_el_relato_empieza_por_lo_que_falta_en_la_tabla(capsys):
    resumen = resume(_tabla([("m", f"método {n}", "guardar", 1, 1.0, 1.0) for n in range(20)]))
    fallo = {"modelo": "roto", "motivo": "no quiso"}
    resumen.attrs["fallos"] = [fallo | {"metodo": metodo} for metodo in ("pickle", "dill")]
    describe(resumen)
    lineas = capsys.readouterr().out.splitlines()
    assert lineas[0] == "«roto» no se pudo medir con pickle, dill: no quiso"
    assert lineas[-1] == "… y 7 más: están en la tabla."
    resumen.attrs["fallos"] = [fallo | {"modelo": str(n), "metodo": "dill"} for n in range(16)]
    describe(resumen)
    ultima = capsys.readouterr().out.splitlines()[-1]
    assert ultima == "… y 22 más: están en la tabla y en su `attrs`."


def test_la_figura_lleva_cada_metodo_y_el_limite(monkeypatch):
    import matplotlib.pyplot as plt

    plt.switch_backend("agg")
    dibujadas = []
    monkeypatch.setattr(plt, "show", lambda: dibujadas.extend(e.lines for e in plt.gcf().axes))
    dibuja_tiempos(resume(_tabla(INVENTADAS)))
    (lineas,) = dibujadas
    datos = {linea.get_label(): linea.get_xydata().tolist() for linea in lineas}
    # El límite es el de pickle: el de joblib, que puede comprimir, es el de otro archivo.
    assert datos == {"pickle": [[90, 2]], "joblib": [[90, 4]], "límite físico": [[90, 0.5]]}


def test_sin_nada_medido_no_hay_figura():
    with pytest.raises(ErrorDelCurso, match="ningún método pudo con ningún modelo"):
        dibuja_tiempos(resume(_tabla([])))


def test_los_modelos_inventados_son_los_que_dicen():
    from sklearn.linear_model import LinearRegression

    uno = regresion_de(3)
    assert vars(uno).keys() == vars(LinearRegression().fit([[1, 2, 3]], [1])).keys()
    assert (uno.coef_ == regresion_de(3).coef_).all()
    assert uno.predict([[0, 0, 0]]) == [0.5]
    assert len(bosque_de(2).estimators_) == 2
    assert list(barrido(hasta=1_000)) == ["n = 1", "n = 1 000"]
    assert [m.n_features_in_ for m in barrido().values()][-1] == 12_500_000


@pytest.mark.parametrize(("hay_alguien", "se_ve"), [(True, True), (False, False)])
def test_la_barra_se_ve_en_un_cuaderno_solo_si_hay_alguien(monkeypatch, hay_alguien, se_ve):
    escrito = []
    lugar = types.SimpleNamespace(update=lambda datos, raw: escrito.append(datos["text/plain"]))
    nucleo = types.SimpleNamespace(get_parent=lambda _: {"content": {"allow_stdin": hay_alguien}})
    sesion = types.SimpleNamespace(kernel=nucleo)
    ipython = types.SimpleNamespace(get_ipython=lambda: sesion)
    monkeypatch.setitem(sys.modules, "IPython", ipython)
    monkeypatch.setattr(barra, "_muestra_vacia", lambda: lugar)
    with barra.barra_de_progreso() as progreso:
        progreso.reset(total=2)
        progreso.update()
        progreso.refresh()
    assert any("50 %" in texto for texto in escrito) == se_ve
    assert not any("\r" in texto or "\x1b" in texto for texto in escrito)
    assert escrito[-1:] == ([""] if se_ve else [])
