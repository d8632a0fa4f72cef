"""Figuras del curso: una sola paleta y, debajo, los mismos hechos en texto."""

import matplotlib.pyplot as plt
import numpy as np

from helpers.errores import ErrorDelCurso

# Okabe e Ito (2008): se distinguen también con daltonismo. La forma o el trazo repiten lo que
# dice el color, para que la figura sirva en una impresora en blanco y negro.
COLORES = ("#0072B2", "#D55E00", "#009E73", "#CC79A7")
TRAZOS = ("-", "--", ":", "-.")
TAMANO = (6.4, 3.4)  # pulgadas: cabe entera en la pantalla de un portátil


def puntos_y_rectas(x, y, rectas, eje_x, eje_y):
    """Dibuja puntos y una o varias rectas, y escribe la ecuación de cada una.

    Parámetros
    ----------
    x, y : secuencias de n números
        Los puntos, en las unidades que digan los ejes.
    rectas : dict de str a (ordenada, pendiente)
        Nombre de cada recta y sus dos números.
    eje_x, eje_y : str
        Nombre de cada eje, con su unidad.

    Errores
    -------
    ErrorDelCurso
        Si hay más rectas que trazos con que distinguirlas.
    """
    if len(rectas) > len(TRAZOS):
        raise ErrorDelCurso(
            f"Son {len(rectas)} rectas y caben {len(TRAZOS)}: más no se distinguirían sin color.",
            prueba="a dibujarlas en dos figuras.",
        )
    figura, ejes = plt.subplots(figsize=TAMANO, layout="constrained")
    ejes.scatter(x, y, color="#555555", s=22, label="datos")
    extremos = np.array([np.min(x), np.max(x)])
    for (nombre, (a, b)), color, trazo in zip(rectas.items(), COLORES, TRAZOS, strict=False):
        ejes.plot(extremos, a + b * extremos, trazo, color=color, linewidth=2, label=nombre)
    ejes.set(xlabel=eje_x, ylabel=eje_y)
    ejes.legend()
    _muestra(figura)
    for nombre, (ordenada, pendiente) in rectas.items():
        print(f"{nombre}: {eje_y} = {ordenada:.2f} + {pendiente:.2f} · {eje_x}")


def barras(valores, unidad):
    """Dibuja una barra horizontal por valor y escribe los valores.

    Parámetros
    ----------
    valores : dict de str a número
        Nombre y longitud de cada barra.
    unidad : str
        La de todos los valores, por ejemplo «bytes».
    """
    figura, ejes = plt.subplots(figsize=TAMANO, layout="constrained")
    dibujadas = ejes.barh(list(valores), list(valores.values()), color=COLORES[0])
    ejes.bar_label(dibujadas, labels=[_con_espacios(v) for v in valores.values()], padding=4)
    ejes.invert_yaxis()
    ejes.margins(x=0.15)
    ejes.set(xlabel=unidad, xticks=[])  # cada barra ya lleva su número
    _muestra(figura)
    for nombre, valor in valores.items():
        print(f"{nombre}: {_con_espacios(valor)} {unidad}")


def _con_espacios(numero):
    """Separa los miles con un espacio: 8 000 000."""
    return f"{numero:,.0f}".replace(",", " ")


def _muestra(figura):
    for ejes in figura.axes:
        ejes.spines[["top", "right"]].set_visible(False)
    plt.show()
    plt.close(figura)
