"""`save_model` y `load_model`: guardar un modelo sin perder el anterior y cargar el que se guardó.

Al guardar, el archivo se prepara aparte, se relee, se carga y se compara; solo entonces ocupa el
sitio del anterior. Al cargar se comprueban antes la huella y el formato.

A su lado va la ficha, `modelo.joblib.json`: con qué método y versiones se guardó, y su huella. Si
mueves el modelo, mueve también su ficha.
"""

from helpers import ficha as fichas
from helpers._persistencia import ejemplo, entrada, explica, vuelta
from helpers.escritura import a_medias, al_disco, publica, sitios
from helpers.espera import turno

RUTA = "modelos/modelo.joblib"


def save_model(
    model,
    file_path=RUTA,
    compress=3,
    *,
    metodo=None,
    sobrescribir=True,
    X_ejemplo=None,
    datos=None,
    metricas=None,
):
    """Guarda un modelo y, a su lado, la ficha con la que `load_model` lo comprobará.

    Si algo falla, o el equipo se apaga a la mitad, el modelo anterior y su ficha siguen ahí, o ya
    están los nuevos, enteros.
    Mientras se comprueba hay dos modelos en memoria, salvo con joblib sin comprimir (`compress=0`).

    Parámetros
    ----------
    model : un modelo entrenado
    file_path : str o Path
        La extensión elige el método: `.joblib`, `.pkl`, `.dill` o `.skops`. La carpeta se crea.
    compress : int
        De 0 (sin comprimir) a 9. Para joblib y skops; con los demás, pedir otro es un error.
    metodo : str, opcional
        «pickle», «joblib», «dill» o «skops», diga lo que diga la extensión.
    sobrescribir : bool
        Con False, un archivo que ya existe no se toca.
    X_ejemplo : tabla o array, opcional
        Unas filas: las 20 primeras van en la ficha, con las respuestas de este modelo. Al guardar,
        y cada vez que se cargue, tendrá que responder lo mismo. Sin datos privados: se pueden leer.
    datos : str o dict, opcional
        De dónde salieron los datos.
    metricas : dict, opcional
        Por ejemplo {"r2": 0.91}.

    Devuelve
    --------
    Path
        Dónde quedó el modelo.

    Errores
    -------
    ErrorDelCurso
        `NoEsUnModelo`, `ExtensionDesconocida`, `OpcionDesconocida`, `NoEsUnArchivo`, `YaExiste`,
        `NoSePudoGuardar` o `RespuestasDistintas`.
    """
    entrada.exige_modelo(model)
    ruta = entrada.ruta_de(file_path)
    como = entrada.elige_metodo(ruta, metodo, compress)
    filas = None if X_ejemplo is None else ejemplo.toma(model, X_ejemplo)
    ficha = fichas.redacta(model, como, datos=datos, metricas=metricas, ejemplo=filas)
    with explica.al_guardar(model, ruta):
        _sustituye(model, sitios(ruta), como, compress, ficha, sobrescribir)
    entrada.avisa_si_es_del_cuaderno(model, como)
    print(f"Modelo guardado en {ruta.as_posix()} ({ficha['guardado'][:19]}).")
    return ruta


def _sustituye(model, donde, como, compress, ficha, sobrescribir):
    """Prepara el archivo y la ficha aparte, los comprueba y los pone en su sitio.

    Hasta `publica`, lo que había no se toca. Un corte antes deja restos que el siguiente guardado
    borra; un corte durante `publica`, un modelo entero cuya ficha `load_model` encuentra.
    """
    donde.modelo.parent.mkdir(parents=True, exist_ok=True)
    with turno(donde.modelo.parent):  # nadie más guarda en esta carpeta
        entrada.exige_sitio(donde.modelo, sobrescribir)
        fichas.termina_lo_pendiente(donde)  # si un corte interrumpió `publica`
        with a_medias(donde):  # borra los restos, también si algo falla
            como.guarda(model, donde.modelo_nuevo, compress)
            ficha["sha256"] = al_disco(donde.modelo_nuevo)  # espera al disco y relee
            ficha["bytes"] = donde.modelo_nuevo.stat().st_size
            vuelta.exige(model, como, donde.modelo_nuevo, ficha)  # lo carga y lo compara
            fichas.escribe(ficha, donde.ficha_nueva)
            publica(donde)


def load_model(file_path=RUTA, *, confiar=(), versiones="avisa", verificar=True):
    """Carga un modelo, después de comprobar que es el archivo que se guardó.

    Un archivo sin ficha también se carga, y se dice que no se pudo comprobar. La huella descubre
    daños y descuidos, no a quien cambie también la ficha: cargar un archivo de pickle, joblib o
    dill puede ejecutar código, así que tiene que ser de alguien de fiar.

    Parámetros
    ----------
    file_path : str o Path
    confiar : list de str
        Los tipos que apruebas en un archivo de skops. El error `TiposSinAprobar` dice cuáles pide.
    versiones : str
        Si el modelo se guardó con otras versiones: «avisa», y lo carga; «estricto», y no.
    verificar : bool
        Con False no mira la ficha: ni la huella, ni las versiones, ni las respuestas.

    Devuelve
    --------
    El modelo.

    Errores
    -------
    ErrorDelCurso
        `ModeloNoEncontrado` (que es también `FileNotFoundError`), `NoEsUnArchivo`,
        `NoSePudoLeer`, `ArchivoVacio`, `NoEsDeUnModelo`, `FormatoDistinto`, `ArchivoDanado`,
        `ArchivoIncompleto`, `HuellaDistinta`, `FichaDanada`, `TiposSinAprobar`, `FaltaUnaClase`,
        `VersionDistinta`, `RespuestasDistintas`, `ExtensionDesconocida` u `OpcionDesconocida`.
    """
    entrada.exige_politica(versiones)
    ruta = entrada.ruta_de(file_path)
    entrada.exige_archivo(ruta)
    # Aquí se mira la huella. Si no hay ficha, o con verificar=False, `ficha` es None.
    with explica.al_abrir(ruta), fichas.abre(sitios(ruta), verificar) as (archivo, ficha):
        como = entrada.elige_metodo(ruta, ficha and ficha["metodo"])
        explica.exige_formato(archivo, como, ruta)  # antes de obedecer al archivo
        model = vuelta.deserializa(archivo, ruta, como, ficha, confiar, versiones)
    filas = ejemplo.comprueba(model, ficha) if ficha else None
    print(f"Modelo cargado de {ruta.as_posix()}.")
    print(vuelta.que_se_comprobo(ficha, filas, verificar))
    return model
