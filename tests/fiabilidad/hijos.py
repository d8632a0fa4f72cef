"""Procesos hijos que empiezan con todo importado y pueden morir en cualquier momento."""

import json
import os
import signal
import traceback

BIEN, CORTADO, FALLO = "bien", "cortado", "fallo"


def lanza(funcion, *argumentos):
    """Empieza a ejecutar una función en un hijo y da su número de proceso."""
    hijo = os.fork()
    if hijo:
        return hijo
    termina_con = 1
    try:
        funcion(*argumentos)
        termina_con = 0
    except BaseException:  # noqa: BLE001 nada debe salir de aquí hacia el código del padre
        traceback.print_exc()
    finally:
        os._exit(termina_con)


def pregunta(funcion, *argumentos):
    """Lo que devuelve una función, que cabe en JSON, ejecutada en un hijo que después termina."""
    lee, escribe = os.pipe()

    def responde():
        with os.fdopen(escribe, "w", encoding="utf-8") as salida:
            json.dump(funcion(*argumentos), salida)

    hijo = lanza(responde)
    os.close(escribe)
    with os.fdopen(lee, encoding="utf-8") as entrada:
        respuesta = entrada.read()
    assert espera(hijo) == BIEN, "el hijo no respondió"
    return json.loads(respuesta)


def mata(hijo):
    """`kill -9`: el proceso no se entera y no puede recoger nada."""
    os.kill(hijo, signal.SIGKILL)


def muere():
    """El proceso que llama se hace `kill -9` a sí mismo."""
    mata(os.getpid())


def espera(hijo):
    """Espera a que un hijo termine y dice cómo: `BIEN`, `CORTADO` o `FALLO`."""
    return _como(os.waitpid(hijo, 0)[1])


def mientras_vive(hijo, haz):
    """Llama a `haz()` una y otra vez hasta que el hijo termina, y dice cómo."""
    while True:
        terminado, estado = os.waitpid(hijo, os.WNOHANG)
        if terminado:
            return _como(estado)
        haz()


def _como(estado):
    codigo = os.waitstatus_to_exitcode(estado)
    return {0: BIEN, -signal.SIGKILL: CORTADO}.get(codigo, FALLO)
