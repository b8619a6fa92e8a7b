// A run small enough for a test: its data, space and recipe in a temporary folder, and the built command line on them.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writePortraitSet } from '../../src/data/synthetic.ts';

export interface Tiny {
  readonly folder: string;
  readonly data: string;
  readonly recipe: string;
}

const operations = '[mbv3_3x3, sepconv_3x3, shuffle]';
const stage = (width: number): string =>
  `  - { width: ${width}, layers: 1, stride: 2, expansion: 2, activation: relu, squeeze-excite: false, operations: ${operations} }`;
export const tinySpace = [
  'name: tiny',
  'macro: { head: { width: 16, activation: hswish }, aspp: { width: 16, rates: [1] }, decoder: { width: 16 } }',
  'stages:',
  ...[16, 24, 32, 32].map(stage),
  '',
].join('\n');

export const tinyRecipe = [
  'space: ./tiny.yaml',
  'seed: 4',
  'threads: 2',
  'input: { height: 32, width: 32 }',
  'latency: { rounds: 2, calibration-subnets: 6, held-out-subnets: 3 }',
  'supernet: { steps: 12, batch: 4 }',
  'search: { steps: 8, batch: 4, holdout: 0.3, learning-rate: 0.05 }',
  'derive: { candidates: 3, recalibration-batches: 2, images: 6 }',
  'train: { epochs: 2, batch: 4, ema: 0.9 }',
  'baselines: [mobilenetv3-small]',
  'budgets: { max-latency-ms: 1000 }',
  '',
].join('\n');

/** Makes the folder. */
export async function makeTiny(): Promise<Tiny> {
  const folder = mkdtempSync(join(tmpdir(), 'end-to-end-'));
  const data = join(folder, 'data');
  await writePortraitSet(data, { train: 24, val: 6, width: 48, height: 64, seed: 9 });
  writeFileSync(join(folder, 'tiny.yaml'), tinySpace);
  const recipe = join(folder, 'recipe.yaml');
  writeFileSync(recipe, tinyRecipe);
  return { folder, data, recipe };
}

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs the built command line.
 * @param until ends it with `signal` as soon as this file exists
 */
export function cli(
  args: readonly string[],
  until?: { readonly file: string; readonly signal: NodeJS.Signals },
): Promise<Ended> {
  const env = { ...process.env, PROXYLESS_CI_CHECKPOINT_MS: until ? '1' : '60000' };
  const child = spawn(process.execPath, ['dist/cli.js', ...args], { env });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (text) => {
    stdout += text;
  });
  child.stderr.on('data', (text) => {
    stderr += text;
  });
  const watch =
    until &&
    setInterval(() => {
      if (!existsSync(until.file) || statSync(until.file).size === 0) return;
      clearInterval(watch);
      child.kill(until.signal);
    }, 5);
  return new Promise((resolve) => {
    child.on('close', (code) => {
      clearInterval(watch);
      resolve({ code, stdout, stderr });
    });
  });
}
