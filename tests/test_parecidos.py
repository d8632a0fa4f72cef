"""El informe de parecidos, motivo a motivo. Con una clase entera, entre las de plataformas."""

import re
import subprocess
import sys
import time
from itertools import combinations
from types import SimpleNamespace

import pytest
from arbol import RAIZ
from casos import leccion_t1
from clase_inventada import NOMBRES, clase, disfraza, informe, respuestas
from proyectos import REPARTIDO, proyecto

from helpers.docencia import cuaderno, parecidos
from helpers.docencia.fragmentos import fragmentos
from helpers.docencia.indicios import NUMERO_LARGO, Indicios, _codigo, _recta, reune
from helpers.docencia.tarea import lee_tarea
from helpers.variantes import EJEMPLO, recta


# --- El informe ----------------------------------------------------------------------------------
def test_senala_a_quien_usa_un_modelo_ajeno(tmp_path):
    todos = clase()
    tres = {nombre: todos[nombre] for nombre in ("Ana Alba", "Carla Cano", "Omar Otro")}
    dicho = informe(tres, tmp_path / "entregas")
    assert "08_proyecto_final: 3 entregas. Parejas que mirar: 1." in dicho
    assert "\nCarla Cano · Omar Otro\n  - modelo: " in dicho
    # Y recuerda lo que no es.
    assert "Un parecido no es una prueba." in dicho
    assert "no sale de este equipo" in dicho


# --- Cada motivo por separado --------------------------------------------------------------------
def de_codigo(entregas):
    """Los indicios de código, sin ejecutar nada."""
    repartidas = cuaderno.desde_dict(REPARTIDO["cells"])
    return [
        Indicios(nombre, _codigo(cuaderno.desde_dict(nb["cells"]), repartidas))
        for nombre, nb in entregas.items()
    ]


def parejas(indicios):
    return {(p.una, p.otra) for p in parecidos.busca(indicios)}


def test_sin_copias_no_hay_parejas():
    nadie = {nombre: proyecto(nombre, **respuestas(nombre)) for nombre in NOMBRES}
    assert parejas(de_codigo(nadie)) == set()


@pytest.mark.parametrize("original", NOMBRES[:10])
def test_copiar_a_cualquiera_se_nota_y_se_dice_donde(original):
    todos = {nombre: proyecto(nombre, **respuestas(nombre)) for nombre in NOMBRES[:27]}
    todos["Zulema Zen"] = proyecto("Zulema Zen", **disfraza(respuestas(original)))
    (pareja,) = parecidos.busca(de_codigo(todos))
    assert {pareja.una, pareja.otra} == {original, "Zulema Zen"}
    assert re.search(r"coincide el 100 % .* en (otras celdas, )?08\.", pareja.motivos[0])


def test_media_copia_tambien_se_nota():
    """Quien copia todo menos una función, que sí es suya."""
    mezcla = disfraza(respuestas("Diego Duarte")) | {"r5": respuestas("Omar Otro")["r5"]}
    todos = {nombre: proyecto(nombre, **respuestas(nombre)) for nombre in NOMBRES[:27]}
    todos["Zulema Zen"] = proyecto("Zulema Zen", **mezcla)
    assert parejas(de_codigo(todos)) == {("Diego Duarte", "Zulema Zen")}


def test_la_copia_de_un_grupo_numeroso_no_parece_lo_corriente():
    todos = {nombre: proyecto(nombre, **respuestas(nombre)) for nombre in NOMBRES[:20]}
    grupo = [f"Zulema {letra}" for letra in "ABCDEFG"]
    todos |= {nombre: proyecto(nombre, **disfraza(respuestas("Ana Alba"))) for nombre in grupo}
    assert parejas(de_codigo(todos)) == set(combinations(["Ana Alba", *grupo], 2))


@pytest.mark.parametrize("cuantos", [2, 3, 7])
def test_en_una_clase_corta_cuenta_que_coincida_casi_todo(cuantos):
    todos = {nombre: proyecto(nombre, **respuestas(nombre)) for nombre in NOMBRES[:cuantos]}
    assert parejas(de_codigo(todos)) == set()
    todos["Zulema Zen"] = proyecto("Zulema Zen", **disfraza(respuestas("Bruno Bello")))
    assert parejas(de_codigo(todos)) == {("Bruno Bello", "Zulema Zen")}


def test_quien_copia_una_sola_funcion_corta_no_se_senala():
    """Lo dice el README: hay copias que el informe no ve."""
    suyas = respuestas("Omar Otro") | {"r4": disfraza(respuestas("Ana Alba"))["r4"]}
    todos = {nombre: proyecto(nombre, **respuestas(nombre)) for nombre in NOMBRES[:27]}
    todos["Omar Otro"] = proyecto("Omar Otro", **suyas)
    assert parejas(de_codigo(todos)) == set()


@pytest.mark.parametrize("cuantos", [2, 4, 30])
def test_las_soluciones_cortas_que_se_parecen_no_se_senalan(cuantos):
    """La tarea 1: en tan pocas líneas, lo correcto se escribe casi igual."""
    tarea = lee_tarea("t1_conceptos")
    repartidas = cuaderno.desde_dict(tarea.repartido)
    escrita = {
        "t1-1-respuesta": "def repara(texto, leido_como):\n"
        "    return texto.encode(leido_como).decode('utf-8')",
        "t1-4-respuesta": "import pickle\nfrom sklearn.linear_model import LinearRegression\n"
        "modelo = LinearRegression().fit(notas[['horas']], notas['nota'])\n"
        "with open('modelo.pkl', 'wb') as archivo:\n    pickle.dump(modelo, archivo)",
    }
    celdas = [cuaderno.Celda(c.tipo, escrita.get(c.nombre, c.fuente), c.ident, c.grado)
              for c in repartidas]  # fmt: skip
    assert any(_codigo(celdas, repartidas).values())
    iguales = [Indicios(f"P{n}", _codigo(celdas, repartidas)) for n in range(cuantos)]
    assert parejas(iguales) == set()
    assert leccion_t1.repara("SeÃ±ora", "latin-1") == "Señora"


def test_lo_repartido_no_es_de_nadie():
    (sin_responder,) = de_codigo({"Ana": REPARTIDO})
    assert not any(sin_responder.codigo.values())
    assert any(de_codigo({"Ana": proyecto("Ana")})[0].codigo.values())
    entrega = SimpleNamespace(nombre="Ana", archivos=["t.ipynb"])
    leida = SimpleNamespace(
        entrega=entrega, tarea="08", celdas=cuaderno.desde_dict(REPARTIDO["cells"])
    )
    # Ni siquiera abre una sala: sin modo ni límites fallaría.
    assert reune(lee_tarea("08_proyecto_final"), leida, None, None) == Indicios("Ana")


@pytest.mark.parametrize(
    "raro", [None, 3, [], [1, 2], ["a", "b", "c"], [[], [], []], [10**400, 1, 2], {"a": 1}]
)
def test_lo_que_no_son_tres_numeros_no_es_una_recta(raro):
    assert _recta(raro) is None
    assert _recta([1, [3], 2.5]) == (1, 2, 1.5)


def test_los_numeros_largos_se_buscan_deprisa():
    inicio = time.perf_counter()
    assert NUMERO_LARGO.findall("1" * 10**5 + " 2.1234567, 0.5 " + "g" * 10**5) == ["2.1234567"]
    assert time.perf_counter() - inicio < 5


def test_los_fragmentos_no_miran_lo_que_se_cambia_para_disimular():
    uno = (
        "def guarda(modelo, ruta):\n    '''Guarda.'''\n    nuevo = f'{ruta}.nuevo'\n"
        "    joblib.dump(modelo, nuevo)  # aparte\n    os.replace(nuevo, ruta)\n"
    )
    otro = '# mío\ndef g(m, r):\n  x = f"{r}__tmp"\n\n  joblib.dump(m, x)\n  os.replace(x, r)\n'
    distinto = uno.replace("os.replace(nuevo, ruta)", "shutil.copy(nuevo, ruta)")
    assert fragmentos(uno) == fragmentos(otro) != fragmentos(distinto)
    assert fragmentos("def f(") == fragmentos("x = 1") == fragmentos("") == frozenset()
    assert fragmentos("%%time\n" + uno)


@pytest.mark.parametrize(
    "hostil",
    [
        "(" * 300 + ")" * 300,
        "-" * 10**5 + "1",
        "x=" * 10**5 + "1",
        "a" + ".b" * 9000,
        "\0",
        "ñ" * 10**6,
    ],
)
def test_un_codigo_hecho_para_estorbar_no_estorba(hostil):
    assert fragmentos(hostil) == frozenset()


def con_modelo(nombre, dueno=None, **mas):
    """Indicios de alguien cuyo modelo es el de otra persona, o el suyo."""
    suyo = {"dice_ser": ("curso", nombre), "recta": recta("curso", dueno or nombre)}
    return Indicios(nombre, **(suyo | mas))


ANA, LUIS, EVA = (con_modelo(nombre) for nombre in ("Ana Alba", "Luis Gil", "Eva Mar"))


@pytest.mark.parametrize(
    ("sospechoso", "fragmento"),
    [
        (
            con_modelo("Zoe", "Luis Gil"),
            "«Zoe» tiene los coeficientes de la variante de «Luis Gil»",
        ),
        (con_modelo("Zoe", "Luis Gil", dice_ser=("curso", "Luis Gil")), "variante de «Luis Gil»"),
    ],
)
def test_un_modelo_ajeno_se_nombra(sospechoso, fragmento):
    (pareja,) = parecidos.busca([ANA, LUIS, sospechoso, EVA])
    assert (pareja.una, pareja.otra) == ("Luis Gil", "Zoe")
    assert fragmento in pareja.motivos[0]


@pytest.mark.parametrize(
    "normal",
    [
        con_modelo("Zoe"),
        con_modelo("Zoe Paz Gil", dice_ser=("CURSO", "zoé gil"), recta=recta("curso", "Zoe Gil")),
        con_modelo("Zoe", recta=None),
        con_modelo("Zoe", recta=(1.0, 2.0, 3.0)),
        Indicios("Zoe"),
    ],
)
def test_un_modelo_propio_o_de_nadie_no_se_senala(normal):
    de_ejemplo = con_modelo("Paz", recta=recta(*EJEMPLO))
    otro = con_modelo("Sol", recta=recta(*EJEMPLO))
    assert parejas([ANA, LUIS, normal, EVA, de_ejemplo, otro]) == set()


def test_el_mismo_modelo_de_nadie_se_senala():
    raro = (1.0, 2.0, 3.0)
    (pareja,) = parecidos.busca([ANA, con_modelo("Zoe", recta=raro), con_modelo("Sol", recta=raro)])
    assert "no son los de ninguna variante" in pareja.motivos[0]


def test_los_archivos_y_los_numeros_cuentan_si_los_datos_son_de_cada_uno():
    def con(nombre, **mas):
        return Indicios(nombre, archivos={"h1": "modelo.joblib"}, **mas)

    impresos = frozenset({"1.234567", "0.1234567"})
    suyos = {"dice_ser": ("curso", "x"), "numeros": impresos}
    (pareja,) = parecidos.busca([con("a", **suyos), con("b", **suyos)])
    assert [motivo.partition(":")[0] for motivo in pareja.motivos] == ["archivos", "salidas"]
    # Sin datos propios, un modelo bien hecho es igual para todos.
    assert parejas([con("a", numeros=impresos), con("b", numeros=impresos)]) == set()
    # Un número suelto puede ser una constante.
    uno = {"dice_ser": ("curso", "x"), "numeros": frozenset({"3.141592653589793"})}
    assert parejas([Indicios("a", **uno), Indicios("b", **uno)]) == set()
    # El mismo cuaderno, byte a byte, siempre cuenta.
    assert parejas([Indicios(n, archivos={"h": "t.ipynb"}) for n in "ab"]) == {("a", "b")}
    # Lo que tiene media clase no dice nada.
    assert parejas([con(n, **suyos) for n in "abcdefgh"]) == set()


@pytest.mark.parametrize("argumentos", [[], ["no existe"], ["notebooks", "--otra"]])
def test_lo_que_no_se_entiende_se_dice(argumentos):
    orden = [sys.executable, "-m", "helpers", "parecidos", *argumentos]
    hecho = subprocess.run(orden, cwd=RAIZ, capture_output=True, encoding="utf-8")
    assert hecho.returncode == 1
    assert "Prueba" in hecho.stderr
    assert "Traceback" not in hecho.stderr
    assert "usage" not in hecho.stderr, "argparse lo diría en inglés"
