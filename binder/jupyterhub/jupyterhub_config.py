"""Lo que todo JupyterHub con este curso necesita: sirve igual en un centro y en una facultad.

The Littlest JupyterHub lo lee si se copia en `/opt/tljh/config/jupyterhub_config.d`; el gráfico de
Helm, con `--set-file hub.extraConfig.curso=…`. Lo explica notebooks/docencia/jupyterhub.md.
"""
# ruff: noqa: F821 — `c` la ponen los dos; `get_config()` no sirve, porque en Helm es otra función.

import os
from urllib.parse import urlencode

# De aquí solo se leen los ajustes: cada persona trabaja en su copia.
CURSO = os.environ.get("CURSO_COMPARTIDO", "/srv/curso")
# La copia de cada persona, dentro de su carpeta.
COPIA = "curso"
ENLACE = {
    "repo": "https://github.com/sin_publicar/persistencia-modelos",
    "branch": "main",
    "targetpath": COPIA,
    "urlpath": f"lab/tree/{COPIA}/notebooks/00_empieza_aqui.ipynb",
}

# Como en Binder: JupyterLab en español y un solo hilo por kernel.
c.Spawner.cmd = [f"{CURSO}/binder/start", "jupyterhub-singleuser"]
# En la imagen de un contenedor la carpeta de partida es la del curso, que no es de nadie.
c.Spawner.notebook_dir = "~"
# Entrar copia el curso o lo actualiza, y abre la primera lección.
c.Spawner.default_url = "/git-pull?" + urlencode(ENLACE)

# Con esta memoria termina la lección que más gasta. Quien la pase pierde su kernel; en Kubernetes,
# su servidor entero, que vuelve a empezar. Lo que está en su carpeta se conserva en los dos casos.
# En Kubernetes esta cifra y `start_timeout` son las de z2jh.yaml y su gráfico; en The Littlest
# JupyterHub, esta manda sobre `limits.memory`.
c.Spawner.mem_limit = "1024M"
# Un kernel con la pestaña cerrada ocupa lo que otra persona necesita. El cuaderno está guardado.
# Y los kernels se comunican por archivos, no por puertos: cada servidor busca los libres por su
# cuenta y, si una clase entera abre a la vez, dos eligen el mismo y un kernel queda mudo.
c.Spawner.args = [
    "--KernelManager.transport=ipc",
    "--MappingKernelManager.cull_idle_timeout=3600",
    "--MappingKernelManager.cull_interval=300",
]

# Toda la clase entra a la vez y los servidores se estorban al arrancar: que nadie se rinda antes.
c.Spawner.start_timeout = 180
c.Spawner.http_timeout = 180
