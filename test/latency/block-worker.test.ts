import { type ChildProcess, fork } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { afterEach, expect, it } from 'vitest';
import type { BlockJob, BlockMessage } from '../../src/latency/blocks.ts';
import { planCores, readCoreFacts } from '../../src/runtime/pinning.ts';
import { conventionModel } from '../runtime/conventions.ts';

let child: ChildProcess | undefined;
afterEach(() => child?.kill('SIGKILL'));

/** The built worker, as the command line starts it. */
function start(job: Partial<BlockJob>): Promise<BlockMessage> {
  child = fork('dist/block-worker.js', { serialization: 'advanced' });
  const answer = new Promise<BlockMessage>((resolve) => child!.once('message', resolve));
  const free = { cores: undefined, statement: '' };
  const settings = { threads: 1, rounds: 3, warm: false };
  child.send({
    models: [{ name: 'm.onnx', bytes: conventionModel() }],
    sessions: [0, 0],
    settings,
    plan: free,
    seed: 1,
    ...job,
  });
  return answer;
}

it('measures blocks of sessions, one for each that is asked for, its threads on cores of their own', async () => {
  const plan = planCores(2, await readCoreFacts());
  // Long enough to look at its threads.
  const rounds = 1000;
  const answer = await start({ settings: { threads: 2, rounds, warm: false }, plan });
  expect(answer).toMatchObject({ kind: 'block', plan });
  if (answer.kind !== 'block') return;
  expect(answer.block.timings.map((timings) => timings.length)).toEqual([rounds, rounds]);
  expect(answer.block.othersShare).toBeGreaterThanOrEqual(0);
  if (!plan.cores) return;
  // While the next block is measured, one thread may run on each core alone.
  const alone = new Set<number>();
  child!.send('next');
  const done = new Promise((resolve) => child!.once('message', resolve));
  let measuring = true;
  done.then(() => {
    measuring = false;
  });
  while (measuring && alone.size < 2) {
    for (const list of threadLists(child!.pid!)) if (/^\d+$/.test(list)) alone.add(Number(list));
    await new Promise((resolve) => setImmediate(resolve));
  }
  await done;
  expect([...alone].sort()).toEqual([...plan.cores].sort());
});

it('hands on what a user can mend', async () => {
  const answer = await start({ models: [{ name: 'm.onnx', bytes: Uint8Array.of(1, 2, 3) }] });
  expect(answer).toEqual({ kind: 'userError', message: 'm.onnx: not an ONNX model, or a damaged one' });
});

/** Processors of each thread of a process, as the kernel lists them. */
function threadLists(pid: number): string[] {
  return readdirSync(`/proc/${pid}/task`).flatMap((thread) => {
    try {
      const status = readFileSync(`/proc/${pid}/task/${thread}/status`, 'utf8');
      return /^Cpus_allowed_list:\s*(.*)$/m.exec(status)?.[1] ?? [];
    } catch {
      return [];
    }
  });
}
