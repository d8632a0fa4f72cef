"""Cada fallo conocido de la instalación tiene su frase y su remedio."""

import errno
import os

import pytest
from arbol import RAIZ

from helpers.ordenes._problemas import explica_error_del_sistema, explica_instalacion

# Lo que escriben de verdad pip, uv, venv y Windows, abreviado.
FALLOS = {
    "pip sin red": (
        "WARNING: Retrying (Retry(total=0)) after connection broken by 'NewConnectionError(: "
        "[Errno -3] Temporary failure in name resolution')\n"
        "ERROR: No matching distribution found for anyio==4.16.0",
        "no hay conexión",
    ),
    "uv sin red": ("error: Request failed after 3 retries\n cause: dns error", "no hay conexión"),
    "certificado": ("SSLError(1, '[SSL: CERTIFICATE_VERIFY_FAILED] certificate", "certificado"),
    "pip sin disco": ("ERROR: Could not install: [Errno 28] No space left on device", "espacio"),
    "uv sin disco": ("failed to copy file: disk is full (os error 28)", "espacio"),
    "Windows sin disco": ("OSError: [WinError 112] There is not enough space", "espacio"),
    "sin permiso": ("ERROR: [Errno 13] Permission denied: '/x/.venv'", "No puedo escribir"),
    "sin venv": ("created successfully because ensurepip is not available.", "python3-venv"),
    "otro Python": ("ERROR: No matching distribution found for scipy==1.17.1", "no existen para"),
    "ruta larga": ("OSError: [WinError 206] The filename or extension is too long", "larga"),
    "desconocido": ("primera línea\nerror: algo muy raro", "«error: algo muy raro»"),
}  # fmt: skip


@pytest.mark.parametrize("caso", FALLOS)
def test_cada_fallo_conocido_tiene_su_frase(caso):
    salida, esperado = FALLOS[caso]
    mensaje = str(explica_instalacion(salida))
    assert esperado in mensaje
    assert "\nPrueba " in mensaje


@pytest.mark.parametrize(
    ("numero", "esperado"),
    [
        (errno.ENOSPC, "No queda espacio"),
        (errno.EACCES, "No puedo escribir"),
        (errno.EROFS, "No puedo escribir"),
        (errno.EEXIST, "«archivo» no puede ser una carpeta"),
        (errno.ENOTDIR, "«archivo» no puede ser una carpeta"),
        (errno.EIO, "no me dejó continuar"),
    ],
)
def test_los_errores_del_sistema_se_traducen(numero, esperado):
    error = OSError(numero, os.strerror(numero), "archivo")
    mensaje = str(explica_error_del_sistema(error))
    assert esperado in mensaje
    assert "\nPrueba " in mensaje
    assert "instalación" not in mensaje, "quizá no se instalaba nada"


@pytest.mark.parametrize("numero", [errno.EACCES, errno.EPERM, errno.EROFS])
def test_de_una_carpeta_de_fuera_no_se_dice_que_sea_la_del_curso(tmp_path, numero):
    fuera, dentro = (
        str(explica_error_del_sistema(OSError(numero, "no", str(raiz / "x"))))
        for raiz in (tmp_path, RAIZ)
    )
    assert f"No puedo escribir en «{tmp_path / 'x'}»." in fuera
    assert "carpeta del curso" not in fuera
    assert "No puedo escribir en la carpeta del curso." in dentro
