"""Qué modelos no van y vuelven con cada método, y por qué. Una prueba lo mide cada vez."""

MODELOS = (
    "regresión lineal",
    "pipeline con escala",
    "bosque",
    "vecinos",
    "boosting",
    "lambda",
    "clase del cuaderno",
)
AL_GUARDAR = "al guardar: PicklingError"
AL_CARGAR = "al cargar: AttributeError"
# El motivo, tal como lo cuenta `prueba_de_persistencia`. Lo que no está, va y vuelve.
RECHAZOS = {
    ("lambda", "pickle"): AL_GUARDAR,
    ("lambda", "joblib"): AL_GUARDAR,
    ("lambda", "joblib comprimido"): AL_GUARDAR,
    ("lambda", "skops"): AL_CARGAR,
    ("clase del cuaderno", "pickle"): AL_CARGAR,
    ("clase del cuaderno", "joblib"): AL_CARGAR,
    ("clase del cuaderno", "joblib comprimido"): AL_CARGAR,
    # Se carga, pero la clase usa `np` y dill no se llevó lo que sus funciones nombran.
    ("clase del cuaderno", "dill"): "respuestas: transform lanza NameError",
    ("clase del cuaderno", "skops"): AL_CARGAR,
}
