// On Linux the command runs in a child of itself whose malloc keeps the pages it was given: with glibc's defaults every training step returns
// its large buffers to the kernel and faults them in again. The variables count only where they are set before a process starts.
import { type ChildProcess, spawn } from 'node:child_process';
import { constants } from 'node:os';

const mallocSettings = {
  MALLOC_MMAP_THRESHOLD_: '4294967296',
  MALLOC_TRIM_THRESHOLD_: '17179869184',
  MALLOC_TOP_PAD_: '268435456',
} as const;

/** Set in the child, which then knows that its parent holds the other end of its IPC channel. */
const childMark = 'PROXYLESS_CI_CHILD';

/** Whether this process should run its work in a child: not where the variables are set, or PROXYLESS_CI_NO_REEXEC is. */
export function needsReexec(platform: NodeJS.Platform, environment: NodeJS.ProcessEnv): boolean {
  if (platform !== 'linux' || environment.PROXYLESS_CI_NO_REEXEC) return false;
  return !Object.keys(mallocSettings).every((name) => environment[name] !== undefined);
}

/** What the child sends once it has loaded the native kernels. */
const kernelsMessage = 'kernels';
/** Signals by which a fault in native code ends a process. */
const crashes: readonly NodeJS.Signals[] = ['SIGSEGV', 'SIGILL', 'SIGABRT', 'SIGBUS', 'SIGFPE'];

/**
 * Runs this same command in a child with the malloc settings (those already set stay as they are). A child that crashed after it had loaded the
 * native kernels is followed by one without them, which goes on from its last checkpoint.
 * @returns its exit code, 128 + signal where a signal ended it
 */
export async function reexec(): Promise<number> {
  let child: ChildProcess | undefined;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => child?.kill(signal));
  const run = (environment: NodeJS.ProcessEnv): Promise<End> => {
    child = spawn(process.execPath, [...process.execArgv, ...process.argv.slice(1)], {
      stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
      env: { ...mallocSettings, ...environment, [childMark]: '1' },
    });
    return endOf(child);
  };
  const first = await run(process.env);
  // Whoever has chosen the kernels wants those or none.
  const isChosen = process.env.PROXYLESS_CI_KERNELS !== undefined;
  if (!first.usedKernels || isChosen || !first.signal || !crashes.includes(first.signal)) return exitCode(first);
  process.stderr.write(
    `the process that did the work died of ${first.signal}, with the native kernels loaded; ` +
      `this is a bug in proxyless-ci or ONNX Runtime${first.signal === 'SIGABRT' ? ', or memory has run out' : ''}. It goes on from the last checkpoint with plain operators, several times slower.\n`,
  );
  return exitCode(await run({ ...process.env, PROXYLESS_CI_KERNELS: 'off' }));
}

interface End {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly usedKernels: boolean;
}

function endOf(child: ChildProcess): Promise<End> {
  return new Promise((resolve, reject) => {
    let usedKernels = false;
    child.on('message', (message) => {
      usedKernels ||= message === kernelsMessage;
    });
    child.on('error', reject);
    child.on('exit', (code, signal) => resolve({ code, signal, usedKernels }));
  });
}

const exitCode = ({ code, signal }: End): number => code ?? 128 + constants.signals[signal!];

/** In the child: tells the parent that native code of this project runs from now on. */
export function announceKernels(): void {
  if (process.env[childMark]) process.send?.(kernelsMessage);
}

/** In the child: ends at once when the parent is gone, so that SIGKILL of the one process that a user sees ends the run. */
export function followParent(): void {
  if (!process.env[childMark] || !process.channel) return;
  process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));
  process.channel.unref();
}
