"""Una lección mínima y correcta, y las herramientas para estropearla de una en una."""

import json

from celda_de_preparacion import CELDA

from reglas.celdas import SIN_APUESTA
from reglas.cuaderno import Cuaderno

BINDER = "https://mybinder.org/v2/gh/d/r/HEAD?urlpath=lab/tree/notebooks/02a_pickle.ipynb"
COLAB = "https://colab.research.google.com/github/d/r/blob/main/notebooks/02a_pickle.ipynb"
PORTADA = f"""\
# 02a · pickle: ida y vuelta

[Abrir en Binder]({BINDER}) · [Abrir en Colab]({COLAB})

**Qué harás.** Un archivo.

**Qué sabrás hacer**

- Guardar un modelo.
- Cargarlo.
- Compararlo.

**Qué necesitas**

| Cuaderno | Hace falta |
|---|---|
| [01 · Conceptos](01_conceptos_fundamentales.ipynb) | imprescindible |

**Duración.** 14 min en total: 5 + 9.

**Salta si** ya lo sabes."""
RECUERDA = "## Recuerda · 5 min\n\n1. ¿Qué es un byte?\n2. ¿Dónde vive una variable?"
GUARDAR = """\
## 1. Guardar con `pickle` · 9 min

![Un modelo pasa de la memoria al disco](figura.png) Es la huella (hash), y no `hash!`.

### Un detalle

Vuelve a [lo esencial](#Lo-esencial-en-cinco-frases)."""
APUESTA = 'predice("02a.p1", "¿Qué sale?", a="uno", b="dos es mejor", elijo=...)'
ENUNCIADO = "**Ejercicio 02a.1.** Escribe dos.\n\n*Resultado esperado: un número.*"
REVISION = 'revisa("02a.1", respuesta)\n# pista("02a.1")\n# solucion("02a.1")'
ENUNCIADO_2 = ENUNCIADO.replace("02a.1", "02a.2")
JUNTA = "respuesta = ...\n\n" + REVISION.replace("02a.1", "02a.2")
CIERRE = """\
## Lo esencial en cinco frases

- Uno.
- Dos con `a. B`.
- Tres, que sigue
  en otra línea.
- Cuatro.
- Cinco.

## Qué viene ahora

Antes: [01 · Conceptos](01_conceptos_fundamentales.ipynb). Después: 02b, todavía sin escribir."""


def texto(id_, fuente):
    return {"cell_type": "markdown", "id": id_, "metadata": {}, "source": fuente}


def codigo(id_, fuente, salida="", *etiquetas):
    metadatos = {"tags": list(etiquetas)} if etiquetas else {}
    if "tras-prediccion" in etiquetas:
        metadatos["jupyter"] = {"outputs_hidden": True}
    impreso = {"output_type": "stream", "name": "stdout", "text": salida}
    return texto(id_, fuente) | {
        "cell_type": "code",
        "metadata": metadatos,
        "outputs": [impreso] if salida else [],
    }


def leccion_minima(raiz):
    """Una lección correcta, escrita en `raiz`: un curso de dos cuadernos y una figura."""
    celdas = [
        texto("titulo", PORTADA),
        codigo("preparacion", CELDA, "Todo listo.\n", "preparacion"),
        texto("recuerda", RECUERDA),
        texto("guardar", GUARDAR),
        codigo("p1-apuesta", APUESTA, "Elige a o b antes de seguir.\n", "prediccion"),
        codigo("p1-corre", "%time\nprint(2)", "Sale:\n2\n", "tras-prediccion"),
        codigo("p1-compara", 'compara("02a.p1", 2)', f"{SIN_APUESTA}\nb\n", "tras-prediccion"),
        texto("ej1", ENUNCIADO),
        codigo("ej1-respuesta", "%%writefile respuesta.py", "Writing\n", "respuesta"),
        codigo("ej1-revision", REVISION, "02a.1 · Todavía sin responder. Cambia.\n", "revision"),
        texto("ej2", ENUNCIADO_2),
        codigo("ej2-respuesta", JUNTA, "02a.2 · Todavía sin responder. Cambia.\n", "respuesta"),
        codigo("nuevo", "%%proceso_nuevo\nprint(1)", "1\n", "proceso-nuevo"),
        codigo("falla", "1 / 0", "", "raises-exception"),
        texto("cierre", CIERRE),
    ]
    celdas[-2]["outputs"] = [{"output_type": "error", "ename": "Z", "evalue": "", "traceback": []}]
    for conteo, celda in enumerate([c for c in celdas if c["cell_type"] == "code"], start=1):
        celda["execution_count"] = conteo
    datos = {
        "cells": celdas,
        "metadata": {"kernelspec": {"name": "python3"}, "language_info": {"name": "python"}},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    cuaderno = Cuaderno("notebooks/02a_pickle.ipynb", datos, raiz)
    (raiz / "notebooks").mkdir()
    (raiz / "notebooks" / "figura.png").touch()
    for nombre in ("01_conceptos_fundamentales.ipynb", "02a_pickle.ipynb"):
        (raiz / "notebooks" / nombre).write_text(json.dumps(datos), encoding="utf-8")
    return cuaderno


def celda_de(cuaderno, id_):
    return next(celda for celda in cuaderno.datos["cells"] if celda["id"] == id_)


# Averías: cada una recibe el cuaderno y lo estropea.
def pon(id_, **campos):
    return lambda c: celda_de(c, id_).update(campos)


def cambia(id_, viejo, nuevo):
    def averia(cuaderno):
        celda = celda_de(cuaderno, id_)
        assert viejo in celda["source"], f"La lección mínima ya no dice «{viejo}»"
        celda["source"] = celda["source"].replace(viejo, nuevo)

    return averia


def escribe(id_, fuente):
    return pon(id_, source=fuente)


def agrega(id_, final):
    return lambda c: celda_de(c, id_).update(source=celda_de(c, id_)["source"] + "\n\n" + final)


def imprime(id_, impreso, flujo="stdout"):
    return pon(id_, outputs=[{"output_type": "stream", "name": flujo, "text": impreso}])


def muestra(id_, tipo, dato):
    salida = {"output_type": "display_data", "metadata": {}, "data": {tipo: dato}}
    return pon(id_, outputs=[salida])


def etiqueta(id_, *etiquetas):
    return lambda c: celda_de(c, id_)["metadata"].update(tags=list(etiquetas))


def metadatos(id_, **campos):
    return lambda c: celda_de(c, id_)["metadata"].update(campos)


def quita(id_):
    return lambda c: c.datos["cells"].remove(celda_de(c, id_))


def del_cuaderno(**campos):
    return lambda c: c.datos["metadata"].update(campos)


def desordena_la_portada(cuaderno):
    portada = celda_de(cuaderno, "titulo")
    primera, final = portada["source"].split("**Salta si**")
    portada["source"] = primera.replace("**Qué harás", f"**Salta si**{final}\n\n**Qué harás")


def engorda(cuaderno):
    cuaderno.datos["cells"] += [texto(f"relleno-{n}", "") for n in range(60)]
