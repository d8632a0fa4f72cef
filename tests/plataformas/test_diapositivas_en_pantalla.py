"""Cada diapositiva se ve entera en un proyector corriente, sin que los botones tapen nada."""

import pytest

from helpers.docencia.diapositivas import diapositivas
from helpers.docencia.lecciones import lecciones
from helpers.docencia.pagina import de_diapositivas

PROYECTOR = {"width": 1280, "height": 720}
LETRA = 12  # píxeles: con menos no se lee desde el fondo del aula
MIDE = """() => [...document.querySelectorAll("section")].map((una, puesto) => {
  ve(puesto);
  const letra = parseFloat(getComputedStyle(una).fontSize);
  return [una.offsetHeight, letra, una.querySelector("h2").textContent];
})"""


def pasa_todas(pestana, pagina):
    """El alto y la letra de cada una, con su encabezado."""
    nueva = pestana.context.new_page()
    try:
        nueva.set_viewport_size(PROYECTOR)
        nueva.set_content(pagina)
        return nueva.evaluate(MIDE)
    finally:
        nueva.close()


@pytest.mark.parametrize("leccion", lecciones(), ids=lambda leccion: leccion.codigo)
def test_cada_diapositiva_cabe_y_se_lee(leccion, en_el_navegador):
    hechas = diapositivas(leccion)
    medidas = en_el_navegador(pasa_todas, de_diapositivas(leccion.titulo, hechas)).result()
    assert len(medidas) == len(hechas)
    assert [(n, *m) for n, m in enumerate(medidas, 1) if m[0] > PROYECTOR["height"]] == []
    assert [m for m in medidas if m[1] < LETRA] == []
