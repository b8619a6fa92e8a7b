// Gradient rules against an independent autodiff (tfjs), in every layout this machine has.
import { beforeAll, describe, expect, test } from 'vitest';
import type { ChannelBlock } from '../../src/graph/channel-block.ts';
import { detectBlock } from '../../src/runtime/block.ts';
import { cases, planned, registered, small } from './oracle/cases.ts';
import { createProblem, relativeError, runEngine } from './oracle/engine.ts';
import { oracle } from './oracle/tfjs-builder.ts';

let machine: ChannelBlock = 1;
beforeAll(async () => {
  machine = await detectBlock();
});

// scripts/test-avx2.mjs sets it: under emulation, a run that fell back to plain operators must not pass.
const expectedBlock = process.env.PROXYLESS_CI_EXPECT_BLOCK;
test.runIf(expectedBlock)(`this CPU's blocked layout has a block of ${expectedBlock}`, () => {
  expect(machine).toBe(Number(expectedBlock));
});

describe.each(['plain', 'blocked'] as const)('outputs and gradients in the %s layout equal tfjs to 1e-3', (layout) => {
  test.each([...cases, small, ...planned, ...registered])('%s', async (_, inputs, build) => {
    const problem = createProblem(inputs, build);
    const { outputs, gradients, inputsOnly } = await runEngine(problem, layout === 'plain' ? 1 : machine);
    const truth = oracle(problem.module, problem.batch, problem.inputs, problem.upstream, problem.trainable);
    for (const [i, expected] of truth.outputs.entries())
      expect(relativeError(outputs.get(`y${i}`)!, expected), `y${i}`).toBeLessThan(1e-3);
    const expected = new Map([...truth.inputs.map((dx, i) => [`x${i}`, dx] as const), ...truth.parameters]);
    for (const [name, gradient] of [...gradients, ...inputsOnly]) {
      const truly = expected.get(name)!;
      // A norm cancels the shift of a norm before it: that gradient is zero, and all of it is rounding.
      if (Math.hypot(...truly) < 1e-3) expect(Math.hypot(...gradient), name).toBeLessThan(1e-3);
      else expect(relativeError(gradient, truly), name).toBeLessThan(1e-3);
    }
  });

  test('a max pooling of equal values passes its gradient on to the first of them', async () => {
    const problem = createProblem(
      [{ channels: 16, height: 6, width: 7 }],
      (b, [x]) => [b.maxPool(x!)],
      ({ inputs }) => inputs[0]!.fill(1),
    );
    const { gradients } = await runEngine(problem, layout === 'plain' ? 1 : machine);
    const truth = oracle(problem.module, problem.batch, problem.inputs, problem.upstream, problem.trainable);
    expect(gradients.get('x0')).toEqual(truth.inputs[0]);
  });
});
