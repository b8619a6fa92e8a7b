// "Try it": the networks of the run, or one from a file, on a photo, a video or the camera, in the page. Nothing leaves it.
import type { PageTry } from '../contracts/page.ts';
import { normalizations } from '../lib/normalization.ts';
import { createControls } from './controls.ts';
import { h, section } from './dom.ts';
import { type Backend, hasGpu, loadNetwork, type ModelChoice, type Network } from './network.ts';
import { type Background, drawFrame, isCamera, openCamera, openFile, type Source, stopCamera } from './picture.ts';

/** Frames that a speed is the mean of. */
const recent = 30;

export function tryIt(setup: PageTry | undefined): HTMLElement {
  if (setup) return tryingSection(setup);
  return section(
    'try',
    'Try it',
    h('p', {}, 'To run the networks of this run, or any other, on your camera in this page, start:'),
    h('p', {}, h('code', {}, 'node dist/cli.js serve RUN_FOLDER')),
  );
}

/** A network and the picture that it draws. */
interface Panel {
  readonly element: HTMLElement;
  readonly canvas: HTMLCanvasElement;
  readonly status: HTMLElement;
  network: Network | undefined;
  /** Of its latest frames. */
  times: number[];
}

function tryingSection(setup: PageTry): HTMLElement {
  const models: ModelChoice[] = setup.models.map(({ name, url, mean, std }) => ({
    name,
    normalization: () => ({ mean, std }),
    bytes: () => download(url),
  }));
  const controls = createControls(models.map(({ name }) => name));
  const message = h('p', { class: 'status', role: 'status' });
  const panels = [
    createPanel('The person, cut out'),
    createPanel('The person, cut out by the second network'),
  ] as const;
  let source: Source | undefined;
  let running = false;
  let loaded: string | undefined;
  const say = (text: string): void => {
    message.textContent = text;
  };
  const failed = (error: unknown): void =>
    say(`This did not work: ${error instanceof Error ? error.message : String(error)}`);
  const invite = (): void => say(source ? '' : 'Choose a photo or a video, or start the camera.');

  const choices = (): readonly string[] => [controls.model.value, controls.beside.value, controls.backend.value];
  const isLoaded = (): boolean => choices().join() === loaded;
  /** Loads what is chosen. */
  const load = async (): Promise<void> => {
    const wanted = choices();
    loaded = wanted.join();
    for (const [i, panel] of panels.entries()) {
      const chosen = wanted[i] ? models[Number(wanted[i])] : undefined;
      await panel.network?.release();
      panel.network = undefined;
      panel.times = [];
      panel.element.hidden = !chosen;
      if (!chosen) continue;
      say(`Loading ${chosen.name} ...`);
      panel.network = await loadNetwork(setup, chosen, controls.backend.value as Backend);
    }
    invite();
  };
  const start = async (): Promise<void> => {
    if (running || !source) return;
    running = true;
    try {
      while (source) {
        const shown: Source = source;
        if (!isLoaded()) await load();
        for (const panel of panels) await drawPanel(panel, shown, controls.background.value as Background);
        // A photo stays as it is, unless something else was chosen meanwhile.
        if (shown instanceof ImageBitmap && source === shown && isLoaded()) break;
        await new Promise(requestAnimationFrame);
      }
    } catch (error) {
      loaded = undefined;
      failed(error);
    } finally {
      running = false;
    }
  };
  const use = async (next: Source | undefined): Promise<void> => {
    stopCamera(source);
    source = undefined;
    while (running) await new Promise(requestAnimationFrame);
    source = next;
    for (const panel of panels) panel.times = [];
    controls.cameraRuns(isCamera(next));
    invite();
    await start();
  };
  const again = (): void => {
    start().catch(failed);
  };

  for (const select of [controls.model, controls.beside, controls.backend, controls.background, controls.pixels])
    select.addEventListener('change', again);
  controls.modelFile.addEventListener('change', () => {
    const [file] = controls.modelFile.files ?? [];
    if (!file) return;
    const normalization = () => normalizations[controls.pixels.value as keyof typeof normalizations];
    models.push({ name: file.name, normalization, bytes: async () => new Uint8Array(await file.arrayBuffer()) });
    controls.offer(models.length - 1, file.name);
    again();
  });
  controls.file.addEventListener('change', () => {
    const [chosen] = controls.file.files ?? [];
    if (chosen) openFile(chosen).then(use).catch(failed);
  });
  controls.camera.addEventListener('click', () => {
    (isCamera(source) ? use(undefined) : openCamera().then(use)).catch(failed);
  });
  hasGpu()
    .then((there) => {
      controls.offerGpu(there);
      again();
    })
    .catch(failed);
  invite();
  panels[1].element.hidden = true;
  const pictures = h('div', { class: 'panels' }, ...panels.map(({ element }) => element));
  return section('try', 'Try it', controls.element, message, pictures);
}

function createPanel(label: string): Panel {
  const canvas = h('canvas', { width: 640, height: 360, role: 'img', 'aria-label': label });
  const status = h('p', { class: 'status' });
  return { element: h('div', { class: 'panel' }, canvas, status), canvas, status, network: undefined, times: [] };
}

/** Runs a panel's network, where it has one, on what the source shows now. */
async function drawPanel(panel: Panel, source: Source, background: Background): Promise<void> {
  const { network, canvas, status, times } = panel;
  if (!network) return;
  const { mask, ms } = await network.run(source);
  drawFrame(canvas, source, mask, background);
  times.push(ms);
  if (times.length > recent) times.shift();
  const mean = times.reduce((a, b) => a + b, 0) / times.length;
  status.textContent = `${network.name}: ${mean.toFixed(1)} ms a frame in this browser, ${network.place}`;
}

/** @throws Error when it is not there */
async function download(url: string): Promise<Uint8Array> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url}: ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
}
