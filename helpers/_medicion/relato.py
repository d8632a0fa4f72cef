"""Contar un resumen de medidas: en una figura y en frases."""

import textwrap

from helpers.errores import ErrorDelCurso

LINEAS_MAXIMAS = 15
LETRAS_DE_UN_FALLO = 250
LIMITE = "límite físico"


def dibuja_tiempos(resumen):
    """Dibuja cuánto tarda cada método según lo que ocupa el modelo, con el límite físico.

    Las dos escalas son logarítmicas: cada marca vale diez veces la anterior. `describe` cuenta lo
    mismo con palabras. El límite es el del archivo de pickle: otros comprimen y escriben menos. Sin
    pickle, el del primer método.

    Parámetros
    ----------
    resumen : DataFrame
        Lo que devuelve `resume`.

    Errores
    -------
    ErrorDelCurso
        Si no es un resumen, si hay más métodos que formas de distinguirlos, o si ninguno pudo con
        ningún modelo.
    """
    _exige_resumen(resumen)
    if resumen.empty:
        raise ErrorDelCurso(
            "No hay ningún tiempo que dibujar: ningún método pudo con ningún modelo.",
            prueba="a leer los motivos con describe.",
        )
    from helpers.figuras import curvas  # aquí: matplotlib tarda en importarse y medir no lo pide

    paneles = {}
    for operacion, tabla in resumen.groupby("operacion", sort=False):
        por_tamano = tabla.sort_values("modelo_bytes")
        patron = "pickle" if "pickle" in set(tabla.metodo) else tabla.metodo.iloc[0]
        del_patron = por_tamano[por_tamano.metodo == patron]
        limite = del_patron.groupby("modelo_bytes").limite_s.median()
        paneles[operacion] = {
            metodo: (filas.modelo_bytes, filas.mediana_s)
            for metodo, filas in por_tamano.groupby("metodo", sort=False)
        } | {LIMITE: (limite.index, limite)}
    curvas(paneles, ("tamaño del modelo", "B"), ("tiempo", "s"), referencia=LIMITE)


def describe(resumen):
    """Escribe en frases lo que dice un resumen de medidas: primero las razones, luego los tiempos.

    Empieza por lo que no se pudo medir, que no está en la tabla. De cada método cuenta el modelo
    más pequeño y el más grande. pickle se compara con el límite físico, y los demás, con pickle.

    Parámetros
    ----------
    resumen : DataFrame
        Lo que devuelve `resume`.

    Errores
    -------
    ErrorDelCurso
        Si no es un resumen.
    """
    _exige_resumen(resumen)
    fallos = _fallos(resumen.attrs.get("fallos", []))
    frases = [*fallos]
    for (operacion, metodo), filas in resumen.groupby(["operacion", "metodo"], sort=False):
        filas = filas.sort_values("modelo_bytes")
        extremos = filas.iloc[[0, -1]] if len(filas) > 1 else filas
        frases.append(f"{operacion}, {metodo}: {'; '.join(map(_caso, extremos.itertuples()))}")
    if len(frases) > LINEAS_MAXIMAS:
        sobran = len(frases) - LINEAS_MAXIMAS + 1
        caben = len(fallos) < LINEAS_MAXIMAS
        donde = "en la tabla" if caben else "en la tabla y en su `attrs`"
        frases[LINEAS_MAXIMAS - 1 :] = [f"… y {sobran} más: están {donde}."]
    print("\n".join(frases))


def _exige_resumen(resumen):
    if "mediana_s" not in getattr(resumen, "columns", ()):
        raise ErrorDelCurso(
            "Esto no es un resumen de medidas.",
            "se pasa la tabla de mide_metodos sin resumirla.",
            "con resume(medidas).",
        )


def _fallos(fallos):
    """Una frase por modelo y motivo, con los métodos que lo comparten."""
    metodos = {}
    for fallo in fallos:
        metodos.setdefault((fallo["modelo"], fallo["motivo"]), []).append(fallo["metodo"])
    return [
        textwrap.shorten(
            f"«{modelo}» no se pudo medir con {', '.join(suyos)}: {motivo}",
            LETRAS_DE_UN_FALLO,
            placeholder=" …",
        )
        for (modelo, motivo), suyos in metodos.items()
    ]


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
