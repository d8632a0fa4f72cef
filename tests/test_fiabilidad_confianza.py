"""Un archivo que ejecutaría código se rechaza antes de que lo haga, si su huella no es la anotada.

La marca es una carpeta que el archivo crea al cargarse: si no está, no se ejecutó nada.
"""

import hashlib
import json
import os
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest
from fiabilidad.carga import CARGADO, IGUAL
from fiabilidad.ensayo import contrata

from helpers.escritura import sitios

EXTENSIONES = {"pickle": ".pkl", "joblib": ".joblib", "dill": ".dill", "skops": ".skops"}
OBEDECEN = ("pickle", "joblib", "dill")  # los que ejecutan lo que el archivo diga
con_cada_metodo = pytest.mark.parametrize("metodo", EXTENSIONES)


@pytest.fixture(scope="module")
def obrero(tmp_path_factory):
    with contrata(tmp_path_factory.mktemp("confianza") / "obrero") as obrero:
        yield obrero


@pytest.fixture(scope="module")
def intentos(anota):
    """Lo que va saliendo de cada carga, para contarlo al final."""
    cuenta = Counter()
    yield cuenta
    anota(
        "Cargar un archivo que ejecutaría código",
        cuenta.total(),
        cuenta,
        "La ficha dice si el archivo es el que se guardó, no si quien lo guardó es de fiar: sin "
        "ficha, con verificar=False o con la huella bien anotada, se ejecuta. Tampoco se puede "
        "impedir que otro programa escriba dentro del mismo archivo mientras se carga.",
    )


@dataclass
class Banco:
    """Una carpeta con un archivo que al cargarse crearía la marca."""

    obrero: object
    intentos: Counter
    metodo: str
    ruta: Path
    marca: Path

    def carga(self, **opciones):
        """Lo que sale al cargarlo. Cuenta además si se ejecutó."""
        salida = self.obrero.pide("carga.intenta", ruta=str(self.ruta), **opciones)
        hizo = "se ejecutó" if self.marca.exists() else "no se ejecutó"
        self.intentos[f"{salida['sale']} ({hizo})"] += 1
        return salida

    def escribe(self, ruta=None):
        """Pone el archivo peligroso en su sitio, o en otro."""
        ruta = str(ruta or self.ruta)
        pedido = {"ruta": ruta, "metodo": self.metodo, "marca": str(self.marca)}
        assert self.obrero.pide("confianza.escribe", **pedido) == "listo"

    def guarda_el_bueno(self):
        """`save_model` de un modelo corriente, con su ficha."""
        assert self.obrero.pide("confianza.guarda_encima", ruta=str(self.ruta)) == "listo"

    def cambia_la_ficha(self, **cambios):
        """Reescribe la ficha que dejó `guarda_el_bueno`."""
        ficha = sitios(self.ruta).ficha
        ficha.write_text(json.dumps({**json.loads(ficha.read_bytes()), **cambios}))

    def huella(self):
        """La del archivo que está en su sitio."""
        return hashlib.sha256(self.ruta.read_bytes()).hexdigest()


@pytest.fixture
def banco(obrero, intentos, tmp_path, metodo):
    ruta = tmp_path / f"modelo{EXTENSIONES[metodo]}"
    return Banco(obrero, intentos, metodo, ruta, tmp_path / "marca")


def _rechaza(banco, clase, **opciones):
    """Sale ese error, que es del curso, y no se ejecutó nada."""
    salida = banco.carga(**opciones)
    assert (salida["sale"], salida["propia"]) == (clase, True), salida
    assert not banco.marca.exists()


def _aprobada(metodo):
    """Lo que hay que aprobar para que skops obedezca."""
    return {"confiar": ["os.mkdir"]} if metodo == "skops" else {}


# --- Lo que se rechaza ----------------------------------------------------------------------------
@con_cada_metodo
def test_con_la_huella_de_otro_no_se_ejecuta(banco, metodo):
    banco.guarda_el_bueno()
    banco.escribe()
    _rechaza(banco, "HuellaDistinta")
    _rechaza(banco, "HuellaDistinta", versiones="estricto")
    _rechaza(banco, "HuellaDistinta", **_aprobada(metodo))


@con_cada_metodo
@pytest.mark.parametrize("huella", ["0" * 64, "", "mayúsculas"])
def test_con_una_huella_cualquiera_no_se_ejecuta(banco, metodo, huella):
    banco.guarda_el_bueno()
    banco.escribe()
    huella = banco.huella().upper() if huella == "mayúsculas" else huella
    banco.cambia_la_ficha(sha256=huella, bytes=banco.ruta.stat().st_size)
    _rechaza(banco, "HuellaDistinta", **_aprobada(metodo))


@con_cada_metodo
@pytest.mark.parametrize("cambio", [{"sha256": None}, {"sha256": ["x"]}, {"ejemplo": 1}])
def test_con_la_ficha_danada_no_se_ejecuta(banco, metodo, cambio):
    banco.guarda_el_bueno()
    banco.escribe()
    banco.cambia_la_ficha(**{"sha256": banco.huella(), **cambio})
    _rechaza(banco, "FichaDanada", **_aprobada(metodo))


@con_cada_metodo
def test_con_la_extension_de_otro_no_se_ejecuta(banco, metodo):
    banco.escribe()
    otra = ".pkl" if metodo == "skops" else ".skops"
    banco.ruta = banco.ruta.rename(banco.ruta.with_suffix(otra))
    _rechaza(banco, "FormatoDistinto")


@con_cada_metodo
def test_con_otra_version_y_estricto_no_se_ejecuta(banco, metodo):
    """La huella es la suya: la versión también se mira antes de cargar."""
    banco.guarda_el_bueno()
    banco.escribe()
    banco.cambia_la_ficha(sha256=banco.huella(), versiones={"scikit-learn": "1.2.2"})
    _rechaza(banco, "VersionDistinta", versiones="estricto", **_aprobada(metodo))


@pytest.mark.parametrize("metodo", ["skops"])
def test_skops_no_ejecuta_lo_que_nadie_aprobo(banco):
    banco.escribe()
    _rechaza(banco, "TiposSinAprobar")
    _rechaza(banco, "TiposSinAprobar", verificar=False)
    _rechaza(banco, "TiposSinAprobar", confiar=["os.rmdir"])
    _rechaza(banco, "OpcionDesconocida", confiar=True)
    banco.guarda_el_bueno()
    banco.escribe()
    banco.cambia_la_ficha(sha256=banco.huella())
    _rechaza(banco, "TiposSinAprobar")  # tampoco si la huella es la suya


# --- El control: en otro caso sí se ejecuta, así que lo anterior probaba algo ---------------------
@con_cada_metodo
def test_sin_ficha_se_ejecuta(banco, metodo):
    banco.escribe()
    assert banco.carga(**_aprobada(metodo))["sale"] == CARGADO
    assert banco.marca.is_dir()


@con_cada_metodo
def test_con_verificar_false_se_ejecuta(banco, metodo):
    banco.guarda_el_bueno()
    banco.escribe()
    assert banco.carga(verificar=False, **_aprobada(metodo))["sale"] == CARGADO
    assert banco.marca.is_dir()


@con_cada_metodo
def test_con_su_huella_se_ejecuta_y_despues_no_pasa_por_el_modelo(banco, metodo):
    banco.guarda_el_bueno()
    banco.escribe()
    banco.cambia_la_ficha(sha256=banco.huella())
    # La ficha lleva respuestas, y lo que vuelve no las da.
    assert banco.carga(**_aprobada(metodo))["sale"] == "RespuestasDistintas"
    assert banco.marca.is_dir()


# --- Mirar y guardar no cargan nada ---------------------------------------------------------------
@con_cada_metodo
def test_mirarlo_no_lo_ejecuta(banco, metodo, obrero):
    banco.guarda_el_bueno()
    banco.escribe()
    vio = obrero.pide("confianza.mira", ruta=str(banco.ruta))
    assert vio["de acuerdo"]
    assert vio["ficha"] == "sklearn.linear_model._base.LinearRegression"
    assert [nombre for nombre in vio["nombres"] if nombre.endswith(".mkdir")]
    assert not banco.marca.exists()


@con_cada_metodo
@pytest.mark.parametrize("pendiente", [False, True], ids=["sin ficha", "con una ficha pendiente"])
def test_guardar_encima_no_lo_ejecuta(banco, metodo, obrero, pendiente):
    """Ni el que está en el sitio del modelo, ni los que parecen restos de un corte."""
    donde = sitios(banco.ruta)
    if pendiente:
        banco.guarda_el_bueno()
        banco.escribe()
        banco.cambia_la_ficha(sha256=banco.huella())
        donde.ficha.replace(donde.ficha_nueva)
    for ruta in (donde.modelo, donde.modelo_nuevo, donde.modelo_anterior):
        banco.escribe(ruta)
    banco.guarda_el_bueno()
    assert obrero.pide("carga.intenta", ruta=str(banco.ruta))["sale"] == CARGADO
    assert obrero.pide("carga.predice", modelo="recta") == IGUAL
    assert not banco.marca.exists()
    assert {ruta.name for ruta in banco.ruta.parent.iterdir()} == {
        donde.modelo.name,
        donde.ficha.name,
    }


# --- Lo que se comprueba es lo que se carga -------------------------------------------------------
@pytest.mark.skipif(os.name == "nt", reason="en Windows no se sustituye un archivo que otro lee")
@con_cada_metodo
@pytest.mark.parametrize("cuando", ["huella", "formato"])
def test_si_lo_cambian_despues_de_comprobarlo_se_carga_el_comprobado(
    banco, metodo, obrero, tmp_path, cuando
):
    banco.guarda_el_bueno()
    bueno, otro = banco.huella(), tmp_path / f"otro{banco.ruta.suffix}"
    banco.escribe(otro)
    pedido = {"ruta": str(banco.ruta), "otro": str(otro), "cuando": cuando}
    salida = obrero.pide("confianza.carga_y_lo_cambian", **pedido)
    assert salida["cambiado"]
    assert banco.huella() != bueno
    assert (salida["sale"], obrero.pide("carga.predice", modelo="recta")) == (CARGADO, IGUAL)
    assert "Comprobado: huella y 3 respuestas" in salida["dicho"]
    assert not banco.marca.exists()
    _rechaza(banco, "HuellaDistinta", **_aprobada(metodo))  # la siguiente vez, se descubre
