"""La guía para docentes dice lo que dicen las lecciones, y sus cuentas salen."""

import os
import re
import subprocess
from types import SimpleNamespace

import nbformat
import pytest
from arbol import RAIZ
from nbclient import NotebookClient
from reglas.anatomia import TOTAL
from reglas.cuaderno import lee

from helpers.docencia import ahorro, guia, planes
from helpers.docencia.lecciones import APARTADO, lecciones
from helpers.docencia.preguntas import de_predicciones
from helpers.ejercicios import ejercicios_de
from helpers.errores import ErrorDelCurso
from helpers.ordenes import guia as orden
from helpers.ordenes._aislamiento import entorno_aislado

CARPETA = RAIZ / guia.CARPETA
LECCIONES = lecciones()
POR_LECCION = pytest.mark.parametrize("leccion", LECCIONES, ids=lambda leccion: leccion.codigo)


PAGINAS = guia.paginas()


@pytest.mark.parametrize("nombre", PAGINAS)
def test_la_guia_guardada_esta_al_dia(nombre):
    archivo, texto = CARPETA / nombre, PAGINAS[nombre]
    guardado = archivo.read_text(encoding="utf-8") if archivo.exists() else ""
    assert guardado == texto, f"{nombre} no es de hoy. Usa: python -m helpers guia"


def test_no_sobra_ninguna_pagina_y_el_indice_las_enlaza_todas():
    guardadas = {ruta.name for ruta in CARPETA.iterdir()}
    a_mano = {"README.md", "jupyterhub.md"}
    assert guardadas == {*guia.paginas(), *a_mano}
    indice = (CARPETA / "README.md").read_text(encoding="utf-8")
    enlazadas = {*guia.paginas(), *a_mano} - {"README.md"}
    assert {f"]({nombre})" for nombre in enlazadas} <= set(re.findall(r"\]\([\w.]+\)", indice))


@POR_LECCION
def test_los_minutos_son_los_de_la_leccion_y_la_clase_suma_55(leccion):
    portada = lee(RAIZ / "notebooks" / leccion.archivo).celdas[0].fuente
    assert leccion.minutos == int(TOTAL.search(portada)[1])
    texto = (CARPETA / f"guia_{leccion.codigo}.md").read_text(encoding="utf-8")
    filas = re.findall(r"^\| (.+?) \| (\d*) \| (\d+) \|", texto, re.MULTILINE)
    van = 0
    for _, minutos, acaba in filas:
        van += int(minutos or 0)
        assert van == int(acaba)
    assert van == 55 * planes.Clase(55, (leccion,)).cuantas
    assert len(filas) == len(leccion.apartados) + 2


@pytest.mark.parametrize("duracion", [55, 110])
@pytest.mark.parametrize("cortas", [False, True])
def test_cada_clase_suma_y_ninguna_leccion_se_pierde(duracion, cortas):
    suyas = [x for x in LECCIONES if not cortas or x.codigo in planes.CAMINO_CORTO]
    hechas = planes.clases(suyas, duracion)
    assert [leccion for clase in hechas for leccion in clase.lecciones] == suyas
    for clase in hechas:
        assert clase.margen >= 0, [leccion.codigo for leccion in clase.lecciones]
        partes = clase.entrada + clase.minutos + clase.descansos + clase.margen
        assert partes == clase.total == duracion * clase.cuantas
        assert clase.entrada == planes.ENTRADA * clase.cuantas
    if duracion == 110:
        # Ninguna clase podía llevarse también la primera lección de la siguiente.
        for clase, otra in zip(hechas, hechas[1:], strict=False):
            junta = planes.Clase(duracion, (*clase.lecciones, otra.lecciones[0]))
            assert junta.cuantas > 1


def test_los_planes_siguen_el_orden_en_que_una_leccion_lleva_a_la_siguiente():
    """Un repaso va tras lo que repasa: ni al final, ni cuando ya se dio lo siguiente."""
    despues = {}
    for leccion in LECCIONES:
        texto = "\n".join(celda.fuente for celda in leccion.celdas)
        despues[leccion.codigo] = re.search(r"- Después: .*?\(.*?(\w+?)_\w+\.ipynb\)", texto)[1]
    recorrido = ["00"]
    while (siguiente := despues[recorrido[-1]]) in despues:
        recorrido.append(siguiente)
    assert [leccion.codigo for leccion in LECCIONES] == recorrido


def test_una_leccion_larga_ocupa_varias_clases():
    larga = SimpleNamespace(codigo="08", minutos=90)
    corta = SimpleNamespace(codigo="07", minutos=52)
    hechas = planes.clases([corta, larga], 55)
    assert [(clase.cuantas, clase.margen) for clase in hechas] == [(1, 0), (2, 14)]
    assert [clase.cuantas for clase in planes.clases([corta, larga], 110)] == [1, 1]
    tabla = planes.planes([corta, larga])
    assert "| 2 y 3 | [08](guia_08.md) | 6 | 90 | 0 | 14 | 110 |" in tabla


def test_las_tablas_de_los_planes_suman():
    texto = (CARPETA / "planes.md").read_text(encoding="utf-8")
    filas = re.findall(r"^\| [\d y]+ \| .+? \| (.+) \| (\d+) \|$", texto, re.MULTILINE)
    assert len(filas) == sum(
        len(planes.clases([x for x in LECCIONES if x.codigo in codigos], duracion))
        for codigos in ([x.codigo for x in LECCIONES], planes.CAMINO_CORTO)
        for duracion in (55, 110)
    )
    for partes, total in filas:
        assert sum(map(int, re.findall(r"\d+", partes))) == int(total)


@POR_LECCION
def test_cada_guia_lleva_todas_sus_predicciones_y_ejercicios(leccion):
    texto = (CARPETA / f"guia_{leccion.codigo}.md").read_text(encoding="utf-8")
    for pregunta in de_predicciones(leccion):
        (buena,) = [o.texto for o in pregunta.opciones if o.correcta]
        trozo = texto.partition(f"**{pregunta.nombre}.**")[2].partition("\n- **")[0]
        letra = re.search(r"Ocurre: ([a-z])\.", trozo)[1]
        dicha = re.search(rf"^  - {letra}: (.*)$", trozo, re.MULTILINE)[1]
        assert re.sub(r"\W", "", dicha) in re.sub(r"<.*?>|&\w+;|\W", "", buena) or "<" in dicha
    for ejercicio in ejercicios_de(leccion.codigo):
        assert f"- **{ejercicio.codigo}.** {ejercicio.pistas[0]}" in texto
        errores = texto.partition(f"\n**{ejercicio.codigo}**\n")[2].partition("\n**")[0]
        assert 2 <= errores.count("Suele pasar porque") <= guia.ERRORES_POR_EJERCICIO


# --- Qué se puede dejar ---------------------------------------------------------------------------
def test_dejar_lo_que_otro_usa_se_nota():
    (leccion,) = lecciones(["01"])
    consejos = ahorro.si_falta_tiempo(leccion)
    assert consejos["Lo que aprende una regresión"] == ahorro.EJECUTA, "el 7 usa `modelo_notas`"
    assert consejos["Una función que engaña"] == ahorro.LIBRE, "es el último"
    assert consejos["Recuerda"] == ""
    (pickle,) = lecciones(["02a"])
    assert ahorro.si_falta_tiempo(pickle)["Cuatro verbos"] == ahorro.CASA


def sin_los_libres(leccion):
    """El cuaderno de una lección, sin las celdas de los apartados que se pueden dejar."""
    cuaderno = nbformat.read(RAIZ / "notebooks" / leccion.archivo, as_version=4)
    consejos, quedan, salta = ahorro.si_falta_tiempo(leccion), [], False
    for celda in cuaderno.cells:
        if celda.cell_type == "markdown":
            for encabezado in APARTADO.finditer(celda.source):
                salta = consejos[encabezado[2]] == ahorro.LIBRE
        if not salta:
            quedan.append(celda)
    cuaderno.cells = quedan
    return cuaderno


def test_lo_que_queda_es_la_leccion_sin_los_apartados_libres():
    (leccion,) = lecciones(["01"])
    queda = "".join(celda.source for celda in sin_los_libres(leccion).cells)
    consejos = ahorro.si_falta_tiempo(leccion)
    assert ahorro.LIBRE in consejos.values()
    for titulo, consejo in consejos.items():
        assert (f"{titulo} · " in queda or titulo in ahorro.FIJOS) is (consejo != ahorro.LIBRE)


def ejecuta_sin_los_libres(leccion):
    cuaderno = sin_los_libres(leccion)
    with entorno_aislado():
        recursos = {"metadata": {"path": str(RAIZ / "notebooks")}}
        cliente = NotebookClient(cuaderno, timeout=120, resources=recursos)
        cliente.execute(stderr=subprocess.DEVNULL)


@POR_LECCION
def test_sin_los_apartados_libres_la_leccion_se_ejecuta(leccion, request):
    # Uno siempre; los demás, que tardan minutos, con tiempo.
    con_tiempo = request.config.getoption("--largo") or os.environ.get("CI") == "true"
    if leccion.codigo != "00" and not con_tiempo:
        pytest.skip(
            "NO SE PROBÓ DEJAR LOS APARTADOS DE CADA LECCIÓN: tarda minutos; se probó en 00. "
            "Remedio: python -m helpers probar --largo -k apartados_libres"
        )
    ejecuta_sin_los_libres(leccion)


def test_la_orden_no_toca_lo_que_no_cambia(monkeypatch, tmp_path, capsys):
    monkeypatch.setattr(orden, "RAIZ", tmp_path)
    (tmp_path / "notebooks").mkdir()
    orden.ejecuta([])
    assert {ruta.name for ruta in (tmp_path / guia.CARPETA).iterdir()} == set(guia.paginas())
    orden.ejecuta([])
    assert capsys.readouterr().out.splitlines()[-1].endswith("Páginas cambiadas: 0.")
    with pytest.raises(ErrorDelCurso, match="No entiendo"):
        orden.ejecuta(["02a"])
