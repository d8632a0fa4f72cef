"""Cómo se comprueban los ejercicios de 03b · Tiempos y tamaños.

Ninguna comprobación exige que algo tarde poco: con el equipo ocupado, una respuesta correcta lo
sigue siendo. Lo que se mira es que las conclusiones salgan de los números de quien responde.
"""

import statistics
import time

import numpy as np
import pandas as pd

from helpers.ejercicios.archivos import exige_archivo, pregunta_aparte
from helpers.ejercicios.ejecucion import exige_funcion, llama
from helpers.ejercicios.resultado import Rechazo, bien, es_numero, mal, muestra

# --- 03b.1 · mide(f, repeticiones) ---------------------------------------------------------------
REPETICIONES = 4
PAUSA_LARGA, PAUSA_CORTA = 0.06, 0.03  # segundos que duermen la segunda llamada y la última
INTENTOS = 5  # un equipo ocupado puede alargar una medida; cinco veces seguidas, no


def comprueba_mide(mide):
    """Devuelve una lista con un tiempo por repetición, tras una llamada que no se mide."""
    exige_funcion(mide)
    for _ in range(INTENTOS):
        resultado = _mide_pausas(mide)
        if resultado is None:
            return bien(
                "Una llamada de calentamiento y una lista de tiempos. Con la lista puedes dar la "
                "mediana, los cuartiles o lo que necesites."
            )
    return resultado


def _mide_pausas(mide):
    """None si midió bien unas pausas de duración conocida; si no, el resultado."""
    llamadas = 0

    def duerme():
        nonlocal llamadas
        llamadas += 1
        # La primera es la de calentamiento. Las dos de en medio no duermen nada.
        time.sleep({2: PAUSA_LARGA, REPETICIONES + 1: PAUSA_CORTA}.get(llamadas, 0))

    tiempos = llama(mide, duerme, REPETICIONES)
    if es_numero(tiempos):
        return mal(
            "un_solo_numero",
            vi=f"que devuelve un número, {tiempos:.2g}",
            esperaba=f"una lista con {REPETICIONES} tiempos, uno por llamada",
            porque="el reloj se para una sola vez, fuera del bucle, o se devuelve un resumen",
            prueba="a parar el reloj en cada vuelta y añadir ese tiempo con `tiempos.append(...)`",
        )
    if not isinstance(tiempos, list):
        return mal(
            "no_es_lista",
            vi=f"que devuelve {muestra(tiempos)}",
            esperaba=f"una lista con {REPETICIONES} tiempos",
            porque="se imprime en lugar de devolver, o se devuelve otra colección",
            prueba="`tiempos.append(...)` en cada vuelta y `return tiempos` al final; con otra "
            "colección, `list(...)`",
        )
    if llamadas == 0:
        return mal(
            "no_llama",
            vi="que no llegó a llamar a `f`",
            esperaba="una llamada por medida",
            porque="se escribe `f` sin paréntesis, que nombra la función y no la ejecuta",
            prueba="`f()` entre las dos lecturas del reloj",
        )
    if len(tiempos) != REPETICIONES:
        return mal(
            "otra_cantidad",
            vi=f"{len(tiempos)} tiempos al pedir {REPETICIONES} repeticiones",
            esperaba="tantos tiempos como repeticiones, sin contar el calentamiento",
            porque="se anota también la primera llamada, o el número está fijo en el código",
            prueba="`for _ in range(repeticiones):`, y el calentamiento antes del bucle",
        )
    if llamadas != REPETICIONES + 1:
        return mal(
            "sin_calentamiento",
            vi=f"{llamadas} llamadas a `f` para {REPETICIONES} repeticiones",
            esperaba=f"{REPETICIONES + 1}: una de calentamiento y las que se miden",
            porque="se mide desde la primera llamada, que paga lo que las demás encuentran hecho, "
            "o se calienta más de una vez",
            prueba="una sola línea con `f()` antes del bucle",
        )
    return _revisa_los_tiempos(tiempos)


def _revisa_los_tiempos(tiempos):
    if not all(es_numero(tiempo) for tiempo in tiempos):
        return mal(
            "no_son_numeros",
            vi=f"{muestra(tiempos)}",
            esperaba="una lista de números, en segundos",
            porque="se guarda un texto, o el principio y el final",
            prueba="`time.perf_counter() - inicio`",
        )
    if tiempos[0] > 100 * PAUSA_LARGA:
        return mal(
            "no_son_segundos",
            vi=f"{tiempos[0]:.3g} para una llamada de {PAUSA_LARGA} segundos",
            esperaba="segundos",
            porque="se multiplica por mil, o se usa `perf_counter_ns`, que no da segundos",
            prueba="la diferencia de dos `time.perf_counter()` tal cual",
        )
    # Ningún reloj da cuatro medidas que acaben justo en la cuarta cifra, y menos cinco veces.
    if any(tiempos) and all(tiempo == round(tiempo, 4) for tiempo in tiempos):
        return mal(
            "redondea",
            vi=f"{muestra(tiempos)}",
            esperaba="los segundos con todas sus cifras",
            porque="se redondea, y una llamada corta se queda en cero",
            prueba="a anotar la resta tal cual y a redondear solo al imprimir",
        )
    # Dormir nunca dura menos de lo pedido; el 0.9 es por los relojes que redondean.
    if tiempos[0] < 0.9 * PAUSA_LARGA or tiempos[-1] < 0.9 * PAUSA_CORTA:
        return mal(
            "no_mide_f",
            vi=f"{tiempos[0]:.2g} y {tiempos[-1]:.2g} segundos en dos llamadas que duran "
            f"{PAUSA_LARGA} y {PAUSA_CORTA}",
            esperaba="lo que tarda cada llamada",
            porque="`f()` queda fuera de las dos lecturas del reloj, se resta al revés, se ordena "
            "la lista o se usa un reloj que no cuenta las esperas",
            prueba="este orden: leer `time.perf_counter()`, llamar a `f()`, leerlo y anotar",
        )
    if tiempos[1] > 0.9 * PAUSA_LARGA:
        return mal(
            "acumula",
            vi=f"{tiempos[1]:.2g} segundos en una llamada que no espera nada",
            esperaba="cada tiempo desde el principio de su llamada",
            porque="el reloj se lee una sola vez, antes del bucle, y los tiempos se suman",
            prueba="`inicio = time.perf_counter()` dentro del bucle",
        )
    return None


# --- 03b.2 · k de 20 -----------------------------------------------------------------------------
PARES = 20
VEREDICTOS = {"se cumple": (15, PARES), "no se cumple": (0, 5), "no está claro": (6, 14)}


def comprueba_k_de_20(medidas, k, m, veredicto_k, veredicto_m):
    """Las dos cuentas y los dos veredictos salen de las veinte filas que da quien responde."""
    filas = _veinte_filas(medidas)
    mas_rapidas = sum(pj < pp for pp, pj, _, _ in filas)
    menores = sum(bj < bp for _, _, bp, bj in filas)
    if not (_es(k, mas_rapidas) and _es(m, menores)):
        return _otra_cuenta(filas, (k, m), (mas_rapidas, menores))
    for nombre, veredicto, cuenta in (("k", veredicto_k, k), ("m", veredicto_m, m)):
        _exige_veredicto(nombre, veredicto, cuenta)
    return bien(
        f"De {PARES} filas, joblib tarda menos en {mas_rapidas} y ocupa menos en {menores}, y tú "
        "has concluido lo que dicen. Vale para este modelo y este equipo; con otros, se mide otra "
        "vez."
    )


def _es(dado, cuenta):
    return es_numero(dado) and dado == cuenta


def _otra_cuenta(filas, dadas, cuentas):
    (k, m), (mas_rapidas, menores) = dadas, cuentas
    if _es(k, menores) and _es(m, mas_rapidas):
        return mal(
            "cuentas_cambiadas",
            vi=f"k = {k} y m = {m}",
            esperaba=f"k = {mas_rapidas}, por el tiempo, y m = {menores}, por el tamaño",
            porque="se cambia una cuenta por la otra",
            prueba="a comparar los dos tiempos para `k` y los dos tamaños para `m`",
        )
    las_dos = sum(pj < pp and bj < bp for pp, pj, bp, bj in filas)
    for nombre, dado, cuenta in (("k", k, mas_rapidas), ("m", m, menores)):
        if _es(dado, cuenta):
            continue
        if _es(dado, las_dos):
            return mal(
                "las_dos_a_la_vez",
                vi=f"{nombre} = {dado}, las filas en que tarda menos y además ocupa menos",
                esperaba=f"{cuenta}: en cada cuenta, una sola condición",
                porque="la frase une las dos cosas, y aquí se cuenta cada una",
                prueba="sin `and`",
            )
        return mal(
            "otra_cuenta",
            vi=f"{nombre} = {muestra(dado)}",
            esperaba=f"{cuenta}, que es lo que dan tus filas",
            porque="se comparan las columnas en otro orden, o la cuenta es de otra tanda",
            prueba="`sum(pj < pp for pp, pj, bp, bj in medidas)` para `k`, y lo mismo con los "
            "bytes para `m`",
        )


def _exige_veredicto(nombre, veredicto, cuenta):
    texto = veredicto.strip(" .").lower() if isinstance(veredicto, str) else None
    if texto not in VEREDICTOS:
        raise Rechazo(
            mal(
                "veredicto_desconocido",
                vi=f"{muestra(veredicto)} en `veredicto_{nombre}`",
                esperaba="uno de estos textos: " + ", ".join(f"«{v}»" for v in VEREDICTOS),
                porque="se contesta con otras palabras, con una lista, o con True y False",
                prueba="a copiar uno de los tres del enunciado, entre comillas",
            )
        )
    desde, hasta = VEREDICTOS[texto]
    if not desde <= cuenta <= hasta:
        raise Rechazo(
            mal(
                "veredicto_sin_datos",
                vi=f"«{texto}» con {nombre} = {cuenta} de {PARES}",
                esperaba="el veredicto que el enunciado da a ese número",
                porque="se escribe lo que se había leído, y no lo que salió",
                prueba=f"a mirar en qué tramo cae tu {nombre}",
            )
        )


def _veinte_filas(medidas):
    try:
        filas = [tuple(fila) for fila in getattr(medidas, "values", medidas)]
        bien_formadas = all(len(fila) == 4 and all(map(es_numero, fila)) for fila in filas)
    except TypeError:
        filas, bien_formadas = [], False
    if not bien_formadas:
        raise Rechazo(
            mal(
                "no_son_filas",
                vi=muestra(medidas),
                esperaba="una lista de filas, cada una con cuatro números: segundos de pickle y "
                "de joblib, bytes de pickle y de joblib",
                porque="faltan los bytes, o se guarda una lista por columna",
                prueba="`(*una_vez(modelo), bytes_pickle, bytes_joblib)` en cada fila",
            )
        )
    if len(filas) != PARES:
        raise Rechazo(
            mal(
                "no_son_veinte",
                vi=f"{len(filas)} filas",
                esperaba=f"{PARES}",
                porque="el bucle da otro número de vueltas, o la lista se vacía dentro de él",
                prueba=f"`for _ in range({PARES}):`, con la lista creada antes",
            )
        )
    if any(not valor > 0 for fila in filas for valor in fila):
        raise Rechazo(
            mal(
                "imposible",
                vi="algún tiempo o tamaño que no es positivo",
                esperaba="segundos y bytes mayores que cero",
                porque="se resta al revés, o se mira el tamaño antes de guardar",
                prueba="a imprimir las filas y buscar la primera que no tenga sentido",
            )
        )
    if len({fila[:2] for fila in filas}) == 1:
        raise Rechazo(
            mal(
                "una_sola_medida",
                vi=f"los mismos dos tiempos en las {PARES} filas",
                esperaba=f"{PARES} medidas distintas",
                porque="se mide una vez, fuera del bucle, y se copia el resultado",
                prueba="a llamar a `una_vez(modelo)` dentro del bucle",
            )
        )
    return filas


# --- 03b.3 · donde la compresión gana tres veces -------------------------------------------------
VECES_EN_TAMANO = 3
MARCAS_DE_COMPRESION = (b"\x78", b"\x1f\x8b", b"BZ", b"\xfd7zXZ", b"\x5d\x00", b"\x04\x22\x4d\x18")
PROTOCOLOS_BINARIOS = (b"\x80\x04", b"\x80\x05")


def _son_el_mismo(pickle, joblib):
    """Código que compara el modelo de dos archivos, en otro proceso."""
    return f"""
import pickle, joblib, numpy as np
with open({pickle!r}, "rb") as archivo: uno = pickle.load(archivo)
otro = joblib.load({joblib!r})
columnas = getattr(uno, "n_features_in_", None)
igual = type(uno) is type(otro) and columnas == getattr(otro, "n_features_in_", None)
if igual and columnas and hasattr(uno, "predict"):
    X = np.random.default_rng(0).normal(size=(20, columnas))
    igual = np.array_equal(uno.predict(X), otro.predict(X))
respuesta = [hasattr(uno, "get_params"), bool(igual), type(uno).__name__]
"""


def comprueba_compresion(con_pickle, con_joblib):
    """Un modelo guardado de las dos formas: con joblib comprimido ocupa tres veces menos."""
    uno, otro = exige_archivo(con_pickle), exige_archivo(con_joblib)
    if not _empieza_por(uno, PROTOCOLOS_BINARIOS):
        return mal(
            "no_es_protocolo_5",
            vi=f"que «{uno.name}» no empieza como un pickle de protocolo 4 o 5",
            esperaba="el modelo guardado con `pickle.dump(modelo, archivo, protocol=5)`",
            porque="están cambiados los dos archivos, o un protocolo antiguo infla el primero",
            prueba="a pasar primero el de pickle, guardado con `protocol=5`",
        )
    if not _empieza_por(otro, MARCAS_DE_COMPRESION):
        return mal(
            "sin_comprimir",
            vi=f"«{otro.name}» sin comprimir",
            esperaba="un archivo comprimido por joblib",
            porque="`joblib.dump` a secas no comprime",
            prueba=f'`joblib.dump(modelo, "{otro.name}", compress=3)`',
        )
    es_modelo, igual, clase = pregunta_aparte(_son_el_mismo(uno.name, otro.name), uno, otro)
    if not es_modelo:
        return mal(
            "no_es_modelo",
            vi=f"un objeto {clase}",
            esperaba="un modelo de scikit-learn",
            porque="se guarda el array con los datos, que también se comprime",
            prueba="a guardar el modelo que devuelve `fit`",
        )
    if not igual:
        return mal(
            "otro_modelo",
            vi="dos archivos con modelos distintos",
            esperaba="el mismo modelo en los dos",
            porque="se entrena otra vez entre un guardado y el otro",
            prueba="a entrenar una vez y guardar dos",
        )
    veces = uno.stat().st_size / otro.stat().st_size
    if veces < VECES_EN_TAMANO:
        return mal(
            "comprime_poco",
            vi=f"un archivo {veces:.2f} veces menor",
            esperaba=f"{VECES_EN_TAMANO} veces, como mínimo",
            porque="los decimales al azar no se repiten, y comprimir es aprovechar repeticiones",
            prueba="un modelo que repita números: un bosque, o vecinos con datos redondeados",
        )
    return bien(
        f"{veces:.1f} veces menor. Se comprime lo que se repite: los árboles repiten índices y "
        "umbrales; los coeficientes de una regresión, casi nunca."
    )


def _empieza_por(ruta, marcas):
    with ruta.open("rb") as archivo:
        return archivo.read(8).startswith(marcas)


# --- 03b.4 · donde mmap gana veinte veces --------------------------------------------------------
MB_MINIMOS, MB_MAXIMOS = 20, 100
MEDIDAS_MINIMAS = 5
VECES_CON_MMAP = 20


def _mayor_array_en_disco(nombre):
    """Código que carga un modelo con mmap y dice cuánto ocupa su mayor array, en otro proceso."""
    # Un pipeline guarda sus pasos en una lista de tuplas; una búsqueda, su modelo en un atributo.
    return f"""
import joblib, numpy as np
def arrays(objeto):
    if isinstance(objeto, np.memmap): return [objeto.nbytes]
    es_modelo = hasattr(objeto, "get_params") and not isinstance(objeto, type)
    piezas = vars(objeto).values() if es_modelo else objeto
    if not isinstance(piezas, (list, tuple)) and not es_modelo: return []
    return [array for pieza in piezas for array in arrays(pieza)]
modelo = joblib.load({nombre!r}, mmap_mode="r")
respuesta = [hasattr(modelo, "get_params"), max(arrays(modelo), default=0)]
"""


def comprueba_mmap(nombre, normales, con_mmap, veces):
    """El modelo es de los que mmap favorece y la razón es la de sus medianas."""
    ruta = exige_archivo(nombre)
    normales, con_mmap = _tiempos("normales", normales), _tiempos("con_mmap", con_mmap)
    if normales == con_mmap:
        return mal(
            "misma_lista",
            vi="los mismos tiempos en `normales` y en `con_mmap`",
            esperaba="dos medidas distintas, una de cada forma de cargar",
            porque="se mide una vez y se usa la misma lista en los dos sitios",
            prueba='a medir otra vez con `joblib.load(archivo_4, mmap_mode="r")`',
        )
    if ruta.stat().st_size > MB_MAXIMOS * 1.01e6:
        return mal(
            "demasiado_grande",
            vi=f"un archivo de {ruta.stat().st_size / 1e6:.0f} MB",
            esperaba=f"{MB_MAXIMOS} MB como mucho",
            porque="se busca la razón con más datos de los que hacen falta",
            prueba="con la mitad de filas",
        )
    if _empieza_por(ruta, MARCAS_DE_COMPRESION):
        return mal(
            "mmap_comprimido",
            vi=f"«{ruta.name}» comprimido",
            esperaba="un archivo sin comprimir",
            porque="lo comprimido hay que descomprimirlo: no se puede usar desde el disco",
            prueba=f'`joblib.dump(modelo, "{ruta.name}")`, sin `compress`',
        )
    es_modelo, mayor = pregunta_aparte(_mayor_array_en_disco(ruta.name), ruta)
    if not es_modelo or mayor < MB_MINIMOS * 1e6:
        return mal(
            "sin_array_grande",
            vi=f"un objeto cuyo mayor array queda en {mayor / 1e6:.3g} MB al cargarlo con mmap",
            esperaba=f"un modelo con un array de {MB_MINIMOS} MB o más",
            porque="un bosque reparte sus números en piezas pequeñas, que se copian, o los datos "
            "tienen pocas filas",
            prueba="un modelo que guarde los datos enteros, como el de vecinos",
        )
    return _razon(statistics.median(normales), statistics.median(con_mmap), veces)


def _tiempos(que, dados):
    """La lista de tiempos que hay en `dados`; rechaza si son pocos o alguno no es un tiempo."""
    tiempos = list(dados) if isinstance(dados, list | tuple | np.ndarray | pd.Series) else []
    validos = [tiempo for tiempo in tiempos if es_numero(tiempo) and tiempo > 0]
    if len(validos) < max(MEDIDAS_MINIMAS, len(tiempos)):
        raise Rechazo(
            mal(
                "pocos_tiempos",
                vi=f"en `{que}` {len(validos)} tiempos válidos",
                esperaba=f"una lista con {MEDIDAS_MINIMAS} o más, en segundos, y ninguno sin valor",
                porque="se da un solo número: una medida, o su resumen",
                prueba="`mide(...)` o `timeit.repeat(..., number=1, repeat=9)`",
            )
        )
    return tiempos


def _razon(normal, con_mmap, veces):
    medida = normal / con_mmap
    # Así escrito, y no con «>», también rechaza `nan`, que no es mayor ni menor que nada.
    if not es_numero(veces) or not abs(veces / medida - 1) <= 0.01:
        if es_numero(veces) and abs(veces * medida - 1) < 0.01:
            return mal(
                "razon_al_reves",
                vi=f"{veces:.3g}, el tiempo con mmap dividido entre el normal",
                esperaba=f"la otra razón, {medida:.3g}",
                porque="«veces que gana» es el tiempo largo entre el corto",
                prueba="`statistics.median(normales) / statistics.median(con_mmap)`",
            )
        return mal(
            "otra_razon",
            vi=f"{muestra(veces)} veces",
            esperaba=f"{medida:.3g}, la razón de las dos medianas",
            porque="se dividen otras medidas, o las medias en lugar de las medianas",
            prueba="`statistics.median(normales) / statistics.median(con_mmap)`",
        )
    if medida < 1:
        return mal(
            "listas_cambiadas",
            vi=f"que con mmap tarda {1 / medida:.3g} veces más",
            esperaba="lo contrario: con mmap no se lee el array",
            porque="se pasan las dos listas cambiadas",
            prueba="a repasar qué lista viene de `mmap_mode`",
        )
    if medida < VECES_CON_MMAP:
        return bien(
            f"El modelo es de los que mmap favorece y tus medidas dan {medida:.3g} veces. En este "
            f"equipo no llegan a {VECES_CON_MMAP}; con un array mayor, la razón crece."
        )
    return bien(
        f"{medida:.3g} veces. Al cargar no se lee el array: se leerá la parte que pida `predict`."
    )


# --- 03b.5 · frases que los números sostienen ----------------------------------------------------
MAYOR, MENOR = "n = 1 000 000", "n = 1"


def _de(resumen, modelo, metodo, operacion, columna):
    filas = (resumen.modelo == modelo) & (resumen.metodo == metodo)
    return float(resumen[filas & (resumen.operacion == operacion)][columna].iloc[0])


def _entre_bytes(resumen, modelo, metodo):
    de_pickle = _de(resumen, modelo, "pickle", "guardar", "archivo_bytes")
    return _de(resumen, modelo, metodo, "guardar", "archivo_bytes") / de_pickle


# Cada frase afirma que un número de la tabla está por debajo o por encima de un valor.
FRASES = {
    "a": (lambda t: _de(t, MAYOR, "joblib comprimido", "guardar", "veces_pickle"), "<", 1),
    "b": (lambda t: _entre_bytes(t, MAYOR, "joblib comprimido"), ">", 0.9),
    "c": (lambda t: _entre_bytes(t, MAYOR, "skops"), ">", 1.5),
    "d": (lambda t: _entre_bytes(t, MENOR, "skops"), ">", 5),
    "e": (lambda t: _de(t, MAYOR, "pickle", "guardar", "veces_el_limite"), "<", 2),
    "f": (lambda t: _de(t, MENOR, "joblib", "cargar", "veces_pickle"), "<", 1),
    "g": (lambda t: _de(t, MAYOR, "dill", "guardar", "memoria_extra_bytes"), ">", 4_000_000),
    "h": (lambda t: _de(t, MAYOR, "joblib", "cargar", "veces_pickle"), "<", 1),
}
CUANTAS = 3


def comprueba_frases(resumen, frases):
    """Tres frases, cada una con su número, y la tabla las sostiene."""
    valores = _valores(resumen)
    if not isinstance(frases, dict) or not all(es_numero(valor) for valor in frases.values()):
        return mal(
            "no_es_diccionario",
            vi=muestra(frases),
            esperaba="un diccionario con letras y números",
            porque="se dan solo las letras, sin el número en que se apoya cada una",
            prueba='la forma `{"x": 1.25, "y": 3.4, "z": 0.5}`',
        )
    if ajenas := sorted(set(map(str, frases)) - set(FRASES)):
        return mal(
            "letra_desconocida",
            vi=f"{muestra(ajenas)} entre las letras",
            esperaba="letras de la a a la h, en minúscula",
            porque="se escribe la frase entera, o la letra en mayúscula",
            prueba='`"b"`, con comillas',
        )
    if len(frases) != CUANTAS:
        return mal(
            "no_son_tres",
            vi=f"{len(frases)} frases",
            esperaba=f"{CUANTAS}",
            porque="se marcan todas las que parecen ciertas, o falta alguna",
            prueba="a quedarte con las tres que mejor puedas defender",
        )
    for letra, dado in frases.items():
        _, signo, corte = FRASES[letra]
        valor = valores[letra]
        if not abs(dado - valor) <= 0.02 * abs(valor):
            return mal(
                "otro_numero",
                vi=f"{dado:.4g} junto a la frase {letra}",
                esperaba=f"{valor:.4g}, que es lo que dice tu tabla",
                porque="se copia el número de otra fila o columna, o se dividen dos medianas",
                prueba="a releer qué modelo, qué método y qué columna nombra la frase",
            )
        if not (valor < corte if signo == "<" else valor > corte):
            return mal(
                "frase_sin_apoyo",
                vi=f"la frase {letra}, que pide un número {signo} {corte:g}, con {valor:.4g}",
                esperaba="frases que tu tabla sostenga",
                porque="suena conocida: es lo que se lee a menudo",
                prueba="a cambiarla por otra cuyo número caiga del lado que dice",
            )
    return bien("Tres frases, tres números y una tabla que cualquiera puede repetir.")


def _valores(resumen):
    columnas = {"modelo", "metodo", "operacion", "veces_pickle", "veces_el_limite"}
    columnas |= {"archivo_bytes", "memoria_extra_bytes"}
    if isinstance(resumen, pd.DataFrame) and columnas <= set(resumen.columns):
        try:
            return {letra: medida(resumen) for letra, (medida, _, _) in FRASES.items()}
        except IndexError:
            pass
    raise Rechazo(
        mal(
            "no_es_el_resumen",
            vi="una tabla sin todos los modelos y métodos del barrido",
            esperaba="`resumen`, la tabla del apartado 4",
            porque="`resumen` se volvió a usar para otra medición",
            prueba="a ejecutar otra vez la celda del apartado 4 que crea `resumen`",
        )
    )
