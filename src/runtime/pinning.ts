// Which cores the threads of a measurement run on. Without this, the system sometimes puts two threads of a session on one core for as long as the session
// lives, while other processes come and go: such a session takes several times as long (docs/design/verdict.md has the figures).
import { execFileSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';

/** A core for every thread, or why there is none. */
export interface CorePlan {
  /** Logical processors on distinct physical cores: the first is the calling thread's. Undefined: threads run where the system puts them. */
  readonly cores: readonly number[] | undefined;
  /** One sentence for reports. */
  readonly statement: string;
}

const free = (why: string): CorePlan => ({ cores: undefined, statement: `Threads are not pinned to cores: ${why}.` });

/** What the operating system says of this process and of its processors. */
export interface CoreFacts {
  readonly platform: NodeJS.Platform;
  /** Logical processors that this process may run on. */
  readonly allowed: readonly number[];
  /** Names the physical core of a logical processor. */
  readonly coreOf: (processor: number) => string;
  /** Whether the command that pins the calling thread is there. */
  readonly canPin: boolean;
}

/**
 * Plans distinct physical cores, within what this process may use. A single thread is not pinned: the system moves it away from cores that others use.
 * When it was pinned, blocks that met bursts of other processes differed more.
 */
export function planCores(threads: number, { platform, allowed, coreOf, canPin }: CoreFacts): CorePlan {
  if (threads < 2) return free('a single thread is moved away from busy cores');
  if (platform !== 'linux')
    return free(`${platform === 'darwin' ? 'macOS' : platform} does not let a process choose its cores`);
  const first = new Map<string, number>();
  for (const processor of allowed) if (!first.has(coreOf(processor))) first.set(coreOf(processor), processor);
  const cores = [...first.values()];
  if (cores.length < threads)
    return free(
      `this process may use ${cores.length} physical core${cores.length === 1 ? '' : 's'}, which is fewer than ${threads} threads`,
    );
  if (!canPin) return free('the command taskset (util-linux) is missing or refused');
  const chosen = cores.slice(0, threads);
  return { cores: chosen, statement: `Threads are pinned to the cores ${chosen.join(', ')}, for all models alike.` };
}

/** What this machine says. */
export async function readCoreFacts(): Promise<CoreFacts> {
  const allowed = await allowedProcessors('self');
  const names = await Promise.all(
    allowed.map(async (processor) => {
      const siblings = await readText(`/sys/devices/system/cpu/cpu${processor}/topology/thread_siblings_list`);
      return [processor, siblings || String(processor)] as const;
    }),
  );
  const cores = new Map(names);
  return { platform: process.platform, allowed, coreOf: (processor) => cores.get(processor)!, canPin: tasksetWorks() };
}

function tasksetWorks(): boolean {
  if (process.platform !== 'linux') return false;
  try {
    execFileSync('taskset', ['-p', String(process.pid)], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** Logical processors that a thread may run on; none where the system does not say. */
async function allowedProcessors(thread: 'self' | number): Promise<number[]> {
  const status = await readText(`/proc/${thread === 'self' ? 'self' : `self/task/${thread}`}/status`);
  return parseProcessorList(/^Cpus_allowed_list:\s*(.*)$/m.exec(status)?.[1] ?? '');
}

/** `0-2,5` as [0, 1, 2, 5]. */
export function parseProcessorList(text: string): number[] {
  return text
    .split(',')
    .filter(Boolean)
    .flatMap((range) => {
      const [from = 0, to = from] = range.split('-').map(Number);
      return Array.from({ length: to - from + 1 }, (_, i) => from + i);
    });
}

/**
 * Pins the main thread, on which ONNX Runtime computes too, to the plan's first core, until `unpin` is called. Threads that sessions start in the
 * meantime go to the other cores by `SessionSettings.cores`.
 * @returns the plan, or one without cores where the system refused it, and `unpin`
 */
export async function pinMainThread(plan: CorePlan): Promise<{ readonly plan: CorePlan; readonly unpin: () => void }> {
  const none = { unpin: () => {} };
  if (!plan.cores) return { plan, ...none };
  const before = await allowedProcessors(process.pid);
  const pin = (processors: readonly number[]): void => {
    execFileSync('taskset', ['-pc', processors.join(','), String(process.pid)], { stdio: 'ignore' });
  };
  try {
    pin(plan.cores.slice(0, 1));
  } catch {
    return { plan: free('the system refused it'), ...none };
  }
  return { plan, unpin: () => pin(before) };
}

/** Plans and pins for `threads` threads of this machine, while `use` runs. */
export async function withPinnedThreads<T>(threads: number, use: (plan: CorePlan) => Promise<T>): Promise<T> {
  const { plan, unpin } = await pinMainThread(planCores(threads, await readCoreFacts()));
  try {
    return await use(plan);
  } finally {
    unpin();
  }
}

const readText = (path: string): Promise<string> =>
  readFile(path, 'utf8').then(
    (text) => text.trim(),
    () => '',
  );
