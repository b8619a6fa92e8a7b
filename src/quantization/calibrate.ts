// Static quantization of a float32 model: photos show which values its tensors have, and the model is written again with int8 nodes.
import { create, toBinary } from '@bufbuild/protobuf';
import { TensorProto_DataType as DataType, type ModelProto, ModelProtoSchema, ValueInfoProtoSchema } from 'onnx-buf';
import type { Tensor } from 'onnxruntime-node';
import type { CalibrationMethod, Extent } from '../contracts/quantization.ts';
import type { ModelSource } from '../graph/image-model.ts';
import { decodeModel, standardOpset } from '../graph/onnx.ts';
import { UserError } from '../lib/errors.ts';
import { createSession } from '../runtime/session.ts';
import { tensorScales } from './parameters.ts';
import { type Plan, planQuantization } from './plan.ts';
import { prepareGraph } from './prepare.ts';
import { chooseRange, count, createHistogram, emptyRange, type Histogram, type Range, widen } from './ranges.ts';
import { writeQuantized } from './write.ts';

/** The inputs of one run. */
export type Feeds = Readonly<Record<string, Tensor>>;

export interface CalibrationSettings {
  readonly threads: number;
  /** Values for the model's named open dimensions. */
  readonly dimensions: Readonly<Record<string, number>>;
  readonly signal: AbortSignal;
  /** Called after every run; there are two runs for each of the feeds. */
  readonly onProgress?: (done: number) => void;
}

export interface QuantizationChoices {
  readonly method: CalibrationMethod;
  /** Of weights: see `quantizeConvolution`. */
  readonly bits: 7 | 8;
  readonly extent: Extent;
}

/** A model with what its tensors hold. */
export interface Calibrated {
  /** The int8 model by a method's ranges, with what was planned for it. */
  write(how: QuantizationChoices): { readonly model: Uint8Array; readonly plan: Plan };
}

/**
 * Sees what the tensors of a model hold, in two passes over the feeds: their ranges, then their histograms.
 * @param feeds called once a pass
 * @throws UserError when the model cannot be quantized
 */
export async function calibrate(
  { name: model, bytes }: Pick<ModelSource, 'name' | 'bytes'>,
  feeds: () => AsyncIterable<Feeds>,
  { threads, dimensions, signal, onProgress = () => {} }: CalibrationSettings,
): Promise<Calibrated> {
  const prepared = decodeModel(bytes);
  refuseOthers(model, prepared);
  prepareGraph(prepared);
  const plan = planQuantization(prepared);
  if (plan.nodes.size === 0)
    throw new UserError(
      `${model}: has no float32 convolution between its first and its last one, so nothing of it can be int8`,
    );
  // Tensors that take their scale from another one are included: in another extent they may have a scale of their own.
  const taps = [...plan.tensors.keys()];
  const ranges = new Map<string, Range>(taps.map((name) => [name, emptyRange]));
  const histograms = new Map<string, Histogram>();
  const session = await createSession(tapped(prepared, taps), { threads, takesTurns: true, dimensions });
  let done = 0;
  const pass = async (look: (name: string, values: Float32Array) => void): Promise<void> => {
    for await (const fed of feeds()) {
      signal.throwIfAborted();
      const fetched = await session.run(
        { ...fed },
        taps.filter((name) => !(name in fed)),
      );
      for (const name of taps) look(name, (fetched[name] ?? fed[name])!.data as Float32Array);
      onProgress(++done);
    }
  };
  try {
    await pass((name, values) => ranges.set(name, widen(ranges.get(name)!, values)));
    for (const [name, range] of ranges) histograms.set(name, createHistogram(range));
    await pass((name, values) => count(histograms.get(name)!, values));
  } finally {
    await session.release();
  }
  const chosen = new Map<CalibrationMethod, ReadonlyMap<string, Range>>();
  const rangesBy = (method: CalibrationMethod): ReadonlyMap<string, Range> => {
    const known = chosen.get(method);
    if (known) return known;
    const made = new Map([...histograms].map(([name, histogram]) => [name, chooseRange(histogram, method)]));
    chosen.set(method, made);
    return made;
  };
  return {
    write({ method, bits, extent }) {
      const model = decodeModel(bytes);
      prepareGraph(model);
      const plan = planQuantization(model, extent);
      writeQuantized(model, { plan, scales: tensorScales(plan, rangesBy(method)), bits });
      model.metadataProps.push(...metadata(method));
      return { model: toBinary(ModelProtoSchema, model), plan };
    },
  };
}

/** The first operator set in which scales may differ by channel. */
const fewestOpset = 13;

/** @throws UserError when a model cannot be quantized */
function refuseOthers(name: string, model: ModelProto): void {
  const version = Number(standardOpset(model)?.version ?? 0);
  if (version < fewestOpset)
    throw new UserError(
      `${name}: has opset ${version}; int8 needs ${fewestOpset} or later, so export it again with that`,
    );
  const done = model.graph!.node.find(({ opType }) => /^(Quantize|Dequantize|QLinear|.*Integer$)/.test(opType));
  if (done) throw new UserError(`${name}: is quantized already (it has ${done.opType}); give the float32 model`);
}

/** The model with the tensors to look at as outputs beside its own. */
function tapped(model: ModelProto, taps: readonly string[]): Uint8Array {
  const graph = model.graph!;
  const known = new Set([...graph.output, ...graph.input].map(({ name }) => name));
  const outputs = taps
    .filter((name) => !known.has(name))
    .map((name) =>
      create(ValueInfoProtoSchema, {
        name,
        type: { value: { case: 'tensorType', value: { elemType: DataType.FLOAT } } },
      }),
    );
  return toBinary(ModelProtoSchema, { ...model, graph: { ...graph, output: [...graph.output, ...outputs] } });
}

const metadata = (method: CalibrationMethod): ModelProto['metadataProps'] =>
  create(ModelProtoSchema, {
    metadataProps: [
      {
        key: 'quantization',
        value: JSON.stringify({ weights: 'int8 by channel', activations: 'uint8', calibration: method }),
      },
    ],
  }).metadataProps;
