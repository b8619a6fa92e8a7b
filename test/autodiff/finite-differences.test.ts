// Gradient rules against central differences of a float64 reference, in every layout this machine has.
import { beforeAll, describe, expect, test } from 'vitest';
import type { ChannelBlock } from '../../src/graph/channel-block.ts';
import { detectBlock } from '../../src/runtime/block.ts';
import { cases, small } from './oracle/cases.ts';
import { createProblem, relativeError, runEngine } from './oracle/engine.ts';
import { finiteDifferences, slopesOf } from './oracle/finite-differences.ts';

let blocks: ChannelBlock[] = [];
beforeAll(async () => {
  blocks = [...new Set<ChannelBlock>([1, await detectBlock()])];
});

describe('gradients in every layout equal central differences in float64 to 1e-3', () => {
  test.each([...cases, small])('%s', async (_, inputs, build) => {
    const problem = createProblem(inputs, build);
    const differences = finiteDifferences(problem);
    for (const block of blocks) {
      const { gradients } = await runEngine(problem, block);
      for (const [name, gradient] of gradients) {
        const expected = differences.get(name)!;
        const error = relativeError(
          slopesOf(gradient, expected),
          expected.map((s) => s.slope),
        );
        expect(error, `${name}, block ${block}`).toBeLessThan(1e-3);
      }
    }
  });
});
