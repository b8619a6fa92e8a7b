// Timing several subjects in turn: rounds in fresh random order, so that drift and bursts of other processes meet all of them alike.
import { median } from 'simple-statistics';
import type { Random } from '../lib/random.ts';
import { type RoundFigures, summarizeRounds } from './rounds.ts';

/** Something to time. */
export interface Subject {
  readonly name: string;
  readonly run: () => Promise<unknown>;
}

/** What was measured of one subject, in milliseconds a run. */
export interface Samples extends RoundFigures {
  /** Median over all timings, not over the rounds' samples: bursts of other processes included. */
  readonly p50Ms: number;
  /** One sample a visit, in order. */
  readonly samples: readonly number[];
}

export interface MeasureSettings {
  readonly rounds: number;
  /** Timings in one visit of a subject; the fastest is the visit's sample. */
  readonly runsPerRound: number;
  readonly random: Random;
  /** How often a round visits a subject; default once. Several visits lie anywhere in the round. */
  readonly visits?: (subject: Subject) => number;
  /** A timing covers as many runs as fill this, so that short ones are timed well; default 2. 0: every run is timed alone. */
  readonly minRunMs?: number;
  readonly onProgress?: (done: number, total: number) => void;
  /** Milliseconds, monotonic; default `performance.now`. */
  readonly clock?: () => number;
}

/** Each subject runs at least this often and this long before anything is timed: ONNX Runtime plans its memory in the first runs. */
const warmUp = { runs: 3, ms: 4 };

/**
 * Measures subjects in rounds. A round visits every subject (once, or as often as `visits` says), in fresh random order. A visit is one run that is not timed
 * (it brings the subject's weights back into the caches), then `runsPerRound` timings.
 *
 * A visit's sample is the minimum of its timings. The figure to use is the first decile over the samples (`p10Ms`): the run that
 * nothing disturbs, but not dependent on a single timing as the plain minimum is. It was chosen by measuring, on two cores with other
 * processes on them (load 4 to 6). A predictor fitted on 24 whole networks missed each, left out of the fit, by 2.3-2.8 % with the first
 * decile, 3.1-5.5 % with the lower quartile, 3.1-6.3 % with the minimum, 3.6-13 % with the median, and 2.5-10 % with the median after
 * removing what all networks of a round have in common. Medians of all timings moved by more than 100 % between sessions.
 * @returns samples by name
 */
export async function measureInterleaved(
  subjects: readonly Subject[],
  settings: MeasureSettings,
): Promise<Map<string, Samples>> {
  const { rounds, runsPerRound, random, minRunMs = 2, onProgress, clock = () => performance.now() } = settings;
  const { visits = () => 1 } = settings;
  if (new Set(subjects.map(({ name }) => name)).size !== subjects.length) throw new Error('subjects share a name');
  const repeats: number[] = [];
  for (const { run } of subjects) repeats.push(Math.max(1, Math.ceil(minRunMs / (await runTime(run, clock)))));

  const timings: number[][][] = subjects.map(() => []);
  const stops = subjects.flatMap((subject, index) => Array<number>(visits(subject)).fill(index));
  for (let round = 0; round < rounds; round++) {
    for (const stop of random.permutation(stops.length)) {
      const index = stops[stop]!;
      const { run } = subjects[index]!;
      await run();
      const visit: number[] = [];
      for (let k = 0; k < runsPerRound; k++) visit.push(await timeRuns(run, repeats[index]!, clock));
      timings[index]!.push(visit);
    }
    onProgress?.(round + 1, rounds);
  }
  return new Map(subjects.map(({ name }, i) => [name, summarize(timings[i]!)]));
}

/** Warms a subject up; returns the milliseconds of its fastest run. */
async function runTime(run: Subject['run'], clock: () => number): Promise<number> {
  let fastest = Number.POSITIVE_INFINITY;
  const start = clock();
  for (let runs = 0; runs < warmUp.runs || clock() - start < warmUp.ms; runs++) {
    fastest = Math.min(fastest, await timeRuns(run, 1, clock));
  }
  return Math.max(fastest, 1e-3);
}

/** Mean milliseconds of `repeats` runs, one right after the other. */
async function timeRuns(run: Subject['run'], repeats: number, clock: () => number): Promise<number> {
  const start = clock();
  for (let i = 0; i < repeats; i++) await run();
  return (clock() - start) / repeats;
}

/** @param timings [visit][timing] */
function summarize(timings: readonly (readonly number[])[]): Samples {
  // To the nanosecond: that is what clocks can tell, and what files have to hold.
  const samples = timings.map((visit) => Math.round(Math.min(...visit) * 1e6) / 1e6);
  return { ...summarizeRounds(samples), p50Ms: median(timings.flat()), samples };
}
