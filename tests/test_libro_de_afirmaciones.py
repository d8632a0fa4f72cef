"""El libro de afirmaciones: cada frase con una cifra o una comparación dice cómo se demuestra.

`afirmaciones.csv` tiene tres columnas: `cuaderno` (el número de la lección o de la tarea, «02a» o
«t1»), `frase` (tal como la da la prueba) y `prueba`, que es una de estas cinco, o varias separadas
por `; `:

- `celda:ID` o `celda:ID,ID`: celdas de código de la lección. Cada cifra de la frase está, con los
  mismos decimales o en tanto por uno si es un porcentaje, en su código o en su salida guardada. Si
  la frase compara, alguna de las celdas deja una salida que nbval compara.
- `prueba:test_afirmaciones.py::test_nombre`: una prueba de esta carpeta, o de una de dentro.
- `ejercicio:02a.4`: lo comprueba la revisión de ese ejercicio.
- `fuente:Autor o título, https://dirección (2026-11-22)`: una fuente y el día en que se consultó.
  En vez de la dirección vale un documento con número: `PEP 574`, `CVE-2024-37065`.
- `definicion`: define un término o habla del propio curso, sin cifras. Hay pocas por lección.

Qué frases se buscan lo deciden `libro.frases` y `libro.afirma`. Las que faltan en una lección,
listas para copiar en el CSV y añadirles su prueba, las da:

    python -m pytest tests/test_libro_de_afirmaciones.py -q -k 02a
"""

import libro
import pytest
from reglas.cuaderno import lecciones, lee, repartidas
from reglas.leccion_minima import (
    agrega,
    cambia,
    escribe,
    etiqueta,
    imprime,
    leccion_minima,
    pon,
    quita,
    texto,
)

LECCIONES = [*lecciones(), *repartidas()]  # una tarea también afirma
FILAS = libro.lee_filas("afirmaciones.csv")


@pytest.mark.parametrize("ruta", LECCIONES, ids=lambda ruta: ruta.stem)
def test_cada_afirmacion_tiene_su_prueba(ruta):
    cuaderno = lee(ruta)
    hallados = list(libro.fallos(cuaderno, FILAS))
    if hallados:
        pytest.fail(f"{cuaderno.nombre}: " + "\n".join(hallados), pytrace=False)


def test_toda_fila_es_de_una_leccion():
    numeros = {lee(ruta).numero for ruta in LECCIONES}
    assert {fila["cuaderno"] for fila in FILAS} <= numeros


@pytest.mark.parametrize(
    "frase",
    [
        "El archivo ocupa 432 bytes.",
        "Crece un 50 % con el protocolo.",
        "Predice 1,5 y no otra cosa.",
        "Con treinta árboles basta.",
        "joblib ocupa menos que pickle.",
        "Es el peor de los dos.",
        "Tarda tanto en guardar como en cargar.",
        "Ocupa la mitad.",
        "Es tres o cuatro veces lo de antes.",
        "Un pickle siempre se carga.",
        "dill guarda cualquier función.",
        "No falla en ningún modelo.",
        "Es rapidísimo.",
        "joblib gana a pickle.",
        "Todo modelo se comprime, y skops supera a los demás.",
    ],
)
def test_lo_que_hay_que_probar(frase):
    assert libro.afirma(frase)


@pytest.mark.parametrize(
    "frase",
    [
        "En el cuaderno 07 y en el 02a se ve otra vez; haz los ejercicios 02a.3 y 01.2.",
        "Desde el apartado 4 hace falta una clase.",
        "El repaso r1 y el ejercicio r2.7 preguntan por eso.",
        "UTF-8 y float32 son nombres.",
        "Con `protocol=5` y `2 > 1` no se dice nada.",
        "Lo verás más adelante; al menos, eso dice la columna x₂ de m².",
        "Un archivo se abre y se cierra.",
    ],
)
def test_lo_que_no_hay_que_probar(frase):
    assert not libro.afirma(frase)


PROSA = """\
## 2. Cinco veces más · 9 min

Ocupa **432 bytes**, y
`a. B` no corta. ¿Son 7? Quedan 8.

```text
9 veces
```

- pickle no pesa 10. dill, 11.

| Método | Bytes |
|---|---|
| [pickle](a.md) | 12 |

<details><summary>¿Y 13?</summary>

Son 14.
</details>

**Ejercicio 02a.1.** Guarda 15.

Y 16.

*Resultado esperado: 17.*

Después, 18."""
FRASES = [
    "Ocupa 432 bytes, y `a. B` no corta.",
    "Quedan 8.",
    "pickle no pesa 10.",
    "dill, 11.",
    "Método | Bytes",
    "---|---",
    "pickle | 12",
    "Son 14.",
    "Después, 18.",
]


def test_que_se_lee_de_una_leccion(tmp_path):
    leccion = leccion_minima(tmp_path)
    leccion.datos["cells"] = [texto("una", PROSA)]
    assert list(libro.frases(leccion)) == FRASES


DICE = "La celda imprime 1, menos que 8 000 139 o 1.5."
FILA = {"cuaderno": "02a", "frase": DICE, "prueba": "celda:nuevo"}


@pytest.fixture
def leccion(tmp_path):
    cuaderno = leccion_minima(tmp_path)
    escribe("cierre", "Fin.")(cuaderno)
    agrega("guardar", f"*{DICE}*")(cuaderno)
    imprime("nuevo", "1 de 8_000_139 o 1.50\n")(cuaderno)
    return cuaderno


def test_la_leccion_con_su_fila_no_tiene_fallos(leccion):
    assert list(libro.fallos(leccion, [FILA, FILA | {"cuaderno": "01"}])) == []


@pytest.mark.parametrize(
    ("averia", "dice"),
    [
        (agrega("cierre", "Pesa 3, o más."), '02a,"Pesa 3, o más.",\n'),
        (agrega("cierre", "- Nunca falla."), "02a,Nunca falla.,\n"),
        (cambia("guardar", DICE, ""), f"ya no dice «{DICE}»"),
        (cambia("guardar", "imprime 1,", "imprime 2,"), f"ya no dice «{DICE}»"),
        (imprime("nuevo", "1 de 8 000 140 o 1.5\n"), "no está la cifra 8 000 139"),
        (imprime("nuevo", "1 de 8 000 139 o 1.6\n"), "no está la cifra 1.5"),
        (etiqueta("nuevo", "nbval-ignore-output"), "ninguna salida que se compare"),
        (pon("nuevo", outputs=[]), "ninguna salida que se compare"),
        (quita("nuevo"), "ninguna celda de código con el id nuevo"),
        (pon("nuevo", cell_type="markdown"), "ninguna celda de código con el id nuevo"),
    ],
)
def test_si_la_leccion_cambia_se_nota(leccion, averia, dice):
    averia(leccion)
    fallos = list(libro.fallos(leccion, [FILA]))
    assert any(dice in fallo for fallo in fallos), fallos


@pytest.mark.parametrize(
    ("prueba", "dice"),
    [
        ("celda:nuevo; ejercicio:02a.4", ""),
        ("celda:falla,nuevo", ""),
        ("prueba:test_afirmaciones.py::test_02a_el_protocolo_por_defecto", ""),
        ("prueba:plataformas/test_soluciones.py::test_con_las_soluciones_todo_es_correcto", ""),
        ("prueba:plataformas/recorrido.py::recorre", "no existe tests/plataformas/recorrido.py"),
        ("fuente:Antoine Pitrou, PEP 574 (2026-11-22)", ""),
        ("fuente:Python, pickle, https://docs.python.org/3/library/pickle.html (2026-11-22)", ""),
        ("", "tiene que ser de celda, prueba"),
        ("lo vi", "tiene que ser de celda, prueba"),
        ("celda:nuevo; lo vi", "tiene que ser de celda, prueba"),
        ("celda:falla", "ninguna salida que se compare"),
        ("celda:preparacion", "no está la cifra"),
        ("celda:guardar", "ninguna celda de código con el id guardar"),
        ("celda:nuevo,otra", "ninguna celda de código con el id otra"),
        ("prueba:test_afirmaciones.py::test_que_no_existe", "ninguna prueba «test_que_no_existe»"),
        ("prueba:test_afirmaciones.py", "ninguna prueba «»"),
        ("prueba:test_otra_cosa.py::test_a", "no existe tests/test_otra_cosa.py"),
        ("prueba:libro.py::frases", "no existe tests/libro.py"),
        ("prueba:", "no existe tests/"),
        ("ejercicio:02a.99", "no tiene el ejercicio 02a.99"),
        ("fuente:Internet", "una fuente se escribe"),
        ("fuente:https://ejemplo.org/ (2026-11-22)", "una fuente se escribe"),
        ("fuente:Ana, https://ejemplo.org/ (22-11-2026)", "una fuente se escribe"),
        ("fuente:Ana, https://ejemplo.org/ (2026-02-30)", "no es una fecha"),
        ("fuente:Ana, https://ejemplo.org/ (9999-01-01)", "todavía no ha llegado"),
        ("definicion", "no puede llevar cifras"),
    ],
)
def test_una_prueba_que_no_prueba_se_nota(leccion, prueba, dice):
    motivo = libro.por_que_no_vale(leccion, DICE, prueba)
    assert dice in motivo
    assert bool(motivo) == bool(dice)


def test_una_frase_va_una_sola_vez(leccion):
    assert f"«{DICE}» está repetida en el libro" in libro.fallos(leccion, [FILA, FILA])


def test_un_porcentaje_vale_en_tanto_por_uno(leccion):
    assert libro.por_que_no_vale(leccion, "Sube un 150 %.", "celda:nuevo") == ""
    assert "la cifra 150" in libro.por_que_no_vale(leccion, "Sube hasta 150.", "celda:nuevo")


def test_las_definiciones_son_pocas(leccion):
    filas = [FILA]
    for letra in "abcdef":
        assert not list(libro.fallos(leccion, filas))
        agrega("cierre", f"{letra} es más.")(leccion)
        filas.append({"cuaderno": "02a", "frase": f"{letra} es más.", "prueba": "definicion"})
    (fallo,) = libro.fallos(leccion, filas)
    assert "más de 5 frases" in fallo
