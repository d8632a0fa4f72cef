"""El motor de los ejercicios con los errores que comete quien aprende: siempre educado."""

import _thread
import signal
import sys
import threading
import time

import pytest

from helpers import ejercicios
from helpers.ejercicios import compara, motor, pista, predice, revisa, solucion
from helpers.ejercicios.ejecucion import LIMITE_CARACTERES, TiempoAgotado, intenta, llama
from helpers.ejercicios.resultado import Ejercicio, Estado, Prediccion, Rechazo, bien, mal, muestra
from helpers.entorno import carpeta_de_trabajo
from helpers.errores import ErrorDelCurso


def _compara_con_siete(respuesta):
    if respuesta == 7:
        return bien("Es siete.")
    return mal(
        "otro", vi=muestra(respuesta), esperaba="7", porque="cuesta contar", prueba="`3 + 4`"
    )


def _llama_y_espera_siete(funcion):
    return _compara_con_siete(llama(funcion, 3, segundos=0.3))


class LeccionDePrueba:
    """Dos ejercicios y una predicción, sin cuaderno."""

    EJERCICIOS = (
        Ejercicio("zz.1", 1, ("la idea", "el lugar", "casi"), "respuesta = 7", _compara_con_siete),
        Ejercicio("zz.3", 1, ("a", "b", "c"), "x, y = 1, 2", lambda x, y: _bucle(x)),
        Ejercicio("zz.2", 1, ("a", "b", "c"), "def f(x): return 7", _llama_y_espera_siete),
    )
    PREDICCIONES = (
        Prediccion("zz.p1", {1: "a", 2: "b"}.get, {"a": "Tentaba la a.", "b": "Era la b."}),
    )


@pytest.fixture(autouse=True)
def leccion(monkeypatch):
    """Sustituye la lección «zz» por la de prueba y empieza sin pistas ni apuestas."""
    verdadera = motor._leccion
    monkeypatch.setattr(
        motor, "_leccion", lambda nombre: LeccionDePrueba if nombre == "zz" else verdadera(nombre)
    )
    monkeypatch.setattr(motor, "_pistas_dadas", {})
    monkeypatch.setattr(motor, "_preguntas", {})
    (carpeta_de_trabajo("99") / "predicciones.json").unlink(missing_ok=True)


class ReprQueFalla:
    """No se deja mostrar."""

    def __repr__(self):
        raise RuntimeError("no me mires")


class AtributosQueFallan:
    """No se deja preguntar por sus atributos."""

    def __getattr__(self, nombre):
        raise ValueError("no me preguntes")


class IgualQueFalla:
    """No se deja comparar."""

    def __eq__(self, otro):
        raise ValueError("no me compares")

    __hash__ = None


@pytest.mark.parametrize(
    ("respuesta", "estado", "fragmento"),
    [
        (7, Estado.CORRECTO, "Es siete."),
        (..., Estado.SIN_RESPONDER, "puntos suspensivos"),
        ("siete", Estado.INCORRECTO, "'siete'"),
        ("", Estado.INCORRECTO, "Vi ''."),
        (None, Estado.INCORRECTO, "Vi None."),
        ("x" * 10_000_000, Estado.INCORRECTO, "..."),
        (list(range(1_000_000)), Estado.INCORRECTO, "[0, 1, 2"),
        (10**100_000, Estado.INCORRECTO, "un objeto int que no se deja mostrar"),
        (ReprQueFalla(), Estado.INCORRECTO, "<ReprQueFalla instance"),
        (AtributosQueFallan(), Estado.INCORRECTO, "AtributosQueFallan"),
        (IgualQueFalla(), Estado.ERROR_TUYO, "no se dejó examinar: ValueError"),
    ],
    ids=lambda v: type(v).__name__ if not isinstance(v, str) or len(v) > 30 else v or "vacío",
)
def test_revisa_cualquier_respuesta(respuesta, estado, fragmento, capsys):
    revisa("zz.1", respuesta)
    impreso = capsys.readouterr().out
    assert impreso.startswith(f"zz.1 · {estado}.")
    assert fragmento in impreso
    assert len(impreso) < 1000


def _bucle(x):
    while True:
        pass


def _bucle_que_se_traga_todo(x):
    while True:
        try:  # noqa: SIM105 así lo escribe quien no sabe qué captura
            time.sleep(0.001)
        except BaseException:  # noqa: BLE001
            pass


def _duerme(x):
    time.sleep(30)


def _habla_sin_parar(x):
    while True:
        print("hola " * 1000)


def _se_va(x):
    raise SystemExit


def _se_llama(x):
    return _se_llama(x)


def _sin_escribir(x):
    """Explica qué hará."""
    ...


@pytest.mark.parametrize(
    ("funcion", "mensaje"),
    [
        (lambda x: 7, "bien"),
        (_sin_escribir, "sin_responder"),
        (lambda: 7, "lanza_excepcion"),
        (lambda x: 1 / 0, "lanza_excepcion"),
        (_se_llama, "lanza_excepcion"),
        (_se_va, "lanza_excepcion"),
        (7, "no_es_funcion"),
        (_bucle, "no_termina"),
        (_bucle_que_se_traga_todo, "no_termina"),
        (_duerme, "no_termina"),
        (_habla_sin_parar, "no_termina"),
    ],
)
def test_revisa_una_funcion(funcion, mensaje):
    assert ejercicios.evalua("zz.2", funcion).mensaje == mensaje


def test_lo_que_imprime_la_funcion_no_llega_al_cuaderno(capsys):
    intento = intenta(lambda: print("hola" * LIMITE_CARACTERES))
    assert capsys.readouterr().out == ""
    assert intento.impreso == ("hola" * LIMITE_CARACTERES)[:LIMITE_CARACTERES]


def test_el_reloj_de_fuera_manda_sobre_el_de_dentro():
    def dentro():
        return intenta(time.sleep, 30, segundos=20)

    assert isinstance(intenta(dentro, segundos=0.2).error, TiempoAgotado)


def _profunda(veces):
    if veces:
        return _profunda(veces - 1)
    while True:
        pass


@pytest.mark.parametrize("funcion", [lambda: _profunda(900), lambda: time.sleep(0.02)])
def test_el_reloj_no_deja_rastro(funcion):
    antes = signal.getsignal(signal.SIGINT), sys.gettrace()
    for _ in range(30):
        intenta(funcion, segundos=0.02)
        time.sleep(0.002)  # aquí llegaría una interrupción perdida
    assert (signal.getsignal(signal.SIGINT), sys.gettrace()) == antes
    assert [hilo for hilo in threading.enumerate() if "vigila" in hilo.name] == []


def test_fuera_del_hilo_principal_no_hay_reloj():
    hilo = threading.Thread(target=lambda: intentos.append(intenta(abs, -3)))
    intentos = []
    hilo.start()
    hilo.join()
    assert intentos[0].valor == 3


def test_una_revision_que_no_acaba_se_detiene(monkeypatch):
    monkeypatch.setattr(motor, "LIMITE_DE_REVISION", 0.2)
    resultado = ejercicios.evalua("zz.3", 1, 2)
    assert (resultado.mensaje, resultado.estado) == ("no_se_dejo_examinar", Estado.ERROR_TUYO)


def test_un_hueco_en_cualquier_respuesta_es_no_responder():
    for respuestas in ((..., 1), (1, ...)):
        assert ejercicios.evalua("zz.3", *respuestas).estado is Estado.SIN_RESPONDER


def test_nada_pasa_de_88_columnas(capsys):
    revisa("zz.1", "palabra " * 50)
    assert max(map(len, capsys.readouterr().out.splitlines())) <= 88


@pytest.mark.parametrize("contenido", ["{", "[]", ""])
def test_un_archivo_de_apuestas_danado_no_estorba(contenido, capsys):
    (carpeta_de_trabajo("99") / "predicciones.json").write_text(contenido, encoding="utf-8")
    compara("zz.p1", 2)
    assert "Sin predicción registrada." in capsys.readouterr().out
    _apuesta("a")


def test_detener_a_mano_sigue_funcionando():
    threading.Timer(0.2, _thread.interrupt_main).start()
    with pytest.raises(KeyboardInterrupt):
        intenta(_bucle, 1, segundos=20)


def test_llama_devuelve_el_valor_o_rechaza():
    assert llama(abs, -3) == 3
    with pytest.raises(Rechazo):
        llama(abs, "tres")


@pytest.mark.parametrize("respuestas", [(), (1, 2)])
def test_revisa_con_otro_numero_de_respuestas(respuestas, capsys):
    revisa("zz.1", *respuestas)
    assert "no es el de este" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("codigo", "fragmento"),
    [("zz.9", "zz.1, zz.3, zz.2"), ("02q.1", "No hay ninguna lección"), (3, "entre comillas")],
)
def test_codigo_que_no_existe(codigo, fragmento):
    with pytest.raises(ErrorDelCurso, match=fragmento):
        revisa(codigo, 7)


def test_las_pistas_avanzan_y_se_acaban(capsys):
    for esperada in ("Pista 1 de 3. la idea", "Pista 2 de 3. el lugar", "Pista 3 de 3. casi"):
        pista("zz.1")
        assert esperada in capsys.readouterr().out
    pista("zz.1")
    assert 'solucion("zz.1")' in capsys.readouterr().out
    pista("zz.1", 1)
    assert "la idea" in capsys.readouterr().out
    with pytest.raises(ErrorDelCurso, match="tiene 3 pistas"):
        pista("zz.1", 4)


def test_la_solucion_se_muestra(capsys):
    solucion("zz.1")
    assert "    respuesta = 7" in capsys.readouterr().out


def _apuesta(elijo):
    predice("zz.p1", "¿Qué pasa?", a="esto", b="lo otro", elijo=elijo)


@pytest.mark.parametrize(
    ("elijo", "al_elegir", "al_comparar"),
    [
        (
            ...,
            "Elige a o b, entre comillas, antes de seguir.",
            "Sin predicción registrada.\nOcurrió b: lo otro.",
        ),
        ("a", "Anotado: a.", "Elegiste a.\nOcurrió b: lo otro.\nTentaba la a."),
        (" B ", "Anotado: b.", "Elegiste b.\nOcurrió b: lo otro.\nEra la b."),
        ("z", "'z' no está entre las opciones.", "Sin predicción registrada."),
        (1, "1 no está entre las opciones.", "Sin predicción registrada."),
    ],
)
def test_predice_y_compara(elijo, al_elegir, al_comparar, capsys):
    _apuesta(elijo)
    assert al_elegir in capsys.readouterr().out
    compara("zz.p1", 2)
    assert al_comparar in capsys.readouterr().out


def test_la_apuesta_sobrevive_a_un_reinicio(capsys, monkeypatch):
    _apuesta("a")
    monkeypatch.setattr(motor, "_preguntas", {})
    compara("zz.p1", 2)
    assert "Elegiste a." in capsys.readouterr().out


def test_borrar_la_apuesta(capsys):
    _apuesta("a")
    _apuesta(...)
    capsys.readouterr()
    compara("zz.p1", 2)
    assert "Sin predicción registrada." in capsys.readouterr().out


def test_si_ocurre_algo_imprevisto_se_dice(capsys):
    compara("zz.p1", 33)
    assert "no coincide con ninguna opción" in capsys.readouterr().out
