// Lo que las pruebas preguntan a la página. Se inyecta en JupyterLab y queda en `window.curso`.
window.curso = (() => {
  const panel = () => window.jupyterapp.shell.currentWidget;
  const celdas = () => panel().content.widgets;
  const pausa = (ms) => new Promise((sigue) => setTimeout(sigue, ms));
  const kernel = () => panel().sessionContext.session?.kernel;
  const deCodigo = () => celdas().filter((c) => c.model.type === 'code' && c.model.sharedModel.source.trim());

  // El texto de un modelo puede ser una lista de líneas.
  const texto = (dato) => (Array.isArray(dato) ? dato.join('') : dato ?? '');
  const textoDe = (salida) => texto(salida.text ?? salida.data?.['text/plain']);

  async function abre(ruta) {
    await window.jupyterapp.commands.execute('docmanager:open', { path: ruta });
    await listo();
  }

  async function listo() {
    await window.jupyterapp.restored;
    await panel().context.ready;
    await espera(() => kernel()?.status === 'idle');
    await dibuja();
  }

  // Apaga el kernel y cierra sin guardar: no se pregunta nada.
  async function cierra() {
    const abierto = panel();
    await abierto.sessionContext.shutdown();
    abierto.context.model.dirty = false;
    abierto.dispose();
  }

  async function espera(ocurre, maximo = 90_000) {
    const limite = Date.now() + maximo;
    let seguidas = 0;
    while (seguidas < 3) {
      if (Date.now() > limite) throw new Error('se agotó la espera');
      seguidas = ocurre() ? seguidas + 1 : 0;
      await pausa(100);
    }
  }

  // Una celda ha terminado cuando vuelve a tener cuenta: antes se le quita. Si una falla sin
  // anunciarlo, las siguientes no se ejecutan.
  const olvida = (cuales) => cuales.forEach((c) => (c.model.sharedModel.execution_count = null));
  const etiquetas = (celda) => celda.model.getMetadata('tags') ?? [];
  const errores = (celda) => celda.model.outputs.toJSON().filter((s) => s.output_type === 'error');
  const falla = (celda) => errores(celda).length && !etiquetas(celda).includes('raises-exception');
  const terminan = (cuales) =>
    espera(() => kernel()?.status === 'idle' && (cuales.every((c) => c.model.executionCount) || cuales.some(falla)));

  async function ejecutaTodo(orden = 'notebook:run-all-cells') {
    const pedidas = deCodigo().filter((c, i) => orden !== 'notebook:run-all-below' || i >= activa());
    olvida(pedidas);
    // La promesa de la orden acaba antes de tiempo si falla una celda: se mira el kernel.
    await window.jupyterapp.commands.execute(orden).catch(() => {});
    await terminan(pedidas);
  }

  const activa = () => deCodigo().indexOf(panel().content.activeCell);

  function elige(id) {
    const cuaderno = panel().content;
    cuaderno.activeCellIndex = celdas().findIndex((c) => c.model.id === id);
    cuaderno.activeCell.node.scrollIntoView({ block: 'center' });
    cuaderno.activeCell.node.focus({ preventScroll: true });
  }

  const olvidaActiva = () => olvida([panel().content.activeCell]);
  const acaba = (id) => terminan(celdas().filter((c) => c.model.id === id));

  // Tras un reinicio, el kernel vuelve sin nada hecho.
  async function renace() {
    await espera(() => kernel()?.status === 'idle');
    olvida(deCodigo());
  }

  async function viste(tema, explorador) {
    const { commands, shell } = window.jupyterapp;
    const puesto = document.body.dataset.jpThemeName;
    if (puesto !== tema) await commands.execute('apputils:change-theme', { theme: tema });
    await espera(() => document.body.dataset.jpThemeName === tema);
    if (shell.leftCollapsed === explorador) await commands.execute('application:toggle-left-area');
    await pausa(300);
  }

  // De cada celda de código: lo que produjo y lo que de ello se ve.
  const estado = () =>
    deCodigo().map((celda) => {
      const zona = celda.node.querySelector('.jp-Cell-outputWrapper');
      return {
        id: celda.model.id,
        cuenta: celda.model.executionCount,
        etiquetas: etiquetas(celda),
        plegada: celda.outputHidden,
        errores: errores(celda).map((s) => `${s.ename}: ${s.evalue}`),
        texto: celda.model.outputs.toJSON().map(textoDe).join('\n'),
        seVe: zona?.innerText ?? '',
        imagenes: [...(zona?.querySelectorAll('img') ?? [])].filter(visible).length,
      };
    });

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
    return celdas().find((c) => c.node === nodoDeCelda)?.model.id ?? '';
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

  // JupyterLab dibuja las celdas poco a poco, y al cambiar de tema pone un velo.
  const dibuja = () =>
    espera(() => celdas().every((c) => !c.isPlaceholder()) && !document.querySelector('#jupyterlab-splash'));

  const despliega = () => raiz().querySelectorAll('details').forEach((d) => (d.open = true));

  const raiz = () => panel().content.node;
  return {
    abre, acaba, cierra, despliega, dibuja, ejecutaTodo, elige, estado, listo, olvidaActiva, renace, viste,
    olvidaTodo: () => olvida(deCodigo()),
    acabaTodo: () => terminan(deCodigo()),
    cortes: () => cortes(raiz()),
    foco: () => ({
      celda: panel().content.activeCell.model.id,
      modo: panel().content.mode,
      etiqueta: document.activeElement.tagName,
      dice: document.activeElement.textContent,
      abierto: document.activeElement.closest('details')?.open ?? false,
    }),
    hayCuaderno: () => Boolean(window.jupyterapp?.shell?.currentWidget?.content?.model?.cells?.length),
    ruta: () => panel().context.path,
    contrastes: () => contrastes(raiz()),
    alto: () => raiz().querySelector('.jp-WindowedPanel-inner').getBoundingClientRect().height,
  };
})();
