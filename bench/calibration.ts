// How many rows of extra work make a model slower by how much. Measured as comparisons are, amount by amount in turns, and corrected until
// each is what it is called. Kept in a file after every step, so an interrupted calibration goes on.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { linearRegression, medianSorted, quantileSorted } from 'simple-statistics';
import { sampleBlocks } from '../src/latency/blocks.ts';
import type { TimedModel } from '../src/latency/image-model.ts';
import type { Random } from '../src/lib/random.ts';
import { blockLogRatio } from '../src/verdict/latency.ts';
import { withExtraWork } from './slowed.ts';

/** An amount of work, as measured. */
export interface Calibrated {
  readonly slower: number;
  readonly rows: number;
  readonly measured: number;
  /** 95 %, by order statistics of the blocks. */
  readonly interval: readonly [number, number];
}

interface Amount {
  readonly slower: number;
  rows: number;
  /** One log-ratio a block. */
  logs: number[];
}

interface State {
  readonly ladder: { readonly rows: number; readonly log: number }[];
  amounts: Amount[];
}

const ladderRows = [8, 48, 88, 128, 160];
const ladderBlocks = 30;
/** Blocks of an amount from one visit to the next, before its rows may change, and before it is done. */
const [visit, few, enough] = [20, 120, 240];
/** What an amount may differ from its name by. */
const tolerance = 0.003;

export interface CalibrationSettings {
  readonly file: string;
  readonly threads: number;
  readonly rounds: number;
  readonly random: Random;
  /** Whether there is time for another step. */
  readonly goOn: () => boolean;
}

/** @returns undefined when there was no time to finish; another call goes on from the file */
export async function calibrate(
  base: TimedModel,
  slowerBy: readonly number[],
  settings: CalibrationSettings,
): Promise<Calibrated[] | undefined> {
  const { file, random, goOn } = settings;
  const state = readState(file);
  const save = () => writeFileSync(file, JSON.stringify(state));
  for (const rows of ladderRows.slice(state.ladder.length)) {
    if (!goOn()) return undefined;
    state.ladder.push({ rows, log: middle(await logRatios(base, rows, ladderBlocks, settings)) });
    save();
  }
  const { m: slope, b: offset } = linearRegression(state.ladder.map(({ rows, log }) => [rows, log]));
  if (state.amounts.length === 0) {
    state.amounts = slowerBy.map((slower) => ({
      slower,
      rows: clampRows((Math.log1p(slower) - offset) / slope),
      logs: [],
    }));
  }
  for (;;) {
    const open = state.amounts.filter((amount) => !isDone(amount));
    if (open.length === 0) return calibrated(file);
    for (const index of random.permutation(open.length)) {
      if (!goOn()) return undefined;
      const amount = open[index]!;
      amount.logs.push(...(await logRatios(base, amount.rows, visit, settings)));
      correct(amount, slope);
      save();
      const off = 100 * missing(amount);
      console.error(
        `${100 * amount.slower} %: ${amount.rows} rows, ${amount.logs.length} blocks, off ${off.toFixed(2)}`,
      );
    }
  }
}

/** What the file says so far. */
export function calibrated(file: string): Calibrated[] {
  return readState(file).amounts.map(({ slower, rows, logs }) => {
    const sorted = [...logs].sort((a, b) => a - b);
    const half = 0.98 / Math.sqrt(sorted.length);
    const at = (p: number) => Math.expm1(quantileSorted(sorted, Math.min(1, Math.max(0, p))));
    return { slower, rows, measured: Math.expm1(medianSorted(sorted)), interval: [at(0.5 - half), at(0.5 + half)] };
  });
}

/** Other rows, measured afresh, where these are off by more than chance explains or than is allowed in the end. */
function correct(amount: Amount, slope: number): void {
  const { logs, rows } = amount;
  const off = missing(amount);
  const chance = 0.05 / Math.sqrt(logs.length);
  const wrong = logs.length >= enough ? Math.abs(off) > tolerance : Math.abs(off) > tolerance + chance;
  if (logs.length < few || !wrong) return;
  const step = Math.round(off / slope) || Math.sign(off);
  amount.rows = clampRows(rows + step);
  amount.logs = [];
}

const isDone = ({ logs }: Amount): boolean => logs.length >= enough;
const middle = (logs: readonly number[]): number => medianSorted([...logs].sort((a, b) => a - b));
const missing = ({ slower, logs }: Amount): number => (logs.length === 0 ? 0 : Math.log1p(slower) - middle(logs));
const clampRows = (rows: number): number => Math.min(160, Math.max(3, Math.round(rows)));

async function logRatios(
  base: TimedModel,
  rows: number,
  count: number,
  { threads, rounds, random }: CalibrationSettings,
): Promise<number[]> {
  const logs: number[] = [];
  const models = [base, base, withExtraWork(base, rows)];
  for await (const [own, copy, head] of sampleBlocks(models, { threads, rounds, warm: false, random })) {
    logs.push(blockLogRatio([own!, copy!], head!));
    if (logs.length >= count) break;
  }
  return logs;
}

function readState(file: string): State {
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as State) : { ladder: [], amounts: [] };
}
