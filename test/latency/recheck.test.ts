import { describe, expect, it } from 'vitest';
import { judgeRecheck } from '../../src/latency/recheck.ts';

const recheck = (ratios: number[], error = 0.005) => ({
  ratios: ratios.map((ratio, i) => ({ name: `entry ${i}`, ratio, error })),
});

describe('judgeRecheck', () => {
  it('lets a table hold within 3 %, whatever a single measurement says', () => {
    expect(judgeRecheck(recheck([1.01, 0.98, 1.02, 1.025, 1, 1.6])).verdict).toBe('holds');
  });

  it('rescales by the median ratio where all agree on more than 3 %', () => {
    const { verdict, ratio, reason } = judgeRecheck(recheck([1.07, 1.08, 1.09, 1.08, 1.06, 1.1]));
    expect(verdict).toBe('rescale');
    expect(ratio).toBeCloseTo(1.08, 3);
    expect(reason).toContain('1.080');
  });

  it.each([
    ['beyond a quarter', [1.3, 1.31, 1.29, 1.3, 1.32, 1.28]],
    ['below four fifths', [0.7, 0.71, 0.69, 0.7, 0.72, 0.7]],
    ['at odds with each other', [0.8, 1.2, 0.9, 1.15, 1.3, 0.85]],
  ])('has a table remade that is %s', (_, ratios) => {
    expect(judgeRecheck(recheck(ratios)).verdict).toBe('remake');
  });

  it.each([
    ['single measurements are not sure', [1.3, 1.31, 1.29, 1.3, 1.32, 1.28], 0.08],
    ['the median is within the noise of its parts', [0.99, 1.15, 1.05, 1.13, 0.97, 1.04], 0.01],
  ])('says that it cannot say where %s', (_, ratios, error) => {
    expect(judgeRecheck(recheck(ratios, error)).verdict).toBe('unsure');
  });
});
