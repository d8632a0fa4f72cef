"""Hace de uv en las pruebas: crea el entorno de verdad y finge instalar.

Cada llamada se anota en el archivo `UV_ANOTA`. `UV_FALLA` es el texto con que falla la
instalación; «a medias» deja además un paquete, y «espera» aguarda a que alguien interrumpa.
Con `UV_PRESTA`, el entorno ve además los paquetes de esa carpeta, como si los hubiera instalado.
`UV_PYTHONS` es la lista de Python instalados. Al compilar escribe siempre una misma versión.
"""

import os
import subprocess
import sys
import time
from pathlib import Path

# Lo que ejecuta `-m pytest` o `-m jupyterlab` en ese entorno: dice con qué lo llamaron.
MODULO = """\
import json, os, sys, time
variables = ("PYTHONPATH", "PYTHONHOME", "JUPYTER_CONFIG_PATH", "VIRTUAL_ENV")
dice = {"argumentos": sys.argv[1:], "carpeta": os.getcwd(), "prefijo": sys.prefix,
        **{v: os.environ.get(v) for v in variables}, "pid": os.getpid()}
try:
    print(json.dumps(dice), flush=True)
    time.sleep(int(os.environ.get("MODULO_ESPERA", "0")))
except KeyboardInterrupt:
    time.sleep(0.5)
    sys.exit(7)
sys.exit(int(os.environ.get("MODULO_SALE", "0")))
"""


def ponlo_en(carpeta):
    """Deja en una carpeta, que aún no existe, un programa `uv` que es este archivo."""
    carpeta.mkdir()
    if os.name == "nt":
        orden = f'@"{sys.executable}" "{__file__}" %*\n'
        (carpeta / "uv.cmd").write_text(orden, encoding="utf-8")
    else:
        uv = carpeta / "uv"
        orden = f'#!/bin/sh\nexec "{sys.executable}" "{__file__}" "$@"\n'
        uv.write_text(orden, encoding="utf-8")
        uv.chmod(0o755)


def crea(python, carpeta):
    return subprocess.run([python, "-m", "venv", "--without-pip", carpeta]).returncode


def instala(argumentos):
    python = argumentos[argumentos.index("--python") + 1]
    pide = [sys.executable, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"]
    paquetes = Path(subprocess.check_output([python, *pide[1:]], text=True).strip())
    fallo = os.environ.get("UV_FALLA", "")
    if fallo in ("a medias", "espera"):
        (paquetes / "medio-1.0.dist-info").mkdir()
    if fallo == "espera":
        time.sleep(60)
    if fallo:
        print(fallo, file=sys.stderr)
        return 2
    print("Resolved 2 packages in 1ms\nDownloading grande (9.0MiB)\n Downloaded grande")
    for nombre in ("pytest", "jupyterlab"):
        (paquetes / f"{nombre}.py").write_text(MODULO, encoding="utf-8")
        (paquetes / f"{nombre}-1.0.dist-info").mkdir(exist_ok=True)
    if presta := os.environ.get("UV_PRESTA"):
        (paquetes / "prestados.pth").write_text(presta, encoding="utf-8")
    return 0


def compila(argumentos):
    (destino,) = [a.partition("=")[2] for a in argumentos if a.startswith("--output-file=")]
    Path(destino).write_text("--index-url x\n# nota\nuno==1.0\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    with Path(os.environ["UV_ANOTA"]).open("a", encoding="utf-8") as notas:
        notas.write(" ".join([*sys.argv[1:], f"PIP_USER={os.environ.get('PIP_USER')}"]) + "\n")
    if sys.argv[1] == "venv":
        sys.exit(crea(*sys.argv[-2:]))
    if sys.argv[1] == "python":
        sys.exit(print(os.environ.get("UV_PYTHONS", "")))
    sys.exit(compila(sys.argv) if "compile" in sys.argv else instala(sys.argv))
