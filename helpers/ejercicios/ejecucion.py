"""Llamar a una función de quien aprende sin que un bucle infinito o un error paren el cuaderno."""

import contextlib
import io
import itertools
import signal
import sys
import threading
from dataclasses import dataclass
from typing import Any

from helpers.ejercicios.resultado import Rechazo, error_tuyo, muestra

LIMITE_SEGUNDOS = 5
LIMITE_CARACTERES = 10_000
ANCHO_DE_LLAMADA = 60  # una llamada más larga no cabe en una frase


@dataclass(frozen=True)
class Intento:
    """Una llamada: el valor devuelto o la excepción, y lo que imprimió."""

    valor: Any
    error: BaseException | None
    impreso: str


class TiempoAgotado(BaseException):
    """El código no terminó a tiempo. No es `Exception`: un `except Exception` no debe taparla."""


def llama(funcion, *argumentos, segundos=None):
    """Llama a una función de quien aprende y devuelve su valor.

    Errores
    -------
    Rechazo
        Si no es una función, lanza una excepción o no termina; con el mensaje ya escrito.
    """
    exige_funcion(funcion)
    intento = intenta(funcion, *argumentos, segundos=segundos)
    return valor_de(intento, funcion, *argumentos, segundos=segundos)


def valor_de(intento, funcion, *argumentos, segundos=None):
    """El valor de un intento ya hecho, o un rechazo si falló."""
    if intento.error is not None:
        raise Rechazo(_explica(funcion, argumentos, intento.error, segundos))
    return intento.valor


def intenta(funcion, *argumentos, segundos=None):
    """Llama a una función y devuelve un `Intento`, tanto si acaba bien como si falla."""
    impreso = _Impreso()
    segundos = segundos or LIMITE_SEGUNDOS
    valor = error = None
    try:
        with contextlib.redirect_stdout(impreso), _a_contrarreloj(segundos):
            valor = _corre(funcion, argumentos)
    except (Exception, SystemExit, TiempoAgotado) as excepcion:  # noqa: BLE001 es código ajeno: todo vale
        error = excepcion
    return Intento(valor, error, impreso.getvalue())


def intenta_hasta_el_final(funcion, *argumentos):
    """Como `intenta`, pero no terminar nunca no cuenta como el error que se esperaba."""
    intento = intenta(funcion, *argumentos)
    if isinstance(intento.error, TiempoAgotado):
        valor_de(intento, funcion, *argumentos)  # rechaza, con el mensaje de siempre
    return intento


def que_hizo(intento):
    """Lo que salió de una llamada, para seguir a «Vi que con eso»."""
    if intento.error is None:
        return f"devuelve {muestra(intento.valor)}"
    return f"lanza {type(intento.error).__name__}"


def exige_funcion(valor):
    """Rechaza lo que no se puede llamar, con el mensaje para quien olvidó el `def`."""
    if not callable(valor):
        raise Rechazo(
            error_tuyo(
                "no_es_funcion",
                f"Vi {muestra(valor)}, y esperaba una función",
                "a pasar el nombre de la función sin paréntesis: `f`, no `f()`",
            )
        )


def _explica(funcion, argumentos, error, segundos):
    nombre, mostrados = (
        getattr(funcion, "__name__", "tu función"),
        ", ".join(getattr(uno, "__name__", None) or muestra(uno) for uno in argumentos),
    )
    llamada = f"{nombre}({mostrados if len(mostrados) <= ANCHO_DE_LLAMADA else '…'})"
    if isinstance(error, TiempoAgotado):
        return error_tuyo(
            "no_termina",
            f"`{llamada}` no terminó en {segundos or LIMITE_SEGUNDOS:g} segundos y la detuve",
            "a buscar un bucle cuya condición nunca se vuelve falsa",
        )
    return error_tuyo(
        "lanza_excepcion",
        f"`{llamada}` lanzó {type(error).__name__}: {muestra(str(error))[1:-1]}",
        "a llamarla en una celda aparte, con eso o con algo tuyo, para ver en qué línea falla",
    )


class _Impreso(io.StringIO):
    """Guarda lo primero que se imprime y descarta el resto."""

    def write(self, texto):
        return super().write(texto[: max(0, LIMITE_CARACTERES - self.tell())])


def _corre(funcion, argumentos):
    """El único tramo que el reloj interrumpe; lo que queda fuera es del motor."""
    return funcion(*argumentos)


def _es_interrumpible(marco):
    """Verdadero si ese punto del código es de quien aprende, y no la limpieza del motor."""
    while marco is not None and marco.f_code not in (_corre.__code__, intenta.__code__):
        marco = marco.f_back
    return marco is not None and marco.f_code is _corre.__code__


@contextlib.contextmanager
def _a_contrarreloj(segundos):
    """Interrumpe lo que corre en `_corre` si pasa del tiempo. Solo en el hilo principal.

    Usa la misma señal que el botón «Detener» de Jupyter, así que también despierta a
    `time.sleep`. Un `except:` sin nombre puede tragarse la interrupción; por eso insiste, y
    desde la segunda vez interrumpe al empezar una línea, que puede estar fuera del `try`.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    terminado, candado = threading.Event(), threading.Lock()
    agotado = threading.Event()
    avisos = itertools.count()

    def al_recibir(_senal, marco):
        if not _es_interrumpible(marco):
            return
        if next(avisos) == 0:
            raise KeyboardInterrupt
        sys.settrace(_interrumpe_en_la_linea)
        marco.f_trace = _interrumpe_en_la_linea

    def vigila():
        espera = segundos
        while not terminado.wait(espera):
            # Con el candado, ninguna interrupción sale después de que el bloque acabe.
            with candado:
                if terminado.is_set():
                    return
                agotado.set()
                _interrumpe_hilo_principal()
            espera = 0.01

    traza, anterior = sys.gettrace(), signal.signal(signal.SIGINT, al_recibir)
    threading.Thread(target=vigila, name="vigila", daemon=True).start()
    try:
        yield
    except KeyboardInterrupt:
        if agotado.is_set():
            raise TiempoAgotado from None
        raise
    finally:
        with candado:
            terminado.set()
        sys.settrace(traza)
        signal.signal(signal.SIGINT, anterior)


def _interrumpe_en_la_linea(marco, suceso, _dato):
    if suceso == "line" and _es_interrumpible(marco):
        raise KeyboardInterrupt
    return _interrumpe_en_la_linea


def _interrumpe_hilo_principal():
    if hasattr(signal, "pthread_kill"):
        signal.pthread_kill(threading.main_thread().ident, signal.SIGINT)
    else:
        signal.raise_signal(signal.SIGINT)  # Windows
