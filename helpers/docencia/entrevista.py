"""Lo que se le pregunta a una entrega.

Las respuestas llegan de un proceso ajeno: son datos, y quien las compara está aquí, donde la
entrega no llega.
"""

import base64
import builtins
import contextlib
import time

from helpers.docencia.confianza import CARGADOR, exige_confianza
from helpers.docencia.criterios import NoContesta, descodifica
from helpers.docencia.sesion import SE_CERRO, Muerta, Sesion

CALMA = 0.3  # segundos tras cada celda, si algo cerró el proceso y no se sabe qué
FALLOS = {
    "no existe": "no encontré «{nombre}»",
    "no es función": "«{nombre}» no es una función",
    "tiempo": "«{nombre}» no terminó a tiempo",
    "hondo": "«{nombre}» da listas dentro de listas sin fin",
    "grande": "«{nombre}» pesa demasiado",
    "ilegible": "«{nombre}» no se deja leer",
    "error": "«{nombre}» no se dejó examinar",
}


class Entrevista:
    """Una entrega ejecutada en su sala, a la que se le hacen preguntas.

    Si el proceso se cierra, se abre otra sala y se ejecuta todo menos lo que lo cerró: lo demás
    no tiene la culpa.

    Parámetros
    ----------
    celdas : list[str]
        El código, en orden.
    modo, entrega, limites
        Los de `Sesion`.
    quien : tuple[str, ...]
        Los nombres con los que se conoce a quien entrega.
    """

    def __init__(self, celdas, modo, entrega, limites, quien=()):
        self.quien = quien
        self._celdas, self._sala, self._limites = celdas, (modo, entrega, limites), limites
        self.salidas = [{"texto": "", "error": ""} for _ in celdas]
        self.incidencias = []
        self._saltadas, self._vetados, self._examinado = set(), {}, {}
        self._intentos = limites.reintentos
        self._sesion, self._con_calma = None, False

    def __enter__(self):
        self._abre()
        return self

    def __exit__(self, *_):
        self._cierra()

    # --- Las preguntas -----------------------------------------------------------------------
    def valor(self, nombre):
        """El valor de una variable, hecho de números, textos, listas, tuplas y diccionarios."""
        return descodifica(self._pregunta("valor", nombre, nombre)["valor"])

    def llama(self, funcion, *argumentos):
        """Lo que devuelve una función de la entrega con esos argumentos."""
        respuesta = self._llama(funcion, argumentos)
        if "lanza" in respuesta:
            raise NoContesta(f"«{funcion}» lanzó {_conocida(respuesta['lanza'])}")
        return descodifica(respuesta["valor"])

    def lanza(self, funcion, *argumentos):
        """Los nombres de la clase de la excepción que lanza y de sus clases madre; o ninguno."""
        return tuple(map(str, self._llama(funcion, argumentos).get("lanza", ())))

    def archivo(self, nombre):
        """Los bytes de un archivo de la entrega, tal como están ahora."""
        return base64.b64decode(self._archivo(nombre))

    def deja(self, nombre, datos):
        """Deja un archivo en la carpeta de la entrega, para preguntar después por él."""
        en_texto = base64.b64encode(datos).decode("ascii")
        self._pregunta("escribe", nombre, "", bytes=en_texto)

    def predice(self, archivo, filas):
        """Lo que predice un modelo entregado como archivo."""
        return self.examina(archivo, filas)["predicciones"]

    def examina(self, archivo, filas):
        """Un modelo entregado como archivo: su `formato`, los `nombres` que pide y `predicciones`.

        Se copia fuera de la sala de quien lo entrega, se mira qué nombra y, si es de confianza,
        se carga en otra sala donde no ha corrido nada ajeno.
        """
        clave = datos, _ = self._archivo(archivo), repr(filas)
        if clave not in self._examinado:
            with self._otra_sala(archivo, {"entregado": datos}, CARGADOR, 60) as pregunta:
                formato, nombres, motivo = pregunta("mira", "entregado")
                exige_confianza(archivo, nombres, motivo)
                predicciones = pregunta("predice", "entregado", filas)
            visto = {"formato": formato, "nombres": nombres, "predicciones": predicciones}
            self._examinado[clave] = visto
        return self._examinado[clave]

    def aparte(self, codigo, funcion, *argumentos, archivos):
        """Lo que devuelve una función en un proceso nuevo, donde solo están esos archivos.

        Sirve para el código que se entrega en un archivo: `codigo` lo importa y define `funcion`.
        """
        suyos = {nombre: self._archivo(nombre) for nombre in archivos}
        clave = codigo, funcion, repr(argumentos), *suyos.items()
        if clave not in self._examinado:
            segundos = self._limites.celda  # es código ajeno: no se le espera como al nuestro
            with self._otra_sala(" y ".join(archivos), suyos, codigo, segundos) as pregunta:
                self._examinado[clave] = pregunta(funcion, *argumentos)
        return self._examinado[clave]

    @contextlib.contextmanager
    def _otra_sala(self, que, archivos, codigo, segundos):
        """Una sala con unos archivos y un código ya ejecutado. Da cómo preguntarle.

        `que` es lo que se examina, como lo diría un mensaje.
        """
        with Sesion(self._sala[0], None, self._limites) as otra:
            try:
                for nombre, datos in archivos.items():
                    otra.pide("escribe", 10, nombre=nombre, bytes=datos)
                if error := otra.pide("celda", segundos, codigo=codigo, impreso=0).get("error"):
                    raise NoContesta(f"«{que}», en un proceso nuevo: {str(error)[:200]}")
                yield lambda funcion, *argumentos: _en_limpio(
                    otra, que, segundos, funcion, argumentos
                )
            except Muerta as motivo:
                raise NoContesta(f"al cargar «{que}», {motivo}") from None

    def define(self, codigo):
        """Ejecuta código nuestro detrás del suyo, para llamar después a lo que define.

        Así se prueban funciones que reciben algo que no se puede escribir como un dato.
        """
        respuesta = self._pregunta(
            "celda", "preparar la prueba", "define", codigo=codigo, impreso=0
        )
        if respuesta.get("error"):
            raise NoContesta("la prueba no se pudo preparar")

    def _llama(self, funcion, argumentos):
        return self._pregunta("llama", funcion, funcion, argumentos=[repr(a) for a in argumentos])

    def _archivo(self, nombre):
        """En base 64, que es como viaja."""
        datos = self._pregunta("archivo", nombre, "", limite=self._limites.archivo)["bytes"]
        try:  # lo que contesta una sala puede ser cualquier cosa
            base64.b64decode(datos, validate=True)
        except (TypeError, ValueError):
            raise NoContesta(f"«{nombre}» no se deja leer") from None
        return datos

    def _pregunta(self, haz, nombre, peligro, **datos):
        """Hace una pregunta. `peligro` es la función que, si cierra el proceso, no se repite."""
        if peligro in self._vetados:
            raise NoContesta(self._vetados[peligro])
        if self._sesion is None:
            raise NoContesta("el cuaderno no se pudo ejecutar")
        try:
            respuesta = self._sesion.pide(haz, self._limites.pregunta, nombre=nombre, **datos)
        except Muerta as motivo:
            self._vetados[peligro] = f"«{nombre}» detuvo el cuaderno: {motivo}"
            self._abre()
            raise NoContesta(self._vetados[peligro]) from None
        if "fallo" in respuesta:
            frase = FALLOS.get(str(respuesta["fallo"]), FALLOS["error"])
            raise NoContesta(frase.format(nombre=nombre))
        return respuesta

    # --- Ejecutar el cuaderno ----------------------------------------------------------------
    def _abre(self):
        """Ejecuta el cuaderno en una sala nueva; salta las celdas que ya cerraron otra."""
        self._cierra()
        while self._intentos > 0:
            self._intentos -= 1
            self._sesion = Sesion(*self._sala).__enter__()
            if self._ejecuta():
                return
            self._cierra()

    def _ejecuta(self):
        """Ejecuta las celdas, menos las que se saltan. Devuelve si llegó al final."""
        for numero, codigo in enumerate(self._celdas):
            if numero in self._saltadas:
                continue
            try:
                salida = self._sesion.pide(
                    "celda", self._limites.celda, codigo=codigo, impreso=self._limites.impreso
                )
                if self._con_calma:
                    time.sleep(CALMA)
                    self._sesion.pide("saluda", self._limites.celda)
            except Muerta as motivo:
                # Una celda puede cerrar el proceso un poco después, cuando ya corre otra que no
                # tiene la culpa. La primera vez no se acusa a nadie: se repite con pausas.
                if self._con_calma or str(motivo) != SE_CERRO:
                    self._anota(numero, str(motivo))
                self._con_calma = True
                return False
            if salida.get("clase") == "tiempo":
                self._anota(numero, "no terminó a tiempo")
            else:
                error = salida.get("error") or salida.get("dice") or ""
                self.salidas[numero] = {"texto": str(salida.get("texto", "")), "error": str(error)}
        return True

    def _anota(self, numero, motivo):
        """Apunta lo que hizo una celda. Si hay que repetir, esa no."""
        self._saltadas.add(numero)
        self.salidas[numero] = {"texto": "", "error": motivo}
        self.incidencias.append((numero, motivo))

    def _cierra(self):
        if self._sesion is not None:
            self._sesion.__exit__()
        self._sesion = None


def _en_limpio(sesion, que, segundos, funcion, argumentos):
    """Llama a una función nuestra en la sala limpia."""
    respuesta = sesion.pide(
        "llama", segundos, nombre=funcion, argumentos=[repr(a) for a in argumentos]
    )
    if "valor" not in respuesta:
        motivo = _conocida(respuesta.get("lanza", ()))
        raise NoContesta(f"«{que}» no se pudo cargar y usar: {motivo}")
    return descodifica(respuesta["valor"])


def _conocida(clases):
    """El nombre de la primera clase de Python entre las de una excepción.

    Su texto, o el nombre de una clase propia, podría llevar las entradas de las pruebas a la página
    que se devuelve.
    """
    for nombre in clases if isinstance(clases, list) else ():
        clase = getattr(builtins, nombre, None) if isinstance(nombre, str) else None
        if isinstance(clase, type) and issubclass(clase, BaseException):
            return nombre
    return "una excepción"
