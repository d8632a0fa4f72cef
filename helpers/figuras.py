"""Figuras del curso: una sola paleta y, debajo, los mismos hechos en texto."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.ticker import EngFormatter

from helpers.errores import ErrorDelCurso

# Okabe e Ito (2008): se distinguen también con daltonismo. Su naranja va más oscuro y su azul claro
# no está: sobre blanco apenas se ven. La forma o el trazo repiten lo que dice el color, para que la
# figura sirva en una impresora en blanco y negro.
COLORES = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#A87800", "#000000")
GRIS = "#767676"
TRAZOS = ("-", "--", ":", "-.", (0, (8, 2, 1, 2, 1, 2)), (0, (1, 4)))
MARCAS = ("o", "s", "^", "D", "v", "X")
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
    _exige_que_se_distingan(rectas)
    figura, ejes = plt.subplots(figsize=TAMANO, layout="constrained")
    ejes.scatter(x, y, color=GRIS, s=22, label="datos")
    extremos = np.array([np.min(x), np.max(x)])
    for (nombre, (a, b)), color, trazo in zip(rectas.items(), COLORES, TRAZOS, strict=False):
        linea = {"linestyle": trazo, "color": color, "linewidth": 2}
        ejes.plot(extremos, a + b * extremos, label=nombre, **linea)
    ejes.set(xlabel=eje_x, ylabel=eje_y)
    ejes.legend()
    _muestra(figura)
    for nombre, (ordenada, pendiente) in rectas.items():
        print(f"{nombre}: {eje_y} = {ordenada:.2f} + {pendiente:.2f} · {eje_x}")


def curvas(paneles, eje_x, eje_y, referencia=None):
    """Dibuja una o varias series por panel, con las dos escalas logarítmicas.

    Parámetros
    ----------
    paneles : dict de str a dict de str a (xs, ys)
        Título de cada panel y sus series. Un nombre lleva en todos el mismo color, trazo y marca.
    eje_x, eje_y : (str, str)
        Nombre de cada eje y unidad de sus números, como «B» o «s»; los prefijos (k, M, m, µ) los
        pone la figura. Son los mismos en todos los paneles.
    referencia : str, opcional
        La serie con la que se comparan las demás: va en gris y sin marcas.

    Errores
    -------
    ErrorDelCurso
        Si hay más series que formas de distinguirlas sin color.
    """
    nombres = list(dict.fromkeys(nombre for series in paneles.values() for nombre in series))
    comparados = [nombre for nombre in nombres if nombre != referencia]
    _exige_que_se_distingan(comparados)
    estilos = {
        nombre: {"color": color, "linestyle": trazo, "marker": marca, "markersize": 6}
        for nombre, color, trazo, marca in zip(comparados, COLORES, TRAZOS, MARCAS, strict=False)
    }
    if referencia is not None:
        estilos[referencia] = {"color": GRIS, "linestyle": "-", "linewidth": 4}
    ancho, alto = TAMANO
    figura, cuadro = plt.subplots(
        ncols=len(paneles),
        figsize=(ancho * (1.4 if len(paneles) > 1 else 1), alto * 1.2),
        sharey=True,
        squeeze=False,
        layout="constrained",
    )
    for ejes, (titulo, series) in zip(cuadro[0], paneles.items(), strict=True):
        for nombre, (xs, ys) in series.items():
            ejes.loglog(xs, ys, label=nombre, **estilos[nombre])
        ejes.set(title=titulo, xlabel=eje_x[0])
        ejes.xaxis.set_major_formatter(EngFormatter(eje_x[1]))
        ejes.yaxis.set_major_formatter(EngFormatter(eje_y[1]))
    cuadro[0][0].set_ylabel(eje_y[0])
    dibujados = {linea.get_label(): linea for ejes in cuadro[0] for linea in ejes.lines}
    # Fuera: dentro taparía alguna línea, y cuál depende de lo que se mida.
    figura.legend(
        dibujados.values(), dibujados, loc=r"outside upper center", ncols=3, handlelength=4
    )
    _muestra(figura)


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


def _exige_que_se_distingan(series):
    if len(series) > len(TRAZOS):
        raise ErrorDelCurso(
            f"Son {len(series)} líneas y caben {len(TRAZOS)}: más no se distinguirían sin color.",
            prueba="a dibujarlas en dos figuras.",
        )


def _con_espacios(numero):
    """Separa los miles con un espacio: 8 000 000."""
    return f"{numero:,.0f}".replace(",", " ")


def _muestra(figura):
    for ejes in figura.axes:
        ejes.spines[["top", "right"]].set_visible(False)
    plt.show()
    plt.close(figura)
