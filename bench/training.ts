// Training speed: forward and backward of five inverted bottlenecks at batch 8, beside PyTorch where a Python has it and beside two floors; then
// whole steps at batch 16: a supernet's at 224 x 224 and MobileNetV3-Large's at 160 x 160. `node bench/run.mjs training [--quick] [--threads 2]`; PYTHON names the interpreter (default python3).
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { quantile } from 'simple-statistics';
import { createRandom } from '../src/base/random.ts';
import { createSupernet } from '../src/nas/supernet.ts';
import { loadArchitecture } from '../src/network/architecture.ts';
import { moduleMacs } from '../src/network/count.ts';
import { networkModules, spaceModules } from '../src/network/modules.ts';
import { loadSpace } from '../src/network/space.ts';
import type { NetworkModule } from '../src/network/types.ts';
import { detectBlock } from '../src/runtime/block.ts';
import { createExecutor } from '../src/training/executor.ts';
import { createLoss } from '../src/training/loss.ts';
import { createOptimiser } from '../src/training/optimiser.ts';
import { createParameters } from '../src/training/parameters.ts';
import { modulesOf, type PathModules, runPath } from '../src/training/step.ts';
import { blockModule, blocks } from './blocks.ts';
import { machineRates } from './rates.ts';

const quick = process.argv.includes('--quick');
const threads = Number(process.argv[process.argv.indexOf('--threads') + 1]) || 2;
const rounds = quick ? 6 : 15;
const perRound = 5;
const batch = 8;
const block = await detectBlock();

interface Peer {
  readonly version: string;
  ask(question: unknown): Promise<Record<string, unknown>>;
  close(): void;
}

/** A Python with torch, or undefined where there is none. */
async function openPeer(): Promise<Peer | undefined> {
  let child: ChildProcessWithoutNullStreams;
  try {
    child = spawn(process.env.PYTHON ?? 'python3', ['bench/pytorch-peer.py'], { stdio: 'pipe' });
  } catch {
    return undefined;
  }
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const gone = new Promise<undefined>((resolve) => {
    child.on('error', () => resolve(undefined));
    child.on('exit', () => resolve(undefined));
  });
  const next = async (): Promise<Record<string, unknown> | undefined> => {
    const line = await Promise.race([lines.next(), gone]);
    return line?.value === undefined ? undefined : JSON.parse(line.value as string);
  };
  const hello = await next();
  if (!hello) return undefined;
  return {
    version: String(hello.torch),
    async ask(question) {
      child.stdin.write(`${JSON.stringify(question)}\n`);
      const answer = await next();
      if (!answer) throw new Error('PyTorch stopped');
      return answer;
    },
    close: () => child.stdin.end(),
  };
}

const normal = (length: number, random = createRandom(1, length)): Float32Array =>
  Float32Array.from({ length }, () => random.normal());
const spread = (times: number[]): string =>
  `${quantile(times, 0.5).toFixed(1)} (${quantile(times, 0.25).toFixed(1)}-${quantile(times, 0.75).toFixed(1)})`;

const peer = await openPeer();
console.log(
  `${threads} threads, blocks of ${block}, batch ${batch}; ${peer ? `PyTorch ${peer.version}, channels_last, alternating` : 'no Python with torch found: ours alone'}`,
);
const { macsPerMs, bytesPerMs } = await machineRates(threads);
console.log(
  `floors: ${(macsPerMs / 1e6).toFixed(0)} GMAC/s (matrix product), ${(bytesPerMs / 1e6).toFixed(0)} GB/s (addition beyond the caches)`,
);
/**
 * Wide maps read or written at the least, were each operator one pass and all statistics free. Forward 8: expand w, activation r w, depthwise
 * r w, activation r w, project r. Backward 17: project's dx w and dW r; activation 2r w twice; depthwise norm 2r w, dW 2r, dx r w; expand's dW r, dx r.
 */
const wideTransfers = 25;
console.log('block          ours ms            PyTorch ms         speed-up  floors ms: MACs, bytes');
const ratios: number[] = [];
const parameters = createParameters(1);
const executor = createExecutor({ block, batch, threads, parameters });
for (const [index, shape] of blocks.entries()) {
  const module = blockModule(shape, index);
  parameters.ensure(module);
  const size = batch * shape[0] * shape[1] * shape[1];
  const x = normal(size);
  const upstream = normal(size);
  const step = async (): Promise<void> => {
    const pass = await executor.forward(module, [x], true);
    for (const dx of await executor.backward(pass, [upstream], true)) if (dx) executor.pool.release(dx);
    executor.release(pass);
  };
  for (let i = 0; i < 5; i++) await step();
  await peer?.ask({ block: shape, batch, threads });
  const ours: number[] = [];
  const theirs: number[] = [];
  for (let round = 0; round < rounds; round++) {
    // The first run of a turn finds the other's data in the caches and its threads still spinning: neither side's is counted.
    await step();
    for (let i = 0; i < perRound; i++) {
      const start = performance.now();
      await step();
      ours.push(performance.now() - start);
    }
    if (peer) theirs.push(...((await peer.ask({ time: perRound })).times as number[]));
  }
  const median = quantile(ours, 0.5);
  const ratio = peer ? quantile(theirs, 0.5) / median : Number.NaN;
  ratios.push(ratio);
  const macs = 3 * batch * moduleMacs(module).reduce((sum, { macs }) => sum + macs, 0);
  const cells = [shape.join(', ').padEnd(14), spread(ours).padEnd(18), (peer ? spread(theirs) : '-').padEnd(18)];
  console.log(
    `${cells.join(' ')} ${peer ? ratio.toFixed(2).padStart(8) : '       -'}  ${(macs / macsPerMs).toFixed(1)}, ${((wideTransfers * 16 * size) / bytesPerMs).toFixed(1)}`,
  );
}
if (peer)
  console.log(
    `geometric mean of the speed-ups: ${Math.exp(ratios.reduce((s, r) => s + Math.log(r), 0) / ratios.length).toFixed(2)}`,
  );
peer?.close();
await executor.close();

const space = await loadSpace('person');
const supernet = createSupernet(space, { height: 224, width: 224 });
const parts = spaceModules(space, { height: 224, width: 224 });
const spaceParts = [parts.head, ...parts.layers.flat(), parts.tail];
const draws = createRandom(2, 'paths');
await wholeSteps('supernet, person', 224, spaceParts, () =>
  supernet.pathModules(supernet.sizes.map((n) => draws.int(n))),
);
const large = networkModules(await loadArchitecture('mobilenetv3-large'), { height: 160, width: 160 });
await wholeSteps('MobileNetV3-Large', 160, modulesOf(large), () => large);

/** Forward, loss, backward, update; data stays the same. */
async function wholeSteps(
  name: string,
  side: number,
  modules: readonly NetworkModule[],
  next: () => PathModules,
): Promise<void> {
  const images = 16;
  const weights = createParameters(1);
  for (const module of modules) weights.ensure(module);
  const engine = createExecutor({ block, batch: images, threads, parameters: weights });
  const mask = { height: side, width: side };
  const loss = await createLoss({ block, batch: images, logits: { height: side / 4, width: side / 4 }, mask }, threads);
  const optimiser = createOptimiser({ kind: 'adamw', learningRate: 1e-3, weightDecay: 0.01, momentum: 0.9 }, weights);
  const data = {
    images: normal(images * 3 * side * side),
    targets: normal(images * side * side).map((v) => Number(v > 0)),
    weights: new Float32Array(images * side * side).fill(1),
  };
  const times: number[] = [];
  for (let i = 0; i < (quick ? 20 : 60); i++) {
    const path = next();
    const start = performance.now();
    await runPath(engine, loss, path, data, { weights: true });
    optimiser.step(
      modulesOf(path).flatMap((module) => [...weights.namesOf(module)]),
      1e-3,
    );
    times.push(performance.now() - start);
  }
  // The first half makes most of the sessions; the second is what a long run sees.
  const steady = times.slice(times.length / 2);
  const median = quantile(steady, 0.5);
  console.log(
    `\nstep of ${name} at ${side} x ${side}, batch ${images}: ${spread(steady)} ms, ${((1000 * images) / median).toFixed(1)} images/s, ` +
      `${engine.sessions()} sessions, peak resident memory so far ${(process.resourceUsage().maxRSS / 1e6).toFixed(2)} GB`,
  );
  await engine.close();
  await loss.close();
}
