"""Lo que se mide de un método: cuánta memoria pide y cuánto tarda."""

import gc
import time
import tracemalloc


def memoria(metodo, modelo, archivo):
    """La memoria de más al guardar y al cargar, y los tipos que hubo que aprobar.

    Mientras se cuenta, Python va más lento: por eso esta vuelta no se cronometra. Sirve también
    para que la primera medida encuentre todo importado y la memoria ya usada alguna vez.
    """
    # Lo que ya hay no es basura: así los próximos `gc.collect()` no vuelven a recorrerlo.
    gc.collect()
    gc.freeze()
    tracemalloc.start()
    try:
        antes, _ = tracemalloc.get_traced_memory()
        metodo.guarda(modelo, archivo)
        _, maximo_al_guardar = tracemalloc.get_traced_memory()
        # Aprobar lo que el archivo pide es justo lo que no se hace con uno ajeno. Este lo acaba de
        # escribir este proceso, con un modelo que ya está cargado: no añade ningún riesgo.
        confiar = metodo.tipos(archivo) if metodo.tipos else ()
        gc.collect()
        tracemalloc.reset_peak()
        cargado = metodo.carga(archivo, confiar)
        _, maximo_al_cargar = tracemalloc.get_traced_memory()
        gc.collect()
        despues, _ = tracemalloc.get_traced_memory()
        del cargado  # hasta aquí, para que cuente como memoria que se queda
    finally:
        tracemalloc.stop()
    de_mas = {
        "guardar": max(0, maximo_al_guardar - antes),
        "cargar": max(0, maximo_al_cargar - despues),
    }
    return de_mas, confiar


def tiempos(metodo, modelo, archivo, confiar):
    """Segundos de guardar y de cargar, y los de escribir y leer los mismos bytes sin más.

    También lo que duró todo, que no es de ninguna tabla: sirve para decidir cuántas rondas caben.
    """
    inicio = time.perf_counter()
    guardar = cronometra(lambda: metodo.guarda(modelo, archivo))
    cargar = cronometra(lambda: metodo.carga(archivo, confiar))
    contenido = bytearray(archivo.stat().st_size)
    lee(archivo, contenido)
    archivo.unlink()  # que el límite se mida como lo otro: sin otro archivo recién escrito
    crudo = archivo.with_suffix(".crudo")
    try:
        escribir = cronometra(lambda: escribe(crudo, contenido))
        leer = cronometra(lambda: lee(crudo, contenido))
    finally:
        crudo.unlink(missing_ok=True)
    return {
        "guardar": [guardar, escribir],
        "cargar": [cargar, leer],
        "bytes": len(contenido),
        "duracion": time.perf_counter() - inicio,
    }


def cronometra(accion):
    """Segundos que tarda, sin que la recolección de basura caiga dentro, como hace `timeit`."""
    gc.collect()
    gc.disable()
    try:
        inicio = time.perf_counter()
        resultado = accion()
        segundos = time.perf_counter() - inicio
        del resultado  # después de parar el reloj: soltar la memoria también cuesta
    finally:
        gc.enable()
    return segundos


def escribe(ruta, contenido):
    """Escribe unos bytes sin más: el límite de lo que se tarda en guardar."""
    # En un bucle: de una vez, el sistema escribe o lee como mucho unos 2 GB.
    resto = memoryview(contenido)
    with ruta.open("wb", buffering=0) as archivo:
        while resto:
            resto = resto[archivo.write(resto) :]


def lee(ruta, memoria):
    """Lee un archivo sin más, en un `bytearray` de su tamaño: el límite de cargar."""
    # En memoria ya reservada: nada que lea esos bytes puede hacer menos.
    hueco = memoryview(memoria)
    with ruta.open("rb", buffering=0) as archivo:
        while hueco and (leidos := archivo.readinto(hueco)):
            hueco = hueco[leidos:]
