"""Hacer creer al curso que hay otras librerías instaladas."""

from helpers import colab


def finge_versiones(monkeypatch, **distintas):
    """Cambia lo que el curso ve instalado: `scikit_learn="1.6.1"`, o None si falta."""
    distintas = {nombre.replace("_", "-"): version for nombre, version in distintas.items()}
    original = colab.version_instalada
    monkeypatch.setattr(
        colab, "version_instalada", lambda n: distintas[n] if n in distintas else original(n)
    )
