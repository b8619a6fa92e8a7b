// The latency table: what every distinct operation of a space costs on this machine, measured in context and in interleaved rounds.

import type { Hardware } from '../contracts/hardware.ts';
import type { LatencyTable } from '../contracts/latency-table.ts';
import type { TableDifference } from '../contracts/table-views.ts';
import { UserError } from '../lib/errors.ts';
import { createRandom } from '../lib/random.ts';
import type { InputSize } from '../network/modules.ts';
import type { Space } from '../network/space.ts';
import { describeHardware } from '../runtime/hardware.ts';
import { measureInterleaved } from './measure.ts';
import { driftOf, type ModelSubject, referenceName, withTimedModels } from './models.ts';
import { framesOf, type PathParts, pathErrorOf, pathParts, weakest } from './path-error.ts';
import { describeEntry, frameName, hashDefinitions, planTable, type TablePlan, timedSubject } from './plan.ts';
import { hasSettled, type RoundFigures, summarizeRounds } from './rounds.ts';
import { sealTable } from './table-file.ts';

/** Rounds of a table under way, by subject: what a checkpoint holds. */
export type TableRounds = ReadonlyMap<string, readonly number[]>;

export interface TableSettings extends InputSize {
  readonly space: Space;
  readonly threads: number;
  readonly seed: number;
  /** Default 40. Fewer where paths are known well enough before, up to three times as many where they are not. */
  readonly rounds?: number;
  /** Rounds that an interrupted measurement of the same space on this machine has finished: measuring goes on after them. */
  readonly finished?: TableRounds;
  /** Given everything finished so far, now and then. */
  readonly onFinished?: (rounds: TableRounds) => Promise<void>;
  readonly onProgress?: (what: string, done: number, total: number) => void;
}

/** How an operation is timed within a round. */
export const entryTiming = { runsPerRound: 5, minRunMs: 1 } as const;

/** Rounds between checkpoints, and between looks at how well paths are known. */
const turn = 5;

/** A table has at least this many rounds, unless it was asked to have fewer: a first decile of less says little of its own error. */
const fewestRounds = 10;
/** Where paths are not known well enough after all rounds, there are up to this many times as many. */
const patience = 3;
/** Paths are known well enough with this standard error: a third of what the predictor is off by at its best. */
const knownPaths = 0.004;
/** How often a round visits what most of the error comes from. */
const visitsOfWeakest = 3;

/**
 * Measures the table of a space.
 *
 * In context: an operation stands between two pointwise convolutions (16 -> C_in, C_out -> 16), so that it meets its input and leaves its
 * output in ONNX Runtime's blocked layout, with convolutions to fuse with, as in a network; the same frame around nothing is measured in the
 * same rounds and subtracted. Where an operation changes the map, half of the frame around its input and half of that around its output are subtracted.
 * Measuring ends when the sums along random paths are known well enough (`pathErrorOf`). Every round visits every subject, and those that most of the
 * error comes from three times; what has not settled by the end is marked. Threads are pinned, as for verdicts.
 * @throws UserError when `threads` exceeds the cores, or an input side is not a multiple of 4 or is below 32
 */
export async function buildTable(settings: TableSettings): Promise<LatencyTable> {
  const { space, height, width, threads } = settings;
  const hardware = await describeHardware(threads);
  const plan = planTable(space, { height, width });
  const described = [...plan.entries].map(([signature, entry]) => ({ signature, ...describeEntry(entry) }));
  const parts = pathParts(described, plan.layers);
  const rounds = await withTimedModels(plan.subjects.map(timedSubject), threads, (subjects) =>
    measureRounds(subjects, parts, settings),
  );
  const figures = figuresOf(rounds);
  const measured = (name: string) => ({
    ...figures.get(name)!,
    settled: hasSettled(figures.get(name)!),
    roundsMs: [...rounds.get(name)!],
  });
  return finishTable({
    schema: 'proxyless-ci/latency-table@2',
    hardware,
    threads,
    input: { height, width },
    space: {
      name: space.name,
      definitions: hashDefinitions(plan),
      macro: space.macro,
      layers: plan.layers.map((layer) => [...layer]),
    },
    drift: driftOf(figures),
    frames: [...plan.frames].map(([name, feature]) => ({ ...feature, ...measured(name) })),
    fixed: (['head', 'tail'] as const).map((part) => ({
      part,
      signature: plan[part].signature,
      batch: 1,
      ...measured(part),
    })),
    entries: described.map((entry) => ({ ...entry, ...measured(entry.signature) })),
  });
}

type Fixed = LatencyTable['fixed'][number];
type Entry = LatencyTable['entries'][number];

/** A table without what follows from its measurements. */
export interface UnfinishedTable extends Omit<LatencyTable, 'checksum' | 'quality' | 'fixed' | 'entries'> {
  readonly fixed: Omit<Fixed, 'latencyMs'>[];
  readonly entries: Omit<Entry, 'latencyMs'>[];
}

/** From measurements to a table: latencies without their frames, the quality, the checksum. */
export function finishTable(table: UnfinishedTable): LatencyTable {
  const frames = new Map(table.frames.map((frame) => [frameName(frame), frame]));
  const entries = table.entries.map(({ roundsMs, ...entry }) => {
    const [before, after] = framesOf(entry);
    const frame = (frames.get(before)!.p10Ms + frames.get(after)!.p10Ms) / 2;
    return { ...entry, latencyMs: Math.max(0, entry.p10Ms - frame), roundsMs };
  });
  const figures = new Map<string, RoundFigures>([
    ...frames,
    ...table.fixed.map((one) => [one.part, one] as const),
    ...entries.map((entry) => [entry.signature, entry] as const),
  ]);
  const sum = (values: number[]): number => values.reduce((a, b) => a + b, 0);
  const total = sum(entries.map(({ latencyMs }) => latencyMs));
  const unsettled = [...table.frames, ...table.fixed, ...entries].filter(({ settled }) => !settled);
  return sealTable({
    ...table,
    fixed: table.fixed.map(({ roundsMs, ...fixed }) => ({ ...fixed, latencyMs: fixed.p10Ms, roundsMs })),
    entries,
    quality: {
      errorPercent: total > 0 ? (100 * sum(entries.map(({ errorMs }) => errorMs))) / total : 0,
      unsettled: unsettled.length,
      pathErrorPercent: 100 * pathErrorOf(pathParts(entries, table.space.layers), figures).share,
    },
  });
}

/** All rounds of all subjects; those of `finished` are not measured again. */
async function measureRounds(
  subjects: readonly ModelSubject[],
  parts: PathParts,
  settings: TableSettings,
): Promise<TableRounds> {
  const { seed, rounds = 40, finished, onFinished, onProgress } = settings;
  const samples = new Map(subjects.map(({ name }) => [name, [...(finished?.get(name) ?? [])]]));
  const fewest = Math.min(fewestRounds, rounds);
  const most = patience * rounds;
  const tell = (done: number): void => {
    if (done <= rounds) onProgress?.('latency table', done, rounds);
    else onProgress?.('latency table, until paths are known', done - rounds, most - rounds);
  };
  // The drift reference is visited once a round.
  const countRounds = (): number => samples.get(referenceName)!.length;
  for (let done = countRounds(); done < most; done = countRounds()) {
    const error = done < fewest ? undefined : pathErrorOf(parts, figuresOf(samples));
    if (error && error.share <= knownPaths) break;
    const often = error ? weakest(error) : new Set<string>();
    const target = done < rounds ? rounds : most;
    const measured = await measureInterleaved(subjects, {
      ...entryTiming,
      rounds: Math.min(turn, (done < fewest ? fewest : target) - done),
      visits: ({ name }) => (often.has(name) ? visitsOfWeakest : 1),
      random: createRandom(seed, 'latency-table', done),
      onProgress: (n) => tell(done + n),
    });
    for (const [name, one] of measured) samples.get(name)!.push(...one.samples);
    await onFinished?.(samples);
  }
  // Rounds that were not needed count as done.
  const done = countRounds();
  if (done < rounds) tell(rounds);
  else if (done > rounds && done < most) tell(most);
  return samples;
}

const figuresOf = (samples: TableRounds) =>
  new Map([...samples].map(([name, own]) => [name, summarizeRounds(own)] as const));

/** What a stored table has to hold for. */
export interface ExpectedTable extends InputSize {
  readonly hardware: Hardware;
  readonly space: Space;
  /** What errors call the table, usually its file. */
  readonly source: string;
  /** What to do where it does not hold. */
  readonly advice: string;
}

/**
 * Checks that a stored table holds for this machine and this search.
 * @throws UserError saying everything that differs, and what to do
 */
export function validateTable(table: LatencyTable, expected: ExpectedTable): void {
  const { hardware, space, height, width, source, advice } = expected;
  const plan = (): TablePlan => planTable(space, { height, width });
  const sameShapes = table.space.name === space.name && table.input.height === height && table.input.width === width;
  const here = {
    hardware,
    threads: hardware.threads,
    input: { height, width },
    space: { name: space.name, definitions: sameShapes ? hashDefinitions(plan()) : '' },
  };
  const differences = tableDifferences(table, here);
  if (differences.length === 0) return;
  const list = differences.map(({ what, was, is }) => `  ${what}: the table's is ${was}, here it is ${is}`).join('\n');
  throw new UserError(`${source}: this latency table does not hold on this machine\n${list}\n${advice}`);
}

/** What a table was measured for. */
export interface TableSubjectMatter {
  readonly hardware: Hardware;
  readonly threads: number;
  readonly input: InputSize;
  readonly space: Pick<LatencyTable['space'], 'name' | 'definitions'>;
}

/** In what two tables differ that makes their values incomparable; empty when their values mean the same. */
export function tableDifferences(a: TableSubjectMatter, b: TableSubjectMatter): TableDifference[] {
  const differences: TableDifference[] = [];
  const compare = (what: string, was: string | number, is: string | number): void => {
    if (was !== is) differences.push({ what, was, is });
  };
  const side = ({ input: { height, width } }: TableSubjectMatter): string => `${height}x${width}`;
  compare('processor', describeCpu(a.hardware), describeCpu(b.hardware));
  compare('instruction sets', a.hardware.isa.join(' '), b.hardware.isa.join(' '));
  compare('ONNX Runtime version', a.hardware.onnxRuntimeVersion, b.hardware.onnxRuntimeVersion);
  compare('threads', a.threads, b.threads);
  compare('cores available', a.hardware.cores.available, b.hardware.cores.available);
  if (differences.length === 0) compare('hardware key', a.hardware.key, b.hardware.key);
  compare('input size', side(a), side(b));
  compare('space', a.space.name, b.space.name);
  // Definitions hold the shapes: they differ anyway where those do.
  if (a.space.name === b.space.name && side(a) === side(b))
    compare('operation definitions', a.space.definitions, b.space.definitions);
  return differences;
}

const describeCpu = ({ cpu, caches, arch }: Hardware): string =>
  [cpu.model, `family ${cpu.family} model ${cpu.modelNumber} stepping ${cpu.stepping}`, caches, arch]
    .filter(Boolean)
    .join(', ');
