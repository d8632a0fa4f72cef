"""El proyecto final: tiene la forma de una lección, y cada error pierde exactamente lo suyo."""

import json
import os
import re
from pathlib import Path

import joblib
import nbformat
import pytest
from arbol import RAIZ
from casos import leccion_08 as casos
from nbclient import NotebookClient
from proyectos import NOMBRE, REPARTIDO, SOLUCION, escribe, proyecto
from reglas import anatomia, destinos
from reglas.cuaderno import lee
from reglas.ejercicios import declarados
from sin_sala import EnEsteProceso

from helpers import mis_horas_de_estudio
from helpers.docencia import aislar, criterios
from helpers.docencia.clase import califica_clase
from helpers.docencia.criterios import NoContesta
from helpers.docencia.limites import Limites
from helpers.docencia.notas import por_que
from helpers.docencia.puntuar import _valora
from helpers.docencia.tarea import lee_tarea
from helpers.ejercicios import ejercicios_de, evalua, predicciones_de
from helpers.ejercicios.resultado import Estado

TODO = {"08.1": 2, "08.2": 1, "08.3": 1, "08.4": 1, "08.5": 2}
QUIEN = casos.QUIEN


# --- La forma de una lección ---------------------------------------------------------------------
DE_UNA_LECCION = (
    anatomia.un_h1, anatomia.niveles, anatomia.portada, anatomia.numeracion, anatomia.minutos,
    anatomia.recuerda, anatomia.resumenes, anatomia.cierre, destinos,
)  # fmt: skip
RELEASE = RAIZ / "notebooks/tareas/release" / NOMBRE / f"{NOMBRE}.ipynb"


@pytest.mark.parametrize("regla", DE_UNA_LECCION, ids=lambda regla: regla.__name__)
def test_tiene_la_forma_de_una_leccion(regla):
    assert list(regla(lee(RELEASE))) == []


def test_dura_lo_que_dice_el_readme():
    assert anatomia.TOTAL.search(lee(RELEASE).celdas[0].fuente)[1] == "90"
    mapa = (RAIZ / "README.md").read_text(encoding="utf-8")
    assert f"](notebooks/tareas/release/{NOMBRE}/{NOMBRE}.ipynb) | 90 |" in mapa


def test_pregunta_lo_declarado():
    codigos = [e.codigo for e in ejercicios_de("08")] + ["08.6"]  # el texto lo valora una persona
    fallos = declarados(lee(RELEASE), codigos, [p.codigo for p in predicciones_de("08")])
    assert list(fallos) == []


# --- Ejecutarlo ----------------------------------------------------------------------------------
def ejecuta(cuaderno, tmp_path, monkeypatch):
    """Lo que imprime un cuaderno entero en un kernel nuevo; un error lo detiene."""
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    nb = nbformat.reads(json.dumps(cuaderno), as_version=4)
    NotebookClient(nb, timeout=120, resources={"metadata": {"path": str(RELEASE.parent)}}).execute()
    return "".join(s.get("text", "") for c in nb.cells for s in c.get("outputs", []))


def test_con_las_soluciones_las_revisiones_dicen_correcto(tmp_path, monkeypatch):
    impreso = ejecuta(SOLUCION, tmp_path, monkeypatch)
    assert re.findall(r"^(08\.\d) · Correcto\.", impreso, re.MULTILINE) == list(TODO), impreso
    assert impreso.count("Ocurrió c:") == 2, impreso


def test_repartido_se_ejecuta_entero_sin_ningun_error(tmp_path, monkeypatch):
    impreso = ejecuta(REPARTIDO, tmp_path, monkeypatch)
    assert re.findall(r"^(08\.\d) · Todavía sin responder", impreso, re.MULTILINE) == list(TODO)
    assert "Datos de ejemplo" in impreso


# --- Cada respuesta equivocada pierde exactamente sus puntos -------------------------------------
class DeQuien(EnEsteProceso):
    """La entrevista de quien hizo el proyecto."""

    quien = (QUIEN[1], "100")

    def __init__(self, **nombres):
        super().__init__(**{"curso": QUIEN[0], "estudiante": QUIEN[1]} | nombres)

    def predice(self, archivo, filas):  # noqa: D102
        try:
            return joblib.load(Path(archivo)).predict(filas).tolist()
        except Exception as error:  # noqa: BLE001 como hace la sala
            raise NoContesta(str(error)) from None


def modelo(objeto, **mas):
    """Lo que hay que preparar para que la entrega deje ese modelo."""

    def prepara():
        joblib.dump(objeto, casos.MODELO)
        return mas

    return prepara


def ficha(texto=None, **cambios):
    def prepara():
        joblib.dump(casos.entrena(), casos.MODELO)
        suya = casos.redacta(casos.entrena(), Path(casos.MODELO).read_bytes()) | cambios
        Path(f"{casos.MODELO}.json").write_text(texto or json.dumps(suya), encoding="utf-8")
        return {}

    return prepara


def nombres(**dados):
    return lambda: dados


TABLA = {"clase": True, "columnas": True, "coeficientes": True}
DE_EJEMPLO = casos.entrena(mis_horas_de_estudio(*casos.EJEMPLO))
CASOS = {
    "08.1": {
        "bueno": (modelo(casos.entrena()), 2),
        "en columna": (modelo(casos.EN_COLUMNA), 2),
        "de otra persona": (modelo(casos.EL_DE_OTRO), 1),
        "de ejemplo": (modelo(DE_EJEMPLO), 1),
        "con una parte": (modelo(casos.entrena(casos.DATOS[:30])), 1),
        "columnas al revés": (modelo(casos.entrena(columnas=casos.COLUMNAS[::-1])), 1),
        "solo las horas": (modelo(casos.entrena(columnas=["horas"])), 0),
        "el suyo con otro nombre": (modelo(casos.EL_DE_OTRO, estudiante="Luis Gil"), 1),
        "con otro curso": (modelo(casos.entrena(), curso="Otro"), 1),
        "sin nombre": (modelo(casos.entrena(), estudiante=""), 1),
        "sin curso": (modelo(casos.entrena(), curso=""), 1),
        "no es un modelo": (modelo({"coef": [1, 2]}), 0),
        "sin archivo": (dict, 0),
    },
    "08.2": {
        "buena": (ficha(), 1),
        "sin huella": (ficha(sha256=None), 0.5),
        "de otro archivo": (ficha(sha256="0" * 64), 0.5),
        "otras columnas": (ficha(columnas=["faltas", "horas"]), 0.5),
        "sin versiones": (ficha(versiones={}), 0.5),
        "otro tamaño": (ficha(bytes=7), 0.5),
        "no es JSON": (ficha("{'clase': 1}"), 0),
        "sin ficha": (modelo(casos.entrena()), 0),
    },
    "08.3": {
        "buena": (nombres(guarda=casos.guarda), 1),
        "save_model": (nombres(guarda=casos.con_save_model), 1),
        "en otra carpeta": (nombres(guarda=casos.en_otra_carpeta), 1),
        "en memoria y aparte": (nombres(guarda=casos.en_memoria_y_aparte), 1),
        "aparta el anterior": (nombres(guarda=casos.aparta_el_anterior), 1),
        **{
            funcion.__name__: (nombres(guarda=funcion), 0)
            for funcion in (
                casos.a_lo_bruto, casos.borra_antes, casos.sin_su_ficha, casos.con_otro_nombre,
                casos.siempre_el_suyo, casos.se_calla, casos.no_pisa, casos.ficha_del_nombre,
                casos.marca_en_la_ficha, casos.en_memoria_y_encima, casos.con_copia_al_final,
                casos.la_ficha_encima,
            )
        },
        "en blanco": (nombres(guarda=lambda modelo, ruta: None), 0),
    },
    "08.4": {
        "buena": (nombres(carga=casos.carga), 1),
        "load_model": (nombres(carga=casos.con_load_model), 1),
        **{
            funcion.__name__: (nombres(carga=funcion), 0)
            for funcion in (
                casos.sin_mirar, casos.tarde, casos.con_assert, casos.al_reves, casos.no_devuelve,
                casos.siempre_no, casos.solo_mira_los_nombres,
            )
        },
        "en blanco": (nombres(carga=lambda ruta: None), 0),
    },
    "08.5": {
        "buena": (nombres(prueba=casos.prueba, tabla=TABLA), 2),
        "con más filas": (nombres(prueba=casos.con_helpers, tabla=TABLA), 2),
        "sin tabla": (nombres(prueba=casos.prueba), 1.5),
        "tabla con un fallo": (nombres(prueba=casos.prueba, tabla=TABLA | {"x": False}), 1.5),
        "tabla corta": (nombres(prueba=casos.prueba, tabla={"todo": True}), 1.5),
        "con tolerancia": (nombres(prueba=casos.con_tolerancia, tabla=TABLA), 1),
        "sin la clase": (nombres(prueba=casos.sin("clase"), tabla=TABLA), 1),
        "sin columnas": (nombres(prueba=casos.sin("columnas"), tabla=TABLA), 1),
        "consigo misma": (nombres(prueba=casos.consigo_misma, tabla=TABLA), 0.5),
        "un solo sí": (nombres(prueba=casos.un_solo_si, tabla=TABLA), 0.5),
        "con arrays": (nombres(prueba=casos.arrays, tabla=TABLA), 0.5),
        "con is": (nombres(prueba=casos.con_is, tabla=TABLA), 0.5),
        "una fila y dos fijas": (nombres(prueba=casos.una_y_dos_fijas, tabla=TABLA), 1),
        "fijas o un error": (nombres(prueba=casos.tres_fijas_o_un_error, tabla=TABLA), 1),
        "un error y tres filas": (nombres(prueba=casos.con_un_error_y_tres_filas, tabla=TABLA), 2),
        "siempre falso": (nombres(prueba=casos.siempre_falso, tabla=TABLA), 0.5),
        "en blanco": (nombres(prueba=lambda *_: None, tabla=...), 0),
    },
}  # fmt: skip


@pytest.mark.parametrize(
    ("codigo", "cual"), [(codigo, cual) for codigo, suyos in CASOS.items() for cual in suyos]
)
def test_cada_respuesta_vale_lo_que_merece(codigo, cual, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    prepara, merece = CASOS[codigo][cual]
    puntos, faltas = _valora(lee_tarea(NOMBRE).pruebas[codigo], DeQuien(**prepara()))
    assert puntos == merece, faltas
    if merece == TODO[codigo]:
        assert faltas == []


NOMBRES = {"08.1": ("curso", "estudiante"), "08.2": (), "08.3": ("guarda",), "08.4": ("carga",),
           "08.5": ("prueba",)}  # fmt: skip


@pytest.mark.parametrize("caso", casos.CASOS, ids=str)
def test_la_nota_no_contradice_a_la_revision(caso, tmp_path, monkeypatch, capsys):
    """Lo que la revisión da por bueno vale todo, y lo que no, no."""
    monkeypatch.chdir(tmp_path)
    dadas = dict(zip(NOMBRES[caso.codigo], caso.prepara(), strict=False))
    entrevista = DeQuien(**dadas | {"tabla": TABLA})
    puntos, faltas = _valora(lee_tarea(NOMBRE).pruebas[caso.codigo], entrevista)
    assert (puntos == TODO[caso.codigo]) is (caso.estado is Estado.CORRECTO), faltas


@pytest.fixture
def sin_enlaces(tmp_path, monkeypatch):
    """Como en un disco con FAT, que no sabe dar dos nombres a un archivo."""

    def no_sabe(*_):
        raise PermissionError("Operation not permitted")

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(os, "link", no_sabe)
    monkeypatch.setattr(criterios, "_se_enlaza", criterios._se_enlaza.__wrapped__)


def puntos_de_guarda(guarda):
    return _valora(lee_tarea(NOMBRE).pruebas["08.3"], DeQuien(guarda=guarda))[0]


@pytest.mark.parametrize("guarda", [casos.guarda, casos.con_save_model, casos.con_respaldo])
def test_sin_enlaces_no_se_acusa_a_nadie(guarda, sin_enlaces, capsys):
    assert evalua("08.3", guarda).estado is Estado.CORRECTO
    assert puntos_de_guarda(guarda) == 1


def test_sin_enlaces_se_pierde_lo_que_se_ve_de_otra_manera(sin_enlaces, capsys):
    assert evalua("08.3", casos.a_lo_bruto).mensaje == "pierde_el_anterior"
    assert puntos_de_guarda(casos.a_lo_bruto) == 0


def test_estropear_los_enlaces_en_la_entrega_no_quita_el_testigo(sin_enlaces, monkeypatch, capsys):
    """Si hay enlaces lo dice quien califica, no el proceso de la entrega."""
    monkeypatch.setattr(criterios, "_se_enlaza", lambda: True)
    assert puntos_de_guarda(casos.en_memoria_y_encima) == 0


def test_las_pruebas_no_usan_los_modelos_de_las_revisiones():
    """Quien reconozca los números de las revisiones no gana nada."""
    ocultas = (RAIZ / "notebooks/tareas/source" / NOMBRE / "pruebas.py").read_text("utf-8")
    revision = (RAIZ / "helpers/ejercicios/revision_08.py").read_text("utf-8")
    ternas = [
        set(re.findall(r"\(-?\d+\.\d+, -?\d+\.\d+, -?\d+\.\d+\)", texto))
        for texto in (ocultas, revision)
    ]
    assert ternas[0]
    assert ternas[1]
    assert not ternas[0] & ternas[1]


# --- De verdad, en salas -------------------------------------------------------------------------
COPIA_LOS_DATOS = (
    "from helpers import mis_horas_de_estudio as m\nimport joblib\n"
    "datos = m(curso, 'Ana López Núñez')\n"
    "modelo = LinearRegression().fit(datos[['horas', 'faltas']], datos['nota'])\n"
    "joblib.dump(modelo, 'modelo.joblib')"
)
CLASE = {
    "Ana López Núñez": (proyecto("lópez núñez, ana"), {}, ""),
    "Luis Gil": (proyecto("Ana López Núñez"), {"08.1": 1}, "no es el nombre de quien entrega"),
    "Eva Mar": (proyecto("Eva Mar", r1=COPIA_LOS_DATOS), {"08.1": 1}, "no son los de la variante"),
    "Juan Sol": (
        proyecto("Juan Sol", r3="import os\ndef guarda(modelo, ruta):\n    os._exit(0)"),
        {"08.3": 0, "08.5": 1.5},
        "`guarda` no sustituye",
    ),
    "Rosa Paz": (REPARTIDO, dict.fromkeys(TODO, 0), "08.1: sin responder"),
}


@pytest.fixture(scope="module")
def calificadas(tmp_path_factory):
    sitio = tmp_path_factory.mktemp("clase")
    origen = escribe(sitio / "entregas", {nombre: caso[0] for nombre, caso in CLASE.items()})
    limites = Limites(celda=15, pregunta=5, gracia=1.5, total=90)
    tarea, todas, _ = califica_clase(origen, sitio / "hecho", aislar.elige_modo(), limites)
    assert tarea.nombre == NOMBRE
    return tarea, {una.nombre: una for una in todas}


@pytest.mark.parametrize("nombre", CLASE)
def test_la_clase_recibe_lo_que_merece(calificadas, nombre):
    tarea, todas = calificadas
    _, recibe, fragmento = CLASE[nombre]
    una = todas[nombre]
    porque = por_que(tarea, una, {})
    assert {c: una.calificacion.puntos[c] for c in TODO} == TODO | recibe, porque
    assert fragmento in porque
    assert not una.calificacion.fallo
