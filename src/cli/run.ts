// Output, signals and exit codes around the commands of program.ts.
import { CommanderError } from 'commander';
import { ExitCode, UserError } from '../lib/errors.ts';
import { handleSignals } from '../lib/signals.ts';
import { createProgress } from '../pipeline/progress.ts';
import { toolVersion } from '../pipeline/version.ts';
import type { Runner } from './options.ts';
import { createProgram } from './program.ts';

/** sysexits.h: an internal software error. */
const bugExitCode = 70;

const runCommand: Runner = async (flags, command) => {
  const { stderr, stdout } = process;
  const silent = flags.quiet === true || flags.json === true;
  const progress = createProgress(stderr, { tty: stderr.isTTY === true, silent });
  const interruption = handleSignals((line) => stderr.write(`${line}\n`));
  try {
    const outcome = await command({ progress, signal: interruption.signal });
    stdout.write(flags.json ? `${JSON.stringify(outcome.json, null, 2)}\n` : `${outcome.summary}\n`);
    process.exitCode = outcome.exitCode;
  } catch (error) {
    const exitCode = interruption.exitCode();
    if (exitCode === undefined || !(error instanceof Error && error.name === 'AbortError')) throw error;
    stderr.write('interrupted; run the same command again to resume\n');
    process.exitCode = exitCode;
  }
};

/** A reader that has seen enough (`| head`) is not an error: the command goes on, and its exit code is its own. */
function ignoreClosedPipe(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error;
}

/** Parses the command line, runs the command and sets the exit code. */
export async function main(): Promise<void> {
  for (const stream of [process.stdout, process.stderr]) stream.on('error', ignoreClosedPipe);
  // Node's own exit code would be that of a missed budget.
  process.on('uncaughtException', (error) => process.exit(report(error)));
  const program = createProgram(toolVersion(), runCommand);
  for (const command of [program, ...program.commands, ...program.commands.flatMap(({ commands }) => commands)])
    command.exitOverride();
  try {
    await program.parseAsync();
  } catch (error) {
    process.exitCode = report(error);
  }
}

/** Writes an error and returns the exit code. */
function report(error: unknown): number {
  // Commander has already written its message (or the help).
  if (error instanceof CommanderError) return error.exitCode === 0 ? ExitCode.pass : ExitCode.badInput;
  if (error instanceof UserError) {
    for (const line of error.message.split('\n')) process.stderr.write(`error: ${line}\n`);
    return error.exitCode;
  }
  process.stderr.write(
    `internal error in proxyless-ci; please report it\n${error instanceof Error ? error.stack : String(error)}\n`,
  );
  return bugExitCode;
}
