// Tensors over buffers that are there already, and runs that write into them.
import { type InferenceSession, Tensor } from 'onnxruntime-node';
import { inPlaceMarker } from '../graph/onnx.ts';

/** A float32 tensor over a buffer, without copying. */
export function tensor(data: Float32Array, dims: readonly number[]): Tensor {
  return new Tensor('float32', data, dims);
}

const arrays = {
  float32: Float32Array,
  float64: Float64Array,
  // Half floats by their bits.
  float16: Uint16Array,
  uint8: Uint8Array,
  int8: Int8Array,
  int32: Int32Array,
  int64: BigInt64Array,
  bool: Uint8Array,
} as const;

/** A tensor of zeros. */
export function zeros(type: keyof typeof arrays, dims: readonly number[]): Tensor {
  return new Tensor(type, new arrays[type](dims.reduce((a, b) => a * b, 1)) as Tensor['data'], dims);
}

/** The error of onnxruntime-node when it is to return a sequence to JavaScript. */
const sequenceRefused = 'Non tensor type is temporarily not supported.';

/**
 * Runs a model made by `encodeInPlace`, its outputs written into the given tensors and nowhere else.
 *
 * onnxruntime-node 1.30 writes preallocated outputs, and then copies every one of them into a new ArrayBuffer for its return value: at 13 MB
 * that takes 2 to 9 ms, most of it page faults, where the operator itself takes 0.5 ms. It converts outputs in order, after the run is complete,
 * and stops at the first that it cannot convert. So the model's first output is a sequence, and that error is the
 * normal end of a run. If a later version converts sequences, runs end without the error: as correct, only slower.
 * @throws Error of ONNX Runtime when the run itself fails
 */
export async function runInPlace(
  session: InferenceSession,
  feeds: Readonly<Record<string, Tensor>>,
  fetches: Readonly<Record<string, Tensor>>,
): Promise<void> {
  try {
    await session.run(feeds, { [inPlaceMarker]: null, ...fetches });
  } catch (error) {
    if (!(error instanceof Error && error.message.includes(sequenceRefused))) throw error;
  }
}
