// Budgets of networks that are really measured (from the sources, so in this process).
import { expect, test } from 'vitest';
import { architectureOf, parseSpace } from '../../src/network/space.ts';
import { untrained } from '../../src/pipeline/build-table.ts';
import { createProgress } from '../../src/pipeline/progress.ts';
import { budgetsStage } from '../../src/pipeline/stages/budgets.ts';
import { type ExportedNetwork, evaluateStage } from '../../src/pipeline/stages/evaluate.ts';
import { tinySpace } from '../end-to-end/tiny.ts';

test('networks are measured longer where a latency budget is too close to tell, and only there', {
  retry: 2,
}, async () => {
  const input = { height: 32, width: 32 };
  const architecture = architectureOf(parseSpace(tinySpace, 'tiny'), [0, 0, 0, 0], 'tiny');
  const { bytes: model } = untrained(architecture, input);
  const network = (role: 'head' | 'baseline', name: string): ExportedNetwork => ({
    ...{ role, name, architecture, model, untrained: true },
  });
  const settings = {
    ...{
      input,
      threads: 1,
      seed: 1,
      progress: createProgress(process.stderr, { tty: false, silent: true }),
      signal: new AbortController().signal,
    },
  };
  const evaluated = await evaluateStage([network('head', 'same'), network('baseline', 'tiny')], settings);
  const judged = async (ratio: number) => {
    const { networks, budgets } = await budgetsStage({ maxLatencyVs: { tiny: ratio } }, evaluated, 0.99, settings);
    return { blocks: networks.map(({ blocksMs }) => blocksMs.length), met: budgets[0]!.met, networks, budgets };
  };
  expect(await judged(10)).toMatchObject({ blocks: [10, 10], met: true });
  expect(await judged(0.1)).toMatchObject({ blocks: [10, 10], met: false });
  // What is missed anyway is not measured longer.
  const both = { maxLatencyVs: { tiny: 1 }, maxParams: 1 };
  expect((await budgetsStage(both, evaluated, 0.99, settings)).networks[0]!.blocksMs).toHaveLength(10);
  // Two copies of one network: chance decides in one of a hundred runs (so it is tried again), and it takes no more than the second look.
  const close = await judged(1);
  expect(close.blocks).toEqual([50, 50]);
  // By the ratios of blocks, which are what is judged: it never contradicts its own verdict.
  const [low, high] = close.budgets[0]!.interval!;
  expect(close.budgets[0]!.actual).toBeCloseTo(Math.sqrt(low * high), 10);
  expect(Math.abs(close.budgets[0]!.actual! / close.networks[0]!.latencyP50Ms! - 1)).toBeLessThan(0.1);
  expect(close.networks[0]!.fps).toBe(1000 / close.networks[0]!.latencyP50Ms!);
});
