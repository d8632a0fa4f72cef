"""Casos de 00 · Empieza aquí."""

from pathlib import Path

from casos import Caso
from helpers.ejercicios.resultado import Estado


def _nota(contenido, leido):
    def prepara():
        Path("nota.txt").write_bytes(contenido)
        return "nota.txt", leido

    return prepara


CASOS = [
    Caso("00.1", lambda: ("nota.txt", "hola"), "no_existe", "no hay ningún archivo «nota.txt»"),
    Caso("00.1", _nota(b"", "hola"), "vacio", "«nota.txt» con 0 bytes"),
    Caso("00.1", _nota("año".encode("latin-1"), "año"), "otra_codificacion", "no son UTF-8"),
    Caso("00.1", _nota(b"hola", 4), "lo_que_devuelve_write", "el número 4 en `leido`"),
    Caso("00.1", _nota(b"hola", None), "no_es_texto", "en `leido` None"),
    Caso("00.1", _nota(b"hola", "adios"), "no_coinciden", "'adios' en `leido`"),
    Caso("00.1", _nota(b"hola", ["hola"]), "lista_de_lineas", "`readlines` da una lista"),
    Caso("00.2", lambda: (3,), "no_es_conjunto", "se olvidan las llaves"),
    Caso("00.2", lambda: ({"disco"},), "fuera_de_la_lista", "['disco']"),
    Caso("00.2", lambda: (set(),), "fuera_de_la_lista", "al menos una de estas tres"),
    Caso("00.2", lambda: (set("archivo"),), "fuera_de_la_lista", "lo parte en letras"),
    Caso("00.2", lambda: ({"Archivo."},), "bien", "en disco", Estado.CORRECTO),
    Caso("00.2", lambda: ({"variable", "archivo"},), "la_variable_no", "a la vista en la pantalla"),
    Caso("00.2", lambda: (["import", "archivo"],), "el_import_no", "sigue instalado en el disco"),
    Caso("00.3", lambda: (5,), "no_es_texto_aun", "este mensaje era el objetivo"),
    Caso("00.3", lambda: ("mirar",), "otra_palabra", "la palabra 'mirar'"),
    Caso("00.3", lambda: (" Medir.",), "casi_igual", "con algo de más"),
    Caso("00.3", lambda: ('"medir"',), "casi_igual", "hacen otro texto"),
    Caso("00.2", lambda: (["archivo", ["x"]],), "fuera_de_la_lista", "a copiar las palabras"),
    Caso("00.2", lambda: ([' "Archivo"'],), "bien", "en disco", Estado.CORRECTO),
]
