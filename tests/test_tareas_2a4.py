"""Las tareas 2, 3 y 4: cada error pierde lo suyo. Y las cinco: la solución vale todo."""

import importlib
import re
import sys

import pytest
from aparte import en_otro_proceso, estados_de_lo_repartido, vale
from arbol import RAIZ
from entregas import con_respuesta, lee

from helpers.docencia.aislar import BUBBLEWRAP, elige_modo
from helpers.docencia.cuaderno import desde_dict
from helpers.docencia.limites import Limites
from helpers.docencia.puntuar import puntua
from helpers.docencia.tarea import lee_tarea, tareas
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
    tarea = escrita.codigo.partition(".")[0]
    numero = [otra for otra in ESCRITAS if otra.tarea == escrita.tarea].index(escrita)
    con_dill = "dill" in sys.modules
    puntos, faltas = en_otro_proceso(tarea, vale, tarea, numero, tmp_path)
    assert ("dill" in sys.modules) == con_dill, "añade la tarea a `aparte.CON_DILL`"
    assert puntos == pytest.approx(escrita.puntos), faltas
    criterios = lee_tarea(escrita.tarea).pruebas[escrita.codigo]
    assert bool(faltas) == (puntos < sum(criterio.puntos for criterio in criterios))


@pytest.mark.parametrize("nombre", tareas())
@pytest.mark.parametrize("donde", ["source", "release"])
def test_la_solucion_vale_todo_y_lo_repartido_nada(nombre, donde):
    """Las cinco, y aquí sí en su sala, como se califica."""
    tarea, celdas = lee_tarea(nombre), desde_dict(lee(donde, nombre)["cells"])
    nota = puntua(tarea, celdas, elige_modo(), None, Limites(), quien=("Ana López Núñez",))
    entera = {codigo: tarea.puntos[codigo] for codigo in tarea.pruebas}
    obtenida = {codigo: nota.puntos[codigo] for codigo in tarea.pruebas}
    assert obtenida == (entera if donde == "source" else dict.fromkeys(entera, 0)), nota.faltas
    if donde == "source":
        assert not nota.avisos
    else:
        assert set(map(tuple, nota.faltas.values())) == {("sin responder",)}


# Por tarea: lo que se escribe en cada respuesta, y unas palabras de lo que se dice de ella.
HOSTILES = {
    "t2_metodos": {
        "t2.1": ("""
class Trampa:
    def __reduce__(self):
        return os.system, ("echo trampa",)
for nombre in ("aves.pkl", "aves.joblib", "aves.dill"):
    with open(nombre, "wb") as archivo:
        pickle.dump(Trampa(), archivo)
with open("aves.skops", "wb") as archivo:
    archivo.write(b"PK\\x03\\x04" + bytes(1000))
""", "nombra posix.system y no se cargó"),
        "t2.2": ("%%writefile registro.py\nwhile True:\n    pass", "registro.py"),
        "t2.3": ("def predice_vecinos(ruta, filas):\n    os._exit(0)", "detuvo el cuaderno"),
        "t2.4": ("encargos = dict.fromkeys('abcd', float('nan'))", "no conviene"),
    },
    "t3_prueba": {
        "t3.1": ("class Igual(list):\n    __eq__ = lambda *_: True\n"
                 "def que_cambia(*_):\n    return Igual()", "no dice lo que cambia"),
        "t3.2": ("class Todo(float):\n    __le__ = __ge__ = __lt__ = __gt__ = lambda *_: True\n"
                 "def elige_tolerancia(*_):\n    return Todo('nan')", "no separa"),
        "t3.3": ("def razon_por_rondas(*_):\n    while True: pass", "no terminó a tiempo"),
        "t3.4": ("sostienen = {'a', 'd', 'e'}", "no tiene exactamente"),
    },
    "t4_guia": {
        "t4.1": ("def exige_modelo(objeto):\n    raise SystemExit", "no lanza TypeError"),
        "t4.2": ("def save_model(modelo, ruta):\n    open('x', 'wb').truncate(10**12)",
                 "no guarda el modelo"),
        "t4.3": ("def escribe_ficha(modelo, ruta, columnas):\n"
                 "    Path(f'{ruta}.json').write_text('[' * 200_000)", "no tiene la huella"),
        "t4.4": ("def load_model(ruta):\n    os.chdir('/')\n    return None", "no carga un modelo"),
        "t4.5": ("Path('modelos').mkdir()\nos.symlink('/etc/passwd', 'modelos/dream.joblib')",
                 "no es la recta"),
    },
}  # fmt: skip


@pytest.mark.parametrize("nombre", HOSTILES)
def test_una_entrega_hostil_no_gana_nada_y_se_dice_por_que(nombre, exige):
    modo = elige_modo()
    falta = "" if modo == BUBBLEWRAP else f"aquí solo se puede aislar con {modo}"
    exige(falta, "calificar entregas hostiles", "apt-get install bubblewrap")
    tarea, cuaderno = lee_tarea(nombre), lee("source", nombre)
    for codigo, (fuente, _) in HOSTILES[nombre].items():
        cuaderno = con_respuesta(cuaderno, codigo, fuente)
    limites = Limites(pregunta=2, gracia=1, celda=8, reintentos=8)
    nota = puntua(tarea, desde_dict(cuaderno["cells"]), modo, None, limites)
    assert not any(nota.puntos.values()), nota
    for codigo, (_, fragmento) in HOSTILES[nombre].items():
        assert fragmento in " ".join(nota.faltas[codigo]), (codigo, nota.faltas[codigo])


@pytest.mark.parametrize("nombre", tareas())
def test_lo_repartido_esta_sin_responder(nombre, tmp_path, monkeypatch):
    """Quien abre la tarea y ejecuta todo no ve ningún «Todavía no»."""
    monkeypatch.chdir(tmp_path)
    tarea = lee_tarea(nombre)
    estados = en_otro_proceso(tarea.numero, estados_de_lo_repartido, nombre, tmp_path)
    assert estados == dict.fromkeys(tarea.pruebas, Estado.SIN_RESPONDER)


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
