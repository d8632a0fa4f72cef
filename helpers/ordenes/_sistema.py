"""Lo que se dice del equipo junto a una medida: su sistema y cuánto trabajaba ya."""

import os
import platform

SISTEMAS = {"Darwin": "macOS"}  # los demás se llaman como dice Python


def sistema():
    """Da el nombre del sistema: «Linux», «macOS» o «Windows»."""
    return SISTEMAS.get(platform.system(), platform.system())


def compania():
    """Cuánto trabajaba ya el equipo, que es lo que más cambia una medida. Windows no lo cuenta."""
    if not hasattr(os, "getloadavg"):
        return ""
    del_ultimo_minuto = os.getloadavg()[0]
    return f" Al empezar trabajaban en él, de media, {del_ultimo_minuto:.1f} programas más."
