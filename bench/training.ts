// Training speed beside PyTorch's, where a Python has it: `node bench/run.mjs training [part...] [--quick] [--threads 2] [--data folder]
// [--precision bfloat16] [--peer-precision bfloat16]`.
// Parts: blocks, others, supernet, large, bisenet, alphas, memory; all of them by default, each in a process of its own. PYTHON names the interpreter.
import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';
import { detectBackend } from '../src/autodiff/backend.ts';
import { bottlenecks, otherBlocks } from './blocks.ts';
import { openPeer } from './peer.ts';
import { askedPrecision } from './precision.ts';
import { timeBlocks } from './training-blocks.ts';
import { timeAlphas, timeBiSeNet, timeLarge, timeSupernet, watchMemory } from './training-steps.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    quick: { type: 'boolean', default: false },
    threads: { type: 'string', default: '2' },
    data: { type: 'string', default: 'fixtures/portraits' },
    precision: { type: 'string', default: 'float32' },
    'peer-precision': { type: 'string', default: 'float32' },
  },
});
const parts = ['blocks', 'others', 'supernet', 'large', 'bisenet', 'alphas', 'memory'];
const asked = positionals.length > 0 ? positionals : parts;
const unknown = asked.find((part) => !parts.includes(part));
if (unknown) {
  console.error(`unknown part "${unknown}"; there are: ${parts.join(', ')}`);
  process.exit(2);
}
if (asked.length > 1) {
  const options = process.argv.slice(2).filter((argument) => !positionals.includes(argument));
  for (const part of asked) {
    const { status } = spawnSync(process.execPath, [process.argv[1]!, part, ...options], { stdio: 'inherit' });
    if (status !== 0) process.exit(status ?? 1);
  }
  process.exit(0);
}

const [part] = asked;
const threads = Number(values.threads);
const peerPrecision = askedPrecision('peer-precision', values['peer-precision']);
const backend = await detectBackend(askedPrecision('precision', values.precision));
const peer = part === 'alphas' || part === 'memory' ? undefined : await openPeer(peerPrecision);
const rounds = values.quick ? 5 : 15;
if (part === 'blocks' || part === 'others') {
  const beside = peer
    ? `PyTorch ${peer.version}, ${peerPrecision}, channels_last, alternating`
    : 'no Python with torch found: ours alone';
  console.log(`\n${threads} threads, blocks of ${backend.block}, ${backend.precision}, batch 8; ${beside}`);
  await timeBlocks(part === 'blocks' ? bottlenecks : otherBlocks, { backend, threads, rounds, peer });
} else {
  const options = { backend, threads, rounds, peer, data: values.data };
  if (part === 'supernet') await timeSupernet(options);
  if (part === 'large') await timeLarge(options);
  if (part === 'bisenet') await timeBiSeNet(options);
  if (part === 'alphas') await timeAlphas(options);
  if (part === 'memory') await watchMemory(options);
}
peer?.close();
