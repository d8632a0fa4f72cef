"""Las revisiones de la tarea 1: explican cada fallo con ejemplos que no son los de la nota."""

import math
from pathlib import Path

from helpers.ejercicios.archivos import exige_archivo, pregunta_aparte
from helpers.ejercicios.ejecucion import TiempoAgotado, intenta, llama, valor_de
from helpers.ejercicios.resultado import bien, es_numero, mal, muestra, sin_responder
from helpers.inspeccion import formato

# --- t1.1 · reparar un texto ---------------------------------------------------------------------
EJEMPLOS = (("La señora Núñez", "mac_roman"), ("Caben 40 m² y 3 bancos más", "latin-1"))
SIN_ARREGLO = ("nieve ☃", "latin-1")  # el muñeco de nieve no existe en latin-1


def comprueba_reparacion(repara):
    """Repara con la codificación que se le dice, y no calla cuando no se puede."""
    for original, codec in EJEMPLOS:
        roto = original.encode("utf-8").decode(codec)
        reparado = llama(repara, roto, codec)
        if reparado != original:
            return _no_repara(f'repara("{roto}", "{codec}")', reparado, roto, codec)
    intento = _prueba(repara, *SIN_ARREGLO)
    if not isinstance(intento.error, ValueError):
        return mal(
            "calla_lo_que_pierde",
            vi=f'que `repara("{SIN_ARREGLO[0]}", "{SIN_ARREGLO[1]}")` {_que_hizo(intento)}',
            esperaba="un `ValueError`, porque ese texto no se pudo leer así",
            porque='`errors="ignore"` y `errors="replace"` tiran letras sin avisar',
            prueba="a quitar `errors`; `UnicodeEncodeError` ya es un `ValueError`",
        )
    return bien("Repara con cualquier codificación y avisa cuando no puede.")


def _no_repara(llamada, reparado, roto, codec):
    if not isinstance(reparado, str):
        return mal(
            "no_da_texto",
            vi=f"que `{llamada}` devuelve {muestra(reparado)}",
            esperaba="un texto",
            porque="falta el `return`, o falta `decode`, que convierte los bytes en letras",
            prueba="`return` con una expresión que termine en `.decode(...)`",
        )
    if reparado == roto:
        return mal(
            "sin_cambios",
            vi=f"que `{llamada}` devuelve lo mismo que recibe",
            esperaba="el texto con sus tildes",
            porque="se codifica y se lee con la misma codificación: es ir y volver",
            prueba="una codificación en `encode` y otra en `decode`",
        )
    if codec == EJEMPLOS[1][1]:
        return mal(
            "codec_fijo",
            vi=f"que `repara` acierta con {EJEMPLOS[0][1]} y no con {codec}",
            esperaba="que use la codificación que recibe",
            porque="se deja escrita la del ejemplo, en lugar de `leido_como`",
            prueba="`leido_como`, sin comillas, dentro de `encode`",
        )
    return mal(
        "otro_texto",
        vi=f"que `{llamada}` devuelve {muestra(reparado)}",
        esperaba="el texto original, letra a letra",
        porque="las dos codificaciones están cambiadas de sitio",
        prueba="`encode` con la que se usó por error y `decode` con la buena, UTF-8",
    )


def _prueba(funcion, *argumentos):
    """Como `intenta`, pero no terminar nunca no cuenta como el error que se esperaba."""
    intento = intenta(funcion, *argumentos)
    if isinstance(intento.error, TiempoAgotado):
        valor_de(intento, funcion, *argumentos)
    return intento


def _que_hizo(intento):
    if intento.error is None:
        return f"devuelve {muestra(intento.valor)}"
    return f"lanza {type(intento.error).__name__}"


# --- t1.2 · predecir muchas filas ----------------------------------------------------------------
PARAMETROS = {"coef": [0.5, 2.0], "intercept": 10.0}
FILAS = [[2.0, 1.0], [4.0, 3.0], [0.0, 0.0]]
PREDICCIONES = [13.0, 18.0, 10.0]
SIN_ORDENADA = [3.0, 8.0, 0.0]
NO_ENCAJAN = ([[1.0]], [[1.0, 2.0, 3.0]])


def comprueba_predicciones(predice_todas):
    """Una predicción por fila, y un error si a una fila le faltan o le sobran medidas."""
    dadas = llama(predice_todas, PARAMETROS, FILAS)
    dadas = dadas.tolist() if hasattr(dadas, "tolist") else dadas
    if not isinstance(dadas, list | tuple):
        return mal(
            "no_da_lista",
            vi=f"que devuelve {muestra(dadas)}",
            esperaba="una lista con una predicción por fila",
            porque="el `return` está dentro del bucle, o falta",
            prueba="a reunir las predicciones en una lista y devolverla al final",
        )
    if len(dadas) != len(FILAS) or not all(map(es_numero, dadas)):
        return mal(
            "cuantas",
            vi=f"{muestra(dadas)}, para {len(FILAS)} filas",
            esperaba="un número por fila",
            porque="se devuelven los productos sin sumar, o solo una de las filas",
            prueba="`sum(...)` dentro del bucle que recorre las filas",
        )
    if _parecidas(dadas, SIN_ORDENADA):
        return mal(
            "sin_ordenada",
            vi="las sumas de los productos, sin la ordenada",
            esperaba="cada suma más la ordenada",
            porque="los coeficientes se ven más y la ordenada se olvida",
            prueba='a sumar `parametros["intercept"]` en cada fila',
        )
    if not _parecidas(dadas, PREDICCIONES):
        return mal(
            "otros_numeros",
            vi=f"{muestra(dadas)} con {PARAMETROS}",
            esperaba=f"{PREDICCIONES}",
            porque="algún coeficiente no va con la medida de su mismo lugar",
            prueba="a calcular a mano la primera fila y comparar",
        )
    for filas in NO_ENCAJAN:
        intento = _prueba(predice_todas, PARAMETROS, filas)
        if not isinstance(intento.error, ValueError):
            return mal(
                "fila_que_no_encaja",
                vi=f"que con la fila {filas[0]} {_que_hizo(intento)}",
                esperaba="un `ValueError`: hay dos coeficientes",
                porque="`zip` se detiene en la lista más corta y no avisa",
                prueba="`zip(..., strict=True)`, o a comparar antes los dos largos",
            )
    return bien("Predice todas las filas y rechaza las que no encajan.")


def _parecidas(unas, otras):
    return all(math.isclose(a, b, abs_tol=1e-9) for a, b in zip(unas, otras, strict=True))


# --- t1.3 · qué queda ----------------------------------------------------------------------------
# Las letras buenas no están aquí: aquí solo se reconoce el descuido más frecuente de cada una.
DE_LA_MEMORIA = {"a": "una variable", "c": "un módulo importado", "d": "lo añadido después"}
CUANTAS = 2


def comprueba_letras(sobrevive):
    """Explica una letra que sobra o una que falta, sin decir cuáles son las buenas."""
    if not isinstance(sobrevive, str):
        return mal(
            "no_es_un_texto",
            vi=muestra(sobrevive),
            esperaba="un texto con las letras",
            porque="se escriben en una lista, o sin comillas",
            prueba='las letras juntas y entre comillas, como "xy"',
        )
    letras = set(sobrevive.lower()) & set("abcde")
    de_mas = sorted(letras & DE_LA_MEMORIA.keys())
    if de_mas:
        return mal(
            "estaba_en_la_memoria",
            vi=f"la letra {de_mas[0]}, que es {DE_LA_MEMORIA[de_mas[0]]}",
            esperaba="solo lo que está escrito en el disco",
            porque="mientras el kernel vive, la memoria y el archivo parecen lo mismo",
            prueba="a reiniciar el kernel y buscar eso mismo",
        )
    if len(letras) < CUANTAS:
        return mal(
            "faltan_letras",
            vi=f"{muestra(sobrevive)}",
            esperaba=f"{CUANTAS} letras de la lista",
            porque="se olvida que un texto en un archivo también queda, sin ser un objeto",
            prueba="a releer las cinco líneas: ¿cuáles escriben en el disco?",
        )
    return bien("Lo que está en el disco no depende del proceso.")


# --- t1.4 · un modelo en un archivo --------------------------------------------------------------
FALSO = 1e-6
PREGUNTA = """
import pathlib, pickle
modelo = pickle.loads(pathlib.Path(nombre).read_bytes())
respuesta = [float(modelo.predict([[horas]])[0]) for horas in (0, 10)]
"""


def comprueba_archivo(nombre):
    """El archivo se abre en otro proceso y predice algo con sentido."""
    if isinstance(nombre, str) and not Path(nombre).exists():
        return sin_responder(f"No hay ningún archivo «{nombre[:60]}».")
    ruta = exige_archivo(nombre)
    if (que_es := formato(ruta)) not in ("pickle", "joblib"):
        return mal(
            "no_es_un_pickle",
            vi=f"que «{ruta.name}» es {que_es}",
            esperaba="un archivo escrito con `pickle.dump`",
            porque="se guardan los parámetros, o un texto, en lugar del modelo",
            prueba='`pickle.dump(modelo, archivo)` con el archivo abierto en modo "wb"',
        )
    en_cero, en_diez = pregunta_aparte(f"nombre = {ruta.name!r}{PREGUNTA}", ruta)
    if abs(en_cero - en_diez) < FALSO:
        return mal(
            "no_depende_de_las_horas",
            vi=f"que con 0 y con 10 horas predice lo mismo, {en_cero:.1f}",
            esperaba="una nota que cambia con las horas",
            porque="se entrena con una columna que no es la de las horas",
            prueba='`fit(notas[["horas"]], notas["nota"])`',
        )
    if en_cero > en_diez or not 0 < en_diez < 150:
        return mal(
            "columnas_cambiadas",
            vi=f"que con 10 horas predice {en_diez:.1f}",
            esperaba="la nota de quien estudia 10 horas",
            porque="se intercambian lo que se sabe y lo que se quiere predecir",
            prueba="las horas primero y las notas después, en `fit`",
        )
    return bien("Se abre en otro proceso y predice.")
