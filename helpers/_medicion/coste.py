"""Las cuentas de `mide_guardado`: razones de cada ronda, metas y la tabla que las enseña."""

import statistics
from dataclasses import dataclass

from helpers._medicion.guardado import (
    CON_CUIDADO,
    HUELLA,
    JOBLIB,
    LEER,
    LIMITE,
    PICKLE,
    SIN_ESPERAR,
    SKOPS,
    SOLO_LAS_ESPERAS,
)
from helpers._medicion.relato import en_unidades

GUARDAR, CARGAR = "guardar", "cargar"
GUARDA_JOBLIB, CARGA_JOBLIB = (GUARDAR, JOBLIB), (CARGAR, JOBLIB)
LECTURA, LA_HUELLA = (LEER, JOBLIB), (HUELLA, JOBLIB)
ESPERAS = (GUARDAR, SOLO_LAS_ESPERAS)
# Cada fila de la tabla: lo que dice y de dónde salen sus cifras.
FILAS_AL_GUARDAR = {
    "`save_model`": (GUARDAR, CON_CUIDADO),
    "`joblib.dump` + `fsync`": GUARDA_JOBLIB,
    "`joblib.dump`, sin `fsync`": (GUARDAR, SIN_ESPERAR),
    "`pickle.dump`, protocolo 5, + `fsync`": (GUARDAR, PICKLE),
    "`skops.io.dump` + `fsync`": (GUARDAR, SKOPS),
    "límite físico: escribir esos bytes + `fsync`": (GUARDAR, LIMITE),
    "`joblib.dump` y las esperas de `save_model`": ESPERAS,
    "leer el archivo una vez": LECTURA,
    "leerlo y calcular su huella": LA_HUELLA,
}
FILAS_AL_CARGAR = {
    "`load_model`": (CARGAR, CON_CUIDADO),
    "`joblib.load`": CARGA_JOBLIB,
    "`pickle.load`": (CARGAR, PICKLE),
    "`skops.io.load`": (CARGAR, SKOPS),
    "límite físico: leer esos bytes": (CARGAR, LIMITE),
}
TOPE_DEL_GRANDE, TOPE_DEL_PEQUENO, TOPE_DE_MEMORIA = 1.25, 1.5, 1  # veces, veces, %


@dataclass(frozen=True)
class Meta:
    """Lo que `save_model` se propone no superar.

    Parámetros
    ----------
    dice : str
        La meta en palabras, con su tope.
    medido, tope : float
        En veces o en tanto por ciento.
    unidad : str
        «×» o «%».
    rondas : (float, float) o None
        Entre qué valores cae la mitad central de las rondas.
    porque : str
        Qué lo encarece, con lo que cuesta esa parte sola. Se dice si la meta no se cumple.
    """

    dice: str
    medido: float
    tope: float
    unidad: str
    rondas: tuple | None = None
    porque: str = ""

    @property
    def se_cumple(self):
        """Si lo medido, con los decimales con que se enseña, no pasa del tope."""
        return round(self.medido, 2) <= self.tope


def razones(rondas, que, frente_a):
    """En cada ronda, cuántas veces se tarda una cosa lo que otra, o lo que varias seguidas.

    Parámetros
    ----------
    rondas : list de dict
        Las de una `Medida`.
    que : tuple
        La clave de lo que se compara.
    frente_a : list de tuple
        Las claves con que se compara; sus tiempos se suman.

    Devuelve
    --------
    list de float
    """
    return [ronda[que] / sum(ronda[clave] for clave in frente_a) for ronda in rondas]


def metas(medidas):
    """Las tres metas de `save_model`: del modelo más grande, tiempo y memoria; del menor, tiempo.

    Parámetros
    ----------
    medidas : list de Medida
        Del modelo más pequeño al más grande.

    Devuelve
    --------
    list de Meta
    """
    menor, mayor = medidas[0], medidas[-1]
    return [_tiempo_del_grande(mayor), _memoria_del_grande(mayor), _tiempo_del_pequeno(menor)]


def _tiempo_del_grande(medida):
    patron = [GUARDA_JOBLIB, LECTURA]
    huella = statistics.median(razones(medida.rondas, LA_HUELLA, patron))
    return _meta_de_tiempo(
        medida,
        "(`joblib.dump` + `fsync` + una lectura)",
        patron,
        TOPE_DEL_GRANDE,
        "`save_model` relee el archivo y calcula su huella mientras el disco lo escribe, y espera "
        f"al más lento de los dos. La huella, sin más, cuesta {huella:.2f} ×.",
    )


def _tiempo_del_pequeno(medida):
    esperas = statistics.median(razones(medida.rondas, ESPERAS, [GUARDA_JOBLIB]))
    return _meta_de_tiempo(
        medida,
        "(`joblib.dump` + `fsync`)",
        [GUARDA_JOBLIB],
        TOPE_DEL_PEQUENO,
        "`save_model` espera al disco tres veces (el modelo, la ficha y la carpeta) donde el otro "
        "espera una, y además carga lo que escribió. Las tres esperas, sin más, cuestan "
        f"{esperas:.2f} ×.",
    )


def _meta_de_tiempo(medida, patron, claves, tope, porque):
    de_cada_ronda = razones(medida.rondas, (GUARDAR, CON_CUIDADO), claves)
    return Meta(
        f"{en_bytes(medida.archivo_bytes)}: `save_model` ≤ {tope} × {patron}",
        statistics.median(de_cada_ronda),
        tope,
        "×",
        _mitad_central(de_cada_ronda),
        porque,
    )


def _memoria_del_grande(medida):
    extra = medida.memoria_extra_bytes
    de_mas = max(0, extra[CON_CUIDADO] - extra[JOBLIB])
    return Meta(
        f"{en_bytes(medida.archivo_bytes)}: memoria de `save_model` por encima de la de "
        f"`joblib.dump` ≤ {TOPE_DE_MEMORIA} % del modelo",
        100 * de_mas / medida.archivo_bytes,
        TOPE_DE_MEMORIA,
        "%",
        porque=f"`save_model` pide {en_bytes(de_mas)} más que `joblib.dump`.",
    )


def _mitad_central(valores):
    """Los cuartiles de los extremos; con un solo valor, él dos veces."""
    if len(valores) == 1:
        return valores[0], valores[0]
    primero, _, tercero = statistics.quantiles(valores, n=4, method="inclusive")
    return primero, tercero


def tabla(medidas):
    """Las medidas y las metas, en Markdown.

    Parámetros
    ----------
    medidas : list de Medida
        Del modelo más pequeño al más grande.

    Devuelve
    --------
    str
        Una tabla para guardar y otra para cargar, con las razones a joblib, una tercera con las
        metas, y una frase por cada meta que no se cumple.
    """
    las_metas = metas(medidas)
    partes = [
        _tabla_de_razones("Guardar", FILAS_AL_GUARDAR, GUARDA_JOBLIB, medidas),
        _tabla_de_razones("Cargar", FILAS_AL_CARGAR, CARGA_JOBLIB, medidas),
        _tabla_de_metas(las_metas),
        *(f"No se cumple «{m.dice}». {m.porque}" for m in las_metas if not m.se_cumple),
    ]
    return "\n\n".join(partes)


def _tabla_de_razones(titulo, filas, patron, medidas):
    cuerpo = [
        [dice, *(_celda(medida.rondas, que, patron) for medida in medidas)]
        for dice, que in filas.items()
    ]
    return _markdown([titulo, *(en_bytes(medida.archivo_bytes) for medida in medidas)], cuerpo)


def _celda(rondas, que, patron):
    if que == patron:
        return f"1 ({en_unidades(statistics.median(ronda[que] for ronda in rondas))})"
    return f"{statistics.median(razones(rondas, que, [patron])):.2f}"


def _tabla_de_metas(las_metas):
    cuerpo = [[m.dice, _lo_medido(m), "sí" if m.se_cumple else "no"] for m in las_metas]
    return _markdown(["Meta", "Medido", "¿Se cumple?"], cuerpo)


def _lo_medido(meta):
    cifra = f"{meta.medido:.2f} {meta.unidad}"
    return cifra if meta.rondas is None else "{} ({:.2f} a {:.2f})".format(cifra, *meta.rondas)


def _markdown(cabecera, filas):
    guiones = ["---", *("---:" for _ in cabecera[1:])]
    return "\n".join(f"| {' | '.join(fila)} |" for fila in [cabecera, guiones, *filas])


def en_bytes(cuantos):
    """Un tamaño con tres cifras y la unidad que le va: «577 B», «1 MB», «100 MB»."""
    for unidad, uno in (("MB", 1e6), ("KB", 1e3)):
        if cuantos >= uno:
            return f"{cuantos / uno:.3g} {unidad}"
    return f"{cuantos} B"
