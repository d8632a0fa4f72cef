"""Cada lección en JupyterLab, con un navegador de verdad: lo que verá quien la abra."""

import functools
import re

import pytest
from arbol import RAIZ
from reglas.cuaderno import lecciones, lee

from plataformas.laboratorio import lee_menus
from plataformas.recorrido import pregunta_de
from plataformas.teclado import da_clase

LECCIONES = lecciones()
# También las tareas, tal como se reparten.
CUADERNOS = LECCIONES + sorted((RAIZ / "notebooks").glob("tareas/release/*/*.ipynb"))
CON_REINICIO = [
    ruta for ruta in LECCIONES if any(c.id.endswith("tras-reinicio") for c in lee(ruta).celdas)
]


def nombre(ruta):
    return ruta.stem


def palabras(texto):
    """El texto en una línea: `revisa` lo parte donde acaba el renglón."""
    return " ".join(texto.split())


def lineas(texto):
    return [linea.strip() for linea in texto.splitlines() if linea.strip()]


def celda_de(celdas, identidad):
    (celda,) = (c for c in celdas if c["id"] == identidad)
    return celda


def errores(celdas):
    return {c["id"]: c["errores"] for c in celdas if c["errores"]}


def test_hay_lecciones_y_alguna_pide_reiniciar():
    assert LECCIONES
    assert len(CUADERNOS) > len(LECCIONES)
    assert RAIZ / "notebooks" / "02a_pickle.ipynb" in CON_REINICIO


@pytest.mark.parametrize("ruta", CUADERNOS, ids=nombre)
def test_ejecutar_todo_no_da_ningun_error(ruta, recorrido):
    celdas = recorrido(ruta).despues
    anunciados = {c["id"] for c in celdas if "raises-exception" in c["etiquetas"]}
    assert errores(celdas).keys() == anunciados, errores(celdas)
    de_codigo = [c.id for c in lee(ruta).de_codigo]
    assert [(c["id"], c["cuenta"]) for c in celdas] == [(i, n) for n, i in enumerate(de_codigo, 1)]


@pytest.mark.parametrize("ruta", LECCIONES, ids=nombre)
def test_la_respuesta_a_una_prediccion_no_se_ve_hasta_que_se_ejecuta(ruta, recorrido):
    hechos = recorrido(ruta)
    plegadas = [c for c in hechos.antes if c["plegada"]]
    con_prediccion = {c.id for c in lee(ruta).de_codigo if "tras-prediccion" in c.etiquetas}
    assert {c["id"] for c in plegadas} == con_prediccion
    assert con_prediccion
    for antes in plegadas:
        # JupyterLab enseña la primera línea; las reglas miran que no diga nada.
        assert lineas(antes["seVe"]) == lineas(antes["texto"])[:1], antes["id"]
        assert antes["imagenes"] == 0
        despues = celda_de(hechos.despues, antes["id"])
        assert not despues["plegada"]
        visto = palabras(despues["seVe"])
        for linea in lineas(despues["texto"]):
            assert palabras(linea) in visto or linea.startswith("<Figure"), antes["id"]


@pytest.mark.parametrize("ruta", LECCIONES, ids=nombre)
def test_un_ejercicio_se_falla_se_pide_una_pista_y_se_acierta(ruta, recorrido):
    pregunta = pregunta_de(lee(ruta))
    assert pregunta, "ningún ejercicio de la lección se contesta con un valor en una celda"
    mala, buena = map(palabras, recorrido(ruta).intentos)
    assert palabras(pregunta.esperado) in mala
    assert "Pista 1 de 3." in mala
    assert "· Correcto." in buena


@pytest.mark.parametrize("ruta", CON_REINICIO, ids=nombre)
def test_tras_reiniciar_el_kernel_lo_guardado_vuelve(ruta, recorrido):
    primera, *siguientes = recorrido(ruta).reinicio
    assert "False" in primera["texto"]  # la memoria se vació
    seguido = celda_de(recorrido(ruta).despues, primera["id"])
    assert primera["texto"].replace("False", "True") == seguido["texto"]
    assert siguientes
    assert errores([primera, *siguientes]) == {}


def test_los_menus_que_se_nombran_estan_en_jupyterlab(laboratorio):
    menus = laboratorio(lee_menus, lee(LECCIONES[0]).nombre).result()
    donde = [RAIZ / "README.md", *(RAIZ / "notebooks").glob("docencia/*.md"), *CUADERNOS]
    texto = "".join(ruta.read_text(encoding="utf-8") for ruta in donde)
    nombradas = set(re.findall(rf"\*({'|'.join(menus)}) ▸ ([^*]+)\*", texto))
    assert {menu for menu, _ in nombradas} >= {"Run", "Kernel"}
    # De una opción con submenú se mira la primera parte: lo de dentro depende de lo instalado.
    vistas = {(menu, opcion.partition(" ▸ ")[0]) for menu, opcion in nombradas}
    faltan = {(menu, opcion) for menu, opcion in vistas if opcion not in menus[menu]}
    assert faltan == set(), {menu: menus[menu] for menu, _ in faltan}


@pytest.mark.parametrize("ruta", LECCIONES, ids=nombre)
def test_basta_el_teclado(ruta, laboratorio, direccion):
    """De la primera celda al enlace a la lección siguiente, con un ejercicio por el camino."""
    leccion = lee(ruta)
    pregunta = pregunta_de(leccion)
    texto, destino = re.findall(r"\[([^]]+)\]\(([^)]+)\)", leccion.celdas[-1].fuente)[-1]
    primera = ruta == LECCIONES[0]
    if not primera:  # la primera sale sola
        direccion = direccion.replace("/?", f"/lab/tree/{leccion.nombre}?reset&")
    respuesta = pregunta.celda, pregunta.buena
    hace = functools.partial(da_clase, despliega=primera)
    visto = laboratorio(hace, direccion, leccion, respuesta, texto).result()
    assert visto["abierta"] == leccion.nombre
    assert {c["id"] for c in visto["celdas"]} == {c.id for c in leccion.de_codigo}
    anunciados = {c["id"] for c in visto["celdas"] if "raises-exception" in c["etiquetas"]}
    assert errores(visto["celdas"]).keys() == anunciados
    assert "· Correcto." in palabras(visto["contesta"])
    assert visto["siguiente"] == f"notebooks/{destino}"
    if primera:
        assert (visto["plegado"]["abierto"], visto["desplegado"]["abierto"]) == (False, True)
