// How well a table knows whole networks: the standard error of the plain sum along random paths. The errors of single entries do not tell this: an
// operation may be known badly and matter little, and the same frames are subtracted from many operations.
import type { LatencyTable } from '../contracts/latency-table.ts';
import { createRandom } from '../lib/random.ts';
import { layerOutput } from '../network/modules.ts';
import { frameName } from './plan.ts';
import type { RoundFigures } from './rounds.ts';

/** What an operation is measured as: itself in its frame, less half of each of two frames. */
export interface FramedEntry {
  /** Name of the subject that holds the operation. */
  readonly name: string;
  /** The frames around its input and its output. */
  readonly frames: readonly [string, string];
}

/** What paths are sums of. */
export interface PathParts {
  readonly entries: readonly FramedEntry[];
  /** layers[layer][candidate]: which of `entries`. */
  readonly layers: readonly (readonly number[])[];
}

/** Head and tail, by the names of their subjects. */
const fixed = ['head', 'tail'];
/** Enough for the mean of their errors to be known to a few percent. */
const randomPaths = 100;

type Figures = ReadonlyMap<string, Pick<RoundFigures, 'p10Ms' | 'errorMs'>>;

export interface PathError {
  /** Root mean square over random paths of the standard error over the latency. */
  readonly share: number;
  /** Share of that variance which comes from each subject. */
  readonly shares: ReadonlyMap<string, number>;
}

/** The error of the sums along uniform random paths, where errors of subjects are independent. */
export function pathErrorOf({ entries, layers }: PathParts, figures: Figures): PathError {
  const random = createRandom(1, 'path-error');
  const variances = new Map<string, number>();
  for (let i = 0; i < randomPaths; i++) {
    const factors = new Map<string, number>(fixed.map((name) => [name, 1]));
    const add = (name: string, factor: number): void => {
      factors.set(name, (factors.get(name) ?? 0) + factor);
    };
    for (const candidates of layers) {
      const { name, frames } = entries[candidates[random.int(candidates.length)]!]!;
      add(name, 1);
      for (const frame of frames) add(frame, -0.5);
    }
    const latencyMs = [...factors].reduce((sum, [name, factor]) => sum + factor * figures.get(name)!.p10Ms, 0);
    for (const [name, factor] of factors) {
      const part = (factor * figures.get(name)!.errorMs) / Math.max(latencyMs, Number.EPSILON);
      variances.set(name, (variances.get(name) ?? 0) + part ** 2 / randomPaths);
    }
  }
  const variance = [...variances.values()].reduce((a, b) => a + b, 0);
  return {
    share: Math.sqrt(variance),
    shares: new Map([...variances].map(([name, own]) => [name, variance > 0 ? own / variance : 0])),
  };
}

/**
 * The subjects to measure more often than the others, so that the error falls fastest: those with the largest shares, down to two thirds of the variance,
 * and at most a third of all.
 */
export function weakest({ shares }: PathError): Set<string> {
  const ranked = [...shares].sort(([, a], [, b]) => b - a);
  const chosen = new Set<string>();
  let sum = 0;
  for (const [name, share] of ranked.slice(0, Math.ceil(ranked.length / 3))) {
    if (sum >= 2 / 3) break;
    chosen.add(name);
    sum += share;
  }
  return chosen;
}

type Entry = Pick<LatencyTable['entries'][number], 'signature' | 'in' | 'out' | 'stride' | 'height' | 'width'>;

/** The frames of an operation of a table. */
export function framesOf(entry: Omit<Entry, 'signature'>): [string, string] {
  const input = { channels: entry.in, height: entry.height, width: entry.width };
  return [frameName(input), frameName(layerOutput(entry, input))];
}

/** What the paths of a table are sums of. */
export const pathParts = (entries: readonly Entry[], layers: PathParts['layers']): PathParts => ({
  entries: entries.map((entry) => ({ name: entry.signature, frames: framesOf(entry) })),
  layers,
});
