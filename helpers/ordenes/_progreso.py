"""Por dónde va una orden; y el instalador (pip o uv), en una línea que cuenta su avance."""

import queue
import re
import shutil
import subprocess
import sys
import threading

# pip anuncia cada paquete con el archivo y la línea de donde sale; uv, solo los más pesados.
_PIP_DESCARGA = re.compile(
    r"^(?:Collecting |Requirement already satisfied: |Processing \S*[/\\])([\w.-]+)"
    r".*\(from -r .*\(line"
)
_PIP_TOTAL = re.compile(r"^Installing collected packages: (.*)")
_UV_TOTAL = re.compile(r"^Resolved (\d+) packages?")
_UV_DESCARGA = re.compile(r"^\s*Downloading (\S+) \(")
_UV_DESCARGADO = re.compile(r"^\s*Downloaded (\S+)")


def cuenta(frase):
    """Dice por dónde va una orden, sin mezclarse con lo que escribe."""
    print(frase, file=sys.stderr, flush=True)


def ejecuta_instalador(orden, entorno, carpeta, total):
    """Ejecuta `orden` y muestra el avance.

    Parámetros
    ----------
    orden : list[str]
        El instalador y sus argumentos.
    entorno : dict[str, str]
        Variables de entorno del proceso.
    carpeta : Path
        Donde aparecen los paquetes instalados; se mira para contar los que ya están.
    total : int
        Paquetes que se piden, hasta que el instalador diga cuántos son.

    Devuelve
    --------
    tuple[int, str]
        El código de salida y todo lo que escribió el instalador.
    """
    proceso = subprocess.Popen(
        orden,
        env=entorno,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
    )
    lineas = queue.Queue()
    lector = threading.Thread(target=_encola, args=(proceso.stdout, lineas), daemon=True)
    lector.start()
    try:
        salida = _sigue(lineas, carpeta, total)
        return proceso.wait(), salida
    except KeyboardInterrupt:
        # El instalador también recibió Ctrl+C; se le deja recoger, pero no para siempre.
        try:
            proceso.wait(timeout=5)
        except subprocess.TimeoutExpired:
            proceso.kill()
        raise
    finally:
        _acaba_linea()


def _encola(flujo, lineas):
    for linea in flujo:
        lineas.put(linea)
    lineas.put(None)


def _sigue(lineas, carpeta, total):
    """Lee líneas hasta el final y, cada poco, mira cuántos paquetes hay ya en su carpeta."""
    leidas, pedidos, descargados, instalados = [], 0, 0, 0
    vistos = _instalados(carpeta)
    while True:
        try:
            linea = lineas.get(timeout=0.3)
        except queue.Empty:
            linea = ""
        if linea is None:
            return "".join(leidas)
        leidas.append(linea)
        if encontrado := _PIP_TOTAL.match(linea):
            total = encontrado[1].count(",") + 1
        elif encontrado := _UV_TOTAL.match(linea):
            total = int(encontrado[1])
        elif linea.startswith("Ignoring "):  # pip: ese paquete es de otro sistema
            total -= 1
        elif encontrado := _PIP_DESCARGA.match(linea):
            descargados += 1
            # Lo que ya está en este equipo, como en un aula sin internet, no se descarga.
            que = "Preparando" if linea.startswith("Processing ") else "Descargando"
            _muestra(que, descargados, total, _nombre(encontrado[1]))
        elif _UV_DESCARGA.match(linea):
            pedidos += 1
        elif encontrado := _UV_DESCARGADO.match(linea):
            descargados += 1
            _muestra("Descargando los grandes:", descargados, pedidos, encontrado[1])
        if nuevos := _instalados(carpeta) - vistos:
            vistos |= nuevos
            instalados += len(nuevos)
            _muestra("Instalando", instalados, total, min(nuevos))


def _instalados(carpeta):
    return {_nombre(ruta.stem) for ruta in carpeta.glob("*.dist-info")}


def _nombre(texto):
    """El paquete de `numpy-2.4.6-cp311-….whl`, de `numpy-2.4.6` o de `numpy`."""
    return re.sub(r"-\d.*", "", texto).replace("_", "-").lower()


def _muestra(que, hechos, total, nombre):
    """Una sola línea que se reescribe en una terminal; fuera de ella, una de cada diez."""
    texto = f"{que} {hechos} de {max(hechos, total)} · {nombre}"
    if sys.stdout.isatty():
        ancho = shutil.get_terminal_size().columns - 1
        print("\r" + texto[:ancho].ljust(ancho), end="", flush=True)
    elif hechos % 10 == 0 or hechos == total:
        print(texto, flush=True)


def _acaba_linea():
    if sys.stdout.isatty():
        print("\r" + " " * (shutil.get_terminal_size().columns - 1), end="\r", flush=True)
