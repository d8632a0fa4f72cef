"""Las tareas: lo que se reparte es lo de hoy, vale lo que dice y cada error pierde lo suyo."""

import json
import pickle
import re

import nbformat
import pytest
from arbol import RAIZ
from casos import leccion_t1 as casos
from celda_de_preparacion import CELDA
from entregas import REPARTIDO, SOLUCION, T1
from entregas import lee as lee_entrega
from nbclient import NotebookClient
from reglas import codigo as reglas_de_codigo
from reglas import enlaces, ortografia, prosa
from reglas.cuaderno import lee

from helpers.docencia._dentro.datos import codifica
from helpers.docencia.criterios import NoContesta, descodifica
from helpers.docencia.puntuar import _valora
from helpers.docencia.reparto import reparte
from helpers.docencia.tarea import lee_tarea, tareas
from helpers.ejercicios import ejercicios_de, pista, solucion
from helpers.ejercicios.resultado import Estado
from helpers.entorno import HUECO
from helpers.errores import ErrorDelCurso

TAREAS = tareas()
TAREAS_DEL_CURSO = RAIZ / "notebooks" / "tareas"


@pytest.mark.parametrize("nombre", TAREAS)
def test_lo_que_se_reparte_es_lo_de_hoy(nombre):
    archivo, texto = reparte(nombre)
    assert archivo.read_text(encoding="utf-8") == texto, "Ejecuta: python -m helpers tareas"


def test_de_una_tarea_que_no_existe_se_dicen_las_que_hay():
    with pytest.raises(ErrorDelCurso, match=r"«t9»\.\nPrueba con .*t1_conceptos"):
        reparte("t9")


@pytest.mark.parametrize("nombre", TAREAS)
def test_lo_que_se_reparte_no_lleva_soluciones_ni_salidas(nombre):
    archivo, texto = reparte(nombre)
    assert not re.search("SOLUCIÓN|OCULTAS", texto)
    for c in json.loads(archivo.read_text(encoding="utf-8"))["cells"]:
        assert not c.get("outputs") and not c.get("execution_count")


@pytest.mark.parametrize("nombre", TAREAS)
def test_puntos_celdas_y_declaraciones_coinciden(nombre):
    tarea = lee_tarea(nombre)
    declarados = {e.codigo: e.puntos for e in ejercicios_de(tarea.numero)}
    assert {codigo: tarea.puntos[codigo] for codigo in tarea.pruebas} == declarados
    assert sum(tarea.puntos.values()) == 10
    en_celdas = {}
    for c in tarea.repartido:
        grado = c["metadata"].get("nbgrader", {})
        if grado.get("grade"):
            en_celdas[grado["grade_id"].rpartition("-")[0].replace("-", ".")] = grado["points"]
    assert en_celdas == tarea.puntos
    enunciados = "".join("".join(c["source"]) for c in tarea.repartido)
    for codigo, puntos in tarea.puntos.items():
        assert f"**Ejercicio {codigo}.** ({puntos:g} punto" in enunciados
        if codigo in tarea.pruebas:
            assert f'revisa("{codigo}", ' in enunciados
    for rubrica in tarea.rubricas.values():
        assert len(rubrica.niveles) == 4


@pytest.mark.parametrize("nombre", TAREAS)
def test_se_prepara_como_una_leccion(nombre):
    preparacion = [c for c in lee_tarea(nombre).repartido if c["id"] == "preparacion"]
    assert ["".join(c["source"]) for c in preparacion] == [CELDA]


def test_una_tarea_tiene_pistas_y_no_da_la_solucion(capsys):
    solucion("t1.1")
    assert "no se da la solución" in capsys.readouterr().out
    pista("t1.1", 3)
    dicho = capsys.readouterr().out
    assert "No quedan más." in dicho and "solucion(" not in dicho


@pytest.mark.parametrize("nombre", TAREAS)
def test_se_lee_como_una_leccion(nombre, exige):
    exige(ortografia.falta_hunspell(), "la ortografía", "apt install hunspell hunspell-es")
    cuaderno = lee(TAREAS_DEL_CURSO / "source" / nombre / f"{nombre}.ipynb")
    textos = list(prosa.prosa_de_cuaderno(cuaderno))
    fallos = [f for par in textos for f in (*prosa.terminos(*par), *prosa.tono(*par))]
    fallos += ortografia.desconocidas(textos, set(ortografia.lista()))
    fallos += [*reglas_de_codigo.imitable(cuaderno), *reglas_de_codigo.brevedad(cuaderno)]
    for c in cuaderno.de_texto:
        fallos += enlaces.descritos(cuaderno.lugar(c), c.fuente)
    assert not fallos, "\n".join(fallos)


@pytest.mark.parametrize("nombre", TAREAS)
def test_con_las_soluciones_las_revisiones_dicen_correcto(nombre, tmp_path, monkeypatch):
    """Lo que se explica y lo que da la nota no se contradicen."""
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    cuaderno = nbformat.reads(json.dumps(lee_entrega("source", nombre)), as_version=4)
    recursos = {"metadata": {"path": str(TAREAS_DEL_CURSO / "release" / nombre)}}
    NotebookClient(cuaderno, timeout=120, resources=recursos).execute()
    impreso = "".join(s.get("text", "") for c in cuaderno.cells for s in c.get("outputs", []))
    assert re.findall(r"^([t0]\d\.\d) · Correcto\.", impreso, re.MULTILINE) == [
        e.codigo for e in ejercicios_de(nombre.partition("_")[0])
    ], impreso


@pytest.mark.parametrize("nombre", TAREAS)
def test_sin_responder_ninguna_celda_ensena_lo_que_nadie_pidio(nombre, tmp_path, monkeypatch):
    """Al ejecutar todo recién abierta: ni «Ellipsis», ni «None», ni la lista que da `dump`."""
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    cuaderno = nbformat.reads(json.dumps(lee_entrega("release", nombre)), as_version=4)
    recursos = {"metadata": {"path": str(TAREAS_DEL_CURSO / "release" / nombre)}}
    NotebookClient(cuaderno, timeout=120, resources=recursos).execute()
    salidas = [(c.id, s) for c in cuaderno.cells for s in c.get("outputs", [])]
    valores = {s.data["text/plain"] for _, s in salidas if s.output_type == "execute_result"}
    assert valores <= {HUECO}, valores
    impreso = "".join(s.get("text", "") for _, s in salidas)
    assert "None" not in impreso and "Ellipsis" not in impreso
    assert "responder. Todavía" not in impreso, "dos frases seguidas empiezan igual"
    assert f"{nombre.partition('_')[0]}.1 · Todavía sin responder." in impreso


# --- Cada respuesta equivocada pierde exactamente sus puntos -------------------------------------
class EnEsteProceso:
    """Una entrevista sin sala, para probar los criterios y no el encierro."""

    def __init__(self, **nombres):
        self.nombres = nombres

    def valor(self, nombre):  # noqa: D102
        return descodifica(codifica(self.nombres[nombre]))

    def llama(self, funcion, *argumentos):  # noqa: D102
        try:
            return descodifica(codifica(self.nombres[funcion](*argumentos)))
        except Exception as error:  # noqa: BLE001 como hace la sala
            raise NoContesta(str(error)) from None

    def lanza(self, funcion, *argumentos):  # noqa: D102
        try:
            self.nombres[funcion](*argumentos)
        except Exception as error:  # noqa: BLE001 como hace la sala
            return tuple(clase.__name__ for clase in type(error).__mro__)
        return ()

    def predice(self, _archivo, filas):  # noqa: D102
        if "modelo" not in self.nombres:
            raise NoContesta("no encontré «modelo.pkl»")
        return self.nombres["modelo"].predict(filas).tolist()


def modelo(X, y):
    return casos.LinearRegression().fit(X.to_numpy() if hasattr(X, "to_numpy") else X, y)


EQUIVOCADAS = {
    "t1.1": ("repara", {
        "repara": (casos.repara, 2), "da_bytes": (casos.da_bytes, 0),
        "no_devuelve": (casos.no_devuelve, 0), "ida_y_vuelta": (casos.ida_y_vuelta, 0),
        "al_reves": (casos.al_reves, 0), "se_calla": (casos.se_calla, 1),
        "siempre_mac": (lambda texto, _: texto.encode("mac_roman").decode("utf-8"), 1),
        "siempre_error": (lambda *_: {}["ValueError"], 0),
    }),
    "t1.2": ("predice_todas", {
        "predice_todas": (casos.predice_todas, 2), "con_numpy": (casos.con_numpy, 2),
        "la_primera": (casos.la_primera, 0), "sin_sumar": (casos.sin_sumar, 1),
        "solo_dos": (casos.solo_dos, 0), "sin_ordenada": (casos.sin_ordenada, 1),
        "cruzada": (casos.cruzada, 1), "sin_strict": (casos.sin_strict, 1),
    }),
    "t1.3": ("sobrevive", {
        "be": ("be", 1), "mayúsculas": (" EB", 1), "falta": ("b", 0), "sobra": ("abe", 0),
        "lista": (["b", "e"], 0), "nada": (None, 0), "repetida": ("bbee", 1),
        "separadas": ("E, B", 1),
    }),
    "t1.4": ("modelo", {
        "bueno": (modelo(casos.HORAS, casos.NOTA), 2),
        "con menos filas": (modelo(casos.HORAS[:20], casos.NOTA[:20]), 1),
        "al revés": (modelo(casos.NOTAS[["nota"]], casos.NOTAS["horas"]), 1),
        "en columna": (modelo(casos.HORAS, casos.NOTA.to_numpy()[:, None]), 2),
    }),
}  # fmt: skip


@pytest.mark.parametrize(
    ("codigo", "cual"),
    [(codigo, cual) for codigo, (_, suyas) in EQUIVOCADAS.items() for cual in suyas],
)
def test_cada_respuesta_vale_lo_que_merece(codigo, cual):
    nombre, suyas = EQUIVOCADAS[codigo]
    respuesta, merece = suyas[cual]
    criterios = lee_tarea(T1).pruebas[codigo]
    puntos, faltas = _valora(criterios, EnEsteProceso(**{nombre: respuesta}))
    assert puntos == merece, faltas
    assert len(faltas) == len(criterios) - merece


# `no_acaba` solo se atasca con el texto de la revisión: con los de la nota, responde bien.
JUZGADOS = [caso for caso in casos.CASOS if caso.mensaje != "no_termina"]


@pytest.mark.parametrize("caso", JUZGADOS, ids=str)
def test_la_nota_no_contradice_a_la_revision(caso, tmp_path, monkeypatch):
    """Lo que la revisión da por bueno vale todo, y lo que no, no."""
    monkeypatch.chdir(tmp_path)
    (respuesta,) = caso.prepara()
    nombre, _ = EQUIVOCADAS[caso.codigo]
    entrevista = EnEsteProceso(**{nombre: respuesta})
    if caso.codigo == "t1.4":
        entrevista = EnEsteProceso(**_modelo_de(tmp_path / respuesta))
    puntos, _ = _valora(lee_tarea(T1).pruebas[caso.codigo], entrevista)
    assert (puntos == lee_tarea(T1).puntos[caso.codigo]) is (caso.estado is Estado.CORRECTO)


def _modelo_de(ruta):
    """El modelo de un archivo hecho por estas pruebas; nada, si no se puede cargar."""
    try:
        return {"modelo": pickle.loads(ruta.read_bytes())}
    except (FileNotFoundError, EOFError, pickle.UnpicklingError):
        return {}


def test_sin_archivo_no_hay_puntos():
    assert _valora(lee_tarea(T1).pruebas["t1.4"], EnEsteProceso())[0] == 0


def test_los_textos_se_valoran_en_cuatro_niveles():
    (rubrica,) = lee_tarea(T1).rubricas.values()
    assert [rubrica.nota(nivel) for nivel in range(4)] == [0, 1, 2, 3]
    tabla = fuente_de(REPARTIDO, "e5")
    for nivel in range(4):
        assert re.search(rf"^\| {nivel} \| {nivel} \| \w", tabla, re.MULTILINE)


def fuente_de(cuaderno, ident):
    (hallada,) = [c for c in cuaderno["cells"] if c["id"] == ident]
    return "".join(hallada["source"])


def test_las_pruebas_no_usan_los_ejemplos_que_se_ven():
    """Quien copie las respuestas de los ejemplos no gana nada."""
    ocultas = (RAIZ / "notebooks" / "tareas" / "source" / T1 / "pruebas.py").read_text("utf-8")
    revisiones = (RAIZ / "helpers" / "ejercicios" / "revision_t1.py").read_text("utf-8")
    for texto in re.findall(r'"([^"]{12,})", "(?:mac_roman|latin-1|cp1252)"', ocultas):
        assert texto not in revisiones
        assert texto not in json.dumps(SOLUCION, ensure_ascii=False)
