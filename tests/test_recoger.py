"""Lo que llega de Moodle: nombres raros, zips con trampa y lo que no es de nadie."""

import csv
import io
import stat
import zipfile

import pytest

from helpers.docencia import recoger
from helpers.docencia.clase import Calificada
from helpers.docencia.devolver import escribe_paginas
from helpers.docencia.elegir import lee_entregas
from helpers.docencia.notas import (
    FORMATOS,
    escribe_notas,
    escribe_textos,
    lee_niveles,
    por_que,
)
from helpers.docencia.puntuar import Calificacion
from helpers.docencia.recoger import recoge
from helpers.docencia.tarea import lee_tarea
from helpers.errores import ErrorDelCurso
from helpers.ordenes.calificar import ejecuta


@pytest.fixture
def recogido(tmp_path):
    """Función que recoge un zip hecho con pares (nombre, bytes) y da las entregas por nombre."""

    def hazlo(*piezas):
        ruta, destino = tmp_path / "z.zip", tmp_path / "destino"
        with zipfile.ZipFile(ruta, "w", zipfile.ZIP_DEFLATED) as zip_:
            for nombre, datos in piezas:
                zip_.writestr(nombre, datos)
        destino.mkdir()
        entregas, rechazos = recoge(ruta, destino)
        dentro = [r for r in destino.rglob("*") if r.is_file()]
        assert len(dentro) == sum(len(e.archivos) for e in entregas), "hay archivos de nadie"
        return {e.nombre: e for e in entregas}, rechazos

    return hazlo


@pytest.mark.parametrize(
    ("ruta", "nombre", "ident"),
    [
        # Desde Moodle 4.1 la carpeta acaba en «file»; antes, en «file_».
        ("Núñez Ana_12345_assignsubmission_file/t1.ipynb", "Núñez Ana", "12345"),
        ("O'Neil Zoë_9_assignsubmission_onlinetext/onlinetext.html", "O'Neil Zoë", "9"),
        ("Núñez Ana_12345_assignsubmission_file_/t1.ipynb", "Núñez Ana", "12345"),
        ("Ana_María Núñez_7_assignsubmission_file_/sub/t1.ipynb", "Ana María Núñez", "7"),
        ("Núñez Ana_12345_assignsubmission_file_t1.ipynb", "Núñez Ana", "12345"),
        ("Núñez Ana_12345_assignsubmission_file", "Núñez Ana", "12345"),
        ("O'Neil Zoë_9_assignsubmission_onlinetext_/onlinetext.html", "O'Neil Zoë", "9"),
        ("ana/t1.ipynb", "ana", ""),
        ("J. Pérez/t1.ipynb", "J. Pérez", ""),
        ("ana núñez.ipynb", "ana núñez", ""),
    ],
)
def test_se_sabe_de_quien_es(recogido, ruta, nombre, ident):
    entregas, rechazos = recogido((ruta, b"{}"))
    assert [(e.nombre, e.ident, len(e.archivos)) for e in entregas.values()] == [(nombre, ident, 1)]
    assert not rechazos


def test_las_tildes_de_un_zip_que_no_dice_su_codificacion():
    ficha = zipfile.ZipInfo("Núñez.ipynb".encode().decode("cp437"))
    assert recoger._nombre_de(ficha) == "Núñez.ipynb"


def test_lo_que_quiere_salir_se_rechaza_y_se_nombra(recogido, tmp_path):
    enlace = zipfile.ZipInfo("eva/enlace.ipynb")
    enlace.external_attr = (stat.S_IFLNK | 0o777) << 16
    entregas, rechazos = recogido(
        ("../fuera.ipynb", b"x"), ("/abs.ipynb", b"x"), ("C:/win.ipynb", b"x"),
        ("leo\\..\\..\\fuera2.ipynb", b"x"), (enlace, b"/etc/passwd"), ("ana/t1.ipynb", b"{}"),
    )  # fmt: skip
    assert set(entregas) == {"ana"}
    assert len(rechazos) == 5
    assert sum("salir de su carpeta" in r for r in rechazos) == 4
    assert not list(tmp_path.rglob("fuera*"))


def test_una_bomba_no_pesa_mas_que_lo_permitido(recogido, monkeypatch):
    monkeypatch.setattr(recoger, "MAXIMO", 3 * 2**20)
    entregas, _ = recogido(("ana/t1.ipynb", bytes(20 * 2**20)), ("leo/t1.ipynb", b"{}"))
    assert entregas["ana"].archivos == [] and "pesa más" in entregas["ana"].avisos[0]
    assert entregas["leo"].archivos == ["t1.ipynb"]


def test_muchos_archivos_se_cuentan(recogido):
    entregas, _ = recogido(*((f"ana/{n}.txt", b"x") for n in range(80)))
    assert len(entregas["ana"].archivos) == recoger.ARCHIVOS_POR_ENTREGA
    assert "más de" in entregas["ana"].avisos[0]


def test_un_zip_danado_dentro_no_para_a_nadie(recogido):
    entregas, _ = recogido(("ana/t.zip", b"PK\x03\x04roto"), ("leo/t1.ipynb", b"{}"))
    assert set(entregas) == {"ana", "leo"}


def test_dos_nombres_parecidos_no_comparten_archivo(recogido):
    entregas, _ = recogido(("a:b/t.ipynb", b"1"), ("a*b/t.ipynb", b"2"), ("A?B/t.ipynb", b"3"))
    claves = [e.clave.casefold() for e in entregas.values()]
    assert len(set(claves)) == len(claves) == 2  # «a:b» quería ser una unidad de Windows


@pytest.mark.parametrize("contenido", [None, b"no soy un zip"])
def test_sin_entregas_se_dice(tmp_path, contenido):
    ruta = tmp_path / "z.zip"
    if contenido is None:
        zipfile.ZipFile(ruta, "w").close()
    else:
        ruta.write_bytes(contenido)
    with pytest.raises(ErrorDelCurso, match="no hay ninguna entrega|ni un zip"):
        recoge(ruta, tmp_path)


# --- La tabla ------------------------------------------------------------------------------------
T1 = lee_tarea("t1_conceptos")
PUNTOS = {"t1.1": 2, "t1.2": 1, "t1.3": 1, "t1.4": 2, "t1.5": 0}


def calificada(nombre, puntos=PUNTOS, texto="", **otros):
    nota = Calificacion(puntos, {"t1.2": ["falta algo"]}, [], {"t1.5": texto}, **otros)
    return Calificada(nombre, "7", f"{nombre}_7", nota)


@pytest.mark.parametrize(
    ("formato", "escala", "nota", "separador"),
    [("es", 10, "6", ";"), ("mx", 5, "3", ","), ("es", 20, "12", ";"), ("mx", 100, "60", ",")],
)
def test_la_tabla_se_escribe_como_en_cada_pais(tmp_path, formato, escala, nota, separador):
    ruta = tmp_path / "notas.csv"
    escribe_notas(ruta, T1, [calificada("Núñez Ana")], {}, FORMATOS[formato], escala)
    datos = ruta.read_bytes()
    assert datos.startswith(b"\xef\xbb\xbf"), "sin la marca, Excel no reconoce las tildes"
    assert b"\r\n" in datos
    (fila,) = csv.DictReader(io.StringIO(datos.decode("utf-8-sig")), delimiter=separador)
    assert (fila["nombre"], fila["identificador"], fila["nota"]) == ("Núñez Ana", "7", nota)
    assert fila["por qué"] == "t1.2: falta algo · t1.5: sin responder"


def test_el_decimal_es_el_del_pais(tmp_path):
    ruta = tmp_path / "notas.csv"
    for formato, decimal in (("es", "6,67"), ("mx", "6.67")):
        una = calificada("Ana", PUNTOS | {"t1.2": 1.67})
        escribe_notas(ruta, T1, [una], {}, FORMATOS[formato], 10)
        assert decimal in ruta.read_text(encoding="utf-8")


def test_un_nombre_no_es_una_formula(tmp_path):
    ruta = tmp_path / "notas.csv"
    escribe_notas(ruta, T1, [calificada("=1+1\x1b[2J")], {}, FORMATOS["es"], 10)
    assert "'=1+1[2J;" in ruta.read_text(encoding="utf-8")


def test_lo_que_no_se_pudo_calificar_no_es_un_cero(tmp_path):
    ruta = tmp_path / "notas.csv"
    escribe_notas(ruta, T1, [calificada("Ana", {}, fallo="x")], {}, FORMATOS["es"], 10)
    assert "Ana;7;;;;;;;" in ruta.read_text(encoding="utf-8")


def test_los_textos_se_valoran_en_su_hoja_y_suman(tmp_path):
    hoja, clase = tmp_path / "textos.csv", [calificada("Ana", texto="Bastan los números.")]
    assert escribe_textos(hoja, T1, clase, {}, FORMATOS["es"]) == 1
    assert lee_niveles(hoja, T1) == {}
    assert "pendiente de valorar" in por_que(T1, clase[0], {})
    hoja.write_text(hoja.read_text("utf-8").replace("t1.5;;", "t1.5;3;"), "utf-8")
    niveles = lee_niveles(hoja, T1)
    assert niveles == {("Ana_7", "t1.5"): 3}
    completa = [calificada("Ana", PUNTOS | {"t1.2": 2}, "Bastan los números.")]
    assert escribe_notas(tmp_path / "n.csv", T1, completa, niveles, FORMATOS["es"], 10) == [10]
    escribe_textos(hoja, T1, clase, niveles, FORMATOS["mx"])
    assert lee_niveles(hoja, T1) == niveles, "repetir la orden no borra lo valorado"
    hoja.write_text(hoja.read_text("utf-8").replace("t1.5,3,", "t1.5,9,"), "utf-8")
    with pytest.raises(ErrorDelCurso, match="0, 1, 2 o 3"):
        lee_niveles(hoja, T1)


def test_la_hoja_de_otra_tarea_no_se_pisa(tmp_path):
    """Con el mismo --csv para dos tareas se perdían los niveles de la primera."""
    hoja, clase = tmp_path / "notas_textos.csv", [calificada("Ana", texto="Bastan los números.")]
    escribe_textos(hoja, T1, clase, {}, FORMATOS["es"])
    with pytest.raises(ErrorDelCurso, match=r"es de otra tarea(.|\n)*--csv notas_t2.csv"):
        lee_niveles(hoja, lee_tarea("t2_metodos"))


def test_la_hoja_de_textos_vale_como_la_guarda_excel(tmp_path):
    """«CSV» a secas escribe con la codificación de Windows."""
    hoja, clase = tmp_path / "textos.csv", [calificada("Íñigo", texto="¿Cuál? Los números.")]
    escribe_textos(hoja, T1, clase, {}, FORMATOS["es"])
    hoja.write_text(hoja.read_text("utf-8-sig").replace("t1.5;;", "t1.5;3;"), "cp1252")
    assert lee_niveles(hoja, T1) == {("Íñigo_7", "t1.5"): 3}


@pytest.mark.parametrize(
    "argumentos",
    [[], [".", "--csv"], [".", "--csv", "n.csv", "--escala", "7"],
     [".", "--csv", "n.csv", "--formato", "fr"], [".", "--csv", "n.csv", "--otra"]],
)  # fmt: skip
def test_una_orden_mal_escrita_se_explica(argumentos):
    with pytest.raises(ErrorDelCurso, match="calificar CARPETA_O_ZIP"):
        ejecuta(argumentos)


def test_de_una_ruta_que_no_existe_se_dice_cual():
    with pytest.raises(ErrorDelCurso, match="^No existe «no está»"):
        ejecuta(["no está"])


def quien_es_para_moodle(ruta, participantes):
    """De quién es un archivo de *Subir múltiples archivos de retroalimentación en un zip*.

    Como lo decide Moodle: en algún tramo de la ruta, nombre, número, tipo y plugin, con «_».
    """
    for tramo in ruta.split("/"):
        partes = tramo.split("_", 4)
        if len(partes) > 3 and partes[1].isdecimal() and int(partes[1]) in participantes:
            assert partes[2:4] == ["assignfeedback", "file"]
            return participantes[int(partes[1])], partes[4]
    return None


def test_las_paginas_se_suben_a_moodle_en_un_zip_y_cada_una_llega_a_quien_es(tmp_path):
    clase = [
        Calificada("Núñez, Íñigo", "12", "Núñez- Íñigo_12", calificada("x").calificacion),
        Calificada("Eva", "", "Eva", calificada("x").calificacion),
    ]
    carpeta = escribe_paginas(tmp_path / "notas_paginas", T1, clase, {})
    nombres = sorted(ruta.name for ruta in carpeta.iterdir())
    participantes = {12: "Íñigo", 120: "otra"}
    assert [quien_es_para_moodle(f"{carpeta.name}/{n}", participantes) for n in nombres] == [
        None,  # de una carpeta, no de Moodle
        ("Íñigo", "t1_conceptos.html"),
    ]
    assert nombres[0] == "Eva.html"


def test_desde_la_copia_que_se_reparte_no_se_califica_y_se_dice(tmp_path, monkeypatch):
    monkeypatch.setattr("helpers.docencia.tarea.TAREAS", tmp_path)
    for tarea in (None, "t1_conceptos"):
        with pytest.raises(ErrorDelCurso, match="desde el curso entero"):
            lee_entregas([], "", None, tarea, None)


def test_una_carpeta_que_no_existe_se_dice():
    with pytest.raises(ErrorDelCurso, match="No existe"):
        ejecuta(["no-estoy", "--csv", "n.csv"])


def test_de_una_carpeta_no_se_siguen_los_enlaces(tmp_path):
    origen, destino = tmp_path / "o", tmp_path / "d"
    (origen / "ana").mkdir(parents=True)
    destino.mkdir()
    (origen / "ana" / "t1.ipynb").write_text("{}", "utf-8")
    (tmp_path / "secreto.ipynb").write_text("secreto", "utf-8")
    try:
        (origen / "ana" / "otro.ipynb").symlink_to(tmp_path / "secreto.ipynb")
    except OSError:
        pytest.skip("este sistema no deja crear enlaces")
    entregas, rechazos = recoge(origen, destino)
    assert [e.archivos for e in entregas] == [["t1.ipynb"]]
    assert rechazos == ["«ana/otro.ipynb» es un enlace a otro sitio"]


def test_la_carpeta_vacia_de_alguien_cuenta_como_entrega(tmp_path):
    origen, destino = tmp_path / "o", tmp_path / "d"
    for nombre in ("ana_1_assignsubmission_file_", "J. Pérez"):
        (origen / nombre).mkdir(parents=True)
    destino.mkdir()
    assert [e.nombre for e in recoge(origen, destino)[0]] == ["ana", "J. Pérez"]
