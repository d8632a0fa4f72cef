"""Lo que rodea a todas las pruebas: un sitio temporal propio y un árbol que queda como estaba."""

import hashlib
import os
import signal
import subprocess
import textwrap
from collections import Counter
from contextlib import ExitStack
from pathlib import Path

import pytest
from arbol import RAIZ

from helpers.ordenes._aislamiento import entorno_aislado

PLATAFORMAS = Path(__file__).with_name("plataformas")
# Las que duran más de medio minuto, de más a menos. Empiezan antes: si la última fuera una de
# ellas, los demás núcleos la esperarían sin hacer nada.
LARGAS = (
    "test_ejercicios.py",
    "test_calificar.py",
    "test_fiabilidad_cortes.py",
    "test_tareas_2a4.py",
    "test_proyecto_08.py",
    "test_medir.py",
    "test_medicion.py",
    "test_fiabilidad_danos.py",
)


def pytest_addoption(parser):
    """`--largo`, para quien tiene tiempo: las pruebas de fiabilidad repiten diez veces más."""
    parser.addoption("--largo", action="store_true", help="diez veces más daños, cortes y lecturas")
    parser.addoption(
        "--plataformas", action="store_true", help="solo navegador, Binder, Colab y JupyterHub"
    )


def pytest_configure(config):
    """Aísla la sesión, del principio al final, y anota cómo está el árbol."""
    # Quien ejecuta las pruebas puede haber mandado que Ctrl-C no haga nada, y eso se hereda.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    # Lo que no se pudo probar se dice al final aunque nadie lo pida.
    if "s" not in config.option.reportchars:
        config.option.reportchars += "s"
    if getattr(config.option, "nbval", False) and not config.option.nbval_sanitize_with:
        config.option.nbval_sanitize_with = str(Path(__file__).with_name("nbval_saneado.cfg"))
    config.pluginmanager.register(LugarDeLaCelda())
    pendiente = ExitStack()
    pendiente.enter_context(entorno_aislado())
    config.add_cleanup(pendiente.close)
    # Con varios procesos, el árbol lo mira el que los dirige.
    config.arbol = None if _es_obrero(config) else estado_del_arbol()
    config.resumen = {}


def pytest_ignore_collect(collection_path, config):
    """Las pruebas de plataformas, solo si se piden."""
    return (collection_path == PLATAFORMAS and not config.getoption("--plataformas")) or None


def pytest_collection_modifyitems(items):
    """Pone delante las pruebas largas; las demás siguen en su orden."""
    lugar = {nombre: puesto for puesto, nombre in enumerate(LARGAS)}
    items.sort(key=lambda prueba: lugar.get(prueba.path.name, len(LARGAS)))


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session):
    """Si las pruebas cambiaron el árbol, la sesión falla y dice qué archivos."""
    config = session.config
    if _es_obrero(config):
        config.workeroutput["resumen"] = config.resumen
    if config.arbol is None:
        return
    cambios = sorted({ruta for ruta, _ in config.arbol.items() ^ estado_del_arbol().items()})
    if cambios:
        config.hook.pytest_runtest_logreport(
            report=pytest.TestReport(
                nodeid="árbol limpio",
                location=("", None, "árbol limpio"),
                keywords={},
                outcome="failed",
                longrepr="Tras las pruebas el árbol no está como antes. Cambiaron: "
                + ", ".join(cambios)
                + ". Escribe en carpeta_de_trabajo() o en tmp_path.",
                when="teardown",
            )
        )
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node):
    """Reúne lo que apuntó cada proceso; de uno que murió no llega nada."""
    for titulo, frases in getattr(node, "workeroutput", {}).get("resumen", {}).items():
        node.config.resumen.setdefault(titulo, []).extend(frases)


def pytest_terminal_summary(terminalreporter):
    """Cuenta lo que se repitió muchas veces, y avisa si no hubo con qué comparar el árbol."""
    for titulo, frases in terminalreporter.config.resumen.items():
        terminalreporter.section(titulo)
        for frase in frases:
            terminalreporter.write_line(textwrap.fill(frase, 100, subsequent_indent="    "))
    if terminalreporter.config.arbol is None:
        terminalreporter.write_line(
            "NO SE PROBÓ QUE EL ÁRBOL QUEDE LIMPIO: no hay git o esto no es un repositorio."
        )


class LugarDeLaCelda:
    """Un plugin aparte: los hooks de un conftest.py solo ven su carpeta, no los cuadernos."""

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(self, item):
        """Junto al fallo de una celda, en español: en qué cuaderno y en qué celda."""
        informe = yield
        celda = getattr(item, "cell", None)
        if celda is not None and informe.failed:
            cuaderno = item.path.relative_to(item.config.rootpath).as_posix()
            numero = [otra.get("id") for otra in item.parent.nb.cells].index(celda.get("id")) + 1
            informe.sections.append(
                (
                    "Dónde y qué hacer",
                    f"{cuaderno}, celda {numero} ({celda.get('id', 'sin id')}).\n"
                    "Si el resultado nuevo es el bueno, guárdalo con python -m helpers regenerar y "
                    "revisa que el texto de la lección siga diciendo lo mismo.",
                )
            )
        return informe


@pytest.fixture(scope="session")
def exige():
    """Función que salta la prueba, con aviso, si falta una herramienta; con CI=true la hace fallar.

    Se llama con el motivo (vacío si no falta nada), lo que queda sin probar y el remedio.
    """

    def comprueba(motivo, que, remedio):
        if motivo:
            falla = pytest.fail if os.environ.get("CI") == "true" else pytest.skip
            falla(f"NO SE PROBÓ {que.upper()}: {motivo}. Remedio: {remedio}")

    return comprueba


@pytest.fixture(scope="session")
def veces(request):
    """Por cuánto se multiplica lo que se repite: 1 o, con `--largo`, 10."""
    return 10 if request.config.getoption("--largo") else 1


@pytest.fixture(scope="session")
def resume(request):
    """Función que añade una frase al final de las pruebas, bajo un título."""

    def apunta(titulo, frase):
        request.config.resumen.setdefault(titulo, []).append(frase)

    return apunta


@pytest.fixture(scope="session")
def anota(resume):
    """Función que añade una frase al resumen: qué se hizo, cuántas veces, qué salió y una nota.

    La nota dice lo que no se puede descubrir o impedir.
    """

    def apunta(que, cuantas, cuenta, nota=""):
        if not cuantas:  # se eligieron otras pruebas
            return
        partes = [f"{_con_espacios(n)} {nombre}" for nombre, n in Counter(cuenta).most_common()]
        frase = f"{que}, {_con_espacios(cuantas)} veces: {', '.join(partes)}. {nota}".strip()
        resume("Fiabilidad de save_model y load_model", frase[0].upper() + frase[1:])

    return apunta


def _es_obrero(config):
    """Verdadero en cada uno de los procesos entre los que se reparten las pruebas."""
    return hasattr(config, "workerinput")


def _con_espacios(numero):
    return f"{numero:,}".replace(",", "\N{NO-BREAK SPACE}")


def estado_del_arbol():
    """Cada archivo que git ve distinto de lo guardado, con su contenido; None si no hay git.

    El contenido va como huella: un archivo ya cambiado antes de empezar puede cambiar otra vez.
    """
    orden = ["git", "status", "--porcelain", "-z", "--untracked-files=all", "--no-renames"]
    try:
        salida = subprocess.run(orden, cwd=RAIZ, capture_output=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        return None
    lineas = [linea for linea in salida.decode("utf-8").split("\0") if linea]
    return {linea[3:]: f"{linea[:2]} {_huella(RAIZ / linea[3:])}" for linea in lineas}


def _huella(ruta):
    return hashlib.sha256(ruta.read_bytes()).hexdigest() if ruta.is_file() else ""
