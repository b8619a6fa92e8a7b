// What AdamW and the average of weights cost a step, on all weights of MobileNetV3-Large and of a supernet: `node bench/run.mjs updates`.
import { parseArgs } from 'node:util';
import { detectBackend, plainBackend } from '../src/autodiff/backend.ts';
import { createParameters } from '../src/autodiff/parameters.ts';
import { loadArchitecture } from '../src/network/architecture.ts';
import { networkModules, spaceModules } from '../src/network/modules.ts';
import { loadSpace } from '../src/network/space.ts';
import type { NetworkModule } from '../src/network/types.ts';
import { createAverage, createOptimizer } from '../src/training/optimizer.ts';
import { modulesOf } from '../src/training/step.ts';
import { spread } from './statistics.ts';

const { values } = parseArgs({ options: { threads: { type: 'string', default: '1,2' } } });
const rounds = 40;
const backend = await detectBackend();
const ways = [
  ...values.threads
    .split(',')
    .map((threads) => ({ name: `kernels, ${threads} threads`, backend, threads: Number(threads) })),
  { name: 'plain', backend: plainBackend, threads: 1 },
];

/** What comes between two updates of a step passes through the caches. */
const others = new Float32Array(2 ** 24);

function timeUpdates(title: string, all: readonly NetworkModule[], path: readonly NetworkModule[]): void {
  const parameters = createParameters(1);
  for (const module of all) parameters.ensure(module);
  const names = path.flatMap((module) => [...parameters.namesOf(module)]);
  const timed = (work: () => void): number => {
    others.fill(rounds);
    const start = performance.now();
    work();
    return performance.now() - start;
  };
  const runs = ways.map((way) => {
    const spec = { kind: 'adamw', learningRate: 1e-3, weightDecay: 0.01, momentum: 0.9 } as const;
    const optimizer = createOptimizer(spec, parameters, way);
    const average = createAverage(0.999, parameters, way);
    return { ...way, optimizer, average, updates: [] as number[], averages: [] as number[] };
  });
  for (let round = 0; round < rounds; round++)
    for (const { optimizer, average, updates, averages } of runs) {
      updates.push(timed(() => optimizer.step(names, 1e-3)));
      averages.push(timed(() => average.update()));
    }
  console.log(`\n${title}`);
  for (const { name, updates, averages } of runs)
    console.log(
      `  ${name.padEnd(20)} AdamW ${spread(updates.slice(5), 2)} ms, average ${spread(averages.slice(5), 2)} ms`,
    );
}

const large = modulesOf(networkModules(await loadArchitecture('mobilenetv3-large'), { height: 160, width: 160 }));
timeUpdates('MobileNetV3-Large', large, large);
const { head, layers, tail } = spaceModules(await loadSpace('person'), { height: 224, width: 224 });
const first = [head, ...layers.map((candidates) => candidates[0]!), tail];
timeUpdates('supernet of person: AdamW on one path, the average of all weights', [head, ...layers.flat(), tail], first);
