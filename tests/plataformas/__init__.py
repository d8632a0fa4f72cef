"""El curso donde se usa: navegador, Binder, Colab, JupyterHub, otras versiones y una clase."""
