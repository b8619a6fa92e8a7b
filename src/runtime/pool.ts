// Float buffers that outlive a run: outputs are preallocated, because ONNX Runtime's own allocations fault in their pages each time.
//
// Paths of a supernet need buffers of different sizes. A pool for each size would grow to the largest need for every size. So buffers are parts
// of large chunks, and a buffer that is given back joins its free neighbors.

export interface BufferPool {
  /** A buffer of this many floats; its contents are arbitrary. */
  acquire(dims: readonly number[]): Float32Array;
  /** @throws Error when the buffer is not one in use */
  release(buffer: Float32Array): void;
  /** Buffers not yet given back. */
  inUse(): number;
  /** Bytes held, in use or not. */
  bytes(): number;
}

/** Part of a chunk, in floats. */
interface Range {
  readonly at: number;
  readonly length: number;
}

interface Chunk {
  readonly memory: Float32Array;
  /** In order of their places; no two touch. */
  readonly free: Range[];
}

/** Floats of a chunk (32 MB), unless one buffer needs more. */
const chunkFloats = 2 ** 23;
/** Buffers are whole cache lines apart. */
const alignment = 16;

export function createBufferPool(): BufferPool {
  const chunks: Chunk[] = [];
  const used = new Map<Float32Array, { chunk: Chunk; range: Range }>();

  const take = (floats: number): { chunk: Chunk; range: Range } => {
    // The first place that fits, so that what is used stays together.
    for (const chunk of chunks) {
      const i = chunk.free.findIndex(({ length }) => length >= floats);
      if (i < 0) continue;
      const { at, length } = chunk.free[i]!;
      chunk.free.splice(i, 1, ...(length > floats ? [{ at: at + floats, length: length - floats }] : []));
      return { chunk, range: { at, length: floats } };
    }
    const memory = new Float32Array(Math.max(floats, chunkFloats));
    const rest = { at: floats, length: memory.length - floats };
    const chunk = { memory, free: rest.length > 0 ? [rest] : [] };
    chunks.push(chunk);
    return { chunk, range: { at: 0, length: floats } };
  };

  return {
    acquire(dims) {
      const length = dims.reduce((a, b) => a * b, 1);
      const place = take(Math.ceil(Math.max(1, length) / alignment) * alignment);
      const buffer = place.chunk.memory.subarray(place.range.at, place.range.at + length);
      used.set(buffer, place);
      return buffer;
    },
    release(buffer) {
      const place = used.get(buffer);
      if (!place) throw new Error('the buffer is not one of the pool, or was released before');
      used.delete(buffer);
      const { free } = place.chunk;
      const { at, length } = place.range;
      const found = free.findIndex((range) => range.at > at);
      const next = found < 0 ? free.length : found;
      const before = free[next - 1];
      const after = free[next];
      const joinsBefore = before !== undefined && before.at + before.length === at;
      const joinsAfter = after !== undefined && at + length === after.at;
      const start = joinsBefore ? before.at : at;
      const end = joinsAfter ? after.at + after.length : at + length;
      const first = joinsBefore ? next - 1 : next;
      free.splice(first, (joinsBefore ? 1 : 0) + (joinsAfter ? 1 : 0), { at: start, length: end - start });
    },
    inUse: () => used.size,
    bytes: () => chunks.reduce((sum, { memory }) => sum + memory.byteLength, 0),
  };
}
