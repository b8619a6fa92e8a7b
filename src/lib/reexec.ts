// On Linux the command runs in a child of itself whose malloc keeps the pages it was given: with glibc's defaults every training step returns
// its large buffers to the kernel and faults them in again. The variables count only where they are set before a process starts.
import { spawn } from 'node:child_process';
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

/**
 * Runs this same command in a child with the malloc settings (those already set stay as they are).
 * @returns its exit code, 128 + signal where a signal ended it
 */
export function reexec(): Promise<number> {
  const child = spawn(process.execPath, [...process.execArgv, ...process.argv.slice(1)], {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    env: { ...mallocSettings, ...process.env, [childMark]: '1' },
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => child.kill(signal));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code, signal) => resolve(code ?? 128 + constants.signals[signal!]));
  });
}

/** In the child: ends at once when the parent is gone, so that SIGKILL of the one process that a user sees ends the run. */
export function followParent(): void {
  if (!process.env[childMark] || !process.channel) return;
  process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));
  process.channel.unref();
}
