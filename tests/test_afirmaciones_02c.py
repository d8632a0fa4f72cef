"""Lo que 02c · dill dice sin una celda que lo muestre entero."""

import ast
import base64
import json
import pickle
import platform
import sys

import joblib
import pytest
from arbol import RAIZ

from helpers.ejercicios.revision_02c import NECESITAN_DILL
from helpers.proceso import ejecuta_en_proceso_nuevo

# Dos funciones que guardó cada Python con dill 0.4.1 y recurse=True, en base 85:
#     def vueltas(x):
#         s = 0
#         for i in range(3):
#             s = s + x
#         return s
#     doble = lambda x: x * 2
GUARDADAS_POR = {
    "3.11": {
        "vueltas": (
            "fCQCQ0RR910001t3S?<)Y%X79X>4qij1XUAa%Ew3WnX4>Zew(5Z*G*6lqhHbj0|66a%Ew3WnW`&WM!0-lqf?"
            "80s#a8A^{8mluH3i080Q%14{!-14B5M0AvAu0dxTX00000000000AvED0RRB20RR910000007L*?2Ymv30ek"
            ">@0001e0gMQI0aE~!PD=nw1BaB11#)3-XJwRyl#Bs*l#Bs$l#Bssl!ugz2XAz8Z!U0ol#B;<b!BXHVRMvd4@"
            "&|=EPw#m2nm2e-3=0uF^O1=SnvP=1rqQ80R<9>0oV);kO7HBhyjQJ*b5ARNR&eWlqo56lv0#^l#B>pUv6P-W"
            "nW*Ej0A6Va&MG#Xb(<Kbd*w*eUyEaj1OO5VQy}3bYXO9Z*Fs6UzB~6bB2^+XcUYEa$#;~Wt3<Dj0#_DZ((F#"
            "ba`-Pl#`Tb2!)hVlyfjH"
        ),
        "doble": (
            "fCQDv000000001t3S?<)Y%X79X>4qij1XUAa%Ew3WnX4>Zew(5Z*G*6lqhHbj0|66a%Ew3WnW`&WM!0-lqf?"
            "0luH3i080Q%0ZRf)149g#0DJ&s0eS@h08;>zPD=uYlqrk>c$9^dj0bOYa&Inhd6bL@JZxcYVq{@HlxPb}2SW"
            ";g0FWV&VUZ<(0F-D2DJgW6Qj~p^j0j&}ZeeX@Utg4r1aEY5Z<KRr3r<dSlv0#^lzo(p4_{wlZf<XMVRUJ4Zg"
            "XE>lzo(QhLmD1"
        ),
    },
    "3.12": {
        "vueltas": (
            "fCQCK0RR910001t3S?<)Y%X79X>4qij1XUAa%Ew3WnX4>Zew(5Z*G*6lqhHbj0|66a%Ew3WnW`&WM!0-lqf?"
            "A0s#a8903gf0s@pv0ZRZ&080Z)14{!#G?xHm0et~<0RR91000000AvEI0RR910000)09^+F0DS^{0ek>@000"
            "1e0gMR*0DJ*c0F+Kk080ahl#B&(VQyz-l!cUx0eF;*0dtg$0cn(nl#B;&baHPlaCwxB2X=L3Y;<9BlxPo20z"
            ")W(0N4l#fI-|15|A;ASn>b?1rmq>*bEJj0f|M40q_F>1rp#341h?KLjaU1DRh)llzo(p2wz`rVQpn!UzCglZ"
            "*+2RlyhhgPEK@`Qj~p^eUyw3UteKvZf|s9bZKvHb6;PSeUx*ClwxQUj0JLGZf9kbXaI}~Uu<t-WM6c7aAlN}"
            "lxPTrlv0#)FfI"
        ),
        "doble": (
            "fCQDv000000001t3S?<)Y%X79X>4qij1XUAa%Ew3WnX4>Zew(5Z*G*6lqhHbj0|66a%Ew3WnW`&WM!0-lqf?"
            "0luH3i080Q%0ZRf)149g#0DJ&s0eS@h08;>zPD=uYlqrk>c$9^dj0bOYa&Inhd6bL@JZxcYVq{@HlxPb}2SW"
            ";g0FWV&VUZ<(0F-D2DJgW6Qj~p^j0j&}ZeeX@Utg4r1aEY5Z<KRr3r<dSlv0#^lzo(p4_{wlZf<XMVRUJ4Zg"
            "XE>lzo(QhLmD1"
        ),
    },
    "3.13": {
        "vueltas": (
            "fCQCF0RR910001t3S?<)Y%X79X>4qij1XUAa%Ew3WnX4>Zew(5Z*G*6lqhHbj0|66a%Ew3WnW`&WM!0-lqf?"
            "A0s#a8903gf1Ok*x0ZRZ&080Z)14{!#HkANV0d4_X0RR910000008;`r0RR910000J07wS_0B!<U5G?=z0B!"
            "+I2><{K03ZNW0VDvFPD=nw1BaB11#)3-XJwRyl#Bs*l#Bs$l#Bssl!ugz2XAz8Z!U0ol#B;<b!BXHVRMvd4@"
            "&|=A%Fnb2nm2e+zk?tF^*V>0oV);iA9P5@dE%37T^mEfJl@>0F)^ybd*w*eUyv{UtexvZDn6yl#B##baHQ$b"
            "7&7vPIQz~lzo(al#CBwUtw-;Z**aFX>V?GUtg4clyioZVrUeM1#)3-XJwRV0E`M>Y;R#?UvznJWt5YYXb6Rr"
            "Qj~KrE&"
        ),
        "doble": (
            "fCQDt000000001t3S?<)Y%X79X>4qij1XUAa%Ew3WnX4>Zew(5Z*G*6lqhHbj0|66a%Ew3WnW`&WM!0-lqf?"
            "0luH3i080Q%0ZRf)149gz0961}0WAdp03-mEPD=uYlqrk>c$9^dj0bOYa&Inhd6bL@JZxcYVq{@HlxPb}2SW"
            "&e0FWV&VUi`3Xay-Lbd*w*eUyv{UtexvZDn6yl#B##baHQ$b7%`rPIQz~lzo(al#CBwUtw-;Z**aFX>V?GUt"
            "g4clyioZVlD"
        ),
    },
}
MEDIDOS = ("3.11.7", "3.12.1", "3.13.0")
AQUI = f"{sys.version_info.major}.{sys.version_info.minor}"


def usa_la_funcion(python, funcion, carpeta):
    """Lo que responde, con un 21, una función que guardó otro Python."""
    (carpeta / "f.dill").write_bytes(base64.b85decode(GUARDADAS_POR[python][funcion]))
    return ejecuta_en_proceso_nuevo(
        "import dill\nwith open('f.dill', 'rb') as f: print(dill.load(f)(21))", carpeta
    )


@pytest.mark.skipif(sys.platform != "linux", reason="lo que cierra Python se midió en Linux")
@pytest.mark.skipif(AQUI not in GUARDADAS_POR, reason=f"no se midió con Python {AQUI}")
def test_02c_una_funcion_con_un_bucle_cierra_otro_python(tmp_path):
    assert usa_la_funcion(AQUI, "vueltas", tmp_path).texto == "63\n"
    for python in GUARDADAS_POR.keys() - {AQUI}:
        salida = usa_la_funcion(python, "vueltas", tmp_path)
        # Lo que hace un código ajeno no está definido: otra revisión podría dar una excepción.
        esperado = "código -" if platform.python_version() in MEDIDOS else ""
        assert salida.error and salida.error.startswith(esperado), f"de {python}: {salida}"


@pytest.mark.skipif(sys.platform != "linux", reason="lo que cierra Python se midió en Linux")
@pytest.mark.skipif(AQUI not in GUARDADAS_POR, reason=f"no se midió con Python {AQUI}")
def test_02c_una_lambda_de_una_operacion_pasa_de_3_11_a_3_12_y_no_a_3_13(tmp_path):
    salida = usa_la_funcion("3.11", "doble", tmp_path)
    assert bool(salida.error) == (AQUI == "3.13"), salida


def test_02c_los_comienzos_que_necesitan_dill(tmp_path):
    lecciones = json.loads((RAIZ / "notebooks" / "02c_dill.ipynb").read_text(encoding="utf-8"))
    celda = next(celda for celda in lecciones["cells"] if celda["id"] == "s3-comienzos")
    comienzos = ast.literal_eval("".join(celda["source"]).partition("=")[2].strip())
    final = "\ndef triple(x): return 3 * x\njoblib.dump(triple, 'triple.joblib')"
    necesitan = set()
    for letra, comienzo in comienzos.items():
        assert ejecuta_en_proceso_nuevo(comienzo + final, tmp_path).error == ""
        if b"dill" in (tmp_path / "triple.joblib").read_bytes():
            necesitan.add(letra)
    assert necesitan == NECESITAN_DILL


def test_02c_pickle_usa_c_y_joblib_copia_las_reglas_del_escrito_en_python():
    de_joblib = joblib.numpy_pickle.NumpyPickler
    assert pickle.Pickler.__module__ == "_pickle"
    assert issubclass(de_joblib, pickle._Pickler)
    assert de_joblib.dispatch is not pickle._Pickler.dispatch


GUARDA_CON_LAS_DOS = """
import cloudpickle
import dill

def doble(x):
    return 2 * x

def con_recurse(objeto):
    return dill.dumps(objeto, recurse=True)

for nombre, guarda in (("dill", con_recurse), ("cloudpickle", cloudpickle.dumps)):
    with open(nombre, "wb") as archivo:
        archivo.write(guarda(doble))
    try:
        guarda(n for n in [1])
    except TypeError:
        print("sin generador:", nombre)
"""


def test_02c_hay_que_tener_la_libreria_y_no_guarda_generadores(tmp_path):
    guardado = ejecuta_en_proceso_nuevo(GUARDA_CON_LAS_DOS, tmp_path)
    assert guardado.texto.splitlines() == ["sin generador: dill", "sin generador: cloudpickle"]
    for libreria in ("dill", "cloudpickle"):
        carga = f"import pickle\nwith open({libreria!r}, 'rb') as f: print(pickle.load(f)(4))"
        assert ejecuta_en_proceso_nuevo(carga, tmp_path).texto == "8\n"
        sin_ella = f"import sys; sys.modules[{libreria!r}] = None\n{carga}"
        assert "ModuleNotFoundError" in ejecuta_en_proceso_nuevo(sin_ella, tmp_path).error
