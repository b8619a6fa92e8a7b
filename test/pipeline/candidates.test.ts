import { describe, expect, it } from 'vitest';
import { pathLatency } from '../../src/latency/types.ts';
import { tradeOffs } from '../../src/nas/trade-offs.ts';
import { decodeWithinLimit, type TradeOffPath } from '../../src/pipeline/candidates.ts';
import { enumerate, quantileMs, randomCosts, randomProbabilities } from '../nas/spaces.ts';

const layers = [3, 4, 3, 4];
const costs = randomCosts(7, layers, { pairs: true });
const maxLatencyMs = quantileMs(costs, 0.5);
const fastestMs = Math.min(...enumerate(costs).map((path) => pathLatency(costs, path)));
const logP = randomProbabilities(8, layers).map((row) => row.map(Math.log));
// Size costs time here, as it does in networks.
const sizes = logP.map((row, layer) => row.map((_, operation) => costs.single[layer]![operation]!));

/** Decodes on a machine where a candidate takes this many times what is predicted. */
async function decoded(slower: (candidate: TradeOffPath) => number, predictorError = 0) {
  const notes: string[] = [];
  let measurements = 0;
  const result = await decodeWithinLimit({
    tradeOffs: 2,
    maxLatencyMs,
    predictorError,
    fastestMs,
    decode: (limits) => tradeOffs(costs, limits, logP, sizes, 2),
    measure: async (candidates) => {
      measurements++;
      return candidates.map((candidate) => {
        const ms = candidate.latencyMs * slower(candidate);
        return { ms, undisturbedMs: ms, maxLatencyMs, share: ms / maxLatencyMs };
      });
    },
    note: (line) => notes.push(line),
  });
  const share = (tradeOff: number) =>
    Math.min(...result.measured.filter((_, i) => result.candidates[i]!.tradeOff === tradeOff).map((m) => m.share));
  return { ...result, notes, measurements, share };
}

const ofTradeOff = (candidates: readonly TradeOffPath[], tradeOff: number) =>
  candidates.filter((c) => c.tradeOff === tradeOff).map(({ path }) => path);

describe('decodeWithinLimit', () => {
  it('measures once where predictions hold', async () => {
    const { measurements, notes } = await decoded(() => 1);
    expect(measurements).toBe(1);
    expect(notes).toEqual([
      expect.stringMatching(/decoded paths: 0.0 % mean error, measured 0.0 % slower than predicted/),
    ]);
  });

  it('holds predictions at first to a limit that is tighter by what they are known to be off by', async () => {
    const { candidates, notes } = await decoded(() => 1.04, 0.05);
    for (const { latencyMs } of candidates) expect(latencyMs).toBeLessThanOrEqual(0.95 * maxLatencyMs);
    expect(notes).toEqual([
      expect.stringMatching(/: 4.0 % mean error, measured 4.0 % slower than predicted on average/),
    ]);
  });

  it('decodes again, tighter, only the trade-offs whose candidates miss the limit as measured', async () => {
    const asPredicted = await decoded(() => 1);
    // Large networks are slower than predicted, the probable ones are not.
    const { candidates, notes, share } = await decoded(({ tradeOff }) => (tradeOff === 1 ? 1.3 : 1));
    expect(share(1)).toBeLessThanOrEqual(0.99);
    expect(ofTradeOff(candidates, 0)).toEqual(ofTradeOff(asPredicted.candidates, 0));
    expect(ofTradeOff(candidates, 1)).not.toEqual(ofTradeOff(asPredicted.candidates, 1));
    expect(notes.join()).toMatch(/2 of 2 under/);
  });

  it('ends where none can meet it, with the fastest path among what it measured', async () => {
    const { measured, candidates } = await decoded(() => 100);
    expect(measured.every(({ share }) => share > 1)).toBe(true);
    expect(Math.min(...candidates.map(({ latencyMs }) => latencyMs))).toBeCloseTo(fastestMs, 9);
  });
});
