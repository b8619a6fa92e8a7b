import { describe, expect, test } from 'vitest';
import { type HistoryEntry, historySchema } from '../../src/contracts/history.ts';
import { entryOf, trendOf, withEntry } from '../../src/verdict/trend.ts';
import { exampleResult, pullRequestResult } from '../report/example.ts';

/** Entry i of a history: a hundredth slower than the one before, on one machine unless changed. */
const entry = (i: number, change: Partial<HistoryEntry> = {}): HistoryEntry => ({
  commit: `commit${i}`,
  createdAt: '2026-01-02T03:04:05.000Z',
  hardware: 'machine',
  miou: 0.93,
  latencyP50Ms: 2 * 1.01 ** i,
  latencyP50IntervalMs: [1.9 * 1.01 ** i, 2.1 * 1.01 ** i],
  ...change,
});
const entries = (count: number, change: (i: number) => Partial<HistoryEntry> = () => ({})): HistoryEntry[] =>
  Array.from({ length: count }, (_, i) => entry(i, change(i)));

describe('an entry', () => {
  test('holds commit, date, machine, accuracy, latency with its interval, and the ratio to MobileNetV3-Large', () => {
    const found = entryOf(pullRequestResult)!;
    expect(found).toEqual({
      commit: '8c1f2d9',
      createdAt: '2026-01-02T03:04:05.000Z',
      hardware: 'k',
      miou: 0.924,
      latencyP50Ms: 2.42,
      latencyP50IntervalMs: [2.4, 2.45],
      ratio: { baseline: 'mobilenetv3-large', value: 2.42 / 2.71 },
    });
    expect(historySchema.parse({ schema: 'proxyless-ci/history@1', entries: [found] }).entries).toEqual([found]);
  });

  test('takes another baseline where that is not there, and none where there is none', () => {
    const without = (name: string) => ({
      ...pullRequestResult,
      networks: pullRequestResult.networks.filter((network) => !network.name.startsWith(name)),
    });
    expect(entryOf(without('mobilenetv3-large'))!.ratio).toEqual({ baseline: 'mobilenetv3-small', value: 2.42 / 1.48 });
    expect(entryOf(without('mobilenet'))!.ratio).toBeUndefined();
  });

  test('is not made of what measured nothing or is of no commit', () => {
    expect(entryOf({ ...pullRequestResult, networks: [] })).toBeUndefined();
    expect(entryOf(exampleResult)).toBeUndefined();
    expect(entryOf({ ...pullRequestResult, commit: undefined })).toBeUndefined();
  });
});

describe('a history', () => {
  test('keeps its hundred newest entries, and of a commit the newest of each machine, in its place', () => {
    expect(withEntry(entries(100), entry(100))).toEqual(entries(101).slice(1));
    const again = entry(1, { latencyP50Ms: 5 });
    expect(withEntry(entries(3), again)).toEqual([entry(0), again, entry(2)]);
    const meant = entries(3).map((one, i) => (i === 1 ? { ...one, accepted: 'label x' } : one));
    expect(withEntry(meant, again)[1]).toEqual({ ...again, accepted: 'label x' });
    expect(withEntry(entries(3), entry(1, { hardware: 'other' }))).toHaveLength(4);
  });

  test('drifts by 1 % an entry where each is 1 % slower', () => {
    const { latency, miou, baseline } = trendOf('main', entries(20));
    expect(latency).toMatchObject({ kind: 'drift', rare: true });
    expect(latency!.slope.value).toBeCloseTo(Math.log(1.01), 10);
    expect(miou).toMatchObject({ rare: false, slope: { value: 0 } });
    expect(baseline).toBeUndefined();
  });

  test('starts again with the last change that was accepted', () => {
    const stepped = (accepted?: string) =>
      trendOf(
        'main',
        entries(30, (i) => ({
          latencyP50Ms: i < 15 ? 2 : 2.2,
          ...(i === 15 && accepted ? { accepted } : {}),
        })),
      );
    const { latency, compared } = stepped();
    expect(latency).toMatchObject({ kind: 'step', rare: true, step: { at: 15 } });
    expect(latency!.step!.value).toBeCloseTo(Math.log(1.1), 10);
    expect(compared).toHaveLength(30);
    const meant = stepped('label proxyless-ci-accepted');
    expect(meant.latency).toMatchObject({ rare: false, slope: { value: 0 } });
    expect(meant.compared.map(({ commit }) => commit)[0]).toBe('commit15');
    expect(meant.entries).toHaveLength(30);
  });

  test('goes by the ratio where there is one: a machine that slows down slows the baseline too', () => {
    const ratio = { baseline: 'mobilenetv3-large', value: 0.9 };
    const { latency, baseline } = trendOf(
      'main',
      entries(20, () => ({ ratio })),
    );
    expect(latency).toMatchObject({ rare: false, slope: { value: 0, score: 0 } });
    expect(baseline).toBe('mobilenetv3-large');
    // Those of another baseline, or of none, are not compared.
    const mixed = entries(20, (i) => (i < 12 ? {} : { ratio: { baseline: i < 15 ? 'other' : 'large', value: i } }));
    expect(trendOf('main', mixed).latency).toBeUndefined();
  });

  test('never compares latencies of two machines, and accuracies always', () => {
    const faster = entries(16, (i) => (i < 8 ? { latencyP50Ms: 20 } : { latencyP50Ms: 2, hardware: 'new' }));
    expect(trendOf('main', faster).latency).toMatchObject({ rare: false, slope: { value: 0, score: 0 } });
    const eachItsOwn = trendOf(
      'main',
      entries(10, (i) => ({ hardware: `machine${i}`, miou: 0.9 - 0.01 * i })),
    );
    expect(eachItsOwn.latency).toBeUndefined();
    expect(eachItsOwn.miou!.slope.value).toBeCloseTo(-0.01, 10);
  });
});
