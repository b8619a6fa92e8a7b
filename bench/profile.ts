// Where the time of one module's training goes, operator by operator: `node bench/run.mjs profile "<name of a block>" [--threads 2] [--precision bfloat16]`.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { median } from 'simple-statistics';
import { detectBackend } from '../src/autodiff/backend.ts';
import { bottlenecks, otherBlocks } from './blocks.ts';
import { askedPrecision } from './precision.ts';
import { openModule } from './training-blocks.ts';
import { runSteps } from './training-steps.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    threads: { type: 'string', default: '2' },
    data: { type: 'string', default: 'fixtures/portraits' },
    precision: { type: 'string', default: 'float32' },
  },
});
const threads = Number(values.threads);
const steps = 40;
const [name] = positionals;
const all = [...bottlenecks, ...otherBlocks];
const found = all.find((candidate) => candidate.name === name);
if (!found && name !== 'large' && name !== 'supernet') {
  console.error(`name one of:\n  large\n  supernet\n${all.map((candidate) => `  ${candidate.name}`).join('\n')}`);
  process.exit(2);
}
const backend = await detectBackend(askedPrecision('precision', values.precision));
const folder = mkdtempSync(join(tmpdir(), 'profile-'));
const profile = join(folder, 'session-');
if (found) {
  const { step, close } = await openModule(found.module, backend, threads, profile);
  for (let i = 0; i < steps; i++) await step();
  await close();
} else await runSteps(name as 'large' | 'supernet', steps, { backend, threads, data: values.data, profile });

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
const kernelsOf = (file: string): Event[] => {
  const events: Event[] = JSON.parse(readFileSync(join(folder, file), 'utf8'));
  return events.filter(({ name, cat }) => cat === 'Node' && name.endsWith('_kernel_time'));
};
const files = readdirSync(folder).sort();
if (found) for (const file of files) printNodes(file);
else printOperators();
rmSync(folder, { recursive: true });

/** A module's session, node by node. */
function printNodes(file: string): void {
  const nodes = new Map<string, { times: number[]; shapes: string }>();
  for (const { dur, args } of kernelsOf(file)) {
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
    `\n${file}: ${sum(rows)} us a run; ${rows.length - large.length} nodes under 20 us take ${sum(rows) - sum(large)}`,
  );
  for (const { key, shapes, us } of large)
    console.log(`${String(us).padStart(7)}  ${key.padEnd(24)} ${shapes.slice(0, 110)}`);
}

/** A whole step, by operators and shapes: mean milliseconds a step. */
function printOperators(): void {
  const sums = new Map<string, { us: number; count: number; shapes: Map<string, number> }>();
  for (const { dur, args } of files.flatMap(kernelsOf)) {
    const operator = sums.get(args.op_name) ?? { us: 0, count: 0, shapes: new Map<string, number>() };
    operator.us += dur;
    operator.count++;
    const shapes = `${dims(args.output_type_shape)} <- ${dims(args.input_type_shape)}`;
    operator.shapes.set(shapes, (operator.shapes.get(shapes) ?? 0) + dur);
    sums.set(args.op_name, operator);
  }
  const perStep = (us: number): string => (us / 1000 / steps).toFixed(2).padStart(7);
  for (const [name, { us, count, shapes }] of [...sums].sort(([, a], [, b]) => b.us - a.us)) {
    console.log(`${perStep(us)} ms  ${name}, ${(count / steps).toFixed(0)} a step`);
    const worst = [...shapes].sort(([, a], [, b]) => b - a).slice(0, 4);
    for (const [shape, part] of worst)
      if (part / steps > 500) console.log(`        ${perStep(part)} ms  ${shape.slice(0, 120)}`);
  }
}
