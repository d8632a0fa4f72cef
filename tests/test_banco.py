"""El banco de preguntas: sale de las lecciones, y Moodle lo entiende en los dos formatos."""

import copy
import dataclasses
import os
import subprocess
import sys
from collections import Counter

import moodle as lector
import pytest
from arbol import RAIZ
from reglas.cuaderno import lecciones, lee

from helpers.docencia import elecciones, moodle
from helpers.docencia.banco import banco
from helpers.docencia.lecciones import lecciones as lecciones_leidas
from helpers.docencia.preguntas import Opcion, Pregunta, de_predicciones
from helpers.ejercicios import predicciones_de
from helpers.errores import ErrorDelCurso
from helpers.ordenes import banco as orden

# Todo lo que GIFT y XML usan como signo, en cada lugar donde puede estar.
RARO = "[a] = ~b # c {d} : e\\n \\\\ <p>f & g ]]> «ñ» → -> %100%</p>\n\n// h\n::i::"


@pytest.fixture(scope="module")
def preguntas():
    return banco()


def test_hay_suficientes_y_de_todas_las_lecciones(preguntas):
    assert len(preguntas) >= 80
    por_leccion = Counter(pregunta.categoria.partition(" ")[0] for pregunta in preguntas)
    assert set(por_leccion) == {lee(ruta).numero for ruta in lecciones()}
    assert min(por_leccion.values()) >= 2
    categorias = {pregunta.categoria for pregunta in preguntas}
    assert len(categorias) == len(por_leccion)


def test_estan_todas_las_predicciones(preguntas):
    declaradas = {
        prediccion.codigo
        for leccion in lecciones_leidas()
        for prediccion in predicciones_de(leccion.codigo)
    }
    assert declaradas <= {pregunta.nombre for pregunta in preguntas}


def test_moodle_las_admite_todas(preguntas):
    assert list(lector.fallos(lector.lee_xml(moodle.xml(preguntas)))) == []
    assert list(lector.fallos(lector.lee_gift(moodle.gift(preguntas)))) == []


def test_los_dos_formatos_dicen_lo_mismo_y_lo_que_se_pregunta(preguntas):
    de_xml = lector.lee_xml(moodle.xml(preguntas))
    assert de_xml == lector.lee_gift(moodle.gift(preguntas))
    for leida, pregunta in zip(de_xml, preguntas, strict=True):
        assert (leida["nombre"], leida["texto"]) == (pregunta.nombre, pregunta.enunciado.strip())
        (buena,) = [o for o in pregunta.opciones if o.correcta]
        (hallada,) = [r for r in leida["respuestas"] if r[1] == 100]
        assert hallada[2] == buena.comentario
        if not pregunta.verdadero_o_falso:
            assert hallada[0] == buena.texto


def rareza(verdadero_o_falso=False):
    opciones = (Opcion(f"x{RARO}", False, f"no {RARO}"), Opcion("y", True, f"sí {RARO}"))
    return Pregunta("01::p1", "a / b", f"¿{RARO}", opciones, RARO, verdadero_o_falso)


@pytest.mark.parametrize("verdadero_o_falso", [False, True])
def test_ningun_signo_se_pierde_por_el_camino(verdadero_o_falso):
    rara = rareza(verdadero_o_falso)
    de_xml = lector.lee_xml(moodle.xml([rara]))
    assert de_xml == lector.lee_gift(moodle.gift([rara]))
    assert de_xml[0]["texto"] == f"¿{RARO}"
    assert de_xml[0]["categoria"].endswith("/a // b")
    assert {r[2] for r in de_xml[0]["respuestas"]} == {f"no {RARO}", f"sí {RARO}"}


def test_lo_que_responde_el_banco_es_lo_que_da_por_bueno_el_curso(preguntas):
    """Las respuestas, comprobadas a mano en los cuadernos: si el lector se desplaza, se nota."""
    buenas = {p.nombre: next(o.texto for o in p.opciones if o.correcta) for p in preguntas}
    assert buenas["00.p1"] == "cero: está vacío"
    assert buenas["01.p5"] == "[1.5 1.5] y 0.5: otros números"
    assert buenas["02a.p4"] == "adiós: es lo que hay ahora"
    assert buenas["01.4b"] == "Falso"
    assert buenas["01.4f"] == "Verdadero"
    assert buenas["02e.1j"] == "ninguno"
    assert buenas["02c.4a"] == "No: pickle hace lo mismo."
    assert buenas["05.1c"].startswith("Falsa")
    assert buenas["02e.r2"] == "Que el archivo esté comprimido."


def test_una_opcion_que_tambien_vale_no_se_ofrece(preguntas):
    (caso,) = [p for p in preguntas if p.nombre == "02e.1b"]
    ofrecidas = {opcion.texto for opcion in caso.opciones}
    assert "skops" in ofrecidas and "ONNX" not in ofrecidas, "en b valen skops y ONNX"
    (caso,) = [p for p in preguntas if p.nombre == "02e.1f"]
    assert "skops" in {opcion.texto for opcion in caso.opciones}


def test_los_comentarios_dicen_por_que(preguntas):
    for pregunta in preguntas:
        malas = [o.comentario for o in pregunta.opciones if not o.correcta]
        assert all("Vi " not in comentario for comentario in malas), pregunta.nombre
        assert all(len(comentario) > 20 for comentario in malas), (pregunta.nombre, malas)
    (caso,) = [p for p in preguntas if p.nombre == "01.4b"]
    assert "los bytes ya estaban hechos" in caso.opciones[0].comentario


def test_un_cuaderno_que_no_dice_que_ocurrio_no_da_preguntas():
    (leccion,) = lecciones_leidas(["01"])
    celdas = [dataclasses.replace(celda, impreso="") for celda in leccion.celdas]
    with pytest.raises(ErrorDelCurso, match=r"no dice qué ocurrió en la predicción 01\.p1"):
        list(de_predicciones(dataclasses.replace(leccion, celdas=tuple(celdas))))


def test_cada_molde_es_de_un_ejercicio_y_pregunta_todos_sus_casos(preguntas):
    casos = Counter(p.nombre[:-1] for p in preguntas if p.nombre[:-1] in elecciones.MOLDES)
    assert casos == {"01.4": 6, "02c.4": 6, "02d.6": 6, "02e.1": 12, "05.1": 4, "06.6": 5,
                     "07.4": 6, "r1.5": 6, "r2.7": 6, "r2.8": 5}  # fmt: skip


def test_un_ejercicio_de_una_letra_es_una_pregunta_con_sus_opciones(preguntas):
    (memoria,) = (pregunta for pregunta in preguntas if pregunta.nombre == "r1.1")
    assert [opcion.correcta for opcion in memoria.opciones] == [False, True, False, False]
    assert "¿Por qué no ahorra?" in memoria.enunciado
    assert "archivo abierto" not in memoria.enunciado, "las opciones van aparte"
    assert all("Suele pasar" in o.comentario for o in memoria.opciones if not o.correcta)
    assert {p.nombre for p in preguntas} >= {"r1.2", "r2.1"}


def estropea(preguntas, **cambios):
    rota = copy.deepcopy(preguntas)
    rota[0] |= cambios
    return list(lector.fallos(rota))


def test_el_lector_ve_lo_que_moodle_rechazaria(preguntas):
    buenas = lector.lee_xml(moodle.xml(preguntas[:2]))
    (texto, _, comentario), *resto = buenas[0]["respuestas"]
    averias = {
        "valen el 100 %": {
            "respuestas": [(texto, 0.0, comentario), *[(t, 0.0, c) for t, _, c in resto]]
        },
        "Moodle no admite": {"respuestas": [(texto, 34.0, comentario), *resto]},
        "repite una respuesta": {"respuestas": [*resto, resto[0]]},
        "no lleva comentario": {"respuestas": [(texto, 0.0, ""), *resto]},
        "menos de dos": {"respuestas": resto[:1]},
        "el nombre está 2 veces": {"nombre": buenas[1]["nombre"]},
        "<p> sin cerrar": {"texto": "<p>hola"},
        "lleva <a>": {"general": "<a href='x'>y</a>"},
        "no cierra lo último": {"texto": "<p><b>hola</p></b>"},
        "no cuelga del curso": {"categoria": "otra"},
    }
    for dice, cambios in averias.items():
        assert [f for f in estropea(buenas, **cambios) if dice in f], dice
    assert estropea(buenas) == []


@pytest.mark.parametrize("signo", moodle.DE_GIFT)
def test_un_signo_sin_escapar_en_gift_se_nota(monkeypatch, signo):
    sin_el = {otro: escrito for otro, escrito in moodle.DE_GIFT.items() if otro != signo}
    monkeypatch.setattr(moodle, "DE_GIFT", sin_el)
    try:
        leidas = lector.lee_gift(moodle.gift([rareza()]))
    except (AssertionError, ValueError):
        return
    assert leidas != lector.lee_xml(moodle.xml([rareza()]))


def test_la_orden_escribe_siempre_lo_mismo(tmp_path):
    escritos = []
    for semilla in ("1", "2"):
        proceso = subprocess.run(
            [
                sys.executable,
                "-X",
                "utf8",
                "-m",
                "helpers",
                "banco",
                "--en",
                str(tmp_path / semilla),
            ],
            cwd=RAIZ,
            env=os.environ | {"PYTHONHASHSEED": semilla},
            capture_output=True,
            encoding="utf-8",
        )
        assert proceso.returncode == 0, proceso.stderr
        archivos = sorted((tmp_path / semilla).iterdir())
        assert [archivo.name for archivo in archivos] == ["preguntas.gift", "preguntas.xml"]
        escritos.append([archivo.read_bytes() for archivo in archivos])
    assert escritos[0] == escritos[1]


@pytest.mark.parametrize(
    ("argumentos", "dice"),
    [
        (["02a"], "No entiendo «02a»"),
        (["--otra"], "No entiendo"),
        (["--en"], "No entiendo"),
        (["--en", str(RAIZ / "notebooks")], "está dentro del curso"),
    ],
)
def test_lo_que_no_se_entiende(argumentos, dice):
    with pytest.raises(ErrorDelCurso, match=dice):
        orden.ejecuta(argumentos)
