"""Lo que hace quien aprende en un JupyterHub, petición a petición, como su navegador."""

import contextlib
import json
import re
import time
import uuid
from urllib.parse import parse_qs, quote, urlsplit

import requests
import websocket

LIMITE = 300  # segundos: veinte personas a la vez en dos núcleos
ESPERA = 0.5
INTENTOS = 3  # veces que se vuelve a abrir un canal cortado antes de rendirse
PACIENCIA = 60  # segundos sin una palabra del kernel antes de reiniciarlo


class NoPudo(Exception):
    """Algo que la persona quería hacer y no pudo; su argumento dice qué vio."""


class Persona:
    """Alguien con su navegador: sus cookies y lo que ya abrió.

    Parámetros
    ----------
    nombre : str
    url : str
        La dirección del JupyterHub, sin barra final.
    """

    def __init__(self, nombre, url):
        self.nombre, self.url = nombre, url
        self.navegador = requests.Session()
        # El JupyterHub está en este equipo: el proxy de un centro no sabría encontrarlo.
        self.navegador.trust_env = False
        self.suyo = f"{url}/user/{nombre}"
        self.cortes = 0  # veces que se cortó un canal y lo volvió a abrir
        self.reinicios = 0  # kernels que no contestaron al abrirlos y reinició

    def entra(self, clave):
        """Rellena el formulario de entrada. Lanza NoPudo si no la dejan pasar."""
        formulario = self._pide("GET", f"{self.url}/hub/login")
        hallado = re.search(r'name="_xsrf"\s+value="([^"]+)"', formulario.text)
        datos = {"username": self.nombre, "password": clave, "_xsrf": hallado and hallado[1]}
        respuesta = self.navegador.post(
            f"{self.url}/hub/login", data=datos, timeout=LIMITE, allow_redirects=False
        )
        if respuesta.status_code != 302:
            raise NoPudo(f"no la dejan entrar ({respuesta.status_code})")

    def abre_servidor(self):
        """Pide su servidor, espera a que arranque y devuelve la dirección donde aterriza."""
        final = time.monotonic() + LIMITE
        pagina = self._pide("GET", f"{self.url}/hub/spawn")
        while not pagina.url.startswith(f"{self.suyo}/"):
            if time.monotonic() > final:
                raise NoPudo(f"su servidor no arrancó en {LIMITE} s")
            time.sleep(ESPERA)
            pagina = self._pide("GET", f"{self.url}/hub/spawn-pending/{self.nombre}")
        return pagina.url

    def recibe_el_curso(self, aterrizaje):
        """Espera a que nbgitpuller copie o actualice el curso. Da lo que dijo, línea a línea."""
        pedido = {nombre: valores[0] for nombre, valores in _consulta(aterrizaje).items()}
        dicho = []
        with self.navegador.get(
            f"{self.suyo}/git-pull/api", params=pedido, stream=True, timeout=LIMITE
        ) as flujo:
            for linea in flujo.iter_lines(decode_unicode=True):
                if not linea.startswith("data: "):
                    continue
                suceso = json.loads(linea.removeprefix("data: "))
                dicho.append(suceso.get("output", ""))
                if suceso["phase"] == "error":
                    raise NoPudo(f"no recibió el curso: {suceso['message']}")
                if suceso["phase"] == "finished":
                    return dicho
        raise NoPudo("la copia del curso se cortó")

    def lee(self, ruta):
        """El contenido de un archivo de su carpeta, o la lista de nombres si es una carpeta."""
        contenido = self._pide("GET", f"{self.suyo}/api/contents/{quote(ruta)}").json()["content"]
        if isinstance(contenido, list):
            return [pieza["name"] for pieza in contenido]
        return contenido

    def escribe(self, ruta, texto, *, de=None):
        """Guarda un texto. Con `de`, intenta hacerlo en el servidor de otra persona."""
        modelo = {"type": "file", "format": "text", "content": texto}
        suyo = f"{self.url}/user/{de}" if de else self.suyo
        self._pide("PUT", f"{suyo}/api/contents/{quote(ruta)}", json=modelo)

    def ajuste(self, extension):
        """Lo que JupyterLab tiene puesto para una de sus extensiones."""
        return self._pide("GET", f"{self.suyo}/lab/api/settings/{extension}").json()

    def hace_leccion(self, ruta):
        """Abre un cuaderno y ejecuta sus celdas en orden.

        Devuelve
        --------
        int
            Cuántas celdas ejecutó.

        Errores
        -------
        NoPudo
            Con la primera celda que da un error sin la etiqueta `raises-exception`.
        """
        celdas = [celda for celda in self.lee(ruta)["cells"] if celda["cell_type"] == "code"]
        with self.kernel(ruta) as ejecuta:
            for numero, celda in enumerate(celdas, start=1):
                fuente = "".join(celda["source"])
                error = ejecuta(fuente).error
                if error and "raises-exception" not in celda["metadata"].get("tags", []):
                    raise NoPudo(f"{ruta}, celda de código {numero}: {error}")
        return len(celdas)

    @contextlib.contextmanager
    def kernel(self, ruta):
        """Abre una sesión para un cuaderno y da la función que ejecuta código en ella.

        Al salir se cierra el canal, no el kernel: así se puede medir lo que ocupa.
        """
        modelo = {"path": ruta, "name": ruta, "type": "notebook", "kernel": {"name": "python3"}}
        sesion = self._pide("POST", f"{self.suyo}/api/sessions", json=modelo).json()
        canal = Canal(self, sesion)
        with contextlib.closing(canal):
            yield lambda codigo: _ejecuta(canal, codigo)

    def cierra_kernels(self):
        """Cierra todas sus sesiones, como quien apaga los kernels al terminar."""
        for sesion in self._pide("GET", f"{self.suyo}/api/sessions").json():
            self._pide("DELETE", f"{self.suyo}/api/sessions/{sesion['id']}")

    def _pide(self, metodo, direccion, **opciones):
        cabeceras = {"X-XSRFToken": self._cookies(direccion).get("_xsrf", "")}
        respuesta = self.navegador.request(
            metodo, direccion, headers=cabeceras, timeout=LIMITE, **opciones
        )
        if not respuesta.ok:
            raise NoPudo(f"{metodo} {urlsplit(direccion).path}: {respuesta.status_code}")
        return respuesta

    def _cookies(self, direccion):
        preparada = self.navegador.prepare_request(requests.Request("GET", direccion))
        pares = preparada.headers.get("Cookie", "").split("; ")
        # De dos con el mismo nombre vale la de la ruta más larga, que va primero.
        return dict(par.split("=", 1) for par in reversed(pares) if par)


class Canal:
    """El canal con un kernel. Como JupyterLab, si se corta lo abre otra vez con la misma sesión.

    El servidor guarda mientras tanto lo que el kernel dice. Si al abrirlo el kernel no contesta,
    lo reinicia, como haría ella. Parámetros: la persona y lo que contestó el servidor al abrir la
    sesión.
    """

    def __init__(self, persona, sesion):
        self.persona = persona
        self.kernel = f"{persona.suyo}/api/kernels/{sesion['kernel']['id']}"
        self.direccion = f"{self.kernel}/channels?session_id={sesion['id']}"
        self._abre()
        for _ in range(INTENTOS):
            if self._contesta():
                return
            persona.reinicios += 1
            self.close()
            persona._pide("POST", f"{self.kernel}/restart")
            self._abre()
        raise NoPudo(f"su kernel no contesta tras reiniciarlo {INTENTOS} veces")

    def _contesta(self):
        """Le pregunta al kernel quién es; verdadero si responde antes de perder la paciencia."""
        self.envia(_peticion("kernel_info_request", uuid.uuid4().hex, {}))
        self.abierto.settimeout(PACIENCIA)
        try:
            while self.recibe()["msg_type"] != "kernel_info_reply":
                pass
        except websocket.WebSocketTimeoutException:
            return False
        self.abierto.settimeout(LIMITE)
        return True

    def envia(self, mensaje):
        """Manda un mensaje al kernel."""
        self._insiste(lambda: self.abierto.send(json.dumps(mensaje)))

    def recibe(self):
        """El mensaje siguiente del kernel."""
        return json.loads(self._insiste(lambda: self.abierto.recv()))

    def close(self):
        """Cierra el canal; el kernel sigue."""
        self.abierto.close()

    def _abre(self):
        cookies = self.persona._cookies(self.direccion).items()
        self.abierto = websocket.create_connection(
            self.direccion.replace("http://", "ws://", 1),
            cookie="; ".join(f"{nombre}={valor}" for nombre, valor in cookies),
            timeout=LIMITE,
            http_no_proxy=["127.0.0.1"],
        )

    def _insiste(self, hace):
        for _ in range(INTENTOS):
            try:
                return hace()
            except (websocket.WebSocketConnectionClosedException, ConnectionError):
                self.persona.cortes += 1
                time.sleep(ESPERA)
                self._abre()
        return hace()


class Ejecucion:
    """Lo que imprimió una celda y su error, o una cadena vacía."""

    def __init__(self):
        self.impreso = self.error = ""


def _ejecuta(canal, codigo):
    peticion = uuid.uuid4().hex
    contenido = {"code": codigo, "silent": False, "allow_stdin": False}
    canal.envia(_peticion("execute_request", peticion, contenido))
    hecho, pendiente = Ejecucion(), {"execute_reply", "idle"}
    while pendiente:
        mensaje = canal.recibe()
        if mensaje["parent_header"].get("msg_id") != peticion:
            continue
        contenido = mensaje["content"]
        if mensaje["msg_type"] == "stream":
            hecho.impreso += contenido["text"]
        elif mensaje["msg_type"] == "execute_reply":
            pendiente.discard("execute_reply")
            if contenido["status"] == "error":
                hecho.error = f"{contenido['ename']}: {contenido['evalue'][:200]}"
        pendiente.discard(contenido.get("execution_state"))
    return hecho


def _peticion(tipo, numero, contenido):
    cabecera = {"msg_id": numero, "username": "", "session": numero, "version": "5.3", "date": ""}
    return {
        "header": cabecera | {"msg_type": tipo},
        "parent_header": {},
        "metadata": {},
        "channel": "shell",
        "content": contenido,
    }


def _consulta(direccion):
    return parse_qs(urlsplit(direccion).query)
