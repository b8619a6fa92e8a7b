// Any ONNX segmentation model as one function: photos in, probabilities of the person out.
import { type InferenceSession, Tensor } from 'onnxruntime-node';
import type { ModelFact, ModelSettings } from '../contracts/model.ts';
import { type ImageModel, type ModelSource, type OtherInput, readImageModel } from '../graph/image-model.ts';
import { UserError } from '../lib/errors.ts';
import { fromHalf, toHalf } from '../lib/half.ts';
import { personMap } from '../lib/mask-output.ts';
import { normalization as trained } from '../lib/normalization.ts';
import { createRandom } from '../lib/random.ts';
import { resizeMaps } from '../lib/resize.ts';
import { type InputReading, type ProbedOutput, readInputs, readOutput } from './model-reading.ts';
import { createSession } from './session.ts';
import { zeros } from './tensors.ts';

/** Photos as batches hold them. */
export interface Photos {
  /** [N, 3, height, width], normalized by `lib/normalization.ts`. */
  readonly images: Float32Array;
  readonly height: number;
  readonly width: number;
}

export interface PersonMaps {
  /** [N, height, width], from 0 to 1. */
  readonly probability: Float32Array;
  readonly height: number;
  readonly width: number;
}

export interface SegmentationModel {
  /** Size of the model's input; photos of another size are resized to it. */
  readonly height: number;
  readonly width: number;
  /** How the model is read, and why. */
  readonly facts: readonly ModelFact[];
  /** One photo after the other. The maps have the size of the model's output. */
  predict(photos: Photos): Promise<PersonMaps>;
  release(): Promise<void>;
}

/** What a model is fed with a photo. */
export interface PhotoFeeds {
  readonly model: ImageModel;
  readonly input: InputReading;
  /** Inputs that are not the photo. */
  readonly others: readonly Pick<OtherInput, 'name' | 'type' | 'dims'>[];
  /** @param planes [3, height, width] of the model's input, normalized as in training */
  feed(planes: Float32Array): Record<string, Tensor>;
}

/** @throws UserError when no input takes photos */
export function readPhotoFeeds(source: ModelSource, settings: ModelSettings): PhotoFeeds {
  const model = readImageModel({ ...source, ...settings.size });
  const input = readInputs(source.name, model, settings);
  const others = [...model.inputs.filter((one) => one !== input.image), ...model.others];
  const rest = Object.fromEntries(others.map((one) => [one.name, zeros(one.type, one.dims)]));
  return { model, input, others, feed: (planes) => ({ ...rest, [input.image.name]: inputTensor(planes, input) }) };
}

/**
 * Opens a model, and runs it once on noise to see what comes out.
 * @throws UserError when it cannot be loaded or run, its input takes no photos or its output is not a mask
 */
export async function openSegmentation(
  source: ModelSource,
  settings: ModelSettings,
  threads: number,
): Promise<SegmentationModel> {
  const { name, bytes } = source;
  const { model, input, others, feed } = readPhotoFeeds(source, settings);
  const refuse = (error: unknown): never => {
    throw new UserError(`${name}: ONNX Runtime cannot run it: ${error instanceof Error ? error.message : error}`);
  };
  const session = await createSession(bytes, { threads, takesTurns: true, dimensions: model.dimensions }).catch(refuse);
  try {
    const { image } = input;
    const run = (planes: Float32Array) => session.run(feed(planes));
    const random = createRandom(0, 'segmentation');
    const noise = Float32Array.from({ length: 3 * image.height * image.width }, () => random.normal());
    const probed = await run(noise).catch(refuse);
    const output = readOutput(name, model, input, probe(session, probed), settings);
    const facts = [
      ...input.facts,
      ...output.facts,
      ...others.map((one): ModelFact => ({ what: one.name, value: `zeros [${one.dims.join(', ')}]`, from: 'assumed' })),
    ];
    const { height, width } = image;
    return {
      height,
      width,
      facts,
      predict: async (photos) => {
        const planes = resizeMaps(photos.images, photos, image);
        const size = 3 * height * width;
        const { map } = output;
        const probability = new Float32Array((planes.length / size) * map.height * map.width);
        for (let n = 0; n * size < planes.length; n++) {
          const fetched = await run(planes.subarray(n * size, (n + 1) * size));
          probability.set(personMap(numbers(fetched[output.name]!), output), n * map.height * map.width);
        }
        return { probability, height: map.height, width: map.width };
      },
      release: () => session.release(),
    };
  } catch (error) {
    await session.release();
    throw error;
  }
}

/**
 * How a model is read.
 * @throws UserError as `openSegmentation`
 */
export async function inspectModel(source: ModelSource, settings: ModelSettings): Promise<readonly ModelFact[]> {
  const model = await openSegmentation(source, settings, 1);
  await model.release();
  return model.facts;
}

function probe(session: InferenceSession, fetched: Readonly<Record<string, Tensor>>): ProbedOutput[] {
  return session.outputNames.map((name) => {
    const tensor = fetched[name]!;
    return { name, dims: tensor.dims, integers: !tensor.type.startsWith('float'), values: numbers(tensor) };
  });
}

/** A tensor's values as numbers. */
function numbers({ type, data }: Tensor): ArrayLike<number> {
  if (data instanceof BigInt64Array || data instanceof BigUint64Array) return Float64Array.from(data, Number);
  // Later versions of Node have arrays of half floats, which hold numbers.
  if (type === 'float16' && data instanceof Uint16Array) return Float32Array.from(data, fromHalf);
  return data as Float32Array;
}

/** @param planes [3, height, width], normalized as in training */
function inputTensor(planes: Float32Array, { image, colors, normalization }: InputReading): Tensor {
  const { type, dims, layout, height, width } = image;
  const pixels = height * width;
  const values = type === 'uint8' ? new Uint8ClampedArray(3 * pixels) : new Float32Array(3 * pixels);
  const [channelStride, pixelStride] = layout === 'NCHW' ? [pixels, 1] : [1, 3];
  for (let channel = 0; channel < 3; channel++) {
    const { mean, std } = normalization ?? { mean: [0, 0, 0], std: [1 / 255, 1 / 255, 1 / 255] };
    const factor = trained.std[channel]! / std[channel]!;
    const offset = (trained.mean[channel]! - mean[channel]!) / std[channel]!;
    const place = (colors === 'BGR' ? 2 - channel : channel) * channelStride;
    for (let i = 0; i < pixels; i++) values[place + i * pixelStride] = planes[channel * pixels + i]! * factor + offset;
  }
  if (type === 'uint8') return new Tensor(type, new Uint8Array(values.buffer), dims);
  return type === 'float16'
    ? new Tensor(type, Uint16Array.from(values, toHalf), dims)
    : new Tensor(type, values as Float32Array, dims);
}
