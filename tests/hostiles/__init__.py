"""Archivos hechos para engañar a quien los mira o para dañar a quien los carga.

Cada fabricante da los bytes de uno. Su efecto, cuando lo tiene, es crear una carpeta vacía (la
marca): que exista prueba que el archivo hizo algo. Ninguno se guarda.
"""

from hostiles import bombas, de_joblib, de_skops, instrucciones, llamadas
from hostiles.registro import HOSTILES

__all__ = ["HOSTILES", "bombas", "de_joblib", "de_skops", "instrucciones", "llamadas"]
