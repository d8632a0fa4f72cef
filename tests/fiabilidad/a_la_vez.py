"""Leer mientras otro guarda, y guardar dos a la vez. Trabajos del obrero.

Lo que sale mal se devuelve como una lista de frases, vacía si todo va bien.
"""

import itertools
import threading
from concurrent.futures import ThreadPoolExecutor

from fiabilidad import hijos
from fiabilidad.guardados import carga, carga_y_mira_la_ficha, guarda, ruta_de, sobran
from fiabilidad.modelos import Trampa
from fiabilidad.pasos import en_cada_paso, en_el_paso, pasos_de
from helpers.errores import YaExiste
from helpers.escritura import sitios

UN_MOMENTO = 0.3  # segundos: de sobra para guardar, si nada lo impidiera


def lee_mientras_otro_guarda(carpeta, metodo, cuantos):
    """Carga sin parar mientras un hijo guarda otros, numerados del 1 en adelante.

    Devuelve
    --------
    dict
        `lecturas`, `modelos` distintos que se vieron y `fallos`.
    """
    ruta = ruta_de(carpeta, metodo)
    guarda(0, ruta)
    leidos, fallos = [], []

    def lee():
        try:
            leidos.append(carga(ruta))
        except Exception as error:  # noqa: BLE001 cualquier error es lo que se busca
            fallos.append(repr(error))

    final = hijos.mientras_vive(hijos.lanza(_guarda_todos, range(1, cuantos + 1), ruta), lee)
    if final != hijos.BIEN or leidos != sorted(leidos):
        fallos.append(f"quien guardaba terminó {final} y se leyó {leidos}")
    return {"lecturas": len(leidos), "modelos": len(set(leidos)), "fallos": fallos}


def lee_entre_los_pasos_de_otro(carpeta, metodo):
    """Carga el modelo 1 mientras el 2 ocupa su sitio, y luego su ficha, en cada par de pasos.

    Devuelve
    --------
    dict
        `lecturas` y `fallos`.
    """
    ruta = ruta_de(carpeta, metodo)
    donde = sitios(ruta)
    guarda(2, ruta)
    modelo_2, ficha_2 = donde.modelo.read_bytes(), donde.ficha.read_bytes()
    guarda(1, ruta)
    modelo_1, ficha_1 = donde.modelo.read_bytes(), donde.ficha.read_bytes()
    pasos = range(len(pasos_de(lambda: carga(ruta))))
    lecturas, fallos = 0, []
    for uno, otro in itertools.combinations_with_replacement(pasos, 2):
        donde.modelo.write_bytes(modelo_1)
        donde.ficha.write_bytes(ficha_1)
        donde.modelo_nuevo.write_bytes(modelo_2)
        donde.ficha_nueva.write_bytes(ficha_2)

        def publica(numero, _, uno=uno, otro=otro):
            if numero == uno:
                donde.modelo_nuevo.replace(donde.modelo)
            if numero == otro:
                donde.ficha_nueva.replace(donde.ficha)

        lecturas += 1
        fallos += _lee(ruta, en_cada_paso(publica), (1, 2), f"pasos {uno} y {otro}")
    return {"lecturas": lecturas, "fallos": fallos}


def lee_lo_recien_nacido(carpeta, metodo):
    """Carga el primer modelo de una carpeta cuando, en cada paso, su ficha ocupa su sitio."""
    ruta = ruta_de(carpeta, metodo)
    donde = sitios(ruta)
    guarda(1, ruta)
    fallos = []
    for cual in itertools.count():
        donde.ficha.replace(donde.ficha_nueva)
        publica = en_el_paso(cual, lambda: donde.ficha_nueva.replace(donde.ficha))
        fallos += _lee(ruta, publica, (1,), f"paso {cual}")
        if donde.ficha_nueva.exists():  # ya no quedaban pasos
            return {"lecturas": cual, "fallos": fallos}


def lee_y_en_cada_paso_otro_guarda(carpeta, metodo):
    """Carga un modelo cuando, en cada paso, otro guarda uno entero."""
    ruta = ruta_de(carpeta, metodo)
    guarda(0, ruta)
    pasos = len(pasos_de(lambda: carga(ruta)))
    fallos = []
    for cual in range(pasos):
        otro_guarda = en_el_paso(cual, lambda numero=cual + 1: guarda(numero, ruta))
        fallos += _lee(ruta, otro_guarda, (cual, cual + 1), f"paso {cual}")
    return {"lecturas": pasos, "fallos": fallos}


def _lee(ruta, mientras, posibles, cuando):
    try:
        with mientras:
            leido = carga(ruta)
    except Exception as error:  # noqa: BLE001 cualquier error es lo que se busca
        return [f"{cuando}: {error!r}"]
    return [] if leido in posibles else [f"{cuando}: se leyó el {leido}"]


def guardan_dos_procesos(carpeta, metodo, cuantos):
    """Dos hijos guardan `cuantos` modelos cada uno en el mismo archivo. Devuelve los fallos."""
    ruta = ruta_de(carpeta, metodo)
    series = [range(1, cuantos + 1), range(1001, 1001 + cuantos)]
    finales = [hijos.espera(h) for h in [hijos.lanza(_guarda_todos, s, ruta) for s in series]]
    fallos = [f"un proceso terminó en {final}" for final in finales if final != hijos.BIEN]
    return fallos + _como_queda(ruta, {serie[-1] for serie in series})


def guardan_cuatro_hilos(carpeta, metodo, cuantos):
    """Cuatro hilos guardan `cuantos` modelos cada uno en el mismo archivo. Devuelve los fallos."""
    ruta = ruta_de(carpeta, metodo)
    series = [range(desde + 1, desde + 1 + cuantos) for desde in (0, 1000, 2000, 3000)]
    with ThreadPoolExecutor(len(series)) as hilos:
        pendientes = [hilos.submit(_guarda_todos, serie, ruta) for serie in series]
    fallos = [repr(error) for p in pendientes if (error := p.exception())]
    return fallos + _como_queda(ruta, {serie[-1] for serie in series})


def el_segundo_espera(carpeta, metodo):
    """Un segundo guardado que empieza a mitad del primero. Devuelve los fallos."""
    ruta = ruta_de(carpeta, metodo)
    segundo = threading.Thread(target=guarda, args=(2, ruta))
    fallos = []

    def llega_el_segundo():
        Trampa.salta = lambda: None
        segundo.start()
        segundo.join(UN_MOMENTO)
        if not segundo.is_alive():
            fallos.append("el segundo no esperó al primero")

    Trampa.salta = llega_el_segundo
    guarda(1, ruta, con_trampa=True)
    segundo.join()
    return fallos + _como_queda(ruta, {2})


def estrenan_dos_procesos(carpeta, metodo):
    """Dos hijos guardan con `sobrescribir=False` donde no hay nada. Devuelve los fallos."""
    ruta = ruta_de(carpeta, metodo)
    # El segundo en llegar tiene que encontrar el sitio ocupado, y no guardar.
    estrenan = [hijos.lanza(_estrena, numero, ruta) for numero in (1, 2)]
    finales = sorted(map(hijos.espera, estrenan))
    fallos = [] if finales == [hijos.BIEN, hijos.CORTADO] else [f"terminaron {finales}"]
    return fallos + _como_queda(ruta, {1, 2})


def _estrena(numero, ruta):
    try:
        guarda(numero, ruta, sobrescribir=False)
    except YaExiste:
        hijos.muere()


def _guarda_todos(numeros, ruta):
    for numero in numeros:
        guarda(numero, ruta)


def _como_queda(ruta, posibles):
    quedo, de_mas = carga_y_mira_la_ficha(ruta), sobran(ruta)
    fallos = [] if quedo in posibles else [f"quedó el {quedo} y tenía que ser uno de {posibles}"]
    return fallos + ([f"sobra o falta {de_mas}"] if de_mas else [])
