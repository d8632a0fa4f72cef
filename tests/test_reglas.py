"""Las reglas se prueban con una lección mínima correcta y una avería cada vez.

Una regla que no encuentra su avería no protege nada: quien añade una regla añade su fila.
"""

import copy
import csv

import pytest
from reglas import REGLAS, anatomia, enlaces, ortografia, prosa
from reglas.cuaderno import Cuaderno
from reglas.ejercicios import declarados, enunciados
from reglas.leccion_minima import (
    agrega,
    cambia,
    celda_de,
    del_cuaderno,
    desordena_la_portada,
    engorda,
    escribe,
    etiqueta,
    imprime,
    leccion_minima,
    metadatos,
    muestra,
    pon,
    quita,
)

LARGA = "\n".join(f"a{n} = {n}" for n in range(13))
AVERIAS = [
    # (avería, dónde, qué debe decir el fallo)
    (pon("nuevo", execution_count=None), "nuevo", "sin ejecutar"),
    (pon("nuevo", execution_count=9), "nuevo", "le toca el 8"),
    (escribe("nuevo", " \n"), "nuevo", "no tiene código"),
    (etiqueta("nuevo", "proceso-nuevo", "remove_input"), "nuevo", "«remove_input» no es"),
    (etiqueta("nuevo"), "nuevo", "falta la etiqueta «proceso-nuevo»"),
    (etiqueta("falla", "raises-exception", "prediccion"), "falla", "no le corresponde"),
    (etiqueta("titulo", "preparacion"), "titulo", "de texto y lleva etiquetas"),
    (metadatos("p1-corre", jupyter={}), "p1-corre", "su salida se ve"),
    (metadatos("nuevo", jupyter={"outputs_hidden": True}), "nuevo", "sin la etiqueta"),
    (imprime("p1-corre", "2\n"), "p1-corre", "la primera línea"),
    (pon("p1-corre", outputs=[]), "p1-corre", "la primera línea"),
    (pon("nuevo", id="3f2a9c1e"), "3f2a9c1e", "no es de palabras"),
    (pon("nuevo", id="Celda_1"), "Celda_1", "no es de palabras"),
    (pon("nuevo", id="falla"), "falla", "repite el id"),
    (lambda c: celda_de(c, "nuevo").pop("id"), "sin id", "no es de palabras"),
    (lambda c: c.datos.update(nbformat_minor=4), "", "anterior al 4.5"),
    (del_cuaderno(kernelspec={"name": "mi-venv"}), "", "no es «python3»"),
    (del_cuaderno(widgets={}), "", "sobra «widgets»"),
    (metadatos("nuevo", execution={}), "nuevo", "sobra «execution»"),
    (metadatos("nuevo", editable=True), "nuevo", "sobra «editable»"),
    (engorda, "", "75 celdas"),
    (imprime("nuevo", "x\n" * 16), "nuevo", "16 líneas"),
    (muestra("nuevo", "image/png", "A" * 150_000), "nuevo", "150 KB"),
    (muestra("nuevo", "application/vnd.jupyter.widget-view+json", {}), "nuevo", "un widget"),
    (imprime("nuevo", "Aviso", "stderr"), "nuevo", "stderr"),
    (etiqueta("falla"), "falla", "guarda un error"),
    (pon("falla", outputs=[]), "falla", "no guarda ningún error"),
    (imprime("nuevo", "en /home/ana/curso\n"), "nuevo", "/home/ana/curso"),
    (imprime("nuevo", "/Users/ana\n"), "nuevo", "/Users/ana"),
    (imprime("nuevo", "C:\\Users\\ana"), "nuevo", "C:\\Users"),
    (imprime("nuevo", "/tmp/x/m.pkl"), "nuevo", "/tmp/x"),
    (muestra("nuevo", "text/html", "<i>lib/site-packages/x</i>"), "nuevo", "site-packages"),
    (agrega("nuevo", 'open("/root/m.pkl")'), "nuevo", "su código lleva una ruta"),
    (imprime("nuevo", "hola, Zacarias\n"), "nuevo", "nombre de quien"),
    (imprime("nuevo", "no. Did you forget to import 'x'?\n"), "nuevo", "«Did you forget»"),
    (agrega("preparacion", "x = 1"), "preparacion", "no es la celda de preparación"),
    (etiqueta("preparacion"), "preparacion", "solo en ella"),
    (agrega("nuevo", "try:\n    a\nexcept Exception:\n    b"), "nuevo", "cualquier error"),
    (agrega("nuevo", "try:\n    a\nexcept:\n    b"), "nuevo", "cualquier error"),
    (agrega("nuevo", "try:\n    a\nexcept (A, Exception):\n    b"), "nuevo", "cualquier error"),
    (agrega("nuevo", "from numpy import *"), "nuevo", "importa con «*»"),
    (agrega("nuevo", 'n = input("?")'), "nuevo", "input()"),
    (escribe("p1-corre", "def f(:"), "p1-corre", "no es Python"),
    (escribe("p1-corre", LARGA), "p1-corre", "Pártela en 8"),
    (agrega("ej1-respuesta", LARGA), "ej1-respuesta", "Pártela en 12"),
    (cambia("titulo", "# 02a · ", "# 2a: "), "titulo", "empezar por «# 02a · …»"),
    (agrega("cierre", "# Otro"), "cierre", "otro H1"),
    (agrega("guardar", "##### Hondo"), "guardar", "salta de H3 a H5"),
    (cambia("titulo", "lab/tree/notebooks/02a", "lab/tree/notebooks/02b"), "titulo", "a Binder"),
    (cambia("titulo", "main/notebooks/02a", "main/02a"), "titulo", "enlace a Colab"),
    (cambia("titulo", "**Qué harás.**", "Harás"), "titulo", "«**Qué harás»"),
    (cambia("titulo", "**Salta si**", "Salta si"), "titulo", "«**Salta si»"),
    (desordena_la_portada, "titulo", "va en este orden"),
    (cambia("titulo", "- Cargarlo.\n", ""), "titulo", "2 objetivos"),
    (cambia("titulo", "|---|---|", ""), "titulo", "lleva una tabla"),
    (cambia("titulo", "14 min", "15 min"), "titulo", "suman 14"),
    (cambia("titulo", "5 + 9", "5 + 8"), "titulo", "[5, 8]"),
    (cambia("titulo", "en total:", "en total,"), "titulo", "línea del tiempo"),
    (cambia("guardar", "· 9 min", "· 13 min"), "guardar", "Pártela: 12"),
    (cambia("guardar", " · 9 min", ""), "guardar", "faltan los minutos"),
    (cambia("guardar", "## 1. ", "## 2. "), "guardar", "«## 1. …»"),
    (quita("recuerda"), "", "el primer H2"),
    (cambia("recuerda", "\n2. ¿Dónde vive una variable?", ""), "recuerda", "1 preguntas"),
    (
        cambia("recuerda", "2. ¿Dónde", "<details><summary>¿Y `x`?</summary>\n\n2. ¿Dónde"),
        "recuerda",
        "«¿Y `x`?» enseñaría",
    ),
    (cambia("cierre", "## Qué viene ahora", "## Y después"), "", "dos últimos H2"),
    (cambia("cierre", "- Cinco.\n", ""), "cierre", "hay 4 frases"),
    (cambia("cierre", "- Cinco.", "- Cinco. Y seis."), "cierre", "una sola frase"),
    (cambia("cierre", "Después: 02b", "Después: otra"), "cierre", "la lección 02b"),
    (
        cambia("cierre", "(01_conceptos_fundamentales.ipynb)", "(#Qué-viene-ahora)"),
        "cierre",
        "vecina",
    ),
    (cambia("cierre", "(01_conceptos", "(../01_conceptos"), "cierre", "no existe"),
    (cambia("ej1", "02a.1", "02a.2"), "ej1", "es el ejercicio 02a.1"),
    (cambia("ej1", "Resultado esperado", "Sale"), "ej1", "*Resultado esperado:"),
    (quita("ej1-respuesta"), "ej1", "va una celda «respuesta»"),
    (quita("ej1-revision"), "ej1-respuesta", "acaba con tres líneas"),
    (cambia("ej2-respuesta", '# pista("02a.2")', ""), "ej2-respuesta", "acaba con tres líneas"),
    (imprime("ej2-respuesta", "02a.2 · Correcto.\n"), "ej2-respuesta", "sin responder"),
    (quita("ej1"), "ej1-respuesta", "no sigue a ningún"),
    (cambia("ej1-revision", '# pista("02a.1")', '# pista("02a.2")'), "ej1-revision", "tres líneas"),
    (imprime("ej1-revision", "02a.1 · Correcto.\n"), "ej1-revision", "sin responder"),
    (cambia("ej2-respuesta", "...", "2"), "ej2-respuesta", "nada por responder"),
    (cambia("p1-apuesta", "02a.p1", "02a.p2"), "p1-apuesta", "es la predicción 02a.p1"),
    (quita("p1-compara"), "p1-apuesta", "falta después su compara"),
    (quita("p1-apuesta"), "p1-compara", "nadie ha predicho"),
    (etiqueta("p1-compara"), "p1-compara", "es «tras-prediccion»"),
    (agrega("guardar", "[la anterior](01_Conceptos_fundamentales.ipynb)"), "guardar", "mayúsculas"),
    (agrega("guardar", "[los datos](../data/x.csv)"), "guardar", "no existe"),
    (agrega("guardar", "[lo otro](#Lo-otro)"), "guardar", "«#Lo-otro»"),
    (agrega("guardar", "[la guía](http://scikit-learn.org/)"), "guardar", "no es https"),
    (agrega("guardar", "[la guía](https://ejemplo.org/)"), "guardar", "su sitio no está"),
    (agrega("guardar", "![Una figura ajena](https://github.com/x.png)"), "guardar", "la imagen"),
    (agrega("guardar", "![](figura.png)"), "guardar", "texto alternativo"),
    (agrega("guardar", '<img src="figura.png">'), "guardar", "texto alternativo"),
    (agrega("guardar", "Pulsa [aquí](figura.png)"), "guardar", "no dice a dónde"),
    (agrega("guardar", "Mira https://github.com/"), "guardar", "está suelta"),
    (agrega("guardar", "Este notebook."), "guardar", "«notebook». Usa «cuaderno»"),
    (cambia("p1-apuesta", "dos es mejor", "el fichero falta"), "p1-apuesta", "«fichero»"),
    (agrega("guardar", "¡Listo!"), "guardar", "exclamación"),
    (agrega("guardar", "Cuidado ⚠️"), "guardar", "el dibujo"),
    (agrega("guardar", "Cuesta ⏱ 9 min"), "guardar", "el dibujo"),
    (agrega("guardar", "TODO: explicar"), "guardar", "pendiente"),
]


@pytest.fixture
def leccion(tmp_path):
    return leccion_minima(tmp_path)


def fallos_de(cuaderno):
    return [fallo for regla in REGLAS for fallo in regla(cuaderno)]


def test_la_leccion_correcta_no_tiene_fallos(leccion):
    assert fallos_de(leccion) == []


@pytest.mark.parametrize(("averia", "donde", "dice"), AVERIAS, ids=[a[2] for a in AVERIAS])
def test_cada_averia_se_encuentra(leccion, monkeypatch, averia, donde, dice):
    monkeypatch.setattr("getpass.getuser", lambda: "zacarias")
    averia(leccion)
    hallados = [fallo for fallo in fallos_de(leccion) if dice in fallo]
    lugar = f"({donde}): " if donde else "notebooks/02a_pickle.ipynb: "
    assert any(lugar in fallo for fallo in hallados), fallos_de(leccion)


def test_toda_regla_tiene_su_averia(leccion, tmp_path):
    encuentran = set()
    for averia, _, _ in AVERIAS:
        rota = Cuaderno(leccion.nombre, copy.deepcopy(leccion.datos), tmp_path)
        averia(rota)
        encuentran |= {regla.__name__ for regla in REGLAS if list(regla(rota))}
    assert encuentran == {regla.__name__ for regla in REGLAS}


@pytest.mark.parametrize(
    ("nombre", "dice"),
    [
        ("00_empieza_aqui", "es la primera lección: sobra la sección «Recuerda»"),
        ("r1_repaso", "es un repaso: sobra la sección «Recuerda»"),
        ("02a_Pickle", "no está en el temario"),
    ],
)
def test_el_nombre_del_cuaderno_decide_su_forma(leccion, nombre, dice):
    otra = Cuaderno(f"notebooks/{nombre}.ipynb", leccion.datos, leccion.raiz)
    assert any(dice in fallo for fallo in fallos_de(otra))


def test_un_repaso_no_necesita_recordar(leccion):
    repaso = Cuaderno("notebooks/r1_repaso.ipynb", leccion.datos, leccion.raiz)
    quita("recuerda")(repaso)
    assert list(anatomia.recuerda(repaso)) == []


def test_los_ejercicios_de_un_repaso_tambien_se_reconocen(leccion):
    repaso = Cuaderno("notebooks/r1_repaso.ipynb", leccion.datos, leccion.raiz)
    escribe("ej1", "**Ejercicio r1.1.** Escribe dos.")(repaso)
    escribe("ej2", "**Ejercicio r12.1.** Escribe dos.")(repaso)
    assert [codigo for _, codigo in enunciados(repaso)] == ["r1.1"]


@pytest.mark.parametrize(
    ("ejercicios", "predicciones", "dice"),
    [
        (["02a.1", "02a.2", "02a.3"], ["02a.p1"], "no pone el ejercicio 02a.3"),
        (["02a.2"], ["02a.p1"], "pone el ejercicio 02a.1, sin declarar"),
        (["02a.1", "02a.2"], [], "pone la predicción 02a.p1, sin declarar"),
    ],
)
def test_lo_declarado_y_lo_preguntado_coinciden(leccion, ejercicios, predicciones, dice):
    assert list(declarados(leccion, ["02a.1", "02a.2"], ["02a.p1"])) == []
    (fallo,) = declarados(leccion, ejercicios, predicciones)
    assert dice in fallo


def test_cada_termino_del_glosario_atrapa_su_ejemplo():
    with prosa.GLOSARIO.open(encoding="utf-8", newline="") as archivo:
        for fila in csv.DictReader(archivo):
            (fallo,) = prosa.terminos("aquí", fila["ejemplo"])
            assert fila["usa"] in fallo, fila


def test_el_glosario_no_toca_lo_correcto():
    correcto = "pickle guarda la huella (hash) de un archivo; en la ruta hay un paso simple"
    assert list(prosa.terminos("aquí", correcto)) == []


def test_de_un_modulo_solo_se_lee_la_prosa():
    codigo_fuente = r'''
def f(x):
    """Carga el archivo."""
    return f"Vi {x} cosas raras", "utf-8", "x = f(1)", r"No such file", "usa `json.dumps` siempre"
'''
    leidos = [" ".join(texto.split()) for _, texto in prosa.textos_de_python(codigo_fuente)]
    assert leidos == ["Carga el archivo.", "Vi _ cosas raras", "usa siempre"]


def test_la_ortografia_encuentra_una_errata_y_respeta_las_propias(exige):
    exige(ortografia.falta_hunspell(), "la ortografía", "apt install hunspell hunspell-es")
    fuentes = [("aquí", "La serialisación con scikit y Skops guarda el modelo. Read it.")]
    dudosas = [
        fallo.split("«")[1].split("»")[0]
        for fallo in ortografia.desconocidas(fuentes, {"skops", "scikit"})
    ]
    assert dudosas == ["it", "Read", "serialisación"]


def test_sobran_las_palabras_que_nadie_usa():
    assert ortografia.sobrantes([("aquí", "Con Skops y pickle")], ["pickle", "skops", "dill"]) == [
        "dill"
    ]


def test_un_ancla_de_markdown_es_la_de_github(tmp_path):
    (tmp_path / "guia.md").write_text("# Para *docentes*: notas\n", encoding="utf-8")
    bien, mal = "[la guía](guia.md#para-docentes-notas)", "[la guía](guia.md#Para-docentes)"
    assert not list(enlaces.resuelven("aquí", "README.md", bien, tmp_path))
    assert list(enlaces.resuelven("aquí", "README.md", mal, tmp_path))
