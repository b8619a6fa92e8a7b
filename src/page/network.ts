// A network of the run in the browser, by ONNX Runtime Web: WebAssembly with SIMD, and threads where the page is isolated.
import type { PageModel, PageTry } from '../contracts/page.ts';
import { h } from './dom.ts';

export interface Network {
  readonly name: string;
  readonly threads: number;
  /** The person in white with the probability as alpha, at the network's own size, and the milliseconds of the network alone. */
  run(source: CanvasImageSource): Promise<{ mask: HTMLCanvasElement; ms: number }>;
}

/** The little of ONNX Runtime Web that is used. */
interface Runtime {
  readonly env: { wasm: { numThreads: number; wasmPaths: string } };
  readonly Tensor: new (type: 'float32', data: Float32Array, dims: readonly number[]) => unknown;
  readonly InferenceSession: {
    create(
      bytes: Uint8Array,
      options: object,
    ): Promise<{
      run(
        feeds: Record<string, unknown>,
      ): Promise<Record<string, { readonly data: Float32Array; readonly dims: readonly number[] }>>;
    }>;
  };
}

/** @throws Error when the runtime or the model cannot be loaded */
export async function loadNetwork({ runtimeUrl, wasmFolder }: PageTry, model: PageModel): Promise<Network> {
  const runtime: Runtime = await import(new URL(runtimeUrl, location.href).href);
  const threads = crossOriginIsolated ? Math.min(4, navigator.hardwareConcurrency) : 1;
  runtime.env.wasm.numThreads = threads;
  runtime.env.wasm.wasmPaths = new URL(wasmFolder, location.href).href;
  const response = await fetch(model.url);
  if (!response.ok) throw new Error(`${model.url}: ${response.status}`);
  const session = await runtime.InferenceSession.create(new Uint8Array(await response.arrayBuffer()), {
    executionProviders: ['wasm'],
  });
  const { height, width, mean, std } = model;
  const input = h('canvas', { width, height });
  const pixels = input.getContext('2d', { willReadFrequently: true })!;
  const planes = new Float32Array(3 * height * width);
  return {
    name: model.name,
    threads,
    async run(source) {
      pixels.drawImage(source, 0, 0, width, height);
      const { data } = pixels.getImageData(0, 0, width, height);
      for (let c = 0; c < 3; c++)
        for (let i = 0; i < height * width; i++)
          planes[c * height * width + i] = (data[4 * i + c]! / 255 - mean[c]!) / std[c]!;
      const start = performance.now();
      const fetched = await session.run({
        [model.inputName]: new runtime.Tensor('float32', planes, [1, 3, height, width]),
      });
      const ms = performance.now() - start;
      return { mask: maskOf(fetched[model.outputName]!), ms };
    },
  };
}

/** [1, 1, height, width] probabilities as a white picture whose alpha they are. */
function maskOf({ data, dims }: { readonly data: Float32Array; readonly dims: readonly number[] }): HTMLCanvasElement {
  const [height, width] = [dims.at(-2)!, dims.at(-1)!];
  const mask = h('canvas', { width, height });
  const image = new ImageData(width, height);
  image.data.fill(255);
  for (let i = 0; i < height * width; i++) image.data[4 * i + 3] = 255 * data[i]!;
  mask.getContext('2d')!.putImageData(image, 0, 0);
  return mask;
}
