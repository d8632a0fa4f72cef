"""Las lecciones exportadas a HTML y examinadas con axe-core, y de quién es cada defecto."""

from dataclasses import dataclass

import nbformat
from nbconvert import HTMLExporter

GRAVES = {"serious", "critical"}
# Un cuaderno al que no hay nada que reprochar: lo que axe encuentre en él lo pone el exportador.
IRREPROCHABLE = nbformat.v4.new_notebook(
    metadata={"title": "Irreprochable", "language_info": {"name": "python"}},
    cells=[
        nbformat.v4.new_markdown_cell(
            "# Uno\n\nProsa con `código` y [un enlace](https://example.org/).\n\n## Dos\n\n"
            "```python\nx = [1]  # un comentario\n```\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n"
            "<details><summary>Ver</summary>\n\nMás prosa.\n</details>"
        ),
        nbformat.v4.new_code_cell(
            "%%time\n# Un comentario\nimport os\n@property\ndef f(x):\n"
            '    return f"{x:.1f}" + str(0) if x is not None else print(b"\\n", lambda: 1e3)\n'
            "try:\n    f(x=...)\nexcept ValueError as error:\n    self.x = -1 % 2\n"
            "with open('x') as a: pass\nclass A: __init__ = True",
            execution_count=1,
            outputs=[
                nbformat.v4.new_output("stream", name="stdout", text="Una línea.\n"),
                nbformat.v4.new_output("execute_result", {"text/plain": "1"}, execution_count=1),
            ],
        ),
    ],
)
# Corre en la página. De cada nodo: su clave, si lo escribió la lección, y un trozo. El exportador
# pone una frase de relleno a las imágenes sin texto alternativo, y axe la da por buena: se buscan
# aparte. Un gráfico no es grave; el curso imprime debajo los mismos datos.
EXAMINA = """async () => {
  const DE_RELLENO = 'No description has been provided for this image';
  const { violations } = await axe.run(document, { resultTypes: ['violations'] });
  const zona = '.jp-RenderedMarkdown, .jp-OutputArea-output';
  const clave = (regla, nodo, elemento) => {
    const colores = regla === 'color-contrast' && nodo.any[0]?.data;
    if (colores) return `${colores.fgColor} sobre ${colores.bgColor}`;
    return [elemento?.tagName, ...(elemento?.classList ?? [])].join('.').toLowerCase();
  };
  const halladas = violations.flatMap(({ id, impact, nodes }) => nodes.map((nodo) => {
    const elemento = document.querySelector(nodo.target[0]);
    return { regla: id, impacto: impact, clave: clave(id, nodo, elemento),
             escrito: Boolean(elemento?.closest(zona)), trozo: nodo.html.slice(0, 160) };
  }));
  const muda = ({ alt }) => !alt || alt === DE_RELLENO;
  const mudas = [...document.querySelectorAll('img')].filter(muda);
  return halladas.concat(mudas.map((imagen) => ({
    regla: 'imagen-muda', impacto: imagen.closest('.jp-RenderedMarkdown') ? 'critical' : 'moderate',
    clave: 'img', escrito: true, trozo: imagen.outerHTML.slice(0, 160) })));
}"""


@dataclass(frozen=True)
class Defecto:
    """Algo que axe-core encontró en una página.

    Parámetros
    ----------
    regla, impacto : str
        Los nombres que les da axe-core.
    clave : str
        Qué elemento o qué colores; sirve para comparar con otra página.
    escrito : bool
        Si está dentro de un texto o de una salida, y no en lo que los rodea.
    trozo : str
        El principio del HTML.
    """

    regla: str
    impacto: str
    clave: str
    escrito: bool
    trozo: str

    @property
    def huella(self):
        """Lo que tienen en común dos defectos con la misma causa."""
        return self.regla, self.clave


def exporta(cuaderno):
    """El HTML de un cuaderno, como lo da `jupyter nbconvert --to html`, en español."""
    html, _ = HTMLExporter(language_code="es").from_notebook_node(cuaderno)
    return html


def examina(pestana, axe, html):
    """Los defectos de una página.

    Parámetros
    ----------
    pestana : Page
        Cualquiera: se abre otra al lado, sin red.
    axe : Path
        `axe.min.js`.
    html : str
        La página.

    Devuelve
    --------
    list de Defecto
    """
    pagina = pestana.context.new_page()
    try:
        pagina.route("http*://**", lambda peticion: peticion.abort())
        pagina.set_content(html, wait_until="domcontentloaded")
        pagina.add_script_tag(path=axe)
        return [Defecto(**datos) for datos in pagina.evaluate(EXAMINA)]
    finally:
        pagina.close()


def de_la_leccion(defectos, del_exportador):
    """Los que pone la lección: están en lo que escribió y no salen en un cuaderno irreprochable."""
    ajenos = {defecto.huella for defecto in del_exportador}
    return [d for d in defectos if d.escrito and d.huella not in ajenos]
