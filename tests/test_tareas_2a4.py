"""Las tareas 2, 3 y 4: la solución vale todo, lo repartido nada y cada error pierde lo suyo."""

import importlib
import re

import pytest
from arbol import RAIZ
from entregas import lee
from escritas import lo_que_revisa
from sin_sala import SinSala

from helpers.docencia.aislar import elige_modo
from helpers.docencia.cuaderno import desde_dict
from helpers.docencia.limites import Limites
from helpers.docencia.puntuar import _valora, puntua
from helpers.docencia.tarea import lee_tarea, tareas
from helpers.ejercicios import ejercicios_de, evalua
from helpers.ejercicios.resultado import Estado

TAREAS = [nombre for nombre in tareas() if nombre[0] == "t" and nombre[1] != "1"]
ESCRITAS = [
    escrita
    for nombre in TAREAS
    for escrita in importlib.import_module(f"casos.leccion_{nombre.partition('_')[0]}").ESCRITAS
]


@pytest.mark.parametrize("escrita", ESCRITAS, ids=str)
def test_cada_respuesta_vale_lo_que_merece(escrita, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "nuevas").mkdir()
    entrevista = SinSala(escrita.entregada(), tmp_path / "nuevas")
    criterios = lee_tarea(escrita.tarea).pruebas[escrita.codigo]
    puntos, faltas = _valora(criterios, entrevista)
    assert puntos == pytest.approx(escrita.puntos), faltas
    assert bool(faltas) == (puntos < sum(criterio.puntos for criterio in criterios))


@pytest.mark.parametrize("nombre", TAREAS)
@pytest.mark.parametrize("donde", ["source", "release"])
def test_la_solucion_vale_todo_y_lo_repartido_nada(nombre, donde):
    """Aquí sí, en su sala, como se califica."""
    tarea = lee_tarea(nombre)
    nota = puntua(tarea, desde_dict(lee(donde, nombre)["cells"]), elige_modo(), None, Limites())
    entera = {codigo: tarea.puntos[codigo] for codigo in tarea.pruebas}
    obtenida = {codigo: nota.puntos[codigo] for codigo in tarea.pruebas}
    assert obtenida == (entera if donde == "source" else dict.fromkeys(entera, 0)), nota.faltas
    if donde == "source":
        assert not nota.avisos
    else:
        assert set(map(tuple, nota.faltas.values())) == {("sin responder",)}


@pytest.mark.parametrize("nombre", tareas())
def test_lo_repartido_esta_sin_responder(nombre, tmp_path, monkeypatch):
    """Quien abre la tarea y ejecuta todo no ve ningún «Todavía no»."""
    monkeypatch.chdir(tmp_path)
    for ejercicio in ejercicios_de(lee_tarea(nombre).numero):
        respuestas = lo_que_revisa(lee("release", nombre), ejercicio.codigo)
        assert evalua(ejercicio.codigo, *respuestas).estado is Estado.SIN_RESPONDER


@pytest.mark.parametrize("nombre", TAREAS)
def test_cada_criterio_lo_pierde_alguna_respuesta(nombre):
    """Una prueba que nadie suspende no prueba nada: cada ejercicio tiene notas distintas."""
    for codigo in lee_tarea(nombre).pruebas:
        valen = {escrita.puntos for escrita in ESCRITAS if escrita.codigo == codigo}
        assert {0, max(valen)} <= valen, codigo
        assert max(valen) == lee_tarea(nombre).puntos[codigo]


@pytest.mark.parametrize("nombre", TAREAS)
def test_los_textos_se_valoran_en_cuatro_niveles(nombre):
    (rubrica,) = lee_tarea(nombre).rubricas.values()
    assert [rubrica.nota(nivel) for nivel in range(4)] == [0, 1, 2, 3]
    enunciados = "\n".join("".join(c["source"]) for c in lee("release", nombre)["cells"])
    tabla = re.findall(r"^\| (\d) \| (\d) \| (.+)\. \|$", enunciados, re.MULTILINE)
    assert [(int(nivel), int(puntos)) for nivel, puntos, _ in tabla] == [(n, n) for n in range(4)]


@pytest.mark.parametrize("nombre", TAREAS)
def test_las_pruebas_no_usan_los_datos_que_se_ven(nombre):
    """Quien copie las respuestas de los ejemplos no gana nada."""
    ocultas = (RAIZ / "notebooks" / "tareas" / "source" / nombre / "pruebas.py").read_text("utf-8")
    numero = nombre.partition("_")[0]
    vistas = (RAIZ / "helpers" / "ejercicios" / f"revision_{numero}.py").read_text("utf-8")
    vistas += "".join("".join(c["source"]) for c in lee("source", nombre)["cells"])
    decimales = set(re.findall(r"\b\d+\.\d+\b", ocultas))
    assert decimales
    repetidos = {d for d in decimales & set(re.findall(r"\b\d+\.\d+\b", vistas)) if len(d) > 4}
    assert not repetidos
