// A segmentation network in the browser, by ONNX Runtime Web: on the GPU where there is one and it is asked for, else WebAssembly with SIMD, and with
// threads where the page is isolated. What the network takes and gives is read from it, as runtime/model-reading.ts does for files.
import type { PageTry } from '../contracts/page.ts';
import { type MapShape, mapShape, type OutputMeaning, personMap, personOf } from '../lib/mask-output.ts';
import type { Normalization } from '../lib/normalization.ts';
import { h } from './dom.ts';

/** What a network runs on. */
export type Backend = 'webgpu' | 'wasm';

/** A network to load. */
export interface ModelChoice {
  readonly name: string;
  /** How it wants its pixels, which may be changed while it runs. */
  normalization(): Normalization;
  bytes(): Promise<Uint8Array>;
}

export interface Network {
  readonly name: string;
  /** What it runs on, in words. */
  readonly place: string;
  /** The person in white with the probability as alpha, at the network's own size, and the milliseconds of the network alone. */
  run(source: CanvasImageSource): Promise<{ mask: HTMLCanvasElement; ms: number }>;
  release(): Promise<void>;
}

interface TensorLike {
  readonly type: string;
  readonly data: ArrayLike<number> | BigInt64Array | Uint16Array;
  readonly dims: readonly number[];
}
interface Session {
  readonly inputMetadata: readonly {
    readonly name: string;
    readonly type?: string;
    readonly shape?: readonly (number | string)[];
  }[];
  readonly outputNames: readonly string[];
  run(feeds: Record<string, unknown>): Promise<Record<string, TensorLike>>;
  release(): Promise<void>;
}
/** The little of ONNX Runtime Web that is used. */
interface Runtime {
  readonly env: { wasm: { numThreads: number; wasmPaths: string }; logLevel: string };
  readonly Tensor: new (type: 'float32' | 'uint8', data: Float32Array | Uint8Array, dims: readonly number[]) => unknown;
  readonly InferenceSession: { create(bytes: Uint8Array, options: object): Promise<Session> };
}

/** Of inputs whose sides are left open. */
const defaultSide = 256;

/** Whether there is a GPU that the page may use. */
export async function hasGpu(): Promise<boolean> {
  const { gpu } = navigator as { gpu?: { requestAdapter(): Promise<object | null> } };
  return Boolean(await gpu?.requestAdapter().catch(() => null));
}

/** @throws Error when the runtime or the model cannot be loaded, or is not a segmentation network */
export async function loadNetwork(setup: PageTry, model: ModelChoice, backend: Backend): Promise<Network> {
  const bytes = await model.bytes();
  const { runtime, session, place } = await open(setup, bytes, backend);
  try {
    const input = readInput(session, runtime);
    const canvas = h('canvas', { width: input.width, height: input.height });
    const context = canvas.getContext('2d', { willReadFrequently: true })!;
    const infer = async (rgba: Uint8ClampedArray): Promise<TensorLike> => {
      const fetched = await session.run({ [input.name]: input.tensor(rgba, model.normalization()) });
      return fetched[session.outputNames[0]!]!;
    };
    const output = readOutput(session, input, await infer(noise(input)));
    return {
      name: model.name,
      place,
      async run(source) {
        // Where a photo is transparent, the one before must not be seen.
        context.clearRect(0, 0, input.width, input.height);
        context.drawImage(source, 0, 0, input.width, input.height);
        const { data } = context.getImageData(0, 0, input.width, input.height);
        const start = performance.now();
        const values = numbers(await infer(data));
        const ms = performance.now() - start;
        return { mask: maskOf(personMap(values, output), output.map), ms };
      },
      release: () => session.release(),
    };
  } catch (error) {
    await session.release();
    throw error;
  }
}

/** A session on the GPU, or where that does not take the model, or was not asked for, in WebAssembly. */
async function open(
  { runtimes, wasmFolder }: PageTry,
  bytes: Uint8Array,
  backend: Backend,
): Promise<{ runtime: Runtime; session: Session; place: string }> {
  const threads = crossOriginIsolated ? Math.min(4, navigator.hardwareConcurrency) : 1;
  const load = async (kind: Backend): Promise<{ runtime: Runtime; session: Session }> => {
    const runtime: Runtime = await import(new URL(runtimes[kind], location.href).href);
    runtime.env.logLevel = 'error';
    runtime.env.wasm.numThreads = threads;
    runtime.env.wasm.wasmPaths = new URL(wasmFolder, location.href).href;
    return { runtime, session: await runtime.InferenceSession.create(bytes, { executionProviders: [kind] }) };
  };
  const cpu = `CPU (WebAssembly, ${threads} thread${threads === 1 ? '' : 's'})`;
  if (backend === 'wasm') return { ...(await load('wasm')), place: cpu };
  try {
    return { ...(await load('webgpu')), place: 'GPU (WebGPU)' };
  } catch {
    return { ...(await load('wasm')), place: `${cpu}, as the GPU does not take it` };
  }
}

interface Input {
  readonly name: string;
  readonly layout: 'NCHW' | 'NHWC';
  readonly height: number;
  readonly width: number;
  tensor(rgba: Uint8ClampedArray, normalization: Normalization): unknown;
}

function readInput({ inputMetadata }: Session, { Tensor }: Runtime): Input {
  const found = inputMetadata.find(({ shape = [] }) => shape.length === 4 && (shape[1] === 3 || shape[3] === 3));
  if (!found || inputMetadata.length > 1) throw new Error('it must have one input, an image of three channels');
  const { name, type, shape = [] } = found;
  if (type !== 'float32' && type !== 'uint8') throw new Error(`its input is ${type}; float32 and uint8 are run here`);
  const layout = shape[1] === 3 ? 'NCHW' : 'NHWC';
  const side = (axis: number): number => (typeof shape[axis] === 'number' ? (shape[axis] as number) : defaultSide);
  const [height, width] = layout === 'NCHW' ? [side(2), side(3)] : [side(1), side(2)];
  const pixels = height * width;
  const values = type === 'uint8' ? new Uint8Array(3 * pixels) : new Float32Array(3 * pixels);
  const [channelStride, pixelStride] = layout === 'NCHW' ? [pixels, 1] : [1, 3];
  const dims = layout === 'NCHW' ? [1, 3, height, width] : [1, height, width, 3];
  return {
    name,
    layout,
    height,
    width,
    tensor(rgba, { mean, std }) {
      for (let c = 0; c < 3; c++) {
        const [scale, shift] = type === 'uint8' ? [1, 0] : [1 / (255 * std[c]!), mean[c]! / std[c]!];
        for (let i = 0; i < pixels; i++) values[c * channelStride + i * pixelStride] = rgba[4 * i + c]! * scale - shift;
      }
      return new Tensor(type, values, dims);
    },
  };
}

interface Output {
  readonly map: MapShape;
  readonly meaning: OutputMeaning;
}

/** @param probed what came out for noise */
function readOutput({ inputMetadata, outputNames }: Session, input: Input, probed: TensorLike): Output {
  const map = mapShape(probed.dims, input);
  if (!map) throw new Error(`its output [${probed.dims.join(', ')}] is not a mask`);
  const own = inputMetadata[0]!.name === 'image' && outputNames[0] === 'probability' && map.classes === 1;
  if (own) return { map, meaning: { kind: 'probability', person: 0 } };
  if (!probed.type.startsWith('float') && map.classes === 1) return { map, meaning: { kind: 'argmax', person: 1 } };
  if (map.classes > 1) {
    const person = personOf.get(map.classes)?.person;
    if (person === undefined) throw new Error(`it has ${map.classes} classes, of which none is known to be the person`);
    return { map, meaning: { kind: 'softmax', person } };
  }
  // What never leaves 0 to 1, on noise, is taken for a probability.
  const within = Array.from(numbers(probed)).every((value) => value >= 0 && value <= 1);
  return { map, meaning: { kind: within ? 'probability' : 'logit', person: 0 } };
}

const noise = ({ height, width }: Input): Uint8ClampedArray =>
  Uint8ClampedArray.from({ length: 4 * height * width }, () => 256 * Math.random());

function numbers({ type, data }: TensorLike): ArrayLike<number> {
  if (type === 'float16') throw new Error('its output is float16; float32 is read here');
  return data instanceof BigInt64Array ? Float64Array.from(data, Number) : (data as ArrayLike<number>);
}

/** Probabilities as a white picture whose alpha they are. */
function maskOf(probability: Float32Array, { height, width }: MapShape): HTMLCanvasElement {
  const mask = h('canvas', { width, height });
  const image = new ImageData(width, height);
  image.data.fill(255);
  for (let i = 0; i < height * width; i++) image.data[4 * i + 3] = 255 * probability[i]!;
  mask.getContext('2d')!.putImageData(image, 0, 0);
  return mask;
}
