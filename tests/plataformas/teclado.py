"""Una lección sin ratón: lo único que se mueve aquí son las teclas."""

from plataformas.laboratorio import ALTO, ANCHO, entra

# Más pulsaciones de Tab de las que hay hasta lo que se busca.
TABULADORES = 60


def ejecuta_celda_a_celda(pestana, cuantas):
    """Mayús+Intro en cada celda; en la última, Ctrl+Intro, que no añade otra debajo."""
    pestana.evaluate("curso.olvidaTodo()")
    for _ in range(cuantas - 1):
        pestana.keyboard.press("Shift+Enter")
    pestana.keyboard.press("Control+Enter")
    pestana.evaluate("curso.acabaTodo()")
    return pestana.evaluate("curso.estado()")


def camina_hasta(pestana, celda, flecha, maximo):
    """Una flecha, «ArrowUp» o «ArrowDown», hasta llegar a una celda."""
    for _ in range(maximo):
        if pestana.evaluate("curso.foco()")["celda"] == celda:
            return
        pestana.keyboard.press(flecha)
    raise AssertionError(f"con {flecha} no se llega a la celda {celda}")


def teclea(pestana, celda, codigo):
    """Intro para entrar en la celda, todo el código tecla a tecla, y Mayús+Intro."""

    def escribe(texto):
        primera, *siguientes = texto.split("\n")
        pestana.keyboard.type(primera)
        for linea in siguientes:
            pestana.keyboard.press("Enter")
            # Lo que se escriba sustituye a la sangría que JupyterLab acaba de poner.
            pestana.keyboard.press("Shift+Home")
            pestana.keyboard.type(linea)

    return contesta(pestana, celda, codigo, escribe)


def contesta(pestana, celda, codigo, escribe):
    """En la celda activa, cambia el código como diga `escribe`, la ejecuta y da lo que contestó."""
    pestana.keyboard.press("Enter")
    pestana.keyboard.press("ControlOrMeta+a")
    escribe(codigo)
    pestana.evaluate("curso.olvidaActiva()")
    pestana.keyboard.press("Shift+Enter")
    pestana.evaluate("id => curso.acaba(id)", celda)
    return next(c["texto"] for c in pestana.evaluate("curso.estado()") if c["id"] == celda)


def tabula_hasta(pestana, etiqueta, dice=""):
    """Tab hasta un elemento de esa etiqueta que contenga ese texto."""
    for _ in range(TABULADORES):
        pestana.keyboard.press("Tab")
        foco = pestana.evaluate("curso.foco()")
        if foco["etiqueta"] == etiqueta and dice in foco["dice"]:
            return foco
    raise AssertionError(f"con Tab no se llega a «{dice or etiqueta}»")


def da_clase(pestana, direccion, cuaderno, respuesta, siguiente, *, despliega=False):
    """Hace una lección entera con el teclado y pasa a la siguiente por su enlace.

    Parámetros
    ----------
    pestana : Page
        La pestaña.
    direccion : str
        La que abre esa lección en JupyterLab.
    cuaderno : Cuaderno
        La lección.
    respuesta : (str, str)
        La celda de un ejercicio y lo que se teclea en ella.
    siguiente : str
        El texto del enlace a la lección siguiente, que está en la última celda.
    despliega : bool
        Si además se abre lo primero que esté plegado en la lección siguiente.

    Devuelve
    --------
    dict
        Lo que se vio en cada paso: la ruta abierta, las celdas ejecutadas, lo que contestó el
        ejercicio, la ruta de la lección siguiente y, en ella, lo plegado al llegar y al abrirlo.
    """
    pestana.set_viewport_size({"width": ANCHO, "height": ALTO})
    cuantas = len(cuaderno.celdas)
    visto = {"abierta": entra(pestana, direccion)}
    try:
        visto["celdas"] = ejecuta_celda_a_celda(pestana, cuantas)
        camina_hasta(pestana, respuesta[0], "ArrowUp", cuantas)
        visto["contesta"] = teclea(pestana, *respuesta)
        pestana.keyboard.press("Escape")
        camina_hasta(pestana, cuaderno.celdas[-1].id, "ArrowDown", cuantas)
        tabula_hasta(pestana, "A", siguiente)
        pestana.keyboard.press("Enter")
        pestana.wait_for_function("ruta => curso.ruta() !== ruta", arg=visto["abierta"])
        pestana.wait_for_function("curso.hayCuaderno()")
        pestana.evaluate("curso.listo()")
        visto["siguiente"] = pestana.evaluate("curso.ruta()")
        if despliega:
            visto["plegado"] = tabula_hasta(pestana, "SUMMARY")
            pestana.keyboard.press("Enter")
            visto["desplegado"] = pestana.evaluate("curso.foco()")
    finally:
        pestana.evaluate("curso.cierraTodo()")
    return visto
