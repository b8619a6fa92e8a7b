// Forward and backward of single modules at batch 8, beside PyTorch in alternating rounds and beside two floors.
import { setTimeout } from 'node:timers/promises';
import { quantile } from 'simple-statistics';
import type { Backend } from '../src/autodiff/backend.ts';
import { createExecutor } from '../src/autodiff/executor.ts';
import { createParameters } from '../src/autodiff/parameters.ts';
import { createRandom } from '../src/lib/random.ts';
import { moduleMacs } from '../src/network/count.ts';
import type { NetworkModule } from '../src/network/types.ts';
import type { BenchBlock } from './blocks.ts';
import type { Peer } from './peer.ts';
import { programOf } from './program.ts';
import { machineRates } from './rates.ts';
import { geometricMean, spread } from './statistics.ts';

const batch = 8;
const perRound = 5;
/** Until OpenMP's threads have gone to sleep. */
export const pauseMs = 50;
/** Uncounted runs at the start of a turn, of both sides. */
const settleMs = 100;

const numbers = (length: number): Float32Array => {
  const random = createRandom(1, length);
  return Float32Array.from({ length }, () => random.normal());
};

/** Forward and backward of a module on random numbers at batch 8, to be run again and again. */
export async function openModule(
  module: NetworkModule,
  backend: Backend,
  threads: number,
  profile?: string,
): Promise<{ step: () => Promise<void>; close: () => Promise<void> }> {
  const parameters = createParameters(1);
  parameters.ensure(module);
  const executor = createExecutor({ backend, batch, threads, parameters, profile });
  const inputs = module.inputs.map((x) =>
    numbers(
      batch * (x.image ? x.channels : Math.ceil(x.channels / backend.block) * backend.block) * x.height * x.width,
    ),
  );
  const first = await executor.forward(module, inputs, true);
  const upstream = first.outputs.map(({ length }) => numbers(length));
  executor.release(first);
  const step = async (): Promise<void> => {
    const pass = await executor.forward(module, inputs, true);
    for (const dx of await executor.backward(pass, upstream, true)) if (dx) executor.pool.release(dx);
    executor.release(pass);
  };
  return { step, close: executor.close };
}

/** Times modules and prints a line each; returns the speed-ups over the peer. */
export async function timeBlocks(
  blocks: readonly BenchBlock[],
  { backend, threads, rounds, peer }: { backend: Backend; threads: number; rounds: number; peer: Peer | undefined },
): Promise<number[]> {
  const { macsPerMs, bytesPerMs } = await machineRates(threads);
  console.log(
    `floors: ${(macsPerMs / 1e6).toFixed(0)} GMAC/s (matrix product), ${(bytesPerMs / 1e6).toFixed(0)} GB/s (addition beyond the caches)`,
  );
  console.log(`${'block'.padEnd(30)} ours ms            PyTorch ms         speed-up  floors ms: MACs, bytes`);
  const ratios: number[] = [];
  for (const { name, module } of blocks) {
    const program = programOf(module);
    const { step, close } = await openModule(module, backend, threads);
    for (let i = 0; i < 5; i++) await step();
    const shapes = module.inputs.map(({ channels, height, width }) => [batch, channels, height, width]);
    await peer?.ask({ module: program, shapes, threads });
    const ours: number[] = [];
    const theirs: number[] = [];
    for (let round = 0; round < rounds; round++) {
      // The peer's threads spin for a while after its turn. After a pause, a turn's first runs find the other's data in the caches and threads
      // that have yet to settle on cores (stalls of a scheduler's tick, 4 ms): neither side's are counted.
      await setTimeout(pauseMs);
      const settled = performance.now() + settleMs;
      do await step();
      while (performance.now() < settled);
      for (let i = 0; i < perRound; i++) {
        const start = performance.now();
        await step();
        ours.push(performance.now() - start);
      }
      if (peer) theirs.push(...(await peer.times({ time: perRound, settle: settleMs })));
    }
    await close();
    const ratio = peer ? quantile(theirs, 0.5) / quantile(ours, 0.5) : Number.NaN;
    ratios.push(ratio);
    const products = module.inputs[0]!.image ? 2 : 3;
    const macs = products * batch * moduleMacs(module).reduce((sum, part) => sum + part.macs, 0);
    const bytes = 4 * batch * program.floats;
    const cells = [name.padEnd(30), spread(ours).padEnd(18), (peer ? spread(theirs) : '-').padEnd(18)];
    console.log(
      `${cells.join(' ')} ${peer ? ratio.toFixed(2).padStart(8) : '       -'}  ${(macs / macsPerMs).toFixed(1)}, ${(bytes / bytesPerMs).toFixed(1)}`,
    );
  }
  if (peer)
    console.log(
      `geometric mean of the speed-ups: ${geometricMean(ratios).toFixed(2)}, least ${Math.min(...ratios).toFixed(2)}`,
    );
  return ratios;
}
