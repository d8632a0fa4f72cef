"""Veinte personas entran en un JupyterHub de verdad, reciben el curso y hacen una lección."""

import asyncio
import json
import shutil
import statistics
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace
from urllib.parse import quote

import nbformat
import playwright.sync_api as playwright
import psutil
import pytest
import yaml
from arbol import RAIZ, copia_el_curso
from dimensiones import LECCION, PESADAS, en_clase, frases, lee_medida
from jupyterhub.app import JupyterHub
from requests import RequestException
from traitlets.config import Config
from websocket import WebSocket, WebSocketException, WebSocketTimeoutException

from helpers.ordenes.enlaces import repositorio
from plataformas.aula import (
    MIB,
    NoArranca,
    Vigilante,
    abre_aula,
    configuracion,
    gasto_del_hub,
    gastos,
    publica_curso,
)
from plataformas.persona import LIMITE, NoPudo, Persona

CUANTAS = 20
CLASE = [f"persona{n:02d}" for n in range(1, CUANTAS + 1)]
SOLA = "sola"  # con ella se mide lo que gasta cada lección
CON_NAVEGADOR = "con-navegador"
RUTA = "curso/notebooks"
URL = f"https://github.com/{repositorio(RAIZ)}"
QUE = "una clase en JupyterHub"
REMEDIO_BWRAP = "sudo apt install bubblewrap"


@pytest.fixture(scope="module")
def proxy(paquetes_de_npm, exige):
    for orden, remedio in (("git", "instala git"), ("bwrap", REMEDIO_BWRAP)):
        exige("" if shutil.which(orden) else f"no hay {orden}", QUE, remedio)
    medida = lee_medida()
    libres, faltan = psutil.virtual_memory().available, CUANTAS * en_clase(medida) * MIB
    exige("" if libres > faltan else f"quedan {libres // MIB} MiB libres", QUE, "cierra programas")
    prueba = subprocess.run(["bwrap", "--unshare-pid", "--ro-bind", "/", "/", "true"])
    exige("bubblewrap no funciona aquí" if prueba.returncode else "", QUE, REMEDIO_BWRAP)
    return [str(paquetes_de_npm / ".bin" / "configurable-http-proxy")]


def test_jupyterhub_entiende_la_autenticacion_que_se_despliega():
    escrito = (RAIZ / "binder/jupyterhub/z2jh.yaml").read_text(encoding="utf-8")
    valores = Config(yaml.safe_load(escrito)["hub"]["config"])
    entrada = JupyterHub(config=valores).authenticator_class(config=valores)
    assert entrada.allow_all

    def entra(clave):
        datos = {"username": "ana", "password": clave}
        return asyncio.run(entrada.authenticate(None, datos)) is not None

    assert entra(valores.SharedPasswordAuthenticator.user_password) and not entra("otra-clave")


@pytest.fixture(scope="module")
def publicado(tmp_path_factory):
    """El curso de hoy, en un repositorio de git y en la carpeta de la que sale."""
    carpeta = tmp_path_factory.mktemp("repositorio de José")
    origen = copia_el_curso(carpeta / "curso")
    return SimpleNamespace(git=publica_curso(carpeta / "curso.git", origen), origen=origen)


@pytest.fixture(scope="module")
def aula(proxy, publicado, tmp_path_factory):
    carpeta = tmp_path_factory.mktemp("aula")
    with abre_aula(
        carpeta, proxy, [*CLASE, SOLA, CON_NAVEGADOR], curso=publicado.git, url_del_curso=URL
    ) as abierta:
        yield abierta


def a_la_vez(hace, personas):
    """Lo que hace cada persona, todas a la vez: segundos, o qué le pasó a quien no pudo."""

    def cronometra(persona):
        antes = time.perf_counter()
        try:
            hace(persona)
        except (NoPudo, RequestException, WebSocketException) as error:
            return f"{persona.nombre}: {error or type(error).__name__}"
        return time.perf_counter() - antes

    with ThreadPoolExecutor(len(personas)) as hilos:
        hechos = list(hilos.map(cronometra, personas))
    fallos = [hecho for hecho in hechos if isinstance(hecho, str)]
    return [hecho for hecho in hechos if not isinstance(hecho, str)], fallos


def llega(persona, clave):
    persona.entra(clave)
    persona.aterriza = persona.abre_servidor()
    persona.recibe_el_curso(persona.aterriza)


@pytest.fixture(scope="module")
def clase(aula):
    """La clase entera después de entrar y de hacer la lección, con lo que se midió."""
    del_hub, antes = gasto_del_hub(aula)
    personas = [Persona(nombre, aula.url) for nombre in CLASE]
    entrar, fallos = a_la_vez(lambda persona: llega(persona, aula.clave), personas)
    al_entrar = gastos(aula)
    dentro = [persona for persona in personas if hasattr(persona, "aterriza")]
    leccion, mas = a_la_vez(lambda persona: persona.hace_leccion(f"{RUTA}/{LECCION}"), dentro)
    if fallos + mas:  # se lee junto al fallo
        print(*aula.escrito.read_text("utf-8", errors="replace").splitlines()[-60:], sep="\n")
    return SimpleNamespace(
        personas=personas, fallos=fallos + mas, entrar=entrar, leccion=leccion,
        del_hub=del_hub, procesador_del_hub=gasto_del_hub(aula)[1] - antes,
        al_entrar=al_entrar, al_terminar=gastos(aula),
        cortes=sum(persona.cortes for persona in personas),
        reinicios=sum(persona.reinicios for persona in personas),
    )  # fmt: skip


def test_toda_la_clase_hace_la_leccion_sin_un_fallo(clase):
    assert clase.fallos == []
    assert len(clase.leccion) == len(clase.entrar) == CUANTAS
    assert set(clase.al_terminar) == set(CLASE), "cada persona tiene su servidor"


def test_cada_persona_aterriza_en_la_primera_leccion_y_tiene_el_curso_entero(clase, publicado):
    guardado = {ruta.name for ruta in (publicado.origen / "notebooks").iterdir()}
    leccion = json.loads((publicado.origen / "notebooks" / LECCION).read_text(encoding="utf-8"))
    for persona in clase.personas:
        assert persona.aterriza.startswith(f"{persona.suyo}/git-pull?")
        assert quote(f"{RUTA}/00_empieza_aqui.ipynb", safe="") in persona.aterriza
        assert guardado <= set(persona.lee(RUTA)), persona.nombre
        fuentes = [celda["source"] for celda in persona.lee(f"{RUTA}/{LECCION}")["cells"]]
        assert fuentes == ["".join(celda["source"]) for celda in leccion["cells"]]


def test_cada_persona_escribe_en_su_carpeta_y_en_ninguna_otra(clase, aula):
    una, otra, *_ = clase.personas
    una.escribe("nota.txt", "mía")
    assert una.lee("nota.txt") == "mía"
    assert (aula.carpetas / una.nombre / "nota.txt").read_text(encoding="utf-8") == "mía"
    assert "nota.txt" not in otra.lee("")
    # Ni por la dirección del servidor de la otra…
    with pytest.raises(NoPudo, match="40[34]"):
        otra.escribe("intrusa.txt", "", de=una.nombre)
    # …ni desde su propio kernel, que es un programa y no pide permiso.
    ajena, propia = aula.carpetas / una.nombre, aula.carpetas / otra.nombre
    with otra.kernel("prueba.ipynb") as ejecuta:
        prueba = f"from pathlib import Path\nPath({str(ajena / 'intrusa.txt')!r}).write_text('')"
        assert ejecuta(prueba).error.startswith(("FileNotFoundError", "PermissionError", "OSError"))
        assert ejecuta(f"Path({str(propia / 'propia.txt')!r}).write_text('sí')").error == ""
    assert not (ajena / "intrusa.txt").exists()
    assert (propia / "propia.txt").exists()


def test_los_ajustes_del_curso_llegan_a_cada_servidor(clase):
    persona = clase.personas[0]
    idioma = persona.ajuste("@jupyterlab/translation-extension:plugin")
    assert '"default": "es_ES"' in json.dumps(idioma["schema"])
    with persona.kernel("ajustes.ipynb") as ejecuta:
        dicho = ejecuta("import os; print(*map(os.environ.get, ('OMP_NUM_THREADS', 'MEM_LIMIT')))")
        donde = "import sys; sys.path.append('curso'); import helpers; print(helpers.plataforma())"
        assert ejecuta(donde).impreso == "JupyterHub\n"
        conexion = "from ipykernel.connect import get_connection_info as lee"
        por_donde = ejecuta(f"{conexion}; print(lee(unpack=True)['transport'])")
        assert por_donde.impreso == "ipc\n"
    assert dicho.impreso.split() == ["1", str(configuracion().mem_limit)]


def test_un_cambio_de_quien_ensena_llega_y_lo_escrito_se_conserva(clase, publicado):
    persona = clase.personas[0]
    persona.escribe("curso/mis_notas.txt", "mías")
    persona.escribe("curso/notebooks/docencia/planes.md", "lo que escribí")
    (publicado.origen / "notebooks" / "docencia" / "planes.md").write_text("otra", encoding="utf-8")
    (publicado.origen / "aviso.txt").write_text("el lunes no hay clase", encoding="utf-8")
    publica_curso(publicado.git, publicado.origen)
    persona.recibe_el_curso(persona.aterriza)
    assert persona.lee("curso/aviso.txt") == "el lunes no hay clase"
    assert persona.lee("curso/mis_notas.txt") == "mías"
    assert persona.lee("curso/notebooks/docencia/planes.md") == "lo que escribí"


def test_quien_tiene_un_error_en_una_celda_se_cuenta_y_se_nombra(clase):
    estropeado = nbformat.v4.new_notebook(
        cells=[
            nbformat.v4.new_code_cell("1 / 0", metadata={"tags": ["raises-exception"]}),
            nbformat.v4.new_code_cell("print('sigue')"),
            nbformat.v4.new_code_cell("nota = nota + 1"),
        ]
    )
    una, otra, *_ = clase.personas
    una.escribe("estropeado.ipynb", nbformat.writes(estropeado))
    estropeado.cells.pop()
    otra.escribe("estropeado.ipynb", nbformat.writes(estropeado))
    hechas, fallos = a_la_vez(lambda persona: persona.hace_leccion("estropeado.ipynb"), [una, otra])
    assert len(hechas) == 1
    assert len(fallos) == 1
    assert fallos[0].startswith(f"{una.nombre}: estropeado.ipynb, celda de código 3: NameError")


def test_si_se_corta_el_canal_no_se_pierde_lo_que_el_kernel_contesta(clase, monkeypatch):
    persona, recibe, cortes = clase.personas[0], WebSocket.recv, []

    def corta_la_primera_vez(canal):
        if not cortes:
            cortes.append(canal)
            canal.shutdown()
        return recibe(canal)

    antes = persona.cortes
    with persona.kernel("corte.ipynb") as ejecuta:
        assert ejecuta("print('antes')").impreso == "antes\n"
        monkeypatch.setattr(WebSocket, "recv", corta_la_primera_vez)
        hecho = ejecuta("import time; time.sleep(2); print('sigue')")
    assert hecho.impreso == "sigue\n"
    assert hecho.error == ""
    assert persona.cortes == antes + 1


def test_si_un_kernel_no_contesta_al_abrirlo_se_reinicia_y_se_cuenta(clase, monkeypatch):
    persona, recibe, callados = clase.personas[0], WebSocket.recv, []

    def calla_la_primera_vez(canal):
        if not callados:
            callados.append(canal)
            raise WebSocketTimeoutException("no dice nada")
        return recibe(canal)

    antes = persona.reinicios
    with persona.kernel("mudo.ipynb") as ejecuta:
        ejecuta("antes_de_reiniciar = 1")
    monkeypatch.setattr(WebSocket, "recv", calla_la_primera_vez)
    with persona.kernel("mudo.ipynb") as ejecuta:
        assert ejecuta("print('sigue')").impreso == "sigue\n"
        assert ejecuta("antes_de_reiniciar").error.startswith("NameError")
    assert persona.reinicios == antes + 1


def test_con_un_navegador_basta_entrar_para_ver_la_primera_leccion(aula, chromium):
    with playwright.sync_playwright() as manejo:
        navegador = manejo.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        pagina = navegador.new_page(locale="es-ES")
        pagina.set_default_timeout(LIMITE * 1000)
        pagina.goto(aula.url)
        pagina.fill("#username_input", CON_NAVEGADOR)
        pagina.fill("#password_input", aula.clave)
        pagina.click("#login_submit")
        pagina.wait_for_url(f"**/user/{CON_NAVEGADOR}/lab/tree/{RUTA}/00_empieza_aqui.ipynb")
        titulo = pagina.locator(".jp-Notebook h1").first
        titulo.wait_for()
        assert titulo.inner_text().startswith("00 · Empieza aquí")
        pagina.get_by_role("menuitem", name="Archivo", exact=True).wait_for()
        navegador.close()


def test_sin_la_clave_o_sin_estar_en_la_lista_no_se_entra(aula):
    for nombre, clave in ((CLASE[0], "otra"), ("desconocida", aula.clave)):
        with pytest.raises(NoPudo, match="no la dejan entrar"):
            Persona(nombre, aula.url).entra(clave)


def test_sin_proxy_no_arranca_y_lo_dice(publicado, tmp_path, proxy):
    sin_proxy = abre_aula(
        tmp_path, ["no-existe-este-proxy"], CLASE, curso=publicado.git, url_del_curso=URL
    )
    with pytest.raises(NoArranca, match="no-existe-este-proxy"), sin_proxy:
        pass


def test_lo_que_gasta_una_persona(clase, aula, resume):
    """No exige cifras: las cuenta en el resumen, y qué equipo hace falta según ellas."""
    for persona in clase.personas:
        persona.cierra_kernels()
    sola = Persona(SOLA, aula.url)
    llega(sola, aula.clave)
    lecciones = {}
    for archivo in PESADAS:
        with Vigilante(aula, SOLA) as vigilante:
            sola.hace_leccion(f"{RUTA}/{archivo}")
        gasto = gastos(aula)[SOLA]
        lecciones[archivo.partition("_")[0]] = {
            "kernel": round(gasto.kernel), "pico": round(vigilante.pico)
        }  # fmt: skip
        sola.cierra_kernels()
    terminar = clase.al_terminar.values()
    medida = {
        "personas": len(clase.al_terminar),
        "hub": round(clase.del_hub),
        "servidor": round(statistics.median(g.servidor for g in terminar)),
        "kernel": round(statistics.median(g.kernel for g in terminar)),
        "segundos_de_procesador": {
            "entrar": round(statistics.median(g.procesador for g in clase.al_entrar.values()), 1),
            "leccion": round(statistics.median(
                g.procesador - clase.al_entrar[nombre].procesador
                for nombre, g in clase.al_terminar.items()
            ), 1),
            "hub": round(clase.procesador_del_hub / CUANTAS, 1),
        },
        "lecciones": lecciones,
    }  # fmt: skip
    for frase in frases(
        medida, clase.entrar, clase.leccion, clase.fallos, clase.cortes, clase.reinicios
    ):
        resume("Una clase en JupyterHub", f"{frase}.")
    assert all(datos["pico"] > datos["kernel"] > 0 for datos in lecciones.values())
    assert medida["kernel"] > 0
    assert medida["servidor"] > 0
