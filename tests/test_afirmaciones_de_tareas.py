"""Lo que dicen las tareas que se reparten, fuera de sus enunciados, se demuestra aquí."""

import pickle
import re
import statistics

import joblib
import numpy as np
import pytest
import skops.io
from entregas import con_respuesta, lee
from reglas.cuaderno import repartidas
from sin_sala import ejecuta
from sklearn.linear_model import LinearRegression

from helpers import mis_horas_de_estudio
from helpers.docencia.tarea import lee_tarea, tareas
from helpers.proceso import ejecuta_en_proceso_nuevo

EN_LETRA = {"Un": 1, "Cuatro": 4, "Cinco": 5}
CUENTA = re.compile(r"\*\*Qué harás\.\*\* (\w+) ejercicios de código y uno escrito\.")


def fuente(tarea, ident):
    (hallada,) = [c for c in lee("release", tarea)["cells"] if c["id"] == ident]
    return "".join(hallada["source"])


@pytest.mark.parametrize("nombre", [nombre for nombre in tareas() if nombre.startswith("t")])
def test_la_portada_cuenta_sus_ejercicios(nombre):
    tarea = lee_tarea(nombre)
    dice = CUENTA.search(fuente(nombre, "titulo"))[1]
    assert EN_LETRA[dice] == len(tarea.pruebas)
    assert len(tarea.rubricas) == 1


def test_cada_tarea_vale_diez_puntos_y_lo_dice():
    assert len(repartidas()) == len(tareas()) == 5
    for nombre in tareas():
        assert "En total, 10 puntos." in fuente(nombre, "titulo")
        assert sum(lee_tarea(nombre).puntos.values()) == 10


# --- t2 ------------------------------------------------------------------------------------------
USA_EL_REGISTRO = """
import pickle
from registro import Registro
registro = Registro("enero")
for valor in (4100.0, 3900.0):
    registro.anota(valor)
    assert not registro.bitacora.closed
print("registro.py")
pickle.dumps(registro)
"""


def test_t2_el_registro_tiene_su_archivo_abierto_y_por_eso_no_se_guarda(tmp_path):
    magia, _, clase = fuente("t2_metodos", "registro").partition("\n")
    assert magia == "%%writefile registro.py"
    (tmp_path / "registro.py").write_text(clase, encoding="utf-8")
    salida = ejecuta_en_proceso_nuevo(USA_EL_REGISTRO, tmp_path)
    assert salida.texto == "registro.py\n", "llegó hasta guardarlo"
    assert salida.error.startswith("TypeError: cannot pickle")
    assert (tmp_path / "enero.txt").read_text(encoding="utf-8") == "4100.0\n3900.0\n"


# --- t3 ------------------------------------------------------------------------------------------
def test_t3_hay_un_original_y_tres_copias(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    ejecuta(lee("release", "t3_prueba"))
    copias = {ruta.stem for ruta in tmp_path.glob("*.joblib")} - {"mide"}
    assert copias == {"original", "comprimida", "otra_semilla", "sin_aleta"}


def test_t3_los_numeros_sostienen_tres_frases_y_ninguna_mas():
    enunciado = fuente("t3_prueba", "e4")
    filas = dict(re.findall(r"^\| (joblib|skops) \| (.+) \|$", enunciado, re.MULTILINE))
    joblib_, skops_ = ([float(n) for n in filas[quien].split(" | ")] for quien in filas)
    assert len(joblib_) == len(skops_) == 9
    assert min(skops_) > 1, "a"
    assert min(joblib_) < 1 < max(joblib_), "b"
    assert statistics.median(skops_) == 4.1, "d"
    assert statistics.mean(skops_) > 4.6, "f"
    con_pickle, con_joblib, con_skops = map(
        int,
        re.search(r"ocupa (\d+) bytes con pickle, (\d+) con joblib y (\d+)", enunciado).groups(),
    )
    assert con_joblib > con_pickle, "e"
    assert round(con_skops / con_pickle) == 12, "c: doce veces, con este modelo"


def test_t3_un_modelo_asi_ocupa_eso_y_uno_grande_no_guarda_la_proporcion(tmp_path):
    """Los bytes del ejercicio 4 son los de un modelo de verdad, y «c» es falsa."""
    ocupa = {}
    for columnas in (1, 100_000):
        modelo = LinearRegression()
        modelo.coef_, modelo.intercept_ = np.ones(columnas), 1.0
        joblib.dump(modelo, tmp_path / "m.joblib")
        bytes_ = (len(pickle.dumps(modelo)), (tmp_path / "m.joblib").stat().st_size,
                  len(skops.io.dumps(modelo)))  # fmt: skip
        ocupa[columnas] = bytes_
    for hallado, dicho in zip(ocupa[1], (460, 610, 5500), strict=True):
        assert dicho / 2 < hallado < dicho * 2, ocupa
    assert ocupa[1][2] / ocupa[1][0] > 6
    assert ocupa[100_000][2] / ocupa[100_000][0] < 1.5


def test_t3_la_ultima_celda_mide_tres_veces(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    llamadas = []

    def razon_por_rondas(f, g, rondas):
        llamadas.append((f.__name__, g.__name__, rondas))
        return 1.25

    nombres = {"bosque": "un modelo", "joblib": joblib, "razon_por_rondas": razon_por_rondas}
    exec(fuente("t3_prueba", "medida"), nombres)
    assert llamadas == [("con_joblib", "con_pickle", 9)] * 3
    assert capsys.readouterr().out == "[1.25, 1.25, 1.25]\n"
    exec(fuente("t3_prueba", "medida"), nombres | {"razon_por_rondas": lambda *_: None})
    assert capsys.readouterr().out == "Antes hace falta el ejercicio t3.3.\n"


def test_t4_se_ensaya_con_la_clase_que_se_diga(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    dice = "def exige_modelo(objeto):\n    return type(objeto).__name__"
    nombres = ejecuta(con_respuesta(lee("release", "t4_guia"), "t4.1", dice))
    for modulo, clase, entrena in (
        ("builtins", "dict", False),
        ("sklearn.linear_model", "LinearRegression", True),
        ("sklearn.tree", "DecisionTreeRegressor", True),
    ):
        assert nombres["ensaya_exige"](modulo, clase, entrena) == clase


# --- 08 ------------------------------------------------------------------------------------------
def test_08_se_dice_de_quien_son_los_datos(capsys):
    intro, despues = (fuente("08_proyecto_final", ident) for ident in ("datos-intro", "variante"))
    datos = mis_horas_de_estudio(..., ...)
    assert "Datos de ejemplo" in capsys.readouterr().out
    assert "Si arriba dice «Datos de ejemplo»" in despues
    assert datos.equals(mis_horas_de_estudio(..., "Ana López")), "los de ejemplo son de cualquiera"
    capsys.readouterr()
    mis_horas_de_estudio("Persistencia 2026", "Ana López")
    assert capsys.readouterr().out == "", "con los dos nombres no dice que sean de ejemplo"
    assert len(datos) == 40 and "cuarenta alumnos" in intro
