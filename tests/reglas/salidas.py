"""Lo que se guarda de una ejecución: breve, ligero y sin rastro de quién la hizo."""

import getpass
import json
import re
from pathlib import Path

from reglas.cuaderno import texto_de

LINEAS_MAXIMAS = 15
KB_MAXIMOS = 150
RUTA_ABSOLUTA = re.compile(
    r"(?:(?<![\w.])/(?:home|Users|root|tmp|usr|work|private|var/folders)\b"
    r"|\b[C-Z]:\\{1,2}\w{2}"
    r"|(?:site|dist)-packages|ipykernel_\d+)[^\s\"']*"
)
# Nombres de cuenta que no identifican a nadie y pueden aparecer como palabras corrientes.
CUENTAS_COMUNES = {"root", "user", "usuario", "runner", "admin", "runneradmin", "jovyan"}


def longitud(cuaderno):
    """Como mucho 15 líneas por celda y 150 KB por salida."""
    for celda in cuaderno.celdas:
        lineas = sum(len(texto_de(salida).splitlines()) for salida in celda.salidas)
        if lineas > LINEAS_MAXIMAS:
            yield cuaderno.fallo(
                celda, f"su salida tiene {lineas} líneas. Imprime {LINEAS_MAXIMAS} o menos"
            )
        for salida in celda.salidas:
            kb = len(json.dumps(salida, ensure_ascii=False).encode()) // 1000
            if kb >= KB_MAXIMOS:
                yield cuaderno.fallo(
                    celda, f"una salida ocupa {kb} KB. Redúcela a menos de {KB_MAXIMOS}"
                )


def errores(cuaderno):
    """Ni salida de errores ni excepciones que no se esperaban; las esperadas, guardadas."""
    for celda in cuaderno.de_codigo:
        esperada = "raises-exception" in celda.etiquetas
        fallo = any(salida["output_type"] == "error" for salida in celda.salidas)
        if any(salida.get("name") == "stderr" for salida in celda.salidas):
            yield cuaderno.fallo(
                celda, "guarda texto de stderr (avisos o barras). Evítalo o imprímelo con print"
            )
        if fallo and not esperada:
            yield cuaderno.fallo(celda, "guarda un error. Corrígelo o etiqueta «raises-exception»")
        if esperada and not fallo:
            yield cuaderno.fallo(celda, "lleva «raises-exception» y no guarda ningún error")


def rastros(cuaderno):
    """Ninguna ruta absoluta, en el código o en las salidas, ni el nombre de quien ejecutó."""
    nombres = {getpass.getuser(), Path.home().name} - CUENTAS_COMUNES
    propios = [re.compile(rf"\b{re.escape(n)}\b", re.IGNORECASE) for n in nombres if len(n) > 3]
    for celda in cuaderno.de_codigo:
        guardado = "\n".join(_textos(celda.salidas))
        for lugar, texto in (("su código", celda.fuente), ("su salida", guardado)):
            for ruta in RUTA_ABSOLUTA.finditer(texto):
                yield cuaderno.fallo(
                    celda, f"{lugar} lleva una ruta de un equipo, «{ruta[0][:60]}». Usa el nombre"
                )
        if any(propio.search(guardado) for propio in propios):
            yield cuaderno.fallo(celda, "su salida lleva el nombre de quien la ejecutó")


def sugerencias(cuaderno):
    """Ninguna sugerencia de las que solo dan los Python recientes: se guarda lo común a todos."""
    for celda in cuaderno.de_codigo:
        if any("Did you forget" in texto for texto in _textos(celda.salidas)):
            yield cuaderno.fallo(
                celda, "guarda un «Did you forget» de Python 3.12. Regenera con Python 3.11"
            )


def _textos(valor):
    """Todos los textos que hay dentro de un valor de JSON, a cualquier profundidad."""
    if isinstance(valor, str):
        yield valor
    elif isinstance(valor, dict | list):
        for parte in valor.values() if isinstance(valor, dict) else valor:
            yield from _textos(parte)


def widgets(cuaderno):
    """Ningún control interactivo: su estado no viaja con el cuaderno."""
    for celda in cuaderno.de_codigo:
        if any("widget" in tipo for salida in celda.salidas for tipo in salida.get("data", {})):
            yield cuaderno.fallo(celda, "guarda un widget. Sustitúyelo por texto o por una figura")
