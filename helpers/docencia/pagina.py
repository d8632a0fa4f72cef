"""Páginas HTML de un solo archivo: se abren y se imprimen sin conexión."""

import html

# El navegador tiene prohibido pedir nada fuera de la página, aunque un texto lo pidiera.
POLITICA = (
    r"default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src 'unsafe-inline'"
)
DOCUMENTO = r"<!DOCTYPE html>"
ESTILO = r"""
:root { --tinta: #1a1a1a; --papel: #fff; --gris: #f0f0f0; --marca: #00527a; }
* { box-sizing: border-box; }
body { margin: 0; color: var(--tinta); background: var(--papel); line-height: 1.4;
       font-family: system-ui, "Segoe UI", Roboto, "DejaVu Sans", sans-serif; }
h1, h2, h3 { color: var(--marca); line-height: 1.2; margin: 0 0 0.6em; }
pre { background: var(--gris); padding: 0.5em 0.7em; margin: 0.5em 0; white-space: pre-wrap;
      overflow-wrap: anywhere; font-size: 0.85em; border-radius: 4px; }
code { font-family: "DejaVu Sans Mono", Consolas, Menlo, monospace; }
p code, li code, td code { background: var(--gris); padding: 0 0.2em; }
table { border-collapse: collapse; } td, th { border: 1px solid #888; padding: 0.2em 0.5em; }
th { background: var(--gris); text-align: left; }
img { max-width: 100%; max-height: 55vh; }
.salida pre { background: none; border-left: 4px solid var(--marca); border-radius: 0; }
.pregunta { font-weight: bold; }
"""
DE_DIAPOSITIVAS = r"""
section { min-height: 100vh; padding: 4vh 6vw 8vh; font-size: clamp(16px, 2.6vw, 34px); }
section.densa { font-size: clamp(13px, 1.9vw, 25px); } .densa img { max-height: 45vh; }
section h2 { font-size: 1.15em; border-bottom: 2px solid var(--marca); }
nav { position: fixed; bottom: 0; right: 0; padding: 0.4em 1em; background: var(--papel); }
nav button { font: inherit; padding: 0.1em 0.8em; }
@media print { nav { display: none; } section, section[hidden] { display: block !important;
  min-height: 0; break-after: page; break-inside: avoid; font-size: 16pt; padding: 0; }
  section.densa { font-size: 12pt; } @page { size: A4 landscape; margin: 12mm; } }
"""
# Sin JavaScript se ven todas seguidas; con él, una cada vez.
MANDO = r"""
const todas = [...document.querySelectorAll("section")], cuenta = document.querySelector("output");
const MENOR = 12; // píxeles
let actual = 0;
function ve(numero) {
  actual = Math.min(Math.max(numero, 0), todas.length - 1);
  todas.forEach((diapositiva, puesto) => { diapositiva.hidden = puesto !== actual; });
  cuenta.textContent = `${actual + 1} de ${todas.length}`;
  history.replaceState(null, "", `#${actual + 1}`);
  scrollTo(0, 0);
  cabe(todas[actual]);
}
// Lo que no cabe en la pantalla encoge, hasta donde aún se lee.
function cabe(diapositiva) {
  diapositiva.style.fontSize = "";
  let letra = parseFloat(getComputedStyle(diapositiva).fontSize);
  while (diapositiva.offsetHeight > innerHeight && letra > MENOR) {
    letra -= 0.5;
    diapositiva.style.fontSize = `${letra}px`;
  }
}
addEventListener("resize", () => cabe(todas[actual]));
const pasos = { ArrowRight: 1, PageDown: 1, " ": 1, ArrowLeft: -1, PageUp: -1,
                Home: -todas.length, End: todas.length };
addEventListener("keydown", (tecla) => {
  if (tecla.key in pasos && tecla.target.tagName !== "BUTTON") {
    tecla.preventDefault();
    ve(actual + pasos[tecla.key]);
  }
});
document.querySelector("#antes").onclick = () => ve(actual - 1);
document.querySelector("#despues").onclick = () => ve(actual + 1);
document.querySelector("nav").hidden = false;
ve((parseInt(location.hash.slice(1)) || 1) - 1);
"""
DE_PAPEL = r"""
body { max-width: 48rem; margin: 0 auto; padding: 1.5rem; }
article { margin-bottom: 2rem; } h3 { font-size: 1em; margin: 1em 0 0.3em; }
@media print { body { max-width: none; padding: 0; font-size: 11pt; }
  article { break-before: page; } article:first-of-type { break-before: auto; }
  h2, h3 { break-after: avoid; }
  pre, tr { break-inside: avoid; } @page { size: A4; margin: 18mm; } }
"""


def de_diapositivas(titulo, diapositivas):
    """Una página que enseña una diapositiva cada vez y las imprime todas, una por hoja.

    Parámetros
    ----------
    titulo : str
    diapositivas : list de Diapositiva
    """
    secciones = "\n".join(
        f"<section{' class=densa' if d.densa else ''}>\n<h2>{html.escape(d.encabezado)}</h2>\n"
        f"{d.contenido}\n</section>"
        for d in diapositivas
    )
    mando = (
        '<nav hidden><button id="antes">Anterior</button> <output></output> '
        f'<button id="despues">Siguiente</button></nav>\n<script>{MANDO}</script>'
    )
    return _pagina(titulo, DE_DIAPOSITIVAS, f"{secciones}\n{mando}")


def de_papel(titulo, contenido):
    """Una página para leer o imprimir."""
    return _pagina(titulo, DE_PAPEL, f"<h1>{html.escape(titulo)}</h1>\n{contenido}")


def _pagina(titulo, estilo, contenido):
    return (
        f'{DOCUMENTO}\n<html lang="es">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{POLITICA}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{html.escape(titulo)}</title>\n<style>{ESTILO}{estilo}</style>\n</head>\n"
        f"<body>\n{contenido}\n</body>\n</html>\n"
    )
