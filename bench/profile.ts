// Where the time of one module's training goes, operator by operator: `node bench/run.mjs profile "<name of a block>" [--threads 2]`.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { InferenceSession } from 'onnxruntime-node';
import { median } from 'simple-statistics';
import { detectBlock } from '../src/runtime/block.ts';
import { bottlenecks, otherBlocks } from './blocks.ts';
import { openModule } from './training-blocks.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { threads: { type: 'string', default: '2' } },
});
const all = [...bottlenecks, ...otherBlocks];
const found = all.find(({ name }) => name === positionals[0]);
if (!found) {
  console.error(`name one of:\n${all.map(({ name }) => `  ${name}`).join('\n')}`);
  process.exit(2);
}
const block = await detectBlock();
const folder = mkdtempSync(join(tmpdir(), 'profile-'));
const create = InferenceSession.create.bind(InferenceSession) as (...args: unknown[]) => Promise<InferenceSession>;
const sessions: InferenceSession[] = [];
Object.assign(InferenceSession, {
  async create(model: Uint8Array, options: object) {
    const profileFilePrefix = join(folder, String(sessions.length));
    const session = await create(model, { ...options, enableProfiling: true, profileFilePrefix });
    sessions.push(session);
    return session;
  },
});

const { step } = await openModule(found.module, block, Number(values.threads));
for (let i = 0; i < 40; i++) await step();
for (const session of sessions) session.endProfiling();

interface Event {
  readonly name: string;
  readonly cat: string;
  readonly dur: number;
  readonly args: {
    readonly op_name: string;
    readonly node_index: string;
    readonly output_type_shape: unknown;
    readonly input_type_shape: unknown;
  };
}
const dims = (shapes: unknown): string => JSON.stringify(shapes).replace(/"\w+":|[{}"]/g, '');
for (const file of readdirSync(folder).sort()) {
  const events: Event[] = JSON.parse(readFileSync(join(folder, file), 'utf8'));
  const nodes = new Map<string, { times: number[]; shapes: string }>();
  const runs = events.filter(({ name }) => name === 'model_run').map(({ dur }) => dur);
  for (const { name, cat, dur, args } of events) {
    if (cat !== 'Node' || !name.endsWith('_kernel_time')) continue;
    const key = `${args.node_index} ${args.op_name}`;
    const shapes = `${dims(args.output_type_shape)} <- ${dims(args.input_type_shape)}`;
    const node = nodes.get(key) ?? { times: [], shapes };
    node.times.push(dur);
    nodes.set(key, node);
  }
  const rows = [...nodes].map(([key, { times, shapes }]) => ({ key, shapes, us: median(times.slice(5)) }));
  const large = rows.filter(({ us }) => us >= 20);
  const sum = (some: typeof rows): number => some.reduce((total, { us }) => total + us, 0);
  console.log(
    `\nsession ${file.split('_')[0]}: ${median(runs.slice(5))} us a run; ${rows.length - large.length} nodes under 20 us take ${sum(rows) - sum(large)}`,
  );
  for (const { key, shapes, us } of large)
    console.log(`${String(us).padStart(7)}  ${key.padEnd(24)} ${shapes.slice(0, 110)}`);
}
rmSync(folder, { recursive: true });
