// "Try it": the networks of the run on a photo, a video or the camera, in the page. Nothing leaves it.
import type { PageModel, PageTry } from '../contracts/page.ts';
import { h, section } from './dom.ts';
import { loadNetwork, type Network } from './network.ts';

/** Width of the picture that is shown; the height follows the source. */
const shownWidth = 640;

interface State {
  network: Network | undefined;
  source: HTMLVideoElement | ImageBitmap | undefined;
  background: 'blur' | 'color' | 'mask';
  running: boolean;
}

export function tryIt(setup: PageTry | undefined): HTMLElement {
  if (!setup || setup.models.length === 0)
    return section(
      'try',
      'Try it',
      h('p', {}, 'To run the networks on your camera in this page, start: '),
      h('p', {}, h('code', {}, 'node dist/cli.js serve RUN_FOLDER')),
    );
  const state: State = { network: undefined, source: undefined, background: 'blur', running: false };
  const canvas = h('canvas', { width: shownWidth, height: 480, role: 'img', 'aria-label': 'The person, cut out' });
  const status = h('p', { class: 'status', role: 'status' }, 'Choose a photo or a video, or start the camera.');
  const model = choice(
    'Network',
    setup.models.map(({ name }, i) => [String(i), name] as const),
  );
  const background = choice('Background', [
    ['blur', 'blurred'],
    ['color', 'green'],
    ['mask', 'mask'],
  ]);
  const file = h('input', { type: 'file', accept: 'image/*,video/*', id: 'try-file' });
  const camera = h('button', { type: 'button' }, 'Start camera');

  const use = async (chosen: PageModel): Promise<void> => {
    status.textContent = `loading ${chosen.name} ...`;
    state.network = await loadNetwork(setup, chosen);
    if (!state.source) status.textContent = 'Choose a photo or a video, or start the camera.';
    await start();
  };
  const start = async (): Promise<void> => {
    if (state.running || !state.source) return;
    state.running = true;
    try {
      while (state.source) {
        const { source, network } = state;
        if (!network) break;
        await frame(canvas, source, network, state.background, status);
        if (source instanceof ImageBitmap) break;
        if (source.ended) break;
        await new Promise(requestAnimationFrame);
      }
    } catch (error) {
      status.textContent = `This did not work: ${error instanceof Error ? error.message : String(error)}`;
    } finally {
      state.running = false;
    }
  };
  const show = async (source: State['source']): Promise<void> => {
    state.source = undefined;
    while (state.running) await new Promise(requestAnimationFrame);
    state.source = source;
    if (!state.network) await use(setup.models[0]!);
    else await start();
  };
  const failed = (error: unknown): void => {
    status.textContent = `This did not work: ${error instanceof Error ? error.message : String(error)}`;
  };

  model.select.addEventListener('change', () => {
    use(setup.models[Number(model.select.value)]!).catch(failed);
  });
  background.select.addEventListener('change', () => {
    state.background = background.select.value as State['background'];
    start().catch(failed);
  });
  file.addEventListener('change', () => {
    const [chosen] = file.files ?? [];
    if (!chosen) return;
    const opened = chosen.type.startsWith('video/') ? playFile(chosen) : createImageBitmap(chosen);
    opened.then(show).catch(failed);
  });
  camera.addEventListener('click', () => {
    navigator.mediaDevices
      .getUserMedia({ video: { width: 640, height: 360 } })
      .then(async (stream) => {
        const video = videoElement();
        video.srcObject = stream;
        await video.play();
        await show(video);
      })
      .catch(failed);
  });
  return section(
    'try',
    'Try it',
    h(
      'div',
      { class: 'controls' },
      model.label,
      background.label,
      h('label', { for: 'try-file' }, 'Photo or video ', file),
      camera,
    ),
    canvas,
    status,
  );
}

function choice(name: string, options: readonly (readonly [value: string, text: string])[]) {
  const select = h('select', {}, ...options.map(([value, text]) => h('option', { value }, text)));
  return { select, label: h('label', {}, `${name} `, select) };
}

function videoElement(): HTMLVideoElement {
  const video = h('video', { playsinline: true, muted: true });
  video.muted = true;
  return video;
}

async function playFile(file: File): Promise<HTMLVideoElement> {
  const video = videoElement();
  video.loop = true;
  video.src = URL.createObjectURL(file);
  await video.play();
  return video;
}

/** Runs the network on what the source shows now, and draws the result. */
async function frame(
  canvas: HTMLCanvasElement,
  source: HTMLVideoElement | ImageBitmap,
  network: Network,
  background: State['background'],
  status: HTMLElement,
): Promise<void> {
  const [width, height] =
    source instanceof ImageBitmap ? [source.width, source.height] : [source.videoWidth, source.videoHeight];
  canvas.width = Math.min(shownWidth, width);
  canvas.height = Math.round((canvas.width * height) / width);
  const { mask, ms } = await network.run(source);
  const context = canvas.getContext('2d')!;
  draw(context, source, mask, background);
  status.textContent = `${network.name}: ${ms.toFixed(1)} ms a frame in this browser, ${network.threads} thread${network.threads === 1 ? '' : 's'}`;
}

function draw(
  context: CanvasRenderingContext2D,
  source: CanvasImageSource,
  mask: HTMLCanvasElement,
  background: State['background'],
): void {
  const { width, height } = context.canvas;
  context.globalCompositeOperation = 'source-over';
  context.clearRect(0, 0, width, height);
  if (background === 'mask') {
    context.fillStyle = '#000';
    context.fillRect(0, 0, width, height);
    context.drawImage(mask, 0, 0, width, height);
    return;
  }
  // The person alone, then the background below them.
  context.drawImage(mask, 0, 0, width, height);
  context.globalCompositeOperation = 'source-in';
  context.drawImage(source, 0, 0, width, height);
  context.globalCompositeOperation = 'destination-over';
  if (background === 'color') {
    context.fillStyle = '#00b140';
    context.fillRect(0, 0, width, height);
    return;
  }
  context.filter = `blur(${Math.round(width / 40)}px)`;
  context.drawImage(source, 0, 0, width, height);
  context.filter = 'none';
}
