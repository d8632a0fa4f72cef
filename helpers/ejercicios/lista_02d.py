"""Cómo se comprueba el ejercicio 02d.2: una lista `trusted` escrita a mano, y nada de más."""

import ast
import json
import sys
import tempfile
import zipfile
from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path

import skops.io as sio
from skops.io.exceptions import UntrustedTypesFoundException

from helpers.ejercicios.ejecucion import exige_funcion, intenta, valor_de
from helpers.ejercicios.resultado import Rechazo, bien, mal, muestra
from helpers.ejercicios.sorpresa import FIRMA, esconde_una_llamada

ARBOL = "sklearn.tree._tree.Tree"


def comprueba_lista(carga_bosque):
    """La función carga un bosque, aprueba solo lo que necesita y se niega si hay algo más."""
    exige_funcion(carga_bosque)
    visto = _Visto()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as carpeta:
        bueno, con_sorpresa = _dos_bosques(Path(carpeta))
        intento = intenta(_vigilada(carga_bosque, visto), str(bueno))
        _rechaza_lo_que_no_carga(intento)
        _exige_el_bosque(valor_de(intento, carga_bosque, bueno.name))
        ante_la_sorpresa = intenta(carga_bosque, str(con_sorpresa))
        de_mas = _los_que_no_hacen_falta(visto.aprobados, bueno)
    return _juzga_la_lista(carga_bosque, visto, ante_la_sorpresa, de_mas)


def _juzga_la_lista(carga_bosque, visto, ante_la_sorpresa, de_mas):
    return (
        _aprueba_de_mas(de_mas)
        or _no_se_niega(ante_la_sorpresa)
        or _no_esta_escrita(carga_bosque, visto)
        or bien(
            "Cargó un bosque y rechazó otro que pedía además `print`. Una lista escrita no cambia "
            "porque cambie el archivo."
        )
    )


def _no_se_niega(ante_la_sorpresa):
    """Negarse también es capturar la excepción y devolver otra cosa."""
    if hasattr(ante_la_sorpresa.valor, "estimators_") or FIRMA in ante_la_sorpresa.impreso:
        return mal(
            "aprueba_lo_que_pida",
            vi="que también carga un bosque que pide `builtins.print`, y que `print` se ejecutó",
            esperaba="que se negara: un bosque no necesita esa función",
            porque="la lista sale del propio archivo, y el archivo pide lo que quiere",
            prueba="a escribir los nombres entre comillas, sin `get_untrusted_types`",
        )
    return None


def _aprueba_de_mas(de_mas):
    if de_mas:
        return mal(
            "aprueba_de_mas",
            vi=f"que tu lista aprueba además {' y '.join(f'`{tipo}`' for tipo in de_mas)}",
            esperaba="solo lo que un bosque necesita",
            porque="un tipo de más no estorba, hasta que llega un archivo que lo pide",
            prueba="a dejar solo el nombre que la excepción pone entre corchetes",
        )
    return None


def _no_esta_escrita(funcion, visto):
    """Un texto escrito a mano nunca es el mismo objeto que devolvió skops."""
    if nombre := _lista_calculada(funcion):
        return mal(
            "lista_calculada",
            vi=f"que `{nombre}` es lo que devolvió `get_untrusted_types`",
            esperaba="una lista escrita por ti",
            porque="esa función enumera los tipos, y parece que también los revisa",
            prueba=f'a mirar qué nombres contiene y escribirlos: `{nombre} = ["…"]`',
        )
    if any(tipo is ajeno for tipo in visto.aprobados for ajeno in visto.ajenos):
        return mal(
            "lista_de_otro_archivo",
            vi="que apruebas lo que `get_untrusted_types` dice de otro archivo",
            esperaba="una lista escrita por ti",
            porque="ese archivo es tuyo, y parece que nunca pedirá otra cosa",
            prueba='a mirar qué nombres devuelve y escribirlos: `trusted=["…"]`',
        )
    return None


def _dos_bosques(carpeta):
    """Escribe un bosque pequeño y otro igual que, al construirse, imprime una frase."""
    from sklearn.ensemble import RandomForestClassifier

    bueno, con_sorpresa = carpeta / "bueno.skops", carpeta / "con_sorpresa.skops"
    sio.dump(RandomForestClassifier(3, random_state=0).fit([[0], [1], [2]], [0, 1, 1]), bueno)
    esconde_una_llamada(bueno, con_sorpresa)
    return bueno, con_sorpresa


def _rechaza_lo_que_no_carga(intento):
    if isinstance(intento.error, UntrustedTypesFoundException):
        raise Rechazo.por(
            "no_aprueba_el_arbol",
            vi="que skops se niega a cargar el bosque",
            esperaba=f"que aprobaras `{ARBOL}`, y solo eso",
            porque="falta `trusted`, o el nombre no lleva delante su módulo entero",
            prueba="a copiar el nombre que está entre corchetes en la excepción",
        )
    if isinstance(intento.error, TypeError) and "CVE-2024-37065" in str(intento.error):
        raise Rechazo.por(
            "trusted_true",
            vi="`trusted=True`",
            esperaba="una lista de tipos",
            porque="los tutoriales anteriores a skops 0.10 lo escriben así",
            prueba='`trusted=["…"]`, con el nombre del tipo entre comillas',
        )


def _exige_el_bosque(valor):
    if valor is None:
        raise Rechazo.por(
            "sin_return",
            vi="que tu función devuelve None",
            esperaba="el bosque",
            porque="falta el `return`",
            prueba="`return sio.load(…)`",
        )
    arboles = getattr(valor, "estimators_", None)
    if arboles is None:
        raise Rechazo.por(
            "no_es_el_bosque",
            vi=f"que devuelve {muestra(valor)}",
            esperaba="el bosque cargado",
            porque="se devuelve la lista, la ruta o una predicción",
            prueba="a devolver lo que devuelve `sio.load`",
        )
    if len(arboles) != 3:
        raise Rechazo.por(
            "no_usa_la_ruta",
            vi=f"un bosque de {len(arboles)} árboles; en la ruta que le di había uno de 3",
            esperaba="que cargara el archivo de esa ruta",
            porque='dentro de la función está escrito "bosque.skops"',
            prueba="`sio.load(ruta, trusted=…)`",
        )


def _lista_calculada(funcion):
    """El nombre global que usa la función y que alguna celda llenó con `get_untrusted_types`.

    Solo mira la última asignación de cada nombre en las celdas ya ejecutadas, que IPython guarda
    en `In`. Consultar los tipos sin usarlos no cuenta.
    """
    celdas = getattr(funcion, "__globals__", {}).get("In", [])
    calculados = {}
    for celda in celdas if isinstance(celdas, list) else []:
        try:
            arbol = ast.parse(celda)
        except (SyntaxError, TypeError, ValueError):  # una magia, o algo que no es una celda
            continue
        for nodo in ast.walk(arbol):
            if isinstance(nodo, ast.Assign):
                llama_a_skops = "get_untrusted_types" in ast.dump(nodo.value)
                calculados |= {ast.unparse(destino): llama_a_skops for destino in nodo.targets}
    usados = getattr(getattr(funcion, "__code__", None), "co_names", ())
    return next((nombre for nombre in usados if calculados.get(nombre)), None)


QUE_CARGAN = {sio.load.__code__, sio.loads.__code__}
QUE_PREGUNTA = sio.get_untrusted_types.__code__


@dataclass
class _Visto:
    """Lo que llega a `trusted`, y lo que skops dice que piden otros archivos."""

    aprobados: list = field(default_factory=list)
    ajenos: list = field(default_factory=list)


def _vigilada(funcion, visto):
    """La misma función, que apunta en `visto` lo que pasa por skops.

    Mira las llamadas desde fuera: así da igual con qué nombre se importó skops.
    """

    def vigilada(ruta):
        def al_pasar(marco, suceso, devuelto):
            if suceso == "call" and marco.f_code in QUE_CARGAN:
                trusted = marco.f_locals.get("trusted")
                es_uno = isinstance(trusted, str | type)  # skops también los admite sueltos
                varios = trusted if isinstance(trusted, Collection) else []
                visto.aprobados.extend([trusted] if es_uno else varios)
            if suceso == "return" and marco.f_code is QUE_PREGUNTA:
                preguntado = marco.f_locals.get("file")
                if str(preguntado or ruta) != ruta:
                    visto.ajenos.extend(devuelto or [])

        antes = sys.getprofile()
        sys.setprofile(al_pasar)
        try:
            return funcion(ruta)
        finally:
            sys.setprofile(antes)

    return vigilada


def _los_que_no_hacen_falta(aprobados, ruta):
    """Lo aprobado que no es de un bosque ni está escrito en su archivo."""
    con_clase = set()

    def apunta(nodo):
        con_clase.add(f"{nodo.get('__module__')}.{nodo.get('__class__')}")

    with zipfile.ZipFile(ruta) as archivo:
        json.loads(archivo.read("schema.json"), object_hook=apunta)
    de_bosques = ("sklearn.ensemble.", "sklearn.tree.")
    nombres = map(_nombre, aprobados)
    return [n for n in nombres if n not in con_clase and not n.startswith(de_bosques)]


def _nombre(tipo):
    return tipo if isinstance(tipo, str) else f"{tipo.__module__}.{tipo.__name__}"
