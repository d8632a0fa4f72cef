"""Las lecciones leídas como datos: su título, sus apartados con minutos y sus celdas."""

import ast
import json
import re
from dataclasses import dataclass
from functools import cached_property

from helpers.entorno import RAIZ
from helpers.errores import ErrorDelCurso

# Un repaso se da tras la última lección que repasa, y no al final.
TRAS_LA_QUE_VAN = {"r1": "03b", "r2": "07"}
APARTADO = re.compile(r"^## (?:(\d+)\. )?(.+?)(?: · (\d+) min)?$", re.MULTILINE)
OBJETIVO = re.compile(r"^- (.+)$", re.MULTILINE)
PLIEGUE = re.compile(r"<details><summary>(.*?)</summary>\s*(.*?)\s*</details>", re.DOTALL)
EJERCICIO = re.compile(r"\*\*Ejercicio ((?:\d\d[a-z]?|[rt]\d)\.\d+)\.\*\* (.*)", re.DOTALL)
ESPERADO = re.compile(r"^\*Resultado esperado: (.*?)\*$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Celda:
    """Una celda: si es código, su fuente, sus etiquetas y lo que dejó impreso al guardarse."""

    es_codigo: bool
    fuente: str
    etiquetas: frozenset
    impreso: str
    imagenes: tuple[str, ...]


@dataclass(frozen=True)
class Apartado:
    """Un H2 y las celdas que lo forman. `numero` es «» en «Recuerda» y en el cierre."""

    numero: str
    titulo: str
    minutos: int
    celdas: tuple[Celda, ...]

    @property
    def texto(self):
        """Todo su Markdown, seguido."""
        return "\n\n".join(celda.fuente for celda in self.celdas if not celda.es_codigo)

    @property
    def ejercicios(self):
        """Los códigos de sus ejercicios, en orden."""
        return re.findall(r"\*\*Ejercicio (\S+?)\.\*\*", self.texto)


@dataclass(frozen=True)
class Leccion:
    """Un cuaderno. `codigo` es «02a»; `archivo`, su nombre dentro de `notebooks/`."""

    codigo: str
    archivo: str
    celdas: tuple[Celda, ...]

    @cached_property
    def titulo(self):
        """Lo que sigue al código en el H1: «pickle»."""
        return self.celdas[0].fuente.partition("\n")[0].partition(" · ")[2]

    @cached_property
    def portada(self):
        """Qué se hará, en una frase; los objetivos, en lista."""
        texto = self.celdas[0].fuente
        que_haras = re.search(r"\*\*Qué harás\.\*\* (.+)", texto)[1]
        objetivos = texto.partition("**Qué sabrás hacer**")[2].partition("**Qué necesitas**")[0]
        return que_haras, OBJETIVO.findall(objetivos)

    @cached_property
    def minutos(self):
        """Los que suman sus apartados."""
        return sum(apartado.minutos for apartado in self.apartados)

    @cached_property
    def apartados(self):
        """Los H2, en orden, cada uno con sus celdas; las de antes del primero no cuentan."""
        trozos = []
        for celda in self.celdas:
            if celda.es_codigo:
                if trozos:
                    trozos[-1][1].append(celda)
                continue
            for parte in re.split(r"^(?=## )", celda.fuente, flags=re.MULTILINE):
                if encabezado := APARTADO.match(parte):
                    trozos.append((encabezado, []))
                    parte = parte[encabezado.end() :]
                if trozos and parte.strip():
                    trozos[-1][1].append(Celda(False, parte.strip(), frozenset(), "", ()))
        return [Apartado(e[1] or "", e[2], int(e[3] or 0), tuple(celdas)) for e, celdas in trozos]

    def apartado(self, titulo):
        """El que se titula así, o None."""
        return next((a for a in self.apartados if a.titulo == titulo), None)

    @cached_property
    def enunciados(self):
        """Por código de ejercicio, su enunciado con el resultado esperado."""
        hallados = (EJERCICIO.search(celda.fuente) for celda in self.celdas if not celda.es_codigo)
        return {hallado[1]: hallado[2].strip() for hallado in hallados if hallado}


def lecciones(codigos=(), raiz=RAIZ):
    """Las lecciones pedidas por su código, en el orden en que se dan; sin pedir ninguna, todas.

    Errores
    -------
    ErrorDelCurso
        Si un código no es de ninguna.
    """
    rutas = {r.name.partition("_")[0]: r for r in sorted((raiz / "notebooks").glob("*.ipynb"))}
    for codigo in codigos:
        if codigo not in rutas:
            raise ErrorDelCurso(
                f"No hay ninguna lección «{codigo}».", prueba=f"con {', '.join(rutas)}."
            )
    return [lee_cuaderno(rutas[codigo]) for codigo in sorted(codigos or rutas, key=_cuando_se_da)]


def _cuando_se_da(codigo):
    return TRAS_LA_QUE_VAN.get(codigo, codigo), codigo in TRAS_LA_QUE_VAN


def llamada(celda, nombre):
    """Los argumentos de la primera llamada a `nombre` en una celda: posicionales y con nombre."""
    for nodo in ast.walk(ast.parse(celda.fuente)):
        if isinstance(nodo, ast.Call) and getattr(nodo.func, "id", "") == nombre:
            return (
                [ast.literal_eval(valor) for valor in nodo.args],
                {clave.arg: ast.literal_eval(clave.value) for clave in nodo.keywords},
            )
    raise ValueError(f"la celda no llama a {nombre}")


def lee_cuaderno(ruta):
    """Un cuaderno de lección o de tarea, por su ruta."""
    datos = json.loads(ruta.read_text(encoding="utf-8"))
    return Leccion(ruta.name.partition("_")[0], ruta.name, tuple(map(_celda, datos["cells"])))


def _celda(datos):
    salidas = datos.get("outputs", [])
    return Celda(
        datos["cell_type"] == "code",
        _junta(datos["source"]),
        frozenset(datos.get("metadata", {}).get("tags", [])),
        "".join(map(_texto_de, salidas)),
        tuple(s["data"]["image/png"] for s in salidas if "image/png" in s.get("data", {})),
    )


def _texto_de(salida):
    """Lo impreso, el valor o el error; de una figura, nada: su texto es el de un objeto."""
    if salida["output_type"] == "error":
        return f"{salida['ename']}: {salida['evalue']}\n"
    datos = salida.get("data", {})
    if "image/png" in datos:
        return ""
    texto = _junta(salida.get("text") or datos.get("text/plain", ""))
    return texto if not texto or texto.endswith("\n") else f"{texto}\n"


def _junta(texto):
    return texto if isinstance(texto, str) else "".join(texto)
