"""Una clase entera del proyecto final: cada persona lo resuelve bien, a su manera.

Cada manera se arma con muchas decisiones pequeñas e independientes, como ocurre de verdad: cómo se
lee un archivo, en qué orden se comprueba, qué se imprime. Las copias salen de una de ellas.
"""

import os
import random
import re
import subprocess
import sys

from arbol import RAIZ
from proyectos import escribe, proyecto

NOMBRES = (
    "Ana Alba", "Bruno Bello", "Carla Cano", "Diego Duarte", "Elena Egea", "Felipe Franco",
    "Gloria Gil", "Hugo Haro", "Irene Ibarra", "Jorge Jara", "Karla Kuri", "Leo Luna",
    "Marta Mora", "Nicolás Nieto", "Olga Ortiz", "Pablo Peña", "Queta Quiroga", "Raúl Ríos",
    "Sara Soto", "Tomás Tena", "Ursula Uribe", "Víctor Vera", "Wendy Walls", "Xavier Xirau",
    "Yolanda Yuste", "Zoe Zapata", "Alma Ñíguez", "Blas Núñez",
)  # fmt: skip
POSIBLES = {
    "M": ("clase", "tipo", "la_clase"), "F": ("ficha", "hoja", "datos_ficha", "registro", "meta"),
    "T": ("nuevo", "temporal", "aparte", "provisional"), "C": ("contenido", "octetos", "crudo"),
    "R": ("resumen", "huella", "digest"), "Q": ("resultado", "filas", "salida", "t"),
}  # fmt: skip
COMENTARIOS = ("primero lo aparte", "como en 04a", "ojo con la huella", "", "paso a paso", "")


class Persona:
    """Sus decisiones, siempre las mismas para el mismo nombre."""

    def __init__(self, nombre):
        self.nombre, self.azar = nombre, random.Random(nombre)

    def elige(self, *opciones):  # noqa: D102
        return self.azar.choice(opciones)

    def en_otro_orden(self, cosas):  # noqa: D102
        return self.azar.sample(cosas, len(cosas))

    def bautiza(self, codigo):
        """Pone sus nombres a las variables y algún comentario."""
        for marca, nombres in POSIBLES.items():
            codigo = re.sub(rf"\b{marca}\b", self.elige(*nombres), codigo)
        comentario = self.elige(*COMENTARIOS)
        return f"# {comentario}\n{codigo}" if comentario else codigo


def _modelo(p):
    x = p.elige('datos[["horas", "faltas"]]', 'datos.drop(columns="nota")',
                'datos.loc[:, ["horas", "faltas"]]', "datos.iloc[:, :2]")  # fmt: skip
    y = p.elige('datos["nota"]', "datos.nota", 'datos.loc[:, "nota"]')
    entrena = p.elige(
        f"modelo = LinearRegression().fit({x}, {y})",
        f"modelo = LinearRegression()\nmodelo.fit({x}, {y})",
        f"X = {x}\ny = {y}\nmodelo = LinearRegression()\nmodelo.fit(X, y)",
        f"X, y = {x}, {y}\nmodelo = LinearRegression().fit(X, y)",
    )
    mira = p.elige("print(modelo.coef_, modelo.intercept_)", "modelo.score(" + x + ", " + y + ")",
                   "print('listo')", "print(*modelo.coef_)", "")  # fmt: skip
    return f"import joblib\n{entrena}\njoblib.dump(modelo, 'modelo.joblib')\n{mira}"


def _huella(p, de):
    return p.elige(
        f"hashlib.sha256({de}).hexdigest()",
        f"hashlib.new('sha256', {de}).hexdigest()",
        f"hashlib.sha256(bytes({de})).hexdigest()",
    )


def _redacta(p):
    clase = p.elige(
        'f"{type(modelo).__module__}.{type(modelo).__qualname__}"',
        'type(modelo).__module__ + "." + type(modelo).__name__',
        '".".join((modelo.__class__.__module__, modelo.__class__.__name__))',
    )
    columnas = p.elige("list(modelo.feature_names_in_)", "modelo.feature_names_in_.tolist()",
                       "[str(c) for c in modelo.feature_names_in_]",
                       '["horas", "faltas"]')  # fmt: skip
    python = p.elige("platform.python_version()", "'.'.join(platform.python_version_tuple())")
    versiones = [f'"python": {python}', '"scikit-learn": sklearn.__version__']
    versiones += p.elige([], ['"joblib": joblib.__version__'])
    versiones = "{" + ", ".join(p.en_otro_orden(versiones)) + "}"
    pares = p.en_otro_orden([
        ("clase", clase), ("versiones", versiones), ("columnas", columnas),
        ("sha256", _huella(p, "C")), ("bytes", "len(C)"),
    ])  # fmt: skip
    if p.elige(True, False, False):
        cuerpo = "    F = {}\n" + "\n".join(f'    F["{c}"] = {v}' for c, v in pares)
        return f"def redacta(modelo, C):\n{cuerpo}\n    return F"
    if p.elige(True, False):
        return (
            "def redacta(modelo, C):\n    return dict("
            + ", ".join(f"{c}={v}" for c, v in pares)
            + ")"
        )
    return (
        "def redacta(modelo, C):\n    return {" + ", ".join(f'"{c}": {v}' for c, v in pares) + "}"
    )


def _json(p, que, donde):
    sangria = p.elige("", ", indent=2", ", indent=4", ", ensure_ascii=False")
    return p.elige(
        f'Path({donde}).write_text(json.dumps({que}{sangria}), encoding="utf-8")',
        f'with open({donde}, "w", encoding="utf-8") as salida:\n'
        f"    json.dump({que}, salida{sangria})",
        f'Path({donde}).write_bytes(json.dumps({que}{sangria}).encode("utf-8"))',
    )


def _lee(p, donde):
    return p.elige(f"Path({donde}).read_bytes()", f'open({donde}, "rb").read()')


def _ficha(p):
    return f"C = {_lee(p, repr('modelo.joblib'))}\nF = redacta(modelo, C)\n" + _json(
        p, "F", p.elige("'modelo.joblib.json'", "'modelo' + '.joblib.json'")
    )


def _sangra(codigo):
    return "\n".join("    " + linea for linea in codigo.split("\n"))


def _guarda(p):
    aparte = p.elige('f"{ruta}.nuevo"', 'str(ruta) + ".tmp"', '"_" + str(ruta)', 'f"nuevo_{ruta}"')
    mueve = p.elige("os.replace({}, {})", "Path({}).replace({})")
    pasos = [
        f"T = {aparte}",
        "joblib.dump(modelo, T" + p.elige("", ", compress=3", ", compress=1") + ")",
    ]
    pasos += p.elige([], ["joblib.load(T)"], ["assert Path(T).stat().st_size > 0"])
    pasos += [f"F = redacta(modelo, {_lee(p, 'T')})", _json(p, "F", 'T + ".json"')]
    finales = [mueve.format("T", "ruta"), mueve.format('T + ".json"', 'f"{ruta}.json"')]
    pasos += p.elige(
        finales, ["for fin in ('', '.json'):\n    os.replace(T + fin, str(ruta) + fin)"]
    )
    if p.elige(True, False, False):
        cuerpo = "\n".join(pasos)
        return (
            f"def guarda(modelo, ruta):\n    try:\n{_sangra(_sangra(cuerpo))}\n"
            "    except BaseException:\n        Path(T).unlink(missing_ok=True)\n        raise"
        )
    pasos += p.elige([], ["return ruta"], ["print('guardado en', ruta)"])
    return "def guarda(modelo, ruta):\n" + _sangra("\n".join(pasos))


def _carga(p):
    lee = p.elige('F = json.loads(Path(f"{ruta}.json").read_text(encoding="utf-8"))',
                  'with open(f"{ruta}.json", encoding="utf-8") as entrada:\n'
                  "    F = json.load(entrada)",
                  'F = json.loads(Path(str(ruta) + ".json").read_bytes())')  # fmt: skip
    pasos = p.en_otro_orden([lee, f"C = {_lee(p, 'ruta')}"])
    pasos += p.elige([], ["if len(C) != F['bytes']:\n    raise ValueError('otro tamaño')"],
                     ["if 'sha256' not in F:\n    raise ValueError('ficha rara')"])  # fmt: skip
    huella = _huella(p, "C")
    niega = (
        "raise ValueError("
        + p.elige("'no es el de su ficha'", 'f"{ruta}: otra huella"', "ruta")
        + ")"
    )
    pasos += p.elige(
        [f"if {huella} != F['sha256']:\n    {niega}", "return joblib.load(ruta)"],
        [f"R = {huella}\nif R == F['sha256']:\n    return joblib.load(ruta)\n{niega}"],
        [
            f"R = {huella}\nif not R == F['sha256']:\n    {niega}\n"
            "modelo = joblib.load(ruta)\nreturn modelo"
        ],
        [
            f"iguales = F['sha256'] == {huella}\nif not iguales:\n    {niega}\n"
            "return joblib.load(ruta)"
        ],
    )
    return "def carga(ruta):\n" + _sangra("\n".join(pasos))


def _prueba(p):
    igual = p.elige("np.array_equal({0}, {1})", "bool(({0} == {1}).all())",
                    "({0}).tolist() == ({1}).tolist()",
                    "bool(np.all({0} == {1}))")  # fmt: skip
    filas = [
        ("clase", p.elige("type(original) is type(copia)", "type(original) == type(copia)",
                          "original.__class__ is copia.__class__")),
        ("columnas", p.elige("list(original.feature_names_in_) == list(copia.feature_names_in_)",
                             igual.format("original.feature_names_in_",
                                          "copia.feature_names_in_"))),
        ("coeficientes", igual.format("original.coef_", "copia.coef_")),
        ("ordenada", p.elige("bool(original.intercept_ == copia.intercept_)",
                             "float(original.intercept_) == float(copia.intercept_)")),
    ]  # fmt: skip
    filas += p.elige([], [("respuestas", igual.format("original.predict(X)", "copia.predict(X)"))])
    filas += p.elige([], [("parámetros", "original.get_params() == copia.get_params()")])
    filas += p.elige(
        [], [("rango", "original.rank_ == copia.rank_ if hasattr(copia, 'rank_') else False")]
    )
    filas = p.en_otro_orden(filas)
    if p.elige(True, False):
        cuerpo = (
            "    Q = {}\n" + "\n".join(f'    Q["{n}"] = {v}' for n, v in filas) + "\n    return Q"
        )
    else:
        cuerpo = "    return {" + ", ".join(f'"{n}": {v}' for n, v in filas) + "}"
    return f"import numpy as np\ndef prueba(original, copia, X):\n{cuerpo}"


def _tabla(p):
    return 'guarda(modelo, "comprobado.joblib")\n' + p.elige(
        'tabla = prueba(modelo, carga("comprobado.joblib"), datos[["horas", "faltas"]])\n'
        "print(tabla)",
        'otro = carga("comprobado.joblib")\n'
        'tabla = prueba(modelo, otro, datos.drop(columns="nota"))\ntabla',
        'copia = carga("comprobado.joblib")\nX = datos[["horas", "faltas"]]\n'
        "tabla = prueba(modelo, copia, X)\nfor n, v in tabla.items():\n    print(n, v)",
        'tabla = prueba(modelo, carga("comprobado.joblib"), datos[["horas", "faltas"]])\n'
        "assert all(tabla.values())",
    )


def respuestas(nombre):
    """Lo que escribe una persona en cada celda."""
    p = Persona(nombre)
    hechas = {"r1": _modelo, "r2": _redacta, "ficha": _ficha, "r3": _guarda, "r4": _carga,
              "r5": _prueba, "tabla": _tabla}  # fmt: skip
    escritas = {celda: p.bautiza(hace(p)) for celda, hace in hechas.items()}
    return escritas | {"r6": f"Soy {nombre} y me fío de mi modelo porque lo he comprobado."}


def disfraza(escritas):
    """El mismo código con otros nombres, otros comentarios, otros textos y otro espaciado."""
    otros = {"modelo, ruta": "m, r", "original": "bueno", "copia": "dudoso"}
    disfrazadas = {}
    for celda, codigo in escritas.items():
        codigo = re.sub(r"^# .*\n", "# esto lo he pensado yo\n\n", codigo)
        for nombres in POSIBLES.values():
            for nombre in nombres:
                codigo = re.sub(rf"\b{nombre}\b(?!['\"=])", f"mi_{nombre}", codigo)
        if celda == "r5":
            for nombre, otro in list(otros.items())[1:]:
                codigo = re.sub(rf"\b{nombre}\b", otro, codigo)
        disfrazadas[celda] = codigo.replace("    ", "  ")
    return disfrazadas


def clase():
    """Treinta entregas: veintisiete de cada cual, y tres copias.

    Devuelve
    --------
    dict[str, dict]
        El cuaderno de cada persona.
    """
    entregas = {nombre: proyecto(nombre, **respuestas(nombre)) for nombre in NOMBRES[:27]}
    # Literal: el cuaderno de Ana, solo con el nombre cambiado.
    entregas["Lidia Literal"] = proyecto("Lidia Literal", **respuestas("Ana Alba"))
    # Con nombres cambiados: el de Bruno, disfrazado.
    entregas["Nora Nombres"] = proyecto("Nora Nombres", **disfraza(respuestas("Bruno Bello")))
    # Con el modelo de Carla: el resto es suyo.
    suyas = respuestas("Omar Otro")
    ajeno = "datos = __import__('helpers').mis_horas_de_estudio(curso, 'Carla Cano')\n"
    entregas["Omar Otro"] = proyecto("Omar Otro", **(suyas | {"r1": ajeno + suyas["r1"]}))
    return entregas


def informe(entregas, carpeta):
    """Lo que imprime `python -m helpers parecidos`.

    Parámetros
    ----------
    entregas : dict[str, dict]
        El cuaderno de cada persona.
    carpeta : Path
        Donde se escriben, cada uno en la suya.

    Devuelve
    --------
    str
    """
    orden = [sys.executable, "-m", "helpers", "parecidos", str(escribe(carpeta, entregas))]
    entorno = os.environ | {"PYTHONUTF8": "1"}
    hecho = subprocess.run(
        orden, cwd=RAIZ, env=entorno, capture_output=True, encoding="utf-8", timeout=600
    )
    assert hecho.returncode == 0, hecho.stderr
    return hecho.stdout
