import { describe, expect, test } from 'vitest';
import { checkBudgets, judgeBudgets, type MeasuredNetwork, resolveMaxLatency } from '../../src/verdict/budgets.ts';

const head: MeasuredNetwork = {
  role: 'head',
  name: 'found',
  miou: 0.93,
  parameters: 3e6,
  macs: 4e8,
  latencyP50Ms: 9,
  fps: 111,
};
const large: MeasuredNetwork = { role: 'baseline', name: 'large', miou: 0.92, latencyP50Ms: 10, fps: 100 };

describe('budgets', () => {
  test('maxima and minima give a margin that is positive where there is room', () => {
    const budgets = { maxLatencyMs: 8, minMiou: 0.92, minFps: 120, maxParams: 3e6, maxMacs: 5e8 };
    const results = checkBudgets(budgets, [large, head]);
    expect(results.map(({ name, met }) => [name, met])).toEqual([
      ['max-latency-ms', false],
      ['min-fps', false],
      ['min-miou', true],
      ['max-params', true],
      ['max-macs', true],
    ]);
    expect(results.map((result) => result.margin!)).toEqual([-1, -9, expect.closeTo(0.01), 0, 1e8]);
  });

  test('a relative budget is a ratio of latencies measured in the same run', () => {
    const [result] = checkBudgets({ maxLatencyVs: { large: 0.8 } }, [large, head]);
    expect(result).toEqual({ name: 'max-latency-vs large', limit: 8, actual: 9, margin: -1, met: false });
  });

  test('the verdict: a miss outweighs what is unknown, unknown outweighs met', () => {
    const judge = (budgets: Parameters<typeof checkBudgets>[0]) => judgeBudgets(checkBudgets(budgets, [large, head]));
    expect(judge({ minMiou: 0.9 }).verdict).toBe('pass');
    expect(judge({ minMiou: 0.9, maxLatencyVs: { small: 1 } })).toMatchObject({
      verdict: 'inconclusive',
      reason: expect.stringContaining('max-latency-vs small'),
    });
    expect(judge({ minMiou: 0.99, maxLatencyVs: { small: 1 } })).toMatchObject({
      verdict: 'budget-missed',
      reason: expect.stringContaining('min-miou'),
    });
    expect(judge({}).verdict).toBe('pass');
  });

  test('the search is held to the tightest of its latency budgets', () => {
    const budgets = { maxLatencyMs: 9.5, minFps: 100, maxLatencyVs: { large: 0.9, small: 2 } };
    expect(resolveMaxLatency(budgets, { large: 10, small: 6 })).toEqual({
      maxLatencyMs: 9,
      from: 'max-latency-vs large',
    });
    expect(resolveMaxLatency({ minFps: 50 }, {})).toEqual({ maxLatencyMs: 20, from: 'min-fps' });
    expect(resolveMaxLatency({ minMiou: 0.9 }, {})).toBeUndefined();
    expect(() => resolveMaxLatency(budgets, { large: 10 })).toThrow('small');
  });

  test('a latency beyond its limit by less than it is known to is no miss, but inconclusive', () => {
    const head = {
      role: 'head' as const,
      name: 's',
      latencyP50Ms: 10.2,
      latencyP50IntervalMs: [9.9, 10.6] as const,
      fps: 98,
    };
    const baseline = {
      role: 'baseline' as const,
      name: 'b',
      latencyP50Ms: 10,
      latencyP50IntervalMs: [9.8, 10.1] as const,
    };
    const judged = (budgets: Parameters<typeof checkBudgets>[0]) =>
      judgeBudgets(checkBudgets(budgets, [head, baseline]));
    expect(judged({ maxLatencyMs: 10 })).toMatchObject({
      verdict: 'inconclusive',
      reason: expect.stringMatching(/too close/i),
    });
    expect(judged({ maxLatencyMs: 9.8 }).verdict).toBe('budget-missed');
    expect(judged({ maxLatencyMs: 10.3 }).verdict).toBe('pass');
    expect(judged({ maxLatencyVs: { b: 1 } }).verdict).toBe('inconclusive');
    expect(judged({ maxLatencyVs: { b: 0.97 } }).verdict).toBe('budget-missed');
    expect(judged({ minFps: 100 }).verdict).toBe('inconclusive');
    expect(judged({ minFps: 103 }).verdict).toBe('budget-missed');
  });
});
