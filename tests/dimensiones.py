"""Qué equipo necesita una clase en JupyterHub, calculado con lo que se midió.

Lo usan la prueba que mide, para contarlo, y la que comprueba que la página para docentes dice lo
mismo que `binder/jupyterhub/medida.json`.
"""

import datetime
import importlib.metadata
import json
import math
import os
import platform
import statistics

from arbol import RAIZ

MEDIDA = RAIZ / "binder" / "jupyterhub" / "medida.json"
LECCION = "01_conceptos_fundamentales.ipynb"
# La que se hace en clase; la que mide; y la que más memoria pide de una vez, con sus procesos.
PESADAS = (LECCION, "03b_tiempos_y_tamanos.ipynb", "02e_cual_uso.ipynb")
PAQUETES = ("jupyterhub", "jupyterlab", "scikit-learn", "nbgitpuller")
SISTEMA = 1024  # MiB para Linux y lo que no es JupyterHub
UN_MINUTO = 60  # segundos
CLASES = (10, 20, 30, 60, 120)


def lee_medida():
    """Lo que se midió la última vez que se actualizó la página."""
    return json.loads(MEDIDA.read_text(encoding="utf-8"))


def gib(medida, personas, por_persona):
    """GiB para esas personas, si cada una ocupa `por_persona` MiB; el hub y el sistema, aparte."""
    return math.ceil((SISTEMA + medida["hub"] + personas * por_persona) / 1024)


def en_clase(medida):
    """MiB de una persona con la lección 01 hecha y el kernel abierto, con toda la clase dentro."""
    return medida["servidor"] + medida["kernel"]


def con_kernel(medida):
    """Código de la lección cuyo kernel queda mayor, y MiB con su servidor."""
    mayor, codigo = max((datos["kernel"], codigo) for codigo, datos in medida["lecciones"].items())
    return codigo, medida["servidor"] + mayor


def en_el_peor_momento(medida):
    """Código de la lección que más pide de una vez, y MiB con el servidor y sus procesos."""
    mayor, codigo = max((datos["pico"], codigo) for codigo, datos in medida["lecciones"].items())
    return codigo, mayor


def segundos(medida):
    """Segundos de procesador por persona, con los del hub, al entrar y ejecutar una lección."""
    return sum(medida["segundos_de_procesador"].values())


def nucleos(medida, personas):
    """Núcleos para que toda la clase entre y ejecute una lección entera en un minuto."""
    return math.ceil(personas * segundos(medida) / UN_MINUTO)


def tabla(medida):
    """La tabla de la página: qué equipo hace falta para cada tamaño de clase."""
    (deja, reposo), (codigo, pico) = con_kernel(medida), en_el_peor_momento(medida)
    filas = [
        f"| Personas a la vez | GiB, tras hacer {deja} | GiB, mientras hacen {codigo} | Núcleos |",
        "| ---: | ---: | ---: | ---: |",
    ]
    for personas in CLASES:
        casillas = (
            personas,
            gib(medida, personas, reposo),
            gib(medida, personas, pico),
            nucleos(medida, personas),
        )
        filas.append(f"| {' | '.join(map(str, casillas))} |")
    return "\n".join(filas)


def detalle(medida):
    """La tabla con lo que ocupa una persona, en MiB."""
    filas = [
        "| Lección | Kernel al terminar, MiB | Lo más que se ocupó, con el servidor, MiB |",
        "| --- | ---: | ---: |",
    ]
    for codigo, datos in sorted(medida["lecciones"].items()):
        filas.append(f"| {codigo} | {datos['kernel']} | {datos['pico']} |")
    return "\n".join(filas)


def origen(medida):
    """La frase que dice cuándo y con qué se midió."""
    versiones = ", ".join(
        f"`{nombre}` {version}" for nombre, version in medida["versiones"].items()
    )
    return (
        f"Medido el {medida['fecha']} con {medida['personas']} personas, {versiones}, en un equipo "
        f"de {medida['nucleos']} núcleos con {medida['sistema']}."
    )


def bloque(medida):
    """Lo que va en la página entre las marcas `<!-- clase -->`."""
    deja, reposo = con_kernel(medida)
    de_mas = (
        f"Con esas {medida['personas']} personas dentro, cada servidor ocupaba "
        f"{medida['servidor']} MiB y su kernel, tras la lección 01, {medida['kernel']}: caben "
        f"{1024 / en_clase(medida):.1f} personas por GiB. Tras la {deja}, que es la que deja el "
        f"kernel mayor, {1024 / reposo:.1f}. Entrar y ejecutar entera la lección 01 cuesta "
        f"{segundos(medida):.1f} s de procesador por persona: en un minuto, "
        f"{UN_MINUTO / segundos(medida):.1f} personas por núcleo. JupyterHub, con su proxy, ocupa "
        f"{medida['hub']} MiB."
    )
    return "\n\n".join([origen(medida), tabla(medida), de_mas, detalle(medida)])


def frases(medida, entrar, leccion, fallos, cortes, reinicios):
    """Lo que se cuenta en el resumen de pytest.

    Parámetros
    ----------
    medida : dict
        Como `medida.json`, sin la fecha ni las versiones.
    entrar, leccion : list[float]
        Segundos que esperó cada persona, desde el formulario hasta tener el curso, y ejecutándolo.
    fallos : list[str]
    cortes : int
        Canales con un kernel que se cortaron y se volvieron a abrir solos.
    reinicios : int
        Kernels que no contestaron al abrirlos y hubo que reiniciar.
    """
    completa = {
        "fecha": datetime.date.today().isoformat(),
        "versiones": {"Python": platform.python_version()}
        | {nombre: importlib.metadata.version(nombre) for nombre in PAQUETES},
        "nucleos": os.cpu_count(),
        "sistema": platform.system(),
    } | medida
    codigo, pico = en_el_peor_momento(completa)
    yield f"{len(entrar)} personas entraron en {_reparto(entrar)}, y hicieron 01 en " + (
        f"{_reparto(leccion)}. Fallos: {len(fallos)}. Canales cortados y recuperados: {cortes}; "
        f"kernels mudos y reiniciados: {reinicios}"
    )
    yield (
        f"Por persona: servidor {completa['servidor']} MiB, kernel tras 01 {completa['kernel']}; "
        f"lo más que se ocupó, {pico} en {codigo}. Hub y proxy: {completa['hub']} MiB"
    )
    for codigo, datos in completa["lecciones"].items():
        yield f"Una persona sola, tras {codigo}: kernel {datos['kernel']} MiB, pico {datos['pico']}"
    yield (
        f"Caben {1024 / en_clase(completa):.1f} personas por GiB y, para que todas terminen en "
        f"un minuto, {UN_MINUTO / segundos(completa):.1f} por núcleo"
    )
    yield f"Para {MEDIDA.relative_to(RAIZ).as_posix()}: {json.dumps(completa, ensure_ascii=False)}"


def _reparto(tiempos):
    if not tiempos:
        return "(ninguna)"
    return f"{statistics.median(tiempos):.0f} s (la última, {max(tiempos):.0f} s)"
