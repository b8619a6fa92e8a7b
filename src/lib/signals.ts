// SIGINT and SIGTERM: the first asks the pipeline to write its checkpoint and stop, the second ends the process.
import { ExitCode } from './errors.ts';

/** A terminal sends Ctrl-C to every process of the group and npm and our parent pass it on too: within this time it is one Ctrl-C. */
const sameSignalMs = 500;

const exitCodes = { SIGINT: ExitCode.interrupted, SIGTERM: ExitCode.terminated } as const;

export interface Interruption {
  /** Aborted by the first signal. */
  readonly signal: AbortSignal;
  /** The exit code for the signal that came, if one did. */
  exitCode(): number | undefined;
}

/** Installs the handlers; `announce` writes a line for the user. */
export function handleSignals(announce: (line: string) => void): Interruption {
  const controller = new AbortController();
  let exitCode: number | undefined;
  let firstMs = 0;
  for (const [name, code] of Object.entries(exitCodes)) {
    process.on(name, () => {
      if (exitCode !== undefined) {
        if (performance.now() - firstMs > sameSignalMs) process.exit(exitCode);
        return;
      }
      exitCode = code;
      firstMs = performance.now();
      announce(`${name}: stopping, with a checkpoint where something is trained; send the signal again to end at once`);
      controller.abort();
    });
  }
  return { signal: controller.signal, exitCode: () => exitCode };
}
