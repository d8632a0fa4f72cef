"""El curso donde se usa: en JupyterLab con un navegador, en Binder, en Colab y en JupyterHub."""
