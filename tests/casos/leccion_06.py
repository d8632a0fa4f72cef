"""Casos de 06 · Seguridad."""

import hashlib
import hmac
import io
import pickle
import pickletools
import time
from collections import Counter
from functools import partial
from hmac import compare_digest as son_iguales
from pathlib import Path

from sklearn.linear_model import LinearRegression

from casos import Caso
from helpers import inspeccion
from helpers.ejercicios import ejercicios_de
from helpers.ejercicios.resultado import Estado
from helpers.ejercicios.revision_06 import QUE_OCURRE, SOLO_LA_FORMA, VERDADES

ERROR = Estado.ERROR_TUYO
CORRECTO = Estado.CORRECTO
EN_BLANCO = Estado.SIN_RESPONDER


def _da(*respuestas):
    return lambda: respuestas


def _que_duerme(*_):
    time.sleep(60)


def _sin_final(*_):
    while True:
        pass


class _SinNombre:
    """Se deja llamar, y no tiene ni nombre ni código."""

    def __call__(self, *_):
        raise KeyError("falta")


def _que_ocurre(**cambios):
    return _da(QUE_OCURRE | cambios)


def _verdades(**cambios):
    return _da(VERDADES | cambios)


# --- 06.2 ----------------------------------------------------------------------------------------
def _globales(con=("GLOBAL", "INST", "STACK_GLOBAL"), cuenta=lambda ultimo: True,
              put="PUT", get="GET", quietas=("PROTO", "FRAME"), apila=lambda dato: True,
              exige=True, no_quieta=False, salida=lambda nombres: nombres):  # fmt: skip
    """Una `globales` con el defecto que se diga."""

    def globales(ruta):
        ultimos, memo, nombres = [None, None], {}, set()
        for paso, dato, _ in pickletools.genops(Path(ruta).read_bytes()):
            if paso.name in ("GLOBAL", "INST"):
                if paso.name in con:
                    nombres.add(dato.replace(" ", "."))
                ultimos.append(None)
            elif paso.name == "STACK_GLOBAL":
                dos = ultimos[-2:]
                if exige and not all(isinstance(texto, str) for texto in dos):
                    raise ValueError("no lo sé")
                if paso.name in con:
                    nombres.add(".".join(map(str, dos)))
                ultimos.append(None)
            elif paso.name == "MEMOIZE":
                if cuenta(ultimos[-1]):
                    memo[len(memo)] = ultimos[-1]
                if no_quieta:
                    ultimos.append(dato)
            elif put and paso.name.endswith(put):
                memo[dato] = ultimos[-1]
            elif get and paso.name.endswith(get):
                ultimos.append(memo.get(dato))
            elif paso.name not in quietas and apila(dato):
                ultimos.append(dato)
        return salida(nombres)

    return lambda: (globales,)


def _ingenua(ruta):
    pasos = pickletools.genops(Path(ruta).read_bytes())
    return {dato.replace(" ", ".") for paso, dato, _ in pasos if paso.name == "GLOBAL"}


def _dos_textos(ruta):
    textos, nombres = [], set()
    for paso, dato, _ in pickletools.genops(Path(ruta).read_bytes()):
        if paso.name == "STACK_GLOBAL":
            nombres.add(".".join(textos[-2:]))
        elif paso.name in ("GLOBAL", "INST"):
            nombres.add(dato.replace(" ", "."))
        elif isinstance(dato, str):
            textos.append(dato)
    return nombres


def _sin_poner_nada(ruta):
    """La tabla al pie de la letra, sin lo que los nombres dejan encima."""
    ultimos, memo, nombres = [], {}, set()
    for paso, dato, _ in pickletools.genops(Path(ruta).read_bytes()):
        if paso.name in ("GLOBAL", "INST"):
            nombres.add(dato.replace(" ", "."))
        elif paso.name == "STACK_GLOBAL":
            dos = ultimos[-2:]
            if not all(isinstance(texto, str) for texto in dos):
                raise ValueError("no lo sé")
            nombres.add(".".join(dos))
        elif paso.name == "MEMOIZE":
            memo[len(memo)] = ultimos[-1]
        elif paso.name.endswith("PUT"):
            memo[dato] = ultimos[-1]
        elif paso.name.endswith("GET"):
            ultimos.append(memo[dato])
        elif paso.name not in ("PROTO", "FRAME"):
            ultimos.append(dato)
    return nombres


def _pone_el_dato(ruta):
    """Deja encima el dato de los nombres, que en `STACK_GLOBAL` no hay."""
    ultimos, memo, nombres = [], {}, set()
    for paso, dato, _ in pickletools.genops(Path(ruta).read_bytes()):
        match paso.name.split("_")[-1]:
            case "PROTO" | "FRAME":
                continue
            case "MEMOIZE" | "PUT" | "BINPUT":
                memo[len(memo) if dato is None else dato] = ultimos[-1]
                continue
            case "GET" | "BINGET":
                dato = memo[dato]
            case "INST" | "GLOBAL" if dato:
                nombres.add(dato.replace(" ", "."))
                dato = object()
            case "GLOBAL":
                modulo, nombre = ultimos[-2:]
                if not (isinstance(modulo, str) and isinstance(nombre, str)):
                    raise ValueError(f"no sé qué pide {ruta}")
                nombres.add(f"{modulo}.{nombre}")
        ultimos.append(dato)
    return nombres


def _lo_que_vuelve(ruta):
    with Path(ruta).open("rb") as archivo:
        return pickle.load(archivo)


def _cargandolo(ruta):
    nombres = set()

    class Espia(pickle.Unpickler):
        def find_class(self, modulo, nombre):
            nombres.add(f"{modulo}.{nombre}")
            return super().find_class(modulo, nombre)

    with Path(ruta).open("rb") as archivo:
        Espia(archivo).load()
    return nombres


def _busca_palabras(ruta):
    contenido = Path(ruta).read_bytes()
    bien = set(inspeccion.globales(ruta).nombres)
    return bien | ({"builtins.print"} if b"print" in contenido else set())


def _la_del_curso(ruta):
    return inspeccion.globales(ruta).nombres


def _solo_la_ultima(ruta):
    nombres = inspeccion.globales(ruta).nombres
    return set(nombres) if len(nombres) < 4 else {nombres[0]}


def _por_parejas(ruta):
    return [tuple(nombre.rsplit(".", 1)) for nombre in inspeccion.globales(ruta).nombres]


def _va_dando(ruta):
    yield from inspeccion.globales(ruta).nombres


# --- 06.3 ----------------------------------------------------------------------------------------
PERMITIDOS = {
    ("sklearn.linear_model._base", "LinearRegression"),
    ("numpy", "dtype"),
    ("numpy", "ndarray"),
    ("numpy._core.multiarray", "_reconstruct"),
    ("numpy._core.multiarray", "scalar"),
    ("numpy._core.numeric", "_frombuffer"),
}


def _prohibido(*_):
    raise pickle.UnpicklingError("prohibido")


def _con_lista(admite=lambda modulo, nombre: (modulo, nombre) in PERMITIDOS, si_no=_prohibido,
               importa_antes=False, devuelve=lambda modelo: modelo):  # fmt: skip
    """Una `carga_con_lista` con el defecto que se diga."""

    class ConLista(pickle.Unpickler):
        def find_class(self, modulo, nombre):
            if importa_antes:
                super().find_class(modulo, nombre)
            if not admite(modulo, nombre):
                return si_no(modulo, nombre)
            return super().find_class(modulo, nombre)

    def carga_con_lista(ruta):
        with Path(ruta).open("rb") as archivo:
            return devuelve(ConLista(archivo).load())

    return lambda: (carga_con_lista,)


def _a_pelo(ruta):
    with Path(ruta).open("rb") as archivo:
        return pickle.load(archivo)


def _nada(*_):
    return False


def _con_otro_metodo(ruta):
    class ConLista(pickle.Unpickler):
        def findclass(self, modulo, nombre):
            _prohibido()

    with Path(ruta).open("rb") as archivo:
        return ConLista(archivo).load()


def _mira_el_tipo(ruta):
    modelo = _a_pelo(ruta)
    if type(modelo) is not LinearRegression:
        raise pickle.UnpicklingError("no es una regresión")
    return modelo


def _lo_que_pida(ruta):
    """La lista la escribe el archivo."""
    pedidos = inspeccion.globales(ruta).nombres
    (funcion,) = _con_lista(lambda modulo, nombre: f"{modulo}.{nombre}" in pedidos)()
    return funcion(ruta)


def _mira_el_primero(ruta):
    pasos = pickletools.genops(Path(ruta).read_bytes())
    textos = [dato for _, dato, _ in pasos if isinstance(dato, str)]
    if tuple(textos[:2]) not in PERMITIDOS:
        raise pickle.UnpicklingError("prohibido")
    return _a_pelo(ruta)


def _se_lo_calla(ruta):
    (funcion,) = _con_lista()()
    try:
        return funcion(ruta)
    except pickle.UnpicklingError as error:
        print(error)
        return None


def _lanza(clase):
    def lanza(*_):
        raise clase("prohibido")

    return lanza


def _nada_raro(modulo, nombre):
    return modulo not in ("shutil", "os", "builtins", "copy") and nombre not in (
        "savetxt",
        "Ridge",
    )


def _sin_abrir(ruta):
    return pickle.Unpickler(ruta).load()


# --- 06.4 ----------------------------------------------------------------------------------------
def _firma(ruta, clave):
    return hmac.new(clave, Path(ruta).read_bytes(), "sha256").hexdigest()


def _no(*_):
    raise ValueError("no lleva nuestra firma")


def _carga_firmada(vale=hmac.compare_digest, al_fallar=_no, antes=False, firma_en="{}.firma",
                   devuelve=lambda modelo: modelo, sin_firma=None):  # fmt: skip
    def carga_firmada(ruta, clave):
        datos = Path(ruta).read_bytes()
        modelo = pickle.loads(datos) if antes else None
        donde = Path(firma_en.format(ruta))
        if sin_firma and not donde.exists():
            return sin_firma(datos)
        if not vale(_firma(ruta, clave), donde.read_text(encoding="utf-8")):
            return al_fallar()
        return devuelve(modelo or pickle.loads(datos))

    return lambda: (_firma, carga_firmada)


def _buena(ruta, clave):
    datos = Path(ruta).read_bytes()
    firmado = Path(f"{ruta}.firma").read_text(encoding="utf-8")
    if not hmac.compare_digest(_firma(ruta, clave), firmado):
        raise ValueError("no lleva nuestra firma")
    return pickle.loads(datos)


def _comprueba_aparte(ruta, clave):
    firmado = Path(f"{ruta}.firma").read_text(encoding="utf-8")
    return hmac.compare_digest(_firma(ruta, clave), firmado)


def _buena_en_dos(ruta, clave):
    if not _comprueba_aparte(ruta, clave):
        raise ValueError("no")
    return pickle.loads(Path(ruta).read_bytes())


def _con_assert(ruta, clave):
    assert _comprueba_aparte(ruta, clave)
    return pickle.loads(Path(ruta).read_bytes())


def _con_otro_nombre(ruta, clave):
    datos = Path(ruta).read_bytes()
    if not son_iguales(_firma(ruta, clave), Path(f"{ruta}.firma").read_text(encoding="utf-8")):
        raise ValueError("no lleva nuestra firma")
    return pickle.loads(datos)


class _Cargador:
    def __call__(self, ruta, clave):
        return _buena_en_dos(ruta, clave)


class _Sello:
    def __init__(self, ruta, clave):
        self.firmado = Path(f"{ruta}.firma").read_text(encoding="utf-8")
        self.bueno = hmac.compare_digest(_firma(ruta, clave), self.firmado)


def _con_clase(ruta, clave):
    if not _Sello(ruta, clave).bueno:
        raise ValueError("no")
    return pickle.loads(Path(ruta).read_bytes())


def _hasta_donde_llegue(una, otra):
    return una.startswith(otra)


def _firma_con(que):
    return lambda: (que, _buena)


def _huella(ruta, clave):
    return hashlib.sha256(Path(ruta).read_bytes()).hexdigest()


def _pegada(ruta, clave):
    return hashlib.sha256(clave + Path(ruta).read_bytes()).hexdigest()


def _del_nombre(ruta, clave):
    return hmac.new(clave, ruta.encode(), "sha256").hexdigest()


def _en_bytes(ruta, clave):
    return hmac.digest(clave, Path(ruta).read_bytes(), "sha256")


# --- 06.5 ----------------------------------------------------------------------------------------
INFORME = ejercicios_de("06")[4].solucion.split('"""')[1]
VACIO = "\n".join(f"{linea.partition(':')[0]}: ..." for linea in INFORME.splitlines())


def _informe(**cambios):
    lineas = dict(linea.split(": ", 1) for linea in INFORME.splitlines()) | cambios
    return _da("\n".join(f"{nombre}: {texto}" for nombre, texto in lineas.items() if texto))


CASOS = [
    Caso("06.1", _que_ocurre(d=" Se  niega. "), "bien", "Cuatro ejecutan", CORRECTO),
    Caso("06.1", _da(Counter(QUE_OCURRE)), "bien", "Cuatro ejecutan", CORRECTO),
    Caso("06.1", _da({"a": "lee", "b": ...}), "sin_responder", "b, c, d, e, f", EN_BLANCO),
    Caso("06.1", _da(["ejecuta"]), "no_es_diccionario", "letras a, b"),
    Caso("06.1", _que_ocurre(b="falla"), "otra_palabra", "una de estas"),
    Caso("06.1", _que_ocurre(a="lee"), "mmap_no_protege", "abrir sin obedecer"),
    Caso("06.1", _que_ocurre(b="se niega"), "el_try_no_deshace", "deshace"),
    Caso("06.1", _que_ocurre(c="se niega"), "mirar_el_tipo_despues", "llega tarde"),
    Caso("06.1", _que_ocurre(d="ejecuta"), "skops_sin_aprobar", "builtins.print"),
    Caso("06.1", _que_ocurre(e="se niega"), "aprobar_lo_que_pida", "la ha escrito el archivo"),
    Caso("06.1", _que_ocurre(f="ejecuta"), "leer_no_es_cargar", "no sigue ninguna"),
    Caso("06.2", _globales(), "bien", "Seis de seis", CORRECTO),
    Caso("06.2", _da(_la_del_curso), "bien", "sin cargar ninguno", CORRECTO),
    Caso("06.2", _globales(salida=sorted), "bien", "no te callas", CORRECTO),
    Caso("06.2", _da(_pone_el_dato), "bien", "Seis de seis", CORRECTO),
    Caso("06.2", _da(_sin_poner_nada), "no_deja_nada", "también es algo que queda encima"),
    Caso("06.2", _da(_ingenua), "otros_nombres", "`GLOBAL` e `INST`"),
    Caso("06.2", _globales(con=("GLOBAL", "INST")), "otros_nombres", "los dos últimos textos"),
    Caso("06.2", _da(_dos_textos), "otros_nombres", "trae su módulo de la memoria"),
    Caso("06.2", _globales(cuenta=lambda ultimo: isinstance(ultimo, str)), "otros_nombres",
         "numera todo"),
    Caso("06.2", _globales(no_quieta=True), "rechaza_lo_corriente", "se apilan como si"),
    Caso("06.2", _globales(put="", exige=False, quietas=("PROTO", "FRAME", "BINPUT",
                           "LONG_BINPUT")), "otros_nombres", "se repite, vale lo último"),
    Caso("06.2", _globales(apila=lambda dato: isinstance(dato, str)), "calla", "no va junto"),
    Caso("06.2", _globales(exige=False), "calla", "un `ValueError`"),
    Caso("06.2", _da(_busca_palabras), "inventa", "un texto se puede llamar"),
    Caso("06.2", _da(_cargandolo), "lo_carga", "se obedeció"),
    Caso("06.2", _da(_lo_que_vuelve), "lo_carga", "se obedeció"),
    Caso("06.2", _globales(salida=print), "no_es_conjunto", "falta el `return`"),
    Caso("06.2", _da(_va_dando), "no_es_conjunto", "`yield`"),
    Caso("06.2", _da(_por_parejas), "otra_forma", "por parejas"),
    Caso("06.2", _globales(salida=lambda n: {u.replace(".", " ") for u in n}), "otra_forma",
         "con un espacio"),
    Caso("06.2", _da(_solo_la_ultima), "pierde_la_clase", "recién guardada"),
    Caso("06.2", _da(_SinNombre()), "lanza_excepcion", "tu función", ERROR),
    Caso("06.2", _da(_que_duerme), "no_termina", "no terminó", ERROR),
    Caso("06.2", _da("globales"), "no_es_funcion", "sin paréntesis", ERROR),
    Caso("06.3", _con_lista(), "bien", "no entra", CORRECTO),
    Caso("06.3", _con_lista(lambda m, n: (m, n) in PERMITIDOS - {("numpy._core.numeric",
         "_frombuffer")}), "rechaza_la_buena", "protocolo 5"),
    Caso("06.3", _con_lista(_prohibido), "rechaza_la_buena", "protocolo 4"),
    Caso("06.3", _con_lista(devuelve=print), "no_devuelve", "falta el `return`"),
    Caso("06.3", _con_lista(_nada, importa_antes=True), "rechaza_la_buena", "falta `return`"),
    Caso("06.3", _da(_con_otro_metodo), "sin_filtro", "se escribe con otro nombre"),
    Caso("06.3", _da(_a_pelo), "sin_filtro", "`pickle.load`"),
    Caso("06.3", _da(_mira_el_tipo), "sin_filtro", "antes de obedecerlo"),
    Caso("06.3", _da(_lo_que_pida), "sin_filtro", "la escribe el archivo"),
    Caso("06.3", _da(_mira_el_primero), "polizon", "en un atributo"),
    Caso("06.3", _con_lista(lambda m, _: m.startswith(("numpy", "sklearn"))), "prefijo_numpy",
         "un paquete entero"),
    Caso("06.3", _con_lista(lambda m, n: m.startswith("sklearn") or (m, n) in PERMITIDOS),
         "prefijo_sklearn", "de otra clase"),
    Caso("06.3", _con_lista(lambda _, n: n in {n for _, n in PERMITIDOS}), "solo_el_nombre",
         "tener uno igual"),
    Caso("06.3", _con_lista(_nada_raro), "lista_de_prohibidos", "a nadie se le ocurrió"),
    Caso("06.3", _con_lista(importa_antes=True), "importa_antes", "importar ya es ejecutar"),
    Caso("06.3", _con_lista(si_no=_lanza(ValueError)), "otra_excepcion", "ValueError"),
    Caso("06.3", _da(_se_lo_calla), "no_avisa", "dentro de la función"),
    Caso("06.3", _da(_sin_abrir), "lanza_excepcion", "TypeError", ERROR),
    Caso("06.3", _da(_sin_final), "no_termina", "no terminó", ERROR),
    Caso("06.3", _da(pickle.Unpickler(io.BytesIO())), "no_es_funcion", "sin paréntesis", ERROR),
    Caso("06.4", _da(_firma, _buena), "bien", "Sin la clave", CORRECTO),
    Caso("06.4", _da(_firma, _buena_en_dos), "bien", "no se abre", CORRECTO),
    *(
        Caso("06.4", _da(_firma, carga), "bien", "no se abre", CORRECTO)
        for carga in (_con_otro_nombre, _Cargador(), _con_clase, partial(_buena))
    ),
    Caso("06.4", _firma_con(_huella), "es_una_huella", "lo calcula cualquiera"),
    Caso("06.4", _firma_con(_pegada), "clave_pegada", "alargar el archivo"),
    Caso("06.4", _firma_con(_del_nombre), "otra_firma", "el nombre y no el contenido"),
    Caso("06.4", _firma_con(_en_bytes), "no_es_texto", "`digest()`"),
    Caso("06.4", _firma_con(lambda ruta, clave: print(ruta)), "no_es_texto", "falta el `return`"),
    Caso("06.4", _carga_firmada(antes=True), "tarde", "carga primero"),
    Caso("06.4", _carga_firmada(vale=lambda *_: True), "obedece", "con otra clave"),
    Caso("06.4", _carga_firmada(vale=_hasta_donde_llegue), "obedece", "firma vacía"),
    Caso("06.4", _carga_firmada(vale=lambda una, otra: una[:32] == otra[:32]), "obedece",
         "con media firma"),
    Caso("06.4", _carga_firmada(sin_firma=pickle.loads), "obedece", "sin `.firma` al lado"),
    Caso("06.4", _carga_firmada(vale=str.__eq__), "con_igual", "detenerse en la primera"),
    Caso("06.4", _carga_firmada(vale=str.__ne__), "rechaza_el_bueno", "al revés"),
    Caso("06.4", _carga_firmada(firma_en="notas.pkl.firma"), "otra_ruta", "está fija"),
    Caso("06.4", _carga_firmada(devuelve=print), "no_devuelve", "falta el `return`"),
    Caso("06.4", _carga_firmada(al_fallar=print), "no_avisa", "como si nada"),
    Caso("06.4", _da(_firma, _con_assert), "otra_excepcion", "AssertionError", ERROR),
    Caso("06.4", _da(_que_duerme, _buena), "no_termina", "no terminó", ERROR),
    Caso("06.4", _da(_firma, "carga"), "no_es_funcion", "sin paréntesis", ERROR),
    Caso("06.5", _da(INFORME), "bien", SOLO_LA_FORMA, CORRECTO),
    Caso("06.5", _da(VACIO), "sin_responder", "cada línea", EN_BLANCO),
    Caso("06.5", _da(INFORME.splitlines()), "no_es_texto", "comillas triples"),
    Caso("06.5", _informe(Segundo=""), "falta_una_linea", "sin la línea «Segundo:»"),
    Caso("06.5", _informe(Tercero="aislamiento"), "muy_corta", "no se puede discutir"),
    Caso("06.5", _informe(Tercero="..."), "muy_corta", "al menos 4"),
    Caso("06.5", _informe(Primero="mirar el archivo sin cargarlo",
         Segundo="Mirar el archivo sin cargarlo"), "se_repite", "otro momento"),
    Caso("06.6", _da(dict(VERDADES)), "bien", "se termina", CORRECTO),
    Caso("06.6", _da({"a": True}), "sin_responder", "b, c, d, e", EN_BLANCO),
    Caso("06.6", _da("a"), "no_es_diccionario", "letras a, b"),
    Caso("06.6", _verdades(a="verdadero"), "no_es_true_o_false", "sin comillas"),
    Caso("06.6", _verdades(a=False), "lo_unico_que_dice", "una sola comparación"),
    Caso("06.6", _verdades(b=True), "cambio_la_lista", "propiedad del archivo"),
    Caso("06.6", _verdades(c=True), "varios_escaneres", "el mismo defecto"),
    Caso("06.6", _verdades(d=True), "hasta_hoy_bien", "sigue prediciendo"),
    Caso("06.6", _verdades(e=False), "el_aviso_si_cuenta", "el silencio, no"),
]  # fmt: skip
