"""Lo que se descarga de Moodle, o una carpeta, convertido en una carpeta por entrega.

Nada se cree: ni los nombres, ni los tamaños que el zip anuncia, ni que un enlace lleve cerca.
"""

import re
import stat
import zipfile
import zlib
from dataclasses import dataclass, field
from pathlib import Path

from helpers.docencia.cuaderno import MAXIMO
from helpers.errores import ErrorDelCurso

MAXIMO_DE_ENTREGA = 2 * MAXIMO
ARCHIVOS_POR_ENTREGA = 50
TROZO = 2**20
# Moodle nombra así cada carpeta, o cada archivo si se descarga sin carpetas. Antes de la versión
# 4.1, la carpeta acababa en «_».
DE_MOODLE = re.compile(
    r"(?P<nombre>.+?)_(?P<ident>\d+)_assignsubmission_[a-z0-9]+(_(?P<resto>.*))?"
)
ESTORBAN = re.compile(r"__MACOSX|\.DS_Store|Thumbs\.db|desktop\.ini|\.ipynb_checkpoints")
RAREZAS = re.compile(r"[^\w.() -]")
# Windows no abre un archivo con estos nombres, tengan la extensión que tengan: son aparatos.
APARATOS = re.compile(r"(con|prn|aux|nul|com\d|lpt\d) *(\..*)?", re.IGNORECASE)


@dataclass
class Entrega:
    """Lo que entregó una persona, copiado en su carpeta.

    `clave` es un nombre de archivo para lo suyo; `avisos`, lo que no se pudo recoger.
    """

    nombre: str
    ident: str
    carpeta: Path
    clave: str = ""
    archivos: list[str] = field(default_factory=list)
    avisos: list[str] = field(default_factory=list)
    ocupa: int = 0


def recoge(origen, destino):
    """Copia cada entrega en su carpeta, en orden de nombre.

    Parámetros
    ----------
    origen : Path
        El zip de Moodle, o una carpeta con una carpeta o un cuaderno por persona.
    destino : Path
        Carpeta vacía donde dejarlas.

    Devuelve
    --------
    tuple[list[Entrega], list[str]]
        Las entregas y lo que se rechazó sin saber de quién era.

    Errores
    -------
    ErrorDelCurso
        Si no hay nada que calificar.
    """
    recogidas, rechazos = {}, []
    if origen.is_dir():
        piezas = _de_una_carpeta(origen, rechazos)
    elif zipfile.is_zipfile(origen):
        piezas = _de_un_zip(origen, rechazos)
    else:
        raise ErrorDelCurso(
            f"«{origen.name}» no es una carpeta ni un zip.",
            prueba="con el zip que se descarga de Moodle en «Descargar todas las entregas».",
        )
    for partes, abre in _enteras(piezas, rechazos):
        partes = tuple("".join(c for c in parte if c.isprintable()) for parte in partes)
        nombre, ident, resto = _de_quien(partes)
        entrega = recogidas.get((nombre, ident))
        if entrega is None:
            carpeta = destino / f"{len(recogidas):04d}"
            carpeta.mkdir()
            entrega = recogidas[nombre, ident] = Entrega(nombre, ident, carpeta)
        if abre:
            _copia(entrega, resto, abre)
    for entrega in recogidas.values():
        _abre_su_zip(entrega)
    if not recogidas:
        raise ErrorDelCurso(
            f"En «{origen.name}» no hay ninguna entrega.",
            prueba="a abrirlo: dentro tiene que haber una carpeta o un cuaderno por persona.",
        )
    entregas = sorted(recogidas.values(), key=lambda e: (e.nombre.casefold(), e.ident))
    _pon_claves(entregas)
    return entregas, rechazos


def _pon_claves(entregas):
    """Da a cada entrega un nombre de archivo que no choque con otro, tampoco en Windows."""
    vistas = set()
    for entrega in entregas:
        partes = filter(None, (entrega.nombre, entrega.ident))
        clave = propuesta = _vale_en_windows("_".join(partes)[:100]) or "sin nombre"
        while clave.casefold() in vistas:
            clave = f"{propuesta}-{len(vistas)}"
        vistas.add(clave.casefold())
        entrega.clave = clave


def _vale_en_windows(nombre):
    """El nombre sin signos raros, sin punto ni espacio al final y sin ser el de un aparato."""
    limpio = RAREZAS.sub("-", nombre).strip(". ")
    return f"-{limpio}" if APARATOS.fullmatch(limpio) else limpio


def _enteras(piezas, rechazos):
    """Las piezas que se dejan leer, hasta el final o hasta donde el zip esté dañado."""
    try:
        yield from piezas
    except (zipfile.BadZipFile, NotImplementedError):
        rechazos.append("el zip, o su final: está dañado")


def _de_quien(partes):
    """Nombre, identificador y nombre del archivo, a partir de la ruta dentro del zip."""
    primera, resto = partes[0], partes[-1] if len(partes) > 1 else ""
    if hallado := DE_MOODLE.fullmatch(primera):
        archivo = resto or hallado["resto"] or primera
        return hallado["nombre"].replace("_", " "), hallado["ident"], archivo
    if len(partes) > 1:
        return primera, "", resto
    return Path(primera).stem, "", primera


def _de_una_carpeta(origen, rechazos):
    for ruta in sorted(origen.rglob("*")):
        partes = ruta.relative_to(origen).parts
        if any(ESTORBAN.fullmatch(parte) for parte in partes):
            continue
        if ruta.is_symlink():
            rechazos.append(f"«{'/'.join(partes)}» es un enlace a otro sitio")
        elif ruta.is_file():
            yield partes, lambda ruta=ruta: ruta.open("rb")
        elif ruta.is_dir() and len(partes) == 1:
            yield (partes[0], ""), None


def _de_un_zip(origen, rechazos):
    with zipfile.ZipFile(origen) as zip_:
        for ficha in zip_.infolist():
            nombre = _nombre_de(ficha).replace("\\", "/")
            partes = tuple(parte for parte in nombre.split("/") if parte)
            if not partes or any(ESTORBAN.fullmatch(parte) for parte in partes):
                continue
            if ".." in partes or nombre.startswith("/") or ":" in partes[0]:
                rechazos.append(f"«{nombre[:80]}» quería salir de su carpeta")
            elif stat.S_ISLNK(ficha.external_attr >> 16):
                rechazos.append(f"«{nombre[:80]}» es un enlace a otro sitio")
            elif ficha.is_dir():
                yield (partes[0], ""), None
            else:
                yield partes, lambda ficha=ficha: zip_.open(ficha)


def _nombre_de(ficha):
    """El nombre con sus tildes: hay quien escribe UTF-8 y no lo dice."""
    dice_utf8 = 0x800
    if ficha.flag_bits & dice_utf8:
        return ficha.filename
    try:
        return ficha.filename.encode("cp437").decode("utf-8")
    except UnicodeError:
        return ficha.filename


def _copia(entrega, nombre, abre):
    """Copia un archivo, contando lo que de verdad ocupa: el zip puede anunciar otra cosa."""
    limpio = _vale_en_windows(nombre[-100:]) or "archivo"
    # En Windows y en macOS, «Modelo» y «modelo» son el mismo archivo.
    if limpio.casefold() in map(str.casefold, entrega.archivos):
        limpio = f"{len(entrega.archivos)}_{limpio}"
    if len(entrega.archivos) >= ARCHIVOS_POR_ENTREGA:
        entrega.avisos = [f"hay más de {ARCHIVOS_POR_ENTREGA} archivos; se miraron los primeros"]
        return
    destino = entrega.carpeta / limpio
    ocupa = 0
    try:
        with abre() as origen, destino.open("wb") as copia:
            while trozo := origen.read(TROZO):
                ocupa += len(trozo)
                if ocupa > MAXIMO or entrega.ocupa + ocupa > MAXIMO_DE_ENTREGA:
                    raise ValueError(f"pesa más de {MAXIMO // 2**20} MB")
                copia.write(trozo)
    except (ValueError, zipfile.BadZipFile, zlib.error, EOFError, RuntimeError,
            NotImplementedError) as error:  # fmt: skip
        destino.unlink(missing_ok=True)
        motivo = str(error) if type(error) is ValueError else "está dañado o lleva contraseña"
        entrega.avisos.append(f"«{nombre[:60]}» {motivo}")
        return
    entrega.ocupa += ocupa
    entrega.archivos.append(limpio)


def _abre_su_zip(entrega):
    """Hay quien entrega su cuaderno dentro de un zip. Se abre una vez, no más."""
    if any(nombre.endswith(".ipynb") for nombre in entrega.archivos):
        return
    for nombre in [n for n in entrega.archivos if n.endswith(".zip")]:
        ruta = entrega.carpeta / nombre
        if not zipfile.is_zipfile(ruta):
            continue
        rechazos, hay = [], False
        for partes, abre in _enteras(_de_un_zip(ruta, rechazos), rechazos):
            if abre is not None:
                hay = True
                _copia(entrega, partes[-1], abre)
        entrega.avisos += rechazos if hay or rechazos else [f"«{nombre}» está vacío"]
