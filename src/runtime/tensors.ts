// Float buffers that outlive a run: outputs are preallocated, because ONNX Runtime's own allocations fault their pages anew each time.
import { Tensor } from 'onnxruntime-node';

/** A pool of float buffers by length; the last released is the first reused, while it is still in the cache. */
export interface BufferPool {
  acquire(dims: readonly number[]): Float32Array;
  release(buffer: Float32Array): void;
  /** Bytes held, in use or not. */
  bytes(): number;
}

export function createBufferPool(): BufferPool {
  const free = new Map<number, Float32Array[]>();
  let bytes = 0;
  return {
    acquire(dims) {
      const length = dims.reduce((a, b) => a * b, 1);
      const buffer = free.get(length)?.pop();
      if (buffer) return buffer;
      bytes += length * 4;
      return new Float32Array(length);
    },
    release(buffer) {
      const list = free.get(buffer.length);
      if (list) list.push(buffer);
      else free.set(buffer.length, [buffer]);
    },
    bytes: () => bytes,
  };
}

/** A float32 tensor over a buffer, without copying. */
export function tensor(data: Float32Array, dims: readonly number[]): Tensor {
  return new Tensor('float32', data, dims);
}
