"""Cómo se comprueban las ocho preguntas de r1, el repaso de 01 a 03b."""

import copy
import math
from statistics import mean, median

from helpers.ejercicios.ejecucion import llama
from helpers.ejercicios.preguntas import (
    Apartado,
    Pregunta,
    juzga_letra,
    juzga_tabla,
    se_vio_en,
)
from helpers.ejercicios.resultado import Rechazo, bien, es_numero, mal, muestra
from helpers.ejercicios.secuencias import Antes, juzga_orden

APRENDE = Apartado("01", 3, "Lo que aprende una regresión")
FUNCION_Y_CLASE = Apartado("02a", 4, "Una función y una clase")
UN_BOSQUE = Apartado("02b", 1, "Un bosque en un archivo")
MEGAS = Apartado("02b", 3, "Un modelo de 35 MB")
CON_NUMPY = Apartado("02c", 2, "Una función con numpy")
CUESTA = Apartado("02c", 4, "Lo que cuesta y lo que no puede")
FUNCION_DENTRO = Apartado("02d", 5, "Una función dentro del modelo")
NO_VUELVE = Apartado("02e", 2, "Qué no vuelve")
PUBLICADA = Apartado("03a", 1, "Una prueba publicada")
ENTRENAR = Apartado("03a", 3, "Volver a entrenar")
INTACTO = Apartado("03a", 7, "Un modelo intacto")
MEDICION = Apartado("03b", 1, "Una medición publicada")
PRIMERA_VEZ = Apartado("03b", 2, "La primera vez")


# --- r1.1 · la memoria no baja -------------------------------------------------------------------
MEMORIA = Pregunta(
    "por qué no baja la memoria",
    frozenset({"b"}),
    {
        "a": (
            "otra causa: se guardó sin `compress`, y con un archivo comprimido habría un aviso",
            "es el motivo más conocido de que mmap no ahorre",
        ),
        "c": (
            'otra causa: con "r+" los datos también se quedan en el disco, y se pueden cambiar',
            "se culpa al modo, que es lo que se ve en la línea",
        ),
        "d": (
            "otra causa: con mmap, esos 35 MB se cargaron reservando menos de 1",
            "después de predecir sí se leen, y parece que se leyeron al cargar",
        ),
    },
    "qué recibe `load` como primer argumento, y qué hace entonces con `mmap_mode`",
)


@se_vio_en(MEGAS)
def comprueba_memoria(letra):
    """Por qué `mmap_mode` no ahorra memoria."""
    acierto = "Con un archivo ya abierto, joblib no puede usar mmap y no lo dice."
    return juzga_letra(letra, MEMORIA, acierto)


# --- r1.2 · cuatro pruebas de lo mismo -----------------------------------------------------------
PRUEBAS = Pregunta(
    "qué demuestra que es el mismo bosque",
    frozenset({"c"}),
    {
        "a": (
            "una prueba que un bosque distinto no pase: dos distintos aciertan a veces lo mismo",
            "una puntuación igual parece mucha casualidad",
        ),
        "b": (
            "una prueba que mire lo que responde: la misma receta con otra semilla da otro bosque",
            "con los mismos datos parece que ha de salir lo mismo",
        ),
        "d": (
            "una prueba que mire lo que responde: un archivo que carga bien puede ser de otro",
            "se comprueba que el archivo está sano, que es otra pregunta",
        ),
    },
    "qué prueba no pasaría un bosque entrenado con otra semilla",
)


@se_vio_en(ENTRENAR, UN_BOSQUE)
def comprueba_pruebas(letra):
    """Qué demuestra que un bosque reentrenado es el mismo."""
    acierto = "Mira lo que responde, número a número: ahí se separan los que aciertan lo mismo."
    return juzga_letra(letra, PRUEBAS, acierto)


# --- r1.3 · cuánto de tus datos viaja ------------------------------------------------------------
FILAS, COLUMNAS, BYTES = 5000, 12, 8
DATOS = FILAS * COLUMNAS * BYTES
DE_LA_RECTA = {COLUMNAS * BYTES, (COLUMNAS + 1) * BYTES, COLUMNAS, COLUMNAS + 1}


@se_vio_en(MEGAS, APRENDE)
def comprueba_bytes(de_vecinos, de_recta):
    """Los bytes de X que lleva cada archivo: todos en uno, ninguno en el otro."""
    if motivo := _exige_numeros(de_vecinos, de_recta):
        return motivo
    if (de_vecinos, de_recta) == (0, DATOS):
        return mal(
            "al_reves",
            vi=f"0 bytes en los vecinos y {de_recta} en la regresión",
            esperaba="los dos números al revés",
            porque="se piensa que aprender es guardar lo que se vio",
            prueba="a recordar cuál de los dos resume los datos y cuál los guarda",
        )
    if de_vecinos == FILAS * COLUMNAS:
        return mal(
            "numeros_y_no_bytes",
            vi=f"{de_vecinos} en los vecinos, que son los números que hay en `X`",
            esperaba="bytes, y cada número ocupa unos cuantos",
            porque="se cuentan casillas",
            prueba="a multiplicar por lo que ocupa un `float64`: 64 bits",
        )
    if de_vecinos == FILAS * (COLUMNAS + 1) * BYTES:
        return mal(
            "con_y",
            vi=f"{de_vecinos} en los vecinos, que incluye también las respuestas",
            esperaba="solo los bytes de `X`",
            porque="el archivo lleva además `y`, y la pregunta no la cuenta",
            prueba="a dejar las doce columnas de `X`, sin la de `y`",
        )
    if de_vecinos != DATOS:
        return mal(
            "otros_vecinos",
            vi=f"{muestra(de_vecinos)} en los vecinos",
            esperaba="filas × columnas × lo que ocupa cada número, en bytes",
            porque="falta un factor, o se contesta en KB o en MB",
            prueba="`X.nbytes`, que hace esa cuenta",
        )
    if de_recta == DATOS:
        return mal(
            "recta_con_datos",
            vi=f"{de_recta} también en la regresión",
            esperaba="otro número: su archivo no crece con más filas",
            porque="se piensa que el modelo recuerda las filas con que se entrenó",
            prueba="a recordar qué muestra `vars` de una regresión",
        )
    if de_recta in DE_LA_RECTA:
        return mal(
            "recta_con_coeficientes",
            vi=f"{de_recta} en la regresión, que es lo que aprendió",
            esperaba="los bytes de `X`, y los coeficientes no son `X`",
            porque="son los números que sí lleva su archivo",
            prueba="a preguntarte cuántas de las 5 000 filas se podrían leer en él",
        )
    if de_recta != 0:
        return mal(
            "otra_recta",
            vi=f"{muestra(de_recta)} en la regresión",
            esperaba="los bytes de `X` que hay en su archivo",
            porque="se cuenta lo que ocupa el archivo entero, o una parte de los datos",
            prueba="a pensar si `predict` necesita alguna de las 5 000 filas",
        )
    return bien("Quien reciba el archivo de los vecinos recibe también tus datos.")


# --- r1.4 · siempre pierde la segunda ------------------------------------------------------------
RELOJ = Pregunta(
    "qué línea está fuera de su sitio",
    frozenset({"b"}),
    {
        "a": (
            "otra línea: el orden decide quién pierde, pero no por qué pierde",
            "al cambiar el orden cambia el resultado",
        ),
        "c": (
            "otra línea: recorrer los métodos está bien; hay que ver qué se repite y qué no",
            "el fallo se nota en la segunda vuelta",
        ),
        "d": (
            "otra línea: guarda una vez por vuelta, como debe",
            "es la línea que tarda",
        ),
        "e": (
            "otra línea: resta bien las dos lecturas; una de ellas es de otro momento",
            "es la que imprime el número equivocado",
        ),
    },
    "qué lectura del reloj se resta en la segunda vuelta",
)


@se_vio_en(MEDICION, PRIMERA_VEZ)
def comprueba_reloj(letra):
    """Qué línea hace que el segundo método pague por el primero."""
    acierto = "Dentro del bucle, cada método empieza su cuenta. Falta además un calentamiento."
    return juzga_letra(letra, RELOJ, acierto)


# --- r1.5 · ¿vuelve y sirve? ---------------------------------------------------------------------
SI_O_NO = ("True", "False")
TAMBIEN = {"si": "True", "no": "False", "verdadero": "True", "falso": "False"}


def _sirve(resumen, motivo, donde):
    return Pregunta(resumen, frozenset({"True"}), {"False": motivo}, str(donde))


def _no_sirve(resumen, motivo, donde):
    return Pregunta(resumen, frozenset({"False"}), {"True": motivo}, str(donde))


VIAJES = {
    "a": _no_sirve(
        "pickle, función del cuaderno",
        (
            "False: el archivo lleva su nombre, y en el proceso nuevo ese nombre no existe",
            "una función parece llevar dentro sus instrucciones",
        ),
        FUNCION_Y_CLASE,
    ),
    "b": _no_sirve(
        "dill, función del cuaderno que usa `np`",
        (
            "False: se carga, y el error llega al llamarla, porque allí nadie definió `np`",
            "dill lleva el código, y el código parece bastar",
        ),
        CON_NUMPY,
    ),
    "c": _sirve(
        "cloudpickle, función del cuaderno que usa `np`",
        (
            "True: cloudpickle guarda también lo de fuera que la función usa",
            "a dill, sin `recurse=True`, le falla",
        ),
        CUESTA,
    ),
    "d": _no_sirve(
        "skops, transformador con una lambda",
        (
            "False: skops la escribe sin quejarse y después no la encuentra por su nombre",
            "guardar no dio ningún error",
        ),
        FUNCION_DENTRO,
    ),
    "e": _sirve(
        "joblib, transformador con `np.log1p`",
        (
            "True: `np.log1p` tiene un nombre que se importa en cualquier sitio con numpy",
            "se recuerda que las funciones dan problemas, y el problema es no poder importarlas",
        ),
        FUNCION_DENTRO,
    ),
    "f": _sirve(
        "pickle, clase en un módulo que viaja con el archivo",
        (
            "True: el archivo dice en qué módulo buscar la clase, y el módulo está al lado",
            "se recuerda el `Can't get attribute` de una clase escrita en el cuaderno",
        ),
        FUNCION_Y_CLASE,
    ),
}


@se_vio_en(FUNCION_Y_CLASE, CON_NUMPY, CUESTA, FUNCION_DENTRO)
def comprueba_viajes(respuestas):
    """Qué archivos se cargan y sirven en un proceso nuevo."""
    acierto = "Las seis. Lo que decide es si el otro proceso encuentra por su nombre lo que falta."
    return juzga_tabla(respuestas, VIAJES, SI_O_NO, acierto, TAMBIEN)


# --- r1.6 · la recta sin su escala ---------------------------------------------------------------
MEDIA, DESVIACION, ORDENADA, PENDIENTE, ALETA = 200, 14, 4200, 700, 214
SOLA = ORDENADA + PENDIENTE * ALETA
CON_ESCALA = ORDENADA + PENDIENTE * (ALETA - MEDIA) / DESVIACION


@se_vio_en(INTACTO, APRENDE)
def comprueba_masas(sola, con_escala):
    """Lo que responde la recta con milímetros y lo que responde con la medida en su escala."""
    if motivo := _exige_numeros(sola, con_escala):
        return motivo
    if _vale(sola, CON_ESCALA) and _vale(con_escala, SOLA):
        return mal(
            "cambiadas",
            vi="las dos masas cambiadas de sitio",
            esperaba="primero la de la recta sola, y después la de las dos juntas",
            porque="se pone delante la que parece buena",
            prueba="a cambiarlas de orden",
        )
    if _vale(sola * 1000, SOLA) or _vale(con_escala * 1000, CON_ESCALA):
        return mal(
            "en_kilos",
            vi=f"{muestra(sola)} y {muestra(con_escala)}, en kilos",
            esperaba="gramos, como la ordenada y la pendiente",
            porque="una masa así se lee mejor en kilos",
            prueba="a multiplicar por mil",
        )
    if _vale(sola, SOLA - ORDENADA) or _vale(con_escala, CON_ESCALA - ORDENADA):
        return mal(
            "sin_ordenada",
            vi=f"{muestra(sola)} y {muestra(con_escala)}: a una de ellas le faltan {ORDENADA} g",
            esperaba="ordenada + pendiente × medida",
            porque="se multiplica y se olvida sumar la ordenada",
            prueba=f"a sumar {ORDENADA} al final",
        )
    if not _vale(sola, SOLA):
        return mal(
            "otra_sola",
            vi=f"{muestra(sola)} g para la recta sola",
            esperaba=f"la recta con x = {ALETA}: nadie le dice que son milímetros",
            porque="se espera una masa creíble y se corrige la cuenta hasta encontrarla",
            prueba=f"a poner {ALETA} en el lugar de la x, tal cual",
        )
    if _vale(con_escala, ORDENADA + PENDIENTE * ALETA / DESVIACION):
        return mal(
            "sin_restar",
            vi=f"{muestra(con_escala)} g para las dos juntas: la medida, dividida y sin restar",
            esperaba="primero la resta: la escala deja la media en cero",
            porque="la escala hace dos operaciones y se recuerda una",
            prueba=f"({ALETA} − {MEDIA}) / {DESVIACION}, y con eso la recta",
        )
    if _vale(con_escala, ORDENADA + PENDIENTE * (ALETA - MEDIA)):
        return mal(
            "sin_dividir",
            vi=f"{muestra(con_escala)} g para las dos juntas: la medida, restada y sin dividir",
            esperaba="también la división: la escala cuenta en desviaciones",
            porque="la escala hace dos operaciones y se recuerda una",
            prueba=f"({ALETA} − {MEDIA}) / {DESVIACION}, y con eso la recta",
        )
    if not _vale(con_escala, CON_ESCALA):
        return mal(
            "otra_con_escala",
            vi=f"{muestra(con_escala)} g para las dos juntas",
            esperaba="la recta con la medida ya en su escala",
            porque="se usa la medida en milímetros, o la escala se aplica a la masa",
            prueba=f"primero ({ALETA} − {MEDIA}) / {DESVIACION}, y con eso la recta",
        )
    return bien("El archivo estaba sano y el cálculo era exacto: faltaba la otra mitad del modelo.")


# --- r1.7 · cuántas veces ------------------------------------------------------------------------
CRONOMETRADOS = (
    ([60.0, 4.0, 2.0, 30.0, 3.0], [40.0, 2.0, 1.0, 1.0, 1.0]),
    ([9.0, 1.0, 5.0, 2.0, 3.0], [70.0, 10.0, 4.0, 8.0, 90.0]),
)


@se_vio_en(PRIMERA_VEZ)
def comprueba_veces(cuantas_veces):
    """La razón de las medianas, sin la primera vez y sin tocar las listas."""
    pares = copy.deepcopy(CRONOMETRADOS)
    dadas = [_llamada(cuantas_veces, unos, otros) for unos, otros in pares]
    if pares != CRONOMETRADOS:
        return mal(
            "cambia_las_listas",
            vi="que después de llamar a tu función las listas son otras",
            esperaba="las mismas: son las medidas de alguien",
            porque="`pop`, `remove` o `sort` cambian la lista que reciben",
            prueba="`unos[1:]`, que es una lista nueva sin la primera",
        )
    if dadas[0] == dadas[1]:
        return mal(
            "siempre_lo_mismo",
            vi=f"{dadas[0]:.4g} con unas medidas y con otras",
            esperaba="un resultado para cada pareja de listas",
            porque="la función devuelve un número escrito, o usa las listas del cuaderno",
            prueba="a usar solo `unos` y `otros`, que es lo que recibe",
        )
    if motivo := _cuenta_equivocada(dadas):
        return motivo
    buenas = _sin_la_primera(median)
    if math.isclose(dadas[0], buenas[0]) and not _iguales(dadas, buenas):
        return mal(
            "solo_las_del_enunciado",
            vi=f"{dadas[1]:.4g} con {CRONOMETRADOS[1][0]} y {CRONOMETRADOS[1][1]}",
            esperaba=f"{buenas[1]:.4g}; con las listas del enunciado sí es lo que esperaba",
            porque="se redondea el resultado, o se ordena mal alguna de las listas",
            prueba="a devolver la división tal cual: se redondea al imprimir",
        )
    if not _iguales(dadas, buenas):
        return mal(
            "otra_cuenta",
            vi=f"{dadas[0]:.4g} con las listas del enunciado",
            esperaba="3.5, que es 3.5 entre 1",
            porque="falta un paso, o sobra: quitar la primera, mediana de cada una, dividir",
            prueba="cada paso en una celda, con las listas del enunciado",
        )
    return bien("Sin la primera vez y con medianas, un accidente ya no decide la razón.")


def _sin_la_primera(resume):
    return [resume(unos[1:]) / resume(otros[1:]) for unos, otros in CRONOMETRADOS]


def _llamada(cuantas_veces, unos, otros):
    valor = llama(cuantas_veces, unos, otros)
    if not es_numero(valor) or not math.isfinite(valor):
        raise Rechazo.por(
            "no_es_numero",
            vi=f"que devuelve {muestra(valor)}",
            esperaba="un número",
            porque="se imprime en lugar de devolver, o se devuelven las dos medianas",
            prueba="`return` y la división",
        )
    return valor


def _iguales(dadas, otras):
    return all(map(math.isclose, dadas, otras))


def _cuenta_equivocada(dadas):
    """El mensaje para quien hizo una de las cuentas que se confunden con la buena; o None."""
    if _iguales(dadas, [median(unos) / median(otros) for unos, otros in CRONOMETRADOS]):
        return mal(
            "con_la_primera",
            vi=f"{dadas[0]:.4g}, contando también la primera vez",
            esperaba="las medidas sin ella: pagó los `import` de las demás",
            porque="la mediana quita accidentes, y parece que también quita ese",
            prueba="`unos[1:]` y `otros[1:]`",
        )
    if _iguales(dadas, _sin_la_primera(mean)):
        return mal(
            "media",
            vi=f"{dadas[0]:.4g}, que sale de dividir medias, o sumas",
            esperaba="medianas: en cada lista hay una medida disparatada",
            porque="la media es lo que se calcula por costumbre",
            prueba="`statistics.median`",
        )
    if _iguales(dadas, [1 / bueno for bueno in _sin_la_primera(median)]):
        return mal(
            "veces_al_reves",
            vi=f"{dadas[0]:.4g}, con los otros arriba",
            esperaba="cuántas veces lo de `otros` tardan `unos`",
            porque="se divide en el orden en que se piensa la frase",
            prueba="a poner `otros` debajo: es con quien se compara",
        )
    if _iguales(dadas, _sin_la_primera(min)):
        return mal(
            "minimo",
            vi=f"{dadas[0]:.4g}, que sale de las medidas más pequeñas",
            esperaba="la medida de en medio, no la de un día de suerte",
            porque="el mínimo también ignora los accidentes malos",
            prueba="`statistics.median`",
        )
    if _iguales(
        dadas,
        [
            median(uno / otro for uno, otro in zip(unos[1:], otros[1:], strict=True))
            for unos, otros in CRONOMETRADOS
        ],
    ):
        return mal(
            "por_parejas",
            vi=f"{dadas[0]:.4g}, que es la mediana de las razones",
            esperaba="la razón de las medianas: cada método se midió entero, y después el otro",
            porque="así lo hace la tabla de 03b, donde las parejas son de la misma ronda",
            prueba="primero las dos medianas y después una división",
        )
    return None


# --- r1.8 · en qué orden -------------------------------------------------------------------------
SOBRA = {
    "f": (
        "parece otra comprobación, y lo que comprueba es otro modelo",
        "puntuar igual no es ser el mismo",
    )
}
EN_ORDEN = (
    *(
        Antes(
            paso,
            "a",
            vi="que cierras el cuaderno antes de terminar de comprobar",
            esperaba="tener el original a mano hasta el final",
            porque="guardar no dio ningún error, y parece terminado",
        )
        for paso in "cdeb"
    ),
    Antes(
        "c",
        "e",
        vi="que cargas antes de guardar",
        esperaba="el archivo antes que quien lo carga",
        porque="se piensa en el archivo de otra vez",
    ),
    Antes(
        "d",
        "e",
        vi="que preguntas antes de anotar qué debería responder",
        esperaba="las respuestas del original antes que las del cargado",
        porque="se anota lo que responde el cargado, y entonces no puede fallar",
    ),
    Antes(
        "e",
        "b",
        vi="que comparas antes de cargar",
        esperaba="algo que comparar: lo que responde el cargado",
        porque="se compara el original consigo mismo",
    ),
)


@se_vio_en(NO_VUELVE, FUNCION_DENTRO, PUBLICADA)
def comprueba_orden(orden):
    """Anotar, guardar, cargar, comparar y, al final, desprenderse del original."""
    acierto = "El original se suelta cuando el archivo ya ha demostrado que vuelve."
    return juzga_orden(orden, "abcde", SOBRA, EN_ORDEN, acierto)


# --- Lo común ------------------------------------------------------------------------------------
def _vale(dado, bueno):
    return math.isclose(dado, bueno, rel_tol=1e-6)


def _exige_numeros(*valores):
    if all(map(es_numero, valores)):
        return None
    return mal(
        "no_son_numeros",
        vi=" y ".join(map(muestra, valores)),
        esperaba="dos números",
        porque="se escriben entre comillas, o con la unidad al lado",
        prueba="el número solo, o la operación que lo calcula",
    )
