// "Try it": the networks of the run, or one from a file, on a photo, a video or the camera, in the page. Nothing leaves it.
import type { PageTry } from '../contracts/page.ts';
import { normalizations } from '../lib/normalization.ts';
import { createControls, type PixelScale } from './controls.ts';
import { h, section } from './dom.ts';
import { type Backend, hasGpu, loadNetwork, type ModelChoice, type Network } from './network.ts';
import {
  type Background,
  closeSource,
  drawFrame,
  frameOf,
  isCamera,
  openCamera,
  openFile,
  type Source,
  stopCamera,
} from './picture.ts';

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
  /** Of sources and of choices: what is drawn belongs to the latest. */
  let [uses, changes] = [0, 0];
  let loaded: string | undefined;
  const say = (text: string): void => {
    message.textContent = text;
  };
  const failed = (error: unknown): void =>
    say(`This did not work: ${error instanceof Error ? error.message : String(error)}`);
  const invite = (): void => {
    if (models.length === 0) say('Choose a network from a file.');
    else say(source ? '' : 'Choose a photo or a video, or start the camera.');
  };

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
        const seen = changes;
        if (!isLoaded()) await load();
        const frame = await frameOf(shown);
        try {
          for (const panel of panels) await drawPanel(panel, frame, controls.background.value as Background);
        } finally {
          if (frame !== shown) frame.close();
        }
        // A photo stays as it is, unless something else was chosen meanwhile.
        if (shown instanceof ImageBitmap && source === shown && seen === changes) break;
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
    const own = ++uses;
    const before = source;
    source = undefined;
    stopCamera(before);
    controls.cameraRuns(isCamera(next));
    // What is being drawn is still read.
    while (running) await new Promise(requestAnimationFrame);
    closeSource(before);
    // Another source was chosen meanwhile.
    if (own !== uses) {
      closeSource(next);
      return;
    }
    source = next;
    for (const panel of panels) panel.times = [];
    invite();
    await start();
  };
  const again = (): void => {
    changes++;
    start().catch(failed);
  };

  /** How the pixels of each network from a file are scaled. */
  const ofFiles = new Map<number, PixelScale>();
  /** The choice is that of the first network, or of the one beside it; others' pixels are known. */
  const shownFile = (): number | undefined =>
    [controls.model, controls.beside].map(({ value }) => Number(value || -1)).find((index) => ofFiles.has(index));
  const showPixels = (): void => controls.showPixels(ofFiles.get(shownFile() ?? -1));
  controls.pixels.addEventListener('change', () => {
    ofFiles.set(shownFile()!, controls.pixels.value as PixelScale);
  });
  for (const select of [controls.model, controls.beside]) select.addEventListener('change', showPixels);
  for (const select of [controls.model, controls.beside, controls.backend, controls.background, controls.pixels])
    select.addEventListener('change', again);
  controls.modelFile.addEventListener('change', () => {
    const [file] = controls.modelFile.files ?? [];
    if (!file) return;
    const index = models.length;
    const normalization = () => normalizations[ofFiles.get(index)!];
    models.push({ name: file.name, normalization, bytes: async () => new Uint8Array(await file.arrayBuffer()) });
    ofFiles.set(index, 'unit');
    controls.offer(index, file.name);
    // The same file may be chosen again.
    controls.modelFile.value = '';
    showPixels();
    again();
  });
  controls.file.addEventListener('change', () => {
    const [chosen] = controls.file.files ?? [];
    if (chosen) openFile(chosen).then(use).catch(failed);
    controls.file.value = '';
  });
  controls.camera.addEventListener('click', () => {
    if (controls.isCameraOn()) {
      use(undefined).catch(failed);
      return;
    }
    // While the browser asks, a second click would open another camera.
    controls.camera.disabled = true;
    openCamera()
      .finally(() => {
        controls.camera.disabled = false;
      })
      .then(use)
      .catch(failed);
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
async function drawPanel(panel: Panel, source: ImageBitmap, background: Background): Promise<void> {
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
  if (!response.ok) throw new Error(`${url}: ${(await response.text()) || response.status}`);
  return new Uint8Array(await response.arrayBuffer());
}
