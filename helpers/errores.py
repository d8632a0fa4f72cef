"""Los errores del curso: qué pasó, por qué suele pasar y qué probar."""


class ErrorDelCurso(Exception):
    """Un problema explicado en español.

    Parámetros
    ----------
    que_paso : str
        Una frase con lo que ocurrió.
    suele_pasar : str, opcional
        La causa más frecuente, sin «Suele pasar porque» delante.
    prueba : str, opcional
        El remedio, sin «Prueba» delante.
    """

    def __init__(self, que_paso, suele_pasar="", prueba=""):
        self.que_paso, self.suele_pasar, self.prueba = que_paso, suele_pasar, prueba
        frases = [que_paso]
        if suele_pasar:
            frases.append(f"Suele pasar porque {suele_pasar}")
        if prueba:
            frases.append(f"Prueba {prueba}")
        super().__init__("\n".join(frases))

    def __str__(self):
        # También donde la otra clase madre (FileNotFoundError) lo escribiría a su manera.
        return self.args[0]

    def _render_traceback_(self):
        """Lo que Jupyter muestra: las frases, sin el rastro interno de `helpers`."""
        return str(self).splitlines()


class DatosDanados(ErrorDelCurso):
    """Un archivo de `data/` falta o no es el que se publicó."""


# --- De save_model y load_model. Varios son también la excepción de Python que se espera. ---------
class NoEsUnModelo(ErrorDelCurso, TypeError):
    """Lo que se quiere guardar no es un modelo entrenado."""


class ExtensionDesconocida(ErrorDelCurso, ValueError):
    """El nombre del archivo no dice con qué método se guarda, o el método no existe."""


class OpcionDesconocida(ErrorDelCurso, ValueError):
    """Un parámetro tiene un valor que no está entre los posibles."""


class NoEsUnArchivo(ErrorDelCurso, IsADirectoryError):
    """La ruta lleva a una carpeta, o a algo que no se lee como un archivo."""


class ModeloNoEncontrado(ErrorDelCurso, FileNotFoundError):
    """No hay ningún archivo en esa ruta."""


class YaExiste(ErrorDelCurso, FileExistsError):
    """Hay un modelo con ese nombre y se pidió conservarlo."""


class NoSePudoGuardar(ErrorDelCurso):
    """No se pudo guardar. El mensaje dice qué modelo hay ahora: casi siempre, el de antes."""


class NoSePudoLeer(ErrorDelCurso):
    """El sistema no deja leer el archivo."""


class ArchivoVacio(ErrorDelCurso):
    """El archivo tiene 0 bytes."""


class NoEsDeUnModelo(ErrorDelCurso):
    """El archivo es otra cosa: una página web, un puntero de Git-LFS, un texto."""


class FormatoDistinto(ErrorDelCurso):
    """El contenido es de un método y el nombre, o la ficha, dicen otro."""


class ArchivoDanado(ErrorDelCurso):
    """El contenido no se puede reconstruir."""


class ArchivoIncompleto(ArchivoDanado):
    """Al archivo le falta el final."""


class HuellaDistinta(ArchivoDanado):
    """El archivo no es el que se guardó: su huella no coincide con la de la ficha."""


class FichaDanada(ErrorDelCurso):
    """La ficha que acompaña al modelo no se puede leer."""


class TiposSinAprobar(ErrorDelCurso):
    """El archivo de skops nombra tipos que nadie ha aprobado. Están en `tipos`."""

    def __init__(self, *frases, tipos=()):
        super().__init__(*frases)
        self.tipos = tuple(tipos)


class FaltaUnaClase(ErrorDelCurso):
    """El archivo nombra una clase, una función o una librería que aquí no existe."""


class VersionDistinta(ErrorDelCurso):
    """El modelo se guardó con otras versiones y se pidió que coincidieran."""


class RespuestasDistintas(ErrorDelCurso):
    """El modelo cargado no responde a los ejemplos lo que respondía al guardarlo."""


class AvisoDeVersion(UserWarning):
    """El modelo se guardó con otras versiones: quizá no responda lo mismo."""


class AvisoDeModelo(UserWarning):
    """El modelo se guardó, pero hay algo que conviene saber antes de fiarse."""


def ctrl_c_tapado(error, de_antes):
    """El Ctrl-C que hay debajo de un error: un zip a medias lo tapa, y a veces el propio Python.

    Parámetros
    ----------
    error : BaseException
    de_antes : BaseException o None
        El que ya se atendía al empezar: desde ahí hacia abajo no se mira.

    Devuelve
    --------
    KeyboardInterrupt o None
    """
    while (error := error.__context__) not in (None, de_antes):
        if isinstance(error, KeyboardInterrupt):
            return error
    return None
