// Whether a stored table still holds: a few entries and one whole subnet measured again, and what follows from how they come out.

import { medianAbsoluteDeviation, quantile } from 'simple-statistics';
import type { LatencyTable } from '../contracts/latency-table.ts';
import { createRandom } from '../lib/random.ts';
import { measureInterleaved } from './measure.ts';
import { createModelSubject, driftReference, withSubjects } from './models.ts';
import { planTable, timedSubject } from './plan.ts';
import { measureSubnets } from './subnets.ts';
import { entryTiming } from './table.ts';
import { tableSpace } from './table-file.ts';

/** What was measured again. */
export interface Recheck {
  /** Now over then, of each. */
  readonly ratios: readonly {
    readonly name: string;
    readonly ratio: number /** Relative. */;
    readonly error: number;
  }[];
}

export type RecheckVerdict = 'holds' | 'rescale' | 'remake' | 'unsure';

export interface RecheckJudgement {
  readonly verdict: RecheckVerdict;
  /** What all values of the table would have to be multiplied by. */
  readonly ratio: number;
  /** One sentence: what was found. */
  readonly reason: string;
}

const entriesAgain = 5;
const rounds = 15;

/** Within this the table holds. */
const tolerance = 0.03;
/** Beyond this factor something else runs than what was measured, which no common factor mends. */
const rescalable = 1.25;
/** The same of a single ratio against the median of all: a table of which one part became slower is not rescaled. */
const agreement = 0.1;
/** Measurements with a larger standard error say nothing. */
const largestError = 0.05;

/**
 * Measures again what a table says of some entries, spread evenly over their costs, and of the subnet of median latency, each in interleaved
 * rounds with the drift reference. Takes seconds.
 * @param table validated for this machine (`validateTable`)
 */
export async function measureAgain(table: LatencyTable, seed: number): Promise<Recheck> {
  const { threads, input, calibration } = table;
  const space = tableSpace(table);
  const plan = planTable(space, input);
  const byCost = [...table.entries].sort((a, b) => a.latencyMs - b.latencyMs);
  const ranks = Array.from({ length: entriesAgain }, (_, i) =>
    Math.round((i * (byCost.length - 1)) / (entriesAgain - 1)),
  );
  const chosen = [...new Set(ranks)].map((rank) => byCost[rank]!);
  const models = plan.subjects
    .filter(({ name }) => chosen.some(({ signature }) => signature === name))
    .map(timedSubject);
  const entries = await withSubjects(
    [...models, driftReference()].map((model) => () => createModelSubject(model, { threads })),
    (subjects) => measureInterleaved(subjects, { ...entryTiming, rounds, random: createRandom(seed, 'recheck') }),
  );
  const ratios = chosen.map(({ signature, p10Ms, errorMs }) => {
    const now = entries.get(signature)!;
    return {
      name: signature,
      ratio: now.p10Ms / p10Ms,
      error: Math.hypot(now.errorMs / now.p10Ms, errorMs / p10Ms),
    };
  });
  const subnets = [...(calibration?.subnets ?? [])].sort((a, b) => a.latencyMs - b.latencyMs);
  const subnet = subnets[subnets.length >> 1];
  if (!subnet) return { ratios };
  const { subnets: again } = await measureSubnets(space, [subnet.path], {
    ...input,
    threads,
    rounds,
    random: createRandom(seed, 'recheck', 'subnet'),
  });
  const { latencyMs, errorMs } = again[0]!;
  const whole = { name: 'a whole subnet', ratio: latencyMs / subnet.latencyMs, error: errorMs / latencyMs };
  return { ratios: [...ratios, whole] };
}

/** What follows from a recheck. */
export function judgeRecheck({ ratios }: Recheck): RecheckJudgement {
  const logs = ratios.map(({ ratio }) => Math.log(ratio));
  const middle = quantile(logs, 0.5);
  const ratio = Math.exp(middle);
  const error = quantile(
    ratios.map((one) => one.error),
    0.5,
  );
  const deviation = medianAbsoluteDeviation(logs);
  const percent = (value: number): string => `${(100 * value).toFixed(1)} %`;
  const found =
    `${ratios.length} repeated measurements are ${ratio.toFixed(3)} times the table's in the median ` +
    `(typically ${percent(deviation)} apart, each known to ${percent(error)})`;
  const judged = (verdict: RecheckVerdict, reason: string): RecheckJudgement => ({
    verdict,
    ratio,
    reason: `${found}: ${reason}`,
  });
  if (error > largestError) return judged('unsure', 'this machine is too noisy now to tell whether the table holds');
  if (ratio > rescalable || ratio < 1 / rescalable)
    return judged('remake', 'the difference is too large for a common factor');
  if (deviation > agreement)
    return judged('remake', 'they disagree with each other, so a common factor cannot correct the table');
  if (Math.abs(ratio - 1) <= tolerance) return judged('holds', 'the table holds');
  if (Math.abs(middle) < 2 * medianError(deviation, logs.length))
    return judged('unsure', 'the difference is within the noise');
  return judged('rescale', 'all of the table is off by a common factor');
}

/** Standard error of a median of `count` normal values whose median absolute deviation is known. */
const medianError = (deviation: number, count: number): number => (1.2533 * 1.4826 * deviation) / Math.sqrt(count);
