"""Los cinco verbos de quien aprende: `revisa`, `pista`, `solucion`, `predice` y `compara`."""

import dis
import importlib
import inspect
import json
import textwrap
import types

from helpers.ejercicios.ejecucion import TiempoAgotado, intenta
from helpers.ejercicios.resultado import Rechazo, error_tuyo, muestra, sin_responder
from helpers.entorno import carpeta_de_trabajo
from helpers.errores import ErrorDelCurso

ANCHO = 88
# Una comprobación puede abrir varios procesos nuevos; cada llamada a tu función tiene su límite.
LIMITE_DE_REVISION = 120
# Lo único que hace una función vacía, según la versión de Python.
DEVOLVER_NADA = {"LOAD_CONST", "RETURN_VALUE", "RETURN_CONST"}
_pistas_dadas: dict[str, int] = {}
_preguntas: dict[str, dict[str, str]] = {}


def revisa(codigo, *respuestas):
    """Dice si una respuesta es correcta y, si no, qué vio y qué probar. Nunca lanza por tu culpa.

    Parámetros
    ----------
    codigo : str
        El del ejercicio, por ejemplo «02a.4».
    respuestas
        Tus valores, en el orden en que los escribe el cuaderno.
    """
    resultado = evalua(codigo, *respuestas)
    _imprime(f"{codigo} · {resultado.estado}. {resultado.texto}")


def evalua(codigo, *respuestas):
    """Igual que `revisa`, pero devuelve el `Resultado` en lugar de imprimirlo."""
    ejercicio = _busca(codigo, "EJERCICIOS", "ejercicio")
    intento = intenta(_comprueba_lo_escrito, ejercicio, respuestas, segundos=LIMITE_DE_REVISION)
    if isinstance(intento.error, Rechazo):
        return intento.error.resultado
    if intento.error is not None:
        return _no_se_pudo(intento.error)
    return intento.valor


def pista(codigo, numero=None):
    """Da la pista siguiente de un ejercicio, o la que se pida: la idea, el lugar o casi todo."""
    ejercicio = _busca(codigo, "EJERCICIOS", "ejercicio")
    pistas = ejercicio.pistas
    if numero is None:
        numero = min(_pistas_dadas.get(codigo, 0) + 1, len(pistas))
    if numero not in range(1, len(pistas) + 1):
        raise ErrorDelCurso(
            f"El ejercicio {codigo} tiene {len(pistas)} pistas.", prueba=f'`pista("{codigo}", 1)`.'
        )
    _pistas_dadas[codigo] = numero
    _imprime(f"{codigo} · Pista {numero} de {len(pistas)}. {pistas[numero - 1]}")
    if numero == len(pistas):
        respuesta = f' La respuesta completa: solucion("{codigo}")' if ejercicio.solucion else ""
        print(f"No quedan más.{respuesta}")


def solucion(codigo):
    """Muestra una respuesta correcta. Se entiende mejor después de haberlo intentado.

    La de una tarea no se muestra: se entrega.
    """
    respuesta = _busca(codigo, "EJERCICIOS", "ejercicio").solucion.strip()
    if not respuesta:
        _imprime(f"{codigo} · Es de una tarea: no se da la solución. Sí hay pistas: `pista`.")
        return
    print(f"{codigo} · Una solución:\n")
    print(textwrap.indent(respuesta, "    "))


def predice(codigo, pregunta, *, elijo, **opciones):
    """Anota tu apuesta antes de ejecutar. Sin apuesta también se puede seguir.

    Parámetros
    ----------
    codigo : str
        El de la predicción, por ejemplo «02a.p3».
    pregunta : str
        Qué ocurrirá. Está aquí para leerla; no se usa.
    elijo : str
        La letra de tu opción. Con `...` no se anota nada.
    opciones : str
        Una letra y su texto por cada respuesta posible.
    """
    _busca(codigo, "PREDICCIONES", "predicción")
    _preguntas[codigo] = opciones
    letras = sorted(opciones)
    enumeradas = ", ".join(letras[:-1]) + " o " + letras[-1] + ", entre comillas"
    eleccion = elijo.strip().lower() if isinstance(elijo, str) else None
    if elijo is ... or eleccion == "":
        _anota(codigo, None)
        print(f"Elige {enumeradas}, antes de seguir.")
    elif eleccion in opciones:
        _anota(codigo, eleccion)
        print(f"Anotado: {eleccion}. Ejecuta la celda siguiente.")
    else:
        print(f"{muestra(elijo)} no está entre las opciones. Escribe {enumeradas}.")


def compara(codigo, observado):
    """Pone tu apuesta al lado de lo que ha ocurrido.

    Parámetros
    ----------
    codigo : str
        El de la predicción.
    observado
        Lo que acabas de medir. De aquí, y no de una respuesta escrita, sale la opción cumplida.
    """
    prediccion = _busca(codigo, "PREDICCIONES", "predicción")
    eleccion = _apuestas().get(codigo)
    cumplida = prediccion.ocurre(observado)
    textos = _preguntas.get(codigo, {})
    # La primera línea se ve aunque la salida esté plegada: no puede decir qué ocurrió.
    print(f"{codigo} ·", f"Elegiste {eleccion}." if eleccion else "Sin predicción registrada.")
    if cumplida is None:
        print("Lo que ocurrió no coincide con ninguna opción. Con tus versiones es distinto.")
        return
    _imprime(
        f"Ocurrió {cumplida}: {textos.get(cumplida, 'ejecuta antes la celda de la pregunta')}."
    )
    if eleccion in prediccion.comentarios:
        _imprime(prediccion.comentarios[eleccion])


def ejercicios_de(leccion):
    """Los ejercicios declarados para una lección («02a»), en orden."""
    return _leccion(leccion).EJERCICIOS


def predicciones_de(leccion):
    """Las predicciones declaradas para una lección («02a»), en orden."""
    return _leccion(leccion).PREDICCIONES


def _leccion(leccion):
    return importlib.import_module(f"helpers.ejercicios.leccion_{leccion}")


def _busca(codigo, lista, que):
    """Encuentra por su código un ejercicio o una predicción."""
    leccion = str(codigo).partition(".")[0]
    try:
        declarados = {d.codigo: d for d in getattr(_leccion(leccion), lista)}
        return declarados[codigo]
    except ModuleNotFoundError:
        raise ErrorDelCurso(
            f"No hay ninguna lección «{leccion}».", prueba='un código como "02a.4", entre comillas.'
        ) from None
    except KeyError:
        raise ErrorDelCurso(
            f"No hay {que} «{codigo}» en la lección {leccion}.",
            prueba="uno de estos: " + ", ".join(declarados) + ".",
        ) from None


def _comprueba_lo_escrito(ejercicio, respuestas):
    """Comprueba la respuesta, salvo que quede algún hueco por llenar."""
    if any(_en_blanco(respuesta) for respuesta in respuestas):
        return sin_responder()
    try:
        inspect.signature(ejercicio.comprueba).bind(*respuestas)
    except TypeError:
        return error_tuyo(
            "numero_de_respuestas",
            f"El número de respuestas que vi, {len(respuestas)}, no es el de este ejercicio",
            f'la revisión tal como venía en el cuaderno: `revisa("{ejercicio.codigo}", …)`',
        )
    return ejercicio.comprueba(*respuestas)


def _en_blanco(respuesta):
    """Puntos suspensivos, o una función cuyo cuerpo aún son puntos suspensivos."""
    if respuesta is ...:
        return True
    return isinstance(respuesta, types.FunctionType) and all(
        paso.opname == "RESUME" or (paso.opname in DEVOLVER_NADA and paso.argval is None)
        for paso in dis.get_instructions(respuesta)
    )


def _no_se_pudo(error):
    if isinstance(error, TiempoAgotado):
        que_paso = f"La revisión no terminó en {LIMITE_DE_REVISION} segundos y la detuve"
    else:
        que_paso = f"Tu respuesta no se dejó examinar: {type(error).__name__}"
    return error_tuyo(
        "no_se_dejo_examinar", que_paso, "a mirar el tipo de tu respuesta con `type(...)`"
    )


def _imprime(texto):
    for parrafo in texto.split("\n"):
        print(textwrap.fill(parrafo, ANCHO, break_long_words=False, break_on_hyphens=False))


def _archivo_de_apuestas():
    return carpeta_de_trabajo() / "predicciones.json"


def _apuestas():
    try:
        apuestas = json.loads(_archivo_de_apuestas().read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        apuestas = {}
    return apuestas if isinstance(apuestas, dict) else {}


def _anota(codigo, eleccion):
    """Guarda la apuesta en la carpeta de trabajo, para que sobreviva a un reinicio del kernel."""
    apuestas = _apuestas()
    if apuestas.get(codigo) != eleccion:
        apuestas[codigo] = eleccion
        _archivo_de_apuestas().write_text(json.dumps(apuestas), encoding="utf-8")
