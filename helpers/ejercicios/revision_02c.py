"""Cómo se comprueban los ejercicios de 02c · dill. Todo lo que usa dill corre en otro proceso."""

import ast
import re
import tempfile
import zipfile
from collections.abc import Iterable
from pathlib import Path

from helpers.datos import horas_de_estudio
from helpers.ejercicios.archivos import exige_archivo, pregunta_aparte, textos_de_un_pickle
from helpers.ejercicios.resultado import (
    Rechazo,
    bien,
    error_tuyo,
    mal,
    muestra,
    sin_responder,
)
from helpers.proceso import ejecuta_en_proceso_nuevo

# --- 02c.1 · un Pipeline con una lambda ----------------------------------------------------------
HORAS = [1.0, 5.0, 10.0]

# El nombre `np` no existe aquí: si el archivo no lo trae, la lambda debe echarlo en falta. Las
# horas van en un array, como en el cuaderno: con una lista, `1 + horas` sería un error.
PREGUNTA_CURVA = """
import dill
from sklearn.exceptions import NotFittedError
with open(nombre, "rb") as archivo:
    objeto = dill.load(archivo)
respuesta = {"tipo": type(objeto).__name__}
if respuesta["tipo"] == "Pipeline":
    try:
        columna = __import__("numpy").array([[hora] for hora in horas])
        respuesta["notas"] = list(map(float, objeto.predict(columna)))
    except NameError as error:
        respuesta["falta"] = str(error.name)
    except NotFittedError:
        respuesta["sin_entrenar"] = True
"""


def comprueba_curva(nombre):
    """El archivo lleva un Pipeline con una lambda, y otro proceso predice con él."""
    ruta = exige_archivo(nombre)
    try:
        textos = textos_de_un_pickle(ruta)
    except Rechazo:
        return mal(
            "no_es_de_dill",
            vi=f"que «{ruta.name}» no es como los archivos que escribe dill",
            esperaba="un archivo escrito con `dill.dump`",
            porque="se guarda con joblib o con skops, o el archivo no llega a cerrarse",
            prueba='`dill.dump(modelo, archivo, …)` con el archivo abierto en modo "wb"',
        )
    if "<lambda>" not in textos:
        return mal(
            "sin_lambda",
            vi="que el archivo no lleva ninguna `lambda`",
            esperaba="la que está dentro de `FunctionTransformer`",
            porque="se guarda un solo paso, o se usa otra función, que es buena idea para 02c.2",
            prueba="`make_pipeline(FunctionTransformer(lambda horas: np.log1p(horas)), …)`",
        )
    visto = pregunta_aparte(f"nombre, horas = {ruta.name!r}, {HORAS}{PREGUNTA_CURVA}", ruta)
    if visto["tipo"] != "Pipeline":
        return mal(
            "otro_objeto",
            vi=f"en el archivo un objeto de tipo {visto['tipo']}",
            esperaba="un `Pipeline` con sus dos pasos",
            porque="se guarda la función o un paso suelto en lugar del modelo entero",
            prueba="`dill.dump(modelo, archivo, …)`, donde `modelo` es lo que da `make_pipeline`",
        )
    if "falta" in visto:
        return mal(
            "falta_recurse",
            vi=f"que al predecir, en un proceso nuevo, falta el nombre «{visto['falta']}»",
            esperaba="que el archivo lo llevara",
            porque="dill guarda el código de la `lambda`, y no los nombres que usa",
            prueba="a guardar con una opción más: la del apartado 2",
        )
    if "sin_entrenar" in visto:
        return _sin_entrenar(ruta)
    if not any(texto.startswith("dill") for texto in textos):
        return mal(
            "otra_herramienta",
            vi=f"que «{ruta.name}» lleva la `lambda` y no nombra a dill",
            esperaba="un archivo escrito con `dill.dump`",
            porque="cloudpickle también guarda una `lambda`; el apartado 4 los compara",
            prueba="`dill.dump(modelo, archivo, …)`",
        )
    _exige_la_curva(visto["notas"])
    return bien(
        "Un proceso nuevo predijo con tu `lambda`, que solo existía en el cuaderno. Esa comodidad "
        "tiene un precio: apartados 3 y 4."
    )


def _sin_entrenar(ruta):
    return mal(
        "sin_entrenar",
        vi=f"que el modelo de «{ruta.name}» no está entrenado, y por eso no predice",
        esperaba="un modelo entrenado",
        porque="se guarda antes de llamar a `fit`",
        prueba="`modelo.fit(X, y)` antes de guardar",
    )


def _exige_la_curva(notas):
    """Rechaza unas predicciones que no son las de nota = a + b · log(1 + horas)."""
    import numpy as np

    estudio = horas_de_estudio(semilla=42)
    pendiente, base = np.polyfit(np.log1p(estudio["horas"]), estudio["nota"], 1)
    if not np.allclose(notas, base + pendiente * np.log1p(HORAS)):
        vista, buena = notas[-1], base + pendiente * np.log1p(HORAS[-1])
        raise Rechazo(
            mal(
                "otra_curva",
                vi=f"que con {HORAS[-1]:.0f} horas predice {vista:.1f}",
                esperaba=f"{buena:.1f}, lo que da el modelo con el logaritmo",
                porque="se entrena con otra transformación, o con otros datos",
                prueba="`np.log1p` sobre las horas, y `fit(X, y)`",
            )
        )


# --- 02c.2 · lo mismo, sin dill ------------------------------------------------------------------
PREGUNTA_SIN_DILL = """
import sys
sys.modules["dill"] = None
import pickle
import numpy as np
import skops.io
from sklearn.exceptions import NotFittedError
def notas(modelo):
    return list(map(float, modelo.predict(np.array([[hora] for hora in horas]))))
respuesta = {}
try:
    en_curso = de_pickle
    with open(de_pickle, "rb") as archivo:
        respuesta["pickle"] = notas(pickle.load(archivo))
    en_curso = de_skops
    respuesta["skops"] = notas(skops.io.load(de_skops))
except ModuleNotFoundError as error:
    respuesta["sin_modulo"] = error.name
except NotFittedError:
    respuesta["sin_entrenar"] = en_curso
except TypeError as error:
    respuesta["desconfia"] = str(error)
"""


def comprueba_sin_dill(nombre_pickle, nombre_skops):
    """Los dos archivos se cargan sin dill y predicen lo mismo que la curva."""
    ruta, ruta_skops = exige_archivo(nombre_pickle), exige_archivo(nombre_skops)
    textos = textos_de_un_pickle(ruta)
    if ajena := next((t for t in textos if t.startswith(("dill.", "cloudpickle."))), None):
        return mal(
            "sigue_con_dill",
            vi=f"que {ruta.name} nombra a `{ajena}`",
            esperaba="un archivo que solo necesite scikit-learn y numpy",
            porque="la extensión cambió y la herramienta no, o el modelo lleva aún la `lambda`",
            prueba="`pickle.dump(modelo, archivo)`; si da un error, mira qué función lleva dentro",
        )
    if "__main__" in textos:
        return mal(
            "sigue_en_main",
            vi=f"que {ruta.name} busca una función en `__main__`",
            esperaba="que no buscara nada en el cuaderno",
            porque="se cambia la `lambda` por un `def`, y pickle guarda solo su nombre",
            prueba="una función que ya exista en numpy",
        )
    if not zipfile.is_zipfile(ruta_skops):
        return mal(
            "no_es_skops",
            vi=f"que {ruta_skops.name} no es un archivo de skops, que por dentro es un zip",
            esperaba="lo que escribe `skops.io.dump`",
            porque="se guarda con pickle y se cambia solo la extensión",
            prueba='`skops.io.dump(modelo, "curva.skops")`',
        )
    datos = f"de_pickle, de_skops, horas = {ruta.name!r}, {ruta_skops.name!r}, {HORAS}"
    visto = pregunta_aparte(datos + PREGUNTA_SIN_DILL, ruta, ruta_skops)
    if "sin_modulo" in visto:
        return mal(
            "modulo_que_no_viaja",
            vi=f"que, en otra carpeta, no aparece el módulo «{visto['sin_modulo']}»",
            esperaba="que los dos archivos bastaran",
            porque="la función está en un módulo que no viaja con el archivo",
            prueba="una función que ya exista en numpy",
        )
    if "sin_entrenar" in visto:
        return _sin_entrenar(Path(visto["sin_entrenar"]))
    if "desconfia" in visto:
        funcion = re.search(r"'([^']+)'", visto["desconfia"])
        return mal(
            "funcion_propia",
            vi=f"que skops no se fía de «{funcion[1] if funcion else 'un tipo'}» y no carga",
            esperaba="un modelo hecho solo de piezas que skops conoce",
            porque="skops guarda la `lambda` sin quejarse; el error llega al cargar",
            prueba="a pasar `np.log1p`, sin `lambda` y sin paréntesis",
        )
    for notas in visto.values():
        _exige_la_curva(notas)
    return bien(
        "`np.log1p` se guarda por referencia: un nombre que existe donde esté numpy. La mejor "
        "`lambda` es la que no hace falta guardar."
    )


# --- 02c.3 · cuatro comienzos --------------------------------------------------------------------
NECESITAN_DILL = {"a", "c"}
ERRORES_DE_COMIENZO = {
    "a": (
        "joblib copia las reglas al importarse, y dill ya las había cambiado",
        "mira qué se ejecuta antes: ¿el cambio o la copia?",
    ),
    "b": (
        "`import joblib` está después de dill, pero no es la primera vez que se importa",
        "piensa quién importó joblib en la primera línea",
    ),
    "c": (
        "`extend(False)` retira las reglas, pero joblib ya tiene su copia",
        "sigue las tres líneas en orden: cambio, copia, retirada",
    ),
    "d": (
        "aparece `import dill` antes que joblib; pero una línea en medio lo deshace",
        "sigue las tres líneas en orden: cambio, retirada, copia",
    ),
}


def comprueba_comienzos(letras):
    """Las letras son las de los comienzos cuyo archivo necesita dill."""
    dadas = _letras(letras)
    if dadas is None or not dadas <= set(ERRORES_DE_COMIENZO):
        return mal(
            "otras_letras",
            vi=muestra(letras),
            esperaba="un texto con letras de la a a la d",
            porque="se escriben palabras, o letras sin comillas, que son nombres de variables",
            prueba='`letras = "ab"`, con las tuyas',
        )
    if dadas == set(ERRORES_DE_COMIENZO) - NECESITAN_DILL:
        return mal(
            "al_reves",
            vi=f"{muestra(letras)}, justo los dos que no lo necesitan",
            esperaba="los otros dos",
            porque="se contesta cuáles dejan joblib como estaba",
            prueba='`necesita_dill("b")`',
        )
    for letra, (porque, prueba) in ERRORES_DE_COMIENZO.items():
        if (letra in dadas) != (letra in NECESITAN_DILL):
            return mal(
                "otro_comienzo",
                vi=f"que la {letra} {'está' if letra in dadas else 'no está'} en tu respuesta",
                esperaba=f"{'que no estuviera' if letra in dadas else 'que estuviera'}",
                porque=porque,
                prueba=f'`necesita_dill("{letra}")` y, después, {prueba}',
            )
    return bien(
        "Lo que cuenta es el instante en que joblib se importa por primera vez: si las reglas de "
        "dill están puestas, se las lleva."
    )


def _letras(valor):
    """El conjunto de letras de un texto o de una colección de textos; None si no hay letras."""
    textos = list(valor) if isinstance(valor, Iterable) else [valor]
    if not all(isinstance(texto, str) for texto in textos):
        return None
    juntas = "".join(textos).lower().replace(" y ", " ")
    return {letra for letra in juntas if letra.isalpha()} or None


# --- 02c.4 · cuándo no ---------------------------------------------------------------------------
PALABRAS = ("sirve", "sobra", "confianza", "version", "imposible")
# Por situación: la palabra, qué mirar y, por cada una de las otras, por qué se elige.
SITUACIONES = {
    "a": (
        "sobra",
        "a mirar lo que imprimió la celda de los tamaños: ¿qué añadió dill al modelo lineal?",
        {
            "sirve": "se piensa que dill mejora a pickle en todo; con un modelo sin funciones "
            "tuyas escribe casi lo mismo",
            "confianza": "la advertencia está en todas partes, y nadie dice que este archivo sea "
            "ajeno",
            "version": "se recuerda el código compilado, y un modelo lineal no lleva ninguno",
            "imposible": "se recuerda la lista de lo que dill no guarda, y un modelo lineal no "
            "está en ella",
        },
    ),
    "b": (
        "sirve",
        "a repasar uno a uno los otros cuatro motivos",
        {
            "sobra": "parece que pickle puede con cualquier función; a una `lambda` le falta un "
            "nombre que buscar",
            "confianza": "se desconfía de todo archivo de dill, y este lo haces tú",
            "version": "se ve una función y se piensa en otro Python; el de mañana es el mismo",
            "imposible": "se confunde con pickle, que sí rechaza una `lambda`",
        },
    ),
    "c": (
        "confianza",
        "a contestar esto: ¿la ejecutarías si te la enviaran como programa?",
        {
            "sirve": "se mira si se puede cargar y no quién lo hizo; cargar puede ejecutar código",
            "sobra": "se mira con qué herramienta se hizo; con pickle la duda sería la misma",
            "version": "se mira con qué Python se hizo, y aquí es el tuyo",
            "imposible": "se mira si dill puede guardarla, y esta función ya está guardada",
        },
    ),
    "d": (
        "version",
        "a releer lo medido con tres versiones de Python",
        {
            "sirve": "si hoy se carga, parece que se cargará siempre; el archivo lleva código "
            "compilado",
            "sobra": "se olvida que pickle, de una función del cuaderno, solo guarda el nombre",
            "confianza": "se piensa en archivos de otros, y esta función es tuya",
            "imposible": "se confunde «quizá no se cargue» con «no se guarda»; dill la guarda hoy",
        },
    ),
    "e": (
        "imposible",
        "`dill.pickles(n for n in [1])`",
        {
            "sirve": "se lee a menudo que dill guarda cualquier cosa",
            "sobra": "se piensa que pickle puede con él, y pickle tampoco lo guarda",
            "confianza": "se piensa en quién lo hizo, y aquí no llega a haber un archivo",
            "version": "se piensa en el Python que lo cargará, y aquí no hay nada que cargar",
        },
    ),
    "f": (
        "sirve",
        "a recordar lo que hizo el proceso nuevo con `clase_3b.dill`",
        {
            "sobra": "parece que pickle basta, y pickle solo guardaría el nombre de la clase",
            "confianza": "se desconfía de todo archivo, y este sale de tu cuaderno",
            "version": "la clase va por valor, con su código compilado, pero el Python no cambia",
            "imposible": "se confunde con la lista de lo que dill no guarda: cerrojos, generadores",
        },
    ),
}


def comprueba_motivos(motivos):
    """Cada situación lleva la palabra que le corresponde."""
    if not isinstance(motivos, dict) or set(motivos) != set(SITUACIONES):
        return mal(
            "no_son_seis",
            vi=muestra(motivos),
            esperaba="un diccionario con las seis letras, de la a a la f",
            porque="se borra una línea de la celda, o se contesta solo con una lista",
            prueba="a dejar las seis claves y cambiar solo los puntos suspensivos",
        )
    if any(palabra is ... for palabra in motivos.values()):
        return sin_responder()
    dichas = {letra: _sin_tilde(palabra) for letra, palabra in motivos.items()}
    if raras := [letra for letra, palabra in dichas.items() if palabra not in PALABRAS]:
        return mal(
            "otra_palabra",
            vi=f"en la {raras[0]}, {muestra(motivos[raras[0]])}",
            esperaba=f"una de estas: {', '.join(PALABRAS)}",
            porque="se contesta con una frase",
            prueba="a copiar la palabra del enunciado, con comillas",
        )
    for letra, (buena, prueba, porques) in SITUACIONES.items():
        if dichas[letra] != buena:
            return mal(
                "otro_motivo",
                vi=f"«{dichas[letra]}» en la {letra}",
                esperaba="otro motivo",
                porque=porques[dichas[letra]],
                prueba=prueba,
            )
    return bien(
        "dill sirve para llevar código tuyo, pronto y con el mismo Python. Lo que deba durar va "
        "en un módulo."
    )


def _sin_tilde(palabra):
    return palabra.strip().lower().replace("ó", "o") if isinstance(palabra, str) else palabra


# --- 02c.5 · deshacer el efecto ------------------------------------------------------------------
PROGRAMA = """
import dill
import joblib

def triple(x):
    return 3 * x

with open("triple.dill", "wb") as archivo:
    dill.dump(triple, archivo)
joblib.dump(triple, "triple.joblib")
"""
DE_DILL, DE_JOBLIB = "triple.dill", "triple.joblib"


def comprueba_programa(nombre):
    """El programa guarda `triple` por valor con dill, y con joblib por referencia."""
    ruta = exige_archivo(nombre)
    codigo = _programa_cambiado(ruta)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as temporal:
        carpeta = Path(temporal)
        salida = ejecuta_en_proceso_nuevo(codigo, carpeta, limite=8)
        if salida.error:
            return error_tuyo(
                "programa_falla",
                f"En un proceso nuevo, {ruta.name} da este error: {salida.error}",
                "a copiarlo en una celda con `%%proceso_nuevo`",
            )
        faltan = [n for n in (DE_DILL, DE_JOBLIB) if not (carpeta / n).is_file()]
        if faltan:
            return mal(
                "falta_un_archivo",
                vi=f"que el programa no crea {faltan[0]}",
                esperaba="los dos archivos",
                porque="se borra la línea que da el problema en lugar de arreglarla",
                prueba="a dejar los dos `dump` y cambiar solo lo que hay antes",
            )
        return _compara_los_dos(codigo, carpeta / DE_DILL, carpeta / DE_JOBLIB)


def _programa_cambiado(ruta):
    """El código del programa, o un rechazo si no se puede leer o nadie lo ha cambiado."""
    try:
        codigo = ruta.read_text(encoding="utf-8-sig")
        arbol = ast.parse(codigo)
    except (SyntaxError, ValueError) as error:
        raise Rechazo(
            error_tuyo(
                "programa_ilegible",
                f"Python no puede leer {ruta.name}: {muestra(str(error))[1:-1]}",
                "a mirar esa línea de la celda `%%writefile` y a ejecutarla otra vez",
            )
        ) from None
    if ast.dump(arbol) == ast.dump(ast.parse(PROGRAMA)):
        raise Rechazo(
            sin_responder("El programa está como al principio. Cámbialo y ejecuta las dos celdas.")
        )
    return codigo


def _llama_a_joblib(codigo):
    """Verdadero si en el programa hay una llamada a `joblib.dump`, con ese nombre o con otro."""
    nodos = list(ast.walk(ast.parse(codigo)))
    nombres = set()
    for nodo in nodos:
        if isinstance(nodo, ast.Import):
            nombres |= {f"{a.asname or a.name}.dump" for a in nodo.names if a.name == "joblib"}
        elif isinstance(nodo, ast.ImportFrom) and nodo.module == "joblib":
            nombres |= {a.asname or a.name for a in nodo.names if a.name == "dump"}
    return any(isinstance(nodo, ast.Call) and ast.unparse(nodo.func) in nombres for nodo in nodos)


def _textos_sin_comprimir(ruta):
    try:
        return textos_de_un_pickle(ruta)
    except Rechazo:
        raise Rechazo(
            mal(
                "no_se_deja_leer",
                vi=f"que {ruta.name} está comprimido, o no está entero",
                esperaba="poder leer qué nombra",
                porque="se añade `compress`, que no hacía falta cambiar",
                prueba="a quitar `compress`",
            )
        ) from None


def _compara_los_dos(codigo, de_dill, de_joblib):
    nombra, lleva = _textos_sin_comprimir(de_joblib), _textos_sin_comprimir(de_dill)
    if not _llama_a_joblib(codigo):
        return mal(
            "sin_joblib",
            vi="que el programa no llama a `joblib.dump`",
            esperaba=f"que joblib siguiera escribiendo {DE_JOBLIB}",
            porque="cambiar de herramienta quita el efecto, pero también quita joblib",
            prueba="a dejar los dos `dump` y cambiar solo lo que hay antes",
        )
    if any("dill" in texto for texto in nombra):
        if "extend" in codigo:
            return mal(
                "extend_tarde",
                vi=f"`extend` en el programa, y {DE_JOBLIB} todavía necesita dill",
                esperaba="que las reglas se retiraran antes de que joblib las copiara",
                porque="`extend(False)` no toca la copia que joblib ya tiene",
                prueba="a subir esa línea, o a importar joblib primero",
            )
        return mal(
            "orden_intacto",
            vi=f"que {DE_JOBLIB} todavía necesita dill",
            esperaba="que llevara solo un nombre",
            porque="se cambia cómo se guarda, y el efecto viene de los `import`",
            prueba="el comienzo b o el d del ejercicio 02c.3 como modelo",
        )
    if "triple" not in nombra:
        return mal(
            "joblib_sin_triple",
            vi=f"que {DE_JOBLIB} no nombra a `triple`",
            esperaba="la misma función en los dos archivos",
            porque="se guarda un resultado, como `triple(4)`, en lugar de la función",
            prueba='`joblib.dump(triple, "triple.joblib")`',
        )
    if not any(texto.startswith("dill.") for texto in lleva):
        return mal(
            "dill_sin_codigo",
            vi=f"que {DE_DILL} ya no lleva el código de la función",
            esperaba="que dill siguiera guardándola por valor",
            porque="para quitar el efecto se guarda con pickle, que solo escribe el nombre",
            prueba="a dejar `dill.dump(triple, archivo)` y mover solo los `import`",
        )
    carga = f"import dill\nwith open({DE_DILL!r}, 'rb') as f: respuesta = dill.load(f)(4)"
    if (vista := pregunta_aparte(carga, de_dill)) != 12:
        return mal(
            "otra_funcion",
            vi=f"que la función de {DE_DILL} responde {muestra(vista)} con un 4",
            esperaba="12, el triple",
            porque="al mover líneas se cambia la función",
            prueba="a dejar `return 3 * x`",
        )
    return bien(
        "El mismo programa usa las dos librerías y ninguna toca a la otra. Si solo necesitas dill "
        "una vez, impórtala en un proceso aparte: así lo hace este curso."
    )
