// Linear maps over space that are constants: bilinear resize, pooling, zeros between pixels.
// A gradient is the same map transposed, so each is one function used both ways.

import type { Value } from '../graph/values.ts';
import { dimsOf, type Primitives } from './primitives.ts';

/** A dense constant matrix, row-major. */
export interface Matrix {
  readonly rows: number;
  readonly columns: number;
  readonly data: Float32Array;
}

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
 * Applies y = rows * x * columns^T to every image and channel.
 * @param x [N, Cp, rows.columns, columns.columns]
 * @returns [N, Cp, rows.rows, columns.rows]
 */
export function spatialMap(k: Primitives, x: Value, rows: Matrix, columns: Matrix): Value {
  const g = k.graph;
  const [n, c, h, w] = dimsOf(x);
  const images = (n * c) / k.block;
  const reshape = (v: Value, dims: readonly number[]): Value => g.node('Reshape', [v, g.ints(dims)]);
  const constant = (m: Matrix): Value => g.constant(m.data, [m.rows, m.columns]);
  const alongRows = (v: Value, width: number): Value =>
    g.node('MatMul', [constant(rows), reshape(v, [images, h, width * k.block])]);
  const alongColumns = (v: Value, height: number): Value =>
    k.block === 1
      ? g.node('MatMul', [reshape(v, [images * height, w]), constant(transposed(columns))])
      : g.node('MatMul', [constant(columns), reshape(v, [images * height, w, k.block])]);
  // The cheaper order first: columns before an enlargement, rows before a reduction.
  const y = rows.rows >= h ? alongRows(alongColumns(x, h), columns.rows) : alongColumns(alongRows(x, w), rows.rows);
  return reshape(y, [n, c, rows.rows, columns.rows]);
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
