"""La configuración del curso, con lo que hace falta para probarla en un equipo.

La lee JupyterHub, no pytest. Cambia quién entra, dónde escribe cada cual y de dónde se copia el
curso. Lo demás es `binder/jupyterhub/jupyterhub_config.py`, tal como se despliega.
"""

import json
import os
from pathlib import Path

from jupyterhub.spawner import SimpleLocalProcessSpawner

c = get_config()  # noqa: F821 la define JupyterHub
plan = json.loads(os.environ["PLAN_DE_LA_PRUEBA"])
load_subconfig(plan["configuracion"])  # noqa: F821 la define JupyterHub


# Donde cada persona ve su carpeta temporal: una carpeta que ya existe, con un nombre corto, como en
# un servidor. La de las pruebas es tan larga que en ella no cabe la ruta de un kernel.
TEMPORAL = "/mnt"


class SoloEnSuCarpeta(SimpleLocalProcessSpawner):
    """Un servidor que ve el disco de solo lectura, salvo la carpeta de su dueño.

    Es lo que en un centro hace el usuario de Linux de cada cual y, en una facultad, su contenedor.
    """

    async def start(self):
        """Arranca el servidor dentro de su encierro."""
        self.cmd = [*self._encierro(), *self.config.Spawner.cmd]
        return await super().start()

    def _encierro(self):
        suya = self.home_dir
        temporal = Path(suya, "tmp")
        temporal.mkdir(parents=True, exist_ok=True)
        return ["bwrap", "--die-with-parent", "--unshare-pid", "--ro-bind", "/", "/",
                "--dev", "/dev", "--proc", "/proc",
                # Las carpetas de las demás personas ni se ven.
                "--tmpfs", str(Path(suya).parent), "--bind", suya, suya,
                "--bind", str(temporal), TEMPORAL, "--"]  # fmt: skip

    def user_env(self, env):
        """Añade la carpeta temporal propia: la del sistema es de solo lectura."""
        return super().user_env(env) | {"TMPDIR": TEMPORAL}


c.JupyterHub.spawner_class = SoloEnSuCarpeta
c.SimpleLocalProcessSpawner.home_dir_template = plan["carpetas"] + "/{username}"
c.Spawner.environment = plan["entorno"]
if os.getuid() == 0:  # dentro de un contenedor de pruebas
    c.Spawner.args = [*c.Spawner.args, "--allow-root"]

c.JupyterHub.authenticator_class = "shared-password"
c.SharedPasswordAuthenticator.user_password = plan["clave"]
c.Authenticator.allowed_users = set(plan["personas"])

publico, del_hub, del_proxy = plan["puertos"]
c.JupyterHub.bind_url = f"http://127.0.0.1:{publico}"
c.JupyterHub.hub_port = del_hub
c.ConfigurableHTTPProxy.api_url = f"http://127.0.0.1:{del_proxy}"
c.ConfigurableHTTPProxy.command = plan["proxy"]
c.JupyterHub.cleanup_servers = True
