"""El glosario de la lección 05: cuarenta términos en orden, y cada uno se usa donde se dice."""

import re
import unicodedata

import pytest
from arbol import RAIZ
from reglas.cuaderno import lecciones, lee

FILA = re.compile(r"^\| ([^|]+?) \| ((?:`[^`|]+`(?:, )?)+) \| (\w+) \|$", re.MULTILINE)


def filas():
    """Las filas (español, inglés, lección) de las tablas del glosario, en orden."""
    cuaderno = lee(RAIZ / "notebooks" / "05_referencias_y_recursos.ipynb")
    (celda,) = (celda for celda in cuaderno.celdas if celda.id == "s5-glosario")
    return FILA.findall(celda.fuente)


def alfabeto(termino):
    """La clave del orden alfabético español: las tildes no cuentan y la ñ va tras la n."""
    sin_egnes = termino.lower().replace("ñ", "n\U0010ffff")
    descompuesto = unicodedata.normalize("NFD", sin_egnes)
    return "".join(letra for letra in descompuesto if not unicodedata.combining(letra))


def test_son_cuarenta_en_orden_y_sin_repetir():
    terminos = [espanol for espanol, _, _ in filas()]
    assert len(terminos) == 40
    assert terminos == sorted(terminos, key=alfabeto)
    assert len({alfabeto(termino) for termino in terminos}) == 40


def test_ninguna_traduccion_sirve_para_dos_terminos():
    inglesas = [palabra for _, ingles, _ in filas() for palabra in ingles.split(", ")]
    assert len(inglesas) == len(set(inglesas))


@pytest.mark.parametrize(("espanol", "leccion"), [(e, n) for e, _, n in filas()])
def test_cada_termino_se_usa_en_su_leccion(espanol, leccion):
    (ruta,) = (ruta for ruta in lecciones() if ruta.name.startswith(f"{leccion}_"))
    cuaderno = lee(ruta)
    assert cuaderno.numero != "05"
    texto = " ".join(celda.fuente for celda in cuaderno.de_texto)
    texto = re.sub(r"[\s*]+", " ", texto)
    assert re.search(rf"(?<!\w){re.escape(espanol)}(?!\w)", texto, re.IGNORECASE), (
        f"{ruta.name} ya no dice «{espanol}»: cambia en 05 su fila del glosario"
    )


def test_el_orden_es_el_espanol():
    assert sorted(["oso", "ñu", "nuez", "código", "codo"], key=alfabeto) == [
        "código",
        "codo",
        "nuez",
        "ñu",
        "oso",
    ]
