// The floor of memory that the training bench prints beside its times.
import { expect, test } from 'vitest';
import { bottlenecks } from '../../bench/blocks.ts';
import { programOf } from '../../bench/program.ts';

test('an inverted bottleneck moves its wide maps 12 times and its narrow ones 11', () => {
  const { module } = bottlenecks[0]!;
  const [x] = module.inputs;
  // Narrow: the input 3 times, the output's convolution 3, its norm and residual 3, sums of the gradient 2.
  expect(programOf(module).floats).toBe((12 * 4 * 32 + 11 * 32) * x!.height * x!.width);
});
