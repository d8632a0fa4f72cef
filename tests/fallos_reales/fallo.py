"""Un fallo: el código que lo provoca, la causa que se le debe encontrar y, si cabe, la cura."""

from dataclasses import dataclass

CURA = "# --- cura ---\n"
OTRO = "# --- otro proceso ---\n"


@dataclass(frozen=True)
class Fallo:
    """Un código que falla.

    Cada `OTRO` empieza con un `__main__` vacío, como un kernel recién abierto. Tras `CURA` va lo
    que aconseja la causa: tiene que funcionar. Si el código deja una variable `mensaje`, el mensaje
    es ese y no el de su excepción.
    """

    causa: str
    codigo: str

    @property
    def partes(self):
        """Las que fallan y las de la cura, que puede no tener ninguna."""
        falla, _, cura = self.codigo.partition(CURA)
        return falla.split(OTRO), cura.split(OTRO) if cura else []
