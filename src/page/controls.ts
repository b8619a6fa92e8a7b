// What can be chosen where networks are tried.
import type { normalizations } from '../lib/normalization.ts';
import { choice, h } from './dom.ts';

/** How a network wants its pixels. */
export type PixelScale = keyof typeof normalizations;

const pixelWords: Readonly<Record<PixelScale, string>> = {
  unit: 'from 0 to 1',
  imagenet: 'as of ImageNet',
  symmetric: 'from -1 to 1',
  bytes: 'from 0 to 255',
};

const cameraWords = { start: 'Start camera', stop: 'Stop camera' } as const;

/** @param names of the networks that the page comes with */
export function createControls(names: readonly string[]) {
  const listed = names.map((name, i) => [String(i), name] as const);
  const model = choice('try-network', 'Network', listed);
  const beside = choice('try-beside', 'Beside it', [['', 'none'], ...listed]);
  const backend = choice('try-backend', 'Runs on', [['wasm', 'CPU (WebAssembly)']]);
  const background = choice('try-background', 'Background', [
    ['blur', 'blurred'],
    ['color', 'green'],
    ['mask', 'mask'],
  ]);
  const pixels = choice('try-pixels', 'Its pixels', Object.entries(pixelWords));
  const modelFile = h('input', { type: 'file', accept: '.onnx', id: 'try-model' });
  const file = h('input', { type: 'file', accept: 'image/*,video/*', id: 'try-file' });
  const camera = h('button', { type: 'button' }, cameraWords.start);
  // Nothing tells how the pixels of a file's network are scaled; those of the run are known.
  pixels.element.hidden = true;
  return {
    element: h(
      'div',
      { class: 'controls' },
      model.element,
      beside.element,
      backend.element,
      background.element,
      h('span', {}, h('label', { for: 'try-model' }, 'Network from a file (.onnx)'), ' ', modelFile),
      pixels.element,
      h('span', {}, h('label', { for: 'try-file' }, 'Photo or video'), ' ', file),
      camera,
    ),
    model: model.select,
    beside: beside.select,
    backend: backend.select,
    background: background.select,
    pixels: pixels.select,
    modelFile,
    file,
    camera,
    /** Offers a network from a file, and chooses it. */
    offer(index: number, name: string): void {
      for (const { select } of [model, beside]) select.append(h('option', { value: index }, name));
      model.select.value = String(index);
    },
    /** Says whether there is a GPU, and chooses it. */
    offerGpu(there: boolean): void {
      if (!there) return;
      backend.select.append(h('option', { value: 'webgpu' }, 'GPU (WebGPU)'));
      backend.select.value = 'webgpu';
    },
    /** Shows how the pixels of a network from a file are scaled; undefined: there is none to choose for. */
    showPixels(scale: PixelScale | undefined): void {
      pixels.element.hidden = scale === undefined;
      if (scale) pixels.select.value = scale;
    },
    isCameraOn: (): boolean => camera.textContent === cameraWords.stop,
    cameraRuns(runs: boolean): void {
      camera.textContent = runs ? cameraWords.stop : cameraWords.start;
    },
  };
}
