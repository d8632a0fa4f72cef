"""Cómo habla JupyterLab con sus kernels: en `abrir`, en Binder y en JupyterHub."""
# ruff: noqa: F821 — `c` la pone Jupyter.

import zmq

# Cifrado, con una clave nueva por kernel. Sin ella, quien tenga otra cuenta en el mismo equipo
# puede leer lo que sale de cada celda.
if zmq.has("curve"):
    c.KernelManager.transport_encryption = "auto"
