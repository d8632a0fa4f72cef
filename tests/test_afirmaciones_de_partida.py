"""Lo que se lee por ahí y no es cierto se corrige en alguna lección, y ninguna lo repite.

`afirmaciones_de_partida.csv` tiene una fila por cada afirmación revisada que no es verdadera sin
más. Sus columnas: `id`; `veredicto` (FALSA, ANTICUADA, SOLO A VECES o SIN VERIFICAR);
`afirmacion`, en pocas palabras; `cuaderno` y `celda`, la lección que la corrige y las celdas donde
lo hace, separadas por comas; y `ya_no_se_dice`, un patrón que encuentra la afirmación y que no
aparece fuera de esas celdas. `celda` queda vacía solo mientras la lección no existe.
"""

import copy

import libro
import partida
import pytest
from reglas.cuaderno import lecciones, lee
from reglas.leccion_minima import agrega, cambia, leccion_minima, quita

FILAS = libro.lee_filas("afirmaciones_de_partida.csv")
CUADERNOS = [lee(ruta) for ruta in lecciones()]
FALSA = {
    "id": "999-001",
    "veredicto": "FALSA",
    "afirmacion": "joblib es más rápido.",
    "cuaderno": "02a",
    "celda": "guardar,nuevo",
    "ya_no_se_dice": r"joblib es más rápido|ejemplo\.org",
}


def test_estan_todas_y_cada_una_se_reconoce():
    assert list(partida.mal_escritas(FILAS)) == []


def test_cada_una_se_corrige_en_una_celda_que_existe():
    fallos = list(partida.mal_situadas(FILAS, CUADERNOS))
    assert not fallos, "\n" + "\n".join(fallos)


@pytest.mark.parametrize("cuaderno", CUADERNOS, ids=lambda cuaderno: cuaderno.titulo)
def test_ninguna_leccion_las_repite(cuaderno):
    fallos = list(partida.repetidas(cuaderno, FILAS))
    assert not fallos, "\n" + "\n".join(fallos)


@pytest.mark.parametrize(
    ("estropea", "dice"),
    [
        (lambda filas: filas.pop(), "y son {"),
        (lambda filas: filas[0].update(veredicto="CIERTA"), "y son {"),
        (lambda filas: filas[1].update(id=filas[0]["id"]), "está repetida"),
        (lambda filas: filas[0].update(afirmacion="Otra cosa."), "no encuentra su propia"),
        (lambda filas: filas[0].update(ya_no_se_dice=""), "no encuentra su propia"),
    ],
)
def test_una_fila_estropeada_se_encuentra(estropea, dice):
    filas = copy.deepcopy(FILAS)
    estropea(filas)
    assert any(dice in fallo for fallo in partida.mal_escritas(filas))


@pytest.mark.parametrize(
    ("cuaderno", "celda", "dice"),
    [
        ("02a", "guardar,nuevo", ""),
        ("08", "", ""),
        ("02a", "", "falta qué celda"),
        ("02a", "guardar,otra", "no hay ninguna celda otra"),
        ("08", "guardar", "no hay ninguna celda guardar"),
        ("09", "", "no está en el temario"),
    ],
)
def test_una_fila_mal_situada_se_encuentra(tmp_path, cuaderno, celda, dice):
    fila = FALSA | {"cuaderno": cuaderno, "celda": celda}
    fallos = list(partida.mal_situadas([fila], [leccion_minima(tmp_path)]))
    assert [dice in fallo for fallo in fallos] == ([True] if dice else [])


def test_si_se_quita_la_celda_que_corrige_se_nota(tmp_path):
    leccion = leccion_minima(tmp_path)
    quita("nuevo")(leccion)
    (fallo,) = partida.mal_situadas([FALSA], [leccion])
    assert "no hay ninguna celda nuevo" in fallo


@pytest.mark.parametrize(
    ("averia", "donde"),
    [
        (agrega("cierre", "**`joblib` es más\nrápido** con todo."), "cierre"),
        (agrega("cierre", "Lee [la guía](https://ejemplo.org/x)."), "cierre"),
        (agrega("recuerda", "<details>\n\nJoblib es más rápido.\n</details>"), "recuerda"),
        (agrega("guardar", "Se lee que joblib es más rápido."), ""),
        (agrega("cierre", "¿Es cierto que joblib es más rápido?"), ""),
        (cambia("ej1", "Escribe dos.", "Corrige esto: joblib es más rápido."), ""),
    ],
)
def test_repetirla_fuera_de_su_celda_se_encuentra(tmp_path, averia, donde):
    leccion = leccion_minima(tmp_path)
    averia(leccion)
    fallos = list(partida.repetidas(leccion, [FALSA]))
    assert [f"({donde}) dice" in fallo for fallo in fallos] == ([True] if donde else [])
