// Ridge regression on relative errors with a prior for each coefficient, and exact leave-one-out errors.

/** What a coefficient is expected to be before anything is measured. */
export interface Prior {
  readonly name: string;
  readonly mean: number;
  readonly deviation: number;
}

/** A fitted coefficient. */
export interface Coefficient {
  readonly name: string;
  readonly value: number;
}

export interface RidgeFit {
  readonly coefficients: readonly Coefficient[];
  /** The chosen relative noise of the targets. */
  readonly noise: number;
  /** Mean absolute relative error of targets, each predicted from the others; those with larger errors of their own count less. */
  readonly leaveOneOutError: number;
}

/** Relative noise levels to choose from: the larger, the more the priors count. */
const noiseLevels = [0.002, 0.005, 0.01, 0.02, 0.05, 0.1];

/** Relative error of predictors when targets are exact. */
const commonNoise = 0.01;

/**
 * Minimizes sum(((y - x beta) / y)^2 / (noise^2 + error^2)) + sum(((beta - mean) / deviation)^2), with the noise level that has the least
 * leave-one-out error (in closed form: e_i / (1 - h_ii), h the hat matrix; in its mean, targets with larger errors count less).
 * @param rows [n][p]
 * @param targets [n], positive
 * @param errors [n], relative standard errors of the targets
 * @param priors [p]
 */
export function fitRidge(
  rows: readonly (readonly number[])[],
  targets: readonly number[],
  errors: readonly number[],
  priors: readonly Prior[],
): RidgeFit {
  // Relative rows, and what the priors leave to explain.
  const x = rows.map((row, i) => row.map((value, j) => (value / targets[i]!) * priors[j]!.deviation));
  const rest = rows.map((row, i) => 1 - row.reduce((sum, value, j) => sum + value * priors[j]!.mean, 0) / targets[i]!);

  // The same for all noise levels, so that their leave-one-out errors can be compared.
  const trust = errors.map((error) => 1 / (commonNoise ** 2 + error ** 2));
  let best: RidgeFit | undefined;
  for (const noise of noiseLevels) {
    const weights = errors.map((error) => 1 / (noise ** 2 + error ** 2));
    const system = priors.map((_, j) =>
      priors.map((__, k) => x.reduce((sum, row, i) => sum + weights[i]! * row[j]! * row[k]!, j === k ? 1 : 0)),
    );
    const moment = priors.map((_, j) => x.reduce((sum, row, i) => sum + weights[i]! * row[j]! * rest[i]!, 0));
    const [solution, ...hats] = solve(system, [moment, ...x]);
    const misses = x.map((row, i) => {
      const leverage = weights[i]! * dot(row, hats[i]!);
      return Math.abs(rest[i]! - dot(row, solution!)) / Math.max(1e-9, 1 - leverage);
    });
    const leaveOneOutError = dot(trust, misses) / trust.reduce((a, b) => a + b, 0);
    if (best && leaveOneOutError >= best.leaveOneOutError) continue;
    const coefficients = priors.map(({ name, mean, deviation }, j) => ({
      name,
      value: mean + deviation * solution![j]!,
    }));
    best = { coefficients, noise, leaveOneOutError };
  }
  return best!;
}

const dot = (a: readonly number[], b: readonly number[]): number => a.reduce((sum, value, i) => sum + value * b[i]!, 0);

/** Solves A x = b for several b, A symmetric and positive definite (Cholesky). */
function solve(matrix: readonly (readonly number[])[], rightSides: readonly (readonly number[])[]): number[][] {
  const n = matrix.length;
  const lower = matrix.map((row) => [...row]);
  for (let j = 0; j < n; j++) {
    for (let i = j; i < n; i++) {
      let sum = matrix[i]![j]!;
      for (let k = 0; k < j; k++) sum -= lower[i]![k]! * lower[j]![k]!;
      lower[i]![j] = i === j ? Math.sqrt(sum) : sum / lower[j]![j]!;
    }
  }
  return rightSides.map((b) => {
    const x = [...b];
    for (let i = 0; i < n; i++) {
      for (let k = 0; k < i; k++) x[i]! -= lower[i]![k]! * x[k]!;
      x[i]! /= lower[i]![i]!;
    }
    for (let i = n - 1; i >= 0; i--) {
      for (let k = i + 1; k < n; k++) x[i]! -= lower[k]![i]! * x[k]!;
      x[i]! /= lower[i]![i]!;
    }
    return x;
  });
}
