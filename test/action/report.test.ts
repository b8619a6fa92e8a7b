import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { annotationsOf, failsStep, judge, setOutputs } from '../../src/action/report.ts';
import type { Result, ResultBudget, ResultComparison } from '../../src/contracts/result.ts';
import { exampleResult } from '../report/example.ts';

let folder: string;
let log: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'report-'));
  writeFileSync(join(folder, 'output'), '');
  vi.stubEnv('GITHUB_OUTPUT', join(folder, 'output'));
  log = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    log += text;
    return true;
  });
});
afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  process.exitCode = undefined;
  rmSync(folder, { recursive: true });
});

const budget = (name: string, met: boolean | null): ResultBudget => ({ name, limit: 10, actual: 11, margin: -1, met });
const comparison = (outcome: ResultComparison['outcome']): ResultComparison => ({
  metric: 'latency',
  head: 'a',
  base: 'main',
  outcome,
  reason: `it is ${outcome}`,
  change: 0.1,
  interval: [0.05, 0.15],
  confidence: 0.95,
  threshold: 0.05,
  baseValue: 1,
  headValue: 1.1,
  count: 20,
});
const judged = (found: Partial<Result>, file = ''): string[] => {
  const result: Result = { ...exampleResult, budgets: [], ...found };
  judge(result, annotationsOf(result, file), failsStep(result, ['regression', 'budget'], undefined));
  return log.split('\n').filter((line) => line !== '');
};

describe('a verdict', () => {
  test('that misses budgets or regresses is an error for each at its file, and fails the step', () => {
    const found: Partial<Result> = {
      budgets: [budget('max-latency-ms', false), budget('min-fps', true)],
      comparisons: [comparison('fail'), comparison('pass')],
      verdict: 'regression',
      reason: 'why',
    };
    expect(judged(found, 'models/a.onnx')).toEqual([
      '::error title=Budget max-latency-ms,file=models/a.onnx::11.0 ms of 10.0 ms: missed, -1.00 ms (-10.0 %25)',
      '::error title=Comparison of latency,file=models/a.onnx::it is fail',
      '::error::why',
    ]);
    expect(process.exitCode).toBe(1);
  });

  test('that is undecided warns and does not fail the step', () => {
    const found: Partial<Result> = {
      comparisons: [comparison('inconclusive')],
      verdict: 'inconclusive',
      reason: 'why',
    };
    expect(judged(found)).toEqual(['::warning title=Comparison of latency::it is inconclusive', '::warning::why']);
    expect(process.exitCode).toBeUndefined();
  });

  test('that passes says nothing', () => {
    expect(judged({ budgets: [budget('min-fps', true)], comparisons: [comparison('pass')], verdict: 'pass' })).toEqual(
      [],
    );
  });

  test('leaves room for itself among the ten errors that GitHub shows', () => {
    const budgets = Array.from({ length: 12 }, (_, i) => budget(`max-latency-vs ${i}`, false));
    const lines = judged({ budgets, verdict: 'budget-missed', reason: 'why' });
    expect(lines).toHaveLength(10);
    expect(lines.at(-1)).toBe('::error::why');
  });
});

test('a job fails on the verdicts that the user names, and not on a regression that someone accepted', () => {
  const of = (verdict: Result['verdict']): Result => ({ ...exampleResult, verdict });
  expect(failsStep(of('inconclusive'), ['inconclusive'], undefined)).toBe(true);
  expect(failsStep(of('regression'), [], undefined)).toBe(false);
  expect(failsStep(of('budget-missed'), ['regression'], undefined)).toBe(false);
  expect(failsStep(of('budget-missed'), ['budget'], 'label x')).toBe(true);
  expect(failsStep(of('regression'), ['regression'], 'label x')).toBe(false);
  expect(failsStep(of('pass'), ['regression', 'budget', 'inconclusive'], undefined)).toBe(false);
  // A missed budget has the verdict; the regression beside it counts all the same.
  const both: Result = { ...of('budget-missed'), comparisons: [comparison('fail')] };
  expect(failsStep(both, ['regression'], undefined)).toBe(true);
  expect(failsStep(both, ['regression'], 'label x')).toBe(false);
  // What is open beside a regression that is accepted is the worst that is left.
  const open: Result = { ...of('regression'), budgets: [{ ...budget('min-miou', true), met: null }] };
  expect(failsStep(open, ['regression', 'inconclusive'], 'label x')).toBe(true);
  expect(failsStep(open, ['inconclusive'], undefined)).toBe(false);
  // An acceptance never turns a job red that was green without it.
  expect(failsStep(open, ['inconclusive'], 'label x')).toBe(false);
});

test('the comparison is in the outputs with its interval and the base', () => {
  const networks = [
    { role: 'head' as const, name: 'a', parameters: 1, bytes: 1, latencyP50Ms: 1.1 },
    { role: 'base' as const, name: 'main', parameters: 1, bytes: 1, latencyP50Ms: 1 },
  ];
  const result: Result = { ...exampleResult, networks, comparisons: [{ ...comparison('fail'), noiseFloor: 0.01 }] };
  setOutputs({ result, folder, model: 'a.onnx' }, 'label x');
  const written = readFileSync(join(folder, 'output'), 'utf8');
  const outputs = Object.fromEntries(
    [...written.matchAll(/^(.+)<<(.+)\n(.*)\n\2$/gm)].map(([, name, , value]) => [name, value]),
  );
  expect(outputs).toMatchObject({
    accepted: 'label x',
    'base-latency-p50-ms': '1',
    'latency-change': '0.1',
    'latency-change-low': '0.05',
    'latency-change-high': '0.15',
    'latency-noise-floor': '0.01',
    'miou-change': '',
  });
});

test('outputs are those that action.yml declares; of a run without networks all figures are empty', () => {
  setOutputs({ result: { ...exampleResult, networks: [] }, folder, model: undefined }, undefined);
  const written = readFileSync(join(folder, 'output'), 'utf8');
  const names = [...written.matchAll(/^(.+)<<(.+)\n(.*)\n\2$/gm)].map(([, name, , value]) => [name, value]);
  const declared = readFileSync('action.yml', 'utf8')
    .split(/^outputs:\n/m)[1]!
    .split(/^\S/m)[0]!;
  expect(names.map(([name]) => name).sort()).toEqual(
    [...declared.matchAll(/^ {2}(\S+):$/gm)].map(([, name]) => name).sort(),
  );
  expect(names.filter(([, value]) => value !== '')).toEqual([['verdict', exampleResult.verdict]]);
});
