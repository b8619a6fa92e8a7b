import { describe, expect, test } from 'vitest';
import type { ResultComparison } from '../../src/contracts/result.ts';
import type { BudgetResult } from '../../src/verdict/budgets.ts';
import {
  confidenceOfEach,
  exitCodeOf,
  judgeComparisons,
  judgeMeasurement,
  judgeRun,
} from '../../src/verdict/verdict.ts';

const budget = (met: boolean | null): BudgetResult => ({ name: 'min-fps', limit: 30, actual: 31, margin: 1, met });
const comparison = (outcome: ResultComparison['outcome'], metric: ResultComparison['metric'] = 'latency') => ({
  metric,
  head: 'person.onnx',
  base: 'main',
  outcome,
  reason: `It is ${outcome}.`,
  change: 0,
  interval: [0, 0] as [number, number],
  confidence: 0.99,
  threshold: 0.05,
  baseValue: 1,
  headValue: 1,
  count: 10,
});

describe('the verdict of a run', () => {
  test('a missed budget outweighs a regression, and both are told', () => {
    const { verdict, reason } = judgeRun([budget(false)], [comparison('fail')]);
    expect(verdict).toBe('budget-missed');
    expect(reason).toBe('The network misses min-fps. person.onnx against main, latency: It is fail.');
  });

  test('a regression outweighs what is unclear', () => {
    expect(judgeRun([budget(null)], [comparison('fail'), comparison('inconclusive', 'miou')])).toMatchObject({
      verdict: 'regression',
      reason: 'person.onnx against main, latency: It is fail.',
    });
  });

  test('what is unclear outweighs a pass, of budgets and of comparisons', () => {
    expect(judgeRun([budget(null)], [comparison('pass')]).verdict).toBe('inconclusive');
    expect(judgeRun([budget(true)], [comparison('inconclusive')]).verdict).toBe('inconclusive');
  });

  test('a pass names what was compared, and does not speak of a recipe or a search', () => {
    expect(judgeRun([budget(true)], [comparison('pass'), comparison('pass', 'miou')]).reason).toBe(
      'The network meets every budget. person.onnx is within the thresholds of main in latency and mIoU.',
    );
    expect(judgeRun([], [comparison('pass')]).reason).toBe(
      'No budget is set. person.onnx is within the thresholds of main in latency.',
    );
    expect(judgeRun([], [])).toEqual({ verdict: 'pass', reason: 'No budget is set.' });
  });

  test('comparisons alone: the worst decides; without any there is nothing to judge', () => {
    expect(judgeComparisons([comparison('pass'), comparison('inconclusive')])?.verdict).toBe('inconclusive');
    expect(judgeComparisons([comparison('inconclusive'), comparison('fail')])?.verdict).toBe('regression');
    expect(judgeComparisons([])).toBeUndefined();
  });
});

test('all that a run decides by chance shares one wrong run in a hundred', () => {
  const wrong = (...given: Parameters<typeof confidenceOfEach>) => 1 - confidenceOfEach(...given);
  expect(wrong(0, {})).toBeCloseTo(0.01, 10);
  expect(wrong(2, {})).toBeCloseTo(0.01 / 2, 10);
  // Parameters are counted, not measured.
  expect(wrong(2, { maxLatencyMs: 5, minMiou: 0.9, maxParams: 1e6 })).toBeCloseTo(0.01 / 4, 10);
  expect(wrong(2, { maxLatencyMs: 5, minMiou: 0.9, maxParams: 1e6 }, 3)).toBeCloseTo(0.01 / 12, 10);
});

describe('a run without a base', () => {
  test('never passes in silence: the reason says that nothing was compared', () => {
    const noBase = { reason: 'Nothing to compare with: main has no a.onnx.', inconclusive: false };
    expect(judgeRun([budget(true)], [], noBase)).toEqual({
      verdict: 'pass',
      reason: 'The network meets every budget. Nothing to compare with: main has no a.onnx.',
    });
  });

  test('is inconclusive where the model may have been renamed, unless a budget is missed', () => {
    const noBase = { reason: 'Not compared.', inconclusive: true };
    expect(judgeRun([budget(true)], [], noBase).verdict).toBe('inconclusive');
    expect(judgeRun([budget(false)], [], noBase)).toEqual({
      verdict: 'budget-missed',
      reason: 'The network misses min-fps. Not compared.',
    });
  });
});

test('a median known to a tenth of itself on either side is a measurement; one known less well is not', () => {
  expect(judgeMeasurement({ value: 10, interval: [9.1, 10.9] }).verdict).toBe('measured');
  expect(judgeMeasurement({ value: 10, interval: [8.9, 11.1] }).verdict).toBe('inconclusive');
  expect(judgeMeasurement({ value: 10, interval: [9.9, 11.8] }).verdict).toBe('inconclusive');
});

test('a verdict that fails a job has exit code 1, an inconclusive one 3', () => {
  expect((['pass', 'measured', 'budget-missed', 'regression', 'inconclusive'] as const).map(exitCodeOf)).toEqual([
    0, 0, 1, 1, 3,
  ]);
});
