"""¿Es el mismo modelo? Comparar dos modelos, o un modelo con el que vuelve de un archivo."""

from helpers._equivalencia.comparacion import (
    ATOL,
    RTOL,
    SI_O_NO,
    Comprobacion,
    Equivalencia,
    compara_retratos,
)
from helpers._equivalencia.retrato import retrata
from helpers._equivalencia.viaje import llegan, salen
from helpers.errores import ErrorDelCurso
from helpers.metodos import elige_metodos

EN_LA_TABLA = ("parámetros", "aprendido", "exactas", "tolerancia", "score")


def es_equivalente(a, b, X, y=None, *, rtol=RTOL, atol=ATOL):
    """Dice si dos modelos son el mismo a todos los efectos, aunque sean objetos distintos.

    Compara la clase, si están entrenados, los hiperparámetros, lo aprendido y lo que responden.
    Lo aprendido tiene que ser idéntico; la tolerancia es solo para las respuestas y el score.
    Pregunta con un solo hilo, aunque el modelo lleve `n_jobs=2`: con dos, ni el mismo bosque repite
    sus últimos bits. Lo que un modelo anote al responder queda anotado en él.

    Parámetros
    ----------
    a, b : estimadores
        El de referencia y el otro.
    X : tabla o array de n filas
        Con lo que se les pregunta. Cuantas más filas distintas, más puede fallar.
    y : secuencia de n valores, opcional
        Para comparar también el score.
    rtol, atol : float
        Diferencia relativa y absoluta que se admite. Con cero, solo valen respuestas exactas.

    Devuelve
    --------
    Equivalencia
        Verdadera o falsa. Impresa, dice qué comprobación falla.

    Errores
    -------
    ErrorDelCurso
        Si `a` no es un modelo, si no acepta esa X o esa y, o si `a` y `b` son el mismo objeto.
    """
    _exige_modelo(a)
    if a is b:
        raise ErrorDelCurso(
            "Los dos modelos son el mismo objeto: compararlo consigo mismo no puede fallar.",
            "la variable del modelo cargado apunta al modelo original.",
            "a comparar el original con lo que devuelve la función que carga.",
        )
    original = _retrato_de_referencia(a, X, y)
    if not _es_modelo(b):
        frente = f"{type(a).__name__} frente a {type(b).__name__}"
        return Equivalencia((Comprobacion("clase", False, frente),))
    return compara_retratos(original, retrata(b, X, y), rtol, atol)


def prueba_de_persistencia(modelo, X, y=None, metodos=None):
    """Guarda modelos con varios métodos, los carga en procesos nuevos y mira si son los mismos.

    Parámetros
    ----------
    modelo : estimador entrenado, o dict de str a estimador
        Con varios, cada método los carga todos en un mismo proceso.
    X : tabla o array de n filas
        Con lo que se pregunta al original y al cargado.
    y : secuencia de n valores, opcional
        Para comparar también el score.
    metodos : str, lista de str o None
        Por ejemplo ["pickle", "skops"]. Con None, todos los del curso.

    Devuelve
    --------
    DataFrame
        Una fila por método o, con un dict, por modelo y método. «sí», «no» o «—» (no se pudo
        mirar) en guarda, carga, parámetros, aprendido, exactas, tolerancia y score;
        archivo_bytes; confiar, los tipos que hubo que aprobar; y motivo, vacío si el modelo
        cargado equivale al original.

    Errores
    -------
    ErrorDelCurso
        Si falta el modelo, no está entrenado o no acepta esa X, o si un método no se conoce.
    """
    import pandas as pd

    elegidos = elige_metodos(metodos)
    modelos = modelo if isinstance(modelo, dict) else {"": modelo}
    if not modelos:
        raise ErrorDelCurso("No hay ningún modelo.", prueba='con {"lineal": modelo}.')
    for uno in modelos.values():
        _exige_modelo(uno)
    # Primero salen y después se les pregunta: responder cambia a algunos modelos.
    with salen(modelos.values(), X, y, elegidos) as salidas:
        originales = [_retrato_de_un_entrenado(uno, X, y) for uno in modelos.values()]
        de_cada_modelo = zip(*llegan(elegidos, salidas), strict=True)
    filas = {
        (nombre, metodo.nombre): _fila(original, viaje)
        for nombre, original, viajes in zip(modelos, originales, de_cada_modelo, strict=True)
        for metodo, viaje in zip(elegidos, viajes, strict=True)
    }
    tabla = pd.DataFrame(filas.values(), index=pd.MultiIndex.from_tuples(filas)).astype(
        {"archivo_bytes": "Int64"}
    )
    tabla.index.names = ["modelo", "método"]
    return tabla if isinstance(modelo, dict) else tabla.droplevel("modelo")


def _retrato_de_un_entrenado(modelo, X, y):
    retrato = _retrato_de_referencia(modelo, X, y)
    if not retrato.entrenado:
        raise ErrorDelCurso(
            "El modelo no está entrenado: al cargarlo no habría nada que comparar.",
            "se crea el modelo y se olvida `fit`.",
            "`modelo.fit(X, y)` antes de guardarlo.",
        )
    return retrato


def _es_modelo(objeto):
    return hasattr(objeto, "fit") and not isinstance(objeto, type)


def _exige_modelo(modelo):
    if not _es_modelo(modelo):
        que = f"la clase {modelo.__name__}" if isinstance(modelo, type) else type(modelo).__name__
        raise ErrorDelCurso(
            f"Esperaba un modelo de scikit-learn y recibí {que}.",
            "se pasan las predicciones, el nombre del archivo o la clase sin paréntesis.",
            "con el objeto que devolvió `fit`.",
        )


def _retrato_de_referencia(modelo, X, y):
    """El retrato del modelo original: si falla con X o con y, no hay con qué comparar."""
    retrato = retrata(modelo, X, y)
    errores = [pieza.error for pieza in retrato.salidas.values()]
    if retrato.entrenado and errores and all(errores):
        raise ErrorDelCurso(
            f"El modelo no puede responder con esa X: lanza {errores[0]}.",
            "le falta o le sobra una columna, o se pasa una sola fila sin corchetes.",
            "`modelo.predict(X)` en una celda aparte, para leer el error entero.",
        )
    if retrato.entrenado and y is not None and retrato.score is None and hasattr(modelo, "score"):
        raise ErrorDelCurso(
            "El modelo no puede calcular el score con esa X y esa y.",
            "no tienen las mismas filas, o la y no es del tipo de la que se usó al entrenar.",
            "`modelo.score(X, y)` en una celda aparte, para leer el error entero.",
        )
    return retrato


def _fila(original, viaje):
    """Un viaje, en las palabras de la tabla."""
    cargado = viaje.retrato is not None
    resultado = compara_retratos(original, viaje.retrato) if cargado else Equivalencia(())
    if viaje.error:
        motivo = f"al {'cargar' if viaje.guardado else 'guardar'}: {viaje.error}"
    else:
        motivo = f"{resultado.falla.nombre}: {resultado.falla.detalle}" if resultado.falla else ""
    return {
        "guarda": SI_O_NO[viaje.guardado],
        "carga": SI_O_NO[cargado if viaje.guardado else None],
        **{n: SI_O_NO[resultado[n]] for n in EN_LA_TABLA},
        "archivo_bytes": viaje.archivo_bytes,
        "confiar": "—" if viaje.confiar is None else ", ".join(viaje.confiar) or "ninguno",
        "motivo": motivo,
    }
