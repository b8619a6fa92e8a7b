import { describe, expect, test } from 'vitest';
import type { HistoryEntry, Trend } from '../../src/contracts/history.ts';
import { commentMarkdown, stateLine } from '../../src/report/comment.ts';
import { driftWarnings, trendHeading, trendSection } from '../../src/report/trend.ts';
import { trendOf } from '../../src/verdict/trend.ts';
import { pullRequestResult } from './example.ts';

/** Of `count` merges with the given growth of latency and change of mIoU from one to the next. */
function trend(count: number, growth: number, gain = 0, change: Partial<HistoryEntry> = {}): Trend {
  const entries = Array.from({ length: count }, (_, i): HistoryEntry => {
    const ms = 2 * (1 + growth) ** i;
    return {
      commit: `${i}`.padStart(40, 'c'),
      createdAt: '2026-01-02T03:04:05.000Z',
      hardware: '0a1b2c3d4e5f',
      miou: 0.9 + gain * i,
      latencyP50Ms: ms,
      latencyP50IntervalMs: [0.99 * ms, 1.01 * ms],
      ...change,
    };
  });
  return trendOf('main', entries);
}

describe('the trend', () => {
  test('says by how much over how many merges, and warns where that is beyond the noise', () => {
    const drifting = trend(21, 0.004, -0.001);
    expect(driftWarnings(drifting)).toEqual([
      'Latency rose by 8.3 % over the last 21 merges (95 % interval +8.3 % to +8.3 %): slow drift, larger than the noise, although single steps may not have been.',
      'mIoU fell by 2.0 pt over the last 21 merges (95 % interval -2.0 pt to -2.0 pt): slow drift, larger than the noise, although single steps may not have been.',
    ]);
    expect(trendHeading(drifting)).toBe('Trend on main: ⚠️ slow drift');
    expect(trendSection(drifting)).toContain('⚠️ Latency rose by 8.3 %');
  });

  test('tells a step as a step, and where', () => {
    const { entries } = trend(30, 0);
    const slower = entries.map((entry, i) => (i < 18 ? entry : { ...entry, latencyP50Ms: 2.1 }));
    const stepped = trendOf('main', slower);
    expect(driftWarnings(stepped)).toEqual([
      'Latency rose by 5.0 % at ccccccc (2026-01-02) or near it (95 % interval +5.0 % to +5.0 %): a step, larger than the noise, and not a slow drift.',
    ]);
    expect(trendHeading(stepped)).toBe('Trend on main: ⚠️ a step');
    const accepted = slower.map((entry, i) => (i === 18 ? { ...entry, accepted: 'label' } : entry));
    expect(trendHeading(trendOf('main', accepted))).toBe('Trend on main: no drift');
    expect(trendSection(trendOf('main', accepted.slice(0, 22)))).toContain(
      '4 merges since ccccccc was accepted: too few comparable results',
    );
  });

  test.each([
    ['faster and more accurate', trend(21, -0.004, 0.001), 'Latency fell by 7.7 % over the last 21 merges'],
    ['what measurements differ by, however steadily', trend(21, 0.0004, -0.0002), 'Latency rose by 0.8 %'],
    ['nothing', trend(21, 0), 'Latency rose by 0.0 %'],
  ])('does not warn of %s', (_, harmless, sentence) => {
    expect(driftWarnings(harmless)).toEqual([]);
    expect(trendHeading(harmless)).toBe('Trend on main: no drift');
    expect(trendSection(harmless)).toContain(sentence);
    expect(trendSection(harmless)).not.toContain('⚠️');
  });

  test('waits until there are enough results', () => {
    const young = trend(5, 0.1);
    expect(trendHeading(young)).toBe('Trend on main: too few results yet');
    expect(trendSection(young)).toContain('5 merges so far');
  });

  test('lists the newest entries with what they are compared by', () => {
    const ratio = { baseline: 'mobilenetv3-large', value: 0.893 };
    const section = trendSection(trend(21, 0, 0, { ratio }));
    expect(section.split('\n').filter((line) => line.includes('0.893 mobilenetv3-large'))).toHaveLength(8);
    expect(section).toMatch(/\| ccccccc +\| 2026-01-02 +\| +90\.0 % +\| +2\.00 ms +\| .* \| 0a1b2c3d4e5f \|/);
    expect(section).toContain(
      'as ratios to mobilenetv3-large in the same rounds. This is advice and changes no verdict.',
    );
  });
});

describe('in a comment', () => {
  const options = { key: 'key', trend: trend(21, 0.004) };

  test('it is folded, and moves neither the state nor the verdict', () => {
    const text = commentMarkdown(pullRequestResult, options);
    expect(text).toContain('<details>\n<summary>Trend on main: ⚠️ slow drift</summary>');
    const without = commentMarkdown(pullRequestResult, { key: 'key' });
    expect(without).not.toContain('Trend');
    expect(stateLine(text)).toBe(stateLine(without));
    expect(text.split('\n')[3]).toBe(without.split('\n')[3]);
  });

  test('it goes after the settings where room lacks', () => {
    expect(commentMarkdown(pullRequestResult, { ...options, maxBytes: 1800 })).toContain(
      'left out: candidates, search, diagnosis, architecture, settings, trend, chart',
    );
  });

  test('names in it are no markup', () => {
    const hostile = { hardware: '<b>|', commit: '`@a`', ratio: { baseline: '[x](https://evil.example)', value: 1 } };
    const text = commentMarkdown(pullRequestResult, {
      key: 'key',
      trend: { ...trend(9, 0, 0, hostile), branch: '</summary>' },
    });
    expect(text).not.toMatch(/<b>|`@a|\[x\]|<\/summary><\/summary>/);
  });
});
