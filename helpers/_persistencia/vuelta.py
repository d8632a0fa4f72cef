"""De archivo a modelo: la prueba al guardar y la carga."""

import warnings

from helpers._persistencia import ejemplo, entrada, explica
from helpers._persistencia.versiones import de_los_avisos, diferencias
from helpers.errores import AvisoDeVersion, NoSePudoGuardar, VersionDistinta


def exige(model, como, archivo, ficha):
    """Carga lo que se acaba de escribir: guardado es lo que se puede volver a cargar."""
    vuelve = (como.relee or como.carga)(archivo)
    if type(vuelve) is not type(model):
        raise NoSePudoGuardar(
            f"Se guardó {type(model).__name__} y vuelve {type(vuelve).__name__}.",
            "la clase cambia lo que guarda (`__reduce__` o `__getstate__`).",
            "con otra extensión.",
        )
    ejemplo.comprueba(vuelve, ficha)


def deserializa(archivo, ruta, como, ficha, confiar, versiones):
    """El modelo de un archivo que ya ha pasado las comprobaciones."""
    distintas = diferencias(ficha) if ficha else []
    _avisa_o_detiene(distintas, versiones)
    nota = f" Se guardó con {', '.join(distintas)}." if distintas else ""
    tipos = entrada.aprobados(como, confiar)
    with warnings.catch_warnings(record=True) as avisos:
        warnings.simplefilter("always")
        with explica.al_cargar(archivo, como, ruta, nota):
            model = como.carga(archivo, tipos)
    # Sin ficha, la versión solo la sabe scikit-learn, y avisa al cargar.
    segun_sklearn = de_los_avisos(avisos)
    _avisa_o_detiene([] if distintas else segun_sklearn, versiones)
    return model


def _avisa_o_detiene(distintas, versiones):
    if not distintas:
        return
    que_paso = f"Este modelo se guardó con {', '.join(distintas)}."
    if versiones == "estricto":
        raise VersionDistinta(
            que_paso,
            "se actualizó una librería después de guardarlo.",
            "a instalar esas versiones, o a entrenar y guardar otra vez con las de ahora.",
        )
    warnings.warn(f"{que_paso} Quizá no responda lo mismo.", AvisoDeVersion, stacklevel=4)


def que_se_comprobo(ficha, filas, verificar):
    """Una frase con lo que se pudo mirar al cargar."""
    if not verificar:
        return "No se comprobó nada: verificar=False."
    if ficha is None:
        return "No tiene ficha: no se pudo comprobar nada."
    respuestas = f" y {filas} respuestas" if filas else ""
    return f"Comprobado: huella{respuestas}, del {ficha['guardado'][:19]}."
