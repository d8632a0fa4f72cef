"""Contar un resumen de medidas: en una figura y en frases."""

import textwrap

LINEAS_MAXIMAS = 15
LIMITE = "límite físico"


def dibuja_tiempos(resumen):
    """Dibuja cuánto tarda cada método según lo que ocupa el modelo, con el límite físico.

    Las dos escalas son logarítmicas: cada marca vale diez veces la anterior. `describe` cuenta lo
    mismo con palabras.

    Parámetros
    ----------
    resumen : DataFrame
        Lo que devuelve `resume`.

    Errores
    -------
    ErrorDelCurso
        Si hay más métodos que formas de distinguirlos.
    """
    from helpers.figuras import curvas  # aquí: matplotlib tarda en importarse y medir no lo pide

    paneles = {}
    for operacion, tabla in resumen.groupby("operacion", sort=False):
        por_tamano = tabla.sort_values("modelo_bytes")
        limite = por_tamano.groupby("modelo_bytes").limite_s.median()
        paneles[operacion] = {
            metodo: (filas.modelo_bytes, filas.mediana_s)
            for metodo, filas in por_tamano.groupby("metodo", sort=False)
        } | {LIMITE: (limite.index, limite)}
    curvas(paneles, ("tamaño del modelo", "B"), ("tiempo", "s"), referencia=LIMITE)


def describe(resumen):
    """Escribe en frases lo que dice un resumen de medidas: primero las razones, luego los tiempos.

    De cada método cuenta el modelo más pequeño y el más grande. pickle se compara con el límite
    físico, y los demás, con pickle.

    Parámetros
    ----------
    resumen : DataFrame
        Lo que devuelve `resume`.
    """
    frases = []
    for (operacion, metodo), filas in resumen.groupby(["operacion", "metodo"], sort=False):
        filas = filas.sort_values("modelo_bytes")
        extremos = filas.iloc[[0, -1]] if len(filas) > 1 else filas
        frases.append(f"{operacion}, {metodo}: {'; '.join(map(_caso, extremos.itertuples()))}")
    for fallo in resumen.attrs.get("fallos", []):
        frase = f"{fallo['metodo']} no pudo con «{fallo['modelo']}»: {fallo['motivo']}"
        frases.append(textwrap.shorten(frase, 200, placeholder=" …"))
    if len(frases) > LINEAS_MAXIMAS:
        sobran = len(frases) - LINEAS_MAXIMAS + 1
        frases[LINEAS_MAXIMAS - 1 :] = [f"… y {sobran} más: están en la tabla."]
    print("\n".join(frases))


def _caso(fila):
    con_pickle = fila.veces_pickle == fila.veces_pickle and fila.metodo != "pickle"
    veces, que = (
        (fila.veces_pickle, "pickle") if con_pickle else (fila.veces_el_limite, "el límite")
    )
    return f"{veces:.3g} × {que} con «{fila.modelo}» ({en_unidades(fila.mediana_s)})"


def en_unidades(segundos):
    """Un tiempo con tres cifras y la unidad que le va: «48.3 µs», «2 ms», «1.5 s»."""
    for unidad, cuantos in (("s", 1), ("ms", 1e-3), ("µs", 1e-6)):
        if segundos >= cuantos or unidad == "µs":
            return f"{segundos / cuantos:.3g} {unidad}"
