// Lo que se mide de un cuaderno abierto: si cabe y si se lee. Queda en `window.medidas`.
window.medidas = (() => {
  const cuaderno = () => window.jupyterapp.shell.currentWidget.content;
  const raiz = () => cuaderno().node;
  const visible = (nodo) => nodo.checkVisibility({ visibilityProperty: true }) && nodo.getClientRects().length > 0;

  // --- Nada cortado --------------------------------------------------------------------------
  // Un trozo de contenido está cortado si sobresale de una caja que no enseña lo que sobresale.
  const ZONAS = '.jp-RenderedMarkdown, .jp-OutputArea-output, .cm-content';

  function* trozos(zona) {
    for (const nodo of zona.querySelectorAll('img, svg, table, canvas, video')) {
      if (visible(nodo)) yield [nodo, nodo.getClientRects(), nodo.tagName];
    }
    for (const texto of textos(zona)) yield [texto.parentElement, rectangulos(texto), texto.data, texto];
  }

  function* textos(zona) {
    const paseo = document.createTreeWalker(zona, NodeFilter.SHOW_TEXT);
    for (let texto = paseo.nextNode(); texto; texto = paseo.nextNode()) {
      if (texto.data.trim() && visible(texto.parentElement)) yield texto;
    }
  }

  function rectangulos(texto, desde = 0, hasta = texto.length) {
    const rango = document.createRange();
    rango.setStart(texto, desde);
    rango.setEnd(texto, hasta);
    return rango.getClientRects();
  }

  // El espacio del final de un renglón puede sobresalir sin que falte nada: deciden las palabras.
  const palabras = (texto) =>
    [...texto.data.matchAll(/\S+/g)].flatMap((p) => [...rectangulos(texto, p.index, p.index + p[0].length)]);

  function cortes(raiz) {
    const hallados = [];
    for (const zona of raiz.querySelectorAll(ZONAS)) {
      for (const [nodo, cajas, dice, texto] of trozos(zona)) {
        let quien = [...cajas].map((r) => quienCorta(nodo, r, raiz)).find(Boolean);
        if (quien && texto) quien = palabras(texto).map((r) => quienCorta(nodo, r, raiz)).find(Boolean);
        if (quien) hallados.push({ celda: celdaDe(nodo), caja: quien, dice: dice.trim().slice(0, 60) });
      }
    }
    return hallados;
  }

  function quienCorta(nodo, r, raiz) {
    const tope = raiz.getBoundingClientRect();
    for (let caja = nodo; caja && caja !== raiz; caja = caja.parentElement) {
      const { overflowX, overflowY } = getComputedStyle(caja);
      const limite = caja.getBoundingClientRect();
      const ancho = r.right > limite.right + 1 || r.left < limite.left - 1;
      const alto = r.bottom > limite.bottom + 1 || r.top < limite.top - 1;
      if (overflowX !== 'visible' && ancho) return `${nombre(caja)} (${overflowX})`;
      if (overflowY !== 'visible' && alto) return `${nombre(caja)} (${overflowY})`;
    }
    return r.right > tope.right + 1 || r.left < tope.left - 1 ? 'el panel' : null;
  }

  const nombre = (nodo) => [nodo.tagName.toLowerCase(), ...nodo.classList].slice(0, 3).join('.');
  const celdaDe = (nodo) => {
    const nodoDeCelda = nodo.closest('.jp-Cell');
    return cuaderno().widgets.find((c) => c.node === nodoDeCelda)?.model.id ?? '';
  };

  // --- Contraste -----------------------------------------------------------------------------
  function numeros(color) {
    const [r, g, b, a = 1] = color.match(/[\d.]+/g).map(Number);
    return color.startsWith('color(') ? [r * 255, g * 255, b * 255, a] : [r, g, b, a];
  }
  const sobre = ([r, g, b, a], fondo) => [r, g, b].map((canal, i) => canal * a + fondo[i] * (1 - a));

  function fondoDe(nodo) {
    const capas = [];
    for (let caja = nodo; caja; caja = caja.parentElement) {
      const capa = numeros(getComputedStyle(caja).backgroundColor);
      if (capa[3] > 0) capas.push(capa);
      if (capa[3] === 1) break;
    }
    return capas.reduceRight((fondo, capa) => sobre(capa, fondo), [255, 255, 255]);
  }

  function opacidadDe(nodo) {
    let opacidad = 1;
    for (let caja = nodo; caja; caja = caja.parentElement) opacidad *= Number(getComputedStyle(caja).opacity);
    return opacidad;
  }

  // WCAG 2.2, luminancia relativa y razón de contraste.
  const luminancia = (color) =>
    color
      .map((c) => c / 255)
      .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
      .reduce((suma, c, i) => suma + c * [0.2126, 0.7152, 0.0722][i], 0);
  const razon = (a, b) => {
    const [clara, oscura] = [luminancia(a), luminancia(b)].sort((x, y) => y - x);
    return (clara + 0.05) / (oscura + 0.05);
  };

  // Cada pareja de colores del cuaderno, una vez, con su razón y la que debería alcanzar.
  function contrastes(raiz) {
    const parejas = new Map();
    for (const texto of textos(raiz)) {
      const nodo = texto.parentElement;
      if (!nodo.closest('.jp-Cell')) continue;
      const { color, fontSize, fontWeight } = getComputedStyle(nodo);
      const clave = [zonaDe(nodo), color, fontSize, fontWeight, nodo.className, nodo.parentElement.className].join('|');
      if (parejas.has(clave)) continue;
      const fondo = fondoDe(nodo);
      const [r, g, b, a] = numeros(color);
      const tinta = sobre([r, g, b, a * opacidadDe(nodo)], fondo);
      const grande = parseFloat(fontSize) >= (Number(fontWeight) >= 700 ? 18.66 : 24);
      parejas.set(clave, {
        celda: celdaDe(nodo), zona: zonaDe(nodo), dice: texto.data.trim().slice(0, 40), color, fondo: fondo.map(Math.round),
        razon: razon(tinta, fondo), pide: grande ? 3 : 4.5,
      });
    }
    return [...parejas.values()];
  }

  function zonaDe(nodo) {
    if (nodo.closest('.jp-InputPrompt, .jp-OutputPrompt')) return 'número de celda';
    if (nodo.closest('.jp-Placeholder')) return 'salida plegada';
    if (nodo.closest('.jp-RenderedMarkdown pre')) return 'código en prosa';
    if (nodo.closest('.jp-RenderedMarkdown')) return 'prosa';
    if (nodo.closest('.cm-content')) return 'código';
    return nodo.closest('.jp-OutputArea-output') ? 'salida' : 'otra';
  }

  return {
    visible,
    cortes: () => cortes(raiz()),
    contrastes: () => contrastes(raiz()),
    alto: () => raiz().querySelector('.jp-WindowedPanel-inner').getBoundingClientRect().height,
  };
})();
