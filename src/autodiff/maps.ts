// Linear maps over space that are constants: bilinear resize, pooling, zeros between pixels.
// A gradient is the same map transposed, so each is one function used both ways.

import type { Value } from '../graph/values.ts';
import { dimsOf, type Matrix, type Primitives } from './primitives.ts';

export function matrix(rows: number, columns: number, at: (row: number, column: number) => number): Matrix {
  const data = new Float32Array(rows * columns);
  for (let r = 0; r < rows; r++) for (let c = 0; c < columns; c++) data[r * columns + c] = at(r, c);
  return { rows, columns, data };
}

export function transposed(m: Matrix): Matrix {
  return matrix(m.columns, m.rows, (r, c) => m.data[c * m.columns + r]!);
}

/** Bilinear interpolation from `from` to `to` samples: half-pixel centers, clamped at the edges (ONNX Resize, linear, half_pixel). */
export function interpolation(from: number, to: number): Matrix {
  const result = matrix(to, from, () => 0);
  for (let r = 0; r < to; r++) {
    const position = Math.max(0, Math.min(from - 1, ((r + 0.5) * from) / to - 0.5));
    const low = Math.floor(position);
    const high = Math.min(from - 1, low + 1);
    result.data[r * from + low]! += 1 - (position - low);
    result.data[r * from + high]! += position - low;
  }
  return result;
}

/** The mean over `from` samples as a 1 x from matrix. */
export function averaging(from: number): Matrix {
  return matrix(1, from, () => 1 / from);
}

/**
 * Interleaves four maps of equal shape [N, Cp, h, w] into [N, Cp, 2h, 2w]: `parts[2 * r + c]` holds the pixels of row parity r and
 * column parity c.
 */
export function interleave(k: Primitives, parts: readonly Value[]): Value {
  const g = k.graph;
  const [n, c, h, w] = dimsOf(parts[0]!);
  const images = (n * c) / k.block;
  const join = (a: Value, b: Value, dims: readonly number[]): Value => {
    const views = [a, b].map((v) => g.node('Reshape', [v, g.ints(dims)]));
    return g.node('Concat', views, { axis: 1 });
  };
  const rows = [0, 1].map((r) => join(parts[2 * r]!, parts[2 * r + 1]!, [images * h * w, k.block]));
  return g.node('Reshape', [join(rows[0]!, rows[1]!, [images * h, 2 * w * k.block]), g.ints([n, c, 2 * h, 2 * w])]);
}

/** Puts stride - 1 zeros between (and after) the pixels of x: [N, Cp, h, w] to [N, Cp, stride*h, stride*w]. */
export function insertZeros(k: Primitives, x: Value, stride: number): Value {
  if (stride === 1) return x;
  if (stride !== 2) throw new Error(`no input gradient at stride ${stride}`);
  const channels = dimsOf(x)[1];
  const zeros = k.affine(x, k.graph.constant(new Float32Array(channels), [channels]));
  return interleave(k, [x, zeros, zeros, zeros]);
}
