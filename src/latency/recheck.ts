// Whether a stored table still holds. Some of its subnets, which together contain as many entries as possible, are measured again and judged.
import { median, probit, sampleStandardDeviation } from 'simple-statistics';
import type { LatencyTable } from '../contracts/latency-table.ts';
import { createRandom } from '../lib/random.ts';
import { meanInterval, medianError } from '../metrics/quantiles.ts';
import { measureSubnets } from './subnets.ts';
import { tableSpace } from './table-file.ts';

/** What was measured again. */
export interface Recheck {
  /** Latency now over latency then, of each subnet. */
  readonly ratios: readonly number[];
  /** Share of the table's entries that the subnets contain. */
  readonly coverage: number;
}

export type RecheckVerdict = 'holds' | 'rescale' | 'remake';

export interface RecheckJudgement {
  readonly verdict: RecheckVerdict;
  /** What all values of the table would have to be multiplied by. */
  readonly ratio: number;
  /** Its standard error, as a share. */
  readonly error: number;
  /** One sentence: what was found. */
  readonly reason: string;
}

/** Fewer say too little of how ratios spread; more take longer than they tell. */
const [fewest, most] = [8, 12];
const rounds = 20;

/** A table holds where its level and its spread are shown to be within this. */
const tolerance = 0.03;
/** Beyond this factor, what runs now is not what was measured, and a common factor cannot correct it. */
const rescalable = 1.25;

/**
 * Measures again the stored subnets of `chooseSubnets`, in interleaved rounds. Takes seconds.
 * @param table validated for this machine (`validateTable`), with a calibration
 */
export async function measureAgain(table: LatencyTable, seed: number): Promise<Recheck> {
  const { threads, input, space } = table;
  const stored = [...table.calibration!.subnets, ...table.calibration!.heldOut];
  const paths = stored.map(({ path }) => path.map((candidate, layer) => space.layers[layer]![candidate]!));
  const chosen = chooseSubnets(paths);
  const random = createRandom(seed, 'recheck');
  const settings = { ...input, threads, rounds, random };
  const again = chosen.map((i) => stored[i]!.path);
  const { subnets } = await measureSubnets(tableSpace(table), again, settings);
  const covered = new Set(chosen.flatMap((i) => paths[i]!));
  return {
    ratios: chosen.map((i, place) => subnets[place]!.latencyMs / stored[i]!.latencyMs),
    coverage: covered.size / table.entries.length,
  };
}

/**
 * Chooses subnets that together contain as many entries as possible: at each step the one that adds most. It takes at most twelve, and at least eight
 * where the list has eight.
 * @returns places in the list
 */
export function chooseSubnets(subnets: readonly (readonly number[])[]): number[] {
  const chosen: number[] = [];
  const covered = new Set<number>();
  const gain = (i: number): number => new Set(subnets[i]!.filter((entry) => !covered.has(entry))).size;
  const open = new Set(subnets.keys());
  while (chosen.length < most && open.size > 0) {
    const [best] = [...open].sort((a, b) => gain(b) - gain(a)) as [number];
    if (gain(best) === 0 && chosen.length >= fewest) break;
    chosen.push(best);
    open.delete(best);
    for (const entry of subnets[best]!) covered.add(entry);
  }
  return chosen;
}

/**
 * Judges a recheck. `holds` has to be shown, by two one-sided tests at 5 % each: that the mean log-ratio lies within 3 % of 0, and that the single ratios
 * deviate from it by less than 3 % (D. Schuirmann, 1987: what is not shown to differ is not therefore equal). Otherwise one factor corrects the table
 * (`rescale`), unless the ratios disagree, the factor is too large or too uncertain, or there are fewer than three: the table is then to be made again.
 */
export function judgeRecheck({ ratios, coverage }: Recheck): RecheckJudgement {
  const logs = ratios.map(Math.log);
  const ratio = Math.exp(median(logs));
  const error = logs.length < 2 ? 0 : medianError(sampleStandardDeviation(logs), logs.length);
  const percent = (value: number): string => `${(100 * value).toFixed(1)} %`;
  const found = `${ratios.length} subnets measured again, which contain ${percent(coverage)} of the entries, came out at ${ratio.toFixed(3)} of what the table says in the median`;
  const judged = (verdict: RecheckVerdict, reason: string): RecheckJudgement => ({
    verdict,
    ratio,
    error,
    reason: `${found}: ${reason}`,
  });
  if (ratios.length < 3) return judged('remake', 'too few to say whether the table holds');
  // The bounds of two one-sided tests at 5 % are the ends of an interval at 90 %.
  const [low, high] = meanInterval(logs, 0.9);
  const [least, largest] = deviationInterval(logs, 0.9);
  const apart = `single ones differ by ${percent(least)} to ${percent(largest)}`;
  const limit = Math.log1p(tolerance);
  if (least > limit) return judged('remake', `${apart}, so no common factor mends the table`);
  if (ratio > rescalable || ratio < 1 / rescalable)
    return judged('remake', 'the difference is too large for a common factor');
  if (low > -limit && high < limit && largest < limit) return judged('holds', `the table holds, as ${apart}`);
  if (high - low > 2 * limit) return judged('remake', `too noisy to say what the factor is: ${apart}`);
  return judged(
    'rescale',
    `not shown to be within ${percent(tolerance)}, and off by a common factor at most (${apart})`,
  );
}

/** The interval of the standard deviation of normal values (chi-squared's quantiles by E. Wilson and M. Hilferty, 1931). */
function deviationInterval(values: readonly number[], confidence: number): [low: number, high: number] {
  const degrees = values.length - 1;
  const mean = values.reduce((a, b) => a + b, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const chiSquared = (p: number): number => {
    const part = 2 / (9 * degrees);
    return degrees * (1 - part + probit(p) * Math.sqrt(part)) ** 3;
  };
  return [Math.sqrt(squares / chiSquared((1 + confidence) / 2)), Math.sqrt(squares / chiSquared((1 - confidence) / 2))];
}
