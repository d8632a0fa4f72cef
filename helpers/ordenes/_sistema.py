"""Cómo se llama el sistema en lo que se escribe en README.md."""

import platform

SISTEMAS = {"Darwin": "macOS"}  # los demás se llaman como dice Python


def sistema():
    """Da el nombre del sistema: «Linux», «macOS» o «Windows»."""
    return SISTEMAS.get(platform.system(), platform.system())
