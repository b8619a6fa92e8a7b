// A run small enough for a test: its data, space, baseline and recipe in a temporary folder, and the built command line on them.
import { spawn } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writePortraitSet } from '../../fixtures/generator/portraits.ts';
import { formatArchitecture } from '../../src/network/architecture.ts';
import { architectureOf, parseSpace } from '../../src/network/space.ts';

export interface Tiny {
  readonly folder: string;
  readonly data: string;
  readonly recipe: string;
  remove(): void;
}

const stage = (width: number): string =>
  `  - { width: ${width}, layers: 1, stride: 2, expansion: 2, activation: relu, squeeze-excite: false, ` +
  'operations: [mbv3_3x3, sepconv_3x3, shuffle] }';
export const tinySpace = [
  'name: tiny',
  'macro: { head: { width: 16, activation: hswish }, aspp: { width: 16, rates: [1] }, decoder: { width: 16 } }',
  'stages:',
  ...[16, 24, 32, 32].map(stage),
  '',
].join('\n');

/** Strictly fair sampling of two paths a step and a moving average, because they have a state that a resumed run must take up. */
export const tinyRecipe = [
  'space: ./tiny.yaml',
  'seed: 4',
  // Two processes of two threads each on two cores wait for each other's turns: five times slower than one thread each.
  'threads: 1',
  'input: { height: 32, width: 32 }',
  'latency: { rounds: 3, calibration-subnets: 6, held-out-subnets: 3 }',
  'supernet: { steps: 40, batch: 4, sampling: strictly-fair, paths: 2 }',
  'search: { steps: 25, batch: 4, holdout: 0.3, learning-rate: 0.05 }',
  'derive: { candidates: 3, trade-offs: 2, trial-epochs: 1, recalibration-batches: 2, images: 6 }',
  'train: { epochs: 4, batch: 4, ema: 0.9 }',
  'baselines: [./baseline.json]',
  'budgets: { max-latency-ms: 1000 }',
  '',
].join('\n');

/** Writes a recipe with the files that it names into a folder, and returns its path. */
export function writeRecipe(folder: string, recipe = tinyRecipe, space = tinySpace): string {
  const baseline = architectureOf(parseSpace(tinySpace, 'tiny'), [0, 0, 0, 0], 'tiny-baseline');
  writeFileSync(join(folder, 'tiny.yaml'), space);
  writeFileSync(join(folder, 'baseline.json'), formatArchitecture(baseline));
  writeFileSync(join(folder, 'recipe.yaml'), recipe);
  return join(folder, 'recipe.yaml');
}

/** Makes the folder. */
export async function makeTiny(): Promise<Tiny> {
  const folder = mkdtempSync(join(tmpdir(), 'end-to-end-'));
  const data = join(folder, 'data');
  await writePortraitSet(data, { train: 24, val: 6, width: 48, height: 64, seed: 9 });
  return { folder, data, recipe: writeRecipe(folder), remove: () => rmSync(folder, { recursive: true, force: true }) };
}

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export const cliCommand = [process.execPath, 'dist/cli.js'] as const;

/**
 * Runs a command, the built command line by default.
 * @param until sends `signal` as soon as this stands in the progress on standard error
 */
export function cli(
  args: readonly string[],
  until?: { readonly progress: string; readonly signal: NodeJS.Signals },
  [program, ...first]: readonly string[] = cliCommand,
): Promise<Ended> {
  const child = spawn(program!, [...first, ...args]);
  const ended = { stdout: '', stderr: '' };
  child.stdout.on('data', (text) => {
    ended.stdout += text;
  });
  child.stderr.on('data', (text) => {
    const before = until && ended.stderr.includes(until.progress);
    ended.stderr += text;
    if (until && !before && ended.stderr.includes(until.progress)) child.kill(until.signal);
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, ...ended }));
  });
}

/**
 * Begins a run and gives it a table, which it then goes on with as its own. (One that is given by --table may be rescaled to how fast the
 * machine is today, and the costs of two runs would differ.)
 */
export async function beginWithTable(command: readonly string[], out: string, table: string): Promise<void> {
  const { code } = await cli(command, { progress: 'latency table: ', signal: 'SIGKILL' });
  if (code !== null) throw new Error(`the run in ${out} ended by itself`);
  copyFileSync(table, join(out, 'latency-table.json'));
}
