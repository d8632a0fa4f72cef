"""Los doce escenarios de 02e.1: qué vale en cada uno y qué decir de lo que no vale."""

from helpers.ejercicios.preguntas import Pregunta

OPCIONES = (
    "pickle",
    "joblib",
    "joblib comprimido",
    "dill",
    "cloudpickle",
    "skops",
    "ONNX",
    "ninguno",
)

SIN_SKLEARN = (
    "un archivo ONNX solo predice: ya no es un modelo que scikit-learn pueda seguir usando"
)
SOLO_CODIGO = "está pensado para funciones y clases del cuaderno, y aquí no hay ninguna"
EJECUTA = "al cargarlo puede ejecutar lo que su autor quiera, y no conoces al autor"
FUNCIONES = "guarda el nombre de la función, y una lambda no tiene nombre con que buscarla"
HAY_PYTHON = "para cargarlo hace falta Python con scikit-learn"
TIENE_SOLUCION = "alguno de los otros sí sirve"

ESCENARIOS = {
    "a": Pregunta(
        "seguir mañana con una regresión pequeña, en tu equipo",
        frozenset({"pickle", "joblib", "joblib comprimido", "skops"}),
        {
            "dill/cloudpickle": SOLO_CODIGO,
            "ONNX": SIN_SKLEARN,
            "ninguno": TIENE_SOLUCION,
        },
        "la primera tabla: es el caso más sencillo",
    ),
    "b": Pregunta(
        "un modelo de alguien que no conoces",
        frozenset({"skops", "ONNX"}),
        {
            "pickle/joblib/joblib comprimido/dill/cloudpickle": EJECUTA,
            "ninguno": "hay formatos que se examinan antes de cargar",
        },
        "a quién hay que creer con cada método",
    ),
    "c": Pregunta(
        "35 MB que comparten cuatro procesos sin copiarlos",
        frozenset({"joblib"}),
        {
            "joblib comprimido": "`mmap_mode` no sirve con un archivo comprimido",
            "pickle/dill/cloudpickle/skops": "cada proceso cargaría su propia copia en memoria",
            "ONNX": "cada proceso cargaría su propia copia del modelo convertido",
            "ninguno": TIENE_SOLUCION,
        },
        "qué método admite `mmap_mode`",
    ),
    "d": Pregunta(
        "un bosque que debe ocupar lo menos posible",
        frozenset({"joblib comprimido"}),
        {
            "pickle/joblib/dill/cloudpickle": "escribe los números de los árboles sin comprimir",
            "skops": "sin comprimir es el más grande; con el mismo compresor, supera a joblib",
            "ONNX": "además de convertirlo, dejaría de ser un modelo de scikit-learn",
            "ninguno": TIENE_SOLUCION,
        },
        "la columna de bytes del bosque",
    ),
    "e": Pregunta(
        "una lambda que hoy no puedes cambiar, en el mismo Python",
        frozenset({"dill", "cloudpickle"}),
        {
            "pickle/joblib/joblib comprimido": FUNCIONES,
            "skops": "la guarda sin quejarse y después no puede cargarla",
            "ONNX": "no sabe convertir una función cualquiera",
            "ninguno": TIENE_SOLUCION,
        },
        "la fila de la lambda en el apartado 2",
    ),
    "f": Pregunta(
        "predecir en un aparato sin Python",
        frozenset({"ONNX"}),
        {
            "pickle/joblib/joblib comprimido/dill/cloudpickle/skops": HAY_PYTHON,
            "ninguno": "hay un formato que no depende de Python",
        },
        "el párrafo sobre ONNX",
    ),
    "g": Pregunta(
        "leer qué contiene, sin cargarlo, con un editor de textos",
        frozenset({"skops"}),
        {
            "pickle/joblib/dill/cloudpickle": "por dentro son instrucciones y bytes, no un texto",
            "joblib comprimido": "ni siquiera se leen los nombres: todo está comprimido",
            "ONNX": "es un formato binario, que no se lee con un editor de textos",
            "ninguno": "uno de ellos es un zip con un texto dentro",
        },
        "qué archivo abriste con `zipfile`",
    ),
    "h": Pregunta(
        "que el archivo sirva con el scikit-learn de dentro de tres años",
        frozenset({"ninguno"}),
        {
            "pickle/joblib/joblib comprimido/dill/cloudpickle": (
                "guarda el estado de esta versión, y la siguiente puede esperar otro"
            ),
            "skops": "guarda los mismos atributos que pickle, así que tiene el mismo límite",
            "ONNX": "predecirá, pero no será un modelo que scikit-learn pueda cargar",
        },
        "la nota sobre versiones: se guardan los datos y el código para volver a entrenar",
    ),
    "i": Pregunta(
        "guardar cada minuto un array de 100 MB con poca memoria",
        frozenset({"pickle", "joblib"}),
        {
            "joblib comprimido": "comprimir números al azar tarda mucho y apenas ahorra",
            "dill": "copia el array entero en memoria antes de escribirlo",
            "cloudpickle": SOLO_CODIGO,
            "skops": "serializa el archivo entero en memoria antes de escribirlo",
            "ONNX": SIN_SKLEARN,
            "ninguno": TIENE_SOLUCION,
        },
        "la columna de memoria; con un array mayor, joblib lo copia por trozos y dill, entero",
    ),
    "j": Pregunta(
        "una conexión abierta a una base de datos",
        frozenset({"ninguno"}),
        {
            "pickle/joblib/joblib comprimido/dill/cloudpickle": (
                "una conexión está en marcha fuera de Python: no hay bytes que la contengan"
            ),
            "skops/ONNX": "solo trata modelos y sus datos",
        },
        "la lista de lo que dill tampoco guarda, en 02c",
    ),
    "k": Pregunta(
        "un transformador tuyo, en un módulo que entregas con el modelo",
        frozenset({"pickle", "joblib", "joblib comprimido", "skops"}),
        {
            "dill/cloudpickle": "con la clase en un módulo guarda su nombre, como pickle: sobra",
            "ONNX": "no sabe convertir una clase tuya",
            "ninguno": "con la clase en un módulo, guardar su nombre basta",
        },
        "cómo se arregló `GradeTracker` en 02a.3",
    ),
    "l": Pregunta(
        "donde se cargue solo estará scikit-learn con lo que instala",
        frozenset({"pickle", "joblib", "joblib comprimido"}),
        {
            "dill/cloudpickle/skops": "habría que instalarla también allí",
            "ONNX": "para predecir con él haría falta instalar otra librería",
            "ninguno": "una viene con Python y otra la instala scikit-learn",
        },
        "la columna «librería» de la tabla completa",
    ),
}
