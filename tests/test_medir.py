"""`python -m helpers medir`: cuentas de cada ronda, metas que dicen la verdad y ningún resto."""

import dataclasses
import datetime
import errno
import os
import platform
import random
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from arbol import RAIZ

from helpers import escritura
from helpers._medicion import coste, guardado
from helpers._medicion.barra import barra_de_progreso
from helpers._medicion.coste import metas, razones, tabla
from helpers._medicion.guardado import (
    CON_CUIDADO,
    HUELLA,
    JOBLIB,
    LEER,
    LIMITE,
    PICKLE,
    SIN_ESPERAR,
    SKOPS,
    SOLO_LAS_ESPERAS,
    Medida,
    mide_guardado,
)
from helpers._medicion.modelos import regresion_de
from helpers._medicion.rondas import Esfuerzo
from helpers.errores import ErrorDelCurso, NoSePudoGuardar
from helpers.ordenes import medir
from helpers.ordenes._marcas import marcas

POCO = Esfuerzo(segundos=0, minimo=2, maximo=2)
MANERAS = [CON_CUIDADO, JOBLIB, PICKLE, SKOPS, LIMITE]  # de guardar y de cargar
DE_GUARDAR = [*MANERAS, SIN_ESPERAR, SOLO_LAS_ESPERAS]


@pytest.fixture(scope="module")
def informe(tmp_path_factory):
    """El de tres modelos diminutos, y la carpeta en que se midieron."""
    carpeta = tmp_path_factory.mktemp("disco")
    return medir.mide((1, 20, 300), carpeta, POCO), carpeta


def tablas_de(texto):
    """Las tablas de un Markdown: dict de su primer título a sus filas, sin la cabecera."""
    halladas = {}
    for bloque in re.findall(r"(?:^\|.*\n?)+", texto, re.MULTILINE):
        filas = [
            [celda.strip() for celda in linea.strip("|").split("|")]
            for linea in bloque.strip().splitlines()
        ]
        anchos = {len(fila) for fila in filas}
        assert len(anchos) == 1, f"filas de distinto ancho: {bloque}"
        assert all(re.fullmatch("-{3}:?", guiones) for guiones in filas[1])
        halladas[filas[0][0]] = filas[2:]
    return halladas


def exige_metas_coherentes(texto):
    """Cada «sí» o «no» sale de la cifra y del tope de su fila, y cada «no» tiene su frase."""
    filas = tablas_de(texto)["Meta"]
    assert len(filas) == 3
    for dice, medido, cumple in filas:
        tope = float(re.search(r"≤ ([\d.]+)", dice)[1])
        assert cumple == ("sí" if float(medido.split()[0]) <= tope else "no"), dice
        assert (f"No se cumple «{dice}»." in texto) == (cumple == "no")


def exige_tabla_bien_formada(texto):
    tablas = tablas_de(texto)
    assert list(tablas) == ["Guardar", "Cargar", "Meta"]
    for titulo, filas in (("Guardar", coste.FILAS_AL_GUARDAR), ("Cargar", coste.FILAS_AL_CARGAR)):
        assert [fila[0] for fila in tablas[titulo]] == list(filas)
        for dice, *celdas in tablas[titulo]:
            patron = filas[dice] in (coste.GUARDA_JOBLIB, coste.CARGA_JOBLIB)
            forma = r"1 \([\d.e+]+ (?:s|ms|µs)\)" if patron else r"\d+\.\d\d"
            assert len(celdas) == 3
            assert all(re.fullmatch(forma, celda) for celda in celdas), (dice, celdas)
    exige_metas_coherentes(texto)


def test_la_tabla_esta_bien_formada(informe):
    texto, _ = informe
    exige_tabla_bien_formada(texto)
    assert texto.startswith(f"Medido el {datetime.date.today().isoformat()} con Python 3.")
    for libreria in medir.LIBRERIAS:
        assert re.search(rf"\b{libreria} \d+\.\d+", texto)
    assert re.search(r"en un equipo de \d+ núcleos con \w+", texto)
    carga = r"Al empezar trabajaban en él, de media, \d+\.\d programas más\."
    assert bool(re.search(carga, texto)) == hasattr(os, "getloadavg")


def test_no_queda_nada_ni_se_dice_de_quien_es_el_equipo(informe):
    texto, carpeta = informe
    assert list(carpeta.iterdir()) == []
    assert str(carpeta) not in texto and str(Path.home()) not in texto
    assert platform.node() not in texto


def test_cada_ronda_mide_todo_en_otro_orden_y_con_archivos_sin_estrenar(monkeypatch, tmp_path):
    rutas, orden = [], []
    original = guardado._maneras

    def anota(nombre, manera):
        """La misma manera, que al guardar deja dicho dónde y cuándo."""

        def guarda(modelo, ruta, compress=0):
            rutas.append(ruta)
            orden.append(nombre)
            assert list(ruta.parent.iterdir()) == [], "su carpeta no está vacía"
            assert compress == 0
            manera.guarda(modelo, ruta, compress)

        return dataclasses.replace(manera, guarda=guarda)

    monkeypatch.setattr(
        guardado, "_maneras", lambda b: {n: anota(n, m) for n, m in original(b).items()}
    )
    esfuerzo = Esfuerzo(segundos=0, minimo=4, maximo=4)
    with barra_de_progreso() as barra:
        medida = mide_guardado(regresion_de(5), tmp_path, esfuerzo, random.Random(0), barra)
    de_una = {("guardar", nombre) for nombre in DE_GUARDAR}
    de_una |= {("cargar", nombre) for nombre in MANERAS} | {(LEER, JOBLIB), (HUELLA, JOBLIB)}
    assert [set(ronda) for ronda in medida.rondas] == [de_una] * 4
    assert all(segundos > 0 for ronda in medida.rondas for segundos in ronda.values())
    # Una vuelta de calentamiento, dos miradas a la memoria y cuatro rondas.
    todas = len(DE_GUARDAR)
    assert len(set(rutas)) == len(rutas) == todas + 2 + 4 * todas
    cronometradas = [tuple(orden[i : i + todas]) for i in range(todas + 2, len(orden), todas)]
    assert len(set(cronometradas)) > 1
    assert all(set(ronda) == set(DE_GUARDAR) for ronda in cronometradas)
    assert set(medida.memoria_extra_bytes) == {CON_CUIDADO, JOBLIB}
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("coeficientes", [5, escritura.SIN_OTRO_HILO // 4])
def test_las_maneras_esperan_al_disco_lo_que_dicen(coeficientes, monkeypatch, tmp_path):
    """Sin esa espera se compararía guardar con dejarlo para luego."""
    modelo = regresion_de(coeficientes)
    esperas, fsync = [], os.fsync
    monkeypatch.setattr(os, "fsync", lambda archivo: esperas.append(fsync(archivo)))
    cuantas, quedan = {}, {}
    for nombre, manera in guardado._maneras(guardado._bytes_de(modelo, tmp_path)).items():
        with guardado._sin_estrenar(tmp_path) as suya:
            esperas.clear()
            manera.guarda(modelo, suya / f"modelo{manera.extensiones[0]}", 0)
            cuantas[nombre] = len(esperas)
            quedan[nombre] = {ruta.name for ruta in suya.iterdir()}
    todas = 2 if os.name == "nt" else 3  # modelo, ficha y, menos en Windows, carpeta
    las_tres = {CON_CUIDADO: todas, SOLO_LAS_ESPERAS: todas}
    assert cuantas == {**dict.fromkeys(MANERAS, 1), SIN_ESPERAR: 0, **las_tres}
    assert quedan[SOLO_LAS_ESPERAS] == quedan[CON_CUIDADO]


def test_el_limite_escribe_lo_que_escribe_joblib(tmp_path):
    modelo = regresion_de(5)
    contenido = guardado._bytes_de(modelo, tmp_path)
    maneras = guardado._maneras(contenido)
    for nombre in (JOBLIB, LIMITE):
        maneras[nombre].guarda(modelo, tmp_path / nombre, 0)
    assert (tmp_path / LIMITE).read_bytes() == (tmp_path / JOBLIB).read_bytes()


def inventa(con_cuidado, joblib, lectura=0.0, esperas=1.0):
    """Una ronda con esos segundos; lo que no se diga tarda 1."""
    ronda = {("guardar", nombre): 1.0 for nombre in DE_GUARDAR}
    ronda |= {("cargar", nombre): 1.0 for nombre in MANERAS} | {(HUELLA, JOBLIB): 1.0}
    ronda |= {("guardar", CON_CUIDADO): con_cuidado, ("guardar", JOBLIB): joblib}
    return ronda | {(LEER, JOBLIB): lectura, ("guardar", SOLO_LAS_ESPERAS): esperas}


def medida(rondas, archivo_bytes=1000, memoria=(0, 0)):
    extra = dict(zip((CON_CUIDADO, JOBLIB), memoria, strict=True))
    return Medida(archivo_bytes, extra, rondas)


def test_las_razones_son_de_cada_ronda():
    # 4, 2 y 1 veces. La razón de las medianas (4 y 2 s) sería 2; la de las sumas, 1.75.
    rondas = [inventa(4, 1), inventa(4, 2), inventa(6, 5, lectura=1)]
    que, patron = ("guardar", CON_CUIDADO), [("guardar", JOBLIB), (LEER, JOBLIB)]
    assert razones(rondas, que, patron) == [4, 2, 1]
    # Con el equipo ocupado en la tercera, todo tarda diez veces más y la razón es la misma.
    rondas = [inventa(3, 2), inventa(3, 2), inventa(30, 20)]
    assert razones(rondas, que, patron) == [1.5, 1.5, 1.5]


def test_la_mediana_de_las_razones_no_es_la_razon_de_las_medianas():
    # Razones 9, 1.2 y 1; medianas, 9 y 5.
    de_cada = [inventa(9, 1), inventa(6, 5), inventa(10, 10)]
    pequeno, grande = medida(de_cada), medida(de_cada)
    tiempo, _, menor = metas([pequeno, grande])
    assert (tiempo.medido, menor.medido) == (1.2, 1.2)
    fila = tablas_de(tabla([pequeno, grande]))["Guardar"][0]
    assert fila == ["`save_model`", "1.20", "1.20"]


def test_las_metas_que_se_cumplen_dicen_que_si():
    pequeno = medida([inventa(1.5, 1)] * 3, 500)
    grande = medida([inventa(2.5, 1, lectura=1)] * 3, 100_000_000, memoria=(1_500_000, 500_000))
    texto = tabla([pequeno, grande])
    assert [fila[1:] for fila in tablas_de(texto)["Meta"]] == [
        ["1.25 × (1.25 a 1.25)", "sí"],
        ["1.00 %", "sí"],
        ["1.50 × (1.50 a 1.50)", "sí"],
    ]
    assert "No se cumple" not in texto
    exige_metas_coherentes(texto)


def test_las_metas_que_no_se_cumplen_dicen_que_no_y_que_parte_es_inevitable():
    pequeno = medida([inventa(n, 1, esperas=1.8) for n in (3, 3.2, 3.4)], 500)
    grande = medida([inventa(2.6, 1, lectura=1)] * 3, 100_000_000, memoria=(2_100_000, 0))
    texto = tabla([pequeno, grande])
    assert [fila[1:] for fila in tablas_de(texto)["Meta"]] == [
        ["1.30 × (1.30 a 1.30)", "no"],
        ["2.10 %", "no"],
        ["3.20 × (3.10 a 3.30)", "no"],
    ]
    frases = [linea for linea in texto.splitlines() if linea.startswith("No se cumple")]
    assert len(frases) == 3
    assert frases[1].endswith("`save_model` pide 2.1 MB más que `joblib.dump`.")
    assert "100 MB: `save_model` ≤ 1.25 ×" in frases[0] and "cuesta 0.50 ×" in frases[0]
    assert "500 B: `save_model` ≤ 1.5 ×" in frases[2] and "cuestan 1.80 ×" in frases[2]
    exige_metas_coherentes(texto)


def test_la_cifra_que_se_lee_es_la_que_se_compara():
    for con_cuidado, cumple in ((1.504, "sí"), (1.506, "no")):
        una = medida([inventa(con_cuidado, 1)])
        assert tablas_de(tabla([una, una]))["Meta"][2][2] == cumple


def test_con_menos_memoria_que_joblib_no_hay_memoria_de_mas():
    una = medida([inventa(1, 1)], memoria=(5, 50))
    assert metas([una, una])[1].medido == 0


@pytest.mark.parametrize(
    ("cuantos", "texto"), [(577, "577 B"), (1_000_577, "1 MB"), (100_000_577, "100 MB")]
)
def test_los_tamanos_se_leen(cuantos, texto):
    assert coste.en_bytes(cuantos) == texto


def test_el_disco_lleno_se_explica_y_no_deja_nada(monkeypatch, tmp_path):
    def no_cabe(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(guardado, "_espera_al_disco", no_cabe)
    with pytest.raises(ErrorDelCurso, match="el disco está lleno"):
        medir.mide((1,), tmp_path, POCO)
    assert list(tmp_path.iterdir()) == []


def test_el_disco_lleno_dentro_de_save_model_tambien(monkeypatch, tmp_path):
    def no_cabe(*_, **__):
        causa = OSError(errno.ENOSPC, "No space left on device")
        raise NoSePudoGuardar("No se pudo.") from causa

    monkeypatch.setattr(guardado, "save_model", no_cabe)
    with pytest.raises(ErrorDelCurso, match="a liberar espacio: hace falta el doble"):
        medir.mide((1,), tmp_path, POCO)
    assert list(tmp_path.iterdir()) == []


def test_otro_error_no_se_confunde_con_el_disco_lleno(monkeypatch, tmp_path):
    def otro(*_, **__):
        raise NoSePudoGuardar("Es otra cosa.")

    monkeypatch.setattr(guardado, "save_model", otro)
    with pytest.raises(NoSePudoGuardar, match="Es otra cosa"):
        medir.mide((1,), tmp_path, POCO)
    assert list(tmp_path.iterdir()) == []


INTERRUMPIBLE = """
import sys
from pathlib import Path
from helpers import ordenes
from helpers._medicion import guardado
from helpers._medicion.rondas import Esfuerzo
from helpers.ordenes import medir
from helpers.ordenes._marcas import marcas
guardado.ESFUERZO = Esfuerzo(segundos=0, minimo=10**6, maximo=10**6)
medir.COEFICIENTES = (1,)
medir.PYTHON = Path("no hay")  # aquí mismo, sea o no el Python de .venv
sys.exit(ordenes.principal(["medir", "--carpeta", sys.argv[1]]))
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows no envía Ctrl-C a un solo proceso")
@pytest.mark.parametrize(
    ("senal", "codigo"),
    [(signal.SIGINT, 130), (signal.SIGTERM, 143)],
    ids=["Ctrl-C", "que termine"],
)
def test_al_interrumpir_no_queda_nada(senal, codigo, tmp_path):
    proceso = subprocess.Popen(
        [sys.executable, "-c", INTERRUMPIBLE, str(tmp_path)],
        cwd=RAIZ,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        start_new_session=True,
    )
    with proceso:
        while proceso.poll() is None and not list(tmp_path.glob("medir-*/*/modelo*")):
            time.sleep(0.01)
        os.killpg(proceso.pid, senal)
        salida, errores = proceso.communicate(timeout=30)
    assert proceso.returncode == codigo, errores
    assert "Traceback" not in errores and salida == ""
    assert list(tmp_path.iterdir()) == []


@pytest.fixture
def curso(monkeypatch, tmp_path):
    """Un README.md con las marcas, y la orden sin otro Python ni nada que medir."""
    (tmp_path / "README.md").write_text(
        "# ñ\n\n<!-- medir -->\nviejo\n\nmás\n<!-- /medir -->\n\nfin\n", "utf-8", newline="\n"
    )
    monkeypatch.setattr(medir, "RAIZ", tmp_path)
    monkeypatch.setattr(medir, "PYTHON", tmp_path / "no hay")
    monkeypatch.setattr(medir, "mide", lambda *_: r"nuevo \1")
    return tmp_path


def test_sin_opciones_solo_se_ensena(curso, capsys):
    antes = (curso / "README.md").read_bytes()
    assert medir.ejecuta([]) == 0
    assert capsys.readouterr().out == "nuevo \\1\n"
    assert (curso / "README.md").read_bytes() == antes


def test_con_readme_se_cambia_solo_lo_que_hay_entre_las_marcas(curso):
    for _ in range(2):
        assert medir.ejecuta(["--readme"]) == 0
        assert (curso / "README.md").read_text(encoding="utf-8") == (
            "# ñ\n\n<!-- medir -->\nnuevo \\1\n<!-- /medir -->\n\nfin\n"
        )
    assert [ruta.name for ruta in curso.iterdir()] == ["README.md"]


@pytest.mark.parametrize("texto", ["nada\n", "<!-- medir -->\n", "<!-- /medir --><!-- medir -->\n"])
def test_sin_sitio_para_la_tabla_se_dice_antes_de_medir(curso, monkeypatch, texto):
    (curso / "README.md").write_text(texto, encoding="utf-8")
    monkeypatch.setattr(medir, "mide", lambda *_: pytest.fail("midió"))
    with pytest.raises(ErrorDelCurso, match=r"README\.md no tiene dónde poner la tabla"):
        medir.ejecuta(["--readme"])
    assert (curso / "README.md").read_text(encoding="utf-8") == texto


@pytest.mark.parametrize(
    ("argumentos", "que_paso"),
    [
        (["--redme"], "No entiendo «--redme»"),
        (["100"], "No entiendo «100»"),
        (["--carpeta"], "No entiendo «--carpeta»"),
        (["--readme=sí"], "No entiendo «--readme=sí»"),
        (["--carpeta", "no/existe"], "No encuentro la carpeta «existe»"),
    ],
    ids=str,
)
def test_lo_mal_pedido_se_explica(curso, argumentos, que_paso):
    with pytest.raises(ErrorDelCurso, match=que_paso):
        medir.ejecuta(argumentos)


def test_se_mide_la_carpeta_que_se_pide(curso, monkeypatch):
    pedidas = []
    monkeypatch.setattr(medir, "mide", lambda *partes: pedidas.append(partes) or "")
    medir.ejecuta(["--carpeta", str(curso)])
    assert pedidas == [(medir.COEFICIENTES, curso.resolve())]


def test_una_carpeta_donde_no_se_puede_escribir_se_explica(tmp_path):
    archivo = tmp_path / "archivo"
    archivo.touch()
    with pytest.raises(ErrorDelCurso, match="No se puede escribir en la carpeta"):
        medir.mide((1,), archivo, POCO)


def test_con_otro_python_la_orden_pasa_al_de_venv(curso, monkeypatch):
    (curso / "no hay").touch()
    monkeypatch.setattr(medir, "en_el_entorno", lambda: False)
    monkeypatch.setattr(medir, "corre", lambda *orden: orden)
    assert medir.ejecuta(["--readme"]) == ("-m", "helpers", "medir", "--readme")
    # La orden que recibe la ruta ya no está en la carpeta de quien la escribió.
    monkeypatch.chdir(curso)
    orden = medir.ejecuta(["--carpeta", "."])
    assert medir._lee(orden[3:]).carpeta == curso.resolve() == Path(orden[-1])


def test_sin_librerias_se_explica(curso, monkeypatch):
    monkeypatch.setattr(medir.importlib.util, "find_spec", lambda _: None)
    with pytest.raises(ErrorDelCurso, match="no tiene las librerías del curso"):
        medir.ejecuta([])


def test_el_tipo_de_disco_es_el_de_la_carpeta_mas_cercana(monkeypatch, tmp_path):
    carpeta = tmp_path.resolve() / "mi disco" / "dentro"
    carpeta.mkdir(parents=True)
    montados = tmp_path / "mounts"
    cerca = str(carpeta.parent).replace(" ", "\\040")
    lineas = [f"a {cerca} xfs rw", f"b {cerca} tmpfs rw", "c / ext4 rw", "d /otro/sitio/más btrfs"]
    montados.write_text("\n".join(lineas), encoding="utf-8")
    monkeypatch.setattr(medir, "MONTADOS", montados)
    assert medir._tipo_de_disco(carpeta) == "tmpfs"
    monkeypatch.setattr(medir, "MONTADOS", tmp_path / "no hay")
    assert medir._tipo_de_disco(carpeta) is None


def test_medir_no_importa_dill():
    codigo = (
        "import sys; from helpers.ordenes import medir\n"
        "assert not {'numpy', 'sklearn', 'joblib'} & set(sys.modules), 'empieza sin nada'\n"
        "from helpers._medicion.rondas import Esfuerzo\n"
        "medir.mide((1,), None, Esfuerzo(0, 1, 1))\n"
        "print('dill' in sys.modules)"
    )
    orden = [sys.executable, "-c", codigo]
    proceso = subprocess.run(orden, cwd=RAIZ, capture_output=True, encoding="utf-8")
    assert proceso.stdout == "False\n", proceso.stderr
    assert proceso.stderr == "Mido el modelo 1 de 1.\n"


def test_el_readme_lleva_la_seccion_su_fecha_y_unas_metas_ciertas():
    texto = (RAIZ / "README.md").read_text(encoding="utf-8")
    _, _, seccion = texto.partition("\n## Cuánto cuesta guardar con cuidado\n")
    seccion, _, resto = seccion.partition("\n## ")
    assert resto.startswith("Para quien enseña\n")
    abre, cierra = marcas("medir")
    dentro = re.search(f"{abre}\n(.*)\n{cierra}", seccion, re.DOTALL)[1]
    fecha = re.match(r"Medido el (\d{4}-\d\d-\d\d) con Python ", dentro)[1]
    assert datetime.date.fromisoformat(fecha) >= datetime.date(2026, 1, 1)
    exige_tabla_bien_formada(dentro)
    cabecera = next(linea for linea in dentro.splitlines() if linea.startswith("| Guardar"))
    assert cabecera == "| Guardar | 577 B | 1 MB | 100 MB |"
    # Lo escrito a mano vale para cualquier medida: las cifras y los veredictos son de la orden.
    a_mano = seccion.replace(dentro, "")
    assert not re.search(r"\d|se cumple", a_mano)
    assert "python -m helpers medir " in resto
