"""Fallos con el archivo."""

from fallos_reales.fallo import CURA, Fallo

FALLOS = (
    # --- El archivo no es lo que parece -----------------------------------------------------------
    *(
        Fallo(causa, f'Path("m").write_bytes({contenido!r})\n{carga}\n')
        for causa, contenido in (
            ("git_lfs", b"version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 9\n"),
            ("pagina_web", b"<!DOCTYPE html><title>404</title>"),
            ("json", b'{"formato": 1}'),
            *(
                ("otro_contenido", texto.encode())
                for texto in ("horas,nota\n", "nota;horas\n", "1,2\n3,4\n", "a,b\n1,2\n", "%PDF")
            ),
        )
        for carga in ('pickle.load(open("m", "rb"))', 'joblib.load("m")')
    ),
    *(
        Fallo("archivo_de_skops", f'import skops.io as sio\nsio.dump(recta, "m")\n{carga}\n' + CURA
              + 'import skops.io as sio\nsio.load("m")')
        for carga in ('pickle.load(open("m", "rb"))', 'joblib.load("m")')
    ),
    *(
        Fallo(causa, guarda + '\npickle.load(open("m", "rb"))\n' + CURA + 'joblib.load("m")')
        for causa, guarda in (
            ("comprimido", 'joblib.dump(recta, "m", compress=3)'),
            ("comprimido", 'joblib.dump(recta, "m", compress=("gzip", 3))'),
            ("comprimido", 'joblib.dump(recta, "m", compress=("xz", 3))'),
            ("comprimido", 'Path("m").write_bytes(gzip.compress(pickle.dumps(recta)))'),
            ("incompleto", 'joblib.dump(recta, "m", compress=("bz2", 3))'),
        )
    ),
    *(
        Fallo(
            "arrays_de_joblib",
            f"""
recta.{atributo} = np.arange(5.0)
joblib.dump(recta, "m")
pickle.load(open("m", "rb"))
# --- cura ---
joblib.load("m")
""",
        )
        for atributo in ("a", "ab", "abcd", "abcdefg", "abcdefghij")
    ),
    Fallo(
        "no_es_de_skops",
        """
import skops.io as sio
pickle.dump(recta, open("m", "wb"))
sio.load("m")
# --- cura ---
pickle.load(open("m", "rb"))
""",
    ),
    *(
        Fallo("incompleto", f"""
{guarda}
entero = Path("m").read_bytes()
Path("m").write_bytes(entero[:{cuanto}])
{carga}
""")
        for guarda, cuanto, carga in (
            ('joblib.dump(recta, "m")', 0, 'pickle.load(open("m", "rb"))'),
            ('joblib.dump(recta, "m")', 0, 'joblib.load("m")'),
            ('pickle.dump(recta, open("m", "wb"))', 200, 'pickle.load(open("m", "rb"))'),
            ('joblib.dump(np.arange(99.0), "m")', -50, 'joblib.load("m")'),
            ('joblib.dump(np.arange(99.0), "m", compress=3)', -50, 'joblib.load("m")'),
            ('joblib.dump(recta, "m", compress=("gzip", 3))', -50, 'joblib.load("m")'),
        )
    ),
    # --- Cómo se abre o se guarda -----------------------------------------------------------------
    Fallo("modo_texto", 'pickle.dump(recta, open("m", "w"))\n' + CURA
          + 'pickle.dump(recta, open("m", "wb"))'),
    Fallo("modo_texto", """
pickle.dump(recta, open("m", "wb"))
pickle.load(open("m", encoding="utf-8"))
# --- cura ---
pickle.load(open("m", "rb"))
"""),
    Fallo("ruta_y_no_archivo", 'pickle.dump(recta, "m")'),
    Fallo("ruta_y_no_archivo", """
pickle.dump(recta, open("m", "wb"))
pickle.load("m")
# --- cura ---
with open("m", "rb") as archivo:
    pickle.load(archivo)
"""),
    Fallo("falta_lz4", 'joblib.dump(recta, "m", compress="lz4")\n' + CURA
          + 'joblib.dump(recta, "m", compress=3)'),
    Fallo("mmap_comprimido", """
joblib.dump(np.arange(9.0), "m", compress=3)
warnings.simplefilter("error")
joblib.load("m", mmap_mode="r")
# --- cura ---
joblib.dump(np.arange(9.0), "m", compress=0)
warnings.simplefilter("error")
joblib.load("m", mmap_mode="r")
"""),
    Fallo("demasiado_hondo", """
cadena = None
for _ in range(100_000):
    cadena = [cadena]
pickle.dumps(cadena)
"""),
)  # fmt: skip
