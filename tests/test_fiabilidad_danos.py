"""Miles de archivos dañados: `load_model` da el error que toca o el modelo que se guardó."""

import random
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest
from fiabilidad import danos
from fiabilidad.carga import IGUAL, NO_PREDICE, OTRO
from fiabilidad.ensayo import contrata, ensaya
from fiabilidad.modelos import CONFIAR, FORMAS, pequenos
from fiabilidad.taller import LIMITE, MURIO, NO_RESPONDIO, Obrero

MODELOS = tuple(pequenos())
DANOS_POR_ARCHIVO = 150  # de cada modelo en cada forma, con ficha, y otros tantos sin ella
DANOS_POR_FICHA = 25  # a la ficha sola, y otros tantos a los dos archivos
MINIMO = 5000  # archivos dañados, entre los que tienen ficha y los que no
OBREROS = 2
SIN_ESPERAR = 1  # segundos: sin ficha hay modelos que no acaban nunca de predecir
SIN_SUMA = ("pickle", "joblib", "dill")  # formas que no llevan una suma de control en el archivo
# Lo que puede salir de un archivo dañado que no tiene ficha.
ERRORES = {"ArchivoDanado", "ArchivoIncompleto", "ArchivoVacio", "FaltaUnaClase", "FormatoDistinto",
           "NoEsDeUnModelo", "TiposSinAprobar"}  # fmt: skip
SE_ESCAPA = {OTRO, NO_PREDICE, MURIO, NO_RESPONDIO}


@dataclass(frozen=True)
class Dano:
    """Un archivo estropeado, y cómo se va a cargar."""

    origen: str
    semilla: str
    manera: str
    archivo: bytes
    ficha: bytes | None
    verificar: bool = True

    @property
    def forma(self):
        """El nombre de la forma en que se guardó."""
        return self.origen.partition("/")[2]


@dataclass(frozen=True)
class Veredicto:
    """Qué salió al cargarlo: un modelo, una excepción, o lo que le pasó al proceso."""

    dano: Dano
    sale: str
    propia: bool
    texto: str = ""

    def __str__(self):
        return f"{self.dano.semilla} ({self.dano.manera}): {self.sale}. {self.texto}"


@pytest.fixture(scope="module")
def taller(tmp_path_factory):
    """Los archivos de partida, y una función que carga muchos daños y da sus veredictos."""
    carpeta = tmp_path_factory.mktemp("danos")
    with ExitStack() as abiertos:
        obreros = [
            abiertos.enter_context(contrata(carpeta / f"obrero {n}")) for n in range(OBREROS)
        ]
        hilos = abiertos.enter_context(ThreadPoolExecutor(OBREROS))
        rutas = obreros[0].pide("carga.guarda_los_de_partida", 120, carpeta=str(carpeta))
        partida = {origen: Path(ruta) for origen, ruta in rutas.items()}

        def juzga(lista):
            partes = [lista[n::OBREROS] for n in range(OBREROS)]
            juzgadas = hilos.map(_juzga_todos, obreros, partes, [partida] * OBREROS)
            return [veredicto for parte in juzgadas for veredicto in parte]

        yield partida, juzga


def _juzga_todos(obrero, lista, partida):
    sitio = obrero.carpeta / "sitio"
    sitio.mkdir(exist_ok=True)
    return [_juzga(obrero, dano, sitio / f"modelo{partida[dano.origen].suffix}") for dano in lista]


def _juzga(obrero, dano, ruta):
    ficha = _la_ficha(ruta)
    ruta.write_bytes(dano.archivo)
    if dano.ficha is not None:
        ficha.write_bytes(dano.ficha)
    modelo = dano.origen.partition("/")[0]
    salida = ensaya(
        obrero,
        ruta,
        modelo,
        LIMITE if dano.ficha and dano.verificar else SIN_ESPERAR,
        verificar=dano.verificar,
        confiar=CONFIAR.get(modelo, ()) if ruta.suffix == ".skops" else (),
    )
    ruta.unlink()
    ficha.unlink(missing_ok=True)
    return Veredicto(dano, salida["sale"], salida["propia"], salida.get("texto", ""))


def _la_ficha(ruta):
    return ruta.with_name(f"{ruta.name}.json")


def _archivos_danados(partida, cuantos, con_ficha, verificar=True):
    for origen, original in partida.items():
        entero, ficha = original.read_bytes(), _la_ficha(original).read_bytes()
        for numero in range(cuantos):
            semilla = f"{origen}, daño {numero}"
            manera, danado = danos.dana(random.Random(semilla), entero)
            yield Dano(origen, semilla, manera, danado, ficha if con_ficha else None, verificar)


def _fichas_danadas(partida, cuantas, con_el_modelo):
    for origen, original in partida.items():
        entero, ficha = original.read_bytes(), _la_ficha(original).read_bytes()
        for numero in range(cuantas):
            semilla = f"{origen}, ficha {numero}"
            azar = random.Random(semilla)
            manera, danada = danos.dana(azar, ficha)
            modelo = danos.dana(azar, entero)[1] if con_el_modelo else entero
            yield Dano(origen, semilla, manera, modelo, danada)


def _fichas_cambiadas(partida):
    for origen in ("tubería/pickle", "bosque/skops"):
        original = partida[origen]
        for que, ficha in danos.fichas_cambiadas(_la_ficha(original).read_bytes()):
            yield Dano(origen, f"{origen}, {que}", "cambio", original.read_bytes(), ficha.encode())


@pytest.fixture(scope="module")
def con_ficha(taller, veces):
    partida, juzga = taller
    return juzga(list(_archivos_danados(partida, DANOS_POR_ARCHIVO * veces, con_ficha=True)))


@pytest.fixture(scope="module")
def sin_ficha(taller, veces):
    partida, juzga = taller
    return juzga(list(_archivos_danados(partida, DANOS_POR_ARCHIVO * veces, con_ficha=False)))


def _cuenta(veredictos):
    return Counter(v.sale for v in veredictos)


def _fuera_de(veredictos, admitidos):
    """Los que no están entre lo admitido, para que el fallo los enseñe: bastan unos pocos."""
    return [str(v) for v in veredictos if v.sale not in admitidos or not v.propia][:5]


def test_lo_que_no_se_dano_se_carga(taller):
    partida, juzga = taller
    intactos = [
        Dano(origen, origen, "ninguna", ruta.read_bytes(), ficha)
        for origen, ruta in partida.items()
        for ficha in (None, _la_ficha(ruta).read_bytes())
    ]
    veredictos = juzga(intactos)
    assert len(veredictos) == 2 * len(FORMAS) * len(MODELOS)
    assert _fuera_de(veredictos, {IGUAL}) == []


def test_con_ficha_todo_dano_se_descubre_antes_de_cargar(con_ficha, anota):
    anota(
        "Cargar un archivo dañado que tiene su ficha",
        len(con_ficha),
        _cuenta(con_ficha),
        "Con ficha, ningún daño pasa: se descubre por la huella, antes de deserializar nada.",
    )
    assert _fuera_de(con_ficha, {"HuellaDistinta"}) == []


def test_sin_ficha_todo_error_es_del_curso(sin_ficha, anota):
    escapan = Counter(v.dano.forma for v in sin_ficha if v.sale in SE_ESCAPA)
    anota(
        "Cargar un archivo dañado que no tiene ficha",
        len(sin_ficha),
        _cuenta(sin_ficha),
        "Sin ficha no se descubre el daño que deja otro modelo, ni el que deja uno que falla o no "
        "termina al predecir, ni se evita que cargarlo acabe con el proceso. Se escapan "
        + ", ".join(f"{escapan[forma.nombre]} con {forma.nombre}" for forma in FORMAS)
        + ".",
    )
    # Con HuellaDistinta es que había una ficha: la prueba no habría probado nada.
    assert _fuera_de(sin_ficha, ERRORES | SE_ESCAPA | {IGUAL}) == []


def test_sin_ficha_la_prueba_ve_los_modelos_equivocados(sin_ficha):
    """Si nunca los hubiera, que con ficha no los haya no diría nada."""
    escapan = [v for v in sin_ficha if v.sale in SE_ESCAPA]
    assert {v.dano.forma for v in escapan} >= set(SIN_SUMA)
    assert {OTRO, NO_PREDICE} <= {v.sale for v in escapan}


def test_un_archivo_cortado_nunca_da_otro_modelo(sin_ficha):
    cortados = [v for v in sin_ficha if v.dano.manera in ("corta", "corta_el_final")]
    assert len(cortados) > len(FORMAS) * len(MODELOS)
    assert _fuera_de(cortados, ERRORES | {IGUAL}) == []


def test_un_bit_de_un_coeficiente(taller, anota):
    """El daño más silencioso: el archivo se lee bien y el número es otro."""
    partida, juzga = taller
    for manera, como, sale, nota in (
        ("con su ficha", {}, "HuellaDistinta", ""),
        ("con verificar=False", {"verificar": False}, OTRO, "Ninguno se puede descubrir."),
        ("sin ficha", {"ficha": None}, OTRO, "Ninguno se puede descubrir."),
    ):
        lista = [
            Dano(origen, f"bit {bit}", "bit", archivo, **{"ficha": ficha, **como})
            for origen in (f"recta/{forma}" for forma in SIN_SUMA)
            for ficha in [_la_ficha(partida[origen]).read_bytes()]
            for bit, archivo in _con_otro_coeficiente(partida[origen].read_bytes())
        ]
        veredictos = juzga(lista)
        que = f"Cargar {manera} un modelo con un bit de un coeficiente cambiado"
        anota(que, len(lista), _cuenta(veredictos), nota)
        assert len(lista) == 64 * len(SIN_SUMA)
        assert _fuera_de(veredictos, {sale}) == []


def _con_otro_coeficiente(datos):
    """Da (bit, archivo) con cada bit del primer coeficiente de la recta cambiado."""
    coeficientes = pequenos()["recta"].coef_.tobytes()
    assert datos.count(coeficientes) == 1
    lugar = datos.index(coeficientes)
    for bit in range(64):
        danado = bytearray(datos)
        danado[lugar + bit // 8] ^= 1 << bit % 8
        yield bit, bytes(danado)


def test_con_verificar_false_vuelven_los_modelos_equivocados(taller, veces, anota):
    partida, juzga = taller
    rectas = {origen: ruta for origen, ruta in partida.items() if origen.startswith("recta/")}
    sin_mirar = juzga(list(_archivos_danados(rectas, 50 * veces, True, verificar=False)))
    anota(
        "Cargar con verificar=False un archivo dañado que tiene su ficha",
        len(sin_mirar),
        _cuenta(sin_mirar),
        "Lo mismo que sin ficha: quien lo pide renuncia a descubrirlo.",
    )
    assert any(v.sale in SE_ESCAPA for v in sin_mirar)
    assert _fuera_de(sin_mirar, ERRORES | SE_ESCAPA | {IGUAL}) == []


def test_con_la_ficha_danada_nunca_sale_otro_modelo(taller, veces, anota):
    partida, juzga = taller
    cuantas = DANOS_POR_FICHA * veces
    danadas = [*_fichas_danadas(partida, cuantas, con_el_modelo=False), *_fichas_cambiadas(partida)]
    veredictos = juzga(danadas)
    cuenta = _cuenta(veredictos)
    anota(
        "Cargar un modelo entero con su ficha dañada",
        len(veredictos),
        cuenta,
        "No se descubre un cambio en lo que `load_model` no usa, como `datos` o `metricas`.",
    )
    salidas = {IGUAL, "FichaDanada", "HuellaDistinta", "RespuestasDistintas"}
    assert _fuera_de(veredictos, salidas) == []
    assert set(cuenta) == salidas  # cada una ocurre: los daños llegan a todas las comprobaciones


def test_con_los_dos_danados_no_sale_ningun_modelo(taller, veces, anota):
    partida, juzga = taller
    cuantas = DANOS_POR_FICHA * veces
    veredictos = juzga(list(_fichas_danadas(partida, cuantas, con_el_modelo=True)))
    anota("Cargar con el modelo y su ficha dañados", len(veredictos), _cuenta(veredictos))
    assert _fuera_de(veredictos, {"FichaDanada", "HuellaDistinta"}) == []
    assert set(_cuenta(veredictos)) == {"FichaDanada", "HuellaDistinta"}


def test_los_danos_son_los_que_se_anuncian(con_ficha, sin_ficha, veces):
    assert len(con_ficha) + len(sin_ficha) >= MINIMO * veces
    maneras = {manera.__name__ for manera in danos.MANERAS}
    for veredictos in (con_ficha, sin_ficha):
        for forma in FORMAS:
            suyos = [v.dano.manera for v in veredictos if v.dano.forma == forma.nombre]
            assert len(suyos) == len(veredictos) / len(FORMAS)
            assert set(suyos) == maneras


def test_los_danos_se_repiten_igual():
    datos = bytes(range(256))
    danados = [danos.dana(random.Random(n), datos) for n in range(50)]
    assert danados == [danos.dana(random.Random(n), datos) for n in range(50)]
    assert all(danado != datos for _, danado in danados)


def test_un_obrero_que_muere_o_se_para_se_nota(tmp_path):
    with Obrero(tmp_path) as obrero:
        assert obrero.pide("averias.muere") == MURIO
        assert obrero.pide("averias.se_para", limite=0.2) == NO_RESPONDIO
        assert obrero.pide("averias.responde") == "aquí sigo"
        with pytest.raises(AssertionError, match="ZeroDivisionError"):
            obrero.pide("averias.falla")
