// benchmark.js, tinybench and our own sampler on the same operations for the same time: how far the same operation's result lies apart when
// the process is started again, on quiet cores and with other processes in bursts. Arguments: --restarts N (8).

import { execFileSync } from 'node:child_process';
import { parseArgs } from 'node:util';
import Benchmark from 'benchmark';
import { markdownTable } from 'markdown-table';
import { max, mean, median, min } from 'simple-statistics';
import { Bench } from 'tinybench';
import type { Layer } from '../src/contracts/architecture.ts';
import type { TimedModel } from '../src/latency/image-model.ts';
import { measureInterleaved, type Subject } from '../src/latency/measure.ts';
import { createModelSubject, withSubjects } from '../src/latency/models.ts';
import { createRandom } from '../src/lib/random.ts';
import { deployModules } from '../src/network/deploy.ts';
import { layerModule } from '../src/network/modules.ts';
import { startBursts } from './bursts.ts';

/** What each sampler says an operation takes, in milliseconds: [operation]. */
type Sampling = Readonly<Record<string, readonly number[]>>;

const threads = 2;
/** Of each operation, by each sampler. */
const seconds = 1;
const shapes = [
  { operation: 'mbv3_3x3', channels: 32, side: 40 },
  { operation: 'mbv3_5x5', channels: 96, side: 10 },
  { operation: 'sepconv_3x3', channels: 64, side: 20 },
  { operation: 'dilconv_5x5', channels: 128, side: 10 },
  { operation: 'shuffle', channels: 96, side: 10 },
] as const;

const { values: args } = parseArgs({
  options: { restarts: { type: 'string', default: '8' }, child: { type: 'boolean', default: false } },
});
function compareSamplers(restarts: number): void {
  for (const load of [false, true]) {
    const endBursts = load ? startBursts(threads) : undefined;
    const runs = Array.from({ length: restarts }, (_, i) => {
      process.stderr.write(`${load ? 'loaded' : 'quiet'}: start ${i + 1} of ${restarts}\n`);
      const output = execFileSync(process.execPath, [process.argv[1]!, '--child'], { encoding: 'utf8' });
      return JSON.parse(output) as Sampling;
    });
    endBursts?.();
    const rows = Object.keys(runs[0]!).map((sampler) => {
      const ranges = shapes.map((_, i) => {
        const results = runs.map((run) => run[sampler]![i]!);
        return max(results) / min(results) - 1;
      });
      const typical = shapes.map((_, i) => median(runs.map((run) => run[sampler]![i]!)).toFixed(3));
      // What a start makes slower as a whole (the clock, the neighbors) leaves the relations between operations as they are.
      const relative = runs.map((run) => {
        const level = Math.exp(mean(run[sampler]!.map(Math.log)));
        return run[sampler]!.map((ms) => ms / level);
      });
      const relations = shapes.map(
        (_, i) => max(relative.map((run) => run[i]!)) / min(relative.map((run) => run[i]!)) - 1,
      );
      return [
        sampler,
        ...typical,
        percent(median(ranges)),
        percent(max(ranges)),
        percent(median(relations)),
        percent(max(relations)),
      ];
    });
    const columns = ['median range', 'largest', 'relations, median range', 'largest'];
    const names = shapes.map(({ operation, channels, side }) => `${operation} ${channels}x${side}`);
    console.log(
      `\n${load ? 'other processes in bursts' : 'quiet'}, ${restarts} starts; median ms, range over the starts\n`,
    );
    console.log(
      markdownTable([['sampler', ...names, ...columns], ...rows], {
        align: ['l', ...names.map(() => 'r'), ...columns.map(() => 'r')],
      }),
    );
  }
}

async function sampleOnce(): Promise<Sampling> {
  const models = shapes.map(({ operation, channels, side }, i): TimedModel => {
    const layer: Layer = {
      operation,
      in: channels,
      out: channels,
      stride: 1,
      expanded: 3 * channels,
      activation: 'hswish',
      squeezeExcite: false,
    };
    const module = layerModule(layer, i, { channels, height: side, width: side });
    return { name: operation, bytes: deployModules([module]), height: side, width: side };
  });
  return withSubjects(
    models.map((model) => () => createModelSubject(model, { threads })),
    async (subjects) => {
      const benchmarkJs: number[] = [];
      for (const subject of subjects) benchmarkJs.push(await byBenchmarkJs(subject));
      const bench = new Bench({ time: 1000 * seconds, warmup: true });
      for (const { name, run } of subjects) bench.add(name, async () => void (await run()));
      const tasks = await bench.run();
      const latencies = tasks.map(({ result }) => {
        if (!('latency' in result)) throw new Error('tinybench measured nothing');
        return result.latency;
      });
      // As the table measures: rounds over all operations, three timings of 2 ms a round and operation.
      const rounds = Math.round((1000 * seconds) / (3 * 2 + 1));
      const own = await measureInterleaved(subjects, { rounds, runsPerRound: 3, random: createRandom(1) });
      return {
        'benchmark.js, mean': benchmarkJs,
        'tinybench, mean': latencies.map(({ mean }) => mean),
        'tinybench, median': latencies.map(({ p50 }) => p50),
        'ours, median of rounds': subjects.map(({ name }) => own.get(name)!.medianMs),
        'ours, first decile of rounds': subjects.map(({ name }) => own.get(name)!.p10Ms),
      };
    },
  );
}

function byBenchmarkJs({ run }: Subject): Promise<number> {
  return new Promise((resolve, reject) => {
    const benchmark = new Benchmark({
      defer: true,
      maxTime: seconds,
      fn: (deferred: { resolve(): void }) => run().then(() => deferred.resolve(), reject),
      onComplete: () => resolve(1000 * benchmark.stats.mean),
      onError: reject,
    });
    benchmark.run({ async: true });
  });
}

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

if (args.child) console.log(JSON.stringify(await sampleOnce()));
else compareSamplers(Number(args.restarts));
