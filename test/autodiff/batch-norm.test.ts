// Batch norm far from zero: the mean of its input up to 1,000 times the deviation, where E[y^2] - mean^2 alone would cancel.
import { beforeAll, describe, expect, test } from 'vitest';
import type { ChannelBlock } from '../../src/graph/channel-block.ts';
import type { ConvOptions } from '../../src/network/types.ts';
import { detectBlock } from '../../src/runtime/block.ts';
import type { Build } from './oracle/cases.ts';
import { createProblem, type Problem, relativeError, runEngine } from './oracle/engine.ts';
import { finiteDifferences, slopesOf, valuesOf } from './oracle/finite-differences.ts';
import { evaluateReference } from './oracle/reference-builder.ts';

let blocks: ChannelBlock[] = [];
beforeAll(async () => {
  blocks = [...new Set<ChannelBlock>([1, await detectBlock()])];
});

const channels = 24;
const geometries: Record<string, ConvOptions> = {
  pointwise: { out: 40, kernel: 1 },
  // Only the middle tap: at the border the others would meet padding, which at such an offset is all the variance there is.
  'depthwise 3x3': { out: channels, kernel: 3, depthwise: true },
};

/**
 * Inputs of deviation 1 around `ratio`, and filters whose sum is plus or minus their norm: then every channel of the convolution
 * has a mean of `ratio` deviations, of either sign.
 */
function offset(ratio: number, o: ConvOptions) {
  return ({ inputs, trainable }: Pick<Problem, 'inputs' | 'trainable'>): void => {
    for (const [i, v] of inputs[0]!.entries()) inputs[0]![i] = v + ratio;
    const weight = trainable.get('c.weight')!.data;
    const taps = o.kernel ** 2;
    const fanIn = o.depthwise ? 1 : channels;
    for (let c = 0; c < o.out; c++) {
      const filter = weight.subarray(c * fanIn * taps, (c + 1) * fanIn * taps);
      const middle = Array.from({ length: fanIn }, (_, i) => filter[i * taps + (taps - 1) / 2]!);
      const mean = middle.reduce((a, b) => a + b) / fanIn;
      const rest = Math.hypot(...middle.map((v) => v - mean));
      const center = fanIn === 1 ? mean : ((c % 2 ? 1 : -1) * rest) / Math.sqrt(fanIn * (fanIn - 1));
      filter.fill(0);
      for (const [i, v] of middle.entries()) filter[i * taps + (taps - 1) / 2] = v - mean + center;
    }
  };
}

describe.each(Object.entries(geometries))('batch norm after a %s convolution', (_, o) => {
  test.each([100, 300, 1000])('is right to 1e-3 at a mean of %d deviations, as are its gradients', async (ratio) => {
    const build: Build = (b, [x]) => [b.convBn(x!, 'c', o, { activation: 'hswish' })];
    const shape = { channels, height: 6, width: 6 };
    const convolution = createProblem([shape], (b, [x]) => [b.conv(x!, 'c', o)], offset(ratio, o));
    expectRatio(convolution, o.out, ratio);

    const problem = createProblem([shape], build, offset(ratio, o));
    const [expected] = evaluateReference(problem.module, problem.batch, valuesOf(problem));
    // A step in the filters counts `ratio` times, so it must be short.
    const differences = finiteDifferences(problem, 1e-7);
    for (const block of blocks) {
      const { outputs, gradients } = await runEngine(problem, block);
      expect(relativeError(outputs.get('y0')!, expected!.data), `y, block ${block}`).toBeLessThan(1e-3);
      for (const [name, slopes] of differences) {
        const error = relativeError(
          slopesOf(gradients.get(name)!, slopes),
          slopes.map((s) => s.slope),
        );
        expect(error, `${name}, block ${block}`).toBeLessThan(1e-3);
      }
    }
  });
});

/** The set-up itself: every channel that batch norm sees has about this ratio. */
function expectRatio(convolution: Problem, out: number, ratio: number): void {
  const [y] = evaluateReference(convolution.module, convolution.batch, valuesOf(convolution));
  for (let c = 0; c < out; c++) {
    const values = [0, 1].flatMap((n) => [...y!.data.subarray((n * out + c) * 36, (n * out + c + 1) * 36)]);
    const mean = values.reduce((a, b) => a + b) / values.length;
    const deviation = Math.sqrt(values.reduce((a, b) => a + (b - mean) ** 2, 0) / values.length);
    expect(Math.abs(mean / deviation) / ratio).toBeGreaterThan(0.7);
    expect(Math.abs(mean / deviation) / ratio).toBeLessThan(1.4);
  }
}
