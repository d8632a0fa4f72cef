"""Los repasos: cada mensaje dice dónde se vio la pregunta, y ese lugar existe con ese nombre."""

import importlib
import re
from collections import Counter

import pytest
from arbol import RAIZ
from libro import ENUNCIADO
from reglas.anatomia import REPASO, TEMARIO, apartados
from reglas.cuaderno import lecciones, lee
from reglas.ejercicios import enunciados
from reglas.leccion_minima import cambia, leccion_minima
from reglas.prosa import CODIGO_EN_LINEA, sin_bloques

from helpers.ejercicios import ejercicios_de, evalua
from helpers.ejercicios.preguntas import Apartado, opcion_de, se_vio_en
from helpers.ejercicios.resultado import Estado, Rechazo, bien, error_tuyo, mal, sin_responder

CITA = re.compile(r"(\w+), apartado (\d+), «([^»]+)»")
NUMEROS = [titulo.partition("_")[0] for titulo in TEMARIO]
CUADERNOS = {cuaderno.numero: cuaderno for cuaderno in map(lee, lecciones())}
REPASOS = [numero for numero in CUADERNOS if REPASO.fullmatch(numero)]
CASOS = [
    caso
    for repaso in REPASOS
    for caso in importlib.import_module(f"casos.leccion_{repaso}").CASOS
    # Lo que dice el motor cuando la llamada a `revisa` no es la del cuaderno no es de la pregunta.
    if caso.mensaje not in ("numero_de_respuestas", "no_se_dejo_examinar")
]
PREGUNTAS = 8
PALABRAS_SEGUIDAS = 7


EXISTEN = set().union(*map(apartados, CUADERNOS.values()))


def citados(texto):
    """Los apartados que nombra un texto, aunque lo corten las líneas."""
    return [str(Apartado(de, int(n), t)) for de, n, t in CITA.findall(" ".join(texto.split()))]


@pytest.mark.parametrize("caso", CASOS, ids=str)
def test_el_acierto_y_el_error_dicen_un_apartado_que_existe(caso, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("helpers.ejercicios.ejecucion.LIMITE_SEGUNDOS", 1)
    resultado = evalua(caso.codigo, *caso.prepara())
    nombra = citados(resultado.texto)
    assert bool(nombra) == (resultado.estado is not Estado.SIN_RESPONDER), resultado.texto
    assert set(nombra) <= EXISTEN
    assert resultado.texto.count("«") == resultado.texto.count("»")
    assert resultado.texto.count("apartado ") == len(nombra)


@pytest.mark.parametrize("repaso", REPASOS)
def test_las_pistas_citan_apartados_que_existen(repaso):
    for ejercicio in ejercicios_de(repaso):
        idea, lugar, casi = ejercicio.pistas
        assert citados(lugar), ejercicio.codigo
        for pista in ejercicio.pistas:
            assert set(citados(pista)) <= EXISTEN, ejercicio.codigo
            assert pista.count("apartado ") == len(citados(pista)), pista


def test_un_apartado_que_cambia_de_nombre_o_de_numero_deja_de_existir(tmp_path):
    leccion = leccion_minima(tmp_path)
    cambia("guardar", "Guardar con `pickle`", "Guardar")(leccion)
    cita = "Prueba a mirar 02a,\napartado 1, «Guardar». Y otra cosa: «Guardar»."
    assert set(citados(cita)) == apartados(leccion)
    cambia("guardar", "1. Guardar", "1. Guardarlo")(leccion)
    assert not set(citados(cita)) & apartados(leccion)
    cambia("guardar", "1. Guardarlo", "2. Guardar")(leccion)
    assert not set(citados(cita)) & apartados(leccion)


@pytest.mark.parametrize("repaso", REPASOS)
def test_son_ocho_mezcladas_y_alcanzan_a_todas_las_lecciones(repaso):
    propios = ejercicios_de(repaso)
    assert [ejercicio.codigo for ejercicio in propios] == [
        f"{repaso}.{numero}" for numero in range(1, PREGUNTAS + 1)
    ]
    de_que = [[cita[: cita.index(",")] for cita in citados(e.pistas[1])] for e in propios]
    puestos = [NUMEROS.index(lecciones_de[0]) for lecciones_de in de_que]
    assert puestos != sorted(puestos), "van en el orden de las lecciones"
    assert sum(len(set(lecciones_de)) > 1 for lecciones_de in de_que) >= 3, "juntan pocas lecciones"
    # Repasa desde donde acabó el repaso anterior.
    hasta = NUMEROS.index(repaso)
    desde = max((NUMEROS.index(r) for r in REPASOS if NUMEROS.index(r) < hasta), default=0)
    vistas = {cita[: cita.index(",")] for e in propios for p in e.pistas for cita in citados(p)}
    vistas |= {
        cita[: cita.index(",")]
        for caso in CASOS
        if caso.codigo.startswith(repaso) and caso.estado is Estado.CORRECTO
        for cita in citados(evalua(caso.codigo, *caso.prepara()).texto)
    }
    assert vistas == {n for n in NUMEROS[desde + 1 : hasta] if n in CUADERNOS}


@pytest.mark.parametrize("repaso", REPASOS)
def test_cada_pregunta_se_comprueba_debajo_con_la_salida_plegada(repaso):
    cuaderno = CUADERNOS[repaso]
    celdas = cuaderno.celdas
    for enunciado, codigo in enunciados(cuaderno):
        sigue = [c for c in celdas[enunciado.numero :] if "respuesta" not in c.etiquetas]
        assert sigue[0].es_codigo and "tras-prediccion" in sigue[0].etiquetas, codigo
        assert sigue[0].salidas, codigo


def enunciados_de(cuaderno):
    """Las palabras de cada enunciado de una lección, sin código."""
    for celda in cuaderno.de_texto:
        for hallado in ENUNCIADO.finditer(sin_bloques(celda.fuente)):
            limpio = CODIGO_EN_LINEA.sub(" ", hallado[0].partition("*Resultado esperado")[0])
            yield re.findall(r"\w+", limpio.lower())[3:]  # sin «Ejercicio 02a 1»


def seguidas(palabras):
    return {
        tuple(palabras[i : i + PALABRAS_SEGUIDAS])
        for i in range(len(palabras) - PALABRAS_SEGUIDAS + 1)
    }


def test_ninguna_pregunta_repite_la_frase_de_otro_ejercicio():
    veces = Counter(
        trozo
        for cuaderno in CUADERNOS.values()
        for trozo in {t for p in enunciados_de(cuaderno) for t in seguidas(p)}
    )
    for repaso in REPASOS:
        suyas = {t for palabras in enunciados_de(CUADERNOS[repaso]) for t in seguidas(palabras)}
        assert suyas
        assert [" ".join(trozo) for trozo in suyas if veces[trozo] > 1] == []


# --- La pieza común ------------------------------------------------------------------------------
LUGAR = Apartado("02a", 4, "Una función y una clase")
UN_ERROR = {"vi": "uno", "esperaba": "otro", "porque": "pasa", "prueba": "esto"}


@pytest.mark.parametrize(
    ("resultado", "cuantas"),
    [
        (bien("Eso es."), 1),
        (bien(f"Eso es, como en {LUGAR}."), 2),
        (mal("x", **UN_ERROR), 1),
        (mal("x", **UN_ERROR | {"prueba": f"a mirar {LUGAR}"}), 1),
        (error_tuyo("x", "Falló", "otra cosa"), 1),
        (sin_responder(), 0),
    ],
)
def test_se_vio_en_anade_el_lugar_una_vez(resultado, cuantas):
    def comprueba(lanza):
        if lanza:
            raise Rechazo(resultado)
        return resultado

    for lanza in (False, True):
        situado = se_vio_en(LUGAR)(comprueba)(lanza)
        assert situado.texto.count(str(LUGAR)) == cuantas
        assert situado.texto.startswith(resultado.texto)
        assert (situado.estado, situado.mensaje) == (resultado.estado, resultado.mensaje)


def test_una_opcion_se_reconoce_aunque_se_escriba_de_otra_manera():
    opciones = ("joblib comprimido", "vigente")
    assert opcion_de("  Joblib   COMPRIMIDO. ", opciones) == "joblib comprimido"
    assert opcion_de("«Vigénte»", opciones) == "vigente"
    assert opcion_de("vale", opciones, {"vale": "vigente"}) == "vigente"
    assert opcion_de("joblib", opciones) is None
    assert opcion_de(None, opciones) is None


def test_el_readme_enumera_las_lecciones_en_el_orden_del_temario():
    mapa = (RAIZ / "README.md").read_text(encoding="utf-8")
    filas = re.findall(r"^\| \[.*?\]\(notebooks/(\w+)\.ipynb\)", mapa, re.MULTILINE)
    titulos = [titulo for titulo in TEMARIO if titulo.partition("_")[0] in CUADERNOS]
    assert filas == titulos
