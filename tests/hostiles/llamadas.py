"""Pickles que llaman a lo que no deben: a qué se puede llegar con un nombre y unos argumentos."""

import pickle
import sys

from hostiles.registro import (
    crea,
    datos,
    diccionario,
    entero,
    hostil,
    lista,
    llama,
    modelo,
    numero,
    pide,
    pon_marca,
    texto,
    tupla,
)

RECTA = pide("sklearn.linear_model._base", "LinearRegression")


def _codigo(marca):
    return f"import os; os.mkdir({marca!r})"


@hostil("pide os.mkdir", "pickle")
def una_llamada(marca):
    return entero(pon_marca(marca))


@hostil("pide os.mkdir", "pickle")
def dentro_de_un_modelo(marca):
    return entero(modelo(coef_=pon_marca(marca)))


@hostil("pide posix.mkdir" if sys.platform != "win32" else "pide nt.mkdir", "pickle")
def por_su_otro_nombre(marca):
    return entero(llama(pide("nt" if sys.platform == "win32" else "posix", "mkdir"), texto(marca)))


@hostil("pide os.system", "pickle")
def una_orden_de_la_terminal(marca):
    return entero(llama(pide("os", "system"), texto(f'mkdir "{marca}"')))


@hostil("pide subprocess.check_call", "pickle")
def otro_programa(marca):
    orden = lista(texto(sys.executable), texto("-c"), texto(_codigo(marca)))
    return entero(llama(pide("subprocess", "check_call"), orden))


@hostil("pide builtins.eval", "pickle")
def eval_de_un_texto(marca):
    return entero(llama(pide("builtins", "eval"), texto(f"__import__('os').mkdir({marca!r})")))


@hostil("pide builtins.exec", "pickle")
def exec_de_un_texto(marca):
    return entero(llama(pide("builtins", "exec"), texto(_codigo(marca))))


@hostil("llama a lo que devolvió otra llamada", "pickle")
def llamar_a_lo_que_devuelve_otra_llamada(marca):
    os = llama(pide("builtins", "__import__"), texto("os"))
    mkdir = llama(pide("builtins", "getattr"), os, texto("mkdir"))
    return entero(llama(mkdir, texto(marca)))


@hostil("pide __builtin__.eval", "pickle")
def con_los_nombres_de_python_2(marca):
    texto_ = f"__import__('os').mkdir({marca!r})".encode()
    return b"\x80\x02c__builtin__\neval\nX" + len(texto_).to_bytes(4, "little") + texto_ + b"\x85R."


@hostil("pide os.path.os.mkdir", "pickle")
def un_nombre_con_puntos(marca):
    return entero(llama(pide("os", "path.os.mkdir"), texto(marca)))


@hostil("pide sklearn.linear_model._base.numbers.sys.modules", "")
def un_nombre_con_puntos_de_sklearn(marca):
    return entero(pide("sklearn.linear_model._base", "numbers.sys.modules"))


@hostil("pide sklearn.linear_model._base.LinearRegression.fit", "")
def un_metodo_de_una_clase(marca):
    return entero(pide("sklearn.linear_model._base", "LinearRegression.fit"))


@hostil("pide numpy.testing._private.utils.runstring", "pickle")
def runstring_de_numpy(marca):
    nombre = pide("numpy.testing._private.utils", "runstring")
    return entero(llama(nombre, texto(_codigo(marca)), pickle.EMPTY_DICT))


@hostil("pide numpy.f2py.crackfortran.myeval", "pickle")
def myeval_de_numpy(marca):
    nombre = pide("numpy.f2py.crackfortran", "myeval")
    return entero(llama(nombre, texto(f"__import__('os').mkdir({marca!r})")))


@hostil("pide sklearn.datasets._base.makedirs", "pickle")
def makedirs_por_sklearn(marca):
    return entero(llama(pide("sklearn.datasets._base", "makedirs"), texto(marca)))


@hostil("pide sklearn.feature_selection._base.attrgetter", "pickle")
def attrgetter_por_un_modulo_de_modelos(marca):
    saca = llama(pide("sklearn.feature_selection._base", "attrgetter"), texto("os.mkdir"))
    mkdir = llama(saca, llama(pide("builtins", "__import__"), texto("shutil")))
    return entero(llama(mkdir, texto(marca)))


@hostil("pide sklearn.metrics._scorer.partial", "pickle")
def partial_por_un_modulo_de_modelos(marca):
    parcial = llama(pide("sklearn.metrics._scorer", "partial"), pide("os", "mkdir"), texto(marca))
    return entero(llama(parcial))


@hostil("pide sklearn.utils.parallel._FuncWrapper", "pickle")
def una_funcion_envuelta_por_sklearn(marca):
    envuelta = llama(pide("sklearn.utils.parallel", "_FuncWrapper"), pide("os", "mkdir"))
    estado = diccionario(config=pickle.EMPTY_DICT, warning_filters=pickle.EMPTY_LIST)
    return entero(llama(envuelta + estado + pickle.BUILD, texto(marca)))


@hostil("pide joblib.parallel.BatchedCalls", "pickle")
def un_lote_de_joblib(marca):
    tarea = tupla(pide("os", "mkdir"), tupla(texto(marca)), pickle.EMPTY_DICT)
    respaldo = llama(pide("joblib._parallel_backends", "SequentialBackend"))
    lote = llama(pide("joblib.parallel", "BatchedCalls"), lista(tarea), respaldo)
    return entero(llama(lote))


@hostil("pide operator.methodcaller", "pickle")
def methodcaller(marca):
    return entero(
        llama(
            llama(pide("operator", "methodcaller"), texto("mkdir")),
            llama(pide("pathlib", "Path"), texto(marca)),
        )
    )


@hostil("pide functools.partial", "pickle")
def partial(marca):
    return entero(llama(llama(pide("functools", "partial"), pide("os", "mkdir"), texto(marca))))


@hostil("pide timeit.timeit", "pickle")
def timeit(marca):
    return entero(llama(pide("timeit", "timeit"), texto("0"), texto(_codigo(marca))))


@hostil("pide runpy._run_code", "pickle")
def runpy(marca):
    codigo = llama(pide("builtins", "compile"), texto(_codigo(marca)), texto("x"), texto("exec"))
    return entero(llama(pide("runpy", "_run_code"), codigo, pickle.EMPTY_DICT))


@hostil("pide _thread.start_new_thread", "pickle")
def en_otro_hilo(marca):
    return entero(
        llama(pide("_thread", "start_new_thread"), pide("os", "mkdir"), tupla(texto(marca)))
    )


@hostil("pide atexit.register", "pickle")
def al_terminar_el_programa(marca):
    return entero(llama(pide("atexit", "register"), pide("os", "mkdir"), texto(marca)))


@hostil("pide builtins.map", "pickle")
def sin_ninguna_llamada(marca):
    """`map` no hace nada hasta que `tuple` lo recorre, y crear no es llamar."""
    recorre = crea(pide("builtins", "map"), pide("os", "mkdir"), lista(texto(marca)))
    return entero(crea(pide("builtins", "tuple"), recorre))


@hostil("crea builtins.tuple", "")
def crear_un_tipo_que_solo_se_nombra(marca):
    return entero(crea(pide("builtins", "tuple"), lista(texto("a"))))


@hostil("pide copyreg._reconstructor", "pickle")
def reconstructor_de_copyreg(marca):
    mapa = llama(pide("builtins", "map"), pide("os", "mkdir"), lista(texto(marca)))
    clase = pide("builtins", "tuple")
    return entero(llama(pide("copyreg", "_reconstructor"), clase, clase, mapa))


@hostil("pide pickle.loads", "pickle")
def un_pickle_dentro_de_otro(marca):
    return entero(llama(pide("pickle", "loads"), datos(una_llamada(marca))))


@hostil("lleva otro pickle dentro de unos bytes", "")
def un_pickle_guardado_en_un_atributo(marca):
    return entero(modelo(cache_=datos(una_llamada(marca))))


@hostil("pide numpy.load", "pickle")
def un_array_con_un_pickle_dentro(marca):
    dentro = una_llamada(marca)
    cabecera = b"{'descr': '|O', 'fortran_order': False, 'shape': (1,), }\n"
    npy = b"\x93NUMPY\x01\x00" + len(cabecera).to_bytes(2, "little") + cabecera + dentro
    memoria = llama(pide("io", "BytesIO"), datos(npy))
    return entero(llama(pide("numpy", "load"), memoria, pickle.NONE, pickle.NEWTRUE))


@hostil("pide scipy.stats._distn_infrastructure.rv_continuous", "pickle")
def una_distribucion_de_scipy(marca):
    """Las distribuciones ejecutan un texto que llevan dentro."""
    vacia = crea(pide("scipy.stats._distn_infrastructure", "rv_continuous"))
    return entero(vacia, diccionario(_parse_arg_template=texto(_codigo(marca))), pickle.BUILD)


@hostil("cambia cómo funciona un objeto", "pickle")
def setstate_puesto_a_mano(marca):
    cambiado = modelo(__setstate__=pide("os", "mkdir"))
    return entero(cambiado, texto(marca), pickle.BUILD)


@hostil("rellena algo que no es una lista", "pickle")
def append_puesto_a_mano(marca):
    return entero(modelo(append=pide("os", "mkdir")), texto(marca), pickle.APPEND)


@hostil("cambia por dentro una clase", "")
def cambiar_una_clase(marca):
    metodos = diccionario(predict=pide("sklearn.metrics._classification", "f1_score"))
    return entero(RECTA, tupla(pickle.NONE, metodos), pickle.BUILD)


@hostil("pide os.environ", "")
def cambiar_el_entorno(marca):
    return entero(pide("os", "environ"), texto("PYTHONSTARTUP"), texto("x"), pickle.SETITEM)


@hostil("rellena algo que no es una lista", "")
def rellenar_un_objeto_de_sklearn(marca):
    return entero(modelo(), texto("a"), texto("b"), pickle.SETITEM)


@hostil("llama a sklearn.metrics._classification.f1_score", "")
def llamar_a_una_funcion_que_solo_se_guarda(marca):
    return entero(llama(pide("sklearn.metrics._classification", "f1_score"), lista(), lista()))


@hostil("llama a sklearn.linear_model._base.LinearRegression", "")
def llamar_a_una_clase_que_solo_se_crea(marca):
    return entero(llama(RECTA))


@hostil("llama a algo con sklearn.metrics._classification.f1_score", "")
def pasar_una_funcion_a_una_llamada(marca):
    nombre = pide("numpy.random._pickle", "__generator_ctor")
    return entero(llama(nombre, texto("x"), pide("sklearn.metrics._classification", "f1_score")))


@hostil("crea sklearn.metrics._classification.f1_score", "")
def crear_una_funcion(marca):
    return entero(crea(pide("sklearn.metrics._classification", "f1_score")))


@hostil("llama con unos argumentos que no se ven", "")
def argumentos_que_devuelve_una_llamada(marca):
    argumentos = llama(pide("numpy", "dtype"), texto("f8"))
    return entero(pide("numpy", "dtype"), argumentos, pickle.REDUCE)


@hostil("cambia cómo funciona un objeto", "")
def un_estado_que_devuelve_una_llamada(marca):
    return entero(modelo(), llama(pide("numpy", "dtype"), texto("f8")), pickle.BUILD)


@hostil("cambia cómo funciona un objeto", "")
def una_clave_que_devuelve_una_llamada(marca):
    clave = llama(pide("numpy", "dtype"), texto("f8"))
    return entero(modelo(), pickle.EMPTY_DICT, clave, numero(1), pickle.SETITEM, pickle.BUILD)


@hostil("reserva memoria para un array", "")
def reservar_un_array_enorme(marca):
    nombre, clase = pide("numpy._core.multiarray", "_reconstruct"), pide("numpy", "ndarray")
    return entero(llama(nombre, clase, tupla(numero(2**31 - 1)), datos(b"b")))
