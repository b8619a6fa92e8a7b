// The loss and its gradient against the formula in float64 and its central differences.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createBackend } from '../../src/autodiff/backend.ts';
import { toPlain, toStorage } from '../../src/autodiff/layout.ts';
import type { ChannelBlock } from '../../src/graph/channel-block.ts';
import { createRandom, type Random } from '../../src/lib/random.ts';
import { detectBlock } from '../../src/runtime/block.ts';
import { createLoss, type Loss } from '../../src/training/loss.ts';
import { relativeError } from '../autodiff/oracle/engine.ts';
import { referenceBuilder } from '../autodiff/oracle/reference-builder.ts';

const batch = 2;
const logitSides = { height: 4, width: 6 };
const maskSides = { height: 16, width: 24 };
const [logitCount, maskCount] = [4 * 6, 16 * 24];

/** The sigmoid of the logits at the size of the mask. */
const referenceProbabilities = (logits: Float64Array): Float64Array => {
  const b = referenceBuilder(
    () => new Float64Array(),
    () => {},
  );
  const z = b.resize({ ...logitSides, batch, channels: 1, data: logits }, maskSides.height, maskSides.width).data;
  return z.map((value) => 1 / (1 + Math.exp(-value)));
};

/** How far the targets around a pixel of the mask differ, from 0 to 1: those at most two rows and two columns away that are labeled. */
function contrast(targets: Float32Array, weights: Float32Array, pixel: number): number {
  const { height, width } = maskSides;
  const [image, x, y] = [Math.floor(pixel / maskCount), pixel % width, Math.floor(pixel / width) % height];
  const around: number[] = [];
  for (let v = Math.max(0, y - 2); v <= Math.min(height - 1, y + 2); v++)
    for (let u = Math.max(0, x - 2); u <= Math.min(width - 1, x + 2); u++)
      if (weights[image * maskCount + v * width + u]! > 0) around.push(targets[image * maskCount + v * width + u]!);
  return around.length > 0 ? Math.max(...around) - Math.min(...around) : 0;
}

/** Binary cross-entropy over the counted pixels, boundaries five times, plus Dice averaged over images, written from the definitions. */
function referenceLoss(logits: Float64Array, targets: Float32Array, weights: Float32Array): number {
  const probabilities = referenceProbabilities(logits);
  let entropy = 0;
  let counted = 0;
  let dice = 0;
  for (let image = 0; image < batch; image++) {
    const sums = { overlap: 0, predicted: 0, target: 0 };
    for (let i = image * maskCount; i < (image + 1) * maskCount; i++) {
      const [p, t, w] = [probabilities[i]!, targets[i]!, weights[i]!];
      const counts = w * (1 + 4 * contrast(targets, weights, i));
      entropy -= counts * (t * Math.log(p) + (1 - t) * Math.log(1 - p));
      counted += counts;
      sums.overlap += w * p * t;
      sums.predicted += w * p;
      sums.target += w * t;
    }
    dice += (1 - (2 * sums.overlap + 1) / (sums.predicted + sums.target + 1)) / batch;
  }
  return entropy / Math.max(counted, 1) + dice;
}

const random = createRandom(5, 'loss');
const pixels = (value: (r: Random, i: number) => number): Float32Array =>
  Float32Array.from({ length: batch * maskCount }, (_, i) => value(random, i));
const mixed = (): Float32Array => pixels((r) => r.int(2));
/** The left part of each image is person. */
const halves = (): Float32Array => pixels((_, i) => Number(i % maskSides.width < 9));
const all = (value: number): Float32Array => pixels(() => value);

const cases: [string, Float32Array, Float32Array][] = [
  ['mixed masks', mixed(), all(1)],
  ['one boundary', halves(), all(1)],
  ['a boundary that is ignored', halves(), pixels((_, i) => Number(Math.abs((i % maskSides.width) - 8.5) > 4))],
  ['shares of pixels', pixels((r) => r.uniform()), all(1)],
  ['some pixels ignored', mixed(), pixels((r) => Number(r.uniform() < 0.7))],
  ['one image ignored whole', mixed(), pixels((_, i) => Number(i < maskCount))],
  ['everything ignored', mixed(), all(0)],
  ['background only', all(0), all(1)],
  ['person only', all(1), all(1)],
];

const losses = new Map<ChannelBlock, Loss>();
beforeAll(async () => {
  for (const block of new Set<ChannelBlock>([1, await detectBlock()]))
    losses.set(
      block,
      await createLoss({ backend: createBackend(block), batch, logits: logitSides, mask: maskSides }, 1),
    );
});
afterAll(async () => {
  for (const loss of losses.values()) await loss.close();
});

describe('cross-entropy plus Dice and its gradient are those of the definition in float64', () => {
  test.each(cases)('%s', async (_, targets, weights) => {
    const logits = Float32Array.from({ length: batch * logitCount }, () => 2 * random.normal());
    const exact = Float64Array.from(logits);
    const at = (i: number, by: number) => referenceLoss(exact.with(i, exact[i]! + by), targets, weights);
    const expected = exact.map((_, i) => (at(i, 1e-5) - at(i, -1e-5)) / 2e-5);
    for (const [block, loss] of losses) {
      const gradient = new Float32Array(loss.gradientDims.reduce((a, b) => a * b));
      const value = await loss.evaluate(toStorage(logits, block, batch, 1, logitCount), targets, weights, gradient);
      expect(value, `block ${block}`).toBeCloseTo(referenceLoss(exact, targets, weights), 5);
      expect(relativeError(toPlain(gradient, block, batch, 1, logitCount), expected), `block ${block}`).toBeLessThan(
        1e-3,
      );
      const said = referenceProbabilities(exact);
      expect(relativeError(loss.probabilities, said), `block ${block}`).toBeLessThan(1e-5);
    }
  });

  test('logits far from zero neither overflow nor lose the value', async () => {
    // Every pixel of random labels lies at a boundary: all count alike.
    const targets = mixed();
    for (const [block, loss] of losses) {
      const gradient = new Float32Array(loss.gradientDims.reduce((a, b) => a * b));
      const extreme = Float32Array.from({ length: batch * logitCount }, (_, i) => (i < logitCount ? 200 : -200));
      const value = await loss.evaluate(toStorage(extreme, block, batch, 1, logitCount), targets, all(1), gradient);
      // Every wrong pixel costs 200, and Dice is between 0 and 1.
      const wrong = targets.reduce((sum, t, i) => sum + Math.abs(t - Number(i < maskCount)), 0) / targets.length;
      expect(value).toBeGreaterThan(200 * wrong);
      expect(value).toBeLessThan(200 * wrong + 1);
      expect(gradient.every(Number.isFinite)).toBe(true);
    }
  });
});
