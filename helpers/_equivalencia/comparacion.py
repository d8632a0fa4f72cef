"""Comparar dos retratos, pregunta a pregunta, y contarlo."""

import math
from dataclasses import dataclass

import numpy as np

from helpers._equivalencia.huella import huella

# Más estrechas que las de np.allclose (1e-5 y 1e-8): aquí ambos modelos hacen las mismas cuentas.
RTOL, ATOL = 1e-9, 1e-12
SI_O_NO = {True: "sí", False: "no", None: "—"}


@dataclass(frozen=True)
class Comprobacion:
    """Una pregunta sobre dos modelos: si la respuesta es sí, no, o no se pudo preguntar (None)."""

    nombre: str
    pasa: bool | None
    detalle: str = ""


@dataclass(frozen=True, repr=False)
class Equivalencia:
    """El resultado de comparar dos modelos. En un `if` o un `assert`, verdadero si equivalen."""

    comprobaciones: tuple[Comprobacion, ...]

    def __getitem__(self, nombre):
        """La respuesta a una comprobación: True, False o, si no se pudo preguntar, None."""
        return {c.nombre: c.pasa for c in self.comprobaciones}.get(nombre)

    @property
    def falla(self):
        """La primera comprobación que falla, o None. Que las salidas no sean exactas no basta."""
        decisivas = (c for c in self.comprobaciones if c.nombre != "exactas")
        return next((c for c in decisivas if c.pasa is False), None)

    def __bool__(self):
        return self.falla is None

    def __repr__(self):
        falla = self.falla
        titulo = f"No equivalen: falla «{falla.nombre}»." if falla else "Equivalen."
        return "\n".join([titulo, *map(_linea, self.comprobaciones)])


def _linea(comprobacion):
    linea = f"{SI_O_NO[comprobacion.pasa]:3} {comprobacion.nombre:13} {comprobacion.detalle}"
    return linea.rstrip()


def compara_retratos(uno, otro, rtol=RTOL, atol=ATOL):
    """Compara dos retratos, pregunta a pregunta, y devuelve una `Equivalencia`."""
    misma_clase = uno.clase == otro.clase
    nombres = [retrato.clase.rpartition(".")[2] for retrato in (uno, otro)]
    clase = nombres[0] if misma_clase else f"{nombres[0]} frente a {nombres[1]}"
    if not misma_clase and nombres[0] == nombres[1]:
        clase = f"{uno.clase} frente a {otro.clase}"
    primeras = (
        Comprobacion("clase", misma_clase, clase),
        Comprobacion("entrenados", uno.entrenado and otro.entrenado, _quien_falta(uno, otro)),
        _compara_parametros(uno.parametros, otro.parametros),
    )
    if not (uno.entrenado and otro.entrenado):
        return Equivalencia(primeras)
    return Equivalencia(
        (
            *primeras,
            _compara_aprendido(uno.aprendido, otro.aprendido),
            *_compara_salidas(uno.salidas, otro.salidas, rtol, atol),
            _compara_score(uno.score, otro.score, rtol, atol),
        )
    )


def _quien_falta(uno, otro):
    faltan = {(False, False): "ninguno de los dos", (False, True): "falta el primero"}
    return faltan.get((uno.entrenado, otro.entrenado), "" if otro.entrenado else "falta el segundo")


def _distintos(unos, otros):
    """Los nombres que faltan en un lado o no valen lo mismo; antes, los menos profundos."""
    nombres = (n for n in unos.keys() | otros.keys() if unos.get(n) != otros.get(n))
    return sorted(nombres, key=lambda nombre: (nombre.count("__"), nombre))


def _compara_parametros(unos, otros):
    distintos = _distintos(
        {n: sello for n, (sello, _) in unos.items()}, {n: sello for n, (sello, _) in otros.items()}
    )
    if not distintos:
        return Comprobacion("parámetros", True, f"{len(unos)} iguales" if unos else "no tiene")
    nombre = distintos[0]
    valores = [lado[nombre][1] if nombre in lado else "no está" for lado in (unos, otros)]
    return Comprobacion("parámetros", False, f"{nombre}: {valores[0]} frente a {valores[1]}")


def _compara_aprendido(unos, otros):
    distintos = _distintos(unos, otros)
    detalle = ", ".join(distintos[:3]) + (", …" if distintos[3:] else "")
    return Comprobacion("aprendido", not distintos, detalle or f"{len(unos)} atributos iguales")


def _compara_salidas(unas, otras, rtol, atol):
    """Tres comprobaciones: el mismo tipo y forma, los mismos valores y casi los mismos valores."""
    if not unas and not otras:
        nombres = ("respuestas", "exactas", "tolerancia")
        return [Comprobacion(nombre, None, "no predice") for nombre in nombres]
    respuestas = [f"solo uno tiene {nombre}" for nombre in sorted(unas.keys() ^ otras.keys())]
    exactas, tolerancia = list(respuestas), list(respuestas)
    for nombre in [n for n in unas if n in otras]:
        una, otra = unas[nombre], otras[nombre]
        if distinta := _forma_distinta(una, otra):
            respuestas.append(f"{nombre} {distinta}")
        if distinta or not _iguales(una.valores, otra.valores):
            exactas.append(f"{nombre} {distinta or _cuanto(una.valores, otra.valores)}")
        if una.error != otra.error or not _cerca(una.valores, otra.valores, rtol, atol):
            tolerancia.append(f"{nombre} {distinta or _cuanto(una.valores, otra.valores)}")
    return [
        Comprobacion("respuestas", not respuestas, (respuestas or [", ".join(unas)])[0]),
        Comprobacion("exactas", not exactas, (exactas or [""])[0]),
        Comprobacion("tolerancia", not tolerancia, (tolerancia or [f"{rtol:g} relativa"])[0]),
    ]


def _forma_distinta(una, otra):
    """En qué se distinguen dos salidas antes de mirar sus valores; «» si en nada."""
    if una.error != otra.error:
        return f"lanza {otra.error}" if otra.error else f"no lanza {una.error}"
    for que in ("tipo", "forma", "dtype"):
        if getattr(una, que) != getattr(otra, que):
            return f"da {getattr(una, que)} frente a {getattr(otra, que)}"
    return "cambia de columnas o de filas" if una.rotulos != otra.rotulos else ""


def _iguales(unos, otros):
    if unos.dtype.hasobject:
        return huella(unos) == huella(otros)  # entre los objetos puede haber NaN, y NaN != NaN
    con_nan = unos.dtype.kind in "fc" and otros.dtype.kind in "fc"
    return np.array_equal(unos, otros, equal_nan=con_nan)


def _cerca(unos, otros, rtol, atol):
    if unos.shape != otros.shape:  # np.allclose las extendería hasta que casaran
        return False
    if not (unos.dtype.kind in "biufc" and otros.dtype.kind in "biufc"):
        return _iguales(unos, otros)
    return np.allclose(otros, unos, rtol=rtol, atol=atol, equal_nan=True)


def _cuanto(unos, otros):
    """En cuánto se distinguen dos arrays de la misma forma y el mismo dtype."""
    if unos.dtype.hasobject:
        distintos = sum(huella(u) != huella(o) for u, o in zip(unos.flat, otros.flat, strict=True))
        return f"cambia {distintos} de {unos.size}"
    if unos.dtype.kind != "f":
        return f"cambia {np.count_nonzero(unos != otros)} de {unos.size}"
    if de_uno_solo := np.count_nonzero(np.isnan(unos) != np.isnan(otros)):
        return f"cambia NaN en {de_uno_solo} de {unos.size}"
    with np.errstate(invalid="ignore"):  # infinito menos infinito
        return f"se aparta hasta {np.nanmax(np.abs(unos - otros), initial=0):.1e}"


def _compara_score(uno, otro, rtol, atol):
    if uno is None and otro is None:
        return Comprobacion("score", None, "sin y, o no tiene")
    if uno is None or otro is None:
        return Comprobacion("score", False, "solo uno lo tiene")
    igual = math.isclose(uno, otro, rel_tol=rtol, abs_tol=atol) or (uno != uno and otro != otro)
    return Comprobacion("score", igual, f"{uno:.6g}" if igual else f"{uno:.6g} frente a {otro:.6g}")
