"""Cómo se comprueba el ejercicio 06.4: firmar un archivo y no cargar lo que no está firmado."""

import hashlib
import hmac
import pickle
from pathlib import Path

from helpers.ejercicios.archivos import carpeta_vacia
from helpers.ejercicios.codigo import nombres_que_usa
from helpers.ejercicios.ejecucion import exige_funcion, intenta, llama, valor_de
from helpers.ejercicios.resultado import Rechazo, bien, error_tuyo, mal, muestra
from helpers.ejercicios.revision_06 import Trampa, es_la_recta, hubo_marca, recta

CLAVE = bytes(range(32))
OTRA_CLAVE = bytes(range(1, 33))


def _hmac(datos, clave=CLAVE):
    return hmac.new(clave, datos, "sha256").hexdigest()


def comprueba_firma(firma, carga_firmada):
    """La firma es la de HMAC; y solo se carga, y se abre, lo que lleva la suya."""
    exige_funcion(firma)
    exige_funcion(carga_firmada)
    with carpeta_vacia():
        Path("bueno.pkl").write_bytes(pickle.dumps(recta(), 4))
        Path("trampa.pkl").write_bytes(pickle.dumps(Trampa("trampa.pkl"), 4))
        return (
            _es_hmac(firma)
            or _carga_el_firmado(carga_firmada)
            or _rechaza_los_demas(carga_firmada)
            or _compara_bien(carga_firmada)
            or bien("Sin la clave no hay firma, y sin firma no se abre. Guárdala lejos del modelo.")
        )


def _es_hmac(firma):
    datos = Path("bueno.pkl").read_bytes()
    dicha = llama(firma, "bueno.pkl", CLAVE)
    if dicha == _hmac(datos):
        return None
    if not isinstance(dicha, str):
        return mal(
            "no_es_texto",
            vi=f"que `firma` devuelve {muestra(dicha)}",
            esperaba="un texto de 64 cifras hexadecimales",
            porque="falta el `return`, o se usa `digest()`, que da bytes",
            prueba="`.hexdigest()` al final",
        )
    if dicha == hashlib.sha256(datos).hexdigest():
        return mal(
            "es_una_huella",
            vi="la huella del archivo, sin la clave",
            esperaba="una firma: otra clave daría otra",
            porque="se usa `hashlib.sha256`; eso lo calcula cualquiera, también quien lo cambió",
            prueba='`hmac.new(clave, datos, "sha256").hexdigest()`',
        )
    pegadas = (CLAVE + datos, datos + CLAVE)
    if dicha in [hashlib.sha256(pegada).hexdigest() for pegada in pegadas]:
        return mal(
            "clave_pegada",
            vi="la huella de la clave y el archivo, uno detrás de otro",
            esperaba="la de HMAC, que los mezcla dos veces",
            porque="parece lo mismo; con la clave delante se puede alargar el archivo y rehacer la "
            "firma sin conocerla",
            prueba='`hmac.new(clave, datos, "sha256").hexdigest()`',
        )
    return mal(
        "otra_firma",
        vi=f"{muestra(dicha)} como firma",
        esperaba=f"{muestra(_hmac(datos))}, la de HMAC con SHA-256 y la clave que recibe",
        porque="se firma el nombre y no el contenido, la clave está escrita en la función, o se "
        "usa otro algoritmo",
        prueba='`hmac.new(clave, Path(ruta).read_bytes(), "sha256").hexdigest()`',
    )


def _pon_firma(ruta, firmado):
    Path(f"{ruta}.firma").write_text(firmado, encoding="utf-8")


def _carga_el_firmado(carga_firmada):
    _pon_firma("bueno.pkl", _hmac(Path("bueno.pkl").read_bytes()))
    intento = intenta(carga_firmada, "bueno.pkl", CLAVE)
    if isinstance(intento.error, FileNotFoundError):
        return mal(
            "otra_ruta",
            vi=f"que con «bueno.pkl» se busca {muestra(str(intento.error.filename))}, que no está",
            esperaba="que leyera «bueno.pkl» y «bueno.pkl.firma»",
            porque="la ruta está fija en la función, o `with_suffix` cambia la extensión",
            prueba='`Path(f"{ruta}.firma").read_text(encoding="utf-8")`',
        )
    if type(intento.error) is ValueError:
        return mal(
            "rechaza_el_bueno",
            vi="que rechaza un archivo bien firmado",
            esperaba="el modelo",
            porque="el `if` está al revés, se compara con la ruta, o la clave está fija",
            prueba="`hmac.compare_digest(firma(ruta, clave), firmado)`, e imprimir los dos",
        )
    modelo = valor_de(intento, carga_firmada, "bueno.pkl", CLAVE)
    if not es_la_recta(modelo):
        return mal(
            "no_devuelve",
            vi=f"que con un archivo bien firmado devuelve {muestra(modelo)}",
            esperaba="el modelo que hay dentro",
            porque="falta el `return`, o se devuelve la firma",
            prueba="`return pickle.loads(datos)` en la última línea",
        )
    return None


def _rechaza_los_demas(carga_firmada):
    trampa = Path("trampa.pkl").read_bytes()
    cambiada = _hmac(Path("bueno.pkl").read_bytes())
    for caso, firmado in {
        "firmado con otra clave": _hmac(trampa, OTRA_CLAVE),
        "con la firma de otro archivo": cambiada,
        "con su huella en lugar de la firma": hashlib.sha256(trampa).hexdigest(),
        "con la firma vacía": "",
        "con media firma": _hmac(trampa)[:32],
    }.items():
        _pon_firma("trampa.pkl", firmado)
        if problema := _rechaza(carga_firmada, caso):
            return problema
    Path("trampa.pkl.firma").unlink()
    return _rechaza(carga_firmada, "sin `.firma` al lado", OSError)


def _rechaza(carga_firmada, caso, *tambien):
    intento = intenta(carga_firmada, "trampa.pkl", CLAVE)
    obedecida = hubo_marca()
    dijo_que_no = isinstance(intento.error, (ValueError, *tambien))
    if obedecida and dijo_que_no:
        return mal(
            "tarde",
            vi=f"que un archivo {caso} se rechaza, y su marca está en el disco",
            esperaba="que la firma se mirara antes de cargarlo",
            porque="se carga primero y se comprueba después; rechazarlo ya no deshace nada",
            prueba="a poner `pickle.loads` en la última línea, después del `if`",
        )
    if obedecida:
        return mal(
            "obedece",
            vi=f"que se carga un archivo {caso}",
            esperaba="un `ValueError`, sin abrirlo",
            porque="no se compara, se compara un trozo, o sin firma se da por bueno",
            prueba="`if not hmac.compare_digest(firma(ruta, clave), firmado): raise "
            'ValueError("…")`',
        )
    if intento.error is None:
        return mal(
            "no_avisa",
            vi=f"que con un archivo {caso} devuelve {muestra(intento.valor)}",
            esperaba="un `ValueError`",
            porque="se imprime el problema o se devuelve algo; quien llama sigue como si nada",
            prueba='`raise ValueError("…")`',
        )
    if not dijo_que_no:
        raise Rechazo(_otro_error(intento.error, caso))
    return None


def _otro_error(error, caso):
    return error_tuyo(
        "otra_excepcion",
        f"Con un archivo {caso} llegó {type(error).__name__}, y esperaba un `ValueError`",
        '`raise ValueError("…")` en el `if` que lo descubre, en lugar de `assert` u otra excepción',
    )


def _compara_bien(carga_firmada):
    if "compare_digest" in nombres_que_usa(carga_firmada):
        return None
    return mal(
        "con_igual",
        vi="que las firmas se comparan con `==` o con `!=`",
        esperaba="`hmac.compare_digest`",
        porque="el resultado es el mismo; pero `==` puede detenerse en la primera letra distinta, "
        "y lo que tarda delata cuántas van bien",
        prueba="`hmac.compare_digest(una, otra)`, que tarda lo mismo en los dos casos",
    )
