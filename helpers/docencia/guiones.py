"""Los textos que acompañan a un curso para un aula sin internet: el LEEME y los dos guiones."""

import textwrap

ORDEN = "-m helpers abrir"
SIN_RUIDO = r' >nul 2>nul && set "PYTHON='


def guion_de_unix(pythons):
    """`instalar.sh`: busca un Python de los que hay paquetes y abre el curso con él.

    Parámetros
    ----------
    pythons : list de str
        Por ejemplo `["3.11"]`.
    """
    nombres = [*(f"python{version}" for version in pythons), "python3", "python"]
    admite = ", ".join(f"({version.replace('.', ', ')})" for version in pythons)
    mira = f"import sys; sys.exit(sys.version_info[:2] not in [{admite}])"
    return textwrap.dedent(f"""\
        #!/bin/sh
        # Instala el curso sin internet y lo abre. La segunda vez solo lo abre.
        cd "$(dirname "$0")" || exit 1
        for python in {" ".join(nombres)}; do
            if "$python" -c '{mira}' >/dev/null 2>&1; then
                exec "$python" {ORDEN} "$@"
            fi
        done
        echo "{_sin_python(pythons)}"
        exit 1
        """)


def guion_de_windows(pythons):
    """`instalar.bat`: lo mismo, con el lanzador `py` o con `python`."""
    admite = ", ".join(f"({version.replace('.', ', ')})" for version in pythons)
    mira = f"import sys; sys.exit(sys.version_info[:2] not in [{admite}])"
    candidatos = [*(f"py -{version}" for version in pythons), "python"]
    busca = [
        f'{candidato} -c "{mira}"' + SIN_RUIDO + candidato + r'" && goto abre'
        for candidato in candidatos
    ]
    return "\r\n".join([
        r"@echo off",
        r"rem Instala el curso sin internet y lo abre. La segunda vez solo lo abre.",
        r"chcp 65001 >nul",
        r'cd /d "%~dp0"',
        *busca,
        f"echo {_sin_python(pythons)}",
        r"pause",
        r"exit /b 1",
        r":abre",
        f"%PYTHON% {ORDEN} %*",
        r"if errorlevel 1 pause",
        "",
    ])  # fmt: skip


def leeme(sistemas, pythons):
    """`LEEME.txt`: qué es esta carpeta y cómo se usa.

    Parámetros
    ----------
    sistemas, pythons : list de str
        Los nombres de los sistemas y las versiones de Python para los que hay paquetes.
    """
    return textwrap.dedent(f"""\
        PERSISTENCIA DE MODELOS EN PYTHON, para un aula sin internet

        Copia esta carpeta entera en el equipo. Después:

        - En Windows: doble clic en instalar.bat
        - En Linux y macOS: abre una terminal en esta carpeta y escribe  sh instalar.sh

        La primera vez prepara el curso, sin conexión, y tarda unos minutos. Al final abre
        JupyterLab por la primera lección. Las demás veces solo lo abre.

        Hay paquetes para: {", ".join(sistemas)}.
        Hace falta Python de 64 bits, en una de estas versiones: {", ".join(pythons)}.
        Python no va incluido. Su instalador está en https://www.python.org/downloads/

        ¿Está listo este equipo? Escribe en una terminal, en esta carpeta:

            python -m helpers comprobar

        Cada línea dice OK, o FALTA y qué hacer. Si `python` no responde, escribe `py` en Windows y
        `python3` en Linux y macOS.
        """)


def _sin_python(pythons):
    return f"No encuentro Python {' ni '.join(pythons)}. Es el que piden los paquetes de ruedas."
