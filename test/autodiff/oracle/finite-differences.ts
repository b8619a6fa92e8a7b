// Central differences of the float64 reference, taken away from kinks: a direction along which any piecewise function changes its
// piece between -h and +h is drawn again.
import { createRandom } from '../../../src/lib/random.ts';
import type { Named, Problem } from './engine.ts';
import { evaluateReference } from './reference-builder.ts';

/** The derivative of sum(outputs * upstream) along a direction of one tensor. */
export interface Slope {
  readonly direction: Float64Array;
  readonly slope: number;
}

/** Tensors up to this size are checked coordinate by coordinate, larger ones along as many random directions as below. */
const smallTensor = 8;
const randomDirections = 8;

/** All tensors of a problem in float64: inputs as `x0`, `x1`, ..., parameters by name. */
export function valuesOf({ inputs, trainable }: Problem): Named<Float64Array> {
  return new Map([
    ...inputs.map((x, i) => [`x${i}`, Float64Array.from(x)] as const),
    ...[...trainable].map(([name, p]) => [name, Float64Array.from(p.data)] as const),
  ]);
}

/**
 * Slopes for every tensor of a problem.
 * @param step how far to go along a direction of standard normals, either way
 * @throws Error when every direction tried crosses a kink
 */
export function finiteDifferences(problem: Problem, step = 1e-5): Named<Slope[]> {
  const values = valuesOf(problem);
  const random = createRandom(11, 'directions');
  const evaluate = (changed: Named<Float64Array>): { value: number; branches: number[] } => {
    const branches: number[] = [];
    const outputs = evaluateReference(problem.module, problem.batch, changed, (piece) => branches.push(piece));
    const value = outputs.reduce(
      (sum, y, i) => y.data.reduce((inner, v, j) => inner + v * problem.upstream[i]![j]!, sum),
      0,
    );
    return { value, branches };
  };
  const slopeAlong = (name: string, direction: Float64Array): number | undefined => {
    const moved = (by: number) =>
      evaluate(
        new Map(values).set(
          name,
          values.get(name)!.map((v, i) => v + by * direction[i]!),
        ),
      );
    const [plus, minus] = [moved(step), moved(-step)];
    return plus.branches.every((piece, i) => piece === minus.branches[i])
      ? (plus.value - minus.value) / (2 * step)
      : undefined;
  };
  const slopes: Named<Slope[]> = new Map();
  for (const [name, { length }] of values) {
    const found: Slope[] = [];
    const wanted = length <= smallTensor ? length : randomDirections;
    for (let attempt = 0; attempt < wanted || found.length < Math.min(wanted, 3); attempt++) {
      if (attempt > 10 * wanted) throw new Error(`every direction of ${name} crosses a kink`);
      const direction =
        length <= smallTensor && attempt < length
          ? new Float64Array(length).fill(1, attempt, attempt + 1)
          : Float64Array.from({ length }, random.normal);
      const slope = slopeAlong(name, direction);
      if (slope !== undefined) found.push({ direction, slope });
    }
    slopes.set(name, found);
  }
  return slopes;
}

/** A gradient's own slopes along the same directions. */
export function slopesOf(gradient: Float32Array, slopes: readonly Slope[]): number[] {
  return slopes.map(({ direction }) => direction.reduce((sum, d, i) => sum + d * gradient[i]!, 0));
}
