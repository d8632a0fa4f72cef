"""El español de lecciones, documentos y mensajes, palabra por palabra."""

import pytest
from reglas import ortografia, prosa
from reglas.cuaderno import lecciones, lee


@pytest.fixture(scope="module")
def fuentes():
    return prosa.fuentes([lee(ruta) for ruta in lecciones()])


def test_ninguna_palabra_mal_escrita(fuentes, exige):
    exige(ortografia.falta_hunspell(), "la ortografía", "apt install hunspell hunspell-es")
    fallos = list(ortografia.desconocidas(fuentes, set(ortografia.lista())))
    assert not fallos, "\n" + "\n".join(fallos)


def test_palabras_en_orden_y_sin_repetir():
    lista = ortografia.lista()
    assert lista == sorted(set(lista), key=lambda palabra: (palabra.casefold(), palabra))


def test_palabras_que_alguien_usa(fuentes):
    sobran = ortografia.sobrantes(fuentes, ortografia.lista())
    assert not sobran, f"Ya nadie usa estas palabras de tests/palabras.txt: {', '.join(sobran)}"
