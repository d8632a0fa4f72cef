// Lo que las pruebas hacen y preguntan en JupyterLab. Se inyecta en la página como `window.curso`.
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

  // Lo mismo con todo lo abierto: así la lección siguiente tiene la memoria entera.
  async function cierraTodo() {
    await window.jupyterapp.serviceManager.sessions.shutdownAll();
    for (const abierto of [...window.jupyterapp.shell.widgets('main')]) {
      if (abierto.context) abierto.context.model.dirty = false;
      abierto.dispose();
    }
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
  const terminan = (cuales) => {
    const acabadas = () => cuales.every((c) => c.model.executionCount) || cuales.some(falla);
    return espera(() => kernel()?.status === 'idle' && acabadas(), 300_000);
  };

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
    if (document.body.dataset.jpThemeName !== tema) {
      await commands.execute('apputils:change-theme', { theme: tema });
      await espera(() => document.body.dataset.jpThemeName === tema);
    }
    if (shell.leftCollapsed === explorador) await commands.execute('application:toggle-left-area');
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
        imagenes: [...(zona?.querySelectorAll('img') ?? [])].filter(window.medidas.visible).length,
      };
    });

  // JupyterLab dibuja las celdas poco a poco, y al cambiar de tema pone un velo.
  const dibuja = () =>
    espera(() => celdas().every((c) => !c.isPlaceholder()) && !document.querySelector('#jupyterlab-splash'));

  const despliega = () => panel().content.node.querySelectorAll('details').forEach((d) => (d.open = true));

  return {
    abre, acaba, cierra, cierraTodo, despliega, dibuja, ejecutaTodo, elige, estado, listo, olvidaActiva, renace, viste,
    olvidaTodo: () => olvida(deCodigo()),
    acabaTodo: () => terminan(deCodigo()),
    foco: () => ({
      celda: panel().content.activeCell.model.id,
      modo: panel().content.mode,
      etiqueta: document.activeElement.tagName,
      dice: document.activeElement.textContent,
      abierto: document.activeElement.closest('details')?.open ?? false,
    }),
    hayCuaderno: () => Boolean(window.jupyterapp?.shell?.currentWidget?.content?.model?.cells?.length),
    ruta: () => panel().context.path,
  };
})();
