// What a training sample costs the data thread once it is decoded, by plain passes and by the native kernels in turns:
// `node bench/run.mjs data [--data folder] [--side 224] [--background 0.3]`.
import { parseArgs } from 'node:util';
import { defaultAugmentation } from '../src/contracts/augmentation.ts';
import { batchArrays, createBatchMaker } from '../src/data/batches.ts';
import { openDataset } from '../src/data/dataset.ts';
import { loadKernels } from '../src/runtime/kernels-library.ts';
import { spread } from './statistics.ts';

const { values } = parseArgs({
  options: {
    data: { type: 'string', default: 'fixtures/portraits' },
    side: { type: 'string', default: '224' },
    background: { type: 'string', default: '0' },
  },
});
const batch = 16;
const rounds = 15;
const side = Number(values.side);
const { train } = await openDataset([{ folder: values.data, weight: 1 }]);
const augmentation = { ...defaultAugmentation, background: Number(values.background) };
const spec = { photos: train.slice(0, 64), batch, height: side, width: side, seed: 1, stream: 'bench', augmentation };
const arrays = batchArrays(spec);
const ways = [
  { name: 'plain', make: createBatchMaker(spec, false), times: [] as number[] },
  ...(loadKernels() ? [{ name: 'native', make: createBatchMaker(spec, true), times: [] as number[] }] : []),
];
// Every photo is decoded, and what is compiled while it runs is.
for (const { make } of ways) for (let step = 0; step < 20; step++) await make(step, arrays);
for (let round = 0; round < rounds; round++) {
  for (const { make, times } of ways) {
    for (let step = 0; step < 4; step++) {
      const start = process.cpuUsage();
      await make(1000 + 4 * round + step, arrays);
      const { user, system } = process.cpuUsage(start);
      times.push((user + system) / 1000 / batch);
    }
  }
}
console.log(`\naugmentation at ${side} x ${side}, backgrounds replaced: ${values.background}; CPU time an image, ms`);
for (const { name, times } of ways) console.log(`  ${name.padEnd(8)} ${spread(times, 3)}`);
