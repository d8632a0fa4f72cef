"""Un entorno igual en todos los equipos, para ejecutar cuadernos. Lo usan también las pruebas."""

import os
import tempfile
from contextlib import contextmanager
from pathlib import Path

TEMPORALES = ("TMPDIR", "TEMP", "TMP")
# Dos procesos que pelean por los mismos núcleos tardan más que uno solo.
UN_HILO = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMEXPR_NUM_THREADS")
# De quien da la orden no debe llegar nada que cambie lo que un kernel imprime.
AJENAS = ("PYTHONPATH", "PYTHONSTARTUP", "PYTHONWARNINGS")


@contextmanager
def entorno_aislado():
    """Cambia las variables de entorno mientras dura el `with`; al salir, las devuelve.

    Devuelve
    --------
    Path
        Una carpeta temporal vacía y propia, que se borra al salir.
    """
    previo = dict(os.environ)
    with tempfile.TemporaryDirectory(prefix="curso-", ignore_cleanup_errors=True) as temporal:
        os.environ.update(dict.fromkeys(TEMPORALES, temporal) | dict.fromkeys(UN_HILO, "1"))
        # Un perfil de IPython vacío: el de cada cual puede traer configuración propia.
        os.environ["IPYTHONDIR"] = str(Path(temporal) / "ipython")
        for ajena in AJENAS:
            os.environ.pop(ajena, None)
        tempfile.tempdir = None  # que tempfile vuelva a mirar las variables
        try:
            yield Path(temporal)
        finally:
            os.environ.clear()
            os.environ.update(previo)
            tempfile.tempdir = None
