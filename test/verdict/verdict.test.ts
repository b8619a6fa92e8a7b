import { describe, expect, test } from 'vitest';
import { judgeComparisons } from '../../src/verdict/verdict.ts';

const passed = { verdict: 'pass' as const, reason: 'The searched network meets every budget.' };

describe('a run without a base', () => {
  test('never passes in silence: the reason says that nothing was compared', () => {
    const noBase = { reason: 'Nothing to compare with: main has no a.onnx.', inconclusive: false };
    expect(judgeComparisons(passed, [], noBase)).toEqual({
      verdict: 'pass',
      reason: 'The searched network meets every budget. Nothing to compare with: main has no a.onnx.',
    });
  });

  test('is inconclusive where the model may have been renamed, unless a budget is missed', () => {
    const noBase = { reason: 'Not compared.', inconclusive: true };
    expect(judgeComparisons(passed, [], noBase).verdict).toBe('inconclusive');
    const missed = { verdict: 'budget-missed' as const, reason: 'Too slow.' };
    expect(judgeComparisons(missed, [], noBase)).toEqual({
      verdict: 'budget-missed',
      reason: 'Too slow. Not compared.',
    });
  });
});
